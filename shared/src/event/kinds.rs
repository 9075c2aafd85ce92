//! The kinds of field: what each takes, mends and leaves out, and what the JSON Schema
//! says of it.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::Timestamp;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Number, Value};

use super::entities::unescape;
use super::fields::{Fields, FromFields, Kind, Reading, is_nothing};
use super::moments::{self, Moment as Read};
use super::repair::RepairKind;
use super::when::When;
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
/// How many of a line.
pub(crate) struct PartQuantity;
/// A rate in percent.
pub(crate) struct Percent;
/// Whether something is so.
pub(crate) struct Flag;
/// A moment.
pub(crate) struct Moment;
/// A day or a moment that is only shown.
pub(crate) struct Day;
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

/// A value as text: numbers are text that somebody did not quote. Of several texts, and of
/// one with a name of its own for each language or purpose, what people would read.
pub(super) fn text(value: Value) -> Reading<String> {
    match value {
        Value::String(text) => match unescape(&text) {
            Cow::Borrowed(_) => Plain(text),
            Cow::Owned(text) => Mended(text, RepairKind::HtmlEntities),
        },
        Value::Number(number) => Mended(digits(&number), RepairKind::NumberAsText),
        Value::Object(members) => said_by(&members)
            .map_or(Not(RepairKind::WrongType), |text| Mended(text, RepairKind::Respelt)),
        Value::Array(values) => {
            let said = |value: Value| match text(value) {
                Plain(text) | Mended(text, _) if !is_nothing(&text) => Some(text),
                _ => None,
            };
            let texts = values.into_iter().filter(|value| !value.is_array());
            let texts: Vec<_> = texts.filter_map(said).collect();
            match texts.is_empty() {
                true => Not(RepairKind::WrongType),
                false => Mended(texts.join(", "), RepairKind::AsList),
            }
        }
        _ => Not(RepairKind::WrongType),
    }
}

/// What an object in the place of a text says: its name, or a person's two.
fn said_by(members: &Map<String, Value>) -> Option<String> {
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| members.get(*name)?.as_str());
        found.filter(|text| !is_nothing(text)).map(str::to_owned)
    };
    let first = text(&["first", "first_name", "firstName", "given_name"]);
    let last = text(&["last", "last_name", "lastName", "family_name"]);
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first
            .or(last)
            .or_else(|| text(&["name", "title", "label", "value", "number", "code", "en", "en-US"]))
            .or_else(|| {
                // A text by language.
                let only_texts = members
                    .iter()
                    .all(|(name, value)| value.is_string() && (2..=5).contains(&name.len()));
                members.values().next().filter(|_| only_texts)?.as_str().map(str::to_owned)
            }),
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
    const NOBODY: [&str; 18] = [
        "-1",
        "guest",
        "anonymous",
        "null",
        "none",
        "undefined",
        "nan",
        "nil",
        "unknown",
        "false",
        "n/a",
        "visitor",
        "guest_user",
        "guest-user",
        "guestuser",
        "guest_customer",
        "no_customer",
        "nobody",
    ];
    // The zeros of numbers and of UUIDs.
    let zeros = |id: &str| id.chars().all(|c| "0-{}".contains(c));
    let nobody = |id: &str| zeros(id) || NOBODY.contains(&id.to_ascii_lowercase().as_str());
    match identifier(value) {
        Plain(id) | Mended(id, _) if nobody(&id) => Not(RepairKind::NoCustomer),
        Plain(id) => Plain(id.into()),
        Mended(id, kind) => Mended(id.into(), kind),
        Not(kind) => Not(kind),
    }
}

/// An amount, and the currency that it says it is in.
struct Given {
    reading: Reading<Amount>,
    currency: Option<String>,
}

