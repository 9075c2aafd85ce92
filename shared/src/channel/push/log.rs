//! What SNS's delivery log says of a push message that it had taken and could not hand
//! on. The services' own words stand in it, in whichever form SNS gives them, so they
//! are matched by their parts and never passed on.

use crate::model::{Reason, Report};

/// What the services call a token that no app holds any more. Sources: Apple, "Handling
/// notification responses from APNs"; Firebase, "FCM error codes"; SNS's own names.
const GONE: [&str; 9] = [
    "unregistered",
    "notregistered",
    "baddevicetoken",
    "devicetokennotfortopic",
    "invalidtoken",
    "invalidregistration",
    "mismatchsenderid",
    "sender_id_mismatch",
    "sender id mismatch",
];

/// Reads status code and `providerResponse` of a failure.
pub fn meaning_of_log(code: Option<u64>, provider_response: &str) -> (Report, Option<Reason>) {
    let text = provider_response.to_ascii_lowercase();
    let is_gone = matches!(code, Some(404 | 410)) || GONE.iter().any(|word| text.contains(word));
    let reason = if is_gone { Reason::EndpointGone } else { Reason::PushServiceRefused };
    (Report::Undelivered, Some(reason))
}
