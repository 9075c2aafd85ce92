//! From the text of a queue message to an event's envelope: CloudEvents 1.0
//! (structured JSON), EventBridge, SNS, or the bare data.

use base64::Engine;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::order::TIME;
use super::{CustomerEvent, EventError, OrderEvent, OrderEventData};
use crate::model::id::hash;
use crate::model::{EventId, OrderId};

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
    data: Value,
    /// Where the data stood, for the paths in errors.
    data_path: &'static str,
}

/// The order id of an event that could not be parsed, as far as one can be
/// found, so that `timeline` can show the error beside its order.
pub fn order_id_hint(body: &str) -> Option<OrderId> {
    let value: Value = serde_json::from_str(body).ok()?;
    let message = value.get("Message").and_then(Value::as_str).map(serde_json::from_str::<Value>);
    let value = match message {
        Some(inner) => inner.ok()?,
        None => value,
    };
    ["/data/order/id", "/detail/data/order/id", "/detail/order/id", "/order/id", "/subject"]
        .iter()
        .find_map(|path| OrderId::parse(value.pointer(path)?.as_str()?).ok())
}

/// Unwraps a message body.
///
/// # Errors
/// [`EventError`], naming the field.
pub fn open(body: &str, received: Received) -> Result<Envelope, EventError> {
    if body.len() > MAX_EVENT_BYTES {
        return Err(EventError::TooLarge { bytes: body.len(), limit: MAX_EVENT_BYTES });
    }
    let root = object(parse_json(body)?, "the body")?;
    unwrap(root, Hints { time: Some(received.sent_at), ..Hints::default() }, body)
}

/// What an outer envelope says, for an inner one that does not.
#[derive(Default)]
struct Hints {
    id: Option<String>,
    source: Option<String>,
    kind: Option<String>,
    time: Option<Timestamp>,
}

fn unwrap(mut root: Map<String, Value>, hints: Hints, body: &str) -> Result<Envelope, EventError> {
    if root.contains_key("specversion") {
        return cloud_event(root, hints);
    }
    if root.contains_key("TopicArn") && root.contains_key("Message") {
        let message = text(&root, "Message")?.unwrap_or_default();
        let hints = Hints {
            id: text(&root, "MessageId")?.or(hints.id),
            source: text(&root, "TopicArn")?.or(hints.source),
            kind: sns_attribute_type(&root).or(hints.kind),
            time: timestamp(&root, "Timestamp")?.or(hints.time),
        };
        let inner = parse_json(&message)
            .map_err(|e| EventError::invalid("Message", e.to_string()))
            .and_then(|value| object(value, "Message"))?;
        return unwrap(inner, hints, body);
    }
    if root.contains_key("detail-type") && root.contains_key("detail") {
        let hints = Hints {
            id: text(&root, "id")?.or(hints.id),
            source: text(&root, "source")?.or(hints.source),
            kind: text(&root, "detail-type")?.or(hints.kind),
            time: timestamp(&root, "time")?.or(hints.time),
        };
        let detail = root.remove("detail").unwrap_or_default();
        return unwrap(object(detail, "detail")?, hints, body);
    }
    bare(root, hints, body)
}

fn cloud_event(mut root: Map<String, Value>, hints: Hints) -> Result<Envelope, EventError> {
    if text(&root, "specversion")?.as_deref() != Some("1.0") {
        return Err(EventError::SpecVersion);
    }
    let required = |field: &'static str, expected: &'static str| {
        text(&root, field)?
            .filter(|value| !value.is_empty())
            .ok_or(EventError::Missing { field: field.to_owned(), expected })
    };
    let id = required("id", "a text, unique per source")?;
    let source = required("source", "a URI reference of the publisher")?;
    let kind = required("type", "the event's type, e.g. \"order.paid\"")?;
    let time = timestamp(&root, "time")?.or(hints.time);
    let data = match (root.remove("data"), text(&root, "data_base64")?) {
        (Some(data), None) if !data.is_null() => data,
        (None | Some(Value::Null), Some(encoded)) => {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(encoded)
                .map_err(|_| EventError::invalid("data_base64", "expected Base64"))?;
            serde_json::from_slice(&bytes)
                .map_err(|_| EventError::invalid("data_base64", "expected JSON within"))?
        }
        (Some(_), Some(_)) => {
            return Err(EventError::invalid(
                "data_base64",
                "stands beside `data`; give one of them",
            ));
        }
        _ => {
            return Err(EventError::Missing {
                field: "data".to_owned(),
                expected: "an object with `order` and `customer`",
            });
        }
    };
    Ok(Envelope { id: id.into(), source, kind, time: known_time(time)?, data, data_path: "data" })
}

