//! What support learns: why a customer got a message or none.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says that something is wrong by panicking"
)]

use std::time::Duration;

use bellhop::answers::{MAX_BODY, answer, asked_email, asked_phone};
use bellhop::channel::NotAccepted;
use bellhop::model::failure::SendFailure;
use bellhop::model::{Channel, Reason};
use bellhop::platform::url::UrlRequest;
use bellhop_tests::event::Event;
use bellhop_tests::world::World;
use serde_json::{Value, json};

fn request(method: &str, path: &str, body: Option<&str>) -> UrlRequest {
    let http = json!({"method": method, "path": path, "sourceIp": "192.0.2.1"});
    let request = json!({
        "version": "2.0", "rawPath": path, "rawQueryString": "", "headers": {},
        "requestContext": {"http": http}, "isBase64Encoded": false, "body": body,
    });
    serde_json::from_value(request).unwrap()
}

async fn ask(world: &World, request: &UrlRequest) -> (u16, Value) {
    let response = answer(&world.support(), request).await;
    assert_eq!(response.headers["content-type"], "application/json");
    assert_eq!(response.headers["cache-control"], "no-store");
    (response.status_code, serde_json::from_str(&response.body).unwrap())
}

async fn about_contact(world: &World, contact: &Value) -> Value {
    let (status, answer) =
        ask(world, &request("POST", "/contacts", Some(&contact.to_string()))).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn about_order(world: &World, order: &str) -> Value {
    let (status, answer) = ask(world, &request("GET", &format!("/orders/{order}"), None)).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

fn sentences(answer: &Value) -> Vec<&str> {
    let all = answer["explanations"].as_array().unwrap().iter();
    all.map(|explanation| explanation["sentence"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_customer_is_found_by_address_and_by_number_however_they_are_written() {
    let world = World::new();
    world.publish(&Event::of("order.paid").on(&["email"]));
    world.settle().await;
    let by_mail = about_contact(&world, &json!({"email": " Ada@Example.com "})).await;
    let by_phone = about_contact(&world, &json!({"phone": "+43 660 1234567"})).await;
    let told = sentences(&by_mail);
    assert!(told[0].starts_with("order.paid by e-mail to a…@example.com: accepted"), "{told:?}");
    assert_eq!(told, sentences(&by_phone), "the same notification");
    assert_eq!(
        (&by_mail["recipient"], &by_mail["remarks"]),
        (&json!("A…@example.com"), &json!([]))
    );

    let nobody = about_contact(&world, &json!({"email": "bob@example.com"})).await;
    let remark = "No event that the ledger still keeps was about a customer with b…@example.com.";
    assert_eq!((&nobody["remarks"], &nobody["explanations"]), (&json!([remark]), &json!([])));
}

#[tokio::test]
async fn a_customer_whom_nobody_wrote_to_is_found_and_told_why() {
    let world = World::new();
    world.suppress(&asked_email("ada@example.com").unwrap(), Reason::AddressBounced).await;
    world.suppress(&asked_phone("+436601234567").unwrap(), Reason::OptedOut).await;
    world.publish(&Event::of("order.paid").on(&["email", "sms", "push"]));
    world.settle().await;
    assert!(world.deliveries().is_empty());

    let answer = about_contact(&world, &json!({"email": "ada@example.com"})).await;
    let gone = "the address does not exist, or takes no mail (known since 23 November 2026)";
    let remark = format!("Nothing is sent by e-mail to a…@example.com: {gone}.");
    assert_eq!(answer["remarks"], json!([remark]));
    assert_eq!(answer["suppressed"], "address_bounced");
    let on = "not sent, as decided on 23 November 2026 at 09:35 UTC";
    let expected = [
        format!("order.paid by e-mail to a…@example.com: {on}: {gone}"),
        format!("order.paid by SMS to +43…67: {on}: the customer opted out on 23 November 2026"),
        format!("order.paid by push: {on}: no contact point on this channel is known"),
    ];
    assert_eq!(sentences(&answer), expected);
}

#[tokio::test]
async fn an_order_is_told_with_its_timeline_and_what_was_dead_lettered_of_it() {
    let world = World::new();
    world.publish(&Event::of("order.paid").on(&["email"]));
    world.settle().await;
    world.advance(Duration::from_secs(60));
    world.publish(&Event::of("order.shipped").id("evt-2").without("/data/shipment"));
    world.settle().await;
    let answer = about_order(&world, "A-1001").await;
    let told = sentences(&answer);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("an event was dead-lettered and notified nobody on"), "{told:?}");
    assert!(told[0].contains("shipment"), "the field is named: {told:?}");
    let what: Vec<_> =
        answer["timeline"].as_array().unwrap().iter().map(|line| &line["what"]).collect();
    let expected = ["planned", "skipped", "skipped", "sending", "accepted", "not_told"];
    assert_eq!(what, expected);
}

#[tokio::test]
async fn a_delivery_that_waits_or_failed_says_so_and_why() {
    let failed =
        |failure, code: &str| NotAccepted { failure, reason: Reason::Provider(code.into()) };
    let rejected = vec![failed(SendFailure::Permanent, "MessageRejected")];
    let world = World::with(Vec::new(), [(Channel::Email, rejected)].into());
    world.publish(&Event::of("order.paid").on(&["email"]));
    world.settle().await;
    let answer = about_order(&world, "A-1001").await;
    let told = sentences(&answer)[0];
    assert!(told.contains("failed on 23 November 2026"), "{told}");
    assert!(told.ends_with(": the provider says MessageRejected"), "{told}");

    let waiting = World::new();
    waiting.publish(&Event::of("order.paid").on(&["email"]));
    while waiting.plan(10, bellhop_tests::world::Answer::Heard).await {}
    let answer = about_order(&waiting, "A-1001").await;
    let told = sentences(&answer);
    let queued =
        "waiting in the queue since 23 November 2026 at 09:35 UTC; no attempt was made yet";
    assert!(told.iter().any(|told| told.ends_with(queued)), "{told:?}");
    waiting.advance(Duration::from_secs(10 * 86_400));
    let answer = about_order(&waiting, "A-1001").await;
    let told = sentences(&answer);
    assert!(told.iter().any(|told| told.ends_with("and will not be sent")), "{told:?}");
}

#[tokio::test]
async fn an_order_that_nobody_knows_is_said_to_be_unknown() {
    let world = World::new();
    let answer = about_order(&world, "A-9%2F9").await;
    assert_eq!(answer["order"], "A-9/9", "an id is escaped in a path");
    let remark = answer["remarks"][0].as_str().unwrap();
    assert!(remark.starts_with("Nothing is known of order A-9/9"), "{remark}");
}

#[tokio::test]
async fn a_request_that_asks_for_something_else_is_refused_without_quoting_it() {
    let world = World::new();
    let long = format!("{{\"email\": \"{}@example.com\"}}", "canary".repeat(MAX_BODY));
    let table = [
        ("GET", "/", None, 404, "not_found"),
        ("GET", "/orders", None, 404, "not_found"),
        ("POST", "/orders/A-1", None, 405, "method_not_allowed"),
        ("GET", "/contacts", None, 405, "method_not_allowed"),
        ("GET", "/orders/", None, 400, "invalid_order_id"),
        ("GET", "/orders/canary%20x", None, 400, "invalid_order_id"),
        ("POST", "/contacts", None, 400, "invalid_body"),
        ("POST", "/contacts", Some("canary"), 400, "invalid_body"),
        ("POST", "/contacts", Some("[]"), 400, "invalid_body"),
        ("POST", "/contacts", Some(r#"{"email": 7}"#), 400, "invalid_body"),
        ("POST", "/contacts", Some(r#"{"mail": "canary@example.com"}"#), 400, "invalid_body"),
        (
            "POST",
            "/contacts",
            Some(r#"{"email": "canary@example.com", "phone": "+436601234567"}"#),
            400,
            "invalid_body",
        ),
        ("POST", "/contacts", Some(r#"{"email": "canary"}"#), 400, "invalid_contact"),
        ("POST", "/contacts", Some(r#"{"phone": "0660"}"#), 400, "invalid_contact"),
        ("POST", "/contacts", Some(&long), 413, "too_large"),
    ];
    for (method, path, body, status, code) in table {
        let (answered, error) = ask(&world, &request(method, path, body)).await;
        assert_eq!((answered, &error["error"]["code"]), (status, &json!(code)), "{method} {path}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    let wrong = answer(&world.support(), &request("GET", "/contacts", None)).await;
    assert_eq!(wrong.headers["allow"], "POST");
}
