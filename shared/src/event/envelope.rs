//! From the text of a queue message to an event's envelope: CloudEvents 1.0
//! (structured JSON), EventBridge, SNS, or the bare data.

use std::cell::RefCell;

use base64::Engine;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::block::BLOCKS;
use super::fields::{Fields, Reading, Seen, is_nothing, missing};
use super::hint::order_id_in;
use super::order::Order;
use super::repair::{RepairKind, Repairs};
use super::sums::sums;
use super::{CustomerEvent, EventError, OrderEvent, OrderEventData, json, kinds};
use crate::model::id::hash;
use crate::model::{EventId, OrderId, Trace};

/// The largest event: with its decisions it must fit a DynamoDB item (400 KB).
pub const MAX_EVENT_BYTES: usize = 256 * 1024;

/// What the queue says about a message, for envelopes that do not say it
/// themselves.
#[derive(Debug, Clone, Copy)]
pub struct Received {
    /// When it was sent to the queue.
    pub sent_at: Timestamp,
}

/// An event whose envelope is parsed and whose data is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// Unique per source.
    pub id: EventId,
    /// The publisher.
    pub source: String,
    /// As published, with its prefix.
    pub kind: String,
    /// When the fact happened.
    pub time: Timestamp,
    /// The trace that it belongs to (CloudEvents' `traceparent`).
    pub trace: Option<Trace>,
    data: Value,
    /// Where the data stood, for the paths in errors.
    data_path: &'static str,
    repairs: Repairs,
}

/// The order id of an event that could not be parsed, as far as one can be
/// found, so that `timeline` can show the error beside its order.
pub fn order_id_hint(body: &str) -> Option<OrderId> {
    let in_text = || OrderId::parse(&order_id_in(body)?).ok();
    let Ok((value, _)) = json::parse(body) else { return in_text() };
    let message = value.get("Message").and_then(Value::as_str).map(json::parse);
    let value = match message {
        Some(Ok((inner, _))) => inner,
        Some(Err(_)) => return in_text(),
        None => value,
    };
    let id = |path: &&str| match value.pointer(path)? {
        Value::String(text) => OrderId::parse(text.trim()).ok(),
        Value::Number(number) => OrderId::parse(&number.to_string()).ok(),
        _ => None,
    };
    let paths =
        ["/data/order/id", "/detail/data/order/id", "/detail/order/id", "/order/id", "/subject"];
    paths.iter().find_map(id).or_else(in_text)
}

/// Unwraps a message body.
///
/// # Errors
/// [`EventError`], naming the field.
pub fn open(body: &str, received: Received) -> Result<Envelope, EventError> {
    if body.len() > MAX_EVENT_BYTES {
        return Err(EventError::TooLarge { bytes: body.len(), limit: MAX_EVENT_BYTES });
    }
    let mut unwrapping =
        Unwrapping { body, sent_at: received.sent_at, repairs: Repairs::default() };
    let root = unwrapping.parse(body, "the body")?;
    unwrapping.unwrap(root, Hints::default())
}

/// What an outer envelope says, for an inner one that does not.
#[derive(Default)]
struct Hints {
    id: Option<String>,
    source: Option<String>,
    kind: Option<String>,
    time: Option<Timestamp>,
}

/// An event being unwrapped.
struct Unwrapping<'b> {
    body: &'b str,
    sent_at: Timestamp,
    repairs: Repairs,
}

