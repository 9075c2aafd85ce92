//! The kinds of field: what each takes, mends and leaves out, and what the JSON Schema
//! says of it.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::Timestamp;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Number, Value};

use super::arrival::Arrival;
use super::entities::unescape;
use super::fields::{Fields, FromFields, Kind, Reading};
use super::moments::{self, Moment as Read};
use super::repair::RepairKind;
use super::{Amount, Currency, WebUrl};
use crate::model::{Channel, CustomerId, Private};

use Reading::{Mended, Not, Plain};

/// The longest identifier, in bytes: with others it makes up a ledger key, and
/// DynamoDB's keys are short.
pub(super) const MAX_IDENTIFIER: usize = 128;

/// Text that is shown.
pub(crate) struct Text;
/// Text about a person.
pub(crate) struct PrivateText;
/// Something that tells a block from others of its kind.
pub(crate) struct Identifier;
/// A customer's id; none for what shops send in place of one.
pub(crate) struct CustomerKey;
/// What asks for the same fact to be told again.
pub(crate) struct ResendKey;
/// A sum of money that can be below zero.
pub(crate) struct Money;
/// A sum of money whose size is meant, whatever its sign.
pub(crate) struct Size;
/// How many, or how much: a decimal number, zero or more.
pub(crate) struct Quantity;
/// A rate in percent.
pub(crate) struct Percent;
/// Whether something is so.
pub(crate) struct Flag;
/// A moment.
pub(crate) struct Moment;
/// A day, a moment or a window of either.
pub(crate) struct Window;
/// An address on the web.
pub(crate) struct Link;
/// A currency.
pub(crate) struct Code;
/// Lines of text.
pub(crate) struct Lines;
/// Channels by name.
pub(crate) struct Channels;
/// A block.
pub(crate) struct Block<T>(PhantomData<T>);
/// A block that is there even where the event holds none.
pub(crate) struct Always<T>(PhantomData<T>);
/// A list of blocks.
pub(crate) struct List<T>(PhantomData<T>);

/// A value as text: numbers are text that somebody did not quote.
pub(super) fn text(value: Value) -> Reading<String> {
    match value {
        Value::String(text) => match unescape(&text) {
            Cow::Borrowed(_) => Plain(text),
            Cow::Owned(text) => Mended(text, RepairKind::HtmlEntities),
        },
        Value::Number(number) => Mended(digits(&number), RepairKind::NumberAsText),
        _ => Not(RepairKind::WrongType),
    }
}

