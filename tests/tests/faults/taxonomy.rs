//! The taxonomy of errors: what the real clients make of every code, and where
//! the delivery ends up in the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bellhop::channel::{NotAccepted, Sender};
use bellhop::customer::MemoryProfiles;
use bellhop::delivery::circuit::{Admission, Circuit};
use bellhop::delivery::{
    Deliverer, HourlyCap, JobQueue, MemoryQueue, Ports, QueueUrls, SqsJobs, Unsent, handle,
};
use bellhop::lambda::{QueuePair, SqsQueue, Visibility};
use bellhop::ledger::{DeliveryState, DynamoLedger, Retention};
use bellhop::model::Channel::{self, Email, Push, Sms};
use bellhop::model::Class;
use bellhop::model::clock::{Clock, ManualClock};
use bellhop::model::failure::CallError;
use bellhop::model::failure::SendFailure::{
    self, Configuration, NotSent, Permanent, QuotaExhausted, Throttled, Unknown, Unrecognised,
};
use bellhop::model::id::AttemptId;
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::event::record;
use bellhop_tests::job::{MemoryContacts, at_any_pace, contacts, invocation, job, job_record};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::Shared;
use bellhop_tests::{HAPPENED, at};
use serde_json::json;

use crate::world::{Client, Function, acceptance, cut_off, error_answer, repeating};

/// Where a delivery stands after a first attempt with this failure: its state,
/// the attempts that count, and whether the channel's circuit is open.
fn end(failure: SendFailure, channel: Channel) -> (DeliveryState, u32, bool) {
    match failure {
        NotSent => (DeliveryState::RetryWait, 1, false),
        Throttled => (DeliveryState::RetryWait, 0, false),
        QuotaExhausted | Configuration => (DeliveryState::RetryWait, 0, true),
        Unrecognised => (DeliveryState::RetryWait, 0, false),
        Permanent => (DeliveryState::Rejected, 1, false),
        Unknown if channel == Sms => (DeliveryState::Abandoned, 1, false),
        Unknown => (DeliveryState::Unknown, 1, false),
    }
}

/// The provider gives this answer to one request of the client's and one of the
/// function's.
async fn check(channel: Channel, answer: Answer, reason: &str, failure: SendFailure) {
    let hangs = matches!(answer, Answer::Silence);
    let server = Server::answering([answer]).await;
    let sender = || match hangs {
        true => Client::impatient(channel, server.url()),
        false => Client::new(channel, server.url()),
    };
    check_at(channel, sender, reason, failure).await;
    assert_eq!(server.count(), 2, "{channel} {reason}");
}

async fn check_at(
    channel: Channel,
    sender: impl Fn() -> Client,
    reason: &str,
    failure: SendFailure,
) {
    let (client, job) = (sender(), job(channel));
    let message = client.prepare(&job.outgoing(), at(HAPPENED)).unwrap();
    let failed = client.send(&job.outgoing(), &AttemptId::new("attempt"), &message).await;
    assert_eq!(failed, Err(NotAccepted { failure, reason: reason.into() }), "{channel}");

    let function = Function::new(sender());
    let handled = function.deliver(&job).await;
    let record = function.record(&job).unwrap();
    assert_eq!(record.reason, Some(reason.into()));
    let open = function.deliverer.circuit.admit(job.recipient.application(), function.now())
        != Admission::Go;
    let stands = (record.state, record.attempts, open);
    assert_eq!(stands, end(failure, channel), "{channel} {reason}");
    assert_eq!(handled.is_ok(), record.state.is_settled(), "{channel} {reason}");
    assert!(function.deliverer.dead_letters.all().is_empty(), "{channel} {reason}");
}