impl Unwrapping<'_> {
    fn note(&mut self, field: &str, kind: RepairKind) {
        self.repairs.note(field.to_owned(), kind);
    }

    /// Parses an object from a text.
    fn parse(&mut self, text: &str, field: &'static str) -> Result<Map<String, Value>, EventError> {
        let (value, mended) = json::parse(text)?;
        if mended {
            self.note(field, RepairKind::Mended);
        }
        object(self.unquoted(value, field), field)
    }

    /// What a field of an envelope says; none if it is absent, blank or says nothing.
    fn text(&mut self, map: &Map<String, Value>, field: &'static str) -> Option<String> {
        let value = map.get(field).filter(|value| !value.is_null())?;
        if value.as_str().is_some_and(is_nothing) {
            return None;
        }
        match kinds::identifier(value.clone()) {
            Reading::Plain(text) => Some(text),
            Reading::Mended(text, kind) => {
                self.note(field, kind);
                Some(text)
            }
            // Nothing else in an envelope is as long as a topic's ARN may be.
            Reading::Not(RepairKind::TooLong) => value.as_str().map(str::to_owned),
            Reading::Not(kind) => {
                self.note(field, kind);
                None
            }
        }
    }

    fn time(&mut self, map: &Map<String, Value>, field: &'static str) -> Option<Timestamp> {
        let value = map.get(field).filter(|value| !value.is_null())?;
        if value.as_str().is_some_and(is_nothing) {
            self.note(field, RepairKind::Blank);
            return None;
        }
        match kinds::moment(value.clone()) {
            Reading::Plain(time) => Some(time),
            Reading::Mended(time, kind) => {
                self.note(field, kind);
                Some(time)
            }
            Reading::Not(kind) => {
                self.note(field, kind);
                None
            }
        }
    }

    fn unwrap(
        mut self,
        mut root: Map<String, Value>,
        hints: Hints,
    ) -> Result<Envelope, EventError> {
        if root.contains_key("specversion") {
            return self.cloud_event(root, hints);
        }
        if root.contains_key("TopicArn") && root.contains_key("Message") {
            let hints = Hints {
                id: self.text(&root, "MessageId").or(hints.id),
                source: self.text(&root, "TopicArn").or(hints.source),
                kind: sns_attribute_type(&root).or(hints.kind),
                time: self.time(&root, "Timestamp").or(hints.time),
            };
            let inner = match root.remove("Message").unwrap_or_default() {
                Value::String(message) => self.parse(&message, "Message"),
                other => object(other, "Message"),
            };
            let inner = inner.map_err(|e| EventError::invalid("Message", e.to_string()))?;
            return self.unwrap(inner, hints);
        }
        if root.contains_key("detail-type") && root.contains_key("detail") {
            let hints = Hints {
                id: self.text(&root, "id").or(hints.id),
                source: self.text(&root, "source").or(hints.source),
                kind: self.text(&root, "detail-type").or(hints.kind),
                time: self.time(&root, "time").or(hints.time),
            };
            let detail = root.remove("detail").unwrap_or_default();
            let detail = self.unquoted(detail, "detail");
            return self.unwrap(object(detail, "detail")?, hints);
        }
        self.bare(root, hints)
    }

    /// The data of an event, which some publishers give as JSON in a text.
    fn unquoted(&mut self, value: Value, field: &'static str) -> Value {
        match value.as_str().map(json::parse) {
            Some(Ok((inner @ Value::Object(_), _))) => {
                self.note(field, RepairKind::JsonAsText);
                inner
            }
            _ => value,
        }
    }

    fn envelope(
        mut self,
        root: &Map<String, Value>,
        hints: Hints,
        kind: String,
        data: Value,
        data_path: &'static str,
    ) -> Envelope {
        let id = self.text(root, "id").or(hints.id).unwrap_or_else(|| {
            self.note("id", RepairKind::Derived);
            hash(["event", self.body])
        });
        let source = self.text(root, "source").or(hints.source);
        let time = self.time(root, "time").or(hints.time).unwrap_or(self.sent_at);
        Envelope {
            id: id.into(),
            source: source.unwrap_or_else(|| "unknown".to_owned()),
            kind,
            time,
            trace: root
                .get("traceparent")
                .and_then(Value::as_str)
                .and_then(Trace::from_traceparent),
            data,
            data_path,
            repairs: self.repairs,
        }
    }

    fn cloud_event(
        mut self,
        mut root: Map<String, Value>,
        hints: Hints,
    ) -> Result<Envelope, EventError> {
        let version = self.text(&root, "specversion").unwrap_or_else(|| "1.0".to_owned());
        if !matches!(version.split('.').collect::<Vec<_>>()[..], ["1"] | ["1", "0", ..]) {
            return Err(EventError::SpecVersion);
        }
        let kind = self.text(&root, "type").or(hints.kind.clone());
        let kind = kind
            .ok_or_else(|| missing("type".to_owned(), "the event's type, e.g. \"order.paid\""))?;
        let encoded = root.remove("data_base64").filter(|value| value != "");
        let data = match (root.remove("data"), encoded) {
            (Some(data), None | Some(Value::Null)) if !data.is_null() => {
                self.unquoted(data, "data")
            }
            (None | Some(Value::Null), Some(Value::String(encoded))) => {
                let bytes = bytes_of(&encoded)
                    .ok_or_else(|| EventError::invalid("data_base64", "expected Base64"))?;
                let text = String::from_utf8_lossy(&bytes);
                let data = self.parse(&text, "data_base64");
                let data =
                    data.map_err(|_| EventError::invalid("data_base64", "expected JSON within"))?;
                Value::Object(data)
            }
            (Some(_), Some(_)) => {
                return Err(EventError::invalid(
                    "data_base64",
                    "stands beside `data`; give one of them",
                ));
            }
            _ => {
                let expected = "an object with `order` and `customer`";
                return Err(missing("data".to_owned(), expected));
            }
        };
        Ok(self.envelope(&root, hints, kind, data, "data"))
    }

    /// The bare data, without a CloudEvents envelope. Its type is the outer
    /// envelope's or a member `type` of its own; failing these, the one
    /// type-specific block it holds says it.
    fn bare(mut self, root: Map<String, Value>, hints: Hints) -> Result<Envelope, EventError> {
        let kind = match hints.kind.clone().or_else(|| self.text(&root, "type")) {
            Some(kind) => kind,
            None => kind_of_block(&root)?,
        };
        // What tells of the event stands among its data.
        let about =
            root.iter().filter(|(name, _)| ["id", "source", "time"].contains(&name.as_str()));
        let about = about.map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok(self.envelope(&about, hints, kind, Value::Object(root), ""))
    }
}

