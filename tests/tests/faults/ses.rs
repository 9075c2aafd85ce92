//! What SES answers to `SendEmail`.

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure::{
    self, Configuration, Permanent, QuotaExhausted, Throttled, Unrecognised,
};
use bellhop_tests::job::job;
use bellhop_tests::server::{Answer, Server};
use serde_json::{Value, json};

use crate::send::{attempt, check_error, send};
use crate::world::{acceptance, provider};

async fn check(status: u16, code: &str, message: &str, failure: SendFailure) {
    check_error(Channel::Email, Answer::rest_error(status, code, message), code, failure).await;
}

/// Fault 33.
#[tokio::test]
async fn a_rate_that_is_exceeded_asks_for_a_slower_pace() {
    check(429, "TooManyRequestsException", "", Throttled).await;
    check(400, "ThrottlingException", "Maximum sending rate exceeded.", Throttled).await;
    check(400, "LimitExceededException", "", Throttled).await;
}

/// Fault 34.
#[tokio::test]
async fn a_quota_that_is_used_up_differs_from_a_rate() {
    check(400, "ThrottlingException", "Daily message quota exceeded.", QuotaExhausted).await;
    check(429, "TooManyRequestsException", "Daily message quota exceeded", QuotaExhausted).await;
}

#[tokio::test]
async fn a_message_that_is_rejected_is_never_tried_again() {
    check(400, "MessageRejected", "Email address is not verified.", Permanent).await;
    check(400, "BadRequestException", "", Permanent).await;
}

/// Faults 35, 36.
#[tokio::test]
async fn what_only_a_person_can_repair_is_parked() {
    check(404, "NotFoundException", "Configuration set <bellhop> does not exist.", Configuration)
        .await;
    check(400, "MailFromDomainNotVerifiedException", "", Configuration).await;
    check(400, "AccountSuspendedException", "", Configuration).await;
    check(400, "SendingPausedException", "", Configuration).await;
    check(403, "AccessDeniedException", "", Configuration).await;
}

/// Certainly not sent; but it says nothing about the deployment.
#[tokio::test]
async fn an_error_that_nobody_has_seen_before_is_unrecognised() {
    check(400, "AnErrorOfTheFuture", "", Unrecognised).await;
}

/// What the provider says may hold a contact detail.
#[tokio::test]
async fn the_providers_words_are_not_kept() {
    let words = "Address ada@example.com is blacklisted";
    let server = Server::answering([Answer::rest_error(400, "MessageRejected", words)]).await;
    let error = send(Channel::Email, &provider(server.url())).await.unwrap_err();
    assert!(!format!("{error:?}").contains("ada"), "{error:?}");
}

#[tokio::test]
async fn an_e_mail_goes_to_one_recipient_and_carries_what_finds_it_again() {
    let server = Server::answering([acceptance(Channel::Email, "id-1")]).await;
    send(Channel::Email, &provider(server.url())).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.head.starts_with("POST /v2/email/outbound-emails "), "{}", request.head);
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let job = job(Channel::Email);
    assert_eq!(body["Destination"], json!({ "ToAddresses": ["ada@example.com"] }));
    assert_eq!(body["FromEmailAddress"], "\"Shop\" <shop@example.com>");
    assert_eq!(body["ConfigurationSetName"], "bellhop");
    assert_eq!(
        body["EmailTags"],
        json!([
            {"Name": "delivery_id", "Value": job.delivery_id},
            {"Name": "attempt_id", "Value": attempt()},
            // `A-1001` in letters that a tag may have.
            {"Name": "order", "Value": "QS0xMDAx"},
        ])
    );
}
