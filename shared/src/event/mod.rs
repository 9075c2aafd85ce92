//! Order events: from the text on the queue to a parsed [`OrderEvent`].
//!
//! [`open`] unwraps the transport's envelopes and gives an [`Envelope`] whose
//! type is known but whose data is not yet parsed; [`Envelope::order_event`]
//! and [`Envelope::customer_event`] parse the data. An event of an unknown type
//! can thus be recorded without understanding its data.

mod customer;
mod envelope;
mod error;
mod order;
mod value;

pub(crate) use customer::type_is;
pub use customer::{CustomerEvent, CustomerFact, DeviceRef};
pub use envelope::{Envelope, MAX_EVENT_BYTES, Received, open, order_id_hint};
pub use error::EventError;
pub use order::{
    Address, Customer, Item, Order, OrderEvent, OrderEventData, Payment, Refund, Review, Routing,
    Shipment, ShipmentItem, Totals,
};
pub use value::{Amount, Currency, WebUrl};

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
    /// Unique per source.
    #[schemars(length(min = 1))]
    pub id: String,
    /// URI reference of the publisher, e.g. `/shop`.
    #[schemars(length(min = 1))]
    pub source: String,
    /// One of the catalogue's types, with or without a reverse-DNS prefix.
    #[serde(rename = "type")]
    pub kind: String,
    /// The order's id; informative.
    #[serde(default)]
    pub subject: Option<String>,
    /// When the fact happened, RFC 3339. Without it, when it was queued.
    #[serde(default)]
    #[schemars(extend("format" = "date-time"))]
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
