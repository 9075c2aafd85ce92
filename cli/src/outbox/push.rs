//! What a phone shows of a push message, read from the payload of its platform.

use serde::Serialize;
use serde_json::Value;

/// A notification on a lock screen.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Card {
    /// The platform: `Android`, `iPhone`, `iPhone (sandbox)`.
    pub(super) platform: &'static str,
    /// The first line, empty if there is none.
    pub(super) title: String,
    /// The text, empty if there is none.
    pub(super) body: String,
    /// The payload, laid out for reading.
    pub(super) payload: String,
}

/// Reads what was published to SNS: JSON with a payload per platform, each of
/// them JSON in a string. A phone shows a message without one as it is.
pub(super) fn card(message: &str) -> Card {
    platform_card(message).unwrap_or_else(|| Card {
        body: message.to_owned(),
        platform: "Phone",
        ..Card::default()
    })
}

fn platform_card(message: &str) -> Option<Card> {
    const PLATFORMS: [(&str, &str); 3] =
        [("GCM", "Android"), ("APNS", "iPhone"), ("APNS_SANDBOX", "iPhone (sandbox)")];
    let message: Value = serde_json::from_str(message).ok()?;
    let (platform, payload) = PLATFORMS
        .iter()
        .find_map(|(key, platform)| Some((*platform, message.get(key)?.as_str()?)))?;
    let Ok(value) = serde_json::from_str::<Value>(payload) else {
        return Some(Card { platform, payload: payload.to_owned(), ..Card::default() });
    };
    let (title, body) = if platform == "Android" { fcm(&value) } else { apns(&value) };
    let payload = serde_json::to_string_pretty(&value).unwrap_or_else(|_| payload.to_owned());
    Some(Card { platform, title, body, payload })
}

/// Source: FCM HTTP v1, `Notification`; its legacy form has it at the top.
fn fcm(payload: &Value) -> (String, String) {
    let v1 = payload.pointer("/fcmV1Message/message/notification");
    let notification = v1.or_else(|| payload.get("notification"));
    (text(notification, "title"), text(notification, "body"))
}

/// Source: Apple, "Generating a remote notification": `alert` is a text or an
/// object.
fn apns(payload: &Value) -> (String, String) {
    match payload.pointer("/aps/alert") {
        Some(Value::String(body)) => (String::new(), body.clone()),
        alert => (text(alert, "title"), text(alert, "body")),
    }
}

fn text(object: Option<&Value>, field: &str) -> String {
    object.and_then(|object| object.get(field)?.as_str()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(message: &Value, expect: [&str; 3]) {
        let card = card(&message.to_string());
        assert_eq!([card.platform, &card.title, &card.body], expect);
    }

    #[test]
    fn an_android_card_comes_from_the_fcm_payload() {
        let notification = json!({"title": "On its way", "body": "Order 1001"});
        let v1 = json!({"fcmV1Message": {"message": {"notification": notification}}});
        let expect = ["Android", "On its way", "Order 1001"];
        check(&json!({"default": "x", "GCM": v1.to_string()}), expect);
        check(&json!({"GCM": json!({"notification": notification}).to_string()}), expect);
    }

    #[test]
    fn an_iphone_card_comes_from_the_apns_payload() {
        let payload = json!({"aps": {"alert": {"title": "On its way", "body": "Order 1001"}}});
        check(
            &json!({"default": "x", "APNS": payload.to_string()}),
            ["iPhone", "On its way", "Order 1001"],
        );
        let payload = json!({"aps": {"alert": "Order 1001"}});
        check(
            &json!({"APNS_SANDBOX": payload.to_string()}),
            ["iPhone (sandbox)", "", "Order 1001"],
        );
    }

    #[test]
    fn a_message_that_is_not_understood_is_shown_as_it_is() {
        assert_eq!(card("hello").body, "hello");
        assert_eq!(card("{\"default\":\"x\"}").body, "{\"default\":\"x\"}");
        let broken = card("{\"GCM\":\"{\"}");
        assert_eq!([broken.title, broken.body, broken.payload], ["", "", "{"]);
    }
}
