//! Kinds of field that stand for more than one form: shops write the simple one where
//! it says enough.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::fields::{Fields, FromFields, Items, Kind, Reading};
use super::kinds::text;
use super::order::{Gift, ItemOption, Part};
use super::repair::RepairKind;

/// `gift`: a block, or just `true`.
pub(crate) struct GiftOrTrue;
/// `options`: blocks, texts, or an object of names and values.
pub(crate) struct Options;
/// `parts`: blocks or texts.
pub(crate) struct Parts;

impl Kind for GiftOrTrue {
    type Value = Option<Gift>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Gift> {
        match fields.flag(name) {
            Some(is_gift) => is_gift.then(Gift::default),
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
        fields.list(name, |value, items| {
            block_or_text(value, items, |value| ItemOption { name: None, value: Some(value) })
        })
    }
}

impl Kind for Parts {
    type Value = Vec<Part>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<Part> {
        let part = |title| Part { title: Some(title), quantity: None };
        fields.list(name, |value, items| block_or_text(value, items, part))
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

impl Fields<'_> {
    /// A flag in place of a block; none if there is something else.
    fn flag(&mut self, name: &'static str) -> Option<bool> {
        let flag = match self.peek(name)? {
            Value::Bool(flag) => *flag,
            Value::Number(number) => number.as_f64() != Some(0.0),
            _ => return None,
        };
        self.take(name);
        Some(flag)
    }

    /// An object that has no members but texts and none of a block's names.
    fn names_and_texts(&mut self, name: &'static str) -> Option<Vec<(String, String)>> {
        let members = self.peek(name)?.as_object()?;
        let is_block = members.contains_key("name") || members.contains_key("value");
        let pairs: Option<Vec<_>> = members
            .iter()
            .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
        let pairs = pairs.filter(|_| !is_block)?;
        self.take(name);
        self.note(name, RepairKind::AsList);
        Some(pairs)
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
    Parts: Vec<Part>, { "type": "array", "items": { "type": ["string", "number"] } };
}
