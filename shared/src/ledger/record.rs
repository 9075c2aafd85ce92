//! What the ledger stores about a delivery.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::transition::Tally;
use crate::model::id::{AttemptId, DeliveryId, NotificationKey};
use crate::model::{Channel, Class, Masked, OrderId, ProviderMessageId, Reason, Standing};
use crate::platform::environment::Environment;

/// How long records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(Duration);

impl Retention {
    /// The least: longer than a message can wait on a queue and then on its dead-letter
    /// queue (14 days each), so that a late redrive still finds its delivery made.
    pub const LEAST: Self = Self::days(30);

    const fn days(days: u64) -> Self {
        Self(Duration::from_secs(days * 86_400))
    }

    /// A number of days, from 30 to 3650.
    ///
    /// # Errors
    /// A sentence for [`crate::platform::environment::Environment::optional_parsed`].
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let days = text.parse().ok().filter(|days| (30..=3650).contains(days));
        days.map(Self::days).ok_or("is no number of days from 30 to 3650")
    }

    /// `RETENTION_DAYS`, if it is set.
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        environment.optional_parsed("RETENTION_DAYS", Self::parse).unwrap_or_default()
    }

    /// How long.
    pub fn duration(self) -> Duration {
        self.0
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::days(60)
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// An attempt is under way, until its lease runs out.
    Sending,
    /// An attempt failed, certainly without sending; another follows.
    RetryWait,
    /// An attempt may or may not have sent.
    Unknown,
    /// The provider has taken it.
    Accepted,
    /// The provider has reported its arrival.
    Delivered,
    /// The provider has reported that it bounced.
    Bounced,
    /// The recipient has complained.
    Complained,
    /// The provider has reported that it could not be delivered.
    Undelivered,
    /// It could not be sent.
    Rejected,
    /// The recipient must not be written to.
    Suppressed,
    /// It was no longer worth telling.
    Expired,
    /// A newer fact was told.
    Superseded,
    /// It may have been sent, and is not tried again.
    Abandoned,
}

impl DeliveryState {
    /// The name in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::RetryWait => "retry_wait",
            Self::Unknown => "unknown",
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Undelivered => "undelivered",
            Self::Rejected => "rejected",
            Self::Suppressed => "suppressed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
            Self::Abandoned => "abandoned",
        }
    }

    /// Whether the senders are done with it.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Sending | Self::RetryWait | Self::Unknown)
    }
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Finds a delivery in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeliveryKey {
    /// Its order.
    pub order_id: OrderId,
    /// Itself.
    pub delivery_id: DeliveryId,
}

/// The part of a delivery's record that never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeliveryFacts {
    /// Part of which notification.
    pub notification: NotificationKey,
    /// The notification's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// On which channel.
    pub channel: Channel,
    /// To whom, masked.
    pub recipient: Masked,
    /// A hash of the recipient within the order: finds what they were told. A record
    /// of a version that kept none is nobody's.
    #[serde(default)]
    pub recipient_hash: String,
    /// Whom it serves.
    #[serde(default)]
    pub class: Class,
    /// Where in an order's life the fact stands.
    #[serde(default)]
    pub lifecycle_rank: u32,
    /// What of the order it is about, e.g. `shipment#s-1`; the order as a whole where
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When the fact happened, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub event_time: Timestamp,
    /// When it was due, epoch milliseconds, if it was deferred.
    #[serde(default, with = "millisecond::optional", skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

/// A delivery, as stored. Times are epoch milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeliveryRecord {
    /// What never changes.
    #[serde(flatten)]
    pub facts: DeliveryFacts,
    /// Where it stands.
    pub state: DeliveryState,
    /// Why, where the state alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// How many attempts count; waiting does not.
    pub attempts: u32,
    /// How many attempts ended without a known outcome.
    #[serde(default)]
    pub doubts: u32,
    /// The latest attempt: the fencing token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_id: Option<AttemptId>,
    /// Until when the attempt may be under way.
    #[serde(default, with = "millisecond::optional", skip_serializing_if = "Option::is_none")]
    pub lease_until: Option<Timestamp>,
    /// From when the next attempt may be made.
    #[serde(default, with = "millisecond::optional", skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// A hash of what the latest attempt sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload_hash: Option<String>,
    /// The provider's id of the message; of a mail, the table calls it `mail_id`.
    #[serde(default, alias = "mail_id", skip_serializing_if = "Option::is_none")]
    pub provider_message_id: Option<ProviderMessageId>,
    /// The rank of the provider's latest report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_rank: Option<u32>,
    /// When it was first touched.
    #[serde(with = "millisecond::required")]
    pub created_at: Timestamp,
    /// When it last changed.
    #[serde(with = "millisecond::required")]
    pub updated_at: Timestamp,
    /// Every change.
    pub history: Vec<HistoryEntry>,
}

