//! How a call to AWS can fail, and what that means. Each channel says which of its
//! provider's codes means what; nothing else decides whether something is tried
//! again.
//!
//! Codes are matched as text, because several of those that AWS really sends are
//! not modelled by the SDKs. The table and its sources are in ARCHITECTURE.md.

use std::fmt;

use super::reason::Reason;

/// How a call failed, without the SDK's types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where on its way the call failed.
    pub stage: Stage,
    /// The service's error code, if it answered with one.
    pub code: Option<String>,
    /// The service's words. They may hold a contact detail: never log them.
    pub message: Option<String>,
}

/// Where on its way a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The request was never built.
    Construction,
    /// No connection was made: the HTTP client itself says so.
    Connect,
    /// The request may have left; no complete answer came.
    NoAnswer,
    /// The service answered with an error and this HTTP status.
    Answered(u16),
}

impl Fault {
    /// The reason, for the ledger and the logs.
    pub fn reason(&self) -> Reason {
        match (&self.code, self.stage) {
            (Some(code), _) => Reason::Provider(code.clone()),
            (None, Stage::Construction) => Reason::NotConstructed,
            (None, Stage::Connect) => Reason::NotConnected,
            (None, Stage::NoAnswer) => Reason::NoAnswer,
            (None, Stage::Answered(status)) => Reason::Provider(format!("http_{status}")),
        }
    }
}

/// What a failed send means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SendFailure {
    /// Certainly not sent; worth trying again soon.
    NotSent,
    /// Certainly not sent; the provider wants us slower.
    Throttled,
    /// Certainly not sent; the quota of the day is used up.
    QuotaExhausted,
    /// Certainly not sent, and never will be to this recipient.
    Permanent,
    /// Certainly not sent; the deployment must be repaired first.
    Configuration,
    /// Certainly not sent, for a reason that nobody has seen before.
    Unrecognised,
    /// Perhaps sent.
    Unknown,
}

impl SendFailure {
    /// The name, as logs have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Throttled => "throttled",
            Self::QuotaExhausted => "quota_exhausted",
            Self::Permanent => "permanent",
            Self::Configuration => "configuration",
            Self::Unrecognised => "unrecognised",
            Self::Unknown => "unknown",
        }
    }
}

/// What a failed call means whichever provider it was to: by where on its way it
/// failed, and by the codes that all services share. None where only the
/// provider's own codes say more.
pub fn classify_shared(fault: &Fault) -> Option<SendFailure> {
    match fault.stage {
        Stage::Construction => return Some(SendFailure::Permanent),
        Stage::Connect => return Some(SendFailure::NotSent),
        Stage::Answered(400..500) => {}
        // A success that can't be read (its answer was torn) is no rejection.
        Stage::NoAnswer | Stage::Answered(_) => return Some(SendFailure::Unknown),
    }
    let code = fault.code.as_deref().unwrap_or_default();
    let says = |words| fault.message.as_deref().is_some_and(|m| m.contains(words));
    match code {
        code if is_throttle(code) && says("Daily message quota exceeded") => {
            Some(SendFailure::QuotaExhausted)
        }
        code if is_throttle(code) => Some(SendFailure::Throttled),
        code if is_access(code) => Some(SendFailure::Configuration),
        _ => None,
    }
}

/// Codes by which AWS asks for fewer calls.
pub fn is_throttle(code: &str) -> bool {
    matches!(
        code,
        "Throttling"
            | "ThrottlingException"
            | "Throttled"
            | "ThrottledException"
            | "TooManyRequestsException"
            | "RequestThrottled"
            | "RequestThrottledException"
            | "RequestLimitExceeded"
            | "ProvisionedThroughputExceededException"
            | "KMSThrottling"
            | "KMSThrottlingException"
            | "KmsThrottled"
            | "SlowDown"
    )
}

