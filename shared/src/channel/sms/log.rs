//! What SNS's delivery log says of an SMS that it had taken and did not deliver.
//! Source: SNS developer guide, "Viewing CloudWatch metrics and logs for SMS
//! deliveries".

use crate::model::{Reason, Report};

/// Reads the `providerResponse` of a failure. It may hold the number, so it is matched
/// by its parts and never passed on.
pub fn meaning_of_log(provider_response: &str) -> (Report, Option<Reason>) {
    let text = provider_response.to_ascii_lowercase();
    let says = |part: &str| text.contains(part);
    let (report, reason) = if says("opted out") {
        (Report::Suppressed, Reason::OptedOut)
    } else if says("no quota left") {
        (Report::Undelivered, Reason::SpendLimit)
    } else if says("max price") {
        (Report::Undelivered, Reason::MaxPrice)
    } else if says("invalid phone number") {
        (Report::Undelivered, Reason::NotDeliverable)
    } else if says("unreachable") || says("unavailable") {
        (Report::Undelivered, Reason::Unreachable)
    } else if says("blocked") || says("spam") {
        (Report::Undelivered, Reason::Blocked)
    } else {
        // The carrier may know why; the number may be right.
        (Report::Undelivered, Reason::UnknownToCarrier)
    };
    (report, Some(reason))
}
