//! What the work of `plan` needs of others: a ledger of notifications, and somebody
//! who makes the deliveries.

use std::future::Future;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::Notification;
use crate::customer::Salt;
use crate::model::failure::CallError;
use crate::model::{CustomerId, EventId, OrderId, Origin, Reason};

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
