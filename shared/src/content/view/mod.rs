//! What templates see: an event's data, cleaned and formatted. What is not known is
//! `none`; a block of another type is there, with nothing in it.

mod blocks;
mod items;
mod maker;
mod totals;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::MessageInput;
use super::error::RenderError;
use super::i18n::conventions::Conventions;
use super::i18n::{direction, fonts};
use super::shop::Links;
use super::text::addressable;
use crate::model::Private;
use blocks::{
    CancellationView, EditView, OrderView, PaymentView, PickupView, RefundView, ReviewView,
    ShipmentView,
};
pub(crate) use items::{MOST_ROWS, title};
use maker::Maker;

/// Everything a template may show.
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
    pickup: PickupView,
    cancellation: CancellationView,
    edit: EditView,
}

/// The context that the message's templates are rendered with.
pub(crate) fn view(
    input: &MessageInput<'_>,
    conventions: &Conventions,
    links: &Links,
) -> Result<Value, RenderError> {
    let locale = conventions.locale();
    let dir = direction(locale);
    let (start, end) = if dir == "rtl" { ("right", "left") } else { ("left", "right") };
    let maker = Maker::new(input, conventions, links);
    let view = View {
        lang: locale.to_string(),
        dir,
        start,
        end,
        fonts: fonts(locale),
        name: addressable(input.data.customer.name.as_ref().map(Private::reveal)),
        order: maker.order()?,
        payment: maker.payment()?,
        shipment: maker.shipment()?,
        refund: maker.refund()?,
        review: maker.review()?,
        pickup: maker.pickup()?,
        cancellation: maker.cancellation()?,
        edit: maker.edit()?,
    };
    Ok(Value::from(Serde(&view)))
}
