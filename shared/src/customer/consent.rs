//! What customers want to hear of, and where. Pure: how choices are joined, and what
//! follows from them for one message.
//!
//! A choice is about a topic on a channel. Of two about the same, the one made later
//! stands, in whichever order they arrive. A customer's choices stand beside their
//! profile; those of a guest beside what else is known of their contact point.

use std::future::Future;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use super::{ContactHash, Written};
use crate::catalogue::{Consent, NotificationType};
use crate::channel::Recipient;
use crate::model::failure::CallError;
use crate::model::{Channel, CustomerId, Reason, Topic, clock};

/// How a customer made a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By their mail program's button (RFC 8058), or the shop's link to unsubscribe.
    OneClick,
    /// On the page of their preferences.
    Page,
    /// At the shop, which published it.
    Shop,
}

/// What a customer wants of a topic on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What about.
    pub topic: Topic,
    /// Where.
    pub channel: Channel,
    /// Whether they want it.
    pub wanted: bool,
    /// When they said so, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub at: Timestamp,
    /// How they said so.
    pub how: How,
}

impl Choice {
    fn is_about(&self, topic: Topic, channel: Channel) -> bool {
        (self.topic, self.channel) == (topic, channel)
    }

    /// The greater of two stands: the later one, and of the same moment the objection.
    fn rank(&self) -> (i64, bool, How) {
        (self.at.as_millisecond(), !self.wanted, self.how)
    }
}

/// Every choice of a customer, or of whoever has a contact point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Preferences {
    /// One per topic and channel, in the order of these.
    choices: Vec<Choice>,
}

impl Preferences {
    /// These choices, in whichever order they were made.
    pub fn of(choices: impl IntoIterator<Item = Choice>) -> Self {
        let mut preferences = Self::default();
        for choice in choices {
            preferences.add(choice);
        }
        preferences
    }

    /// Every choice.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Whether nothing was ever chosen.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// What was chosen last of a topic on a channel.
    pub fn find(&self, topic: Topic, channel: Channel) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.is_about(topic, channel))
    }

    /// Joins these choices to what is known; stale, if later ones are known of all.
    pub(super) fn join(&mut self, choices: &[Choice]) -> Written {
        // All of them are looked at.
        let added = choices.iter().filter(|choice| self.add(**choice) == Written::Applied).count();
        match added {
            0 if !choices.is_empty() => Written::Stale,
            _ => Written::Applied,
        }
    }

    fn add(&mut self, choice: Choice) -> Written {
        // As times are stored.
        let at = clock::from_millis(choice.at.as_millisecond());
        let choice = Choice { at, ..choice };
        let Choice { topic, channel, .. } = choice;
        match self.choices.iter_mut().find(|known| known.is_about(topic, channel)) {
            Some(known) if known.rank() > choice.rank() => return Written::Stale,
            Some(known) => *known = choice,
            None => self.choices.push(choice),
        }
        self.choices.sort_by_key(|choice| (choice.topic, choice.channel));
        Written::Applied
    }
}

/// What must be joined to the choices of one customer if another is the same person: what
/// they said nothing about, and what the other does not want.
pub(super) fn stricter(own: &Preferences, others: &Preferences) -> Vec<Choice> {
    let joined = |other: &Choice| match own.find(other.topic, other.channel) {
        None => Some(*other),
        Some(known) if known.wanted && !other.wanted => {
            Some(Choice { at: other.at.max(known.at), ..*other })
        }
        Some(_) => None,
    };
    others.choices().iter().filter_map(joined).collect()
}

/// Whose choices they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chooser {
    /// A customer with an id.
    Customer(CustomerId),
    /// Whoever has this contact point.
    Contact(ContactHash),
}

/// Keeps choices.
pub trait KeepPreferences: Sync {
    /// All choices of this customer or contact point; nothing, where nobody has chosen.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn preferences(
        &self,
        of: &Chooser,
    ) -> impl Future<Output = Result<Preferences, CallError>> + Send;

    /// Joins these choices to what is known, all of them or none.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn choose(
        &self,
        of: &Chooser,
        choices: &[Choice],
    ) -> impl Future<Output = Result<Written, CallError>> + Send;
}

/// The choices of those who have a customer's contact points, guests as they were.
#[derive(Debug, Clone, Default)]
pub struct ContactChoices(Vec<(Recipient, Preferences)>);

impl ContactChoices {
    /// These recipients' choices.
    pub fn of(recipients: impl IntoIterator<Item = (Recipient, Preferences)>) -> Self {
        Self(recipients.into_iter().collect())
    }

    fn find(&self, recipient: &Recipient) -> Option<&Preferences> {
        self.0.iter().find(|(known, _)| known == recipient).map(|(_, preferences)| preferences)
    }
}

