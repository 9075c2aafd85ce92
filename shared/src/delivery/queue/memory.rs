//! Queues in memory, for tests and the simulator.

use std::sync::{Mutex, PoisonError};

use super::{DeliveryJob, JobQueue};
use crate::delivery::Routes;
use crate::event::ChannelFailed;
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
    failed: Mutex<Vec<(ChannelFailed, Option<Trace>)>>,
}

impl MemoryQueue {
    /// Takes every job that stands on the queues, with its origin.
    pub fn take_jobs(&self) -> Vec<(DeliveryJob, String)> {
        self.take().into_iter().map(|queued| (queued.job, queued.origin)).collect()
    }

    /// Takes every channel that was said to have failed.
    pub fn take_failed(&self) -> Vec<ChannelFailed> {
        self.take_traced_failed().into_iter().map(|(failed, _)| failed).collect()
    }

    /// The same, with the traces that each belongs to.
    pub fn take_traced_failed(&self) -> Vec<(ChannelFailed, Option<Trace>)> {
        std::mem::take(&mut self.failed.lock().unwrap_or_else(PoisonError::into_inner))
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

impl Routes for MemoryQueue {
    async fn channel_failed(
        &self,
        failed: &ChannelFailed,
        origin: Origin<'_>,
    ) -> Result<(), CallError> {
        let said = (failed.clone(), origin.trace.cloned());
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).push(said);
        Ok(())
    }
}
