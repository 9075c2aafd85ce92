//! What becomes of notifications that were deferred, and of routes that go on.

use jiff::Timestamp;

use super::line::{Level, Line};
use crate::model::id::NotificationKey;
use crate::model::{Channel, OrderId, Trace};

/// A notification was said to be due.
#[derive(Debug, Clone, Copy)]
pub struct DueHandled<'a> {
    /// Its order.
    pub order_id: &'a OrderId,
    /// Its key.
    pub notification: &'a NotificationKey,
    /// Until when it was deferred.
    pub due_at: Timestamp,
    /// What became of it.
    pub outcome: &'a str,
    /// The trace it belongs to, if it is known.
    pub trace: Option<&'a Trace>,
}

/// See [`DueHandled`].
pub fn due(handled: &DueHandled<'_>, now: Timestamp) {
    let trace = handled.trace.map(ToString::to_string);
    Line::new(Level::Info, "due")
        .id("order_id", handled.order_id.as_str())
        .id("notification", handled.notification.as_str())
        .id("due_at", &handled.due_at.to_string())
        .id("outcome", handled.outcome)
        .id_if_known("trace_id", trace.as_deref())
        .write(now);
}

/// A channel was said to have failed.
#[derive(Debug, Clone, Copy)]
pub struct FailureHandled<'a> {
    /// The order.
    pub order_id: &'a OrderId,
    /// The notification's key.
    pub notification: &'a NotificationKey,
    /// The channel.
    pub channel: Channel,
    /// What became of the rest of the route.
    pub outcome: &'a str,
    /// The trace it belongs to, if it is known.
    pub trace: Option<&'a Trace>,
}

/// See [`FailureHandled`].
pub fn channel_failed(handled: &FailureHandled<'_>, now: Timestamp) {
    let trace = handled.trace.map(ToString::to_string);
    Line::new(Level::Info, "channel failed")
        .id("order_id", handled.order_id.as_str())
        .id("notification", handled.notification.as_str())
        .id("channel", handled.channel.as_str())
        .id("outcome", handled.outcome)
        .id_if_known("trace_id", trace.as_deref())
        .write(now);
}

/// Notifications whose schedule was lost were looked for.
pub fn swept(overdue: usize, now: Timestamp) {
    let level = if overdue == 0 { Level::Info } else { Level::Warn };
    Line::new(level, "swept").number("overdue", overdue).write(now);
}
