//! What the fuzz targets check: each takes any bytes, and panics only if a law is
//! broken. `fuzz/` runs them for as long as one likes; the suite `fuzz` runs them on
//! their corpus and on mutations of it, in every run of the tests.
//!
//! The laws: the library does not panic. An error says which field is wrong, and
//! quotes nothing of what was given. What is accepted is read back as it was
//! written, is planned, and can be sent on every channel. Wording and templates of a
//! deployment are found wrong, or render.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::channel::Recipient;
use bellhop::check::{Check, Finding, Fixture};
use bellhop::content::{MessageInput, RenderError, Renderer, Shop, Sources};
use bellhop::customer::KnownCustomer;
use bellhop::delivery::{DeliveryJob, JobError};
use bellhop::event::{self, Customer, CustomerFact, EventError, OrderEventData, Received};
use bellhop::feedback::{Feedback, lines_of};
use bellhop::model::{Channel, Platform, Priority, clock};
use bellhop::plan::{self, Notification};
use serde_json::{Value, json};

use crate::job::{device, owner_of, settings};
use crate::{HAPPENED, at};

/// A target's name, and what it runs.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("order_event", order_event),
    ("customer_event", customer_event),
    ("job", job),
    ("report", report),
    ("ftl", ftl),
    ("template", template),
];

/// Longer wording and templates say nothing new, and take long.
const LONGEST_TEXT: usize = 8 * 1024;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::built_in().unwrap());
static BUILT_IN: LazyLock<Renderer> = LazyLock::new(|| Renderer::new(shop()).unwrap());
static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| Fixture::built_in().unwrap());

fn shop() -> Shop {
    Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example/".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    }
}

/// A message of the feedback queue: a report, or an error that quotes nothing; and what
/// CloudWatch Logs may hand over.
pub fn report(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    if let Ok(Feedback::Mail(mail)) = Feedback::parse(body) {
        // Whom it names, it went to.
        assert!(mail.gone.len() <= body.matches('@').count());
    }
    quotes_nothing(body, |body| Feedback::parse(body).map(drop));
    if let Ok(event) = serde_json::from_str::<Value>(body) {
        quotes_nothing(body, |_| lines_of(&event).map(drop));
    }
}

/// A message of the order queue: an event that is planned and rendered, or an error.
pub fn order_event(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    // `plan` looks for it where an event can't be read.
    let _ = event::order_id_hint(body);
    match admitted(body) {
        Err(error) => names_its_field(&error),
        Ok(None) => {}
        Ok(Some(notification)) => can_be_sent(&notification),
    }
    quotes_nothing(body, |body| admitted(body).map(|_| ()));
}

/// What is planned for the event; nothing if its type is unknown.
fn admitted(body: &str) -> Result<Option<Notification>, EventError> {
    let envelope = event::open(body, Received { sent_at: at(HAPPENED) })?;
    let Some(kind) = CATALOGUE.find(&envelope.kind) else { return Ok(None) };
    let event = kind.admit(envelope)?;
    is_read_back(&event.data);
    let now = clock::after(event.time, Duration::from_secs(60));
    let profile = Some(owner_of(vec![device(Platform::Fcm, "token-1")]));
    let known = KnownCustomer { profile, ..KnownCustomer::default() };
    Ok(Some(plan::plan(event, kind, &known, &settings(), now)))
}

fn is_read_back(data: &OrderEventData) {
    let text = serde_json::to_string(data).unwrap();
    let again = serde_json::from_str::<OrderEventData>(&text);
    let again = again.unwrap_or_else(|e| panic!("what was written can't be read: {e}\n{text}"));
    assert!(again == *data, "what was written reads otherwise: {text}");
}

/// Its jobs are read by the senders, and every channel has a message for it.
fn can_be_sent(notification: &Notification) {
    let text = serde_json::to_string(notification).unwrap();
    let again = serde_json::from_str::<Notification>(&text);
    let again = again.unwrap_or_else(|e| panic!("the ledger can't read it back: {e}\n{text}"));
    assert!(again == *notification, "the ledger reads it otherwise: {text}");
    for job in DeliveryJob::of(notification) {
        let body = serde_json::to_string(&job).unwrap();
        let again = DeliveryJob::parse(&body, job.channel());
        let again = again.unwrap_or_else(|e| panic!("the sender can't read its job: {e}\n{body}"));
        assert!(again == job, "the sender reads its job otherwise: {body}");
    }
    let input = MessageInput {
        kind: &notification.kind,
        locale: &notification.locale,
        time_zone: &notification.time_zone,
        data: &notification.data,
    };
    for channel in Channel::ALL {
        let made = render(&BUILT_IN, channel, &input);
        made.unwrap_or_else(|e| panic!("an event that was accepted has no {channel}: {e}"));
    }
}

