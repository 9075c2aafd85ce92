//! What SNS's error codes mean where it publishes to a phone. Source: SNS API
//! reference, `Publish`.

use crate::channel::sns::is_invalid;
use crate::model::failure::{Fault, SendFailure, classify_shared};

pub(super) fn classify(fault: &Fault) -> SendFailure {
    if let Some(class) = classify_shared(fault) {
        return class;
    }
    match fault.code.as_deref().unwrap_or_default() {
        code if is_invalid(code) => SendFailure::Permanent,
        // As with SES: a rejection that a newer version may know.
        _ => SendFailure::Unrecognised,
    }
}
