//! What the HTML part holds besides words: its length, its data for programs, its
//! colours.

use serde_json::{Value as Json, json};

use super::fixture::{bare, email, merge, order, renderer};
use super::{assert_has, assert_lacks};
use crate::catalogue::Catalogue;
use crate::content::Colour;

/// Gmail shows no more of a mail than this.
const CLIP: usize = 102 * 1024;

fn long_order(lines: usize, title: &str) -> Json {
    let line = |n| {
        json!({ "sku": format!("SKU-{n}"), "title": format!("{title} {n}."), "quantity": n % 3 + 1,
                "unit_price": "1234.50", "url": format!("https://shop.example/products/{n}"),
                "image_url": format!("https://images.shop.example/products/{n}/large.jpg") })
    };
    merge(order(), json!({ "order": { "items": (1..=lines).map(line).collect::<Vec<_>>() } }))
}

#[test]
fn a_long_order_is_shortened_and_says_so() {
    let mail = email("order.created", "en", long_order(100, "Blue mug with a handle"));
    for part in [&mail.html, &mail.text] {
        assert_has(part, &["handle 1.", "handle 40.", "and 60 more items", "€60.97"]);
        assert_lacks(part, &["handle 41."]);
    }
    let mail = email("order.created", "pl", long_order(42, "Kubek"));
    assert_has(&mail.html, &["i jeszcze 2 produkty"]);
    let mail = email("order.created", "en", long_order(40, "Blue mug"));
    for part in [&mail.html, &mail.text] {
        assert_has(part, &["mug 40."]);
        assert_lacks(part, &["more item"]);
    }
}

#[test]
fn no_order_is_so_long_that_its_mail_is_clipped() {
    let shipment = json!({ "shipment": { "id": "s-1", "items":
        (1..=50).map(|n| json!({ "sku": format!("SKU-{n}") })).collect::<Vec<_>>() } });
    for title in ["Blue mug with a handle", "明前龙井茶礼盒装特级两百五十克", "كوب أزرق كبير بمقبض"]
    {
        for locale in renderer().locales() {
            for kind in ["order.created", "order.shipped", "order.completed"] {
                let data = merge(long_order(100, title), shipment.clone());
                let html = email(kind, locale, data).html;
                assert!(html.len() < CLIP, "{kind} in {locale}: {} bytes", html.len());
                assert_has(&html, &["</html>"]);
            }
        }
    }
}

#[test]
fn absurd_lengths_are_cut() {
    let long = "x".repeat(50_000);
    let url = format!("https://shop.example/{}", "u".repeat(1_900));
    let line = json!({ "sku": "A", "title": "🧶".repeat(9_000), "quantity": 1, "url": url, "image_url": url });
    let absurd = json!({
        "order": { "number": long, "items": vec![line; 300],
                   "shipping_address": { "name": long, "lines": vec![long.clone(); 50] } },
        "customer": { "name": long },
        "shipment": { "id": "s-1", "carrier": long, "tracking_number": long },
        "refund": { "id": "r-1", "reason": long },
        "payment": { "method": long },
    });
    for kind in Catalogue::built_in().unwrap().types() {
        let kind = &kind.name;
        let mail = email(kind, "en", merge(order(), absurd.clone()));
        assert!(mail.html.len() < CLIP, "{kind}: {} bytes", mail.html.len());
        assert!(mail.text.len() < CLIP, "{kind}: {} bytes", mail.text.len());
        assert!(mail.subject.chars().count() < 150, "{}", mail.subject);
    }
}

fn json_ld(html: &str) -> Option<Json> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (json, rest) = rest.split_once("</script>")?;
    assert!(!rest.contains("<script"));
    Some(serde_json::from_str(json).unwrap())
}

#[test]
fn programs_can_read_the_order() {
    let html = email("order.created", "ar", order()).html;
    let expected = json!({
        "@context": "https://schema.org",
        "@type": "Order",
        "orderNumber": "1001",
        "orderStatus": "https://schema.org/OrderProcessing",
        "orderDate": "2026-11-21T23:30:00Z",
        "url": "https://shop.example/orders/A-1001",
        "price": "60.97",
        "priceCurrency": "EUR",
        "merchant": { "@type": "Organization", "name": "Example Shop", "url": "https://shop.example/" },
        "customer": { "@type": "Person", "name": "Ada Example" },
        "acceptedOffer": [
            { "@type": "Offer", "price": "12.50", "priceCurrency": "EUR",
              "eligibleQuantity": { "@type": "QuantitativeValue", "value": 2 },
              "itemOffered": { "@type": "Product", "name": "Blue mug", "sku": "MUG",
                               "url": "https://shop.example/mug", "image": "https://shop.example/mug.jpg" } },
            { "@type": "Offer", "price": "31.07", "priceCurrency": "EUR",
              "eligibleQuantity": { "@type": "QuantitativeValue", "value": 1 },
              "itemOffered": { "@type": "Product", "name": "Pan", "sku": "PAN" } },
        ],
        "potentialAction": { "@type": "ViewAction", "target": "https://shop.example/orders/A-1001" },
    });
    assert_eq!(json_ld(&html), Some(expected));
}

