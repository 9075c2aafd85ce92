//! When a failed attempt is followed by another: exponential backoff with full
//! jitter, by the ledger's own count of attempts.

use std::time::Duration;

use crate::catalogue::Class;
use crate::event::Channel;
use crate::id::{AttemptId, hash};

/// How often and how late a class of deliveries is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The most attempts that count.
    pub attempts: u32,
    /// The first wait's upper bound; it doubles with each attempt.
    pub base: Duration,
    /// The longest wait.
    pub longest: Duration,
}

/// The policy of a class. A notification's `not_after` bounds it as well.
pub fn policy(class: Class) -> RetryPolicy {
    match class {
        Class::Transactional => RetryPolicy {
            attempts: 10,
            base: Duration::from_secs(2),
            longest: Duration::from_secs(30 * 60),
        },
        Class::Promotional => RetryPolicy {
            attempts: 6,
            base: Duration::from_secs(30),
            longest: Duration::from_secs(2 * 60 * 60),
        },
    }
}

impl RetryPolicy {
    /// The wait after this many attempts, at least a second. The jitter is
    /// drawn from the attempt's id, which differs each time, so that the same
    /// history gives the same schedule.
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

/// The wait for what only time or a person repairs (a used-up quota, a missing
/// configuration set): a minute, doubled with each receive, at most an hour.
/// Such waits count as no attempt. The queues' maxReceiveCount is chosen so that
/// a message outlives every staleness budget this way.
pub fn parked(receive_count: u32) -> Duration {
    let minutes = 1u64 << receive_count.saturating_sub(1).min(6);
    Duration::from_secs(minutes * 60).min(Duration::from_secs(60 * 60))
}

/// How long after an attempt of unknown outcome the next may be made; never,
/// where a duplicate is worse than a loss.
///
/// E-mail waits for the provider's Send event, which tells an attempt that did
/// send; long enough that clocks ten minutes off in either direction do not cut
/// the wait to nothing. Push repeats at once: the collapse id lets the device replace the
/// first. SMS costs money and nothing identifies a repetition.
pub fn resend_after_unknown(channel: Channel) -> Option<Duration> {
    match channel {
        Channel::Email => Some(Duration::from_secs(30 * 60)),
        Channel::Push => Some(Duration::ZERO),
        Channel::Sms => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_their_bound_and_are_never_zero() {
        let policy = policy(Class::Transactional);
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
        assert_eq!(parked(0), Duration::from_secs(60));
        assert_eq!(parked(1), Duration::from_secs(60));
        assert_eq!(parked(2), Duration::from_secs(120));
        assert_eq!(parked(1000), Duration::from_secs(3600));
    }
}
