//! No contact detail and no text of a message reaches the log, whatever comes.

use bellhop::answers::answer;
use bellhop::catalogue::Catalogue;
use bellhop::channel::MemoryEndpoints;
use bellhop::channel::push::Applications;
use bellhop::content::{LinkKeys, Renderer, Scope, Shop, Subject, Token};
use bellhop::customer::{self, MemoryProfiles, Profiler};
use bellhop::model::{Channel, Platform, Record, Topic};
use bellhop::platform::{MemoryDeadLetters, telemetry};
use bellhop::preferences::{Desk, Topics};
use bellhop_tests::child;
use bellhop_tests::event::{Event, TYPES, batch, record};
use bellhop_tests::fifo::Fifo;
use bellhop_tests::job::job;
use bellhop_tests::world::{LANES, World};
use serde_json::json;

/// What stands in the events, and must not in the log.
const CANARIES: [&str; 8] = [
    "canary.mail",
    "436609998877",
    "6609998877",
    "Canaria Bird",
    "Canary Street",
    "canary-token",
    "Canary mug",
    "canary reason",
];

/// An event that holds every canary.
fn full_of_canaries(kind: &str) -> Event {
    let address = json!({"name": "Canaria Bird", "lines": ["1 Canary Street"], "country": "AT"});
    let item = json!({"sku": "M-1", "title": "Canary mug", "quantity": 1, "unit_price": "29.90"});
    let event = Event::of(kind)
        .id(&format!("evt-{kind}"))
        .with("/data/customer/name", "Canaria Bird")
        .with("/data/customer/email", "canary.mail@example.com")
        .with("/data/customer/phone", "+436609998877")
        .with("/data/order/shipping_address", address)
        .with("/data/order/items", json!([item]));
    match kind {
        "order.refund_requested" => event.with("/data/refund/reason", "canary reason"),
        _ => event,
    }
}

/// Events that are dead-lettered for what the canaries stand in.
fn flawed() -> Vec<String> {
    let event = || full_of_canaries("order.created");
    vec![
        event().with("/data/order/currency", "canary.mail@example.com").body(),
        event().with("/data/order/totals/total", "+436609998877").body(),
        event().with("/data/order/items", "Canary mug").body(),
        event().with("/data/order/status_url", "Canary Street").body(),
        event().with("/data/customer", json!(["canary.mail@example.com"])).body(),
        event().with("/time", "canary reason").body(),
        event().with("/specversion", "canary.mail").body(),
        event().with("/type", "canary.mail").body(),
        "canary.mail@example.com".to_owned(),
        "{\"canary.mail\": \"+436609998877\"}".to_owned(),
    ]
}

fn customer_events() -> Vec<Record> {
    let event = |kind: &str, data| {
        let event = Event::of(kind).without("/data").with("/data", data);
        record(kind, Some("c-77"), &event.body())
    };
    let device = |token| json!({"customer_id": "c-77", "platform": "fcm", "token": token});
    let customer =
        json!({"id": "c-77", "name": "Canaria Bird", "email": "canary.mail@example.com"});
    vec![
        event("customer.updated", json!({ "customer": customer })),
        event("customer.updated", json!({ "customer": "Canaria Bird" })),
        event("device.registered", device("canary-token".to_owned())),
        event("device.registered", device("canary-token".repeat(1_000))),
        event("device.removed", device("canary-token".to_owned())),
        event(
            "preferences.updated",
            json!({"customer_id": "c-77", "preferences": "canary reason"}),
        ),
    ]
}

/// `profiles`, between stores in memory.
struct InMemory;

impl customer::Ports for InMemory {
    type Profiles = MemoryProfiles;
    type Endpoints = MemoryEndpoints;
    type DeadLetters = MemoryDeadLetters;
    type Clock = bellhop::model::clock::SystemClock;
}

fn keys() -> LinkKeys {
    LinkKeys::parse("canary-token of links").unwrap()
}

