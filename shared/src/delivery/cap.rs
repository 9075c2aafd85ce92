//! The hourly cap against pumping: somebody who makes a shop send SMS to a number that
//! earns them money is not served for long. Counted by each instance for itself, so a
//! number gets at most so many an hour from each.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::model::clock;
use crate::model::id::DeliveryId;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// More recipients than this are not remembered at once: those are forgotten who got
/// nothing for an hour.
const MANY: usize = 10_000;

/// What each recipient was sent in the last hour, and when first.
#[derive(Debug, Default)]
pub struct HourlyCap(Mutex<BTreeMap<String, VecDeque<(DeliveryId, Timestamp)>>>);

impl HourlyCap {
    /// Whether the recipient may get this delivery now, of `most` an hour. It counts as
    /// sent then, however often it is tried. `recipient` is the same text for the same
    /// recipient.
    pub fn admit(
        &self,
        recipient: &str,
        delivery: &DeliveryId,
        most: usize,
        now: Timestamp,
    ) -> bool {
        let mut recipients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = |(_, at): &(DeliveryId, Timestamp)| clock::until(*at, now) < HOUR;
        if recipients.len() >= MANY {
            recipients.retain(|_, sent| sent.back().is_some_and(is_recent));
        }
        let sent = recipients.entry(recipient.to_owned()).or_default();
        sent.retain(is_recent);
        if sent.iter().any(|(known, _)| known == delivery) {
            return true;
        }
        if sent.len() >= most {
            return false;
        }
        sent.push_back((delivery.clone(), now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_gets_so_many_messages_in_any_hour() {
        let (cap, start) = (HourlyCap::default(), "2026-11-23T09:00:00Z".parse().unwrap());
        let at = |minutes: u64| clock::after(start, Duration::from_secs(60 * minutes));
        let admit = |recipient: &str, delivery: &str, minutes| {
            cap.admit(recipient, &DeliveryId::new(delivery), 3, at(minutes))
        };
        for (delivery, minute) in [("1", 0), ("2", 10), ("3", 20)] {
            assert!(admit("a", delivery, minute));
        }
        assert!(admit("a", "2", 58), "it is tried again");
        assert!(!admit("a", "4", 59));
        assert!(admit("b", "5", 59), "another recipient");
        assert!(admit("a", "4", 60), "the first is an hour ago");
        assert!(!admit("a", "6", 69));
        assert!(admit("a", "6", 70));
    }
}
