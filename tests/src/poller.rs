//! The part of Lambda that reads a queue for a function, after AWS's table of
//! what a function's answer does to its batch. The local AWS is kinder than this
//! table, so that a response it takes proves little.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>.

use std::collections::BTreeSet;

use bellhop::model::Record;
use serde_json::Value;

/// One message of a batch, as far as the poller looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// SQS's id of it.
    pub id: &'a str,
    /// Its group, if its queue is a FIFO queue.
    pub group: Option<&'a str>,
}

impl<'a> Message<'a> {
    /// A message of a standard queue.
    pub const fn standard(id: &'a str) -> Self {
        Self { id, group: None }
    }

    /// A message of this group of a FIFO queue.
    pub fn fifo(id: &'a str, group: &'a str) -> Self {
        Self { id, group: Some(group) }
    }
}

impl<'a> From<&'a Record> for Message<'a> {
    fn from(record: &'a Record) -> Self {
        Self { id: &record.message_id, group: record.group.as_deref() }
    }
}

/// How an invocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// The function answered with this text.
    Answer(&'a str),
    /// It answered with an error.
    Error,
    /// It did not answer in time.
    Timeout,
}

/// What becomes of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The messages that leave the queue, in the order of the batch.
    pub deleted: Vec<String>,
    /// The messages that are seen again.
    pub returned: Vec<String>,
    /// Those that leave the queue before an earlier one of their group does: the
    /// poller believes the answer, and the group's order is broken.
    pub overtaking: Vec<String>,
}

/// Settles a batch of a queue whose function reports partial failures.
pub fn settle(batch: &[Message<'_>], outcome: Outcome<'_>) -> Settled {
    let failed = match outcome {
        Outcome::Answer(text) => failures(batch, text),
        Outcome::Error | Outcome::Timeout => None,
    };
    let mut settled = Settled { deleted: Vec::new(), returned: Vec::new(), overtaking: Vec::new() };
    let mut blocked = BTreeSet::new();
    for message in batch {
        let id = message.id.to_owned();
        if failed.as_ref().is_none_or(|failed| failed.contains(message.id)) {
            blocked.extend(message.group);
            settled.returned.push(id);
        } else {
            if message.group.is_some_and(|group| blocked.contains(group)) {
                settled.overtaking.push(id.clone());
            }
            settled.deleted.push(id);
        }
    }
    settled
}

/// The ids that the answer returns to the queue; none if it returns the whole
/// batch.
fn failures(batch: &[Message<'_>], text: &str) -> Option<BTreeSet<String>> {
    let list = match serde_json::from_str(text).ok()? {
        Value::Null => return Some(BTreeSet::new()),
        // A list under any other name is no list. The table does not say so, but
        // nothing worse could become of it than this.
        Value::Object(mut answer) => answer.remove("batchItemFailures").unwrap_or_default(),
        _ => return None,
    };
    let items = match list {
        Value::Null => return Some(BTreeSet::new()),
        Value::Array(items) => items,
        _ => return None,
    };
    let identifier = |item: &Value| {
        let id = item.get("itemIdentifier")?.as_str()?;
        batch.iter().any(|message| message.id == id).then(|| id.to_owned())
    };
    items.iter().map(identifier).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BATCH: [Message<'_>; 3] =
        [Message::standard("m-1"), Message::standard("m-2"), Message::standard("m-3")];

    fn deleted(answer: &str) -> Vec<String> {
        let settled = settle(&BATCH, Outcome::Answer(answer));
        assert_eq!(settled.deleted.len() + settled.returned.len(), BATCH.len());
        settled.deleted
    }

    #[test]
    fn an_answer_that_names_nothing_deletes_the_whole_batch() {
        for answer in [
            r#"{"batchItemFailures": []}"#,
            r#"{"batchItemFailures": null}"#,
            "{}",
            "null",
            " null\n",
        ] {
            assert_eq!(deleted(answer), ["m-1", "m-2", "m-3"], "{answer}");
        }
    }

    #[test]
    fn an_answer_that_is_wrong_in_any_way_returns_the_whole_batch() {
        for answer in [
            "",
            "{",
            "batchItemFailures",
            r#"{"batchItemFailures": [{"itemIdentifier": "m-1"}]"#,
            r#""ok""#,
            "[]",
            r#"{"batchItemFailures": {}}"#,
            r#"{"batchItemFailures": ["m-1"]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": ""}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": null}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": 1}]}"#,
            r#"{"batchItemFailures": [{"item_identifier": "m-1"}]}"#,
            r#"{"batchItemFailures": [{}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": "m-4"}]}"#,
            r#"{"batchItemFailures": [{"itemIdentifier": "m-1"}, {"itemIdentifier": "m-4"}]}"#,
        ] {
            assert_eq!(deleted(answer), [""; 0], "{answer}");
        }
    }

    #[test]
    fn an_error_and_a_timeout_return_the_whole_batch() {
        for outcome in [Outcome::Error, Outcome::Timeout] {
            let settled = settle(&BATCH, outcome);
            assert_eq!(settled.returned, ["m-1", "m-2", "m-3"], "{outcome:?}");
            assert_eq!(settled.deleted, [""; 0], "{outcome:?}");
        }
    }

    #[test]
    fn the_messages_that_are_named_come_back_and_the_others_are_deleted() {
        let answer = r#"{"batchItemFailures": [{"itemIdentifier": "m-2"}]}"#;
        assert_eq!(deleted(answer), ["m-1", "m-3"]);
        let twice =
            r#"{"batchItemFailures": [{"itemIdentifier": "m-2"}, {"itemIdentifier": "m-2"}]}"#;
        assert_eq!(deleted(twice), ["m-1", "m-3"]);
    }

    /// It is the function that must name the rest of the group.
    #[test]
    fn an_answer_can_break_the_order_of_a_group_but_not_of_another() {
        let batch = [
            Message::fifo("a-1", "a"),
            Message::fifo("b-1", "b"),
            Message::fifo("a-2", "a"),
            Message::fifo("b-2", "b"),
        ];
        let answer = r#"{"batchItemFailures": [{"itemIdentifier": "a-1"}]}"#;
        let settled = settle(&batch, Outcome::Answer(answer));
        assert_eq!(settled.deleted, ["b-1", "a-2", "b-2"]);
        assert_eq!(settled.overtaking, ["a-2"]);

        let answer =
            r#"{"batchItemFailures": [{"itemIdentifier": "a-1"}, {"itemIdentifier": "a-2"}]}"#;
        let settled = settle(&batch, Outcome::Answer(answer));
        assert_eq!(settled.returned, ["a-1", "a-2"]);
        assert_eq!(settled.overtaking, [""; 0]);
        assert_eq!(settle(&batch, Outcome::Timeout).overtaking, [""; 0]);
    }

    #[test]
    fn an_empty_batch_is_settled() {
        for outcome in [Outcome::Answer("{}"), Outcome::Answer("?"), Outcome::Error] {
            assert_eq!(settle(&[], outcome).deleted, [""; 0]);
        }
    }
}
