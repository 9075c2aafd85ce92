//! The sample events, the Lambda payloads made from them and the JSON Schema:
//! all of them say what the code says. `BELLHOP_REGENERATE=1` writes the
//! generated ones anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bellhop::catalogue::Catalogue;
use bellhop::channel::push::Device;
use bellhop::customer::{Caps, Choice, How, KnownCustomer, Preferences, Profile};
use bellhop::event::{
    CustomerEvent, CustomerFact, Envelope, EventError, OrderEvent, Received, open,
};
use bellhop::feedback::outcomes::OutcomeEvent;
use bellhop::model::id::hash;
use bellhop::model::{Channel, Country, CustomerId, clock};
use bellhop::plan::{Settings, plan};
use serde_json::{Value, json};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The JSON files of a folder below `events/`: name and text, by name.
fn files(folder: &str) -> BTreeMap<String, String> {
    let folder = workspace().join("events").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let json = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    json.map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    })
    .collect()
}

fn opened(text: &str) -> Result<Envelope, EventError> {
    open(text, Received { sent_at: "2026-11-23T18:00:00Z".parse().unwrap() })
}

fn order_event(name: &str, text: &str) -> OrderEvent {
    let catalogue = Catalogue::built_in().unwrap();
    let envelope = opened(text).unwrap_or_else(|e| panic!("events/{name}: {e}"));
    let kind = catalogue.find(&envelope.kind);
    let kind =
        kind.unwrap_or_else(|| panic!("events/{name}: the type {} is unknown", envelope.kind));
    kind.admit(envelope).unwrap_or_else(|e| panic!("events/{name}: {e}"))
}

fn customer_event(name: &str, text: &str) -> CustomerEvent {
    let event = opened(text).and_then(Envelope::customer_event);
    event.unwrap_or_else(|e| panic!("events/customers/{name}: {e}"))
}

fn order_events() -> BTreeMap<String, OrderEvent> {
    let parsed = |(name, text): (String, String)| {
        let event = order_event(&name, &text);
        (name, event)
    };
    files("").into_iter().map(parsed).collect()
}

#[test]
fn every_sample_event_parses() {
    let events = order_events();
    let kinds: BTreeSet<_> = events.values().map(|event| event.kind.clone()).collect();
    let catalogue = Catalogue::built_in().unwrap();
    for kind in catalogue.types() {
        assert!(kinds.contains(&kind.name), "events/ has no sample of {}", kind.name);
    }
    assert!(!files("customers").is_empty());
    for (name, text) in files("customers") {
        customer_event(&name, &text);
    }
}

#[test]
fn every_sample_event_is_an_event_of_its_own() {
    let mut ids = BTreeMap::new();
    let customers = files("customers").into_iter().map(|(name, text)| {
        let id = customer_event(&name, &text).id;
        (name, id)
    });
    for (name, id) in
        order_events().into_iter().map(|(name, event)| (name, event.id)).chain(customers)
    {
        if let Some(other) = ids.insert(id.clone(), name.clone()) {
            panic!("{name} and {other} have the same event id, {id}");
        }
    }
    let mut orders = BTreeMap::new();
    for (name, event) in order_events() {
        let order = event.data.order.id.as_str().to_owned();
        if let Some(other) = orders.insert(order.clone(), name.clone()) {
            let told_of = ["A-1001", "A-1023", "A-1024", "A-1025", "A-1026"];
            let told_of = told_of.contains(&order.as_str());
            assert!(told_of, "{name} and {other} are about the same order");
        }
    }
}

#[test]
fn no_sample_event_expires_when_all_are_sent_together() {
    let newest = order_events().into_values().map(|event| event.time).max().unwrap();
    let catalogue = Catalogue::built_in().unwrap();
    for (name, event) in order_events() {
        let budget = catalogue.find(&event.kind).unwrap().not_after;
        let age = bellhop::model::clock::until(event.time, newest);
        assert!(age < budget, "events/{name} is {age:?} older than the newest");
    }
}