/// Why a message is not sent to somebody who could be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Why.
    pub reason: Reason,
    /// Since when, if they said so.
    pub since: Option<Timestamp>,
}

/// What was said last of a topic on a channel, by a customer or for their contact point.
pub fn last_word<'a>(
    topic: Topic,
    channel: Channel,
    said: impl IntoIterator<Item = &'a Preferences>,
) -> Option<&'a Choice> {
    let said = said.into_iter().filter_map(|known| known.find(topic, channel));
    said.max_by_key(|choice| choice.rank())
}

/// Why this type is not sent to this recipient; none, if it may be. What a customer has
/// said and what was said for the contact point count alike: the last word stands.
pub fn objection(
    kind: &NotificationType,
    customer: Option<&Preferences>,
    contacts: &ContactChoices,
    recipient: &Recipient,
) -> Option<Objection> {
    let said = [customer, contacts.find(recipient)].into_iter().flatten();
    match last_word(kind.topic(), recipient.channel(), said) {
        Some(choice) if !choice.wanted => {
            Some(Objection { reason: Reason::Unsubscribed, since: Some(choice.at) })
        }
        None if kind.consent == Consent::OptIn => {
            Some(Objection { reason: Reason::NoOptIn, since: None })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::channel::email::EmailAddress;

    const ADA: &str = "ada@example.com";

    fn at(second: i64) -> Timestamp {
        clock::from_millis(second * 1_000)
    }

    fn said(wanted: bool, second: i64) -> Choice {
        let (topic, channel) = (Topic::Reviews, Channel::Email);
        Choice { topic, channel, wanted, at: at(second), how: How::Page }
    }

    fn email(address: &str) -> Recipient {
        Recipient::Email { address: EmailAddress::parse(address).unwrap() }
    }

    #[test]
    fn the_later_choice_stands_in_whichever_order_they_arrive_and_of_two_at_once_the_objection() {
        let (no, yes, later) = (said(false, 5), said(true, 5), said(true, 6));
        for order in [[no, yes], [yes, no]] {
            assert_eq!(Preferences::of(order).choices(), [no]);
        }
        for order in [[no, later], [later, no]] {
            assert_eq!(Preferences::of(order).choices(), [later]);
        }
        let mut known = Preferences::of([later]);
        assert_eq!(known.join(&[no]), Written::Stale);
        assert_eq!(known.join(&[later]), Written::Applied, "a redelivery");
        let other = Choice { channel: Channel::Push, ..no };
        assert_eq!(known.join(&[no, other]), Written::Applied);
        assert_eq!(known.choices(), [later, other]);
        assert_eq!(known.join(&[]), Written::Applied);
    }

    #[test]
    fn the_last_word_of_customer_and_contact_point_decides() {
        let catalogue = Catalogue::built_in().unwrap();
        let kind = catalogue.find("order.completed").unwrap();
        let decide = |customer: Option<Choice>, contact: Option<Choice>, to: &str| {
            let customer = Preferences::of(customer);
            let contacts = ContactChoices::of([(email(ADA), Preferences::of(contact))]);
            objection(kind, Some(&customer), &contacts, &email(to)).and_then(|found| found.since)
        };
        let (no, yes) = (said(false, 5), said(true, 6));
        assert_eq!(decide(None, None, ADA), None);
        assert_eq!(decide(Some(no), None, ADA), Some(at(5)));
        assert_eq!(decide(None, Some(no), ADA), Some(at(5)));
        assert_eq!(decide(None, Some(no), "bob@example.com"), None, "another's address");
        assert_eq!(decide(Some(yes), Some(no), ADA), None);
        assert_eq!(decide(Some(no), Some(yes), ADA), None);
        let updates = Choice { topic: Topic::OrderUpdates, ..no };
        assert_eq!(decide(Some(updates), None, ADA), None, "another topic");
        let push = Choice { channel: Channel::Push, ..no };
        assert_eq!(decide(Some(push), None, ADA), None, "another channel");
    }

    #[test]
    fn what_must_be_asked_for_is_sent_to_whoever_asked_and_nobody_else() {
        let text = "class = \"promotional\"\npriority = \"low\"\nlifecycle_rank = 1\n\
                    not_after = \"1d\"\nroutes = [[\"email\"]]\nconsent = \"opt_in\"\n";
        let catalogue = Catalogue::parse("content", &[("order.offer", text)]).unwrap();
        let kind = &catalogue.types()[0];
        let reason = |choice: Option<Choice>| {
            let customer = Preferences::of(choice);
            objection(kind, Some(&customer), &ContactChoices::default(), &email(ADA))
                .map(|found| found.reason)
        };
        assert_eq!(reason(None), Some(Reason::NoOptIn));
        assert_eq!(reason(Some(said(true, 5))), None);
        assert_eq!(reason(Some(said(false, 5))), Some(Reason::Unsubscribed));
    }
}
