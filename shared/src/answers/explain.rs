//! Why each message of an order was sent or not. Pure.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::Timestamp;
use serde::Serialize;

use crate::ledger::story::{in_time, in_words, moment, since, standing};
use crate::ledger::{DeliveryRecord, DeliveryState, OrderEntries, Outline, OutlinedDelivery, What};
use crate::model::id::NotificationKey;
use crate::model::{Channel, Masked, OrderId, Reason, clock};
use crate::plan::{Deferral, EventNote, Skip};

/// What became of a notification on one channel, to one recipient; or of an event that
/// led to none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Since when it stands so.
    pub at: Timestamp,
    /// The order.
    pub order: OrderId,
    /// The notification's type, if known.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The notification's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification: Option<NotificationKey>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The recipient, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Masked>,
    /// Where it stands, as in a timeline.
    pub what: What,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The same in a sentence.
    pub sentence: String,
}

/// What became of all that is known of an order, the newest first.
pub fn explain(order: &OrderId, entries: &OrderEntries, now: Timestamp) -> Vec<Explanation> {
    let touched: HashSet<_> = entries.deliveries.iter().map(|(id, _)| id).collect();
    let deliveries = entries.deliveries.iter();
    let mut all: Vec<_> = deliveries.map(|(_, record)| delivery(order, record, now)).collect();
    let readable = entries.notifications.iter().map(|of| (Outline::from(of), None));
    let sealed = entries.sealed.iter().map(|of| (of.outline.clone(), Some(of.unreadable.reason())));
    for (notification, sealed) in readable.chain(sealed) {
        let untouched = |planned: &&OutlinedDelivery| !touched.contains(&planned.delivery_id);
        let untouched = notification.deliveries.iter().filter(untouched);
        all.extend(untouched.map(|planned| match &sealed {
            None => in_queue(order, &notification, planned, now),
            Some(reason) => unreadable(order, &notification, planned, reason),
        }));
        let waiting = notification.deferrals.iter().filter(|of| of.decided_at.is_none());
        all.extend(waiting.flat_map(|of| deferred(order, &notification, of)));
        all.extend(notification.skips.iter().map(|skip| skipped(order, &notification, skip)));
    }
    all.extend(entries.notes.iter().map(|note| noted(order, note)));
    all.sort_by_key(|explanation| Reverse(explanation.at.as_millisecond()));
    all
}

fn subject(kind: &NotificationKey, channel: Channel, recipient: Option<&Masked>) -> String {
    let to = recipient.map(|recipient| format!(" to {}", recipient.as_str()));
    format!("{} by {}{}", kind.as_str(), in_words(channel), to.unwrap_or_default())
}

/// Planned, and no sender has touched it.
fn in_queue(
    order: &OrderId,
    notification: &Outline,
    planned: &OutlinedDelivery,
    now: Timestamp,
) -> Explanation {
    let (channel, recipient) = (planned.channel, planned.recipient.clone());
    let subject = subject(&notification.key, channel, Some(&recipient));
    let at = planned.decided_at.unwrap_or(notification.decided_at);
    let waiting = moment(at);
    let sentence = if now > notification.not_after {
        let until = moment(notification.not_after);
        format!(
            "{subject}: in the queue since {waiting}; it was worth sending until {until} and will not be sent"
        )
    } else {
        format!("{subject}: waiting in the queue since {waiting}; no attempt was made yet")
    };
    Explanation {
        at,
        order: order.clone(),
        kind: Some(notification.kind.clone()),
        notification: Some(notification.key.clone()),
        channel: Some(channel),
        recipient: Some(recipient),
        what: What::Planned,
        reason: None,
        sentence,
    }
}

/// Planned, and no sender has touched it; nor will any, unless its job is on its way.
fn unreadable(
    order: &OrderId,
    notification: &Outline,
    planned: &OutlinedDelivery,
    reason: &Reason,
) -> Explanation {
    let subject = subject(&notification.key, planned.channel, Some(&planned.recipient));
    let on = moment(notification.decided_at);
    Explanation {
        at: notification.decided_at,
        order: order.clone(),
        kind: Some(notification.kind.clone()),
        notification: Some(notification.key.clone()),
        channel: Some(planned.channel),
        recipient: Some(planned.recipient.clone()),
        what: What::Planned,
        reason: Some(reason.clone()),
        sentence: format!("{subject}: decided on {on}; no attempt was made: {}", reason.words()),
    }
}

