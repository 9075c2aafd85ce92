//! Small events and what they render to.

use serde_json::{Value as Json, json};

pub(super) use crate::check::fixture::merge;

use crate::channel::email::EmailMessage;
use crate::channel::push::PushMessage;
use crate::channel::sms::SmsMessage;
use crate::content::{MessageInput, Renderer, Shop};
use crate::event::OrderEventData;

pub fn shop() -> Shop {
    Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    }
}

pub fn renderer() -> Renderer {
    Renderer::new(shop()).unwrap()
}

pub fn order() -> Json {
    json!({
        "order": {
            "id": "A-1001", "number": "1001", "placed_at": "2026-11-21T23:30:00Z", "currency": "EUR",
            "status_url": "https://shop.example/orders/A-1001",
            "items": [
                { "sku": "MUG", "title": "Blue mug", "quantity": 2, "unit_price": "12.50",
                  "image_url": "https://shop.example/mug.jpg", "url": "https://shop.example/mug" },
                { "sku": "PAN", "title": "Pan", "quantity": 1, "unit_price": "31.07" },
            ],
            "totals": { "subtotal": "56.07", "discount": "0.00", "shipping": "4.90", "tax": "10.16", "total": "60.97" },
            "shipping_address": { "name": "Ada Example", "lines": ["Hauptstr. 1"], "city": "Wien",
                                  "postal_code": "1010", "country": "AT" },
        },
        "customer": { "id": "c-77", "name": "Ada Example" },
    })
}

/// An order of which only what is required is known.
pub fn bare() -> Json {
    json!({
        "order": { "id": "A-1", "currency": "EUR", "totals": { "total": "5.00" } },
        "customer": { "id": "c-1" },
        "shipment": { "id": "s-1" },
        "refund": { "id": "r-1" },
    })
}

pub fn data(json: Json) -> OrderEventData {
    serde_json::from_value(json).unwrap()
}

pub fn email(kind: &str, locale: &str, json: Json) -> EmailMessage {
    let data = data(json);
    renderer()
        .email(&MessageInput { kind, locale, time_zone: "Europe/Vienna", data: &data })
        .unwrap()
}

pub fn sms(kind: &str, locale: &str, json: Json) -> SmsMessage {
    let data = data(json);
    renderer().sms(&MessageInput { kind, locale, time_zone: "Europe/Vienna", data: &data }).unwrap()
}

pub fn push(kind: &str, locale: &str, json: Json) -> PushMessage {
    let data = data(json);
    renderer()
        .push(&MessageInput { kind, locale, time_zone: "Europe/Vienna", data: &data })
        .unwrap()
}
