//! What SES's error codes mean. Source: SES API v2 reference, `SendEmail`.

use crate::model::failure::{Fault, SendFailure, classify_shared};

pub(super) fn classify(fault: &Fault) -> SendFailure {
    if let Some(class) = classify_shared(fault) {
        return class;
    }
    match fault.code.as_deref().unwrap_or_default() {
        "LimitExceededException" => SendFailure::Throttled,
        "MessageRejected" | "BadRequestException" => SendFailure::Permanent,
        "NotFoundException"
        | "MailFromDomainNotVerifiedException"
        | "SendingPausedException"
        | "AccountSuspendedException" => SendFailure::Configuration,
        // An error that nobody has seen before was still a rejection. The message
        // is parked, for a newer version may know better; its neighbours go on.
        _ => SendFailure::Unrecognised,
    }
}
