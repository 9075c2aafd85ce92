//! Orders that try what messages can go wrong on. Each has all that any type
//! shows, so that every type is tried on every one.

use serde_json::{Value, json};

use crate::event::{Amount, OrderEventData, line_price, sums};

/// An order to try messages on.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its name.
    pub name: String,
    /// What it tries.
    pub about: String,
    /// The customer's time zone, an IANA name.
    pub time_zone: String,
    /// The order.
    pub data: OrderEventData,
    /// The file it was read from and the line of its sums, if it is not built in.
    pub place: Option<(String, usize)>,
}

impl Fixture {
    /// The built-in fixtures.
    ///
    /// # Errors
    /// If one of them is no order; a test says that all are.
    pub fn built_in() -> Result<Vec<Self>, serde_json::Error> {
        let fixture = |(name, about, more): (&str, &str, Value)| {
            let data = serde_json::from_value(merge(typical(), more))?;
            let (name, about) = (name.to_owned(), about.to_owned());
            Ok(Self { name, about, time_zone: "Europe/Vienna".to_owned(), data, place: None })
        };
        cases().into_iter().map(fixture).collect()
    }

    /// The few that try what can break a message, for whoever can't wait for all.
    ///
    /// # Errors
    /// As [`Self::built_in`].
    pub fn few() -> Result<Vec<Self>, serde_json::Error> {
        let mut few = Self::built_in()?;
        few.retain(|fixture| ["typical", "rich", "bare"].contains(&fixture.name.as_str()));
        Ok(few)
    }

    /// Why the order's sums don't add up; none if they do, as far as they are known.
    pub fn wrong_sum(&self) -> Option<String> {
        let order = &self.data.order;
        let prices: Option<Vec<_>> =
            order.items.iter().map(|item| line_price(item, order.currency.as_ref())).collect();
        if let Some(prices) = prices.filter(|prices| !prices.is_empty())
            && let Some(subtotal) = order.totals.subtotal.map(Amount::decimal)
        {
            let sum: rust_decimal::Decimal = prices.into_iter().sum();
            if sum != subtotal {
                return Some(format!("the lines make {sum}, and the subtotal is {subtotal}"));
            }
        }
        let total = order.totals.total?;
        let problem = || format!("no reading of the sums makes the total of {total}");
        sums(order).is_odd.then(problem)
    }
}

