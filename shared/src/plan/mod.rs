//! Planning: what to tell whom, and why not; and the work of `plan`, which records
//! that and hands it on. The decisions are pure ([`plan`]); what the work needs of
//! others it names itself ([`NotificationLedger`], [`Dispatch`]).

mod decide;
mod notification;
mod ports;
mod replan;
mod work;

pub use decide::{Settings, delivery_id, plan};
pub use notification::{Fallback, Notification, PlannedDelivery, Skip, Target};
pub use ports::{Dispatch, EventNote, NotificationLedger, Recorded, SealedFor};
pub use replan::{Replanned, replan};
pub use work::{Planner, Ports, handle};

#[cfg(test)]
mod tests;
