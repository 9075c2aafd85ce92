//! One notification type's policy, as its catalogue file declares it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::event::OrderEventData;
use crate::model::{Channel, Class, Ordering, Priority};

/// A notification type and its policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationType {
    /// The file's name, e.g. `order.shipped`.
    #[serde(skip)]
    pub name: String,
    /// Whether it serves the order or the shop's interest.
    pub class: Class,
    /// Goes before others of lower priority.
    pub priority: Priority,
    /// Where in an order's life the fact stands; a higher rank is newer.
    pub lifecycle_rank: u32,
    /// How long after the fact it is still worth sending.
    #[serde(with = "humantime_serde")]
    pub not_after: Duration,
    /// The block of the event's data that must be there. Its id, if it has one,
    /// tells this fact from others of the same type and order.
    #[serde(default)]
    pub requires: Option<Block>,
    /// Each route is served on its own; within one, the first channel with a
    /// usable recipient is taken.
    pub routes: Vec<Vec<Channel>>,
    /// Per channel.
    #[serde(default)]
    ordering: BTreeMap<Channel, Ordering>,
}

impl NotificationType {
    /// How deliveries of this type on this channel follow each other.
    pub fn ordering(&self, channel: Channel) -> Ordering {
        self.ordering.get(&channel).copied().unwrap_or_default()
    }
}

/// A block of an event's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// `payment`
    Payment,
    /// `shipment`
    Shipment,
    /// `refund`
    Refund,
    /// `review`
    Review,
}

impl Block {
    /// The block's name in the event.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Shipment => "shipment",
            Self::Refund => "refund",
            Self::Review => "review",
        }
    }

    /// Whether the data holds it.
    pub fn is_in(self, data: &OrderEventData) -> bool {
        match self {
            Self::Payment => data.payment.is_some(),
            Self::Shipment => data.shipment.is_some(),
            Self::Refund => data.refund.is_some(),
            Self::Review => data.review.is_some(),
        }
    }

    /// Its id, if the data holds it and it has one.
    pub fn id_in(self, data: &OrderEventData) -> Option<&str> {
        match self {
            Self::Shipment => data.shipment.as_ref().map(|shipment| shipment.id.as_str()),
            Self::Refund => data.refund.as_ref().map(|refund| refund.id.as_str()),
            Self::Payment | Self::Review => None,
        }
    }
}

pub(super) fn parse(name: &str, text: &str) -> Result<NotificationType, String> {
    let mut kind: NotificationType = toml::from_str(text).map_err(|e| e.to_string())?;
    if kind.routes.is_empty() || kind.routes.iter().any(Vec::is_empty) {
        return Err("`routes` must name at least one channel per route".to_owned());
    }
    let mut channels = kind.routes.concat();
    channels.sort();
    if channels.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err("`routes` must name each channel once".to_owned());
    }
    kind.name = name.to_owned();
    Ok(kind)
}
