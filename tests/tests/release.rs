//! What releasing would do, as tables: of a job, of an event, of a delivery that has
//! failed. An operator sees these words before anything is sent.

use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::customer::{KnownCustomer, Profile};
use bellhop::delivery::{
    Addressee, Consent, DeliveryJob, Known, release, release_event, release_failed,
};
use bellhop::event::{self, OrderEvent, Received};
use bellhop::ledger::transition::{
    accepted, claim, outcome_unknown, rejected, reopen, reported, retry, settled_unsent,
};
use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::Report;
use bellhop::model::clock::{self, Timestamp};
use bellhop::model::id::{AttemptId, DeliveryId};
use bellhop::model::{Channel, Platform, Reason};
use bellhop::plan::{Notification, Replanned, replan};
use bellhop_tests::event::Event;
use bellhop_tests::job::{device, job, owner_of, planned, settings};
use bellhop_tests::{HAPPENED, at};

fn after(minutes: u64) -> Timestamp {
    clock::after(at(HAPPENED), Duration::from_secs(60 * minutes))
}

/// Before anything is stale.
fn soon() -> Timestamp {
    after(10)
}

/// After everything is.
fn late() -> Timestamp {
    after(60 * 24 * 60)
}

fn attempt() -> AttemptId {
    AttemptId::new("a")
}

fn sending(job: &DeliveryJob) -> DeliveryRecord {
    claim(job.facts(), &attempt(), "hash", after(1), after(2)).apply(None).unwrap()
}

/// The job's record after its first attempt ended like this.
fn ended(job: &DeliveryJob, how: &str) -> DeliveryRecord {
    let (a, now, before) = (attempt(), after(1), sending(job));
    let (refused, unheard): (Reason, Reason) = ("MessageRejected".into(), "no_answer".into());
    let unsent = |state, reason: &str| {
        settled_unsent(job.facts(), state, &reason.into(), now).apply(None).unwrap()
    };
    let transition = match how {
        "sending" => return before,
        "expired" => return unsent(DeliveryState::Expired, "not_after"),
        "superseded" => return unsent(DeliveryState::Superseded, "newer_fact_told"),
        "no template" => return unsent(DeliveryState::Rejected, "template_missing"),
        "waits" => retry(&a, &"Throttling".into(), now, now),
        "rejected" => rejected(&a, &refused, now),
        "opted out" => rejected(&a, &Reason::OptedOut, now),
        "rejected in doubt" => rejected(&a, &Reason::MayHaveBeenSent(Box::new(refused)), now),
        "unknown" => outcome_unknown(&a, &unheard, Some(now), now),
        "abandoned" => outcome_unknown(&a, &unheard, None, now),
        "accepted" => accepted(&a, &"m-1".into(), now),
        "bounced" => reported(Report::Bounced, &"m-1".into(), None, now),
        other => panic!("{other}?"),
    };
    transition.apply(Some(&before)).unwrap()
}

#[test]
fn a_dead_lettered_job_is_released_only_if_its_delivery_is_not_done() {
    for (record, in_time, too_late) in [
        (None, "send", "stale"),
        (Some("waits"), "send", "stale"),
        (Some("sending"), "settle", "stale"),
        (Some("unknown"), "settle", "stale"),
        (Some("accepted"), "already_sent", "already_sent"),
        (Some("bounced"), "already_sent", "already_sent"),
        (Some("rejected"), "rejected", "rejected"),
        (Some("opted out"), "opted_out", "opted_out"),
        (Some("abandoned"), "abandoned", "abandoned"),
        (Some("expired"), "stale", "stale"),
        (Some("superseded"), "superseded", "superseded"),
    ] {
        for channel in [Channel::Email, Channel::Sms, Channel::Push] {
            let job = job(channel);
            let record = record.map(|how| ended(&job, how));
            let of_order = Vec::from_iter(record.clone());
            let addressee = Addressee::Same;
            let known = Known { record: record.as_ref(), of_order: &of_order, addressee };
            let state = record.as_ref().map(|record| record.state);
            assert_eq!(release(&job, &known, soon()).code(), in_time, "{channel} {state:?}");
            assert_eq!(release(&job, &known, late()).code(), too_late, "{channel} {state:?}");
        }
    }
}

