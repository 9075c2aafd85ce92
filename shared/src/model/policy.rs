//! The parts of a notification type's policy that travel with its deliveries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whom a notification serves; consent, quiet hours and caps differ, and each
/// class has queues of its own.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Tells the customer what they need to know about their order.
    #[default]
    Transactional,
    /// Asks the customer for something.
    Promotional,
}

impl Class {
    /// The name in ledger, jobs and outcomes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transactional => "transactional",
            Self::Promotional => "promotional",
        }
    }
}

/// What a notification is about, as customers choose what they want to hear of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Where an order stands.
    OrderUpdates,
    /// Being asked what one thinks of what one bought.
    Reviews,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 2] = [Self::OrderUpdates, Self::Reviews];

    /// The name in catalogue, events and the table of profiles.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrderUpdates => "order_updates",
            Self::Reviews => "reviews",
        }
    }

    /// The topic of a type whose catalogue file names none.
    pub fn of(class: Class) -> Self {
        match class {
            Class::Transactional => Self::OrderUpdates,
            Class::Promotional => Self::Reviews,
        }
    }
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
    /// Each is sent, in order.
    #[default]
    Fifo,
    /// The newest wins: once a newer fact was told, an older one is superseded.
    Latest,
}
