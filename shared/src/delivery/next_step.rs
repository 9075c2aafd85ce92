//! What follows an attempt that the provider did not accept. Pure, so that the
//! policy can be read, and tested, as a table.
//!
//! What was certainly not sent is tried again until it is no longer worth telling:
//! only the notification's `not_after` ends a delivery that merely waits. What may
//! have been sent follows the channel's [`AfterUnknown`].

use std::time::Duration;

use jiff::Timestamp;

use crate::channel::AfterUnknown;
use crate::model::failure::SendFailure;
use crate::model::id::{AttemptId, hash};
use crate::model::{Class, clock};

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// The delivery ends: the provider has rejected it for good.
    Reject,
    /// Another attempt at this time; this one counts.
    Retry(Timestamp),
    /// Another attempt at this time, though this one may have sent.
    Resend(Timestamp),
    /// Another attempt at this time; this one does not count.
    Park(Timestamp),
    /// The delivery ends: it may have been sent, and is not sent again.
    Abandon,
}

/// An attempt that the provider did not accept.
#[derive(Debug, Clone, Copy)]
pub struct Failed<'a> {
    /// What it means.
    pub failure: SendFailure,
    /// The attempt.
    pub attempt: &'a AttemptId,
    /// How many attempts count by now, this one included.
    pub attempts: u32,
    /// How many attempts before this one ended without a known outcome.
    pub doubts: u32,
    /// How often the message was received, this time included.
    pub receive_count: u32,
}

/// How a delivery is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The first wait's upper bound; it doubles with each attempt.
    pub base: Duration,
    /// The longest wait. A message is received at most as often as its queue's
    /// maxReceiveCount says, and the waits of that many receives outlast every
    /// staleness budget.
    pub longest: Duration,
    /// What follows an attempt of unknown outcome.
    pub after_unknown: AfterUnknown,
}

/// The first wait for what only time or a person repairs.
const FIRST_PARKING: Duration = Duration::from_secs(60);

/// The least part of its bound that a wait takes.
const LEAST: f64 = 0.75;

/// How often at most a message is tried that may have been sent before.
pub const MOST_DOUBTS: u32 = 10;

impl RetryPolicy {
    /// The policy of a class of deliveries on a channel whose attempts of unknown
    /// outcome are followed so. A notification's `not_after` bounds it as well.
    pub fn of(class: Class, after_unknown: AfterUnknown) -> Self {
        let (base, longest) = match class {
            Class::Transactional => (2, 10 * 60),
            Class::Promotional => (30, 20 * 60),
        };
        let (base, longest) = (Duration::from_secs(base), Duration::from_secs(longest));
        Self { base, longest, after_unknown }
    }

    /// When a delivery that may have been sent is tried again, if it is. `doubts`
    /// are its attempts without a known outcome, at least one.
    pub fn resend_at(&self, doubts: u32, now: Timestamp) -> Option<Timestamp> {
        match self.after_unknown {
            AfterUnknown::ResendOnce(wait) if doubts <= 1 => Some(clock::after(now, wait)),
            AfterUnknown::ResendSlower(first) if doubts < MOST_DOUBTS => {
                let wait = doubled(first, doubts).min(self.longest);
                Some(clock::after(now, wait))
            }
            AfterUnknown::Abandon | AfterUnknown::ResendOnce(_) | AfterUnknown::ResendSlower(_) => {
                None
            }
        }
    }

    /// The wait after this many attempts, at least a second: exponential backoff
    /// with jitter. The jitter is drawn from the attempt's id, which differs each
    /// time, so that the same history gives the same schedule.
    pub fn wait(&self, attempts: u32, attempt: &AttemptId) -> Duration {
        self.jittered(doubled(self.base, attempts), attempt)
    }

    /// The wait for what only time or a person repairs (a used-up quota, a missing
    /// configuration set), by the number of receives. Such waits count as no
    /// attempt, and end soon after the repair.
    pub fn parked(&self, receive_count: u32) -> Duration {
        doubled(FIRST_PARKING, receive_count).min(self.longest)
    }

    fn jittered(&self, bound: Duration, attempt: &AttemptId) -> Duration {
        let part = LEAST + (1.0 - LEAST) * fraction(attempt);
        bound.min(self.longest).mul_f64(part).max(Duration::from_secs(1))
    }
}

/// `first`, doubled with each of the `times` after the first.
fn doubled(first: Duration, times: u32) -> Duration {
    let doublings = times.saturating_sub(1);
    first.saturating_mul(1u32.checked_shl(doublings).unwrap_or(u32::MAX))
}

/// A number from 0 to 1.
fn fraction(attempt: &AttemptId) -> f64 {
    let digits = hash(["jitter", attempt.as_str()]);
    let drawn = u32::from_str_radix(&digits[..8], 16).unwrap_or(0);
    f64::from(drawn) / f64::from(u32::MAX)
}

