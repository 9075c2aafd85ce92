//! The one error classification: from what a call to AWS answered to what must
//! happen next. Nothing else decides whether something is tried again.
//!
//! Codes are matched as text, because several of those that AWS really sends are
//! not modelled by the SDKs. The table and its sources are in ARCHITECTURE.md.

use std::fmt;

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
    /// The code for the ledger and the logs.
    pub fn reason(&self) -> String {
        match (&self.code, self.stage) {
            (Some(code), _) => code.clone(),
            (None, Stage::Construction) => "not_constructed".to_owned(),
            (None, Stage::Connect) => "not_connected".to_owned(),
            (None, Stage::NoAnswer) => "no_answer".to_owned(),
            (None, Stage::Answered(status)) => format!("http_{status}"),
        }
    }
}

/// The providers whose errors end up in a delivery's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// SES v2 `SendEmail`.
    Ses,
    /// SNS `Publish` to a phone number.
    SnsSms,
    /// SNS `Publish` to a platform endpoint.
    SnsPush,
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

/// Classifies a failed send.
pub fn classify_send(provider: Provider, fault: &Fault) -> SendFailure {
    match fault.stage {
        Stage::Construction => return SendFailure::Permanent,
        Stage::Connect => return SendFailure::NotSent,
        Stage::Answered(400..500) => {}
        // A success that can't be read (its answer was torn) is no refusal.
        Stage::NoAnswer | Stage::Answered(_) => return SendFailure::Unknown,
    }
    let code = fault.code.as_deref().unwrap_or_default();
    let quota =
        fault.message.as_deref().is_some_and(|m| m.contains("Daily message quota exceeded"));
    match (provider, code) {
        (_, code) if is_throttle(code) && quota => SendFailure::QuotaExhausted,
        (_, code) if is_throttle(code) => SendFailure::Throttled,
        (Provider::Ses, "LimitExceededException") => SendFailure::Throttled,
        (Provider::Ses, "MessageRejected" | "BadRequestException") => SendFailure::Permanent,
        (
            Provider::Ses,
            "NotFoundException"
            | "MailFromDomainNotVerifiedException"
            | "SendingPausedException"
            | "AccountSuspendedException",
        ) => SendFailure::Configuration,
        (Provider::SnsPush, "EndpointDisabled" | "EndpointDisabledException" | "NotFound") => {
            SendFailure::Permanent
        }
        (
            Provider::SnsPush,
            "PlatformApplicationDisabled" | "PlatformApplicationDisabledException",
        ) => SendFailure::Configuration,
        (
            Provider::SnsSms | Provider::SnsPush,
            "InvalidParameter"
            | "InvalidParameterException"
            | "ParameterValueInvalid"
            | "ValidationException"
            | "ValidationError",
        ) => SendFailure::Permanent,
        (_, code) if is_access(code) => SendFailure::Configuration,
        // A refusal that nobody has seen before was still a refusal. The message
        // is parked, for a newer version may know better; its neighbours go on.
        _ => SendFailure::Unrecognised,
    }
}

/// What SNS's delivery log tells of an SMS that it had taken and did not
/// deliver. Source: SNS developer guide, "Viewing CloudWatch metrics and logs
/// for SMS deliveries".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SmsLogFailure {
    /// The recipient has opted out and must not be written to.
    OptedOut,
    /// The number, or the message to it, will never get through.
    Permanent,
    /// The phone or its carrier could not be reached.
    Unreachable,
    /// The account's spend limit is reached: nothing gets through.
    SpendLimit,
}

/// Reads the `providerResponse` of a delivery log. It may hold the number, so it
/// is matched by its parts and never passed on.
pub fn classify_sms_log(provider_response: &str) -> SmsLogFailure {
    let says = |part: &str| provider_response.contains(part);
    if says("is opted out") {
        SmsLogFailure::OptedOut
    } else if says("No quota left") {
        SmsLogFailure::SpendLimit
    } else if says("unreachable") || says("unavailable") {
        SmsLogFailure::Unreachable
    } else {
        SmsLogFailure::Permanent
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

/// Codes that tell of missing rights, keys or credentials.
fn is_access(code: &str) -> bool {
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

/// A failed call to Bellhop's own tables and queues. Their writes are
/// conditional, so the record is simply processed again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct CallError {
    /// The operation, by AWS's name, e.g. `dynamodb:UpdateItem`.
    pub operation: &'static str,
    /// The reason code.
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
        Self { operation, reason: fault.reason() }
    }

    /// A call that was answered with something that can't be.
    pub fn unexpected(operation: &'static str, problem: impl fmt::Display) -> Self {
        Self { operation, reason: problem.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: &str, message: &str) -> Fault {
        Fault {
            stage: Stage::Answered(400),
            code: Some(code.to_owned()),
            message: Some(message.to_owned()),
        }
    }

    #[test]
    fn an_answer_that_never_came_is_unknown_and_a_refused_connection_is_not() {
        let fault = |stage| Fault { stage, code: None, message: None };
        for provider in [Provider::Ses, Provider::SnsSms, Provider::SnsPush] {
            let class = |stage| classify_send(provider, &fault(stage));
            assert_eq!(class(Stage::NoAnswer), SendFailure::Unknown);
            assert_eq!(class(Stage::Answered(503)), SendFailure::Unknown);
            assert_eq!(class(Stage::Answered(200)), SendFailure::Unknown);
            assert_eq!(class(Stage::Connect), SendFailure::NotSent);
            assert_eq!(class(Stage::Construction), SendFailure::Permanent);
        }
    }

    #[test]
    fn each_code_of_the_taxonomy_has_its_class() {
        use Provider::{Ses, SnsPush, SnsSms};
        use SendFailure::{Configuration, Permanent, QuotaExhausted, Throttled, Unrecognised};
        let table = [
            (Ses, "TooManyRequestsException", "", Throttled),
            (Ses, "ThrottlingException", "Maximum sending rate exceeded.", Throttled),
            (Ses, "ThrottlingException", "Daily message quota exceeded.", QuotaExhausted),
            (Ses, "LimitExceededException", "", Throttled),
            (Ses, "MessageRejected", "", Permanent),
            (Ses, "BadRequestException", "", Permanent),
            (Ses, "NotFoundException", "", Configuration),
            (Ses, "MailFromDomainNotVerifiedException", "", Configuration),
            (Ses, "SendingPausedException", "", Configuration),
            (Ses, "AccountSuspendedException", "", Configuration),
            (SnsSms, "InvalidParameter", "", Permanent),
            (SnsSms, "ParameterValueInvalid", "", Permanent),
            (SnsSms, "ValidationException", "", Permanent),
            (SnsSms, "Throttled", "", Throttled),
            (SnsSms, "KMSThrottling", "", Throttled),
            (SnsSms, "AuthorizationError", "", Configuration),
            (SnsSms, "KMSDisabled", "", Configuration),
            (SnsPush, "EndpointDisabled", "", Permanent),
            (SnsPush, "NotFound", "", Permanent),
            (SnsPush, "PlatformApplicationDisabled", "", Configuration),
            (SnsPush, "SomethingNew", "", Unrecognised),
        ];
        for (provider, code, message, class) in table {
            let got = classify_send(provider, &answered(code, message));
            assert_eq!(got, class, "{provider:?} {code} {message}");
        }
    }
}