/// Makes the channel's message, and checks what must hold of any.
fn render(
    renderer: &Renderer,
    channel: Channel,
    input: &MessageInput<'_>,
) -> Result<(), RenderError> {
    let on_one_line = |text: &str| {
        assert!(!text.trim().is_empty(), "a {channel} message has an empty line");
        assert!(
            !text.contains(['\n', '\r', '\0']),
            "a {channel} message breaks its line: {text:?}"
        );
    };
    match channel {
        Channel::Email => {
            let mail = renderer.email(input)?;
            on_one_line(&mail.subject);
            on_one_line(&mail.preheader);
            assert!(!mail.html.is_empty() && !mail.text.trim().is_empty());
            for (name, value) in &mail.headers {
                on_one_line(name);
                on_one_line(value);
            }
        }
        Channel::Sms => {
            let sms = renderer.sms(input)?;
            on_one_line(&sms.text);
            assert!(sms.segments > 0);
        }
        Channel::Push => {
            let push = renderer.push(input)?;
            on_one_line(&push.title);
            on_one_line(&push.body);
            for platform in Platform::ALL {
                let payload = push.payload(platform, Duration::from_secs(3600), Priority::High);
                assert!(payload.bytes <= 4096, "{} bytes of push payload", payload.bytes);
                serde_json::from_str::<Value>(&payload.message).unwrap();
            }
        }
    }
    Ok(())
}

/// A message of the customer queue: a fact, or an error.
pub fn customer_event(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    let parsed =
        |body: &str| event::open(body, Received { sent_at: at(HAPPENED) })?.customer_event();
    match parsed(body) {
        Err(error) => names_its_field(&error),
        Ok(event) => {
            assert!(!event.fact.customer_id().as_str().is_empty(), "a fact about nobody");
            if let CustomerFact::Updated(_, customer) = &event.fact {
                let text = serde_json::to_string(customer).unwrap();
                let again: Customer = serde_json::from_str(&text).unwrap();
                assert!(
                    again == *customer,
                    "a profile reads otherwise than it was written: {text}"
                );
            }
        }
    }
    quotes_nothing(body, |body| parsed(body).map(|_| ()));
}

/// A message of a delivery queue: a job, or an error.
pub fn job(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    for channel in Channel::ALL {
        let Ok(job) = DeliveryJob::parse(body, channel) else { continue };
        assert_eq!(job.channel(), channel, "a job for another channel was taken");
        let text = serde_json::to_string(&job).unwrap();
        let again = DeliveryJob::parse(&text, channel);
        let again = again.unwrap_or_else(|e| panic!("what was written can't be read: {e}\n{text}"));
        assert!(again == job, "a job reads otherwise than it was written: {text}");
        let masked = job.recipient.masked();
        if let Recipient::Email { .. } | Recipient::Sms { .. } = job.recipient {
            let identity = job.recipient.identity();
            assert!(!masked.as_str().contains(identity), "{identity:?} is not masked");
        }
        for next in job.next_channel() {
            assert_ne!(next.delivery_id, job.delivery_id, "a fallback to itself");
        }
        // It may be about a type that this version does not know, or lack what the
        // type requires: then there is no message. That must be an error.
        let _ = render(&BUILT_IN, channel, &job.message_input());
    }
    quotes_nothing(body, |body| match DeliveryJob::parse(body, Channel::Email) {
        // The version that was found is said.
        Ok(_) | Err(JobError::Version(_) | JobError::NewerVersion(_)) => Ok(()),
        Err(error) => Err(error),
    });
}

/// Wording of a deployment, in place of the built-in German.
pub fn ftl(data: &[u8]) {
    let Some(text) = short_text(data) else { return };
    // Of the locales, the reference and the one that is changed.
    override_with("locales/de.ftl", text, "de", "order.paid", &Channel::ALL);
}

/// A template of a deployment, in place of a built-in one. The first line names the
/// file, the rest is its text.
pub fn template(data: &[u8]) {
    let Some(text) = short_text(data) else { return };
    let (name, text) = text.split_once('\n').unwrap_or(("", text));
    let channels: &[Channel] = match name {
        name if name.ends_with(".sms.txt") => &[Channel::Sms],
        name if name.ends_with(".push.txt") => &[Channel::Push],
        _ => &[Channel::Email],
    };
    let kinds = CATALOGUE.types().iter().map(|kind| kind.name.as_str());
    let kind = kinds.filter(|kind| name.starts_with(*kind)).max_by_key(|kind| kind.len());
    let path = format!("templates/{name}");
    override_with(&path, text, "en", kind.unwrap_or("order.paid"), channels);
}

