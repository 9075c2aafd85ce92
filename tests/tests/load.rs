//! Faults 59 to 64: what load, a provider's bad minute and a broken part beside sound
//! ones cost. The figures are printed:
//!
//! `cargo test --workspace --test load -- --nocapture`

use std::time::Duration;

use bellhop::channel::Recipient;
use bellhop::channel::push::Device;
use bellhop::delivery::{DeliveryJob, Shares};
use bellhop::model::clock::{self, Clock};
use bellhop::model::failure::SendFailure;
use bellhop::model::{Channel, Platform};
use bellhop_tests::event::Event;
use bellhop_tests::job::{device, job_about, jobs, owner_of, planned, settings};
use bellhop_tests::load::clock::Virtual;
use bellhop_tests::load::fleet::Fleet;
use bellhop_tests::load::provider::{Bad, Befalls, Provider};
use bellhop_tests::{HAPPENED, at};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Soon after the facts of these tests.
fn soon_after() -> Virtual {
    Virtual::at(clock::after(at(HAPPENED), MINUTE))
}

fn shares(rate: f64) -> Shares {
    Shares { rate, instances: 4, bulk_instances: 2 }
}

/// Reviews that are asked for, so many; of orders whose names begin so.
fn reviews(orders: &str, count: usize) -> impl Iterator<Item = DeliveryJob> {
    let event = Event::of("order.completed").about(orders);
    let sample = jobs(&event, Channel::Email).remove(0);
    (0..count).map(move |n| another(&sample, &format!("{orders}-{n}")))
}

/// Mails that orders were shipped, so many; of orders whose names begin so.
fn shipments(orders: &str, count: usize) -> impl Iterator<Item = DeliveryJob> {
    let sample = job_about(orders, Channel::Email);
    (0..count).map(move |n| another(&sample, &format!("{orders}-{n}")))
}

/// The same job for another order.
fn another(sample: &DeliveryJob, order: &str) -> DeliveryJob {
    let id = bellhop::model::OrderId::parse(order).unwrap();
    let mut job = sample.clone();
    job.delivery_id = bellhop::plan::delivery_id(&id, &job.notification, &job.recipient);
    job.order_id = id;
    job
}

/// An account that allows 14 a second gets 20,000 mails at once, two events each.
#[tokio::test(start_paused = true)]
async fn fault_59_a_burst_above_the_accounts_rate_loses_nothing_and_uses_the_rate() {
    const MAILS: usize = 20_000;
    const RATE: f64 = 14.0;
    let clock = soon_after();
    let provider = Provider::new(Channel::Email, clock, RATE, Vec::new());
    let fleet = Fleet::new(clock, shares(RATE), provider.clone());
    for job in shipments("A", MAILS / 2).chain(shipments("B", MAILS / 2)) {
        fleet.enqueue(&job);
    }
    fleet.work_until(DAY).await;

    let accepted = provider.accepted();
    let doubled = accepted.values().filter(|times| times.len() > 1).count();
    let last = accepted.values().flatten().max().unwrap();
    let used = MAILS as f64 / (last.as_secs_f64() * RATE);
    let refused = provider.share_refused();
    println!(
        "59: {MAILS} mails at {RATE} a second: lost {}, doubled {doubled}, rate used {used:.3}, \
         calls refused {refused:.4}, the last after {:.1} min",
        MAILS - accepted.len(),
        last.as_secs_f64() / 60.0
    );
    assert_eq!((accepted.len(), doubled), (MAILS, 0));
    assert_eq!(fleet.states(), [("accepted", MAILS)].into());
    assert!(used >= 0.95, "{used}");
    assert!(refused <= 0.05, "{refused}");
}

