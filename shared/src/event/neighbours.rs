//! Kinds of field that stand for more than one form: shops write the simple one where
//! it says enough.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::fields::{Fields, FromFields, Items, Kind, Reading, is_nothing};
use super::kinds::text;
use super::order::{Gift, ItemOption, LineRef, Parcel, Part};
use super::repair::RepairKind;
use crate::model::Private;

/// `gift`: a block, or just `true`.
pub(crate) struct GiftOrTrue;
/// `options`: blocks, texts, or an object of names and values.
pub(crate) struct Options;
/// `parts`: blocks or texts.
pub(crate) struct Parts;
/// What of an order something is about: blocks, SKUs, or an object of SKUs and numbers.
pub(crate) struct LineRefs;
/// `parcels`: blocks or tracking numbers.
pub(crate) struct Parcels;

impl Kind for GiftOrTrue {
    type Value = Option<Gift>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Gift> {
        if fields.is_empty_list(name) {
            return None;
        }
        match fields.flag(name) {
            Some(Said::Flag(is_gift)) => is_gift.then(Gift::default),
            Some(Said::Message(message)) => {
                Some(Gift { message: Some(Private::new(message)), hide_prices: None })
            }
            None => fields.block(name, Gift::from_fields),
        }
    }
}

impl Kind for Options {
    type Value = Vec<ItemOption>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<ItemOption> {
        let option = |name, value| ItemOption { name: Some(name), value: Some(value) };
        if let Some(members) = fields.names_and_texts(name) {
            return members.into_iter().map(|(name, value)| option(name, value)).collect();
        }
        let mut options = Vec::new();
        fields.list(name, |value, items| {
            // `{"Colour": "Blue"}`
            let named = value
                .as_object()
                .filter(|members| !members.contains_key("name") && !members.contains_key("value"));
            if let Some(members) = named {
                items.note(RepairKind::Respelt);
                let pairs = members.iter().filter_map(pair);
                options.extend(pairs.map(|(name, value)| option(name, value)));
                return None::<()>;
            }
            let of_text = |value| ItemOption { name: None, value: Some(value) };
            options.extend(block_or_text(value, items, of_text));
            None
        });
        // What has no value was not chosen, and names of systems are not for people.
        let is_shown = |option: &ItemOption| {
            let hidden = option.name.as_ref().is_some_and(|name| name.starts_with('_'));
            option.value.is_some() && !hidden
        };
        options.retain(is_shown);
        options
    }
}

impl Kind for Parts {
    type Value = Vec<Part>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<Part> {
        let part = |title| Part { title: Some(title), quantity: None };
        let mut parts = fields.list(name, |value, items| block_or_text(value, items, part));
        parts.retain(|part| part.quantity != Some(Decimal::ZERO));
        parts
    }
}

impl Kind for LineRefs {
    type Value = Vec<LineRef>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<LineRef> {
        let of_sku = |sku| LineRef { sku: Some(sku), ..LineRef::default() };
        // `{"MUG-01": 2}`
        let by_sku = fields.peek(name).and_then(Value::as_object).filter(|members| {
            !members.contains_key("sku")
                && !members.contains_key("line_id")
                && members.values().all(Value::is_number)
        });
        if let Some(members) = by_sku.cloned() {
            fields.take(name);
            fields.note(name, RepairKind::AsList);
            let quantity = |value: &Value| value.to_string().parse::<Decimal>().ok();
            let line = |(sku, value): (String, Value)| LineRef {
                quantity: quantity(&value).map(|q| q.abs()),
                ..of_sku(sku)
            };
            return members.into_iter().map(line).collect();
        }
        let mut given = false;
        let mut lines = fields.list(name, |value, items| {
            given = true;
            block_or_text(value, items, of_sku)
        });
        if given && lines.is_empty() {
            // Something is named, and not the whole order.
            lines.push(LineRef::default());
        }
        lines
    }
}

impl Kind for Parcels {
    type Value = Vec<Parcel>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<Parcel> {
        let of_number = |number| Parcel { tracking_number: Some(number), ..Parcel::default() };
        fields.list(name, |value, items| block_or_text(value, items, of_number))
    }
}

fn block_or_text<T: FromFields>(
    value: Value,
    items: &Items<'_>,
    of_text: impl Fn(String) -> T,
) -> Option<T> {
    if value.is_object() {
        return items.block(value, T::from_fields);
    }
    match text(value) {
        Reading::Plain(text) | Reading::Mended(text, _) => Some(of_text(text)),
        Reading::Not(kind) => {
            items.note(kind);
            None
        }
    }
}

/// What stands in the place of a gift's block.
enum Said {
    Flag(bool),
    Message(String),
}

impl Fields<'_> {
    /// A flag or a text in place of a block; none if there is something else.
    fn flag(&mut self, name: &'static str) -> Option<Said> {
        let said = match self.peek(name)? {
            Value::Bool(flag) => Said::Flag(*flag),
            Value::Number(number) => Said::Flag(number.as_f64() != Some(0.0)),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "y" => Said::Flag(true),
                "false" | "0" | "no" | "n" | "" => Said::Flag(false),
                other if other.starts_with('{') => return None,
                _ => Said::Message(text.trim().to_owned()),
            },
            _ => return None,
        };
        self.take(name);
        Some(said)
    }

    /// The members of an object that holds texts and none of a block's names.
    pub(super) fn names_and_texts(&mut self, name: &'static str) -> Option<Vec<(String, String)>> {
        let members = self.peek(name)?.as_object()?;
        let is_block = members.is_empty()
            || ["name", "value", "title"].iter().any(|name| members.contains_key(*name));
        let simple = members.values().all(|value| value.is_string() || value.is_number());
        let pairs: Vec<_> = members.iter().filter_map(pair).collect();
        if is_block || !simple || members.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        self.take(name);
        self.note(name, RepairKind::AsList);
        Some(pairs)
    }
}

/// A member as a name and a text.
fn pair((name, value): (&String, &Value)) -> Option<(String, String)> {
    match text(value.clone()) {
        Reading::Plain(text) | Reading::Mended(text, _) if !is_nothing(&text) => {
            Some((name.clone(), text))
        }
        _ => None,
    }
}

macro_rules! any_of {
    ($($kind:ident: $block:ty, $schema:tt;)*) => {$(
        impl JsonSchema for $kind {
            fn schema_name() -> Cow<'static, str> {
                stringify!($kind).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let block = generator.subschema_for::<$block>();
                json_schema!({ "anyOf": [block, $schema] })
            }
        }
    )*};
}

any_of! {
    GiftOrTrue: Gift, { "type": ["boolean", "number"] };
    Options: Vec<ItemOption>, { "type": ["array", "object"], "items": { "type": ["string", "number"] } };
    LineRefs: Vec<LineRef>, { "type": ["array", "object"] };
    Parcels: Vec<Parcel>, { "type": "array", "items": { "type": ["string", "number"] } };
    Parts: Vec<Part>, { "type": "array", "items": { "type": ["string", "number"] } };
}
