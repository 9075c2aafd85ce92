//! The dashboard: what it asks is what the functions write.

use std::collections::BTreeSet;
use std::fs;

use bellhop::platform::telemetry::billed;
use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

/// The dashboard's body, its parameters left as they are written.
fn body(template: &Template) -> Value {
    let body = &template.resource("Dashboard")["DashboardBody"]["!Sub"];
    let parameters = json!({ "StageName": crate::facts::stage() });
    assert_eq!(body[1], parameters);
    serde_json::from_str(text(&body[0])).unwrap()
}

fn widgets(body: &Value, kind: &str) -> Vec<Value> {
    list(&body["widgets"]).filter(|widget| widget["type"] == kind).cloned().collect()
}

#[test]
fn every_metric_is_shown_and_no_other() {
    let body = body(&Template::load());
    let mut shown = BTreeSet::new();
    for widget in widgets(&body, "metric") {
        for metric in list(&widget["properties"]["metrics"]) {
            let parts: Vec<_> = list(metric).filter_map(Value::as_str).collect();
            let ["Bellhop", name, "stage", "${StageName}", rest @ ..] = &parts[..] else {
                panic!("{metric}")
            };
            let channel = match rest {
                [] => None,
                ["channel", channel] => Some((*channel).to_owned()),
                _ => panic!("{metric}"),
            };
            shown.insert(((*name).to_owned(), channel));
        }
    }
    let emitted = billed().into_iter();
    let emitted: BTreeSet<_> =
        emitted.map(|of| (of.name.to_owned(), of.channel.map(str::to_owned))).collect();
    assert_eq!(shown, emitted);
}

/// A mean hides the customer who waits for an hour.
#[test]
fn times_are_shown_as_mean_and_percentiles() {
    let body = body(&Template::load());
    for name in ["SinceEventAccepted", "SinceEventDelivered"] {
        let widgets = widgets(&body, "metric");
        let metrics = widgets.iter().flat_map(|widget| list(&widget["properties"]["metrics"]));
        let of_name = metrics.filter(|metric| metric[1] == name);
        let shown: Vec<_> = of_name.map(|metric| text(&metric[4]["stat"]).to_owned()).collect();
        assert_eq!(shown, ["Average", "p50", "p95", "p99"], "{name}");
    }
}

/// The words of a query that are names: neither Logs Insights' own nor in quotes nor numbers,
/// nor the names that the query itself gives.
fn members(query: &str) -> BTreeSet<String> {
    const OWN: &[&str] = &[
        "filter",
        "stats",
        "sort",
        "by",
        "as",
        "and",
        "or",
        "desc",
        "count",
        "sum",
        "avg",
        "max",
        "pct",
        "ispresent",
        "fields",
        "limit",
    ];
    let commands = query.split(" | ").filter(|command| !command.starts_with("SOURCE"));
    let commands: Vec<_> = commands.collect();
    let mut given = BTreeSet::new();
    let mut found = BTreeSet::new();
    for command in commands {
        // Every other piece stands in quotes.
        let bare: Vec<_> = command.split('\'').step_by(2).collect();
        let bare = bare.join(" ");
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words: Vec<_> = bare.split(|c| !is_part(c)).filter(|word| !word.is_empty()).collect();
        for (nth, word) in words.iter().enumerate() {
            match nth.checked_sub(1).map(|before| words[before]) {
                Some("as") => _ = given.insert((*word).to_owned()),
                _ => _ = found.insert((*word).to_owned()),
            }
        }
    }
    let is_name = |word: &String| {
        !OWN.contains(&word.as_str()) && word.parse::<f64>().is_err() && !given.contains(word)
    };
    found.into_iter().filter(is_name).collect()
}

/// A query for what nobody writes shows an empty table, for ever.
#[test]
fn queries_ask_for_what_is_written_where_it_is_written() {
    let template = Template::load();
    let groups: BTreeSet<_> = template
        .resources("AWS::Logs::LogGroup")
        .values()
        .filter_map(|group| group["LogGroupName"]["!Sub"].as_str().map(str::to_owned))
        .collect();
    let body = body(&template);
    let queries = widgets(&body, "log");
    assert!(queries.len() >= 4, "{queries:?}");
    for widget in queries {
        let query = text(&widget["properties"]["query"]).to_owned();
        let sources = query.split(" | ").filter_map(|part| part.strip_prefix("SOURCE "));
        let sources: BTreeSet<_> = sources.map(|name| name.trim_matches('\'').to_owned()).collect();
        assert!(!sources.is_empty() && sources.is_subset(&groups), "{query}");
        members_are_written(&query);
    }
}

/// Checks that a query asks for members that some line has, and for messages that some line
/// is.
pub fn members_are_written(query: &str) {
    let written = telemetry();
    let members = members(query);
    for member in &members {
        let metric = billed().iter().any(|billed| billed.name == member);
        // What every line has.
        let known = metric || ["message", "timestamp", "channel"].contains(&member.as_str());
        let is_written = known
            || written.contains(&format!("\"{member}\""))
            // `tracing` names a member without quotes.
            || written.contains(&format!("error!({member},"));
        assert!(is_written, "{member}: {query}");
    }
    for message in query.split("message = '").skip(1) {
        let message = message.split('\'').next().unwrap();
        assert!(written.contains(&format!("\"{message}\"")), "{message:?}: {query}");
    }
}

/// The code that writes lines: its strings are the names of members, and the messages.
fn telemetry() -> String {
    let folder = root().join("shared/src/platform/telemetry");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn the_four_questions_are_asked() {
    let body = body(&Template::load());
    let titles = list(&body["widgets"]).map(|widget| text(&widget["properties"]["title"]));
    let titles: Vec<_> = titles.map(str::to_owned).collect();
    for question in ["How many", "How long", "What fails", "Why", "cost"] {
        assert!(titles.iter().any(|title| title.contains(question)), "{question}: {titles:?}");
    }
    let template = Template::load();
    let url = &template.0["Outputs"]["DashboardUrl"]["Value"]["!Sub"];
    assert!(text(url).ends_with("/${Dashboard}"), "{url}");
}