/// A wave of review requests, while orders are shipped all the time, and once many of
/// them at once.
#[tokio::test(start_paused = true)]
async fn fault_60_a_bulk_wave_leaves_transactional_mail_waiting_seconds() {
    const WAVE: usize = 100_000;
    const RATE: f64 = 50.0;
    let clock = soon_after();
    let provider = Provider::new(Channel::Email, clock, RATE, Vec::new());
    let fleet = Fleet::new(clock, shares(RATE), provider.clone());
    reviews("R", WAVE).for_each(|job| fleet.enqueue(&job));
    let mut enqueued = std::collections::BTreeMap::new();
    let steady = async {
        // Thirty a second for five minutes: more than half of what the account allows.
        for (n, job) in shipments("A", 30 * 300).enumerate() {
            if n % 30 == 0 {
                clock.sleep_until(clock::after(clock.now(), Duration::from_secs(1))).await;
            }
            fleet.enqueue(&job);
            enqueued.insert(job.delivery_id.clone(), clock.elapsed());
        }
    };
    tokio::join!(steady, fleet.serve_until(6 * MINUTE));

    let accepted = provider.accepted();
    let mut waits: Vec<_> = enqueued.iter().map(|(id, at)| accepted[id][0] - *at).collect();
    waits.sort_unstable();
    let (median, most) = (waits[waits.len() / 2], *waits.last().unwrap());
    let p99 = waits[waits.len() * 99 / 100];
    let reviews = accepted.len() - enqueued.len();
    let refused = provider.share_refused();
    println!(
        "60: {} shipments during a wave of {WAVE} reviews at {RATE} a second: wait {:.2} s \
         (median), {:.2} s (99 %), {:.2} s (longest); {reviews} reviews meanwhile, calls refused \
         {refused:.4}",
        enqueued.len(),
        median.as_secs_f64(),
        p99.as_secs_f64(),
        most.as_secs_f64(),
    );
    assert!(most <= Duration::from_secs(20), "{most:?}");
    assert!(p99 <= Duration::from_secs(5), "{p99:?}");
    assert!(reviews > 1_000, "the wave goes on: {reviews}");
    assert!(refused <= 0.05, "{refused}");
}

/// What a provider takes less than its account says makes the senders slower, and
/// loses nothing either.
#[tokio::test(start_paused = true)]
async fn fault_59_a_rate_that_is_stated_too_high_costs_calls_and_no_message() {
    const MAILS: usize = 1_000;
    let clock = soon_after();
    let provider = Provider::new(Channel::Email, clock, 5.0, Vec::new());
    let fleet = Fleet::new(clock, shares(14.0), provider.clone());
    shipments("A", MAILS).for_each(|job| fleet.enqueue(&job));
    fleet.work_until(DAY).await;
    let accepted = provider.accepted();
    assert!(accepted.values().all(|times| times.len() == 1));
    assert_eq!(fleet.states(), [("accepted", MAILS)].into());
    let refused = provider.share_refused();
    println!("59: stated 14 a second, is 5: calls refused {refused:.3}");
    assert!(refused < 0.5, "{refused}");
}

fn device_of(n: usize, platform: Platform) -> Device {
    device(platform, &format!("token-{n}"))
}

/// So many customers, each with one device of this platform.
fn owners(count: usize, platform: Platform) -> Vec<(String, Device)> {
    (0..count).map(|n| (format!("c-{n}"), device_of(n, platform))).collect()
}

/// The pushes of orders that were shipped, each to one device of this platform.
fn pushes(count: usize, platform: Platform) -> Vec<DeliveryJob> {
    let event = |n: usize| {
        let event = Event::of("order.shipped").about(&format!("{platform:?}-{n}"));
        event.with("/data/customer/id", format!("c-{n}"))
    };
    let to_device = |n: usize| {
        let owner = owner_of(vec![device_of(n, platform)]);
        let mut jobs = DeliveryJob::of(&planned(&event(n), &owner, &settings()));
        jobs.retain(|job| job.channel() == Channel::Push);
        jobs.remove(0)
    };
    (0..count).map(to_device).collect()
}

fn failing(
    (from, until): (Duration, Duration),
    befalls: Befalls,
    failure: SendFailure,
    code: &'static str,
) -> Bad {
    Bad { from, until, befalls, failure, code }
}

#[tokio::test(start_paused = true)]
async fn fault_61_a_minute_of_500_costs_no_push_and_few_calls() {
    const PUSHES: usize = 200;
    let clock = soon_after();
    let minute = (Duration::ZERO, MINUTE);
    let bad = failing(minute, Befalls::All, SendFailure::Unknown, "InternalError");
    let provider = Provider::new(Channel::Push, clock, 1_000.0, vec![bad]);
    let devices = owners(PUSHES, Platform::Fcm);
    let fleet = Fleet::of_owners(clock, shares(100.0), provider.clone(), &devices);
    pushes(PUSHES, Platform::Fcm).iter().for_each(|job| fleet.enqueue(job));
    fleet.work_until(DAY).await;

    assert_eq!(fleet.states(), [("accepted", PUSHES)].into());
    assert!(fleet.failed_channels().is_empty(), "nobody gets an SMS for it");
    let accepted = provider.accepted();
    let last = *accepted.values().flatten().max().unwrap();
    let calls = provider.asked().len() - PUSHES;
    println!("61: {PUSHES} pushes: {calls} calls in the bad minute, the last after {last:?}");
    assert!(calls <= 5 * PUSHES, "{calls}");
    assert!(last <= 4 * MINUTE, "{last:?}");
}

