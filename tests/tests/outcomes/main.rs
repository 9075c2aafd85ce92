//! Outcomes: what the application hears of how deliveries ended.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says that something is wrong by panicking"
)]

mod webhook;

use std::collections::BTreeSet;

use bellhop::feedback::outcomes::{
    Announcer, MemoryTopic, OutcomeData, OutcomeEvent, OutcomeType, Ports, PublishOutcomes,
    SnsTopic, Wanted, handle, source,
};
use bellhop::lambda::stream::process;
use bellhop::ledger::transition::{self, Transition};
use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::Report;
use bellhop::model::clock::{Clock, ManualClock};
use bellhop::model::{Postponed, ProviderMessageId, Reason};
use bellhop::platform::MemoryDeadLetters;
use bellhop_local::sdk_config;
use bellhop_tests::change::{
    attempt, changed, claim, course, delivery, facts, notification_recorded, stream_batch,
};
use bellhop_tests::event::{Event, record};
use bellhop_tests::job::{invocation, owner_of, planned, settings};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::{HAPPENED, at};
use serde_json::{Value, json};

/// Every choice that the template offers.
const CHOICES: [&str; 4] =
    ["failed", "failed,delivered", "failed,accepted", "failed,delivered,accepted"];

const MAIL: &str = "canary.mail@example.com";

struct InMemory;

impl Ports for InMemory {
    type Topic = MemoryTopic;
    type DeadLetters = MemoryDeadLetters;
    type Clock = ManualClock;
}

fn announcer_to<T, P>(topic: T, choice: &str) -> Announcer<P>
where
    T: PublishOutcomes,
    P: Ports<Topic = T, DeadLetters = MemoryDeadLetters, Clock = ManualClock>,
{
    Announcer {
        wanted: Wanted::parse(choice).unwrap(),
        source: source("shop"),
        topic,
        dead_letters: MemoryDeadLetters::default(),
        clock: ManualClock::at(at(HAPPENED)),
    }
}

fn announcer(choice: &str) -> Announcer<InMemory> {
    announcer_to(MemoryTopic::default(), choice)
}

/// What Lambda gets for a batch of the stream.
async fn answer<P>(announcer: &Announcer<P>, records: &[Value]) -> String
where
    P: Ports<DeadLetters = MemoryDeadLetters, Clock = ManualClock>,
{
    let invocation = invocation("request", announcer.clock.now());
    let work = |record| async move { handle(announcer, &record).await };
    let batch = stream_batch(records);
    let (clock, letters) = (&announcer.clock, &announcer.dead_letters);
    let response = process(batch, &invocation, clock, letters, work).await.unwrap();
    serde_json::to_string(&response).unwrap()
}

const ALL_DONE: &str = r#"{"batchItemFailures":[]}"#;

fn again_from(number: u32) -> String {
    format!(r#"{{"batchItemFailures":[{{"itemIdentifier":"{number}"}}]}}"#)
}

/// The stream's records of a delivery's course.
fn records(transitions: &[Transition]) -> Vec<Value> {
    let steps = course(transitions).into_iter().zip(1..);
    steps.map(|((before, after), number)| changed(number, before.as_ref(), &after)).collect()
}

/// What a delivery's course publishes.
async fn published(transitions: &[Transition], choice: &str) -> Vec<OutcomeEvent> {
    let announcer = announcer(choice);
    assert_eq!(answer(&announcer, &records(transitions)).await, ALL_DONE);
    assert!(announcer.dead_letters.all().is_empty());
    announcer.topic.all()
}

async fn kinds(transitions: &[Transition], choice: &str) -> Vec<&'static str> {
    published(transitions, choice).await.iter().map(|event| event.kind.as_str()).collect()
}

fn message() -> ProviderMessageId {
    "message-1".into()
}

fn reported(report: Report) -> Transition {
    transition::reported(report, &message(), Some(&Reason::NotDeliverable), at(HAPPENED))
}

fn accepted() -> Transition {
    transition::accepted(&attempt(), &message(), at(HAPPENED))
}

