//! The queue: 16 to 32.

use std::time::Duration;

use bellhop::delivery;
use bellhop::lambda::{QueuePair, SqsQueue, batch};
use bellhop::ledger::transition::claim;
use bellhop::ledger::{DeliveryLedger, DeliveryState};
use bellhop::model::clock::{self, ManualClock};
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, Postponed, Reason, Record};
use bellhop_tests::event::{Event, batch as batch_of, record};
use bellhop_tests::fifo::returned;
use bellhop_tests::job::{
    device, invocation, job, job_about, job_record, jobs, owner_of, planned, settings,
};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::world::World;
use bellhop_tests::{HAPPENED, at};
use futures_util::future::join_all;
use serde_json::json;

use crate::world::{
    Client, Function, acceptance, error_answer, repeating, requests_per_delivery, text,
};

async fn accepting(channel: Channel) -> (Server, Function) {
    let server = Server::answering([acceptance(channel, "id-1")]).await;
    let function = Function::new(Client::new(channel, server.url()));
    (server, function)
}

#[tokio::test]
async fn fault_16_a_message_that_is_twice_in_a_batch_is_sent_once() {
    for channel in Channel::ALL {
        let (server, function) = accepting(channel).await;
        let job = job(channel);
        let message = job_record(&job);
        for group in [message.group.clone(), None] {
            let message = Record { group, ..message.clone() };
            let response = function.process(&[message.clone(), message]).await;
            assert_eq!(returned(&response), [""; 0]);
        }
        assert_eq!(function.state(&job), DeliveryState::Accepted);
        assert_eq!(server.count(), 1, "{channel}");
    }
}

#[tokio::test]
async fn fault_17_fifty_invocations_at_once_send_once() {
    for channel in Channel::ALL {
        let (server, function) = accepting(channel).await;
        let job = job(channel);
        let outcomes = join_all((0..50).map(|_| function.deliver(&job))).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let not_due = |postponed: &Postponed| postponed.reason == "not_due";
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(not_due));
        let record = function.record(&job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Accepted, 1));
        assert_eq!(server.count(), 1, "{channel}");
    }
}

#[tokio::test]
async fn fault_18_a_job_under_another_message_id_is_not_sent_again() {
    for channel in Channel::ALL {
        let (server, function) = accepting(channel).await;
        let job = job(channel);
        let ids = function.enqueue([&job, &job, &job]);
        assert_ne!(ids[0], ids[1]);
        function.settle().await;
        assert_eq!(function.record(&job).unwrap().attempts, 1);
        assert_eq!(server.count(), 1, "{channel}");
    }
}

#[tokio::test]
async fn fault_19_a_fact_with_other_data_is_not_sent_again_and_noted_as_a_conflict() {
    let world = World::new();
    let event = Event::of("order.paid");
    world.publish(&event);
    world.settle().await;
    let calls = world.all_calls();
    assert_eq!(calls.len(), 2, "by e-mail and by SMS");
    let changed = event.id("evt-2").with("/data/order/totals/total", "30.00");
    let message_id = world.publish(&changed);
    world.settle().await;
    assert_eq!(world.all_calls(), calls);
    let notes = world.order("A-1001").await.notes;
    assert_eq!(notes.len(), 1);
    assert_eq!((&notes[0].reason, &notes[0].message_id), (&Reason::Conflict, &message_id));
    let first = &world.order("A-1001").await.notifications[0];
    assert_eq!(first.event_id, "evt-1");
}

/// Dead-letters this job with this reason, and sends its neighbours; dead-letters
/// this event too, and sends its neighbour.
async fn check_dead_lettered(job_body: &str, code: &str, event_body: &str) {
    let (server, function) = accepting(Channel::Email).await;
    let neighbours = ["A-1", "A-2"].map(|order| job_about(order, Channel::Email));
    function.enqueue([&neighbours[0]]);
    let id = function.enqueue_text("A-1", job_body);
    function.enqueue_as("A-1", [&neighbours[1]]);
    assert_eq!(function.invoke(10).await, [""; 0]);
    let dead = function.deliverer.dead_letters.all();
    assert_eq!(dead.len(), 1, "{dead:?}");
    let (message, letter) = &dead[0];
    assert_eq!((&message.message_id, message.body.as_str()), (&id, job_body));
    assert_eq!(letter.reason, code);
    assert!(neighbours.iter().all(|job| function.state(job) == DeliveryState::Accepted));
    assert_eq!(server.count(), 2);

    let world = World::new();
    let id = world.publish_text("A-1001", event_body);
    world.publish(&Event::of("order.paid"));
    world.settle().await;
    assert!(world.dead_lettered().contains(&id));
    assert_eq!(world.dead_lettered().len(), 1);
    assert_eq!(world.calls(Channel::Email).len(), 1);
}

