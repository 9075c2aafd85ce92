//! Delivering: the work of the senders. One job is claimed, prepared, sent once,
//! recorded ([`handle`]); what follows an attempt that failed is a pure function
//! ([`next_step`]).

mod cap;
pub mod circuit;
mod fallback;
mod job;
pub mod next_step;
pub mod pace;
mod queue;
mod release;
mod unsent;
mod work;

pub use cap::HourlyCap;
pub use circuit::Circuit;
pub use fallback::{Routes, has_failed, take_next_channel};
pub use job::{DeliveryJob, JobError};
pub use next_step::{NextStep, RetryPolicy};
pub use pace::{Pace, Shares};
pub use queue::{JobQueue, MemoryQueue, QueueUrls, Queued, SqsJobs, SqsRoutes};
pub use release::{Addressee, Consent, Known, Release, release, release_event, release_failed};
pub use unsent::Unsent;
pub use work::{Deliverer, Ports, handle};
