//! The order, as templates see it.

use super::block::Field;
use super::maker::{Maker, fact};
use crate::content::text::{addressable_words, clean_option, short};
use crate::event::Address;
use crate::model::Private;

/// An order number is shown in subject lines; a longer one is no number.
const LONGEST_NUMBER: usize = 64;

pub(super) static ORDER: &[Field] = &[
    ("number", |of| Ok(of.number().into())),
    ("placed_on", |of| Ok(of.day(of.data.order.placed_at)?.into())),
    ("status_url", |of| Ok(of.url(of.data.order.status_url.as_ref()).into())),
    ("invoice_url", |of| Ok(of.url(of.data.order.invoice_url.as_ref()).into())),
    ("items", |of| of.whole()),
    ("totals", |of| of.totals()),
    ("address", |of| Ok(of.address(of.data.order.shipping_address.as_ref()).into())),
    ("billing", |of| Ok(of.address(of.billing()).into())),
    ("tax_id", |of| {
        let order = &of.data.order;
        let address = order.billing_address.as_ref().or(order.shipping_address.as_ref());
        Ok(fact(address.and_then(|address| address.tax_id.as_deref())).into())
    }),
    ("shipping_method", |of| Ok(fact(of.data.order.shipping_method.as_deref()).into())),
    ("note", |of| Ok(addressable_words(of.data.order.note.as_ref().map(Private::reveal)).into())),
    ("is_gift", |of| Ok(of.data.order.gift.is_some().into())),
    ("gift_message", |of| {
        let message = of.data.order.gift.as_ref().and_then(|gift| gift.message.as_ref());
        Ok(addressable_words(message.map(Private::reveal)).into())
    }),
];

impl Maker {
    fn number(&self) -> String {
        let order = &self.data.order;
        let number = |text| short(Some(text), LONGEST_NUMBER);
        let number = number(order.display_number()).or_else(|| number(order.id.as_str()));
        number.unwrap_or_default()
    }

    /// The billing address, where it is another.
    fn billing(&self) -> Option<&Address> {
        let order = &self.data.order;
        let (shipping, billing) = (order.shipping_address.as_ref(), order.billing_address.as_ref());
        let same = billing.zip(shipping).is_some_and(|(one, other)| is_same_place(one, other));
        billing.filter(|_| !same)
    }
}

/// Whether an address would say what another says.
fn is_same_place(one: &Address, other: &Address) -> bool {
    let place = |address: &Address| Address {
        phone: None,
        tax_id: None,
        lines: address.lines.iter().filter_map(|line| clean_option(Some(line))).collect(),
        ..address.clone()
    };
    place(one) == place(other)
}
