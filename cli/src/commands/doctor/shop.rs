//! What mail says of the shop, where laws and mailbox providers ask for it.

use aws_sdk_secretsmanager::Client;

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, if_there, sdk};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Shop;

/// The secret that links to unsubscribe and to preferences are proven by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Secret {
    There,
    /// It is there for some days more.
    BeingDeleted,
}

/// Asks for the secret.
pub(super) async fn look(secrets: &Client, arn: &str) -> Looked<Option<Secret>> {
    let answer = secrets.describe_secret().secret_id(arn).send().await;
    let found = if_there(sdk("secretsmanager:DescribeSecret", answer))?;
    Ok(found.map(|found| match found.deleted_date {
        Some(_) => Secret::BeingDeleted,
        None => Secret::There,
    }))
}

/// Whether mail says where the shop is.
pub(super) fn judge_address(stack: &StackFacts) -> Finding {
    match stack.parameter("PostalAddress") {
        "" => Finding::hint(
            SUBJECT,
            Code::PostalAddress,
            "mail does not say where the shop is: PostalAddress is empty",
            "laws against spam ask for it, as CAN-SPAM does in the US: set \
             PostalAddress and deploy",
        ),
        _ => Finding::ok(SUBJECT, Code::PostalAddress, "mail says where the shop is"),
    }
}

/// That customers can't unsubscribe.
pub(super) fn judge_no_unsubscribing() -> Finding {
    Finding::hint(
        SUBJECT,
        Code::Unsubscribe,
        "mail offers no unsubscribing: PreferencesEndpoint is none",
        "before you publish order.completed, set PreferencesEndpoint to create and deploy: mailbox \
         providers ask for it in promotional mail",
    )
}

/// What there is to say about unsubscribing.
pub(super) fn judge_secret(url: &str, secret: Option<Secret>) -> Finding {
    match secret {
        Some(Secret::There) => {
            Finding::ok(SUBJECT, Code::Unsubscribe, format!("customers unsubscribe at {url}"))
        }
        Some(Secret::BeingDeleted) => Finding::error(
            SUBJECT,
            Code::Unsubscribe,
            "the keys of links to unsubscribe are being deleted: send-email and preferences can't start",
            "`aws secretsmanager restore-secret --secret-id` with the output PreferencesKeysArn",
        ),
        None => Finding::error(
            SUBJECT,
            Code::Unsubscribe,
            "the keys of links to unsubscribe are not there: send-email and preferences can't start",
            "set PreferencesEndpoint to none and deploy, then to create and deploy again, which makes \
             new keys; links in mails that were sent no longer hold",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{Error, Ok};
    use super::*;

    #[test]
    fn the_secret_must_be_there_and_stay() {
        for (secret, level) in
            [(Some(Secret::There), Ok), (Some(Secret::BeingDeleted), Error), (None, Error)]
        {
            assert_eq!(judge_secret("https://shop.example/u", secret).level, level, "{secret:?}");
        }
    }

    #[test]
    fn what_the_law_asks_for_is_a_hint_until_it_is_given() {
        let mut stack = StackFacts::default();
        assert!(judge_address(&stack).todo.is_some());
        stack.parameters.insert("PostalAddress".to_owned(), "Hauptstr. 1, Wien".to_owned());
        assert_eq!(judge_address(&stack).todo, None);
        assert!(judge_no_unsubscribing().todo.is_some());
    }
}
