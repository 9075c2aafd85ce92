//! What templates see: an event's data, cleaned and formatted. What is not known is
//! `none`; a block of another type is there, with nothing in it.
//!
//! A field is made when a template first shows it, so that a text message costs no list
//! of articles and no address.

mod block;
mod items;
mod maker;
mod order;
mod parts;
mod totals;

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, Value};

use super::MessageInput;
use super::i18n::{LocaleBundle, direction, fonts};
use super::shop::Links;
use super::text::addressable;
use crate::model::Private;
use block::Block;
pub(crate) use items::{MOST_ROWS, title};
use maker::Maker;

/// Everything a template may show.
pub(crate) struct View {
    /// By name. They are few, so that a search is quicker than a map.
    values: Vec<(&'static str, Value)>,
}

impl View {
    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// What the message's templates are rendered with.
pub(crate) fn view(
    input: &MessageInput<'_>,
    bundle: &Arc<LocaleBundle>,
    links: &Arc<Links>,
    shop: Value,
) -> View {
    let locale = bundle.conventions.locale();
    let dir = direction(locale);
    // The side that lines begin at, and the other.
    let (start, end) = if dir == "rtl" { ("right", "left") } else { ("left", "right") };
    let name = addressable(input.data.customer.name.as_ref().map(Private::reveal));
    let maker = Arc::new(Maker::new(input, bundle, links));
    let block = |fields| Value::from_object(Block::new(fields, &maker));
    let values = vec![
        ("order", block(order::ORDER)),
        ("shipment", block(parts::SHIPMENT)),
        ("payment", block(parts::PAYMENT)),
        ("refund", block(parts::REFUND)),
        ("review", block(parts::REVIEW)),
        ("pickup", block(parts::PICKUP)),
        ("cancellation", block(parts::CANCELLATION)),
        ("edit", block(parts::EDIT)),
        ("shop", shop),
        ("t", bundle.function.clone()),
        ("lang", locale.to_string().into()),
        ("dir", dir.into()),
        ("start", start.into()),
        ("end", end.into()),
        ("fonts", fonts(locale).into()),
        ("name", name.into()),
    ];
    View { values }
}

/// The view, and what the channel adds to it for one template.
pub(crate) struct Scope {
    pub more: Value,
    pub view: Arc<View>,
}

/// What it shows is about customers.
impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        // No channel adds what the view has already.
        let added = || self.more.get_attr(key).ok().filter(|value| !value.is_undefined());
        self.view.get(key).cloned().or_else(added)
    }
}
