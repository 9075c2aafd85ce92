//! What support, and customers who follow a link, were answered.

use jiff::Timestamp;

use super::line::{Level, Line};
use crate::model::failure::CallError;

/// Support has asked: what kind of page, what HTTP status was answered, and which call
/// failed.
pub fn answered(page: &str, status: u16, failed: Option<&CallError>, now: Timestamp) {
    let line = Line::new(Level::Info, "answered").id("page", page).number("status", status);
    match failed {
        Some(failed) => line.id("failed", &failed.to_string()).write(now),
        None => line.write(now),
    }
}

/// A customer, or a program of theirs, has followed a link: to which kind of page, what came
/// of it, what HTTP status was answered, and which call failed. The link is a secret.
pub fn preferences_answered(
    page: &str,
    outcome: &str,
    status: u16,
    failed: Option<&CallError>,
    now: Timestamp,
) {
    let line = Line::new(Level::Info, "preferences").id("page", page).id("outcome", outcome);
    let line = line.number("status", status);
    match failed {
        Some(failed) => line.id("failed", &failed.to_string()).write(now),
        None => line.write(now),
    }
}
