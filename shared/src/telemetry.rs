//! Logs and metrics. What may be said is what these functions take: ids, types,
//! states, codes and times, never a contact detail or a message text.
//!
//! Metrics go out in CloudWatch's embedded metric format, one JSON object per
//! line of standard output; dimensions are only those of few values.
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::batch::Record;
use crate::clock;
use crate::event::Channel;
use crate::id::DeliveryId;
use crate::ledger::DeliveryState;
use crate::queue::DeliveryJob;

/// Whether the log has been started. Where it has not, as in a test of thousands of
/// courses, nobody collects metrics.
static STARTED: AtomicBool = AtomicBool::new(false);

/// Starts the log, and keeps panic messages, which may quote data, out of it:
/// only the place is told.
pub fn init() {
    lambda_runtime::tracing::init_default_subscriber();
    STARTED.store(true, Ordering::Relaxed);
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "panic");
    }));
}

/// A delivery has come to a state by this function's doing.
pub fn delivery(job: &DeliveryJob, state: DeliveryState, reason: Option<&str>, now: Timestamp) {
    tracing::info!(
        order_id = job.order_id.as_str(),
        delivery_id = job.delivery_id.as_str(),
        notification = job.notification.as_str(),
        channel = job.channel().as_str(),
        state = state.as_str(),
        reason,
        "delivery"
    );
    let latency = clock::until(job.event_time, now).as_millis();
    emit(
        &["type", "channel", "state"],
        &[("Deliveries", "Count", json!(1)), ("SinceEvent", "Milliseconds", json!(latency as u64))],
        json!({
            "type": job.kind,
            "channel": job.channel().as_str(),
            "state": state.as_str(),
            "delivery_id": job.delivery_id.as_str(),
        }),
        now,
    );
}

/// An event was understood, and this is what became of it.
pub fn event(kind: &str, outcome: &str, event_id: &str, order_id: &str, now: Timestamp) {
    tracing::info!(event_id, order_id, r#type = kind, outcome, "event");
    emit(
        &["type", "outcome"],
        &[("Events", "Count", json!(1))],
        json!({"type": kind, "outcome": outcome, "event_id": event_id}),
        now,
    );
}

/// A message was set aside.
pub fn quarantined(record: &Record, code: &str, detail: &str, now: Timestamp) {
    tracing::warn!(message_id = record.message_id, reason = code, detail, "quarantined");
    emit(
        &["reason"],
        &[("Quarantined", "Count", json!(1))],
        json!({"reason": code, "message_id": record.message_id}),
        now,
    );
}

/// A record stays on its queue.
pub fn record_postponed(record: &Record, reason: &str, after: Duration) {
    tracing::warn!(
        message_id = record.message_id,
        receive_count = record.receive_count,
        reason,
        retry_after_seconds = after.as_secs(),
        "postponed"
    );
}

/// The provider has taken a message, but the ledger could not be told: the id
/// is what a person needs to set it right.
pub fn finish_lost(job: &DeliveryJob, provider_message_id: &str, reason: &str) {
    tracing::error!(
        delivery_id = job.delivery_id.as_str(),
        provider_message_id,
        reason,
        "accepted, but not recorded"
    );
}

/// A delivery is known to have been sent twice.
pub fn duplicate(delivery: &DeliveryId, provider_message_id: &str, now: Timestamp) {
    tracing::error!(delivery_id = delivery.as_str(), provider_message_id, "sent twice");
    emit(
        &[],
        &[("Duplicates", "Count", json!(1))],
        json!({"delivery_id": delivery.as_str(), "provider_message_id": provider_message_id}),
        now,
    );
}

/// A channel's circuit has opened: the deployment must be repaired.
pub fn circuit_opened(channel: Channel, reason: &str, now: Timestamp) {
    tracing::error!(channel = channel.as_str(), reason, "circuit opened");
    emit(
        &["channel"],
        &[("CircuitOpened", "Count", json!(1))],
        json!({"channel": channel.as_str(), "reason": reason}),
        now,
    );
}

/// A channel's circuit has closed again.
pub fn circuit_closed(channel: Channel) {
    tracing::info!(channel = channel.as_str(), "circuit closed");
}

/// The shop's own wording or templates are broken; the built-in ones are used in
/// their place until they are repaired.
pub fn own_content_broken(channel: Channel, problems: &[String], now: Timestamp) {
    for problem in problems {
        tracing::error!(channel = channel.as_str(), problem, "own content broken");
    }
    emit(
        &["channel"],
        &[("OwnContentBroken", "Count", json!(1))],
        json!({"channel": channel.as_str(), "problems": problems.len()}),
        now,
    );
}

/// The shop's own wording and templates are in use.
pub fn own_content(channel: Channel, files: usize) {
    tracing::info!(channel = channel.as_str(), files, "own content");
}

/// Something in the shop's own content is not as it should be, and can be sent.
pub fn own_content_flawed(channel: Channel, problem: &str) {
    tracing::warn!(channel = channel.as_str(), problem, "own content flawed");
}

/// The function can't start.
pub fn not_started(problem: &str) {
    tracing::error!(problem, "the function can't start");
}

/// A call whose failure changes nothing.
pub fn benign(operation: &str, reason: &str) {
    tracing::debug!(operation, reason, "ignored");
}

#[expect(
    clippy::print_stdout,
    reason = "the embedded metric format must stand at the root of a line; a log line nests it"
)]
fn emit(
    dimensions: &[&str],
    metrics: &[(&str, &str, serde_json::Value)],
    members: serde_json::Value,
    now: Timestamp,
) {
    if !STARTED.load(Ordering::Relaxed) {
        return;
    }
    let definitions: Vec<_> =
        metrics.iter().map(|(name, unit, _)| json!({"Name": name, "Unit": unit})).collect();
    let mut line = json!({
        "_aws": {
            "Timestamp": now.as_millisecond(),
            "CloudWatchMetrics": [{
                "Namespace": "Bellhop",
                "Dimensions": [dimensions],
                "Metrics": definitions,
            }],
        },
        // Lambda drops lines below its log level, and takes one without a level
        // for INFO.
        "level": "INFO",
    });
    if let (Some(line), serde_json::Value::Object(members)) = (line.as_object_mut(), members) {
        line.extend(members);
        line.extend(metrics.iter().map(|(name, _, value)| ((*name).to_owned(), value.clone())));
    }
    println!("{line}");
}
