use super::*;
use crate::ledger::DeliveryFacts;
use crate::model::Class;
use crate::model::id::DeliveryId;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-11-23T12:00:00Z";

/// A mail about a payment, which came to this state five seconds after the event.
fn record(state: DeliveryState, reason: Option<Reason>) -> DeliveryRecord {
    DeliveryRecord {
        facts: DeliveryFacts {
            notification: "order.paid".into(),
            kind: "order.paid".to_owned(),
            channel: Channel::Email,
            recipient: Masked::already("a…@example.com"),
            recipient_hash: String::new(),
            class: Class::Transactional,
            lifecycle_rank: 20,
            subject: None,
            event_time: at("2026-11-23T09:30:00Z"),
            due_at: None,
        },
        state,
        reason,
        attempts: 1,
        doubts: 0,
        attempt_id: None,
        lease_until: None,
        next_at: None,
        payload_hash: None,
        provider_message_id: None,
        reported_rank: None,
        created_at: at("2026-11-23T09:30:01Z"),
        updated_at: at("2026-11-23T09:30:05Z"),
        history: Vec::new(),
    }
}

fn told(record: DeliveryRecord) -> String {
    let order = OrderId::parse("A-1001").unwrap();
    let deliveries = vec![(DeliveryId::new("d-1"), record)];
    let entries = OrderEntries { deliveries, ..OrderEntries::default() };
    let sentence = explain(&order, &entries, at(NOW)).remove(0).sentence;
    sentence.strip_prefix("order.paid by e-mail to a…@example.com: ").unwrap().to_owned()
}

#[test]
fn every_state_is_explained_and_every_reason_that_it_may_have() {
    use DeliveryState::*;
    let on = "on 23 November 2026 at 09:30 UTC";
    let after = "5 s after the event";
    // Where a reason stands; what needs none, as all is well, shows none.
    let table = [
        (Sending, "being sent since 23 November 2026 at 09:30 UTC".to_owned(), false),
        (RetryWait, "waiting".to_owned(), true),
        (Unknown, format!("perhaps sent {on}"), true),
        (
            Accepted,
            format!("accepted by the provider {on}, {after}; its arrival is not reported"),
            false,
        ),
        (Delivered, format!("delivered {on}, {after}"), false),
        (Bounced, format!("bounced {on}"), true),
        (Complained, format!("reported as unwanted {on}"), true),
        (Undelivered, format!("not delivered {on}"), true),
        (Rejected, format!("failed {on}"), true),
        (Suppressed, format!("suppressed {on}"), true),
        (Expired, format!("not sent in time {on}"), true),
        (Superseded, format!("left out {on}"), true),
        (Abandoned, format!("given up {on}"), true),
    ];
    for (state, head, shows_reason) in table {
        assert_eq!(told(record(state, None)), head);
        for reason in Reason::NAMED {
            let said = told(record(state, Some(reason.clone())));
            let words = format!("{head}: {}", reason.words());
            assert_eq!(said, if shows_reason { words } else { head.clone() });
        }
    }
}

#[test]
fn what_waits_says_until_when_and_what_hangs_says_so() {
    let next_at = Some(at("2026-11-23T12:30:00Z"));
    let throttled = Some(Reason::Provider("Throttled".to_owned()));
    let retry = record(DeliveryState::RetryWait, throttled);
    assert_eq!(
        told(DeliveryRecord { next_at, ..retry }),
        "waiting until 23 November 2026 at 12:30 UTC: the provider says Throttled"
    );
    let unknown = record(DeliveryState::Unknown, Some(Reason::NoAnswer));
    assert_eq!(
        told(DeliveryRecord { next_at, ..unknown }),
        "perhaps sent on 23 November 2026 at 09:30 UTC: the provider did not answer; it may have sent; unless the \
         provider reports it, the next step follows after 23 November 2026 at 12:30 UTC"
    );
    let sending = record(DeliveryState::Sending, None);
    let lease_until = Some(at("2026-11-23T09:30:40Z"));
    assert_eq!(
        told(DeliveryRecord { lease_until, ..sending }),
        "an attempt began on 23 November 2026 at 09:30 UTC and never said how it ended"
    );
}

#[test]
fn an_event_without_a_notification_is_explained_by_what_became_of_it() {
    let order = OrderId::parse("A-1001").unwrap();
    for reason in Reason::NAMED {
        let note = EventNote {
            message_id: "m-1".to_owned(),
            event_id: None,
            kind: Some("order.paid".to_owned()),
            at: at("2026-11-23T09:30:00Z"),
            reason: reason.clone(),
            detail: "field `order.id` is missing".to_owned(),
        };
        let entries = OrderEntries { notes: vec![note], ..OrderEntries::default() };
        let sentence = explain(&order, &entries, at(NOW)).remove(0).sentence;
        let became = match reason.code().as_ref() {
            "not_json"
            | "too_large"
            | "missing_field"
            | "invalid_field"
            | "unsupported_version" => "was dead-lettered and notified nobody",
            "unknown_type" | "duplicate" | "conflict" | "erased" => "notified nobody",
            _ => "was noted",
        };
        let expected = format!(
            "an event order.paid {became} on 23 November 2026 at 09:30 UTC: field `order.id` is missing"
        );
        assert_eq!(sentence, expected);
    }
}
