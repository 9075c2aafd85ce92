//! What the work of `plan` needs of others: a ledger of notifications, and somebody
//! who makes the deliveries.

use std::future::Future;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::{Notification, NotificationId};
use crate::event::Due;
use crate::model::failure::CallError;
use crate::model::{EventId, OrderId, Origin, Reason};

/// The ledger of notifications: what planning needs.
pub trait NotificationLedger: Sync {
    /// Writes the notification with its decisions, once: if its key is known,
    /// the stored one comes back and nothing is written.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn record(
        &self,
        notification: &Notification,
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
    ) -> impl Future<Output = Result<Option<Notification>, CallError>> + Send;

    /// Writes what was decided again, if nobody has done so since: the stored revision
    /// must be the one before this.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn revise(
        &self,
        notification: &Notification,
    ) -> impl Future<Output = Result<Revised, CallError>> + Send;

    /// What is known of an order: its notifications, and events that led to none.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn facts_of(&self, order: &OrderId) -> impl Future<Output = Result<Facts, CallError>> + Send;

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

/// What is known of an order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Its notifications.
    pub notifications: Vec<Notification>,
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

/// Whether a notification was known.
#[derive(Debug, Clone, PartialEq)]
pub enum Recorded {
    /// It is now recorded.
    New,
    /// It was recorded before, with these decisions.
    Before(Box<Notification>),
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
