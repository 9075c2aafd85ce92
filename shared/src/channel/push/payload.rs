//! Push payloads of FCM and APNs, inside SNS's message.
//! Source: SNS developer guide, "Custom platform-specific payloads" and "FCM v1
//! payloads"; Apple, "Generating a remote notification"; FCM HTTP v1 reference.

use std::time::Duration;

use serde_json::{Value, json};

use super::{PushMessage, PushPayload};
use crate::content::text::longest;
use crate::model::id::hash;
use crate::model::{Platform, Priority};

/// What FCM and APNs take at most, in bytes.
pub const MAX_PAYLOAD: usize = 4_096;

/// What FCM takes at most: four weeks.
const LONGEST_TTL: Duration = Duration::from_secs(28 * 24 * 3_600);

/// What `apns-collapse-id` takes at most, in bytes.
const MAX_COLLAPSE_ID: usize = 64;

/// The key of a platform's payload in an SNS message of structure `json`.
pub(super) fn sns_key(platform: Platform) -> &'static str {
    match platform {
        Platform::Fcm => "GCM",
        Platform::Apns => "APNS",
        Platform::ApnsSandbox => "APNS_SANDBOX",
    }
}

impl PushMessage {
    /// The message for one platform. A body that is too long is cut between
    /// characters; a picture, and then a link, that leave no room for any are left
    /// out.
    pub fn payload(&self, platform: Platform, ttl: Duration, priority: Priority) -> PushPayload {
        let render = |content: &Self| content.rendered(platform, ttl, priority);
        let fitting = self.fitting(|content| render(content).len() <= MAX_PAYLOAD);
        let payload = render(&fitting);
        // `default` is required; no platform shows it. Values are JSON as text.
        let message = json!({ "default": fitting.title, sns_key(platform): payload }).to_string();
        PushPayload { message, bytes: payload.len(), payload }
    }

    /// The payload's size for one platform, were nothing cut.
    pub(super) fn full_size(&self, platform: Platform, ttl: Duration, priority: Priority) -> usize {
        self.rendered(platform, ttl, priority).len()
    }

    fn rendered(&self, platform: Platform, ttl: Duration, priority: Priority) -> String {
        let payload = match platform {
            Platform::Fcm => self.fcm(ttl, priority),
            Platform::Apns | Platform::ApnsSandbox => self.apns(priority),
        };
        payload.to_string()
    }

    /// Names the order, so that a newer message about it replaces an older one
    /// still on the screen: the same for FCM's `collapse_key` and `tag` and for
    /// `apns-collapse-id`.
    pub fn collapse_id(&self) -> String {
        if self.thread.len() <= MAX_COLLAPSE_ID {
            self.thread.clone()
        } else {
            format!("order-{}", hash(["collapse", &self.order_id]))
        }
    }

    /// The message with as much of its text and link as fits.
    fn fitting(&self, fits: impl Fn(&Self) -> bool) -> Self {
        for (link, image) in [(&self.link, &self.image), (&self.link, &None), (&None, &None)] {
            let with = |body: &str| Self {
                body: body.to_owned(),
                link: link.clone(),
                image: image.clone(),
                ..self.clone()
            };
            if let Some(body) = longest(&self.body, |body| fits(&with(body))) {
                return with(&body);
            }
        }
        let with = |title: &str| Self {
            title: title.to_owned(),
            body: String::new(),
            link: None,
            image: None,
            ..self.clone()
        };
        with(&longest(&self.title, |title| fits(&with(title))).unwrap_or_default())
    }

    fn fcm(&self, ttl: Duration, priority: Priority) -> Value {
        let urgency = if priority == Priority::High { "HIGH" } else { "NORMAL" };
        let collapse_id = self.collapse_id();
        let mut notification = json!({ "title": self.title, "body": self.body });
        if let Some(image) = &self.image {
            notification["image"] = json!(image);
        }
        json!({ "fcmV1Message": { "message": {
            "notification": notification,
            "data": self.data(),
            "android": {
                "priority": urgency,
                "ttl": format!("{}s", ttl.min(LONGEST_TTL).as_secs()),
                "collapse_key": collapse_id,
                "notification": { "tag": collapse_id },
            },
        } } })
    }

    fn apns(&self, priority: Priority) -> Value {
        let interruption = if priority == Priority::Low { "passive" } else { "active" };
        let mut payload = self.data();
        payload["aps"] = json!({
            "alert": { "title": self.title, "body": self.body },
            "sound": "default",
            "thread-id": self.thread,
            "interruption-level": interruption,
        });
        if let Some(image) = &self.image {
            // The app's notification service extension fetches it.
            payload["aps"]["mutable-content"] = json!(1);
            payload["image"] = json!(image);
        }
        payload
    }

