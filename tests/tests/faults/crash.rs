//! Crash and timing: 1 to 15.

use std::pin::pin;
use std::time::Duration;

use bellhop::delivery::{self, Deliverer, DeliveryJob};
use bellhop::feedback::{self, ProviderReport};
use bellhop::ledger::DeliveryState;
use bellhop::model::Report;
use bellhop::model::{Channel, Invocation, clock};
use bellhop_tests::child;
use bellhop_tests::job::{job, job_about, job_record};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::Trouble;

use crate::world::{Client, Function, acceptance, cut_off, requests_per_delivery, until_received};

/// What a delivery becomes whose attempt may have sent.
fn doubtful(channel: Channel) -> DeliveryState {
    match channel {
        Channel::Email | Channel::Push => DeliveryState::Unknown,
        Channel::Sms => DeliveryState::Abandoned,
    }
}

async fn accepting(channel: Channel) -> Server {
    Server::answering([acceptance(channel, "id-1"), acceptance(channel, "id-2")]).await
}

#[tokio::test]
async fn fault_01_a_death_before_the_claim_is_sent_once() {
    for channel in Channel::ALL {
        let server = accepting(channel).await;
        let client = Client::new(channel, server.url());
        let function = Function::with(client, [Trouble::DeathBefore]);
        let job = job(channel);
        function.enqueue([&job]);
        assert_eq!(function.invoke(10).await.len(), 1);
        assert_eq!((function.record(&job), server.count()), (None, 0));
        function.settle().await;
        let record = function.record(&job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Accepted, 1));
        assert_eq!(server.count(), 1, "{channel}");
    }
}

/// An e-mail is sent once it is clear that there was no Send event; a push
/// message, which the device may replace, at once; an SMS never.
#[tokio::test]
async fn fault_03_a_death_after_the_claim_is_doubtful_and_not_sent_at_once() {
    for (channel, requests, wait) in [
        (Channel::Email, 1, Duration::from_secs(30 * 60)),
        (Channel::Push, 1, Duration::ZERO),
        (Channel::Sms, 0, Duration::ZERO),
    ] {
        let server = accepting(channel).await;
        let client = Client::new(channel, server.url());
        let function = Function::with(client, [Trouble::DeathAfter]);
        let job = job(channel);
        function.enqueue([&job]);
        function.invoke(10).await;
        assert_eq!(function.state(&job), DeliveryState::Sending);

        let lease = function.record(&job).unwrap().lease_until.unwrap();
        function.deliverer.clock.set(lease);
        assert_eq!(function.deliver(&job).await.unwrap_err().reason, "not_due");
        function.advance(Duration::from_millis(1));
        let doubt = function.deliver(&job).await;
        assert_eq!(doubt.is_ok(), channel == Channel::Sms, "{doubt:?}");
        let record = function.record(&job).unwrap();
        assert_eq!(record.state, doubtful(channel));
        assert_eq!(record.reason, Some("lease_expired".into()));
        assert_eq!(server.count(), 0, "{channel}");

        let doubted_at = function.now();
        function.settle().await;
        assert_eq!(server.count(), requests, "{channel}");
        let record = function.record(&job).unwrap();
        let sent = record.history.iter().rfind(|entry| entry.state == DeliveryState::Sending);
        assert!(requests == 0 || clock::until(doubted_at, sent.unwrap().at) >= wait, "{channel}");
    }
}

async fn check_silence(channel: Channel, silence: Answer) {
    let hangs = matches!(silence, Answer::Silence);
    let server = Server::answering([silence, acceptance(channel, "id-2")]).await;
    let function = Function::new(match hangs {
        true => Client::impatient(channel, server.url()),
        false => Client::new(channel, server.url()),
    });
    let job = job(channel);
    function.enqueue([&job]);
    let returned = function.invoke(10).await;
    assert_eq!(returned.is_empty(), channel == Channel::Sms);
    let record = function.record(&job).unwrap();
    assert_eq!(record.state, doubtful(channel));
    assert_eq!(record.reason, Some("no_answer".into()));
    assert_eq!((record.attempts, record.provider_message_id), (1, None));
    assert_eq!(server.count(), 1, "{channel}");
}

#[tokio::test]
async fn fault_04_an_acceptance_that_breaks_off_is_one_request_and_doubtful() {
    for channel in Channel::ALL {
        check_silence(channel, cut_off(channel, "id-1")).await;
        check_silence(channel, Answer::Closed).await;
    }
}

#[tokio::test]
async fn fault_05_a_provider_that_hangs_is_one_request_and_doubtful() {
    for channel in Channel::ALL {
        check_silence(channel, Answer::Silence).await;
    }
}

