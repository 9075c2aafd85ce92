//! What senders do.

use jiff::Timestamp;

use super::line::{Level, Line};
use super::metric::Metric;
use crate::model::failure::SendFailure;
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, Class, OrderId, Priority, ProviderMessageId, Reason, Record, clock};

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
    /// Whom it serves.
    pub class: Class,
    /// Which goes first.
    pub priority: Priority,
    /// To which state.
    pub state: &'static str,
    /// Why.
    pub reason: Option<&'a Reason>,
    /// What the failure means that led there, if one did.
    pub failure: Option<SendFailure>,
    /// How many attempts were made, and whether this one ended without a known outcome.
    pub attempts: Attempts,
    /// When the next one is due, if there is to be one.
    pub next_at: Option<Timestamp>,
    /// When the fact happened or, if it was deferred, when it was due.
    pub sendable_at: Timestamp,
    /// What the network makes of an SMS.
    pub sms: Option<SmsParts>,
    /// The country of a phone.
    pub country: Option<&'a str>,
    /// The message that asked for the delivery.
    pub record: &'a Record,
}

/// The attempts of a delivery.
#[derive(Debug, Clone, Copy)]
pub struct Attempts {
    /// How many count.
    pub made: u32,
    /// How many of them have just turned out to have no known outcome.
    pub new_doubts: u32,
}

/// What the network makes of an SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmsParts {
    /// How many messages.
    pub segments: u32,
    /// In which alphabet.
    pub encoding: &'static str,
}

/// See [`DeliveryChanged`].
pub fn delivery(changed: &DeliveryChanged<'_>, now: Timestamp) {
    let &DeliveryChanged { channel, state, failure, attempts, record, .. } = changed;
    let trace = record.trace.as_ref().map(ToString::to_string);
    let mut line = Line::new(Level::Info, "delivery")
        .id("order_id", changed.order_id.as_str())
        .id("delivery_id", changed.delivery_id.as_str())
        .id("notification", changed.notification.as_str())
        .id("type", changed.kind)
        .channel(channel)
        .id("class", changed.class.as_str())
        .id("priority", changed.priority.as_str())
        .id("state", state)
        .id_if_known("reason", changed.reason.map(Reason::code).as_deref())
        .id_if_known("failure", failure.map(SendFailure::as_str))
        .number("attempts", attempts.made)
        .id("message_id", &record.message_id)
        .number("receive_count", record.receive_count)
        .id_if_known("trace_id", trace.as_deref())
        .id_if_known("country", changed.country);
    if let Some(at) = changed.next_at {
        line = line.number("retry_after_seconds", clock::until(now, at).as_secs());
    }
    if let Some(SmsParts { segments, encoding }) = changed.sms {
        line = line.number("segments", segments).id("encoding", encoding);
    }
    if state == "accepted" {
        line = line.time(Metric::SinceEventAccepted, clock::until(changed.sendable_at, now));
    }
    if let Some(failed) = failed(state) {
        line = line.metric(Metric::DeliveryFailed, failed);
    }
    if failure == Some(SendFailure::Throttled) {
        line = line.metric(Metric::Throttles, 1);
    }
    if attempts.new_doubts > 0 {
        line = line.metric(Metric::UnknownOutcomes, attempts.new_doubts);
    }
    line.write(now);
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

/// The provider has taken a message, but the ledger could not record it: the id is
/// what a person needs to set it right.
pub fn acceptance_lost(
    delivery: &DeliveryId,
    message: &ProviderMessageId,
    reason: &Reason,
    now: Timestamp,
) {
    Line::new(Level::Error, "accepted, but not recorded")
        .id("delivery_id", delivery.as_str())
        .id("provider_message_id", message.as_str())
        .id("reason", &reason.code())
        .write(now);
}

/// A delivery is known to have been sent twice.
pub fn duplicate(
    order: &OrderId,
    delivery: &DeliveryId,
    message: &ProviderMessageId,
    now: Timestamp,
) {
    Line::new(Level::Error, "sent twice")
        .id("order_id", order.as_str())
        .id("delivery_id", delivery.as_str())
        .id("provider_message_id", message.as_str())
        .metric(Metric::Duplicates, 1)
        .write(now);
}