/// A course to every state that a delivery ends in, and what it always publishes.
fn endings() -> Vec<(DeliveryState, Vec<Transition>, Option<OutcomeType>)> {
    use OutcomeType::{Accepted, Complained, Delivered, Failed};
    let now = at(HAPPENED);
    let taken = |report| vec![claim(), accepted(), reported(report)];
    let unsent = |state| transition::settled_unsent(facts(), state, &Reason::NotAfter, now);
    let rejected = transition::rejected(&attempt(), &Reason::EndpointGone, now);
    let doubtful = transition::outcome_unknown(&attempt(), &Reason::NoAnswer, None, now);
    vec![
        (DeliveryState::Rejected, vec![claim(), rejected], Some(Failed)),
        (DeliveryState::Abandoned, vec![claim(), doubtful], Some(Failed)),
        (DeliveryState::Expired, vec![unsent(DeliveryState::Expired)], Some(Failed)),
        (DeliveryState::Superseded, vec![unsent(DeliveryState::Superseded)], None),
        (DeliveryState::Undelivered, taken(Report::Undelivered), Some(Failed)),
        (DeliveryState::Bounced, taken(Report::Bounced), Some(Failed)),
        (DeliveryState::Suppressed, taken(Report::Suppressed), Some(Failed)),
        (DeliveryState::Complained, taken(Report::Complained), Some(Complained)),
        (DeliveryState::Accepted, vec![claim(), accepted()], Some(Accepted)),
        (DeliveryState::Delivered, taken(Report::Delivered), Some(Delivered)),
    ]
}

