//! A timeline in words: what happened, how long after what, and why. All sentences about
//! deliveries that people read are made of what stands here.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::record::DeliveryState;
use super::timeline::{OrderEntries, TimelineEntry, What};
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, Reason, clock};

/// A line of a timeline with its words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoryLine {
    /// What happened, as data.
    #[serde(flatten)]
    pub entry: TimelineEntry,
    /// What happened, in words.
    pub sentence: String,
    /// How long after its event, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_event_ms: Option<u64>,
}

/// How a line stands to those before it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Before {
    /// How long ago the event happened.
    pub event: Option<Duration>,
    /// How long ago the provider accepted the message.
    pub acceptance: Option<Duration>,
    /// How many attempts were begun before.
    pub attempts: u32,
}

impl OrderEntries {
    /// The timeline in words.
    pub fn story(&self) -> Vec<StoryLine> {
        let happened: HashMap<&NotificationKey, Timestamp> = self
            .deliveries
            .iter()
            .map(|(_, record)| (&record.facts.notification, record.facts.event_time))
            .chain(self.notifications.iter().map(|known| (&known.key, known.event_time)))
            .chain(self.sealed.iter().map(|of| (&of.outline.key, of.outline.event_time)))
            .collect();
        let mut accepted: HashMap<DeliveryId, Timestamp> = HashMap::new();
        let mut attempts: HashMap<DeliveryId, u32> = HashMap::new();
        let mut told = Vec::new();
        for entry in self.timeline() {
            let event = entry.notification.as_ref().and_then(|key| happened.get(key));
            let delivery = entry.delivery_id.as_ref();
            let since = |at: &Timestamp| clock::until(*at, entry.at);
            let before = Before {
                event: event.map(since),
                acceptance: delivery.and_then(|id| accepted.get(id)).map(since),
                attempts: delivery.and_then(|id| attempts.get(id)).copied().unwrap_or(0),
            };
            match (delivery, entry.what) {
                (Some(id), What::Delivery(DeliveryState::Accepted)) => {
                    accepted.insert(id.clone(), entry.at);
                }
                (Some(id), What::Delivery(DeliveryState::Sending)) => {
                    *attempts.entry(id.clone()).or_default() += 1;
                }
                _ => {}
            }
            let after_event_ms = before.event.and_then(|span| span.as_millis().try_into().ok());
            told.push(StoryLine { sentence: sentence(&entry, before), entry, after_event_ms });
        }
        told
    }
}

/// What a line of a timeline tells, without who and when.
pub fn sentence(entry: &TimelineEntry, before: Before) -> String {
    let way = entry.channel.map_or("message", in_words);
    let words = entry.reason.as_ref().map(|reason| reason.words().into_owned());
    let why = entry.detail.clone().or(words);
    let after_event = before.event.map(|span| format!(" {} after the event", in_time(span)));
    let (what, when) = match entry.what {
        What::Planned => (format!("{way} planned"), after_event),
        What::Skipped => (format!("not sent by {way}"), None),
        What::Deferred => {
            let until = entry.until.map(|until| format!(" until {}", moment(until)));
            (format!("{way} deferred"), until)
        }
        What::Repaired => ("repaired".to_owned(), None),
        What::NotTold => ("event noted".to_owned(), None),
        What::Delivery(state) => {
            let later = before.acceptance.map(|span| format!(" {} later", in_time(span)));
            let when = match state {
                DeliveryState::Sending if before.attempts > 0 => {
                    Some(format!(", attempt {}", before.attempts + 1))
                }
                DeliveryState::Accepted => after_event,
                _ if is_of_provider(state) => later.or(after_event),
                _ => None,
            };
            (format!("{way} {}", standing(state)), when)
        }
    };
    let why = why.map(|why| format!(": {why}"));
    [Some(what), when, why].into_iter().flatten().collect()
}

/// How a channel is called in a sentence, after "by" too.
pub fn in_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Sms => "SMS",
        Channel::Push => "push",
    }
}

/// Where a delivery stands, in words that follow a channel or a colon.
pub fn standing(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Sending => "being sent",
        DeliveryState::RetryWait => "not sent yet",
        DeliveryState::Unknown => "perhaps sent",
        DeliveryState::Accepted => "accepted",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Bounced => "bounced",
        DeliveryState::Complained => "reported as unwanted",
        DeliveryState::Undelivered => "not delivered",
        DeliveryState::Rejected => "failed",
        DeliveryState::Suppressed => "suppressed",
        DeliveryState::Expired => "not sent in time",
        DeliveryState::Superseded => "left out",
        DeliveryState::Abandoned => "given up",
    }
}

/// Whether the provider reports a delivery's coming to this state.
fn is_of_provider(state: DeliveryState) -> bool {
    use DeliveryState::{Bounced, Complained, Delivered, Suppressed, Undelivered};
    matches!(state, Delivered | Bounced | Complained | Undelivered | Suppressed)
}

/// Why a contact point must not be written to, and since when.
pub fn since(reason: &Reason, at: Timestamp) -> String {
    match reason {
        Reason::OptedOut | Reason::Complained | Reason::Unsubscribed => {
            format!("{} on {}", reason.words(), day(at))
        }
        other => format!("{} (known since {})", other.words(), day(at)),
    }
}

/// `3 May 2026`, in UTC.
pub fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

/// `3 May 2026 at 09:30 UTC`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y at %H:%M UTC").to_string()
}

/// `1.2 s`, `40 s`, `5 min`, `3 h`, `2 days`.
pub fn in_time(span: Duration) -> String {
    let seconds = span.as_secs();
    match seconds {
        0..10 => {
            let tenths = span.as_millis().saturating_add(50) / 100;
            format!("{}.{} s", tenths / 10, tenths % 10).replace(".0 s", " s")
        }
        10..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests;
