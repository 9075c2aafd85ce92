//! A notification with every decision about it: what the ledger keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decide::routes;
use crate::catalogue::NotificationType;
use crate::channel::Recipient;
use crate::customer::ContactHash;
use crate::event::{OrderEventData, Repair};
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{
    Channel, Class, EventId, Masked, OrderId, Ordering, Priority, Reason, Standing,
};

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
    /// What is decided later, and what was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferrals: Vec<Deferral>,
    /// The channels on which every delivery has failed, and whose routes went on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<Channel>,
    /// How often it was decided again: the fencing token of its writes.
    #[serde(default, skip_serializing_if = "is_first")]
    pub revision: u32,
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

fn is_first(revision: &u32) -> bool {
    *revision == 0
}

impl Notification {
    /// What finds it in the ledger.
    pub fn id(&self) -> NotificationId {
        NotificationId { order_id: self.data.order.id.clone(), key: self.key.clone() }
    }

    /// The deferrals that wait.
    pub fn waiting(&self) -> impl Iterator<Item = &Deferral> {
        self.deferrals.iter().filter(|deferral| deferral.decided_at.is_none())
    }

    /// When the first of its deferrals ends, if any waits.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.waiting().map(|deferral| deferral.until).min()
    }

    /// Where its fact stands among others of the order.
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            class: self.class,
            lifecycle_rank: self.lifecycle_rank,
            subject: self.subject.as_deref(),
            event_time: self.event_time,
        }
    }

    /// When something of it was decided.
    fn moment(&self, decided_at: Option<Timestamp>) -> Timestamp {
        decided_at.unwrap_or(self.decided_at)
    }

    /// The channels of the deliveries that were decided at this moment.
    pub(super) fn decided_now(&self, now: Timestamp) -> Vec<Channel> {
        let decided = self.deliveries.iter().filter(|of| self.moment(of.decided_at) == now);
        decided.map(|of| of.recipient.channel()).collect()
    }

    /// Forgets what was decided about these channels at this moment.
    pub(super) fn take_back(&mut self, channels: &[Channel], now: Timestamp) {
        let first = self.decided_at;
        let is_now = |at: Option<Timestamp>| at.unwrap_or(first) == now;
        let is_meant = |channel: Channel| channels.contains(&channel);
        self.deliveries.retain(|of| !is_now(of.decided_at) || !is_meant(of.recipient.channel()));
        self.skips.retain(|of| !is_now(of.decided_at) || !is_meant(of.channel));
    }

    /// Defers a route.
    pub(super) fn defer(
        &mut self,
        channels: Vec<Channel>,
        reason: Reason,
        at: Timestamp,
        until: Timestamp,
    ) {
        self.deferrals.push(Deferral { channels, reason, at, until, decided_at: None });
    }

    /// Takes the routes back that were decided at this moment: they wait until then or,
    /// where there is no such time or it would be too late, are skipped.
    pub(super) fn put_off(
        &mut self,
        kind: &NotificationType,
        reason: &Reason,
        until: Option<Timestamp>,
        now: Timestamp,
    ) {
        let used = self.decided_now(now);
        let until = until.filter(|until| *until <= self.not_after);
        for route in routes(&self.data, kind) {
            if !route.iter().any(|channel| used.contains(channel)) {
                continue;
            }
            // Where a channel has failed, only what follows it is still to be decided.
            let mut left = route;
            left.retain(|channel| !self.failed.contains(channel));
            self.take_back(&left, now);
            match until {
                Some(until) => self.defer(left, reason.clone(), now, until),
                None => self.skip(&left, reason, now),
            }
        }
    }

    /// Skips these channels, as decided at this moment.
    pub(super) fn skip(&mut self, channels: &[Channel], reason: &Reason, now: Timestamp) {
        let decided_at = (now != self.decided_at).then_some(now);
        let skip = |&channel: &Channel| Skip::of(channel, reason, decided_at);
        self.skips.extend(channels.iter().map(skip));
    }

    /// Sends nothing of it any more: neither what waits nor what was decided at this
    /// moment.
    pub(super) fn withdraw(&mut self, reason: &Reason, now: Timestamp) {
        let mut channels = self.decided_now(now);
        channels.dedup();
        self.take_back(&channels, now);
        self.skip(&channels, reason, now);
        end_waiting(&mut self.deferrals, &mut self.skips, reason, now);
    }

    /// Ends what waits, in one revision.
    pub fn end(&mut self, reason: &Reason, now: Timestamp) {
        end_waiting(&mut self.deferrals, &mut self.skips, reason, now);
        self.revision += 1;
    }
}

/// Ends what waits: it is skipped.
pub fn end_waiting(
    deferrals: &mut [Deferral],
    skips: &mut Vec<Skip>,
    reason: &Reason,
    now: Timestamp,
) {
    for deferral in deferrals.iter_mut().filter(|of| of.decided_at.is_none()) {
        deferral.decided_at = Some(now);
        skips.extend(deferral.channels.iter().map(|&of| Skip::of(of, reason, Some(now))));
    }
}

impl Skip {
    /// A channel as a whole is not used.
    pub(super) fn of(channel: Channel, reason: &Reason, decided_at: Option<Timestamp>) -> Self {
        Self { channel, recipient: None, reason: reason.clone(), since: None, decided_at }
    }

    /// A recipient is not used, as decided with the notification.
    pub(super) fn of_recipient(recipient: &Recipient, reason: Reason) -> Self {
        let (channel, recipient) = (recipient.channel(), Some(recipient.masked()));
        Self { channel, recipient, reason, since: None, decided_at: None }
    }
}

/// A part of a notification that is decided later: whether, to whom and how it is sent is
/// then decided by what is known then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deferral {
    /// The route, or what is left of it.
    pub channels: Vec<Channel>,
    /// Why.
    pub reason: Reason,
    /// When it was deferred.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// When it was decided; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
}

/// Finds a notification in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NotificationId {
    /// Its order.
    pub order_id: OrderId,
    /// Its key within the order.
    pub key: NotificationKey,
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
    /// When it was decided, if that was after the notification was deferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
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
            Self { delivery_id, recipient, ordering, fallback, decided_at: None }
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
    /// When it was decided, if that was after the notification was deferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
}
