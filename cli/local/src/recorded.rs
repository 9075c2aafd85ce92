//! What the functions sent, read from their requests to SES and SNS.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// A message that SES or SNS of the local AWS accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedMessage {
    /// When it was accepted.
    pub at: Timestamp,
    /// The id SES or SNS gave it.
    pub message_id: String,
    /// What was sent, and to whom.
    #[serde(flatten)]
    pub content: RecordedContent,
}

/// The content of a recorded message, by channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "snake_case")]
pub enum RecordedContent {
    /// An e-mail, sent by SES.
    Email(RecordedEmail),
    /// An SMS, sent by SNS.
    Sms {
        /// The phone number.
        to: String,
        /// The text.
        text: String,
        /// The message attributes, such as `AWS.SNS.SMS.SMSType`.
        attributes: BTreeMap<String, String>,
    },
    /// A push message, sent by SNS.
    Push {
        /// The ARN of the device's endpoint.
        to: String,
        /// What was published: JSON with a payload per platform.
        message: String,
        /// The message attributes, such as `AWS.SNS.MOBILE.APNS.PRIORITY`.
        attributes: BTreeMap<String, String>,
    },
}

/// An e-mail as SES got it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordedEmail {
    /// The sender.
    pub from: String,
    /// The recipients.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The HTML part.
    pub html: Option<String>,
    /// The text part.
    pub text: Option<String>,
    /// The headers that were set besides those SES writes.
    pub headers: BTreeMap<String, String>,
    /// The tags SES repeats in its events.
    pub tags: BTreeMap<String, String>,
    /// The configuration set.
    pub configuration_set: Option<String>,
}

