//! What SNS's error codes mean where it publishes to a platform endpoint. Source:
//! SNS API reference, `Publish`.

use crate::channel::sns::is_invalid;
use crate::model::failure::{Fault, SendFailure, classify_shared};

pub(super) fn classify(fault: &Fault) -> SendFailure {
    if let Some(class) = classify_shared(fault) {
        return class;
    }
    match fault.code.as_deref().unwrap_or_default() {
        code if endpoint_is_gone(code) || is_invalid(code) => SendFailure::Permanent,
        "PlatformApplicationDisabled" | "PlatformApplicationDisabledException" => {
            SendFailure::Configuration
        }
        // As with SES: a rejection that a newer version may know.
        _ => SendFailure::Unrecognised,
    }
}

/// Whether the device can't be reached any more: its push service has refused the
/// token, or the endpoint was deleted.
pub(super) fn endpoint_is_gone(code: &str) -> bool {
    matches!(
        code,
        "EndpointDisabled" | "EndpointDisabledException" | "NotFound" | "NotFoundException"
    )
}
