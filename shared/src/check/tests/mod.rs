//! What messages say, from small events of their own; whole messages are
//! snapshots in the workspace's `tests`.

mod completeness;
mod every_locale;
mod fixture;
mod html;

use serde_json::json;

use crate::catalogue::Catalogue;
use crate::channel::sms::SmsEncoding;
use crate::content::i18n::translations::{Digits, Translations};
use crate::content::{Colour, LinkKeys, MessageInput, PreferenceLinks, Renderer, Shop, Sources};
use crate::event::WebUrl;
use fixture::{bare, data, email, merge, order, push, renderer, sms};

/// HTML is too long to be read in a failure.
fn shown(text: &str) -> &str {
    if text.len() < 2_000 { text } else { "(the HTML part)" }
}

fn assert_has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted:?} is missing in:\n{}", shown(text));
    }
}

fn assert_lacks(text: &str, unwanted: &[&str]) {
    for unwanted in unwanted {
        assert!(!text.contains(unwanted), "{unwanted:?} is in:\n{}", shown(text));
    }
}

fn wording(locale: &str) -> Translations {
    Translations::of(&Sources::built_in(), locale, Digits::Latin).unwrap()
}

#[test]
fn one_renderer_serves_all_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&renderer());
}

#[test]
fn both_parts_of_a_mail_say_the_same() {
    let mail = email("order.created", "en-GB", order());
    assert_eq!(mail.subject, "We’ve received your order 1001");
    for part in [&mail.html, &mail.text] {
        assert_has(
            part,
            &[
                "Hi Ada Example,",
                "1001",
                "22 November 2026",
                "Blue mug",
                "€25.00",
                "Pan",
                "€31.07",
                "€56.07",
            ],
        );
        assert_has(
            part,
            &["€4.90", "€60.97", "€10.16", "Tax included", "Hauptstr. 1", "1010 Wien", "Austria"],
        );
        assert_has(
            part,
            &["https://shop.example/orders/A-1001", "https://shop.example/", "Example Shop"],
        );
        assert_lacks(part, &["Discount", "None", "undefined"]);
    }
    assert_has(
        &mail.html,
        &["<html lang=\"en-GB\" dir=\"ltr\"", &mail.preheader, "alt=\"Blue mug\""],
    );
    assert_has(&mail.html, &["<title>We’ve received your order 1001</title>", "2 × €12.50"]);
}

#[test]
fn the_customers_language_is_used_throughout() {
    let mail =
        email("order.shipped", "zh-CN", merge(order(), json!({ "shipment": { "id": "s-1" } })));
    assert_eq!(mail.subject, "您的订单 1001 已发货");
    for part in [&mail.html, &mail.text] {
        assert_has(part, &["Ada Example，您好！", "本次发货", "收货地址", "奥地利", "€25.00"]);
        assert_lacks(part, &["Quantity", "our order", "parcel"]);
    }
}

#[test]
fn every_message_can_be_made_from_what_is_required_alone() {
    let (renderer, data) = (renderer(), data(bare()));
    for kind in Catalogue::built_in().unwrap().types() {
        for locale in renderer.locales() {
            let content = MessageInput { kind: &kind.name, locale, time_zone: "", data: &data };
            let mail = renderer.email(&content).unwrap();
            let sms = renderer.sms(&content).unwrap();
            let push = renderer.push(&content).unwrap();
            let greeting = wording(locale).text("greeting-nameless", &Default::default()).unwrap();
            assert_has(&mail.text, &[&format!("\n{greeting}\n")]);
            assert_eq!(push.link, None);
            for text in [
                &mail.subject,
                &mail.preheader,
                &mail.html,
                &mail.text,
                &sms.text,
                &push.title,
                &push.body,
            ] {
                assert!(!text.trim().is_empty());
                assert_lacks(text, &["None", "undefined", "0.00", "： \n", ": \n", "href=\"\""]);
            }
        }
    }
}

#[test]
fn a_partial_shipment_shows_its_parcel_and_the_rest_and_no_whole_order_sums() {
    let shipment = json!({ "shipment": {
        "id": "s-1", "carrier": "Post AG", "tracking_number": "RR1", "estimated_delivery": "2026-11-25",
        "tracking_url": "https://track.example/RR1", "items": [{ "sku": "MUG", "quantity": 1 }],
    } });
    let mail = email("order.shipped", "en", merge(order(), shipment.clone()));
    assert_eq!(mail.subject, "Part of your order 1001 is on its way");
    for part in [&mail.html, &mail.text] {
        assert_has(
            part,
            &["In this parcel", "Quantity: 1 of 2", "€12.50", "Not in this parcel", "Pan"],
        );
        assert_has(
            part,
            &[
                "Post AG",
                "RR1",
                "November 25, 2026",
                "Track your parcel",
                "https://track.example/RR1",
            ],
        );
        assert_lacks(part, &["€60.97", "€56.07", "€10.16", "€4.90", "Total", "€25.00"]);
    }
    let sms = sms("order.shipped", "en", merge(order(), shipment.clone()));
    assert_has(&sms.text, &["part of your order 1001", "https://track.example/RR1"]);
    assert_has(
        &push("order.shipped", "en", merge(order(), shipment)).title,
        &["Part of your order"],
    );

    let whole =
        email("order.shipped", "en", merge(order(), json!({ "shipment": { "id": "s-1" } })));
    assert_eq!(whole.subject, "Your order 1001 is on its way");
    assert_has(&whole.text, &["View your order: https://shop.example/orders/A-1001", "€60.97"]);
    assert_lacks(&whole.text, &["Not in this parcel", "Track"]);
}

