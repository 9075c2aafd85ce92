//! What a ledger of deferred notifications does.

use std::time::Duration;

use bellhop::channel::Recipient;
use bellhop::channel::email::EmailAddress;
use bellhop::customer::{ContactHashes, ContactKey, Profile};
use bellhop::model::{Channel, OrderId, Reason, clock};
use bellhop::plan::{
    Deferral, EventNote, Fact, Kept, Notification, NotificationId, Overdue, Recorded, Revised,
    SealedFor,
};
use jiff::Timestamp;

use super::{Ledger, fresh};
use crate::at;
use crate::event::Event;
use crate::job::{planned, settings};

/// A notification of which one route waits until then.
fn waiting(order: &str, until: Timestamp) -> Notification {
    let event = Event::of("order.shipped").about(order).on(&["email"]);
    let mut waiting = planned(&event, &Profile::default(), &settings());
    waiting.deferrals.push(Deferral {
        channels: vec![Channel::Push, Channel::Sms],
        reason: Reason::QuietHours,
        at: waiting.decided_at,
        until,
        decided_at: None,
    });
    waiting
}

/// The same when what waited is decided.
fn decided(waiting: &Notification, now: Timestamp) -> Notification {
    let mut decided = waiting.clone();
    decided.revision += 1;
    decided.deferrals.iter_mut().for_each(|deferral| deferral.decided_at = Some(now));
    decided.deliveries.iter_mut().for_each(|planned| planned.decided_at = Some(now));
    decided
}

fn whole(notification: &Notification) -> Kept {
    Kept::Whole(Box::new(notification.clone()))
}

fn noon() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

/// Of two that decide at once, one is written; and the event that comes again is given
/// what stands.
pub async fn what_was_decided_again_is_written_once(ledger: &impl Ledger) {
    let first = waiting(&fresh("order"), noon());
    ledger.record(&first, SealedFor::Guest).await.unwrap();
    assert_eq!(ledger.notification(&first.id()).await, Ok(Some(whole(&first))));
    let second = decided(&first, noon());
    let other = decided(&first, clock::after(noon(), Duration::from_secs(1)));
    assert_eq!(ledger.revise(&second, SealedFor::Guest).await, Ok(Revised::Applied));
    assert_eq!(ledger.revise(&other, SealedFor::Guest).await, Ok(Revised::Conflict));
    assert_eq!(ledger.revise(&second, SealedFor::Guest).await, Ok(Revised::Conflict));
    assert_eq!(ledger.notification(&first.id()).await, Ok(Some(whole(&second))));
    assert_eq!(
        ledger.record(&first, SealedFor::Guest).await,
        Ok(Recorded::Before(Box::new(second.clone())))
    );
    let third = decided(&second, noon());
    assert_eq!(ledger.revise(&third, SealedFor::Guest).await, Ok(Revised::Applied));
    assert_eq!(ledger.notification(&first.id()).await, Ok(Some(whole(&third))));
}

/// Nothing is written where nothing was decided before.
pub async fn an_unknown_notification_is_neither_found_nor_revised(ledger: &impl Ledger) {
    let unknown = waiting(&fresh("order"), noon());
    assert_eq!(ledger.notification(&unknown.id()).await, Ok(None));
    assert_eq!(
        ledger.revise(&decided(&unknown, noon()), SealedFor::Guest).await,
        Ok(Revised::Conflict)
    );
    assert_eq!(ledger.notification(&unknown.id()).await, Ok(None));
}

/// In the order in which it was due, and never one that is not due yet.
pub async fn what_waits_too_long_is_found_until_it_is_decided(ledger: &impl Ledger) {
    // Other clauses' notifications stand in the same table; nothing else waits since then.
    let long_ago =
        |minute: u64| clock::after(at("2001-01-01T00:00:00Z"), Duration::from_secs(60 * minute));
    let all = [waiting(&fresh("order"), long_ago(2)), waiting(&fresh("order"), long_ago(1))];
    for notification in &all {
        ledger.record(notification, SealedFor::Guest).await.unwrap();
    }
    let overdue = |of: &Notification, minute| Overdue { id: of.id(), due_at: long_ago(minute) };
    let found = async |before, most| {
        let found = ledger.overdue(before, most).await.unwrap();
        let ours = |overdue: &Overdue| all.iter().any(|of| of.id() == overdue.id);
        found.into_iter().filter(ours).collect::<Vec<_>>()
    };
    let (second, first) = (overdue(&all[0], 2), overdue(&all[1], 1));
    assert_eq!(found(long_ago(3), 9).await, [first.clone(), second.clone()]);
    assert_eq!(
        found(long_ago(2), 9).await,
        std::slice::from_ref(&first),
        "not what is due at that moment"
    );
    assert_eq!(found(long_ago(1), 9).await, []);
    assert_eq!(found(long_ago(3), 1).await, [first]);
    ledger.revise(&decided(&all[1], noon()), SealedFor::Guest).await.unwrap();
    assert_eq!(found(long_ago(3), 9).await, [second]);
    ledger.revise(&decided(&all[0], noon()), SealedFor::Guest).await.unwrap();
    assert_eq!(found(long_ago(3), 9).await, []);
}

