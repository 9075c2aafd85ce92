//! The channels: how a job's message is prepared and how one attempt sends it.
//! One file per channel, with its adapter, its limits and its attributes.

mod email;
mod endpoint;
mod memory;
mod push;
mod sms;

pub use email::{EmailSettings, SesEmail};
pub use endpoint::{Applications, EndpointError, PushEndpoints, SnsEndpoints};
pub use memory::{MemoryEndpoints, MemorySender};
pub use push::{SnsPush, endpoint_is_gone};
pub use sms::{SmsSettings, SnsSms};

use std::future::Future;

use jiff::Timestamp;

use crate::event::Channel;
use crate::failure::{Fault, Provider, SendFailure, classify_send};
use crate::id::AttemptId;
use crate::queue::DeliveryJob;
use crate::render::RenderError;

/// Prepares and sends the messages of one channel.
pub trait Sender: Sync {
    /// Everything that one attempt sends.
    type Message: Sync + Send;

    /// The channel whose jobs it takes.
    fn channel(&self) -> Channel;

    /// Renders the message. The same job gives the same message, but for a
    /// time-to-live counted from `now`.
    ///
    /// # Errors
    /// [`RenderError`]; the job can then never be sent.
    fn prepare(&self, job: &DeliveryJob, now: Timestamp) -> Result<Self::Message, RenderError>;

    /// A hash of what is sent.
    fn payload_hash(&self, message: &Self::Message) -> String;

    /// Calls the provider, once; the provider's id of the message.
    ///
    /// # Errors
    /// [`NotAccepted`], classified.
    fn send(
        &self,
        job: &DeliveryJob,
        attempt: &AttemptId,
        message: &Self::Message,
    ) -> impl Future<Output = Result<String, NotAccepted>> + Send;
}

/// An attempt that the provider has not accepted, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAccepted {
    /// What it means.
    pub failure: SendFailure,
    /// The provider's code, for the ledger.
    pub reason: String,
}

impl NotAccepted {
    fn of(provider: Provider, fault: &Fault) -> Self {
        Self { failure: classify_send(provider, fault), reason: fault.reason() }
    }

    /// A request that the SDK would not even build.
    fn not_constructed() -> Self {
        Self { failure: SendFailure::Permanent, reason: "not_constructed".to_owned() }
    }
}
