//! What has to hold in every language: plural forms, digits, directions, limits.

use std::time::Duration;

use fluent_bundle::FluentArgs;
use serde_json::{Value as Json, json};

use super::fixture::{data, email, merge, order, push, renderer, shop};
use super::{assert_has, wording};
use crate::catalogue::Catalogue;
use crate::channel::push::MAX_PAYLOAD;
use crate::content::{MessageInput, Renderer, Shop};
use crate::model::{Platform, Priority};

/// Each count's form of `items-more`; equal numbers for equal wording, but for
/// the count.
fn forms(locale: &str, counts: &[i64]) -> Vec<String> {
    let wording = wording(locale);
    let form = |count: &i64| {
        let mut args = FluentArgs::new();
        args.set("count", *count);
        let text = wording.text("items-more", &args).unwrap();
        text.replace(&count.to_string(), "#")
    };
    counts.iter().map(form).collect()
}

#[test]
fn languages_with_two_forms_tell_one_from_others() {
    for locale in ["de", "en", "es", "fr", "it", "pt-BR"] {
        let forms = forms(locale, &[1, 2, 5, 21, 100]);
        assert_ne!(forms[0], forms[1], "{locale}");
        assert!(forms[1..].iter().all(|form| *form == forms[1]), "{locale}: {forms:?}");
    }
    assert_eq!(forms("en", &[1, 21]), ["and one more item", "and # more items"]);
    assert_eq!(forms("de", &[1, 21]), ["und ein weiterer Artikel", "und # weitere Artikel"]);
}

#[test]
fn languages_without_plural_have_one_form() {
    for locale in ["ja", "ko", "zh-CN", "zh-TW"] {
        let forms = forms(locale, &[1, 2, 5, 100]);
        assert!(forms.iter().all(|form| *form == forms[0]), "{locale}: {forms:?}");
        assert!(forms[0].contains('#'), "{locale}");
    }
}

#[test]
fn polish_has_one_few_and_many() {
    let (few, many) = ("i jeszcze # produkty", "i jeszcze # produktów");
    assert_eq!(forms("pl", &[1]), ["i jeszcze jeden produkt"]);
    for count in [2, 3, 4, 22, 24, 33, 102, 104, 1_002] {
        assert_eq!(forms("pl", &[count]), [few], "{count}");
    }
    for count in [0, 5, 9, 10, 11, 12, 13, 14, 19, 20, 21, 25, 31, 100, 112, 114, 1_012] {
        assert_eq!(forms("pl", &[count]), [many], "{count}");
    }
}

#[test]
fn arabic_has_six_forms() {
    let forms = |counts: &[i64]| forms("ar", counts);
    assert_eq!(forms(&[1, 2]), ["ومنتج آخر", "ومنتجان آخران"]);
    for count in [3, 5, 10, 103, 110, 1_003] {
        assert_eq!(forms(&[count]), ["و# منتجات أخرى"], "{count}");
    }
    for count in [11, 26, 99, 111, 199] {
        assert_eq!(forms(&[count]), ["و# منتجًا آخر"], "{count}");
    }
    for count in [100, 101, 102, 200, 1_000] {
        assert_eq!(forms(&[count]), ["و# منتج آخر"], "{count}");
    }
}

#[test]
fn arabic_writes_all_numbers_in_its_regions_digits() {
    let mail = email("order.created", "ar-EG", order());
    let (text, html) = (mail.text, mail.html);
    for part in [&text, &html] {
        assert_has(part, &["٢٥٫٠٠", "٢٠٢٦"]);
    }
    assert_has(&text, &["٢ × ", "الكمية: ١"]);
    assert_has(&html, &["٢ × "]);
    for latin in ["ar", "ar-AE", "ar-MA"] {
        let text = email("order.created", latin, order()).text;
        assert!(!text.contains(|c| ('٠'..='٩').contains(&c)), "{latin}: {text}");
        assert_has(&text, &["2 × ", "الكمية: 1"]);
    }
}

