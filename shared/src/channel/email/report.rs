//! SES's reports: its event of a mail, read into what it means for the delivery.
//! Source: SES developer guide, "Contents of event data that SES publishes to SNS".
//!
//! Unknown members and kinds are normal, as SES adds some; only what decides is read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::EmailAddress;
use crate::channel::misread;
use crate::model::id::DeliveryId;
use crate::model::{OrderId, ProviderMessageId, Reason, Report};

/// The tag that names the order, and those that name delivery and attempt.
pub(super) const ORDER_TAG: &str = "order";
pub(super) const DELIVERY_TAG: &str = "delivery_id";
pub(super) const ATTEMPT_TAG: &str = "attempt_id";

/// An order's id as a tag's value, which has letters, digits, `_` and `-` only.
pub(super) fn order_tag(order: &OrderId) -> String {
    URL_SAFE_NO_PAD.encode(order.as_str())
}

/// The delivery that a mail's tags name; none of a mail that is not ours.
pub fn delivery_of_tags<'t>(
    tag: impl Fn(&str) -> Option<&'t str>,
) -> Option<(OrderId, DeliveryId)> {
    let order = tag(ORDER_TAG).and_then(order_of);
    order.zip(tag(DELIVERY_TAG).map(DeliveryId::new))
}

fn order_of(tag: &str) -> Option<OrderId> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(tag).ok()?).ok()?;
    OrderId::parse(&text).ok()
}

/// What SES reports about a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SesReport {
    /// The event's kind by SES's name: `Send`, `Bounce`.
    pub kind: String,
    /// When the mail was sent, or what is reported happened.
    pub at: Option<Timestamp>,
    /// The mail's id at SES.
    pub message_id: ProviderMessageId,
    /// Whose mail it is, by its tags; none of a mail that is not ours.
    pub delivery: Option<(OrderId, DeliveryId)>,
    /// What became of it; none if the event says nothing of that, such as an open.
    pub report: Option<(Report, Option<Reason>)>,
    /// Addresses that must not be written to again, and why.
    pub gone: Vec<(EmailAddress, Reason)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(alias = "notificationType")]
    event_type: String,
    mail: Mail,
    #[serde(default)]
    bounce: Option<Bounce>,
    #[serde(default)]
    complaint: Option<Complaint>,
    #[serde(default)]
    delivery_delay: Option<Delay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    message_id: String,
    #[serde(default)]
    timestamp: Option<Timestamp>,
    #[serde(default)]
    destination: Vec<String>,
    #[serde(default)]
    tags: Value,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Bounce {
    bounce_type: String,
    bounce_sub_type: String,
    bounced_recipients: Vec<Recipient>,
    timestamp: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Complaint {
    complaint_sub_type: Option<String>,
    complaint_feedback_type: Option<String>,
    complained_recipients: Vec<Recipient>,
    timestamp: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Delay {
    delay_type: String,
    timestamp: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Recipient {
    email_address: String,
}

impl SesReport {
    /// Reads SES's event.
    ///
    /// # Errors
    /// A sentence that says what is missing; it quotes nothing.
    pub fn parse(event: &Value) -> Result<Self, String> {
        let event = Event::deserialize(event).map_err(|e| misread(&e, "SES's event"))?;
        let tag = |name: &str| {
            let value = event.mail.tags.get(name)?;
            value.as_str().or_else(|| value.get(0)?.as_str())
        };
        let delivery = delivery_of_tags(tag);
        let mut gone = Vec::new();
        let report = match event.event_type.as_str() {
            "Send" => Some((Report::Sent, None)),
            "Delivery" => Some((Report::Delivered, None)),
            "DeliveryDelay" => {
                let delay = event.delivery_delay.as_ref().map(|delay| delay.delay_type.as_str());
                Some((Report::Delayed, delay.and_then(named)))
            }
            "Bounce" => {
                let bounce = event.bounce.as_ref();
                let (report, reason, is_gone) = bounce.map_or(UNREADABLE_BOUNCE, meaning);
                if is_gone {
                    let recipients = bounce.map(|bounce| &bounce.bounced_recipients[..]);
                    gone = addresses(&event.mail, recipients.unwrap_or_default(), &reason);
                }
                let said = bounce.and_then(|bounce| named(&bounce.bounce_sub_type));
                Some((report, Some(said.filter(|_| !is_gone).unwrap_or(reason))))
            }
            "Complaint" => {
                let complaint = event.complaint.as_ref();
                let listed = |text: &str| {
                    complaint.is_some_and(|c| c.complaint_sub_type.as_deref() == Some(text))
                };
                let feedback = complaint.and_then(|c| c.complaint_feedback_type.as_deref());
                match feedback {
                    // The opposite of a complaint.
                    Some("not-spam") => None,
                    _ if listed(ON_LIST) => Some((Report::Suppressed, Some(Reason::Complained))),
                    _ => {
                        let recipients = complaint.map(|c| &c.complained_recipients[..]);
                        gone = addresses(
                            &event.mail,
                            recipients.unwrap_or_default(),
                            &Reason::Complained,
                        );
                        Some((Report::Complained, Some(Reason::Complained)))
                    }
                }
            }
            "Reject" | "Rendering Failure" => {
                Some((Report::Undelivered, Some(Reason::ContentRejected)))
            }
            _ => None,
        };
        let times = [
            event.bounce.and_then(|bounce| bounce.timestamp),
            event.complaint.and_then(|complaint| complaint.timestamp),
            event.delivery_delay.and_then(|delay| delay.timestamp),
            event.mail.timestamp,
        ];
        Ok(Self {
            kind: event.event_type,
            at: times.into_iter().flatten().next(),
            message_id: event.mail.message_id.into(),
            delivery,
            report,
            gone,
        })
    }
}

const ON_LIST: &str = "OnAccountSuppressionList";
const UNREADABLE_BOUNCE: (Report, Reason, bool) = (Report::Bounced, Reason::NotDeliverable, false);

/// What a bounce means, and whether the address is gone for good.
fn meaning(bounce: &Bounce) -> (Report, Reason, bool) {
    match (bounce.bounce_type.as_str(), bounce.bounce_sub_type.as_str()) {
        (_, ON_LIST | "Suppressed") => (Report::Suppressed, Reason::AddressBounced, true),
        (_, "UnsubscribedRecipient") => (Report::Suppressed, Reason::OptedOut, true),
        ("Permanent", _) => (Report::Bounced, Reason::AddressBounced, true),
        // SES has tried for hours; the mailbox may be emptied tomorrow.
        _ => (Report::Bounced, Reason::NotDeliverable, false),
    }
}

/// A word of SES's as a reason: one of its own kind of names, not a text.
fn named(word: &str) -> Option<Reason> {
    let plain = (1..=64).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| Reason::Provider(word.to_owned()))
}

/// The addresses among those named that the mail went to: a complaint may list everybody
/// of a domain.
fn addresses(mail: &Mail, named: &[Recipient], reason: &Reason) -> Vec<(EmailAddress, Reason)> {
    let parse = |text: &str| {
        // SES repeats the address as it was given, which may have a name before it.
        let bare = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
        EmailAddress::parse(bare).ok()
    };
    let sent_to: Vec<_> = mail.destination.iter().filter_map(|text| parse(text)).collect();
    let named = named.iter().filter_map(|recipient| parse(&recipient.email_address));
    named
        .filter(|address| sent_to.contains(address))
        .map(|address| (address, reason.clone()))
        .collect()
}
