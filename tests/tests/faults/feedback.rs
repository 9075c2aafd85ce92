//! What providers report after they have taken a message, as it arrives on the feedback
//! queue.

use std::sync::Arc;
use std::time::Duration;

use bellhop::channel::Recipient;
use bellhop::channel::email::EmailAddress;
use bellhop::channel::sms::PhoneNumber;
use bellhop::customer::{
    MemoryProfiles, ReadProfiles, ReadSuppressions, WriteProfiles, WriteSuppressions,
};
use bellhop::delivery::{DeliveryJob, MemoryQueue};
use bellhop::feedback::{self, Observer};
use bellhop::ledger::DeliveryState;
use bellhop::model::clock::ManualClock;
use bellhop::model::{Channel, Postponed, Reason, Record};
use bellhop::platform::MemoryDeadLetters;
use bellhop_local::reports::{self, Mail};
use bellhop_tests::event::record;
use bellhop_tests::job::{contact_key, job, job_about};
use bellhop_tests::server::Server;
use bellhop_tests::store::{Ledger, Shared};
use serde_json::{Value, json};

use crate::world::{Client, Function, acceptance};

struct InMemory;

impl feedback::Ports for InMemory {
    type Ledger = Shared<Ledger>;
    type Profiles = Shared<MemoryProfiles>;
    type Routes = Shared<MemoryQueue>;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

/// A sender, its provider, and the function that hears of what became of its messages.
struct Stage {
    server: Server,
    function: Function,
    observer: Observer<InMemory>,
}

impl Stage {
    /// The provider takes messages, under these ids.
    async fn of(channel: Channel, ids: &[&str]) -> Self {
        let answers: Vec<_> = ids.iter().map(|id| acceptance(channel, id)).collect();
        let server = Server::answering(answers).await;
        let function = Function::new(Client::new(channel, server.url()));
        let observer = Observer {
            ledger: function.deliverer.ledger.clone(),
            profiles: function.deliverer.devices.clone(),
            contact_key: contact_key(),
            routes: Shared::default(),
            dead_letters: Shared::default(),
            clock: Arc::clone(&function.deliverer.clock),
        };
        Self { server, function, observer }
    }

    async fn report(&self, report: &Value) -> Result<(), Postponed> {
        self.receive(&record("report", None, &report.to_string())).await
    }

    async fn receive(&self, record: &Record) -> Result<(), Postponed> {
        feedback::handle(&self.observer, record).await
    }

    /// The delivery's state and reason.
    fn stands(&self, job: &DeliveryJob) -> (DeliveryState, String) {
        let record = self.function.record(job).unwrap();
        (record.state, record.reason.map_or_else(String::new, |reason| reason.to_string()))
    }

