//! An order's timeline: every decision and every change of every delivery, in
//! the order of time, with its reason.

use jiff::Timestamp;
use serde::Serialize;

use super::record::{DeliveryRecord, EventNote};
use crate::contact::Masked;
use crate::event::Channel;
use crate::id::DeliveryId;
use crate::plan::Notification;

/// All that the ledger holds about an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrderEntries {
    /// The notifications with their decisions.
    pub notifications: Vec<Notification>,
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
    pub notification: Option<String>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The recipient, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Masked>,
    /// What happened: `planned`, `skipped`, a delivery's state, or `not_told`.
    pub what: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The sentence for people, where the reason needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The event that asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// The delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_id: Option<DeliveryId>,
    /// The provider's id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_message_id: Option<String>,
}

impl OrderEntries {
    /// The timeline. Entries of the same moment stand in the order in which
    /// they come about: decisions before deliveries.
    pub fn timeline(&self) -> Vec<TimelineEntry> {
        let mut lines: Vec<TimelineEntry> = Vec::new();
        lines.extend(self.notes.iter().map(of_note));
        lines.extend(self.notifications.iter().flat_map(of_notification));
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
        what: "not_told".to_owned(),
        reason: Some(note.reason.clone()),
        detail: Some(note.detail.clone()),
        event_id: note.event_id.clone(),
        delivery_id: None,
        provider_message_id: None,
    }
}

fn of_notification(notification: &Notification) -> Vec<TimelineEntry> {
    let line = |channel, recipient, what: &str, reason: Option<&str>| TimelineEntry {
        at: notification.decided_at,
        kind: Some(notification.kind.clone()),
        notification: Some(notification.key.to_string()),
        channel: Some(channel),
        recipient,
        what: what.to_owned(),
        reason: reason.map(str::to_owned),
        detail: None,
        event_id: Some(notification.event_id.clone()),
        delivery_id: None,
        provider_message_id: None,
    };
    let planned = notification.deliveries.iter().map(|planned| TimelineEntry {
        delivery_id: Some(planned.delivery_id.clone()),
        ..line(planned.recipient.channel(), Some(planned.recipient.masked()), "planned", None)
    });
    let skipped = notification.skips.iter().map(|skip| {
        line(skip.channel, skip.recipient.clone(), "skipped", Some(skip.reason.code()))
    });
    planned.chain(skipped).collect()
}

fn of_delivery((id, record): &(DeliveryId, DeliveryRecord)) -> Vec<TimelineEntry> {
    let last = record.history.len().saturating_sub(1);
    let line = |(index, change): (usize, &super::record::HistoryEntry)| TimelineEntry {
        at: change.at,
        kind: Some(record.facts.kind.clone()),
        notification: Some(record.facts.notification.to_string()),
        channel: Some(record.facts.channel),
        recipient: Some(record.facts.recipient.clone()),
        what: change.state.to_string(),
        reason: change.reason.clone(),
        detail: None,
        event_id: None,
        delivery_id: Some(id.clone()),
        provider_message_id: record.provider_message_id.clone().filter(|_| index == last),
    };
    record.history.iter().enumerate().map(line).collect()
}
