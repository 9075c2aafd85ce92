//! What was mended while an event was read: noted by field and kind, never by value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many repairs of one event are kept. An order of hundreds of lines can need the
/// same one in each of them.
const MOST_KEPT: usize = 40;

/// A field that was not as it should be, and cost nobody a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The path, e.g. `data.order.items[0].image_url`.
    pub field: String,
    /// What was made of it.
    pub kind: RepairKind,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.kind.words())
    }
}

macro_rules! repairs {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $words:literal;)*) => {
        /// What was made of a field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum RepairKind {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl RepairKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code: stable, for the ledger and metrics.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The words for people, after the field's name.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

repairs! {
    /// Blank text.
    Blank = "blank", "is blank, and was left out";
    /// Of a type that means nothing here.
    WrongType = "wrong_type", "is of a type that can't be read there, and was left out";
    /// Text that can't be read.
    Malformed = "malformed", "can't be read, and was left out";
    /// An amount of money as a JSON number could be cents.
    NumberForMoney = "number_for_money", "is an amount as a JSON number, which could be cents, and was left out: send a decimal string";
    /// A number where text is wanted.
    NumberAsText = "number_as_text", "is a number, and was read as text";
    /// Text where a number is wanted.
    TextAsNumber = "text_as_number", "is text, and was read as a number";
    /// Another notation of a value that is plain.
    Respelt = "respelt", "is written unusually, and was read as what it plainly means";
    /// More decimals than money has.
    Rounded = "rounded", "has more decimals than an amount can have, and was rounded";
    /// A sum below zero, where its size is meant.
    Negative = "negative", "is below zero, and was read as its size";
    /// Less than nothing of something.
    LessThanNone = "less_than_none", "is below zero, and was left out";
    /// A time without a zone.
    NoZone = "no_zone", "has no time zone, and was read as UTC";
    /// The zero of some language's time.
    ZeroTime = "zero_time", "is a zero time, and was left out";
    /// What several customers share.
    NoCustomer = "no_customer", "is a placeholder and no customer's id, and was left out";
    /// An id that was missing.
    Derived = "derived", "is missing, and was made from the rest";
    /// A list given as something else.
    AsList = "as_list", "is no list, and was read as one";
    /// Entities of HTML.
    HtmlEntities = "html_entities", "holds HTML entities, and was read as the characters they stand for";
    /// Longer than it may be.
    TooLong = "too_long", "is too long, and was left out";
    /// In another currency than the order's.
    OtherCurrency = "other_currency", "is in another currency than the order's sums, and was left out";
    /// Not encrypted.
    Insecure = "insecure", "is no https link, and is not shown";
    /// Sums that don't make the total.
    Sums = "sums", "do not make the total, which is shown alone";
    /// What was paid or is due does not fit the total.
    Settlement = "settlement", "says what was paid or is due in sums that do not fit the total, and is shown as far as they do";
    /// JSON within JSON, as text.
    JsonAsText = "json_as_text", "is JSON in a text, and was read as JSON";
    /// The body was no JSON by a hair.
    Mended = "mended", "is not quite JSON (a byte order mark, half a surrogate pair, a number too long, NaN or the like), and was mended";
}

/// The repairs of one event.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Repairs(pub(super) Vec<Repair>);

impl Repairs {
    pub(super) fn note(&mut self, field: String, kind: RepairKind) {
        if self.0.len() < MOST_KEPT {
            self.0.push(Repair { field, kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_stored_as_its_code_and_has_words() {
        for &kind in RepairKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
            assert!(!kind.words().ends_with('.'), "{}", kind.words());
        }
    }

    #[test]
    fn a_long_order_does_not_fill_the_ledger_with_one_mistake() {
        let mut repairs = Repairs::default();
        for line in 0..1_000 {
            repairs.note(format!("data.order.items[{line}].sku"), RepairKind::Blank);
        }
        assert_eq!(repairs.0.len(), MOST_KEPT);
    }
}