/// What is known of each customer once `events/customers` is recorded and both push
/// services are set up.
fn profiles() -> BTreeMap<CustomerId, Profile> {
    let mut profiles: BTreeMap<CustomerId, Profile> = BTreeMap::new();
    for (name, text) in files("customers") {
        let CustomerEvent { fact, time, .. } = customer_event(&name, &text);
        let profile = profiles.entry(fact.customer_id().clone()).or_default();
        match fact {
            CustomerFact::Updated(_, customer) => {
                profile.email = customer.email;
                profile.phone = customer.phone;
            }
            CustomerFact::DeviceRegistered(device) => profile.devices.push(Device {
                platform: device.platform,
                token: device.token,
                endpoint_arn: Some("arn:aws:sns:eu-central-1:123456789012:endpoint/x".into()),
            }),
            CustomerFact::DeviceRemoved(_)
            | CustomerFact::Erased(_)
            | CustomerFact::Merged { .. } => panic!("{name} takes something away"),
            CustomerFact::PreferencesUpdated(update) => {
                let said = update.stated.iter().flat_map(|stated| {
                    let (topic, wanted, how) = (stated.topic, stated.wanted, How::Shop);
                    let channels = Channel::ALL.into_iter();
                    let channels =
                        channels.filter(|channel| stated.channel.is_none_or(|c| c == *channel));
                    channels.map(move |channel| Choice { topic, channel, wanted, at: time, how })
                });
                profile.preferences = Preferences::of(said);
            }
        }
    }
    profiles
}

#[test]
fn each_sample_event_is_sent_as_the_readme_says() {
    const NO_PUSH: &str = "push:no_recipient";
    const NO_SMS: &str = "sms:reached_by_earlier_channel";
    let expected = [
        ("order-cancelled.json", vec!["email", NO_PUSH, "sms:no_recipient"]),
        ("order-completed-last-week.json", vec!["push", "email:reached_by_earlier_channel"]),
        ("order-completed-unsubscribed.json", vec![NO_PUSH, "email:unsubscribed"]),
        ("order-completed.json", vec!["push", "email:reached_by_earlier_channel"]),
        ("order-created-business.json", vec!["email", NO_PUSH]),
        ("order-created-gift.json", vec!["email", NO_PUSH]),
        ("order-created-guest.json", vec!["email", NO_PUSH]),
        ("order-created-hostile-title.json", vec!["email", NO_PUSH]),
        ("order-created-jpy.json", vec!["email", NO_PUSH]),
        ("order-created-pickup.json", vec!["email", NO_PUSH]),
        ("order-created-sns.json", vec!["email", NO_PUSH]),
        ("order-created-zh-cn.json", vec!["email", NO_PUSH]),
        ("order-created.json", vec!["email", "push"]),
        ("order-delivered.json", vec!["email", NO_PUSH]),
        ("order-edited.json", vec!["email"]),
        ("order-out-for-delivery.json", vec!["sms", NO_PUSH]),
        ("order-paid-balance.json", vec!["email", NO_PUSH, "sms:no_recipient"]),
        ("order-paid-deposit.json", vec!["email", NO_PUSH, "sms:no_recipient"]),
        ("order-paid-eventbridge.json", vec!["email", "sms", NO_PUSH]),
        ("order-paid-no-email.json", vec!["sms", "email:no_recipient", NO_PUSH]),
        ("order-paid-no-phone.json", vec!["email", NO_PUSH, "sms:no_recipient"]),
        ("order-paid.json", vec!["email", "push", NO_SMS]),
        ("order-payment-failed.json", vec!["email", "sms", NO_PUSH]),
        ("order-ready-for-pickup.json", vec!["email", "sms", NO_PUSH]),
        ("order-refund-requested.json", vec!["email", "push", NO_SMS]),
        ("order-refunded.json", vec!["email", NO_PUSH]),
        ("order-shipment-updated.json", vec!["email", NO_PUSH]),
        ("order-shipped-at-night.json", vec!["email", "sms", NO_PUSH]),
        ("order-shipped-device-only.json", vec!["push", "email:no_recipient", NO_SMS]),
        ("order-shipped-duplicate.json", vec!["email", "push", NO_SMS]),
        ("order-shipped-parcels.json", vec!["email", "sms", NO_PUSH]),
        ("order-shipped-partial.json", vec!["email", "sms", NO_PUSH]),
        ("order-shipped-two-devices.json", vec!["email", "push", "push", NO_SMS]),
        ("order-shipped.json", vec!["email", "push", NO_SMS]),
    ];
    let (catalogue, profiles) = (Catalogue::built_in().unwrap(), profiles());
    let settings = Settings {
        default_locale: "en".to_owned(),
        default_time_zone: "UTC".to_owned(),
        served: bellhop::content::served_locales(),
        sms_countries: Country::all(),
        quiet_hours: None,
        caps: Caps { day: 1_000, week: 1_000 },
        flood: 1_000,
    };
    let planned: Vec<_> = order_events()
        .into_iter()
        .map(|(name, event)| {
            let kind = catalogue.find(&event.kind).unwrap();
            let customer = event.data.customer.id.as_ref();
            let (time, profile) = (event.time, customer.and_then(|id| profiles.get(id)));
            let plan = plan(
                event,
                kind,
                &KnownCustomer { profile: profile.cloned(), ..KnownCustomer::default() },
                &settings,
                clock::after(time, kind.delay),
            );
            let chosen = plan.deliveries.iter().map(|one| one.recipient.channel().to_string());
            let skipped = plan.skips.iter();
            let skipped = skipped.map(|skip| format!("{}:{}", skip.channel, skip.reason));
            (name, chosen.chain(skipped).collect::<Vec<_>>(), plan.key)
        })
        .collect();
    assert_eq!(planned.len(), expected.len(), "a sample has no expectation");
    for ((name, decisions, _), (expected_name, expected)) in planned.iter().zip(&expected) {
        assert_eq!((name.as_str(), decisions), (*expected_name, &to_strings(expected)));
    }

    let key = |wanted: &str| planned.iter().find(|(name, ..)| name == wanted).map(|(.., key)| key);
    assert_eq!(key("order-shipped.json"), key("order-shipped-duplicate.json"));
}