/// The bare data, without a CloudEvents envelope. Its type is the outer
/// envelope's or a member `type` of its own; failing these, the one
/// type-specific block it holds says it.
fn bare(root: Map<String, Value>, hints: Hints, body: &str) -> Result<Envelope, EventError> {
    let kind = match hints.kind.or(text(&root, "type")?) {
        Some(kind) => kind,
        None => kind_of_block(&root)?,
    };
    Ok(Envelope {
        id: text(&root, "id")?.or(hints.id).unwrap_or_else(|| hash(["event", body])).into(),
        source: text(&root, "source")?.or(hints.source).unwrap_or_else(|| "unknown".to_owned()),
        time: known_time(timestamp(&root, "time")?.or(hints.time))?,
        kind,
        data: Value::Object(root),
        data_path: "",
    })
}

fn kind_of_block(root: &Map<String, Value>) -> Result<String, EventError> {
    const BLOCKS: [(&str, &str); 4] = [
        ("payment", "order.paid"),
        ("shipment", "order.shipped"),
        ("refund", "order.refund_requested"),
        ("review", "order.completed"),
    ];
    let mut present =
        BLOCKS.iter().filter(|(block, _)| root.get(*block).is_some_and(Value::is_object));
    match (present.next(), present.next()) {
        (Some((_, kind)), None) => Ok((*kind).to_owned()),
        _ => Err(EventError::Missing {
            field: "type".to_owned(),
            expected: "the event's type, e.g. \"order.paid\", in a CloudEvents or EventBridge \
                       envelope or beside the data",
        }),
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

fn known_time(time: Option<Timestamp>) -> Result<Timestamp, EventError> {
    time.ok_or(EventError::Missing {
        field: "time".to_owned(),
        expected: "when the fact happened, RFC 3339",
    })
}

fn parse_json(body: &str) -> Result<Value, EventError> {
    serde_json::from_str(body).map_err(|e| EventError::NotJson {
        // The parser's category, not its message: that could quote the data.
        problem: match e.classify() {
            serde_json::error::Category::Eof => "it ends too early".to_owned(),
            _ if e.to_string().starts_with("recursion limit") => {
                "it is nested too deeply".to_owned()
            }
            _ => "unexpected text".to_owned(),
        },
        line: e.line(),
        column: e.column(),
    })
}

fn object(value: Value, field: &'static str) -> Result<Map<String, Value>, EventError> {
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(EventError::invalid(field, "expected one event, a JSON object")),
    }
}

fn text(map: &Map<String, Value>, field: &'static str) -> Result<Option<String>, EventError> {
    match map.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(EventError::invalid(field, "expected text")),
    }
}

fn timestamp(
    map: &Map<String, Value>,
    field: &'static str,
) -> Result<Option<Timestamp>, EventError> {
    text(map, field)?
        .map(|text| text.parse().map_err(|_| EventError::invalid(field, TIME)))
        .transpose()
}

impl Envelope {
    /// Parses the data of an order event of the catalogue's type `kind`.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn order_event(self, kind: &str) -> Result<OrderEvent, EventError> {
        let data: OrderEventData = typed(self.data, self.data_path)?;
        // As it will be stored and queued: absent fields and escapes make it longer.
        let bytes = serde_json::to_string(&data).map_or(0, |stored| stored.len());
        if bytes > MAX_EVENT_BYTES {
            return Err(EventError::TooLarge { bytes, limit: MAX_EVENT_BYTES });
        }
        Ok(OrderEvent {
            id: self.id,
            source: self.source,
            kind: kind.to_owned(),
            time: self.time,
            data,
        })
    }

    /// Parses the data of a customer event.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn customer_event(self) -> Result<CustomerEvent, EventError> {
        CustomerEvent::parse(self)
    }

    /// The path of a field of the data, for errors found after parsing.
    pub fn data_field(&self, field: &str) -> String {
        join(self.data_path, field)
    }

    pub(super) fn data<T: DeserializeOwned>(self) -> Result<T, EventError> {
        typed(self.data, self.data_path)
    }
}

fn typed<T: DeserializeOwned>(data: Value, data_path: &str) -> Result<T, EventError> {
    serde_path_to_error::deserialize(data).map_err(|e| {
        let path = e.path().to_string();
        let at = join(data_path, if path == "." { "" } else { &path });
        let problem = e.inner().to_string();
        if let Some(name) =
            problem.strip_prefix("missing field `").and_then(|rest| rest.split('`').next())
        {
            return EventError::Missing { field: join(&at, name), expected: "it is required" };
        }
        EventError::Invalid { field: at, problem: without_data(&problem) }
    })
}

/// serde's messages may quote the offending value, which may be personal; what
/// was expected is enough. It stands last: the value may hold the same words.
fn without_data(problem: &str) -> String {
    match problem.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None if problem.starts_with("expected ") => problem.to_owned(),
        None => "expected another form".to_owned(),
    }
}

fn join(path: &str, field: &str) -> String {
    match (path.is_empty(), field.is_empty()) {
        (true, _) => field.to_owned(),
        (_, true) => path.to_owned(),
        _ => format!("{path}.{field}"),
    }
}
