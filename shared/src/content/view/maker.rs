//! How single values are shown, in the customer's language and by the shop's rules.

use std::cell::OnceCell;

use minijinja::value::Value;
use rust_decimal::Decimal;

use crate::content::MessageInput;
use crate::content::error::RenderError;
use crate::content::i18n::conventions::Conventions;
use crate::content::i18n::{address, digits};
use crate::content::shop::Links;
use crate::content::text::{addressable, short};
use crate::event::{Address, Amount, Gift, OrderEventData, Sums, WebUrl, When, line_price, sums};
use crate::model::Private;

/// A fact, such as a carrier or a payment method, is not longer.
const LONGEST_FACT: usize = 80;
/// A text in the customer's or the shop's own words.
const LONGEST_WORDS: usize = 500;
/// A list of texts, such as what changed about an order, has not more.
const MOST_TEXTS: usize = 20;

pub(super) struct Maker<'a> {
    pub input: &'a MessageInput<'a>,
    pub conventions: &'a Conventions,
    /// The order's sums.
    pub sums: Sums<'a>,
    links: &'a Links,
    /// The fraction digits that all sums of the message have at least.
    digits: u8,
    /// Whether no price is shown: a gift.
    hides_prices: bool,
    /// The lines of the whole order, once they are made.
    pub whole_order: OnceCell<Value>,
}

impl<'a> Maker<'a> {
    pub fn new(
        input: &'a MessageInput<'a>,
        conventions: &'a Conventions,
        links: &'a Links,
    ) -> Self {
        let order = &input.data.order;
        let sums = sums(order);
        let digits = match &order.currency {
            Some(currency) => digits(currency.as_str(), amounts(input.data, &sums)),
            None => 0,
        };
        let hides_prices = order.gift.as_ref().is_some_and(Gift::hides_prices);
        let whole_order = OnceCell::new();
        Self { input, conventions, sums, links, digits, hides_prices, whole_order }
    }

    /// A sum; none where its currency is not known, or prices are hidden.
    pub fn money(&self, amount: Decimal) -> Result<Option<String>, RenderError> {
        let currency = self.input.data.order.currency.as_ref().filter(|_| !self.hides_prices);
        let money = |currency| self.conventions.money(amount, currency, self.digits);
        currency.map(money).transpose()
    }

    /// A sum that something was about; one of zero is one that nobody knew.
    pub fn sum(&self, amount: Option<Amount>) -> Result<Option<String>, RenderError> {
        match amount.map(Amount::decimal).filter(|amount| !amount.is_zero()) {
            Some(amount) => self.money(amount),
            None => Ok(None),
        }
    }

    pub fn url(&self, url: Option<&WebUrl>) -> Option<String> {
        self.links.allowed(url).map(str::to_owned)
    }

    /// The day on which something happened.
    pub fn day(&self, when: Option<When>) -> Result<Option<String>, RenderError> {
        when.map(|when| self.conventions.day_of(&when, self.input.time_zone)).transpose()
    }

    pub fn arrival(&self, arrival: Option<When>) -> Result<Option<String>, RenderError> {
        arrival.map(|at| self.conventions.arrival(&at, self.input.time_zone)).transpose()
    }

    pub fn address(&self, address: Option<&Address>) -> Vec<String> {
        let Some(address) = address else { return Vec::new() };
        // A link in the place of a name is bait here as well.
        let name = addressable(address.name.as_deref());
        let named = Address { name, ..address.clone() };
        let mut lines = address::lines(&named, |code| self.conventions.country(code));
        lines.extend(fact(address.phone.as_ref().map(Private::reveal)));
        lines
    }
}

/// Every sum that a message may show, so that all have as many digits.
fn amounts<'a>(data: &'a OrderEventData, sums: &'a Sums<'_>) -> impl Iterator<Item = Decimal> + 'a {
    let rows = sums.rows.iter().chain(&sums.included).chain(&sums.settled).map(|row| row.amount);
    let payment = data.payment.as_ref().and_then(|payment| payment.amount);
    let refund = data.refund.as_ref();
    let refund = refund.map(|refund| [refund.amount, refund.shipping_amount]);
    let known = refund.into_iter().flatten().chain([payment]).flatten().map(Amount::decimal);
    let currency = data.order.currency.as_ref();
    let prices = data.order.items.iter().filter_map(move |item| line_price(item, currency));
    rows.chain(sums.total).chain(sums.due).chain(known).chain(prices)
}

/// A text on one line, not too long.
pub(super) fn fact(text: Option<&str>) -> Option<String> {
    short(text, LONGEST_FACT)
}

/// A sentence or two.
pub(super) fn words(text: Option<&str>) -> Option<String> {
    short(text, LONGEST_WORDS)
}

/// Texts, a line each.
pub(super) fn texts(texts: &[String]) -> Vec<String> {
    texts.iter().filter_map(|text| words(Some(text))).take(MOST_TEXTS).collect()
}
