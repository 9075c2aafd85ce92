//! Phone numbers as they stand in address books, read into E.164 numbers that libphonenumber calls
//! valid.
//!
//! Sources: ITU-T E.164 (what a number is), ITU-T E.123 (how it is written), RFC 3966 (`tel:`), and
//! Google's libphonenumber (which numbers there are).

mod pattern;
mod plan;
mod written;

use std::fmt;

/// What a number is used for, as libphonenumber tells it from the digits.
/// Source: libphonenumber, `PhoneNumberType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NumberType {
    /// A mobile phone.
    Mobile,
    /// A landline.
    FixedLine,
    /// Either, where the digits don't tell: in North America for one.
    FixedLineOrMobile,
    /// The caller pays more than for other calls.
    PremiumRate,
    /// Caller and called share the cost.
    SharedCost,
    /// The called pays.
    TollFree,
    /// A telephone on the Internet.
    Voip,
    /// A pager.
    Pager,
    /// A "universal access number": a company's number for all its offices.
    Uan,
    /// Where voice messages are listened to.
    Voicemail,
    /// A person's number, which leads to any of their phones.
    PersonalNumber,
}

impl NumberType {
    /// Whether an SMS may arrive at such a number.
    pub fn takes_sms(self) -> bool {
        matches!(self, Self::Mobile | Self::FixedLineOrMobile | Self::PersonalNumber)
    }
}

/// A number that exists as far as its digits tell. Its `Debug` form does not hold it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// `+`, the calling code and the national number: at most 15 digits (ITU-T E.164).
    pub e164: String,
    /// The country that the number belongs to, in ISO 3166-1 alpha-2 or as libphonenumber has it
    /// (`AC` and `TA` for Ascension and Tristan da Cunha, `XK` for Kosovo); `001` for one that
    /// belongs to no country, such as a satellite phone's.
    pub region: &'static str,
    /// What it is used for.
    pub kind: NumberType,
}

impl fmt::Debug for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Parsed");
        fields.field("region", &self.region).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Reads the number that a text holds; of several, the first that takes an SMS, or else the first.
///
/// `region` is the country, in ISO 3166-1 alpha-2, that a number without a calling code is taken to
/// be dialled in. Without it, such a number is none.
///
/// An extension is dropped. Letters that stand for digits ("1-800-FLOWERS") are not read.
pub(crate) fn parse(text: &str, region: Option<&str>) -> Option<Parsed> {
    let home = region.and_then(plan::of_country);
    let mut numbers = written::numbers(text, home);
    let texted = numbers.iter().position(|number| number.kind.takes_sms()).unwrap_or(0);
    (texted < numbers.len()).then(|| numbers.swap_remove(texted))
}

#[cfg(test)]
mod tests;