fn to_strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn every_invalid_sample_is_an_error_that_names_its_field() {
    // (file, code, field)
    let expected = [
        ("bad-money.json", "invalid_field", Some("data.order.totals.total")),
        ("missing-order-id.json", "missing_field", Some("data.order.id")),
        ("missing-shipment.json", "missing_field", Some("data.shipment")),
        ("missing-total.json", "missing_field", Some("data.order.totals.total")),
        ("not-json.json", "not_json", None),
        ("unknown-type.json", "unknown_type", None),
        ("unsupported-version.json", "unsupported_version", Some("specversion")),
    ];
    let catalogue = Catalogue::built_in().unwrap();
    let found: Vec<_> = files("invalid")
        .into_iter()
        .map(|(name, text)| {
            let outcome = opened(&text).and_then(|envelope| match catalogue.find(&envelope.kind) {
                Some(kind) => kind.admit(envelope).map(|_| "nothing"),
                None => Ok("unknown_type"),
            });
            match outcome {
                Ok(outcome) => (name, outcome.to_owned(), None),
                Err(error) => (name, error.reason().to_string(), error.field().map(str::to_owned)),
            }
        })
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(name, code, field)| (name.as_str(), code.as_str(), field.as_deref()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_readme_lists_every_sample() {
    let readme = fs::read_to_string(workspace().join("events/README.md")).unwrap();
    for folder in ["", "customers", "invalid"] {
        for name in files(folder).into_keys() {
            let path = Path::new(folder).join(name).display().to_string();
            assert!(readme.contains(&format!("`{path}`")), "events/README.md does not list {path}");
        }
    }
}

#[test]
fn lambda_payloads_hold_the_sample_events() {
    let samples = files("");
    if regenerates() {
        for (name, text) in &samples {
            write(&format!("events/lambda/{name}"), &lambda_payload(name, text));
        }
    }
    let payloads = files("lambda");
    for name in payloads.keys() {
        assert!(samples.contains_key(name), "events/lambda/{name} has no sample event; delete it");
    }
    for (name, text) in samples {
        let stale = format!("events/lambda/{name} does not hold events/{name}; {REGENERATE}");
        let payload = payloads.get(&name).unwrap_or_else(|| panic!("{stale}"));
        let payload: Value = serde_json::from_str(payload).unwrap();
        let body = payload["Records"][0]["body"].as_str().unwrap_or_else(|| panic!("{stale}"));
        let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(parsed(body), parsed(&text), "{stale}");
    }
}

#[test]
fn the_json_schema_is_current() {
    const FILE: &str = "shared/schema/order-event.schema.json";
    let schema = bellhop::event::json_schema();
    if regenerates() {
        write(FILE, &schema);
    }
    let written = fs::read_to_string(workspace().join(FILE)).unwrap_or_default();
    let written: Value = serde_json::from_str(&written).unwrap_or_default();
    assert_eq!(written, schema, "{FILE} is not that of the types; {REGENERATE}");
}

#[test]
fn the_json_schema_of_preferences_is_current() {
    const FILE: &str = "shared/schema/preferences-updated.schema.json";
    let schema = bellhop::event::preferences_schema();
    if regenerates() {
        write(FILE, &schema);
    }
    let written = fs::read_to_string(workspace().join(FILE)).unwrap_or_default();
    let written: Value = serde_json::from_str(&written).unwrap_or_default();
    assert_eq!(written, schema, "{FILE} is not that of the types; {REGENERATE}");
}

#[test]
fn the_json_schema_of_outcomes_is_current() {
    const FILE: &str = "shared/schema/outcome.schema.json";
    let schema = bellhop::feedback::outcomes::json_schema();
    if regenerates() {
        write(FILE, &schema);
    }
    let written = fs::read_to_string(workspace().join(FILE)).unwrap_or_default();
    let written: Value = serde_json::from_str(&written).unwrap_or_default();
    assert_eq!(written, schema, "{FILE} is not that of the types; {REGENERATE}");
}

/// They are what a local stack published.
#[test]
fn the_samples_of_outcomes_are_outcomes() {
    let samples = files("outcomes");
    assert!(samples.len() >= 2, "{samples:?}");
    for (name, text) in samples {
        let event: OutcomeEvent = serde_json::from_str(&text).unwrap();
        let kind = event.kind.as_str().replace('.', "-");
        assert_eq!(format!("{kind}.json"), name);
        let written: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(event).unwrap(), written, "{name}");
    }
}

const REGENERATE: &str =
    "run BELLHOP_REGENERATE=1 cargo test --package bellhop-tests --test events";

fn regenerates() -> bool {
    std::env::var_os("BELLHOP_REGENERATE").is_some_and(|value| value == "1")
}

fn write(file: &str, value: &Value) {
    let path = workspace().join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("{value:#}\n")).unwrap();
}

