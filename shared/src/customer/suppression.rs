//! Contact points that must not be written to again: an address that bounced for good,
//! a phone whose owner has opted out, whoever has complained.
//!
//! They are found by a keyed hash of channel and contact point, never by the contact
//! point itself: whoever reads the table without the key learns no address from it, and
//! cannot try addresses out.

use std::fmt;
use std::future::Future;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{ContactChoices, Preferences};
use crate::channel::Recipient;
use crate::model::failure::CallError;
use crate::model::{Channel, Reason, clock};

/// The key of the hash.
#[derive(Clone)]
pub struct ContactKey(String);

impl fmt::Debug for ContactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactKey(…)")
    }
}

/// A contact point's keyed hash, 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactHash(String);

impl ContactHash {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The hashes of a customer's contact points, by which support finds what became of their
/// orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactHashes {
    /// Of their address.
    pub email: Option<ContactHash>,
    /// Of their number.
    pub phone: Option<ContactHash>,
}

impl ContactKey {
    /// The hashes of these contact points.
    pub fn hashes(&self, contacts: &[Recipient]) -> ContactHashes {
        let of = |channel| {
            let contact = contacts.iter().find(|contact| contact.channel() == channel);
            contact.map(|contact| self.hash(contact))
        };
        ContactHashes { email: of(Channel::Email), phone: of(Channel::Sms) }
    }

    /// A key of at least 16 characters.
    ///
    /// # Errors
    /// A sentence for [`crate::platform::environment::Environment::parsed`].
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        (text.len() >= 16).then(|| Self(text.to_owned())).ok_or("is shorter than 16 characters")
    }

    /// The recipient's hash.
    pub fn hash(&self, recipient: &Recipient) -> ContactHash {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else {
            return ContactHash(String::new());
        };
        mac.update(recipient.channel().as_str().as_bytes());
        mac.update(b":");
        mac.update(normal(recipient).as_bytes());
        let digits = mac.finalize().into_bytes();
        ContactHash(digits.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The same text for the same mailbox: its local part may be written in capitals, too.
fn normal(recipient: &Recipient) -> String {
    match recipient {
        Recipient::Email { address } => address.reveal().to_lowercase(),
        other => other.identity().to_owned(),
    }
}

/// That a contact point must not be written to, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// On which channel.
    pub channel: Channel,
    /// Why.
    pub reason: Reason,
    /// Since when, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub at: Timestamp,
}

/// What a store keeps of a contact point: that it is suppressed, or was until it was
/// lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SuppressionItem {
    pub suppression: Option<Suppression>,
    /// When it was suppressed or lifted, in milliseconds.
    pub changed_at: i64,
}

impl SuppressionItem {
    pub fn suppressed(suppression: &Suppression) -> Self {
        let changed_at = suppression.at.as_millisecond();
        Self { suppression: Some(suppression.clone()), changed_at }
    }

    pub fn lifted(now: Timestamp) -> Self {
        Self { suppression: None, changed_at: now.as_millisecond() }
    }
}

/// What is known of a contact point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactStanding {
    /// It was never suppressed.
    Unknown,
    /// It must not be written to.
    Suppressed(Suppression),
    /// It may be written to again, since this time.
    Lifted(Timestamp),
}

impl ContactStanding {
    /// What a store's item says.
    pub(super) fn of(item: Option<SuppressionItem>) -> Self {
        match item {
            None => Self::Unknown,
            Some(SuppressionItem { suppression: Some(suppression), .. }) => {
                Self::Suppressed(suppression)
            }
            Some(SuppressionItem { suppression: None, changed_at }) => {
                Self::Lifted(clock::from_millis(changed_at))
            }
        }
    }
}

/// Looks one contact point up: what operators need.
pub trait LookContactsUp: Sync {
    /// What is known of it.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn contact_standing(
        &self,
        contact: &ContactHash,
    ) -> impl Future<Output = Result<ContactStanding, CallError>> + Send;
}

