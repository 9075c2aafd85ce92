//! Erasing and sealing: an erasure goes on where it stopped, whatever does not answer on
//! the way, and the table never sees what is sealed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bellhop::channel::push::{Device, EndpointError, PushEndpoints};
use bellhop::customer::{
    self, Choice, Chooser, DynamoProfiles, EndCustomers, KeepPreferences, MemoryProfiles, Ports,
    Preferences, Profiler, ReadPersons, ReadStandings, Remains, Standing, WriteProfiles, Written,
};
use bellhop::event::Customer;
use bellhop::ledger::{DynamoLedger, ReadLedger, Retention, SealedLedger, Unreadable, Vault};
use bellhop::model::clock::{ManualClock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::{DeviceId, EndpointArn};
use bellhop::model::{CustomerId, Platform, Private, Record};
use bellhop::plan::{Notification, NotificationLedger, Recorded, SealedFor};
use bellhop::platform::MemoryDeadLetters;
use bellhop::platform::keys::KeyRing;
use bellhop_tests::event::Event;
use bellhop_tests::job::{device, owner_of, planned, settings};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::world::World;
use bellhop_tests::{HAPPENED, at};
use serde_json::{Value, json};

use crate::world::repeating;

const LATER: &str = "2026-11-23T09:31:00Z";
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Profiles and endpoints of which one call is not answered.
#[derive(Debug, Default)]
struct Faltering {
    profiles: MemoryProfiles,
    deleted: Mutex<Vec<EndpointArn>>,
    calls: AtomicUsize,
    fails_at: usize,
}

impl Faltering {
    fn call(&self) -> Result<(), CallError> {
        let nth = self.calls.fetch_add(1, Ordering::Relaxed);
        let failed = || CallError::unexpected("dynamodb:UpdateItem", "no answer");
        if nth == self.fails_at { Err(failed()) } else { Ok(()) }
    }
}

/// The same for both of a profiler's ports.
#[derive(Debug, Clone, Copy)]
struct Port(&'static Faltering);

impl ReadStandings for Port {
    async fn standing(&self, id: &CustomerId) -> Result<Standing, CallError> {
        self.0.call()?;
        self.0.profiles.standing(id).await
    }
}

impl EndCustomers for Port {
    async fn erase(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Remains>, CallError> {
        self.0.call()?;
        self.0.profiles.erase(id, at).await
    }

    async fn merge(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        self.0.call()?;
        self.0.profiles.merge(from, into, at).await
    }
}

impl WriteProfiles for Port {
    async fn put_customer(
        &self,
        id: &CustomerId,
        customer: &Customer,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        self.0.call()?;
        self.0.profiles.put_customer(id, customer, at).await
    }

    async fn put_device(
        &self,
        id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        self.0.call()?;
        self.0.profiles.put_device(id, device, at).await
    }

    async fn remove_device(
        &self,
        id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        self.0.call()?;
        self.0.profiles.remove_device(id, device, at).await
    }
}

impl KeepPreferences for Port {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        self.0.call()?;
        self.0.profiles.preferences(of).await
    }

    async fn choose(&self, of: &Chooser, choices: &[Choice]) -> Result<Written, CallError> {
        self.0.call()?;
        self.0.profiles.choose(of, choices).await
    }
}

impl PushEndpoints for Port {
    async fn ensure(&self, _: Platform, _: &str) -> Result<Option<EndpointArn>, EndpointError> {
        Ok(None)
    }

    async fn delete(&self, endpoint_arn: &EndpointArn) -> Result<(), CallError> {
        self.0.call()?;
        self.0.deleted.lock().unwrap().push(endpoint_arn.clone());
        Ok(())
    }
}

struct Falters;

impl Ports for Falters {
    type Profiles = Port;
    type Endpoints = Port;
    type DeadLetters = MemoryDeadLetters;
    type Clock = ManualClock;
}

fn erased(customer: &str) -> Record {
    let data = json!({ "customer_id": customer });
    Event::of("customer.erased").without("/data").with("/data", data).happened(LATER).record()
}

/// Two of whom one was merged into the other, with a device each.
async fn known(profiles: &MemoryProfiles) -> Vec<EndpointArn> {
    let mut endpoints = Vec::new();
    for id in ["c-77", "c-78"] {
        let id = CustomerId::from(id);
        let name = Some(Private::new("Ada Example"));
        let customer = Customer { id: Some(id.clone()), name, ..Customer::default() };
        let phone = device(Platform::Fcm, &format!("token of {id}"));
        endpoints.extend(phone.endpoint_arn.clone());
        profiles.put_customer(&id, &customer, at(HAPPENED)).await.unwrap();
        profiles.put_device(&id, &phone, at(HAPPENED)).await.unwrap();
        profiles.salt(&id, at(HAPPENED)).await.unwrap();
    }
    profiles.merge(&"c-78".into(), &"c-77".into(), at(HAPPENED)).await.unwrap();
    endpoints
}

#[tokio::test]
async fn an_erasure_that_stops_anywhere_goes_on_until_nothing_is_left() {
    for fails_at in 0.. {
        let faltering = Box::leak(Box::new(Faltering { fails_at, ..Faltering::default() }));
        let faltering: &'static Faltering = faltering;
        let mut endpoints = known(&faltering.profiles).await;
        let profiler = Profiler::<Falters> {
            profiles: Port(faltering),
            endpoints: Port(faltering),
            dead_letters: MemoryDeadLetters::default(),
            clock: ManualClock::at(at(LATER)),
        };
        // Under the former id: it is the same person.
        let first = customer::handle(&profiler, &erased("c-78")).await;
        let is_whole = first.is_ok();
        if !is_whole {
            customer::handle(&profiler, &erased("c-78")).await.unwrap();
        }
        assert!(profiler.dead_letters.all().is_empty());

        for id in ["c-77", "c-78"] {
            let standing = faltering.profiles.standings().get(&id.into());
            assert_eq!((standing.salt.as_ref(), standing.erased_at), (None, Some(at(LATER))));
            let person = faltering.profiles.person(&id.into()).await.unwrap();
            assert_eq!(person.profile, None, "{fails_at}: {id}");
        }
        let mut deleted = faltering.deleted.lock().unwrap().clone();
        deleted.sort();
        deleted.dedup();
        endpoints.sort();
        assert_eq!(deleted, endpoints, "{fails_at}");
        if is_whole {
            assert!(fails_at >= 7, "every call failed once");
            return;
        }
    }
}

/// And only until it knows that nothing later is.
#[tokio::test]
async fn an_erasure_on_the_table_goes_on_from_each_of_its_writes() {
    let done = || Answer::ok("{}");
    // What the SDK does not try again by itself.
    let unavailable = || Answer::json_error("AccessDeniedException", json!({}));
    let before = || {
        let erased_at = at(LATER).as_millisecond().to_string();
        let item = json!({"erased_at": {"N": erased_at}});
        Answer::json_error("ConditionalCheckFailedException", json!({ "Item": item }))
    };
    let nothing = || Answer::ok(json!({"Items": []}).to_string());
    for written in 0..4 {
        let mut script: Vec<_> = (0..written).map(|_| done()).collect();
        script.extend([unavailable(), before(), done(), done(), nothing()]);
        let server = Server::answering(script).await;
        let client = aws_sdk_dynamodb::Client::new(&repeating(server.url()));
        let profiles = DynamoProfiles::new(client, "profiles");
        let id = CustomerId::from("c-77");
        assert!(profiles.erase(&id, at(LATER)).await.is_err(), "{written}");
        assert_eq!(profiles.erase(&id, at(LATER)).await, Ok(Some(Remains::default())));
        let first = &server.requests()[0].body;
        assert!(first.contains("REMOVE salt"), "the salt goes first: {first}");
    }
    // An erasure that is older than another changes nothing.
    let server = Server::answering([before()]).await;
    let client = aws_sdk_dynamodb::Client::new(&repeating(server.url()));
    let older = DynamoProfiles::new(client, "profiles").erase(&"c-77".into(), at(HAPPENED)).await;
    assert_eq!((older, server.count()), (Ok(None), 1));
}

fn ledger(server: &Server, secret: &str) -> SealedLedger {
    let client = aws_sdk_dynamodb::Client::new(&repeating(server.url()));
    let keys = KeyRing::parse(secret).unwrap();
    let vault = Vault::new(keys, DynamoProfiles::new(client.clone(), "profiles"));
    DynamoLedger::new(client, "ledger", Retention::default()).with(vault)
}

fn notification() -> Notification {
    let owner = owner_of(vec![device(Platform::Fcm, "token-1")]);
    let event = Event::sample("order-shipped").on(&["email", "push", "sms"]);
    planned(&event, &owner, &settings())
}

/// The item that is written, and its salt.
async fn written(notification: &Notification, secret: &str) -> (Value, Answer) {
    let server = Server::answering([Answer::ok("{}")]).await;
    let salt = bellhop::customer::Salt::random().unwrap();
    let customer = CustomerId::from("c-77");
    let recorded =
        ledger(&server, secret).record(notification, SealedFor::Customer(&customer, &salt)).await;
    assert_eq!(recorded, Ok(Recorded::New));
    let body: Value = serde_json::from_str(&server.requests()[0].body).unwrap();
    let standing = json!({"Item": {"salt": {"S": String::from(salt)}}});
    (body["Item"].clone(), Answer::ok(standing.to_string()))
}

fn found(item: &Value) -> Answer {
    Answer::ok(json!({ "Items": [item] }).to_string())
}

async fn read(item: &Value, salt: Answer, secret: &str) -> Result<Notification, Unreadable> {
    let server = Server::answering([found(item), salt]).await;
    let order = notification().data.order.id;
    let mut entries = ledger(&server, secret).order(&order).await.unwrap();
    match entries.sealed.pop() {
        Some(sealed) => Err(sealed.unreadable),
        None => Ok(entries.notifications.remove(0)),
    }
}

/// The attributes of a notification's item, and what is sealed.
const READABLE: [&str; 18] = [
    "class",
    "customer_id",
    "decided_at",
    "deliveries",
    "event_id",
    "event_time",
    "key",
    "lifecycle_rank",
    "not_after",
    "pk",
    "priority",
    "sealed",
    "sk",
    "skips",
    "source",
    "subject",
    "ttl",
    "type",
];

#[tokio::test]
async fn the_table_sees_nothing_readable_of_the_person() {
    let notification = notification();
    let (item, salt) = written(&notification, KEY).await;
    let seen = item.to_string();
    // What is readable: whoever adds an attribute decides here that it is about nobody.
    let mut names: Vec<_> = item.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, READABLE);
    let data = serde_json::to_value(&notification.data).unwrap();
    let mut words = Vec::new();
    texts(&data["customer"], &mut words);
    texts(&data["order"]["shipping_address"], &mut words);
    texts(&data["order"]["items"], &mut words);
    assert!(words.len() > 8, "{words:?}");
    // The customer's id names whose salt it is; codes of two letters say nothing.
    for word in words.iter().filter(|word| word.len() > 2 && *word != "c-77") {
        assert!(!seen.contains(word.as_str()), "{word} in {seen}");
    }
    assert_eq!(read(&item, salt, KEY).await, Ok(notification));
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn what_is_sealed_is_read_under_former_keys_and_nowhere_else() {
    let notification = notification();
    let (item, salt) = written(&notification, KEY).await;
    let other = "fedcba9876543210fedcba9876543210";
    let rotated = format!(r#"{{"current": "k2", "keys": {{"k1": "{KEY}", "k2": "{other}"}}}}"#);
    assert_eq!(read(&item, salt.clone(), &rotated).await, Ok(notification));
    let gone = format!(r#"{{"current": "k2", "keys": {{"k2": "{other}"}}}}"#);
    let missing = Err(Unreadable::KeyMissing("k1".to_owned()));
    assert_eq!(read(&item, salt.clone(), &gone).await, missing);

    let mut moved = item.clone();
    moved["sk"]["S"] = "NOTIFICATION#order.paid".into();
    assert_eq!(read(&moved, salt, KEY).await, Err(Unreadable::Damaged));
    let nothing = Answer::ok("{}");
    assert_eq!(read(&item, nothing, KEY).await, Err(Unreadable::Erased));
}

/// An operator mends that, and nothing is lost.
#[tokio::test]
async fn an_event_whose_stored_decisions_wait_for_a_key_waits_too() {
    let notification = notification();
    let (item, salt) = written(&notification, KEY).await;
    let conflict = Answer::json_error("ConditionalCheckFailedException", json!({ "Item": item }));
    let server = Server::answering([conflict, salt]).await;
    let (id, fresh) = (CustomerId::from("c-78"), bellhop::customer::Salt::random().unwrap());
    let other = "fedcba9876543210fedcba9876543210";
    let gone = format!(r#"{{"current": "k2", "keys": {{"k2": "{other}"}}}}"#);
    let sealed_for = SealedFor::Customer(&id, &fresh);
    let error = ledger(&server, &gone).record(&notification, sealed_for).await.unwrap_err();
    assert_eq!(error.to_string(), "ledger:open failed: key_missing");
    assert!(!error.is_permanent());
}

/// As versions before have written it.
#[tokio::test]
async fn an_item_that_was_never_sealed_is_read_as_it_stands() {
    let notification = notification();
    let mut item = stored(&serde_json::to_value(&notification).unwrap())["M"].clone();
    item["pk"] = json!({"S": "ORDER#A-1001"});
    item["sk"] = json!({"S": format!("NOTIFICATION#{}", notification.key)});
    let never = Answer::json_error("ValidationException", json!({}));
    assert_eq!(read(&item, never, KEY).await, Ok(notification));
}

/// A value in the form that DynamoDB's API has.
fn stored(value: &Value) -> Value {
    match value {
        Value::Null => json!({"NULL": true}),
        Value::Bool(value) => json!({ "BOOL": value }),
        Value::Number(number) => json!({ "N": number.to_string() }),
        Value::String(text) => json!({ "S": text }),
        Value::Array(values) => json!({ "L": values.iter().map(stored).collect::<Vec<_>>() }),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), stored(value)));
            json!({ "M": fields.collect::<serde_json::Map<_, _>>() })
        }
    }
}

fn customer_event(kind: &str, time: &str, data: Value) -> Event {
    Event::of(kind).without("/data").with("/data", data).happened(time)
}

#[tokio::test]
async fn an_event_or_a_late_job_of_before_an_erasure_notifies_nobody() {
    let world = World::new();
    let erasure = || customer_event("customer.erased", LATER, json!({"customer_id": "c-77"}));
    // Planned before, and its jobs wait.
    world.publish(&Event::of("order.paid").about("A-1"));
    assert!(world.plan(10, bellhop_tests::world::Answer::Heard).await);
    world.keep(&erasure()).await;
    // Published before, and planned after.
    world.publish(&Event::of("order.paid").about("A-2").id("evt-2"));
    world.settle().await;
    assert_eq!(world.all_calls(), []);

    let waited = world.order("A-1").await;
    assert!(waited.notifications.is_empty() && waited.sealed.len() == 1);
    assert!(!waited.deliveries.is_empty());
    for (_, record) in &waited.deliveries {
        assert_eq!(record.reason.as_ref().unwrap(), &"erased");
    }
    let late = world.order("A-2").await;
    assert_eq!(late.notes[0].reason, "erased");
    assert!(late.notifications.is_empty() && late.deliveries.is_empty());

    // What happens after it is a customer's who began anew.
    let after = "2026-11-23T09:32:00Z";
    world.publish(&Event::of("order.paid").about("A-3").id("evt-3").happened(after));
    world.settle().await;
    assert!(!world.all_calls().is_empty());
    assert_eq!(world.order("A-3").await.notifications.len(), 1);
}

/// Events of who was merged go to who they are now: their devices are there.
#[tokio::test]
async fn an_event_of_somebody_who_was_merged_reaches_who_they_are_now() {
    let world = World::new();
    world.register_device("c-78", Platform::Fcm, "token-1").await;
    let merged = json!({"from": "c-77", "into": "c-78"});
    world.keep(&customer_event("customer.merged", LATER, merged)).await;
    world.publish(&Event::of("order.shipped").on(&["push"]));
    world.settle().await;
    let entries = world.order("A-1001").await;
    assert_eq!(entries.notifications[0].data.customer.id, Some("c-78".into()));
    assert_eq!(world.all_calls().len(), 1);
    // What is said of the former id is said of the one they have.
    let update = json!({"customer": {"id": "c-77", "email": "ada@example.com"}});
    world.keep(&customer_event("customer.updated", LATER, update)).await;
    assert_eq!(world.profile("c-78").await.unwrap().email, Some(Private::new("ada@example.com")));
}
