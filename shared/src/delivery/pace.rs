//! Pace: an instance keeps under its share of the provider's rate by itself, so that
//! a burst of events is no burst of refusals. Nobody is asked: the rate of the
//! account is divided by the number of instances that may run at once.
//!
//! Promotional deliveries have a fifth of the rate at most, on top; when the provider
//! refuses for speed they make room first. A refusal slows the lane down, success
//! speeds it up again to its share.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::model::{Class, clock};
use crate::platform::environment::Environment;

/// How many times smaller the share of promotional deliveries is.
const BULK_SHARE: f64 = 5.0;

/// So much unused time is made up for; a longer pause is no reason for a burst.
const SLACK: Duration = Duration::from_millis(100);

/// How long a lane that was slowed down to nothing takes to its full share.
const RECOVERY: Duration = Duration::from_secs(60);

/// Refusals this close together are one: their calls were made at one speed.
const ONE_REFUSAL: Duration = Duration::from_secs(1);

/// A lane is never slowed down below this part of its share.
const SLOWEST: f64 = 0.02;

/// The pace of an instance: a lane for each class of deliveries.
#[derive(Debug)]
pub struct Pace(Mutex<BTreeMap<Class, Lane>>);

#[derive(Debug, Clone, Copy)]
struct Lane {
    /// Calls a second, at most.
    share: f64,
    /// Calls a second, now.
    rate: f64,
    /// Microseconds since the Unix epoch of the next call.
    next_at: i64,
    slowed_at: Option<Timestamp>,
    grown_at: Timestamp,
}

/// When a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// At this time, which is kept for it.
    At(Timestamp),
    /// Not before this time, which is too late for who asked.
    TooLate(Timestamp),
}

/// The provider's rate, and among how many instances it is shared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Calls a second that the account allows.
    pub rate: f64,
    /// How many instances may send transactional deliveries at once.
    pub instances: u32,
    /// How many may send promotional ones.
    pub bulk_instances: u32,
}

impl Shares {
    /// What the environment says: `RATE` (calls a second), `INSTANCES` and
    /// `BULK_INSTANCES`. What is missing or wrong is told by
    /// [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        let rate = environment.parsed("RATE", |text| match text.parse() {
            Ok(rate) if f64::is_finite(rate) && rate > 0.0 => Ok(rate),
            _ => Err("must be a number of calls a second, more than 0"),
        });
        let count = |text: &str| match text.parse() {
            Ok(count) if count > 0 => Ok(count),
            _ => Err("must be a number of instances, at least 1"),
        };
        let instances = environment.parsed("INSTANCES", count);
        let bulk_instances = environment.parsed("BULK_INSTANCES", count);
        Self {
            rate: rate.unwrap_or(1.0),
            instances: instances.unwrap_or(1),
            bulk_instances: bulk_instances.unwrap_or(1),
        }
    }
}

impl Pace {
    /// An instance's share.
    pub fn of(shares: &Shares) -> Self {
        let lane = |share: f64| Lane {
            share,
            rate: share,
            next_at: i64::MIN,
            slowed_at: None,
            grown_at: Timestamp::MIN,
        };
        let transactional = shares.rate / f64::from(shares.instances);
        let promotional = shares.rate / BULK_SHARE / f64::from(shares.bulk_instances);
        let lanes = [(Class::Transactional, transactional), (Class::Promotional, promotional)];
        Self(Mutex::new(lanes.map(|(class, share)| (class, lane(share))).into()))
    }

    /// Asks for the next call's time, which must not be later than `latest`.
    pub fn reserve(&self, class: Class, now: Timestamp, latest: Timestamp) -> Slot {
        self.lane(class, |lane| {
            let at = lane.next_at.max(now.as_microsecond() - micros(SLACK));
            let slot = moment(at.max(now.as_microsecond()));
            if slot > latest {
                return Slot::TooLate(slot);
            }
            lane.next_at = at.saturating_add((1e6 / lane.rate) as i64);
            Slot::At(slot)
        })
        .unwrap_or(Slot::At(now))
    }

