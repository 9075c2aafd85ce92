//! `preferences.updated`: what a customer wants to hear of, as they said at the shop.

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, json_schema};
use serde::Serialize;
use serde_json::Value;

use super::EventError;
use super::customer::customer_id;
use super::fields::{Fields, missing};
use super::kinds::{flag, moment};
use crate::model::{Channel, CustomerId, Topic};

/// What the event says.
#[derive(Debug, Clone, PartialEq)]
pub struct PreferencesUpdate {
    /// Whose preferences.
    pub customer_id: CustomerId,
    /// What they said, as far as they said it: of what is not named nothing changes.
    pub stated: Vec<StatedPreference>,
}

/// What a customer said of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedPreference {
    /// The topic.
    pub topic: Topic,
    /// On which channel; on all, where absent.
    pub channel: Option<Channel>,
    /// Whether they want to hear of it there.
    pub wanted: bool,
    /// When they said so, where it was not when the event happened.
    pub at: Option<Timestamp>,
}

/// The names of all channels at once, beside leaving the channel out.
const ALL_CHANNELS: [&str; 3] = ["all", "any", "*"];

pub(super) fn preferences(fields: &mut Fields<'_>) -> Result<PreferencesUpdate, EventError> {
    let customer_id = customer_id(fields, "customer_id")?;
    let path = fields.path_of("preferences");
    if fields.peek("preferences").is_none_or(Value::is_null) {
        return Err(missing(path, "a list of what the customer wants"));
    }
    let read = fields.list("preferences", |value, items| {
        let found = items.block(value, stated);
        Some(found.unwrap_or_else(|| {
            Err(EventError::invalid(&path, "expected objects with `topic` and `wanted`"))
        }))
    });
    let stated: Vec<_> = read.into_iter().collect::<Result<_, _>>()?;
    if stated.is_empty() {
        return Err(EventError::invalid(path, "expected at least one preference"));
    }
    Ok(PreferencesUpdate { customer_id, stated })
}

/// Strict in what decides: a guess would send what nobody wants, or keep back what they do.
fn stated(fields: &mut Fields<'_>) -> Result<StatedPreference, EventError> {
    let topic = named(fields, "topic", Topic::ALL.map(|topic| (topic.as_str(), topic)))?;
    let topic = topic.ok_or_else(|| {
        missing(fields.path_of("topic"), "what it is about, e.g. \"order_updates\"")
    })?;
    let channel = match fields.peek("channel").and_then(Value::as_str) {
        Some(text) if ALL_CHANNELS.contains(&text.trim()) => None,
        _ => named(fields, "channel", Channel::ALL.map(|channel| (channel.as_str(), channel)))?,
    };
    let path = fields.path_of("wanted");
    let wanted = fields.take("wanted").ok_or_else(|| missing(path.clone(), "true or false"))?;
    let reading = flag(wanted);
    let wanted = fields.kept("wanted", reading);
    let wanted = wanted.ok_or_else(|| EventError::invalid(path, "expected true or false"))?;
    let at = fields.optional("at", moment);
    Ok(StatedPreference { topic, channel, wanted, at })
}

