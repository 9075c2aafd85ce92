//! The parsed values that events are made of.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The most digits that an amount has behind the point: prices of screws and of
/// kilowatt hours have them.
const MOST_DECIMALS: u32 = 6;

/// The most digits before it.
const MOST_DIGITS: usize = 15;

/// A sum of money: a decimal string such as `"29.90"`, of at most 15 digits before and
/// 6 behind the point, not counting zeros that end it. The currency is the order's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(Decimal);

impl Amount {
    /// Parses a decimal string.
    pub fn parse(text: &str) -> Result<Self, String> {
        let problem = || "expected a decimal string such as \"29.90\"".to_owned();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let well_formed = (1..=MOST_DIGITS).contains(&whole.len())
            && all_digits(whole)
            && fraction.is_none_or(|f| (1..=12).contains(&f.len()) && all_digits(f));
        let decimal: Option<Decimal> = text.parse().ok().filter(|_| well_formed);
        let amount = decimal.and_then(|exact| Some((exact, Self::nearest(exact)?)));
        amount
            .filter(|(exact, amount)| amount.0 == *exact)
            .map(|(_, amount)| amount)
            .ok_or_else(problem)
    }

    /// The amount that a number is, or is meant to be where it has more decimals than
    /// money can have; none if it is too large to be one.
    pub fn nearest(number: Decimal) -> Option<Self> {
        let mut rounded = number.round_dp(MOST_DECIMALS);
        if number.scale() > 4 {
            rounded = rounded.normalize();
            // `48.000000` is `48.00`.
            rounded.rescale(rounded.scale().max(2));
        }
        (rounded.trunc().abs().to_string().len() <= MOST_DIGITS).then_some(Self(rounded))
    }

    /// The number.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

/// An ISO 4217 currency code, three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(String);

impl Currency {
    /// Parses a code; small letters are taken for capitals.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err("expected an ISO 4217 code such as \"EUR\"".to_owned())
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Currency {
    /// The digits of the currency's minor unit.
    /// Source: ISO 4217, list one.
    pub fn minor_units(&self) -> u32 {
        match self.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

/// A longer URL is none that anybody links to.
const LONGEST_URL: usize = 2_000;

/// An absolute `https` or `http` URL with a host, in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebUrl(String);

impl WebUrl {
    /// Parses a URL of at most 2,000 characters.
    pub fn parse(text: &str) -> Result<Self, String> {
        let problem = || "expected an absolute https URL".to_owned();
        if text.len() > LONGEST_URL {
            return Err(format!("expected a URL of at most {LONGEST_URL} characters"));
        }
        let url = url::Url::parse(text).map_err(|_| problem())?;
        let web = matches!(url.scheme(), "https" | "http") && url.has_host();
        let anonymous = url.username().is_empty() && url.password().is_none();
        // Its normal form, in which escapes make it longer, is what is read back.
        let fits = url.as_str().len() <= LONGEST_URL;
        if web && anonymous && fits { Ok(Self(url.into())) } else { Err(problem()) }
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_value {
    ($name:ident, $pattern:expr, $to_text:expr) => {
        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                $to_text(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

text_value!(Amount, "^-?[0-9]{1,15}(\\.[0-9]{1,12})?$", |a: Amount| a.0.to_string());
text_value!(Currency, "^[A-Za-z]{3}$", |c: Currency| c.0);
text_value!(WebUrl, "^https?://", |u: WebUrl| u.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_decimal_strings_and_nothing_else() {
        for good in ["0", "29.90", "-5.00", "1200", "999999999999999.9999"] {
            assert_eq!(Amount::parse(good).unwrap().to_string(), good);
        }
        for (text, amount) in [("48.000000", "48.00"), ("0.00450", "0.0045"), ("1.50000", "1.50")] {
            assert_eq!(Amount::parse(text).unwrap().to_string(), amount);
        }
        for bad in ["", "-", "12,50", "1e3", " 1", ".5", "1.", "1.0000001", "+1", "NaN", "١٢"] {
            assert!(Amount::parse(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn urls_are_absolute_web_addresses() {
        assert_eq!(
            WebUrl::parse("https://shop.example/a b").unwrap().as_str(),
            "https://shop.example/a%20b"
        );
        for bad in
            ["javascript:alert(1)", "/orders/1", "https://", "https://u:p@shop.example/", "data:,x"]
        {
            assert!(WebUrl::parse(bad).is_err(), "{bad:?} was taken");
        }
    }
}
