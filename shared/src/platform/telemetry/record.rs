//! What becomes of the messages that a function receives.

use std::time::Duration;

use jiff::Timestamp;

use super::line::{Level, Line};
use super::metric::Metric;
use crate::model::{Reason, Record};
use crate::platform::DeadLetter;

/// A record stays on its queue.
pub fn record_postponed(record: &Record, reason: &Reason, after: Duration, now: Timestamp) {
    let line =
        of(record, Level::Warn, "postponed", reason).number("retry_after_seconds", after.as_secs());
    let line = match reason {
        Reason::CircuitOpen => line.metric(Metric::HeldByCircuit, 1),
        _ => line,
    };
    line.write(now);
}

/// A message was dead-lettered.
pub fn dead_lettered(record: &Record, letter: &DeadLetter, now: Timestamp) {
    of(record, Level::Warn, "dead-lettered", &letter.reason)
        .sentence("detail", &letter.detail)
        .metric(Metric::DeadLettered, 1)
        .write(now);
}

fn of(record: &Record, level: Level, message: &'static str, reason: &Reason) -> Line {
    let trace = record.trace.as_ref().map(ToString::to_string);
    Line::new(level, message)
        .id("message_id", &record.message_id)
        .id("queue", &record.queue)
        .number("receive_count", record.receive_count)
        .id("reason", &reason.code())
        .id_if_known("trace_id", trace.as_deref())
}
