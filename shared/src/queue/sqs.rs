//! The queues on SQS.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};

use super::{DeliveryJob, JobQueue, Quarantine, Refusal};
use crate::aws::fault;
use crate::batch::{PRIORITY_ATTRIBUTE, Record, Visibility};
use crate::catalogue::Class;
use crate::config::Environment;
use crate::event::Channel;
use crate::failure::CallError;
use crate::id::hash;
use crate::telemetry;

/// SQS takes at most this many entries per batch.
const BATCH: usize = 10;

/// SQS takes at most 1 MiB per batch, attributes included; some is left for
/// them.
const BATCH_BYTES: usize = 1_000_000;

/// A message can be hidden for at most 12 hours.
const LONGEST_HIDING: Duration = Duration::from_secs(12 * 60 * 60);

/// Which queue the jobs of each channel and class go to: a wave of promotional
/// messages never stands before "your order has shipped".
#[derive(Debug, Clone)]
pub struct QueueUrls(BTreeMap<(Channel, Class), String>);

impl QueueUrls {
    /// The queues that the environment names: `EMAIL_QUEUE_URL`,
    /// `EMAIL_BULK_QUEUE_URL`, and so on. What is missing is told by
    /// [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        use Channel::{Email, Push, Sms};
        use Class::{Promotional, Transactional};

        let variables = [
            (Email, Transactional, "EMAIL_QUEUE_URL"),
            (Email, Promotional, "EMAIL_BULK_QUEUE_URL"),
            (Sms, Transactional, "SMS_QUEUE_URL"),
            (Sms, Promotional, "SMS_BULK_QUEUE_URL"),
            (Push, Transactional, "PUSH_QUEUE_URL"),
            (Push, Promotional, "PUSH_BULK_QUEUE_URL"),
        ];
        let url = |(channel, class, variable)| ((channel, class), environment.required(variable));
        Self(variables.map(url).into())
    }

    /// Queues by channel and class.
    pub fn new(urls: BTreeMap<(Channel, Class), String>) -> Self {
        Self(urls)
    }
}

/// Sends jobs to the channels' queues.
#[derive(Debug, Clone)]
pub struct SqsJobs {
    client: Client,
    urls: QueueUrls,
}

impl SqsJobs {
    /// Queues by channel.
    pub fn new(client: Client, urls: QueueUrls) -> Self {
        Self { client, urls }
    }

    async fn send(
        &self,
        url: &str,
        entries: Vec<SendMessageBatchRequestEntry>,
    ) -> Result<(), CallError> {
        const OPERATION: &str = "sqs:SendMessageBatch";
        let sent = self.client.send_message_batch().queue_url(url).set_entries(Some(entries));
        let answer = sent.send().await.map_err(|e| CallError::new(OPERATION, &fault(&e)))?;
        // A batch call succeeds even where entries of it fail.
        match answer.failed.first() {
            Some(entry) => Err(CallError::unexpected(OPERATION, &entry.code)),
            None => Ok(()),
        }
    }
}

impl JobQueue for SqsJobs {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: &str) -> Result<(), CallError> {
        for (lane, url) in &self.urls.0 {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            for job in jobs.iter().filter(|job| (job.channel(), job.class) == *lane) {
                let body = body(job)?;
                if batch.len() == BATCH || bytes + body.len() > BATCH_BYTES {
                    self.send(url, std::mem::take(&mut batch)).await?;
                    bytes = 0;
                }
                bytes += body.len();
                batch.push(entry(job, body, origin).map_err(building)?);
            }
            if !batch.is_empty() {
                self.send(url, batch).await?;
            }
        }
        Ok(())
    }
}

/// The job as JSON, with the two characters escaped that JSON allows and SQS
/// refuses. Source: SQS `SendMessage`, `MessageBody`.
fn body(job: &DeliveryJob) -> Result<String, CallError> {
    let json = serde_json::to_string(job).map_err(|e| CallError::unexpected("sqs:encode", e))?;
    Ok(json.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"))
}

fn entry(
    job: &DeliveryJob,
    body: String,
    origin: &str,
) -> Result<SendMessageBatchRequestEntry, BuildError> {
    SendMessageBatchRequestEntry::builder()
        .id(job.delivery_id.as_str())
        .message_group_id(job.order_id.as_str())
        .message_deduplication_id(hash(["job", job.delivery_id.as_str(), origin]))
        .message_body(body)
        .message_attributes(PRIORITY_ATTRIBUTE, text(job.priority.as_str())?)
        .build()
}

fn text(value: &str) -> Result<MessageAttributeValue, BuildError> {
    MessageAttributeValue::builder().data_type("String").string_value(value).build()
}

fn building(error: BuildError) -> CallError {
    CallError::unexpected("sqs:encode", error)
}

/// The queues a function reads, each with the dead-letter queue beside it.
#[derive(Debug, Clone)]
pub struct SqsQueue {
    client: Client,
    pairs: Vec<QueuePair>,
}

/// A queue and where its messages are set aside.
#[derive(Debug, Clone)]
pub struct QueuePair {
    /// The queue.
    pub url: String,
    /// Its dead-letter queue.
    pub quarantine_url: String,
}

impl QueuePair {
    /// The function's queue: `QUEUE_URL`, `QUARANTINE_QUEUE_URL`. What is missing
    /// is told by [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        Self {
            url: environment.required("QUEUE_URL"),
            quarantine_url: environment.required("QUARANTINE_QUEUE_URL"),
        }
    }

    /// A sender's two queues: that of transactional and that of promotional jobs.
    pub fn lanes_from_environment(environment: &mut Environment<'_>) -> Vec<Self> {
        let bulk = Self {
            url: environment.required("BULK_QUEUE_URL"),
            quarantine_url: environment.required("BULK_QUARANTINE_QUEUE_URL"),
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

impl Quarantine for SqsQueue {
    async fn quarantine(&self, message: &Record, refusal: &Refusal) -> Result<(), CallError> {
        self.client
            .send_message()
            .queue_url(&self.pair(message)?.quarantine_url)
            .message_body(&message.body)
            .message_group_id(message.group.as_deref().unwrap_or("none"))
            .message_deduplication_id(&message.message_id)
            .message_attributes("bellhop-reason", text(&refusal.code).map_err(building)?)
            .message_attributes("bellhop-detail", text(&refusal.detail).map_err(building)?)
            .send()
            .await
            .map(drop)
            .map_err(|e| CallError::new("sqs:SendMessage", &fault(&e)))
    }
}
