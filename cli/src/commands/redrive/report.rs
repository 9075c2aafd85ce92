//! What came of a pass, for people and for programs.

use serde_json::{Value, json};

use super::Form;
use super::entry::{Done, Entry, table};
use super::pass::Found;
use crate::CliError;

/// What came of a pass.
#[derive(Debug)]
pub struct Report {
    pub(super) found: Found,
    pub(super) is_interrupted: bool,
    pub(super) failure: Option<CliError>,
}

impl Report {
    pub(super) fn entries(&self) -> &[Entry] {
        &self.found.entries
    }

    /// Whether nothing went wrong, and nothing is left that somebody must look at.
    pub fn is_done(&self) -> bool {
        let is_stuck = self.entries().iter().any(Entry::needs_somebody);
        self.failure.is_none() && !self.is_interrupted && !is_stuck
    }

    /// As one JSON document.
    pub fn json(&self) -> Value {
        let entries = self.entries();
        let count = |done| entries.iter().filter(|entry| entry.done == done).count();
        let (released, dropped) = (count(Done::Released), count(Done::Dropped));
        json!({
            "entries": entries,
            "released": released,
            "dropped": dropped,
            "left": entries.len() - released - dropped,
            "unseen": self.found.unseen,
            "interrupted": self.is_interrupted,
            "failure": self.failure.as_ref().map(ToString::to_string),
        })
    }

    pub(super) fn print(&self, form: Form) -> Result<(), CliError> {
        if form == Form::Json {
            return crate::say(&self.json());
        }
        let Found { entries, unseen } = &self.found;
        for entry in entries {
            crate::say(&entry.line())?;
        }
        if entries.is_empty() {
            crate::say(&"Nothing is found.")?;
        } else {
            crate::say(&"")?;
            table(entries).iter().try_for_each(crate::say)?;
        }
        if *unseen > 0 {
            crate::say(&format_args!(
                "About {unseen} more stand behind these: of one group, SQS hands out ten at most."
            ))?;
        }
        if self.is_interrupted {
            crate::say(&"Interrupted; run it again to go on.")?;
        }
        Ok(())
    }
}
