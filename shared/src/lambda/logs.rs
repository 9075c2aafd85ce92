//! CloudWatch Logs as a source: lines of SNS's delivery logs go on the feedback queue,
//! where what can't be applied yet is seen again.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::Value;

use crate::feedback::lines_of;
use crate::model::failure::CallError;
use crate::platform::aws::{building, send_batch};

/// SQS takes at most this many entries per batch.
const BATCH: usize = 10;

/// A batch's bytes at most; SQS takes 1 MiB.
const BATCH_BYTES: usize = 900_000;

/// The queue that lines are put on.
#[derive(Debug, Clone)]
pub struct LineQueue {
    client: Client,
    url: String,
}

impl LineQueue {
    /// The queue at this URL.
    pub fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    async fn put(&self, lines: &[String]) -> Result<(), CallError> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for (at, line) in lines.iter().enumerate() {
            if batch.len() == BATCH || bytes + line.len() > BATCH_BYTES {
                send_batch(&self.client, &self.url, std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
            bytes += line.len();
            let entry = SendMessageBatchRequestEntry::builder().id(at.to_string());
            batch.push(entry.message_body(line).build().map_err(building)?);
        }
        if batch.is_empty() { Ok(()) } else { send_batch(&self.client, &self.url, batch).await }
    }
}

/// Serves a subscription of CloudWatch Logs. What can't be read or enqueued fails, and
/// Lambda tries it again and then keeps it whole.
///
/// # Errors
/// If the Lambda runtime API is gone.
pub async fn serve_logs(queue: LineQueue) -> Result<(), Error> {
    let queue = &queue;
    let handler = |event: LambdaEvent<Value>| async move {
        let lines = lines_of(&event.payload)?;
        queue.put(&lines).await?;
        Ok::<_, Error>(())
    };
    lambda_runtime::run(service_fn(handler)).await
}