#[tokio::test]
async fn fault_22_a_body_that_is_no_json_is_dead_lettered_and_its_neighbours_are_sent() {
    for body in ["Hello, shop!", "", "{", "\"text\"", "null"] {
        check_dead_lettered(body, "malformed_job", body).await;
    }
}

#[tokio::test]
async fn fault_23_json_of_any_depth_is_dead_lettered() {
    for nested in ["[", "{\"v\":"] {
        let body = nested.repeat(100_000);
        check_dead_lettered(&body, "malformed_job", &body).await;
    }
    let inside =
        text(&job(Channel::Email)).replacen('{', &format!("{{\"x\":{},", "[".repeat(500)), 1);
    check_dead_lettered(&inside, "malformed_job", &inside).await;
}

/// A job this function has written itself, so it has no limit but SQS's.
#[tokio::test]
async fn fault_24_an_oversized_event_is_dead_lettered() {
    let world = World::new();
    let long = "x".repeat(300 * 1024);
    let event = Event::of("order.paid").with("/data/order/number", long);
    let id = world.publish(&event);
    world.publish(&Event::of("order.paid").about("A-2"));
    world.settle().await;
    assert_eq!(world.dead_lettered(), [id].into());
    assert_eq!(world.calls(Channel::Email).len(), 1);
}

#[tokio::test]
async fn fault_25_an_unknown_version_is_dead_lettered() {
    let job = text(&job(Channel::Email));
    let other = job.replacen("\"v\":1", "\"v\":0", 1);
    assert_ne!(other, job);
    let event = Event::of("order.paid").with("/specversion", "2.0").body();
    check_dead_lettered(&other, "unsupported_version", &event).await;
}

/// While a new version is deployed, or rolled back, both read the same queue.
#[tokio::test]
async fn fault_25_a_job_of_a_newer_version_waits_for_who_reads_it() {
    for version in ["2", "18446744073709551615"] {
        let newer = text(&job(Channel::Email)).replacen("\"v\":1", &format!("\"v\":{version}"), 1);
        let (server, function) = accepting(Channel::Email).await;
        let record = record("m-1", Some("group"), &newer);
        let invocation = invocation("request", function.now());
        let handled = delivery::handle(&function.deliverer, &record, &invocation).await;
        let postponed = handled.unwrap_err();
        assert_eq!(postponed.reason, "unsupported_version");
        assert!(postponed.retry_after >= Some(Duration::from_secs(60)));
        assert!(function.deliverer.dead_letters.all().is_empty());
        assert_eq!(server.count(), 0);
    }
}

#[tokio::test]
async fn fault_26_a_failure_in_a_group_holds_up_the_rest_of_that_group_alone() {
    let (server, function) = accepting(Channel::Email).await;
    let group =
        |name: &str| [1, 2, 3, 4].map(|n| job_about(&format!("{name}-{n}"), Channel::Email));
    let (first, second) = (group("A"), group("B"));
    // Another worker holds the second delivery of the first group.
    let now = function.now();
    let lease = clock::after(now, Duration::from_secs(35));
    let held = claim(first[1].facts(), &AttemptId::new("another"), "hash", now, lease);
    let key = first[1].key();
    function.deliverer.ledger.apply(&key, &held).await.unwrap();

    let mut ids = Vec::new();
    for (a, b) in first.iter().zip(&second) {
        ids.extend(function.enqueue_as("first", [a]));
        function.enqueue_as("second", [b]);
    }
    assert_eq!(function.invoke(10).await, ids[1..]);
    assert_eq!(server.count(), 5);
    assert!(second.iter().all(|job| function.state(job) == DeliveryState::Accepted));
    assert_eq!(function.state(&first[0]), DeliveryState::Accepted);
    assert!(first[2..].iter().all(|job| function.record(job).is_none()));

    function.settle().await;
    assert!(first.iter().all(|job| function.state(job) == DeliveryState::Accepted));
    assert!(requests_per_delivery(&server).into_values().all(|count| count == 1));
}

