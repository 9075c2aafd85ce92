use base64::Engine;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::{OrderId, Platform};

const SENT_AT: &str = "2026-11-23T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn open_text(body: &str) -> Result<Envelope, EventError> {
    open(body, Received { sent_at: at(SENT_AT) })
}

fn open_value(body: &Value) -> Result<Envelope, EventError> {
    open_text(&body.to_string())
}

fn order_event(body: &Value) -> Result<OrderEvent, EventError> {
    open_value(body)?.order_event("order.shipped")
}

fn customer_event(body: &Value) -> Result<CustomerEvent, EventError> {
    open_value(body)?.customer_event()
}

/// Data that holds every field there is.
fn data() -> Value {
    json!({
        "order": {
            "id": "A-1001", "number": "1001", "placed_at": "2026-11-21T18:04:00Z",
            "currency": "EUR", "locale": "de-AT", "status_url": "https://shop.example/orders/A-1001",
            "items": [{
                "sku": "MUG-01", "title": "Blue mug", "quantity": 2, "unit_price": "12.50",
                "image_url": "https://shop.example/mug.jpg", "url": "https://shop.example/mug"
            }],
            "totals": {
                "subtotal": "25.00", "discount": "0.00", "shipping": "4.90", "tax": "4.98",
                "total": "29.90"
            },
            "shipping_address": {
                "name": "Ada Example", "lines": ["Hauptstr. 1"], "city": "Wien",
                "postal_code": "1010", "region": "Wien", "country": "AT"
            }
        },
        "customer": {
            "id": "c-77", "name": "Ada Example", "email": "ada@example.com",
            "phone": "+436601234567", "locale": "de-AT", "time_zone": "Europe/Vienna"
        },
        "payment": {"method": "Visa", "amount": "29.90", "paid_at": "2026-11-21T18:06:10Z"},
        "shipment": {
            "id": "s-1", "carrier": "Post AG", "tracking_number": "RR1",
            "tracking_url": "https://track.example/RR1", "estimated_delivery": "2026-11-25",
            "items": [{"sku": "MUG-01", "quantity": 1}]
        },
        "refund": {
            "id": "r-1", "amount": "12.50", "reason": "Chipped",
            "requested_at": "2026-11-23T08:00:00Z", "items": [{"sku": "MUG-01", "quantity": 1}]
        },
        "review": {"url": "https://shop.example/review", "items": [{"sku": "MUG-01", "quantity": 1}]},
        "notification": {"channels": ["email", "push", "sms"], "resend_key": "again"}
    })
}

fn cloud_event() -> Value {
    json!({
        "specversion": "1.0", "id": "evt-1001", "source": "/shop", "type": "order.shipped",
        "subject": "A-1001", "time": "2026-11-23T09:30:00Z", "data": data()
    })
}

fn event_bridge(detail: Value) -> Value {
    json!({
        "version": "0", "id": "eb-1", "detail-type": "com.example.order.paid",
        "source": "com.example.shop", "account": "123456789012", "time": "2026-11-23T10:00:00Z",
        "region": "eu-central-1", "resources": [], "detail": detail
    })
}

fn sns(message: &Value) -> Value {
    json!({
        "Type": "Notification", "MessageId": "sns-1", "TopicArn": "arn:aws:sns:eu-central-1:123456789012:orders",
        "Message": message.to_string(), "Timestamp": "2026-11-23T11:00:00Z"
    })
}

/// `base` with the value at `pointer` replaced, or added to its object.
fn with(base: &Value, pointer: &str, value: impl Into<Value>) -> Value {
    let mut changed = base.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match changed.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value.into(),
        parent => parent[name] = value.into(),
    }
    changed
}

/// `base` without the member at `pointer`.
fn without(base: &Value, pointer: &str) -> Value {
    let mut changed = base.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.remove(name).unwrap_or_else(|| panic!("there is no {pointer}"));
    changed
}

/// The pointers of every value within `value`.
fn pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(name, child)| (name.clone(), child)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect()
        }
        _ => Vec::new(),
    };
    let below = |(name, child): (String, &Value)| {
        let own = format!("/{name}");
        let deeper: Vec<_> = pointers(child).iter().map(|path| format!("{own}{path}")).collect();
        std::iter::once(own).chain(deeper)
    };
    children.into_iter().flat_map(below).collect()
}

#[track_caller]
fn assert_invalid<T>(result: Result<T, EventError>, code: &str, field: Option<&str>) {
    let Err(error) = result else { panic!("{field:?} was taken") };
    assert_eq!((&*error.reason().code(), error.field()), (code, field), "{error}");
    if let Some(field) = field {
        assert!(error.to_string().contains(&format!("`{field}`")), "{error}");
    }
}

