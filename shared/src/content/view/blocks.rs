//! The order and the blocks of its types, as templates see them.

use minijinja::value::Value;
use serde::Serialize;

use super::maker::{Maker, fact, texts, words};
use super::totals::TotalsView;
use crate::content::error::RenderError;
use crate::content::text::{addressable_words, clean_option, short};
use crate::event::{Address, Pickup, parcels};
use crate::model::Private;

/// An order number is shown in subject lines; a longer one is no number.
const LONGEST_NUMBER: usize = 64;

/// A shipment has not more parcels for people to follow.
const MOST_PARCELS: usize = 30;

#[derive(Serialize)]
pub(super) struct OrderView {
    number: String,
    placed_on: Option<String>,
    status_url: Option<String>,
    invoice_url: Option<String>,
    items: Value,
    totals: TotalsView,
    address: Vec<String>,
    billing: Vec<String>,
    tax_id: Option<String>,
    shipping_method: Option<String>,
    note: Option<String>,
    is_gift: bool,
    gift_message: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PaymentView {
    method: Option<String>,
    amount: Option<String>,
    /// Whether there was nothing to pay.
    is_free: bool,
    paid_on: Option<String>,
    reason: Option<String>,
    url: Option<String>,
    holder: Option<String>,
    iban: Option<String>,
    bic: Option<String>,
    reference: Option<String>,
    due: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ShipmentView {
    /// Of the first parcel.
    carrier: Option<String>,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
    parcels: Vec<ParcelView>,
    arrives_on: Option<String>,
    delivered_on: Option<String>,
    location: Option<String>,
    items: Value,
    rest: Value,
    is_partial: bool,
}

#[derive(Serialize)]
struct ParcelView {
    carrier: Option<String>,
    number: Option<String>,
    url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct RefundView {
    amount: Option<String>,
    shipping_amount: Option<String>,
    to: Option<String>,
    reason: Option<String>,
    requested_on: Option<String>,
    refunded_on: Option<String>,
    items: Value,
}

#[derive(Serialize)]
pub(super) struct ReviewView {
    url: Option<String>,
    items: Value,
}

#[derive(Serialize)]
pub(super) struct PickupView {
    name: Option<String>,
    address: Vec<String>,
    hours: Vec<String>,
    until: Option<String>,
    code: Option<String>,
}

#[derive(Serialize)]
pub(super) struct CancellationView {
    reason: Option<String>,
    refund_amount: Option<String>,
    refund_to: Option<String>,
    items: Value,
    is_partial: bool,
}

#[derive(Serialize)]
pub(super) struct EditView {
    changes: Vec<String>,
    reason: Option<String>,
    previous_total: Option<String>,
}

impl Maker<'_> {
    pub fn order(&self) -> Result<OrderView, RenderError> {
        let order = &self.input.data.order;
        let number = |text| short(Some(text), LONGEST_NUMBER);
        let number = number(order.display_number()).or_else(|| number(order.id.as_str()));
        let (shipping, billing) = (order.shipping_address.as_ref(), order.billing_address.as_ref());
        let same = billing.zip(shipping).is_some_and(|(one, other)| is_same_place(one, other));
        let gift = order.gift.as_ref();
        let message = gift.and_then(|gift| gift.message.as_ref()).map(Private::reveal);
        Ok(OrderView {
            number: number.unwrap_or_default(),
            placed_on: self.day(order.placed_at)?,
            status_url: self.url(order.status_url.as_ref()),
            invoice_url: self.url(order.invoice_url.as_ref()),
            items: self.whole()?,
            totals: self.totals()?,
            address: self.address(shipping),
            billing: self.address(billing.filter(|_| !same)),
            tax_id: fact(billing.or(shipping).and_then(|address| address.tax_id.as_deref())),
            shipping_method: fact(order.shipping_method.as_deref()),
            note: addressable_words(order.note.as_ref().map(Private::reveal)),
            is_gift: gift.is_some(),
            gift_message: addressable_words(message),
        })
    }

    pub fn payment(&self) -> Result<PaymentView, RenderError> {
        let payment = self.input.data.payment.as_ref();
        let by_transfer = payment.and_then(|payment| payment.instructions.as_ref());
        let of = |text: Option<&String>| fact(text.map(String::as_str));
        let amount = payment.and_then(|payment| payment.amount);
        let total = self.input.data.order.totals.total;
        Ok(PaymentView {
            method: fact(payment.and_then(|payment| payment.method.as_deref())),
            amount: self.sum(amount)?,
            is_free: total.is_some_and(|total| total.is_zero()),
            paid_on: self.day(payment.and_then(|payment| payment.paid_at))?,
            reason: words(payment.and_then(|payment| payment.reason.as_deref())),
            url: self.url(payment.and_then(|payment| payment.url.as_ref())),
            holder: of(by_transfer.and_then(|by| by.holder.as_ref())),
            iban: of(by_transfer.and_then(|by| by.iban.as_ref())).map(|iban| grouped(&iban)),
            bic: of(by_transfer.and_then(|by| by.bic.as_ref())),
            reference: of(by_transfer.and_then(|by| by.reference.as_ref())),
            due: self.arrival(by_transfer.and_then(|by| by.due))?,
        })
    }

    pub fn shipment(&self) -> Result<ShipmentView, RenderError> {
        let shipment = self.input.data.shipment.as_ref();
        let parcels: Vec<_> = shipment.map(parcels).unwrap_or_default();
        let parcel = |parcel: &crate::event::Tracked<'_>| ParcelView {
            carrier: fact(parcel.carrier),
            number: fact(parcel.number),
            url: self.url(parcel.url.as_ref()),
        };
        let parcels: Vec<_> = parcels.iter().map(parcel).take(MOST_PARCELS).collect();
        let first = parcels.first();
        let named = shipment.map(|shipment| &shipment.items[..]);
        let share = self.share(named.unwrap_or_default());
        let rest = share.as_ref().map_or(&[][..], |share| &share.rest);
        // Of a shipment whose contents nobody can tell, nothing is said.
        let is_partial = share.as_ref().is_some_and(|share| !share.named.is_empty());
        Ok(ShipmentView {
            carrier: first.and_then(|parcel| parcel.carrier.clone()),
            tracking_number: first.and_then(|parcel| parcel.number.clone()),
            tracking_url: first.and_then(|parcel| parcel.url.clone()),
            arrives_on: self.arrival(shipment.and_then(|s| s.estimated_delivery))?,
            delivered_on: self.day(shipment.and_then(|shipment| shipment.delivered_at))?,
            location: fact(shipment.and_then(|shipment| shipment.location.as_deref())),
            items: match &share {
                Some(share) => self.lines(&share.named)?,
                None => self.whole()?,
            },
            is_partial: is_partial && !rest.is_empty(),
            rest: if is_partial { self.lines(rest)? } else { self.lines(&[])? },
            parcels,
        })
    }

    pub fn refund(&self) -> Result<RefundView, RenderError> {
        let refund = self.input.data.refund.as_ref();
        // A refund that names nothing is of money: for shipping, or out of goodwill.
        let share = self.share(refund.map(|refund| &refund.items[..]).unwrap_or_default());
        let named = share.map(|share| share.named).unwrap_or_default();
        Ok(RefundView {
            amount: self.sum(refund.and_then(|refund| refund.amount))?,
            shipping_amount: self.sum(refund.and_then(|refund| refund.shipping_amount))?,
            to: fact(refund.and_then(|refund| refund.to.as_deref())),
            reason: words(refund.and_then(|refund| refund.reason.as_deref())),
            requested_on: self.day(refund.and_then(|refund| refund.requested_at))?,
            refunded_on: self.day(refund.and_then(|refund| refund.refunded_at))?,
            items: self.given_back(&named)?,
        })
    }

    pub fn review(&self) -> Result<ReviewView, RenderError> {
        let review = self.input.data.review.as_ref();
        Ok(ReviewView {
            url: self.url(review.and_then(|review| review.url.as_ref())),
            items: self.named(review.map(|review| &review.items[..]))?,
        })
    }

    pub fn pickup(&self) -> Result<PickupView, RenderError> {
        let data = self.input.data;
        // What the event says itself, completed by the order's.
        let known = || [data.pickup.as_ref(), data.order.pickup.as_ref()].into_iter().flatten();
        let of =
            |text: fn(&Pickup) -> Option<&String>| fact(known().find_map(text).map(String::as_str));
        let hours = known().map(|pickup| &pickup.hours[..]).find(|hours| !hours.is_empty());
        Ok(PickupView {
            name: of(|pickup| pickup.name.as_ref()),
            address: self.address(known().find_map(|pickup| pickup.address.as_ref())),
            hours: texts(hours.unwrap_or_default()),
            until: self.arrival(known().find_map(|pickup| pickup.until))?,
            code: of(|pickup| pickup.code.as_ref()),
        })
    }

    pub fn cancellation(&self) -> Result<CancellationView, RenderError> {
        let data = self.input.data;
        let cancellation = data.cancellation.as_ref();
        let refund = data.refund.as_ref();
        let amount = cancellation.and_then(|cancellation| cancellation.refund_amount);
        let to = cancellation.and_then(|cancellation| cancellation.refund_to.as_deref());
        let named = cancellation.map(|cancellation| &cancellation.items[..]);
        let share = self.share(named.unwrap_or_default());
        Ok(CancellationView {
            reason: words(cancellation.and_then(|cancellation| cancellation.reason.as_deref())),
            refund_amount: self.sum(amount.or(refund.and_then(|refund| refund.amount)))?,
            refund_to: fact(to.or(refund.and_then(|refund| refund.to.as_deref()))),
            is_partial: share.as_ref().is_some_and(|share| !share.rest.is_empty()),
            items: match &share {
                Some(share) => self.lines(&share.named)?,
                None => self.whole()?,
            },
        })
    }

    pub fn edit(&self) -> Result<EditView, RenderError> {
        let edit = self.input.data.edit.as_ref();
        Ok(EditView {
            changes: texts(edit.map(|edit| &edit.changes[..]).unwrap_or_default()),
            reason: words(edit.and_then(|edit| edit.reason.as_deref())),
            previous_total: self.sum(edit.and_then(|edit| edit.previous_total))?,
        })
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

/// An IBAN in groups of four (ISO 13616, print form).
fn grouped(iban: &str) -> String {
    let bare: Vec<_> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    let groups = bare.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}
