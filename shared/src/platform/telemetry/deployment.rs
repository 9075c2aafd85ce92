//! What is wrong with the deployment itself.

use jiff::Timestamp;

use super::line::{Level, Line};
use super::metric::Metric;
use crate::model::{Channel, Reason};

/// A channel's circuit has opened: the deployment must be repaired.
pub fn circuit_opened(channel: Channel, reason: &Reason, now: Timestamp) {
    Line::new(Level::Error, "circuit opened")
        .channel(channel)
        .id("reason", &reason.code())
        .metric(Metric::CircuitOpened, 1)
        .write(now);
}

/// A channel's circuit has closed again.
pub fn circuit_closed(channel: Channel, now: Timestamp) {
    Line::new(Level::Info, "circuit closed").channel(channel).write(now);
}

/// A deployment's wording, templates or types are broken; the built-in ones are used until
/// they are repaired. `reader` is the channel, or the function that reads types.
pub fn overrides_broken(reader: &str, problems: &[String], now: Timestamp) {
    Line::new(Level::Error, "overrides broken")
        .id("reader", reader)
        .sentence("problems", &problems.join("; "))
        .metric(Metric::OverridesBroken, 1)
        .write(now);
}

/// A deployment's wording and templates are in use.
pub fn overrides_used(channel: Channel, files: usize) {
    tracing::info!(channel = channel.as_str(), files, "overrides");
}

/// Something in a deployment's overrides is not as it should be, and can be sent.
pub fn overrides_flawed(channel: Channel, problem: &str) {
    tracing::warn!(channel = channel.as_str(), problem, "overrides flawed");
}
