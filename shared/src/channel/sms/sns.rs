//! SMS by SNS `Publish` to a phone number.

use aws_sdk_sns::Client;
use aws_sdk_sns::error::BuildError;
use jiff::Timestamp;

use super::errors::names_settings;
use super::{Sms, SmsMessage};
use crate::channel::sns::{number, text};
use crate::channel::{NotAccepted, Outgoing, Recipient, Sender};
use crate::content::{LayeredRenderer, RenderError, Shop};
use crate::model::id::{AttemptId, hash};
use crate::model::{Channel, Class, ProviderMessageId};
use crate::platform::aws::{fault, trace_request};
use crate::platform::environment::Environment;
use crate::platform::telemetry::SmsParts;

/// What every SMS of the shop shares.
#[derive(Debug, Clone, Default)]
pub struct SmsSettings {
    /// The sender's name as phones show it, where the country allows one.
    pub sender_id: Option<String>,
    /// The number it is sent from, one of the account's own. SNS chooses one else.
    pub origination_number: Option<String>,
    /// The most that one SMS may cost, in US dollars; SNS does not send it else.
    pub max_price: Option<String>,
}

impl SmsSettings {
    /// The settings that the environment describes: `SMS_SENDER_ID`,
    /// `SMS_ORIGINATION_NUMBER` and `SMS_MAX_PRICE`, all optional. What is wrong is reported by
    /// [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>, _: &Shop) -> Self {
        Self {
            sender_id: environment.optional_parsed("SMS_SENDER_ID", Self::parse_sender_id),
            origination_number: environment
                .optional_parsed("SMS_ORIGINATION_NUMBER", Self::parse_origination_number),
            max_price: environment.optional_parsed("SMS_MAX_PRICE", Self::parse_max_price),
        }
    }

    /// Checks a price: US dollars, with at most five decimals. Source: SNS developer
    /// guide, `AWS.SNS.SMS.MaxPrice`.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse_max_price(text: &str) -> Result<String, &'static str> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if digits(whole, 4) && digits(decimals, 5) {
            Ok(text.to_owned())
        } else {
            Err("must be US dollars, such as 0.25, with at most five decimals")
        }
    }

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
    renderer: LayeredRenderer,
    settings: SmsSettings,
}

impl SnsSms {
    /// A sender for one shop. The client must not retry.
    pub fn new(
        client: Client,
        renderer: impl Into<LayeredRenderer>,
        settings: SmsSettings,
    ) -> Self {
        Self { client, renderer: renderer.into(), settings }
    }
}

impl Sender for SnsSms {
    type Message = SmsMessage;

    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn prepare(&self, outgoing: &Outgoing<'_>, now: Timestamp) -> Result<SmsMessage, RenderError> {
        self.renderer.render(Channel::Sms, now, |renderer| renderer.sms(&outgoing.input))
    }

    fn payload_hash(&self, message: &SmsMessage) -> String {
        hash(["sms", &message.text])
    }

    fn parts(&self, message: &SmsMessage) -> Option<SmsParts> {
        let SmsMessage { segments, encoding, .. } = *message;
        Some(SmsParts { segments, encoding: encoding.as_str() })
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        _attempt: &AttemptId,
        message: &SmsMessage,
    ) -> Result<ProviderMessageId, NotAccepted> {
        let Recipient::Sms { phone } = outgoing.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let kind = match outgoing.class {
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
            if let Some(from) = &self.settings.origination_number {
                request = request.message_attributes("AWS.MM.SMS.OriginationNumber", text(from)?);
            }
            if let Some(price) = &self.settings.max_price {
                request = request.message_attributes("AWS.SNS.SMS.MaxPrice", number(price)?);
            }
            Ok(request)
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        let request = request.customize().mutate_request(trace_request(outgoing.trace));
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default().into()),
            Err(e) => {
                let fault = fault(&e);
                let not_accepted = NotAccepted::of(&Sms, &fault);
                let ours = names_settings(&fault, &self.settings);
                Err(if ours { not_accepted.by_configuration() } else { not_accepted })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_one_that_sns_takes() {
        for price in ["0.25", "1", "0.00645"] {
            assert_eq!(SmsSettings::parse_max_price(price).as_deref(), Ok(price));
        }
        for wrong in ["", ".", ".5", "1.", "0,25", "-1", "$1", "0.000001", "1e3"] {
            assert!(SmsSettings::parse_max_price(wrong).is_err(), "{wrong}");
        }
    }

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
