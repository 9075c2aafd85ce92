//! Where customers say what they want to hear of: unsubscribing by one click (RFC 8058),
//! and a page of their preferences, both reached by the links in mail.

mod form;
mod page;
mod topics;
mod who;
mod work;

pub use topics::Topics;
pub use work::{Desk, MAX_BODY, Ports, answer};