#[test]
fn a_sum_nobody_knows_is_not_shown() {
    for amount in [json!({}), json!({ "amount": "0.00" })] {
        let paid = merge(order(), json!({ "payment": amount }));
        let refund = merge(order(), json!({ "refund": amount }));
        let refund = merge(refund, json!({ "refund": { "id": "r-1" } }));
        for (kind, data) in [("order.paid", paid), ("order.refund_requested", refund)] {
            let mail = email(kind, "en", data.clone());
            assert_lacks(&mail.text, &["0.00", "Amount", "amount"]);
            assert_lacks(&sms(kind, "en", data.clone()).text, &["€"]);
            assert_lacks(&push(kind, "en", data).body, &["€"]);
        }
    }
    let refund = json!({ "refund": { "id": "r-1", "amount": "12.50", "reason": "Chipped\r\nBcc: x", "items": [{ "sku": "MUG", "quantity": 1 }] } });
    let mail = email("order.refund_requested", "en", merge(order(), refund));
    assert_has(
        &mail.text,
        &[
            "refund of €12.50",
            "Amount requested: €12.50",
            "Reason: Chipped Bcc: x",
            "Quantity: 1 of 2",
        ],
    );
    assert_lacks(&mail.text, &["€60.97", "Pan"]);
}

#[test]
fn tax_is_an_addend_or_included_as_the_sums_show() {
    let totals =
        json!({ "order": { "totals": { "tax": "10.00", "total": "70.97", "discount": "-0.00" } } });
    let text = email("order.created", "en", merge(order(), totals)).text;
    assert_has(&text, &["Shipping: €4.90\nTax: €10.00\nTotal: €70.97\n"]);
    let totals =
        json!({ "order": { "totals": { "discount": "5.00", "shipping": "0", "total": "51.07" } } });
    let text = email("order.created", "en", merge(order(), totals)).text;
    assert_has(&text, &["Discount: -€5.00\nShipping: Free\nTotal: €51.07\nTax included: €10.16\n"]);
}

#[test]
fn text_from_outside_is_shown_and_never_obeyed() {
    let title = "<script>alert(1)</script> {{ 7*7 }}{% for %}{# x #} \u{202e}gpj\u{200b}";
    let hostile = json!({
        "order": { "number": "1001\r\nBcc: all@example.com",
                   "items": [{ "sku": "E", "title": title, "quantity": 1, "image_url": "https://x.example/?a=1&b=\"2\"" }] },
        "customer": { "name": "</td>{{ 7*7 }}\r\nSubject: x" },
        "review": { "items": [] },
    });
    let data = merge(order(), hostile);
    let mail = email("order.created", "en", data.clone());
    assert_eq!(mail.subject, "We’ve received your order 1001 Bcc: all@example.com");
    let shown = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}{% for %}{# x #} gpj";
    assert_has(
        &mail.html,
        &[shown, "&lt;/td&gt;{{ 7*7 }} Subject: x", "https://x.example/?a=1&amp;b=%222%22"],
    );
    assert_lacks(&mail.html, &["<script>", "\u{202e}", "\u{200b}", ">49"]);
    let body = push("order.completed", "en", data.clone()).body;
    assert_has(&body, &["“<script>alert(1)</script> {{ 7*7 }}{% for %}{# x #} gpj”"]);
    let text = sms("order.completed", "en", data).text;
    assert!(!text.contains(['\n', '\r']), "{text}");
}