#[test]
fn a_job_whose_news_is_old_or_whose_device_is_gone_is_not_released() {
    let newer = Event::of("order.delivered").happened("2026-11-23T09:33:00Z");
    for (channel, outcome) in
        [(Channel::Email, "send"), (Channel::Sms, "superseded"), (Channel::Push, "superseded")]
    {
        let job = job(channel);
        let told = bellhop_tests::job::jobs(&newer, channel).remove(0);
        let of_order = [ended(&told, "accepted")];
        let known = Known { record: None, of_order: &of_order, addressee: Addressee::Same };
        assert_eq!(release(&job, &known, soon()).code(), outcome, "{channel}");
        let of_order = [ended(&told, "rejected")];
        let known = Known { record: None, of_order: &of_order, addressee: Addressee::Same };
        assert_eq!(release(&job, &known, soon()).code(), "send", "{channel}");
    }
    let known = Known { record: None, of_order: &[], addressee: Addressee::DeviceGone };
    assert_eq!(release(&job(Channel::Push), &known, soon()).code(), "device_gone");
}

/// "Push or else SMS", to a customer with two devices.
fn routed() -> Notification {
    let devices = vec![device(Platform::Fcm, "token-1"), device(Platform::Fcm, "token-2")];
    planned(&Event::of("order.shipped"), &owner_of(devices), &settings())
}

fn on(channel: Channel, jobs: &[DeliveryJob]) -> Vec<DeliveryJob> {
    jobs.iter().filter(|job| job.channel() == channel).cloned().collect()
}

#[test]
fn a_failed_job_is_released_while_nobody_has_taken_its_next_channel() {
    let jobs = DeliveryJob::all_of(&routed());
    let (push, sms) = (&on(Channel::Push, &jobs)[0], &on(Channel::Sms, &jobs)[0]);
    let failed = ended(push, "rejected");
    let outcome = |of_order: &[DeliveryRecord], now| {
        let known = Known { record: Some(&failed), of_order, addressee: Addressee::Same };
        release(push, &known, now).code()
    };
    assert_eq!(outcome(std::slice::from_ref(&failed), soon()), "next_channel");
    assert_eq!(outcome(&[failed.clone(), ended(sms, "waits")], soon()), "rejected");
    assert_eq!(outcome(std::slice::from_ref(&failed), late()), "rejected");
}

#[test]
fn every_delivery_that_a_notification_may_come_to_has_one_job() {
    let jobs = DeliveryJob::all_of(&routed());
    let channels: Vec<_> = jobs.iter().map(DeliveryJob::channel).collect();
    assert_eq!(channels, [Channel::Email, Channel::Push, Channel::Push, Channel::Sms]);
}

#[test]
fn a_failed_delivery_is_reopened_only_where_nobody_is_told_twice_or_too_late() {
    use Consent::{MayDuplicate, Never};
    let notification = routed();
    let jobs = DeliveryJob::all_of(&notification);
    let email = &on(Channel::Email, &jobs)[0];
    for (record, never, may_duplicate) in [
        ("rejected", "send", "send"),
        ("no template", "send", "send"),
        ("rejected in doubt", "abandoned", "send"),
        ("abandoned", "abandoned", "send"),
        ("opted out", "opted_out", "opted_out"),
        ("expired", "stale", "stale"),
        ("superseded", "superseded", "superseded"),
        ("accepted", "already_sent", "already_sent"),
    ] {
        let deliveries = [(email.delivery_id.clone(), ended(email, record))];
        let outcome = |consent, now| {
            let same = Addressee::Same;
            release_failed(email, &notification, &deliveries, same, consent, now).code()
        };
        assert_eq!(outcome(Never, soon()), never, "{record}");
        assert_eq!(outcome(MayDuplicate, soon()), may_duplicate, "{record}");
        assert_ne!(outcome(MayDuplicate, late()), "send", "{record}");
        let gone = Addressee::DeviceGone;
        let outcome = release_failed(email, &notification, &deliveries, gone, Never, soon());
        assert_ne!(outcome.code(), "send", "{record}");
    }
}