/// Whoever answers customers.
fn desk(world: &World) -> Desk<bellhop_tests::world::InMemory> {
    let (ledger, profiles, clock) = world.stores();
    let shop = Shop {
        name: "Shop".to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    let (topics, renderer) = (Topics::of(&Catalogue::built_in().unwrap()), Renderer::new(shop));
    Desk { keys: keys(), topics, renderer: renderer.unwrap().into(), ledger, profiles, clock }
}

/// Takes everything through every function.
async fn run() {
    let world = World::new();
    world.register_device("c-77", Platform::Fcm, "canary-token").await;
    for kind in TYPES {
        world.publish(&full_of_canaries(kind).on(&["email", "sms", "push"]));
        // The same again with another amount: a contradiction.
        let conflict = full_of_canaries(kind).id("evt-2").with("/data/order/totals/total", "1.00");
        world.publish(&conflict);
    }
    for body in flawed() {
        world.publish_text("A-1001", &body);
        world.enqueue_text(LANES[0], "A-1001", &body);
    }
    let sms = serde_json::to_string(&job(Channel::Sms)).unwrap();
    world.enqueue_text(LANES[0], "A-1001", &sms);
    world.settle().await;

    let profiler = Profiler::<InMemory> {
        profiles: MemoryProfiles::default(),
        endpoints: MemoryEndpoints(Applications::default()),
        dead_letters: MemoryDeadLetters::default(),
        clock: bellhop::model::clock::SystemClock,
    };
    for record in customer_events() {
        customer::handle(&profiler, &record).await.unwrap();
    }

    for (path, body) in [
        ("/contacts", json!({"email": "canary.mail@example.com"}).to_string()),
        ("/contacts", json!({"phone": "+436609998877"}).to_string()),
        ("/contacts", "canary.mail".to_owned()),
        ("/canary.mail@example.com", String::new()),
    ] {
        let context = json!({"http": {"method": "POST", "path": path}});
        let request = json!({"rawPath": path, "requestContext": context, "body": body});
        answer(&world.support(), &serde_json::from_value(request).unwrap()).await;
    }

    // Links that are ours and some that are not.
    let subject = Subject::Customer("canary.mail@example.com".into());
    let ours = keys().seal(&Token { scope: Scope::Unsubscribe(Topic::Reviews), subject });
    for path in [format!("/u/{ours}"), format!("/p/{ours}"), "/u/canary-token".to_owned()] {
        for method in ["GET", "POST"] {
            let request = json!({
                "rawPath": path, "rawQueryString": "l=canary.mail",
                "headers": {"content-type": "application/x-www-form-urlencoded"},
                "requestContext": {"http": {"method": method, "path": path}},
                "body": "List-Unsubscribe=One-Click&of=canary.mail",
            });
            let request = serde_json::from_value(request).unwrap();
            bellhop::preferences::answer(&desk(&world), &request).await;
        }
    }

    let message = record("m-1", None, "Canary mug");
    let panics = |record: Record, _| async move { panic!("{} for canary.mail", record.body) };
    world.process(&Fifo::default(), batch(&[message]), panics).await.unwrap();
}

/// Fault 52.
#[test]
fn no_contact_detail_is_printed() {
    if child::is_this() {
        telemetry::init();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        return runtime.block_on(run());
    }
    let test = "privacy::no_contact_detail_is_printed";
    let output = child::run(test, &[("AWS_LAMBDA_LOG_LEVEL", "TRACE")]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{printed}{errors}");
    for word in [
        "planned",
        "conflict",
        "accepted",
        "dead-lettered",
        "postponed",
        "panic",
        "customer.updated",
        "answered",
        "unsubscribed",
    ] {
        assert!(printed.contains(word), "nothing is logged of {word:?}:\n{printed}");
    }
    // The beginning of every link's token.
    for canary in CANARIES.into_iter().chain(["k1."]) {
        for text in [&printed, &errors] {
            assert!(!text.contains(canary), "{canary:?} is printed:\n{text}");
        }
    }
}