#[test]
fn every_envelope_opens_to_the_same_data() {
    let expected = order_event(&cloud_event()).unwrap().data;
    let encoded = base64::engine::general_purpose::STANDARD.encode(data().to_string());
    let with_base64 = with(&without(&cloud_event(), "/data"), "/data_base64", encoded);
    let typed = with(&data(), "/type", "order.shipped");
    let identified = ["id", "source", "time"].into_iter().fold(typed.clone(), |body, field| {
        with(&body, &format!("/{field}"), cloud_event()[field].clone())
    });
    let attributes = json!({"type": {"Type": "String", "Value": "order.shipped"}});
    let topic = "arn:aws:sns:eu-central-1:123456789012:orders";
    // (form, body, id, source, type, time)
    let cases = [
        ("CloudEvent", cloud_event(), "evt-1001", "/shop", "order.shipped", "2026-11-23T09:30:00Z"),
        ("data_base64", with_base64, "evt-1001", "/shop", "order.shipped", "2026-11-23T09:30:00Z"),
        (
            "CloudEvent without time",
            without(&cloud_event(), "/time"),
            "evt-1001",
            "/shop",
            "order.shipped",
            SENT_AT,
        ),
        (
            "EventBridge around a CloudEvent",
            event_bridge(cloud_event()),
            "evt-1001",
            "/shop",
            "order.shipped",
            "2026-11-23T09:30:00Z",
        ),
        (
            "EventBridge around bare data",
            event_bridge(data()),
            "eb-1",
            "com.example.shop",
            "com.example.order.paid",
            "2026-11-23T10:00:00Z",
        ),
        (
            "SNS around a CloudEvent",
            sns(&cloud_event()),
            "evt-1001",
            "/shop",
            "order.shipped",
            "2026-11-23T09:30:00Z",
        ),
        (
            "SNS around a CloudEvent without time",
            sns(&without(&cloud_event(), "/time")),
            "evt-1001",
            "/shop",
            "order.shipped",
            "2026-11-23T11:00:00Z",
        ),
        (
            "SNS around bare data",
            sns(&typed),
            "sns-1",
            topic,
            "order.shipped",
            "2026-11-23T11:00:00Z",
        ),
        (
            "SNS with the type as attribute",
            with(&sns(&data()), "/MessageAttributes", attributes),
            "sns-1",
            topic,
            "order.shipped",
            "2026-11-23T11:00:00Z",
        ),
        (
            "SNS around EventBridge",
            sns(&event_bridge(data())),
            "eb-1",
            "com.example.shop",
            "com.example.order.paid",
            "2026-11-23T10:00:00Z",
        ),
        ("bare data", identified, "evt-1001", "/shop", "order.shipped", "2026-11-23T09:30:00Z"),
    ];
    for (form, body, id, source, kind, time) in cases {
        let envelope = open_value(&body).unwrap_or_else(|e| panic!("{form}: {e}"));
        assert_eq!(envelope.id.as_str(), id, "{form}");
        assert_eq!(envelope.source, source, "{form}");
        assert_eq!(envelope.kind, kind, "{form}");
        assert_eq!(envelope.time, at(time), "{form}");
        let event = envelope.order_event("order.shipped").unwrap_or_else(|e| panic!("{form}: {e}"));
        assert_eq!(event.data, expected, "{form}");
    }
}

#[test]
fn bare_data_without_an_id_has_one_that_follows_from_its_text() {
    let body = with(&data(), "/type", "order.paid");
    let id = |body: &Value| open_value(body).unwrap().id;
    assert_eq!(id(&body), id(&body));
    assert_ne!(id(&body), id(&with(&body, "/order/number", "1002")));
}

#[test]
fn the_one_block_of_bare_data_gives_its_type() {
    let blocks = ["payment", "shipment", "refund", "review"];
    let only = |kept: &[&str]| {
        let dropped = blocks.iter().filter(|block| !kept.contains(block));
        dropped.fold(data(), |body, block| without(&body, &format!("/{block}")))
    };
    let types = ["order.paid", "order.shipped", "order.refund_requested", "order.completed"];
    for (block, kind) in blocks.iter().zip(types) {
        assert_eq!(open_value(&only(&[block])).unwrap().kind, kind);
    }
    for none_or_two in [&[][..], &["payment", "shipment"]] {
        assert_invalid(open_value(&only(none_or_two)), "missing_field", Some("type"));
    }
}

#[test]
fn a_reverse_dns_prefix_of_a_type_is_no_part_of_its_name() {
    let cases = [
        ("order.paid", true),
        ("com.example.order.paid", true),
        ("x.order.paid", true),
        ("preorder.paid", false),
        ("order.paid.v1", false),
        ("order", false),
        ("", false),
    ];
    for (published, same) in cases {
        assert_eq!(type_is(published, "order.paid"), same, "{published}");
    }
}

