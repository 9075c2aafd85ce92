//! Order events: from the text on the queue to a parsed [`OrderEvent`].
//!
//! [`open`] unwraps the transport's envelopes and gives an [`Envelope`] whose
//! type is known but whose data is not yet parsed; [`Envelope::order_event`]
//! and [`Envelope::customer_event`] parse the data. An event of an unknown type
//! can thus be recorded without understanding its data.

mod block;
mod customer;
mod due;
mod entities;
mod envelope;
mod error;
mod fields;
mod hint;
mod json;
mod kinds;
mod moments;
mod neighbours;
mod order;
mod parcels;
mod preferences;
mod repair;
mod sums;
mod value;
mod when;

pub use block::Block;
pub(crate) use customer::type_is;
pub use customer::{CustomerEvent, CustomerFact, DeviceRef};
pub use due::{ChannelFailed, Due, Wake};
#[cfg(test)]
pub(crate) use envelope::order_of;
pub use envelope::{Envelope, MAX_EVENT_BYTES, Received, open, order_id_hint};
pub use error::EventError;
pub use order::{
    Address, Cancellation, Charge, Customer, Discount, Edit, Gift, Instructions, Item, ItemOption,
    LineRef, Order, OrderEvent, OrderEventData, Parcel, Part, Payment, Pickup, Refund, Review,
    Routing, Shipment, Tax, Totals,
};
pub use parcels::{Tracked, parcels, tracked};
pub use preferences::{PreferencesUpdate, StatedPreference, preferences_schema};
pub use repair::{Repair, RepairKind};
pub use sums::{Row, RowKind, Sums, line_price, price_of, sums};
pub use value::{Amount, Currency, WebUrl};
pub use when::When;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A CloudEvents 1.0 order event, as the order system publishes it.
///
/// Only the JSON Schema in `shared/schema` is generated from this type; parsing
/// goes through [`open`], which also takes the other envelopes.
#[derive(JsonSchema, Serialize, Deserialize)]
#[schemars(title = "Bellhop order event")]
pub struct OrderEventDocument {
    /// The CloudEvents version, `1.0`.
    #[schemars(extend("const" = "1.0"))]
    pub specversion: String,
    /// Unique per source; made from the text where absent.
    #[serde(default)]
    #[schemars(with = "Option<kinds::Identifier>")]
    pub id: Option<String>,
    /// URI reference of the publisher, e.g. `/shop`.
    #[serde(default)]
    #[schemars(with = "Option<kinds::Text>")]
    pub source: Option<String>,
    /// One of the catalogue's types, with or without a reverse-DNS prefix.
    #[serde(rename = "type")]
    pub kind: String,
    /// The order's id; informative.
    #[serde(default)]
    pub subject: Option<String>,
    /// When the fact happened, RFC 3339. Without it, when it was queued.
    #[serde(default)]
    #[schemars(with = "Option<kinds::Moment>")]
    pub time: Option<String>,
    /// What happened.
    pub data: OrderEventData,
}

/// The JSON Schema of an order event, as kept in
/// `shared/schema/order-event.schema.json`.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(OrderEventDocument).to_value()
}

#[cfg(test)]
mod tests;
