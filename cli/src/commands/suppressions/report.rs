//! What is known of a contact point, and what was done.

use bellhop::channel::Recipient;
use bellhop::customer::ContactStanding;
use bellhop::ledger::story;
use serde_json::{Value, json};

use super::account::Listed;
use crate::commands::doctor::Finding;

/// What is known of a contact point, and what was done.
#[derive(Debug)]
pub struct Report {
    /// The contact point.
    pub contact: Recipient,
    /// How it stands with Bellhop.
    pub standing: ContactStanding,
    /// How it stands with the account; none if the account did not tell.
    pub account: Option<Listed>,
    /// What was done to the account's list.
    pub done: Vec<String>,
    /// What could not be looked at or done.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn about(contact: &Recipient, standing: ContactStanding) -> Self {
        let (done, findings) = (Vec::new(), Vec::new());
        Self { contact: contact.clone(), standing, account: None, done, findings }
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let standing = match &self.standing {
            ContactStanding::Unknown => json!({"standing": "never_suppressed"}),
            ContactStanding::Suppressed(suppression) => json!({
                "standing": "suppressed",
                "reason": suppression.reason,
                "since": suppression.at,
            }),
            ContactStanding::Lifted(at) => json!({"standing": "lifted", "since": at}),
        };
        json!({
            "channel": self.contact.channel(),
            "recipient": self.contact.masked(),
            "bellhop": standing,
            "account": self.account,
            "done": self.done,
            "findings": self.findings,
        })
    }

    /// For people.
    pub fn text(&self) -> String {
        let way = story::in_words(self.contact.channel());
        let contact = self.contact.masked();
        let mut lines = vec![match &self.standing {
            ContactStanding::Unknown => format!("{contact} may be written to by {way}."),
            ContactStanding::Suppressed(suppression) => {
                let why = story::since(&suppression.reason, suppression.at);
                format!("Nothing is sent by {way} to {contact}: {why}.")
            }
            ContactStanding::Lifted(at) => {
                let day = story::day(*at);
                format!("{contact} may be written to by {way} again: that was decided on {day}.")
            }
        }];
        lines.extend(self.account.as_ref().map(Listed::in_words));
        lines.extend(self.done.iter().map(|done| format!("Done: {done}.")));
        lines.extend(self.findings.iter().map(Finding::to_string));
        lines.join("\n")
    }
}

impl Listed {
    fn in_words(&self) -> String {
        let list = match self.list {
            "ses" => "SES's suppression list",
            _ => "SNS's opt-out list",
        };
        if !self.is_listed {
            return format!("{list} of the account does not have it.");
        }
        let reason = self.reason.as_ref().map(|code| format!(" as {code}"));
        let since = self.since.map(|at| format!(", since {}", story::day(at)));
        let more = [reason, since].map(Option::unwrap_or_default).concat();
        format!("{list} of the account has it{more}.")
    }
}
