//! The blocks of single types, such as the shipment, as templates see them.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::block::Field;
use super::maker::{Maker, fact, texts, words};
use crate::content::lines::Share;
use crate::event::{
    Cancellation, Edit, Instructions, Payment, Pickup, Refund, Shipment, Tracked, parcels,
};

/// A shipment has not more parcels for people to follow.
const MOST_PARCELS: usize = 30;

pub(super) static PAYMENT: &[Field] = &[
    ("method", |of| Ok(of.payment(|payment| fact(payment.method.as_deref())).into())),
    ("amount", |of| Ok(of.sum(of.payment(|payment| payment.amount))?.into())),
    // Whether there was nothing to pay.
    ("is_free", |of| Ok(of.data.order.totals.total.is_some_and(|total| total.is_zero()).into())),
    ("paid_on", |of| Ok(of.day(of.payment(|payment| payment.paid_at))?.into())),
    ("reason", |of| Ok(of.payment(|payment| words(payment.reason.as_deref())).into())),
    ("url", |of| Ok(of.payment(|payment| of.url(payment.url.as_ref())).into())),
    ("holder", |of| Ok(of.transfer(|by| fact(by.holder.as_deref())).into())),
    ("iban", |of| Ok(of.transfer(|by| fact(by.iban.as_deref())).map(|iban| grouped(&iban)).into())),
    ("bic", |of| Ok(of.transfer(|by| fact(by.bic.as_deref())).into())),
    ("reference", |of| Ok(of.transfer(|by| fact(by.reference.as_deref())).into())),
    ("due", |of| Ok(of.arrival(of.transfer(|by| by.due))?.into())),
];

pub(super) static SHIPMENT: &[Field] = &[
    // Of the first parcel.
    ("carrier", |of| Ok(of.parcels().into_iter().next().and_then(|first| first.carrier).into())),
    ("tracking_number", |of| {
        Ok(of.parcels().into_iter().next().and_then(|first| first.number).into())
    }),
    ("tracking_url", |of| Ok(of.parcels().into_iter().next().and_then(|first| first.url).into())),
    ("parcels", |of| Ok(Value::from(Serde(&of.parcels())))),
    ("arrives_on", |of| Ok(of.arrival(of.shipment(|sent| sent.estimated_delivery))?.into())),
    ("delivered_on", |of| Ok(of.day(of.shipment(|sent| sent.delivered_at))?.into())),
    ("location", |of| Ok(of.shipment(|sent| fact(sent.location.as_deref())).into())),
    ("items", |of| of.named(of.data.shipment.as_ref().map(|sent| &sent.items[..]))),
    ("rest", |of| {
        let share = of.shipped().filter(is_known);
        of.lines(share.as_ref().map_or(&[], |share| &share.rest))
    }),
    ("is_partial", |of| {
        Ok(of.shipped().filter(is_known).is_some_and(|share| !share.rest.is_empty()).into())
    }),
];

pub(super) static REFUND: &[Field] = &[
    ("amount", |of| Ok(of.sum(of.refund(|refund| refund.amount))?.into())),
    ("shipping_amount", |of| Ok(of.sum(of.refund(|refund| refund.shipping_amount))?.into())),
    ("to", |of| Ok(of.refund(|refund| fact(refund.to.as_deref())).into())),
    ("reason", |of| Ok(of.refund(|refund| words(refund.reason.as_deref())).into())),
    ("requested_on", |of| Ok(of.day(of.refund(|refund| refund.requested_at))?.into())),
    ("refunded_on", |of| Ok(of.day(of.refund(|refund| refund.refunded_at))?.into())),
    // A refund that names nothing is of money: for shipping, or out of goodwill.
    ("items", |of| {
        let named = of.data.refund.as_ref().map(|refund| &refund.items[..]);
        of.given_back(&of.share(named).map(|share| share.named).unwrap_or_default())
    }),
];

pub(super) static REVIEW: &[Field] = &[
    ("url", |of| Ok(of.url(of.data.review.as_ref().and_then(|review| review.url.as_ref())).into())),
    ("items", |of| of.named(of.data.review.as_ref().map(|review| &review.items[..]))),
];

