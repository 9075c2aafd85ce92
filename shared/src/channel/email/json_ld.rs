//! What mail programs and assistants read: the order or the parcel as
//! schema.org's JSON-LD. Unlike the mail's text it holds plain numbers and dates.
//! Source: schema.org, `Order`, `ParcelDelivery`; Google, "Email markup".

use minijinja::value::Value;
use serde_json::{Value as Json, json};

use crate::content::MessageInput;
use crate::content::lines::{Line, divide};
use crate::content::shop::{Links, ShopView};
use crate::content::text::{clean, clean_option, shorten};
use crate::content::view::title;
use crate::event::{Address, Amount, Shipment, ShipmentItem};
use crate::model::Private;

/// Texts from outside are not longer, and an address has not more lines.
const LONGEST_TEXT: usize = 160;
const MOST_STREETS: usize = 8;

/// The JSON-LD of a message, fit to stand in a `script` element: the order as it
/// stands (`status` names one of schema.org's), or the parcel on its way. At
/// most so many `rows` of items.
pub(crate) fn json_ld(
    input: &MessageInput<'_>,
    shop: &ShopView,
    links: &Links,
    status: Option<&str>,
    rows: usize,
) -> Value {
    let maker = Maker { input, shop, links, rows };
    let described = match &input.data.shipment {
        Some(shipment) => maker.parcel(shipment, status),
        None => maker.order(status),
    };
    // In JSON, `<` stands in texts only; spelled so, nothing ends the element.
    Value::from_safe_string(known(described).to_string().replace('<', "\\u003c"))
}

struct Maker<'a> {
    input: &'a MessageInput<'a>,
    shop: &'a ShopView,
    links: &'a Links,
    rows: usize,
}

impl<'a> Maker<'a> {
    fn order(&self, status: Option<&str>) -> Json {
        let (order, customer) = (&self.input.data.order, &self.input.data.customer);
        let url = self.links.allowed(order.status_url.as_ref());
        let offers: Vec<_> = self.lines(&[]).map(|line| self.offer(&line)).collect();
        let mut described = self.order_in_brief(status);
        described["@context"] = json!("https://schema.org");
        described["url"] = json!(url);
        described["orderDate"] = json!(order.placed_at.map(|time| time.to_string()));
        described["price"] = json!(amount(Some(order.totals.total)));
        described["priceCurrency"] = json!(order.currency.as_str());
        described["customer"] = json!({
            "@type": "Person",
            "name": short_option(customer.name.as_ref().map(Private::reveal)),
        });
        described["acceptedOffer"] = json!(offers);
        described["potentialAction"] =
            json!(url.map(|target| json!({ "@type": "ViewAction", "target": target })));
        described
    }

    fn parcel(&self, shipment: &'a Shipment, status: Option<&str>) -> Json {
        let url = self.links.allowed(shipment.tracking_url.as_ref());
        let products: Vec<_> =
            self.lines(&shipment.items).map(|line| self.product(&line)).collect();
        let carrier = short_option(shipment.carrier.as_deref());
        json!({
            "@context": "https://schema.org",
            "@type": "ParcelDelivery",
            "carrier": carrier.map(|name| json!({ "@type": "Organization", "name": name })),
            "trackingNumber": short_option(shipment.tracking_number.as_deref()),
            "trackingUrl": url,
            "expectedArrivalUntil": shipment.estimated_delivery.map(|day| day.to_string()),
            "deliveryAddress": self.input.data.order.shipping_address.as_ref().map(address),
            "itemShipped": products,
            "partOfOrder": self.order_in_brief(status),
            "potentialAction": url.map(|target| json!({ "@type": "TrackAction", "target": target })),
        })
    }

    fn order_in_brief(&self, status: Option<&str>) -> Json {
        json!({
            "@type": "Order",
            "orderNumber": short(self.input.data.order.display_number()),
            "orderStatus": status.map(|status| format!("https://schema.org/{status}")),
            // `seller` has superseded it; mail programs look for this one.
            "merchant": { "@type": "Organization", "name": self.shop.name, "url": self.shop.url },
        })
    }

    /// What is named of the order's lines, or all of them.
    fn lines(&self, named: &'a [ShipmentItem]) -> impl Iterator<Item = Line<'a>> {
        divide(&self.input.data.order.items, named).named.into_iter().take(self.rows)
    }

    fn offer(&self, line: &Line<'_>) -> Json {
        let price = line.item.and_then(|item| item.unit_price);
        json!({
            "@type": "Offer",
            "itemOffered": self.product(line),
            "price": amount(price),
            "priceCurrency": price.map(|_| self.input.data.order.currency.as_str()),
            "eligibleQuantity": line.quantity.map(|quantity| {
                json!({ "@type": "QuantitativeValue", "value": quantity })
            }),
        })
    }

    fn product(&self, line: &Line<'_>) -> Json {
        let url = |url| self.links.allowed(url);
        json!({
            "@type": "Product",
            "name": line.item.map_or_else(|| short(line.sku), title),
            "sku": short(line.sku),
            "url": url(line.item.and_then(|item| item.url.as_ref())),
            "image": url(line.item.and_then(|item| item.image_url.as_ref())),
        })
    }
}

fn address(address: &Address) -> Json {
    let streets: Vec<_> = address.lines.iter().take(MOST_STREETS).map(|line| short(line)).collect();
    json!({
        "@type": "PostalAddress",
        "name": short_option(address.name.as_deref()),
        "streetAddress": short_option(Some(&streets.join(", "))),
        "addressLocality": short_option(address.city.as_deref()),
        "addressRegion": short_option(address.region.as_deref()),
        "postalCode": short_option(address.postal_code.as_deref()),
        "addressCountry": short_option(address.country.as_deref()),
    })
}

fn short(text: &str) -> String {
    shorten(&clean(text), LONGEST_TEXT)
}

fn short_option(text: Option<&str>) -> Option<String> {
    clean_option(text).map(|text| shorten(&text, LONGEST_TEXT))
}

fn amount(amount: Option<Amount>) -> Option<String> {
    amount.map(|amount| amount.decimal().to_string())
}

/// Without what is not known.
fn known(json: Json) -> Json {
    match json {
        Json::Object(members) => {
            let known = members.into_iter().filter(|(_, value)| !value.is_null());
            Json::Object(known.map(|(name, value)| (name, self::known(value))).collect())
        }
        Json::Array(values) => Json::Array(values.into_iter().map(known).collect()),
        other => other,
    }
}
