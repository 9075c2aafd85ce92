//! One notification type's policy, as its catalogue file declares it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use crate::event::{Channel, OrderEventData};

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
    /// How long after the fact it is still worth telling.
    #[serde(deserialize_with = "duration")]
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

/// Whom a notification serves; consent, quiet hours and caps differ, and each
/// class has queues of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Tells the customer what they need to know about their order.
    Transactional,
    /// Asks the customer for something.
    Promotional,
}

/// Which goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Last.
    Low,
    /// Between.
    Normal,
    /// First.
    High,
}

impl Priority {
    /// The name in catalogue, jobs and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }

    /// The priority of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Low, Self::Normal, Self::High].into_iter().find(|priority| priority.as_str() == name)
    }
}

/// How deliveries about one order on one channel follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ordering {
    /// Each is told, in order.
    #[default]
    Fifo,
    /// The newest wins: once a newer fact was told, an older one is superseded.
    Latest,
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

/// A number and a unit: `90s`, `15m`, `12h`, `3d`.
fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parsed = || {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let seconds = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        number.parse::<u64>().ok()?.checked_mul(seconds).map(Duration::from_secs)
    };
    parsed().ok_or_else(|| {
        serde::de::Error::custom(format!("\"{text}\" is no duration such as 90s, 15m, 12h or 3d"))
    })
}
