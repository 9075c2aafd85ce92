//! Whose choices a link is about, and what they are.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::content::Subject;
use crate::customer::{Choice, Chooser, How, KeepPreferences, Preferences};
use crate::ledger::ReadOrderContacts;
use crate::model::failure::CallError;
use crate::model::{Channel, Topic};

/// Where choices stand: a customer's in one place, a guest's with each contact point that
/// the order had.
pub(super) struct Who(Vec<(Chooser, BTreeSet<Channel>)>);

/// What somebody wants of a topic on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wish {
    pub topic: Topic,
    pub channel: Channel,
    pub wanted: bool,
}

impl Who {
    /// Whom a link is about; none, if the guest's order is not known any more.
    pub async fn find(
        ledger: &impl ReadOrderContacts,
        subject: &Subject,
    ) -> Result<Option<Self>, CallError> {
        let found = match subject {
            Subject::Customer(id) => vec![(Chooser::Customer(id.clone()), Channel::ALL.into())],
            Subject::Guest(order) => {
                let contacts = ledger.contacts_of(order).await?.into_iter();
                contacts.map(|(channel, hash)| (Chooser::Contact(hash), [channel].into())).collect()
            }
        };
        Ok((!found.is_empty()).then_some(Self(found)))
    }

    /// The channels that they can choose.
    pub fn channels(&self) -> BTreeSet<Channel> {
        self.0.iter().flat_map(|(_, channels)| channels.iter().copied()).collect()
    }

    /// What they have chosen so far.
    pub async fn preferences(
        &self,
        store: &impl KeepPreferences,
    ) -> Result<Preferences, CallError> {
        let read = self.0.iter().map(|(chooser, _)| store.preferences(chooser));
        let known = try_join_all(read).await?;
        Ok(Preferences::of(known.iter().flat_map(Preferences::choices).copied()))
    }

    /// Records what they want, each wish in every place that it is about.
    pub async fn choose(
        &self,
        store: &impl KeepPreferences,
        wishes: &[Wish],
        at: Timestamp,
        how: How,
    ) -> Result<(), CallError> {
        let written = self.0.iter().map(|(chooser, channels)| {
            let own = wishes.iter().filter(|wish| channels.contains(&wish.channel));
            let own: Vec<_> = own
                .map(|&Wish { topic, channel, wanted }| Choice { topic, channel, wanted, at, how })
                .collect();
            async move {
                if own.is_empty() {
                    return Ok(());
                }
                store.choose(chooser, &own).await.map(drop)
            }
        });
        try_join_all(written).await.map(drop)
    }
}
