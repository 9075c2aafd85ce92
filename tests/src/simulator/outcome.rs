//! What came of a course of things.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::AddAssign;

use bellhop::ledger::DeliveryState;
use bellhop::model::Channel;

use super::laws;
use super::witness::Violation;
use super::world::World;

/// What came of a course of things.
#[derive(Debug)]
pub struct Outcome {
    /// The laws that were broken.
    pub violations: Vec<Violation>,
    /// Everything that happened, if it was traced.
    pub trace: Vec<String>,
    /// What happened how often.
    pub counts: Counts,
}

impl Outcome {
    /// Checks the laws on a world that has come to rest.
    /// `told` are the deliveries of which telemetry said that they were sent
    /// twice.
    pub fn of(world: &World, told: &[String], crashes: usize) -> Self {
        laws::check(world, told);
        Self {
            counts: Counts::on(world, told, crashes),
            violations: world.state(|state| state.witness.violations.clone()),
            trace: world.trace(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.trace {
            writeln!(f, "  {line}")?;
        }
        for Violation { law, how } in &self.violations {
            writeln!(f, "broken: {law}: {how}")?;
        }
        Ok(())
    }
}

/// What happened how often: a law that nothing tried to break says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<String, usize>);

impl Counts {
    fn on(world: &World, told: &[String], crashes: usize) -> Self {
        let mut counts = Self::default();
        let mut add = |what: &str, n: usize| *counts.0.entry(what.to_owned()).or_default() += n;
        add("courses", 1);
        add("crashes", crashes);
        add("duplicates told", told.len());
        use DeliveryState::{Abandoned, Accepted, Expired, Rejected, Superseded, Suppressed};
        for state in [Abandoned, Accepted, Expired, Rejected, Superseded, Suppressed] {
            add(state.as_str(), 0);
        }
        for what in ["e-mails accepted again", "SMS accepted again", "pushes accepted again"] {
            add(what, 0);
        }
        for record in world.ledger.deliveries().values() {
            add(record.state.as_str(), 1);
            let doubted = record.history.iter().any(|entry| entry.state == DeliveryState::Unknown);
            add("unknown for a while", doubted.into());
        }
        world.state(|state| {
            let witness = &state.witness;
            add("writes refused to a stale worker", witness.fenced);
            add("acceptances", witness.acceptances.len());
            add("events dead-lettered", witness.dead_lettered.len());
            add("deliveries given up once", witness.dead.len());
            add("orders with an event given up once", witness.dead_orders.len());
            let fallbacks = witness.before.keys().filter(|key| world.delivery(key).is_some());
            add("fallbacks", fallbacks.count());
            let mut once = BTreeSet::new();
            for acceptance in &witness.acceptances {
                if !once.insert(&acceptance.key) {
                    match witness.jobs[&acceptance.key].channel() {
                        Channel::Email => add("e-mails accepted again", 1),
                        Channel::Sms => add("SMS accepted again", 1),
                        Channel::Push => add("pushes accepted again", 1),
                    }
                }
            }
        });
        counts
    }
}

impl Counts {
    /// How often this happened.
    pub fn of(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// What never happened.
    pub fn never(&self) -> Vec<&str> {
        let never = self.0.iter().filter(|(_, n)| **n == 0);
        never.map(|(what, _)| what.as_str()).collect()
    }
}

impl AddAssign<Counts> for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (what, n) in other.0 {
            *self.0.entry(what).or_default() += n;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(|(what, n)| format!("{n} {what}")).collect();
        f.write_str(&words.join(", "))
    }
}
