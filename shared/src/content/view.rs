//! What templates see: an event's data, cleaned and formatted.

use minijinja::value::{Serde, Value};
use rust_decimal::Decimal;
use serde::Serialize;

use super::MessageInput;
use super::error::RenderError;
use super::i18n::conventions::Conventions;
use super::i18n::{address, direction, fonts};
use super::lines::{Line, Share, divide};
use super::shop::Links;
use super::text::{addressable, clean, clean_option, shorten};
use crate::event::{Amount, Currency, Item, ShipmentItem, Totals, WebUrl};
use crate::model::Private;

/// An order number is shown in subject lines; a longer one is no number.
const LONGEST_NUMBER: usize = 64;
/// The same of an article's title.
const LONGEST_TITLE: usize = 160;
/// The same of anything else, such as a carrier or a payment method.
const LONGEST_FACT: usize = 80;
/// The same of a customer's own words.
const LONGEST_REASON: usize = 500;

/// Everything a template may show. What is not known is `none`; a block of
/// another type is there, with nothing in it but the order's lines.
#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    /// The side that lines begin at, and the other.
    start: &'static str,
    end: &'static str,
    fonts: &'static str,
    name: Option<String>,
    order: OrderView,
    payment: PaymentView,
    shipment: ShipmentView,
    refund: RefundView,
    review: ReviewView,
}

#[derive(Serialize)]
struct OrderView {
    number: String,
    placed_on: Option<String>,
    status_url: Option<String>,
    items: Value,
    totals: TotalsView,
    address: Vec<String>,
}

#[derive(Serialize)]
struct TotalsView {
    subtotal: Option<String>,
    discount: Option<String>,
    shipping: Option<String>,
    shipping_is_free: bool,
    tax: Option<String>,
    tax_is_included: bool,
    total: String,
}

#[derive(Serialize)]
struct PaymentView {
    method: Option<String>,
    amount: Option<String>,
    paid_on: Option<String>,
}

#[derive(Serialize)]
struct ShipmentView {
    carrier: Option<String>,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
    arrives_on: Option<String>,
    items: Value,
    rest: Value,
    is_partial: bool,
}

#[derive(Serialize)]
struct RefundView {
    amount: Option<String>,
    reason: Option<String>,
    requested_on: Option<String>,
    items: Value,
}

#[derive(Serialize)]
struct ReviewView {
    url: Option<String>,
    items: Value,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    quantity: Option<u32>,
    /// How many were ordered, where this is a part of them.
    ordered: Option<u32>,
    image_url: Option<String>,
    url: Option<String>,
    /// Of one, where there are several.
    unit_price: Option<String>,
    /// Of all of them.
    price: Option<String>,
}

/// The context that the message's templates are rendered with.
pub(crate) fn view(
    input: &MessageInput<'_>,
    conventions: &Conventions,
    links: &Links,
) -> Result<Value, RenderError> {
    let maker = Maker { input, conventions, links, currency: &input.data.order.currency };
    Ok(Value::from(Serde(&maker.view()?)))
}

struct Maker<'a> {
    input: &'a MessageInput<'a>,
    conventions: &'a Conventions,
    links: &'a Links,
    currency: &'a Currency,
}

impl<'a> Maker<'a> {
    fn view(&self) -> Result<View, RenderError> {
        let data = self.input.data;
        let locale = self.conventions.locale();
        let dir = direction(locale);
        let (start, end) = if dir == "rtl" { ("right", "left") } else { ("left", "right") };
        let whole = self.lines(&divide(&data.order.items, &[]).named)?;
        Ok(View {
            lang: locale.to_string(),
            dir,
            start,
            end,
            fonts: fonts(locale),
            name: addressable(data.customer.name.as_ref().map(Private::reveal)),
            payment: self.payment()?,
            shipment: self.shipment(&whole)?,
            refund: self.refund(&whole)?,
            review: self.review(&whole)?,
            order: OrderView {
                number: shorten(&clean(data.order.display_number()), LONGEST_NUMBER),
                placed_on: self.day(data.order.placed_at)?,
                status_url: self.url(data.order.status_url.as_ref()),
                totals: self.totals(&data.order.totals)?,
                address: address::lines(data.order.shipping_address.as_ref(), self.conventions),
                items: whole,
            },
        })
    }

    fn payment(&self) -> Result<PaymentView, RenderError> {
        let payment = self.input.data.payment.as_ref();
        Ok(PaymentView {
            method: fact(payment.and_then(|payment| payment.method.as_deref())),
            amount: self.sum(payment.and_then(|payment| payment.amount))?,
            paid_on: self.day(payment.and_then(|payment| payment.paid_at))?,
        })
    }

    fn shipment(&self, whole: &Value) -> Result<ShipmentView, RenderError> {
        let shipment = self.input.data.shipment.as_ref();
        let arrival = shipment.and_then(|shipment| shipment.estimated_delivery);
        let parcel = self.share(shipment.map(|shipment| &shipment.items[..]));
        let rest = parcel.as_ref().map_or(&[][..], |parcel| &parcel.rest);
        Ok(ShipmentView {
            carrier: fact(shipment.and_then(|shipment| shipment.carrier.as_deref())),
            tracking_number: fact(
                shipment.and_then(|shipment| shipment.tracking_number.as_deref()),
            ),
            tracking_url: self.url(shipment.and_then(|shipment| shipment.tracking_url.as_ref())),
            arrives_on: arrival.map(|date| self.conventions.date(date)).transpose()?,
            items: self.items(parcel.as_ref(), whole)?,
            is_partial: !rest.is_empty(),
            rest: self.lines(rest)?,
        })
    }

