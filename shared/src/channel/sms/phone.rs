//! Phone numbers, parsed: one that exists in this type can be sent to.

use serde::{Deserialize, Serialize};

use super::numbering;
use crate::model::{Country, Masked, country};

/// Why a number can't be used. Never holds the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Not E.164.
    #[error("is not a phone number in E.164 form (+ and 7 to 15 digits)")]
    Form,
}

/// A phone number in E.164 form.
/// Source: ITU-T E.164; SNS `Publish`, `PhoneNumber`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Parses `+` and 7 to 15 digits; spaces, dots, hyphens and parentheses
    /// between them are dropped.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let compact: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')'))
            .collect();
        let digits = compact.strip_prefix('+').ok_or(PhoneError::Form)?;
        let e164 = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if e164 { Ok(Self(compact)) } else { Err(PhoneError::Form) }
    }

    /// The number that a text holds, as people write it, if it is one that exists;
    /// without a country code, one of this country.
    pub fn usable(text: &str, country: Option<&str>) -> Option<Self> {
        Self::parse(&numbering::parse(text, country)?.e164).ok()
    }

    /// The number, for sending and storing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first two and the last two digits.
    pub fn masked(&self) -> Masked {
        Masked::already(format!("{}…{}", &self.0[..3], &self.0[self.0.len() - 2..]))
    }

    /// The country that the number belongs to, ISO 3166-1 alpha-2; none if no country has
    /// it.
    pub fn country(&self) -> Option<&'static str> {
        let region = numbering::parse(&self.0, None)?.region;
        (region.len() == 2).then_some(region)
    }

    /// Whether the number may belong to one of these countries.
    pub fn is_in(&self, countries: &[Country]) -> bool {
        country::of(&self.0[1..]).any(|country| countries.contains(&country))
    }
}

crate::channel::recipient::contact_point!(PhoneNumber, PhoneError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_parsed_into_e164() {
        let ok = |text: &str| PhoneNumber::parse(text).map(|p| p.reveal().to_owned());
        assert_eq!(ok("+43 660 123-45.67"), Ok("+436601234567".into()));
        assert_eq!(ok("0660 1234567"), Err(PhoneError::Form));
        assert_eq!(ok("+0660123456"), Err(PhoneError::Form));
        assert_eq!(ok("+1234567890123456"), Err(PhoneError::Form));
        assert_eq!(ok("+43660ABC"), Err(PhoneError::Form));
    }

    #[test]
    fn a_number_tells_its_country() {
        let country = |text: &str| PhoneNumber::parse(text).unwrap().country();
        assert_eq!(country("+436601234567"), Some("AT"));
        assert_eq!(country("+12015550123"), Some("US"));
        // A satellite phone's.
        assert_eq!(country("+881612345678"), None);
        assert_eq!(country("+9991234567"), None);
    }

    #[test]
    fn debug_shows_no_number() {
        let phone = PhoneNumber::parse("+436601234567").unwrap();
        assert_eq!(format!("{phone:?}"), "PhoneNumber(+43…67)");
    }
}
