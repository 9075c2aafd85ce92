//! What Bellhop tells itself on the queue of order events: that a notification is due, that
//! it is time to look for those that nobody was told of, and that a channel has failed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Envelope, EventError};
use crate::model::id::{NotificationKey, hash};
use crate::model::{Channel, OrderId};

/// A deferred notification, and until when it was deferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Its order.
    pub order_id: OrderId,
    /// Its key within the order.
    pub notification: NotificationKey,
    /// Until when.
    pub due_at: Timestamp,
}

/// Every delivery of a notification on a channel has failed for good, so that its route
/// goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelFailed {
    /// The order.
    pub order_id: OrderId,
    /// The notification's key within the order.
    pub notification: NotificationKey,
    /// The channel.
    pub channel: Channel,
}

/// A message from Bellhop to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// A notification is due.
    Due(Due),
    /// Something may be overdue.
    Sweep,
    /// A route goes on.
    ChannelFailed(ChannelFailed),
}

const DUE: &str = "bellhop.due";
const SWEEP: &str = "bellhop.sweep";
const CHANNEL_FAILED: &str = "bellhop.channel_failed";

impl ChannelFailed {
    /// The message that says it, a CloudEvent.
    pub fn body(&self) -> String {
        let parts = [self.order_id.as_str(), self.notification.as_str(), self.channel.as_str()];
        json!({
            "specversion": "1.0",
            "id": hash([&["failed"], &parts[..]].concat()),
            "source": "bellhop",
            "type": CHANNEL_FAILED,
            "subject": self.order_id,
            "data": self,
        })
        .to_string()
    }
}

impl Due {
    /// The name of its schedule, the same for the same notification and time: 32
    /// hexadecimal digits.
    pub fn name(&self) -> String {
        let at = self.due_at.to_string();
        hash(["due", self.order_id.as_str(), self.notification.as_str(), &at])
    }

    /// The message that says it, a CloudEvent.
    pub fn body(&self) -> String {
        json!({
            "specversion": "1.0",
            "id": self.name(),
            "source": "bellhop",
            "type": DUE,
            "subject": self.order_id,
            "time": self.due_at,
            "data": self,
        })
        .to_string()
    }
}

impl Wake {
    /// The message in this envelope, if it is one of Bellhop's own.
    ///
    /// # Errors
    /// [`EventError`] if it pretends to be.
    pub fn of(envelope: &Envelope) -> Option<Result<Self, EventError>> {
        match envelope.kind.as_str() {
            DUE => {
                let due = Due::deserialize(envelope.data());
                let invalid = |_| {
                    let expected = "expected `order_id`, `notification` and `due_at`";
                    EventError::invalid("data", expected)
                };
                Some(due.map(Self::Due).map_err(invalid))
            }
            SWEEP => Some(Ok(Self::Sweep)),
            CHANNEL_FAILED => {
                let failed = ChannelFailed::deserialize(envelope.data());
                let invalid = |_| {
                    let expected = "expected `order_id`, `notification` and `channel`";
                    EventError::invalid("data", expected)
                };
                Some(failed.map(Self::ChannelFailed).map_err(invalid))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Received, open};

    fn read(body: &str) -> Option<Result<Wake, EventError>> {
        Wake::of(&open(body, Received { sent_at: Timestamp::UNIX_EPOCH }).unwrap())
    }

    #[test]
    fn what_is_due_is_read_as_it_was_written() {
        let due = Due {
            order_id: OrderId::parse("A-1001").unwrap(),
            notification: "order.completed".into(),
            due_at: "2026-11-30T13:20:00Z".parse().unwrap(),
        };
        assert_eq!(read(&due.body()), Some(Ok(Wake::Due(due.clone()))));
        let later = Due { due_at: "2026-11-30T13:21:00Z".parse().unwrap(), ..due.clone() };
        assert_ne!(due.name(), later.name());
        assert!(due.name().len() <= 64);
    }

    #[test]
    fn that_a_channel_failed_is_read_as_it_was_written() {
        let failed = ChannelFailed {
            order_id: OrderId::parse("A-1001").unwrap(),
            notification: "order.shipped#s-1".into(),
            channel: Channel::Push,
        };
        assert_eq!(read(&failed.body()), Some(Ok(Wake::ChannelFailed(failed))));
        let broken = r#"{"specversion": "1.0", "type": "bellhop.channel_failed", "data": {}}"#;
        assert!(matches!(read(broken), Some(Err(EventError::Invalid { .. }))));
    }

    #[test]
    fn what_only_pretends_to_be_bellhops_own_is_told_from_an_order_event() {
        let of = |kind: &str, data: &str| {
            read(&format!(r#"{{"specversion": "1.0", "type": "{kind}", "data": {data}}}"#))
        };
        assert_eq!(of("bellhop.sweep", "{}"), Some(Ok(Wake::Sweep)));
        assert!(matches!(of("bellhop.due", "{}"), Some(Err(EventError::Invalid { .. }))));
        assert!(matches!(of("bellhop.due", r#"{"order_id": "a b"}"#), Some(Err(_))));
        assert_eq!(of("order.paid", "{}"), None);
        assert_eq!(of("com.example.bellhop.due", "{}"), None);
    }
}
