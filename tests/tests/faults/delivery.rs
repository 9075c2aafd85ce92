//! One delivery, whole: the handler with the ledger on DynamoDB and a provider,
//! both behind servers that count. Whatever happens, the provider receives one
//! request at most.

use std::marker::PhantomData;
use std::time::Duration;

use bellhop::channel::{Recipient, Sender};
use bellhop::customer::{CheckContacts, MemoryProfiles, Preferences, Suppression};
use bellhop::delivery::{Circuit, Deliverer, HourlyCap, MemoryQueue, Ports, Unsent, handle};
use bellhop::ledger::DynamoLedger;
use bellhop::model::clock::{Clock, ManualClock};
use bellhop::model::failure::CallError;
use bellhop::model::id::hash;
use bellhop::model::{Channel, Invocation, Postponed, Record};
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::at;
use bellhop_tests::job::{at_any_pace, invocation, job, job_record};
use bellhop_tests::server::{Answer, Request, Server};
use serde_json::{Value, json};

use crate::ledger::{conflict_with, item, ledger, write_applied};
use crate::world::{acceptance, email, impatient_provider, provider, push, sms};

/// Soon after the fact.
const NOW: &str = "2026-11-23T09:30:05Z";

/// A channel's function with the ledger on DynamoDB.
struct Behind<S, C>(PhantomData<(S, C)>);

impl<S: Sender, C: Clock> Ports for Behind<S, C> {
    type Ledger = DynamoLedger;
    type Sender = S;
    type Routes = MemoryQueue;
    type Devices = MemoryProfiles;
    type Contacts = Unasked;
    type DeadLetters = MemoryDeadLetters;
    type Clock = C;
}

/// A job in good order looks nobody up.
struct Unasked;

impl CheckContacts for Unasked {
    async fn suppression(&self, _: &Recipient) -> Result<Option<Suppression>, CallError> {
        panic!("a job in good order looks nobody up")
    }

    async fn choices(&self, _: &Recipient) -> Result<Preferences, CallError> {
        panic!("a job in good order looks nobody up")
    }
}

async fn deliver<S: Sender, C: Clock>(
    ledger: DynamoLedger,
    sender: S,
    clock: C,
    invocation: &Invocation,
) -> Result<(), Postponed> {
    let record = record(sender.channel());
    let deliverer = Deliverer::<Behind<S, C>> {
        ledger,
        sender,
        routes: MemoryQueue::default(),
        devices: MemoryProfiles::default(),
        contacts: Unasked,
        circuit: Circuit::default(),
        pace: at_any_pace(),
        cap: HourlyCap::default(),
        unsent: Unsent::default(),
        dead_letters: MemoryDeadLetters::default(),
        clock,
    };
    handle(&deliverer, &record, invocation).await
}

fn record(channel: Channel) -> Record {
    job_record(&job(channel))
}

/// Delivers the e-mail in an invocation with half a minute left.
async fn deliver_email(dynamodb: &Server, ses: &Server) -> Result<(), Postponed> {
    let clock = ManualClock::at(at(NOW));
    let invocation = invocation("request-1", clock.now());
    let sender = email(&impatient_provider(ses.url()));
    deliver(ledger(dynamodb.url()), sender, clock, &invocation).await
}

fn taken() -> Answer {
    acceptance(Channel::Email, "id-1")
}

fn throttled() -> Answer {
    Answer::json_error("ThrottlingException", json!({}))
}

/// The attempt that [`deliver_email`] makes.
fn own_attempt() -> String {
    let record = record(Channel::Email);
    let delivery = job(Channel::Email).delivery_id;
    hash(["attempt", "request-1", &record.message_id, delivery.as_str()])
}

/// The states that the ledger was asked to write, in order.
fn states(dynamodb: &Server) -> Vec<String> {
    let state = |request: Request| {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let update = body["UpdateExpression"].as_str()?;
        let (_, rest) = update.split_once("#state = ").unwrap();
        let value = rest.split([',', ' ']).next().unwrap();
        Some(body["ExpressionAttributeValues"][value]["S"].as_str().unwrap().to_owned())
    };
    dynamodb.requests().into_iter().filter_map(state).collect()
}

/// The budget of the normal path. An instance that sends SMS looks once a minute whether
/// its channel is held.
#[tokio::test]
async fn one_delivery_costs_two_writes_and_one_call() {
    for channel in Channel::ALL {
        let dynamodb = Server::answering([write_applied()]).await;
        let aws = Server::answering([acceptance(channel, "id-1")]).await;
        let clock = ManualClock::at(at(NOW));
        let invocation = invocation("request-1", clock.now());
        let (ledger, config) = (ledger(dynamodb.url()), provider(aws.url()));
        let outcome = match channel {
            Channel::Email => deliver(ledger, email(&config), clock, &invocation).await,
            Channel::Sms => deliver(ledger, sms(&config), clock, &invocation).await,
            Channel::Push => deliver(ledger, push(&config), clock, &invocation).await,
        };
        assert_eq!(outcome, Ok(()));
        assert_eq!(states(&dynamodb), ["sending", "accepted"], "{channel}");
        let looks = usize::from(channel == Channel::Sms);
        assert_eq!(dynamodb.count(), 2 + looks, "{channel}");
        assert_eq!(aws.count(), 1, "{channel}");
    }
}

/// Fault 2.
#[tokio::test]
async fn a_claim_whose_answer_is_lost_is_known_again_and_sent_once() {
    let lease = at(NOW).as_millisecond() + 35_000;
    let own = conflict_with(item("sending", &own_attempt(), lease));
    let dynamodb = Server::answering([Answer::Closed, own, write_applied()]).await;
    let ses = Server::answering([taken()]).await;
    assert_eq!(deliver_email(&dynamodb, &ses).await, Ok(()));
    assert_eq!(states(&dynamodb), ["sending", "sending", "accepted"]);
    assert_eq!(ses.count(), 1);
}

