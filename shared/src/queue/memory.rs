//! Queues in memory, for tests and the simulator.

use std::sync::{Mutex, PoisonError};

use super::{DeliveryJob, JobQueue, Quarantine, Refusal};
use crate::batch::Record;
use crate::failure::CallError;

/// The delivery queues and the quarantine, as lists.
#[derive(Debug, Default)]
pub struct MemoryQueue {
    jobs: Mutex<Vec<(DeliveryJob, String)>>,
    refused: Mutex<Vec<(Record, Refusal)>>,
}

impl MemoryQueue {
    /// Takes every job that stands on the queues, with its origin.
    pub fn take_jobs(&self) -> Vec<(DeliveryJob, String)> {
        std::mem::take(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Every message that was set aside.
    pub fn refused(&self) -> Vec<(Record, Refusal)> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl JobQueue for MemoryQueue {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: &str) -> Result<(), CallError> {
        let mut queue = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        queue.extend(jobs.iter().map(|job| (job.clone(), origin.to_owned())));
        Ok(())
    }
}

impl Quarantine for MemoryQueue {
    async fn quarantine(&self, message: &Record, refusal: &Refusal) -> Result<(), CallError> {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.push((message.clone(), refusal.clone()));
        Ok(())
    }
}