fn cases() -> Vec<(&'static str, &'static str, Value)> {
    let titles = |titles: &[&str]| {
        let item = |(n, title): (usize, &&str)| {
            json!({ "sku": format!("S-{n}"), "title": title, "quantity": 1, "unit_price": "10.00",
                    "image_url": format!("https://shop.example/pictures/{n}.jpg") })
        };
        let items: Vec<_> = titles.iter().enumerate().map(item).collect();
        let subtotal = format!("{}.00", 10 * titles.len());
        json!({ "order": {
            "items": items,
            "totals": { "subtotal": subtotal, "discount": null, "shipping": "0.00", "tax": null, "total": subtotal },
        }, "shipment": { "items": null }, "refund": { "items": null }, "review": { "items": null } })
    };
    let hundred: Vec<_> =
        (1..=100).map(|n| format!("Article number {n} of a long order")).collect();
    let hundred: Vec<_> = hundred.iter().map(String::as_str).collect();
    vec![
        ("typical", "An order of three lines with pictures, a discount and shipping.", json!({})),
        (
            "partial",
            "A parcel with a part of the order; the rest is still to come.",
            json!({ "shipment": { "items": [{ "sku": "MUG-01", "quantity": 1 }, { "sku": "TEA-02", "quantity": 1 }] } }),
        ),
        (
            "refund-of-nothing",
            "A refund of 0.00: its sum is not known yet.",
            json!({ "refund": { "amount": "0.00", "reason": null } }),
        ),
        ("hundred-lines", "An order of a hundred lines.", titles(&hundred)),
        (
            "long-words",
            "Words that no line is wide enough for.",
            merge(
                titles(&[
                    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz in Leinen gebunden",
                    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsmütze",
                ]),
                json!({
                    "order": { "number": "BESTELLNUMMER-2026-0000000000000000000000000001",
                               "shipping_address": { "lines": ["Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu 1"] } },
                    "customer": { "name": "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff" },
                    "shipment": { "carrier": "Österreichische Paketzustellungsgesellschaft",
                                  "tracking_number": "00340434161094042557003404341610940425570034043416" },
                }),
            ),
        ),
        (
            "emoji",
            "Emoji in names and titles.",
            merge(
                titles(&["👩‍👩‍👧‍👦 Family mug ☕️", "🏳️‍🌈🧵🪡 Sewing kit", "✨✨✨✨✨✨✨✨✨✨✨✨"]),
                json!({ "customer": { "name": "Ada 🦊" }, "refund": { "reason": "It broke 😢" } }),
            ),
        ),
        (
            "right-to-left",
            "Titles and names from right to left.",
            merge(
                titles(&["قلم حبر أزرق ١٢", "כוס קפה כחולה", "Blue pen قلم 12 (Nr. 3)"]),
                json!({ "customer": { "name": "ليلى حداد" },
                        "order": { "shipping_address": { "name": "ليلى حداد", "lines": ["شارع الملك 12"], "city": "عمّان", "country": "JO" } } }),
            ),
        ),
        (
            "three-decimals",
            "Dinars, which have a thousand parts; tax on top of the prices.",
            json!({ "order": { "currency": "KWD", "totals": { "tax": "2.290", "total": "48.090" } },
                    "payment": { "amount": "48.090" }, "refund": { "amount": "12.500" } }),
        ),
        (
            "rich",
            "An order with everything that one can have.",
            json!({
                "order": {
                    "items": [
                        { "line_id": "1", "sku": "TEA-02", "title": "Green tea, loose", "quantity": "0.75", "unit": "kg",
                          "unit_price": "64.00", "image_url": "https://shop.example/pictures/tea.jpg" },
                        { "line_id": "2", "sku": "MUG-01", "title": "Blue mug", "variant": "Large", "quantity": "2",
                          "options": [{ "name": "Engraving", "value": "For Ada" }], "unit_price": "12.50",
                          "list_price": "15.00", "url": "https://shop.example/mug" },
                        { "line_id": "3", "sku": "BOX-3", "title": "Discovery box", "quantity": "1", "unit_price": "30.00",
                          "discount": "3.00", "total": "27.00",
                          "parts": [{ "title": "Green tea, 100 g", "quantity": "2" }, { "title": "Infuser" }] },
                        { "line_id": "4", "title": "The tea book (PDF)", "quantity": "1", "unit_price": "0.00",
                          "download_url": "https://shop.example/downloads/1" },
                    ],
                    "totals": {
                        "subtotal": "100.00", "discount": null, "shipping": "4.90", "tax": null,
                        "discounts": [{ "title": "Welcome back", "code": "HELLO5", "amount": "5.00" }, { "amount": "1.00" }],
                        "fees": [{ "title": "Gift wrapping", "amount": "3.50" }], "tip": "2.00", "rounding": "-0.05",
                        "taxes": [{ "title": "VAT", "rate": "10", "amount": "8.00" }, { "rate": "20", "amount": "2.73" }],
                        "tax_included": true, "gift_cards": [{ "title": "…7781", "amount": "20.00" }],
                        "total": "104.35", "paid": "50.00", "due": "34.35",
                    },
                    "billing_address": { "name": "Ada Example", "company": "Example & Co.", "tax_id": "ATU00000000",
                                         "lines": ["Ring 2"], "city": "Wien", "postal_code": "1010", "country": "AT" },
                    "shipping_method": "Express", "invoice_url": "https://shop.example/invoices/1", "note": "Please ring twice.",
                    "gift": { "message": "Happy birthday!" },
                },
                "payment": { "id": "p-1", "amount": "50.00", "reason": "The card has expired.", "url": "https://shop.example/pay",
                             "instructions": { "holder": "Example Shop", "iban": "AT611904300234573201", "bic": "BKAUATWW",
                                               "reference": "A-1001", "due": "2026-12-06" } },
                "shipment": { "parcels": [
                                { "carrier": "Post AG", "tracking_number": "RR1", "tracking_url": "https://track.example/RR1" },
                                { "carrier": "DHL", "tracking_number": "RR2", "tracking_url": "https://track.example/RR2" }],
                              "estimated_delivery": "2026-11-25T09:00:00Z/2026-11-25T11:00:00Z",
                              "delivered_at": "2026-11-25T10:12:00Z", "location": "With your neighbour",
                              "items": [{ "line_id": "2", "quantity": "1" }] },
                "refund": { "shipping_amount": "4.90", "to": "Visa •••• 4242", "refunded_at": "2026-11-29T09:00:00Z",
                            "items": [{ "line_id": "2", "quantity": "1", "amount": "7.60" }] },
                "cancellation": { "items": [{ "line_id": "3" }] },
            }),
        ),
        (
            "gift",
            "A gift: no price is shown.",
            json!({ "order": { "gift": { "message": "Happy birthday!", "hide_prices": true } } }),
        ),
        (
            "bare",
            "An order of which only what is required is known.",
            json!({
                "order": { "number": null, "placed_at": null, "status_url": null, "items": null,
                           "shipping_address": null, "currency": "JPY",
                           "totals": { "subtotal": null, "discount": null, "shipping": null, "tax": null, "total": "3200" } },
                "customer": { "name": null },
                "payment": { "method": null, "amount": null, "paid_at": null },
                "shipment": { "carrier": null, "tracking_number": null, "tracking_url": null,
                              "estimated_delivery": null, "items": null },
                "refund": { "amount": null, "reason": null, "requested_at": null, "items": null },
                "review": { "url": null, "items": null },
                "pickup": null, "cancellation": null, "edit": null,
            }),
        ),
    ]
}

