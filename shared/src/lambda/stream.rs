//! The loop over a batch of a table's stream, which becomes a partial batch response.
//!
//! A stream keeps its order: Lambda takes the lowest number in the response, and comes
//! again with that record and all that follow. So a record that is not done ends the
//! batch; one that panics, which it would each time, is dead-lettered instead, or nothing
//! behind it would ever be read.
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html>.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::{FutureExt, StreamExt, stream};
use serde::Serialize;
use serde_json::Value;

use super::batch::BatchError;
use crate::model::clock::{self, Clock};
use crate::model::{Invocation, Postponed, Reason, Record};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, telemetry};

/// How many records are worked on at once. Those behind one that fails are worked on
/// again.
const AT_ONCE: usize = 8;

/// The response: at most the first record that is not done.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamResponse {
    batch_item_failures: Vec<Failure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

/// Processes a batch and answers from which record on it is to come again. Each record is
/// handed on as the JSON that the stream has of it, so that one that can't be read fails
/// alone.
///
/// # Errors
/// [`BatchError`]; Lambda then comes again with the whole batch.
pub async fn process<W, F>(
    event: Value,
    invocation: &Invocation,
    clock: &impl Clock,
    dead_letters: &impl DeadLetterQueue,
    work: W,
) -> Result<StreamResponse, BatchError>
where
    W: Fn(Record) -> F,
    F: Future<Output = Result<(), Postponed>>,
{
    let work = &work;
    let each = |record: Record| async move {
        let outcome = if clock.now() >= invocation.deadline {
            Err(Postponed::by_backoff(Reason::Deadline))
        } else {
            // Nothing of the record's work is used after a panic but the record.
            let work = AssertUnwindSafe(async { work(record.clone()).await });
            match work.catch_unwind().await {
                Ok(outcome) => outcome,
                Err(_) => {
                    let detail = "the function failed on it, and would each time".to_owned();
                    let letter = DeadLetter { reason: Reason::Panic, detail };
                    dead_letter(dead_letters, clock, &record, &letter).await
                }
            }
        };
        (record, outcome)
    };
    let mut outcomes = stream::iter(records(event)?).map(each).buffered(AT_ONCE);
    while let Some((record, outcome)) = outcomes.next().await {
        if let Err(postponed) = outcome {
            // When it comes again, Lambda says.
            telemetry::record_postponed(&record, &postponed.reason, Duration::ZERO, clock.now());
            let first = Failure { item_identifier: record.message_id };
            return Ok(StreamResponse { batch_item_failures: vec![first] });
        }
    }
    Ok(StreamResponse::default())
}

fn records(mut event: Value) -> Result<Vec<Record>, BatchError> {
    let records = event.get_mut("Records").and_then(Value::as_array_mut).map(std::mem::take);
    let records = records.unwrap_or_default().into_iter().enumerate();
    records.map(|(index, json)| record(&json).ok_or(BatchError::NoMessageId { index })).collect()
}

fn record(json: &Value) -> Option<Record> {
    let number = json["dynamodb"]["SequenceNumber"].as_str().filter(|number| !number.is_empty())?;
    let seconds = json["dynamodb"]["ApproximateCreationDateTime"].as_f64().unwrap_or_default();
    Some(Record {
        message_id: number.to_owned(),
        receipt_handle: String::new(),
        body: json.to_string(),
        group: None,
        queue: String::new(),
        priority: None,
        sent_at: clock::from_millis((seconds * 1000.0) as i64),
        receive_count: 1,
        trace: None,
    })
}
