//! The product, whole: the real functions, deployed from the real template on
//! the local AWS, from the queue to what SES and SNS received.
//!
//! One local AWS serves all tests here; each works on orders of its own.

mod answers;
mod deferral;
mod erasure;
mod feedback;
mod outcomes;
mod preferences;
mod redrive;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use bellhop::ledger::{DeliveryState, OrderEntries, ReadLedger};
use bellhop::model::OrderId;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop_cli::commands::demo::{Samples, publish_samples, samples_folder};
use bellhop_cli::commands::publish::{EventFile, publish};
use bellhop_cli::connection::Connection;
use bellhop_local::recorder::{RecordedContent, RecordedMessage};
use bellhop_local::{LocalAws, Options, Quiet};
use bellhop_tests::contract;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

/// How long a test waits for what must come about.
const PATIENCE: Duration = Duration::from_secs(120);

// The local AWS outlives each test, so its runtime must too.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static AWS: OnceCell<LocalAws> = OnceCell::const_new();

async fn aws() -> &'static LocalAws {
    let start = || async {
        let webhook = outcomes::Application::listen().await;
        let parameters = [("OutcomesWebhookUrl".to_owned(), webhook)].into();
        let options = Options { parameters, ..Options::default() };
        LocalAws::start(options, &Quiet).await.unwrap_or_else(|e| panic!("{e}"))
    };
    AWS.get_or_init(start).await
}

async fn connection() -> Connection {
    Connection::to_local(&aws().await.stack)
}

/// Looks until `look` finds something.
async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    bellhop_tests::eventually(PATIENCE, what, look).await
}

async fn order(id: &str) -> OrderEntries {
    let ledger = connection().await.ledger().await.unwrap();
    ledger.order(&OrderId::parse(id).unwrap()).await.unwrap()
}

/// The order's entries, once so many deliveries have ended.
async fn settled(id: &str, deliveries: usize) -> OrderEntries {
    eventually(&format!("{deliveries} deliveries of order {id}"), async || {
        let entries = order(id).await;
        let ended = entries.deliveries.iter().filter(|(_, record)| record.state.is_settled());
        (ended.count() == deliveries).then_some(entries)
    })
    .await
}

async fn publish_event(event: &Value) {
    publish_text(&event.to_string()).await;
}

async fn publish_text(body: &str) {
    let file = EventFile { path: "test.json".into(), body: body.to_owned() };
    publish(&connection().await, &file).await.unwrap();
}

/// An `order.created` that e-mails one customer.
fn created(order: &str) -> Value {
    json!({
        "specversion": "1.0", "id": format!("evt-{order}"), "source": "/test",
        "type": "order.created", "time": SystemClock.now().to_string(),
        "data": {
            "order": {"id": order, "currency": "EUR", "totals": {"total": "29.90"}},
            "customer": {"id": format!("c-{order}"), "email": format!("{order}@example.com")},
        },
    })
}

fn emails_to<'a>(messages: &'a [RecordedMessage], address: &str) -> Vec<&'a RecordedMessage> {
    let to = |message: &&RecordedMessage| match &message.content {
        RecordedContent::Email(email) => email.to.iter().any(|to| to == address),
        _ => false,
    };
    messages.iter().filter(to).collect()
}

#[test]
fn the_demos_events_come_as_expected_and_a_second_time_nothing_more_is_sent() {
    RUNTIME.block_on(async {
        let aws = aws().await;
        let samples = Samples::load(&samples_folder()).unwrap();
        let orders: BTreeSet<_> = samples.orders.iter().map(|s| s.order.as_str()).collect();
        let report = publish_samples(&aws.stack, &samples, &Quiet).await.unwrap();
        assert!(report.ok, "{}", report.table());
        let ids = |report: &bellhop_cli::commands::demo::Report| -> BTreeSet<_> {
            report.deliveries.iter().filter_map(|row| row.provider_message_id.clone()).collect()
        };
        let first = ids(&report);
        assert_eq!(first.len(), report.deliveries.len(), "every delivery has a message of its own");

        let again = publish_samples(&aws.stack, &samples, &Quiet).await.unwrap();
        assert!(again.ok, "{}", again.table());
        assert_eq!(ids(&again), first, "the ledger names the messages of the first time");

        // What the providers received is what the ledger says, and no more.
        let mut recorded = 0;
        for message in aws.messages() {
            recorded += usize::from(first.contains(&message.message_id.as_str().into()));
        }
        assert_eq!(recorded, first.len());
        let mut in_ledger = 0;
        for id in orders {
            in_ledger += order(id).await.deliveries.len();
        }
        assert_eq!(in_ledger, first.len());
        for queue in ["EmailDeadLetterQueueUrl", "SmsDeadLetterQueueUrl", "PushDeadLetterQueueUrl"]
        {
            assert_eq!(dead_letters(queue).await, Vec::new(), "{queue}");
        }
    });
}