#[tokio::test]
async fn fault_27_a_visibility_that_is_lost_changes_no_outcome() {
    let fails = |code| Answer::json_error(code, json!({}));
    let now = at(HAPPENED);
    let mut responses = Vec::new();
    for answer in [Answer::ok("{}"), fails("MessageNotInflight"), fails("ReceiptHandleIsInvalid")] {
        let server = Server::answering([answer]).await;
        let pair = QueuePair {
            url: "https://sqs.eu-west-1.amazonaws.com/123456789012/queue.fifo".to_owned(),
            dead_letter_url: "https://sqs.eu-west-1.amazonaws.com/123456789012/q-dlq".to_owned(),
        };
        let client = aws_sdk_sqs::Client::new(&repeating(server.url()));
        let queue = SqsQueue::new(client, vec![pair]);
        let messages = ["m-1", "m-2", "m-3"].map(|id| record(id, None, "?"));
        let work = |record: Record| async move {
            let reason = "trouble".into();
            let failed = Postponed::by_backoff(reason);
            if record.message_id == "m-2" { Err(failed) } else { Ok(()) }
        };
        let (invocation, clock) = (invocation("request", now), ManualClock::at(now));
        let batch = batch_of(&messages);
        let response = batch::process(batch, &invocation, &clock, &queue, work).await.unwrap();
        assert_eq!(server.count(), 1);
        responses.push(returned(&response));
    }
    assert_eq!(responses, [["m-2"]; 3]);
}

/// Whatever was certainly not sent waits until it is no longer worth sending.
#[tokio::test]
async fn fault_29_throttling_for_days_ends_by_the_clock_alone() {
    for (channel, status, code) in
        [(Channel::Email, 429, "TooManyRequestsException"), (Channel::Push, 400, "Throttled")]
    {
        let server = Server::answering([error_answer(channel, status, code, "slowly")]).await;
        let function = Function::new(Client::new(channel, server.url()));
        let job = job(channel);
        function.enqueue([&job]);
        function.settle().await;
        let record = function.record(&job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Expired, 0), "{channel}");
        assert!(function.now() > job.not_after);
        assert!(server.count() < 1_000, "{channel}: {} requests", server.count());
    }
}

/// Attempts without outcome are used up; the customer rather hears twice than
/// not at all.
#[tokio::test]
async fn fault_29_attempts_of_unknown_outcome_are_used_up_and_the_next_channel_is_taken() {
    for (channel, attempts, failed) in
        [(Channel::Email, 2, &[][..]), (Channel::Push, 10, &[Channel::Push])]
    {
        let server =
            Server::answering([error_answer(channel, 500, "InternalError", "later")]).await;
        let function = Function::new(Client::new(channel, server.url()));
        let profile = owner_of(vec![device(bellhop::model::Platform::Fcm, "token-1")]);
        let planned = planned(&Event::of("order.shipped"), &profile, &settings());
        let jobs = bellhop::delivery::DeliveryJob::of(&planned);
        let job = jobs.iter().find(|job| job.channel() == channel).unwrap();
        function.enqueue([job]);
        function.settle().await;
        let record = function.record(job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Abandoned, attempts));
        assert_eq!(record.doubts, attempts);
        assert_eq!(server.count(), attempts as usize, "{channel}");
        let said = function.deliverer.routes.take_failed();
        let said: Vec<_> = said.iter().map(|failed| failed.channel).collect();
        assert_eq!(said, failed);
    }
}

#[tokio::test]
async fn fault_30_a_redriven_delivery_that_was_accepted_is_not_sent_again() {
    for channel in Channel::ALL {
        let (server, function) = accepting(channel).await;
        let job = job(channel);
        assert_eq!(function.deliver(&job).await, Ok(()));
        let before = function.record(&job);
        // The longest that a message can wait on a dead-letter queue; the job is
        // out of date by then as well.
        for wait in [60, 86_400, 14 * 86_400] {
            function.advance(Duration::from_secs(wait));
            assert_eq!(function.deliver(&job).await, Ok(()));
            assert_eq!(function.record(&job), before);
        }
        assert_eq!(server.count(), 1, "{channel}");
    }
}

#[tokio::test]
async fn fault_31_a_redriven_delivery_that_is_out_of_date_expires() {
    for channel in Channel::ALL {
        let (server, function) = accepting(channel).await;
        let job = jobs(&Event::of("order.shipped"), channel).remove(0);
        function.deliverer.clock.set(clock::after(job.not_after, Duration::from_millis(1)));
        assert_eq!(function.deliver(&job).await, Ok(()));
        let record = function.record(&job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Expired, 0));
        assert_eq!(record.reason, Some("not_after".into()));
        assert_eq!(server.count(), 0, "{channel}");
    }
}
