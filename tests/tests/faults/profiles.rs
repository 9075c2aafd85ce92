//! Profiles: whose a device is, how many there are, and what the table answers. 69 and
//! 70.

use std::collections::BTreeSet;
use std::time::Duration;

use bellhop::channel::MemoryEndpoints;
use bellhop::channel::push::Applications;
use bellhop::customer::{
    self, DynamoProfiles, MAX_DEVICES, Ports, Profiler, ReadProfiles, WriteProfiles, Written,
};
use bellhop::delivery::DeliveryJob;
use bellhop::event::MAX_EVENT_BYTES;
use bellhop::model::clock::ManualClock;
use bellhop::model::failure::CallError;
use bellhop::model::{Channel, Platform, Postponed, clock};
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::event::Event;
use bellhop_tests::job::{device, owner_of, planned, settings};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::world::World;
use bellhop_tests::{HAPPENED, at, child};
use serde_json::{Value, json};

use crate::world::repeating;

const LATER: &str = "2026-11-23T09:31:00Z";

fn customer_event(kind: &str, time: &str, data: Value) -> Event {
    Event::of(kind).without("/data").with("/data", data).happened(time)
}

fn registered(customer: &str, token: &str, time: &str) -> Event {
    let data = json!({"customer_id": customer, "platform": "fcm", "token": token});
    customer_event("device.registered", time, data)
}

fn updated(email: &str, time: &str) -> Event {
    customer_event("customer.updated", time, json!({"customer": {"id": "c-77", "email": email}}))
}

/// An order of this customer was shipped: `A-77` of `c-77`, told to their devices.
fn shipped_to(customer: &str) -> Event {
    let order = customer.replace("c-", "A-");
    let event = Event::of("order.shipped").about(&order).on(&["push"]);
    event.with("/data/customer", json!({ "id": customer }))
}

/// In whichever order the registrations arrive, and however often: they are of
/// different message groups.
#[tokio::test]
async fn fault_69_a_token_under_another_customer_no_longer_reaches_the_first() {
    let registrations =
        [registered("c-77", "token-1", HAPPENED), registered("c-78", "token-1", LATER)];
    for order in [&[0, 1][..], &[1, 0], &[0, 1, 0], &[1, 0, 1, 0], &[0, 0, 1, 1]] {
        let world = World::new();
        for &nth in order {
            world.keep(&registrations[nth]).await;
        }
        for customer in ["c-77", "c-78"] {
            world.publish(&shipped_to(customer));
        }
        world.settle().await;
        let keys = world.deliveries().into_keys();
        let orders: Vec<_> = keys.map(|key| key.order_id.as_str().to_owned()).collect();
        assert_eq!(orders, ["A-78"], "{order:?}");
        assert_eq!(world.calls(Channel::Push).len(), 1, "{order:?}");
    }
}

/// Between the two registrations it does.
#[tokio::test]
async fn fault_69_a_token_reaches_the_first_until_the_other_registers_it() {
    let world = World::new();
    world.keep(&registered("c-77", "token-1", HAPPENED)).await;
    world.publish(&shipped_to("c-77"));
    world.settle().await;
    assert_eq!(world.calls(Channel::Push).len(), 1);
    world.keep(&registered("c-78", "token-1", LATER)).await;
    world.publish(&shipped_to("c-77").with("/data/shipment/id", "s-2").id("evt-2"));
    world.settle().await;
    assert_eq!(world.calls(Channel::Push).len(), 1);
    let entries = world.order("A-77").await;
    let second = entries.notifications.iter().find(|n| n.key.as_str().ends_with("s-2")).unwrap();
    assert!(second.skips.iter().any(|skip| skip.reason == "no_recipient"));
}

#[tokio::test]
async fn fault_70_of_a_hundred_devices_those_that_registered_last_are_told() {
    let world = World::new();
    let mut told = BTreeSet::new();
    for nth in 0..100 {
        let (token, time) =
            (format!("token-{nth}"), format!("2026-11-23T09:30:{:02}.{:03}Z", nth / 10, nth));
        world.keep(&registered("c-77", &token, &time)).await;
        if nth >= 100 - MAX_DEVICES {
            told.insert(token);
        }
    }
    let profile = world.profile("c-77").await.unwrap();
    let kept: BTreeSet<_> =
        profile.devices.iter().map(|device| device.token.reveal().to_owned()).collect();
    assert_eq!(kept, told);

    world.publish(&shipped_to("c-77"));
    world.settle().await;
    assert_eq!(world.calls(Channel::Push).len(), MAX_DEVICES);
    assert_eq!(world.deliveries().len(), MAX_DEVICES);
    let entries = world.order("A-77").await;
    assert_eq!(entries.notifications.len(), 1);
    assert!(entries.notifications[0].skips.iter().all(|skip| skip.channel != Channel::Push));
}