fn typical() -> Value {
    json!({
        "order": {
            "id": "A-1001", "number": "1001", "placed_at": "2026-11-21T18:04:00Z", "currency": "EUR",
            "status_url": "https://shop.example/orders/A-1001",
            "items": [
                { "sku": "MUG-01", "title": "Blue mug", "quantity": 2, "unit_price": "12.50",
                  "image_url": "https://shop.example/pictures/mug.jpg", "url": "https://shop.example/mug" },
                { "sku": "TEA-02", "title": "Green tea, 100 g", "quantity": 1, "unit_price": "9.90",
                  "image_url": "https://shop.example/pictures/tea.jpg" },
                { "sku": "POT-03", "title": "Teapot", "quantity": 1, "unit_price": "11.00" },
            ],
            "totals": { "subtotal": "45.90", "discount": "5.00", "shipping": "4.90", "tax": "7.63", "total": "45.80" },
            "shipping_address": { "name": "Ada Example", "lines": ["Hauptstr. 1"], "city": "Wien",
                                  "postal_code": "1010", "country": "AT" },
        },
        "customer": { "id": "c-77", "name": "Ada Example" },
        "payment": { "method": "Visa •••• 4242", "amount": "45.80", "paid_at": "2026-11-21T18:06:00Z" },
        "shipment": { "id": "s-1", "carrier": "Post AG", "tracking_number": "RR123456785AT",
                      "tracking_url": "https://track.example/RR123456785AT", "estimated_delivery": "2026-11-25" },
        "refund": { "id": "r-1", "amount": "12.50", "reason": "The handle broke.",
                    "requested_at": "2026-11-28T09:00:00Z", "items": [{ "sku": "MUG-01", "quantity": 1 }] },
        "review": { "url": "https://shop.example/orders/A-1001/reviews/new" },
        "pickup": { "name": "Example Shop Graz", "until": "2026-12-05", "code": "4711",
                    "address": { "lines": ["Herrengasse 3"], "city": "Graz", "postal_code": "8010", "country": "AT" },
                    "hours": ["9–18"] },
        "cancellation": { "reason": "Sold out.", "refund_amount": "45.80", "refund_to": "Visa •••• 4242" },
        "edit": { "id": "e-1", "changes": ["Blue mug: 2, not 1"], "previous_total": "33.30" },
    })
}

/// The base with the members of `more` put in, at any depth; a null takes the
/// member out (RFC 7396).
pub(super) fn merge(mut base: Value, more: Value) -> Value {
    match (base.as_object_mut(), more) {
        (Some(members), Value::Object(more)) => {
            for (key, value) in more {
                let known = members.remove(&key);
                if !value.is_null() {
                    members.insert(key, merge(known.unwrap_or_else(|| json!({})), value));
                }
            }
            base
        }
        (_, more) => more,
    }
}
