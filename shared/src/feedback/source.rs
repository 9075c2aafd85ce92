//! What arrives on the feedback queue.

use serde_json::Value;

use crate::channel::DeliveryLog;
use crate::channel::email::SesReport;
use crate::model::Reason;

/// A message of the feedback queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Feedback {
    /// SES reports about a mail.
    Mail(SesReport),
    /// SNS reports about an SMS or a push message.
    Log(DeliveryLog),
    /// It is about nothing that was sent: SES says that it can publish here.
    Greeting,
}

/// A message that can't be read. Never holds what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedbackError {
    /// The body is no JSON.
    #[error("the message is no JSON")]
    NotJson,
    /// It is JSON, but neither of SES nor of SNS's log.
    #[error("the message is neither an event of SES nor a line of SNS's delivery log")]
    Unknown,
    /// It is one of them, and can't be read.
    #[error("{0}")]
    Malformed(String),
}

impl FeedbackError {
    /// The reason for the dead letter.
    pub fn reason(&self) -> Reason {
        match self {
            Self::NotJson => Reason::NotJson,
            Self::Unknown => Reason::UnknownType,
            Self::Malformed(_) => Reason::InvalidField,
        }
    }
}

/// What SES says to a topic that it is to publish to, as plain text.
const GREETING: &str = "Successfully validated SNS topic for Amazon SES event publishing";

impl Feedback {
    /// What it is: SES's name of its event, or the channel whose log it is of.
    pub fn kind(&self) -> &str {
        match self {
            Self::Mail(mail) => &mail.kind,
            Self::Log(log) => log.channel.as_str(),
            Self::Greeting => "greeting",
        }
    }

    /// Reads a message: as it is, or in the envelope of SNS or EventBridge.
    ///
    /// # Errors
    /// [`FeedbackError`], which says what is wrong.
    pub fn parse(body: &str) -> Result<Self, FeedbackError> {
        if body.trim_start().starts_with(GREETING) {
            return Ok(Self::Greeting);
        }
        let json: Value = serde_json::from_str(body).map_err(|_| FeedbackError::NotJson)?;
        if let Some(text) = json.get("Message").and_then(Value::as_str) {
            // One envelope, and what is in it is none.
            if text.trim_start().starts_with(GREETING) {
                return Ok(Self::Greeting);
            }
            return Self::of(&serde_json::from_str(text).map_err(|_| FeedbackError::NotJson)?);
        }
        Self::of(json.get("detail").unwrap_or(&json))
    }

    fn of(json: &Value) -> Result<Self, FeedbackError> {
        let has = |name: &str| json.get(name).is_some();
        if has("mail") {
            SesReport::parse(json).map(Self::Mail).map_err(FeedbackError::Malformed)
        } else if has("notification") && has("status") {
            DeliveryLog::parse(json).map(Self::Log).map_err(FeedbackError::Malformed)
        } else {
            Err(FeedbackError::Unknown)
        }
    }
}