fn skipped(order: &OrderId, notification: &Outline, skip: &Skip) -> Explanation {
    let why = match skip.since {
        Some(at) => since(&skip.reason, at),
        None => skip.reason.words().into_owned(),
    };
    let subject = subject(&notification.key, skip.channel, skip.recipient.as_ref());
    let at = skip.decided_at.unwrap_or(notification.decided_at);
    let on = moment(at);
    Explanation {
        at,
        order: order.clone(),
        kind: Some(notification.kind.clone()),
        notification: Some(notification.key.clone()),
        channel: Some(skip.channel),
        recipient: skip.recipient.clone(),
        what: What::Skipped,
        reason: Some(skip.reason.clone()),
        sentence: format!("{subject}: not sent, as decided on {on}: {why}"),
    }
}

/// Decided later, each of its channels.
fn deferred(order: &OrderId, notification: &Outline, of: &Deferral) -> Vec<Explanation> {
    let (on, until) = (moment(of.at), moment(of.until));
    let why = of.reason.words();
    let explanation = |&channel: &Channel| {
        let subject = subject(&notification.key, channel, None);
        Explanation {
            at: of.at,
            order: order.clone(),
            kind: Some(notification.kind.clone()),
            notification: Some(notification.key.clone()),
            channel: Some(channel),
            recipient: None,
            what: What::Deferred,
            reason: Some(of.reason.clone()),
            sentence: format!("{subject}: deferred until {until}, as decided on {on}: {why}"),
        }
    };
    of.channels.iter().map(explanation).collect()
}

fn delivery(order: &OrderId, record: &DeliveryRecord, now: Timestamp) -> Explanation {
    let facts = &record.facts;
    let subject = subject(&facts.notification, facts.channel, Some(&facts.recipient));
    Explanation {
        at: record.updated_at,
        order: order.clone(),
        kind: Some(facts.kind.clone()),
        notification: Some(facts.notification.clone()),
        channel: Some(facts.channel),
        recipient: Some(facts.recipient.clone()),
        what: What::Delivery(record.state),
        reason: record.reason.clone(),
        sentence: format!("{subject}: {}", stands(record, now)),
    }
}

/// Where a delivery stands, since when, why, and what follows.
fn stands(record: &DeliveryRecord, now: Timestamp) -> String {
    let on = moment(record.updated_at);
    let why = record.reason.as_ref().map(|reason| format!(": {}", reason.words()));
    let why = why.unwrap_or_default();
    let next = record.next_at.map(moment);
    match record.state {
        DeliveryState::Sending if record.lease_until.is_some_and(|until| until < now) => {
            format!("an attempt began on {on} and never said how it ended")
        }
        DeliveryState::Sending => format!("being sent since {on}"),
        DeliveryState::RetryWait => {
            let until = next.map(|next| format!(" until {next}")).unwrap_or_default();
            format!("waiting{until}{why}")
        }
        DeliveryState::Unknown => {
            let next = next.map(|next| {
                format!("; unless the provider reports it, the next step follows after {next}")
            });
            format!("perhaps sent on {on}{why}{}", next.unwrap_or_default())
        }
        DeliveryState::Accepted => {
            let after = after_event(record);
            format!("accepted by the provider on {on}{after}; its arrival is not reported")
        }
        DeliveryState::Delivered => format!("delivered on {on}{}", after_event(record)),
        state => format!("{} on {on}{why}", standing(state)),
    }
}

fn after_event(record: &DeliveryRecord) -> String {
    let span = clock::until(record.facts.event_time, record.updated_at);
    format!(", {} after the event", in_time(span))
}

/// An event without a notification of its own.
fn noted(order: &OrderId, note: &EventNote) -> Explanation {
    let what = match &note.kind {
        Some(kind) => format!("an event {kind}"),
        None => "an event".to_owned(),
    };
    let became = match note.reason {
        Reason::NotJson
        | Reason::TooLarge
        | Reason::MissingField
        | Reason::InvalidField
        | Reason::UnsupportedVersion => "was dead-lettered and notified nobody",
        Reason::UnknownType | Reason::Duplicate | Reason::Conflict | Reason::Erased => {
            "notified nobody"
        }
        _ => "was noted",
    };
    let on = moment(note.at);
    Explanation {
        at: note.at,
        order: order.clone(),
        kind: note.kind.clone(),
        notification: None,
        channel: None,
        recipient: None,
        what: What::NotTold,
        reason: Some(note.reason.clone()),
        sentence: format!("{what} {became} on {on}: {}", note.detail),
    }
}

#[cfg(test)]
mod tests;