/// SQS takes 1 MiB in a message, DynamoDB 400 KB in an item.
/// Source: SQS `SendMessage`; DynamoDB developer guide, "Quotas".
#[test]
fn fault_70_the_largest_event_for_as_many_devices_fits_queue_and_table() {
    let devices = (0..MAX_DEVICES).map(|n| device(Platform::Apns, &format!("token-{n}")));
    let owner = owner_of(devices.collect());
    let title = |bytes: usize| {
        let items = json!([{"sku": "S", "title": "n".repeat(bytes), "quantity": 1}]);
        Event::of("order.shipped").with("/data/order/items", items)
    };
    // What is stored of it is a little longer than what came.
    let largest = title(MAX_EVENT_BYTES - title(0).body().len() - 500);
    assert!(largest.body().len() > MAX_EVENT_BYTES - 1_000);
    let notification = planned(&largest, &owner, &settings());
    assert!(serde_json::to_string(&notification.data).unwrap().len() > MAX_EVENT_BYTES / 2);
    let jobs = DeliveryJob::of(&notification);
    assert!(jobs.len() > MAX_DEVICES, "also by e-mail");
    let largest_job = jobs.iter().map(|job| serde_json::to_string(job).unwrap().len()).max();
    assert!(largest_job < Some(1_000_000), "{largest_job:?}");
    let item = serde_json::to_string(&notification).unwrap().len();
    assert!(item < 400_000, "{item}");
}

/// It then happened when it was queued, also if it is received again much later.
#[test]
fn an_event_that_is_dated_in_the_future_blocks_nothing_that_comes_after_it() {
    let test = "profiles::an_event_that_is_dated_in_the_future_blocks_nothing_that_comes_after_it";
    let printed = child::printed(test, async {
        for future in ["2062-11-23T09:30:00Z", "9999-01-01T00:00:00Z"] {
            let world = World::new();
            let from_the_future = [
                world.keep(&updated("future@example.com", future)).await,
                world.keep(&registered("c-77", "token-1", future)).await,
            ];
            world.advance(Duration::from_secs(600));
            let now = world.now().to_string();
            world.keep(&updated("next@example.com", &now)).await;
            let device = json!({"customer_id": "c-77", "platform": "fcm", "token": "token-1"});
            world.keep(&customer_event("device.removed", &now, device)).await;
            world.advance(Duration::from_secs(600));
            for record in &from_the_future {
                world.keep_again(record).await;
            }
            let profile = world.profile("c-77").await.unwrap();
            assert_eq!(profile.email.unwrap().reveal(), "next@example.com");
            assert_eq!(profile.devices, []);
        }
    });
    let Some(printed) = printed else { return };
    // The last year of four digits is what some systems write for no time at all.
    assert_eq!(printed.matches("\"ahead_seconds\":").count(), 4, "{printed}");
}

/// Clocks differ a little; that is no mistake, and what they say keeps its order.
#[test]
fn an_event_of_a_clock_that_is_a_little_ahead_keeps_its_time() {
    let test = "profiles::an_event_of_a_clock_that_is_a_little_ahead_keeps_its_time";
    let printed = child::printed(test, async {
        let world = World::new();
        let ahead = |seconds| clock::after(world.now(), Duration::from_secs(seconds)).to_string();
        world.keep(&updated("second@example.com", &ahead(30))).await;
        world.keep(&updated("first@example.com", &ahead(20))).await;
        let profile = world.profile("c-77").await.unwrap();
        assert_eq!(profile.email.unwrap().reveal(), "second@example.com");
    });
    let Some(printed) = printed else { return };
    assert!(!printed.contains("ahead_seconds"), "{printed}");
}

/// `profiles`, with a table that answers by a script.
struct OnTable;

impl Ports for OnTable {
    type Profiles = DynamoProfiles;
    type Endpoints = MemoryEndpoints;
    type DeadLetters = MemoryDeadLetters;
    type Clock = ManualClock;
}

fn profiles(server: &Server) -> DynamoProfiles {
    DynamoProfiles::new(aws_sdk_dynamodb::Client::new(&repeating(server.url())), "profiles")
}

async fn handle(server: &Server, event: &Event) -> (Result<(), Postponed>, Vec<String>) {
    let profiler = Profiler::<OnTable> {
        profiles: profiles(server),
        endpoints: MemoryEndpoints(Applications::default()),
        dead_letters: MemoryDeadLetters::default(),
        clock: ManualClock::at(at(LATER)),
    };
    let kept = customer::handle(&profiler, &event.record()).await;
    let letters = profiler.dead_letters.all().into_iter();
    (kept, letters.map(|(_, letter)| letter.reason.to_string()).collect())
}

