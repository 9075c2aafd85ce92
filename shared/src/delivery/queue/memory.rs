//! Queues in memory, for tests and the simulator.

use std::sync::{Mutex, PoisonError};

use super::{DeliveryJob, JobQueue};
use crate::model::failure::CallError;
use crate::model::{Origin, Trace};

/// A job on its queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// The job.
    pub job: DeliveryJob,
    /// The id of the message that asked for it.
    pub origin: String,
    /// The trace that both belong to.
    pub trace: Option<Trace>,
}

/// The delivery queues, as one list.
#[derive(Debug, Default)]
pub struct MemoryQueue {
    jobs: Mutex<Vec<Queued>>,
}

impl MemoryQueue {
    /// Takes every job that stands on the queues, with its origin.
    pub fn take_jobs(&self) -> Vec<(DeliveryJob, String)> {
        self.take().into_iter().map(|queued| (queued.job, queued.origin)).collect()
    }

    /// Takes all that stands on the queues.
    pub fn take(&self) -> Vec<Queued> {
        std::mem::take(&mut self.jobs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl JobQueue for MemoryQueue {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: Origin<'_>) -> Result<(), CallError> {
        let mut queue = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let trace = origin.trace.cloned();
        queue.extend(jobs.iter().map(|job| Queued {
            job: job.clone(),
            origin: origin.message_id.to_owned(),
            trace: trace.clone(),
        }));
        Ok(())
    }
}