#[test]
fn an_email_reaches_ses_with_both_parts_its_tags_and_the_configuration_set() {
    RUNTIME.block_on(async {
        publish_event(&created("E2E-mail")).await;
        let entries = settled("E2E-mail", 1).await;
        let (id, record) = &entries.deliveries[0];
        assert_eq!(record.state, DeliveryState::Accepted);
        let messages = aws().await.messages();
        let sent = emails_to(&messages, "E2E-mail@example.com");
        assert_eq!(sent.len(), 1);
        assert_eq!(record.provider_message_id, Some(sent[0].message_id.as_str().into()));
        let RecordedContent::Email(email) = &sent[0].content else { unreachable!() };
        assert_eq!(email.tags.get("delivery_id").map(String::as_str), Some(id.as_str()));
        assert_eq!(
            email.tags.get("attempt_id").map(String::as_str),
            record.attempt_id.as_ref().map(|a| a.as_str())
        );
        assert!(email.configuration_set.is_some());
        assert!(email.from.contains("Example Shop"), "{}", email.from);
        assert!(email.subject.contains("E2E-mail"), "{}", email.subject);
        assert!(email.html.as_deref().is_some_and(|html| html.contains("29.90")));
        assert!(email.text.as_deref().is_some_and(|text| text.contains("29.90")));
    });
}

#[test]
fn an_invalid_event_is_dead_lettered_with_its_reason_and_its_neighbours_are_sent() {
    RUNTIME.block_on(async {
        let mut bad = created("E2E-bad-money");
        bad["data"]["order"]["totals"]["total"] = json!("12,50");
        publish_event(&created("E2E-before")).await;
        publish_text("this is { no JSON").await;
        publish_event(&bad).await;
        publish_event(&created("E2E-after")).await;

        settled("E2E-before", 1).await;
        settled("E2E-after", 1).await;
        let entries = eventually("the note about the bad event", async || {
            let entries = order("E2E-bad-money").await;
            (!entries.notes.is_empty()).then_some(entries)
        })
        .await;
        assert_eq!(entries.notes[0].reason, "invalid_field");
        assert!(entries.notes[0].detail.contains("data.order.totals.total"), "{:?}", entries.notes);
        assert!(entries.deliveries.is_empty());

        let reasons = eventually("both messages in the dead-letter queue", async || {
            let found = dead_letters("OrderEventsDeadLetterQueueUrl").await;
            let reasons: BTreeMap<_, _> = found.into_iter().collect();
            (reasons.contains_key("this is { no JSON") && reasons.contains_key(&bad.to_string()))
                .then_some(reasons)
        })
        .await;
        assert_eq!(reasons["this is { no JSON"], "not_json");
        assert_eq!(reasons[&bad.to_string()], "invalid_field");
    });
}

#[test]
fn an_event_of_an_unknown_type_is_recorded_and_skipped() {
    RUNTIME.block_on(async {
        let mut event = created("E2E-unknown");
        event["type"] = json!("order.teleported");
        publish_event(&event).await;
        let entries = eventually("the note about the unknown type", async || {
            let entries = order("E2E-unknown").await;
            (!entries.notes.is_empty()).then_some(entries)
        })
        .await;
        assert_eq!(entries.notes[0].reason, "unknown_type");
        assert_eq!(entries.notes[0].kind.as_deref(), Some("order.teleported"));
    });
}

