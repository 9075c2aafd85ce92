//! What mail programs and assistants read: the order or the parcel as
//! schema.org's JSON-LD. Unlike the mail's text it holds plain numbers and dates.
//! Source: schema.org, `Order`, `ParcelDelivery`; Google, "Email markup".

use jiff::tz::TimeZone;
use minijinja::value::Value;
use serde_json::{Value as Json, json};

use crate::content::MessageInput;
use crate::content::lines::{Line, divide};
use crate::content::shop::{Links, ShopView};
use crate::content::text::{addressable, short};
use crate::content::view::title;
use crate::event::{Address, Amount, Currency, Gift, LineRef, Shipment, parcels};
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
        described["price"] = json!(self.amount(order.totals.total));
        described["priceCurrency"] = json!(self.currency());
        described["customer"] = json!({
            "@type": "Person",
            "name": addressable(customer.name.as_ref().map(Private::reveal)),
        });
        described["acceptedOffer"] = json!(offers);
        described["potentialAction"] =
            json!(url.map(|target| json!({ "@type": "ViewAction", "target": target })));
        described
    }

    fn parcel(&self, shipment: &'a Shipment, status: Option<&str>) -> Json {
        let parcels = parcels(shipment);
        // schema.org's parcel is one; the others are in the mail.
        let parcel = parcels.first();
        let url = self.links.allowed(parcel.and_then(|parcel| parcel.url.as_ref()));
        let products: Vec<_> =
            self.lines(&shipment.items).map(|line| self.product(&line)).collect();
        let zone = TimeZone::get(self.input.time_zone).unwrap_or(TimeZone::UTC);
        let days = shipment.estimated_delivery.map(|arrival| arrival.days(&zone));
        let (first, last) = (days.map(|days| days.0), days.map(|days| days.1.unwrap_or(days.0)));
        let carrier = short_option(parcel.and_then(|parcel| parcel.carrier));
        json!({
            "@context": "https://schema.org",
            "@type": "ParcelDelivery",
            "carrier": carrier.map(|name| json!({ "@type": "Organization", "name": name })),
            "trackingNumber": short_option(parcel.and_then(|parcel| parcel.number)),
            "trackingUrl": url,
            "expectedArrivalFrom": first.filter(|first| Some(*first) != last).map(|day| day.to_string()),
            "expectedArrivalUntil": last.map(|day| day.to_string()),
            "deliveryAddress": self.input.data.order.shipping_address.as_ref().map(address),
            "itemShipped": products,
            "partOfOrder": self.order_in_brief(status),
            "potentialAction": url.map(|target| json!({ "@type": "TrackAction", "target": target })),
        })
    }

    fn order_in_brief(&self, status: Option<&str>) -> Json {
        let brand = short(self.input.data.order.brand.as_deref(), LONGEST_TEXT);
        let order = &self.input.data.order;
        let number = |text: &str| short_option(Some(text));
        let merchant = brand.as_deref().unwrap_or(&self.shop.name);
        json!({
            "@type": "Order",
            "orderNumber": number(order.display_number()).or_else(|| number(order.id.as_str())),
            "orderStatus": status.map(|status| format!("https://schema.org/{status}")),
            // `seller` has superseded it; mail programs look for this one.
            "merchant": { "@type": "Organization", "name": merchant, "url": self.shop.url },
        })
    }

    /// What is named of the order's lines, or all of them.
    fn lines(&self, named: &'a [LineRef]) -> impl Iterator<Item = Line<'a>> {
        divide(&self.input.data.order.items, named).named.into_iter().take(self.rows)
    }

    fn offer(&self, line: &Line<'_>) -> Json {
        let price = line.item.and_then(|item| item.unit_price);
        json!({
            "@type": "Offer",
            "itemOffered": self.product(line),
            "price": self.amount(price),
            "priceCurrency": price.and_then(|_| self.currency()),
            "eligibleQuantity": line.quantity.map(|quantity| {
                let value: Json = quantity.normalize().to_string().parse().unwrap_or_default();
                json!({ "@type": "QuantitativeValue", "value": value })
            }),
        })
    }

    /// The currency of the order's sums; none where prices are hidden.
    fn currency(&self) -> Option<&str> {
        let order = &self.input.data.order;
        let hidden = order.gift.as_ref().is_some_and(Gift::hides_prices);
        order.currency.as_ref().filter(|_| !hidden).map(Currency::as_str)
    }

    fn amount(&self, amount: Option<Amount>) -> Option<String> {
        self.currency().and(amount).map(|amount| amount.decimal().to_string())
    }

    fn product(&self, line: &Line<'_>) -> Json {
        let url = |url| self.links.allowed(url);
        json!({
            "@type": "Product",
            "name": title(line),
            "sku": short_option(line.sku),
            "url": url(line.item.and_then(|item| item.url.as_ref())),
            "image": url(line.item.and_then(|item| item.image_url.as_ref())),
        })
    }
}

fn address(address: &Address) -> Json {
    let streets: Vec<_> = address
        .lines
        .iter()
        .take(MOST_STREETS)
        .filter_map(|line| short_option(Some(line)))
        .collect();
    json!({
        "@type": "PostalAddress",
        "name": addressable(address.name.as_deref()),
        "streetAddress": short_option(Some(&streets.join(", "))),
        "addressLocality": short_option(address.city.as_deref()),
        "addressRegion": short_option(address.region.as_deref()),
        "postalCode": short_option(address.postal_code.as_deref()),
        "addressCountry": short_option(address.country.as_deref()),
    })
}

fn short_option(text: Option<&str>) -> Option<String> {
    short(text, LONGEST_TEXT)
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