fn short_text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok().filter(|text| text.len() <= LONGEST_TEXT)
}

/// The override is found wrong, or its messages render.
fn override_with(path: &str, text: &str, locale: &str, kind: &str, channels: &[Channel]) {
    let texts = BTreeMap::from([(path.to_owned(), text.to_owned())]);
    let sources = Arc::new(Sources::over_built_in("content", texts));
    let fixtures: Vec<_> = FIXTURES
        .iter()
        .filter(|order| ["typical", "bare"].contains(&&*order.name))
        .cloned()
        .collect();
    let check = Check {
        sources: Arc::clone(&sources),
        shops: vec![shop()],
        kinds: CATALOGUE.types().iter().filter(|known| known.name == kind).collect(),
        channels: channels.to_vec(),
        locales: vec![locale.to_owned()],
        fixtures: fixtures.clone(),
    };
    let findings = check.run().unwrap_or_else(|e| panic!("the shop is in order, but: {e}"));
    // What is missing at the end may be reported on the line after the last.
    let lines = text.split('\n').count();
    for finding in &findings {
        has_a_place(finding, path, lines);
    }
    if findings.iter().any(|finding| finding.breaks) {
        return;
    }
    let renderer = Renderer::with(sources, shop()).unwrap();
    for order in &fixtures {
        let (time_zone, data) = (order.time_zone.as_str(), &order.data);
        let input = MessageInput { kind, locale, time_zone, data };
        for &channel in channels {
            let made = render(&renderer, channel, &input);
            made.unwrap_or_else(|e| panic!("the check finds nothing, but: {e}"));
        }
    }
}

fn has_a_place(finding: &Finding, path: &str, lines: usize) {
    assert!(!finding.file.is_empty() && finding.line > 0, "without a place: {finding}");
    assert!(!finding.problem.trim().is_empty(), "without a problem: {finding}");
    let within = finding.file != format!("content/{path}") || finding.line <= lines;
    assert!(within, "the file has {lines} lines: {finding}");
}

fn names_its_field(error: &EventError) {
    if let Some(field) = error.field() {
        assert!(!field.is_empty(), "no field is named: {error}");
        assert!(error.to_string().contains(field), "{field} is not named: {error}");
    }
}

/// What is planted, as text and as a number.
const CANARY: &str = "canary-7531";
const CANARY_NUMBER: u64 = 7_531_753_175;

/// How many places of one input a canary is planted in.
const PLANTED: usize = 3;

/// Plants canaries in places of the input, and looks for them in the errors.
fn quotes_nothing<E: Error>(body: &str, parse: impl Fn(&str) -> Result<(), E>) {
    let check = |body: &str| {
        let Err(error) = parse(body) else { return };
        // As it is logged: with what it was caused by.
        let mut shown = error.to_string();
        let mut next = error.source();
        while let Some(cause) = next {
            let _ = write!(shown, ": {cause}");
            next = cause.source();
        }
        let quoted = shown.contains("canary") || shown.contains(&CANARY_NUMBER.to_string());
        assert!(!quoted, "an error quotes what it was given: {shown}\n{body}");
    };
    let Ok(mut document) = serde_json::from_str::<Value>(body) else {
        check(&format!("{body}{CANARY}"));
        check(&format!("\"{CANARY}\" {body}"));
        return;
    };
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    let mut chosen = fingerprint(body.as_bytes());
    for _ in 0..PLANTED.min(places.len()) {
        let place = &places[chosen as usize % places.len()];
        let node = document.pointer_mut(place).unwrap();
        let original = node.take();
        *node = match chosen >> 32 & 3 {
            0 => json!(CANARY),
            1 => json!(CANARY_NUMBER),
            2 => json!([CANARY, CANARY_NUMBER]),
            _ => json!({ CANARY: CANARY, "id": CANARY_NUMBER }),
        };
        check(&document.to_string());
        *document.pointer_mut(place).unwrap() = original;
        chosen = fingerprint(&chosen.to_be_bytes());
    }
}

/// The JSON pointer of every value in the document.
pub fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, format!("{at}/{name}"), found);
            }
        }
        Value::Array(members) => {
            for (index, member) in members.iter().enumerate() {
                pointers(member, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

/// FNV-1a: the same bytes always choose the same places.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
