//! What providers report.

use jiff::Timestamp;

use super::line::{Level, Line};
use super::metric::Metric;
use crate::model::id::DeliveryId;
use crate::model::{Channel, OrderId, Reason, clock};

/// A provider's report was read.
#[derive(Debug, Clone, Copy)]
pub struct ReportHandled<'a> {
    /// Whose it is.
    pub source: &'static str,
    /// What became of it.
    pub outcome: &'static str,
    /// What it changed.
    pub changed: Option<ReportedChange<'a>>,
    /// What an SMS cost.
    pub price: Option<Price<'a>>,
}

/// What a report changed.
#[derive(Debug, Clone, Copy)]
pub struct ReportedChange<'a> {
    /// About which order.
    pub order_id: &'a OrderId,
    /// Which delivery.
    pub delivery_id: &'a DeliveryId,
    /// The notification's type.
    pub kind: &'a str,
    /// On which channel.
    pub channel: Channel,
    /// To which state.
    pub state: &'static str,
    /// Why.
    pub reason: Option<&'a Reason>,
    /// When the fact happened or, if it was deferred, when it was due.
    pub sendable_at: Timestamp,
}

/// What an SMS cost.
#[derive(Debug, Clone, Copy)]
pub struct Price<'a> {
    /// In US dollars.
    pub usd: f64,
    /// In so many parts.
    pub parts: u32,
    /// To which country.
    pub country: Option<&'a str>,
}

/// See [`ReportHandled`].
pub fn report(handled: &ReportHandled<'_>, now: Timestamp) {
    let mut line = Line::new(Level::Info, "feedback")
        .id("source", handled.source)
        .id("outcome", handled.outcome);
    if let Some(changed) = handled.changed {
        line = line
            .id("order_id", changed.order_id.as_str())
            .id("delivery_id", changed.delivery_id.as_str())
            .id("type", changed.kind)
            .channel(changed.channel)
            .id("state", changed.state)
            .id_if_known("reason", changed.reason.map(Reason::code).as_deref());
        if changed.state == "delivered" {
            let since = clock::until(changed.sendable_at, now);
            line = line.time(Metric::SinceEventDelivered, since);
        }
    }
    if let Some(Price { usd, parts, country }) = handled.price {
        line = line
            .metric(Metric::SmsCost, usd)
            .number("parts", parts)
            .id_if_known("country", country);
    }
    line.write(now);
}

/// A contact point is not written to again on this channel.
pub fn suppressed(channel: Channel, reason: &Reason, now: Timestamp) {
    Line::new(Level::Info, "suppressed").channel(channel).id("reason", &reason.code()).write(now);
}
