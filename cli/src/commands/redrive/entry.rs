//! What was found, as a line for people and as JSON.

use std::collections::BTreeMap;

use bellhop::model::clock::{self, Timestamp};
use bellhop::model::{Channel, Masked, OrderId};
use serde::Serialize;

/// A dead letter or a failed delivery, and what releasing it would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Entry {
    /// On which queue, or for which.
    pub(super) queue: &'static str,
    /// SQS's id of the dead letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<String>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) order_id: Option<OrderId>,
    /// The type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Channel>,
    /// The recipient, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recipient: Option<Masked>,
    /// Why it stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// The sentence for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
    /// How long it has.
    pub(super) age_seconds: u64,
    /// The code of what releasing it would do.
    pub(super) would: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub(super) words: String,
    /// What was done.
    pub(super) done: Done,
}

/// What was done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Done {
    /// Nothing.
    Left,
    /// It was released.
    Released,
    /// It was deleted.
    Dropped,
    /// Somebody changed the delivery meanwhile.
    Conflict,
}

impl Done {
    fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Released => "released",
            Self::Dropped => "dropped",
            Self::Conflict => "changed meanwhile",
        }
    }
}

impl Entry {
    /// One that nothing is known of yet.
    pub(super) fn new(queue: &'static str, since: Timestamp, now: Timestamp) -> Self {
        Self {
            queue,
            message_id: None,
            order_id: None,
            kind: None,
            channel: None,
            recipient: None,
            reason: None,
            detail: None,
            age_seconds: clock::until(since, now).as_secs(),
            would: UNREADABLE,
            words: String::new(),
            done: Done::Left,
        }
    }

    /// Whether releasing it would do something.
    pub(super) fn does_something(&self) -> bool {
        matches!(self.would, "send" | "settle" | "next_channel" | "wait" | APPLY)
    }

    /// Whether it can't be released, and somebody must look at it.
    pub(super) fn needs_somebody(&self) -> bool {
        let is_stuck = matches!(self.would, UNREADABLE | UNDATED | UNKNOWN | UNKNOWN_TYPE);
        self.done == Done::Conflict || (is_stuck && self.done == Done::Left)
    }

    /// The line for people. What comes from outside may hold what a terminal obeys.
    pub(super) fn line(&self) -> String {
        let shown = |c: char| if c.is_control() && c != '\n' { '?' } else { c };
        self.raw_line().chars().map(shown).collect()
    }

    fn raw_line(&self) -> String {
        let order = self.order_id.as_ref().map_or("-", OrderId::as_str);
        let kind = self.kind.as_deref().unwrap_or("-");
        let recipient = self.recipient.as_ref().map_or("-", |recipient| recipient.as_str());
        let age = age(self.age_seconds);
        let mut line =
            format!("{:<15}  {order:<16}  {kind:<22}  {recipient:<22}  {age:>5}", self.queue);
        line.push_str(&format!("  {}", self.reason.as_deref().unwrap_or("-")));
        line.push_str(&format!("  →  {}", self.words));
        if self.done != Done::Left {
            line.push_str(&format!(" ({})", self.done.as_str()));
        }
        // Who deals with a message by hand needs its id.
        if let Some(id) = self.message_id.as_ref().filter(|_| self.needs_somebody()) {
            let detail = self.detail.as_deref().unwrap_or_default();
            line.push_str(&format!("\n    {id}  {detail}"));
        }
        line
    }
}

/// What can't be read.
pub(super) const UNREADABLE: &str = "unreadable";
/// A customer event that does not say when.
pub(super) const UNDATED: &str = "undated";
/// A delivery whose notification is no longer stored.
pub(super) const UNKNOWN: &str = "unknown";
/// An event of a type that the catalogue does not have.
pub(super) const UNKNOWN_TYPE: &str = "unknown_type";
/// A customer event that would be applied.
pub(super) const APPLY: &str = "apply";

/// An age in its largest unit.
fn age(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} m", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// How many were found, by queue, by what releasing them would do, and by what was done.
pub(super) fn counts(entries: &[Entry]) -> BTreeMap<(&'static str, &'static str, Done), usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        *counts.entry((entry.queue, entry.would, entry.done)).or_default() += 1;
    }
    counts
}

/// The table of [`counts`].
pub(super) fn table(entries: &[Entry]) -> Vec<String> {
    let counts = counts(entries);
    let line = |((queue, would, done), count): (&(&str, &str, Done), &usize)| {
        format!("{queue:<15}  {would:<14}  {:<17}  {count:>6}", done.as_str())
    };
    let head = format!("{:<15}  {:<14}  {:<17}  {:>6}", "QUEUE", "RELEASE WOULD", "DONE", "COUNT");
    std::iter::once(head).chain(counts.iter().map(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_needed_and_for_whom_it_needs_somebody_its_id() {
        let now: Timestamp = "2026-11-23T09:30:00Z".parse().unwrap();
        let since: Timestamp = "2026-11-23T06:29:00Z".parse().unwrap();
        let found = Entry { message_id: Some("m-1".to_owned()), ..Entry::new("sms", since, now) };
        let job = Entry {
            order_id: OrderId::parse("A-1001").ok(),
            kind: Some("order.shipped".to_owned()),
            recipient: Some(Masked::already("+43…67")),
            would: "send",
            words: "send".to_owned(),
            done: Done::Released,
            ..found.clone()
        };
        let line = job.line();
        let parts: Vec<_> =
            line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
        assert_eq!(
            parts,
            ["sms", "A-1001", "order.shipped", "+43…67", "3 h", "-", "→", "send (released)"]
        );
        let garbage = Entry {
            detail: Some("the message is no delivery job".to_owned()),
            words: "nothing: can't be read".to_owned(),
            ..found
        };
        assert!(garbage.needs_somebody() && !job.needs_somebody());
        assert!(garbage.line().ends_with("\n    m-1  the message is no delivery job"));

        let table = table(&[job.clone(), garbage, job]);
        let fields = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(fields(&table[1]), ["sms", "send", "released", "2"]);
        assert_eq!(fields(&table[2]), ["sms", "unreadable", "left", "1"]);
        assert_eq!(table.len(), 3);
    }
}