/// The operations that the table was asked for.
fn operations(server: &Server) -> Vec<String> {
    let operation = |head: &str| {
        let target = head.lines().find_map(|line| line.split_once("DynamoDB_20120810."));
        target.map_or("", |(_, operation)| operation).to_owned()
    };
    server.requests().iter().map(|request| operation(&request.head)).collect()
}

fn got(item: Value) -> Answer {
    Answer::ok(json!({ "Item": item }).to_string())
}

fn nothing() -> Answer {
    Answer::ok("{}")
}

fn found(items: Value) -> Answer {
    Answer::ok(json!({ "Items": items }).to_string())
}

fn cancelled(codes: &[&str]) -> Answer {
    let reasons: Vec<_> = codes.iter().map(|code| json!({ "Code": code })).collect();
    let reasons = json!({ "CancellationReasons": reasons });
    Answer::json_error("TransactionCanceledException", reasons)
}

fn device_item(nth: usize) -> Value {
    json!({
        "pk": {"S": "CUSTOMER#c-77"},
        "sk": {"S": format!("DEVICE#{nth}")},
        "changed_at": {"N": (1_000 + nth).to_string()},
        "device": {"M": {"platform": {"S": "fcm"}, "token": {"S": format!("token-{nth}")}}},
    })
}

/// What the customer's device was a moment ago may be gone now; and a table that an
/// older version has written holds more devices than a notification may be told to.
#[tokio::test]
async fn a_profile_is_read_as_it_is_now_and_with_no_more_devices_than_are_kept() {
    let mut items: Vec<_> = (0..MAX_DEVICES + 80).map(device_item).collect();
    items.push(json!({"pk": {"S": "CUSTOMER#c-77"}, "sk": {"S": "OF_A_NEWER_VERSION"}}));
    let server = Server::answering([found(items.into())]).await;
    let profile = profiles(&server).profile(&"c-77".into()).await.unwrap().unwrap();
    let tokens: BTreeSet<_> =
        profile.devices.iter().map(|device| device.token.reveal().to_owned()).collect();
    let newest = (80..MAX_DEVICES + 80).map(|nth| format!("token-{nth}"));
    assert_eq!(tokens, newest.collect());
    let asked: Value = serde_json::from_str(&server.requests()[0].body).unwrap();
    assert_eq!(asked["ConsistentRead"], json!(true));
}

/// By kind of item and attribute, and without what stands there.
#[tokio::test]
async fn an_item_that_can_not_be_read_is_named_and_not_quoted() {
    let mut platform = device_item(1);
    platform["device"]["M"]["platform"] = json!({"S": "canary"});
    let mut time = device_item(1);
    time["changed_at"] = json!({"S": "canary"});
    let mut token = device_item(1);
    token["device"]["M"] = json!({"platform": {"S": "fcm"}});
    let email = json!({
        "pk": {"S": "CUSTOMER#c-77"}, "sk": {"S": "PROFILE"}, "id": {"S": "c-77"},
        "email": {"L": [{"S": "canary"}]},
    });
    for (item, wanted) in [
        (platform, "`device.platform` of the DEVICE item"),
        (time, "`changed_at` of the DEVICE item"),
        (token, "`device` of the DEVICE item"),
        (email, "`email` of the PROFILE item"),
    ] {
        let server = Server::answering([found(json!([item]))]).await;
        let error = profiles(&server).profile(&"c-77".into()).await.unwrap_err();
        let words = error.to_string();
        assert!(words.contains(wanted) && !words.contains("canary"), "{words}");
        assert!(error.is_permanent(), "{words}");
    }
}

/// A later fact about the same customer goes on, instead of waiting for hours behind it.
#[tokio::test]
async fn what_the_table_never_takes_is_dead_lettered_at_once() {
    let event = updated("ada@example.com", HAPPENED);
    let never = Answer::json_error("ValidationException", json!({}));
    let server = Server::answering([nothing(), never]).await;
    let letters = vec!["dynamodb:PutItem failed: ValidationException".to_owned()];
    assert_eq!(handle(&server, &event).await, (Ok(()), letters));
    // How the customer stands, and the profile.
    assert_eq!(server.count(), 2);

    let event = registered("c-77", "token-1", HAPPENED);
    let too_large = cancelled(&["None", "ValidationError"]);
    let server = Server::answering([nothing(), nothing(), nothing(), too_large]).await;
    let letters = vec!["dynamodb:TransactWriteItems failed: ValidationError".to_owned()];
    assert_eq!(handle(&server, &event).await, (Ok(()), letters));

    let unreadable = got(json!({"customer_id": {"S": "c-78"}, "changed_at": {"S": "canary"}}));
    let server = Server::answering([nothing(), unreadable]).await;
    let (kept, letters) = handle(&server, &event).await;
    assert_eq!((kept, letters.len()), (Ok(()), 1));
    assert!(letters[0].contains("`changed_at` of the OWNER item"), "{letters:?}");
}

