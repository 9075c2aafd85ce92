//! What DynamoDB answers to the ledger.

use std::time::Duration;

use bellhop::ledger::transition::{accepted, claim};
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryState, DynamoLedger, Fenced, Retention, Tally, Transition,
};
use bellhop::model::failure::CallError;
use bellhop::model::{Channel, clock};
use bellhop_tests::job::job;
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::{HAPPENED, at};
use serde_json::{Value, json};

use crate::send::attempt;
use crate::world::eager;

/// The ledger behind this server.
pub fn ledger(url: &str) -> DynamoLedger {
    DynamoLedger::new(aws_sdk_dynamodb::Client::new(&eager(url)), "ledger", Retention::default())
}

/// A write of a delivery was applied.
pub fn write_applied() -> Answer {
    Answer::ok(json!({"Attributes": {"attempts": {"N": "1"}}}).to_string())
}

/// A write of a delivery conflicts with this item.
pub fn conflict_with(item: Value) -> Answer {
    Answer::json_error("ConditionalCheckFailedException", json!({ "Item": item }))
}

/// The item of the e-mail's delivery in this state, as DynamoDB holds it.
pub fn item(state: &str, attempt: &str, lease_until: i64) -> Value {
    let job = job(Channel::Email);
    let time = || json!({"N": at(HAPPENED).as_millisecond().to_string()});
    json!({
        "pk": {"S": "ORDER#A-1001"},
        "sk": {"S": format!("DELIVERY#{}", job.delivery_id)},
        "order_id": {"S": "A-1001"},
        "delivery_id": {"S": job.delivery_id},
        "notification": {"S": job.notification},
        "type": {"S": "order.shipped"},
        "channel": {"S": "email"},
        "recipient": {"S": "a…@example.com"},
        "event_time": time(),
        "state": {"S": state},
        "attempts": {"N": "1"},
        "attempt_id": {"S": attempt},
        "lease_until": {"N": lease_until.to_string()},
        "payload_hash": {"S": "hash"},
        "created_at": time(),
        "updated_at": time(),
        "ttl": {"N": "1800000000"},
        "history": {"L": [{"M": {
            "at": time(), "state": {"S": "sending"}, "attempt_id": {"S": attempt},
        }}]},
    })
}

fn claimed() -> (DeliveryKey, Transition) {
    let job = job(Channel::Email);
    let lease_until = clock::after(at(HAPPENED), Duration::from_secs(30));
    let claim = claim(job.facts(), &attempt(), "hash", at(HAPPENED), lease_until);
    (job.key(), claim)
}

#[tokio::test]
async fn a_conflict_comes_with_the_record_that_stands() {
    let lease = at(HAPPENED).as_millisecond() + 5_000;
    let server = Server::answering([conflict_with(item("sending", "another", lease))]).await;
    let (key, claim) = claimed();
    let answer = ledger(server.url()).apply(&key, &claim).await;
    let Ok(Fenced::Conflict(Some(record))) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(record.state, DeliveryState::Sending);
    assert_eq!(record.attempt_id.as_ref().map(|id| id.as_str()), Some("another"));
    assert_eq!(record.lease_until, Some(clock::from_millis(lease)));
    assert_eq!(record.facts.channel, Channel::Email);
    assert_eq!(record.history.len(), 1);
    assert_eq!(server.count(), 1, "a conflict is an answer");
}

#[tokio::test]
async fn a_conflict_without_a_record_says_that_there_is_none() {
    let error = Answer::json_error("ConditionalCheckFailedException", json!({}));
    let server = Server::answering([error]).await;
    let (key, _) = claimed();
    let accepted = accepted(&attempt(), &"id-1".into(), at(HAPPENED));
    assert_eq!(ledger(server.url()).apply(&key, &accepted).await, Ok(Fenced::Conflict(None)));
}

/// Its writes are conditional, so this client may repeat them.
#[tokio::test]
async fn a_table_that_throttles_is_asked_again() {
    let throttled = || Answer::json_error("ProvisionedThroughputExceededException", json!({}));
    let server = Server::answering([throttled(), throttled(), write_applied()]).await;
    let (key, claim) = claimed();
    let answer = ledger(server.url()).apply(&key, &claim).await;
    assert_eq!(
        (answer, server.count()),
        (Ok(Fenced::Applied(Tally { attempts: 1, doubts: 0 })), 3)
    );
}

/// The record is processed again, when somebody has repaired the deployment.
#[tokio::test]
async fn a_table_that_is_not_there_is_an_error_that_says_so() {
    let missing = Answer::json_error("ResourceNotFoundException", json!({}));
    let server = Server::answering([missing]).await;
    let (key, claim) = claimed();
    let reason = "ResourceNotFoundException".to_owned();
    let error = CallError { operation: "dynamodb:UpdateItem", reason };
    assert_eq!(ledger(server.url()).apply(&key, &claim).await, Err(error));
    assert_eq!(server.count(), 1);
}