/// All that is known of a contact point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownContact {
    /// That it must not be written to.
    pub suppression: Option<Suppression>,
    /// What was chosen for it.
    pub preferences: Preferences,
}

/// Reads all that is known of contact points: what planning needs.
pub trait ReadContacts: Sync {
    /// What is known of each of these contact points, in this order.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn contacts(
        &self,
        contacts: &[ContactHash],
    ) -> impl Future<Output = Result<Vec<KnownContact>, CallError>> + Send;
}

/// Reads suppressions: what support needs.
pub trait ReadSuppressions: Sync {
    /// Those of these contact points that must not be written to.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn suppressed(
        &self,
        contacts: &[ContactHash],
    ) -> impl Future<Output = Result<Vec<(ContactHash, Suppression)>, CallError>> + Send;
}

/// Writes suppressions.
pub trait WriteSuppressions: Sync {
    /// The contact point must not be written to again. The first reason stays, and what
    /// was lifted later than this stays lifted.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn suppress(
        &self,
        contact: &ContactHash,
        suppression: &Suppression,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// The contact point may be written to again, whatever was reported of it before.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn lift(
        &self,
        contact: &ContactHash,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Which of a customer's contact points must not be written to.
#[derive(Debug, Clone, Default)]
pub struct Suppressed(Vec<(Recipient, Suppression)>);

impl Suppressed {
    /// These recipients, and why.
    pub fn of(recipients: impl IntoIterator<Item = (Recipient, Suppression)>) -> Self {
        Self(recipients.into_iter().collect())
    }

    /// Why this recipient must not be written to, and since when; none if they may be.
    pub fn find(&self, recipient: &Recipient) -> Option<&Suppression> {
        self.0.iter().find(|(known, _)| known == recipient).map(|(_, suppression)| suppression)
    }
}

/// Looks these recipients up; devices are looked after elsewhere, and cost no read.
///
/// # Errors
/// [`CallError`] if the store did not answer.
pub async fn known_contacts(
    store: &impl ReadContacts,
    key: &ContactKey,
    recipients: impl IntoIterator<Item = Recipient>,
) -> Result<(Suppressed, ContactChoices), CallError> {
    let recipients = recipients.into_iter();
    let recipients: Vec<_> = recipients.filter(|one| one.channel() != Channel::Push).collect();
    if recipients.is_empty() {
        return Ok(Default::default());
    }
    let hashes: Vec<_> = recipients.iter().map(|recipient| key.hash(recipient)).collect();
    let found = store.contacts(&hashes).await?;
    let (mut suppressed, mut choices) = (Vec::new(), Vec::new());
    for (recipient, known) in recipients.into_iter().zip(found) {
        choices.push((recipient.clone(), known.preferences));
        suppressed.extend(known.suppression.map(|suppression| (recipient, suppression)));
    }
    Ok((Suppressed(suppressed), ContactChoices::of(choices)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::email::EmailAddress;
    use crate::channel::sms::PhoneNumber;

    fn email(text: &str) -> Recipient {
        Recipient::Email { address: EmailAddress::parse(text).unwrap() }
    }

    #[test]
    fn a_contact_point_has_one_hash_per_key_and_channel_and_shows_nothing_of_itself() {
        let key = |text| ContactKey::parse(text).unwrap();
        let (one, other) = (key("0123456789abcdef"), key("fedcba9876543210"));
        let ada = email("ada@example.com");
        assert_eq!(one.hash(&ada), one.hash(&email("ADA@Example.com")));
        assert_ne!(one.hash(&ada), other.hash(&ada));
        assert_ne!(one.hash(&ada), one.hash(&email("bob@example.com")));
        let phone = Recipient::Sms { phone: PhoneNumber::parse("+436601234567").unwrap() };
        assert_eq!(one.hash(&phone).as_str().len(), 64);
        assert!(!format!("{one:?}").contains("0123"));
        assert!(ContactKey::parse("short").is_err());
    }
}