#[tokio::test]
async fn fault_07_a_death_after_the_record_changes_nothing() {
    for channel in Channel::ALL {
        let server = accepting(channel).await;
        let client = Client::new(channel, server.url());
        let function = Function::with(client, [Trouble::None, Trouble::DeathAfter]);
        let job = job(channel);
        function.enqueue([&job]);
        assert_eq!(function.invoke(10).await.len(), 1);
        let before = function.record(&job);
        function.settle().await;
        assert_eq!(function.record(&job), before);
        assert_eq!(function.state(&job), DeliveryState::Accepted);
        assert_eq!(server.count(), 1, "{channel}");
    }
}

/// Lambda ends the invocation while the fifth message is on its way; the whole
/// batch comes again.
#[tokio::test]
async fn fault_08_a_timeout_at_record_5_of_10_sends_none_of_the_first_4_again() {
    let taken = |nth: u32| acceptance(Channel::Email, &format!("id-{nth}"));
    let script = (1..5).map(taken).chain([Answer::Silence]).chain((5..11).map(taken));
    let server = Server::answering(script).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let jobs: Vec<_> = (1..=10).map(|n| job_about(&format!("A-{n}"), Channel::Email)).collect();
    function.enqueue_as("one group", &jobs);
    until_received(&server, 5, pin!(function.invoke(10))).await;
    let states: Vec<_> = jobs.iter().filter_map(|job| function.record(job)).collect();
    assert_eq!(states.len(), 5);

    function.settle().await;
    let counts = requests_per_delivery(&server);
    for (nth, job) in jobs.iter().enumerate() {
        // Of the fifth nobody knows whether it was taken.
        let most = if nth == 4 { 2 } else { 1 };
        assert_eq!(counts[job.delivery_id.as_str()], most, "message {}", nth + 1);
        assert_eq!(function.state(job), DeliveryState::Accepted);
    }
    let doubts = |job: &DeliveryJob| {
        let history = function.record(job).unwrap().history;
        history.iter().filter(|entry| entry.state == DeliveryState::Unknown).count()
    };
    assert_eq!(jobs.iter().map(doubts).sum::<usize>(), 1);
}

/// The lease protects the claim even if the function dies in its last moment.
#[tokio::test]
async fn fault_09_without_time_for_the_call_nothing_is_claimed() {
    let server = accepting(Channel::Email).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let (job, now) = (job(Channel::Email), function.now());
    for left in [0, 10, 18] {
        let deadline = clock::after(now, Duration::from_secs(left));
        let invocation = Invocation { request_id: format!("with {left}"), deadline };
        let handled = delivery::handle(&function.deliverer, &job_record(&job), &invocation).await;
        assert_eq!(handled.unwrap_err().reason, "no_time_left");
        assert_eq!((function.record(&job), server.count()), (None, 0));
    }
    assert_eq!(function.deliver(&job).await, Ok(()));
    assert_eq!((function.state(&job), server.count()), (DeliveryState::Accepted, 1));
}

#[tokio::test]
async fn fault_10_a_panic_in_one_record_leaves_the_others_alone() {
    let server = accepting(Channel::Email).await;
    let client = Client::new(Channel::Email, server.url());
    let function = Function::with(client, [Trouble::DeathBefore]);
    let jobs = ["A-1", "A-2", "A-3"].map(|order| job_about(order, Channel::Email));
    function.enqueue(&jobs);
    assert_eq!(function.invoke(10).await.len(), 1);
    assert_eq!(server.count(), 2);
    function.settle().await;
    assert!(jobs.iter().all(|job| function.state(job) == DeliveryState::Accepted));
    assert!(requests_per_delivery(&server).into_values().all(|count| count == 1));
}