#[test]
fn an_envelope_that_can_not_be_read_is_an_error_that_names_the_field() {
    let event = cloud_event();
    let both = with(&event, "/data_base64", "e30=");
    let base64 = |text: &str| with(&without(&event, "/data"), "/data_base64", text);
    let cases = [
        (with(&event, "/specversion", "0.3"), "unsupported_version", "specversion"),
        (without(&event, "/type"), "missing_field", "type"),
        (with(&event, "/type", ["order.paid"].to_vec()), "missing_field", "type"),
        (without(&event, "/data"), "missing_field", "data"),
        (with(&event, "/data", Value::Null), "missing_field", "data"),
        (both, "invalid_field", "data_base64"),
        (base64("not Base64!"), "invalid_field", "data_base64"),
        (base64("bm8gSlNPTg=="), "invalid_field", "data_base64"),
        (with(&sns(&event), "/Message", "no JSON"), "invalid_field", "Message"),
        (with(&sns(&event), "/Message", "[]"), "invalid_field", "Message"),
        (event_bridge("text".into()), "invalid_field", "detail"),
        (json!([cloud_event()]), "invalid_field", "the body"),
        (json!("text"), "invalid_field", "the body"),
        (json!({}), "missing_field", "type"),
    ];
    for (body, code, field) in cases {
        assert_invalid(open_value(&body), code, Some(field));
    }
}

#[test]
fn an_envelope_that_can_be_understood_is() {
    let event = cloud_event();
    let noted = |body: &Value| {
        let event = order_event(body).unwrap_or_else(|e| panic!("{body}: {e}"));
        let repairs = event.repairs.iter().map(|r| format!("{} {}", r.field, r.kind.code()));
        (event.id.to_string(), event.time.to_string(), repairs.collect::<Vec<_>>().join(", "))
    };
    let time = "2026-11-23T09:30:00Z";
    let quoted = with(&event, "/data", data().to_string());
    for (body, id, time, repairs) in [
        (event.clone(), "evt-1001", time, ""),
        (with(&event, "/specversion", 1.0), "evt-1001", time, "specversion number_as_text"),
        (with(&event, "/specversion", "1.0.2"), "evt-1001", time, ""),
        (with(&event, "/id", 7), "7", time, "id number_as_text"),
        (without(&event, "/source"), "evt-1001", time, ""),
        (with(&event, "/time", "2026-11-23T09:30:00"), "evt-1001", time, "time no_zone"),
        (with(&event, "/time", 1_795_426_200), "evt-1001", time, "time respelt"),
        (with(&event, "/time", "yesterday"), "evt-1001", SENT_AT, "time malformed"),
        (with(&event, "/time", "0001-01-01T00:00:00Z"), "evt-1001", SENT_AT, "time zero_time"),
        (with(&sns(&event), "/Timestamp", "now"), "evt-1001", time, "Timestamp malformed"),
        (quoted, "evt-1001", time, "data json_as_text"),
    ] {
        assert_eq!(noted(&body), (id.to_owned(), time.to_owned(), repairs.to_owned()), "{body}");
    }
    for body in [without(&event, "/id"), with(&event, "/id", "")] {
        let (id, _, repairs) = noted(&body);
        assert_eq!((id.len(), repairs.as_str()), (32, "id derived"));
        assert_eq!(noted(&body).0, id, "it follows from the text");
    }
}

#[test]
fn only_the_order_and_its_id_can_not_be_done_without() {
    for (pointer, value, code) in [
        ("/order", None, "missing_field"),
        ("/order", Some(json!("A-1001")), "invalid_field"),
        ("/order/id", None, "missing_field"),
        ("/order/id", Some(json!("")), "missing_field"),
        ("/order/id", Some(Value::Null), "missing_field"),
        ("/order/id", Some(json!("A 1001")), "invalid_field"),
        ("/order/id", Some(json!("x".repeat(101))), "invalid_field"),
        ("/order/id", Some(json!(["A-1001"])), "invalid_field"),
    ] {
        let change = |body: &Value, prefix: &str| match &value {
            Some(value) => with(body, &format!("{prefix}{pointer}"), value.clone()),
            None => without(body, &format!("{prefix}{pointer}")),
        };
        let field = pointer[1..].replace('/', ".");
        let body = change(&cloud_event(), "/data");
        assert_invalid(order_event(&body), code, Some(&format!("data.{field}")));
        // The bare data has no `data`.
        assert_invalid(order_event(&event_bridge(change(&data(), ""))), code, Some(&field));
    }
    assert_invalid(
        order_event(&with(&cloud_event(), "/data", "text")),
        "invalid_field",
        Some("data"),
    );
    let id =
        |id: Value| order_event(&with(&cloud_event(), "/data/order/id", id)).unwrap().data.order.id;
    assert_eq!(id(json!(820_000_000_000_000_001_u64)).as_str(), "820000000000000001");
    assert_eq!(id(json!(" A-1001 ")).as_str(), "A-1001");
    assert_eq!(id(json!("gid://shopify/Order/82")).as_str(), "gid://shopify/Order/82");
}