#[test]
fn a_text_message_is_cut_to_two_segments_but_its_link_never() {
    let long_link = format!("https://track.example/{}", "7".repeat(140));
    let shipment = json!({ "shipment": { "id": "s-1", "tracking_url": long_link, "estimated_delivery": "2026-11-25" } });
    let shop = Shop {
        name: "The Very Long Name Of A Shop That Sells Everything You Ever Wanted And Much More"
            .to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    let data = data(merge(order(), shipment));
    let renderer = Renderer::new(shop.clone()).unwrap();
    let content =
        |locale| MessageInput { kind: "order.shipped", locale, time_zone: "UTC", data: &data };
    let english = renderer.sms(&content("en")).unwrap();
    assert_eq!((english.encoding, english.segments), (SmsEncoding::Gsm7, 2));
    assert_has(&english.text, &["The Very Long", "...: your order 1001", &long_link]);
    // A name that fits is not cut.
    let shop = Shop { name: "A Shop With A Name Of Forty-five Characters, Sir".to_owned(), ..shop };
    let fits = Renderer::new(shop).unwrap().sms(&content("en")).unwrap();
    assert_has(&fits.text, &["A Shop With A Name Of Forty-five Characters, Sir: your order"]);
    let chinese = renderer.sms(&content("zh-CN")).unwrap();
    assert_eq!(chinese.encoding, SmsEncoding::Ucs2);
    assert_has(&chinese.text, &["【The Very…】您的订单 1001 已发货。查看物流：", &long_link]);
}

#[test]
fn a_link_longer_than_any_text_message_is_left_out() {
    let link = format!("https://track.example/{}", "7".repeat(1_700));
    let sms = sms(
        "order.shipped",
        "en",
        merge(order(), json!({ "shipment": { "id": "s-1", "tracking_url": link } })),
    );
    assert_eq!(sms.text, "Example Shop: your order 1001 is on its way.");
}

#[test]
fn a_push_message_opens_the_order_and_is_grouped_by_it() {
    let push = push(
        "order.completed",
        "en",
        merge(order(), json!({ "review": { "items": [{ "sku": "PAN" }] } })),
    );
    assert_eq!(push.body, "A few words about “Pan” help others choose.");
    assert_eq!(push.link.as_deref(), Some("https://shop.example/orders/A-1001"));
    assert_eq!((push.thread.as_str(), push.kind.as_str()), ("order-A-1001", "order.completed"));
}

#[test]
fn a_discreet_shops_push_messages_say_only_that_there_is_news() {
    let shop = Shop { push_privacy: true, ..fixture::shop() };
    let (renderer, data) = (Renderer::new(shop).unwrap(), data(order()));
    for kind in Catalogue::built_in().unwrap().types() {
        for locale in renderer.locales() {
            let content = MessageInput { kind: &kind.name, locale, time_zone: "UTC", data: &data };
            let push = renderer.push(&content).unwrap();
            let wording = wording(locale);
            let text = |key| wording.text(key, &Default::default()).unwrap();
            assert_eq!(push.title, text("push-private-title"));
            assert_eq!(push.body, text("push-private-body"));
            assert_eq!(push.link.as_deref(), Some("https://shop.example/orders/A-1001"));
            assert_eq!(push.image, None);
        }
    }
    let open = push("order.created", "en", order());
    assert_eq!(open.image.as_deref(), Some("https://shop.example/mug.jpg"));
}

#[test]
fn links_that_the_shop_does_not_allow_are_left_out_everywhere() {
    let shop = Shop { link_hosts: vec!["track.example".to_owned()], ..fixture::shop() };
    let renderer = Renderer::new(shop).unwrap();
    let of = |tracking: &str, image: &str| {
        data(merge(
            order(),
            json!({
                "order": { "items": [{ "sku": "E", "title": "Egg", "quantity": 1,
                                       "image_url": image, "url": image }] },
                "shipment": { "id": "s-1", "tracking_url": tracking },
            }),
        ))
    };
    for (tracking, image, shown) in [
        ("https://de.track.example/RR1", "https://shop.example/egg", true),
        ("http://de.track.example/RR1", "http://shop.example/egg", false),
        ("https://track.evil.example/RR1", "https://evil.example/egg", false),
    ] {
        let data = of(tracking, image);
        let content =
            MessageInput { kind: "order.shipped", locale: "en", time_zone: "UTC", data: &data };
        let mail = renderer.email(&content).unwrap();
        let sms = renderer.sms(&content).unwrap();
        let push = renderer.push(&content).unwrap();
        let link = if shown { tracking } else { "https://shop.example/orders/A-1001" };
        assert_eq!(push.link.as_deref(), Some(link));
        assert_has(&sms.text, &[link]);
        assert_eq!(mail.html.contains(tracking), shown, "{tracking}");
        assert_eq!(mail.text.contains(tracking), shown, "{tracking}");
        assert_eq!(mail.html.contains(image), shown, "{image}");
    }
}

#[test]
fn promotional_mail_says_where_to_unsubscribe_by_one_click_and_all_other_where_to_choose() {
    let keys = LinkKeys::parse("0123456789abcdef").unwrap();
    let links = PreferenceLinks::new("https://n.example/", keys).unwrap();
    let shop = Shop { preferences: Some(links.clone()), ..fixture::shop() };
    let (with, without) = (Renderer::new(shop).unwrap(), renderer());
    let data = data(order());
    let sent_until = "2026-11-26T09:30:00Z".parse().unwrap();
    for kind in Catalogue::built_in().unwrap().types() {
        let promotional = kind.class == crate::model::Class::Promotional;
        for locale in with.locales() {
            let content = MessageInput { kind: &kind.name, locale, time_zone: "UTC", data: &data };
            let mail = with.email_sent_until(&content, sent_until).unwrap();
            let unsubscribe = links.unsubscribe(&data, locale);
            let page = links.page(&data, locale, sent_until);
            let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let expected = [
                header("List-Unsubscribe", &format!("<{unsubscribe}>")),
                header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ];
            let expected = if promotional { &expected[..] } else { &[] };
            assert_eq!(mail.headers, expected, "{}", kind.name);
            let wording = wording(locale);
            for (key, link, shown) in
                [("unsubscribe", unsubscribe, promotional), ("preferences", page, !promotional)]
            {
                let word = wording.text(key, &Default::default()).unwrap();
                assert_eq!(mail.text.contains(&link), shown, "{}: {key}", kind.name);
                assert_eq!(mail.html.contains(&format!("href=\"{link}\"")), shown);
                assert_eq!(mail.text.contains(&word), shown, "{}: {key}", kind.name);
                let mail = without.email(&content).unwrap();
                assert!(mail.headers.is_empty());
                assert!(!mail.text.contains(&word) && !mail.html.contains(&word));
            }
        }
    }
}

#[test]
fn mail_has_the_shops_colour_logo_and_address() {
    let plain = email("order.created", "en", order()).html;
    assert_has(&plain, &["#1f2328", ">Example Shop</a>"]);
    let logo = WebUrl::parse("https://shop.example/logo.png").unwrap();
    let shop = Shop {
        colour: Some(Colour::parse("#FFD400").unwrap()),
        logo_url: Some(logo),
        postal_address: Some("Example <Shop>, Hauptstr. 1, 1010 Wien".to_owned()),
        ..fixture::shop()
    };
    let (renderer, data) = (Renderer::new(shop).unwrap(), data(order()));
    for locale in renderer.locales() {
        let content = MessageInput { kind: "order.created", locale, time_zone: "UTC", data: &data };
        let mail = renderer.email(&content).unwrap();
        assert_has(&mail.text, &["Example <Shop>, Hauptstr. 1, 1010 Wien"]);
        let button = "background:#ffd400;color:#000000";
        let logo = "<img src=\"https://shop.example/logo.png\" alt=\"Example Shop\"";
        assert_has(&mail.html, &["Example &lt;Shop&gt;, Hauptstr. 1, 1010 Wien", button, logo]);
    }
}

#[test]
fn the_shops_contact_stands_in_every_mail() {
    let shop = Shop { support_contact: Some("help@shop.example".to_owned()), ..fixture::shop() };
    let (renderer, data) = (Renderer::new(shop).unwrap(), data(order()));
    for locale in renderer.locales() {
        let content = MessageInput { kind: "order.paid", locale, time_zone: "UTC", data: &data };
        let mail = renderer.email(&content).unwrap();
        assert_has(&mail.text, &["help@shop.example"]);
        assert_has(&mail.html, &["help@shop.example"]);
    }
}

#[test]
fn debug_output_holds_no_message_text() {
    let (mail, sms) = (email("order.created", "en", order()), sms("order.created", "en", order()));
    let push = push("order.created", "en", order());
    let payload =
        push.payload(crate::model::Platform::Fcm, Default::default(), crate::model::Priority::High);
    let debug = format!("{mail:?} {sms:?} {push:?} {payload:?}");
    assert_lacks(&debug, &["order 1001", "Ada", "60.97", "https"]);
    assert_has(&debug, &["encoding: Gsm7, segments: 1", "order_id: \"A-1001\"", "bytes]"]);
}

#[test]
fn a_type_without_templates_is_an_error_that_names_the_file() {
    let data = data(order());
    let content = MessageInput { kind: "order.lost", locale: "en", time_zone: "UTC", data: &data };
    let error = renderer().sms(&content).unwrap_err();
    assert_eq!(error.reason(), "template_missing");
    let expected =
        "no template to tell order.lost by sms: shared/templates/order.lost.sms.txt is missing";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_shop_that_is_none_is_an_error() {
    let shop = |url: &str, locale: &str| {
        let (name, url, default_locale) = ("Shop".to_owned(), url.to_owned(), locale.to_owned());
        Renderer::new(Shop { name, url, default_locale, ..Shop::default() })
            .map(|_| ())
            .unwrap_err()
            .reason()
    };
    assert_eq!(shop("https://shop.example", "not a locale"), "invalid_default_locale");
    assert_eq!(shop("javascript:alert(1)", "en"), "invalid_shop_url");
}
