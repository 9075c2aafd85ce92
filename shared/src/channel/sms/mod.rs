//! SMS by SNS.

mod encoding;
mod errors;
mod log;
mod message;
mod numbering;
mod phone;
mod sns;

pub use encoding::SmsEncoding;
pub(super) use log::meaning_of_log;
pub use message::SmsMessage;
pub use phone::{PhoneError, PhoneNumber};
pub use sns::{SmsSettings, SnsSms};

use super::{AfterUnknown, Contacts, Recipient, Rules, Unusable, first_usable};
use crate::content::{MessageInput, RenderError, Renderer};
use crate::model::Reason;
use crate::model::failure::{Fault, SendFailure};

/// SMS.
#[derive(Debug, Clone, Copy)]
pub struct Sms;

/// The customer's number, wherever it is.
pub(super) fn phone(contacts: &Contacts<'_>) -> Result<PhoneNumber, Unusable> {
    first_usable(contacts.phones, |text| PhoneNumber::usable(text, contacts.country))
}

impl Rules for Sms {
    fn recipients(&self, contacts: &Contacts<'_>) -> Vec<Result<Recipient, Unusable>> {
        let recipient = phone(contacts).and_then(|phone| {
            if phone.is_in(contacts.sms_countries) {
                Ok(Recipient::Sms { phone })
            } else {
                let reason = Reason::CountryNotAllowed;
                Err(Unusable { recipient: Some(phone.masked()), reason })
            }
        });
        vec![recipient]
    }

    fn classify(&self, fault: &Fault) -> SendFailure {
        errors::classify(fault)
    }

    /// An SMS costs money, and nothing identifies a repetition.
    fn after_unknown(&self) -> AfterUnknown {
        AfterUnknown::Abandon
    }

    /// More than an order's life has facts.
    fn hourly_cap(&self) -> Option<usize> {
        Some(10)
    }

    /// SNS takes SMS beyond the account's spend limit.
    fn may_be_held(&self) -> bool {
        true
    }

    fn template_ending(&self) -> &'static str {
        "sms.txt"
    }

    fn excess(
        &self,
        renderer: &Renderer,
        input: &MessageInput<'_>,
    ) -> Result<Option<String>, RenderError> {
        let SmsMessage { segments, budget, .. } = renderer.sms(input)?;
        Ok((segments > budget)
            .then(|| format!("the text takes {segments} segments of {budget} at most")))
    }
}
