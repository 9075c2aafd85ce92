//! The queues on SQS.

use std::collections::BTreeMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;

use super::{DeliveryJob, JobQueue};
use crate::delivery::Routes;
use crate::event::ChannelFailed;
use crate::model::failure::CallError;
use crate::model::id::hash;
use crate::model::record::PRIORITY_ATTRIBUTE;
use crate::model::{Channel, Class, Origin};
use crate::platform::aws::{building, fault, send_batch, sqs_text, trace_attribute};
use crate::platform::environment::Environment;

/// SQS takes at most this many entries per batch.
const BATCH: usize = 10;

/// SQS takes at most 1 MiB per batch, attributes included; some is left for
/// them.
const BATCH_BYTES: usize = 1_000_000;

/// Which queue the jobs of each channel and class go to: a wave of promotional
/// messages never stands before "your order has shipped".
#[derive(Debug, Clone)]
pub struct QueueUrls(BTreeMap<(Channel, Class), String>);

impl QueueUrls {
    /// The queues that the environment names: `EMAIL_QUEUE_URL`,
    /// `EMAIL_BULK_QUEUE_URL`, and so on. What is missing is told by
    /// [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        let mut urls = BTreeMap::new();
        for channel in Channel::ALL {
            for (class, lane) in [(Class::Transactional, ""), (Class::Promotional, "_BULK")] {
                let channel_name = channel.as_str().to_ascii_uppercase();
                let variable = format!("{channel_name}{lane}_QUEUE_URL");
                urls.insert((channel, class), environment.required(&variable));
            }
        }
        Self(urls)
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
}

impl JobQueue for SqsJobs {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: Origin<'_>) -> Result<(), CallError> {
        for (lane, url) in &self.urls.0 {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            for job in jobs.iter().filter(|job| (job.channel(), job.class) == *lane) {
                let body = body(job)?;
                if batch.len() == BATCH || bytes + body.len() > BATCH_BYTES {
                    send_batch(&self.client, url, std::mem::take(&mut batch)).await?;
                    bytes = 0;
                }
                bytes += body.len();
                batch.push(entry(job, body, origin).map_err(building)?);
            }
            if !batch.is_empty() {
                send_batch(&self.client, url, batch).await?;
            }
        }
        Ok(())
    }
}

/// Says on the queue of order events that routes go on.
#[derive(Debug, Clone)]
pub struct SqsRoutes {
    client: Client,
    url: String,
}

impl SqsRoutes {
    /// On the queue of this URL.
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }

    /// The queue that the environment names: `ORDER_EVENTS_QUEUE_URL`.
    pub fn url_from_environment(environment: &mut Environment<'_>) -> String {
        environment.required("ORDER_EVENTS_QUEUE_URL")
    }
}

impl Routes for SqsRoutes {
    async fn channel_failed(
        &self,
        failed: &ChannelFailed,
        origin: Origin<'_>,
    ) -> Result<(), CallError> {
        let body = failed.body();
        let trace = trace_attribute(origin.trace).map_err(building)?;
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_group_id(failed.order_id.as_str())
            .message_deduplication_id(hash(["failed", &body, origin.message_id]))
            .message_body(body)
            .set_message_system_attributes(trace.map(|trace| [trace].into()))
            .send()
            .await
            .map(drop)
            .map_err(|e| CallError::new("sqs:SendMessage", &fault(&e)))
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
    origin: Origin<'_>,
) -> Result<SendMessageBatchRequestEntry, BuildError> {
    let entry = SendMessageBatchRequestEntry::builder()
        .id(job.delivery_id.as_str())
        .message_group_id(job.recipient.hash(&job.order_id))
        .message_deduplication_id(hash(["job", job.delivery_id.as_str(), origin.message_id]))
        .message_body(body)
        .message_attributes(PRIORITY_ATTRIBUTE, sqs_text(job.priority.as_str())?);
    match trace_attribute(origin.trace)? {
        Some((name, trace)) => entry.message_system_attributes(name, trace),
        None => entry,
    }
    .build()
}
