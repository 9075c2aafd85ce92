//! E-mail by SES v2 `SendEmail`.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::BuildError;
use aws_sdk_sesv2::types::{
    Body, Content, Destination, EmailContent as Ses, Message, MessageHeader, MessageTag,
};
use base64::Engine;
use jiff::Timestamp;

use super::errors::sender_is_not_verified;
use super::report::{ATTEMPT_TAG, DELIVERY_TAG, ORDER_TAG, order_tag};
use super::{Email, EmailAddress, EmailMessage};
use crate::channel::{NotAccepted, Outgoing, Recipient, Sender};
use crate::content::{LayeredRenderer, RenderError, Shop};
use crate::model::id::{AttemptId, hash};
use crate::model::{Channel, ProviderMessageId};
use crate::platform::aws::{fault, trace_request};
use crate::platform::environment::Environment;

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

impl EmailSettings {
    /// The settings that the environment describes: `FROM_ADDRESS` and
    /// `CONFIGURATION_SET`; the sender's name is the shop's. What is missing or wrong
    /// is reported by [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>, shop: &Shop) -> Option<Self> {
        let from = environment.parsed("FROM_ADDRESS", EmailAddress::parse);
        let configuration_set = environment.required("CONFIGURATION_SET");
        Some(Self { from: from?, from_name: shop.name.clone(), configuration_set })
    }
}

/// Sends e-mail.
#[derive(Debug)]
pub struct SesEmail {
    client: Client,
    renderer: LayeredRenderer,
    from: EmailAddress,
    mailbox: String,
    configuration_set: String,
}

impl SesEmail {
    /// A sender for one shop. The client must not retry.
    pub fn new(
        client: Client,
        renderer: impl Into<LayeredRenderer>,
        settings: EmailSettings,
    ) -> Self {
        let mailbox = mailbox(&settings.from_name, &settings.from);
        Self {
            client,
            renderer: renderer.into(),
            mailbox,
            from: settings.from,
            configuration_set: settings.configuration_set,
        }
    }
}

impl Sender for SesEmail {
    type Message = EmailMessage;

    fn channel(&self) -> Channel {
        Channel::Email
    }

    fn prepare(
        &self,
        outgoing: &Outgoing<'_>,
        now: Timestamp,
    ) -> Result<EmailMessage, RenderError> {
        let sent_until = outgoing.not_after;
        self.renderer.render(Channel::Email, now, |renderer| {
            renderer.email_sent_until(&outgoing.input, sent_until)
        })
    }

    fn payload_hash(&self, message: &EmailMessage) -> String {
        hash(["email", &message.subject, &message.html, &message.text])
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        message: &EmailMessage,
    ) -> Result<ProviderMessageId, NotAccepted> {
        let Recipient::Email { address } = outgoing.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let request = || -> Result<_, BuildError> {
            Ok(self
                .client
                .send_email()
                .from_email_address(&self.mailbox)
                .destination(Destination::builder().to_addresses(address.reveal()).build())
                .content(content(message)?)
                // SES's events carry the tags back: by them the delivery is found, and
                // an attempt whose answer was lost.
                .email_tags(tag(DELIVERY_TAG, outgoing.delivery_id.as_str())?)
                .email_tags(tag(ATTEMPT_TAG, attempt.as_str())?)
                .email_tags(tag(ORDER_TAG, &order_tag(&outgoing.input.data.order.id))?)
                .configuration_set_name(&self.configuration_set))
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        let request = request.customize().mutate_request(trace_request(outgoing.trace));
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default().into()),
            Err(e) => {
                let fault = fault(&e);
                let not_accepted = NotAccepted::of(&Email, &fault);
                let ours = sender_is_not_verified(&fault, &self.from);
                Err(if ours { not_accepted.by_configuration() } else { not_accepted })
            }
        }
    }
}

fn content(message: &EmailMessage) -> Result<Ses, BuildError> {
    let utf8 = |data: &str| Content::builder().data(data).charset("UTF-8").build();
    let body = Body::builder().html(utf8(&message.html)?).text(utf8(&message.text)?).build();
    let mut simple = Message::builder().subject(utf8(&message.subject)?).body(body);
    for (name, value) in message.headers.iter().filter(|(name, value)| is_header(name, value)) {
        simple = simple.headers(MessageHeader::builder().name(name).value(value).build()?);
    }
    Ok(Ses::builder().simple(simple.build()).build())
}

/// Whether SES takes the header: with any other it would reject the whole mail.
/// Source: SES API v2 reference, `MessageHeader`.
fn is_header(name: &str, value: &str) -> bool {
    let visible = |b: u8| b.is_ascii_graphic();
    (1..=126).contains(&name.len())
        && name.bytes().all(|b| visible(b) && b != b':')
        && (1..=995).contains(&value.len())
        && value.bytes().all(|b| visible(b) || b == b' ')
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
    fn a_header_is_one_line_of_ascii() {
        assert!(is_header("List-Unsubscribe", "<https://n.example/u/1?a=b%20c>"));
        for (name, value) in [
            ("X", "a\r\nBcc: x@example.com"),
            ("X", "a\nb"),
            ("X", "茶"),
            ("X", ""),
            ("", "a"),
            ("X:", "a"),
            ("X\r\nY", "a"),
            ("X", &"a".repeat(996)),
        ] {
            assert!(!is_header(name, value), "{name:?}: {value:?}");
        }
        let message = |headers| EmailMessage {
            subject: "s".to_owned(),
            preheader: "p".to_owned(),
            html: "h".to_owned(),
            text: "t".to_owned(),
            headers,
        };
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let content = content(&message(vec![
            header("List-Unsubscribe", "<https://n.example/>"),
            header("X", "a\r\nBcc: x@example.com"),
        ]));
        let simple = content.unwrap().simple.unwrap();
        let names: Vec<_> = simple.headers().iter().map(MessageHeader::name).collect();
        assert_eq!(names, ["List-Unsubscribe"]);
    }

    #[test]
    fn the_senders_name_can_hold_any_text_and_no_header() {
        let address = EmailAddress::parse("shop@example.com").unwrap();
        assert_eq!(mailbox("Shop", &address), "\"Shop\" <shop@example.com>");
        assert_eq!(
            mailbox("A \"B\"\r\nBcc: x", &address),
            "\"A \\\"B\\\"Bcc: x\" <shop@example.com>"
        );
        assert_eq!(mailbox("茶店", &address), "=?UTF-8?B?6Iy25bqX?= <shop@example.com>");
        let long = mailbox(&"茶".repeat(40), &address);
        assert!(long.split(' ').all(|word| word.len() <= 75), "{long}");
    }
}