    /// What the app gets; FCM takes only text here.
    fn data(&self) -> Value {
        let mut data = json!({ "order_id": self.order_id, "type": self.kind });
        if let Some(link) = &self.link {
            data["link"] = json!(link);
        }
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> PushMessage {
        PushMessage {
            title: "Your order is on its way".to_owned(),
            body: "Order 1001".to_owned(),
            link: Some("https://track.example/RR1".to_owned()),
            image: None,
            thread: "order-A-1001".to_owned(),
            order_id: "A-1001".to_owned(),
            kind: "order.shipped".to_owned(),
        }
    }

    fn inner(payload: &PushPayload, key: &str) -> Value {
        let message: Value = serde_json::from_str(&payload.message).unwrap();
        let inner = message[key].as_str().unwrap();
        assert_eq!(inner, payload.payload);
        assert_eq!(inner.len(), payload.bytes);
        assert_eq!(message["default"], "Your order is on its way");
        serde_json::from_str(inner).unwrap()
    }

    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn fcm_gets_a_v1_message() {
        let payload = content().payload(Platform::Fcm, DAY, Priority::High);
        let expected = json!({ "fcmV1Message": { "message": {
            "notification": { "title": "Your order is on its way", "body": "Order 1001" },
            "data": { "order_id": "A-1001", "type": "order.shipped", "link": "https://track.example/RR1" },
            "android": {
                "priority": "HIGH", "ttl": "86400s", "collapse_key": "order-A-1001",
                "notification": { "tag": "order-A-1001" },
            },
        } } });
        assert_eq!(inner(&payload, "GCM"), expected);
        let later = content().payload(Platform::Fcm, DAY * 365, Priority::Low).payload;
        assert!(
            later.contains(r#""ttl":"2419200s""#) && later.contains(r#""priority":"NORMAL""#),
            "{later}"
        );
    }

    #[test]
    fn apns_gets_an_alert_and_the_sandbox_its_own_key() {
        let expected = json!({
            "aps": {
                "alert": { "title": "Your order is on its way", "body": "Order 1001" },
                "sound": "default", "thread-id": "order-A-1001", "interruption-level": "active",
            },
            "order_id": "A-1001", "type": "order.shipped", "link": "https://track.example/RR1",
        });
        assert_eq!(
            inner(&content().payload(Platform::Apns, DAY, Priority::Normal), "APNS"),
            expected
        );
        let sandbox = content().payload(Platform::ApnsSandbox, DAY, Priority::High);
        assert_eq!(inner(&sandbox, "APNS_SANDBOX"), expected);
        let quiet = content().payload(Platform::Apns, DAY, Priority::Low).payload;
        assert!(quiet.contains(r#""interruption-level":"passive""#), "{quiet}");
    }

    #[test]
    fn a_picture_goes_where_each_platform_looks_for_it_and_makes_room_for_words() {
        let url = "https://shop.example/mug.jpg";
        let pictured = PushMessage { image: Some(url.to_owned()), ..content() };
        let fcm = inner(&pictured.payload(Platform::Fcm, DAY, Priority::High), "GCM");
        assert_eq!(fcm["fcmV1Message"]["message"]["notification"]["image"], url);
        let apns = inner(&pictured.payload(Platform::Apns, DAY, Priority::High), "APNS");
        assert_eq!((&apns["image"], &apns["aps"]["mutable-content"]), (&json!(url), &json!(1)));
        let long = format!("https://shop.example/{}", "x".repeat(5_000));
        let pictured = PushMessage { image: Some(long), ..content() };
        let apns = inner(&pictured.payload(Platform::Apns, DAY, Priority::High), "APNS");
        assert_eq!(
            (&apns["image"], &apns["link"]),
            (&Value::Null, &json!("https://track.example/RR1"))
        );
    }

    #[test]
    fn a_long_body_is_cut_between_characters_to_what_the_platform_takes() {
        for text in ["\"quoted\" ", "明前龙井茶", "👩‍👩‍👧", "a"] {
            for platform in [Platform::Fcm, Platform::Apns] {
                let long = PushMessage { body: text.repeat(3_000), ..content() };
                let payload = long.payload(platform, DAY, Priority::High);
                assert!(payload.bytes <= MAX_PAYLOAD, "{text}: {}", payload.bytes);
                let inner: Value = serde_json::from_str(&payload.payload).unwrap();
                let alert = inner.pointer("/aps/alert");
                let alert = alert.or(inner.pointer("/fcmV1Message/message/notification")).unwrap();
                let body = alert["body"].as_str().unwrap().trim_end_matches('…');
                assert!(body.len() > 1_000 && long.body.starts_with(body), "{text}: {body}");
                if text == "👩‍👩‍👧" {
                    assert_eq!(body.len() % text.len(), 0, "a family was cut apart");
                }
            }
        }
    }

    #[test]
    fn what_can_not_fit_is_left_out_in_the_end() {
        let link = Some(format!("https://track.example/{}", "x".repeat(5_000)));
        let payload =
            PushMessage { link, ..content() }.payload(Platform::Apns, DAY, Priority::High);
        assert!(payload.bytes <= MAX_PAYLOAD);
        let title = "t".repeat(9_000);
        let payload =
            PushMessage { title, ..content() }.payload(Platform::Fcm, DAY, Priority::High);
        assert!(payload.bytes <= MAX_PAYLOAD);
    }

    #[test]
    fn an_orders_collapse_id_is_at_most_64_bytes_and_differs_from_others() {
        assert_eq!(content().collapse_id(), "order-A-1001");
        let long =
            |id: String| PushMessage { thread: format!("order-{id}"), order_id: id, ..content() };
        let (one, other) =
            (long("x".repeat(100)).collapse_id(), long("y".repeat(100)).collapse_id());
        assert!(one.len() <= MAX_COLLAPSE_ID && one != other);
        assert_eq!(long("x".repeat(58)).collapse_id().len(), 64);
    }
}