/// An amount of money: a decimal string. As a JSON number it could be cents; nothing
/// is nothing in either.
fn money(value: Value) -> Given {
    let bare = |reading| Given { reading, currency: None };
    match value {
        Value::String(text) => amount(&text),
        Value::Number(number) if number.as_f64() == Some(0.0) => bare(Plain(Decimal::ZERO.into())),
        Value::Number(_) => bare(Not(RepairKind::NumberForMoney)),
        Value::Object(mut members) => {
            // An amount with its currency, as many systems' interfaces give it; in two
            // currencies, the shop's comes first.
            let whole = ["shop_money", "shopMoney"].iter().find_map(|name| members.remove(*name));
            if let Some(inner @ Value::Object(_)) = whole {
                return money(inner);
            }
            let code = ["currency", "currency_code", "currencyCode"];
            let code = code.iter().find_map(|name| members.get(*name)?.as_str());
            let currency = code.map(str::to_ascii_uppercase);
            let reading = match in_cents(&members) {
                Some(amount) => Mended(amount, RepairKind::Respelt),
                None => match members.remove("amount").or_else(|| members.remove("value")) {
                    Some(Value::String(text)) => match amount(&text).reading {
                        Plain(amount) => Mended(amount, RepairKind::Respelt),
                        other => other,
                    },
                    Some(Value::Number(_)) => Not(RepairKind::NumberForMoney),
                    _ => Not(RepairKind::WrongType),
                },
            };
            Given { reading, currency }
        }
        _ => bare(Not(RepairKind::WrongType)),
    }
}

/// An amount that says how many digits of it stand behind the point.
fn in_cents(members: &Map<String, Value>) -> Option<Amount> {
    let cents = members.get("centAmount")?.as_i64()?;
    let digits = u32::try_from(members.get("fractionDigits")?.as_u64()?).ok()?;
    Amount::nearest(Decimal::try_new(cents, digits.min(6)).ok()?)
}

fn amount(text: &str) -> Given {
    if let Ok(amount) = Amount::parse(text) {
        return Given { reading: Plain(amount), currency: None };
    }
    let (bare, currency) = without_currency(text.trim());
    let Some(decimal) = decimal(bare) else {
        return Given { reading: Not(RepairKind::Malformed), currency };
    };
    let reading = match Amount::nearest(decimal) {
        Some(amount) if amount.decimal() == decimal => Mended(amount, RepairKind::Respelt),
        Some(amount) => Mended(amount, RepairKind::Rounded),
        None => Not(RepairKind::TooLong),
    };
    Given { reading, currency }
}

/// A text without the code or the sign of a currency before or behind it, and the code.
/// Abbreviations such as `Rs.` or `Fr.` are none of both.
fn without_currency(text: &str) -> (&str, Option<String>) {
    const SIGNS: [char; 14] =
        ['€', '$', '£', '¥', '₩', '₹', '₺', '₽', '₫', '฿', '₴', '₪', '₦', '₱'];
    let code = |code: Option<&str>| {
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()));
        code.map(str::to_owned)
    };
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    if let Some(found) = code(rest.get(..3)) {
        let bare = rest[3..].trim_start();
        return (if sign.is_empty() { bare } else { text }, Some(found));
    }
    if let Some(found) = code(text.len().checked_sub(3).and_then(|at| text.get(at..))) {
        return (text[..text.len() - 3].trim_end(), Some(found));
    }
    let bare = text.strip_prefix(SIGNS).or_else(|| text.strip_suffix(SIGNS)).unwrap_or(text);
    (bare.trim(), None)
}

/// A number as people write it, if it can mean but one: separators of thousands beside a
/// decimal one, an exponent. `1,234` and, where other things are odd too, `1.234` could
/// be either.
fn decimal(text: &str) -> Option<Decimal> {
    let text = text.replace('−', "-");
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(&text).ok();
    }
    let (sign, bare) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let bare = bare.strip_prefix('+').unwrap_or(bare);
    let is_mark = |c: char| matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let known = |c: char| c.is_ascii_digit() || is_mark(c);
    if !bare.chars().all(known) || !bare.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let (whole, fraction) = match bare.rfind(['.', ',']) {
        None => (bare, ""),
        Some(at) => {
            let (whole, fraction) = (&bare[..at], &bare[at + 1..]);
            let mark = &bare[at..=at];
            let other = if mark == "." { "," } else { "." };
            match fraction.len() {
                // The last of two different marks, or of one that can't be thousands.
                _ if whole.contains(mark) => (bare, ""),
                3 if !whole.contains(other)
                    && !whole.contains([' ', '\'', '’', '\u{a0}', '\u{202f}']) =>
                {
                    return None;
                }
                _ => (whole, fraction),
            }
        }
    };
    let groups: Vec<&str> = whole.split(is_mark).collect();
    let (first, rest) = groups.split_first()?;
    let grouped =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    if !grouped || (first.is_empty() && fraction.is_empty()) || fraction.contains(is_mark) {
        return None;
    }
    format!("{sign}0{}.{fraction}0", groups.concat()).parse().ok().map(|number: Decimal| {
        let mut number = number;
        number.rescale(u32::try_from(fraction.len()).unwrap_or(28).min(28));
        number
    })
}

