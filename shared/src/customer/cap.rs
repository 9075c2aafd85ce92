//! How many promotional messages a customer gets: so many a day, so many a week. Each is
//! counted once, by the notification it belongs to, however often that is planned.

use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::ContactHash;
use crate::model::failure::CallError;
use crate::model::{CustomerId, clock};

const DAY: Duration = Duration::from_secs(86_400);
const WEEK: Duration = Duration::from_secs(7 * 86_400);

/// How many promotional messages a customer may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// In any 24 hours.
    pub day: usize,
    /// In any seven days.
    pub week: usize,
}

impl Default for Caps {
    /// One a day, three a week, as `template.yaml` has them.
    fn default() -> Self {
        Self { day: 1, week: 3 }
    }
}

/// Whose messages are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// A customer whom the shop has a name for.
    Customer(CustomerId),
    /// Whoever has this contact point: a guest.
    Contact(ContactHash),
}

/// Whether a message may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// It is counted.
    Within,
    /// It is not: it would be one too many until then.
    Over(Timestamp),
}

/// Counts promotional messages.
pub trait CountPromotions: Sync {
    /// Counts a message, unless it would be one too many. `message` names it: the same one
    /// is counted once.
    ///
    /// # Errors
    /// [`CallError`] if it is not known to be counted.
    fn count_promotion(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> impl Future<Output = Result<Cap, CallError>> + Send;
}

/// One message that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Promotion {
    message: String,
    /// When, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    at: Timestamp,
}

/// The messages of the last week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Promotions(Vec<Promotion>);

impl Promotions {
    /// Counts a message, unless it would be one too many.
    pub(super) fn count(&mut self, message: &str, caps: Caps, now: Timestamp) -> Cap {
        if self.0.iter().any(|known| known.message == message) {
            return Cap::Within;
        }
        self.0.retain(|known| clock::after(known.at, WEEK) > now);
        let full = [(DAY, caps.day), (WEEK, caps.week)].map(|(span, most)| {
            let mut ends: Vec<_> = self.0.iter().map(|of| clock::after(of.at, span)).collect();
            ends.retain(|end| *end > now);
            ends.sort();
            // There is room again when all but one less than so many are past.
            let too_many = ends.len().checked_sub(most)?;
            Some(ends.get(too_many).copied().unwrap_or(clock::after(now, span)))
        });
        match full.into_iter().flatten().max() {
            Some(until) => Cap::Over(until),
            None => {
                self.0.push(Promotion { message: message.to_owned(), at: now });
                Cap::Within
            }
        }
    }

    /// When nothing of it matters any more.
    pub(super) fn forgotten_at(&self) -> Timestamp {
        let last = self.0.iter().map(|of| of.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
        clock::after(last, WEEK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: Caps = Caps { day: 2, week: 3 };

    fn at(hours: u64) -> Timestamp {
        let start = "2026-11-23T09:30:00Z".parse().unwrap();
        clock::after(start, Duration::from_secs(3600 * hours))
    }

    #[test]
    fn so_many_a_day_and_so_many_a_week() {
        let mut sent = Promotions::default();
        for (message, hours, expected) in [
            ("a", 0, Cap::Within),
            ("b", 1, Cap::Within),
            ("c", 2, Cap::Over(at(24))),
            // Again, and once more: each counts once.
            ("a", 2, Cap::Within),
            ("c", 23, Cap::Over(at(24))),
            ("c", 24, Cap::Within),
            // Two within a day, three within a week.
            ("d", 24, Cap::Over(at(7 * 24))),
            ("d", 7 * 24 - 1, Cap::Over(at(7 * 24))),
            ("d", 7 * 24, Cap::Within),
            ("e", 7 * 24, Cap::Over(at(7 * 24 + 1))),
            ("e", 7 * 24 + 1, Cap::Within),
            ("f", 7 * 24 + 1, Cap::Over(at(8 * 24))),
        ] {
            assert_eq!(sent.count(message, CAPS, at(hours)), expected, "{message} at {hours}");
        }
    }

    #[test]
    fn nothing_is_sent_where_none_may_be() {
        let mut sent = Promotions::default();
        let none = Caps { day: 0, week: 0 };
        assert!(matches!(sent.count("a", none, at(0)), Cap::Over(until) if until > at(0)));
        let one = Caps { day: 0, week: 1 };
        assert!(matches!(sent.count("a", one, at(0)), Cap::Over(_)));
    }

    #[test]
    fn any_day_and_any_week_has_no_more_than_may_be() {
        let mut sent = Promotions::default();
        let mut counted = Vec::new();
        for hour in 0..1_000 {
            if sent.count(&format!("m-{hour}"), CAPS, at(hour)) == Cap::Within {
                counted.push(hour);
            }
        }
        for (hours, most) in [(24, CAPS.day), (7 * 24, CAPS.week)] {
            for start in 0..1_000 {
                let within = counted.iter().filter(|hour| (start..start + hours).contains(*hour));
                assert!(within.count() <= most, "from {start}, {hours} hours");
            }
        }
        // And no fewer, in all these weeks.
        assert_eq!(counted.len(), 3 * 6);
    }
}
