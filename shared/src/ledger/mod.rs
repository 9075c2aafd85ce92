//! The ledger: the table of notifications and deliveries, with every decision
//! and its reason code. Nothing else changes a delivery's state.
//!
//! [`record`] holds what is stored, [`transition`] the state machine as pure
//! functions, [`DynamoLedger`] and [`MemoryLedger`] the two stores that carry it
//! out. Both are held to one contract suite (`tests/tests/contract.rs`).

mod dynamodb;
mod expression;
mod memory;
pub mod record;
pub mod timeline;
pub mod transition;

pub use dynamodb::DynamoLedger;
pub use memory::MemoryLedger;
pub use record::{DeliveryKey, DeliveryRecord, DeliveryState, EventNote, HistoryEntry};
pub use timeline::{OrderEntries, TimelineEntry};
pub use transition::{Claim, Fenced, Transition};

use std::future::Future;

use crate::event::OrderId;
use crate::failure::CallError;
use crate::plan::{Notification, OrderState};

/// The ledger of notifications: what planning needs.
pub trait NotificationLedger: Sync {
    /// What has been told about the order.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn order_state(
        &self,
        order: &OrderId,
    ) -> impl Future<Output = Result<OrderState, CallError>> + Send;

    /// Writes the notification with its decisions, once: if its key is known,
    /// the stored one comes back and nothing is written.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn record(
        &self,
        notification: &Notification,
    ) -> impl Future<Output = Result<Recorded, CallError>> + Send;

    /// Moves the order's state forward to this notification; never back.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn advance(
        &self,
        notification: &Notification,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

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

/// Whether a notification was known.
#[derive(Debug, Clone, PartialEq)]
pub enum Recorded {
    /// It is now recorded.
    New,
    /// It was recorded before, with these decisions.
    Before(Box<Notification>),
}

/// The ledger of deliveries: what senders need.
pub trait DeliveryLedger: Sync {
    /// Carries out a transition if its guard admits the stored record.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn apply(
        &self,
        key: &DeliveryKey,
        transition: &Transition,
    ) -> impl Future<Output = Result<Fenced, CallError>> + Send;

    /// A delivery as it stands; none if nobody has touched it. Off the normal
    /// path: only a delivery that failed for good looks at its siblings.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn delivery(
        &self,
        key: &DeliveryKey,
    ) -> impl Future<Output = Result<Option<DeliveryRecord>, CallError>> + Send;
}

/// Reads all that is known of an order.
pub trait ReadLedger: Sync {
    /// The order's notifications, deliveries and notes.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn order(
        &self,
        order: &OrderId,
    ) -> impl Future<Output = Result<OrderEntries, CallError>> + Send;
}