impl DeliveryRecord {
    /// Whether the provider's id on record is not this one: the delivery was sent
    /// twice.
    pub fn is_of_another(&self, provider_message_id: &ProviderMessageId) -> bool {
        self.provider_message_id.as_ref().is_some_and(|known| known != provider_message_id)
    }

    /// How often it was tried.
    pub fn tally(&self) -> Tally {
        Tally { attempts: self.attempts, doubts: self.doubts }
    }

    /// Whether its recipient was told: the provider has taken it, and has not
    /// reported that it did not arrive.
    pub fn is_told(&self) -> bool {
        matches!(
            self.state,
            DeliveryState::Accepted | DeliveryState::Delivered | DeliveryState::Complained
        )
    }
}

impl DeliveryFacts {
    /// From when on it could have been sent: how long it took counts from then.
    pub fn sendable_at(&self) -> Timestamp {
        self.due_at.unwrap_or(self.event_time)
    }

    /// Whether, told to its recipient, it makes `other` old news: the same
    /// recipient on the same channel, a later time and a higher rank. What asks the
    /// customer for something says nothing of the order, and makes nothing old.
    pub fn supersede(&self, other: &Self) -> bool {
        self.channel == other.channel
            && self.recipient_hash == other.recipient_hash
            && self.standing().makes_old(&other.standing())
    }

    fn standing(&self) -> Standing<'_> {
        Standing {
            class: self.class,
            lifecycle_rank: self.lifecycle_rank,
            subject: self.subject.as_deref(),
            event_time: self.event_time,
        }
    }
}

/// One change of a delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub at: Timestamp,
    /// To what.
    pub state: DeliveryState,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// By which attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_id: Option<AttemptId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(
        class: Class,
        channel: Channel,
        recipient: &str,
        rank: u32,
        at: &str,
    ) -> DeliveryFacts {
        DeliveryFacts {
            notification: "a fact".into(),
            kind: "a.fact".to_owned(),
            channel,
            recipient: Masked::already("+43…67"),
            recipient_hash: recipient.to_owned(),
            class,
            lifecycle_rank: rank,
            subject: None,
            event_time: format!("2026-11-23T{at}Z").parse().unwrap(),
            due_at: None,
        }
    }

    #[test]
    fn records_are_kept_longer_than_a_message_can_wait() {
        assert_eq!(Retention::parse("60"), Ok(Retention::default()));
        assert_eq!(Retention::parse("30"), Ok(Retention::LEAST));
        for text in ["29", "3651", "-60", "sixty", ""] {
            assert!(Retention::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_newest_wins_by_what_this_recipient_was_told_of_the_order_on_this_channel() {
        use Class::{Promotional, Transactional};
        let paid = facts(Transactional, Channel::Sms, "ada", 20, "09:30:00");
        let supersedes = |class, channel, recipient, rank, at| {
            facts(class, channel, recipient, rank, at).supersede(&paid)
        };
        let (sms, later) = (Channel::Sms, "09:30:01");
        assert!(supersedes(Transactional, sms, "ada", 30, later));
        assert!(!supersedes(Promotional, sms, "ada", 30, later), "a request for a review");
        assert!(!supersedes(Transactional, Channel::Push, "ada", 30, later), "another channel");
        assert!(!supersedes(Transactional, sms, "bob", 30, later), "another recipient");
        assert!(!supersedes(Transactional, sms, "ada", 20, later), "the same rank");
        assert!(!supersedes(Transactional, sms, "ada", 10, later), "a fact that stands earlier");
        assert!(!supersedes(Transactional, sms, "ada", 30, "09:30:00"), "happened no later");

        let about = |subject: &str, rank, at| DeliveryFacts {
            subject: Some(subject.to_owned()),
            ..facts(Transactional, sms, "ada", rank, at)
        };
        let out_for_delivery = about("shipment#s-1", 34, "09:30:00");
        assert!(about("shipment#s-1", 36, later).supersede(&out_for_delivery));
        assert!(!about("shipment#s-2", 36, later).supersede(&out_for_delivery), "another parcel");
        assert!(!about("refund#r-1", 50, later).supersede(&out_for_delivery), "a refund");
        assert!(!about("cancellation#x", 70, later).supersede(&out_for_delivery), "a part");
        let failed = about("payment#p-1", 15, "09:30:00");
        assert!(about("payment#p-2", 20, later).supersede(&failed), "another attempt to pay");
        assert!(facts(Transactional, sms, "ada", 70, later).supersede(&out_for_delivery));
    }
}
