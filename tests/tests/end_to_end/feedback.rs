//! What becomes of messages after they were accepted: reports arrive as SES and SNS make
//! them, and the ledger, the customer's contact points and the application hear of it.

use bellhop::catalogue::Catalogue;
use bellhop::customer::KnownCustomer;
use bellhop::delivery::DeliveryJob;
use bellhop::event::Received;
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, DeliveryState, Fenced, transition,
};
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, OrderId, Reason};
use bellhop_cli::commands::simulate::play;
use bellhop_local::reports::{self, Mail, Play};
use serde_json::{Value, json};

use super::*;

/// Lets the order's delivery on this channel come to this; its record then.
async fn comes_to(id: &str, channel: Channel, fate: Play, state: DeliveryState) -> DeliveryRecord {
    let entries = order(id).await;
    let of_channel = entries.deliveries.iter().find(|(_, record)| record.facts.channel == channel);
    let (delivery_id, record) = of_channel.unwrap();
    assert_eq!(record.state, DeliveryState::Accepted);
    let order_id = OrderId::parse(id).unwrap();
    let key = DeliveryKey { order_id, delivery_id: delivery_id.clone() };
    play(&connection().await, &key, fate).await.unwrap();
    eventually(&format!("{state} of {id}"), async || {
        let entries = order(id).await;
        let found = entries.deliveries.into_iter().find(|(known, _)| known == delivery_id);
        found.map(|(_, record)| record).filter(|record| record.state == state)
    })
    .await
}

/// The reasons for which the next order of the same customer is skipped.
async fn skips(id: &str) -> Vec<(Channel, String)> {
    let entries = eventually(&format!("the decisions about {id}"), async || {
        let entries = order(id).await;
        (!entries.notifications.is_empty()).then_some(entries)
    })
    .await;
    let skips = entries.notifications[0].skips.iter();
    skips.map(|skip| (skip.channel, skip.reason.to_string())).collect()
}

fn paid_by_phone(order: &str, phone: &str) -> Value {
    json!({
        "specversion": "1.0", "id": format!("evt-{order}"), "source": "/test",
        "type": "order.paid", "time": SystemClock.now().to_string(),
        "data": {
            "order": {"id": order, "currency": "EUR", "totals": {"total": "29.90"}},
            "customer": {"id": format!("c-{order}"), "phone": phone},
        },
    })
}

#[test]
fn a_bounce_ends_the_delivery_and_its_address_is_not_written_to_again() {
    RUNTIME.block_on(async {
        let mut first = created("E2E-bounce-1");
        first["data"]["customer"]["email"] = json!("gone@example.com");
        publish_event(&first).await;
        settled("E2E-bounce-1", 1).await;
        let bounced = DeliveryState::Bounced;
        let record = comes_to("E2E-bounce-1", Channel::Email, Play::Bounce, bounced).await;
        assert_eq!(record.reason, Some(Reason::AddressBounced));

        let mut second = created("E2E-bounce-2");
        second["data"]["customer"]["email"] = json!("Gone@Example.com");
        publish_event(&second).await;
        let skips = skips("E2E-bounce-2").await;
        assert!(skips.contains(&(Channel::Email, "address_bounced".to_owned())), "{skips:?}");
        assert!(order("E2E-bounce-2").await.deliveries.is_empty());
        let sent = aws().await.messages();
        assert_eq!(emails_to(&sent, "gone@example.com").len(), 1);
    });
}

#[test]
fn a_complaint_ends_the_mails_to_whoever_complained() {
    RUNTIME.block_on(async {
        let mut first = created("E2E-complaint-1");
        first["data"]["customer"]["email"] = json!("annoyed@example.com");
        publish_event(&first).await;
        settled("E2E-complaint-1", 1).await;
        let complained = DeliveryState::Complained;
        comes_to("E2E-complaint-1", Channel::Email, Play::Complaint, complained).await;
        let mut second = created("E2E-complaint-2");
        second["data"]["customer"]["email"] = json!("annoyed@example.com");
        publish_event(&second).await;
        let skips = skips("E2E-complaint-2").await;
        assert!(skips.contains(&(Channel::Email, "complained".to_owned())), "{skips:?}");
    });
}