/// And not those of an order whose id begins alike.
pub async fn an_orders_facts_are_its_notifications_and_notes(ledger: &impl Ledger) {
    let order = fresh("order");
    let notification = waiting(&order, noon());
    ledger.record(&notification, SealedFor::Guest).await.unwrap();
    ledger.record(&waiting(&format!("{order}1"), noon()), SealedFor::Guest).await.unwrap();
    let id = OrderId::parse(&order).unwrap();
    let note = EventNote {
        message_id: "m-1".to_owned(),
        event_id: None,
        kind: Some("order.returned".to_owned()),
        at: at("2026-11-23T09:30:00Z"),
        reason: Reason::FactNoted,
        detail: "it came back".to_owned(),
    };
    ledger.note(&id, &note).await.unwrap();
    let facts = ledger.facts_of(&id).await.unwrap();
    let told = Fact::from(&notification);
    assert_eq!((facts.told, facts.notes), (vec![told], vec![note]));
    let NotificationId { order_id, .. } = notification.id();
    assert_eq!(order_id, id);
    let other = OrderId::parse(&fresh("order")).unwrap();
    assert_eq!(ledger.facts_of(&other).await, Ok(Default::default()));
}

/// It is skipped, found no more, and whoever comes later finds it decided.
pub async fn what_waits_for_somebody_who_was_erased_ends_with_the_reason(ledger: &impl Ledger) {
    let order = fresh("order");
    let notification = waiting(&order, noon());
    let id = notification.id();
    ledger.record(&notification, SealedFor::Guest).await.unwrap();
    ledger.erase_guest(&id.order_id).await.unwrap();
    assert_eq!(ledger.notification(&id).await, Ok(Some(Kept::Erased)));
    for _ in 0..2 {
        assert_eq!(ledger.end(&id, &Reason::Erased, noon()).await, Ok(()));
        let entries = ledger.order(&id.order_id).await.unwrap();
        let outline = &entries.sealed[0].outline;
        assert!(outline.deferrals.iter().all(|deferral| deferral.decided_at == Some(noon())));
        let skips: Vec<_> = outline.skips.iter().filter(|of| of.reason == Reason::Erased).collect();
        let channels: Vec<_> = skips.iter().map(|skip| skip.channel).collect();
        assert_eq!(channels, [Channel::Push, Channel::Sms]);
    }
    let overdue = ledger.overdue(Timestamp::MAX, usize::MAX).await.unwrap();
    assert!(overdue.iter().all(|overdue| overdue.id != id));
    let unknown = NotificationId { key: "order.lost".into(), ..id };
    assert_eq!(ledger.end(&unknown, &Reason::Erased, noon()).await, Ok(()));
}

/// Whoever has the contact point, whatever became of it, and no further than asked.
pub async fn what_a_contact_point_was_told_of_late_is_counted(ledger: &impl Ledger) {
    let key = ContactKey::parse(&fresh("a key of this test")).unwrap();
    let address = EmailAddress::parse("ada@example.com").unwrap();
    let ContactHashes { email, .. } = key.hashes(&[Recipient::Email { address }]);
    let hash = email.clone().unwrap();
    let minute = |nth: u64| clock::after(noon(), Duration::from_secs(60 * nth));
    for nth in 0..4 {
        let decided_at = minute(nth);
        let of = waiting(&fresh("order"), noon());
        let of = Notification { email_hash: email.clone(), decided_at, ..of };
        ledger.record(&of, SealedFor::Guest).await.unwrap();
    }
    for (since, most, expected) in [(0, 9, 3), (0, 2, 2), (2, 9, 1), (3, 9, 0)] {
        let counted = ledger.decided_since(Channel::Email, &hash, minute(since), most).await;
        assert_eq!(counted, Ok(expected), "since {since}, at most {most}");
    }
    let before = clock::before(noon(), Duration::from_secs(1));
    assert_eq!(ledger.decided_since(Channel::Sms, &hash, before, 9).await, Ok(0));
    assert_eq!(ledger.decided_since(Channel::Push, &hash, before, 9).await, Ok(0));
}
