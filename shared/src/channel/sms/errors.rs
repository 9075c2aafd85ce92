//! What SNS's error codes mean where it publishes to a phone. Source: SNS API
//! reference, `Publish`.

use super::SmsSettings;
use crate::channel::sns::is_invalid;
use crate::model::failure::{Fault, SendFailure, classify_shared};

/// Whether SNS names what the deployment sets, by its name or its value: every SMS
/// gets that answer, whoever it is to.
pub(super) fn names_settings(fault: &Fault, settings: &SmsSettings) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let message = fault.message.as_deref().unwrap_or_default();
    let (letters_of, words) = (letters(message), message.split([' ', ',', ':', ';', '\'', '"']));
    let names = ["originationnumber", "senderid", "originationidentity", "maxprice"];
    let values = [&settings.sender_id, &settings.origination_number];
    let is_value = |word: &str| values.into_iter().flatten().any(|value| word == value);
    let mut words = words.map(|word| word.trim_end_matches('.'));
    is_invalid(fault.code.as_deref().unwrap_or_default())
        && (names.iter().any(|name| letters_of.contains(name)) || words.any(is_value))
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::Stage;

    #[test]
    fn a_setting_of_the_deployment_differs_from_a_number_that_is_none() {
        let settings = SmsSettings {
            sender_id: Some("EXAMPLE".to_owned()),
            origination_number: Some("+18005550100".to_owned()),
            max_price: None,
        };
        let is_ours = |message: &str| {
            let fault = Fault {
                stage: Stage::Answered(400),
                code: Some("InvalidParameter".to_owned()),
                message: Some(message.to_owned()),
            };
            names_settings(&fault, &settings)
        };
        assert!(is_ours("Invalid parameter: AWS.SNS.SMS.SenderID Reason: not registered"));
        assert!(is_ours("Invalid parameter: Origination number is not valid"));
        assert!(is_ours("Invalid parameter: +18005550100 is not owned by the account."));
        assert!(is_ours("Invalid parameter: Sender ID 'EXAMPLE' is not allowed"));
        assert!(!is_ours(
            "Invalid parameter: PhoneNumber Reason: +43660 is not valid to publish to"
        ));
        assert!(!is_ours("Invalid parameter: Message too long"));
    }
}