#[test]
fn an_opted_out_phone_is_suppressed_by_a_line_of_snss_log() {
    RUNTIME.block_on(async {
        let phone = "+436601234991";
        publish_event(&paid_by_phone("E2E-optout-1", phone)).await;
        settled("E2E-optout-1", 1).await;
        let suppressed = DeliveryState::Suppressed;
        let record = comes_to("E2E-optout-1", Channel::Sms, Play::OptedOut, suppressed).await;
        assert_eq!(record.reason, Some(Reason::OptedOut));
        publish_event(&paid_by_phone("E2E-optout-2", phone)).await;
        let skips = skips("E2E-optout-2").await;
        assert!(skips.contains(&(Channel::Sms, "opted_out".to_owned())), "{skips:?}");
    });
}

#[test]
fn an_arrival_is_known_of_a_mail_and_of_an_sms() {
    RUNTIME.block_on(async {
        publish_event(&created("E2E-arrival-1")).await;
        publish_event(&paid_by_phone("E2E-arrival-2", "+436601234992")).await;
        settled("E2E-arrival-1", 1).await;
        settled("E2E-arrival-2", 1).await;
        let delivered = DeliveryState::Delivered;
        comes_to("E2E-arrival-1", Channel::Email, Play::Delivered, delivered).await;
        comes_to("E2E-arrival-2", Channel::Sms, Play::Delivered, delivered).await;
    });
}

#[test]
fn what_nobody_can_read_stands_on_the_dead_letter_queue_with_its_reason() {
    RUNTIME.block_on(async {
        let connection = connection().await;
        let queue = connection.output("FeedbackQueueUrl").unwrap();
        let body = r#"{"eventType":"Bounce","mail":{"destination":["x@example.com"]}}"#;
        connection.sqs().send_message().queue_url(queue).message_body(body).send().await.unwrap();
        eventually("the dead letter", async || {
            let found = dead_letters("FeedbackDeadLetterQueueUrl").await;
            found.contains(&(body.to_owned(), "invalid_field".to_owned())).then_some(())
        })
        .await;
    });
}

/// The function died after SES had taken the mail: only SES's event says that it did.
#[test]
fn a_mail_of_unknown_outcome_is_settled_by_its_send_event_and_not_sent_again() {
    RUNTIME.block_on(async {
        let id = "E2E-doubt";
        let event = created(id);
        let job = job_of(&event);
        let ledger = connection().await.ledger().await.unwrap();
        let (attempt, now) = (AttemptId::new("an attempt that died"), SystemClock.now());
        let claim = transition::claim(job.facts(), &attempt, "payload", now, now);
        ledger.apply(&job.key(), &claim).await.unwrap();
        publish_event(&event).await;
        // The sender has found the attempt without outcome, and waits for half an hour.
        eventually("the doubt", async || {
            let record = ledger.delivery(&job.key()).await.unwrap();
            record.filter(|record| record.state == DeliveryState::Unknown)
        })
        .await;
        let address = "E2E-doubt@example.com";
        let mail = Mail::of(id, job.delivery_id.as_str(), "id-of-SES", address);
        let sent = reports::ses_event(&mail, "Send", &json!({}), now).to_string();
        let connection = connection().await;
        let topic = connection.output("SesEventsTopicArn").unwrap();
        let sns = aws_sdk_sns::Client::new(&aws().await.stack.sdk_config());
        sns.publish().topic_arn(topic).message(sent).send().await.unwrap();
        let record = eventually("the acceptance", async || {
            let record = ledger.delivery(&job.key()).await.unwrap();
            record.filter(|record| record.state == DeliveryState::Accepted)
        })
        .await;
        assert_eq!(record.provider_message_id, Some("id-of-SES".into()));
        assert!(emails_to(&aws().await.messages(), address).is_empty(), "it was sent once, by SES");
        // Whoever comes for it later finds it done.
        let again = transition::claim(job.facts(), &AttemptId::new("b"), "payload", now, now);
        let found = ledger.apply(&job.key(), &again).await.unwrap();
        assert!(matches!(found, Fenced::Conflict(Some(_))), "{found:?}");
    });
}

/// The job that `plan` makes of an event that e-mails one customer.
fn job_of(event: &Value) -> DeliveryJob {
    let received = Received { sent_at: SystemClock.now() };
    let envelope = bellhop::event::open(&event.to_string(), received).unwrap();
    let catalogue = Catalogue::built_in().unwrap();
    let kind = catalogue.find(&envelope.kind).unwrap();
    let event = kind.admit(envelope).unwrap();
    let settings = bellhop_tests::job::settings();
    let known = KnownCustomer::default();
    let planned = bellhop::plan::plan(event, kind, &known, &settings, SystemClock.now());
    DeliveryJob::of(&planned).remove(0)
}