#[tokio::test]
async fn every_ending_is_published_if_it_is_a_failure_or_was_asked_for() {
    let mut seen = BTreeSet::new();
    for (state, transitions, kind) in endings() {
        seen.insert(state.as_str());
        assert_eq!(course(&transitions).pop().unwrap().1.state, state);
        for choice in CHOICES {
            let events = published(&transitions, choice).await;
            let last = events.iter().find(|event| state_of(event) == state);
            let wanted = |kind: OutcomeType| match kind {
                OutcomeType::Accepted => choice.contains("accepted"),
                OutcomeType::Delivered => choice.contains("delivered"),
                _ => true,
            };
            let expected = kind.filter(|kind| wanted(*kind));
            assert_eq!(last.map(|event| event.kind), expected, "{state} with {choice}");
        }
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
}

fn state_of(event: &OutcomeEvent) -> DeliveryState {
    match &event.data {
        OutcomeData::Delivery(outcome) => outcome.state,
        OutcomeData::Notification(_) => panic!("{} is about no delivery", event.kind),
    }
}

#[tokio::test]
async fn what_goes_on_publishes_nothing() {
    let now = at(HAPPENED);
    let later = transition::retry(&attempt(), &Reason::NotConnected, now, now);
    let doubtful = transition::outcome_unknown(&attempt(), &Reason::NoAnswer, Some(now), now);
    for course in [vec![claim()], vec![claim(), later], vec![claim(), doubtful]] {
        assert!(published(&course, "failed,delivered,accepted").await.is_empty());
    }
}

#[tokio::test]
async fn a_report_that_says_nothing_new_publishes_nothing_again() {
    let course = [claim(), accepted(), reported(Report::Sent), reported(Report::Delayed)];
    assert_eq!(kinds(&course, "failed,accepted").await, ["delivery.accepted"]);
    // Each report that says more is an outcome of its own.
    let course = [claim(), accepted(), reported(Report::Bounced), reported(Report::Complained)];
    assert_eq!(kinds(&course, "failed").await, ["delivery.failed", "delivery.complained"]);
}

/// Else the application would go on believing that the customer was not told.
#[tokio::test]
async fn who_heard_of_a_failure_hears_that_it_was_none_after_all() {
    let now = at(HAPPENED);
    let doubtful = transition::outcome_unknown(&attempt(), &Reason::NoAnswer, None, now);
    let late = [claim(), doubtful.clone(), accepted(), reported(Report::Delivered)];
    assert_eq!(kinds(&late, "failed").await, ["delivery.failed", "delivery.accepted"]);
    let by_report = [claim(), doubtful, reported(Report::Delivered)];
    assert_eq!(kinds(&by_report, "failed").await, ["delivery.failed", "delivery.delivered"]);
}

#[tokio::test]
async fn a_change_that_comes_again_publishes_the_same_event_under_the_same_id() {
    let late = [claim(), accepted(), reported(Report::Bounced), reported(Report::Complained)];
    let announcer = announcer("failed,accepted");
    for _ in 0..2 {
        answer(&announcer, &records(&late)).await;
    }
    let events = announcer.topic.all();
    assert_eq!(events.len(), 6);
    assert_eq!(events[..3], events[3..]);
    let ids: BTreeSet<_> = events.iter().map(|event| &event.id).collect();
    assert_eq!(ids.len(), 3, "each outcome has an id of its own");
}

#[tokio::test]
async fn what_the_table_forgets_or_somebody_touches_publishes_nothing() {
    let announcer = announcer("failed,delivered,accepted");
    let (before, after) = course(&[claim(), accepted()]).pop().unwrap();
    let mut forgotten = changed(1, before.as_ref(), &after);
    forgotten["eventName"] = "REMOVE".into();
    let image = forgotten["dynamodb"]["NewImage"].take();
    forgotten["dynamodb"]["OldImage"] = image;
    let touched = changed(2, Some(&after), &after);
    let mut other = changed(3, None, &after);
    other["dynamodb"]["Keys"]["sk"]["S"] = "EVENT#m-1".into();
    assert_eq!(answer(&announcer, &[forgotten, touched, other]).await, ALL_DONE);
    assert!(announcer.topic.all().is_empty());
    assert!(announcer.dead_letters.all().is_empty());
}

#[tokio::test]
async fn an_event_says_what_ended_how_and_why() {
    let course = [claim(), accepted(), reported(Report::Bounced)];
    let events = published(&course, "failed").await;
    assert_eq!(events.len(), 1);
    let mut event = serde_json::to_value(&events[0]).unwrap();
    let id = event["id"].take();
    assert_eq!(id.as_str().unwrap().len(), 32, "{id}");
    assert_eq!(
        event,
        json!({
            "specversion": "1.0", "id": null, "source": "/bellhop/shop",
            "type": "delivery.failed", "subject": "A-1001", "time": HAPPENED,
            "datacontenttype": "application/json",
            "data": {
                "order_id": "A-1001", "notification": "order.shipped#s-1",
                "notification_type": "order.shipped", "class": "transactional",
                "channel": "email", "recipient": "a…@example.com",
                "delivery_id": delivery().delivery_id, "state": "bounced",
                "reason": "not_deliverable",
                "reason_words": "it can't be delivered to this recipient",
                "attempts": 1, "event_time": HAPPENED, "at": HAPPENED,
                "provider_message_id": "message-1",
            },
        })
    );
    let attributes = [
        ("type", "delivery.failed"),
        ("notification_type", "order.shipped"),
        ("class", "transactional"),
        ("channel", "email"),
        ("state", "bounced"),
        ("reason", "not_deliverable"),
    ];
    assert_eq!(events[0].attributes(), attributes.map(|(name, text)| (name, text.to_owned())));
}

/// A customer who hears nothing at all has no delivery that could fail.
#[tokio::test]
async fn a_notification_that_reaches_nobody_is_published_with_its_reasons_and_no_contact_detail() {
    let announcer = announcer("failed");
    let about = |event: Event| planned(&event, &owner_of(Vec::new()), &settings());
    let told = about(Event::of("order.created").with("/data/customer/email", MAIL));
    assert!(!told.deliveries.is_empty());
    let untold = Event::of("order.created").with("/data/customer/name", "Canaria Bird");
    let untold = untold.with("/data/customer/email", "canary.mail@@nowhere");
    let untold = about(untold);
    assert!(untold.deliveries.is_empty(), "{:?}", untold.deliveries);
    let records = [notification_recorded(1, &told), notification_recorded(2, &untold)];
    for _ in 0..2 {
        assert_eq!(answer(&announcer, &records).await, ALL_DONE);
    }
    let events = announcer.topic.all();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0], events[1]);
    assert_eq!(events[0].kind, OutcomeType::Skipped);
    let json = serde_json::to_value(&events[0]).unwrap();
    assert_eq!(json["type"], "notification.skipped");
    assert_eq!(json["data"]["skipped"][0]["channel"], "email");
    assert_eq!(json["data"]["skipped"][0]["reason"], "invalid_recipient");
    let text = json.to_string();
    assert!(!text.to_lowercase().contains("canar"), "{text}");
}

/// The masked form is all that a delivery's item has; whatever else stands there stays.
#[tokio::test]
async fn no_contact_detail_of_an_item_reaches_an_event_or_a_dead_letters_reason() {
    let (before, after) = course(&[claim(), accepted(), reported(Report::Bounced)]).pop().unwrap();
    let mut full = changed(1, before.as_ref(), &after);
    full["dynamodb"]["NewImage"]["to"] = json!({"S": MAIL});
    let mut broken = changed(2, before.as_ref(), &after);
    broken["dynamodb"]["NewImage"]["channel"] = json!({"S": MAIL});
    let announcer = announcer("failed");
    answer(&announcer, &[full, broken]).await;
    let events = announcer.topic.all();
    assert_eq!(events.len(), 1);
    assert!(!serde_json::to_string(&events).unwrap().contains("canary"));
    let letters = announcer.dead_letters.all();
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].1.detail.contains("canary"), "{:?}", letters[0].1);
}