/// A number without a point that says nothing.
fn digits(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

pub(super) fn identifier(value: Value) -> Reading<String> {
    let fits = |text: &str| (1..=MAX_IDENTIFIER).contains(&text.len());
    match value {
        Value::String(text) if fits(text.trim()) => match text.trim() {
            trimmed if trimmed.len() < text.len() => {
                Mended(trimmed.to_owned(), RepairKind::Respelt)
            }
            _ => Plain(text),
        },
        Value::Number(number) => Mended(digits(&number), RepairKind::NumberAsText),
        Value::String(_) => Not(RepairKind::TooLong),
        _ => Not(RepairKind::WrongType),
    }
}

/// What shops send for a guest, who is nobody's profile.
fn customer(value: Value) -> Reading<CustomerId> {
    const NOBODY: [&str; 9] =
        ["0", "-1", "guest", "anonymous", "null", "none", "undefined", "nan", "unknown"];
    let nobody = |id: &str| NOBODY.contains(&id.to_ascii_lowercase().as_str());
    match identifier(value) {
        Plain(id) | Mended(id, _) if nobody(&id) => Not(RepairKind::NoCustomer),
        Plain(id) => Plain(id.into()),
        Mended(id, kind) => Mended(id.into(), kind),
        Not(kind) => Not(kind),
    }
}

/// An amount of money: a decimal string. As a JSON number it could be cents; nothing
/// is nothing in either.
pub(super) fn money(value: Value) -> Reading<Amount> {
    match value {
        Value::String(text) => amount(&text),
        Value::Number(number) if number.as_f64() == Some(0.0) => Plain(Decimal::ZERO.into()),
        Value::Number(_) => Not(RepairKind::NumberForMoney),
        // An amount with its currency, as many systems' interfaces give it.
        Value::Object(mut members) => match members.remove("amount") {
            Some(Value::String(text)) => match amount(&text) {
                Plain(amount) => Mended(amount, RepairKind::Respelt),
                other => other,
            },
            _ => Not(RepairKind::WrongType),
        },
        _ => Not(RepairKind::WrongType),
    }
}

fn amount(text: &str) -> Reading<Amount> {
    if let Ok(amount) = Amount::parse(text) {
        return Plain(amount);
    }
    let Some(decimal) = decimal(text) else { return Not(RepairKind::Malformed) };
    match Amount::nearest(decimal) {
        Some(amount) if amount.decimal() == decimal => Mended(amount, RepairKind::Respelt),
        Some(amount) => Mended(amount, RepairKind::Rounded),
        None => Not(RepairKind::TooLong),
    }
}

/// A number as people write it, if it can mean but one: with a currency's name or
/// sign, spaces, separators of thousands beside a decimal one, an exponent. `1,234`
/// could be either.
fn decimal(text: &str) -> Option<Decimal> {
    let named = |c: char| c.is_alphabetic() || c.is_whitespace() || "€$£¥₩₹₺₽₫฿₴₪".contains(c);
    let bare = text.trim().replace('−', "-");
    if let Ok(scientific) = Decimal::from_scientific(&bare) {
        return Some(scientific);
    }
    let (sign, bare) = bare.strip_prefix('-').map_or(("", bare.as_str()), |rest| ("-", rest));
    let bare = bare.trim_matches(named).trim_start_matches('+');
    let kept: String = bare.chars().filter(|c| !c.is_whitespace() && !"'’".contains(*c)).collect();
    let point = kept.rfind(['.', ',']);
    let number = match (kept.matches('.').count(), kept.matches(',').count(), point) {
        (0 | 1, 0, _) => kept,
        // The last of two different ones is the decimal one.
        (1.., 1, Some(at)) if kept[at..].starts_with(',') => {
            kept.replace('.', "").replace(',', ".")
        }
        (1, 1.., Some(at)) if kept[at..].starts_with('.') => kept.replace(',', ""),
        // Three digits after a comma can be thousands.
        (0, 1, Some(at)) if kept.len() - at != 4 => kept.replace(',', "."),
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = number.strip_suffix('.').unwrap_or(&number);
    is_number.then(|| format!("{sign}{number}").parse().ok()).flatten()
}

fn size(value: Value) -> Reading<Amount> {
    match money(value) {
        Plain(amount) | Mended(amount, _) if amount.decimal().is_sign_negative() => {
            Mended(amount.decimal().abs().into(), RepairKind::Negative)
        }
        other => other,
    }
}

/// A number; JSON's own or as text.
fn number(value: &Value) -> Option<Reading<Decimal>> {
    let plain = |number: Decimal| Plain(number.normalize());
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            let read = text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()?;
            // What is left of a fraction in binary is not meant.
            Some(plain(read.round_dp(9)))
        }
        Value::String(text) => {
            let read: Decimal = decimal(text.trim().trim_end_matches('%'))?;
            Some(Mended(read.round_dp(9).normalize(), RepairKind::TextAsNumber))
        }
        _ => None,
    }
}

fn quantity(value: Value) -> Reading<Decimal> {
    match number(&value) {
        Some(Plain(number) | Mended(number, _))
            if number.is_sign_negative() && !number.is_zero() =>
        {
            Not(RepairKind::LessThanNone)
        }
        Some(reading) => reading,
        None if value.is_string() => Not(RepairKind::Malformed),
        None => Not(RepairKind::WrongType),
    }
}

/// A rate below one is a fraction of the whole: no tax is that low.
fn percent(value: Value) -> Reading<Decimal> {
    let (below_one, hundred) =
        (|rate: Decimal| !rate.is_zero() && rate < Decimal::ONE, Decimal::ONE_HUNDRED);
    match quantity(value) {
        Plain(rate) | Mended(rate, _) if below_one(rate) => {
            Mended((rate * hundred).normalize(), RepairKind::Respelt)
        }
        // A rate as text is common, and plain.
        Mended(rate, RepairKind::TextAsNumber) => Plain(rate),
        other => other,
    }
}

