//! What an order event says. The types are those of the wire: each field is
//! validated while it is read, so that an error can name its path.

use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Amount, Currency, WebUrl};
use crate::model::{Channel, CustomerId, EventId, OrderId, Private};

/// What is expected of a moment.
pub(super) const TIME: &str = "expected a time such as \"2026-11-23T09:30:00Z\" (RFC 3339)";

/// A fact the order system published, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderEvent {
    /// The event's id, unique per source.
    pub id: EventId,
    /// The publisher.
    pub source: String,
    /// The catalogue's name of the type, e.g. `order.shipped`.
    pub kind: String,
    /// When the fact happened.
    pub time: Timestamp,
    /// The order, the customer and what happened.
    pub data: OrderEventData,
}

/// The `data` of an order event. The blocks `payment`, `shipment`, `refund` and
/// `review` belong to one type each; the catalogue says which type requires
/// which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderEventData {
    /// The order as it stands.
    pub order: Order,
    /// Who is notified.
    pub customer: Customer,
    /// Of `order.paid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// Of `order.shipped`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment: Option<Shipment>,
    /// Of `order.refund_requested`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Refund>,
    /// Of `order.completed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// How to notify, where this event wants it otherwise than the catalogue.
    #[serde(default, deserialize_with = "null_is_default")]
    pub notification: Routing,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Identifies the order; notifications of one order are sent in order.
    pub id: OrderId,
    /// What the customer knows the order by; the id where absent.
    #[serde(default)]
    pub number: Option<String>,
    /// When it was placed.
    #[serde(default, deserialize_with = "time")]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub placed_at: Option<Timestamp>,
    /// The currency of every amount in the event.
    pub currency: Currency,
    /// The language the customer ordered in, BCP 47.
    #[serde(default)]
    pub locale: Option<String>,
    /// Where the customer sees the order.
    #[serde(default)]
    pub status_url: Option<WebUrl>,
    /// What was ordered.
    #[serde(default, deserialize_with = "null_is_default")]
    pub items: Vec<Item>,
    /// What it costs.
    pub totals: Totals,
    /// Where it goes.
    #[serde(default)]
    pub shipping_address: Option<Address>,
}

impl Order {
    /// What the customer knows the order by.
    pub fn display_number(&self) -> &str {
        self.number.as_deref().unwrap_or(self.id.as_str())
    }
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Identifies the product in the shop.
    pub sku: String,
    /// The product's name as the customer saw it.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// The price of one.
    #[serde(default)]
    pub unit_price: Option<Amount>,
    /// A picture.
    #[serde(default)]
    pub image_url: Option<WebUrl>,
    /// The product's page.
    #[serde(default)]
    pub url: Option<WebUrl>,
}

/// An order's sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// The lines.
    #[serde(default)]
    pub subtotal: Option<Amount>,
    /// What was taken off.
    #[serde(default)]
    pub discount: Option<Amount>,
    /// Shipping.
    #[serde(default)]
    pub shipping: Option<Amount>,
    /// Tax.
    #[serde(default)]
    pub tax: Option<Amount>,
    /// What the customer pays.
    pub total: Amount,
}

impl Totals {
    /// What the lines, the discount and shipping make, if the lines' sum is known.
    /// Shops give a discount as what is taken off or as a negative sum.
    pub fn before_tax(&self) -> Option<Decimal> {
        let or_zero = |amount: Option<Amount>| amount.map_or(Decimal::ZERO, Amount::decimal);
        let subtotal = self.subtotal?.decimal();
        Some(subtotal - or_zero(self.discount).abs() + or_zero(self.shipping))
    }
}

/// A postal address.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Address {
    /// Who receives it.
    #[serde(default)]
    pub name: Option<String>,
    /// Street, house, flat.
    #[serde(default, deserialize_with = "null_is_default")]
    pub lines: Vec<String>,
    /// Town.
    #[serde(default)]
    pub city: Option<String>,
    /// Post code.
    #[serde(default)]
    pub postal_code: Option<String>,
    /// Region, state or province.
    #[serde(default)]
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address([private])")
    }
}

