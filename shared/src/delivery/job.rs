//! The versioned message between `plan` and the senders. It holds everything a
//! sender needs, so that sending reads nothing.

use std::cmp::Ordering::{Equal, Greater, Less};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::{Outgoing, Recipient};
use crate::content::MessageInput;
use crate::event::OrderEventData;
use crate::ledger::{DeliveryFacts, DeliveryKey};
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, Class, EventId, OrderId, Ordering, Priority, Reason};
use crate::plan::{Fallback, Notification, PlannedDelivery};

/// One delivery to make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeliveryJob {
    /// The version of this format.
    v: u32,
    /// Which delivery.
    pub delivery_id: DeliveryId,
    /// About which order.
    pub order_id: OrderId,
    /// Part of which notification.
    pub notification: NotificationKey,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The event that asked for it.
    pub event_id: EventId,
    /// To whom.
    pub recipient: Recipient,
    /// What follows if it fails for good.
    #[serde(default, skip_serializing_if = "Fallback::is_empty")]
    pub fallback: Fallback,
    /// The language to write in, BCP 47.
    pub locale: String,
    /// The customer's time zone, an IANA name.
    pub time_zone: String,
    /// Whom it serves.
    pub class: Class,
    /// Which goes first.
    pub priority: Priority,
    /// How it follows others about the order.
    pub ordering: Ordering,
    /// Where in an order's life the fact stands.
    pub lifecycle_rank: u32,
    /// What of the order it is about; the order as a whole where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When the fact happened.
    pub event_time: Timestamp,
    /// When the decision to tell it was made.
    pub planned_at: Timestamp,
    /// When it was due, if it was deferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it is no longer worth telling.
    pub not_after: Timestamp,
    /// What to tell.
    pub data: OrderEventData,
}

/// A message on a delivery queue that is no job this version can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Written by an older version of Bellhop.
    #[error("job version {0} is not the version {expected} that this function reads", expected = DeliveryJob::VERSION)]
    Version(u64),
    /// Written by a newer version of Bellhop: this function is about to be replaced,
    /// or was rolled back.
    #[error("job version {0} is newer than the version {expected} that this function reads", expected = DeliveryJob::VERSION)]
    NewerVersion(u64),
    /// Not a job.
    #[error("the message is no delivery job: field `{field}` {problem}")]
    Malformed {
        /// The path.
        field: String,
        /// What is wrong.
        problem: String,
    },
    /// For another channel's sender.
    #[error("a job for {found} stands on the queue for {expected}")]
    WrongChannel {
        /// The job's channel.
        found: Channel,
        /// The queue's.
        expected: Channel,
    },
}

impl JobError {
    /// Why, for the dead-letter queue.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Version(_) | Self::NewerVersion(_) => Reason::UnsupportedVersion,
            Self::Malformed { .. } => Reason::MalformedJob,
            Self::WrongChannel { .. } => Reason::WrongChannel,
        }
    }
}

impl DeliveryJob {
    /// The version written and read.
    pub const VERSION: u32 = 1;

    /// The jobs of a notification's deliveries.
    pub fn of(notification: &Notification) -> Vec<Self> {
        let job = |planned: &PlannedDelivery| Self {
            v: Self::VERSION,
            delivery_id: planned.delivery_id.clone(),
            order_id: notification.data.order.id.clone(),
            notification: notification.key.clone(),
            kind: notification.kind.clone(),
            event_id: notification.event_id.clone(),
            recipient: planned.recipient.clone(),
            fallback: planned.fallback.clone(),
            locale: notification.locale.clone(),
            time_zone: notification.time_zone.clone(),
            class: notification.class,
            priority: notification.priority,
            ordering: planned.ordering,
            lifecycle_rank: notification.lifecycle_rank,
            subject: notification.subject.clone(),
            event_time: notification.event_time,
            planned_at: planned.decided_at.unwrap_or(notification.decided_at),
            due_at: planned.decided_at,
            not_after: notification.not_after,
            data: notification.data.clone(),
        };
        notification.deliveries.iter().map(job).collect()
    }

