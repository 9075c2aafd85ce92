//! What of a notification stays readable when the person it was about is erased: what was
//! decided, when and why, with recipients masked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::sealed::Unreadable;
use crate::event::Repair;
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, EventId, Masked};
use crate::plan::{Deferral, Notification, PlannedDelivery, Skip};

/// A notification without anything personal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its key within the order.
    pub key: NotificationKey,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The event that first told the fact.
    pub event_id: EventId,
    /// When the fact happened.
    pub event_time: Timestamp,
    /// When the decisions were made.
    pub decided_at: Timestamp,
    /// When it is no longer worth telling.
    pub not_after: Timestamp,
    /// Who is told, masked.
    pub deliveries: Vec<OutlinedDelivery>,
    /// Who is not, and why.
    pub skips: Vec<Skip>,
    /// What is decided later, and what was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferrals: Vec<Deferral>,
    /// What of the event was mended to read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
}

/// A delivery to be made, with its recipient masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutlinedDelivery {
    /// Names the delivery.
    pub delivery_id: DeliveryId,
    /// On which channel.
    pub channel: Channel,
    /// To whom.
    pub recipient: Masked,
    /// When it was decided, if that was after the notification was deferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
}

/// A notification whose personal data can't be read (any more).
#[derive(Debug, Clone, PartialEq)]
pub struct SealedNotification {
    /// What can.
    pub outline: Outline,
    /// Why not.
    pub unreadable: Unreadable,
}

impl OutlinedDelivery {
    /// What may be shown of it.
    pub fn of(planned: &PlannedDelivery) -> Self {
        Self {
            delivery_id: planned.delivery_id.clone(),
            channel: planned.recipient.channel(),
            recipient: planned.recipient.masked(),
            decided_at: planned.decided_at,
        }
    }
}

impl From<&Notification> for Outline {
    fn from(notification: &Notification) -> Self {
        Self {
            key: notification.key.clone(),
            kind: notification.kind.clone(),
            event_id: notification.event_id.clone(),
            event_time: notification.event_time,
            decided_at: notification.decided_at,
            not_after: notification.not_after,
            deliveries: notification.deliveries.iter().map(OutlinedDelivery::of).collect(),
            skips: notification.skips.clone(),
            deferrals: notification.deferrals.clone(),
            repairs: notification.repairs.clone(),
        }
    }
}
