//! What a ledger of notifications does.

use bellhop::channel::Recipient;
use bellhop::channel::email::EmailAddress;
use bellhop::channel::sms::PhoneNumber;
use bellhop::customer::{ContactHashes, ContactKey, Profile};
use bellhop::delivery::DeliveryJob;
use bellhop::ledger::transition::{accepted, claim};
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, Country, OrderId, Platform, clock};
use bellhop::plan::{EventNote, Notification, Recorded, SealedFor, Settings};
use std::time::Duration;

use super::{Ledger, fresh};
use crate::at;
use crate::event::Event;
use crate::job::{device, owner_of, planned, settings};

fn order_id(notification: &Notification) -> &OrderId {
    &notification.data.order.id
}

/// A notification with little more than must be there.
fn sparse(order: &str, kind: &str) -> Notification {
    let event = Event::of(kind).about(order).without("/data/customer/email");
    let event = event.without("/data/customer/phone");
    planned(&event, &Profile::default(), &settings())
}

/// A notification with everything that can be there: deliveries and skips on
/// all channels, and every field of the order.
pub(super) fn full(order: &str) -> Notification {
    let mut apns = device(Platform::Apns, "token-2");
    apns.endpoint_arn = None;
    let owner = owner_of(vec![device(Platform::Fcm, "token-1"), apns]);
    let elsewhere = Settings { sms_countries: vec![Country::parse("NZ").unwrap()], ..settings() };
    let event = Event::sample("order-shipped").about(order).on(&["email", "push", "sms"]);
    let notification = planned(&event, &owner, &elsewhere);
    let channels: Vec<_> = notification.deliveries.iter().map(|d| d.recipient.channel()).collect();
    assert_eq!(channels, [Channel::Email, Channel::Push]);
    assert!(notification.skips.iter().all(|skip| skip.recipient.is_some()));
    notification
}

/// The first to record a notification decides; whoever comes later is given
/// those decisions.
pub async fn a_notification_is_recorded_once(ledger: &impl Ledger) {
    let first = full(&fresh("order"));
    assert_eq!(ledger.record(&first, SealedFor::Guest).await, Ok(Recorded::New));
    let later = Notification {
        event_id: "evt-later".into(),
        decided_at: clock::after(first.decided_at, Duration::from_secs(1)),
        deliveries: Vec::new(),
        ..first.clone()
    };
    for again in [&later, &first] {
        assert_eq!(
            ledger.record(again, SealedFor::Guest).await,
            Ok(Recorded::Before(Box::new(first.clone())))
        );
    }
    assert_eq!(ledger.order(order_id(&first)).await.unwrap().notifications, [first]);
}

/// With everything that can be there, and with hardly anything.
pub async fn a_notification_comes_back_as_it_was(ledger: &impl Ledger) {
    for notification in [full(&fresh("order")), sparse(&fresh("order"), "order.created")] {
        ledger.record(&notification, SealedFor::Guest).await.unwrap();
        let entries = ledger.order(order_id(&notification)).await.unwrap();
        assert_eq!(entries.notifications, [notification]);
        assert_eq!((entries.deliveries, entries.notes), (Vec::new(), Vec::new()));
    }
}

/// A message that is received again is noted already.
pub async fn an_event_is_noted_once_per_message(ledger: &impl Ledger) {
    let order = OrderId::parse(&fresh("order")).unwrap();
    let first = EventNote {
        message_id: "m-1".to_owned(),
        event_id: Some("evt-1".into()),
        kind: Some("order.lost".to_owned()),
        at: at("2026-11-23T09:30:00.125Z"),
        reason: "unknown_type".into(),
        detail: "the catalogue has no such type".to_owned(),
    };
    let again = EventNote { reason: "duplicate".into(), ..first.clone() };
    let other =
        EventNote { message_id: "m-2".to_owned(), event_id: None, kind: None, ..again.clone() };
    for note in [&first, &again, &other] {
        assert_eq!(ledger.note(&order, note).await, Ok(()));
    }
    assert_eq!(ledger.order(&order).await.unwrap().notes, [first, other]);
}

