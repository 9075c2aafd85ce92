//! Answers for support: why did this customer get no mail? One sentence per notification
//! and channel, found by the order, or by the hash of an address or number.

mod explain;
mod export;
mod http;
mod lookup;

pub use explain::{Explanation, explain};
pub use export::{
    Export, ExportedContact, ExportedDelivery, ExportedOrder, ExportedProfile, ExportedStanding,
    Subject, export,
};
pub use http::{MAX_BODY, Ports, Support, answer};
pub use lookup::{
    Answer, AskedContact, InvalidContact, OrderAnswer, asked_email, asked_phone, of_contact,
    of_order,
};
