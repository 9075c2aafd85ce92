//! Outcomes, whole: from the ledger's stream to the application that hears of them.

use std::collections::BTreeSet;
use std::future::IntoFuture;
use std::sync::{LazyLock, Mutex};

use aws_sdk_sqs::types::QueueAttributeName;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use bellhop::feedback::webhook::SigningSecret;
use bellhop::feedback::{self, ProviderReport};
use bellhop::ledger::{DeliveryKey, DeliveryState};
use bellhop::model::Report;
use bellhop::model::clock::{SystemClock, Timestamp};
use bellhop::model::{Channel, OrderId, Reason};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{RUNTIME, connection, created, eventually, publish_event, settled};

static APPLICATION: LazyLock<Application> = LazyLock::new(Application::default);

/// The shop's own application: what its webhook was called with, and the orders for which
/// it is down.
#[derive(Default)]
pub(super) struct Application {
    calls: Mutex<Vec<Call>>,
    down: Mutex<BTreeSet<String>>,
}

#[derive(Clone)]
struct Call {
    id: String,
    sent_at: String,
    signature: String,
    body: String,
    event: Value,
    taken: bool,
}

impl Application {
    /// Starts to listen; its address.
    pub(super) async fn listen() -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let takes =
            |headers: HeaderMap, body: String| async move { APPLICATION.called(&headers, body) };
        let serving = axum::serve(listener, Router::new().route("/hooks", post(takes)));
        tokio::spawn(serving.into_future());
        url
    }

    fn called(&self, headers: &HeaderMap, body: String) -> StatusCode {
        let header =
            |name| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let event: Value = serde_json::from_str(&body).unwrap();
        let taken = !self.down.lock().unwrap().contains(event["subject"].as_str().unwrap());
        let call = Call {
            id: header("webhook-id"),
            sent_at: header("webhook-timestamp"),
            signature: header("webhook-signature"),
            body,
            event,
            taken,
        };
        self.calls.lock().unwrap().push(call);
        if taken { StatusCode::NO_CONTENT } else { StatusCode::SERVICE_UNAVAILABLE }
    }

    fn calls_about(&self, order: &str) -> Vec<Call> {
        let calls = self.calls.lock().unwrap();
        calls.iter().filter(|call| call.event["subject"] == order).cloned().collect()
    }
}

/// The order's e-mail, which was accepted, bounces by a report of SES.
async fn bounce(order: &str) {
    publish_event(&created(order)).await;
    let entries = settled(order, 1).await;
    let (delivery_id, record) = entries.deliveries[0].clone();
    assert_eq!(record.state, DeliveryState::Accepted);
    let report = ProviderReport {
        key: DeliveryKey { order_id: OrderId::parse(order).unwrap(), delivery_id },
        channel: Channel::Email,
        provider_message_id: record.provider_message_id.unwrap(),
        report: Report::Bounced,
        reason: Some(Reason::NotDeliverable),
    };
    let ledger = connection().await.ledger().await.unwrap();
    feedback::apply(&ledger, &SystemClock, &report).await.unwrap();
}

/// A queue of the application's own that hears of failures on e-mail.
async fn subscribed_queue(name: &str) -> String {
    let connection = connection().await;
    let sqs = connection.sqs();
    let queue = sqs.create_queue().queue_name(name).send().await.unwrap();
    let url = queue.queue_url.unwrap();
    let arn = QueueAttributeName::QueueArn;
    let attributes = sqs.get_queue_attributes().queue_url(&url).attribute_names(arn.clone());
    let attributes = attributes.send().await.unwrap().attributes.unwrap();
    let sns = aws_sdk_sns::Client::new(&super::aws().await.stack.sdk_config());
    sns.subscribe()
        .topic_arn(connection.output("OutcomesTopicArn").unwrap())
        .protocol("sqs")
        .endpoint(&attributes[&arn])
        .attributes("RawMessageDelivery", "true")
        .attributes(
            "FilterPolicy",
            json!({"type": ["delivery.failed"], "channel": ["email"]}).to_string(),
        )
        .send()
        .await
        .unwrap();
    url
}

async fn received(queue: &str) -> Vec<Value> {
    let connection = connection().await;
    let receive = connection.sqs().receive_message().queue_url(queue).max_number_of_messages(10);
    let messages = receive.send().await.unwrap().messages.unwrap_or_default();
    let body = |message: aws_sdk_sqs::types::Message| message.body.unwrap();
    messages.into_iter().map(|message| serde_json::from_str(&body(message)).unwrap()).collect()
}

#[test]
fn a_failed_delivery_reaches_a_queue_that_is_subscribed_to_the_topic() {
    RUNTIME.block_on(async {
        let queue = subscribed_queue("outcomes-of-the-application").await;
        bounce("E2E-bounce").await;
        let event = eventually("the outcome", async || {
            received(&queue).await.into_iter().find(|event| event["subject"] == "E2E-bounce")
        })
        .await;
        assert_eq!(event["type"], "delivery.failed");
        assert_eq!(event["source"], "/bellhop/bellhop");
        assert_eq!(event["data"]["state"], "bounced");
        assert_eq!(event["data"]["reason"], "not_deliverable");
        assert_eq!(event["data"]["attempts"], 1);
        assert!(!event.to_string().contains("E2E-bounce@example.com"), "{event}");
    });
}

#[test]
fn a_customer_who_hears_nothing_is_heard_of() {
    RUNTIME.block_on(async {
        let mut event = created("E2E-nobody");
        event["data"]["customer"] = json!({"id": "c-E2E-nobody"});
        publish_event(&event).await;
        let call = eventually("the call", async || {
            APPLICATION.calls_about("E2E-nobody").into_iter().next()
        })
        .await;
        assert_eq!(call.event["type"], "notification.skipped");
        assert_eq!(call.event["data"]["skipped"][0]["reason"], "no_recipient");
    });
}

#[test]
fn fault_58_an_application_that_was_down_gets_its_outcomes_at_last_under_the_same_id() {
    RUNTIME.block_on(async {
        const ORDER: &str = "E2E-down";
        APPLICATION.down.lock().unwrap().insert(ORDER.to_owned());
        bounce(ORDER).await;
        eventually("two calls that it did not take", async || {
            (APPLICATION.calls_about(ORDER).len() >= 2).then_some(())
        })
        .await;
        APPLICATION.down.lock().unwrap().remove(ORDER);
        let calls = eventually("a call that it took", async || {
            let calls = APPLICATION.calls_about(ORDER);
            calls.last()?.taken.then_some(calls)
        })
        .await;
        let ids: BTreeSet<_> = calls.iter().map(|call| &call.id).collect();
        assert_eq!(ids.len(), 1);
        let secret = secret().await;
        for call in &calls {
            assert_eq!(call.event["id"], call.id);
            assert_eq!(call.body, calls[0].body);
            let sent_at = Timestamp::from_second(call.sent_at.parse().unwrap()).unwrap();
            assert_eq!(call.signature, secret.sign(&call.id, sent_at, &call.body));
        }
    });
}

/// The stack's secret, as the application reads it.
async fn secret() -> SigningSecret {
    let secrets = aws_sdk_secretsmanager::Client::new(&super::aws().await.stack.sdk_config());
    let connection = connection().await;
    let arn = connection.output("WebhookSecretArn").unwrap();
    let answer = secrets.get_secret_value().secret_id(arn).send().await.unwrap();
    SigningSecret::parse(&answer.secret_string.unwrap()).unwrap()
}
