//! The circuit of a channel: while the deployment itself is at fault (a missing
//! configuration set, a paused account, a used-up quota), messages are parked
//! without claiming them, so that nothing is burnt and the provider is left
//! alone. From time to time one is let through; the first that is not refused
//! closes the circuit again.
//!
//! A platform application has credentials of its own, so each has a circuit of its
//! own: a broken one holds up no other.
//!
//! Some faults of the deployment look like the recipient's: an identity that is not
//! verified rejects every mail. So the same refusal for several recipients in a row,
//! without a success between, counts as the deployment's.
//!
//! Each instance of a function keeps its own circuits: opening one costs one
//! refused call per instance, and the normal path no call at all.
//!
//! Some faults no call shows: SNS takes SMS beyond the account's spend limit, and only
//! its log says that none arrives. `feedback` then holds the channel, in the ledger's
//! table; the senders look there once a minute, not once a message.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::ledger::{Hold, Holds};
use crate::model::{Channel, clock};
use crate::platform::telemetry;

/// The first time between two probes; it doubles with each that is refused.
const FIRST_WAIT: Duration = Duration::from_secs(60);

/// The longest time between two probes.
const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);

/// So many recipients refused alike, one after the other, are no chance.
const ALIKE: usize = 5;

/// How old what an instance knows of its channel's hold may be.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// A channel's circuits, by platform application; a channel without has one.
#[derive(Debug, Default)]
pub struct Circuit {
    parts: Mutex<BTreeMap<Option<String>, Part>>,
    hold: Mutex<KnownHold>,
}

/// What is known of the channel's hold.
#[derive(Debug, Clone, Default)]
struct KnownHold {
    looked_at: Option<Timestamp>,
    hold: Option<Hold>,
}

#[derive(Debug, Default)]
struct Part {
    open: Option<Open>,
    refused: Alike,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    wait: Duration,
    probe_at: Timestamp,
    /// When the wait was set.
    since: Timestamp,
}

/// The recipients refused by one code since the last success.
#[derive(Debug, Default)]
struct Alike {
    code: String,
    recipients: BTreeSet<String>,
}

/// Whether a message may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Go,
    /// Not before this time.
    Wait(Timestamp),
}

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The recipient's or the message's.
    Recipient,
    /// The deployment's.
    Deployment,
}

impl Circuit {
    /// Asks to send. While the circuit is open, one message at a time gets
    /// through: whoever is admitted as the probe moves the next one's time.
    pub fn admit(&self, application: Option<&str>, now: Timestamp) -> Admission {
        self.part(application, |part| match part.open.as_mut() {
            None => Admission::Go,
            Some(open) if now >= open.probe_at => {
                open.probe_at = clock::after(now, open.wait);
                Admission::Go
            }
            Some(open) => Admission::Wait(open.probe_at),
        })
    }

    /// Until when another function holds the channel; none if it does not.
    pub async fn held_until(
        &self,
        holds: &impl Holds,
        channel: Channel,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let mut known = self.hold().clone();
        if known.looked_at.is_none_or(|at| clock::until(at, now) >= LOOK_AGAIN) {
            // Others of the batch need not look as well.
            self.hold().looked_at = Some(now);
            match holds.held(channel).await {
                Ok(hold) => known.hold = hold,
                // What is known stands: the claim comes next, and tells of the table.
                Err(error) => telemetry::benign(error.operation, &error.into()),
            }
            self.hold().hold.clone_from(&known.hold);
        }
        known.hold.map(|hold| hold.until).filter(|until| *until > now)
    }

    fn hold(&self) -> MutexGuard<'_, KnownHold> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The deployment was found at fault. True if this opened the circuit.
    pub fn fault(&self, application: Option<&str>, now: Timestamp) -> bool {
        self.part(application, |part| {
            let wait = match part.open {
                None => FIRST_WAIT,
                // The rest of a batch whose first message has found the fault.
                Some(open) if clock::until(open.since, now) < open.wait / 2 => return false,
                Some(open) => (open.wait * 2).min(LONGEST_WAIT),
            };
            let open = Open { wait, probe_at: clock::after(now, wait), since: now };
            part.open.replace(open).is_none()
        })
    }

