//! Planning: what to tell whom, and why not; and the work of `plan`, which records
//! that and hands it on. The decisions are pure ([`plan`]); what the work needs of
//! others it names itself ([`NotificationLedger`], [`Dispatch`]).

mod caps;
mod decide;
mod due;
mod flood;
mod notification;
mod ports;
mod quiet;
mod replan;
mod route;
mod schedule;
mod work;
mod zones;

pub use decide::{Settings, delivery_id, plan};
pub use due::GRACE;
pub use notification::{
    Deferral, Fallback, Notification, NotificationId, PlannedDelivery, Skip, Target, end_waiting,
};
pub use ports::{
    DeferralLedger, Dispatch, EventNote, Fact, Facts, Kept, NotificationLedger, Overdue, Recorded,
    Revised, Schedules, SealedFor,
};
pub use quiet::{QuietHours, QuietHoursError};
pub use replan::{Replanned, replan};
pub use schedule::{EventBridgeSchedules, MemorySchedules, ScheduleTarget};
pub use work::{Planner, Ports, handle};

#[cfg(test)]
mod tests;
