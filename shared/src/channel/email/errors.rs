//! What SES's error codes mean. Source: SES API v2 reference, `SendEmail`.

use super::EmailAddress;
use crate::model::failure::{Fault, SendFailure, classify_shared};

/// Whether SES rejects the mail because the shop's own address or domain is not
/// verified: every mail gets that answer, whoever it is to. SES names the identities
/// that failed, in the sandbox also the recipient's, which is the recipient's fault:
/// "Email address is not verified. The following identities failed the check in region
/// EU-WEST-1: Shop <shop@example.com>, shop@example.com".
/// Source: SES developer guide, "Amazon SES email sending errors".
pub(super) fn sender_is_not_verified(fault: &Fault, from: &EmailAddress) -> bool {
    let message = fault.message.as_deref().unwrap_or_default();
    let unverified = message.contains("not verified") || message.contains("failed the check");
    fault.code.as_deref() == Some("MessageRejected") && unverified && names(message, from)
}

/// Whether the text names the address or its domain as an identity, by itself.
fn names(message: &str, from: &EmailAddress) -> bool {
    let address = from.reveal();
    let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
    let part_of_identity = |c: char| c.is_alphanumeric() || "@.-_+".contains(c);
    let words = message.split(|c: char| !part_of_identity(c));
    let mut words = words.map(|word| word.trim_end_matches('.'));
    words.any(|word| word.eq_ignore_ascii_case(address) || word.eq_ignore_ascii_case(domain))
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::Stage;

    #[test]
    fn an_unverified_sender_differs_from_an_unverified_recipient() {
        let from = EmailAddress::parse("orders@shop.example").unwrap();
        let is_senders = |message: &str| {
            let fault = Fault {
                stage: Stage::Answered(400),
                code: Some("MessageRejected".to_owned()),
                message: Some(message.to_owned()),
            };
            sender_is_not_verified(&fault, &from)
        };
        let failed = "Email address is not verified. The following identities failed the check in region EU-WEST-1";
        assert!(is_senders(&format!("{failed}: orders@shop.example")));
        assert!(is_senders(&format!("{failed}: Shop <Orders@SHOP.example>, orders@shop.example")));
        assert!(is_senders(&format!("{failed}: shop.example")));
        assert!(is_senders(&format!("{failed}: ada@example.com, orders@shop.example")));
        // The sandbox: a colleague's address of the same domain, not the shop's own.
        assert!(!is_senders(&format!("{failed}: ada@shop.example")));
        assert!(!is_senders(&format!("{failed}: ada@example.com")));
        assert!(!is_senders("Address orders@shop.example contains an illegal character"));
    }
}
