//! Reading a block of an event field by field. Each field has a [`Kind`], which alone
//! decides what it takes, what it mends and what it leaves out, and which says the
//! same in the JSON Schema. A field that can't be read costs the field, not the event.

use std::cell::RefCell;
use std::fmt;

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

use super::repair::{RepairKind, Repairs};
use super::{Currency, EventError, json};

/// What a field can hold.
pub(crate) trait Kind {
    /// What it is read as.
    type Value;

    /// Reads the field of this name.
    fn read(fields: &mut Fields<'_>, name: &'static str) -> Self::Value;
}

/// A block that is read field by field.
pub(crate) trait FromFields: Sized {
    fn from_fields(fields: &mut Fields<'_>) -> Self;
}

/// Whether a field holds nothing that need be stored.
pub(crate) trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// A value as it was read.
pub(crate) enum Reading<T> {
    /// As it should be.
    Plain(T),
    /// Mended.
    Mended(T, RepairKind),
    /// Left out.
    Not(RepairKind),
}

/// Text that says nothing, and what programs write for nothing. A customer may be called
/// Null, but not `null`.
pub(crate) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["null", "undefined", "NaN", "None", "nil", "N/A", "n/a", "-", "--"].contains(&text)
}

/// The fields of a block that were not read yet.
pub(crate) struct Fields<'p> {
    values: Map<String, Value>,
    path: Path<'p>,
    seen: &'p Seen,
}

/// What was found so far while an event is read.
#[derive(Default)]
pub(crate) struct Seen {
    /// What was mended.
    pub repairs: RefCell<Repairs>,
    /// The currency of the order's sums.
    pub currency: RefCell<Option<Currency>>,
}

/// Where a value stands in the event.
#[derive(Clone, Copy)]
enum Path<'p> {
    Root(&'static str),
    Field(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(name) => f.write_str(name),
            Self::Field(Self::Root(""), name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

impl<'p> Fields<'p> {
    /// The fields of the event's data, which stand at this path.
    pub fn of(values: Map<String, Value>, path: &'static str, seen: &'p Seen) -> Self {
        Self { values, path: Path::Root(path), seen }
    }

    /// The currency of the order's sums, once it was read.
    pub fn currency(&self) -> &RefCell<Option<Currency>> {
        &self.seen.currency
    }

    /// Reads a field as this kind.
    pub fn read<K: Kind>(&mut self, name: &'static str) -> K::Value {
        K::read(self, name)
    }

    /// The value of a field, not read yet.
    pub fn peek(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// The value of a field; none if it is absent, null or blank.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        match self.values.remove(name)? {
            Value::Null => None,
            Value::String(text) if is_nothing(&text) => {
                self.note(name, RepairKind::Blank);
                None
            }
            value => Some(value),
        }
    }

    /// Whether the field is a list without items.
    pub fn is_empty_list(&self, name: &str) -> bool {
        self.values.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty)
    }

    /// Notes what was made of a field.
    pub fn note(&self, name: &str, kind: RepairKind) {
        self.seen.repairs.borrow_mut().note(self.path_of(name), kind);
    }

    /// Where a field stands.
    pub fn path_of(&self, name: &str) -> String {
        Path::Field(&self.path, name).to_string()
    }

    /// Reads a value that may be left out.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(Value) -> Reading<T>,
    ) -> Option<T> {
        let reading = read(self.take(name)?);
        self.kept(name, reading)
    }

    /// What was read, with a note if it was mended or left out.
    pub fn kept<T>(&self, name: &str, reading: Reading<T>) -> Option<T> {
        match reading {
            Reading::Plain(value) => Some(value),
            Reading::Mended(value, kind) => {
                self.note(name, kind);
                Some(value)
            }
            Reading::Not(kind) => {
                self.note(name, kind);
                None
            }
        }
    }

    /// Reads a block; none if it is absent. Systems written in PHP give a block
    /// without members as an empty list; others the one block in a list, or as JSON in
    /// a text.
    pub fn block<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let values = match self.take(name)? {
            Value::Object(values) => values,
            Value::Array(values) if values.is_empty() => Map::new(),
            Value::Array(mut values) if values.len() == 1 && values[0].is_object() => {
                self.note(name, RepairKind::Respelt);
                match values.remove(0) {
                    Value::Object(values) => values,
                    _ => return None,
                }
            }
            Value::String(text) => match json::parse(&text) {
                Ok((Value::Object(values), _)) => {
                    self.note(name, RepairKind::JsonAsText);
                    values
                }
                _ => {
                    self.note(name, RepairKind::WrongType);
                    return None;
                }
            },
            _ => {
                self.note(name, RepairKind::WrongType);
                return None;
            }
        };
        let path = Path::Field(&self.path, name);
        Some(read(&mut Fields { values, path, seen: self.seen }))
    }

    /// Reads a list of values of any type.
    pub fn list<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(Value, &mut Items<'_>) -> Option<T>,
    ) -> Vec<T> {
        let values = match self.take(name) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(Value::Object(members)) => {
                self.note(name, RepairKind::AsList);
                // PHP's arrays become objects where their keys have a gap, and many
                // systems keep blocks by their ids.
                let is_list = !members.is_empty()
                    && (members.values().all(Value::is_object)
                        || members.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit())));
                if is_list {
                    let mut members: Vec<_> = members.into_iter().collect();
                    members.sort_by_key(|(key, _)| key.parse::<u64>().unwrap_or(u64::MAX));
                    members.into_iter().map(|(_, value)| value).collect()
                } else {
                    vec![Value::Object(members)]
                }
            }
            Some(value) => {
                self.note(name, RepairKind::AsList);
                vec![value]
            }
        };
        let path = Path::Field(&self.path, name);
        let mut items = Items { path, index: 0, seen: self.seen };
        let mut found = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            items.index = index;
            if !value.is_null() {
                found.extend(read(value, &mut items));
            }
        }
        found
    }
}