/// Codes for missing rights, keys or credentials.
pub fn is_access(code: &str) -> bool {
    matches!(
        code,
        "AuthorizationError"
            | "AuthorizationErrorException"
            | "AccessDenied"
            | "AccessDeniedException"
            | "InvalidSecurity"
            | "InvalidSecurityException"
            | "InvalidClientTokenId"
            | "UnrecognizedClientException"
            | "ExpiredToken"
            | "ExpiredTokenException"
            | "SignatureDoesNotMatch"
    ) || code.starts_with("KMS")
        || code.starts_with("Kms")
}

/// The operation of an item that can't be written.
pub const ENCODE: &str = "dynamodb:encode";

/// The operation of an item that can't be read.
pub const DECODE: &str = "dynamodb:decode";

/// A failed call to Bellhop's own tables and queues. Their writes are
/// conditional, so the record is simply processed again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub struct CallError {
    /// The operation, by AWS's name, e.g. `dynamodb:UpdateItem`.
    pub operation: &'static str,
    /// Why.
    pub reason: String,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed: {}", self.operation, self.reason)
    }
}

impl CallError {
    /// A failed call.
    pub fn new(operation: &'static str, fault: &Fault) -> Self {
        Self { operation, reason: fault.reason().to_string() }
    }

    /// A call that was answered with something that can't be.
    pub fn unexpected(operation: &'static str, problem: impl fmt::Display) -> Self {
        Self { operation, reason: problem.to_string() }
    }

    /// Whether the same call fails every time, so that the record is dead-lettered
    /// instead of holding up its group: DynamoDB takes no such item (it is too
    /// large, or a key is), or an item has no form that this version reads or
    /// writes. Source: DynamoDB developer guide, "Error handling"; `ValidationError`
    /// is a transaction's reason of cancellation.
    pub fn is_permanent(&self) -> bool {
        match self.operation {
            ENCODE | DECODE => true,
            operation if operation.starts_with("dynamodb:") => matches!(
                self.reason.as_str(),
                "ValidationException"
                    | "ValidationError"
                    | "SerializationException"
                    | "ItemCollectionSizeLimitExceeded"
                    | "ItemCollectionSizeLimitExceededException"
                    | "not_constructed"
            ),
            "sqs:SendMessageBatch" => matches!(
                self.reason.as_str(),
                "InvalidMessageContents"
                    | "BatchRequestTooLong"
                    | "AWS.SimpleQueueService.BatchRequestTooLong"
            ),
            "sns:Publish" => matches!(
                self.reason.as_str(),
                "InvalidParameter" | "InvalidParameterException" | "ParameterValueInvalid"
            ),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_table_never_takes_is_permanent() {
        let answered = |code: &str| Fault {
            stage: Stage::Answered(400),
            code: Some(code.to_owned()),
            message: None,
        };
        let silent = |stage| Fault { stage, code: None, message: None };
        let table = [
            ("dynamodb:PutItem", answered("ValidationException"), true),
            ("dynamodb:TransactWriteItems", answered("ValidationError"), true),
            ("dynamodb:UpdateItem", silent(Stage::Construction), true),
            ("dynamodb:PutItem", answered("ProvisionedThroughputExceededException"), false),
            ("dynamodb:PutItem", answered("ResourceNotFoundException"), false),
            ("dynamodb:PutItem", answered("AccessDeniedException"), false),
            ("dynamodb:TransactWriteItems", answered("TransactionConflict"), false),
            ("dynamodb:PutItem", silent(Stage::Answered(500)), false),
            ("dynamodb:Query", silent(Stage::NoAnswer), false),
            ("sns:SetEndpointAttributes", answered("ValidationException"), false),
        ];
        for (operation, fault, permanent) in table {
            let error = CallError::new(operation, &fault);
            assert_eq!(error.is_permanent(), permanent, "{error}");
        }
        for operation in [ENCODE, DECODE] {
            assert!(CallError::unexpected(operation, "a problem").is_permanent());
        }
    }
}
