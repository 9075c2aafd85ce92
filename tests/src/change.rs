//! Changes of the ledger, as the table's stream has them.

use bellhop::ledger::transition::{self, Transition};
use bellhop::ledger::{DeliveryFacts, DeliveryKey, DeliveryRecord};
use bellhop::model::id::{AttemptId, DeliveryId};
use bellhop::model::{Channel, Class, Masked, OrderId, clock};
use bellhop::plan::Notification;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{HAPPENED, at};

/// The attempt that makes all changes here.
pub fn attempt() -> AttemptId {
    AttemptId::new("attempt-1")
}

/// The delivery that changes here.
pub fn delivery() -> DeliveryKey {
    DeliveryKey {
        order_id: OrderId::parse("A-1001").unwrap(),
        delivery_id: DeliveryId::new("0123456789abcdef0123456789abcdef"),
    }
}

/// What of it never changes.
pub fn facts() -> DeliveryFacts {
    DeliveryFacts {
        notification: "order.shipped#s-1".into(),
        kind: "order.shipped".to_owned(),
        channel: Channel::Email,
        recipient: Masked::already("a…@example.com"),
        recipient_hash: "a hash of the recipient".to_owned(),
        class: Class::Transactional,
        lifecycle_rank: 30,
        subject: Some("shipment#s-1".to_owned()),
        event_time: at(HAPPENED),
        due_at: None,
    }
}

/// A claim of it.
pub fn claim() -> Transition {
    let lease = clock::after(at(HAPPENED), std::time::Duration::from_secs(35));
    transition::claim(facts(), &attempt(), "a hash of the payload", at(HAPPENED), lease)
}

/// The delivery after these transitions, with what it was before each of them.
pub fn course(transitions: &[Transition]) -> Vec<(Option<DeliveryRecord>, DeliveryRecord)> {
    let mut before = None;
    let step = |transition: &Transition| {
        let after = transition.apply(before.as_ref()).unwrap();
        (before.replace(after.clone()), after)
    };
    transitions.iter().map(step).collect()
}

/// The stream's record of a change of the delivery.
pub fn changed(number: u32, before: Option<&DeliveryRecord>, after: &DeliveryRecord) -> Value {
    let key = delivery();
    let sort = format!("DELIVERY#{}", key.delivery_id);
    stream_record(number, &key.order_id, &sort, before.map(image), image(after))
}

/// The stream's record of a notification that was recorded.
pub fn notification_recorded(number: u32, notification: &Notification) -> Value {
    let order = &notification.data.order.id;
    let sort = format!("NOTIFICATION#{}", notification.key);
    stream_record(number, order, &sort, None, image(notification))
}

fn image(value: &impl Serialize) -> Value {
    let item: serde_dynamo::Item = serde_dynamo::to_item(value).unwrap();
    serde_json::to_value(item).unwrap()
}

fn stream_record(
    number: u32,
    order: &OrderId,
    sort: &str,
    before: Option<Value>,
    mut after: Value,
) -> Value {
    let keys = json!({"pk": {"S": format!("ORDER#{order}")}, "sk": {"S": sort}});
    for key in ["pk", "sk"] {
        after[key] = keys[key].clone();
    }
    let mut record = json!({
        "eventID": format!("event-{number}"),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_426_200,
            "Keys": keys,
            "NewImage": after,
            "SequenceNumber": number.to_string(),
            "SizeBytes": 1,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/ledger/stream/x",
    });
    if let Some(before) = before {
        record["eventName"] = "MODIFY".into();
        record["dynamodb"]["OldImage"] = before;
    }
    record
}

/// The batch that Lambda makes of these records.
pub fn stream_batch(records: &[Value]) -> Value {
    json!({ "Records": records })
}
