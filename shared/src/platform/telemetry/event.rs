//! What became of events.

use std::time::Duration;

use jiff::Timestamp;

use super::line::{Level, Line};
use super::metric::Metric;
use crate::model::{EventId, OrderId, Trace};

/// An order event was understood.
#[derive(Debug, Clone, Copy)]
pub struct OrderEventHandled<'a> {
    /// Which event.
    pub event_id: &'a EventId,
    /// Its type, by the catalogue; none if the catalogue has no such type.
    pub kind: Option<&'a str>,
    /// The type that an unknown one resembles, by a slip most likely.
    pub nearest: Option<&'a str>,
    /// What became of it.
    pub outcome: &'a str,
    /// About which order.
    pub order_id: Option<&'a OrderId>,
    /// The fields that were mended and how; never what they held.
    pub repairs: &'a [String],
    /// The trace it belongs to.
    pub trace: Option<&'a Trace>,
}

/// See [`OrderEventHandled`].
pub fn order_event(handled: &OrderEventHandled<'_>, now: Timestamp) {
    let &OrderEventHandled { kind, nearest, outcome, repairs, trace, .. } = handled;
    let is_plain = repairs.is_empty() && nearest.is_none();
    let level = if is_plain { Level::Info } else { Level::Warn };
    let trace = trace.map(ToString::to_string);
    let mut line = Line::new(level, "event")
        .id("event_id", handled.event_id.as_str())
        .id("type", kind.unwrap_or("unknown"))
        .id("outcome", outcome)
        .id_if_known("order_id", handled.order_id.map(OrderId::as_str))
        .id_if_known("trace_id", trace.as_deref())
        .metric(Metric::Events, 1);
    if let Some(nearest) = nearest {
        line = line.id("nearest", nearest).metric(Metric::UnknownTypes, 1);
    }
    if !repairs.is_empty() {
        line =
            line.sentence("repaired", &repairs.join("; ")).metric(Metric::Repairs, repairs.len());
    }
    line.write(now);
}

/// A customer event was understood.
#[derive(Debug, Clone, Copy)]
pub struct CustomerEventHandled<'a> {
    /// Which event.
    pub event_id: &'a EventId,
    /// Its type.
    pub kind: &'a str,
    /// What became of it.
    pub outcome: &'a str,
    /// By how much it is dated in the future, if it is; it is then taken as of when it was
    /// queued.
    pub ahead: Option<Duration>,
}

/// See [`CustomerEventHandled`].
pub fn customer_event(handled: &CustomerEventHandled<'_>, now: Timestamp) {
    let level = if handled.ahead.is_none() { Level::Info } else { Level::Warn };
    let mut line = Line::new(level, "event")
        .id("event_id", handled.event_id.as_str())
        .id("type", handled.kind)
        .id("outcome", handled.outcome)
        .metric(Metric::Events, 1);
    if let Some(ahead) = handled.ahead {
        line = line.number("ahead_seconds", ahead.as_secs());
    }
    line.write(now);
}