/// One order's id may be the beginning of another's.
pub async fn orders_are_kept_apart(ledger: &impl Ledger) {
    let (order, other) = (fresh("order"), fresh("order"));
    let longer = format!("{order}#NOTIFICATION");
    let notification = sparse(&order, "order.created");
    ledger.record(&notification, SealedFor::Guest).await.unwrap();
    for other in [other, longer] {
        let other = OrderId::parse(&other).unwrap();
        assert_eq!(ledger.order(&other).await, Ok(Default::default()));
    }
    assert_eq!(ledger.order(order_id(&notification)).await.unwrap().notifications.len(), 1);
}

/// By the address, and by the number, whoever was written to or not.
pub async fn a_contact_points_notifications_are_found_by_its_hash_the_newest_first(
    ledger: &impl Ledger,
) {
    let key = ContactKey::parse(&fresh("a key of this test")).unwrap();
    let (ada, bob) = (mail("ada@example.com"), mail("bob@example.com"));
    let phone = Recipient::Sms { phone: PhoneNumber::parse("+436601234567").unwrap() };
    let (order, other) = (fresh("order"), fresh("order"));
    let by = |of: &Notification, contacts: &[Recipient], minutes: u64| {
        let ContactHashes { email, phone } = key.hashes(contacts);
        let decided_at =
            clock::after(at("2026-11-23T09:30:00Z"), Duration::from_secs(60 * minutes));
        Notification { email_hash: email, phone_hash: phone, decided_at, ..of.clone() }
    };
    let created = by(&sparse(&order, "order.created"), &[ada.clone(), phone.clone()], 1);
    let paid = by(&sparse(&order, "order.paid"), std::slice::from_ref(&phone), 2);
    let elsewhere = by(&full(&other), std::slice::from_ref(&ada), 3);
    for notification in [&elsewhere, &created, &paid] {
        ledger.record(notification, SealedFor::Guest).await.unwrap();
    }
    let id = Notification::id;
    let table = [
        (&ada, Channel::Email, 9, vec![id(&elsewhere), id(&created)]),
        (&ada, Channel::Email, 1, vec![id(&elsewhere)]),
        (&phone, Channel::Sms, 9, vec![id(&paid), id(&created)]),
        (&bob, Channel::Email, 9, vec![]),
        (&ada, Channel::Push, 9, vec![]),
    ];
    for (contact, channel, most, expected) in table {
        let found = ledger.notifications_of(channel, &key.hash(contact), most).await;
        assert_eq!(found, Ok(expected), "{channel}: {contact:?}");
    }
}

fn mail(address: &str) -> Recipient {
    Recipient::Email { address: EmailAddress::parse(address).unwrap() }
}

/// Decisions, then what became of them.
pub async fn a_timeline_shows_everything_in_the_order_of_time(ledger: &impl Ledger) {
    let notification = full(&fresh("order"));
    ledger.record(&notification, SealedFor::Guest).await.unwrap();
    let attempt = AttemptId::new("attempt");
    for (nth, job) in DeliveryJob::of(&notification).iter().enumerate() {
        let key = job.key();
        let sent_at = clock::after(notification.decided_at, Duration::from_secs(nth as u64 * 10));
        let later = clock::after(sent_at, Duration::from_secs(1));
        ledger.apply(&key, &claim(job.facts(), &attempt, "hash", sent_at, later)).await.unwrap();
        ledger.apply(&key, &accepted(&attempt, &"provider-id".into(), later)).await.unwrap();
    }
    let note = EventNote {
        message_id: "m-9".to_owned(),
        event_id: None,
        kind: None,
        at: clock::after(notification.decided_at, Duration::from_secs(60)),
        reason: "not_json".into(),
        detail: "the body is not JSON".to_owned(),
    };
    ledger.note(order_id(&notification), &note).await.unwrap();
    let timeline = ledger.order(order_id(&notification)).await.unwrap().timeline();
    let what: Vec<_> = timeline
        .iter()
        .map(|line| match line.channel {
            Some(channel) => format!("{} {channel}", line.what),
            None => line.what.to_string(),
        })
        .collect();
    assert_eq!(
        what,
        [
            "planned email",
            "planned push",
            "skipped push",
            "skipped sms",
            "sending email",
            "accepted email",
            "sending push",
            "accepted push",
            "not_told",
        ]
    );
    assert!(timeline.is_sorted_by_key(|line| line.at));
}
