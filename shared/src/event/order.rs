//! What an order event says: the order, the customer, and what happened. Each field
//! stands here with the [kind](super::kinds) that reads it; all but the order's id may
//! be absent, and the catalogue says what a type can't do without.

use std::fmt;

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::fields::{Absent, blocks, missing};
use super::kinds::{
    Always, Block, Channels, Code, CustomerKey, Day, Flag, Identifier, Lines, Link, List, Money,
    PartQuantity, Percent, PrivateText, Quantity, ResendKey, Size, Text, Window,
};
use super::neighbours::{GiftOrTrue, LineRefs, Options, Parcels, Parts};
use super::repair::{Repair, RepairKind};
use super::when::When;
use super::{Amount, Currency, EventError, WebUrl};
use crate::model::{Channel, CustomerId, EventId, OrderId, Private};

/// A fact the order system published, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderEvent {
    /// The event's id, unique per source.
    pub id: EventId,
    /// The publisher.
    pub source: String,
    /// The catalogue's name of the type, e.g. `order.shipped`.
    pub kind: String,
    /// When the fact happened.
    pub time: Timestamp,
    /// The order, the customer and what happened.
    pub data: OrderEventData,
    /// What was mended to read it.
    pub repairs: Vec<Repair>,
}

blocks! {
    /// The `data` of an order event. Each type has at most one block of its own; the
    /// catalogue says which, and what the type needs.
    #[derive(Debug)]
    pub struct OrderEventData {
        (needs
            /// The order as it stands.
            order: Order)
        /// Who is notified.
        customer: Customer = Always<Customer>,
        /// Of `order.paid` and `order.payment_failed`.
        payment: Option<Payment> = Block<Payment>,
        /// Of `order.shipped`, `order.shipment_updated`, `order.out_for_delivery` and `order.delivered`.
        shipment: Option<Shipment> = Block<Shipment>,
        /// Of `order.refund_requested` and `order.refunded`.
        refund: Option<Refund> = Block<Refund>,
        /// Of `order.completed`.
        review: Option<Review> = Block<Review>,
        /// Of `order.ready_for_pickup`, where the order's own does not say it.
        pickup: Option<Pickup> = Block<Pickup>,
        /// Of `order.cancelled`.
        cancellation: Option<Cancellation> = Block<Cancellation>,
        /// Of `order.edited`.
        edit: Option<Edit> = Block<Edit>,
        /// How to notify, where this event wants it otherwise than the catalogue.
        notification: Routing = Always<Routing>,
    }

    /// An order.
    #[derive(Debug)]
    pub struct Order {
        (needs
            /// Identifies the order; notifications of one order are sent in order.
            id: OrderId)
        /// What the customer knows the order by; the id where absent.
        number: Option<String> = Text,
        /// When it was placed.
        placed_at: Option<When> = Day,
        /// The currency of every amount in the event, ISO 4217.
        currency: Option<Currency> = Code,
        /// The language the customer ordered in, BCP 47.
        locale: Option<String> = Text,
        /// The brand or shop that the customer ordered from, where the publisher has several.
        brand: Option<String> = Text,
        /// Where the customer sees the order.
        status_url: Option<WebUrl> = Link,
        /// Where the customer finds the invoice.
        invoice_url: Option<WebUrl> = Link,
        /// What was ordered.
        items: Vec<Item> = List<Item>,
        /// What it costs.
        totals: Totals = Always<Totals>,
        /// Where it goes.
        shipping_address: Option<Address> = Block<Address>,
        /// Who pays.
        billing_address: Option<Address> = Block<Address>,
        /// How it is sent, e.g. `Express`.
        shipping_method: Option<String> = Text,
        /// Where it is picked up.
        pickup: Option<Pickup> = Block<Pickup>,
        /// That it is a gift, and how.
        gift: Option<Gift> = GiftOrTrue,
        /// What the customer wrote with the order.
        note: Option<Private> = PrivateText,
    }

    /// A line of an order.
    #[derive(Debug)]
    pub struct Item {
        /// Tells the line from others of the same article.
        line_id: Option<String> = Identifier,
        /// Identifies the product in the shop.
        sku: Option<String> = Text,
        /// The product's name as the customer saw it.
        title: Option<String> = Text,
        /// Which of its variants, e.g. `Blue, size M`.
        variant: Option<String> = Text,
        /// What the customer chose.
        options: Vec<ItemOption> = Options,
        /// How many, or how much.
        quantity: Option<Decimal> = Quantity,
        /// What the quantity counts, e.g. `kg`; pieces where absent.
        unit: Option<String> = Text,
        /// The price of one.
        unit_price: Option<Amount> = Money,
        /// The price of one before discounts.
        list_price: Option<Amount> = Money,
        /// What was taken off the line.
        discount: Option<Amount> = Size,
        /// The price of the line.
        total: Option<Amount> = Money,
        /// A picture.
        image_url: Option<WebUrl> = Link,
        /// The product's page.
        url: Option<WebUrl> = Link,
        /// Where a digital product is downloaded.
        download_url: Option<WebUrl> = Link,
        /// What a bundle consists of.
        parts: Vec<Part> = Parts,
    }

    /// What a customer chose of a product.
    #[derive(Debug)]
    pub struct ItemOption {
        /// What about it, e.g. `Engraving`.
        name: Option<String> = Text,
        /// The choice, e.g. `For Ada`.
        value: Option<String> = Text,
    }

    /// A part of a bundle.
    #[derive(Debug)]
    pub struct Part {
        /// Its name.
        title: Option<String> = Text,
        /// How many are in one bundle.
        quantity: Option<Decimal> = Quantity,
    }

    /// An order's sums.
    #[derive(Debug)]
    pub struct Totals {
        /// The lines.
        subtotal: Option<Amount> = Money,
        /// What was taken off, in one sum.
        discount: Option<Amount> = Size,
        /// What was taken off, one by one; in place of `discount`.
        discounts: Vec<Discount> = List<Discount>,
        /// Shipping.
        shipping: Option<Amount> = Money,
        /// What else is charged: wrapping, cash on delivery.
        fees: Vec<Charge> = List<Charge>,
        /// A tip.
        tip: Option<Amount> = Money,
        /// Tax, in one sum.
        tax: Option<Amount> = Money,
        /// Taxes, one by one; in place of `tax`.
        taxes: Vec<Tax> = List<Tax>,
        /// Whether the other sums have the tax in them; found out where absent.
        tax_included: Option<bool> = Flag,
        /// What was paid with gift cards.
        gift_cards: Vec<Charge> = List<Charge>,
        /// What rounding added, or took away.
        rounding: Option<Amount> = Money,
        /// What the order costs.
        total: Option<Amount> = Money,
        /// What is paid so far.
        paid: Option<Amount> = Size,
        /// What is still to pay.
        due: Option<Amount> = Money,
    }

    /// A discount.
    #[derive(Debug)]
    pub struct Discount {
        /// Its name, e.g. `Welcome back`.
        title: Option<String> = Text,
        /// The code that the customer gave.
        code: Option<String> = Text,
        /// How much it took off.
        amount: Option<Amount> = Size,
    }

    /// A sum with a name.
    #[derive(Debug)]
    pub struct Charge {
        /// Its name, e.g. `Gift wrapping`.
        title: Option<String> = Text,
        /// How much.
        amount: Option<Amount> = Money,
    }

    /// A tax.
    #[derive(Debug)]
    pub struct Tax {
        /// Its name, e.g. `MwSt`.
        title: Option<String> = Text,
        /// Its rate in percent.
        rate: Option<Decimal> = Percent,
        /// How much.
        amount: Option<Amount> = Money,
    }

    /// A postal address.
    pub struct Address {
        /// Who receives it.
        name: Option<String> = Text,
        /// Their company.
        company: Option<String> = Text,
        /// The company's tax id.
        tax_id: Option<String> = Text,
        /// Their phone.
        phone: Option<Private> = PrivateText,
        /// Street, house, flat.
        lines: Vec<String> = Lines,
        /// A part of the town.
        district: Option<String> = Text,
        /// Town.
        city: Option<String> = Text,
        /// Post code.
        postal_code: Option<String> = Text,
        /// Region, state or province.
        region: Option<String> = Text,
        /// ISO 3166-1 alpha-2, or the country's name.
        country: Option<String> = Text,
    }

    /// That an order is a gift.
    #[derive(Debug)]
    pub struct Gift {
        /// What the giver writes.
        message: Option<Private> = PrivateText,
        /// Whether messages show no prices.
        hide_prices: Option<bool> = Flag,
    }

    /// Where an order is picked up.
    #[derive(Debug)]
    pub struct Pickup {
        /// Tells this pickup from the order's others.
        id: Option<String> = Identifier,
        /// The shop or point.
        name: Option<String> = Text,
        /// Where it is.
        address: Option<Address> = Block<Address>,
        /// When it is open, in lines.
        hours: Vec<String> = Lines,
        /// Until when the order waits.
        until: Option<When> = Window,
        /// What the customer has to show.
        code: Option<String> = Text,
    }

    /// The customer, as the event knows them; the profile completes it.
    ///
    /// The contact points stay text here: one that can't be parsed closes its
    /// channel, with a reason in the ledger, and not the whole event.
    #[derive(Debug)]
    pub struct Customer {
        /// Identifies the customer's profile; a guest has none.
        id: Option<CustomerId> = CustomerKey,
        /// How to address them.
        name: Option<Private> = PrivateText,
        /// E-mail address.
        email: Option<Private> = PrivateText,
        /// Phone number, E.164.
        phone: Option<Private> = PrivateText,
        /// The customer's language, BCP 47.
        locale: Option<String> = Text,
        /// IANA time zone name.
        time_zone: Option<String> = Text,
    }

    /// A payment.
    #[derive(Debug)]
    pub struct Payment {
        /// Tells this payment from the order's others: a deposit and a balance are two facts.
        id: Option<String> = Identifier,
        /// As the customer knows it, e.g. `Visa •••• 4242`.
        method: Option<String> = Text,
        /// How much was paid.
        amount: Option<Amount> = Size,
        /// When.
        paid_at: Option<When> = Day,
        /// Why it failed, for the customer.
        reason: Option<String> = Text,
        /// Where to pay.
        url: Option<WebUrl> = Link,
        /// How to pay by bank transfer.
        instructions: Option<Instructions> = Block<Instructions>,
    }

    /// How to pay by bank transfer.
    #[derive(Debug)]
    pub struct Instructions {
        /// Who is paid.
        holder: Option<String> = Text,
        /// The account.
        iban: Option<String> = Text,
        /// The bank.
        bic: Option<String> = Text,
        /// What to write on it.
        reference: Option<String> = Text,
        /// Until when.
        due: Option<When> = Window,
    }

    /// A shipment.
    #[derive(Debug)]
    pub struct Shipment {
        /// Tells this shipment from the order's others; made from the rest where absent.
        id: Option<String> = Identifier,
        /// Who carries it, where `parcels` do not say.
        carrier: Option<String> = Text,
        /// The carrier's number; several, with commas between them, are several parcels.
        tracking_number: Option<String> = Text,
        /// Where to follow it.
        tracking_url: Option<WebUrl> = Link,
        /// The parcels it is made of.
        parcels: Vec<Parcel> = Parcels,
        /// When it should arrive.
        estimated_delivery: Option<When> = Window,
        /// When it arrived.
        delivered_at: Option<When> = Day,
        /// Where it was left, or with whom.
        location: Option<String> = Text,
        /// What is in it; all of the order where empty.
        items: Vec<LineRef> = LineRefs,
    }

    /// A parcel of a shipment.
    #[derive(Debug)]
    pub struct Parcel {
        /// Who carries it.
        carrier: Option<String> = Text,
        /// The carrier's number.
        tracking_number: Option<String> = Text,
        /// Where to follow it.
        tracking_url: Option<WebUrl> = Link,
    }

    /// What of an order a shipment, a refund or a review is about.
    #[derive(Debug)]
    pub struct LineRef {
        /// The order line's `line_id`.
        line_id: Option<String> = Identifier,
        /// The order line's `sku`.
        sku: Option<String> = Text,
        /// How many; all of the line where absent.
        quantity: Option<Decimal> = PartQuantity,
        /// What is given back for it.
        amount: Option<Amount> = Size,
    }

    /// A refund, or the request for one.
    #[derive(Debug)]
    pub struct Refund {
        /// Tells this refund from the order's others; made from the rest where absent.
        id: Option<String> = Identifier,
        /// How much in all.
        amount: Option<Amount> = Size,
        /// How much of it for shipping.
        shipping_amount: Option<Amount> = Size,
        /// Where it goes, e.g. `Visa •••• 4242`.
        to: Option<String> = Text,
        /// In the customer's words, or the shop's.
        reason: Option<String> = Text,
        /// When it was requested.
        requested_at: Option<When> = Day,
        /// When it was made.
        refunded_at: Option<When> = Day,
        /// What is given back; no list is shown where empty.
        items: Vec<LineRef> = LineRefs,
    }

    /// Where and what to review.
    #[derive(Debug)]
    pub struct Review {
        /// The review page.
        url: Option<WebUrl> = Link,
        /// What to review; all of the order where empty.
        items: Vec<LineRef> = LineRefs,
    }

    /// Why an order is cancelled, and what happens to the money.
    #[derive(Debug)]
    pub struct Cancellation {
        /// Tells this cancellation from the order's others.
        id: Option<String> = Identifier,
        /// For the customer.
        reason: Option<String> = Text,
        /// How much is given back.
        refund_amount: Option<Amount> = Size,
        /// Where it goes, e.g. `Visa •••• 4242`.
        refund_to: Option<String> = Text,
        /// What is cancelled; all of the order where empty.
        items: Vec<LineRef> = LineRefs,
    }

    /// What changed about an order.
    #[derive(Debug)]
    pub struct Edit {
        /// Tells this edit from the order's others; made from the rest where absent.
        id: Option<String> = Identifier,
        /// What changed, a sentence each.
        changes: Vec<String> = Lines,
        /// For the customer.
        reason: Option<String> = Text,
        /// What the order cost before.
        previous_total: Option<Amount> = Money,
    }

    /// How one event wants its customer notified.
    #[derive(Debug)]
    pub struct Routing {
        /// Exactly these channels, instead of the catalogue's routes.
        channels: Option<Vec<Channel>> = Channels,
        /// A new value notifies of the same fact again, deliberately. Empty is absent.
        resend_key: Option<String> = ResendKey,
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address([private])")
    }
}