/// Its size, whatever its sign.
fn size(value: Value) -> Given {
    let given = money(value);
    let reading = match given.reading {
        Plain(amount) | Mended(amount, _) if amount.decimal().is_sign_negative() => {
            Mended(amount.decimal().abs().into(), RepairKind::Negative)
        }
        other => other,
    };
    Given { reading, ..given }
}

impl Fields<'_> {
    /// An amount; none if it is in another currency than the order's.
    fn amount(&mut self, name: &'static str, read: fn(Value) -> Given) -> Option<Amount> {
        let given = read(self.take(name)?);
        let ours = self.currency().borrow().as_ref().map(|code| code.as_str().to_owned());
        let reading = match (given.currency, ours) {
            (Some(theirs), Some(ours)) if theirs != ours => Not(RepairKind::OtherCurrency),
            _ => given.reading,
        };
        self.kept(name, reading)
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
            let read: Decimal = match text.trim().trim_end_matches('%').trim_end() {
                plain if plain.parse::<Decimal>().is_ok() => plain.parse().ok()?,
                other => decimal(other)?,
            };
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

/// How many of a line: some systems count what goes back below zero.
fn part_quantity(value: Value) -> Reading<Decimal> {
    match number(&value) {
        Some(Plain(number) | Mended(number, _)) if number.is_sign_negative() => {
            Mended(number.abs(), RepairKind::Negative)
        }
        _ => quantity(value),
    }
}

/// A rate below one is a fraction of the whole: no tax is that low.
fn percent(value: Value) -> Reading<Decimal> {
    let in_percent = value.as_str().is_some_and(|text| text.trim_end().ends_with('%'));
    let below_one = |rate: Decimal| !in_percent && !rate.is_zero() && rate < Decimal::ONE;
    let hundred = Decimal::ONE_HUNDRED;
    match quantity(value) {
        Plain(rate) | Mended(rate, _) if below_one(rate) => {
            Mended((rate * hundred).normalize(), RepairKind::Respelt)
        }
        // A rate as text is common, and plain.
        Mended(rate, RepairKind::TextAsNumber) => Plain(rate),
        other => other,
    }
}

pub(super) fn flag(value: Value) -> Reading<bool> {
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

fn window(value: Value) -> Reading<When> {
    match value {
        Value::String(text) => When::read(&text).map_or(Not(RepairKind::Malformed), Plain),
        Value::Number(number) => match number.as_f64().map(moments::moment_of_number) {
            Some(Read::Exact(moment)) => Mended(When::at(moment), RepairKind::Respelt),
            _ => Not(RepairKind::Malformed),
        },
        Value::Object(mut members) => {
            let mut end = |names: &[&str]| {
                let value = names.iter().find_map(|name| members.remove(*name))?;
                value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
            };
            let from = end(&["from", "start", "earliest", "min", "begin"]);
            let until = end(&["to", "until", "end", "latest", "max"]);
            let window = match (from, until) {
                (Some(from), Some(until)) => When::between(&from, &until),
                (Some(one), None) | (None, Some(one)) => When::read(&one),
                (None, None) => None,
            };
            window.map_or(Not(RepairKind::Malformed), Plain)
        }
        Value::Array(ends) => match &ends[..] {
            [Value::String(from), Value::String(until)] => {
                When::between(from, until).map_or(Not(RepairKind::Malformed), Plain)
            }
            _ => Not(RepairKind::WrongType),
        },
        _ => Not(RepairKind::WrongType),
    }
}

/// A link; of several, the first.
fn link(value: Value) -> Reading<WebUrl> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(values) => match values.into_iter().find(Value::is_string) {
            Some(Value::String(first)) => first,
            _ => return Not(RepairKind::WrongType),
        },
        _ => return Not(RepairKind::WrongType),
    };
    let separator = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let several = text.trim().match_indices("http").nth(1).map_or(0, |(at, _)| at);
    let first = match several > 0 && text.trim()[..several].ends_with(separator) {
        true => text.trim()[..several].trim_end_matches(separator),
        false => text.trim(),
    };
    match WebUrl::parse(first) {
        Ok(url) if !url.as_str().starts_with("https://") => Mended(url, RepairKind::Insecure),
        Ok(url) if first.len() < text.trim().len() => Mended(url, RepairKind::AsList),
        Ok(url) => Plain(url),
        Err(_) => Not(RepairKind::Malformed),
    }
}

