//! The queues that have dead letters, by the names that operators use.

use bellhop::model::{Channel, Class};
use clap::ValueEnum;
use clap::builder::PossibleValue;

/// A queue with a dead-letter queue beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueName {
    /// Order events.
    OrderEvents,
    /// Customer events.
    CustomerEvents,
    /// What providers report.
    Feedback,
    /// The jobs of a channel and class.
    Jobs(Channel, Class),
}

impl QueueName {
    /// Every one: events first, so that what they lead to follows.
    pub const ALL: [Self; 9] = [
        Self::CustomerEvents,
        Self::OrderEvents,
        Self::Jobs(Channel::Email, Class::Transactional),
        Self::Jobs(Channel::Sms, Class::Transactional),
        Self::Jobs(Channel::Push, Class::Transactional),
        Self::Jobs(Channel::Email, Class::Promotional),
        Self::Jobs(Channel::Sms, Class::Promotional),
        Self::Jobs(Channel::Push, Class::Promotional),
        Self::Feedback,
    ];

    /// The queues of events.
    pub const EVENTS: [Self; 2] = [Self::OrderEvents, Self::CustomerEvents];

    /// The name; the queue's own without the stack's before it.
    pub fn as_str(self) -> &'static str {
        use Class::{Promotional, Transactional};
        match self {
            Self::OrderEvents => "order-events",
            Self::CustomerEvents => "customer-events",
            Self::Feedback => "feedback",
            Self::Jobs(Channel::Email, Transactional) => "email",
            Self::Jobs(Channel::Email, Promotional) => "email-bulk",
            Self::Jobs(Channel::Sms, Transactional) => "sms",
            Self::Jobs(Channel::Sms, Promotional) => "sms-bulk",
            Self::Jobs(Channel::Push, Transactional) => "push",
            Self::Jobs(Channel::Push, Promotional) => "push-bulk",
        }
    }

    /// The stack's output with the queue's URL.
    pub fn output(self) -> &'static str {
        self.outputs().0
    }

    /// The stack's output with the URL of its dead-letter queue.
    pub fn dead_letter_output(self) -> &'static str {
        self.outputs().1
    }

    fn outputs(self) -> (&'static str, &'static str) {
        use Class::{Promotional, Transactional};
        match self {
            Self::OrderEvents => ("OrderEventsQueueUrl", "OrderEventsDeadLetterQueueUrl"),
            Self::CustomerEvents => ("CustomerEventsQueueUrl", "CustomerEventsDeadLetterQueueUrl"),
            Self::Feedback => ("FeedbackQueueUrl", "FeedbackDeadLetterQueueUrl"),
            Self::Jobs(Channel::Email, Transactional) => {
                ("EmailQueueUrl", "EmailDeadLetterQueueUrl")
            }
            Self::Jobs(Channel::Email, Promotional) => {
                ("EmailBulkQueueUrl", "EmailBulkDeadLetterQueueUrl")
            }
            Self::Jobs(Channel::Sms, Transactional) => ("SmsQueueUrl", "SmsDeadLetterQueueUrl"),
            Self::Jobs(Channel::Sms, Promotional) => {
                ("SmsBulkQueueUrl", "SmsBulkDeadLetterQueueUrl")
            }
            Self::Jobs(Channel::Push, Transactional) => ("PushQueueUrl", "PushDeadLetterQueueUrl"),
            Self::Jobs(Channel::Push, Promotional) => {
                ("PushBulkQueueUrl", "PushBulkDeadLetterQueueUrl")
            }
        }
    }
}

impl QueueName {
    /// Whether it keeps an order, as all but that of reports do.
    pub fn is_fifo(self) -> bool {
        !matches!(self, Self::Feedback)
    }
}

impl ValueEnum for QueueName {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}
