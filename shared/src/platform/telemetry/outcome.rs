//! What the application is told.

use jiff::Timestamp;

use super::line::{Level, Line};
use crate::model::OrderId;

/// An outcome was published.
pub fn outcome_published(order_id: &OrderId, id: &str, kind: &str, now: Timestamp) {
    Line::new(Level::Info, "outcome")
        .id("order_id", order_id.as_str())
        .id("id", id)
        .id("type", kind)
        .write(now);
}

/// The application has taken an outcome, at this receive of it.
pub fn webhook_taken(id: &str, receive_count: u32, now: Timestamp) {
    Line::new(Level::Info, "webhook")
        .id("id", id)
        .number("receive_count", receive_count)
        .write(now);
}
