//! Logs and metrics. What may be said is what these functions take: ids, types,
//! states, codes and times, never a contact detail or a message text.
//!
//! Metrics go out in CloudWatch's embedded metric format, one JSON object per
//! line of standard output; dimensions are only those of few values.
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::DeadLetter;
use super::environment::process_environment;
use crate::model::failure::CallError;
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, EventId, OrderId, ProviderMessageId, Reason, Record, clock};

/// The deployment whose metrics these are (`STAGE`), once the log has been started.
/// Where it has not, as in a test of thousands of courses, nobody collects metrics.
static STAGE: OnceLock<String> = OnceLock::new();

/// Starts the log, and keeps panic messages, which may quote data, out of it:
/// only the place is logged.
pub fn init() {
    lambda_runtime::tracing::init_default_subscriber();
    STAGE.get_or_init(|| {
        // CloudWatch takes no empty value for a dimension.
        let stage = process_environment("STAGE").filter(|stage| !stage.is_empty());
        stage.unwrap_or_else(|| "none".to_owned())
    });
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "panic");
    }));
}

/// A delivery has come to a state by this function's doing.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryChanged<'a> {
    /// About which order.
    pub order_id: &'a OrderId,
    /// Which delivery.
    pub delivery_id: &'a DeliveryId,
    /// Part of which notification.
    pub notification: &'a NotificationKey,
    /// The notification's type.
    pub kind: &'a str,
    /// On which channel.
    pub channel: Channel,
    /// To which state.
    pub state: &'static str,
    /// Why.
    pub reason: Option<&'a Reason>,
    /// When the fact happened.
    pub event_time: Timestamp,
}

/// See [`DeliveryChanged`].
pub fn delivery(changed: &DeliveryChanged<'_>, now: Timestamp) {
    let &DeliveryChanged { kind, channel, state, .. } = changed;
    tracing::info!(
        order_id = changed.order_id.as_str(),
        delivery_id = changed.delivery_id.as_str(),
        notification = changed.notification.as_str(),
        channel = channel.as_str(),
        state,
        reason = changed.reason.map(Reason::code).as_deref(),
        "delivery"
    );
    let latency = clock::until(changed.event_time, now).as_millis();
    emit(
        &["type", "channel", "state"],
        &[("Deliveries", "Count", json!(1)), ("SinceEvent", "Milliseconds", json!(latency as u64))],
        json!({
            "type": kind,
            "channel": channel.as_str(),
            "state": state,
            "delivery_id": changed.delivery_id.as_str(),
        }),
        now,
    );
    if let Some(failed) = failed(state) {
        emit(
            &["channel"],
            &[("DeliveryFailed", "Count", json!(failed))],
            json!({"channel": channel.as_str()}),
            now,
        );
    }
}

/// 1 if a delivery that came to this state reached nobody, 0 if the provider took it:
/// the average is the share that failed. What may still change, and what was not
/// wanted any more, counts for neither.
fn failed(state: &str) -> Option<u8> {
    match state {
        "accepted" => Some(0),
        "rejected" | "expired" | "abandoned" => Some(1),
        _ => None,
    }
}

