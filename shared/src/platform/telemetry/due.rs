//! What becomes of notifications that were deferred, and of routes that go on.

use jiff::Timestamp;

use super::line::{Level, Line};
use crate::model::id::NotificationKey;
use crate::model::{Channel, OrderId, Trace};

/// A notification was decided again.
#[derive(Debug, Clone, Copy)]
pub struct DecidedAgain<'a> {
    /// Its order.
    pub order_id: &'a OrderId,
    /// Its key.
    pub notification: &'a NotificationKey,
    /// What became of it.
    pub outcome: &'a str,
    /// The trace it belongs to, if it is known.
    pub trace: Option<&'a Trace>,
}

impl DecidedAgain<'_> {
    fn line(&self, message: &'static str) -> Line {
        let trace = self.trace.map(ToString::to_string);
        Line::new(Level::Info, message)
            .id("order_id", self.order_id.as_str())
            .id("notification", self.notification.as_str())
            .id("outcome", self.outcome)
            .id_if_known("trace_id", trace.as_deref())
    }
}

/// It was said to be due, as it was deferred until then.
pub fn due(decided: &DecidedAgain<'_>, due_at: Timestamp, now: Timestamp) {
    decided.line("due").id("due_at", &due_at.to_string()).write(now);
}

/// The channel was said to have failed, so that its route goes on.
pub fn channel_failed(decided: &DecidedAgain<'_>, channel: Channel, now: Timestamp) {
    decided.line("channel failed").id("channel", channel.as_str()).write(now);
}

/// Notifications whose schedule was lost were looked for.
pub fn swept(overdue: usize, now: Timestamp) {
    let level = if overdue == 0 { Level::Info } else { Level::Warn };
    Line::new(level, "swept").number("overdue", overdue).write(now);
}
