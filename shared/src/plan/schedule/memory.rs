//! Schedules in memory, for tests and the simulator.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::event::Due;
use crate::model::failure::CallError;
use crate::plan::Schedules;

/// Schedules by name, and what was announced without one.
#[derive(Debug, Default)]
pub struct MemorySchedules {
    schedules: Mutex<BTreeMap<String, Due>>,
    announced: Mutex<Vec<(Due, String)>>,
}

impl MemorySchedules {
    fn schedules(&self) -> MutexGuard<'_, BTreeMap<String, Due>> {
        self.schedules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is scheduled.
    pub fn all(&self) -> Vec<Due> {
        self.schedules().values().cloned().collect()
    }

    /// Takes what is due by now.
    pub fn take_due(&self, now: Timestamp) -> Vec<Due> {
        let schedules = &mut *self.schedules();
        schedules.extract_if(.., |_, due| due.due_at <= now).map(|(_, due)| due).collect()
    }

    /// Takes what was announced, each with the message that asked for it.
    pub fn take_announced(&self) -> Vec<(Due, String)> {
        std::mem::take(&mut self.announced.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Schedules for MemorySchedules {
    async fn schedule(&self, due: &Due, _: Timestamp) -> Result<(), CallError> {
        self.schedules().entry(due.name()).or_insert_with(|| due.clone());
        Ok(())
    }

    async fn cancel(&self, due: &Due) -> Result<(), CallError> {
        self.schedules().remove(&due.name());
        Ok(())
    }

    async fn announce(&self, due: &[Due], origin: &str) -> Result<(), CallError> {
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        announced.extend(due.iter().map(|due| (due.clone(), origin.to_owned())));
        Ok(())
    }
}