#[tokio::test]
async fn a_change_that_can_not_be_read_is_dead_lettered_whole_and_its_neighbours_are_published() {
    let (before, after) = course(&[claim(), accepted(), reported(Report::Bounced)]).pop().unwrap();
    let good = |number| changed(number, before.as_ref(), &after);
    let mut no_history = good(2);
    no_history["dynamodb"]["NewImage"]["history"] = json!({"S": "?"});
    let mut no_keys = good(3);
    no_keys["dynamodb"]["Keys"] = json!({"pk": {"N": "1"}});
    let mut no_before = good(4);
    no_before["dynamodb"]["OldImage"] = json!({});
    let bad = [no_history, no_keys, no_before];
    let mut batch = vec![good(1)];
    batch.extend(bad.clone());
    batch.push(good(5));
    let announcer = announcer("failed");
    assert_eq!(answer(&announcer, &batch).await, ALL_DONE);
    assert_eq!(announcer.topic.all().len(), 2);
    let letters = announcer.dead_letters.all();
    let bodies: Vec<Value> =
        letters.iter().map(|(record, _)| serde_json::from_str(&record.body).unwrap()).collect();
    assert_eq!(bodies, bad);
    for ((_, letter), named) in letters.iter().zip(["history", "Keys", "history"]) {
        assert_eq!(letter.reason, "invalid_field");
        let detail = &letter.detail;
        assert!(detail.contains(named) || detail.contains("missing"), "{detail}");
    }
}

/// Outcomes of orders that end one after the other; each its own delivery would do as
/// well.
fn bounces(count: u32) -> Vec<Value> {
    let (before, after): (Option<DeliveryRecord>, _) =
        course(&[claim(), accepted(), reported(Report::Bounced)]).pop().unwrap();
    (1..=count).map(|number| changed(number, before.as_ref(), &after)).collect()
}

struct OnTheWire;

impl Ports for OnTheWire {
    type Topic = SnsTopic;
    type DeadLetters = MemoryDeadLetters;
    type Clock = ManualClock;
}

fn on_the_wire(server: &Server) -> Announcer<OnTheWire> {
    let client = aws_sdk_sns::Client::new(&sdk_config(server.url()));
    let topic = SnsTopic::new(client, "arn:aws:sns:eu-west-1:123456789012:outcomes");
    announcer_to(topic, "failed")
}

fn taken() -> Answer {
    Answer::xml("Publish", "<MessageId>m</MessageId>")
}

#[tokio::test]
async fn the_topic_gets_the_event_with_what_subscribers_filter_by() {
    let server = Server::answering([taken()]).await;
    assert_eq!(answer(&on_the_wire(&server), &bounces(1)).await, ALL_DONE);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let body = &requests[0].body;
    assert!(body.contains("TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Aoutcomes"));
    assert!(body.contains("%22specversion%22%3A%221.0%22"), "{body}");
    for (name, text) in [("type", "delivery.failed"), ("reason", "not_deliverable")] {
        assert!(body.contains(&format!(".Name={name}&")) && body.contains(text), "{body}");
    }
}

/// Those before it are not published again, those behind it are.
#[tokio::test]
async fn a_topic_that_is_down_brings_the_batch_back_from_the_first_that_it_did_not_take() {
    let denied = || Answer::xml_error(403, "AuthorizationError", "no");
    let server = Server::answering([taken(), denied()]).await;
    let announcer = on_the_wire(&server);
    let batch = bounces(3);
    // One after the other, as the script knows requests by their order alone.
    assert_eq!(answer(&announcer, &batch[..1]).await, ALL_DONE);
    assert_eq!(answer(&announcer, &batch[1..]).await, again_from(2));
    assert!(announcer.dead_letters.all().is_empty());
}

