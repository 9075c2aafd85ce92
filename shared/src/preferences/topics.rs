//! What there is to choose: each topic with the channels that its types use.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Catalogue, Consent};
use crate::model::{Channel, Topic};

/// The topics of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topics(BTreeMap<Topic, Offer>);

/// What there is to choose of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// The channels that a type of it uses.
    pub channels: BTreeSet<Channel>,
    /// Whether the law wants something of it told, so that one channel must stay.
    pub required: bool,
    /// Whether something of it is sent to those alone who asked for it.
    pub must_be_asked_for: bool,
}

impl Topics {
    /// The topics of this catalogue's types.
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut topics: BTreeMap<Topic, Offer> = BTreeMap::new();
        for kind in catalogue.types() {
            let offer = topics.entry(kind.topic()).or_default();
            offer.channels.extend(kind.routes.iter().flatten());
            offer.required |= kind.required;
            offer.must_be_asked_for |= kind.consent == Consent::OptIn;
        }
        Self(topics)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Topic, &Offer)> {
        self.0.iter().map(|(topic, offer)| (*topic, offer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_updates_come_on_every_channel_and_reviews_where_their_types_lead() {
        let topics = Topics::of(&Catalogue::built_in().unwrap());
        let found: Vec<_> = topics.iter().collect();
        let updates =
            Offer { channels: Channel::ALL.into(), required: true, must_be_asked_for: false };
        let channels = [Channel::Email, Channel::Push].into();
        let reviews = Offer { channels, ..Offer::default() };
        assert_eq!(found, [(Topic::OrderUpdates, &updates), (Topic::Reviews, &reviews)]);
    }
}
