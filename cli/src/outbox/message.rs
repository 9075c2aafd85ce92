//! Recorded messages, as the page shows them.

use std::collections::BTreeMap;

use bellhop_local::recorder::{RecordedContent, RecordedEmail, RecordedMessage};
use jiff::Timestamp;
use serde::Serialize;

use super::email::has_remote_images;
use super::push::{self, Card};
use super::text::{Piece, first_words, mailbox, pieces};

/// A moment in UTC; the page's script turns it into local time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Moment {
    /// For programs.
    iso: String,
    /// The time of day.
    time: String,
    /// The time of day with milliseconds.
    exact: String,
    /// Hours and minutes, as on a phone.
    short: String,
    /// The day, as on a phone.
    day: String,
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self {
            iso: format!("{at:.3}"),
            time: at.strftime("%H:%M:%S").to_string(),
            exact: at.strftime("%H:%M:%S.%3f").to_string(),
            short: at.strftime("%H:%M").to_string(),
            day: at.strftime("%A, %-d %B").to_string(),
        }
    }
}

/// A message in the list.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    number: usize,
    channel: &'static str,
    recipient: String,
    words: String,
    at: Moment,
    chosen: bool,
}

impl Row {
    /// The message of this number, in the list beside the chosen one.
    pub(super) fn of(message: &RecordedMessage, number: usize, chosen: usize) -> Self {
        let (channel, recipient, words) = match &message.content {
            RecordedContent::Email(email) => ("email", email.to.join(", "), email.subject.clone()),
            RecordedContent::Sms { to, text, .. } => ("sms", to.clone(), first_words(text)),
            RecordedContent::Push { to, message, .. } => {
                let card = push::card(message);
                let words =
                    if card.title.is_empty() { first_words(&card.body) } else { card.title };
                ("push", device(card.platform, to), words)
            }
        };
        Self { number, channel, recipient, words, at: message.at.into(), chosen: number == chosen }
    }
}

/// A device, by its platform and the end of its endpoint's ARN.
fn device(platform: &str, arn: &str) -> String {
    const ENOUGH: usize = 6;
    let id = arn.rsplit(['/', ':']).next().unwrap_or_default();
    let end = id.char_indices().rev().nth(ENOUGH - 1).map_or(0, |(at, _)| at);
    format!("{platform} …{}", &id[end..])
}

/// A message in full.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    number: usize,
    at: Moment,
    message_id: String,
    #[serde(flatten)]
    content: Content,
    /// What went with the message and no customer sees.
    facts: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "channel", rename_all = "lowercase")]
enum Content {
    Email {
        from_name: String,
        from_address: String,
        to: String,
        subject: String,
        html: bool,
        remote_images: bool,
        text: Option<Vec<Piece>>,
    },
    Sms {
        from: String,
        to: String,
        text: Vec<Piece>,
    },
    Push {
        to: String,
        card: Card,
    },
}

impl Shown {
    pub(super) fn of(message: &RecordedMessage, number: usize) -> Self {
        let (content, facts) = match &message.content {
            RecordedContent::Email(email) => (email_content(email), email_facts(email)),
            RecordedContent::Sms { to, text, attributes } => {
                let from = attributes.get("AWS.SNS.SMS.SenderID").map_or("Shop", String::as_str);
                let from = from.to_owned();
                (Content::Sms { from, to: to.clone(), text: pieces(text) }, pairs(attributes))
            }
            RecordedContent::Push { to, message, attributes } => {
                let card = push::card(message);
                let mut facts = vec![("Endpoint".to_owned(), to.clone())];
                facts.extend(pairs(attributes));
                (Content::Push { to: device(card.platform, to), card }, facts)
            }
        };
        let message_id = message.message_id.clone();
        Self { number, at: message.at.into(), message_id, content, facts }
    }
}

fn email_content(email: &RecordedEmail) -> Content {
    let (from_name, from_address) = mailbox(&email.from);
    Content::Email {
        from_name,
        from_address,
        to: email.to.join(", "),
        subject: email.subject.clone(),
        html: email.html.is_some(),
        remote_images: email.html.as_deref().is_some_and(has_remote_images),
        text: email.text.as_deref().map(pieces),
    }
}

fn email_facts(email: &RecordedEmail) -> Vec<(String, String)> {
    let mut facts = pairs(&email.headers);
    facts.extend(email.tags.iter().map(|(k, v)| (format!("Tag {k}"), v.clone())));
    facts.extend(
        email.configuration_set.iter().map(|set| ("Configuration set".to_owned(), set.clone())),
    );
    facts
}

fn pairs(map: &BTreeMap<String, String>) -> Vec<(String, String)> {
    map.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_the_end_of_its_endpoint() {
        assert_eq!(
            device("Android", "arn:aws:sns:e:1:endpoint/GCM/shop/1d2c3b4a-a1b2c3"),
            "Android …a1b2c3"
        );
        assert_eq!(device("iPhone", "x"), "iPhone …x");
        assert_eq!(device("iPhone", ""), "iPhone …");
    }

    #[test]
    fn a_moment_reads_like_a_phone() {
        let moment = Moment::from("2026-11-23T09:30:05.12Z".parse::<Timestamp>().unwrap());
        assert_eq!(moment.iso, "2026-11-23T09:30:05.120Z");
        assert_eq!(moment.exact, "09:30:05.120");
        assert_eq!(moment.short, "09:30");
        assert_eq!(moment.day, "Monday, 23 November");
    }
}
