//! E-mail by SES v2 `SendEmail`.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::BuildError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent as Ses, Message, MessageTag};
use base64::Engine;
use jiff::Timestamp;

use super::{NotAccepted, Sender};
use crate::aws::fault;
use crate::contact::{EmailAddress, Recipient};
use crate::event::Channel;
use crate::failure::Provider;
use crate::id::{AttemptId, hash};
use crate::queue::DeliveryJob;
use crate::render::{self, EmailContent, RenderError, Renderer};

/// What every e-mail of the shop shares.
#[derive(Debug, Clone)]
pub struct EmailSettings {
    /// The sender's address.
    pub from: EmailAddress,
    /// The sender's name.
    pub from_name: String,
    /// The SES configuration set, which publishes the events of each message.
    pub configuration_set: String,
}

/// Sends e-mail.
#[derive(Debug)]
pub struct SesEmail {
    client: Client,
    renderer: Renderer,
    from: String,
    configuration_set: String,
}

impl SesEmail {
    /// A sender for one shop. The client must not retry.
    pub fn new(client: Client, renderer: Renderer, settings: EmailSettings) -> Self {
        let from = mailbox(&settings.from_name, &settings.from);
        Self { client, renderer, from, configuration_set: settings.configuration_set }
    }
}

impl Sender for SesEmail {
    type Message = EmailContent;

    fn channel(&self) -> Channel {
        Channel::Email
    }

    fn prepare(&self, job: &DeliveryJob, _now: Timestamp) -> Result<EmailContent, RenderError> {
        self.renderer.email(&render::Content::of(job))
    }

    fn payload_hash(&self, message: &EmailContent) -> String {
        hash(["email", &message.subject, &message.html, &message.text])
    }

    async fn send(
        &self,
        job: &DeliveryJob,
        attempt: &AttemptId,
        message: &EmailContent,
    ) -> Result<String, NotAccepted> {
        let Recipient::Email { address } = &job.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let request = || -> Result<_, BuildError> {
            Ok(self
                .client
                .send_email()
                .from_email_address(&self.from)
                .destination(Destination::builder().to_addresses(address.reveal()).build())
                .content(content(message)?)
                // The Send event carries the tags back: by them an attempt
                // whose answer was lost is found again.
                .email_tags(tag("delivery_id", job.delivery_id.as_str())?)
                .email_tags(tag("attempt_id", attempt.as_str())?)
                .configuration_set_name(&self.configuration_set))
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default()),
            Err(e) => Err(NotAccepted::of(Provider::Ses, &fault(&e))),
        }
    }
}

fn content(message: &EmailContent) -> Result<Ses, BuildError> {
    let utf8 = |data: &str| Content::builder().data(data).charset("UTF-8").build();
    let body = Body::builder().html(utf8(&message.html)?).text(utf8(&message.text)?).build();
    let simple = Message::builder().subject(utf8(&message.subject)?).body(body).build();
    Ok(Ses::builder().simple(simple).build())
}

fn tag(name: &str, value: &str) -> Result<MessageTag, BuildError> {
    MessageTag::builder().name(name).value(value).build()
}

/// `name <address>`: the name as a quoted string, or in encoded words where it
/// is not plain ASCII. Source: RFC 5322 section 3.4, RFC 2047 section 2.
fn mailbox(name: &str, address: &EmailAddress) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let display = if name.is_ascii() {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        encoded_words(&name)
    };
    format!("{display} <{}>", address.reveal())
}

fn encoded_words(text: &str) -> String {
    // An encoded word has at most 75 characters: 12 of frame, 63 of Base64, so
    // 45 bytes, cut between characters.
    let mut chunks = vec![String::new()];
    for c in text.chars() {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() + c.len_utf8() <= 45 => chunk.push(c),
            _ => chunks.push(c.to_string()),
        }
    }
    let encode = |chunk: &String| {
        format!("=?UTF-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(chunk))
    };
    chunks.iter().map(encode).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_senders_name_can_hold_any_text_and_no_header() {
        let address = EmailAddress::parse("shop@example.com").unwrap();
        assert_eq!(mailbox("Shop", &address), "\"Shop\" <shop@example.com>");
        assert_eq!(mailbox("A \"B\"\r\nBcc: x", &address), "\"A \\\"B\\\"Bcc: x\" <shop@example.com>");
        assert_eq!(mailbox("茶店", &address), "=?UTF-8?B?6Iy25bqX?= <shop@example.com>");
        let long = mailbox(&"茶".repeat(40), &address);
        assert!(long.split(' ').all(|word| word.len() <= 75), "{long}");
    }
}
