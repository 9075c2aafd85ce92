//! The laws of delivery, in a simulator that runs the real planning, ledger and
//! sending under a virtual clock: workers die or stand still between any two
//! steps, queues deliver twice, providers' answers are lost, clocks are wrong.
//!
//! `BELLHOP_SCHEDULES` is how many courses by chance are run, `BELLHOP_SEED` the
//! first one's seed: `BELLHOP_SEED=17 BELLHOP_SCHEDULES=1` runs a course again.
//! `cargo test --workspace --test simulator -- --ignored` tries every course of
//! more scenarios than fit into a run of all tests.

use std::env;
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure::{
    Configuration, NotSent, Permanent, QuotaExhausted, Throttled, Unrecognised,
};
use bellhop_tests::simulator::every::{Scenario, explore};
use bellhop_tests::simulator::fates::Reply::{self, AcceptsSilently, Refuses, Vanishes};
use bellhop_tests::simulator::outcome::Counts;
use bellhop_tests::simulator::{course, told};

/// How many courses by chance are run, unless the environment says otherwise.
const SCHEDULES: u64 = 10_000;

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

#[test]
fn the_laws_hold_in_thousands_of_courses_by_chance() {
    let first = number("BELLHOP_SEED").unwrap_or(0);
    let end = first + number("BELLHOP_SCHEDULES").unwrap_or(SCHEDULES);
    let next = AtomicU64::new(first);
    let run = || {
        let mut counts = Counts::default();
        told::listening(|| {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= end {
                    return;
                }
                let outcome = course::run(seed, false);
                if !outcome.violations.is_empty() {
                    next.store(end, Ordering::Relaxed);
                    panic!("seed {seed}\n{}", course::run(seed, true));
                }
                counts += outcome.counts;
            }
        });
        counts
    };
    let mut counts = Counts::default();
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(2, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        for thread in running {
            counts += thread.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked));
        }
    });
    println!("{counts}");
    // A law that nothing tried to break says nothing.
    if end - first >= SCHEDULES {
        let never: &[&str] = &["SMS accepted again"];
        assert_eq!(counts.never(), never, "{counts}");
    }
}

/// Every order of the steps of two workers on one job, and every point at which
/// either may stop or stand still.
fn in_every_course(channel: Channel, replies: &[Reply], send_events: &[u64], skews: [i64; 3]) {
    let scenario = Scenario {
        channel,
        replies: replies.to_vec(),
        send_events: send_events.to_vec(),
        skews,
        leaps: 1,
        stepped: 2,
    };
    told::listening(|| match explore(&scenario) {
        Ok(explored) => {
            println!("{channel} {replies:?} {skews:?}: {explored}");
            assert!(explored.courses > 500, "{} courses", explored.courses);
        }
        Err(broken) => panic!("{broken}"),
    });
}

const IN_TIME: [i64; 3] = [0, 0, 0];
const FIRST_AHEAD: [i64; 3] = [10, -10, 0];
const SECOND_AHEAD: [i64; 3] = [-10, 10, 0];

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_email() {
    in_every_course(Channel::Email, &[AcceptsSilently], &[1], IN_TIME);
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_sms() {
    in_every_course(Channel::Sms, &[AcceptsSilently], &[], IN_TIME);
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_on_one_push() {
    in_every_course(Channel::Push, &[AcceptsSilently], &[], IN_TIME);
}

#[test]
fn the_laws_hold_in_every_course_of_two_workers_whose_clocks_differ_by_twenty_minutes() {
    in_every_course(Channel::Sms, &[AcceptsSilently], &[], SECOND_AHEAD);
    in_every_course(Channel::Sms, &[Refuses(Throttled, "Throttled")], &[], FIRST_AHEAD);
}

#[test]
fn the_laws_hold_in_every_course_of_an_email_whose_send_event_comes_too_late() {
    // Later than an e-mail of unknown outcome waits for it, and twice.
    let hours = 3 * 60 * 60;
    in_every_course(Channel::Email, &[AcceptsSilently], &[hours, hours + 1], SECOND_AHEAD);
}

#[test]
fn the_laws_hold_in_every_course_of_a_push_that_falls_back_to_sms() {
    let gone = Refuses(Permanent, "EndpointDisabled");
    in_every_course(Channel::Push, &[gone], &[], IN_TIME);
}

#[test]
fn the_laws_hold_in_every_course_of_an_sms_on_a_channel_that_is_at_fault() {
    in_every_course(Channel::Sms, &[Refuses(Configuration, "KMSDisabled")], &[], IN_TIME);
}

#[test]
#[ignore = "takes long: whatever the provider does, on every channel, by any clock"]
fn the_laws_hold_in_every_course_whatever_the_provider_does() {
    let replies = [
        Reply::Accepts,
        AcceptsSilently,
        Vanishes,
        Refuses(NotSent, "not_connected"),
        Refuses(Throttled, "Throttled"),
        Refuses(Permanent, "EndpointDisabled"),
        Refuses(Configuration, "KMSDisabled"),
        Refuses(QuotaExhausted, "Throttling"),
        Refuses(Unrecognised, "SomethingNew"),
    ];
    for channel in Channel::ALL {
        // Never, soon, and later than an e-mail of unknown outcome waits for it.
        let send_events: &[&[u64]] = match channel {
            Channel::Email => &[&[], &[1], &[1, 2], &[3 * 60 * 60]],
            Channel::Sms | Channel::Push => &[&[]],
        };
        for reply in replies {
            for send_events in send_events {
                for skews in [IN_TIME, FIRST_AHEAD, SECOND_AHEAD] {
                    in_every_course(channel, &[reply], send_events, skews);
                }
            }
        }
    }
}