#[test]
fn programs_can_read_the_parcel() {
    let shipment = json!({ "shipment": {
        "id": "s-1", "carrier": "Post AG", "tracking_number": "RR1", "estimated_delivery": "2026-11-25",
        "tracking_url": "https://track.example/RR1", "items": [{ "sku": "PAN", "quantity": 1 }],
    } });
    let html = email("order.shipped", "ja", merge(order(), shipment)).html;
    let expected = json!({
        "@context": "https://schema.org",
        "@type": "ParcelDelivery",
        "carrier": { "@type": "Organization", "name": "Post AG" },
        "trackingNumber": "RR1",
        "trackingUrl": "https://track.example/RR1",
        "expectedArrivalUntil": "2026-11-25",
        "deliveryAddress": { "@type": "PostalAddress", "name": "Ada Example", "streetAddress": "Hauptstr. 1",
                             "addressLocality": "Wien", "postalCode": "1010", "addressCountry": "AT" },
        "itemShipped": [{ "@type": "Product", "name": "Pan", "sku": "PAN" }],
        "partOfOrder": {
            "@type": "Order", "orderNumber": "1001", "orderStatus": "https://schema.org/OrderInTransit",
            "merchant": { "@type": "Organization", "name": "Example Shop", "url": "https://shop.example/" },
        },
        "potentialAction": { "@type": "TrackAction", "target": "https://track.example/RR1" },
    });
    assert_eq!(json_ld(&html), Some(expected));
}

#[test]
fn what_programs_read_is_inert_and_promotional_mail_has_none() {
    let title = "</script><script>alert(1)</script><!-- \u{202e}x";
    let hostile =
        json!({ "order": { "items": [{ "sku": "</ScRiPt>", "title": title, "quantity": 1 }] } });
    let html = email("order.paid", "en", merge(order(), hostile)).html;
    let json_ld_of = json_ld(&html).unwrap();
    let product = &json_ld_of["acceptedOffer"][0]["itemOffered"];
    assert_eq!(product["name"], "</script><script>alert(1)</script><!-- x");
    assert_eq!(product["sku"], "</ScRiPt>");
    assert_eq!(json_ld(&email("order.completed", "en", order()).html), None);
    let bare = json_ld(&email("order.created", "en", bare()).html).unwrap();
    assert!(!bare.to_string().contains("null"), "{bare}");
}

#[test]
fn a_mail_says_how_it_is_to_be_read() {
    for kind in Catalogue::built_in().unwrap().types() {
        let kind = &kind.name;
        let refund = json!({ "refund": { "id": "r-1", "items": [{ "sku": "PAN" }] } });
        let html = email(kind, "de-AT", merge(order(), refund)).html;
        assert_has(
            &html,
            &[
                "<html lang=\"de-AT\" dir=\"ltr\"",
                "<meta name=\"color-scheme\" content=\"light dark\" />",
                "@media (prefers-color-scheme: dark)",
                "<h1 ",
                "<h2 ",
            ],
        );
        // Hidden, and first in the body.
        let (_, body) = html.split_once("<body").unwrap();
        let preheader = body.find("display:none").unwrap();
        assert!(preheader < body.find("<table").unwrap_or(body.len()), "{kind}");
        for (at, _) in html.match_indices("<img") {
            assert_has(&html[at..at + html[at..].find('>').unwrap()], &[" alt=\""]);
        }
    }
}

#[test]
fn every_text_has_the_contrast_that_wcag_aa_asks_for() {
    let contrast = |one: &str, other: &str| {
        Colour::parse(one).unwrap().contrast(Colour::parse(other).unwrap())
    };
    let layout = &email("order.created", "en", order()).html;
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.01);
    // Text on ground: light, then dark; page, card, button.
    for (text, ground) in [
        ("#1f2328", "#f3f4f6"),
        ("#57606a", "#f3f4f6"),
        ("#1f2328", "#ffffff"),
        ("#57606a", "#ffffff"),
        ("#ffffff", "#1f2328"),
        ("#a3abb5", "#111418"),
        ("#a3abb5", "#1c2127"),
        ("#e8eaed", "#1c2127"),
        ("#1c2127", "#e8eaed"),
    ] {
        assert_has(layout, &[text, ground]);
        let ratio = contrast(text, ground);
        assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
    }
    // No text has a colour besides these.
    for (at, _) in layout.match_indices("color:#").chain(layout.match_indices("color: #")) {
        let colour = &layout[at..][layout[at..].find('#').unwrap()..][..7];
        let known = [
            "#1f2328", "#57606a", "#ffffff", "#f3f4f6", "#eceef1", "#111418", "#1c2127", "#e8eaed",
            "#a3abb5", "#343b44", "#2a3038",
        ];
        assert!(known.contains(&colour), "{colour}");
    }
}