/// The place of an item of a list.
pub(crate) struct Items<'p> {
    path: Path<'p>,
    index: usize,
    seen: &'p Seen,
}

impl Items<'_> {
    /// Notes what was made of the item.
    pub fn note(&self, kind: RepairKind) {
        let field = Path::Item(&self.path, self.index).to_string();
        self.seen.repairs.borrow_mut().note(field, kind);
    }

    /// Reads an item that is a block.
    pub fn block<T>(&self, value: Value, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let Value::Object(values) = value else {
            self.note(RepairKind::WrongType);
            return None;
        };
        let path = Path::Item(&self.path, self.index);
        Some(read(&mut Fields { values, path, seen: self.seen }))
    }
}

/// Defines blocks whose fields may all be absent: `name: type = kind`. What stands
/// in `(needs …)` is what the block can't be made without: it is given.
macro_rules! blocks {
    ($(
        $(#[doc = $doc:literal])*
        $(#[derive($derive:ident)])?
        pub struct $name:ident {
            $((needs $(#[doc = $needed_doc:literal])* $needed:ident: $needed_type:ty))?
            $($(#[doc = $field_doc:literal])* $field:ident: $type:ty = $kind:ty,)*
        }
    )*) => {$(
        $(#[doc = $doc])*
        $(#[derive($derive)])?
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $needed_doc])* pub $needed: $needed_type,)?
            $(
                $(#[doc = $field_doc])*
                #[serde(default, skip_serializing_if = "crate::event::fields::Absent::is_absent")]
                pub $field: $type,
            )*
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let needed: &[(&str, &[&str], schemars::Schema)] = &[$((
                    stringify!($needed),
                    &[$($needed_doc),*],
                    generator.subschema_for::<$needed_type>(),
                ))?];
                let optional = [$((
                    stringify!($field),
                    &[$($field_doc),*][..],
                    generator.subschema_for::<Option<$kind>>(),
                )),*];
                crate::event::fields::schema(&[$($doc),*], needed, &optional)
            }
        }

        crate::event::fields::blocks! {
            @read $name [$($needed: $needed_type)?] { $($field = $kind,)* }
        }
    )*};
    (@read $name:ident [] { $($field:ident = $kind:ty,)* }) => {
        impl crate::event::fields::FromFields for $name {
            fn from_fields(fields: &mut crate::event::fields::Fields<'_>) -> Self {
                Self { $($field: fields.read::<$kind>(stringify!($field)),)* }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: Default::default(),)* }
            }
        }
    };
    (@read $name:ident [$needed:ident: $type:ty] { $($field:ident = $kind:ty,)* }) => {
        impl $name {
            /// The block with what it can't be made without.
            pub(super) fn with(
                $needed: $type,
                fields: &mut crate::event::fields::Fields<'_>,
            ) -> Self {
                Self { $needed, $($field: fields.read::<$kind>(stringify!($field)),)* }
            }
        }
    };
}
pub(crate) use blocks;

/// A field in a schema: its name, its documentation, what it takes.
type FieldSchema<'s> = (&'s str, &'s [&'s str], Schema);

/// The JSON Schema of a block.
pub(crate) fn schema(
    doc: &[&str],
    needed: &[FieldSchema<'_>],
    optional: &[FieldSchema<'_>],
) -> Schema {
    let sentences = |doc: &[&str]| doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let property = |(name, doc, schema): &FieldSchema<'_>| {
        let mut schema = schema.clone();
        schema.insert("description".to_owned(), sentences(doc).into());
        ((*name).to_owned(), Value::from(schema))
    };
    let properties: Map<_, _> = needed.iter().chain(optional).map(property).collect();
    let mut schema = json_schema!({
        "type": "object",
        "description": sentences(doc),
        "properties": properties,
    });
    if !needed.is_empty() {
        let names: Vec<_> = needed.iter().map(|(name, ..)| *name).collect();
        schema.insert("required".to_owned(), names.into());
    }
    schema
}

/// A field that must be there.
pub(crate) fn missing(field: String, expected: &'static str) -> EventError {
    EventError::Missing { field, expected }
}
