//! How single values are shown, in the customer's language and by the shop's rules.

use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;
use minijinja::value::Value;
use rust_decimal::Decimal;

use crate::content::MessageInput;
use crate::content::error::RenderError;
use crate::content::i18n::conventions::Conventions;
use crate::content::i18n::{LocaleBundle, address, digits};
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

pub(super) struct Maker {
    pub data: OrderEventData,
    bundle: Arc<LocaleBundle>,
    links: Arc<Links>,
    time_zone: TimeZone,
    /// The fraction digits that all sums of the message have at least, once one is shown.
    digits: OnceLock<u8>,
    /// Whether no price is shown: a gift.
    hides_prices: bool,
    /// The lines of the whole order, once they are shown.
    pub whole_order: OnceLock<Value>,
}

impl Maker {
    pub fn new(input: &MessageInput<'_>, bundle: &Arc<LocaleBundle>, links: &Arc<Links>) -> Self {
        Self {
            // A template engine's values outlive what they were made from.
            data: input.data.clone(),
            bundle: Arc::clone(bundle),
            links: Arc::clone(links),
            time_zone: TimeZone::get(input.time_zone).unwrap_or(TimeZone::UTC),
            digits: OnceLock::new(),
            hides_prices: input.data.order.gift.as_ref().is_some_and(Gift::hides_prices),
            whole_order: OnceLock::new(),
        }
    }

    pub fn conventions(&self) -> &Conventions {
        &self.bundle.conventions
    }

    fn digits(&self) -> u8 {
        *self.digits.get_or_init(|| match &self.data.order.currency {
            Some(currency) => {
                digits(currency.as_str(), amounts(&self.data, &sums(&self.data.order)))
            }
            None => 0,
        })
    }

    /// A sum; none where its currency is not known, or prices are hidden.
    pub fn money(&self, amount: Decimal) -> Result<Option<String>, RenderError> {
        let currency = self.data.order.currency.as_ref().filter(|_| !self.hides_prices);
        let money = |currency| self.conventions().money(amount, currency, self.digits());
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
        when.map(|when| self.conventions().day_of(&when, &self.time_zone)).transpose()
    }

    pub fn arrival(&self, arrival: Option<When>) -> Result<Option<String>, RenderError> {
        arrival.map(|at| self.conventions().arrival(&at, &self.time_zone)).transpose()
    }

    pub fn address(&self, address: Option<&Address>) -> Vec<String> {
        let Some(address) = address else { return Vec::new() };
        // A link in the place of a name is bait here as well.
        let name = addressable(address.name.as_deref());
        let named = Address { name, ..address.clone() };
        let mut lines = address::lines(&named, |code| self.conventions().country(code));
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