#[test]
fn arabic_mail_is_laid_out_from_right_to_left() {
    let html = email("order.created", "ar", order()).html;
    assert_has(&html, &["<html lang=\"ar\" dir=\"rtl\"", "direction:rtl", "text-align:right"]);
    // Columns of MJML carry their own alignment, which every text overrides.
    assert!(!html.contains("direction:ltr"), "a part stands from left to right");
    assert_has(&html, &["padding-left:16px", "<td align=\"left\""]);
    let html = email("order.created", "ja", order()).html;
    assert_has(&html, &["<html lang=\"ja\" dir=\"ltr\"", "padding-right:16px"]);
    assert!(!html.contains("rtl") && !html.contains("text-align:right"));
}

/// An order that needs as much room as one does.
fn wordy() -> Json {
    merge(
        order(),
        json!({
            "payment": { "amount": "1234567.89", "method": "Visa •••• 4242" },
            "shipment": { "id": "s-1", "carrier": "Österreichische Post Aktiengesellschaft",
                          "tracking_number": "RR123456785AT",
                          "estimated_delivery": "2026-09-30",
                          "tracking_url": "https://track.example/parcels/RR123456785AT",
                          "items": [{ "sku": "MUG", "quantity": 1 }] },
            "refund": { "id": "r-1", "amount": "1234567.89" },
            "review": { "url": "https://shop.example/orders/A-1001/reviews/new" },
            "order": { "number": "2026-1001-0007", "totals": { "total": "1234567.89" } },
        }),
    )
}

#[test]
fn text_messages_keep_to_two_segments_and_keep_their_link() {
    let name = "The Very Long Name Of A Shop That Sells Everything";
    let renderer = Renderer::new(Shop { name: name.to_owned(), ..shop() }).unwrap();
    let data = data(wordy());
    for kind in Catalogue::built_in().unwrap().types() {
        for locale in renderer.locales() {
            let content = MessageInput { kind: &kind.name, locale, time_zone: "UTC", data: &data };
            let sms = renderer.sms(&content).unwrap();
            let (kind, text) = (&kind.name, &sms.text);
            assert!(sms.segments <= 2, "{kind} in {locale}: {} segments: {text}", sms.segments);
            assert_has(text, &["https://", "2026-1001-0007"]);
            assert!(text.contains("/RR123456785AT") || text.contains("/orders/A-1001"), "{text}");
        }
    }
}

#[test]
fn no_break_spaces_do_not_cost_the_seven_bit_alphabet() {
    for (locale, kind) in [("fr", "order.paid"), ("de", "order.paid"), ("fr", "order.created")] {
        let sms = super::sms(kind, locale, wordy());
        assert!(!sms.text.contains(['\u{a0}', '\u{202f}']), "{}", sms.text);
        assert_eq!(sms.encoding, crate::channel::sms::SmsEncoding::Gsm7, "{}", sms.text);
    }
}

#[test]
fn push_payloads_fit_in_every_language_whatever_the_texts() {
    let day = Duration::from_secs(86_400);
    let renderer = renderer();
    for title in ["👩‍👩‍👧‍👦🏳️‍🌈", "明前龙井茶礼盒", "قلم ", "\"<&>\" ", "e\u{301}\u{302}"]
    {
        let title = title.repeat(400);
        let hostile = json!({
            "order": { "items": [{ "sku": "X", "title": title, "quantity": 1 }] },
            "shipment": { "id": "s-1", "carrier": title },
        });
        let data = data(merge(order(), hostile));
        for kind in Catalogue::built_in().unwrap().types() {
            for locale in renderer.locales() {
                let content =
                    MessageInput { kind: &kind.name, locale, time_zone: "UTC", data: &data };
                let push = renderer.push(&content).unwrap();
                for platform in [Platform::Fcm, Platform::Apns, Platform::ApnsSandbox] {
                    let payload = push.payload(platform, day, Priority::High);
                    assert!(payload.bytes <= MAX_PAYLOAD, "{} in {locale}", kind.name);
                    assert!(serde_json::from_str::<Json>(&payload.payload).is_ok());
                }
            }
        }
    }
}

#[test]
fn push_titles_are_short_enough_for_one_line() {
    for kind in Catalogue::built_in().unwrap().types() {
        for locale in renderer().locales() {
            let push = push(&kind.name, locale, order());
            assert!(push.title.chars().count() <= 40, "{locale}: {}", push.title);
            assert!(push.body.chars().count() <= 140, "{locale}: {}", push.body);
        }
    }
}
