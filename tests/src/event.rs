//! Order events, as the order system publishes them, and the queue messages
//! that carry them.

use aws_lambda_events::sqs::SqsEvent;
use bellhop::model::Record;
use serde_json::{Value, json};

use crate::{HAPPENED, at};

/// The types of the catalogue.
pub const TYPES: [&str; 13] = [
    "order.created",
    "order.payment_failed",
    "order.paid",
    "order.edited",
    "order.shipped",
    "order.shipment_updated",
    "order.ready_for_pickup",
    "order.out_for_delivery",
    "order.delivered",
    "order.completed",
    "order.refund_requested",
    "order.refunded",
    "order.cancelled",
];

/// An order event, being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Event(Value);

impl Event {
    /// A valid event of this type about order `A-1001`, with little more than
    /// must be there.
    pub fn of(kind: &str) -> Self {
        let event = Self(json!({
            "specversion": "1.0", "id": "evt-1", "source": "/shop", "type": kind,
            "time": HAPPENED,
            "data": {
                "order": {"id": "A-1001", "currency": "EUR", "totals": {"total": "29.90"}},
                "customer": {
                    "id": "c-77", "email": "ada@example.com", "phone": "+436601234567"
                },
            }
        }));
        match kind {
            "order.shipped"
            | "order.shipment_updated"
            | "order.out_for_delivery"
            | "order.delivered" => event.with("/data/shipment", json!({"id": "s-1"})),
            "order.refund_requested" | "order.refunded" => {
                event.with("/data/refund", json!({"id": "r-1"}))
            }
            // It asks for a review, so there must be a page to write it on.
            "order.completed" => {
                event.with("/data/review", json!({"url": "https://shop.example/review"}))
            }
            _ => event,
        }
    }

    /// The sample of the repository's `events/` folder by this name.
    pub fn sample(name: &str) -> Self {
        let path = format!("{}/../events/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        Self(serde_json::from_str(&text).unwrap())
    }

    /// With `value` at this JSON pointer.
    pub fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        self.0.pointer_mut(parent).unwrap()[name] = value.into();
        self
    }

    /// Without what stands at this JSON pointer.
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = self.0.pointer_mut(parent).and_then(Value::as_object_mut);
        parent.unwrap().remove(name).unwrap();
        self
    }

    /// With this id.
    pub fn id(self, id: &str) -> Self {
        self.with("/id", id)
    }

    /// About this order.
    pub fn about(self, order: &str) -> Self {
        self.with("/data/order/id", order)
    }

    /// Happened at this time.
    pub fn happened(self, time: &str) -> Self {
        self.with("/time", time)
    }

    /// To notify on these channels.
    pub fn on(self, channels: &[&str]) -> Self {
        self.with("/data/notification", json!({ "channels": channels }))
    }

    /// What stands at this JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// As it stands in a queue message.
    pub fn body(&self) -> String {
        self.0.to_string()
    }

    /// The queue message that carries it.
    pub fn record(&self) -> Record {
        let message_id = format!("message of {}", self.text("/id"));
        record(&message_id, Some(self.text("/data/order/id")), &self.body())
    }
}

/// A message as a function receives it for the first time.
pub fn record(message_id: &str, group: Option<&str>, body: &str) -> Record {
    Record {
        message_id: message_id.to_owned(),
        receipt_handle: format!("receipt of {message_id}"),
        body: body.to_owned(),
        queue: "queue.fifo".to_owned(),
        group: group.map(str::to_owned),
        priority: None,
        sent_at: at(HAPPENED),
        receive_count: 1,
        trace: None,
    }
}

/// The batch that Lambda makes of these messages.
pub fn batch(records: &[Record]) -> SqsEvent {
    let records: Vec<_> = records.iter().map(message).collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

fn message(record: &Record) -> Value {
    let mut attributes = json!({
        "ApproximateReceiveCount": record.receive_count.to_string(),
        "SentTimestamp": record.sent_at.as_millisecond().to_string(),
    });
    if let Some(group) = &record.group {
        attributes["MessageGroupId"] = group.as_str().into();
    }
    if let Some(trace) = &record.trace {
        attributes["AWSTraceHeader"] = trace.header().into();
    }
    json!({
        "messageId": record.message_id,
        "receiptHandle": record.receipt_handle,
        "body": record.body,
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:eu-west-1:123456789012:{}", record.queue),
    })
}
