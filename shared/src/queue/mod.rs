//! The queues between planning and sending: what a job says ([`DeliveryJob`]),
//! and how it is put on its channel's queue ([`JobQueue`]).

mod job;
mod memory;
mod sqs;

pub use job::{DeliveryJob, JobError};
pub use memory::MemoryQueue;
pub use sqs::{QueuePair, QueueUrls, SqsJobs, SqsQueue};

use std::future::Future;

use crate::failure::CallError;

/// Puts jobs on their channels' queues.
pub trait JobQueue: Sync {
    /// Enqueues all jobs; each job's channel chooses the queue and its order the
    /// message group. `origin` is the id of the message that asked for them: SQS
    /// drops a repetition of the same job for the same origin, while the same
    /// fact published again passes, and finds its deliveries made.
    ///
    /// # Errors
    /// [`CallError`] if any job is not known to be on its queue. Calling again
    /// with the same jobs is harmless.
    fn enqueue(
        &self,
        jobs: &[DeliveryJob],
        origin: &str,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Sets aside messages that can't be processed and never will be.
pub trait Quarantine: Sync {
    /// Puts the body, as received, on the dead-letter queue, with the reason
    /// beside it.
    ///
    /// # Errors
    /// [`CallError`] if the message is not known to be there; the original must
    /// then stay on its own queue.
    fn quarantine(
        &self,
        message: &crate::batch::Record,
        reason: &Refusal,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Why a message is set aside; becomes the message attributes
/// `bellhop-reason` and `bellhop-detail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason code, e.g. `invalid_field`.
    pub code: String,
    /// The sentence for people, naming the field.
    pub detail: String,
}