    /// The provider has refused a recipient for good, by this code. `recipient` is
    /// the same text for the same recipient.
    pub fn refused(&self, application: Option<&str>, code: &str, recipient: &str) -> Blame {
        self.part(application, |part| {
            if part.refused.code != code {
                part.refused = Alike { code: code.to_owned(), recipients: BTreeSet::new() };
            }
            let recipients = &mut part.refused.recipients;
            if recipients.len() < ALIKE {
                recipients.insert(recipient.to_owned());
            }
            if recipients.len() < ALIKE { Blame::Recipient } else { Blame::Deployment }
        })
    }

    /// The deployment was found in order. True if this closed the circuit.
    pub fn in_order(&self, application: Option<&str>) -> bool {
        self.part(application, |part| part.open.take().is_some())
    }

    /// The provider has taken a message. True if this closed the circuit.
    pub fn accepted(&self, application: Option<&str>) -> bool {
        self.part(application, |part| std::mem::take(part).open.is_some())
    }

    fn part<T>(&self, application: Option<&str>, work: impl FnOnce(&mut Part) -> T) -> T {
        let mut parts: MutexGuard<'_, BTreeMap<_, _>> =
            self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        work(parts.entry(application.map(str::to_owned)).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        clock::after("2026-11-23T09:00:00Z".parse().unwrap(), Duration::from_secs(seconds))
    }

    #[test]
    fn an_open_circuit_lets_one_probe_through_at_a_time_and_waits_longer_after_each_refusal() {
        let circuit = Circuit::default();
        assert_eq!(circuit.admit(None, at(0)), Admission::Go);
        assert!(circuit.fault(None, at(0)));
        for _ in 0..9 {
            assert!(!circuit.fault(None, at(1)), "the rest of the batch");
        }
        assert_eq!(circuit.admit(None, at(59)), Admission::Wait(at(60)));
        assert_eq!(circuit.admit(None, at(60)), Admission::Go);
        assert_eq!(circuit.admit(None, at(60)), Admission::Wait(at(120)));
        assert!(!circuit.fault(None, at(61)), "it was open already");
        assert_eq!(circuit.admit(None, at(180)), Admission::Wait(at(181)));
        assert_eq!(circuit.admit(None, at(181)), Admission::Go);
        assert!(circuit.in_order(None));
        assert!(!circuit.in_order(None));
        assert_eq!(circuit.admit(None, at(182)), Admission::Go);
    }

    #[test]
    fn a_broken_application_holds_up_no_other() {
        let circuit = Circuit::default();
        assert!(circuit.fault(Some("apns"), at(0)));
        assert_eq!(circuit.admit(Some("apns"), at(1)), Admission::Wait(at(60)));
        assert_eq!(circuit.admit(Some("fcm"), at(1)), Admission::Go);
        assert!(!circuit.accepted(Some("fcm")));
        assert!(circuit.accepted(Some("apns")));
    }

    #[test]
    fn several_recipients_refused_alike_in_a_row_are_the_deployments_fault() {
        let circuit = Circuit::default();
        let refused = |code, recipient| circuit.refused(None, code, recipient);
        for _ in 0..9 {
            assert_eq!(refused("MessageRejected", "a"), Blame::Recipient, "the same recipient");
        }
        for recipient in ["b", "c", "d"] {
            assert_eq!(refused("MessageRejected", recipient), Blame::Recipient);
        }
        assert_eq!(refused("MessageRejected", "e"), Blame::Deployment);
        assert_eq!(refused("MessageRejected", "f"), Blame::Deployment);
        assert_eq!(refused("BadRequestException", "f"), Blame::Recipient, "another code");
    }

    #[test]
    fn a_success_between_makes_them_the_recipients_fault() {
        let circuit = Circuit::default();
        for recipient in ["a", "b", "c", "d"] {
            assert_eq!(circuit.refused(None, "InvalidParameter", recipient), Blame::Recipient);
        }
        circuit.accepted(None);
        assert_eq!(circuit.refused(None, "InvalidParameter", "e"), Blame::Recipient);
    }
}
