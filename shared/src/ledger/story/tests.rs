use super::*;
use crate::ledger::{DeliveryFacts, DeliveryRecord, HistoryEntry};
use crate::model::{Class, Masked};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Every state of a delivery.
const STATES: [DeliveryState; 13] = {
    use DeliveryState::*;
    [
        Sending,
        RetryWait,
        Unknown,
        Accepted,
        Delivered,
        Bounced,
        Complained,
        Undelivered,
        Rejected,
        Suppressed,
        Expired,
        Superseded,
        Abandoned,
    ]
};

fn entry(what: What, reason: Option<Reason>) -> TimelineEntry {
    TimelineEntry {
        at: at("2026-11-23T09:30:00Z"),
        kind: Some("order.paid".to_owned()),
        notification: Some("order.paid".into()),
        channel: Some(Channel::Sms),
        recipient: Some(Masked::already("+43…67")),
        what,
        reason,
        detail: None,
        until: None,
        event_id: None,
        delivery_id: None,
        provider_message_id: None,
    }
}

#[test]
fn every_state_has_words_of_its_own_and_every_reason_follows_them() {
    let whats = STATES.map(What::Delivery).into_iter();
    let whats = whats.chain([What::Planned, What::Skipped, What::Repaired, What::NotTold]);
    let mut heads = std::collections::HashSet::new();
    for what in whats {
        let head = sentence(&entry(what, None), Before::default());
        assert!(heads.insert(head.clone()), "{head} is said of two things");
        for reason in Reason::NAMED {
            let said = sentence(&entry(what, Some(reason.clone())), Before::default());
            assert_eq!(said, format!("{head}: {}", reason.words()));
            assert!(
                !said.contains(reason.code().as_ref()) || !reason.code().contains('_'),
                "{said}"
            );
        }
    }
}

#[test]
fn what_happened_is_told_with_how_long_it_took() {
    use DeliveryState::{Accepted, Delivered, Sending, Undelivered};
    let span = |millis| Some(Duration::from_millis(millis));
    let fresh = Before { event: span(1_234), ..Before::default() };
    let later = Before { event: span(9_000), acceptance: span(4_020), attempts: 1 };
    let table = [
        (What::Planned, fresh, "SMS planned 1.2 s after the event"),
        (What::Delivery(Sending), fresh, "SMS being sent"),
        (What::Delivery(Sending), later, "SMS being sent, attempt 2"),
        (What::Delivery(Accepted), fresh, "SMS accepted 1.2 s after the event"),
        (What::Delivery(Delivered), later, "SMS delivered 4 s later"),
        (What::Delivery(Delivered), fresh, "SMS delivered 1.2 s after the event"),
        (What::Delivery(Undelivered), later, "SMS not delivered 4 s later"),
    ];
    for (what, before, expected) in table {
        assert_eq!(sentence(&entry(what, None), before), expected);
    }
}

#[test]
fn a_skipped_contact_point_is_told_with_the_day() {
    let on = at("2026-05-03T23:59:00Z");
    let table = [
        (Reason::OptedOut, "the customer opted out on 3 May 2026"),
        (Reason::Complained, "the customer complained about a message on 3 May 2026"),
        (
            Reason::AddressBounced,
            "the address does not exist, or takes no mail (known since 3 May 2026)",
        ),
    ];
    for (reason, expected) in table {
        let said = since(&reason, on);
        assert_eq!(said, expected);
        let skipped = TimelineEntry { detail: Some(said), ..entry(What::Skipped, Some(reason)) };
        let told = sentence(&skipped, Before::default());
        assert_eq!(told, format!("not sent by SMS: {expected}"));
    }
}

#[test]
fn times_are_as_exact_as_they_matter() {
    let table = [
        (0, "0 s"),
        (49, "0 s"),
        (50, "0.1 s"),
        (1_250, "1.3 s"),
        (4_000, "4 s"),
        (9_960, "10 s"),
        (59_999, "59 s"),
        (119_000, "119 s"),
        (120_000, "2 min"),
        (7_199_000, "119 min"),
        (7_200_000, "2 h"),
        (172_800_000, "2 days"),
    ];
    for (millis, expected) in table {
        assert_eq!(in_time(Duration::from_millis(millis)), expected);
    }
    assert_eq!(moment(at("2026-05-03T09:05:59Z")), "3 May 2026 at 09:05 UTC");
}

#[test]
fn a_story_counts_attempts_and_measures_from_the_acceptance() {
    use DeliveryState::{Accepted, Delivered, RetryWait, Sending};
    let change = |time: &str, state, reason| HistoryEntry {
        at: at(&format!("2026-11-23T09:30:{time}Z")),
        state,
        reason,
        attempt_id: None,
    };
    let throttled = Some(Reason::Provider("Throttled".to_owned()));
    let history = vec![
        change("01.2", Sending, None),
        change("01.5", RetryWait, throttled),
        change("03", Sending, None),
        change("03.4", Accepted, None),
        change("07.4", Delivered, None),
    ];
    let record = DeliveryRecord {
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
        state: Delivered,
        reason: None,
        attempts: 2,
        doubts: 0,
        attempt_id: None,
        lease_until: None,
        next_at: None,
        payload_hash: None,
        provider_message_id: None,
        reported_rank: None,
        created_at: history[0].at,
        updated_at: history[4].at,
        history,
    };
    let deliveries = vec![(DeliveryId::new("d-1"), record)];
    let story = OrderEntries { deliveries, ..OrderEntries::default() }.story();
    let told: Vec<_> = story.iter().map(|line| line.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "e-mail being sent",
            "e-mail not sent yet: the provider says Throttled",
            "e-mail being sent, attempt 2",
            "e-mail accepted 3.4 s after the event",
            "e-mail delivered 4 s later",
        ]
    );
    assert_eq!(story[4].after_event_ms, Some(7_400));
    let json = serde_json::to_value(&story[4]).unwrap();
    assert_eq!((&json["what"], &json["channel"]), (&"delivered".into(), &"email".into()));
}
