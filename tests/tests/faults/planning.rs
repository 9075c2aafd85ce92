//! What planning makes of events that are not as they should be, and what an event
//! costs.

use std::sync::Arc;
use std::time::Duration;

use bellhop::answers::{asked_email, asked_phone};
use bellhop::catalogue::Catalogue;
use bellhop::customer::DynamoProfiles;
use bellhop::delivery::{QueueUrls, SqsJobs};
use bellhop::ledger::{DeliveryState, SealedLedger};
use bellhop::model::clock::{self, ManualClock};
use bellhop::model::{Channel, Class, Platform, Reason};
use bellhop::plan::{self, MemorySchedules, Planner};
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::event::Event;
use bellhop_tests::job::{contact_key, device, job, jobs, sealed_ledger, settings};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::Shared;
use bellhop_tests::world::World;
use bellhop_tests::{HAPPENED, at, child};
use serde_json::json;

use crate::world::{Client, Function, acceptance, error_answer, repeating};

/// A clock that is ahead by decades would make every later fact old news.
#[tokio::test]
async fn an_event_that_is_dated_in_the_future_is_taken_as_of_now_and_noted() {
    let world = World::new();
    let only_sms = |event: Event| event.on(&["sms"]);
    world.publish(&only_sms(Event::of("order.shipped").happened("2062-01-01T00:00:00Z")));
    world.settle().await;
    let entries = world.order("A-1001").await;
    assert!(entries.notifications[0].event_time <= world.now());
    let notes: Vec<_> = entries.notes.iter().map(|note| &note.reason).collect();
    assert_eq!(notes, [&Reason::FutureTime]);

    world.advance(Duration::from_secs(60));
    let later = Event::of("order.refund_requested").id("evt-2").with("/data/refund/id", "r-1");
    world.publish(&only_sms(later.happened(&world.now().to_string())));
    world.settle().await;
    assert_eq!(world.calls(Channel::Sms).len(), 2, "the later fact is told as well");
}

#[tokio::test]
async fn a_rejection_after_an_attempt_of_unknown_outcome_says_that_it_may_have_been_sent() {
    let lost = error_answer(Channel::Email, 500, "InternalFailure", "later");
    let rejected = error_answer(Channel::Email, 400, "MessageRejected", "no");
    let server = Server::answering([lost, rejected]).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let job = job(Channel::Email);
    function.enqueue([&job]);
    function.settle().await;
    let record = function.record(&job).unwrap();
    assert_eq!(record.state, DeliveryState::Rejected);
    assert_eq!(record.reason, Some("may_have_been_sent:MessageRejected".into()));
    assert_eq!(server.count(), 2);
}

/// Pumping: many orders in the name of one number.
#[tokio::test]
async fn a_number_gets_ten_sms_an_hour_from_an_instance_and_others_get_theirs() {
    let server = Server::answering([acceptance(Channel::Sms, "id-1")]).await;
    let function = Function::new(Client::new(Channel::Sms, server.url()));
    let to = |n: usize, phone: &str| {
        let event = Event::of("order.paid").about(&format!("A-{n}"));
        jobs(&event.with("/data/customer/phone", phone), Channel::Sms).remove(0)
    };
    let pumped: Vec<_> = (0..30).map(|n| to(n, "+436601234567")).collect();
    let other = to(99, "+436607654321");
    for job in pumped.iter().chain([&other]) {
        assert_eq!(function.deliver(job).await, Ok(()));
    }
    assert_eq!(server.count(), 10 + 1);
    assert_eq!(function.state(&other), DeliveryState::Accepted);
    for job in &pumped[10..] {
        let record = function.record(job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Rejected, 0));
        assert_eq!(record.reason, Some(Reason::HourlyCap));
    }
    function.advance(Duration::from_secs(3600));
    assert_eq!(function.deliver(&to(100, "+436601234567")).await, Ok(()));
    assert_eq!(server.count(), 12);
}