/// An order event was understood, and this is what became of it.
pub fn order_event(
    kind: &str,
    outcome: &str,
    event_id: &EventId,
    order_id: Option<&OrderId>,
    now: Timestamp,
) {
    let order_id = order_id.map_or("", OrderId::as_str);
    tracing::info!(event_id = event_id.as_str(), order_id, r#type = kind, outcome, "event");
    count_event(kind, outcome, event_id, now);
}

/// Fields of an order event were mended: which, and how; never what they held.
pub fn repaired(kind: &str, repairs: &[impl ToString], event_id: &EventId, now: Timestamp) {
    if repairs.is_empty() {
        return;
    }
    let repaired: Vec<_> = repairs.iter().map(ToString::to_string).collect();
    let event = event_id.as_str();
    tracing::warn!(event_id = event, r#type = kind, repairs = repaired.join("; "), "repaired");
    emit(
        &["type"],
        &[("Repairs", "Count", json!(repairs.len()))],
        json!({"type": kind, "event_id": event}),
        now,
    );
}

/// A customer event was understood, and this is what became of it.
pub fn customer_event(kind: &str, outcome: &str, event_id: &EventId, now: Timestamp) {
    tracing::info!(event_id = event_id.as_str(), r#type = kind, outcome, "event");
    count_event(kind, outcome, event_id, now);
}

fn count_event(kind: &str, outcome: &str, event_id: &EventId, now: Timestamp) {
    emit(
        &["type", "outcome"],
        &[("Events", "Count", json!(1))],
        json!({"type": kind, "outcome": outcome, "event_id": event_id.as_str()}),
        now,
    );
}

/// An event is dated in the future, by that much, and is taken as of now.
pub fn future_event(kind: &str, event_id: &EventId, ahead: Duration, now: Timestamp) {
    let (event_id, ahead_seconds) = (event_id.as_str(), ahead.as_secs());
    tracing::warn!(event_id, r#type = kind, ahead_seconds, "dated in the future");
    emit(
        &["type"],
        &[("FutureEvents", "Count", json!(1))],
        json!({"type": kind, "event_id": event_id, "ahead_seconds": ahead_seconds}),
        now,
    );
}

/// A message was dead-lettered.
pub fn dead_lettered(record: &Record, letter: &DeadLetter, now: Timestamp) {
    let (reason, detail) = (letter.reason.code(), letter.detail.as_str());
    let reason = reason.as_ref();
    tracing::warn!(message_id = record.message_id, reason, detail, "dead-lettered");
    emit(
        &["reason"],
        &[("DeadLettered", "Count", json!(1))],
        json!({"reason": reason, "message_id": record.message_id}),
        now,
    );
}

/// A record stays on its queue.
pub fn record_postponed(record: &Record, reason: &Reason, after: Duration) {
    let reason = reason.code();
    let reason = reason.as_ref();
    tracing::warn!(
        message_id = record.message_id,
        receive_count = record.receive_count,
        reason,
        retry_after_seconds = after.as_secs(),
        "postponed"
    );
}

/// The provider has taken a message, but the ledger could not record it: the id is
/// what a person needs to set it right.
pub fn acceptance_lost(delivery: &DeliveryId, message: &ProviderMessageId, reason: &Reason) {
    tracing::error!(
        delivery_id = delivery.as_str(),
        provider_message_id = message.as_str(),
        reason = reason.code().as_ref(),
        "accepted, but not recorded"
    );
}

/// A delivery is known to have been sent twice.
pub fn duplicate(delivery: &DeliveryId, message: &ProviderMessageId, now: Timestamp) {
    let (delivery_id, provider_message_id) = (delivery.as_str(), message.as_str());
    tracing::error!(delivery_id, provider_message_id, "sent twice");
    emit(
        &[],
        &[("Duplicates", "Count", json!(1))],
        json!({"delivery_id": delivery_id, "provider_message_id": provider_message_id}),
        now,
    );
}

/// A channel's circuit has opened: the deployment must be repaired.
pub fn circuit_opened(channel: Channel, reason: &Reason, now: Timestamp) {
    let reason = reason.code();
    let reason = reason.as_ref();
    tracing::error!(channel = channel.as_str(), reason, "circuit opened");
    emit(
        &["channel"],
        &[("CircuitOpened", "Count", json!(1))],
        json!({"channel": channel.as_str(), "reason": reason}),
        now,
    );
}

/// A message waits because its channel's circuit is open.
pub fn held_by_circuit(channel: Channel, now: Timestamp) {
    let members = json!({"channel": channel.as_str()});
    emit(&["channel"], &[("HeldByCircuit", "Count", json!(1))], members, now);
}

/// An event's type is none of the catalogue's, but resembles one: a slip, most likely.
pub fn unknown_type_resembles(nearest: &str, event_id: &EventId, now: Timestamp) {
    tracing::warn!(event_id = event_id.as_str(), nearest, "unknown type");
    let members = json!({"nearest": nearest, "event_id": event_id.as_str()});
    emit(&[], &[("UnknownTypes", "Count", json!(1))], members, now);
}

/// A provider's report was read, and this is what became of it.
pub fn feedback(source: &str, outcome: &str, now: Timestamp) {
    let members = json!({"source": source, "outcome": outcome});
    emit(&["outcome"], &[("Feedback", "Count", json!(1))], members, now);
}

/// A contact point is not written to again on this channel.
pub fn suppressed(channel: Channel, reason: &Reason, now: Timestamp) {
    let (channel, reason) = (channel.as_str(), reason.code());
    let reason = reason.as_ref();
    tracing::info!(channel, reason, "suppressed");
    let members = json!({"channel": channel, "reason": reason});
    emit(&["channel"], &[("Suppressed", "Count", json!(1))], members, now);
}

/// What an SMS cost, as SNS reports it.
pub fn sms_price(usd: f64, parts: u32, now: Timestamp) {
    let metrics = [("SmsPrice", "None", json!(usd)), ("SmsParts", "Count", json!(parts))];
    emit(&[], &metrics, json!({}), now);
}

/// A channel's circuit has closed again.
pub fn circuit_closed(channel: Channel) {
    tracing::info!(channel = channel.as_str(), "circuit closed");
}

/// A deployment's wording or templates are broken; the built-in ones are used until
/// they are repaired.
pub fn overrides_broken(channel: &str, problems: &[String], now: Timestamp) {
    for problem in problems {
        tracing::error!(channel, problem, "overrides broken");
    }
    emit(
        &["channel"],
        &[("OverridesBroken", "Count", json!(1))],
        json!({"channel": channel, "problems": problems.len()}),
        now,
    );
}

/// A deployment's wording and templates are in use.
pub fn overrides_used(channel: Channel, files: usize) {
    tracing::info!(channel = channel.as_str(), files, "overrides");
}

/// Something in a deployment's overrides is not as it should be, and can be sent.
pub fn overrides_flawed(channel: Channel, problem: &str) {
    tracing::warn!(channel = channel.as_str(), problem, "overrides flawed");
}

/// An outcome was published.
pub fn outcome_published(order_id: &OrderId, id: &str, kind: &str) {
    tracing::info!(order_id = order_id.as_str(), id, r#type = kind, "outcome");
}

/// The application has taken an outcome, at this receive of it.
pub fn webhook_taken(id: &str, receive_count: u32) {
    tracing::info!(id, receive_count, "webhook");
}

/// Support has asked: what kind of page, what HTTP status was answered, and which call
/// failed.
pub fn answered(page: &str, status: u16, failed: Option<&CallError>) {
    let failed = failed.map(ToString::to_string);
    tracing::info!(page, status, failed, "answered");
}

/// The function can't start.
pub fn not_started(problem: &str) {
    tracing::error!(problem, "the function can't start");
}

/// A call whose failure changes nothing.
pub fn benign(operation: &str, reason: &Reason) {
    let reason = reason.code();
    let reason = reason.as_ref();
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
    let Some(stage) = STAGE.get() else { return };
    let dimensions: Vec<_> = std::iter::once("stage").chain(dimensions.iter().copied()).collect();
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
        "stage": stage,
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
