//! What a function receives, and what it says of it: a message of a queue or a change
//! of a table, the invocation it came with, and that it is not done.

use std::time::Duration;

use jiff::Timestamp;

use super::clock;
use super::failure::CallError;
use super::policy::Priority;
use super::reason::Reason;

/// The message attribute that holds a job's priority.
pub const PRIORITY_ATTRIBUTE: &str = "priority";

/// One message of a batch.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// SQS's id of the message; of a change of a table, its number in the stream.
    pub message_id: String,
    /// For changing its visibility; a stream has none.
    pub receipt_handle: String,
    /// The text.
    pub body: String,
    /// The message group: records of one group keep their order.
    pub group: Option<String>,
    /// The queue's name.
    pub queue: String,
    /// Which goes first, if the message says.
    pub priority: Option<Priority>,
    /// When it was sent to the queue.
    pub sent_at: Timestamp,
    /// How often it was received, this time included.
    pub receive_count: u32,
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The body is about a person.
        f.debug_struct("Record").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// The invocation that a batch came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// Lambda's id of it.
    pub request_id: String,
    /// When Lambda ends it.
    pub deadline: Timestamp,
}

impl Invocation {
    /// Lambda's deadline, or 30 seconds from `now` where it is none: `cargo lambda
    /// watch` names one of 1970.
    pub fn with_deadline_after(self, now: Timestamp) -> Self {
        const ANY_TIME_AGO: Duration = Duration::from_secs(86_400);
        const ASSUMED: Duration = Duration::from_secs(30);

        if clock::until(self.deadline, now) > ANY_TIME_AGO {
            Self { deadline: clock::after(now, ASSUMED), ..self }
        } else {
            self
        }
    }
}

/// A record that is not done: it stays on its queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    /// When to see it again; by backoff on the receive count if none.
    pub retry_after: Option<Duration>,
    /// Why.
    pub reason: Reason,
}

impl From<CallError> for Postponed {
    fn from(error: CallError) -> Self {
        Self { retry_after: None, reason: error.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_of_another_age_is_none() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let with = |deadline| {
            let invocation = Invocation { request_id: String::new(), deadline };
            invocation.with_deadline_after(now).deadline
        };
        let soon = clock::after(now, Duration::from_secs(5));
        let just_over = clock::from_millis(now.as_millisecond() - 5_000);
        assert_eq!(with(soon), soon);
        assert_eq!(with(just_over), just_over);
        assert_eq!(with(clock::from_millis(600_000)), clock::after(now, Duration::from_secs(30)));
    }
}