#[tokio::test]
async fn fault_11_an_attempt_that_was_taken_over_finishes_without_effect() {
    let server = accepting(Channel::Email).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let job = job(Channel::Email);
    let mut stale = pin!(function.deliver(&job));
    until_received(&server, 1, stale.as_mut()).await;

    // Its lease of 35 seconds passes, then half an hour without a Send event.
    function.advance(Duration::from_secs(36));
    assert_eq!(function.deliver(&job).await.unwrap_err().reason, "lease_expired");
    function.advance(Duration::from_secs(30 * 60));
    assert_eq!(function.deliver(&job).await, Ok(()));
    let before = function.record(&job).unwrap();
    assert_eq!(before.provider_message_id, Some("id-2".into()));

    assert_eq!(stale.await, Ok(()));
    assert_eq!(function.record(&job), Some(before));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn fault_12_a_repetition_that_conflicts_leaves_the_live_claim_alone() {
    for channel in Channel::ALL {
        let server = accepting(channel).await;
        let function = Function::new(Client::new(channel, server.url()));
        let job = job(channel);
        let mut live = pin!(function.deliver(&job));
        until_received(&server, 1, live.as_mut()).await;
        let before = function.record(&job);
        for _ in 0..3 {
            let postponed = function.deliver(&job).await.unwrap_err();
            assert_eq!(postponed.reason, "not_due");
            assert_eq!(postponed.retry_after, Some(Duration::from_secs(35)));
        }
        assert_eq!(function.record(&job), before);
        assert_eq!(live.await, Ok(()));
        let record = function.record(&job).unwrap();
        assert_eq!(record.provider_message_id, Some("id-1".into()));
        assert_eq!((record.state, server.count()), (DeliveryState::Accepted, 1), "{channel}");
    }
}

/// A worker whose clock is off finds the lease of another expired, or far from
/// it. (A push message, which its device replaces, may be sent again then.)
#[tokio::test]
async fn fault_13_clocks_ten_minutes_off_send_nothing_twice() {
    const OFF: Duration = Duration::from_secs(600);
    for (channel, ahead) in [
        (Channel::Email, true),
        (Channel::Email, false),
        (Channel::Sms, true),
        (Channel::Sms, false),
        (Channel::Push, false),
    ] {
        let server = accepting(channel).await;
        let first = Function::new(Client::new(channel, server.url()));
        let ledger = first.deliverer.ledger.clone();
        let other = Function::on(Client::new(channel, server.url()), ledger);
        if ahead {
            other.advance(OFF)
        } else {
            first.advance(OFF)
        }
        let job = job(channel);
        let mut live = pin!(first.deliver(&job));
        until_received(&server, 1, live.as_mut()).await;
        other.enqueue([&job, &job]);
        other.invoke(10).await;
        other.invoke(10).await;
        assert_eq!(live.await, Ok(()));

        first.enqueue([&job]);
        first.settle().await;
        other.settle().await;
        assert_eq!(first.state(&job), DeliveryState::Accepted, "{channel}");
        assert_eq!(server.count(), 1, "{channel}");
    }
}

fn sent(job: &DeliveryJob, id: &str) -> ProviderReport {
    ProviderReport {
        key: job.key(),
        channel: job.channel(),
        provider_message_id: id.into(),
        report: Report::Sent,
        reason: None,
    }
}

#[tokio::test]
async fn fault_14_a_send_event_before_the_record_makes_it_accepted() {
    let server = accepting(Channel::Email).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let Deliverer { ledger, clock, .. } = &function.deliverer;
    let job = job(Channel::Email);
    let mut live = pin!(function.deliver(&job));
    until_received(&server, 1, live.as_mut()).await;
    assert_eq!(feedback::apply(ledger, clock, &sent(&job, "id-1")).await, Ok(()));
    let before = function.record(&job).unwrap();
    assert_eq!(before.state, DeliveryState::Accepted);
    assert_eq!(before.provider_message_id, Some("id-1".into()));

    assert_eq!(live.await, Ok(()));
    assert_eq!(function.record(&job), Some(before));
    assert_eq!(function.deliver(&job).await, Ok(()));
    assert_eq!(server.count(), 1);
}

#[test]
fn fault_15_a_send_event_after_it_was_sent_again_counts_as_a_duplicate() {
    let test = "crash::fault_15_a_send_event_after_it_was_sent_again_counts_as_a_duplicate";
    let printed = child::printed(test, async {
        let channel = Channel::Email;
        let script = [cut_off(channel, "id-1"), acceptance(channel, "id-2")];
        let server = Server::answering(script).await;
        let function = Function::new(Client::new(channel, server.url()));
        let job = job(channel);
        function.enqueue([&job]);
        function.settle().await;
        let before = function.record(&job).unwrap();
        assert_eq!(before.provider_message_id, Some("id-2".into()));
        assert_eq!(server.count(), 2);
        let Deliverer { ledger, clock, .. } = &function.deliverer;
        for id in ["id-1", "id-2"] {
            assert_eq!(feedback::apply(ledger, clock, &sent(&job, id)).await, Ok(()));
        }
        let record = function.record(&job).unwrap();
        assert_eq!(record.provider_message_id, before.provider_message_id);
        assert_eq!(record.state, DeliveryState::Accepted);
    });
    let Some(printed) = printed else { return };
    assert_eq!(printed.matches("\"Duplicates\":1").count(), 1, "{printed}");
}