pub(super) static PICKUP: &[Field] = &[
    ("name", |of| Ok(fact(of.pickup(|pickup| pickup.name.as_deref())).into())),
    ("address", |of| Ok(of.address(of.pickup(|pickup| pickup.address.as_ref())).into())),
    ("hours", |of| {
        let hours = of.pickup(|pickup| Some(&pickup.hours[..]).filter(|hours| !hours.is_empty()));
        Ok(texts(hours.unwrap_or_default()).into())
    }),
    ("until", |of| Ok(of.arrival(of.pickup(|pickup| pickup.until))?.into())),
    ("code", |of| Ok(fact(of.pickup(|pickup| pickup.code.as_deref())).into())),
];

pub(super) static CANCELLATION: &[Field] = &[
    ("reason", |of| Ok(of.cancellation(|it| words(it.reason.as_deref())).into())),
    ("refund_amount", |of| {
        let amount = of.cancellation(|it| it.refund_amount);
        Ok(of.sum(amount.or_else(|| of.refund(|refund| refund.amount)))?.into())
    }),
    ("refund_to", |of| {
        let to = of.cancellation(|it| it.refund_to.as_deref());
        Ok(fact(to.or_else(|| of.refund(|refund| refund.to.as_deref()))).into())
    }),
    ("is_partial", |of| {
        let share = of.share(of.data.cancellation.as_ref().map(|it| &it.items[..]));
        Ok(share.is_some_and(|share| !share.rest.is_empty()).into())
    }),
    ("items", |of| of.named(of.data.cancellation.as_ref().map(|it| &it.items[..]))),
];

pub(super) static EDIT: &[Field] = &[
    ("changes", |of| Ok(of.edit(|edit| Some(texts(&edit.changes))).unwrap_or_default().into())),
    ("reason", |of| Ok(of.edit(|edit| words(edit.reason.as_deref())).into())),
    ("previous_total", |of| Ok(of.sum(of.edit(|edit| edit.previous_total))?.into())),
];

#[derive(Serialize)]
struct ParcelView {
    carrier: Option<String>,
    number: Option<String>,
    url: Option<String>,
}

/// What an event says of a block, where it has one.
impl Maker {
    fn payment<'a, T>(&'a self, fact: impl Fn(&'a Payment) -> Option<T>) -> Option<T> {
        self.data.payment.as_ref().and_then(fact)
    }

    fn transfer<'a, T>(&'a self, fact: impl Fn(&'a Instructions) -> Option<T>) -> Option<T> {
        self.payment(|payment| payment.instructions.as_ref()).and_then(fact)
    }

    fn shipment<'a, T>(&'a self, fact: impl Fn(&'a Shipment) -> Option<T>) -> Option<T> {
        self.data.shipment.as_ref().and_then(fact)
    }

    fn refund<'a, T>(&'a self, fact: impl Fn(&'a Refund) -> Option<T>) -> Option<T> {
        self.data.refund.as_ref().and_then(fact)
    }

    fn cancellation<'a, T>(&'a self, fact: impl Fn(&'a Cancellation) -> Option<T>) -> Option<T> {
        self.data.cancellation.as_ref().and_then(fact)
    }

    fn edit<'a, T>(&'a self, fact: impl Fn(&'a Edit) -> Option<T>) -> Option<T> {
        self.data.edit.as_ref().and_then(fact)
    }

    /// What the event says itself, completed by the order's.
    fn pickup<'a, T>(&'a self, fact: impl Fn(&'a Pickup) -> Option<T>) -> Option<T> {
        [self.data.pickup.as_ref(), self.data.order.pickup.as_ref()]
            .into_iter()
            .flatten()
            .find_map(fact)
    }

    fn parcels(&self) -> Vec<ParcelView> {
        let parcels = self.data.shipment.as_ref().map(parcels).unwrap_or_default();
        let parcel = |parcel: &Tracked<'_>| ParcelView {
            carrier: fact(parcel.carrier),
            number: fact(parcel.number),
            url: self.url(parcel.url.as_ref()),
        };
        parcels.iter().map(parcel).take(MOST_PARCELS).collect()
    }

    fn shipped(&self) -> Option<Share<'_>> {
        self.share(self.data.shipment.as_ref().map(|sent| &sent.items[..]))
    }
}

/// Of a shipment whose contents nobody can tell, nothing is said.
fn is_known(share: &Share<'_>) -> bool {
    !share.named.is_empty()
}

/// An IBAN in groups of four (ISO 13616, print form).
fn grouped(iban: &str) -> String {
    let bare: Vec<_> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    let groups = bare.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}