#[test]
fn a_type_that_resembles_a_known_one_is_recorded_with_it_and_counted() {
    let test = "planning::a_type_that_resembles_a_known_one_is_recorded_with_it_and_counted";
    let printed = child::printed(test, async {
        let world = World::new();
        world.publish(&Event::of("order.paid").with("/type", "order.payed"));
        world.publish(&Event::of("order.paid").id("evt-2").with("/type", "cart.updated"));
        world.settle().await;
        let notes = world.order("A-1001").await.notes;
        let details: Vec<_> = notes.iter().map(|note| note.detail.as_str()).collect();
        let unknown = "the catalogue has no such type";
        assert_eq!(details, [&format!("{unknown}; the nearest is order.paid"), unknown]);
    });
    let Some(printed) = printed else { return };
    assert_eq!(printed.matches("\"UnknownTypes\":1").count(), 1, "{printed}");
}

struct OnAws;

impl plan::Ports for OnAws {
    type Ledger = SealedLedger;
    type Profiles = DynamoProfiles;
    type Jobs = SqsJobs;
    type Schedules = Shared<MemorySchedules>;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

/// One event, sent by mail, SMS and push: what `plan` asks AWS, and what each of the
/// three deliveries does (`delivery.rs` counts those: two writes and the provider).
#[tokio::test]
async fn an_event_that_is_sent_by_three_channels_costs_thirteen_calls_and_four_reads_of_the_customer()
 {
    let item = |sort: &str, more: serde_json::Value| {
        let mut item = json!({"pk": {"S": "CUSTOMER#c-77"}, "sk": {"S": sort}});
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let device = device(Platform::Fcm, "token-1");
    let (endpoint, id) = (device.endpoint_arn.clone().unwrap().to_string(), device.id());
    let device = json!({"device": {"M": {
        "platform": {"S": "fcm"}, "token": {"S": "token-1"}, "endpoint_arn": {"S": endpoint},
    }}, "changed_at": {"N": "1"}});
    // The salt comes with the profile.
    let standing = item("STANDING", json!({"salt": {"S": "5a".repeat(32)}}));
    let items = json!({"Items": [item(&format!("DEVICE#{id}"), device), standing], "Count": 2});
    let answers = [items.to_string(), "{}".to_owned()];
    let dynamodb = Server::answering(answers.map(Answer::ok)).await;
    let sqs = Server::answering([Answer::ok(json!({"Successful": [], "Failed": []}).to_string())]);
    let sqs = sqs.await;
    let client = aws_sdk_dynamodb::Client::new(&repeating(dynamodb.url()));
    let lanes = Channel::ALL.map(|channel| ((channel, Class::Transactional), sqs.url().to_owned()));
    let urls = QueueUrls::new(lanes.into());
    let planner = Planner::<OnAws> {
        catalogue: Catalogue::built_in().unwrap(),
        settings: settings(),
        contact_key: contact_key(),
        ledger: sealed_ledger(client.clone()),
        profiles: DynamoProfiles::new(client, "profiles"),
        jobs: SqsJobs::new(aws_sdk_sqs::Client::new(&repeating(sqs.url())), urls),
        schedules: Shared::default(),
        dead_letters: Shared::default(),
        clock: Arc::new(ManualClock::at(clock::after(at(HAPPENED), Duration::from_secs(1)))),
    };
    let event = Event::of("order.shipped").on(&["email", "sms", "push"]);
    assert_eq!(plan::handle(&planner, &event.record()).await, Ok(()));
    let planning = dynamodb.count() + sqs.count();
    // The profile, whether address and phone may be written to, how much the customer was
    // told of late, and the decisions.
    assert_eq!((dynamodb.count(), sqs.count()), (5, 3));
    // What support finds the customer by is part of that write, and costs no call.
    let put = dynamodb.requests().pop().unwrap().body;
    let points = [asked_email("ada@example.com").unwrap(), asked_phone("+436601234567").unwrap()];
    for (point, attribute) in points.iter().zip(["email_hash", "phone_hash"]) {
        let hash = contact_key().hash(point);
        assert!(put.contains(&format!(r#""{attribute}":{{"S":"{}"}}"#, hash.as_str())), "{put}");
    }

    let mut sending = 0;
    for channel in Channel::ALL {
        let provider = Server::answering([acceptance(channel, "id-1")]).await;
        let function = Function::new(Client::new(channel, provider.url()));
        assert_eq!(function.deliver(&job(channel)).await, Ok(()));
        let writes = function.record(&job(channel)).unwrap().history.len();
        sending += writes + provider.count();
    }
    assert_eq!(planning + sending, 13 + 4);
}
