//! Whoever reads a mail can add up its rows: in every currency of ISO 4217 they make
//! the total, and no sum has fewer digits than were charged.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::sync::LazyLock;

use bellhop::catalogue::Catalogue;
use bellhop::content::{MessageInput, Renderer, Shop};
use bellhop::event::{OrderEventData, Received, open, sums};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

/// Source: ISO 4217, list one, as of 2026.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND \
    BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN \
    ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD \
    JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR \
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND \
    TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
    Renderer::new(Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    })
    .unwrap()
});

fn data(order: &serde_json::Value) -> OrderEventData {
    let body = json!({ "specversion": "1.0", "id": "e", "source": "/s", "type": "order.created",
                       "time": "2026-11-23T09:30:00Z", "data": { "order": order } });
    let sent_at = "2026-11-23T09:30:00Z".parse().unwrap();
    let envelope = open(&body.to_string(), Received { sent_at }).unwrap();
    let catalogue = Catalogue::built_in().unwrap();
    catalogue.find("order.created").unwrap().admit(envelope).unwrap().data
}

/// The sums of the text part, by what stands before each.
fn shown(text: &str) -> Vec<(String, Decimal)> {
    let labels = ["Subtotal", "Discount", "Shipping", "Fee", "Tip", "Tax", "Rounding", "Total"];
    let row = |line: &str| {
        let (label, sum) = line.split_once(": ")?;
        let label = labels.into_iter().find(|known| *known == label)?;
        if sum == "Free" {
            return Some((label.to_owned(), Decimal::ZERO));
        }
        let digits = sum.find(|c: char| c.is_ascii_digit())?;
        let number: String =
            sum[digits..].chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let number: Decimal = number.parse().unwrap();
        Some((label.to_owned(), if sum.contains('-') { -number } else { number }))
    };
    text.lines().filter_map(row).collect()
}

/// An amount of money: few have more than three decimals.
fn amount() -> impl Strategy<Value = Decimal> {
    let scale = prop_oneof![6 => Just(2_u32), 2 => Just(0), 1 => Just(3), 1 => Just(1)];
    (0_i64..5_000_000, scale).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_rows_that_are_shown_make_the_total_that_is_shown(
        currency in prop::sample::select(CURRENCIES.split_whitespace().collect::<Vec<_>>()),
        amounts in prop::array::uniform6(amount()),
        tax_included in prop::option::of(any::<bool>()),
        discount_is_within in any::<bool>(),
        wrong in prop::option::weighted(0.2, amount()),
    ) {
        let [subtotal, discount, shipping, fee, tip, tax] = amounts;
        let mut total = subtotal + shipping + fee + tip;
        if !discount_is_within { total -= discount; }
        if tax_included == Some(false) { total += tax; }
        total += wrong.unwrap_or_default();
        let text = |amount: Decimal| amount.to_string();
        let order = json!({ "id": "A-1", "currency": currency, "totals": {
            "subtotal": text(subtotal), "discount": text(discount), "shipping": text(shipping),
            "fees": [{ "amount": text(fee) }], "tip": text(tip), "tax": text(tax),
            "tax_included": tax_included, "total": text(total),
        } });
        let data = data(&order);
        let input = MessageInput { kind: "order.created", locale: "en", time_zone: "UTC", data: &data };
        let mail = RENDERER.email(&input).unwrap();
        let mut rows = shown(&mail.text);
        let (label, shown_total) = rows.pop().unwrap();
        prop_assert_eq!(label.as_str(), "Total");
        prop_assert_eq!(shown_total, total, "no digit of the total is lost: {}", mail.text);
        let sum: Decimal = rows.iter().map(|(_, amount)| *amount).sum();
        prop_assert!(rows.is_empty() || sum == total, "{}", mail.text);
        // Each as it was charged.
        let expected: Vec<_> = sums(&data.order).rows.iter().map(|row| row.amount).collect();
        prop_assert_eq!(rows.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(), expected);
        // Sums that fit are shown, however the shop counts.
        prop_assert!(wrong.is_some() || !rows.is_empty(), "{}", mail.text);
    }
}