#[tokio::test]
async fn an_event_that_sns_never_takes_is_dead_lettered_and_does_not_hold_up_the_others() {
    let refused = Answer::xml_error(400, "InvalidParameter", "Invalid parameter: Message");
    let server = Server::answering([refused, taken()]).await;
    let announcer = on_the_wire(&server);
    let batch = bounces(2);
    assert_eq!(answer(&announcer, &batch[..1]).await, ALL_DONE);
    assert_eq!(answer(&announcer, &batch[1..]).await, ALL_DONE);
    let letters = announcer.dead_letters.all();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].0.message_id, "1");
    assert!(letters[0].1.reason.code().contains("InvalidParameter"));
}

/// What the loop answers if work on the records ends so: `ok`, `fail`, `panic`.
async fn loop_answers(fates: &[&'static str]) -> (String, Vec<String>) {
    let clock = ManualClock::at(at(HAPPENED));
    let letters = MemoryDeadLetters::default();
    let batch: Vec<_> = bounces(u32::try_from(fates.len()).unwrap());
    let work = |record: bellhop::model::Record| async move {
        let nth: usize = record.message_id.parse().unwrap();
        match fates[nth - 1] {
            "fail" => Err(Postponed::by_backoff("trouble".into())),
            "panic" => panic!("trouble"),
            _ => Ok(()),
        }
    };
    let invocation = invocation("request", at(HAPPENED));
    let batch = stream_batch(&batch);
    let response = process(batch, &invocation, &clock, &letters, work).await.unwrap();
    let letters = letters.all();
    let letters = letters.iter().map(|(record, letter)| {
        assert_eq!(letter.reason, "panic");
        record.message_id.clone()
    });
    (serde_json::to_string(&response).unwrap(), letters.collect())
}

/// Lambda takes the lowest number, and comes again with all from there on.
#[tokio::test]
async fn the_first_record_of_a_stream_that_is_not_done_is_the_one_answered() {
    let (answer, _) = loop_answers(&["ok", "fail", "ok", "fail"]).await;
    assert_eq!(answer, again_from(2));
    assert_eq!(loop_answers(&["ok", "ok"]).await.0, ALL_DONE);
    assert_eq!(loop_answers(&[]).await.0, ALL_DONE);
}

/// It would panic each time, and nothing behind it would ever be read.
#[tokio::test]
async fn a_record_of_a_stream_that_panics_is_dead_lettered() {
    let (answer, letters) = loop_answers(&["ok", "panic", "ok"]).await;
    assert_eq!((answer.as_str(), letters), (ALL_DONE, vec!["2".to_owned()]));
}

#[tokio::test]
async fn a_batch_of_a_stream_that_runs_out_of_time_goes_on_where_it_ended() {
    let announcer = announcer("failed");
    let (clock, letters) = (&announcer.clock, &announcer.dead_letters);
    let mut over = invocation("request", clock.now());
    over.deadline = clock.now();
    let announcer = &announcer;
    let work = |record| async move { handle(announcer, &record).await };
    let response = process(stream_batch(&bounces(2)), &over, clock, letters, work).await.unwrap();
    assert_eq!(serde_json::to_string(&response).unwrap(), again_from(1));
    assert!(announcer.topic.all().is_empty());
}

/// An empty number in a response would be a failure of the whole batch.
#[tokio::test]
async fn a_record_of_a_stream_without_a_number_is_an_error() {
    let mut batch = bounces(2);
    batch[1]["dynamodb"]["SequenceNumber"] = "".into();
    let announcer = announcer("failed");
    let (clock, letters) = (&announcer.clock, &announcer.dead_letters);
    let invocation = invocation("request", clock.now());
    let work = |_| async { Ok(()) };
    let error = process(stream_batch(&batch), &invocation, clock, letters, work).await.unwrap_err();
    assert!(error.to_string().contains("record 1"), "{error}");
}

#[tokio::test]
async fn what_is_no_change_at_all_is_dead_lettered() {
    let announcer = announcer("failed");
    for body in ["", "null", "[]", r#"{"eventName": "INSERT", "dynamodb": 1}"#] {
        handle(&announcer, &record("m-1", None, body)).await.unwrap();
    }
    assert_eq!(announcer.dead_letters.all().len(), 4);
}

#[test]
fn a_choice_of_outcomes_that_is_none_says_what_is_expected() {
    for wrong in ["", "all", "delivered", "failed,opened", "failed,", "accepted,failed"] {
        assert!(Wanted::parse(wrong).unwrap_err().contains("failed,delivered,accepted"), "{wrong}");
    }
    assert_eq!(
        Wanted::parse("failed, delivered").unwrap(),
        Wanted::parse("failed,delivered").unwrap()
    );
}
