//! What SNS's delivery log says of an SMS.

/// What SNS's delivery log says of an SMS that it had taken and did not
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
pub fn classify_log(provider_response: &str) -> SmsLogFailure {
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