/// A block that is always there need not be stored when nothing is in it.
macro_rules! absent_if_empty {
    ($($name:ident),*) => {$(
        impl Absent for $name {
            fn is_absent(&self) -> bool {
                *self == Self::default()
            }
        }
    )*};
}

absent_if_empty!(Totals, Customer, Routing);

impl OrderEvent {
    /// Whether a field is not written as it should be, and was read as what it plainly
    /// means.
    pub fn is_respelt(&self, field: &str) -> bool {
        let respelt = |repair: &Repair| repair.kind == RepairKind::Respelt;
        self.repairs.iter().any(|repair| repair.field == field && respelt(repair))
    }

    /// Why an event can't be used that lacks this field: it is missing, or could not be
    /// read.
    pub fn lacks(&self, field: &str) -> EventError {
        let unread = self.repairs.iter().find(|repair| repair.field == field);
        match unread.filter(|repair| repair.kind != RepairKind::Blank) {
            Some(Repair { kind: RepairKind::Respelt | RepairKind::Malformed, .. }) => {
                EventError::invalid(field, "it is not written as it should be, and it decides")
            }
            Some(repair) => EventError::invalid(field, repair.kind.words()),
            None => missing(field.to_owned(), "events of this type must hold it"),
        }
    }
}

impl OrderEventData {
    /// Whether it names a page that the customer can be sent to.
    pub fn has_link(&self) -> bool {
        let review = self.review.as_ref().and_then(|review| review.url.as_ref());
        let payment = self.payment.as_ref().and_then(|payment| payment.url.as_ref());
        let links = [review, payment, self.order.status_url.as_ref()];
        links.into_iter().flatten().any(|link| link.as_str().starts_with("https://"))
    }
}

impl Order {
    /// What the customer knows the order by.
    pub fn display_number(&self) -> &str {
        self.number.as_deref().unwrap_or(self.id.as_str())
    }
}

impl Item {
    /// What it is called; an article without a name by what the shop knows it by.
    pub fn name(&self) -> Option<&str> {
        self.title.as_deref().or(self.variant.as_deref()).or(self.sku.as_deref())
    }
}

impl Gift {
    /// Whether messages show no prices: what a gift costs is the giver's business.
    pub fn hides_prices(&self) -> bool {
        self.hide_prices.unwrap_or(false)
    }
}