#[test]
fn of_a_route_one_channel_is_sent_on_after_all() {
    let notification = routed();
    let jobs = DeliveryJob::all_of(&notification);
    let (push, sms) = (on(Channel::Push, &jobs), on(Channel::Sms, &jobs));
    let outcome = |job: &DeliveryJob, records: &[(&DeliveryJob, &str)]| {
        let records = records.iter().map(|(job, how)| (job.delivery_id.clone(), ended(job, how)));
        let records: Vec<(DeliveryId, DeliveryRecord)> = records.collect();
        let (same, never) = (Addressee::Same, Consent::Never);
        release_failed(job, &notification, &records, same, never, soon()).code()
    };
    let (one, two, sms) = (&push[0], &push[1], &sms[0]);
    let failed = [(one, "rejected"), (two, "rejected"), (sms, "rejected")];
    assert_eq!(outcome(one, &failed), "send");
    let told = [(one, "rejected"), (two, "rejected"), (sms, "accepted")];
    assert_eq!(outcome(one, &told), "told_elsewhere");
    for device in ["waits", "sending", "unknown", "accepted"] {
        let records = [(one, "rejected"), (two, device), (sms, "rejected")];
        assert_eq!(outcome(sms, &records), "told_elsewhere", "{device}");
        assert_eq!(outcome(one, &records), "send", "the other device has one of its own");
    }
}

#[test]
fn one_that_was_reopened_and_waits_is_sent() {
    let notification = routed();
    let email = &DeliveryJob::all_of(&notification)[0];
    let failed = ended(email, "rejected");
    let reopened = reopen(&failed, after(5)).unwrap().apply(Some(&failed)).unwrap();
    let records = [(email.delivery_id.clone(), reopened)];
    let (same, never) = (Addressee::Same, Consent::Never);
    let outcome = release_failed(email, &notification, &records, same, never, soon());
    assert_eq!(outcome.code(), "send");
}

fn order_event(event: &Event) -> OrderEvent {
    let catalogue = Catalogue::built_in().unwrap();
    let envelope = event::open(&event.body(), Received { sent_at: at(HAPPENED) }).unwrap();
    catalogue.find(&envelope.kind).unwrap().admit(envelope).unwrap()
}

fn replanned(event: &Event, known: &[Notification], now: Timestamp) -> Replanned {
    let catalogue = Catalogue::built_in().unwrap();
    let event = order_event(event);
    let kind = catalogue.find(&event.kind).unwrap();
    let profile = Profile::default();
    let customer = KnownCustomer { profile: Some(profile), ..KnownCustomer::default() };
    replan(&catalogue, &event, kind, &customer, &settings(), known, now)
}

#[test]
fn an_event_is_released_only_if_somebody_would_be_notified() {
    let paid = Event::of("order.paid").on(&["email"]);
    let outcome = |event: &Event, now| release_event(&replanned(event, &[], now), &[], now).code();
    assert_eq!(outcome(&paid, soon()), "send");
    assert_eq!(outcome(&paid, late()), "stale");
    assert_eq!(outcome(&paid.clone().without("/data/customer/email"), soon()), "not_wanted");

    let stored = planned(&paid, &Profile::default(), &settings());
    let job = &DeliveryJob::of(&stored)[0];
    let again = replanned(&paid, std::slice::from_ref(&stored), soon());
    assert_eq!(again, Replanned::Stored(stored.clone()));
    for (record, expected) in [
        (None, "send"),
        (Some("waits"), "send"),
        (Some("accepted"), "already_sent"),
        (Some("rejected"), "rejected"),
    ] {
        let records: Vec<_> =
            record.map(|how| (job.delivery_id.clone(), ended(job, how))).into_iter().collect();
        assert_eq!(release_event(&again, &records, soon()).code(), expected, "{record:?}");
    }
    // Another event with the same fact and other data: what is stored stands.
    let other = paid.with("/data/order/totals/total", "31.00");
    assert_eq!(replanned(&other, std::slice::from_ref(&stored), soon()), Replanned::Stored(stored));
}

#[test]
fn an_event_with_news_of_a_known_shipment_is_planned_as_those() {
    let shipped = Event::of("order.shipped");
    let stored = planned(&shipped, &Profile::default(), &settings());
    let tracked = shipped
        .with("/data/shipment/tracking_number", "RR1")
        .with("/data/shipment/tracking_url", "https://track.example/RR1");
    let Replanned::New(news) = replanned(&tracked, &[stored], soon()) else {
        panic!("it repeats what is stored")
    };
    assert_eq!(news.kind, "order.shipment_updated");
}
