//! What a delivery's history publishes, and what of that is new. Pure.

use std::collections::BTreeSet;

use super::{ChangedDelivery, OutcomeType};
use crate::ledger::{DeliveryState, HistoryEntry};

/// Which outcomes are published besides failures and complaints, which always are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted(BTreeSet<OutcomeType>);

impl Wanted {
    /// Reads a list such as `failed,delivered`.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(list: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "must be failed, and may add delivered and accepted, as in \
                                failed,delivered,accepted";
        let mut names = list.split(',').map(str::trim).peekable();
        names.next_if_eq(&"failed").ok_or(EXPECTED)?;
        let more = names.map(|name| match name {
            "accepted" => Ok(OutcomeType::Accepted),
            "delivered" => Ok(OutcomeType::Delivered),
            _ => Err(EXPECTED),
        });
        more.collect::<Result<_, _>>().map(Self)
    }
}

/// One event that a delivery publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    /// Which event.
    pub kind: OutcomeType,
    /// The change that it is about, by its place in the delivery's history.
    pub position: usize,
}

/// What the new part of a delivery's history publishes: each change to another state,
/// if it ends the delivery. Whoever heard of a failure also hears if it was none after
/// all, as where a provider's answer comes late.
pub fn announcements(change: &ChangedDelivery, wanted: &Wanted) -> Vec<Announcement> {
    let mut published = Vec::new();
    let (mut state, mut last) = (None, None);
    for (position, entry) in change.record.history.iter().enumerate() {
        let moved = state.replace(entry.state) != Some(entry.state);
        let Some(kind) = outcome(entry).filter(|_| moved) else { continue };
        let always = matches!(kind, OutcomeType::Failed | OutcomeType::Complained);
        if always || wanted.0.contains(&kind) || last == Some(OutcomeType::Failed) {
            last = Some(kind);
            published.push(Announcement { kind, position });
        }
    }
    published.retain(|announcement| announcement.position >= change.known);
    published
}

/// The outcome that a change is; none where the delivery goes on. One that makes room for
/// a newer fact has failed nobody.
fn outcome(entry: &HistoryEntry) -> Option<OutcomeType> {
    match entry.state {
        DeliveryState::Rejected
        | DeliveryState::Expired
        | DeliveryState::Abandoned
        | DeliveryState::Undelivered
        | DeliveryState::Bounced
        | DeliveryState::Suppressed => Some(OutcomeType::Failed),
        DeliveryState::Complained => Some(OutcomeType::Complained),
        DeliveryState::Accepted => Some(OutcomeType::Accepted),
        DeliveryState::Delivered => Some(OutcomeType::Delivered),
        DeliveryState::Sending
        | DeliveryState::RetryWait
        | DeliveryState::Unknown
        | DeliveryState::Superseded => None,
    }
}