/// Decodes Base64: RFC 4648, 4 or 5, with line breaks and with or without its padding.
fn bytes_of(encoded: &str) -> Option<Vec<u8>> {
    let plain = |c| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    };
    let bare = encoded.chars().filter(|c| !c.is_whitespace() && *c != '=').map(plain);
    base64::engine::general_purpose::STANDARD_NO_PAD.decode(bare.collect::<String>()).ok()
}

fn kind_of_block(root: &Map<String, Value>) -> Result<String, EventError> {
    let is_there = |name: &str| root.get(name).is_some_and(Value::is_object);
    let mut present = BLOCKS.iter().filter(|block| is_there(block.name()));
    match (present.next().map(|block| block.plain_type()), present.next()) {
        (Some(kind), None) => Ok(kind.to_owned()),
        _ => Err(missing(
            "type".to_owned(),
            "the event's type, e.g. \"order.paid\", in a CloudEvents or EventBridge \
             envelope or beside the data",
        )),
    }
}

/// The type that an SNS publisher gave as a message attribute, by the names in
/// use: `type`, the CloudEvents binary mode's `ce-type`, `event_type`.
fn sns_attribute_type(root: &Map<String, Value>) -> Option<String> {
    let attributes = root.get("MessageAttributes")?;
    let named = ["type", "ce-type", "ce_type", "event_type", "eventType"]
        .iter()
        .find_map(|name| attributes.get(name)?.get("Value")?.as_str());
    named.map(str::to_owned)
}

fn object(value: Value, field: &'static str) -> Result<Map<String, Value>, EventError> {
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(EventError::invalid(field, "expected one event, a JSON object")),
    }
}

impl Envelope {
    /// Reads the data of an order event of the catalogue's type `kind`.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn order_event(self, kind: &str) -> Result<OrderEvent, EventError> {
        let (id, source, time) = (self.id.clone(), self.source.clone(), self.time);
        let (data, repairs) = self.read(order_data)?;
        // As it will be stored and queued: escapes make it longer.
        let bytes = serde_json::to_string(&data).map_or(0, |stored| stored.len());
        if bytes > MAX_EVENT_BYTES {
            return Err(EventError::TooLarge { bytes, limit: MAX_EVENT_BYTES });
        }
        Ok(OrderEvent { id, source, kind: kind.to_owned(), time, data, repairs: repairs.0 })
    }

    /// Parses the data of a customer event.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn customer_event(self) -> Result<CustomerEvent, EventError> {
        CustomerEvent::parse(self)
    }

    /// The data, not parsed yet.
    pub(super) fn data(&self) -> &Value {
        &self.data
    }

    /// The path of a field of the data, for errors found after parsing.
    pub fn data_field(&self, field: &str) -> String {
        match self.data_path {
            "" => field.to_owned(),
            path => format!("{path}.{field}"),
        }
    }

    /// Reads the data field by field; with what was mended.
    pub(super) fn read<T>(
        self,
        read: impl FnOnce(&mut Fields<'_>) -> Result<T, EventError>,
    ) -> Result<(T, Repairs), EventError> {
        let field = if self.data_path.is_empty() { "the body" } else { self.data_path };
        let values = match self.data {
            Value::Object(values) => values,
            _ => return Err(EventError::invalid(field, "expected a JSON object")),
        };
        let seen = Seen { repairs: RefCell::new(self.repairs), ..Seen::default() };
        let read = read(&mut Fields::of(values, self.data_path, &seen))?;
        Ok((read, seen.repairs.into_inner()))
    }
}

fn order_data(fields: &mut Fields<'_>) -> Result<OrderEventData, EventError> {
    if fields.peek("order").is_none_or(Value::is_null) {
        return Err(missing(fields.path_of("order"), "the order as it stands"));
    }
    let path = fields.path_of("order");
    let order = fields.block("order", order);
    let order = order.ok_or_else(|| EventError::invalid(path, "expected a JSON object"))??;
    Ok(OrderEventData::with(order, fields))
}

fn order(fields: &mut Fields<'_>) -> Result<Order, EventError> {
    let path = fields.path_of("id");
    let id = fields.take("id").ok_or_else(|| missing(path.clone(), "the order's id"))?;
    let reading = kinds::identifier(id);
    let id = fields.kept("id", reading).unwrap_or_default();
    let id = OrderId::parse(&id).map_err(|problem| EventError::invalid(path, problem))?;
    let order = Order::with(id, fields);
    let sums = sums(&order);
    if sums.is_odd {
        fields.note("totals", RepairKind::Sums);
    }
    if sums.is_unsettled {
        fields.note("totals", RepairKind::Settlement);
    }
    Ok(order)
}

#[cfg(test)]
pub(crate) fn order_of(order: &Value) -> Order {
    let seen = Seen::default();
    let values = order.as_object().cloned().unwrap_or_default();
    self::order(&mut Fields::of(values, "order", &seen)).unwrap()
}