#[test]
fn a_removed_device_is_not_pushed_to_any_more() {
    RUNTIME.block_on(async {
        let now = SystemClock.now().to_string();
        let device = |kind: &str, id: &str| {
            json!({
                "specversion": "1.0", "id": id, "source": "/test", "type": kind, "time": now,
                "data": {"customer_id": "c-E2E-device", "platform": "fcm", "token": "token-of-E2E-device"},
            })
        };
        let event = |order: &str| {
            let mut event = created(order);
            event["data"]["customer"] = json!({"id": "c-E2E-device"});
            event
        };
        let devices = async || {
            let profiles = connection().await.profiles().unwrap();
            let profile = bellhop::customer::ReadProfiles::profile(&profiles, &"c-E2E-device".into()).await;
            profile.unwrap().map_or(0, |profile| profile.devices.len())
        };
        publish_event(&device("device.registered", "r-1")).await;
        eventually("the device's registration", async || (devices().await == 1).then_some(())).await;
        publish_event(&event("E2E-device-1")).await;
        settled("E2E-device-1", 1).await;

        publish_event(&device("device.removed", "r-2")).await;
        eventually("the device's removal", async || (devices().await == 0).then_some(())).await;
        publish_event(&event("E2E-device-2")).await;
        let entries = eventually("the decision", async || {
            let entries = order("E2E-device-2").await;
            (!entries.notifications.is_empty()).then_some(entries)
        })
        .await;
        let reasons: BTreeSet<_> =
            entries.notifications[0].skips.iter().map(|skip| skip.reason.to_string()).collect();
        assert_eq!(reasons, BTreeSet::from(["no_recipient".to_owned()]));
    });
}

#[test]
fn the_ledger_on_dynamodb_keeps_the_contract() {
    RUNTIME.block_on(async {
        contract::ledger(&connection().await.ledger().await.unwrap()).await;
    });
}

#[test]
fn the_profiles_on_dynamodb_keep_the_contract() {
    RUNTIME.block_on(async {
        contract::profiles(&connection().await.profiles().unwrap()).await;
    });
}

#[test]
fn ledger_and_profiles_on_dynamodb_forget_whom_they_must() {
    RUNTIME.block_on(async {
        let connection = connection().await;
        let (ledger, profiles) =
            (connection.ledger().await.unwrap(), connection.profiles().unwrap());
        contract::erasure(&ledger, &profiles).await;
    });
}

#[test]
fn a_function_whose_environment_is_not_usable_names_every_variable_and_stops() {
    RUNTIME.block_on(aws());
    let target = std::env::current_exe().unwrap();
    let target = target.ancestors().nth(2).unwrap();
    for (function, missing) in [
        ("plan", ["LEDGER_TABLE", "LEDGER_KEYS", "EMAIL_QUEUE_URL"]),
        ("feedback", ["LEDGER_TABLE", "PROFILES_TABLE", "CONTACT_KEY"]),
        ("feedback-logs", ["FEEDBACK_QUEUE_URL"; 3]),
        ("profiles", ["PROFILES_TABLE", "QUEUE_URL", "DEAD_LETTER_QUEUE_URL"]),
        ("send-email", ["LEDGER_TABLE", "FROM_ADDRESS", "CONFIGURATION_SET"]),
        ("send-sms", ["LEDGER_TABLE", "PROFILES_TABLE", "CONTACT_KEY_ARN"]),
        ("send-push", ["LEDGER_TABLE", "ORDER_EVENTS_QUEUE_URL", "SHOP_NAME"]),
        ("outcomes", ["OUTCOMES_TOPIC_ARN", "DEAD_LETTER_QUEUE_URL", "OUTCOME_EVENTS"]),
        ("answers", ["LEDGER_TABLE", "LEDGER_KEYS", "CONTACT_KEY"]),
        ("preferences", ["LEDGER_TABLE", "PROFILES_TABLE", "PREFERENCES_KEYS"]),
        ("webhook", ["QUEUE_URL", "WEBHOOK_URL", "WEBHOOK_SECRET"]),
    ] {
        let output = Command::new(target.join(function)).env_clear().output().unwrap();
        assert!(!output.status.success(), "{function} started without its variables");
        let said = [output.stdout, output.stderr]
            .map(|out| String::from_utf8_lossy(&out).into_owned())
            .concat();
        for variable in missing {
            assert!(said.contains(&format!("{variable} is missing")), "{function}: {said}");
        }
    }
}

/// What stands in a dead-letter queue: bodies with their reasons. The messages
/// stay there.
async fn dead_letters(output: &'static str) -> Vec<(String, String)> {
    let connection = connection().await;
    let answer = connection
        .sqs()
        .receive_message()
        .queue_url(connection.output(output).unwrap())
        .max_number_of_messages(10)
        .visibility_timeout(0)
        .message_attribute_names("All")
        .send()
        .await
        .unwrap();
    let entry = |message: aws_sdk_sqs::types::Message| {
        let reason = message
            .message_attributes
            .as_ref()
            .and_then(|attributes| attributes.get("bellhop-reason")?.string_value.clone())
            .unwrap_or_default();
        (message.body.unwrap_or_default(), reason)
    };
    answer.messages.unwrap_or_default().into_iter().map(entry).collect()
}