/// Fault 12.
#[tokio::test]
async fn a_delivery_that_another_attempt_holds_is_left_alone() {
    let lease = at(NOW).as_millisecond() + 20_000;
    let dynamodb = Server::answering([conflict_with(item("sending", "another", lease))]).await;
    let ses = Server::answering([taken()]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.retry_after, Some(Duration::from_secs(20)));
    assert_eq!((states(&dynamodb).len(), ses.count()), (1, 0));
}

/// Fault 3: an expired lease alone sends nothing.
#[tokio::test]
async fn a_delivery_whose_attempt_has_no_outcome_becomes_doubtful_first() {
    let lease = at(NOW).as_millisecond() - 1;
    let expired = conflict_with(item("sending", "another", lease));
    let dynamodb = Server::answering([expired, write_applied()]).await;
    let ses = Server::answering([taken()]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.reason, "lease_expired");
    assert_eq!(states(&dynamodb), ["sending", "unknown"]);
    assert_eq!(ses.count(), 0);
}

/// Faults 7, 30.
#[tokio::test]
async fn a_delivery_that_was_accepted_is_done() {
    let dynamodb = Server::answering([conflict_with(item("accepted", "another", 0))]).await;
    let ses = Server::answering([taken()]).await;
    assert_eq!(deliver_email(&dynamodb, &ses).await, Ok(()));
    assert_eq!((states(&dynamodb).len(), ses.count()), (1, 0));
}

/// Fault 53.
#[tokio::test]
async fn a_claim_that_the_table_does_not_take_sends_nothing() {
    let dynamodb = Server::answering([throttled()]).await;
    let ses = Server::answering([taken()]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.reason, "dynamodb:UpdateItem failed: ThrottlingException");
    assert_eq!(ses.count(), 0);
}

/// Faults 4, 5.
#[tokio::test]
async fn a_message_that_may_have_been_taken_becomes_doubtful_and_is_not_sent_again() {
    let body = json!({"MessageId": "id-1"}).to_string();
    for silence in [Answer::cut_off(body), Answer::Silence, Answer::Closed] {
        let dynamodb = Server::answering([write_applied()]).await;
        let ses = Server::answering([silence]).await;
        let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
        assert_eq!(postponed.reason, "no_answer");
        assert_eq!(postponed.retry_after, Some(Duration::from_secs(30 * 60)));
        assert_eq!(states(&dynamodb), ["sending", "unknown"]);
        assert_eq!(ses.count(), 1);
    }
}

/// Fault 6.
#[tokio::test]
async fn an_acceptance_is_written_until_the_ledger_takes_it() {
    let script = [vec![write_applied()], vec![throttled(); 10], vec![write_applied()]].concat();
    let dynamodb = Server::answering(script).await;
    let ses = Server::answering([taken()]).await;
    assert_eq!(deliver_email(&dynamodb, &ses).await, Ok(()));
    assert_eq!(states(&dynamodb).last().unwrap(), "accepted");
    assert_eq!((dynamodb.count(), ses.count()), (12, 1));
}

/// Or its lease would run out, as if it might have been taken.
#[tokio::test]
async fn a_throttled_attempt_is_written_until_the_ledger_takes_it() {
    let script = [vec![write_applied()], vec![throttled(); 10], vec![write_applied()]].concat();
    let dynamodb = Server::answering(script).await;
    let ses = Server::answering([Answer::rest_error(429, "TooManyRequestsException", "")]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.reason, "TooManyRequestsException");
    assert_eq!(states(&dynamodb).last().unwrap(), "retry_wait");
    assert_eq!((dynamodb.count(), ses.count()), (12, 1));
}

/// It comes again, finds its claim, and is doubtful then.
#[tokio::test]
async fn an_acceptance_that_the_ledger_never_takes_is_not_sent_again() {
    let dynamodb = Server::answering([write_applied(), throttled()]).await;
    let ses = Server::answering([taken()]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.reason, "dynamodb:UpdateItem failed: ThrottlingException");
    assert_eq!(ses.count(), 1);
}

/// Fault 9: the provider's answer might come too late to be recorded.
#[tokio::test]
async fn without_time_for_the_provider_nothing_is_claimed() {
    for left in [0, 9] {
        let dynamodb = Server::answering([write_applied()]).await;
        let ses = Server::answering([taken()]).await;
        let clock = ManualClock::at(at(NOW));
        let deadline = bellhop::model::clock::after(clock.now(), Duration::from_secs(left));
        let invocation = Invocation { request_id: "request-1".to_owned(), deadline };
        let sender = email(&provider(ses.url()));
        let outcome = deliver(ledger(dynamodb.url()), sender, clock, &invocation).await;
        assert_eq!(outcome.unwrap_err().reason, "no_time_left");
        assert_eq!((dynamodb.count(), ses.count()), (0, 0));
    }
}

/// Fault 36.
#[tokio::test]
async fn a_configuration_set_that_is_missing_parks_the_delivery() {
    let dynamodb = Server::answering([write_applied()]).await;
    let missing = Answer::rest_error(404, "NotFoundException", "no such configuration set");
    let ses = Server::answering([missing]).await;
    let postponed = deliver_email(&dynamodb, &ses).await.unwrap_err();
    assert_eq!(postponed.reason, "NotFoundException");
    assert!(postponed.retry_after >= Some(Duration::from_secs(60)), "{postponed:?}");
    assert_eq!(states(&dynamodb), ["sending", "retry_wait"]);
    assert_eq!(ses.count(), 1);
}
