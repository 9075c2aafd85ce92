//! Whether a message that waited may still go to its address or number: it may have
//! bounced for good, complained, opted out or unsubscribed since the decision to send.

use std::future::Future;

use super::{Chooser, ContactKey, KeepPreferences, Preferences, ReadSuppressions, Suppression};
use crate::channel::Recipient;
use crate::model::Channel;
use crate::model::failure::CallError;

/// Checks whether a message that waited may still go to its address or number.
pub trait CheckContacts: Sync {
    /// Why the recipient must not be written to; none if they may be. Devices are looked
    /// after elsewhere, and cost no read.
    ///
    /// # Errors
    /// [`CallError`] if a store did not answer.
    fn suppression(
        &self,
        recipient: &Recipient,
    ) -> impl Future<Output = Result<Option<Suppression>, CallError>> + Send;

    /// What was chosen for the address or number, as a guest does; nothing for a device.
    ///
    /// # Errors
    /// [`CallError`] if a store did not answer.
    fn choices(
        &self,
        recipient: &Recipient,
    ) -> impl Future<Output = Result<Preferences, CallError>> + Send;
}

/// Finds the key that contact points are hashed with, when it is first needed.
pub trait FindContactKey: Sync {
    /// The key.
    ///
    /// # Errors
    /// [`CallError`] if it can't be read.
    fn contact_key(&self) -> impl Future<Output = Result<ContactKey, CallError>> + Send;
}

/// It is known already.
impl FindContactKey for ContactKey {
    async fn contact_key(&self) -> Result<ContactKey, CallError> {
        Ok(self.clone())
    }
}

/// Looks contact points up in a store, by their hashes.
#[derive(Debug, Clone)]
pub struct KnownContacts<S, K> {
    store: S,
    key: K,
}

impl<S, K> KnownContacts<S, K> {
    /// Those that this store knows, hashed with this key.
    pub fn new(store: S, key: K) -> Self {
        Self { store, key }
    }
}

impl<S, K> CheckContacts for KnownContacts<S, K>
where
    S: ReadSuppressions + KeepPreferences,
    K: FindContactKey,
{
    async fn suppression(&self, recipient: &Recipient) -> Result<Option<Suppression>, CallError> {
        if recipient.channel() == Channel::Push {
            return Ok(None);
        }
        let contact = self.key.contact_key().await?.hash(recipient);
        let found = self.store.suppressed(std::slice::from_ref(&contact)).await?;
        Ok(found.into_iter().next().map(|(_, suppression)| suppression))
    }

    async fn choices(&self, recipient: &Recipient) -> Result<Preferences, CallError> {
        if recipient.channel() == Channel::Push {
            return Ok(Preferences::default());
        }
        let contact = self.key.contact_key().await?.hash(recipient);
        self.store.preferences(&Chooser::Contact(contact)).await
    }
}
