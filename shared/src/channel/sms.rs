//! SMS by SNS `Publish` to a phone number.

use aws_sdk_sns::Client;
use aws_sdk_sns::error::BuildError;
use aws_sdk_sns::types::MessageAttributeValue;
use jiff::Timestamp;

use super::{NotAccepted, Sender};
use crate::aws::fault;
use crate::catalogue::Class;
use crate::contact::Recipient;
use crate::content::Contents;
use crate::event::Channel;
use crate::failure::Provider;
use crate::id::{AttemptId, hash};
use crate::queue::DeliveryJob;
use crate::render::{self, RenderError, SmsContent};

/// What every SMS of the shop shares.
#[derive(Debug, Clone, Default)]
pub struct SmsSettings {
    /// The sender's name as phones show it, where the country allows one.
    pub sender_id: Option<String>,
    /// The number it is sent from, one of the account's own. SNS chooses one else.
    pub origination_number: Option<String>,
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

    /// Checks an origination number: in E.164 form, or a short code of at most 8
    /// digits. SNS takes 5 to 14 digits, fewer than E.164 has. Source: SNS
    /// developer guide, "Publishing to a mobile phone".
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse_origination_number(text: &str) -> Result<String, &'static str> {
        let (digits, lengths) = match text.strip_prefix('+') {
            Some(digits) if !digits.starts_with('0') => (digits, 5..=14),
            _ => (text, 5..=8),
        };
        if lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(text.to_owned())
        } else {
            Err("must be + and 5 to 14 digits, the country code first, or 5 to 8 digits")
        }
    }
}

/// Sends SMS.
#[derive(Debug)]
pub struct SnsSms {
    client: Client,
    contents: Contents,
    settings: SmsSettings,
}

impl SnsSms {
    /// A sender for one shop. The client must not retry.
    pub fn new(client: Client, contents: impl Into<Contents>, settings: SmsSettings) -> Self {
        Self { client, contents: contents.into(), settings }
    }
}

impl Sender for SnsSms {
    type Message = SmsContent;

    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn prepare(&self, job: &DeliveryJob, now: Timestamp) -> Result<SmsContent, RenderError> {
        let content = render::Content::of(job);
        self.contents.render(Channel::Sms, now, |renderer| renderer.sms(&content))
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
            if let Some(number) = &self.settings.origination_number {
                request = request.message_attributes("AWS.MM.SMS.OriginationNumber", text(number)?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origination_number_is_one_that_sns_takes() {
        for number in ["+436601234567", "+12345", "+12345678901234", "12345", "12345678"] {
            assert_eq!(SmsSettings::parse_origination_number(number).as_deref(), Ok(number));
        }
        for wrong in [
            "",
            "+",
            "1234",
            "+1234",
            "123456789",
            "+123456789012345",
            "+0660123456",
            "++436601234567",
            "+43 660 1234567",
            "43660-12",
            "Shop",
            "١٢٣٤٥",
        ] {
            assert!(SmsSettings::parse_origination_number(wrong).is_err(), "{wrong}");
        }
    }
}
