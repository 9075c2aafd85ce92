//! An event as an operator may see it over somebody's shoulder: contact details and what
//! people wrote are masked, the rest is as it came.

use serde_json::Value;

/// Fields that hold who somebody is, where they can be reached, or what they wrote,
/// wherever in an event they stand.
const PRIVATE: [&str; 24] = [
    "address",
    "address1",
    "address2",
    "city",
    "company",
    "contact",
    "email",
    "firstname",
    "first_name",
    "iban",
    "instructions",
    "lastname",
    "last_name",
    "lines",
    "message",
    "mobile",
    "name",
    "note",
    "phone",
    "postal_code",
    "street",
    "tax_id",
    "token",
    "zip",
];

/// The event with contact details masked.
pub(super) fn masked(event: &Value) -> Value {
    match event {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let is_private = PRIVATE.contains(&name.to_ascii_lowercase().as_str());
                // An SNS envelope holds the event as text.
                let value = match value {
                    Value::String(text) if is_nested(text) => within(text),
                    value if is_private => hidden(value),
                    value if name == "data_base64" => hidden(value),
                    value => masked(value),
                };
                (name.clone(), value)
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        Value::String(text) if is_nested(text) => within(text),
        Value::String(text) if text.contains('@') || is_number_to_call(text) => hidden(event),
        other => other.clone(),
    }
}

/// Whether a text is JSON of its own.
fn is_nested(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn within(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(inner) => Value::String(masked(&inner).to_string()),
        Err(_) => hidden(&Value::String(text.to_owned())),
    }
}

/// Whether a text may be a phone number: `+` and digits, or nothing but digits and what
/// people write between them, as many as a number has. A time or a sum is none.
fn is_number_to_call(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only = text.chars().all(|c| c.is_ascii_digit() || " +()/-".contains(c));
    only && digits >= 7 && (text.starts_with('+') || text.starts_with("00") || digits >= 10)
}

/// Everything in it masked: the first letter, and of an address the domain.
fn hidden(value: &Value) -> Value {
    match value {
        Value::String(text) if text.trim().is_empty() => value.clone(),
        Value::String(text) => {
            let first = text.chars().next().unwrap_or_default();
            let domain = text.rsplit_once('@').map_or("", |(_, domain)| domain);
            let at = if domain.is_empty() { "" } else { "@" };
            Value::String(format!("{first}…{at}{domain}"))
        }
        Value::Array(items) => Value::Array(items.iter().map(hidden).collect()),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), hidden(value))).collect()
        }
        Value::Number(_) => Value::String("…".to_owned()),
        Value::Bool(_) | Value::Null => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn contact_details_are_masked_and_what_is_wrong_with_an_event_is_seen() {
        let event = json!({
            "type": "order.paid", "time": "2026-11-23T09:30:00Z", "id": "evt-1",
            "data": {
                "order": {
                    "id": "A-1001", "totals": {"total": "12,50"}, "placed_at": "2026-11-21",
                    "shipping_address": {"name": "Ada Example", "lines": ["Hauptstr. 1"], "country": "AT"},
                },
                "customer": {"id": "c-77", "email": "ada@example.com", "phone": 436601234567_u64},
                "extra": ["call +43 660 1234567 x", "+43 660 1234567", "ada@example.com"],
            },
        });
        let shown = masked(&event);
        assert_eq!(shown["data"]["order"]["totals"]["total"], "12,50");
        assert_eq!(shown["data"]["order"]["placed_at"], "2026-11-21");
        assert_eq!(shown["time"], event["time"]);
        assert_eq!(
            shown["data"]["customer"],
            json!({"id": "c-77", "email": "a…@example.com", "phone": "…"})
        );
        let address = json!({"name": "A…", "lines": ["H…"], "country": "AT"});
        assert_eq!(shown["data"]["order"]["shipping_address"], address);
        assert_eq!(shown["data"]["extra"][1], "+…");
        assert_eq!(shown["data"]["extra"][2], "a…@example.com");

        let wrapped = json!({"TopicArn": "arn:aws:sns:x", "Message": event.to_string()});
        let shown = masked(&wrapped).to_string();
        assert!(!shown.contains("Ada Example") && !shown.contains("ada@"), "{shown}");
        assert!(shown.contains("A-1001") && shown.contains("arn:aws:sns:x"), "{shown}");
        let broken = json!({"Message": "{\"customer\": {\"name\": \"Ada"});
        assert_eq!(masked(&broken), json!({"Message": "{…"}));
    }
}
