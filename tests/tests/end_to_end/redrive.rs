//! `redrive` on the local AWS: dead letters as Bellhop's own code puts them there, and
//! deliveries of the ledger that have failed.
//!
//! Deliveries are promotional ones here, whose dead-letter queues no other test looks at.

use aws_sdk_sqs::types::MessageAttributeValue;
use bellhop::customer::Profile;
use bellhop::delivery::DeliveryJob;
use bellhop::ledger::transition::{claim, outcome_unknown, rejected, reopen};
use bellhop::ledger::{DeliveryLedger, DeliveryState, Fenced};
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, Class};
use bellhop::plan::{Notification, NotificationLedger, SealedFor};
use bellhop_cli::arguments::{Redrive, RedriveOne, Target};
use bellhop_cli::commands::redrive::{self, QueueName, Report, redrive};
use bellhop_tests::event::Event;
use bellhop_tests::job::{planned, settings};

use super::*;

const EMAIL_BULK: QueueName = QueueName::Jobs(Channel::Email, Class::Promotional);
const SMS_BULK: QueueName = QueueName::Jobs(Channel::Sms, Class::Promotional);

/// A review request on this channel.
fn review(order: &str, channel: &str, happened: &str) -> Notification {
    let event = Event::of("order.completed").about(order).happened(happened).on(&[channel]);
    let event = event.with("/data/customer/email", format!("{order}@example.com"));
    planned(&event, &Profile::default(), &settings())
}

fn job(order: &str, happened: &str) -> DeliveryJob {
    DeliveryJob::of(&review(order, "email", happened)).remove(0)
}

fn now() -> String {
    SystemClock.now().to_string()
}

/// Puts a message on a dead-letter queue, as Bellhop's own code does.
async fn dead_letter(queue: QueueName, group: &str, body: &str) {
    let reason = MessageAttributeValue::builder().data_type("String").string_value("no_answer");
    let connection = connection().await;
    connection
        .sqs()
        .send_message()
        .queue_url(connection.output(queue.dead_letter_output()).unwrap())
        .message_body(body)
        .message_group_id(group)
        .message_deduplication_id(format!("{group} {}", now()))
        .message_attributes("bellhop-reason", reason.build().unwrap())
        .send()
        .await
        .unwrap();
}

async fn dead_letter_job(job: &DeliveryJob) {
    let body = serde_json::to_string(job).unwrap();
    dead_letter(EMAIL_BULK, job.order_id.as_str(), &body).await;
}

async fn run(arguments: Redrive) -> Report {
    let report = redrive(&connection().await, &Redrive { rate: 100, ..arguments }).await;
    assert_eq!(report.json()["failure"], Value::Null, "{}", report.json());
    report
}

/// What was found of an order: what releasing would do, and what was done.
fn of_order(report: &Report, order: &str) -> Vec<(String, String)> {
    let report = report.json();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let entries = report["entries"].as_array().unwrap().iter();
    let mine = entries.filter(|entry| entry["order_id"] == order);
    mine.map(|entry| (text(entry, "would"), text(entry, "done"))).collect()
}

fn one(would: &str, done: &str) -> Vec<(String, String)> {
    vec![(would.to_owned(), done.to_owned())]
}

async fn mails_to(order: &str) -> usize {
    let messages = aws().await.messages();
    emails_to(&messages, &format!("{order}@example.com")).len()
}