/// The message that a request sent, if it is one that sends and the answer
/// holds its id.
pub(crate) fn read(
    path: &str,
    request: &[u8],
    answer: &[u8],
    at: Timestamp,
) -> Option<RecordedMessage> {
    let (content, message_id) = match path {
        "/v2/email/outbound-emails" => {
            (RecordedContent::Email(email(request)?), json_message_id(answer)?)
        }
        "/" => (publication(request)?, xml_message_id(answer)?),
        _ => return None,
    };
    Some(RecordedMessage { at, message_id, content })
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct SendEmail {
    from_email_address: String,
    destination: Destination,
    content: EmailMessage,
    email_tags: Vec<Pair>,
    configuration_set_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Destination {
    to_addresses: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct EmailMessage {
    simple: Simple,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Simple {
    subject: Part,
    body: Body,
    headers: Vec<Pair>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Body {
    html: Option<Part>,
    text: Option<Part>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Part {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pair {
    name: String,
    value: String,
}

fn email(request: &[u8]) -> Option<RecordedEmail> {
    let request: SendEmail = serde_json::from_slice(request).ok()?;
    let pairs = |pairs: Vec<Pair>| pairs.into_iter().map(|p| (p.name, p.value)).collect();
    let simple = request.content.simple;
    Some(RecordedEmail {
        from: request.from_email_address,
        to: request.destination.to_addresses,
        subject: simple.subject.data,
        html: simple.body.html.map(|part| part.data),
        text: simple.body.text.map(|part| part.data),
        headers: pairs(simple.headers),
        tags: pairs(request.email_tags),
        configuration_set: request.configuration_set_name,
    })
}

fn json_message_id(answer: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Sent {
        message_id: String,
    }
    serde_json::from_slice(answer).ok().map(|sent: Sent| sent.message_id)
}

/// What a `Publish` request sends to one phone or device. Publications to
/// topics are not messages to customers.
fn publication(request: &[u8]) -> Option<RecordedContent> {
    let mut form = form(std::str::from_utf8(request).ok()?);
    if form.get("Action").map(Cow::as_ref) != Some("Publish") {
        return None;
    }
    let attributes = attributes(&form);
    let message = form.remove("Message")?.into_owned();
    if let Some(to) = form.remove("PhoneNumber") {
        return Some(RecordedContent::Sms { to: to.into_owned(), text: message, attributes });
    }
    let to = form.remove("TargetArn")?.into_owned();
    Some(RecordedContent::Push { to, message, attributes })
}

/// SNS numbers the attributes from 1: `MessageAttributes.entry.1.Name`.
fn attributes(form: &BTreeMap<Cow<'_, str>, Cow<'_, str>>) -> BTreeMap<String, String> {
    (1..)
        .map_while(|n| {
            let field =
                |name: &str| form.get(format!("MessageAttributes.entry.{n}.{name}").as_str());
            let value = field("Value.StringValue").or_else(|| field("Value.BinaryValue"))?;
            Some((field("Name")?.to_string(), value.to_string()))
        })
        .collect()
}

fn form(body: &str) -> BTreeMap<Cow<'_, str>, Cow<'_, str>> {
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(k, v)| (decoded(k), decoded(v)))
        .collect()
}

fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        return percent_decode_str(&spaced).decode_utf8_lossy().into_owned().into();
    }
    percent_decode_str(text).decode_utf8_lossy()
}

fn xml_message_id(answer: &[u8]) -> Option<String> {
    let answer = std::str::from_utf8(answer).ok()?;
    let (_, rest) = answer.split_once("<MessageId>")?;
    let (id, _) = rest.split_once("</MessageId>")?;
    Some(id.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &[u8] =
        b"<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">\
        <PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>";

    fn content(path: &str, request: &str, answer: &[u8]) -> Option<RecordedContent> {
        let at = Timestamp::UNIX_EPOCH;
        read(path, request.as_bytes(), answer, at).map(|message| message.content)
    }

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    #[test]
    fn an_email_is_read_from_its_json() {
        let request = r#"{"FromEmailAddress":"Shop <orders@example.com>",
            "Destination":{"ToAddresses":["ada@example.com"]},
            "Content":{"Simple":{"Subject":{"Data":"Bestellung A-1","Charset":"UTF-8"},
              "Body":{"Text":{"Data":"Hallo"},"Html":{"Data":"<p>Hallo</p>"}},
              "Headers":[{"Name":"List-Unsubscribe","Value":"<https://x>"}]}},
            "EmailTags":[{"Name":"type","Value":"order.shipped"}],
            "ConfigurationSetName":"bellhop"}"#;
        let answer = br#"{"MessageId":"0100"}"#;
        let at = Timestamp::UNIX_EPOCH;
        let sent =
            read("/v2/email/outbound-emails", request.as_bytes(), answer, at).expect("recorded");
        assert_eq!(sent.message_id, "0100");
        let RecordedContent::Email(email) = &sent.content else { panic!("{sent:?}") };
        assert_eq!(email.to, ["ada@example.com"]);
        assert_eq!(email.subject, "Bestellung A-1");
        assert_eq!(email.text.as_deref(), Some("Hallo"));
        assert_eq!(email.headers, map(&[("List-Unsubscribe", "<https://x>")]));
        assert_eq!(email.tags, map(&[("type", "order.shipped")]));

        let json = serde_json::to_value(&sent).expect("JSON");
        assert_eq!(json["channel"], "email");
        assert_eq!(serde_json::from_value::<RecordedMessage>(json).expect("parses"), sent);
    }

    #[test]
    fn an_sms_is_read_from_its_form() {
        let request = "Action=Publish&Version=2010-03-31&PhoneNumber=%2B436601234567\
            &Message=F%C3%BCr+Sie%3A+1%2B1%20%26%20mehr\
            &MessageAttributes.entry.1.Name=AWS.SNS.SMS.SMSType\
            &MessageAttributes.entry.1.Value.DataType=String\
            &MessageAttributes.entry.1.Value.StringValue=Transactional\
            &MessageAttributes.entry.2.Name=AWS.SNS.SMS.SenderID\
            &MessageAttributes.entry.2.Value.DataType=String\
            &MessageAttributes.entry.2.Value.StringValue=Shop";
        let sms = RecordedContent::Sms {
            to: "+436601234567".into(),
            text: "Für Sie: 1+1 & mehr".into(),
            attributes: map(&[
                ("AWS.SNS.SMS.SMSType", "Transactional"),
                ("AWS.SNS.SMS.SenderID", "Shop"),
            ]),
        };
        assert_eq!(content("/", request, PUBLISHED), Some(sms));
    }

    #[test]
    fn a_push_message_is_read_from_its_form() {
        let request = "Action=Publish&TargetArn=arn%3Aaws%3Asns%3Aa&MessageStructure=json\
            &Message=%7B%22GCM%22%3A%22%7B%7D%22%7D";
        let push = RecordedContent::Push {
            to: "arn:aws:sns:a".into(),
            message: r#"{"GCM":"{}"}"#.into(),
            attributes: BTreeMap::new(),
        };
        assert_eq!(content("/", request, PUBLISHED), Some(push));
    }

    #[test]
    fn what_is_no_message_to_a_customer_is_not_recorded() {
        assert_eq!(content("/", "Action=Publish&TopicArn=a&Message=b", PUBLISHED), None);
        assert_eq!(content("/", "Action=CreatePlatformEndpoint&Token=a", PUBLISHED), None);
        assert_eq!(content("/v2/email/identities", "{}", br#"{"MessageId":"1"}"#), None);
        assert_eq!(content("/", "Action=Publish&PhoneNumber=1&Message=b", b"<Error/>"), None);
    }
}
