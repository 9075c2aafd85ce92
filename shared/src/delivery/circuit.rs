//! The circuit of a channel: while the deployment itself is at fault (a missing
//! configuration set, a paused account, a used-up quota), messages are parked
//! without claiming them, so that nothing is burnt and the provider is left
//! alone. From time to time one is let through; the first that is not refused
//! closes the circuit again.
//!
//! Each instance of a function keeps its own circuit: opening one costs one
//! refused call per instance, and the normal path no call at all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::model::clock;

/// The first time between two probes; it doubles with each that is refused.
const FIRST_WAIT: Duration = Duration::from_secs(60);

/// The longest time between two probes.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// A channel's circuit.
#[derive(Debug, Default)]
pub struct Circuit(Mutex<Option<Open>>);

#[derive(Debug, Clone, Copy)]
struct Open {
    wait: Duration,
    probe_at: Timestamp,
}

/// Whether a message may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Go,
    /// Not before this time.
    Wait(Timestamp),
}

impl Circuit {
    /// Asks to send. While the circuit is open, one message at a time gets
    /// through: whoever is admitted as the probe moves the next one's time.
    pub fn admit(&self, now: Timestamp) -> Admission {
        let mut state = self.state();
        match state.as_mut() {
            None => Admission::Go,
            Some(open) if now >= open.probe_at => {
                open.probe_at = clock::after(now, open.wait);
                Admission::Go
            }
            Some(open) => Admission::Wait(open.probe_at),
        }
    }

    /// The deployment was found at fault. True if this opened the circuit.
    pub fn fault(&self, now: Timestamp) -> bool {
        let mut state = self.state();
        let wait = match *state {
            None => FIRST_WAIT,
            Some(open) => (open.wait * 2).min(LONGEST_WAIT),
        };
        let opened = state.is_none();
        *state = Some(Open { wait, probe_at: clock::after(now, wait) });
        opened
    }

    /// The deployment was found in order. True if this closed the circuit.
    pub fn in_order(&self) -> bool {
        self.state().take().is_some()
    }

    fn state(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_circuit_lets_one_probe_through_at_a_time_and_waits_longer_after_each_refusal() {
        let circuit = Circuit::default();
        let start: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let at = |seconds| clock::after(start, Duration::from_secs(seconds));
        assert_eq!(circuit.admit(at(0)), Admission::Go);
        assert!(circuit.fault(at(0)));
        assert_eq!(circuit.admit(at(59)), Admission::Wait(at(60)));
        assert_eq!(circuit.admit(at(60)), Admission::Go);
        assert_eq!(circuit.admit(at(60)), Admission::Wait(at(120)));
        assert!(!circuit.fault(at(61)), "it was open already");
        assert_eq!(circuit.admit(at(180)), Admission::Wait(at(181)));
        assert_eq!(circuit.admit(at(181)), Admission::Go);
        assert!(circuit.in_order());
        assert!(!circuit.in_order());
        assert_eq!(circuit.admit(at(182)), Admission::Go);
    }
}
