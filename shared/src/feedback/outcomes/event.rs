//! The event that the application gets: CloudEvents 1.0 as JSON.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Announcement, ChangedDelivery};
use crate::ledger::DeliveryState;
use crate::model::id::{DeliveryId, NotificationKey, hash};
use crate::model::{Channel, Class, Masked, OrderId, ProviderMessageId, Reason};

/// How a delivery ended, as a CloudEvent. It comes at least once, each time with the same
/// `id`; and in any order, which `data.at` tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Outcome")]
pub struct OutcomeEvent {
    /// Always `1.0`.
    pub specversion: String,
    /// Names the outcome: the same whenever it is published again.
    pub id: String,
    /// The deployment, such as `/bellhop/shop`.
    pub source: String,
    /// What it says.
    #[serde(rename = "type")]
    pub kind: OutcomeType,
    /// The order's id.
    pub subject: OrderId,
    /// When it came about, RFC 3339.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub time: Timestamp,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// The outcome.
    pub data: OutcomeData,
}

/// What an event says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum OutcomeType {
    /// The delivery has failed for good: `rejected`, `expired`, `abandoned`, `undelivered`,
    /// `bounced` or `suppressed`.
    #[serde(rename = "delivery.failed")]
    Failed,
    /// The recipient has complained.
    #[serde(rename = "delivery.complained")]
    Complained,
    /// The provider has taken the message.
    #[serde(rename = "delivery.accepted")]
    Accepted,
    /// The provider has reported its arrival.
    #[serde(rename = "delivery.delivered")]
    Delivered,
    /// No channel of the notification was usable: the customer hears nothing.
    #[serde(rename = "notification.skipped")]
    Skipped,
}

impl OutcomeType {
    /// The name in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "delivery.failed",
            Self::Complained => "delivery.complained",
            Self::Accepted => "delivery.accepted",
            Self::Delivered => "delivery.delivered",
            Self::Skipped => "notification.skipped",
        }
    }
}

impl fmt::Display for OutcomeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The outcome of one delivery, or of a notification without any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OutcomeData {
    /// Of a delivery.
    Delivery(DeliveryOutcome),
    /// Of a notification that reaches nobody.
    Notification(SkippedNotification),
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryOutcome {
    /// The order.
    pub order_id: OrderId,
    /// The notification within the order, e.g. `order.shipped#s-1`.
    pub notification: NotificationKey,
    /// Its type, e.g. `order.shipped`.
    pub notification_type: String,
    /// Whom it serves.
    pub class: Class,
    /// On which channel.
    pub channel: Channel,
    /// To whom, masked.
    pub recipient: Masked,
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// How it ended.
    pub state: DeliveryState,
    /// Why, as a code; absent where the state says all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub reason: Option<Reason>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_words: Option<String>,
    /// How many attempts were made to send it.
    pub attempts: u32,
    /// When the order's fact happened, RFC 3339.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub event_time: Timestamp,
    /// When it ended so, RFC 3339.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
    /// The provider's id of the message, where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_message_id: Option<ProviderMessageId>,
}

/// A notification of which no channel was usable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedNotification {
    /// The order.
    pub order_id: OrderId,
    /// The notification within the order.
    pub notification: NotificationKey,
    /// Its type.
    pub notification_type: String,
    /// Whom it serves.
    pub class: Class,
    /// When the order's fact happened, RFC 3339.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub event_time: Timestamp,
    /// When it was decided, RFC 3339.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
    /// Why, by channel.
    pub skipped: Vec<Skipped>,
}

/// A channel that was not usable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Which.
    pub channel: Channel,
    /// Why, as a code.
    #[schemars(with = "String")]
    pub reason: Reason,
    /// Why, in words.
    pub reason_words: String,
}

/// The source that events of a deployment name.
pub fn source(stage: &str) -> String {
    format!("/bellhop/{stage}")
}

impl OutcomeEvent {
    /// What a delivery publishes of a change; none if it has no such change.
    pub fn of_delivery(
        source: &str,
        changed: &ChangedDelivery,
        announcement: Announcement,
    ) -> Option<Self> {
        let ChangedDelivery { key, record, .. } = changed;
        let entry = record.history.get(announcement.position)?;
        let position = announcement.position.to_string();
        let parts = ["outcome", key.delivery_id.as_str(), entry.state.as_str(), &position];
        let data = DeliveryOutcome {
            order_id: key.order_id.clone(),
            notification: record.facts.notification.clone(),
            notification_type: record.facts.kind.clone(),
            class: record.facts.class,
            channel: record.facts.channel,
            recipient: record.facts.recipient.clone(),
            delivery_id: key.delivery_id.clone(),
            state: entry.state,
            reason: entry.reason.clone(),
            reason_words: entry.reason.as_ref().map(|reason| reason.words().into_owned()),
            attempts: record.attempts,
            event_time: record.facts.event_time,
            at: entry.at,
            provider_message_id: record.provider_message_id.clone(),
        };
        let id = hash(parts);
        let subject = key.order_id.clone();
        let data = OutcomeData::Delivery(data);
        Some(Self::new(id, source, announcement.kind, subject, entry.at, data))
    }

    /// What a notification publishes that reaches nobody.
    pub fn of_unreached(source: &str, unreached: SkippedNotification) -> Self {
        let order_id = unreached.order_id.clone();
        let id = hash(["skipped", order_id.as_str(), unreached.notification.as_str()]);
        let at = unreached.at;
        let data = OutcomeData::Notification(unreached);
        Self::new(id, source, OutcomeType::Skipped, order_id, at, data)
    }

    fn new(
        id: String,
        source: &str,
        kind: OutcomeType,
        subject: OrderId,
        time: Timestamp,
        data: OutcomeData,
    ) -> Self {
        Self {
            specversion: "1.0".to_owned(),
            id,
            source: source.to_owned(),
            kind,
            subject,
            time,
            datacontenttype: "application/json".to_owned(),
            data,
        }
    }

    /// What subscribers may filter by, as message attributes: name and text. None is
    /// empty.
    pub fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![("type", self.kind.to_string())];
        match &self.data {
            OutcomeData::Delivery(outcome) => {
                attributes.push(("notification_type", outcome.notification_type.clone()));
                attributes.push(("class", outcome.class.as_str().to_owned()));
                attributes.push(("channel", outcome.channel.to_string()));
                attributes.push(("state", outcome.state.to_string()));
                let reason = outcome.reason.as_ref().map(|reason| reason.code().into_owned());
                attributes.extend(reason.map(|code| ("reason", code)));
            }
            OutcomeData::Notification(outcome) => {
                attributes.push(("notification_type", outcome.notification_type.clone()));
                attributes.push(("class", outcome.class.as_str().to_owned()));
            }
        }
        attributes.retain(|(_, text)| !text.is_empty());
        attributes
    }
}

/// The JSON Schema of an outcome, as kept in `shared/schema/outcome.schema.json`.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(OutcomeEvent).to_value()
}
