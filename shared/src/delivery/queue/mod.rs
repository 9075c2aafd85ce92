//! The queues between planning and sending: how a job is put on its channel's queue.

mod memory;
mod sqs;

pub use memory::{MemoryQueue, Queued};
pub use sqs::{QueueUrls, SqsJobs, SqsRoutes};

use std::future::Future;

use super::DeliveryJob;
use crate::model::Origin;
use crate::model::failure::CallError;
use crate::plan::{Dispatch, Notification};

/// Puts jobs on their channels' queues.
pub trait JobQueue: Sync {
    /// Enqueues all jobs; each job's channel and class choose the queue, its order and
    /// recipient the message group: what is stuck holds up nobody else. `origin` is the
    /// message that asked for them, whose trace they belong to: SQS drops a repetition of
    /// the same job for the same origin, while the same fact published again passes, and
    /// finds its deliveries made.
    ///
    /// # Errors
    /// [`CallError`] if any job is not known to be on its queue. Calling again
    /// with the same jobs is harmless.
    fn enqueue(
        &self,
        jobs: &[DeliveryJob],
        origin: Origin<'_>,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

impl<Q: JobQueue> Dispatch for Q {
    async fn dispatch(
        &self,
        notification: &Notification,
        origin: Origin<'_>,
    ) -> Result<(), CallError> {
        self.enqueue(&DeliveryJob::of(notification), origin).await
    }
}
