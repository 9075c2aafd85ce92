//! A FIFO queue after SQS's rules. What is received is hidden for a while, and
//! while a message of a group is hidden, none behind it is received. Only the
//! latest receipt deletes a message or changes when it is seen. What was received
//! too often goes to the dead-letter queue.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use bellhop::model::Record;
use bellhop::model::clock::{self, Timestamp};

/// How long a message that is received stays hidden: six times a function's
/// timeout.
const VISIBILITY: Duration = Duration::from_secs(180);

/// How long a repetition of a message is dropped.
const DEDUPLICATION: Duration = Duration::from_secs(5 * 60);

/// A FIFO queue with its dead-letter queue.
#[derive(Debug)]
pub struct Queue {
    name: String,
    most_receives: u32,
    messages: VecDeque<Message>,
    dead: VecDeque<Message>,
    sent: usize,
    receipts: usize,
    known: BTreeMap<String, Timestamp>,
}

#[derive(Debug, Clone)]
struct Message {
    record: Record,
    visible_at: Timestamp,
}

impl Queue {
    /// An empty queue.
    pub fn new(name: &str, most_receives: u32) -> Self {
        Self {
            name: name.to_owned(),
            most_receives,
            messages: VecDeque::new(),
            dead: VecDeque::new(),
            sent: 0,
            receipts: 0,
            known: BTreeMap::new(),
        }
    }

    /// Sets how often a message is received before it is given up.
    pub fn give_up_after(&mut self, receives: u32) {
        self.most_receives = receives;
    }

    /// Puts a message on the queue; its id, or none if it repeats one of the
    /// last five minutes.
    pub fn send(
        &mut self,
        group: &str,
        body: String,
        repeats: &str,
        now: Timestamp,
    ) -> Option<String> {
        if self.known.get(repeats).is_some_and(|&at| now < clock::after(at, DEDUPLICATION)) {
            return None;
        }
        self.known.insert(repeats.to_owned(), now);
        self.sent += 1;
        let message_id = format!("{}-{}", self.name, self.sent);
        let record = Record {
            message_id: message_id.clone(),
            receipt_handle: String::new(),
            body,
            group: Some(group.to_owned()),
            queue: self.name.clone(),
            priority: None,
            sent_at: now,
            receive_count: 0,
            trace: None,
        };
        self.messages.push_back(Message { record, visible_at: now });
        Some(message_id)
    }

    /// Receives at most this many messages. The second list holds those that
    /// went to the dead-letter queue instead.
    pub fn receive(&mut self, most: usize, now: Timestamp) -> (Vec<Record>, Vec<Record>) {
        let mut blocked = BTreeSet::new();
        let (mut received, mut died) = (Vec::new(), Vec::new());
        let mut place = 0;
        while received.len() < most && place < self.messages.len() {
            let message = &mut self.messages[place];
            let record = &mut message.record;
            if message.visible_at > now || blocked.contains(&record.group) {
                blocked.insert(record.group.clone());
            } else if record.receive_count >= self.most_receives {
                died.push(record.clone());
                self.dead.extend(self.messages.remove(place));
                continue;
            } else {
                record.receive_count += 1;
                self.receipts += 1;
                record.receipt_handle = format!("{}/{}", record.message_id, self.receipts);
                received.push(record.clone());
                message.visible_at = clock::after(now, VISIBILITY);
            }
            place += 1;
        }
        (received, died)
    }

    /// Deletes a message, if this is its latest receipt; whether it was.
    pub fn delete(&mut self, receipt: &str) -> bool {
        let mut messages = self.messages.iter();
        let place = messages.position(|message| message.record.receipt_handle == receipt);
        place.is_some_and(|place| self.messages.remove(place).is_some())
    }

    /// Hides a message that was received for so long from now, if this is its
    /// latest receipt; whether it was.
    pub fn postpone(&mut self, receipt: &str, after: Duration, now: Timestamp) -> bool {
        let mut messages = self.messages.iter_mut();
        let found = messages
            .find(|message| message.record.receipt_handle == receipt && message.visible_at > now);
        let known = found.is_some();
        if let Some(message) = found {
            message.visible_at = clock::after(now, after);
        }
        known
    }

    /// Shows a message again before its time: at least once means that a message
    /// may be received while another worker holds it. Its id.
    pub fn reveal(&mut self, nth: usize, now: Timestamp) -> Option<String> {
        let nth = nth.checked_rem(self.messages.len())?;
        let message = &mut self.messages[nth];
        message.visible_at = now;
        Some(message.record.message_id.clone())
    }

    /// Moves all dead messages back to the queue; how many.
    pub fn redrive(&mut self, now: Timestamp) -> usize {
        let moved = self.dead.len();
        for mut message in std::mem::take(&mut self.dead) {
            message.record.receive_count = 0;
            message.record.receipt_handle.clear();
            message.visible_at = now;
            self.messages.push_back(message);
        }
        moved
    }

    /// Whether the queue and its dead-letter queue are empty.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.dead.is_empty()
    }

    /// Whether anything stands on the dead-letter queue.
    pub fn has_dead(&self) -> bool {
        !self.dead.is_empty()
    }

    /// When a message can be received next; none if the queue is empty.
    pub fn next_at(&self) -> Option<Timestamp> {
        let mut groups = BTreeSet::new();
        let heads = self.messages.iter().filter(|message| groups.insert(&message.record.group));
        heads.map(|message| message.visible_at).min()
    }

    /// What the rest of the course depends on: each message, when it is seen and
    /// how often it was received.
    pub fn state(&self) -> impl Iterator<Item = (&str, Timestamp, u32)> {
        self.messages.iter().chain(&self.dead).map(|Message { record, visible_at }| {
            (record.message_id.as_str(), *visible_at, record.receive_count)
        })
    }
}