/// What follows an attempt that the provider did not accept.
pub fn next_step(failed: &Failed<'_>, policy: &RetryPolicy, now: Timestamp) -> NextStep {
    let after = |wait| clock::after(now, wait);
    match failed.failure {
        SendFailure::Permanent => NextStep::Reject,
        SendFailure::NotSent => {
            NextStep::Retry(after(policy.wait(failed.attempts, failed.attempt)))
        }
        SendFailure::Throttled => {
            NextStep::Park(after(policy.wait(failed.receive_count, failed.attempt)))
        }
        SendFailure::QuotaExhausted | SendFailure::Configuration | SendFailure::Unrecognised => {
            NextStep::Park(after(policy.parked(failed.receive_count)))
        }
        SendFailure::Unknown => {
            policy.resend_at(failed.doubts + 1, now).map_or(NextStep::Abandon, NextStep::Resend)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SendFailure::{
        Configuration, NotSent, Permanent, QuotaExhausted, Throttled, Unknown, Unrecognised,
    };

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn what_follows_an_attempt_is_a_table() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let attempt = AttemptId::new("a1");
        let policy = |after_unknown| RetryPolicy::of(Class::Transactional, after_unknown);
        let never = policy(AfterUnknown::Abandon);
        let once = policy(AfterUnknown::ResendOnce(30 * MINUTE));
        let slower = policy(AfterUnknown::ResendSlower(MINUTE));
        let at = |wait| clock::after(now, wait);
        let retry = |attempts| NextStep::Retry(at(never.wait(attempts, &attempt)));
        let slow_down = |receives| NextStep::Park(at(never.wait(receives, &attempt)));
        let park = |wait| NextStep::Park(at(wait));
        let resend = |wait| NextStep::Resend(at(wait));
        let table = [
            (Permanent, 1, 0, 1, &once, NextStep::Reject),
            (Permanent, 2, 1, 2, &once, NextStep::Reject),
            (NotSent, 1, 0, 1, &once, retry(1)),
            (NotSent, 1000, 0, 1000, &once, retry(1000)),
            (Throttled, 1, 0, 1, &once, slow_down(1)),
            (Throttled, 1, 0, 900, &once, slow_down(900)),
            (QuotaExhausted, 10, 0, 1, &once, park(MINUTE)),
            (Configuration, 1, 0, 3, &once, park(4 * MINUTE)),
            (Unrecognised, 1, 0, 100, &once, park(10 * MINUTE)),
            (Unknown, 1, 0, 1, &once, resend(30 * MINUTE)),
            (Unknown, 9, 0, 9, &once, resend(30 * MINUTE)),
            (Unknown, 2, 1, 2, &once, NextStep::Abandon),
            (Unknown, 1, 0, 1, &slower, resend(MINUTE)),
            (Unknown, 2, 1, 2, &slower, resend(2 * MINUTE)),
            (Unknown, 9, 8, 9, &slower, resend(10 * MINUTE)),
            (Unknown, 10, 9, 10, &slower, NextStep::Abandon),
            (Unknown, 1, 0, 1, &never, NextStep::Abandon),
        ];
        for (failure, attempts, doubts, receive_count, policy, expected) in table {
            let failed = Failed { failure, attempt: &attempt, attempts, doubts, receive_count };
            assert_eq!(next_step(&failed, policy, now), expected, "{failed:?}");
        }
    }

    #[test]
    fn waits_grow_to_their_bound_and_are_never_zero() {
        let policy = RetryPolicy::of(Class::Transactional, AfterUnknown::Abandon);
        for attempts in 0..64 {
            for n in 0..20 {
                let wait = policy.wait(attempts, &AttemptId::new(format!("a{n}")));
                assert!(wait >= Duration::from_secs(1));
                assert!(wait <= policy.longest);
            }
        }
        let longest = |attempts| {
            (0..50).map(|n| policy.wait(attempts, &AttemptId::new(format!("a{n}")))).max()
        };
        assert!(longest(1) <= Some(Duration::from_secs(2)));
        assert!(longest(6) > longest(2));
    }

    #[test]
    fn what_waits_for_a_repair_is_tried_within_minutes_of_it() {
        for class in [Class::Transactional, Class::Promotional] {
            let policy = RetryPolicy::of(class, AfterUnknown::Abandon);
            assert_eq!(policy.parked(0), MINUTE);
            assert_eq!(policy.parked(1), MINUTE);
            assert_eq!(policy.parked(2), 2 * MINUTE);
            assert_eq!(policy.parked(1000), policy.longest);
            assert!(policy.longest <= 20 * MINUTE);
        }
    }

    #[test]
    fn the_waits_of_a_thousand_receives_outlast_every_staleness_budget() {
        // The queues' maxReceiveCount.
        let receives = 1000;
        for kind in crate::catalogue::Catalogue::built_in().unwrap().types() {
            let policy = RetryPolicy::of(kind.class, AfterUnknown::Abandon);
            let parked: Duration = (1..=receives).map(|n| policy.parked(n)).sum();
            let refused: Duration =
                (1..=receives).map(|n| policy.wait(n, &AttemptId::new(format!("a{n}")))).sum();
            assert!(parked > kind.not_after && refused > kind.not_after, "{}", kind.name);
        }
    }
}
