//! Orders as they really come: each of `tests/cases` stands for a kind of fault that
//! shops have met, with what its customer must read.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bellhop::catalogue::Catalogue;
use bellhop::channel::email::EmailMessage;
use bellhop::content::{MessageInput, Renderer, Shop, served_locales};
use bellhop::customer::{Caps, KnownCustomer, Profile};
use bellhop::event::{OrderEvent, Received, open, order_id_hint};
use bellhop::model::{Country, Private};
use bellhop::plan::{Notification, Settings, plan};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn body(case: &str) -> String {
    let file = |name: &str| name.starts_with(&format!("{case}-"));
    let mut files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let found = files.find(|path| file(path.file_name().unwrap().to_str().unwrap()));
    fs::read_to_string(found.unwrap_or_else(|| panic!("there is no case {case}"))).unwrap()
}

fn event(case: &str) -> OrderEvent {
    let sent_at = "2026-11-26T09:00:00Z".parse().unwrap();
    let envelope =
        open(&body(case), Received { sent_at }).unwrap_or_else(|e| panic!("{case}: {e}"));
    let catalogue = Catalogue::built_in().unwrap();
    let kind = catalogue.find(&envelope.kind).unwrap();
    kind.admit(envelope).unwrap_or_else(|e| panic!("{case}: {e}"))
}

fn settings() -> Settings {
    Settings {
        default_locale: "en".to_owned(),
        default_time_zone: "UTC".to_owned(),
        served: served_locales(),
        sms_countries: Country::all(),
        quiet_hours: None,
        caps: Caps { day: 1_000, week: 1_000 },
        flood: 1_000,
    }
}

fn planned_for(case: &str, profile: Option<Profile>) -> Notification {
    let catalogue = Catalogue::built_in().unwrap();
    let event = event(case);
    let (kind, now) = (catalogue.find(&event.kind).unwrap(), event.time);
    let known = KnownCustomer { profile, ..KnownCustomer::default() };
    plan(event, kind, &known, &settings(), now)
}

fn planned(case: &str) -> Notification {
    planned_for(case, None)
}