    async fn suppression(&self, recipient: &Recipient) -> Option<Reason> {
        let hash = contact_key().hash(recipient);
        let mut found = self.observer.profiles.suppressed(&[hash]).await.unwrap();
        found.pop().map(|(_, suppression)| suppression.reason)
    }
}

fn mail(job: &DeliveryJob, id: &str) -> Mail {
    Mail::of(job.order_id.as_str(), job.delivery_id.as_str(), id, "ada@example.com")
}

fn ada() -> Recipient {
    Recipient::Email { address: EmailAddress::parse("ada@example.com").unwrap() }
}

fn adas_phone() -> Recipient {
    Recipient::Sms { phone: PhoneNumber::parse("+436601234567").unwrap() }
}

fn bounce(job: &DeliveryJob, kind: &str, sub_kind: &str, address: &str, stage: &Stage) -> Value {
    let detail = json!({
        "bounceType": kind, "bounceSubType": sub_kind,
        "bouncedRecipients": [{"emailAddress": address}],
        "timestamp": stage.function.now().to_string(),
    });
    reports::ses_event(&mail(job, "id-1"), "Bounce", &detail, stage.function.now())
}

/// SNS takes the message, and its delivery log says later why it went nowhere.
#[tokio::test]
async fn fault_41_an_opted_out_phone_makes_it_suppressed_in_every_wording() {
    use DeliveryState::{Suppressed, Undelivered};
    for (wording, state, reason, is_gone) in [
        ("Phone number is opted out", Suppressed, "opted_out", true),
        ("+436601234567 is opted out", Suppressed, "opted_out", true),
        ("Phone is OPTED OUT", Suppressed, "opted_out", true),
        ("Invalid phone number", Undelivered, "not_deliverable", true),
        ("This delivery would exceed max price", Undelivered, "max_price", false),
        ("Phone is currently unreachable/unavailable", Undelivered, "unreachable", false),
        ("Phone carrier is currently unreachable/unavailable", Undelivered, "unreachable", false),
        ("Blocked as spam by phone carrier", Undelivered, "blocked", false),
        ("Phone has blocked SMS", Undelivered, "blocked", false),
        ("Unknown error attempting to reach phone", Undelivered, "unknown_to_carrier", false),
        ("", Undelivered, "unknown_to_carrier", false),
    ] {
        let stage = Stage::of(Channel::Sms, &["id-1"]).await;
        let job = job(Channel::Sms);
        assert_eq!(stage.function.deliver(&job).await, Ok(()));
        let now = stage.function.now();
        let log = reports::sms_log("id-1", "+436601234567", Some(wording), now);
        for _ in 0..2 {
            assert_eq!(stage.report(&log).await, Ok(()));
            assert_eq!(stage.stands(&job), (state, reason.to_owned()), "{wording}");
        }
        let suppressed = stage.suppression(&adas_phone()).await.map(|reason| reason.to_string());
        assert_eq!(suppressed, is_gone.then(|| reason.to_owned()), "{wording}");
        assert_eq!(stage.function.deliver(&job).await, Ok(()));
        assert_eq!(stage.server.count(), 1);
    }
}

/// SNS takes SMS beyond the limit, and none of them arrives.
#[tokio::test]
async fn fault_42_the_spend_limit_in_a_log_holds_the_channel_and_lets_it_go_an_hour_later() {
    let ids: Vec<_> = (1..=4).map(|n| format!("id-{n}")).collect();
    let stage = Stage::of(Channel::Sms, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let first = job_about("A-1", Channel::Sms);
    assert_eq!(stage.function.deliver(&first).await, Ok(()));
    let limit = |id: &str| {
        let said = Some("No quota left for account");
        reports::sms_log(id, "+436601234567", said, stage.function.now())
    };
    assert_eq!(stage.report(&limit("id-1")).await, Ok(()));
    assert_eq!(stage.stands(&first), (DeliveryState::Undelivered, "spend_limit".to_owned()));
    assert_eq!(stage.suppression(&adas_phone()).await, None, "the phone is not at fault");

    // An instance that looked just before hears of it within a minute.
    stage.function.advance(Duration::from_secs(60));
    let second = job_about("A-2", Channel::Sms);
    let held = stage.function.deliver(&second).await.unwrap_err();
    assert_eq!(held.reason, Reason::CircuitOpen);
    assert!(held.retry_after.is_some_and(|after| after <= Duration::from_secs(3600)), "{held:?}");
    assert_eq!((stage.function.record(&second), stage.server.count()), (None, 1), "not claimed");

    stage.function.advance(Duration::from_secs(3600));
    assert_eq!(stage.function.deliver(&second).await, Ok(()));
    assert_eq!(stage.server.count(), 2);
    // It still is so: the next report holds the channel again.
    assert_eq!(stage.report(&limit("id-2")).await, Ok(()));
    stage.function.advance(Duration::from_secs(60));
    let third = job_about("A-3", Channel::Sms);
    assert_eq!(stage.function.deliver(&third).await.unwrap_err().reason, Reason::CircuitOpen);
}

#[tokio::test]
async fn a_log_of_last_month_holds_nothing_up() {
    let stage = Stage::of(Channel::Sms, &["id-1", "id-2"]).await;
    let first = job_about("A-1", Channel::Sms);
    assert_eq!(stage.function.deliver(&first).await, Ok(()));
    let log = reports::sms_log(
        "id-1",
        "+436601234567",
        Some("No quota left for account"),
        stage.function.now(),
    );
    stage.function.advance(Duration::from_secs(3 * 3600));
    assert_eq!(stage.report(&log).await, Ok(()));
    stage.function.advance(Duration::from_secs(60));
    assert_eq!(stage.function.deliver(&job_about("A-2", Channel::Sms)).await, Ok(()));
}

/// SES takes the message, and says later that it never tried.
#[tokio::test]
async fn fault_43_a_suppression_after_the_acceptance_makes_it_suppressed() {
    let stage = Stage::of(Channel::Email, &["id-1"]).await;
    let job = job(Channel::Email);
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    let listed = bounce(&job, "Permanent", "OnAccountSuppressionList", "ada@example.com", &stage);
    let delivered =
        reports::ses_event(&mail(&job, "id-1"), "Delivery", &json!({}), stage.function.now());
    for report in [&listed, &listed, &delivered] {
        assert_eq!(stage.report(report).await, Ok(()));
        let stands = (DeliveryState::Suppressed, "address_bounced".to_owned());
        assert_eq!(stage.stands(&job), stands);
    }
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    assert_eq!(stage.server.count(), 1);
}

#[tokio::test]
async fn each_event_of_ses_moves_its_mail_to_where_it_stands() {
    use DeliveryState::{Accepted, Bounced, Complained, Delivered, Undelivered};
    let gone = Some(Reason::AddressBounced);
    let complained = Some(Reason::Complained);
    let recipient = json!([{"emailAddress": "Ada <ada@EXAMPLE.com>"}]);
    let others = json!([{"emailAddress": "bob@example.com"}]);
    let table = [
        ("Send", json!({}), Accepted, "", None),
        ("Delivery", json!({}), Delivered, "", None),
        ("DeliveryDelay", json!({"delayType": "MailboxFull"}), Accepted, "MailboxFull", None),
        (
            "Bounce",
            json!({"bounceType": "Permanent", "bounceSubType": "NoEmail", "bouncedRecipients": recipient}),
            Bounced,
            "address_bounced",
            gone.clone(),
        ),
        (
            "Bounce",
            json!({"bounceType": "Transient", "bounceSubType": "MailboxFull", "bouncedRecipients": recipient}),
            Bounced,
            "MailboxFull",
            None,
        ),
        ("Bounce", json!({"bounceType": "Undetermined"}), Bounced, "not_deliverable", None),
        (
            "Bounce",
            json!({"bounceType": "Permanent", "bounceSubType": "NoEmail", "bouncedRecipients": others}),
            Bounced,
            "address_bounced",
            None,
        ),
        (
            "Complaint",
            json!({"complaintSubType": null, "complainedRecipients": recipient}),
            Complained,
            "complained",
            complained,
        ),
        // Everybody of a domain may be listed; only the mail's recipient has read it.
        ("Complaint", json!({"complainedRecipients": others}), Complained, "complained", None),
        (
            "Complaint",
            json!({"complaintFeedbackType": "not-spam", "complainedRecipients": recipient}),
            Accepted,
            "",
            None,
        ),
        ("Reject", json!({"reason": "Bad content"}), Undelivered, "content_rejected", None),
        ("Rendering Failure", json!({"errorMessage": "x"}), Undelivered, "content_rejected", None),
        ("Open", json!({}), Accepted, "", None),
        ("Click", json!({"linkTags": null}), Accepted, "", None),
        ("Subscription", json!({}), Accepted, "", None),
        ("SomethingNew", json!({}), Accepted, "", None),
    ];
    for (kind, detail, state, reason, suppressed) in table {
        let stage = Stage::of(Channel::Email, &["id-1"]).await;
        let job = job(Channel::Email);
        assert_eq!(stage.function.deliver(&job).await, Ok(()));
        let now = stage.function.now();
        let event = reports::ses_event(&mail(&job, "id-1"), kind, &detail, now);
        // Raw, as SNS delivers it else, and by EventBridge.
        let wrapped = json!({"Type": "Notification", "Message": event.to_string()});
        let bridged = json!({"source": "aws.ses", "detail": event});
        for body in [event.clone(), wrapped, bridged] {
            assert_eq!(stage.report(&body).await, Ok(()), "{kind} {detail}");
            let stands = (state, reason.to_owned());
            assert_eq!(stage.stands(&job), stands, "{kind} {detail}");
        }
        assert_eq!(stage.suppression(&ada()).await, suppressed, "{kind} {detail}");
        assert!(stage.observer.dead_letters.all().is_empty(), "{kind}");
    }
}

/// The function died between SES's answer and its record: SES's event says that the mail
/// went out.
#[tokio::test]
async fn a_send_event_settles_a_mail_of_unknown_outcome_without_a_second_one() {
    let stage = Stage::of(Channel::Email, &["id-2"]).await;
    let job = job(Channel::Email);
    let ledger = &stage.observer.ledger;
    let now = stage.function.now();
    let attempt = bellhop::model::id::AttemptId::new("attempt");
    use bellhop::ledger::{DeliveryLedger, transition};
    let lease = now;
    let claim = transition::claim(job.facts(), &attempt, "payload", now, lease);
    ledger.apply(&job.key(), &claim).await.unwrap();
    stage.function.advance(Duration::from_secs(60));
    let wait = stage.function.deliver(&job).await.unwrap_err();
    assert_eq!(stage.stands(&job).0, DeliveryState::Unknown);
    let sent = reports::ses_event(&mail(&job, "id-1"), "Send", &json!({}), now);
    assert_eq!(stage.report(&sent).await, Ok(()));
    assert_eq!(stage.stands(&job).0, DeliveryState::Accepted);
    stage.function.advance(wait.retry_after.unwrap());
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    assert_eq!(stage.server.count(), 0, "the mail went out once");
    assert_eq!(stage.function.record(&job).unwrap().provider_message_id, Some("id-1".into()));
}

#[tokio::test]
async fn push_logs_disable_the_device_that_is_gone_and_no_other() {
    for (failure, reason, is_gone) in [
        ((410, r#"{"reason":"Unregistered"}"#), "endpoint_gone", true),
        ((400, r#"{"reason":"BadDeviceToken"}"#), "endpoint_gone", true),
        ((404, r#"{"error":{"details":[{"errorCode":"UNREGISTERED"}]}}"#), "endpoint_gone", true),
        ((400, "NotificationErrorResponse(status=InvalidToken)"), "endpoint_gone", true),
        ((500, r#"{"reason":"InternalServerError"}"#), "push_service_refused", false),
        ((413, r#"{"reason":"PayloadTooLarge"}"#), "push_service_refused", false),
    ] {
        let stage = Stage::of(Channel::Push, &["id-1"]).await;
        let job = job(Channel::Push);
        assert_eq!(stage.function.deliver(&job).await, Ok(()));
        // What `plan` decided is on record, as it is where the job came from.
        let planned = bellhop_tests::job::planned(
            &bellhop_tests::event::Event::of("order.shipped").on(&["push"]),
            &stage.observer.profiles.profile(&"c-77".into()).await.unwrap().unwrap(),
            &bellhop_tests::job::settings(),
        );
        use bellhop::plan::{NotificationLedger, SealedFor};
        stage.observer.ledger.record(&planned, SealedFor::Guest).await.unwrap();
        let now = stage.function.now();
        // The local AWS spells endpoints otherwise, and a topic's log may, too.
        let log =
            reports::push_log("id-1", "arn:aws:sns:eu-west-1:1:app/GCM/x/1", Some(failure), now);
        assert_eq!(stage.report(&log).await, Ok(()));
        assert_eq!(stage.stands(&job), (DeliveryState::Undelivered, reason.to_owned()));
        let profile = stage.observer.profiles.profile(&"c-77".into()).await.unwrap().unwrap();
        assert_eq!(profile.devices[0].endpoint_arn.is_none(), is_gone, "{failure:?}");
    }
    let stage = Stage::of(Channel::Push, &["id-1"]).await;
    let job = job(Channel::Push);
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    let log = reports::push_log(
        "id-1",
        "arn:aws:sns:eu-west-1:1:endpoint/GCM/x/1",
        None,
        stage.function.now(),
    );
    assert_eq!(stage.report(&log).await, Ok(()));
    assert_eq!(stage.stands(&job).0, DeliveryState::Delivered);
}

#[tokio::test]
async fn what_was_lifted_stays_lifted_when_an_old_report_comes_again() {
    let stage = Stage::of(Channel::Email, &["id-1"]).await;
    let job = job(Channel::Email);
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    let gone = bounce(&job, "Permanent", "General", "ada@example.com", &stage);
    assert_eq!(stage.report(&gone).await, Ok(()));
    assert!(stage.suppression(&ada()).await.is_some());
    stage.function.advance(Duration::from_secs(60));
    let hash = contact_key().hash(&ada());
    stage.observer.profiles.lift(&hash, stage.function.now()).await.unwrap();
    assert_eq!(stage.report(&gone).await, Ok(()));
    assert_eq!(stage.suppression(&ada()).await, None);
    stage.function.advance(Duration::from_secs(60));
    let again = bounce(&job, "Permanent", "General", "ada@example.com", &stage);
    assert_eq!(stage.report(&again).await, Ok(()));
    assert!(stage.suppression(&ada()).await.is_some(), "it bounced again");
}

/// Other applications of the account send SMS and mail, too.
#[tokio::test]
async fn reports_about_others_messages_end_without_a_trace() {
    let stage = Stage::of(Channel::Email, &[]).await;
    let foreign =
        Mail { message_id: "id".to_owned(), to: "x@example.com".to_owned(), tags: vec![] };
    let event = reports::of_mail(&foreign, reports::Play::Bounce, stage.function.now()).unwrap();
    assert_eq!(stage.report(&event).await, Ok(()));
    let log = reports::sms_log(
        "another",
        "+436601234567",
        Some("Phone number is opted out"),
        stage.function.now(),
    );
    let early = stage.report(&log).await.unwrap_err();
    assert_eq!(early.reason, Reason::UnknownDelivery, "its sender may be about to record it");
    stage.function.advance(Duration::from_secs(20 * 60));
    assert_eq!(stage.report(&log).await, Ok(()));
    assert_eq!(stage.suppression(&adas_phone()).await, None);
    let greeting = "Successfully validated SNS topic for Amazon SES event publishing.";
    assert_eq!(stage.receive(&record("m", None, greeting)).await, Ok(()));
    assert!(stage.observer.dead_letters.all().is_empty());
}

/// A mail of ours that the ledger does not know (yet) is seen again; one whose record is
/// no longer kept is not.
#[tokio::test]
async fn fault_57_a_report_about_an_unknown_delivery_is_seen_again_and_about_a_forgotten_one_is_not()
 {
    let stage = Stage::of(Channel::Email, &[]).await;
    let event = reports::ses_event(
        &mail(&job(Channel::Email), "id-1"),
        "Delivery",
        &json!({}),
        stage.function.now(),
    );
    assert_eq!(stage.report(&event).await.unwrap_err().reason, Reason::UnknownDelivery);
    stage.function.advance(Duration::from_secs(61 * 86_400));
    assert_eq!(stage.report(&event).await, Ok(()));
}

#[tokio::test]
async fn what_is_no_report_is_dead_lettered_whole_and_named_without_its_content() {
    let secret = "canary@example.com";
    for (body, reason) in [
        ("no JSON canary@example.com", "not_json"),
        (r#"{"Message":"canary@example.com"}"#, "not_json"),
        (r#"{"who":"canary@example.com"}"#, "unknown_type"),
        ("[1]", "unknown_type"),
        ("null", "unknown_type"),
        (r#"{"eventType":"Send","mail":{"destination":["canary@example.com"]}}"#, "invalid_field"),
        (
            r#"{"eventType":5,"mail":{"messageId":"m","destination":["canary@example.com"]}}"#,
            "invalid_field",
        ),
        (
            r#"{"status":"FAILURE","notification":{"messageId":"m"},"delivery":{"destination":"canary@example.com"}}"#,
            "invalid_field",
        ),
        (
            r#"{"status":"MAYBE","notification":{"messageId":"m"},"delivery":{"destination":"+436601234567"}}"#,
            "invalid_field",
        ),
        (r#"{"status":"FAILURE","notification":{}}"#, "invalid_field"),
    ] {
        let stage = Stage::of(Channel::Email, &[]).await;
        let received = record("m-1", None, body);
        assert_eq!(stage.receive(&received).await, Ok(()), "{body}");
        let dead = stage.observer.dead_letters.all();
        assert_eq!(dead.len(), 1, "{body}");
        assert_eq!(dead[0].0, received, "whole");
        assert_eq!(dead[0].1.reason, reason, "{body}");
        assert!(!dead[0].1.detail.contains(secret), "{}", dead[0].1.detail);
    }
}

/// What SES repeats in its events is what it was given.
#[tokio::test]
async fn a_mails_tags_name_its_order_and_its_delivery() {
    let stage = Stage::of(Channel::Email, &["id-1"]).await;
    let job = job_about("A/1001:b=#", Channel::Email);
    assert_eq!(stage.function.deliver(&job).await, Ok(()));
    let sent: Value = serde_json::from_str(&stage.server.requests()[0].body).unwrap();
    let tags: Vec<_> = sent["EmailTags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| {
            let text = |name: &str| tag[name].as_str().unwrap().to_owned();
            (text("Name"), text("Value"))
        })
        .collect();
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    assert!(tags.iter().all(|(name, value)| plain(name) && plain(value)), "{tags:?}");
    let mail = Mail { message_id: "id-1".to_owned(), to: "ada@example.com".to_owned(), tags };
    let event = reports::of_mail(&mail, reports::Play::Delivered, stage.function.now()).unwrap();
    assert_eq!(stage.report(&event).await, Ok(()));
    assert_eq!(stage.stands(&job).0, DeliveryState::Delivered);
}

/// "Push or else sms": the only device no longer has the app, and nothing but the log says
/// so.
#[tokio::test]
async fn where_no_device_is_reached_any_more_the_routes_next_channel_is_taken_once() {
    use bellhop::model::Platform;
    use bellhop::plan::{NotificationLedger, SealedFor};
    use bellhop_tests::event::Event;
    use bellhop_tests::job::{device, owner_of, planned, settings};

    let devices = vec![device(Platform::Fcm, "token-1"), device(Platform::Fcm, "token-2")];
    let notification = planned(&Event::of("order.paid"), &owner_of(devices), &settings());
    let pushes: Vec<_> = DeliveryJob::of(&notification)
        .into_iter()
        .filter(|job| job.channel() == Channel::Push)
        .collect();
    assert_eq!(pushes.len(), 2);
    let stage = Stage::of(Channel::Push, &["id-1", "id-2"]).await;
    stage.observer.ledger.record(&notification, SealedFor::Guest).await.unwrap();
    let second = device(Platform::Fcm, "token-2");
    let now = stage.function.now();
    stage.observer.profiles.put_device(&"c-77".into(), &second, now).await.unwrap();
    for push in &pushes {
        stage.function.deliver(push).await.unwrap();
    }
    let gone = |id: &str| {
        let endpoint = "arn:aws:sns:eu-west-1:1:endpoint/GCM/x/1";
        reports::push_log(id, endpoint, Some((410, "Unregistered")), stage.function.now())
    };
    assert_eq!(stage.report(&gone("id-1")).await, Ok(()));
    assert_eq!(stage.observer.routes.take_failed(), Vec::new(), "the other device may have it");
    assert_eq!(stage.report(&gone("id-2")).await, Ok(()));
    let failed = stage.observer.routes.take_failed();
    let channels: Vec<_> = failed.iter().map(|failed| failed.channel).collect();
    assert_eq!(channels, [Channel::Push]);
    // A report that comes again says the same again, which is harmless.
    assert_eq!(stage.report(&gone("id-2")).await, Ok(()));
    assert_eq!(stage.observer.routes.take_failed(), failed);
    // What is no longer worth sending is not sent elsewhere.
    stage.function.advance(Duration::from_secs(30 * 86_400));
    assert_eq!(stage.report(&gone("id-2")).await, Ok(()));
    assert_eq!(stage.observer.routes.take_failed(), Vec::new());
}
