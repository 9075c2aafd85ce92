//! The cap on promotional messages. A message is counted before it is recorded, by the
//! name of its notification: whoever dies in between counts the same one again, and
//! whoever decides otherwise then has counted one too many, never too few.

use jiff::Timestamp;

use super::work::Ports;
use super::{Notification, Planner};
use crate::catalogue::{NotificationType, OverCap};
use crate::customer::{Cap, CountPromotions, Counted};
use crate::model::failure::CallError;
use crate::model::id::hash;
use crate::model::{Class, Reason};

/// Counts what was decided at this moment, if it is promotional; what would be one too
/// many waits, or is not sent.
pub(super) async fn keep<P: Ports>(
    planner: &Planner<P>,
    notification: &mut Notification,
    kind: &NotificationType,
    now: Timestamp,
) -> Result<(), CallError> {
    if kind.class != Class::Promotional || notification.decided_now(now).is_empty() {
        return Ok(());
    }
    // Whoever has no name, address or number is nobody who could be counted.
    let Some(who) = counted(notification) else { return Ok(()) };
    let id = notification.id();
    let message = hash(["promotion", id.order_id.as_str(), id.key.as_str()]);
    let caps = planner.settings.caps;
    match planner.profiles.count_promotion(&who, &message, caps, now).await? {
        Cap::Within => {}
        Cap::Over(until) => {
            let until = Some(until).filter(|_| kind.over_cap == OverCap::Defer);
            notification.put_off(kind, &Reason::Capped, until, now);
        }
    }
    Ok(())
}

fn counted(notification: &Notification) -> Option<Counted> {
    match &notification.data.customer.id {
        Some(customer) => Some(Counted::Customer(customer.clone())),
        None => {
            let contact = notification.email_hash.as_ref().or(notification.phone_hash.as_ref());
            contact.cloned().map(Counted::Contact)
        }
    }
}