#[tokio::test]
async fn what_the_table_may_take_later_is_postponed() {
    let event = updated("ada@example.com", HAPPENED);
    for code in [
        "ProvisionedThroughputExceededException",
        "ResourceNotFoundException",
        "AccessDeniedException",
        "InternalServerError",
    ] {
        let server = Server::answering([nothing(), Answer::json_error(code, json!({}))]).await;
        let (kept, letters) = handle(&server, &event).await;
        assert!(kept.is_err() && letters.is_empty(), "{code}: {kept:?} {letters:?}");
    }
    let event = registered("c-77", "token-1", HAPPENED);
    let throttled = cancelled(&["ThrottlingError"]);
    let server = Server::answering([nothing(), nothing(), nothing(), throttled]).await;
    let (kept, letters) = handle(&server, &event).await;
    assert!(kept.is_err() && letters.is_empty(), "{kept:?} {letters:?}");
}

fn owner(customer: &str) -> Answer {
    got(json!({"customer_id": {"S": customer}, "changed_at": {"N": "1000"}}))
}

/// Owner, device, and the former owner's device are one write.
#[tokio::test]
async fn a_device_changes_hands_at_once_or_not_at_all() {
    let kept = found(json!([]));
    let script = [owner("c-78"), nothing(), got(device_item(1)), nothing(), kept];
    let server = Server::answering(script).await;
    let phone = device(Platform::Fcm, "token-1");
    let written = profiles(&server).put_device(&"c-77".into(), &phone, at(HAPPENED)).await;
    assert_eq!(written, Ok(Written::Applied));
    let wanted = ["GetItem", "GetItem", "GetItem", "TransactWriteItems", "Query"];
    assert_eq!(operations(&server), wanted);
    let asked: Value = serde_json::from_str(&server.requests()[3].body).unwrap();
    let puts: Vec<_> = asked["TransactItems"].as_array().unwrap().iter().collect();
    let key = |put: &Value| put["Put"]["Item"]["pk"]["S"].as_str().unwrap().to_owned();
    let token = format!("TOKEN#{}", phone.id());
    let keys: Vec<_> = puts.iter().map(|put| key(put)).collect();
    assert_eq!(keys, [token, "CUSTOMER#c-77".to_owned(), "CUSTOMER#c-78".to_owned()]);
    for read in &server.requests()[..3] {
        assert!(read.body.contains("\"ConsistentRead\":true"), "{}", read.body);
    }
}

/// Another function took the device in between: what is decided is decided again, and
/// then it is theirs.
#[tokio::test]
async fn an_owner_who_changes_meanwhile_is_read_again() {
    let later = at(LATER).as_millisecond().to_string();
    let later = got(json!({"customer_id": {"S": "c-78"}, "changed_at": {"N": later}}));
    for code in ["ConditionalCheckFailed", "TransactionConflict"] {
        let conflict = cancelled(&[code, "None"]);
        let script = [nothing(), nothing(), conflict, later.clone(), nothing(), nothing()];
        let server = Server::answering(script).await;
        let phone = device(Platform::Fcm, "token-1");
        let written = profiles(&server).put_device(&"c-77".into(), &phone, at(HAPPENED)).await;
        assert_eq!(written, Ok(Written::Stale));
        let reads = ["GetItem", "GetItem", "TransactWriteItems", "GetItem", "GetItem", "GetItem"];
        assert_eq!(operations(&server), reads);
    }
}

/// The record is processed again, some time later.
#[tokio::test]
async fn an_owner_who_changes_all_the_time_is_left_for_later() {
    let conflict = cancelled(&["ConditionalCheckFailed", "None"]);
    let script = (0..30).map(|n| if n % 3 == 2 { conflict.clone() } else { nothing() });
    let server = Server::answering(script).await;
    let phone = device(Platform::Fcm, "token-1");
    let written = profiles(&server).put_device(&"c-77".into(), &phone, at(HAPPENED)).await;
    let error: CallError = written.unwrap_err();
    assert!(!error.is_permanent(), "{error}");
    assert_eq!(server.count(), 15);
}
