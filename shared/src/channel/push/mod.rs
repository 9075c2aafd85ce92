//! Mobile push by SNS, to FCM and APNs.

mod device;
mod endpoint;
mod errors;
mod log;
mod message;
mod payload;
mod sns;

pub use device::{Device, device_id, masked_device};
pub use endpoint::{Applications, EndpointError, PushEndpoints, SnsEndpoints};
pub(super) use log::meaning_of_log;
pub use message::{PushMessage, PushPayload};
pub use payload::MAX_PAYLOAD;
pub use sns::SnsPush;

use std::time::Duration;

use super::{AfterUnknown, Contacts, Recipient, Rules, Unusable};
use crate::content::{MessageInput, RenderError, Renderer};
use crate::model::failure::{Fault, SendFailure};
use crate::model::{Platform, Priority, Reason};

/// Mobile push.
#[derive(Debug, Clone, Copy)]
pub struct Push;

impl Rules for Push {
    fn recipients(&self, contacts: &Contacts<'_>) -> Vec<Result<Recipient, Unusable>> {
        if contacts.devices.is_empty() {
            return vec![Err(Unusable::channel(Reason::NoRecipient))];
        }
        let recipient = |device: &Device| match &device.endpoint_arn {
            Some(arn) => Ok(Recipient::Push {
                device: device.id(),
                platform: device.platform,
                endpoint_arn: arn.clone(),
            }),
            None => Err(Unusable {
                recipient: Some(masked_device(device.platform, &device.id())),
                reason: Reason::NoPushEndpoint,
            }),
        };
        contacts.devices.iter().map(recipient).collect()
    }

    fn classify(&self, fault: &Fault) -> SendFailure {
        errors::classify(fault)
    }

    /// The collapse id lets the device replace the first by the second. The waits
    /// grow, so that no bad minute of SNS uses up the attempts.
    fn after_unknown(&self) -> AfterUnknown {
        AfterUnknown::ResendSlower(Duration::from_secs(5))
    }

    fn recipient_is_gone(&self, reason: &Reason) -> bool {
        errors::endpoint_is_gone(reason)
    }

    fn template_ending(&self) -> &'static str {
        "push.txt"
    }

    fn excess(
        &self,
        renderer: &Renderer,
        input: &MessageInput<'_>,
    ) -> Result<Option<String>, RenderError> {
        let push = renderer.push(input)?;
        let full = |platform| push.full_size(platform, Duration::ZERO, Priority::Normal);
        let bytes = Platform::ALL.into_iter().map(full).max().unwrap_or_default();
        Ok((bytes > MAX_PAYLOAD)
            .then(|| format!("the payload has {bytes} bytes of {MAX_PAYLOAD} at most")))
    }
}