/// The sample as Lambda gets it from the FIFO queue.
fn lambda_payload(name: &str, text: &str) -> Value {
    let event = order_event(name, text);
    let body = serde_json::from_str::<Value>(text).unwrap().to_string();
    let sent_at = event.time.as_millisecond();
    let id = hash(["message", name]);
    json!({
        "Records": [{
            "messageId": format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]),
            "receiptHandle": format!("AQEB{}", hash(["receipt", name])),
            "md5OfBody": md5(body.as_bytes()),
            "body": body,
            "attributes": {
                "ApproximateReceiveCount": "1",
                "SentTimestamp": sent_at.to_string(),
                "SenderId": "AROAEXAMPLEROLEID00:order-system",
                "ApproximateFirstReceiveTimestamp": (sent_at + 8).to_string(),
                "MessageGroupId": event.data.order.id.as_str(),
                "MessageDeduplicationId": event.id,
                "SequenceNumber": "18890011223344500256"
            },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:order-events.fifo",
            "awsRegion": "eu-central-1"
        }]
    })
}

/// RFC 1321; SQS states it with each message.
fn md5(message: &[u8]) -> String {
    const SHIFTS: [[u32; 4]; 4] =
        [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize((message.len() + 9).next_multiple_of(64) - 8, 0);
    padded.extend((message.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks_exact(64) {
        let word = |index: usize| {
            let bytes = &block[index * 4..index * 4 + 4];
            bytes.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte))
        };
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, index) = match step / 16 {
                0 => (b & c | !b & d, step),
                1 => (d & b | !d & c, (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), 7 * step % 16),
            };
            let constant = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(constant).wrapping_add(word(index));
            let rotated = sum.rotate_left(SHIFTS[step / 16][step % 4]);
            (a, b, c, d) = (d, b.wrapping_add(rotated), b, c);
        }
        for (total, part) in state.iter_mut().zip([a, b, c, d]) {
            *total = total.wrapping_add(part);
        }
    }
    state.iter().flat_map(|part| part.to_le_bytes()).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn md5_is_md5() {
    assert_eq!(md5(b""), "d41d8cd98f00b204e9800998ecf8427e");
    assert_eq!(md5(&[b'a'; 100]), "36a92cc94a9e0fa21f625f8bfb007adf");
}