    /// The provider has refused a call for its speed.
    pub fn refused(&self, class: Class, now: Timestamp) {
        let part = match class {
            Class::Transactional => 0.8,
            // It makes room for what the customer waits for.
            Class::Promotional => 0.5,
        };
        self.lane(class, |lane| {
            if lane.slowed_at.is_none_or(|at| clock::until(at, now) >= ONE_REFUSAL) {
                lane.rate = (lane.rate * part).max(lane.share * SLOWEST);
                lane.slowed_at = Some(now);
                lane.grown_at = now;
            }
        });
    }

    /// The provider has taken a call.
    pub fn kept(&self, class: Class, now: Timestamp) {
        self.lane(class, |lane| {
            let passed = clock::until(lane.grown_at, now).min(RECOVERY / 6);
            let grown = lane.share * passed.as_secs_f64() / RECOVERY.as_secs_f64();
            lane.rate = (lane.rate + grown).min(lane.share);
            lane.grown_at = now;
        });
    }

    fn lane<T>(&self, class: Class, work: impl FnOnce(&mut Lane) -> T) -> Option<T> {
        let mut lanes: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.get_mut(&class).map(work)
    }
}

fn micros(duration: Duration) -> i64 {
    duration.as_micros().try_into().unwrap_or(i64::MAX)
}

fn moment(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    fn later(millis: u64) -> Timestamp {
        clock::after(start(), Duration::from_millis(millis))
    }

    fn pace() -> Pace {
        Pace::of(&Shares { rate: 20.0, instances: 2, bulk_instances: 1 })
    }

    /// How many calls are made of `class` from `from`, milliseconds, for a second.
    fn in_a_second(pace: &Pace, class: Class, from: u64) -> usize {
        let reserve = || pace.reserve(class, later(from), later(from + 999));
        std::iter::repeat_with(reserve).take_while(|slot| matches!(slot, Slot::At(_))).count()
    }

    #[test]
    fn an_instance_keeps_to_its_share_and_the_bulk_lane_to_a_fifth() {
        let pace = pace();
        assert!((10..=12).contains(&in_a_second(&pace, Class::Transactional, 0)));
        assert!((10..=11).contains(&in_a_second(&pace, Class::Transactional, 1_000)));
        assert!((4..=5).contains(&in_a_second(&pace, Class::Promotional, 0)));
    }

    #[test]
    fn a_slot_that_comes_too_late_is_not_taken() {
        let pace = pace();
        let Slot::At(first) = pace.reserve(Class::Promotional, later(0), later(0)) else {
            panic!("the first call is made at once");
        };
        assert_eq!(first, later(0));
        let Slot::TooLate(at) = pace.reserve(Class::Promotional, later(0), later(10)) else {
            panic!("the share is used");
        };
        assert_eq!(pace.reserve(Class::Promotional, later(0), at), Slot::At(at));
    }

    #[test]
    fn a_pause_is_no_reason_for_a_burst() {
        let pace = pace();
        in_a_second(&pace, Class::Transactional, 0);
        assert!(in_a_second(&pace, Class::Transactional, 3_600_000) <= 12);
    }

    #[test]
    fn a_refusal_slows_down_and_success_speeds_up_again_to_the_share() {
        let pace = pace();
        for _ in 0..5 {
            pace.refused(Class::Promotional, later(0));
        }
        assert!((2..=3).contains(&in_a_second(&pace, Class::Promotional, 0)), "they are one");
        for second in 1..100 {
            pace.refused(Class::Promotional, later(second * 1_000));
        }
        assert_eq!(in_a_second(&pace, Class::Promotional, 100_000), 1);
        assert_eq!(in_a_second(&pace, Class::Promotional, 105_000), 0);
        for second in 100..200 {
            pace.kept(Class::Promotional, later(second * 1_000));
        }
        assert!((4..=5).contains(&in_a_second(&pace, Class::Promotional, 300_000)));
        assert!(in_a_second(&pace, Class::Transactional, 300_000) >= 10, "lanes are apart");
    }
}
