//! What follows an attempt that the provider did not accept. Pure, so that the
//! policy can be read, and tested, as a table.

use std::time::Duration;

use jiff::Timestamp;

use crate::model::failure::SendFailure;
use crate::model::id::{AttemptId, hash};
use crate::model::{Class, clock};

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// The delivery ends: the provider has rejected it for good.
    Reject,
    /// The delivery ends: this was its last attempt.
    GiveUp,
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
    /// How often the message was received, this time included.
    pub receive_count: u32,
}

/// How a delivery is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The most attempts that count.
    pub attempts: u32,
    /// The first wait's upper bound; it doubles with each attempt.
    pub base: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// How long after an attempt of unknown outcome the next may be made; never,
    /// if none.
    pub resend_after_unknown: Option<Duration>,
}

impl RetryPolicy {
    /// The policy of a class of deliveries on a channel whose attempts of unknown
    /// outcome are followed so. A notification's `not_after` bounds it as well.
    pub fn of(class: Class, resend_after_unknown: Option<Duration>) -> Self {
        match class {
            Class::Transactional => Self {
                attempts: 10,
                base: Duration::from_secs(2),
                longest: Duration::from_secs(30 * 60),
                resend_after_unknown,
            },
            Class::Promotional => Self {
                attempts: 6,
                base: Duration::from_secs(30),
                longest: Duration::from_secs(2 * 60 * 60),
                resend_after_unknown,
            },
        }
    }

    /// When a delivery that may have been sent is tried again, if it is: attempts
    /// without outcome count like those that failed, and are bounded with them.
    pub fn resend_at(&self, attempts: u32, now: Timestamp) -> Option<Timestamp> {
        let wait = self.resend_after_unknown.filter(|_| attempts < self.attempts);
        wait.map(|wait| clock::after(now, wait))
    }

    /// The wait after this many attempts, at least a second: exponential backoff
    /// with full jitter. The jitter is drawn from the attempt's id, which differs
    /// each time, so that the same history gives the same schedule.
    pub fn wait(&self, attempts: u32, attempt: &AttemptId) -> Duration {
        let doubled = 1u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let bound = self.base.saturating_mul(doubled).min(self.longest);
        bound.mul_f64(fraction(attempt)).max(Duration::from_secs(1))
    }
}

/// A number from 0 to 1.
fn fraction(attempt: &AttemptId) -> f64 {
    let digits = hash(["jitter", attempt.as_str()]);
    let drawn = u32::from_str_radix(&digits[..8], 16).unwrap_or(0);
    f64::from(drawn) / f64::from(u32::MAX)
}

/// What follows an attempt that the provider did not accept.
pub fn next_step(failed: &Failed<'_>, policy: &RetryPolicy, now: Timestamp) -> NextStep {
    match failed.failure {
        SendFailure::Permanent => NextStep::Reject,
        SendFailure::NotSent | SendFailure::Throttled if failed.attempts >= policy.attempts => {
            NextStep::GiveUp
        }
        SendFailure::NotSent | SendFailure::Throttled => {
            NextStep::Retry(clock::after(now, policy.wait(failed.attempts, failed.attempt)))
        }
        SendFailure::QuotaExhausted | SendFailure::Configuration | SendFailure::Unrecognised => {
            NextStep::Park(clock::after(now, parked(failed.receive_count)))
        }
        SendFailure::Unknown => {
            policy.resend_at(failed.attempts, now).map_or(NextStep::Abandon, NextStep::Resend)
        }
    }
}

/// The wait for what only time or a person repairs (a used-up quota, a missing
/// configuration set): a minute, doubled with each receive, at most an hour.
/// Such waits count as no attempt. The queues' maxReceiveCount is chosen so that
/// a message outlives every staleness budget this way.
pub fn parked(receive_count: u32) -> Duration {
    let minutes = 1u64 << receive_count.saturating_sub(1).min(6);
    Duration::from_secs(minutes * 60).min(Duration::from_secs(60 * 60))
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
        let policy = |resend| RetryPolicy::of(Class::Transactional, resend);
        let (never, later) = (policy(None), policy(Some(MINUTE)));
        let retry = |attempts| NextStep::Retry(clock::after(now, never.wait(attempts, &attempt)));
        let park = |wait| NextStep::Park(clock::after(now, wait));
        let resend = NextStep::Resend(clock::after(now, MINUTE));
        let table = [
            (Permanent, 1, 1, &later, NextStep::Reject),
            (NotSent, 1, 1, &later, retry(1)),
            (NotSent, 9, 1, &later, retry(9)),
            (NotSent, 10, 1, &later, NextStep::GiveUp),
            (Throttled, 3, 1, &later, retry(3)),
            (Throttled, 10, 1, &later, NextStep::GiveUp),
            (QuotaExhausted, 10, 1, &later, park(MINUTE)),
            (Configuration, 1, 3, &later, park(4 * MINUTE)),
            (Unrecognised, 1, 100, &later, park(60 * MINUTE)),
            (Unknown, 1, 1, &later, resend),
            (Unknown, 9, 1, &later, resend),
            (Unknown, 10, 1, &later, NextStep::Abandon),
            (Unknown, 1, 1, &never, NextStep::Abandon),
        ];
        for (failure, attempts, receive_count, policy, expected) in table {
            let failed = Failed { failure, attempt: &attempt, attempts, receive_count };
            assert_eq!(next_step(&failed, policy, now), expected, "{failed:?}");
        }
    }

    #[test]
    fn waits_grow_to_their_bound_and_are_never_zero() {
        let policy = RetryPolicy::of(Class::Transactional, None);
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
    fn parking_is_bounded_by_an_hour() {
        assert_eq!(parked(0), MINUTE);
        assert_eq!(parked(1), MINUTE);
        assert_eq!(parked(2), 2 * MINUTE);
        assert_eq!(parked(1000), 60 * MINUTE);
    }
}
