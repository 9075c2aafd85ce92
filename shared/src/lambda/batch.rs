//! The loop that every function shares: a function of one record becomes a
//! partial batch response.
//!
//! Records of one message group (an order, a customer) are processed in
//! sequence, groups in parallel. A record that fails, or panics, fails alone,
//! but for the rest of its group, which must not overtake it.
//!
//! Lambda takes an empty, null or unknown id in the response for a failure of
//! the whole batch, so a record without an id is an error of its own.
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use futures_util::FutureExt;
use futures_util::future::join_all;

use crate::model::clock::{self, Clock};
use crate::model::record::PRIORITY_ATTRIBUTE;
use crate::model::{Invocation, Logged, Postponed, Priority, Reason, Record, Trace};
use crate::platform::telemetry;

/// Changes when a message is seen again.
pub trait Visibility: Sync {
    /// Hides the message for `after` (SQS: whole seconds, at most 12 hours from
    /// its receipt). Failing changes nothing but the time of the next try, so
    /// failures are only logged.
    fn postpone(&self, record: &Record, after: Duration) -> impl Future<Output = ()> + Send;
}

/// A batch that can't be answered record by record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// A response can only name records that have an id.
    #[error("record {index} of the batch has no messageId, so the whole batch is returned")]
    NoMessageId {
        /// Its place, from 0.
        index: usize,
    },
}

/// Processes a batch and answers which records are not done.
///
/// # Errors
/// [`BatchError`]; Lambda then returns the whole batch to the queue.
pub async fn process<W, F>(
    event: SqsEvent,
    invocation: &Invocation,
    clock: &impl Clock,
    visibility: &impl Visibility,
    work: W,
) -> Result<SqsBatchResponse, BatchError>
where
    W: Fn(Record) -> F,
    F: Future<Output = Result<(), Postponed>>,
{
    let groups = groups(event)?;
    let work = &work;
    let failures = join_all(
        groups.into_iter().map(|group| process_group(group, invocation, clock, visibility, work)),
    )
    .await;
    let mut response = SqsBatchResponse::default();
    for record in failures.into_iter().flatten() {
        response.add_failure(record);
    }
    Ok(response)
}

/// Processes one group in sequence; the ids of the records that are not done.
async fn process_group<W, F>(
    group: Vec<Record>,
    invocation: &Invocation,
    clock: &impl Clock,
    visibility: &impl Visibility,
    work: &W,
) -> Vec<String>
where
    W: Fn(Record) -> F,
    F: Future<Output = Result<(), Postponed>>,
{
    let mut records = group.into_iter();
    while let Some(record) = records.next() {
        let outcome = if clock.now() >= invocation.deadline {
            Err(Postponed::after(Duration::ZERO, Reason::Deadline))
        } else {
            // Nothing of the record's work is used after a panic but its id.
            let work = AssertUnwindSafe(async { work(record.clone()).await });
            work.catch_unwind().await.unwrap_or(Err(Postponed::by_backoff(Reason::Panic)))
        };
        if let Err(postponed) = outcome {
            let after = postponed.retry_after.unwrap_or_else(|| backoff(record.receive_count));
            if postponed.logged == Logged::NotYet {
                telemetry::record_postponed(&record, &postponed.reason, after, clock.now());
            }
            let returned: Vec<_> = std::iter::once(record).chain(records).collect();
            for record in &returned {
                visibility.postpone(record, after).await;
            }
            return returned.into_iter().map(|record| record.message_id).collect();
        }
    }
    Vec::new()
}

/// 2, 4, 8 … seconds by the receive count, at most an hour: a message outlives
/// an outage of days before its queue's maxReceiveCount dead-letters it.
fn backoff(receive_count: u32) -> Duration {
    Duration::from_secs(1 << receive_count.clamp(1, 12)).min(Duration::from_secs(60 * 60))
}

/// The records by message group, in the order of arrival. A record without a
/// group is one of its own, together with its copies: a standard queue may put
/// the same message into a batch twice.
fn groups(event: SqsEvent) -> Result<Vec<Vec<Record>>, BatchError> {
    let mut groups: Vec<Vec<Record>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, message) in event.records.into_iter().enumerate() {
        let record = record(message).ok_or(BatchError::NoMessageId { index })?;
        let group = record.group.clone().unwrap_or_else(|| record.message_id.clone());
        match places.get(&group) {
            Some(&place) => groups[place].push(record),
            None => {
                places.insert(group, groups.len());
                groups.push(vec![record]);
            }
        }
    }
    // All groups start together; those of higher priority make their first call
    // first.
    groups.sort_by_key(|group| Reverse(group.iter().map(|record| record.priority).max()));
    Ok(groups)
}

fn record(message: SqsMessage) -> Option<Record> {
    let attribute = |name: &str| message.attributes.get(name);
    let sent_at = attribute("SentTimestamp").and_then(|t| t.parse().ok()).unwrap_or(0);
    let priority = message.message_attributes.get(PRIORITY_ATTRIBUTE);
    let priority = priority.and_then(|attribute| attribute.string_value.as_deref());
    let arn = message.event_source_arn.as_deref().unwrap_or_default();
    Some(Record {
        queue: arn.rsplit(':').next().unwrap_or_default().to_owned(),
        priority: priority.and_then(Priority::parse),
        group: attribute("MessageGroupId").cloned(),
        trace: attribute("AWSTraceHeader").and_then(|header| Trace::from_header(header)),
        sent_at: clock::from_millis(sent_at),
        receive_count: attribute("ApproximateReceiveCount")
            .and_then(|n| n.parse().ok())
            .unwrap_or(1),
        message_id: message.message_id.filter(|id| !id.is_empty())?,
        receipt_handle: message.receipt_handle.unwrap_or_default(),
        body: message.body.unwrap_or_default(),
    })
}