/// The event with a value at this place of its data, and what was noted of it.
fn mended(pointer: &str, value: Value) -> (OrderEventData, String) {
    let event = order_event(&with(&cloud_event(), &format!("/data{pointer}"), value));
    let event = event.unwrap_or_else(|e| panic!("{pointer}: {e}"));
    let repairs = event.repairs.iter().filter(|repair| repair.kind != RepairKind::Sums);
    let repairs: Vec<_> = repairs.map(|r| format!("{} {}", r.field, r.kind.code())).collect();
    (event.data, repairs.join(", "))
}

#[test]
fn each_field_is_read_as_what_it_plainly_means_or_left_out() {
    for (pointer, value, read, repair) in [
        ("/order/number", json!(501), json!("501"), "number_as_text"),
        ("/order/number", json!(""), Value::Null, "blank"),
        ("/order/number", json!(true), Value::Null, "wrong_type"),
        ("/order/placed_at", json!("2026-11-21"), json!("2026-11-21"), "no_zone"),
        ("/order/placed_at", json!("2026-11-21 18:04:00"), json!("2026-11-21T18:04:00"), "no_zone"),
        ("/order/placed_at", json!("0001-01-01T00:00:00Z"), Value::Null, "zero_time"),
        ("/order/placed_at", json!("soon"), Value::Null, "malformed"),
        ("/order/placed_at", json!(1_795_280_640), json!("2026-11-21T17:04:00Z"), "respelt"),
        ("/order/currency", json!("eur"), json!("EUR"), ""),
        ("/order/currency", json!("EURO"), Value::Null, "malformed"),
        ("/order/status_url", json!("javascript:alert(1)"), Value::Null, "malformed"),
        ("/order/items/0/sku", Value::Null, Value::Null, ""),
        ("/order/items/0/sku", json!(4711), json!("4711"), "number_as_text"),
        (
            "/order/items/0/title",
            json!("Salt &amp; pepper &ndash; oak"),
            json!("Salt & pepper – oak"),
            "html_entities",
        ),
        ("/order/items/0/quantity", json!(0.75), json!("0.75"), ""),
        ("/order/items/0/quantity", json!(2.0), json!("2"), ""),
        ("/order/items/0/quantity", json!("2"), json!("2"), "text_as_number"),
        ("/order/items/0/quantity", json!("1,5"), json!("1.5"), "text_as_number"),
        ("/order/items/0/quantity", json!(0.1 + 0.2), json!("0.3"), ""),
        ("/order/items/0/quantity", json!(-1), Value::Null, "less_than_none"),
        ("/order/items/0/quantity", json!("two"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("48.000000"), json!("48.00"), ""),
        ("/order/items/0/unit_price", json!("7.499999999999999"), json!("7.50"), "rounded"),
        ("/order/items/0/unit_price", json!("0.0045"), json!("0.0045"), ""),
        ("/order/items/0/unit_price", json!("12,50"), json!("12.50"), "respelt"),
        ("/order/items/0/unit_price", json!("1.234,50"), json!("1234.50"), "respelt"),
        ("/order/items/0/unit_price", json!("1,234.50"), json!("1234.50"), "respelt"),
        ("/order/items/0/unit_price", json!("1,234"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("€ 12.50"), json!("12.50"), "respelt"),
        ("/order/items/0/unit_price", json!("12.50 EUR"), json!("12.50"), "respelt"),
        ("/order/items/0/unit_price", json!("1E+3"), json!("1000"), "respelt"),
        (
            "/order/items/0/unit_price",
            json!({"amount": "12.50", "currency": "EUR"}),
            json!("12.50"),
            "respelt",
        ),
        ("/order/items/0/unit_price", json!("Rs. 500"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("Fr. 84"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("5 10"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("1.234 €"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("1 234,50"), json!("1234.50"), "respelt"),
        ("/order/items/0/unit_price", json!("1'234.50"), json!("1234.50"), "respelt"),
        ("/order/items/0/unit_price", json!("USD 3.00"), Value::Null, "other_currency"),
        (
            "/order/items/0/unit_price",
            json!({"amount": "3.00", "currency": "USD"}),
            Value::Null,
            "other_currency",
        ),
        (
            "/order/items/0/unit_price",
            json!({"centAmount": 1250, "fractionDigits": 2, "currencyCode": "EUR"}),
            json!("12.50"),
            "respelt",
        ),
        ("/order/number", json!("null"), Value::Null, "blank"),
        ("/customer/id", json!("00000000-0000-0000-0000-000000000000"), Value::Null, "no_customer"),
        ("/refund/items/0/quantity", json!(-1), json!("1"), "negative"),
        ("/order/items/0/unit_price", json!(12.5), Value::Null, "number_for_money"),
        ("/order/items/0/unit_price", json!(1250), Value::Null, "number_for_money"),
        ("/order/items/0/unit_price", json!(0), json!("0"), ""),
        ("/order/items/0/unit_price", json!("free"), Value::Null, "malformed"),
        ("/order/items/0/unit_price", json!("1".repeat(20)), Value::Null, "too_long"),
        ("/order/items/0/image_url", json!("//img.shop.example/mug.jpg"), Value::Null, "malformed"),
        ("/order/items/0/image_url", json!("/mug.jpg"), Value::Null, "malformed"),
        ("/order/totals/discount", json!("-5.00"), json!("5.00"), "negative"),
        ("/customer/id", json!(0), Value::Null, "no_customer"),
        ("/customer/id", json!("guest"), Value::Null, "no_customer"),
        (
            "/customer/id",
            json!(115_000_000_000_000_002_u64),
            json!("115000000000000002"),
            "number_as_text",
        ),
        ("/customer/id", json!("c".repeat(129)), Value::Null, "too_long"),
        ("/customer/email", json!(["ada@example.com"]), json!("ada@example.com"), "as_list"),
        ("/customer/email", json!([[1]]), Value::Null, "wrong_type"),
        ("/customer/phone", json!(436_601_234_567_u64), json!("436601234567"), "number_as_text"),
        ("/refund/amount", json!("-6.00"), json!("6.00"), "negative"),
        ("/shipment/estimated_delivery", json!("2026-11-27T00:00:00Z"), json!("2026-11-27"), ""),
        (
            "/shipment/estimated_delivery",
            json!({"from": "2026-11-25", "to": "2026-11-27"}),
            json!("2026-11-25/2026-11-27"),
            "",
        ),
        ("/shipment/estimated_delivery", json!("25.11.2026"), json!("2026-11-25"), ""),
        ("/shipment/estimated_delivery", json!("in a week"), Value::Null, "malformed"),
        ("/notification/channels", json!(["email", "pigeon"]), json!(["email"]), "[1]"),
        ("/notification/channels", json!(["pigeon"]), Value::Null, "[0]"),
        ("/notification/channels", json!([]), json!([]), ""),
        ("/notification/channels", json!("SMS"), json!(["sms"]), "as_list"),
        ("/notification/resend_key", json!("k".repeat(129)), Value::Null, "too_long"),
    ] {
        let (data, noted) = mended(pointer, value.clone());
        let stored = serde_json::to_value(&data).unwrap();
        let found = stored.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(found, read, "{pointer} {value}");
        let field = format!("data{}", pointer.replace("/0/", "[0]/").replace('/', "."));
        let expected = match repair {
            "" => String::new(),
            item if item.starts_with('[') => format!("{field}{item} malformed"),
            kind => format!("{field} {kind}"),
        };
        assert_eq!(noted, expected, "{pointer} {value}");
    }
}

#[test]
fn lists_and_blocks_in_a_neighbouring_form_are_read() {
    let (data, noted) = mended("/order/shipping_address/lines", json!("Hauptstr. 1\nTop 4"));
    assert_eq!(data.order.shipping_address.unwrap().lines, ["Hauptstr. 1", "Top 4"]);
    assert_eq!(noted, "data.order.shipping_address.lines as_list");
    let (data, noted) =
        mended("/order/shipping_address/lines", json!(["12 Harbour Street", null, 4]));
    assert_eq!(data.order.shipping_address.unwrap().lines, ["12 Harbour Street", "4"]);
    assert_eq!(noted, "data.order.shipping_address.lines[2] number_as_text");
    // An array of PHP whose keys have a gap.
    let (data, noted) =
        mended("/order/items", json!({"0": {"title": "Mug"}, "2": {"title": "Pot"}}));
    let titles: Vec<_> = data.order.items.iter().map(|item| item.name().unwrap()).collect();
    assert_eq!((titles, noted.as_str()), (vec!["Mug", "Pot"], "data.order.items as_list"));
    let (data, noted) = mended("/order/items", json!([{"title": "Mug"}, "Pot", null]));
    assert_eq!((data.order.items.len(), noted.as_str()), (1, "data.order.items[1] wrong_type"));
    // PHP gives a block without members as an empty list.
    let (data, noted) = mended("/order/shipping_address", json!([]));
    assert_eq!((data.order.shipping_address, noted.as_str()), (Some(Address::default()), ""));
    let (data, noted) = mended("/customer", json!([{ "email": "ada@example.com" }]));
    assert_eq!(data.customer.email.unwrap().reveal(), "ada@example.com");
    assert_eq!(noted, "data.customer respelt");
    let (data, noted) = mended("/payment", json!("{\"amount\": \"5.00\"}"));
    assert_eq!((data.payment.is_some(), noted.as_str()), (true, "data.payment json_as_text"));
    // Blocks by their ids, SKUs with their numbers, texts in the place of blocks.
    let (data, _) = mended("/order/items", json!({"l2": {"title": "Pot"}, "l1": {"title": "Mug"}}));
    assert_eq!(data.order.items.len(), 2);
    let (data, _) = mended("/shipment/items", json!({"MUG-01": 1}));
    let line = &data.shipment.as_ref().unwrap().items[0];
    assert_eq!((line.sku.as_deref(), line.quantity), (Some("MUG-01"), Some(1.into())));
    let (data, _) = mended("/shipment/items", json!(["MUG-01"]));
    assert_eq!(data.shipment.unwrap().items[0].sku.as_deref(), Some("MUG-01"));
    let (data, _) = mended("/shipment/parcels", json!(["R1", "R2"]));
    assert_eq!(data.shipment.unwrap().parcels.len(), 2);
    let (data, noted) = mended("/shipment/tracking_number", json!(["R1", "R2"]));
    assert_eq!(data.shipment.unwrap().tracking_number.as_deref(), Some("R1, R2"));
    assert_eq!(noted, "data.shipment.tracking_number as_list");
    let (data, _) = mended("/shipment/carrier", json!({"name": "Post"}));
    assert_eq!(data.shipment.unwrap().carrier.as_deref(), Some("Post"));
    let (data, noted) = mended("/order/gift", json!(true));
    assert_eq!((data.order.gift, noted.as_str()), (Some(Gift::default()), ""));
    assert_eq!(mended("/order/gift", json!(false)).0.order.gift, None);
    let (data, _) = mended("/order/items/0/options", json!({"Size": "M"}));
    let option = &data.order.items[0].options[0];
    assert_eq!((option.name.as_deref(), option.value.as_deref()), (Some("Size"), Some("M")));
    let (data, _) = mended("/order/items/0/parts", json!(["Mug", {"title": "Pot", "quantity": 2}]));
    assert_eq!(data.order.items[0].parts.len(), 2);
}

#[test]
fn nothing_in_the_data_costs_more_than_itself() {
    let neighbours = [
        Value::Null,
        json!(""),
        json!(" "),
        json!(0),
        json!(-1.5),
        json!("x"),
        json!(true),
        json!([]),
        json!({}),
        json!(["x"]),
        json!({"x": [1]}),
        json!("\u{feff}"),
        json!(1e300),
    ];
    let decides = ["/order", "/order/id"];
    for pointer in pointers(&data()).iter().filter(|pointer| !decides.contains(&pointer.as_str())) {
        for value in &neighbours {
            let body = with(&cloud_event(), &format!("/data{pointer}"), value.clone());
            let event = order_event(&body).unwrap_or_else(|e| panic!("{pointer} {value}: {e}"));
            let stored = serde_json::to_string(&event.data).unwrap();
            assert_eq!(serde_json::from_str::<OrderEventData>(&stored).unwrap(), event.data);
            // What stands beside it is as before.
            assert_eq!(event.data.order.id.as_str(), "A-1001");
        }
        let absent = order_event(&without_any(&cloud_event(), &format!("/data{pointer}")));
        let null = mended(pointer, Value::Null).0;
        let of_list = pointer.ends_with(|c: char| c.is_ascii_digit());
        assert!(of_list || absent.unwrap().data == null, "{pointer} is null");
    }
}

/// `base` without the member at `pointer`, if it is one.
fn without_any(base: &Value, pointer: &str) -> Value {
    match pointer.ends_with(|c: char| c.is_ascii_digit()) {
        true => base.clone(),
        false => without(base, pointer),
    }
}

#[test]
fn the_schema_takes_what_is_taken_and_needs_what_is_needed() {
    let schema = json_schema();
    let definition = |name: &str| &schema["$defs"][name];
    assert_eq!(schema["required"], json!(["specversion", "type", "data"]));
    assert_eq!(definition("OrderEventData")["required"], json!(["order"]));
    assert_eq!(definition("Order")["required"], json!(["id"]));
    let others = schema["$defs"].as_object().unwrap().iter();
    for (name, schema) in
        others.filter(|(name, _)| !["OrderEventData", "Order"].contains(&name.as_str()))
    {
        assert_eq!(schema.get("required"), None, "{name}");
    }
}

#[test]
fn an_empty_resend_key_is_absent() {
    let routing = |key: &str| {
        let body = with(&cloud_event(), "/data/notification/resend_key", key);
        order_event(&body).unwrap().data.notification.resend_key
    };
    assert_eq!(routing(""), None);
    assert_eq!(routing("again"), Some("again".to_owned()));
}

#[test]
fn unknown_fields_are_ignored_wherever_they_stand() {
    let expected = order_event(&cloud_event()).unwrap();
    let objects = pointers(&cloud_event())
        .into_iter()
        .filter(|pointer| cloud_event().pointer(pointer).is_some_and(Value::is_object))
        .chain([String::new()]);
    for pointer in objects {
        let body =
            with(&cloud_event(), &format!("{pointer}/x_extension"), json!({"deep": [1, null]}));
        assert_eq!(order_event(&body).as_ref(), Ok(&expected), "in {pointer}");
    }
}

#[test]
fn what_is_not_json_is_an_error_with_its_place() {
    for body in ["", "order A-1001 is paid", "{\"specversion\": \"1.0\",", "{'id': 1}", "{} {}"] {
        assert_invalid(open_text(body), "not_json", None);
    }
    let error = open_text("{\n  \"id\": nope\n}").unwrap_err();
    assert_eq!(error.to_string(), "the body is not JSON: unexpected text at line 2, column 10");
    let error = open_text("{\"id\": \"evt").unwrap_err().to_string();
    assert!(error.contains("ends too early"), "{error}");
}

#[test]
fn nesting_has_a_limit() {
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let error = open_text(&nested).unwrap_err();
    assert_eq!(error.reason(), "not_json");
    assert!(error.to_string().contains("nested too deeply"), "{error}");

    let wrapped = with(&sns(&Value::Null), "/Message", nested.clone());
    assert_invalid(open_value(&wrapped), "invalid_field", Some("Message"));

    let encoded = base64::engine::general_purpose::STANDARD.encode(nested);
    let encoded = with(&without(&cloud_event(), "/data"), "/data_base64", encoded);
    assert_invalid(open_value(&encoded), "invalid_field", Some("data_base64"));
}

#[test]
fn size_has_a_limit() {
    let fill = |bytes: usize| {
        let empty = with(&cloud_event(), "/padding", "").to_string().len();
        with(&cloud_event(), "/padding", "x".repeat(bytes - empty)).to_string()
    };
    assert_eq!(fill(MAX_EVENT_BYTES).len(), MAX_EVENT_BYTES);
    assert!(open_text(&fill(MAX_EVENT_BYTES)).is_ok());
    assert_invalid(open_text(&fill(MAX_EVENT_BYTES + 1)), "too_large", None);
}

#[test]
fn data_that_grows_past_the_limit_when_it_is_written_again_is_too_large() {
    // A number that is read as text gets quotation marks.
    let body = with(&cloud_event(), "/data/order/shipping_address/lines", vec![7; 100_000]);
    assert!(body.to_string().len() < MAX_EVENT_BYTES);
    assert_invalid(order_event(&body), "too_large", None);
}

#[test]
fn data_survives_being_stored_and_read_again() {
    let sparse = json!({
        "order": {"id": "A-1", "currency": "jpy", "totals": {"total": "1200"}},
        "customer": {"id": "c-1"}
    });
    for data in [data(), sparse] {
        let parsed = order_event(&with(&cloud_event(), "/data", data)).unwrap().data;
        let stored = serde_json::to_string(&parsed).unwrap();
        assert_eq!(serde_json::from_str::<OrderEventData>(&stored).unwrap(), parsed);
    }
}

/// Values that no field takes as they stand, in every type of JSON, all of
/// which hold a canary. The second looks like serde's wording.
fn canaries() -> Vec<Value> {
    vec![
        json!("CANARY"),
        json!("it, expected CANARY"),
        json!("missing field `CANARY`"),
        json!("expected CANARY"),
        json!(424_242_424_242_u64),
        json!(-42.4242),
        json!(["CANARY"]),
        json!({"CANARY": "CANARY"}),
    ]
}

fn assert_no_canary(pointer: &str, error: &EventError) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("CANARY") && !shown.contains("4242"), "{pointer}: {shown}");
}

#[test]
fn no_error_shows_what_a_field_holds() {
    let mut invalid = 0;
    for body in [cloud_event(), event_bridge(data()), sns(&cloud_event())] {
        for (pointer, canary) in
            pointers(&body).iter().flat_map(|p| canaries().into_iter().map(move |c| (p, c)))
        {
            if let Err(error) = order_event(&with(&body, pointer, canary)) {
                assert_no_canary(pointer, &error);
                invalid += 1;
            }
        }
    }
    assert!(invalid > 50, "only {invalid} were invalid");

    for body in ["CANARY", "{\"CANARY\"", "{\"email\": CANARY}", "[\"CANARY\"]", "\"CANARY\""] {
        assert_no_canary(body, &open_text(body).unwrap_err());
    }
}

fn customer_updated() -> Value {
    json!({
        "specversion": "1.0", "id": "evt-2", "source": "/shop", "type": "com.example.customer.updated",
        "time": "2026-11-20T08:00:00Z", "data": {"customer": data()["customer"]}
    })
}

fn device_event(kind: &str) -> Value {
    json!({
        "specversion": "1.0", "id": "evt-3", "source": "/shop", "type": kind, "time": "2026-11-20T08:00:00Z",
        "data": {"customer_id": "c-77", "platform": "apns_sandbox", "token": "CANARY-token"}
    })
}

#[test]
fn customer_events_are_parsed() {
    let updated = customer_event(&customer_updated()).unwrap();
    assert_eq!((updated.id.as_str(), updated.time), ("evt-2", at("2026-11-20T08:00:00Z")));
    assert_eq!(updated.fact.customer_id().as_str(), "c-77");
    let CustomerFact::Updated(_, customer) = updated.fact else { panic!("{:?}", updated.fact) };
    assert_eq!(customer.email.unwrap().reveal(), "ada@example.com");

    let registered = customer_event(&device_event("device.registered")).unwrap().fact;
    let CustomerFact::DeviceRegistered(device) = &registered else { panic!("{registered:?}") };
    assert_eq!((device.platform, device.token.reveal()), (Platform::ApnsSandbox, "CANARY-token"));
    assert!(!format!("{registered:?}").contains("CANARY"), "{registered:?}");

    let removed = customer_event(&device_event("device.removed")).unwrap().fact;
    assert!(matches!(removed, CustomerFact::DeviceRemoved(_)), "{removed:?}");

    let about = |kind: &str, data: Value| {
        customer_event(&with(&with(&customer_updated(), "/type", kind), "/data", data))
            .unwrap()
            .fact
    };
    let erased = about("customer.erased", json!({"customer_id": "c-77"}));
    assert_eq!(erased, CustomerFact::Erased("c-77".into()));
    let merged = about("customer.merged", json!({"from": "c-77", "into": "c-78"}));
    let (from, into) = ("c-77".into(), "c-78".into());
    assert_eq!(merged, CustomerFact::Merged { from, into });
}

#[test]
fn a_field_of_a_customer_event_that_is_wrong_is_named() {
    let device = device_event("device.registered");
    let about =
        |kind: &str, data: Value| with(&with(&customer_updated(), "/type", kind), "/data", data);
    let cases = [
        (without(&customer_updated(), "/data/customer"), "missing_field", "data.customer"),
        (without(&customer_updated(), "/data/customer/id"), "missing_field", "data.customer.id"),
        (with(&customer_updated(), "/data/customer/id", ""), "missing_field", "data.customer.id"),
        (
            with(&customer_updated(), "/data/customer/id", vec![1]),
            "invalid_field",
            "data.customer.id",
        ),
        (about("customer.erased", json!({})), "missing_field", "data.customer_id"),
        (about("customer.merged", json!({"into": "c-78"})), "missing_field", "data.from"),
        (about("customer.merged", json!({"from": "c-77"})), "missing_field", "data.into"),
        (
            about("customer.merged", json!({"from": "c-77", "into": [1]})),
            "invalid_field",
            "data.into",
        ),
        (
            about("customer.merged", json!({"from": "c-77", "into": "c-77"})),
            "invalid_field",
            "data.into",
        ),
        (without(&device, "/data/customer_id"), "missing_field", "data.customer_id"),
        (with(&device, "/data/customer_id", ""), "missing_field", "data.customer_id"),
        (with(&device, "/data/platform", "CANARY"), "invalid_field", "data.platform"),
        (without(&device, "/data/token"), "missing_field", "data.token"),
        (with(&device, "/data/token", ""), "missing_field", "data.token"),
        (with(&device, "/data/token", "x".repeat(5_000)), "invalid_field", "data.token"),
        (with(&device, "/type", "device.CANARY"), "invalid_field", "type"),
    ];
    for (body, code, field) in cases {
        assert_no_canary(field, &customer_event(&body).unwrap_err());
        assert_invalid(customer_event(&body), code, Some(field));
    }
}

#[test]
fn an_invalid_event_still_gives_its_order_where_it_can() {
    let broken = with(&cloud_event(), "/data/order/totals", Value::Null);
    let no_order = without(&cloud_event(), "/data/order");
    let cases = [
        (broken.to_string(), Some("A-1001")),
        (event_bridge(broken.clone()).to_string(), Some("A-1001")),
        (event_bridge(broken["data"].clone()).to_string(), Some("A-1001")),
        (sns(&broken).to_string(), Some("A-1001")),
        (broken["data"].to_string(), Some("A-1001")),
        (with(&no_order, "/subject", "A-1002").to_string(), Some("A-1002")),
        (with(&no_order, "/subject", "no order id").to_string(), None),
        (with(&sns(&broken), "/Message", "no JSON").to_string(), None),
        (with(&broken, "/data/order/id", 1001).to_string(), Some("1001")),
        (format!("\u{feff}{broken}"), Some("A-1001")),
        (broken.to_string()[..700].to_owned(), Some("A-1001")),
        ("no JSON".to_owned(), None),
    ];
    for (body, expected) in cases {
        assert_eq!(order_id_hint(&body).as_ref().map(OrderId::as_str), expected, "{body}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(body in any::<String>()) {
        let _ = open_text(&body).map(|envelope| envelope.order_event("order.paid"));
        let _ = order_id_hint(&body);
    }

    #[test]
    fn no_cut_and_no_changed_byte_makes_it_panic(
        place in any::<prop::sample::Index>(),
        byte in 0x20_u8..0x7f,
        cut in any::<bool>(),
    ) {
        let mut body = sns(&cloud_event()).to_string().into_bytes();
        let place = place.index(body.len());
        if cut { body.truncate(place) } else { body[place] = byte }
        let body = String::from_utf8_lossy(&body);
        let _ = open_text(&body).map(|envelope| envelope.order_event("order.paid"));
        let _ = order_id_hint(&body);
    }
}