/// The answer that looks like the recipient's fault comes for every recipient.
#[tokio::test(start_paused = true)]
async fn fault_62_a_refusal_of_everybody_is_the_deployments_and_rejects_few() {
    const MAILS: usize = 1_000;
    let clock = soon_after();
    let hours = (Duration::ZERO, 2 * HOUR);
    let bad = failing(hours, Befalls::All, SendFailure::Permanent, "MessageRejected");
    let provider = Provider::new(Channel::Email, clock, 14.0, vec![bad]);
    let shares = Shares { instances: 1, ..shares(14.0) };
    let fleet = Fleet::new(clock, shares, provider.clone());
    let to = |n: usize| {
        let event = Event::of("order.shipped").about(&format!("A-{n}"));
        let event = event.with("/data/customer/email", format!("customer-{n}@example.com"));
        jobs(&event, Channel::Email).remove(0)
    };
    (0..MAILS).map(to).for_each(|job| fleet.enqueue(&job));
    fleet.work_until(DAY).await;
    let states = fleet.states();
    println!("62: {states:?}, {} calls", provider.asked().len());
    assert!(states.get("rejected").is_none_or(|rejected| *rejected < 5), "{states:?}");
    assert_eq!(states.values().sum::<usize>(), MAILS);
    let last = *provider.accepted().values().flatten().max().unwrap();
    assert!(last < 2 * HOUR + 20 * MINUTE, "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn fault_63_a_broken_platform_application_holds_up_no_other() {
    let clock = soon_after();
    let (broken, sound) = (pushes(50, Platform::Apns), pushes(50, Platform::Fcm));
    let application = broken[0].recipient.application().unwrap().to_owned();
    let hours = (Duration::ZERO, 2 * HOUR);
    let befalls = Befalls::Application(application);
    let bad = failing(hours, befalls, SendFailure::Configuration, "PlatformApplicationDisabled");
    let provider = Provider::new(Channel::Push, clock, 1_000.0, vec![bad]);
    let shares = Shares { instances: 1, ..shares(100.0) };
    let devices = [Platform::Apns, Platform::Fcm].map(|platform| owners(50, platform)).concat();
    let fleet = Fleet::of_owners(clock, shares, provider.clone(), &devices);
    // The fault is found before any of the sound ones is sent.
    broken.iter().chain(&sound).for_each(|job| fleet.enqueue(job));
    fleet.work_until(DAY).await;

    assert_eq!(fleet.states(), [("accepted", 100)].into());
    let accepted = provider.accepted();
    let last =
        |jobs: &[DeliveryJob]| jobs.iter().map(|job| accepted[&job.delivery_id][0]).max().unwrap();
    assert!(last(&sound) < Duration::from_secs(10), "{:?}", last(&sound));
    assert!(last(&broken) < 2 * HOUR + 20 * MINUTE, "{:?}", last(&broken));
}

#[tokio::test(start_paused = true)]
async fn fault_64_what_is_stuck_holds_up_nobody_else() {
    let clock = soon_after();
    let devices: Vec<_> = (0..3).map(|n| device(Platform::Fcm, &format!("token-{n}"))).collect();
    let of_type = |kind: &str| {
        let event = Event::of(kind).on(&["push"]);
        DeliveryJob::of(&planned(&event, &owner_of(devices.clone()), &settings()))
    };
    let (first, second) = (of_type("order.paid"), of_type("order.shipped"));
    let stuck: Recipient = first[0].recipient.clone();
    let always = (Duration::ZERO, 30 * DAY);
    let bad = failing(always, Befalls::Recipient(stuck.clone()), SendFailure::Unrecognised, "New");
    let provider = Provider::new(Channel::Push, clock, 1_000.0, vec![bad]);
    let devices: Vec<_> = devices.into_iter().map(|one| ("c-77".to_owned(), one)).collect();
    let fleet = Fleet::of_owners(clock, shares(100.0), provider.clone(), &devices);
    first.iter().chain(&second).for_each(|job| fleet.enqueue(job));
    fleet.work_until(30 * DAY).await;

    let accepted = provider.accepted();
    for job in first.iter().chain(&second) {
        match accepted.get(&job.delivery_id) {
            Some(times) => assert!(times[0] < Duration::from_secs(10), "{times:?}"),
            None => assert_eq!(job.recipient, stuck),
        }
    }
    assert_eq!(fleet.states(), [("accepted", 4), ("expired", 2)].into());
}
