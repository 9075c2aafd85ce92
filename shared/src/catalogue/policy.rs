//! One notification type's policy, as its catalogue file declares it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::event::{Block, type_is};
use crate::model::{Channel, Class, Ordering, Priority, Topic};

/// A notification type and its policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationType {
    /// The file's name, e.g. `order.shipped`.
    #[serde(skip)]
    pub name: String,
    /// Whether it is the shop's own, and not built in.
    #[serde(skip)]
    pub is_own: bool,
    /// Whether it serves the order or the shop's interest.
    pub class: Class,
    /// Goes before others of lower priority.
    pub priority: Priority,
    /// Where in an order's life the fact stands; a higher rank is newer.
    pub lifecycle_rank: u32,
    /// How long after the fact it is still worth sending.
    #[serde(with = "humantime_serde")]
    pub not_after: Duration,
    /// How long after the fact it is sent: when the customer has had time to try what
    /// they bought.
    #[serde(default, with = "humantime_serde")]
    pub delay: Duration,
    /// The channels on which nobody is disturbed at night: what falls into the quiet
    /// hours is sent at their end.
    #[serde(default)]
    pub quiet: Vec<Channel>,
    /// What becomes of a promotional message that would be one too many for its customer.
    #[serde(default)]
    pub over_cap: OverCap,
    /// The types of events after which it is not sent any more. One that the catalogue
    /// does not have otherwise is a fact that nobody is notified of.
    #[serde(default)]
    pub withdrawn_by: Vec<String>,
    /// The block of the event's data that the type is about. Its id tells this fact from
    /// others of the same type and order.
    #[serde(default)]
    pub about: Option<Block>,
    /// What must be there for the message to make sense; an event without it is set
    /// aside.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Whether the fact is told again whenever what it says of its block changes.
    #[serde(default)]
    pub each_change: bool,
    /// Whether there is nothing to do for the customer without a page to go to.
    #[serde(default)]
    pub needs_link: bool,
    /// The type that a later event of this one is, if the same block says more of its
    /// parcels by then.
    #[serde(default)]
    pub when_tracked: Option<String>,
    /// What customers choose it by; by its class, where absent.
    #[serde(default)]
    topic: Option<Topic>,
    /// Whether the law wants the customer told: on its last usable channel it is sent
    /// even where they don't want it.
    #[serde(default)]
    pub required: bool,
    /// What the customer must have said for it to be sent.
    #[serde(default)]
    pub consent: Consent,
    /// Each route is served on its own; within one, the first channel with a
    /// usable recipient is taken.
    pub routes: Vec<Vec<Channel>>,
    /// Per channel.
    #[serde(default)]
    ordering: BTreeMap<Channel, Ordering>,
}

impl NotificationType {
    /// What customers choose it by.
    pub fn topic(&self) -> Topic {
        self.topic.unwrap_or(Topic::of(self.class))
    }

    /// How deliveries of this type on this channel follow each other.
    pub fn ordering(&self, channel: Channel) -> Ordering {
        self.ordering.get(&channel).copied().unwrap_or_default()
    }

    /// Whether a fact of this published type takes it back.
    pub fn is_withdrawn_by(&self, published: &str) -> bool {
        self.withdrawn_by.iter().any(|known| type_is(published, known))
    }
}

/// What becomes of a promotional message that would be one too many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OverCap {
    /// It waits until there is room.
    #[default]
    Defer,
    /// It is not sent.
    Skip,
}

/// What a customer must have said for a message to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nothing, but an objection ends it.
    #[default]
    OptOut,
    /// That they want it. For promotional types alone.
    OptIn,
}

/// What a type can't do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// `data.order.totals.total`, and the currency it is in.
    Total,
    /// The block that the type is about.
    Block,
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
    if kind.delay >= kind.not_after {
        return Err("`delay` must be shorter than `not_after`".to_owned());
    }
    check_consent(&kind)?;
    // A name stands in ledger keys, in metrics and before the ending of file names.
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._".contains(&b);
    if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
        return Err("a type's name has small letters, digits, `.` and `_`, at most 64".to_owned());
    }
    kind.name = name.to_owned();
    Ok(kind)
}

/// What serves the order needs no consent, and what the law wants told is no promotion.
fn check_consent(kind: &NotificationType) -> Result<(), String> {
    let promotional = kind.class == Class::Promotional;
    if promotional && kind.required {
        return Err("`required` is for transactional types alone".to_owned());
    }
    if promotional && kind.topic() == Topic::OrderUpdates {
        // Else whoever unsubscribed would have to do without news of their orders.
        return Err("a promotional type can't have the topic `order_updates`".to_owned());
    }
    if !promotional && kind.consent == Consent::OptIn {
        return Err("`consent = \"opt_in\"` is for promotional types alone".to_owned());
    }
    Ok(())
}
