//! A device's token becomes an endpoint of SNS, whatever SNS knows of it.

use bellhop::channel::push::{Applications, EndpointError, PushEndpoints, SnsEndpoints};
use bellhop::model::Platform;
use bellhop_tests::server::{Answer, Server};

use crate::world::eager;

const ARN: &str = "arn:aws:sns:eu-west-1:123456789012:endpoint/GCM/shop/3c5f";

fn endpoints(url: &str) -> SnsEndpoints {
    let application = "arn:aws:sns:eu-west-1:123456789012:app/GCM/shop".to_owned();
    let applications = Applications { fcm: Some(application), ..Applications::default() };
    SnsEndpoints::new(aws_sdk_sns::Client::new(&eager(url)), applications)
}

fn created() -> Answer {
    Answer::xml("CreatePlatformEndpoint", &format!("<EndpointArn>{ARN}</EndpointArn>"))
}

fn conflict() -> Answer {
    let words = format!(
        "Invalid parameter: Token Reason: Endpoint {ARN} already exists with the same Token, but \
         different attributes."
    );
    Answer::xml_error(400, "InvalidParameter", &words)
}

fn attributes(token: &str, enabled: bool) -> Answer {
    let entry = |name, value| format!("<entry><key>{name}</key><value>{value}</value></entry>");
    let entries = entry("Token", token.to_owned()) + &entry("Enabled", enabled.to_string());
    Answer::xml("GetEndpointAttributes", &format!("<Attributes>{entries}</Attributes>"))
}

fn set() -> Answer {
    Answer::xml("SetEndpointAttributes", "")
}

/// The operations that the server was asked for.
fn operations(server: &Server) -> Vec<String> {
    let operation = |body: String| {
        let rest = body.strip_prefix("Action=").unwrap_or(&body);
        rest.split('&').next().unwrap_or_default().to_owned()
    };
    server.requests().into_iter().map(|request| operation(request.body)).collect()
}

/// Fault 39.
#[tokio::test]
async fn a_token_that_sns_knows_with_other_attributes_is_repaired() {
    let server = Server::answering([conflict(), attributes("token-1", false), set()]).await;
    let arn = endpoints(server.url()).ensure(Platform::Fcm, "token-1").await;
    assert_eq!(arn, Ok(Some(ARN.into())));
    let wanted = ["CreatePlatformEndpoint", "GetEndpointAttributes", "SetEndpointAttributes"];
    assert_eq!(operations(&server), wanted);
    let repair = &server.requests()[2].body;
    for part in ["Enabled", "true", "Token", "token-1"] {
        assert!(repair.contains(part), "{repair}");
    }
}

/// Creating an endpoint that is there does not turn it on again.
#[tokio::test]
async fn an_endpoint_that_sns_has_disabled_is_enabled() {
    let server = Server::answering([created(), attributes("token-1", false), set()]).await;
    let arn = endpoints(server.url()).ensure(Platform::Fcm, "token-1").await;
    assert_eq!(arn, Ok(Some(ARN.into())));
    assert_eq!(operations(&server).last().unwrap(), "SetEndpointAttributes");
}

#[tokio::test]
async fn an_endpoint_in_order_is_left_alone_and_asking_again_changes_nothing() {
    let in_order = attributes("token-1", true);
    let server = Server::answering([created(), in_order.clone(), conflict(), in_order]).await;
    let endpoints = endpoints(server.url());
    for _ in 0..2 {
        let arn = endpoints.ensure(Platform::Fcm, "token-1").await;
        assert_eq!(arn, Ok(Some(ARN.into())));
    }
    let asked = ["CreatePlatformEndpoint", "GetEndpointAttributes"];
    assert_eq!(operations(&server), [asked, asked].concat());
}

#[tokio::test]
async fn a_token_that_sns_rejects_differs_from_a_call_that_failed() {
    let rejected = Answer::xml_error(400, "InvalidParameter", "Invalid parameter: Token");
    let server = Server::answering([rejected]).await;
    let outcome = endpoints(server.url()).ensure(Platform::Fcm, "nonsense").await;
    assert_eq!(outcome, Err(EndpointError::Rejected("InvalidParameter".into())));

    // Creating is idempotent, so this client may repeat it.
    let server = Server::answering([Answer::xml_error(400, "Throttling", "slowly")]).await;
    let outcome = endpoints(server.url()).ensure(Platform::Fcm, "token-1").await;
    assert!(matches!(outcome, Err(EndpointError::Call(_))), "{outcome:?}");
    assert_eq!(server.count(), 5);
}

#[tokio::test]
async fn a_platform_without_an_application_asks_nothing() {
    let server = Server::answering([created()]).await;
    let outcome = endpoints(server.url()).ensure(Platform::Apns, "token-1").await;
    assert_eq!((outcome, server.count()), (Ok(None), 0));
}