#[tokio::test]
async fn every_code_of_ses_send_email_has_its_end() {
    let rows = [
        (429, "TooManyRequestsException", "", Throttled),
        (400, "ThrottlingException", "Maximum sending rate exceeded.", Throttled),
        (400, "ThrottlingException", "Daily message quota exceeded.", QuotaExhausted),
        (400, "LimitExceededException", "", Throttled),
        (400, "MessageRejected", "", Permanent),
        (400, "BadRequestException", "", Permanent),
        (404, "NotFoundException", "", Configuration),
        (400, "MailFromDomainNotVerifiedException", "", Configuration),
        (400, "SendingPausedException", "", Configuration),
        (400, "AccountSuspendedException", "", Configuration),
        (403, "AccessDeniedException", "", Configuration),
        (400, "AnErrorOfTheFuture", "", Unrecognised),
        (500, "InternalFailure", "", Unknown),
        (503, "ServiceUnavailable", "", Unknown),
        // Even if the code says otherwise.
        (503, "TooManyRequestsException", "", Unknown),
    ];
    for (status, code, message, failure) in rows {
        check(Email, error_answer(Email, status, code, message), code, failure).await;
    }
}

#[tokio::test]
async fn every_code_of_sns_publish_to_a_phone_has_its_end() {
    let rows = [
        (400, "InvalidParameter", Permanent),
        (400, "ParameterValueInvalid", Permanent),
        (400, "ValidationException", Permanent),
        (400, "Throttling", Throttled),
        (400, "ThrottlingException", Throttled),
        (429, "Throttled", Throttled),
        (400, "KMSThrottling", Throttled),
        (403, "AuthorizationError", Configuration),
        (403, "InvalidSecurity", Configuration),
        (400, "KMSAccessDenied", Configuration),
        (400, "KMSDisabled", Configuration),
        (400, "KMSInvalidState", Configuration),
        (400, "KMSNotFound", Configuration),
        (403, "KMSOptInRequired", Configuration),
        (400, "AnErrorOfTheFuture", Unrecognised),
        (500, "InternalError", Unknown),
        (503, "ServiceUnavailable", Unknown),
    ];
    for (status, code, failure) in rows {
        check(Sms, error_answer(Sms, status, code, "no"), code, failure).await;
    }
}

#[tokio::test]
async fn every_code_of_sns_publish_to_an_endpoint_has_its_end() {
    let rows = [
        (400, "EndpointDisabled", Permanent),
        (404, "NotFound", Permanent),
        (400, "InvalidParameter", Permanent),
        (400, "PlatformApplicationDisabled", Configuration),
        (403, "AuthorizationError", Configuration),
        (429, "Throttled", Throttled),
        (400, "AnErrorOfTheFuture", Unrecognised),
        (500, "InternalError", Unknown),
    ];
    for (status, code, failure) in rows {
        check(Push, error_answer(Push, status, code, "no"), code, failure).await;
    }
}

#[tokio::test]
async fn every_answer_that_does_not_come_is_doubtful() {
    for channel in Channel::ALL {
        for silence in [Answer::Silence, Answer::Closed, cut_off(channel, "id-1")] {
            check(channel, silence, "no_answer", Unknown).await;
        }
    }
}

/// The client calls it an error of the service; but the status says that the
/// message was taken.
#[tokio::test]
async fn an_acceptance_that_can_not_be_read_is_doubtful() {
    for channel in Channel::ALL {
        for body in ["{\"MessageId\": \"id-", "<html>Welcome</html>", "<PublishResponse><Pub"] {
            check(channel, Answer::ok(body), "http_200", Unknown).await;
        }
    }
}

#[tokio::test]
async fn a_connection_that_was_never_made_is_tried_again() {
    let url = &Server::gone().await;
    for channel in Channel::ALL {
        check_at(channel, || Client::new(channel, url), "not_connected", NotSent).await;
    }
}

