//! What a provider reports about a message that it was given.

/// What a provider reports about a message that it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Report {
    /// It was taken (SES's Send event).
    Sent,
    /// It is delayed.
    Delayed,
    /// It has arrived.
    Delivered,
    /// It could not be delivered, after it was taken.
    Undelivered,
    /// It has bounced.
    Bounced,
    /// The recipient must not be written to.
    Suppressed,
    /// The recipient has complained.
    Complained,
}

impl Report {
    /// A later report of a lower rank changes nothing: reports come in any
    /// order, and more than once.
    pub fn rank(self) -> u32 {
        match self {
            Self::Sent => 1,
            Self::Delayed => 2,
            Self::Delivered => 3,
            Self::Undelivered => 4,
            Self::Bounced | Self::Suppressed => 5,
            Self::Complained => 6,
        }
    }
}
