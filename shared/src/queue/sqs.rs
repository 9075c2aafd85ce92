//! The queues on SQS.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};

use super::{DeliveryJob, JobQueue, Quarantine, Refusal};
use crate::aws::fault;
use crate::batch::{Record, Visibility};
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

/// Which queue each channel's jobs go to.
#[derive(Debug, Clone)]
pub struct QueueUrls(pub BTreeMap<Channel, String>);

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

    async fn send(&self, url: &str, entries: Vec<SendMessageBatchRequestEntry>) -> Result<(), CallError> {
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
        for (channel, url) in &self.urls.0 {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            for job in jobs.iter().filter(|job| job.channel() == *channel) {
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
    let json =
        serde_json::to_string(job).map_err(|e| CallError::unexpected("sqs:encode", e))?;
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
        .build()
}

fn building(error: BuildError) -> CallError {
    CallError::unexpected("sqs:encode", error)
}

/// A function's own queue, and the dead-letter queue beside it.
#[derive(Debug, Clone)]
pub struct SqsQueue {
    client: Client,
    url: String,
    quarantine_url: String,
}

impl SqsQueue {
    /// The queue the function reads, and where it sets messages aside.
    pub fn new(client: Client, url: String, quarantine_url: String) -> Self {
        Self { client, url, quarantine_url }
    }
}

impl Visibility for SqsQueue {
    async fn postpone(&self, record: &Record, after: Duration) {
        let seconds = after.min(LONGEST_HIDING).as_secs().try_into().unwrap_or(i32::MAX);
        let change = self
            .client
            .change_message_visibility()
            .queue_url(&self.url)
            .receipt_handle(&record.receipt_handle)
            .visibility_timeout(seconds);
        if let Err(e) = change.send().await {
            telemetry::benign("sqs:ChangeMessageVisibility", &fault(&e).reason());
        }
    }
}

impl Quarantine for SqsQueue {
    async fn quarantine(&self, message: &Record, refusal: &Refusal) -> Result<(), CallError> {
        let attribute = |text: &str| {
            MessageAttributeValue::builder().data_type("String").string_value(text).build()
        };
        self.client
            .send_message()
            .queue_url(&self.quarantine_url)
            .message_body(&message.body)
            .message_group_id(message.group.as_deref().unwrap_or("none"))
            .message_deduplication_id(&message.message_id)
            .message_attributes("bellhop-reason", attribute(&refusal.code).map_err(building)?)
            .message_attributes("bellhop-detail", attribute(&refusal.detail).map_err(building)?)
            .send()
            .await
            .map(drop)
            .map_err(|e| CallError::new("sqs:SendMessage", &fault(&e)))
    }
}
