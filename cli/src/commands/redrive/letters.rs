//! Dead letters on SQS: read without losing them, sent to where they came from, deleted.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, Message, MessageAttributeValue,
    MessageSystemAttributeName, QueueAttributeName,
};
use bellhop::model::clock::{Timestamp, from_millis};
use bellhop::model::failure::{CallError, is_access};
use bellhop::model::id::hash;
use bellhop::platform::aws::{building, fault};

use super::queue::QueueName;
use crate::CliError;
use crate::connection::Connection;

/// How long a message that is looked at is hidden from others, in seconds. Whoever looks
/// and dies leaves it hidden for as long, and no longer.
const HIDDEN: i32 = 15 * 60;

/// SQS takes at most this many entries per batch, and hands out no more at once.
const BATCH: usize = 10;

/// How long SQS waits for a message, in seconds: a shorter look may miss some.
const LOOK: i32 = 1;

/// What Bellhop writes beside a dead letter.
const REASON: &str = "bellhop-reason";
const DETAIL: &str = "bellhop-detail";

/// A dead letter.
#[derive(Clone)]
pub(super) struct Letter {
    /// SQS's id of it.
    pub(super) message_id: String,
    /// For deleting it.
    receipt_handle: String,
    /// The text. It is about people.
    pub(super) body: String,
    /// Its message group.
    group: Option<String>,
    /// When it came to the dead-letter queue.
    pub(super) sent_at: Timestamp,
    /// Why it is dead, if Bellhop has put it there.
    pub(super) reason: Option<String>,
    /// The sentence for people.
    pub(super) detail: Option<String>,
    attributes: HashMap<String, MessageAttributeValue>,
}

impl Letter {
    fn of(message: Message) -> Option<Self> {
        let mut attributes = message.message_attributes.unwrap_or_default();
        let mut text = |name| attributes.remove(name).and_then(|value| value.string_value);
        let (reason, detail) = (text(REASON), text(DETAIL));
        let system = message.attributes.unwrap_or_default();
        let sent_at = system.get(&MessageSystemAttributeName::SentTimestamp);
        Some(Self {
            message_id: message.message_id?,
            receipt_handle: message.receipt_handle?,
            body: message.body.unwrap_or_default(),
            group: system.get(&MessageSystemAttributeName::MessageGroupId).cloned(),
            sent_at: from_millis(sent_at.and_then(|at| at.parse().ok()).unwrap_or_default()),
            reason,
            detail,
            attributes,
        })
    }

    /// With this message attribute.
    pub(super) fn with(mut self, name: &str, value: MessageAttributeValue) -> Self {
        self.attributes.insert(name.to_owned(), value);
        self
    }
}

/// A queue's dead letters.
pub(super) struct Letters {
    client: Client,
    pub(super) queue: QueueName,
    source: String,
    dead: String,
}

impl Letters {
    /// The dead letters of one of the stack's queues.
    pub(super) fn of(connection: &Connection, queue: QueueName) -> Result<Self, CliError> {
        Ok(Self {
            client: connection.sqs(),
            queue,
            source: connection.output(queue.output())?.to_owned(),
            dead: connection.output(queue.dead_letter_output())?.to_owned(),
        })
    }

    /// About how many can be seen now.
    pub(super) async fn count(&self) -> Result<usize, CliError> {
        let name = QueueAttributeName::ApproximateNumberOfMessages;
        let answer = self
            .client
            .get_queue_attributes()
            .queue_url(&self.dead)
            .attribute_names(name.clone())
            .send()
            .await
            .map_err(|e| CallError::new("sqs:GetQueueAttributes", &fault(&e)))?;
        let count = answer.attributes().and_then(|attributes| attributes.get(&name)?.parse().ok());
        Ok(count.unwrap_or_default())
    }

    /// The next few, hidden from others for a while. Of one group SQS hands out ten at
    /// most, until these are deleted or shown again.
    pub(super) async fn receive(&self) -> Result<Vec<Letter>, CliError> {
        let answer = self
            .client
            .receive_message()
            .queue_url(&self.dead)
            .max_number_of_messages(BATCH.try_into().unwrap_or(1))
            .wait_time_seconds(LOOK)
            .visibility_timeout(HIDDEN)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .message_attribute_names("All")
            .send()
            .await
            .map_err(|e| CallError::new("sqs:ReceiveMessage", &fault(&e)))?;
        Ok(answer.messages.unwrap_or_default().into_iter().filter_map(Letter::of).collect())
    }

    /// Sends it to where it came from, and then deletes it here: dying between the two
    /// leaves a double, whose delivery the ledger knows. SQS drops a second sending of
    /// the same letter within five minutes by itself.
    pub(super) async fn release(&self, letter: &Letter) -> Result<(), CliError> {
        let fifo = Some(letter).filter(|_| self.queue.is_fifo());
        let group = |letter: &Letter| letter.group.clone().unwrap_or_else(|| "none".to_owned());
        let once = |letter: &Letter| hash(["redrive", self.queue.as_str(), &letter.message_id]);
        self.client
            .send_message()
            .queue_url(&self.source)
            .message_body(&letter.body)
            .set_message_group_id(fifo.map(group))
            .set_message_deduplication_id(fifo.map(once))
            .set_message_attributes(Some(letter.attributes.clone()))
            .send()
            .await
            .map_err(|e| {
                send_error(
                    &fault(&e).reason().code(),
                    CallError::new("sqs:SendMessage", &fault(&e)),
                )
            })?;
        self.delete(letter).await
    }

    /// Deletes it.
    pub(super) async fn delete(&self, letter: &Letter) -> Result<(), CliError> {
        self.client
            .delete_message()
            .queue_url(&self.dead)
            .receipt_handle(&letter.receipt_handle)
            .send()
            .await
            .map_err(|e| CallError::new("sqs:DeleteMessage", &fault(&e)))?;
        Ok(())
    }

    /// Shows letters to others again, at once. Where that fails they show in a while.
    pub(super) async fn show_again(&self, letters: impl IntoIterator<Item = Letter>) {
        let letters: Vec<_> = letters.into_iter().collect();
        for batch in letters.chunks(BATCH) {
            let entries = batch.iter().enumerate().map(|(nth, letter)| {
                ChangeMessageVisibilityBatchRequestEntry::builder()
                    .id(nth.to_string())
                    .receipt_handle(&letter.receipt_handle)
                    .visibility_timeout(0)
                    .build()
            });
            let entries = entries.collect::<Result<Vec<_>, _>>().map_err(building);
            let Ok(entries) = entries else { continue };
            let change = self.client.change_message_visibility_batch().queue_url(&self.dead);
            if let Err(e) = change.set_entries(Some(entries)).send().await {
                let error = CallError::new("sqs:ChangeMessageVisibilityBatch", &fault(&e));
                crate::warn(&format_args!("{error}; what was looked at shows again in 15 minutes"));
            }
        }
    }
}

/// What a sending that failed means: the deliveries' queues take jobs from few.
pub(super) fn send_error(code: &str, error: CallError) -> CliError {
    if is_access(code) { CliError::MayNotSend(error) } else { error.into() }
}
