//! What the work of `plan` needs of others: a ledger of notifications, and somebody
//! who makes the deliveries.

use std::future::Future;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::{Deferral, Notification, NotificationId};
use crate::customer::{ContactHash, Salt};
use crate::event::Due;
use crate::model::failure::CallError;
use crate::model::id::NotificationKey;
use crate::model::{Channel, Class, CustomerId, EventId, OrderId, Origin, Reason, Standing};

/// The ledger of notifications: what planning needs.
pub trait NotificationLedger: Sync {
    /// Writes the notification with its decisions, once: if its key is known,
    /// the stored one comes back and nothing is written. What is personal of it is
    /// readable as long as the salt that it is sealed with is there.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made, or the stored one can't be
    /// opened for another reason than that it was erased.
    fn record(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> impl Future<Output = Result<Recorded, CallError>> + Send;

    /// Notes what became of an event that led to no notification.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn note(
        &self,
        order: &OrderId,
        note: &EventNote,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// The ledger of notifications that were deferred.
pub trait DeferralLedger: Sync {
    /// A notification as it stands.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn notification(
        &self,
        id: &NotificationId,
    ) -> impl Future<Output = Result<Option<Kept>, CallError>> + Send;

    /// Writes what was decided again, if nobody has done so since: the stored revision
    /// must be the one before this.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn revise(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> impl Future<Output = Result<Revised, CallError>> + Send;

    /// Ends what waits of a notification that nobody can read any more: it is skipped for
    /// this reason. Harmless to repeat.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn end(
        &self,
        id: &NotificationId,
        reason: &Reason,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// What is known of an order: its notifications, and events that led to none.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn facts_of(&self, order: &OrderId) -> impl Future<Output = Result<Facts, CallError>> + Send;

    /// How many notifications were decided since then of whoever has this contact point,
    /// counted no further than to `most`; of those decided a moment ago some may be
    /// missing.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn decided_since(
        &self,
        channel: Channel,
        contact: &ContactHash,
        since: Timestamp,
        most: usize,
    ) -> impl Future<Output = Result<usize, CallError>> + Send;

    /// Notifications that were due before this moment and wait all the same, no more than
    /// so many, those that wait longest first.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn overdue(
        &self,
        before: Timestamp,
        most: usize,
    ) -> impl Future<Output = Result<Vec<Overdue>, CallError>> + Send;
}

/// Whether a revision was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revised {
    /// It was.
    Applied,
    /// Somebody else has decided meanwhile.
    Conflict,
}

/// A notification as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// With all its data.
    Whole(Box<Notification>),
    /// Its customer was erased.
    Erased,
}

/// A fact of an order, as far as others depend on it; nothing of it is about a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its notification's key.
    pub key: NotificationKey,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whom it serves.
    pub class: Class,
    /// Where in an order's life it stands.
    pub lifecycle_rank: u32,
    /// What of the order it is about; the order as a whole where absent.
    #[serde(default)]
    pub subject: Option<String>,
    /// When it happened.
    pub event_time: Timestamp,
    /// What of its notification is or was decided later.
    #[serde(default)]
    pub deferrals: Vec<Deferral>,
}

impl Fact {
    /// Where it stands among others of the order.
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            class: self.class,
            lifecycle_rank: self.lifecycle_rank,
            subject: self.subject.as_deref(),
            event_time: self.event_time,
        }
    }

    /// The deferrals that wait.
    pub fn waiting(&self) -> impl Iterator<Item = &Deferral> {
        self.deferrals.iter().filter(|deferral| deferral.decided_at.is_none())
    }
}

impl From<&Notification> for Fact {
    fn from(of: &Notification) -> Self {
        Self {
            key: of.key.clone(),
            kind: of.kind.clone(),
            class: of.class,
            lifecycle_rank: of.lifecycle_rank,
            subject: of.subject.clone(),
            event_time: of.event_time,
            deferrals: of.deferrals.clone(),
        }
    }
}

/// What is known of an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// What there are notifications of.
    pub told: Vec<Fact>,
    /// What became of events that led to none.
    pub notes: Vec<EventNote>,
}

/// A notification that should have been decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// Which one.
    pub id: NotificationId,
    /// When it was due.
    pub due_at: Timestamp,
}

/// Wakes `plan` when a deferred notification is due.
pub trait Schedules: Sync {
    /// Makes sure that the notification's order hears of it then. Calling again with the
    /// same one is harmless.
    ///
    /// # Errors
    /// [`CallError`] if the schedule is not known to be made.
    fn schedule(
        &self,
        due: &Due,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// Takes a schedule back. One that is not there is taken back already.
    ///
    /// # Errors
    /// [`CallError`] if it is not known to be gone.
    fn cancel(&self, due: &Due) -> impl Future<Output = Result<(), CallError>> + Send;

    /// Says at once what schedules should have said; `origin` is the id of the message
    /// that asked for it.
    ///
    /// # Errors
    /// [`CallError`] if any of it is not known to be on the queue.
    fn announce(
        &self,
        due: &[Due],
        origin: &str,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Whose salt a notification's personal data is sealed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SealedFor<'a> {
    /// A customer's.
    Customer(&'a CustomerId, &'a Salt),
    /// The order's own, which the ledger makes: a guest is nobody's profile.
    Guest,
}

/// Whether a notification was known.
#[derive(Debug, Clone, PartialEq)]
pub enum Recorded {
    /// It is now recorded.
    New,
    /// It was recorded before, with these decisions.
    Before(Box<Notification>),
    /// It was recorded before, and erased since.
    Erased,
}

/// Hands a notification's deliveries on to the senders.
pub trait Dispatch: Sync {
    /// Enqueues every planned delivery. `origin` is the message that asked for it. Calling again with the same notification is harmless.
    ///
    /// # Errors
    /// [`CallError`] if any delivery is not known to be on its queue.
    fn dispatch(
        &self,
        notification: &Notification,
        origin: Origin<'_>,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// What became of an event that led to no notification of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventNote {
    /// The queue message that carried it; the same message is noted once.
    pub message_id: String,
    /// The event's id, if it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Its type, if it could be read.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// When it was noted, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub at: Timestamp,
    /// Why: `unknown_type`, `invalid_field`, `duplicate`, `conflict`…
    pub reason: Reason,
    /// The sentence for people.
    pub detail: String,
}
