//! The lines of an order, as templates see them.

use minijinja::value::{Serde, Value};
use rust_decimal::Decimal;
use serde::Serialize;

use super::maker::{Maker, fact};
use crate::content::error::RenderError;
use crate::content::lines::{Line, Share, divide, whole};
use crate::content::text::short;
use crate::event::{Amount, Item, LineRef, line_price, price_of};

/// A message lists not more lines.
pub(crate) const MOST_ROWS: usize = 40;

/// A title is shown in subject lines; a longer one is none.
const LONGEST_TITLE: usize = 160;

/// What a customer chose of an article, and what a bundle consists of, are not more.
const MOST_DETAILS: usize = 12;

#[derive(Serialize)]
struct LineView {
    title: String,
    /// Which variant, what was chosen, what is in the bundle.
    details: Vec<Detail>,
    /// How many, with the unit.
    quantity: Option<String>,
    /// How many were ordered, where this is a part of them.
    ordered: Option<String>,
    image_url: Option<String>,
    url: Option<String>,
    download_url: Option<String>,
    /// Of one, where there is another number of them.
    unit_price: Option<String>,
    /// Of one, before discounts.
    list_price: Option<String>,
    /// What was taken off.
    discount: Option<String>,
    /// Of all of them.
    price: Option<String>,
}

#[derive(Serialize)]
struct Detail {
    /// What it is about.
    label: Option<String>,
    value: String,
}

impl From<String> for Detail {
    fn from(value: String) -> Self {
        Self { label: None, value }
    }
}

/// An article's title; what the shop knows it by where it has none.
pub(crate) fn title(line: &Line<'_>) -> String {
    short(line.name(), LONGEST_TITLE).unwrap_or_default()
}

impl Maker {
    /// The whole order, which several blocks show.
    pub fn whole(&self) -> Result<Value, RenderError> {
        if let Some(whole) = self.whole_order.get() {
            return Ok(whole.clone());
        }
        let lines = self.lines(&whole(&self.data.order.items))?;
        Ok(self.whole_order.get_or_init(|| lines).clone())
    }

    /// The order divided by what is named; none if nothing is.
    pub fn share<'a>(&'a self, named: Option<&'a [LineRef]>) -> Option<Share<'a>> {
        let named = named.filter(|named| !named.is_empty())?;
        Some(divide(&self.data.order.items, named))
    }

    /// What is named; the whole order if nothing is.
    pub fn named<'a>(&'a self, named: Option<&'a [LineRef]>) -> Result<Value, RenderError> {
        match self.share(named) {
            Some(share) => self.lines(&share.named),
            None => self.whole(),
        }
    }

    /// Lines that money is given back for: their price is what is given back.
    pub fn given_back<'a>(&self, lines: &[Line<'a>]) -> Result<Value, RenderError> {
        let nothing = || Some(Decimal::ZERO.into());
        let line = |line: &Line<'a>| Line { amount: line.amount.or_else(nothing), ..*line };
        self.lines(&lines.iter().map(line).collect::<Vec<_>>())
    }

    pub fn lines(&self, lines: &[Line<'_>]) -> Result<Value, RenderError> {
        let named = lines.iter().filter(|line| line.name().is_some()).enumerate();
        // Lines that no message shows are only counted.
        let line = |(at, line)| match at < MOST_ROWS {
            true => self.line(line).map(Some),
            false => Ok(None),
        };
        let lines = named.map(line).collect::<Result<Vec<_>, _>>()?;
        Ok(Value::from(Serde(&lines)))
    }

    fn line(&self, line: &Line<'_>) -> Result<LineView, RenderError> {
        let item = line.item;
        let money = |amount: Option<Decimal>| match amount {
            Some(amount) => self.money(amount),
            None => Ok(None),
        };
        let unit_price = item.and_then(|item| item.unit_price).map(Amount::decimal);
        let is_whole = line.ordered().is_none() && line.quantity == item.and_then(|i| i.quantity);
        let discount = item.and_then(|item| item.discount).filter(|_| is_whole);
        let discount = discount.map(|discount| -discount.decimal().abs());
        // Of a part, what it costs by its price; an amount beyond what can be counted is
        // left out, not guessed.
        let currency = self.data.order.currency.as_ref();
        // Where the whole has a price or a discount of its own, nobody says what a part costs.
        let is_plain = item.is_some_and(|item| item.total.is_none() && item.discount.is_none());
        let of_part = || {
            let item = item.filter(|_| is_plain)?;
            price_of(item.unit_price?, line.quantity?, currency)
        };
        let price = match line.amount {
            Some(amount) => Some(amount.decimal()).filter(|amount| !amount.is_zero()),
            None if is_whole => item.and_then(|item| line_price(item, currency)),
            None => of_part(),
        };
        let is_one = line.quantity.is_none_or(|quantity| quantity == Decimal::ONE);
        let list_price = item.and_then(|item| item.list_price).map(Amount::decimal);
        let list_price = list_price.filter(|list| unit_price.is_none_or(|price| price < *list));
        Ok(LineView {
            title: title(line),
            details: item.map(|item| self.details(item)).transpose()?.unwrap_or_default(),
            quantity: self.quantity(line.quantity, item)?,
            ordered: self.quantity(line.ordered(), item)?,
            image_url: self.url(item.and_then(|item| item.image_url.as_ref())),
            url: self.url(item.and_then(|item| item.url.as_ref())),
            download_url: self.url(item.and_then(|item| item.download_url.as_ref())),
            unit_price: money(unit_price.filter(|_| !is_one))?,
            list_price: money(list_price)?,
            discount: money(discount.filter(|discount| !discount.is_zero()))?,
            price: money(price)?,
        })
    }

    fn quantity(
        &self,
        quantity: Option<Decimal>,
        item: Option<&Item>,
    ) -> Result<Option<String>, RenderError> {
        let Some(quantity) = quantity else { return Ok(None) };
        let number = self.conventions().number(quantity)?;
        Ok(Some(match fact(item.and_then(|item| item.unit.as_deref())) {
            Some(unit) => format!("{number}\u{a0}{unit}"),
            None => number,
        }))
    }

    fn details(&self, item: &Item) -> Result<Vec<Detail>, RenderError> {
        // A variant is shown beside the title that it is a variant of.
        let variant = item.title.as_ref().and(item.variant.as_deref());
        let mut details: Vec<_> = fact(variant).map(Detail::from).into_iter().collect();
        for option in &item.options {
            let (name, value) = (fact(option.name.as_deref()), fact(option.value.as_deref()));
            details.extend(match (name, value) {
                (label, Some(value)) => Some(Detail { label, value }),
                (name, None) => name.map(Detail::from),
            });
        }
        for part in &item.parts {
            let Some(title) = fact(part.title.as_deref()) else { continue };
            let several = part.quantity.filter(|quantity| *quantity != Decimal::ONE);
            let part = match several {
                Some(quantity) => format!("{} × {title}", self.conventions().number(quantity)?),
                None => title,
            };
            details.push(part.into());
        }
        let title = fact(item.title.as_deref());
        details.retain(|detail| Some(&detail.value) != title.as_ref());
        details.truncate(MOST_DETAILS);
        Ok(details)
    }
}
