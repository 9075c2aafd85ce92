//! An order's timeline: every decision and every change of every delivery, in
//! the order of time, with its reason.

use std::fmt;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::record::{DeliveryRecord, DeliveryState, HistoryEntry};
use super::{Outline, SealedNotification, Unreadable, story};
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, EventId, Masked, ProviderMessageId, Reason};
use crate::plan::{EventNote, Notification};

/// All that the ledger holds about an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrderEntries {
    /// The notifications with their decisions.
    pub notifications: Vec<Notification>,
    /// Those whose personal data can't be read (any more), because they were erased.
    pub sealed: Vec<SealedNotification>,
    /// The deliveries.
    pub deliveries: Vec<(DeliveryId, DeliveryRecord)>,
    /// What became of events that led to no notification of their own.
    pub notes: Vec<EventNote>,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
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
    /// What happened.
    pub what: What,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The sentence for people, where the reason needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Until when it is deferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The event that asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// The delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_id: Option<DeliveryId>,
    /// The provider's id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_message_id: Option<ProviderMessageId>,
}

/// What a line of a timeline tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A delivery was planned.
    Planned,
    /// A channel, or a recipient on it, was skipped.
    Skipped,
    /// A channel is decided later.
    Deferred,
    /// A field of the event was mended.
    Repaired,
    /// An event led to no notification of its own.
    NotTold,
    /// A delivery came to this state.
    Delivery(DeliveryState),
}

impl What {
    /// `planned`, `skipped`, `deferred`, `repaired`, `not_told`, or the state's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Skipped => "skipped",
            Self::Deferred => "deferred",
            Self::Repaired => "repaired",
            Self::NotTold => "not_told",
            Self::Delivery(state) => state.as_str(),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for What {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl OrderEntries {
    /// Why decisions can't be read that were not erased, if there are any: an operator can
    /// mend that.
    pub fn locked(&self) -> Option<&Unreadable> {
        let mut unreadable = self.sealed.iter().map(|of| &of.unreadable);
        unreadable.find(|unreadable| **unreadable != Unreadable::Erased)
    }

    /// The timeline. Entries of the same moment stand in the order in which
    /// they come about: decisions before deliveries.
    pub fn timeline(&self) -> Vec<TimelineEntry> {
        let mut lines: Vec<TimelineEntry> = Vec::new();
        lines.extend(self.notes.iter().map(of_note));
        let readable = self.notifications.iter().map(Outline::from);
        lines.extend(readable.flat_map(|outline| of_notification(&outline, None)));
        let sealed = self.sealed.iter();
        lines.extend(sealed.flat_map(|SealedNotification { outline, unreadable }| {
            of_notification(outline, Some(&unreadable.reason()))
        }));
        lines.extend(self.deliveries.iter().flat_map(of_delivery));
        lines.sort_by_key(|line| line.at.as_millisecond());
        lines
    }
}

fn of_note(note: &EventNote) -> TimelineEntry {
    TimelineEntry {
        at: note.at,
        kind: note.kind.clone(),
        notification: None,
        channel: None,
        recipient: None,
        what: What::NotTold,
        reason: Some(note.reason.clone()),
        detail: Some(note.detail.clone()),
        until: None,
        event_id: note.event_id.clone(),
        delivery_id: None,
        provider_message_id: None,
    }
}

/// `sealed` is why it can't be read, if it can't.
fn of_notification(notification: &Outline, sealed: Option<&Reason>) -> Vec<TimelineEntry> {
    let line = |channel, recipient, what, reason| TimelineEntry {
        at: notification.decided_at,
        kind: Some(notification.kind.clone()),
        notification: Some(notification.key.clone()),
        channel,
        recipient,
        what,
        reason,
        detail: None,
        until: None,
        event_id: Some(notification.event_id.clone()),
        delivery_id: None,
        provider_message_id: None,
    };
    let planned = notification.deliveries.iter().map(|planned| TimelineEntry {
        at: planned.decided_at.unwrap_or(notification.decided_at),
        delivery_id: Some(planned.delivery_id.clone()),
        ..line(
            Some(planned.channel),
            Some(planned.recipient.clone()),
            What::Planned,
            sealed.cloned(),
        )
    });
    let skipped = notification.skips.iter().map(|skip| TimelineEntry {
        at: skip.decided_at.unwrap_or(notification.decided_at),
        detail: skip.since.map(|since| story::since(&skip.reason, since)),
        ..line(Some(skip.channel), skip.recipient.clone(), What::Skipped, Some(skip.reason.clone()))
    });
    let repaired = notification.repairs.iter().map(|repair| TimelineEntry {
        detail: Some(repair.to_string()),
        ..line(None, None, What::Repaired, None)
    });
    let deferred = notification.deferrals.iter().flat_map(|deferral| {
        deferral.channels.iter().map(|&channel| TimelineEntry {
            at: deferral.at,
            until: Some(deferral.until),
            ..line(Some(channel), None, What::Deferred, Some(deferral.reason.clone()))
        })
    });
    repaired.chain(deferred).chain(planned).chain(skipped).collect()
}

fn of_delivery((id, record): &(DeliveryId, DeliveryRecord)) -> Vec<TimelineEntry> {
    let last = record.history.len().saturating_sub(1);
    let line = |(index, change): (usize, &HistoryEntry)| TimelineEntry {
        at: change.at,
        kind: Some(record.facts.kind.clone()),
        notification: Some(record.facts.notification.clone()),
        channel: Some(record.facts.channel),
        recipient: Some(record.facts.recipient.clone()),
        what: What::Delivery(change.state),
        reason: change.reason.clone(),
        detail: None,
        until: None,
        event_id: None,
        delivery_id: Some(id.clone()),
        provider_message_id: record.provider_message_id.clone().filter(|_| index == last),
    };
    record.history.iter().enumerate().map(line).collect()
}