#[test]
fn dead_letters_are_released_once_never_late_and_garbage_is_left() {
    RUNTIME.block_on(async {
        let (fresh, late) = (job("RD-fresh", &now()), job("RD-late", "2020-01-01T10:00:00Z"));
        dead_letter_job(&fresh).await;
        dead_letter_job(&late).await;
        dead_letter(EMAIL_BULK, "garbage", "this is { no job").await;
        let mut newer = serde_json::to_value(&fresh).unwrap();
        newer["v"] = json!(99);
        dead_letter(EMAIL_BULK, "newer", &newer.to_string()).await;
        let mut foreign = serde_json::to_value(&fresh).unwrap();
        foreign["recipient"] = json!({"channel": "sms", "phone": "+436601234567"});
        dead_letter(EMAIL_BULK, "foreign", &foreign.to_string()).await;
        let arguments = || Redrive { queues: vec![EMAIL_BULK], ..Redrive::default() };

        // Looking changes nothing, and hides nothing from the next to look.
        for _ in 0..2 {
            let report = run(arguments()).await;
            assert_eq!(of_order(&report, "RD-fresh"), one("send", "left"));
            assert_eq!(of_order(&report, "RD-late"), one("stale", "left"));
            assert_eq!(report.json()["left"], 5, "{}", report.json());
            assert!(!report.is_done(), "somebody must look at the garbage");
        }
        assert_eq!(mails_to("RD-fresh").await, 0);

        let report = run(Redrive { yes: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-fresh"), one("send", "released"));
        assert_eq!(of_order(&report, "RD-late"), one("stale", "left"));
        let reasons: BTreeSet<_> = report.json()["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["would"] == "unreadable")
            .map(|entry| entry["detail"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(reasons.len(), 3, "{reasons:?}");
        let entries = settled("RD-fresh", 1).await;
        assert_eq!(entries.deliveries[0].1.state, DeliveryState::Accepted);
        assert_eq!(mails_to("RD-fresh").await, 1);

        // As if whoever released it had died before it was deleted.
        dead_letter_job(&fresh).await;
        let report = run(Redrive { yes: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-fresh"), one("already_sent", "left"));
        assert_eq!(report.json()["released"], 0);

        let report = run(Redrive { yes: true, drop_settled: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-fresh"), one("already_sent", "dropped"));
        assert_eq!(of_order(&report, "RD-late"), one("stale", "dropped"));
        // What goes leaves its reason in the ledger.
        let entries = order("RD-late").await;
        assert_eq!(entries.deliveries[0].1.state, DeliveryState::Expired);

        let report = run(Redrive { yes: true, drop_settled: true, ..arguments() }).await;
        assert_eq!(report.json()["left"], 3, "{}", report.json());
        assert_eq!((mails_to("RD-fresh").await, mails_to("RD-late").await), (1, 0));
    });
}

/// Records a delivery that failed like this.
async fn failed(
    order: &str,
    channel: &str,
    happened: &str,
    end: impl FnOnce(&AttemptId) -> bellhop::ledger::Transition,
) -> DeliveryJob {
    let notification = review(order, channel, happened);
    let job = DeliveryJob::of(&notification).remove(0);
    let ledger = connection().await.ledger().await.unwrap();
    ledger.record(&notification, SealedFor::Guest).await.unwrap();
    let (attempt, at) = (AttemptId::new("first"), SystemClock.now());
    for transition in [claim(job.facts(), &attempt, "hash", at, at), end(&attempt)] {
        let applied = ledger.apply(&job.key(), &transition).await.unwrap();
        assert!(matches!(applied, Fenced::Applied(_)), "{applied:?}");
    }
    job
}

#[test]
fn failed_deliveries_of_a_time_range_are_sent_after_all_and_old_ones_are_not() {
    RUNTIME.block_on(async {
        let reject =
            |attempt: &AttemptId| rejected(attempt, &"MessageRejected".into(), SystemClock.now());
        failed("RD-failed", "email", &now(), reject).await;
        let reopened = failed("RD-reopened", "email", &now(), reject).await;
        // Whoever reopened it died before its job was on the queue.
        let ledger = connection().await.ledger().await.unwrap();
        let seen = ledger.delivery(&reopened.key()).await.unwrap().unwrap();
        let reopen = reopen(&seen, SystemClock.now()).unwrap();
        ledger.apply(&reopened.key(), &reopen).await.unwrap();
        failed("RD-old", "email", "2020-01-01T10:00:00Z", reject).await;
        let arguments = || Redrive {
            queues: vec![EMAIL_BULK],
            failed: true,
            since: Some("10m".parse().unwrap()),
            ..Redrive::default()
        };
        let report = run(arguments()).await;
        assert_eq!(of_order(&report, "RD-failed"), one("send", "left"));
        assert_eq!(of_order(&report, "RD-old"), one("stale", "left"));
        let before = run(Redrive { until: Some("1h".parse().unwrap()), ..arguments() }).await;
        assert_eq!(of_order(&before, "RD-failed"), []);

        let report = run(Redrive { yes: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-failed"), one("send", "released"));
        assert_eq!(of_order(&report, "RD-reopened"), one("send", "released"));
        eventually("the mail that was reopened before", async || {
            (order("RD-reopened").await.deliveries[0].1.state == DeliveryState::Accepted)
                .then_some(())
        })
        .await;
        let sent = eventually("the mail", async || {
            let entries = order("RD-failed").await;
            (entries.deliveries[0].1.state == DeliveryState::Accepted).then_some(entries)
        })
        .await;
        let history: Vec<_> =
            sent.deliveries[0].1.history.iter().map(|change| change.state.as_str()).collect();
        assert_eq!(history, ["sending", "rejected", "retry_wait", "sending", "accepted"]);
        let report = run(Redrive { yes: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-failed"), []);
        assert_eq!(of_order(&report, "RD-old"), one("stale", "left"));
        assert_eq!((mails_to("RD-failed").await, mails_to("RD-old").await), (1, 0));
    });
}

#[test]
fn an_abandoned_sms_is_sent_again_only_by_leave() {
    RUNTIME.block_on(async {
        let give_up = |attempt: &AttemptId| {
            outcome_unknown(attempt, &"no_answer".into(), None, SystemClock.now())
        };
        failed("RD-abandoned", "sms", &now(), give_up).await;
        let arguments = || Redrive {
            queues: vec![SMS_BULK],
            abandoned: true,
            yes: true,
            order: vec!["RD-abandoned".to_owned()],
            ..Redrive::default()
        };
        let report = run(arguments()).await;
        assert_eq!(of_order(&report, "RD-abandoned"), one("abandoned", "left"));
        let report = run(Redrive { may_duplicate: true, ..arguments() }).await;
        assert_eq!(of_order(&report, "RD-abandoned"), one("send", "released"));
        eventually("the SMS", async || {
            let entries = order("RD-abandoned").await;
            (entries.deliveries[0].1.state == DeliveryState::Accepted).then_some(())
        })
        .await;
        let sent = aws().await.messages().into_iter().filter(|message| {
            matches!(&message.content, RecordedContent::Sms { text, .. } if text.contains("RD-abandoned"))
        });
        assert_eq!(sent.count(), 1);
    });
}

#[test]
fn a_dead_lettered_event_is_released_or_edited_and_published_anew() {
    RUNTIME.block_on(async {
        let good = created("RD-event");
        let mut bad = created("RD-edit");
        bad["data"]["order"]["totals"]["total"] = json!("12,50");
        dead_letter(QueueName::OrderEvents, "RD-event", &good.to_string()).await;
        dead_letter(QueueName::OrderEvents, "RD-edit", &bad.to_string()).await;
        let arguments = || Redrive { queues: vec![QueueName::OrderEvents], ..Redrive::default() };

        // Another test looks at this queue, too.
        let report = eventually("both events", async || {
            let report = run(arguments()).await;
            let seen = |order| !of_order(&report, order).is_empty();
            (seen("RD-event") && seen("RD-edit")).then_some(report)
        })
        .await;
        assert_eq!(of_order(&report, "RD-event"), one("send", "left"));
        assert_eq!(of_order(&report, "RD-edit"), one("unreadable", "left"));
        let report = report.json();
        let mut entries = report["entries"].as_array().unwrap().iter();
        let entry = entries.find(|entry| entry["order_id"] == "RD-edit").unwrap();
        assert!(entry["detail"].as_str().unwrap().contains("data.order.totals.total"), "{entry}");
        let message = entry["message_id"].as_str().unwrap().to_owned();

        let edit = async |event: &Value| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), event.to_string()).unwrap();
            let edit = RedriveOne::Edit {
                message: message.clone(),
                file: Some(file.path().to_owned()),
                content: None,
                json: true,
                target: Target::default(),
            };
            redrive::one(&connection().await, &edit).await
        };
        let still_bad = edit(&bad).await.unwrap();
        assert_eq!(format!("{still_bad:?}"), format!("{:?}", std::process::ExitCode::FAILURE));
        bad["data"]["order"]["totals"]["total"] = json!("12.50");
        let published = edit(&bad).await.unwrap();
        assert_eq!(format!("{published:?}"), format!("{:?}", std::process::ExitCode::SUCCESS));
        settled("RD-edit", 1).await;
        assert!(edit(&bad).await.is_err(), "the old one is deleted");

        eventually("the event's release", async || {
            let report = run(Redrive { yes: true, ..arguments() }).await;
            (of_order(&report, "RD-event") == one("send", "released")).then_some(())
        })
        .await;
        settled("RD-event", 1).await;
        assert_eq!((mails_to("RD-event").await, mails_to("RD-edit").await), (1, 1));
    });
}
