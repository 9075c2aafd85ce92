//! A FIFO queue after SQS's rules: a message that is received is hidden for a
//! while, and while one of a group is hidden, no later one of the group is
//! received. It drops no repetitions, so that there are more of them than on
//! SQS.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;

use aws_lambda_events::sqs::SqsBatchResponse;
use bellhop::lambda::Visibility;
use bellhop::model::clock::{self, Clock, ManualClock};
use bellhop::model::{Record, Trace};
use jiff::Timestamp;

/// How long a message that is received stays hidden: six times a function's
/// timeout.
const VISIBILITY: Duration = Duration::from_secs(180);

/// A FIFO queue.
#[derive(Debug, Default)]
pub struct Fifo(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    messages: Vec<Message>,
    sent: usize,
}

#[derive(Debug)]
struct Message {
    record: Record,
    visible_at: Timestamp,
}

impl Fifo {
    /// Puts a message on the queue; its id.
    pub fn send(&self, name: &str, group: &str, body: &str, now: Timestamp) -> String {
        self.send_traced(name, group, body, None, now)
    }

    /// The same, of a message that belongs to a trace.
    pub fn send_traced(
        &self,
        name: &str,
        group: &str,
        body: &str,
        trace: Option<Trace>,
        now: Timestamp,
    ) -> String {
        let mut queue = self.0.lock().unwrap();
        queue.sent += 1;
        let message_id = format!("{name}-{}", queue.sent);
        let record = Record {
            receive_count: 0,
            sent_at: now,
            trace,
            ..crate::event::record(&message_id, Some(group), body)
        };
        queue.messages.push(Message { record, visible_at: now });
        message_id
    }

    /// Puts the message that stands here, counted from the front and around
    /// again, on the queue once more.
    pub fn repeat(&self, nth: usize, now: Timestamp) {
        let queue = self.0.lock().unwrap();
        let Some(nth) = nth.checked_rem(queue.messages.len()) else {
            return;
        };
        let record = queue.messages[nth].record.clone();
        drop(queue);
        self.send("repeated", &record.group.unwrap_or_default(), &record.body, now);
    }

    /// Receives at most this many messages.
    pub fn receive(&self, most: usize, now: Timestamp) -> Vec<Record> {
        let mut queue = self.0.lock().unwrap();
        let mut hidden_groups = BTreeSet::new();
        let mut received = Vec::new();
        for message in &mut queue.messages {
            if message.visible_at > now {
                hidden_groups.insert(message.record.group.clone());
            } else if !hidden_groups.contains(&message.record.group) && received.len() < most {
                message.visible_at = clock::after(now, VISIBILITY);
                message.record.receive_count += 1;
                received.push(message.record.clone());
            }
        }
        received
    }

    /// Deletes what was received and, by the response, is done.
    ///
    /// # Panics
    /// If the response names a message that was not in the batch: AWS would
    /// then return all of it.
    pub fn settle(&self, received: &[Record], response: &SqsBatchResponse) {
        let returned = returned(response);
        let batch: BTreeSet<_> = received.iter().map(|record| &record.message_id).collect();
        for id in &returned {
            assert!(batch.contains(id), "{id:?} was not in the batch");
        }
        let done = |message: &Message| {
            let id = &message.record.message_id;
            batch.contains(id) && !returned.contains(id)
        };
        self.0.lock().unwrap().messages.retain(|message| !done(message));
    }

    /// When the next message can be received; none if the queue is empty.
    pub fn next_at(&self) -> Option<Timestamp> {
        // The first message of a group holds up the others.
        let mut groups = BTreeSet::new();
        let queue = self.0.lock().unwrap();
        let first = queue.messages.iter().filter(|message| groups.insert(&message.record.group));
        first.map(|message| message.visible_at).min()
    }
}

/// The ids that a response returns to the queue.
pub fn returned(response: &SqsBatchResponse) -> Vec<String> {
    response.batch_item_failures.iter().map(|failure| failure.item_identifier.clone()).collect()
}

/// The queue as a function sees it.
#[derive(Debug)]
pub struct Hiding<'a>(pub &'a Fifo, pub &'a ManualClock);

impl Visibility for Hiding<'_> {
    async fn postpone(&self, record: &Record, after: Duration) {
        let visible_at = clock::after(self.1.now(), after);
        for message in &mut self.0.0.lock().unwrap().messages {
            if message.record.message_id == record.message_id {
                message.visible_at = visible_at;
            }
        }
    }
}
