//! What a ledger and the profiles beside it do together: what is sealed for somebody is
//! readable until they are erased.

use bellhop::ledger::{Outline, SealedNotification, Unreadable};
use bellhop::model::{CustomerId, OrderId};
use bellhop::plan::{Notification, Recorded, SealedFor};

use super::notification::full;
use super::{Ledger, Profiles, fresh};
use crate::at;

const BEFORE: &str = "2026-11-20T08:00:00Z";
const ERASURE: &str = "2026-11-21T08:00:00Z";
const AFTER: &str = "2026-11-22T08:00:00Z";

fn order_id(notification: &Notification) -> &OrderId {
    &notification.data.order.id
}

/// The decisions, the reasons and the masked recipients stay.
async fn is_erased(ledger: &impl Ledger, notification: &Notification) {
    let entries = ledger.order(order_id(notification)).await.unwrap();
    let outline = Outline::from(notification);
    let sealed = SealedNotification { outline, unreadable: Unreadable::Erased };
    assert_eq!(
        (entries.notifications.as_slice(), entries.sealed.as_slice()),
        (&[][..], &[sealed][..])
    );
    let planned = entries.timeline().into_iter().filter(|line| line.delivery_id.is_some());
    let reasons: Vec<_> = planned.map(|line| line.reason.unwrap().to_string()).collect();
    assert_eq!(reasons, ["erased"; 2]);
}

/// Also by whoever comes back under the same id.
pub async fn what_is_sealed_for_a_customer_is_read_until_they_are_erased(
    ledger: &impl Ledger,
    profiles: &impl Profiles,
) {
    let ids: [CustomerId; 2] = [fresh("customer").into(), fresh("customer").into()];
    let mut notifications = Vec::new();
    for id in &ids {
        let salt = profiles.salt(id, at(BEFORE)).await.unwrap().unwrap();
        let notification = full(&fresh("order"));
        let sealed_for = SealedFor::Customer(id, &salt);
        assert_eq!(ledger.record(&notification, sealed_for).await, Ok(Recorded::New));
        let again = ledger.record(&notification, sealed_for).await;
        assert_eq!(again, Ok(Recorded::Before(Box::new(notification.clone()))));
        notifications.push(notification);
    }
    let entries = ledger.order(order_id(&notifications[0])).await.unwrap();
    assert_eq!((entries.notifications, entries.sealed), (vec![notifications[0].clone()], vec![]));

    profiles.erase(&ids[0], at(ERASURE)).await.unwrap();
    is_erased(ledger, &notifications[0]).await;
    let salt = profiles.salt(&ids[0], at(AFTER)).await.unwrap().unwrap();
    is_erased(ledger, &notifications[0]).await;
    let again = ledger.record(&notifications[0], SealedFor::Customer(&ids[0], &salt)).await;
    assert_eq!(again, Ok(Recorded::Erased));

    let other = ledger.order(order_id(&notifications[1])).await.unwrap();
    assert_eq!(other.notifications, [notifications[1].clone()], "another's stays");
}

/// All notifications of the order at once, and no other order's; a fact that comes after it
/// is sealed anew.
pub async fn a_guests_order_is_read_until_it_is_erased(
    ledger: &impl Ledger,
    profiles: &impl Profiles,
) {
    let (erased, other) = (full(&fresh("order")), full(&fresh("order")));
    for notification in [&erased, &other] {
        ledger.record(notification, SealedFor::Guest).await.unwrap();
    }
    // A customer's notification of the same order is not the guest's.
    let id = CustomerId::from(fresh("customer"));
    let salt = profiles.salt(&id, at(BEFORE)).await.unwrap().unwrap();
    let theirs = Notification { key: "theirs".into(), ..erased.clone() };
    ledger.record(&theirs, SealedFor::Customer(&id, &salt)).await.unwrap();

    for _ in 0..2 {
        assert_eq!(ledger.erase_guest(order_id(&erased)).await, Ok(()));
        let entries = ledger.order(order_id(&erased)).await.unwrap();
        assert_eq!(entries.notifications, std::slice::from_ref(&theirs));
        assert_eq!(entries.sealed.len(), 1);
    }
    assert_eq!(ledger.record(&erased, SealedFor::Guest).await, Ok(Recorded::Erased));
    let later = Notification { key: "later".into(), ..erased.clone() };
    assert_eq!(ledger.record(&later, SealedFor::Guest).await, Ok(Recorded::New));
    let entries = ledger.order(order_id(&erased)).await.unwrap();
    assert_eq!((entries.notifications.len(), entries.sealed.len()), (2, 1));
    assert_eq!(ledger.order(order_id(&other)).await.unwrap().notifications, [other]);
}
