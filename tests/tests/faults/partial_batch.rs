//! Partial batch responses: what AWS, by its own table, makes of those that the
//! functions give, as `lambda_runtime` writes them.

use aws_lambda_events::sqs::SqsEvent;
use bellhop::lambda::batch::{self, BatchError};
use bellhop::model::clock::ManualClock;
use bellhop::model::{Postponed, Record};
use bellhop_tests::event::{batch as batch_of, record};
use bellhop_tests::fifo::{Fifo, Hiding};
use bellhop_tests::job::invocation;
use bellhop_tests::poller::{Message, Outcome, Settled, settle};
use bellhop_tests::{HAPPENED, at};

/// A function that does what each message's body says.
async fn process(event: SqsEvent) -> Result<String, BatchError> {
    let clock = ManualClock::at(at(HAPPENED));
    let invocation = invocation("request", at(HAPPENED));
    let work = |record: Record| async move {
        match record.body.as_str() {
            "fail" => Err(Postponed::by_backoff("trouble".into())),
            "panic" => panic!("trouble"),
            _ => Ok(()),
        }
    };
    let queue = Fifo::default();
    let hiding = Hiding(&queue, &clock);
    let response = batch::process(event, &invocation, &clock, &hiding, work).await?;
    // As `lambda_runtime` does with what a handler returns.
    Ok(serde_json::to_string(&response).unwrap())
}

/// What becomes of a batch of messages, each an id, its group if it has one, and
/// what is to happen.
async fn settled(messages: &[(&str, Option<&str>, &str)]) -> Settled {
    let records: Vec<_> =
        messages.iter().map(|(id, group, body)| record(id, *group, body)).collect();
    let answer = process(batch_of(&records)).await;
    let outcome = match &answer {
        Ok(text) => Outcome::Answer(text),
        Err(_) => Outcome::Error,
    };
    let batch: Vec<_> = records.iter().map(Message::from).collect();
    let settled = settle(&batch, outcome);
    assert_eq!(settled.overtaking, [""; 0]);
    settled
}

#[tokio::test]
async fn a_batch_that_is_done_is_deleted() {
    let settled = settled(&[("m-1", None, "ok"), ("m-2", None, "ok")]).await;
    assert_eq!(settled.deleted, ["m-1", "m-2"]);
    assert_eq!(settled.returned, [""; 0]);
}

#[tokio::test]
async fn a_record_that_fails_comes_back_alone() {
    let settled = settled(&[("m-1", None, "ok"), ("m-2", None, "fail"), ("m-3", None, "ok")]).await;
    assert_eq!(settled.deleted, ["m-1", "m-3"]);
    assert_eq!(settled.returned, ["m-2"]);
}

#[tokio::test]
async fn a_record_that_panics_comes_back_alone() {
    let settled =
        settled(&[("m-1", None, "panic"), ("m-2", None, "ok"), ("m-3", None, "ok")]).await;
    assert_eq!(settled.deleted, ["m-2", "m-3"]);
    assert_eq!(settled.returned, ["m-1"]);
}

#[tokio::test]
async fn the_rest_of_a_group_comes_back_with_the_record_that_fails() {
    for trouble in ["fail", "panic"] {
        let settled = settled(&[
            ("a-1", Some("a"), "ok"),
            ("b-1", Some("b"), "ok"),
            ("a-2", Some("a"), trouble),
            ("b-2", Some("b"), "ok"),
            ("a-3", Some("a"), "ok"),
            ("b-3", Some("b"), "ok"),
            ("a-4", Some("a"), "ok"),
        ])
        .await;
        assert_eq!(settled.deleted, ["a-1", "b-1", "b-2", "b-3"], "{trouble}");
        assert_eq!(settled.returned, ["a-2", "a-3", "a-4"], "{trouble}");
    }
}

#[tokio::test]
async fn a_batch_that_fails_whole_comes_back_whole() {
    let settled = settled(&[("m-1", None, "fail"), ("m-2", Some("a"), "panic")]).await;
    assert_eq!(settled.returned, ["m-1", "m-2"]);
}

#[tokio::test]
async fn fault_20_a_batch_without_records_has_no_failures() {
    let answer = process(batch_of(&[])).await.unwrap();
    assert_eq!(answer, r#"{"batchItemFailures":[]}"#);
    assert_eq!(settled(&[]).await.returned, [""; 0]);
}

/// An empty id in the response would return the whole batch too, and nobody
/// would know why.
#[tokio::test]
async fn fault_21_a_record_without_an_id_is_an_error_that_returns_the_whole_batch() {
    let messages = [("m-1", None, "ok"), ("", None, "ok"), ("m-3", None, "fail")];
    assert_eq!(settled(&messages).await.returned, ["m-1", "", "m-3"]);

    let mut event = batch_of(&messages.map(|(id, group, body)| record(id, group, body)));
    for id in [Some(String::new()), None] {
        event.records[1].message_id = id;
        let error = process(event.clone()).await.unwrap_err();
        assert_eq!(error, BatchError::NoMessageId { index: 1 });
    }
}