fn renderer() -> Renderer {
    Renderer::new(Shop {
        name: "Example Shop".to_owned(),
        url: "https://teashop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    })
    .unwrap()
}

fn input(planned: &Notification) -> MessageInput<'_> {
    MessageInput {
        kind: &planned.kind,
        locale: &planned.locale,
        time_zone: &planned.time_zone,
        data: &planned.data,
    }
}

fn mail(case: &str) -> EmailMessage {
    renderer().email(&input(&planned(case))).unwrap()
}

/// The text part with plain spaces.
fn text(case: &str) -> String {
    mail(case).text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Each recipient, and each channel that is skipped with its reason.
fn decisions(planned: &Notification) -> Vec<String> {
    let told = planned.deliveries.iter().map(|delivery| delivery.recipient.identity().to_owned());
    let skipped = planned.skips.iter().map(|skip| format!("{}: {}", skip.channel, skip.reason));
    told.chain(skipped).collect()
}

fn repairs(case: &str) -> Vec<String> {
    let repairs = event(case).repairs;
    repairs.iter().map(|repair| format!("{} {}", repair.field, repair.kind.code())).collect()
}

#[track_caller]
fn has(case: &str, wanted: &[&str]) {
    let text = text(case);
    for wanted in wanted {
        assert!(text.contains(wanted), "{case}: {wanted:?} is missing in:\n{text}");
    }
}

#[track_caller]
fn lacks(case: &str, unwanted: &[&str]) {
    let text = text(case);
    for unwanted in unwanted {
        assert!(!text.contains(unwanted), "{case}: {unwanted:?} is in:\n{text}");
    }
}

#[test]
fn every_case_makes_a_mail() {
    let mut cases = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let case = name.split('-').next().unwrap().to_owned();
        let planned = planned(&case);
        let first = decisions(&planned).into_iter().next().unwrap();
        assert!(first.contains('@'), "{name}: {first}");
        assert!(mail(&case).html.contains("</html>"), "{name}");
        cases.insert(case);
    }
    assert!(cases.len() >= 42, "{cases:?}");
}

#[test]
fn case_01_blank_texts_are_absent() {
    has("01", &["Cast iron teapot", "Total: €84.00"]);
    assert_eq!(
        repairs("01"),
        [
            "data.order.status_url blank",
            "data.order.items[0].image_url blank",
            "data.order.totals.discount blank",
        ]
    );
}

#[test]
fn case_02_a_picture_without_a_scheme_costs_the_picture() {
    has("02", &["Cast iron teapot"]);
    assert!(!mail("02").html.contains("img.teashop.example"));
    assert_eq!(repairs("02"), ["data.order.items[0].image_url malformed"]);
}

#[test]
fn case_03_a_time_without_a_zone_is_read() {
    has("03", &["Paid on: 24 November 2026"]);
    assert_eq!(repairs("03"), ["data.payment.paid_at no_zone"]);
}

#[test]
fn case_04_a_line_needs_no_sku() {
    has("04", &["Cast iron teapot", "€48.00"]);
    assert_eq!(repairs("04"), [""; 0]);
}

#[test]
fn case_05_goods_by_weight() {
    has("05", &["0.75 × €64.00 · €48.00", "Total: €48.00"]);
}

#[test]
fn case_06_an_integer_may_have_a_point() {
    has("06", &["2 × €48.00 · €96.00"]);
    assert_eq!(repairs("06"), [""; 0]);
}

#[test]
fn case_07_six_decimals_of_zeros_are_none() {
    has("07", &["4 × €7.50 · €30.00", "Subtotal: €78.00", "Total: €84.00"]);
}

#[test]
fn case_08_float_noise_is_rounded_away() {
    has("08", &["4 × €7.50 · €30.00", "Total: €84.00"]);
    assert_eq!(repairs("08"), ["data.order.items[1].unit_price rounded"]);
}

#[test]
fn case_09_sums_that_do_not_add_up_are_not_shown() {
    has("09", &["Total: €87.00"]);
    lacks("09", &["Subtotal", "Tax", "Shipping:", "16.27"]);
    assert_eq!(repairs("09"), ["data.order.totals sums"]);
}

#[test]
fn case_12_no_sum_loses_digits_that_were_charged() {
    has(
        "12",
        &[
            "Subtotal: HUF 1,249.50",
            "Shipping: HUF 990.50",
            "Total: HUF 2,240.00",
            "3 × HUF 416.50",
        ],
    );
}

#[test]
fn case_13_a_price_below_a_cent_is_no_zero() {
    has("13", &["1,000 × €0.0045 · €4.50"]);
    assert!(mail("13").html.contains("€0.0045"));
}

#[test]
fn case_15_a_refund_of_money_lists_no_items() {
    has("15", &["€6.00", "It came three weeks late"]);
    lacks("15", &["Items in your request", "teapot"]);
}

#[test]
fn case_17_every_parcel_has_its_number_and_its_link() {
    let mail = mail("17");
    for parcel in 1..=7 {
        let number = format!("AP10000000{parcel}IE");
        let link = format!("https://track.example/{number}");
        for part in [&mail.text, &mail.html] {
            assert!(part.contains(&number) && part.contains(&link), "{number}");
        }
    }
}

/// That the second event of these becomes news is a matter of planning: `plan::tests`.
#[test]
fn case_18_tracking_that_comes_later_is_in_the_later_message() {
    lacks("18a", &["AP123456789IE", "Tracking number"]);
    has("18b", &["Tracking number: AP123456789IE", "https://track.example/AP123456789IE"]);
}

#[test]
fn case_19_a_deposit_and_a_balance_are_two_facts() {
    assert_ne!(planned("19a").key, planned("19b").key);
    has("19a", &["€20.00"]);
    has("19b", &["€64.00"]);
}

#[test]
fn case_20_a_byte_order_mark_is_ignored() {
    assert!(body("20").starts_with('\u{feff}'));
    has("20", &["Total: €84.00"]);
    assert_eq!(order_id_hint(&body("20")).unwrap().as_str(), "T-501");
}

#[test]
fn case_22_the_first_language_that_is_served() {
    assert!(planned("22").locale.starts_with("fr"), "{}", planned("22").locale);
    has("22", &["Merci"]);
}

#[test]
fn case_23_a_language_as_systems_write_it() {
    assert!(planned("23").locale.starts_with("pt"), "{}", planned("23").locale);
}

#[test]
fn case_24_the_digit_in_brackets_is_not_dialled() {
    // These are numbers of films and plays: they exist nowhere, and get no SMS.
    let decisions = decisions(&planned("24"));
    assert!(!decisions.iter().any(|one| one.contains("+4407700")), "{decisions:?}");
}

#[test]
fn case_25_the_first_usable_contact_is_taken() {
    let profile = Profile { email: Some(Private::new("good@example.com")), ..Profile::default() };
    let to = decisions(&planned_for("25", Some(profile.clone())));
    assert!(to[0].contains('@'), "{to:?}");
}

#[test]
fn case_28_a_link_is_no_name() {
    has("28", &["Hello,"]);
    let mail = mail("28");
    assert!(!mail.html.contains("prize-claim") && !mail.text.contains("prize-claim"));
}

#[test]
fn case_29_a_country_in_small_letters() {
    has("29", &["Springfield, IL 62701\nUnited States"]);
}

#[test]
fn case_31_a_street_with_a_line_break_is_two_lines() {
    has("31", &["Flat 3\n12 Quay Lane"]);
}

#[test]
fn case_32_html_entities_are_their_characters() {
    has("32", &["Salt & pepper mill – oak"]);
    assert!(repairs("32")[0].ends_with(" html_entities"));
}

#[test]
fn case_33_a_zero_time_is_no_time() {
    lacks("33", &["Order date", "AD"]);
    assert_eq!(repairs("33"), ["data.order.placed_at zero_time"]);
}

#[test]
fn case_34_a_guest_is_told_at_the_events_address() {
    assert_eq!(decisions(&planned("34"))[0], "nora@example.com");
    assert_eq!(planned("34").data.customer.id, None);
}

#[test]
fn case_35_a_number_is_text_where_text_is_shown() {
    has("35", &["Order number: 501"]);
}

#[test]
fn case_36_a_blank_number_is_the_id() {
    let planned = planned("36");
    assert_eq!(mail("36").subject, "We’ve received your order T-501");
    let push = renderer().push(&input(&planned)).unwrap();
    assert!(push.body.starts_with("Order T-501, €84.00."), "{}", push.body);
    assert!(renderer().sms(&input(&planned)).unwrap().text.contains("order T-501"));
}

#[test]
fn cases_37_and_38_envelopes_within_envelopes_open() {
    has("37", &["Total: €84.00"]);
    has("38", &["Total: €84.00"]);
}

#[test]
fn case_39_a_free_order_has_no_needless_rows() {
    has("39", &["Discount: -€78.00", "Shipping: Free", "Total: €0.00"]);
    lacks("39", &["Tax"]);
}

#[test]
fn case_40_a_day_given_as_an_instant_is_that_day() {
    has("40", &["Estimated delivery: 27 November 2026"]);
}

#[test]
fn cases_50_and_51_shopifys_subtotal_has_the_discount_in_it() {
    for case in ["50", "51"] {
        has(case, &["Subtotal: $398.00", "Discount: -$5.00", "Shipping: $10.00", "Total: $403.00"]);
        has(case, &["Shippington, Kentucky 40003"]);
    }
    assert_eq!(planned("50").data.order.id.as_str(), "820000000000000001");
    assert_eq!(planned("50").data.customer.id.unwrap().as_str(), "115000000000000002");
}

#[test]
fn cases_52_and_53_woocommerce() {
    has("52", &["Brew Your Idea – Color: Black, Size: M", "Tax: $1.35", "Total: $29.35"]);
    lacks("52", &["$3.00", "$12.00"]);
    assert_eq!(planned("52").data.customer.id, None);
    assert!(repairs("52").contains(&"data.order.items[0].unit_price number_for_money".to_owned()));
    has("53", &["2 × $3.00 · $6.00", "Brew Your Idea – Color: Black, Size: M", "Total: $29.35"]);
    for case in ["52", "53"] {
        let decisions = decisions(&planned(case));
        assert!(decisions.contains(&"sms: invalid_recipient".to_owned()), "{decisions:?}");
    }
}

#[test]
fn cases_54_and_55_saleor() {
    for case in ["54", "55"] {
        has(case, &["11 × $4.00 · $44.00", "Shipping: $91.22", "Total: $240.82", "53-601 WROCLAW"]);
        lacks(case, &["Discount", "Tax"]);
    }
}

#[test]
fn cases_56_and_57_wix() {
    for case in ["56", "57"] {
        has(case, &["2 × 30,00 US$ · 60,00 US$", "75,00 US$", "25423"]);
    }
}

/// Siblings of the cases, from one order with some of it changed.
mod siblings {
    use serde_json::{Value, json};

    use super::*;

    /// The text part of a mail of this type, about an order of a teapot and four cups.
    fn told(kind: &str, data: Value) -> (String, String) {
        let mut event: Value = serde_json::from_str(&super::body("04")).unwrap();
        event["type"] = json!(kind);
        merge(&mut event["data"], data);
        let sent_at = "2026-11-26T09:00:00Z".parse().unwrap();
        let envelope = open(&event.to_string(), Received { sent_at }).unwrap();
        let catalogue = Catalogue::built_in().unwrap();
        let kind = catalogue.find(kind).unwrap();
        let event = kind.admit(envelope).unwrap();
        let now = event.time;
        let planned = plan(event, kind, &KnownCustomer::default(), &settings(), now);
        let mail = renderer().email(&input(&planned)).unwrap();
        (mail.subject, mail.text.replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// Puts members in, at any depth; a list takes the place of another.
    fn merge(base: &mut Value, more: Value) {
        match (base.as_object_mut(), more) {
            (Some(members), Value::Object(more)) => {
                for (name, value) in more {
                    merge(members.entry(name).or_insert(Value::Null), value);
                }
            }
            (_, more) => *base = more,
        }
    }

    #[track_caller]
    fn check((subject, text): (String, String), has: &[&str], lacks: &[&str]) {
        let all = format!("{subject}\n{text}");
        for wanted in has {
            assert!(all.contains(wanted), "{wanted:?} is missing in:\n{all}");
        }
        for unwanted in lacks {
            assert!(!all.contains(unwanted), "{unwanted:?} is in:\n{all}");
        }
    }

    #[test]
    fn of_05_a_price_by_weight_is_rounded_as_money_is() {
        let items =
            json!([{ "title": "Sencha", "quantity": 0.347, "unit": "kg", "unit_price": "18.99" }]);
        let order = json!({ "order": { "items": items, "totals": { "subtotal": null, "shipping": "4.00", "tax": null, "total": "10.59" } } });
        check(
            told("order.created", order),
            &["0.347 kg × €18.99 · €6.59", "Subtotal: €6.59", "Total: €10.59"],
            &["6.58953"],
        );
    }

    #[test]
    fn of_13_an_amount_in_another_currency_is_not_shown_in_the_orders() {
        let refund = json!({ "refund": { "id": "r-1", "amount": { "amount": "84.00", "currency": "USD" } } });
        check(told("order.refunded", refund), &["Your refund for order 501"], &["84.00"]);
    }

    #[test]
    fn of_15_a_refund_lists_what_is_given_back_and_at_what_price() {
        let refund =
            |items: Value| json!({ "refund": { "id": "r-1", "amount": "13.50", "items": items } });
        let nothing = refund(json!([{ "sku": "CUP-4", "quantity": 0 }]));
        check(told("order.refunded", nothing), &["€13.50"], &["Stoneware cup", "teapot"]);
        let twice = refund(json!([
            { "sku": "CUP-4", "quantity": -1, "amount": "7.50" },
            { "sku": "CUP-4", "quantity": 1, "amount": "6.00" },
        ]));
        check(told("order.refunded", twice), &["Quantity: 2 of 4 · €13.50"], &["€30.00"]);
        let goodwill = refund(json!([{ "sku": "CUP-4", "quantity": 1 }]));
        check(told("order.refunded", goodwill), &["Quantity: 1 of 4"], &["€7.50"]);
    }

    #[test]
    fn of_15_a_part_that_is_cancelled_is_not_the_order() {
        for items in [json!(["CUP-4"]), json!([{ "sku": "CUP-4" }]), json!({ "CUP-4": 4 })] {
            let part = json!({ "cancellation": { "items": items } });
            check(
                told("order.cancelled", part),
                &["Part of your order 501 has been cancelled", "Stoneware cup"],
                &["teapot"],
            );
        }
        check(
            told("order.cancelled", json!({})),
            &["Your order 501 has been cancelled"],
            &["Part"],
        );
    }

    #[test]
    fn of_17_numbers_in_a_list_are_parcels() {
        let shipment = json!({ "shipment": { "id": "s-1", "carrier": "An Post",
            "tracking_number": ["R1", "R2"], "tracking_url": ["https://t.example/R1", "https://t.example/R2"] } });
        check(
            told("order.shipped", shipment),
            &["An Post: R1\n  https://t.example/R1", "An Post: R2\n  https://t.example/R2"],
            &[],
        );
    }

    #[test]
    fn of_33_a_day_is_that_day_wherever_the_customer_is() {
        let order = json!({ "order": { "placed_at": "2026-11-22" }, "customer": { "time_zone": "America/New_York" } });
        check(told("order.created", order), &["Order date: 22 November 2026"], &[]);
    }

    #[test]
    fn of_36_what_programs_write_for_nothing_is_nothing() {
        let order = json!({ "order": { "number": "null" }, "customer": { "name": "undefined" },
                            "shipment": { "id": "s-1", "carrier": "None", "tracking_number": "-" } });
        check(
            told("order.shipped", order),
            &["Your order T-501 is on its way", "Hello,"],
            &["null", "undefined", "None", "Tracking number"],
        );
    }

    #[test]
    fn of_39_nothing_needless_is_shown_of_what_is_due() {
        let totals = |more: Value| json!({ "order": { "totals": more } });
        let paid = totals(json!({ "paid": "91.50", "due": "-7.50" }));
        check(told("order.edited", paid), &["Total: €84.00"], &["Still to pay"]);
        let done = totals(json!({ "due": "0.00" }));
        check(told("order.paid", done), &["Total: €84.00"], &["Still to pay"]);
        let zero = json!({ "payment": { "amount": "0.00" } });
        check(told("order.paid", zero), &["Payment received"], &["nothing to pay"]);
    }

    #[test]
    fn of_28_words_may_hold_dates_and_numbers_and_no_links() {
        let order = |note: &str| json!({ "order": { "note": note } });
        let note = "Bitte am 26.11.2026 liefern, Code 1234567";
        check(told("order.created", order(note)), &[note], &[]);
        let bait = "You won: prize-claim.example/x7";
        check(told("order.created", order(bait)), &[], &["prize-claim"]);
    }
}
