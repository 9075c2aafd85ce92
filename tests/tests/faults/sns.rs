//! What SNS answers to `Publish`, to a phone and to a device.

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure::{self, Configuration, Permanent, Throttled, Unknown};
use bellhop_tests::server::{Answer, Server};

use crate::send::{check_error, send};
use crate::world::{acceptance, provider};

async fn check(channel: Channel, status: u16, code: &str, failure: SendFailure) {
    check_error(channel, Answer::xml_error(status, code, "no"), code, failure).await;
}

/// `Throttled` is not among the codes that the SDK knows as throttling.
#[tokio::test]
async fn every_way_to_be_throttled_asks_for_a_slower_pace() {
    for code in ["Throttling", "ThrottlingException", "Throttled", "KMSThrottling"] {
        check(Channel::Sms, 400, code, Throttled).await;
        check(Channel::Push, 400, code, Throttled).await;
    }
}

#[tokio::test]
async fn a_number_that_is_none_is_never_tried_again() {
    check(Channel::Sms, 400, "InvalidParameter", Permanent).await;
    check(Channel::Sms, 400, "ParameterValueInvalid", Permanent).await;
    check(Channel::Sms, 400, "ValidationException", Permanent).await;
}

/// Fault 54.
#[tokio::test]
async fn what_only_a_person_can_repair_is_parked() {
    check(Channel::Sms, 403, "AuthorizationError", Configuration).await;
    check(Channel::Sms, 403, "InvalidSecurity", Configuration).await;
    check(Channel::Sms, 400, "KMSAccessDenied", Configuration).await;
    check(Channel::Sms, 400, "KMSDisabled", Configuration).await;
}

#[tokio::test]
async fn an_internal_error_may_have_sent() {
    check(Channel::Sms, 500, "InternalError", Unknown).await;
    check(Channel::Push, 500, "InternalError", Unknown).await;
}

/// Fault 37.
#[tokio::test]
async fn a_device_that_is_gone_is_never_tried_again() {
    check(Channel::Push, 400, "EndpointDisabled", Permanent).await;
    check(Channel::Push, 404, "NotFound", Permanent).await;
    check(Channel::Push, 400, "InvalidParameter", Permanent).await;
}

/// Fault 40.
#[tokio::test]
async fn credentials_of_the_app_that_are_broken_are_parked() {
    check(Channel::Push, 400, "PlatformApplicationDisabled", Configuration).await;
}

/// What SNS says may hold the number.
#[tokio::test]
async fn the_providers_words_are_not_kept() {
    let words = "Invalid parameter: PhoneNumber Reason: +436601234567 is not valid";
    let server = Server::answering([Answer::xml_error(400, "InvalidParameter", words)]).await;
    let error = send(Channel::Sms, &provider(server.url())).await.unwrap_err();
    assert!(!format!("{error:?}").contains("660"), "{error:?}");
}

#[tokio::test]
async fn a_text_message_goes_to_one_phone_as_transactional() {
    let body = request(Channel::Sms).await;
    for part in [
        "Action=Publish&",
        "PhoneNumber=%2B436601234567",
        "Transactional",
        "Name=AWS.SNS.SMS.SenderID&",
        "StringValue=Shop",
        "Name=AWS.MM.SMS.OriginationNumber&",
        "StringValue=%2B436609999999",
    ] {
        assert!(body.contains(part), "{part} is missing: {body}");
    }
}

#[tokio::test]
async fn a_push_message_goes_to_one_device_and_does_not_outlive_its_use() {
    let body = request(Channel::Push).await;
    // Sent on the day of shipping, an hour too late after five.
    let five_days = (5 * 86_400).to_string();
    for part in ["TargetArn=arn", "MessageStructure=json", "AWS.SNS.MOBILE.GCM.TTL", &five_days] {
        assert!(body.contains(part), "{part} is missing: {body}");
    }
}

async fn request(channel: Channel) -> String {
    let server = Server::answering([acceptance(channel, "id-1")]).await;
    send(channel, &provider(server.url())).await.unwrap();
    assert_eq!(server.count(), 1);
    server.requests().remove(0).body
}