/// The table's writes are conditional, so its client may repeat what is worth
/// repeating; the provider is never asked before the claim stands. (What a
/// conflict means is in `faults/delivery.rs`.)
#[tokio::test]
async fn every_code_of_dynamodb_at_the_claim_sends_nothing() {
    // The claim, and it given back: an earlier try of the SDK's may have been made.
    let asked = 1 + 3;
    let rows = [
        ("ProvisionedThroughputExceededException", 3 * asked),
        ("ThrottlingException", 3 * asked),
        ("RequestLimitExceeded", 3 * asked),
        ("TransactionConflictException", asked),
        ("ReplicatedWriteConflictException", 3 * asked),
        ("ResourceNotFoundException", asked),
    ];
    for (code, requests) in rows {
        let dynamodb = Server::answering([Answer::json_error(code, json!({}))]).await;
        let ses = Server::answering([acceptance(Email, "id-1")]).await;
        let deliverer = on_dynamo(&dynamodb, &ses);
        let now = deliverer.clock.now();
        let message = job_record(&job(Email));
        let handled = handle(&deliverer, &message, &invocation("request", now)).await;
        let postponed = handled.unwrap_err();
        assert_eq!(postponed.reason, format!("dynamodb:UpdateItem failed: {code}").as_str());
        assert_eq!(postponed.retry_after, None, "by backoff on the receive count");
        assert_eq!((dynamodb.count(), ses.count()), (requests, 0), "{code}");
        assert!(deliverer.dead_letters.all().is_empty());
    }
}

/// The function of e-mail, with real clients of its ledger and of SES.
pub fn on_dynamo(dynamodb: &Server, ses: &Server) -> Deliverer<OnDynamo> {
    let client = aws_sdk_dynamodb::Client::new(&repeating(dynamodb.url()));
    Deliverer {
        ledger: DynamoLedger::new(client, "ledger", Retention::default()),
        sender: Client::new(Email, ses.url()),
        routes: MemoryQueue::default(),
        devices: MemoryProfiles::default(),
        contacts: contacts(&Shared::default()),
        circuit: Circuit::default(),
        pace: at_any_pace(),
        cap: HourlyCap::default(),
        unsent: Unsent::default(),
        dead_letters: MemoryDeadLetters::default(),
        clock: Arc::new(ManualClock::at(at("2026-11-23T09:35:00Z"))),
    }
}

/// The real clients of the ledger and of the provider.
pub struct OnDynamo;

impl Ports for OnDynamo {
    type Ledger = DynamoLedger;
    type Sender = Client;
    type Routes = MemoryQueue;
    type Devices = MemoryProfiles;
    type Contacts = MemoryContacts;
    type DeadLetters = MemoryDeadLetters;
    type Clock = Arc<ManualClock>;
}

const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012/email.fifo";

/// Jobs that are not known to be on their queue are put there when their event
/// comes again.
#[tokio::test]
async fn every_code_of_sqs_at_enqueueing_fails_the_record_alone() {
    let rows = [("RequestThrottled", 3), ("KmsThrottled", 1), ("InvalidMessageContents", 1)];
    for (code, requests) in rows {
        let server = Server::answering([Answer::json_error(code, json!({}))]).await;
        let client = aws_sdk_sqs::Client::new(&repeating(server.url()));
        let lane = (Email, Class::Transactional);
        let urls = QueueUrls::new(BTreeMap::from([(lane, QUEUE.to_owned())]));
        let outcome = SqsJobs::new(client, urls).enqueue(&[job(Email)], "m-1".into()).await;
        let error = CallError { operation: "sqs:SendMessageBatch", reason: code.to_owned() };
        assert_eq!((outcome, server.count()), (Err(error), requests), "{code}");
    }
}

#[tokio::test]
async fn every_code_of_sqs_at_hiding_is_harmless() {
    let rows = [("MessageNotInflight", 1), ("ReceiptHandleIsInvalid", 1), ("RequestThrottled", 3)];
    for (code, requests) in rows {
        let server = Server::answering([Answer::json_error(code, json!({}))]).await;
        let client = aws_sdk_sqs::Client::new(&repeating(server.url()));
        let pair = QueuePair { url: QUEUE.to_owned(), dead_letter_url: format!("{QUEUE}-dlq") };
        let queue = SqsQueue::new(client, vec![pair]);
        queue.postpone(&record("m-1", None, "?"), Duration::from_secs(5)).await;
        assert_eq!(server.count(), requests, "{code}");
    }
}
