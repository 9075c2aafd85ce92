//! SMS by SNS `Publish` to a phone number.

use aws_sdk_sns::Client;
use aws_sdk_sns::error::BuildError;
use aws_sdk_sns::types::MessageAttributeValue;
use jiff::Timestamp;

use super::{NotAccepted, Sender};
use crate::aws::fault;
use crate::catalogue::Class;
use crate::contact::Recipient;
use crate::event::Channel;
use crate::failure::Provider;
use crate::id::{AttemptId, hash};
use crate::queue::DeliveryJob;
use crate::render::{self, RenderError, Renderer, SmsContent};

/// What every SMS of the shop shares.
#[derive(Debug, Clone, Default)]
pub struct SmsSettings {
    /// The sender's name as phones show it, where the country allows one.
    pub sender_id: Option<String>,
}

impl SmsSettings {
    /// Checks a sender id: 3 to 11 letters, digits or hyphens, at least one
    /// letter. Source: SNS developer guide, "Publishing to a mobile phone".
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse_sender_id(text: &str) -> Result<String, &'static str> {
        let fits = (3..=11).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && text.bytes().any(|b| b.is_ascii_alphabetic());
        if fits {
            Ok(text.to_owned())
        } else {
            Err("must have 3 to 11 letters, digits or hyphens, and at least one letter")
        }
    }
}

/// Sends SMS.
#[derive(Debug)]
pub struct SnsSms {
    client: Client,
    renderer: Renderer,
    settings: SmsSettings,
}

impl SnsSms {
    /// A sender for one shop. The client must not retry.
    pub fn new(client: Client, renderer: Renderer, settings: SmsSettings) -> Self {
        Self { client, renderer, settings }
    }
}

impl Sender for SnsSms {
    type Message = SmsContent;

    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn prepare(&self, job: &DeliveryJob, _now: Timestamp) -> Result<SmsContent, RenderError> {
        self.renderer.sms(&render::Content::of(job))
    }

    fn payload_hash(&self, message: &SmsContent) -> String {
        hash(["sms", &message.text])
    }

    async fn send(
        &self,
        job: &DeliveryJob,
        _attempt: &AttemptId,
        message: &SmsContent,
    ) -> Result<String, NotAccepted> {
        let Recipient::Sms { phone } = &job.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let kind = match job.class {
            Class::Transactional => "Transactional",
            Class::Promotional => "Promotional",
        };
        let request = || -> Result<_, BuildError> {
            let mut request = self
                .client
                .publish()
                .phone_number(phone.reveal())
                .message(&message.text)
                .message_attributes("AWS.SNS.SMS.SMSType", text(kind)?);
            if let Some(id) = &self.settings.sender_id {
                request = request.message_attributes("AWS.SNS.SMS.SenderID", text(id)?);
            }
            Ok(request)
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default()),
            Err(e) => Err(NotAccepted::of(Provider::SnsSms, &fault(&e))),
        }
    }
}

/// A message attribute of type `String`.
pub(super) fn text(value: &str) -> Result<MessageAttributeValue, BuildError> {
    MessageAttributeValue::builder().data_type("String").string_value(value).build()
}
