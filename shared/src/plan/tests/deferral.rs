//! What is decided later.

use super::*;

fn quiet(situation: Situation, hours: &str) -> Situation {
    let mut situation = situation;
    situation.settings.quiet_hours = Some(hours.parse().unwrap());
    situation
}

/// Each deferral as a line: `push, sms: quiet_hours until 2026-11-23T12:00:00Z`.
fn deferrals(notification: &Notification) -> Vec<String> {
    let line = |of: &Deferral| {
        let channels: Vec<_> = of.channels.iter().map(|channel| channel.as_str()).collect();
        format!("{}: {} until {}", channels.join(", "), of.reason, of.until)
    };
    notification.deferrals.iter().map(line).collect()
}

#[test]
fn a_type_with_a_delay_is_decided_when_it_has_passed() {
    let review = serde_json::json!({"url": "https://shop.example/review"});
    let completed = Situation::default().kind("order.completed").data("/review", review);
    let waiting = completed.plan();
    assert_eq!(deferrals(&waiting), ["push, email: delay until 2026-11-30T09:30:00Z"]);
    assert_eq!(waiting.due_at(), Some(at("2026-11-30T09:30:00Z")));
    assert_eq!((waiting.deliveries, waiting.skips), (vec![], vec![]));
    // Published late, it waits no longer.
    let late = completed.now("2026-11-30T09:30:00Z");
    assert_eq!(late.decisions(), ["email a…@example.com", "push: no_recipient"]);
    assert_eq!(late.plan().due_at(), None);
}

#[test]
fn what_can_never_be_sent_is_not_waited_for() {
    let completed = Situation::default().kind("order.completed");
    let without_link = completed.data("/order/status_url", Value::Null);
    assert_eq!(without_link.decisions(), ["push: no_link", "email: no_link"]);
    assert_eq!(without_link.plan().due_at(), None);
}

#[test]
fn what_is_due_is_decided_and_the_rest_stays_as_it_was() {
    let night = quiet(Situation::default(), "09:00-12:00");
    let stored = night.plan();
    assert_eq!(deferrals(&stored), ["push, sms: quiet_hours until 2026-11-23T12:00:00Z"]);
    assert_eq!(night.decisions(), ["email a…@example.com"]);

    let catalogue = Catalogue::built_in().unwrap();
    let kind = catalogue.find("order.shipped").unwrap();
    let decide = |now: &str, known: &KnownCustomer| {
        super::super::decide::decide_due(&stored, kind, known, &night.settings, at(now))
    };
    let noon = decide("2026-11-23T12:00:00Z", &KnownCustomer::default());
    assert_eq!(noon.revision, 1);
    assert_eq!(noon.deliveries[0], stored.deliveries[0]);
    let told: Vec<_> = noon.deliveries.iter().map(|of| of.recipient.channel()).collect();
    assert_eq!(told, [Channel::Email, Channel::Sms]);
    assert_eq!(noon.deliveries[1].decided_at, Some(at("2026-11-23T12:00:00Z")));
    assert_eq!(noon.due_at(), None);
    // Whoever has got a device meanwhile is reached there.
    let devices = vec![device(Platform::Fcm, "token-1")];
    let profile = Some(Profile { devices, ..Profile::default() });
    let with_app = KnownCustomer { profile, ..KnownCustomer::default() };
    let told = decide("2026-11-23T12:00:00Z", &with_app).deliveries;
    assert_eq!(told[1].recipient.channel(), Channel::Push);
    // Early, and late.
    let early = decide("2026-11-23T11:59:59Z", &KnownCustomer::default());
    assert_eq!((early.due_at(), early.deliveries.len()), (stored.due_at(), 1));
    let late = decide("2026-11-29T12:00:00Z", &KnownCustomer::default());
    let skips: Vec<_> = late.skips.iter().map(|skip| skip.reason.code().into_owned()).collect();
    assert_eq!((late.deliveries.len(), skips), (1, vec!["expired".into(), "expired".into()]));
    // It may be quiet again by then.
    let next_night = decide("2026-11-24T09:30:00Z", &KnownCustomer::default());
    assert_eq!(next_night.due_at(), Some(at("2026-11-24T12:00:00Z")));
}

#[test]
fn what_nobody_would_hear_is_not_deferred() {
    let event = Situation::default().data("/customer/phone", Value::Null);
    let decisions = quiet(event, "09:00-12:00").decisions();
    assert_eq!(decisions, ["email a…@example.com", "push: no_recipient", "sms: no_recipient"]);
}

#[test]
fn of_a_route_that_goes_on_only_the_rest_is_put_off() {
    let review = serde_json::json!({"url": "https://shop.example/review"});
    let completed = Situation::default().kind("order.completed").data("/review", review);
    let kind = Catalogue::built_in().unwrap().find("order.completed").unwrap().clone();
    let now = "2026-11-30T09:30:00Z";
    let mut notification = completed.now(now).plan();
    notification.failed = vec![Channel::Push];
    let until = at("2026-12-01T09:30:00Z");
    notification.put_off(&kind, &Reason::Capped, Some(until), at(now));
    assert_eq!(deferrals(&notification), ["email: capped until 2026-12-01T09:30:00Z"]);
    assert!(notification.deliveries.is_empty());
}