    fn refund(&self, whole: &Value) -> Result<RefundView, RenderError> {
        let refund = self.input.data.refund.as_ref();
        let share = self.share(refund.map(|refund| &refund.items[..]));
        Ok(RefundView {
            amount: self.sum(refund.and_then(|refund| refund.amount))?,
            reason: clean_option(refund.and_then(|refund| refund.reason.as_deref()))
                .map(|reason| shorten(&reason, LONGEST_REASON)),
            requested_on: self.day(refund.and_then(|refund| refund.requested_at))?,
            items: self.items(share.as_ref(), whole)?,
        })
    }

    fn review(&self, whole: &Value) -> Result<ReviewView, RenderError> {
        let review = self.input.data.review.as_ref();
        let share = self.share(review.map(|review| &review.items[..]));
        Ok(ReviewView {
            url: self.url(review.and_then(|review| review.url.as_ref())),
            items: self.items(share.as_ref(), whole)?,
        })
    }

    /// The order divided by what is named; none if nothing is.
    fn share(&self, named: Option<&'a [ShipmentItem]>) -> Option<Share<'a>> {
        let named = named.filter(|named| !named.is_empty())?;
        Some(divide(&self.input.data.order.items, named))
    }

    fn items(&self, share: Option<&Share<'_>>, whole: &Value) -> Result<Value, RenderError> {
        match share {
            Some(share) => self.lines(&share.named),
            None => Ok(whole.clone()),
        }
    }

    fn lines(&self, lines: &[Line<'_>]) -> Result<Value, RenderError> {
        let lines = lines.iter().map(|line| self.line(line)).collect::<Result<Vec<_>, _>>()?;
        Ok(Value::from(Serde(&lines)))
    }

    fn line(&self, line: &Line<'_>) -> Result<LineView, RenderError> {
        let item = line.item;
        let unit_price = item.and_then(|item| item.unit_price).map(Amount::decimal);
        // An amount beyond what can be counted is left out, not guessed.
        let price = unit_price.and_then(|price| price.checked_mul(line.quantity?.into()));
        let several = line.quantity.is_some_and(|quantity| quantity > 1);
        Ok(LineView {
            title: item.map_or_else(|| shorten(&clean(line.sku), LONGEST_TITLE), title),
            quantity: line.quantity,
            ordered: line.ordered(),
            image_url: self.url(item.and_then(|item| item.image_url.as_ref())),
            url: self.url(item.and_then(|item| item.url.as_ref())),
            unit_price: unit_price
                .filter(|_| several)
                .map(|price| self.money(price))
                .transpose()?,
            price: price.map(|price| self.money(price)).transpose()?,
        })
    }

    fn totals(&self, totals: &Totals) -> Result<TotalsView, RenderError> {
        let money = |amount: Option<Amount>| amount.map(|a| self.money(a.decimal())).transpose();
        // Shops give a discount as what is taken off or as a negative sum.
        let discount = totals.discount.filter(|discount| !discount.is_zero());
        let discount = discount.map(|discount| -discount.decimal().abs());
        Ok(TotalsView {
            subtotal: money(totals.subtotal)?,
            discount: discount.map(|discount| self.money(discount)).transpose()?,
            shipping: money(totals.shipping)?,
            shipping_is_free: totals.shipping.is_some_and(Amount::is_zero),
            tax: money(totals.tax)?,
            tax_is_included: tax_is_included(totals),
            total: self.money(totals.total.decimal())?,
        })
    }

    /// A sum that something was about; one of zero is one that nobody knew.
    fn sum(&self, amount: Option<Amount>) -> Result<Option<String>, RenderError> {
        let known = amount.filter(|amount| !amount.is_zero());
        known.map(|amount| self.money(amount.decimal())).transpose()
    }

    fn url(&self, url: Option<&WebUrl>) -> Option<String> {
        self.links.allowed(url).map(str::to_owned)
    }

    fn money(&self, amount: Decimal) -> Result<String, RenderError> {
        self.conventions.money(amount, self.currency)
    }

    fn day(&self, moment: Option<jiff::Timestamp>) -> Result<Option<String>, RenderError> {
        moment.map(|moment| self.conventions.day_of(moment, self.input.time_zone)).transpose()
    }
}

/// Whether the other sums make the total without the tax, which is then a part
/// of them and no addend.
fn tax_is_included(totals: &Totals) -> bool {
    let is_taxed = totals.tax.is_some_and(|tax| !tax.is_zero());
    is_taxed && totals.before_tax() == Some(totals.total.decimal())
}

/// An article's title; what the shop knows it by where it has none.
pub(crate) fn title(item: &Item) -> String {
    let title = clean_option(Some(&item.title)).unwrap_or_else(|| clean(&item.sku));
    shorten(&title, LONGEST_TITLE)
}

fn fact(text: Option<&str>) -> Option<String> {
    clean_option(text).map(|text| shorten(&text, LONGEST_FACT))
}
