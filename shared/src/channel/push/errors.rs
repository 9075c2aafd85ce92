//! What SNS's error codes mean where it publishes to a platform endpoint. Source:
//! SNS API reference, `Publish`.

use super::Push;
use crate::channel::NotAccepted;
use crate::channel::sns::is_invalid;
use crate::model::Reason;
use crate::model::failure::{Fault, SendFailure, classify_shared};

/// What a failed call means. SNS says by the code of any invalid parameter that it has
/// no such endpoint, so the reason is then ours: a code is all that is stored.
pub(super) fn not_accepted(fault: &Fault) -> NotAccepted {
    let not_accepted = NotAccepted::of(&Push, fault);
    if names_no_endpoint(fault) {
        NotAccepted { reason: Reason::EndpointGone, ..not_accepted }
    } else {
        not_accepted
    }
}

pub(super) fn classify(fault: &Fault) -> SendFailure {
    if let Some(class) = classify_shared(fault) {
        return class;
    }
    match fault.code.as_deref().unwrap_or_default() {
        "EndpointDisabled" | "EndpointDisabledException" => SendFailure::Permanent,
        code if is_not_found(code) || is_invalid(code) => SendFailure::Permanent,
        "PlatformApplicationDisabled" | "PlatformApplicationDisabledException" => {
            SendFailure::Configuration
        }
        // As with SES: a rejection that a newer version may know.
        _ => SendFailure::Unrecognised,
    }
}

/// Whether SNS says that there is no such endpoint by the code of any invalid parameter:
/// "Invalid parameter: TargetArn Reason: No endpoint found for the target arn
/// specified", "Endpoint does not exist".
pub(super) fn names_no_endpoint(fault: &Fault) -> bool {
    let words = fault.message.as_deref().unwrap_or_default().to_ascii_lowercase();
    is_invalid(fault.code.as_deref().unwrap_or_default())
        && (words.contains("no endpoint found") || words.contains("endpoint does not exist"))
}

/// Whether the device can't be reached any more: its push service has rejected the
/// token, or the endpoint was deleted.
pub(super) fn endpoint_is_gone(reason: &Reason) -> bool {
    match reason {
        Reason::EndpointGone => true,
        Reason::Provider(code) => {
            is_not_found(code)
                || matches!(code.as_str(), "EndpointDisabled" | "EndpointDisabledException")
        }
        _ => false,
    }
}

fn is_not_found(code: &str) -> bool {
    matches!(code, "NotFound" | "NotFoundException")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::Stage;

    fn answered(status: u16, code: &str, message: &str) -> Fault {
        let (code, message) = (Some(code.to_owned()), Some(message.to_owned()));
        Fault { stage: Stage::Answered(status), code, message }
    }

    #[test]
    fn an_endpoint_that_sns_does_not_know_is_gone_in_all_its_words() {
        let no_endpoint = "Invalid parameter: TargetArn Reason: No endpoint found for the target \
                           arn specified";
        for (status, code, words, gone) in [
            (400, "InvalidParameter", no_endpoint, true),
            (400, "InvalidParameterException", no_endpoint, true),
            (400, "InvalidParameter", "Endpoint does not exist", true),
            (404, "NotFound", "Endpoint does not exist", true),
            (404, "NotFoundException", "", true),
            (400, "EndpointDisabled", "Endpoint is disabled", true),
            (400, "InvalidParameter", "Invalid parameter: Message too long", false),
            (400, "InvalidParameter", "", false),
            (400, "PlatformApplicationDisabled", "Platform application is disabled", false),
            (403, "AuthorizationError", no_endpoint, false),
            (500, "InternalError", no_endpoint, false),
        ] {
            let NotAccepted { failure, reason } = not_accepted(&answered(status, code, words));
            assert_eq!(endpoint_is_gone(&reason), gone, "{code}: {words}");
            if gone {
                assert_eq!(failure, SendFailure::Permanent, "{code}: {words}");
            }
        }
    }
}
