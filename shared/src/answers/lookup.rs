//! Finds what support asks about: an order, or whoever has an address or a number.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde::Serialize;

use super::explain::{Explanation, explain};
use crate::channel::{Contacts, Recipient};
use crate::customer::{ContactKey, ReadSuppressions};
use crate::ledger::ReadLedger;
use crate::ledger::story::{self, StoryLine};
use crate::model::failure::CallError;
use crate::model::{Channel, Masked, OrderId, Private, Reason};
use crate::plan::NotificationId;

/// How many notifications of a contact point are explained, those decided last.
const MOST: usize = 50;

/// Why each message was sent or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// What concerns all of it, in sentences.
    pub remarks: Vec<String>,
    /// What became of each notification on each channel, the newest first.
    pub explanations: Vec<Explanation>,
}

/// Why each message of an order was sent or not, and its timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderAnswer {
    /// The order.
    pub order: OrderId,
    /// Why.
    #[serde(flatten)]
    pub answer: Answer,
    /// Every decision and every change, in the order of time.
    pub timeline: Vec<StoryLine>,
}

/// An address or number that is asked about, which is never shown whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedContact {
    /// On which channel it is written to.
    pub channel: Channel,
    /// The address or number, masked.
    pub recipient: Masked,
    /// Why it must not be written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Reason>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed_since: Option<Timestamp>,
    /// Why each message was sent or not.
    #[serde(flatten)]
    pub answer: Answer,
}

/// A text that is no address or number that could be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidContact {
    /// No address.
    #[error("this is no e-mail address")]
    Email,
    /// No number.
    #[error("this is no phone number; give it with its country code, as in +43 660 1234567")]
    Phone,
}

/// The address that somebody asks about, read as one of an event is.
///
/// # Errors
/// [`InvalidContact`].
pub fn asked_email(text: &str) -> Result<Recipient, InvalidContact> {
    let address = Private::new(text);
    let contacts = Contacts { emails: [Some(&address), None], ..Contacts::default() };
    contacts.points().pop().ok_or(InvalidContact::Email)
}

/// The number that somebody asks about, likewise.
///
/// # Errors
/// [`InvalidContact`].
pub fn asked_phone(text: &str) -> Result<Recipient, InvalidContact> {
    let number = Private::new(text);
    let contacts = Contacts { phones: [Some(&number), None], ..Contacts::default() };
    contacts.points().pop().ok_or(InvalidContact::Phone)
}

/// Why each message of the order was sent or not.
///
/// # Errors
/// [`CallError`] if the ledger did not answer.
pub async fn of_order(
    ledger: &impl ReadLedger,
    order: &OrderId,
    now: Timestamp,
) -> Result<OrderAnswer, CallError> {
    let entries = ledger.order(order).await?;
    let explanations = explain(order, &entries, now);
    let mut remarks = Vec::new();
    if explanations.is_empty() {
        remarks.push(format!(
            "Nothing is known of order {order}: no event of it was read for as long as the ledger keeps them. One that was \
             published may still wait in the queue, or be dead-lettered without an order id that could be read."
        ));
    }
    let answer = Answer { remarks, explanations };
    Ok(OrderAnswer { order: order.clone(), answer, timeline: entries.story() })
}

/// Why each message to whoever has this address or number was sent or not.
///
/// # Errors
/// [`CallError`] if a store did not answer.
pub async fn of_contact(
    ledger: &impl ReadLedger,
    suppressions: &impl ReadSuppressions,
    key: &ContactKey,
    contact: &Recipient,
    now: Timestamp,
) -> Result<AskedContact, CallError> {
    let (channel, hash) = (contact.channel(), key.hash(contact));
    let suppressed = suppressions.suppressed(std::slice::from_ref(&hash)).await?;
    let suppressed = suppressed.into_iter().next().map(|(_, suppression)| suppression);
    let found: BTreeSet<_> =
        ledger.notifications_of(channel, &hash, MOST).await?.into_iter().collect();
    let explanations = explained(ledger, &found, now).await?;

    let (recipient, way) = (contact.masked(), story::in_words(channel));
    let mut remarks = Vec::new();
    if let Some(suppression) = &suppressed {
        let why = story::since(&suppression.reason, suppression.at);
        remarks.push(format!("Nothing is sent by {way} to {}: {why}.", recipient.as_str()));
    }
    if found.is_empty() {
        remarks.push(format!(
            "No event that the ledger still keeps was about a customer with {}.",
            recipient.as_str()
        ));
    }
    if found.len() >= MOST {
        remarks.push(format!("Only the {MOST} notifications decided last are explained here."));
    }
    Ok(AskedContact {
        channel,
        recipient,
        suppressed_since: suppressed.as_ref().map(|suppression| suppression.at),
        suppressed: suppressed.map(|suppression| suppression.reason),
        answer: Answer { remarks, explanations },
    })
}

/// These notifications, and the events of their orders that notified nobody.
async fn explained(
    ledger: &impl ReadLedger,
    found: &BTreeSet<NotificationId>,
    now: Timestamp,
) -> Result<Vec<Explanation>, CallError> {
    let orders: BTreeSet<_> = found.iter().map(|id| &id.order_id).collect();
    let read = orders.into_iter().map(|order| async move {
        let entries = ledger.order(order).await?;
        Ok::<_, CallError>(explain(order, &entries, now))
    });
    let mut all: Vec<_> = try_join_all(read).await?.into_iter().flatten().collect();
    // An order may have customers of several addresses.
    all.retain(|explanation| match &explanation.notification {
        Some(key) => found
            .contains(&NotificationId { order_id: explanation.order.clone(), key: key.clone() }),
        None => true,
    });
    all.sort_by_key(|explanation| std::cmp::Reverse(explanation.at.as_millisecond()));
    Ok(all)
}
