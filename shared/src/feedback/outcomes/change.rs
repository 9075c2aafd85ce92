//! A change of the ledger, as the table's stream has it.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_dynamo::Item as StreamItem;

use super::{Skipped, SkippedNotification};
use crate::ledger::{DeliveryKey, DeliveryRecord, delivery_of_key, order_of_notification};
use crate::model::failure::CallError;
use crate::model::id::NotificationKey;
use crate::model::{Channel, Class, OrderId, Reason};
use crate::platform::item;

/// What has changed in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A delivery.
    Delivery(Box<ChangedDelivery>),
    /// A notification was recorded of which no channel is usable.
    Unreached(SkippedNotification),
    /// Something that publishes nothing.
    Nothing,
}

/// A delivery that has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedDelivery {
    /// Which.
    pub key: DeliveryKey,
    /// How many changes its history had before.
    pub known: usize,
    /// The delivery now.
    pub record: DeliveryRecord,
}

/// A change that can't be read. The text names what, and never quotes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableChange {
    /// It is no record of a table's stream.
    #[error("`{0}` of the stream's record can't be read")]
    Record(String),
    /// Its item is none that the ledger writes.
    #[error("{0}")]
    Item(#[from] CallError),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StreamRecord {
    event_name: String,
    dynamodb: Images,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Images {
    keys: Keys,
    #[serde(default)]
    new_image: Option<StreamItem>,
    #[serde(default)]
    old_image: Option<StreamItem>,
}

#[derive(Deserialize)]
struct Keys {
    pk: Text,
    sk: Text,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: String,
}

/// What a delivery was before.
#[derive(Deserialize)]
struct Before {
    history: Vec<IgnoredAny>,
}

/// What is published of a notification; its data stays in the ledger.
#[derive(Deserialize)]
struct Notification {
    key: NotificationKey,
    #[serde(rename = "type")]
    kind: String,
    class: Class,
    event_time: Timestamp,
    decided_at: Timestamp,
    deliveries: Vec<IgnoredAny>,
    skips: Vec<Skip>,
    /// When it is decided again, if some of it was deferred.
    #[serde(default)]
    due_at: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Skip {
    channel: Channel,
    reason: Reason,
    #[serde(default)]
    decided_at: Option<Timestamp>,
}

/// Whether some of a notification was deferred.
#[derive(Deserialize)]
struct Waited {
    #[serde(default)]
    due_at: Option<IgnoredAny>,
}

/// Reads a change.
///
/// # Errors
/// [`UnreadableChange`]; reading it again is no use.
pub fn read(record: &str) -> Result<Change, UnreadableChange> {
    let mut json = serde_json::Deserializer::from_str(record);
    let StreamRecord { event_name, dynamodb } = serde_path_to_error::deserialize(&mut json)
        .map_err(|e| UnreadableChange::Record(e.path().to_string()))?;
    let Images { keys: Keys { pk, sk }, new_image, old_image } = dynamodb;
    // What the table forgets has ended before.
    let Some(now) = new_image.filter(|_| event_name != "REMOVE") else {
        return Ok(Change::Nothing);
    };
    if let Some(key) = delivery_of_key(&pk.text, &sk.text) {
        let before: Option<Before> = old_image.map(|item| kept("delivery", item)).transpose()?;
        let known = before.map_or(0, |before| before.history.len());
        let changed = ChangedDelivery { key, known, record: kept("delivery", now)? };
        return Ok(Change::Delivery(Box::new(changed)));
    }
    match order_of_notification(&pk.text, &sk.text) {
        Some(order_id) => {
            let before: Option<Waited> =
                old_image.map(|item| kept("notification", item)).transpose()?;
            // What nobody waited for was decided before.
            if before.is_some_and(|before| before.due_at.is_none()) {
                return Ok(Change::Nothing);
            }
            Ok(unreached(order_id, kept("notification", now)?))
        }
        None => Ok(Change::Nothing),
    }
}

fn kept<T: DeserializeOwned>(kind: &'static str, item: StreamItem) -> Result<T, CallError> {
    item::read_kind(kind, HashMap::from(item))
}

fn unreached(order_id: OrderId, recorded: Notification) -> Change {
    if !recorded.deliveries.is_empty() || recorded.due_at.is_some() {
        return Change::Nothing;
    }
    let decided_at = recorded.skips.iter().filter_map(|skip| skip.decided_at).max();
    let skipped = |Skip { channel, reason, .. }| {
        let reason_words = reason.words().into_owned();
        Skipped { channel, reason, reason_words }
    };
    Change::Unreached(SkippedNotification {
        order_id,
        notification: recorded.key,
        notification_type: recorded.kind,
        class: recorded.class,
        event_time: recorded.event_time,
        at: decided_at.unwrap_or(recorded.decided_at),
        skipped: recorded.skips.into_iter().map(skipped).collect(),
    })
}
