//! SQS as a source: the queues that a function reads, each with its dead-letter
//! queue.

use std::time::Duration;

use aws_sdk_sqs::Client;

use super::Visibility;
use crate::model::Record;
use crate::model::failure::CallError;
use crate::platform::aws::{building, fault, sqs_text, trace_attribute};
use crate::platform::environment::Environment;
use crate::platform::{DeadLetter, DeadLetterQueue, telemetry};

/// A message can be hidden for at most 12 hours.
const LONGEST_HIDING: Duration = Duration::from_secs(12 * 60 * 60);

/// The queues a function reads, each with the dead-letter queue beside it.
#[derive(Debug, Clone)]
pub struct SqsQueue {
    client: Client,
    pairs: Vec<QueuePair>,
}

/// A queue and where its dead letters go.
#[derive(Debug, Clone)]
pub struct QueuePair {
    /// The queue.
    pub url: String,
    /// Its dead-letter queue.
    pub dead_letter_url: String,
}

impl QueuePair {
    /// The function's queue: `QUEUE_URL`, `DEAD_LETTER_QUEUE_URL`. What is missing
    /// is reported by [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        Self {
            url: environment.required("QUEUE_URL"),
            dead_letter_url: environment.required("DEAD_LETTER_QUEUE_URL"),
        }
    }

    /// A sender's two queues: that of transactional and that of promotional jobs.
    pub fn lanes_from_environment(environment: &mut Environment<'_>) -> Vec<Self> {
        let bulk = Self {
            url: environment.required("BULK_QUEUE_URL"),
            dead_letter_url: environment.required("BULK_DEAD_LETTER_QUEUE_URL"),
        };
        vec![Self::from_environment(environment), bulk]
    }
}

impl SqsQueue {
    /// The queues the function reads; at least one.
    pub fn new(client: Client, pairs: Vec<QueuePair>) -> Self {
        Self { client, pairs }
    }

    /// The pair a record came from, by the queue's name.
    fn pair(&self, record: &Record) -> Result<&QueuePair, CallError> {
        let named = |pair: &&QueuePair| pair.url.rsplit('/').next() == Some(&record.queue);
        // A function of one queue needs no names.
        let only = || self.pairs.first().filter(|_| self.pairs.len() == 1);
        let problem = || CallError::unexpected("sqs:queue", "a record of a queue it does not read");
        self.pairs.iter().find(named).or_else(only).ok_or_else(problem)
    }
}

impl Visibility for SqsQueue {
    async fn postpone(&self, record: &Record, after: Duration) {
        let Ok(pair) = self.pair(record) else { return };
        let seconds = after.min(LONGEST_HIDING).as_secs().try_into().unwrap_or(i32::MAX);
        let change = self
            .client
            .change_message_visibility()
            .queue_url(&pair.url)
            .receipt_handle(&record.receipt_handle)
            .visibility_timeout(seconds);
        if let Err(e) = change.send().await {
            telemetry::benign("sqs:ChangeMessageVisibility", &fault(&e).reason());
        }
    }
}

impl DeadLetterQueue for SqsQueue {
    async fn put(&self, message: &Record, letter: &DeadLetter) -> Result<(), CallError> {
        put(&self.client, &self.pair(message)?.dead_letter_url, message, letter).await
    }
}

/// The dead-letter queue of a function that reads no queue but a table's stream.
#[derive(Debug, Clone)]
pub struct SqsDeadLetters {
    client: Client,
    url: String,
}

impl SqsDeadLetters {
    /// The queue of this URL.
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }
}

impl DeadLetterQueue for SqsDeadLetters {
    async fn put(&self, message: &Record, letter: &DeadLetter) -> Result<(), CallError> {
        put(&self.client, &self.url, message, letter).await
    }
}

async fn put(
    client: &Client,
    url: &str,
    message: &Record,
    letter: &DeadLetter,
) -> Result<(), CallError> {
    // A standard queue rejects what a FIFO queue must be told.
    let fifo = Some(message).filter(|_| url.ends_with(".fifo"));
    let group = |message: &Record| message.group.clone().unwrap_or_else(|| "none".to_owned());
    let trace = trace_attribute(message.trace.as_ref()).map_err(building)?;
    client
        .send_message()
        .queue_url(url)
        .message_body(&message.body)
        .set_message_group_id(fifo.map(group))
        .set_message_deduplication_id(fifo.map(|message| message.message_id.clone()))
        .set_message_system_attributes(trace.map(|trace| [trace].into()))
        .message_attributes("bellhop-reason", sqs_text(&letter.reason.code()).map_err(building)?)
        .message_attributes("bellhop-detail", sqs_text(&letter.detail).map_err(building)?)
        .send()
        .await
        .map(drop)
        .map_err(|e| CallError::new("sqs:SendMessage", &fault(&e)))
}