/// The customer, as the event knows them; the profile completes it.
///
/// The contact points stay text here: one that can't be parsed closes its
/// channel, with a reason in the ledger, and not the whole event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Customer {
    /// Identifies the customer's profile.
    #[serde(deserialize_with = "identifier")]
    #[schemars(with = "String", length(min = 1, max = 128))]
    pub id: CustomerId,
    /// How to address them.
    #[serde(default)]
    pub name: Option<Private>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<Private>,
    /// Phone number, E.164.
    #[serde(default)]
    pub phone: Option<Private>,
    /// BCP 47.
    #[serde(default)]
    pub locale: Option<String>,
    /// IANA time zone name.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Payment {
    /// As the customer knows it, e.g. `Visa •••• 4242`.
    #[serde(default)]
    pub method: Option<String>,
    /// How much was paid.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// When.
    #[serde(default, deserialize_with = "time")]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub paid_at: Option<Timestamp>,
}

/// A shipment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shipment {
    /// Tells this shipment from the order's others.
    #[serde(deserialize_with = "identifier")]
    #[schemars(length(min = 1, max = 128))]
    pub id: String,
    /// Who carries it.
    #[serde(default)]
    pub carrier: Option<String>,
    /// The carrier's number.
    #[serde(default)]
    pub tracking_number: Option<String>,
    /// Where to follow it.
    #[serde(default)]
    pub tracking_url: Option<WebUrl>,
    /// The day it should arrive, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "date")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub estimated_delivery: Option<civil::Date>,
    /// What is in it; all of the order where empty.
    #[serde(default, deserialize_with = "null_is_default")]
    pub items: Vec<ShipmentItem>,
}

/// What a shipment, a refund or a review is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShipmentItem {
    /// The order line's `sku`.
    pub sku: String,
    /// How many; all of the line where absent.
    #[serde(default)]
    pub quantity: Option<u32>,
}

/// A refund request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refund {
    /// Tells this refund from the order's others.
    #[serde(deserialize_with = "identifier")]
    #[schemars(length(min = 1, max = 128))]
    pub id: String,
    /// How much.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// In the customer's words.
    #[serde(default)]
    pub reason: Option<String>,
    /// When it was requested.
    #[serde(default, deserialize_with = "time")]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub requested_at: Option<Timestamp>,
    /// What is given back; all of the order where empty.
    #[serde(default, deserialize_with = "null_is_default")]
    pub items: Vec<ShipmentItem>,
}

/// Where and what to review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// The review page.
    #[serde(default)]
    pub url: Option<WebUrl>,
    /// What to review; all of the order where empty.
    #[serde(default, deserialize_with = "null_is_default")]
    pub items: Vec<ShipmentItem>,
}

/// How one event wants its customer notified.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Routing {
    /// Exactly these channels, instead of the catalogue's routes.
    #[serde(default)]
    pub channels: Option<Vec<Channel>>,
    /// A new value notifies of the same fact again, deliberately. Empty is absent.
    #[serde(default, deserialize_with = "resend_key")]
    #[schemars(length(max = 128))]
    pub resend_key: Option<String>,
}

/// JSON `null` where a list or block may be absent means absent.
pub(super) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The longest identifier, in bytes: with others it makes up a ledger key, and
/// DynamoDB's keys are short.
const MAX_IDENTIFIER: usize = 128;

pub(super) fn identifier<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    if (1..=MAX_IDENTIFIER).contains(&text.len()) {
        Ok(text.into())
    } else {
        Err(D::Error::custom(format_args!("expected 1 to {MAX_IDENTIFIER} bytes of text")))
    }
}

fn resend_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty());
    if text.as_ref().is_none_or(|text| text.len() <= MAX_IDENTIFIER) {
        Ok(text)
    } else {
        Err(D::Error::custom(format_args!("expected at most {MAX_IDENTIFIER} bytes of text")))
    }
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    parsed(deserializer, TIME)
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<civil::Date>, D::Error> {
    parsed(deserializer, "expected a day such as \"2026-11-25\"")
}

/// Parses text where it stands, without the parser's own message: that could
/// quote the text.
fn parsed<'de, D, T>(deserializer: D, expected: &'static str) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    Option::<String>::deserialize(deserializer)?
        .map(|text| text.parse().map_err(|_| D::Error::custom(expected)))
        .transpose()
}
