//! E-mail by SES.

mod address;
mod errors;
mod json_ld;
mod mailbox;
mod message;
mod report;
mod ses;

pub use address::{AddressError, EmailAddress};
pub use message::{EmailMessage, GMAIL_CLIPS_AT};
pub use report::{SesReport, delivery_of_tags};
pub use ses::{EmailSettings, SesEmail};

use std::time::Duration;

use super::{AfterUnknown, Contacts, Recipient, Rules, Unusable, first_usable};
use crate::content::{MessageInput, RenderError, Renderer};
use crate::model::failure::{Fault, SendFailure};

/// E-mail.
#[derive(Debug, Clone, Copy)]
pub struct Email;

/// The customer's address.
pub(super) fn address(contacts: &Contacts<'_>) -> Result<EmailAddress, Unusable> {
    first_usable(contacts.emails, |text| {
        mailbox::usable(text, |address| EmailAddress::parse(address).ok())
    })
}

impl Rules for Email {
    fn recipients(&self, contacts: &Contacts<'_>) -> Vec<Result<Recipient, Unusable>> {
        vec![address(contacts).map(|address| Recipient::Email { address })]
    }

    fn classify(&self, fault: &Fault) -> SendFailure {
        errors::classify(fault)
    }

    /// SES's Send event reports an attempt that did send; the wait is long enough
    /// that clocks ten minutes off in either direction do not cut it to nothing.
    fn after_unknown(&self) -> AfterUnknown {
        AfterUnknown::ResendOnce(Duration::from_secs(30 * 60))
    }

    /// SES may scan and sign a mail before it answers; a slow answer would else be a
    /// mail sent twice.
    fn attempt_timeout(&self) -> Duration {
        Duration::from_secs(15)
    }

    fn template_ending(&self) -> &'static str {
        "txt"
    }

    fn excess(
        &self,
        renderer: &Renderer,
        input: &MessageInput<'_>,
    ) -> Result<Option<String>, RenderError> {
        let bytes = renderer.email(input)?.html.len();
        Ok((bytes > GMAIL_CLIPS_AT).then(|| {
            format!("the HTML part has {bytes} bytes; Gmail cuts off at {GMAIL_CLIPS_AT}")
        }))
    }
}
