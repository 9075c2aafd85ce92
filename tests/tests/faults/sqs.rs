//! What SQS answers.

use std::collections::BTreeMap;
use std::time::Duration;

use bellhop::delivery::{DeliveryJob, JobQueue, QueueUrls, SqsJobs};
use bellhop::lambda::{QueuePair, SqsQueue, Visibility};
use bellhop::model::failure::CallError;
use bellhop::model::{Channel, Class, Record};
use bellhop::platform::{DeadLetter, DeadLetterQueue};
use bellhop_tests::event::record;
use bellhop_tests::job::job_about;
use bellhop_tests::server::{Answer, Server};
use serde_json::{Value, json};

use crate::world::eager;

const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012/email.fifo";
const BULK_QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012/email-bulk.fifo";

/// A message of the queue with this name.
fn message(queue: &str) -> Record {
    Record { queue: queue.to_owned(), ..record("m-1", None, "?") }
}

fn jobs_queue(url: &str) -> SqsJobs {
    let lane = (Channel::Email, Class::Transactional);
    let urls = QueueUrls::new(BTreeMap::from([(lane, QUEUE.to_owned())]));
    SqsJobs::new(aws_sdk_sqs::Client::new(&eager(url)), urls)
}

fn queue(url: &str) -> SqsQueue {
    let pair = |url: &str| QueuePair { url: url.to_owned(), dead_letter_url: format!("{url}.dlq") };
    let client = aws_sdk_sqs::Client::new(&eager(url));
    SqsQueue::new(client, vec![pair(QUEUE), pair(BULK_QUEUE)])
}

fn jobs(count: usize) -> Vec<DeliveryJob> {
    (0..count).map(|nth| job_about(&format!("A-{nth}"), Channel::Email)).collect()
}

fn sent(jobs: &[DeliveryJob]) -> Answer {
    let entry = |job: &DeliveryJob| json!({"Id": job.delivery_id, "MessageId": "m", "MD5OfMessageBody": ""});
    let entries: Vec<_> = jobs.iter().map(entry).collect();
    Answer::ok(json!({ "Successful": entries }).to_string())
}

fn bodies(server: &Server) -> Vec<Value> {
    let body = |request: bellhop_tests::server::Request| serde_json::from_str(&request.body);
    server.requests().into_iter().map(|request| body(request).unwrap()).collect()
}

/// The call as a whole succeeds.
#[tokio::test]
async fn an_entry_that_fails_fails_the_call() {
    let jobs = jobs(2);
    let failed = json!({
        "Successful": [{"Id": jobs[0].delivery_id, "MessageId": "m", "MD5OfMessageBody": ""}],
        "Failed": [{"Id": jobs[1].delivery_id, "SenderFault": false, "Code": "InternalError"}],
    });
    let server = Server::answering([Answer::ok(failed.to_string())]).await;
    let outcome = jobs_queue(server.url()).enqueue(&jobs, "m-1".into()).await;
    let reason = "InternalError".to_owned();
    assert_eq!(outcome, Err(CallError { operation: "sqs:SendMessageBatch", reason }));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn more_jobs_than_a_batch_takes_are_sent_in_several_in_order() {
    let jobs = jobs(23);
    let script = [sent(&jobs[..10]), sent(&jobs[10..20]), sent(&jobs[20..])];
    let server = Server::answering(script).await;
    assert_eq!(jobs_queue(server.url()).enqueue(&jobs, "m-1".into()).await, Ok(()));
    let entries = bodies(&server).into_iter().flat_map(|body| match &body["Entries"] {
        Value::Array(entries) => entries.clone(),
        other => panic!("{other}"),
    });
    let groups: Vec<_> = entries.map(|entry| entry["MessageGroupId"].clone()).collect();
    let recipients: Vec<_> = jobs.iter().map(|job| job.recipient.hash(&job.order_id)).collect();
    assert_eq!(groups, recipients);
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn jobs_are_the_same_to_sqs_for_the_same_origin_only() {
    let jobs = jobs(1);
    let server = Server::answering([sent(&jobs)]).await;
    let queue = jobs_queue(server.url());
    for origin in ["m-1", "m-1", "m-2"] {
        queue.enqueue(&jobs, origin.into()).await.unwrap();
    }
    let ids: Vec<_> = bodies(&server)
        .into_iter()
        .map(|body| body["Entries"][0]["MessageDeduplicationId"].clone())
        .collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[1], ids[2]);
}

/// Fault 27: the visibility is lost already, and the record's outcome stands.
#[tokio::test]
async fn a_message_that_is_not_in_flight_can_not_be_postponed_and_that_is_all() {
    let server = Server::answering([Answer::json_error("MessageNotInflight", json!({}))]).await;
    queue(server.url()).postpone(&message("email.fifo"), Duration::from_secs(5)).await;
    assert_eq!(server.count(), 1);
}

/// Fault 28: SQS would reject the call.
#[tokio::test]
async fn a_message_is_hidden_for_twelve_hours_at_most() {
    let server = Server::answering([Answer::ok("{}")]).await;
    for wait in [Duration::from_secs(90), Duration::from_secs(13 * 3600), Duration::MAX] {
        queue(server.url()).postpone(&message("email.fifo"), wait).await;
    }
    let seconds: Vec<_> =
        bodies(&server).into_iter().map(|body| body["VisibilityTimeout"].clone()).collect();
    assert_eq!(seconds, [90, 43_200, 43_200]);
}

#[tokio::test]
async fn a_message_is_hidden_and_dead_lettered_where_it_came_from() {
    let server = Server::answering([Answer::ok("{}")]).await;
    let letter = DeadLetter { reason: "not_json".into(), detail: "the body is no JSON".to_owned() };
    for name in ["email.fifo", "email-bulk.fifo"] {
        queue(server.url()).postpone(&message(name), Duration::ZERO).await;
        queue(server.url()).put(&message(name), &letter).await.unwrap();
    }
    let urls: Vec<_> = bodies(&server).into_iter().map(|body| body["QueueUrl"].clone()).collect();
    let dead_letters = |url| format!("{url}.dlq");
    let wanted =
        [QUEUE.to_owned(), dead_letters(QUEUE), BULK_QUEUE.to_owned(), dead_letters(BULK_QUEUE)];
    assert_eq!(urls, wanted);
}

/// Until it is there, the original must stay where it is.
#[tokio::test]
async fn a_message_that_can_not_be_dead_lettered_is_an_error() {
    let server = Server::answering([Answer::json_error("AccessDenied", json!({}))]).await;
    let letter = DeadLetter { reason: "not_json".into(), detail: "the body is no JSON".to_owned() };
    let outcome = queue(server.url()).put(&message("email.fifo"), &letter).await;
    let reason = "AccessDenied".to_owned();
    assert_eq!(outcome, Err(CallError { operation: "sqs:SendMessage", reason }));
}