    /// The jobs of every delivery that a notification may come to: those of its
    /// deliveries, then those of the channels that follow if these fail. Each once.
    pub fn all_of(notification: &Notification) -> Vec<Self> {
        let mut all = Self::of(notification);
        let mut nth = 0;
        while let Some(job) = all.get(nth) {
            for next in job.next_channel() {
                if all.iter().all(|known| known.delivery_id != next.delivery_id) {
                    all.push(next);
                }
            }
            nth += 1;
        }
        all
    }

    /// The job of one delivery among those that an order's notifications may come to.
    pub fn find(notifications: &[Notification], delivery: &DeliveryId) -> Option<Self> {
        let mut jobs = notifications.iter().flat_map(Self::all_of);
        jobs.find(|job| job.delivery_id == *delivery)
    }

    /// The jobs for the next channel of the route, for when this delivery and
    /// its siblings have failed for good.
    pub fn next_channel(&self) -> Vec<Self> {
        let Some((targets, next)) = self.fallback.next.split_first() else {
            return Vec::new();
        };
        let job = |planned: PlannedDelivery| Self {
            delivery_id: planned.delivery_id,
            recipient: planned.recipient,
            ordering: planned.ordering,
            fallback: planned.fallback,
            ..self.clone()
        };
        PlannedDelivery::of_channel(targets.clone(), next).into_iter().map(job).collect()
    }

    /// What finds its delivery in the ledger.
    pub fn key(&self) -> DeliveryKey {
        DeliveryKey { order_id: self.order_id.clone(), delivery_id: self.delivery_id.clone() }
    }

    /// What the ledger keeps of its delivery for ever.
    pub fn facts(&self) -> DeliveryFacts {
        DeliveryFacts {
            notification: self.notification.clone(),
            kind: self.kind.clone(),
            channel: self.channel(),
            recipient: self.recipient.masked(),
            recipient_hash: self.recipient.hash(&self.order_id),
            class: self.class,
            lifecycle_rank: self.lifecycle_rank,
            subject: self.subject.clone(),
            event_time: self.event_time,
            due_at: self.due_at,
        }
    }

    /// What its message is made from, and whom it goes to.
    pub fn outgoing(&self) -> Outgoing<'_> {
        Outgoing {
            delivery_id: &self.delivery_id,
            recipient: &self.recipient,
            class: self.class,
            priority: self.priority,
            not_after: self.not_after,
            trace: None,
            input: self.message_input(),
        }
    }

    /// What its message says, in which language.
    pub fn message_input(&self) -> MessageInput<'_> {
        MessageInput {
            kind: &self.kind,
            locale: &self.locale,
            time_zone: &self.time_zone,
            data: &self.data,
        }
    }

    /// Which channel's sender it is for.
    pub fn channel(&self) -> Channel {
        self.recipient.channel()
    }

    /// Reads a job for `channel` from a message body.
    ///
    /// # Errors
    /// [`JobError`], naming the field; never the field's value.
    pub fn parse(body: &str, channel: Channel) -> Result<Self, JobError> {
        #[derive(Deserialize)]
        struct Versioned {
            v: u64,
        }

        let malformed = |e: serde_path_to_error::Error<serde_json::Error>| JobError::Malformed {
            field: e.path().to_string(),
            problem: "can't be read".to_owned(),
        };
        let mut de = serde_json::Deserializer::from_str(body);
        let version: Versioned = serde_path_to_error::deserialize(&mut de).map_err(malformed)?;
        match version.v.cmp(&u64::from(Self::VERSION)) {
            Less => return Err(JobError::Version(version.v)),
            Greater => return Err(JobError::NewerVersion(version.v)),
            Equal => {}
        }
        let mut de = serde_json::Deserializer::from_str(body);
        let job: Self = serde_path_to_error::deserialize(&mut de).map_err(malformed)?;
        match job.recipient.channel() {
            found if found == channel => Ok(job),
            found => Err(JobError::WrongChannel { found, expected: channel }),
        }
    }
}
