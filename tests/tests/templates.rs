//! What customers get, as snapshots: each type's sample event in every language,
//! and the other samples in English and in Chinese, on every channel. After a change of templates or wording, run
//! `INSTA_UPDATE=always cargo test -p bellhop-tests --test templates`, and read
//! what changed.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bellhop::catalogue::{Catalogue, NotificationType};
use bellhop::content::{MessageInput, Renderer, Shop};
use bellhop::event::{OrderEvent, Received, open};
use bellhop::model::Platform;
use serde_json::{Value, json};

/// The languages that samples of edges are kept in.
const LOCALES_OF_EDGES: [&str; 2] = ["en", "zh-CN"];

/// The languages that HTML parts are kept in: they are long, and differ in words,
/// which the text part has too, in fonts and in direction.
const LOCALES_OF_HTML: [&str; 3] = ["ar", "en", "zh-CN"];

fn renderer() -> Renderer {
    let shop = Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example/".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    Renderer::new(shop).unwrap()
}

/// One sample event.
struct Sample {
    name: String,
    kind: NotificationType,
    event: OrderEvent,
}

impl Sample {
    fn content<'a>(&'a self, locale: &'a str) -> MessageInput<'a> {
        let time_zone = self.event.data.customer.time_zone.as_deref().unwrap_or("UTC");
        MessageInput { kind: &self.event.kind, locale, time_zone, data: &self.event.data }
    }

    /// Whether it is the type's own sample, and no edge.
    fn is_main(&self) -> bool {
        self.name == self.event.kind.replace(['.', '_'], "-")
    }
}

fn samples() -> Vec<Sample> {
    let catalogue = Catalogue::built_in().unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events");
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let body = fs::read_to_string(path).unwrap();
        let received = Received { sent_at: "2026-11-23T12:00:00Z".parse().unwrap() };
        let envelope = open(&body, received).unwrap_or_else(|e| panic!("{name}: {e}"));
        let kind = catalogue.find(&envelope.kind).unwrap().clone();
        let event = kind.admit(envelope).unwrap_or_else(|e| panic!("{name}: {e}"));
        Sample { name, kind, event }
    };
    files.iter().map(read).collect()
}

fn for_each(mut check: impl FnMut(&Renderer, &Sample, MessageInput<'_>, String)) {
    let renderer = renderer();
    for sample in samples() {
        for locale in renderer.locales() {
            check(&renderer, &sample, sample.content(locale), format!("{}.{locale}", sample.name));
        }
    }
}

fn is_kept(sample: &Sample, content: &MessageInput<'_>) -> bool {
    sample.is_main() || LOCALES_OF_EDGES.contains(&content.locale)
}

fn snapshot(name: String, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_type_has_a_sample_event() {
    let samples = samples();
    for kind in Catalogue::built_in().unwrap().types() {
        let file = kind.name.replace(['.', '_'], "-");
        let found = samples.iter().any(|sample| sample.is_main() && sample.kind.name == kind.name);
        assert!(found, "events/{file}.json is missing: every notification type has a sample event");
    }
}

/// The HTML part only of each type's own sample: the edges differ in words, and
/// those are in the text part too.
#[test]
fn emails() {
    for_each(|renderer, sample, content, name| {
        if !is_kept(sample, &content) {
            return;
        }
        let mail = renderer.email(&content).unwrap();
        let text =
            format!("Subject: {}\nPreheader: {}\n\n{}", mail.subject, mail.preheader, mail.text);
        snapshot(format!("{name}.email.txt"), &text);
        if sample.is_main() && LOCALES_OF_HTML.contains(&content.locale) {
            snapshot(format!("{name}.email.html"), &mail.html);
        }
    });
}

#[test]
fn text_messages() {
    for_each(|renderer, sample, content, name| {
        let sms = renderer.sms(&content).unwrap();
        assert!(sms.segments <= 2, "{name} takes {} segments", sms.segments);
        let text = format!("{:?}, segments: {}\n\n{}", sms.encoding, sms.segments, sms.text);
        if is_kept(sample, &content) {
            snapshot(format!("{name}.sms"), &text);
        }
    });
}

#[test]
fn push_messages() {
    for_each(|renderer, sample, content, name| {
        let push = renderer.push(&content).unwrap();
        let payload = |platform| {
            let payload = push.payload(platform, Duration::from_secs(86_400), sample.kind.priority);
            assert!(payload.bytes <= 4_096);
            serde_json::from_str::<Value>(&payload.payload).unwrap()
        };
        let payloads = json!({ "fcm": payload(Platform::Fcm), "apns": payload(Platform::Apns) });
        if is_kept(sample, &content) {
            snapshot(format!("{name}.push"), &serde_json::to_string_pretty(&payloads).unwrap());
        }
    });
}

#[test]
fn the_html_part_is_well_formed_and_holds_nothing_active() {
    for_each(|renderer, _, content, name| {
        let html = renderer.email(&content).unwrap().html;
        assert!(html.len() < 102 * 1024, "{name}: Gmail cuts mail off at 102 KB");
        let (before, rest) =
            html.split_once("<script type=\"application/ld+json\">").unwrap_or((&html, ""));
        let html = before.to_owned() + rest.split_once("</script>").map_or("", |(_, after)| after);
        for forbidden in ["<script", "onerror=alert(2)>", "javascript:", "{%", "None"] {
            let inert = forbidden == "{%" && sample_text(&content).contains(forbidden);
            assert!(inert || !html.contains(forbidden), "{name} holds {forbidden}");
        }
        if let Err(problem) = balanced(&html) {
            panic!("{name}: {problem}");
        }
    });
}

fn sample_text(content: &MessageInput<'_>) -> String {
    serde_json::to_string(content.data).unwrap()
}

/// Whether every element is closed in the order it was opened. What is for
/// Outlook alone stands in comments and is not looked at.
fn balanced(html: &str) -> Result<(), String> {
    const VOID: [&str; 4] = ["br", "img", "link", "meta"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").ok_or("a comment is not closed")?.1;
            continue;
        }
        let (inside, after) = tag.split_once('>').ok_or("a tag is not closed")?;
        rest = after;
        let name = inside.split([' ', '/', '\n']).find(|name| !name.is_empty()).unwrap_or_default();
        if inside.starts_with('/') {
            match open.pop() {
                Some(opened) if opened == name => {}
                opened => return Err(format!("</{name}> closes {opened:?}")),
            }
        } else if !inside.starts_with('!') && !inside.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not closed")) }
}