/// A day or a moment that is only shown: without a zone it is the day that it says.
fn when(value: Value) -> Reading<When> {
    let text = value.as_str().map(str::to_owned);
    match (moment(value), text) {
        (Plain(moment), _) => Plain(When::at(moment)),
        (Mended(moment, RepairKind::NoZone), Some(text)) => {
            let read = When::read(&text).unwrap_or_else(|| When::at(moment));
            Mended(read, RepairKind::NoZone)
        }
        (Mended(moment, kind), _) => Mended(When::at(moment), kind),
        (Not(kind), _) => Not(kind),
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
    Text: String = text, { "type": ["string", "number", "array", "object"],
        "description": "Text; several texts, or an object with a name, are read as what they say." };
    Identifier: String = identifier, { "type": ["string", "number"] };
    CustomerKey: CustomerId = customer, { "type": ["string", "number"] };
    ResendKey: String = identifier, { "type": ["string", "number"], "maxLength": MAX_IDENTIFIER };
    Day: When = when, { "type": ["string", "number"],
        "description": "A moment such as \"2026-11-23T09:30:00Z\" (RFC 3339), or a day." };
    Quantity: Decimal = quantity, { "type": ["number", "string"], "minimum": 0 };
    PartQuantity: Decimal = part_quantity, { "type": ["number", "string"] };
    Percent: Decimal = percent, { "type": ["number", "string"], "minimum": 0 };
    Flag: bool = flag, { "type": ["boolean", "string", "number"] };
    Moment: Timestamp = moment, { "type": ["string", "number"],
        "description": "A moment such as \"2026-11-23T09:30:00Z\" (RFC 3339); without a zone it is taken as UTC." };
    Window: When = window, { "type": ["string", "object", "array"],
        "description": "A day (\"2026-11-25\"), a moment, or a window of either (\"2026-11-25/2026-11-27\", or an object with `from` and `to`)." };
    Link: WebUrl = link, { "type": "string", "description": "An absolute https URL." };
}

/// Kinds of money, which know the order's currency.
macro_rules! money_kinds {
    ($($kind:ident = $read:path;)*) => {$(
        impl Kind for $kind {
            type Value = Option<Amount>;

            fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Amount> {
                fields.amount(name, $read)
            }
        }

        impl JsonSchema for $kind {
            fn schema_name() -> Cow<'static, str> {
                stringify!($kind).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": ["string", "number", "object"],
                    "pattern": AMOUNT,
                    "description": "An amount of the order's currency: a decimal string such as \"29.90\". A JSON number other than 0 could be cents.",
                })
            }
        }
    )*};
}

money_kinds! {
    Money = money;
    Size = size;
}

/// The currency, which the amounts that follow are held against.
impl Kind for Code {
    type Value = Option<Currency>;

    fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Currency> {
        let currency = fields.optional(name, currency);
        fields.currency().borrow_mut().clone_from(&currency);
        currency
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "An ISO 4217 code such as \"EUR\"." })
    }
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

    /// One text is as many lines as it has, and an object one for each member.
    fn read(fields: &mut Fields<'_>, name: &'static str) -> Vec<String> {
        if let Some(members) = fields.names_and_texts(name) {
            return members.into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
        }
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
