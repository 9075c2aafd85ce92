//! The ledger: the table of notifications and deliveries, with every decision
//! and its reason code. Nothing else changes a delivery's state.
//!
//! [`record`] holds what is stored, [`transition`] the state machine as pure
//! functions, [`DynamoLedger`] and [`MemoryLedger`] the two stores that carry it
//! out. Both are held to one contract suite (`tests/tests/contract.rs`). [`sealed`] makes
//! what is personal readable only as long as its salt is there.

mod contacts;
mod deferred;
mod dynamodb;
mod expression;
mod failed;
mod hold;
mod memory;
mod outline;
pub mod record;
pub mod sealed;
pub mod story;
pub mod timeline;
pub mod transition;
mod vault;

pub use contacts::{OrderContacts, ReadOrderContacts};
pub use dynamodb::{DynamoLedger, SealedLedger, delivery_of_key, order_of_notification};
pub use failed::{Failed, Page};
pub use hold::{HOLD, Hold, Holds};
pub use memory::MemoryLedger;
pub use outline::{Outline, OutlinedDelivery, SealedNotification};
pub use record::{
    DeliveryFacts, DeliveryKey, DeliveryRecord, DeliveryState, HistoryEntry, Retention,
};
pub use sealed::Unreadable;
pub use story::StoryLine;
pub use timeline::{OrderEntries, TimelineEntry, What};
pub use transition::{Claim, Fenced, Tally, Transition};
pub use vault::Vault;

use std::future::Future;

use crate::customer::ContactHash;
use crate::model::failure::CallError;
use crate::model::{Channel, OrderId, ProviderMessageId};
use crate::plan::NotificationId;

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

    /// The order's deliveries as they stand. Off the normal path too: only a job
    /// that is late asks what was told meanwhile.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn deliveries_of(
        &self,
        order: &OrderId,
    ) -> impl Future<Output = Result<Vec<DeliveryRecord>, CallError>> + Send;
}

/// Erases the order of a guest, who is nobody's profile.
pub trait EraseGuests: Sync {
    /// Makes what the ledger holds of the order's guest unreadable, by deleting the order's
    /// salt. What is sealed with a customer's salt is not touched.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be made.
    fn erase_guest(&self, order: &OrderId) -> impl Future<Output = Result<(), CallError>> + Send;
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

    /// The notifications of whoever has this contact point, those decided last first, and
    /// no more than so many; of those written a moment ago some may be missing. By push
    /// nobody is found: devices are nothing that a customer could name.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn notifications_of(
        &self,
        channel: Channel,
        contact: &ContactHash,
        most: usize,
    ) -> impl Future<Output = Result<Vec<NotificationId>, CallError>> + Send;

    /// The delivery that the provider knows by this id; none if nobody has
    /// recorded it (yet).
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn delivery_of_message(
        &self,
        message: &ProviderMessageId,
    ) -> impl Future<Output = Result<Option<DeliveryKey>, CallError>> + Send;
}