fn flag(value: Value) -> Reading<bool> {
    let read = match &value {
        Value::Bool(flag) => return Plain(*flag),
        Value::Number(number) => number.as_f64().map(|number| number != 0.0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "y" | "on" => Some(true),
            "false" | "0" | "no" | "n" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    };
    match read {
        Some(flag) => Mended(flag, RepairKind::Respelt),
        None => Not(RepairKind::WrongType),
    }
}

/// A moment: RFC 3339, and what systems write in its place.
pub(super) fn moment(value: Value) -> Reading<Timestamp> {
    let read = match &value {
        Value::String(text) => match text.parse() {
            Ok(moment) if !moments::is_zero(moment) => return Plain(moment),
            _ => moments::moment(text),
        },
        Value::Number(number) => {
            number.as_f64().map_or(Read::Unreadable, moments::moment_of_number)
        }
        _ => return Not(RepairKind::WrongType),
    };
    match read {
        Read::Exact(moment) => Mended(moment, RepairKind::Respelt),
        Read::NoZone(moment) => Mended(moment, RepairKind::NoZone),
        Read::Zero => Not(RepairKind::ZeroTime),
        Read::Unreadable => Not(RepairKind::Malformed),
    }
}

fn window(value: Value) -> Reading<Arrival> {
    match value {
        Value::String(text) => Arrival::read(&text).map_or(Not(RepairKind::Malformed), Plain),
        Value::Object(mut members) => {
            let mut end = |names: &[&str]| {
                let value = names.iter().find_map(|name| members.remove(*name))?;
                value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
            };
            let from = end(&["from", "start", "earliest", "min", "begin"]);
            let until = end(&["to", "until", "end", "latest", "max"]);
            let window = match (from, until) {
                (Some(from), Some(until)) => Arrival::between(&from, &until),
                (Some(one), None) | (None, Some(one)) => Arrival::read(&one),
                (None, None) => None,
            };
            window.map_or(Not(RepairKind::Malformed), Plain)
        }
        Value::Array(ends) => match &ends[..] {
            [Value::String(from), Value::String(until)] => {
                Arrival::between(from, until).map_or(Not(RepairKind::Malformed), Plain)
            }
            _ => Not(RepairKind::WrongType),
        },
        _ => Not(RepairKind::WrongType),
    }
}

fn link(value: Value) -> Reading<WebUrl> {
    match value {
        Value::String(text) => WebUrl::parse(text.trim()).map_or(Not(RepairKind::Malformed), Plain),
        _ => Not(RepairKind::WrongType),
    }
}

pub(super) fn currency(value: Value) -> Reading<Currency> {
    match value {
        Value::String(text) => {
            Currency::parse(text.trim()).map_or(Not(RepairKind::Malformed), Plain)
        }
        _ => Not(RepairKind::WrongType),
    }
}

/// What a kind is read as, by which function, and how the schema describes it.
macro_rules! optional_kinds {
    ($($kind:ident: $type:ty = $read:path, $schema:tt;)*) => {$(
        impl Kind for $kind {
            type Value = Option<$type>;

            fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<$type> {
                fields.optional(name, $read)
            }
        }

        impl JsonSchema for $kind {
            fn schema_name() -> Cow<'static, str> {
                stringify!($kind).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

/// An amount that is sure not to be cents.
const AMOUNT: &str = r"^\s*$|^[^0-9]*[0-9].*$";

optional_kinds! {
    Text: String = text, { "type": ["string", "number"] };
    Identifier: String = identifier, { "type": ["string", "number"] };
    CustomerKey: CustomerId = customer, { "type": ["string", "number"] };
    ResendKey: String = identifier, { "type": ["string", "number"], "maxLength": MAX_IDENTIFIER };
    Money: Amount = money, { "type": ["string", "number", "object"], "pattern": AMOUNT,
        "description": "An amount of the order's currency: a decimal string such as \"29.90\". A JSON number other than 0 could be cents." };
    Size: Amount = size, { "type": ["string", "number", "object"], "pattern": AMOUNT,
        "description": "An amount of the order's currency: a decimal string such as \"29.90\". A JSON number other than 0 could be cents." };
    Quantity: Decimal = quantity, { "type": ["number", "string"], "minimum": 0 };
    Percent: Decimal = percent, { "type": ["number", "string"], "minimum": 0 };
    Flag: bool = flag, { "type": ["boolean", "string", "number"] };
    Moment: Timestamp = moment, { "type": ["string", "number"],
        "description": "A moment such as \"2026-11-23T09:30:00Z\" (RFC 3339); without a zone it is taken as UTC." };
    Window: Arrival = window, { "type": ["string", "object", "array"],
        "description": "A day (\"2026-11-25\"), a moment, or a window of either (\"2026-11-25/2026-11-27\", or an object with `from` and `to`)." };
    Link: WebUrl = link, { "type": "string", "description": "An absolute https URL." };
    Code: Currency = currency, { "type": "string", "description": "An ISO 4217 code such as \"EUR\"." };
}

impl Kind for PrivateText {
    type Value = Option<Private>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Private> {
        fields.read::<Text>(name).map(Private::new)
    }
}

impl JsonSchema for PrivateText {
    fn schema_name() -> Cow<'static, str> {
        Text::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Text::json_schema(generator)
    }
}

impl Kind for Lines {
    type Value = Vec<String>;

    /// One text is as many lines as it has.
    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<String> {
        fields
            .list(name, |value, items| match text(value) {
                Plain(text) => Some(text),
                Mended(text, kind) => {
                    items.note(kind);
                    Some(text)
                }
                Not(kind) => {
                    items.note(kind);
                    None
                }
            })
            .iter()
            .flat_map(|text| text.lines().map(str::trim).filter(|line| !line.is_empty()))
            .map(str::to_owned)
            .collect()
    }
}

impl JsonSchema for Lines {
    fn schema_name() -> Cow<'static, str> {
        "Lines".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["array", "string"], "items": { "type": ["string", "number", "null"] } })
    }
}

impl Kind for Channels {
    type Value = Option<Vec<Channel>>;

    /// No channels are none. Channels that do not exist are left out; if none is left
    /// then, the catalogue decides.
    fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Vec<Channel>> {
        if fields.is_empty_list(name) {
            return Some(Vec::new());
        }
        let channels = fields.list(name, |value, items| {
            let named = value.as_str().unwrap_or_default().trim().to_lowercase();
            let channel = Channel::ALL.into_iter().find(|channel| channel.as_str() == named);
            if channel.is_none() {
                items.note(RepairKind::Malformed);
            }
            channel
        });
        Some(channels).filter(|channels| !channels.is_empty())
    }
}

impl JsonSchema for Channels {
    fn schema_name() -> Cow<'static, str> {
        "Channels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Channel>::json_schema(generator)
    }
}

/// A kind made of another type's blocks: how it is read, and what the schema says.
macro_rules! block_kinds {
    ($($kind:ident<$t:ident: $bound:path> = $value:ty, |$fields:ident, $name:ident| $read:expr, $schema:ty;)*) => {$(
        impl<$t: FromFields + $bound> Kind for $kind<$t> {
            type Value = $value;

            fn read($fields: &mut Fields<'_>, $name: &'static str) -> $value {
                $read
            }
        }

        impl<$t: JsonSchema> JsonSchema for $kind<$t> {
            fn inline_schema() -> bool {
                <$schema>::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                <$schema>::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$schema>::json_schema(generator)
            }
        }
    )*};
}

block_kinds! {
    Block<T: Sized> = Option<T>, |fields, name| fields.block(name, T::from_fields), T;
    Always<T: Default> = T, |fields, name| fields.block(name, T::from_fields).unwrap_or_default(), T;
    List<T: Sized> = Vec<T>, |fields, name| {
        fields.list(name, |value, items| items.block(value, T::from_fields))
    }, Vec<T>;
}
