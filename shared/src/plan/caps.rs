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
        Cap::Over(until) => leave_out(notification, kind, until, now),
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

/// Defers until there is room, or skips, the routes that were decided at this moment.
fn leave_out(
    notification: &mut Notification,
    kind: &NotificationType,
    until: Timestamp,
    now: Timestamp,
) {
    let waits = kind.over_cap == OverCap::Defer && until <= notification.not_after;
    let used = notification.decided_now(now);
    for route in super::decide::routes(&notification.data, kind) {
        if !route.iter().any(|channel| used.contains(channel)) {
            continue;
        }
        notification.take_back(&route, now);
        if waits {
            notification.defer(route, Reason::Capped, now, until);
        } else {
            notification.skip(&route, &Reason::Capped, now);
        }
    }
}