/// A field that holds one of these names, in whichever way systems write them.
fn named<T: Copy, const N: usize>(
    fields: &mut Fields<'_>,
    name: &'static str,
    known: [(&'static str, T); N],
) -> Result<Option<T>, EventError> {
    let path = fields.path_of(name);
    let Some(value) = fields.take(name) else { return Ok(None) };
    let letters = |text: &str| -> String {
        let plain = text.chars().filter(char::is_ascii_alphanumeric);
        plain.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let found = value.as_str().and_then(|text| {
        let is_it = |(known, _): &&(&str, T)| letters(known) == letters(text);
        known.iter().find(is_it).map(|(_, value)| *value)
    });
    let expected = known.map(|(name, _)| name).join(", ");
    found.map(Some).ok_or_else(|| EventError::invalid(path, format!("expected one of {expected}")))
}

/// A CloudEvents 1.0 event `preferences.updated`; parsing takes other envelopes and ways of
/// writing, too.
#[derive(JsonSchema, Serialize)]
#[schemars(title = "Bellhop preferences.updated")]
struct PreferencesDocument {
    /// The CloudEvents version, `1.0`.
    #[schemars(extend("const" = "1.0"))]
    specversion: String,
    /// Unique per source.
    id: String,
    /// URI reference of the publisher, e.g. `/shop`.
    source: String,
    /// The type, with or without a reverse-DNS prefix.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = "(^|\\.)preferences\\.updated$"))]
    kind: String,
    /// When the customer said so, RFC 3339.
    time: String,
    /// What they said.
    data: PreferencesData,
}

#[derive(JsonSchema, Serialize)]
struct PreferencesData {
    /// The shop's id of the customer.
    customer_id: String,
    /// What they said. Of what is not named nothing changes.
    #[schemars(length(min = 1))]
    preferences: Vec<PreferenceData>,
}

#[derive(JsonSchema, Serialize)]
struct PreferenceData {
    /// What it is about.
    topic: Topic,
    /// On which channel; on all, where absent.
    #[schemars(schema_with = "channel_schema")]
    #[serde(default)]
    channel: Option<Channel>,
    /// Whether they want to hear of it there.
    wanted: bool,
    /// When they said so, RFC 3339; the event's time, where absent.
    #[serde(default)]
    at: Option<String>,
}

fn channel_schema(_: &mut schemars::SchemaGenerator) -> Schema {
    let names = Channel::ALL.map(Channel::as_str);
    json_schema!({ "enum": names.into_iter().map(Value::from).chain([Value::from("all"), Value::Null]).collect::<Vec<_>>() })
}

/// The JSON Schema of the event, as kept in `shared/schema/preferences-updated.schema.json`.
pub fn preferences_schema() -> Value {
    schemars::schema_for!(PreferencesDocument).to_value()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::event::{CustomerFact, Received, open};

    fn read(data: Value) -> Result<PreferencesUpdate, EventError> {
        let event = json!({
            "specversion": "1.0", "id": "evt-1", "source": "/shop",
            "type": "com.example.preferences.updated", "time": "2026-11-23T09:30:00Z", "data": data,
        });
        let received = Received { sent_at: "2026-11-23T09:31:00Z".parse().unwrap() };
        match open(&event.to_string(), received)?.customer_event()?.fact {
            CustomerFact::PreferencesUpdated(update) => Ok(update),
            other => panic!("{other:?}"),
        }
    }

    fn of(preferences: Value) -> Result<PreferencesUpdate, EventError> {
        read(json!({"customer_id": "c-77", "preferences": preferences}))
    }

    #[test]
    fn what_a_customer_said_is_read_in_the_ways_that_systems_write_it() {
        let stated = |channel, wanted, at: Option<&str>| StatedPreference {
            topic: Topic::OrderUpdates,
            channel,
            wanted,
            at: at.map(|at| at.parse().unwrap()),
        };
        let topic = "order_updates";
        for (preferences, expected) in [
            (json!([{"topic": topic, "wanted": false}]), stated(None, false, None)),
            (json!({"topic": topic, "wanted": true}), stated(None, true, None)),
            (json!([{"topic": topic, "channel": null, "wanted": 0}]), stated(None, false, None)),
            (
                json!([{"topic": "orderUpdates", "channel": "SMS", "wanted": "no"}]),
                stated(Some(Channel::Sms), false, None),
            ),
            (
                json!([{"topic": "ORDER-UPDATES", "channel": "e-mail", "wanted": "yes"}]),
                stated(Some(Channel::Email), true, None),
            ),
            (
                json!([{"topic": topic, "channel": "all", "wanted": true, "at": "2026-11-20T08:00:00+01:00"}]),
                stated(None, true, Some("2026-11-20T07:00:00Z")),
            ),
        ] {
            assert_eq!(of(preferences.clone()).unwrap().stated, [expected], "{preferences}");
        }
    }

    #[test]
    fn an_event_that_can_not_be_understood_is_told_with_the_field_and_nothing_of_its_value() {
        for (data, field, expected) in [
            (json!({"preferences": []}), "data.customer_id", "the customer's id"),
            (json!({"customer_id": "c-77"}), "data.preferences", "a list"),
            (json!({"customer_id": "c-77", "preferences": []}), "data.preferences", "at least one"),
            (
                json!({"customer_id": "c-77", "preferences": ["canary"]}),
                "data.preferences",
                "objects",
            ),
            (
                json!({"customer_id": "c-77", "preferences": [{"wanted": true}]}),
                "data.preferences[0].topic",
                "order_updates",
            ),
            (
                json!({"customer_id": "c-77", "preferences": [
                    {"topic": "reviews", "wanted": true}, {"topic": "canary", "wanted": true},
                ]}),
                "data.preferences[1].topic",
                "order_updates, reviews",
            ),
            (
                json!({"customer_id": "c-77", "preferences": [
                    {"topic": "reviews", "channel": "canary", "wanted": true},
                ]}),
                "data.preferences[0].channel",
                "email, sms, push",
            ),
            (
                json!({"customer_id": "c-77", "preferences": [{"topic": "reviews"}]}),
                "data.preferences[0].wanted",
                "true or false",
            ),
            (
                json!({"customer_id": "c-77", "preferences": [{"topic": "reviews", "wanted": "canary"}]}),
                "data.preferences[0].wanted",
                "true or false",
            ),
        ] {
            let error = read(data.clone()).unwrap_err();
            assert_eq!(error.field(), Some(field), "{data}");
            let told = error.to_string();
            assert!(told.contains(expected) && !told.contains("canary"), "{told}");
        }
    }
}
