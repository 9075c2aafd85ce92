//! A [`Transition`] as the expressions of one DynamoDB `UpdateItem`. Every name
//! is aliased, because many are reserved words.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use super::record::{DeliveryKey, Retention};
use super::transition::{Guard, Transition};
use crate::model::failure::CallError;
use crate::model::{Channel, clock};
use crate::platform::item;

/// The parts of an `UpdateItem`.
#[derive(Debug)]
pub(super) struct Expressions {
    pub(super) update: String,
    pub(super) condition: String,
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

/// A moment as DynamoDB's number, epoch milliseconds.
pub(super) fn millis(at: Timestamp) -> AttributeValue {
    AttributeValue::N(at.as_millisecond().to_string())
}

/// The moment at which the table may forget a record, epoch seconds.
pub(super) fn expiry(at: Timestamp, retention: Retention) -> AttributeValue {
    AttributeValue::N(clock::after(at, retention.duration()).as_second().to_string())
}

#[derive(Default)]
struct Builder {
    set: Vec<String>,
    remove: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
    channel: Option<Channel>,
}

/// The attribute that holds the provider's id of a message. The table has an index on it
/// for SMS and push; a mail is found by its tags, and its id stands beside, where it costs
/// no write of the index.
fn id_attribute(channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Email) => "mail_id",
        _ => "provider_message_id",
    }
}

impl Builder {
    fn name(&mut self, attribute: &str) -> String {
        let alias = format!("#{attribute}");
        self.names.insert(alias.clone(), attribute.to_owned());
        alias
    }

    fn value(&mut self, value: AttributeValue) -> String {
        let alias = format!(":v{}", self.values.len());
        self.values.insert(alias.clone(), value);
        alias
    }

    fn set(&mut self, attribute: &str, value: AttributeValue) {
        let (name, value) = (self.name(attribute), self.value(value));
        self.set.push(format!("{name} = {value}"));
    }

    fn set_if_absent(&mut self, attribute: &str, value: AttributeValue) {
        let (name, value) = (self.name(attribute), self.value(value));
        self.set.push(format!("{name} = if_not_exists({name}, {value})"));
    }

    fn add(&mut self, attribute: &str, number: String) {
        let name = self.name(attribute);
        let zero = self.value(AttributeValue::N("0".to_owned()));
        let added = self.value(AttributeValue::N(number));
        self.set.push(format!("{name} = if_not_exists({name}, {zero}) + {added}"));
    }

    fn set_or_remove(&mut self, attribute: &str, value: Option<AttributeValue>) {
        match value {
            Some(value) => self.set(attribute, value),
            None => {
                let name = self.name(attribute);
                self.remove.push(name);
            }
        }
    }

    fn guard(&mut self, guard: &Guard) -> String {
        let (state, attempt, due_by, lease_before) = match guard {
            Guard::Absent => return format!("attribute_not_exists({})", self.name("pk")),
            Guard::Reported { below, provider_message_id } => {
                let (pk, reported) = (self.name("pk"), self.name("reported_rank"));
                let rank = self.value(AttributeValue::N(below.to_string()));
                let below = format!("attribute_not_exists({reported}) OR {reported} < {rank}");
                let known = self.name(id_attribute(self.channel));
                let id = self.value(AttributeValue::S(provider_message_id.to_string()));
                let same = format!("attribute_not_exists({known}) OR {known} = {id}");
                return format!("(attribute_exists({pk}) AND ({below}) AND ({same}))");
            }
            Guard::Seen { state, attempt } => {
                let (name, at) = (self.name("state"), self.name("attempt_id"));
                let state = self.value(AttributeValue::S(state.as_str().to_owned()));
                let after = match attempt {
                    Some(attempt) => {
                        format!("{at} = {}", self.value(AttributeValue::S(attempt.to_string())))
                    }
                    None => format!("attribute_not_exists({at})"),
                };
                return format!("({name} = {state} AND {after})");
            }
            Guard::State { state, attempt, due_by, lease_before } => {
                (state, attempt, due_by, lease_before)
            }
        };
        let mut all = Vec::new();
        let mut compare = |builder: &mut Self, attribute: &str, operator: &str, value| {
            let (name, value) = (builder.name(attribute), builder.value(value));
            all.push(format!("{name} {operator} {value}"));
        };
        compare(self, "state", "=", AttributeValue::S(state.as_str().to_owned()));
        if let Some(attempt) = attempt {
            compare(self, "attempt_id", "=", AttributeValue::S(attempt.to_string()));
        }
        if let Some(by) = due_by {
            compare(self, "next_at", "<=", millis(*by));
        }
        if let Some(before) = lease_before {
            compare(self, "lease_until", "<", millis(*before));
        }
        format!("({})", all.join(" AND "))
    }
}

pub(super) fn of(
    key: &DeliveryKey,
    transition: &Transition,
    retention: Retention,
) -> Result<Expressions, CallError> {
    let mut builder = Builder { channel: transition.channel, ..Builder::default() };
    let guards: Vec<_> = transition.guards.iter().map(|guard| builder.guard(guard)).collect();
    let change = &transition.change;
    let text = |text: &str| AttributeValue::S(text.to_owned());

    builder.set("state", text(change.state.as_str()));
    builder.set("updated_at", millis(change.at));
    builder.set_or_remove("reason", change.reason.as_ref().map(|reason| text(&reason.code())));
    builder.set_or_remove("next_at", change.next_at.map(millis));
    builder.set_or_remove("lease_until", change.lease_until.map(millis));
    if let Some(attempt) = &change.attempt {
        builder.set("attempt_id", text(attempt.as_str()));
    }
    if let Some(hash) = &change.payload_hash {
        builder.set("payload_hash", text(hash));
    }
    if let Some(rank) = change.reported_rank {
        builder.set("reported_rank", AttributeValue::N(rank.to_string()));
    }
    if let Some(id) = &change.provider_message_id {
        builder.set(id_attribute(transition.channel), text(id.as_str()));
    }

    builder.add("attempts", change.attempts.to_string());
    builder.add("doubts", change.doubts.to_string());

    let history = builder.name("history");
    let none = builder.value(AttributeValue::L(Vec::new()));
    let entry = item::write_attribute(&change.history())?;
    let entry = builder.value(AttributeValue::L(vec![entry]));
    builder.set.push(format!("{history} = list_append(if_not_exists({history}, {none}), {entry})"));

    if let Some(facts) = &transition.create {
        builder.set_if_absent("created_at", millis(change.at));
        builder.set_if_absent("ttl", expiry(change.at, retention));
        builder.set_if_absent("order_id", text(key.order_id.as_str()));
        builder.set_if_absent("delivery_id", text(key.delivery_id.as_str()));
        for (attribute, value) in item::write(facts)? {
            builder.set_if_absent(&attribute, value);
        }
    }

    let remove = if builder.remove.is_empty() {
        String::new()
    } else {
        format!(" REMOVE {}", builder.remove.join(", "))
    };
    Ok(Expressions {
        update: format!("SET {}{remove}", builder.set.join(", ")),
        condition: guards.join(" OR "),
        names: builder.names,
        values: builder.values,
    })
}
