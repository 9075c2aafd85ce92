//! Outcomes: how deliveries ended, published to the application as CloudEvents.
//!
//! Each change of a delivery in the ledger comes by the table's stream, in order and at
//! least once. [`announcements`] decides what it publishes, purely by the delivery's
//! history; so a repetition publishes the same event under the same id.

mod announcement;
mod change;
mod event;
mod topic;
mod work;

pub use announcement::{Announcement, Wanted, announcements};
pub use change::{Change, ChangedDelivery, UnreadableChange, read};
pub use event::{
    DeliveryOutcome, OutcomeData, OutcomeEvent, OutcomeType, Skipped, SkippedNotification,
    json_schema, source,
};
pub use topic::{MemoryTopic, PublishOutcomes, SnsTopic};
pub use work::{Announcer, Ports, handle};
