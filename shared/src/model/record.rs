//! What a function receives, and what it says of it: a message of a queue or a change
//! of a table, the invocation it came with, and that it is not done.

use std::time::Duration;

use jiff::Timestamp;

use super::clock;
use super::failure::CallError;
use super::policy::Priority;
use super::reason::Reason;
use super::trace::Trace;

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
    /// The trace that it belongs to, if its sender said.
    pub trace: Option<Trace>,
}

impl Record {
    /// As what asks for other messages.
    pub fn origin(&self) -> Origin<'_> {
        Origin { message_id: &self.message_id, trace: self.trace.as_ref() }
    }
}

/// The message that asks for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Its id.
    pub message_id: &'a str,
    /// The trace that both belong to.
    pub trace: Option<&'a Trace>,
}

impl<'a> From<&'a str> for Origin<'a> {
    fn from(message_id: &'a str) -> Self {
        Self { message_id, trace: None }
    }
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
    /// Whether the log has it already.
    pub logged: Logged,
}

/// Whether a decision stands in the log, where each has one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// It does.
    Already,
    /// Whoever carries it out logs it.
    NotYet,
}

impl Postponed {
    /// A record that is seen again by backoff.
    pub fn by_backoff(reason: Reason) -> Self {
        Self { retry_after: None, reason, logged: Logged::NotYet }
    }

    /// A record that is seen again after this time.
    pub fn after(wait: Duration, reason: Reason) -> Self {
        Self { retry_after: Some(wait), reason, logged: Logged::NotYet }
    }

    /// The same, of which the log has a line that says more.
    #[must_use]
    pub fn logged(self) -> Self {
        Self { logged: Logged::Already, ..self }
    }
}

impl From<CallError> for Postponed {
    fn from(error: CallError) -> Self {
        Self::by_backoff(error.into())
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
