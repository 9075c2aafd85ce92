//! Queues in memory, for tests and the simulator.

use std::sync::{Mutex, PoisonError};

use super::{DeliveryJob, JobQueue};
use crate::model::failure::CallError;

/// The delivery queues, as one list.
#[derive(Debug, Default)]
pub struct MemoryQueue {
    jobs: Mutex<Vec<(DeliveryJob, String)>>,
}

impl MemoryQueue {
    /// Takes every job that stands on the queues, with its origin.
    pub fn take_jobs(&self) -> Vec<(DeliveryJob, String)> {
        std::mem::take(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl JobQueue for MemoryQueue {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: &str) -> Result<(), CallError> {
        let mut queue = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        queue.extend(jobs.iter().map(|job| (job.clone(), origin.to_owned())));
        Ok(())
    }
}
