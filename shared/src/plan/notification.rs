//! A notification with every decision about it: what the ledger keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::Recipient;
use crate::customer::ContactHash;
use crate::event::{OrderEventData, Repair};
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, Class, EventId, Masked, Ordering, Priority, Reason};

/// One notification with every decision about it; what the ledger keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Its key within the order.
    pub key: NotificationKey,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The event that first told the fact.
    pub event_id: EventId,
    /// That event's publisher.
    pub source: String,
    /// When the fact happened.
    pub event_time: Timestamp,
    /// When the decisions were made.
    pub decided_at: Timestamp,
    /// The language to write in, BCP 47.
    pub locale: String,
    /// The customer's time zone, an IANA name.
    pub time_zone: String,
    /// Whom it serves.
    pub class: Class,
    /// Which goes first.
    pub priority: Priority,
    /// Where in an order's life the fact stands.
    pub lifecycle_rank: u32,
    /// What of the order the fact is about, e.g. `shipment#s-1`; the order as a whole
    /// where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it is no longer worth telling.
    pub not_after: Timestamp,
    /// A hash of the event's data: tells a repetition from a contradiction.
    pub payload_hash: String,
    /// Who is told.
    pub deliveries: Vec<PlannedDelivery>,
    /// Who is not, and why.
    pub skips: Vec<Skip>,
    /// The hash of the customer's address, by which support finds it, whether or not
    /// anybody was written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_hash: Option<ContactHash>,
    /// The hash of their number, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_hash: Option<ContactHash>,
    /// What of the event was mended to read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The event's data, for rendering.
    pub data: OrderEventData,
}

/// A delivery to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedDelivery {
    /// Names the delivery.
    pub delivery_id: DeliveryId,
    /// To whom.
    pub recipient: Recipient,
    /// How it follows others about the order on its channel.
    pub ordering: Ordering,
    /// What follows if it fails for good.
    #[serde(default, skip_serializing_if = "Fallback::is_empty")]
    pub fallback: Fallback,
}

/// One recipient of a notification, and the delivery to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Names the delivery.
    pub delivery_id: DeliveryId,
    /// To whom.
    pub recipient: Recipient,
    /// How it follows others about the order on its channel.
    pub ordering: Ordering,
}

/// The rest of a route ("push or else sms"): if the delivery and all its
/// siblings on the channel fail for good, the next channel is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fallback {
    /// The route's other deliveries on the same channel.
    pub siblings: Vec<DeliveryId>,
    /// The recipients on each of the channels that follow.
    pub next: Vec<Vec<Target>>,
}

impl Fallback {
    /// Whether nothing follows.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }
}

impl PlannedDelivery {
    /// The deliveries to these targets of one channel, of which each falls back
    /// to `next` if all fail.
    pub fn of_channel(targets: Vec<Target>, next: &[Vec<Target>]) -> Vec<Self> {
        let ids: Vec<_> = targets.iter().map(|target| target.delivery_id.clone()).collect();
        let planned = |target: Target| {
            let others = |id: &&DeliveryId| **id != target.delivery_id;
            let siblings = ids.iter().filter(others).cloned().collect();
            let fallback = match next {
                [] => Fallback::default(),
                next => Fallback { siblings, next: next.to_vec() },
            };
            let Target { delivery_id, recipient, ordering } = target;
            Self { delivery_id, recipient, ordering, fallback }
        };
        targets.into_iter().map(planned).collect()
    }
}

/// A channel, or a recipient on it, that is not used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Skip {
    /// Which channel.
    pub channel: Channel,
    /// Which recipient, if one was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Masked>,
    /// Why.
    pub reason: Reason,
    /// Since when the recipient must not be written to, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}
