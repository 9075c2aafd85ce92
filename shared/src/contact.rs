//! Contact points, parsed: an address that exists in one of these types is one
//! that can be sent to. Their `Debug` shows nothing, and [`Masked`] is the only
//! form that reaches the ledger's readable fields, tables and logs.

mod country;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use country::Country;

use crate::event::Channel;
use crate::id::{DeviceId, hash};

/// Text about a person. `Debug` hides it; serialisation does not.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Private(String);

impl Private {
    /// Wraps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for sending and storing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

/// A contact point with its middle hidden: `a…@example.com`, `+43…67`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes text that is masked already, as read from the ledger.
    pub fn already(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a contact point can't be used. Never holds the contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// Not `local@domain`.
    #[error("is not an e-mail address of the form local@domain")]
    EmailForm,
    /// SES takes ASCII local parts only (no SMTPUTF8).
    #[error("has a local part that is not plain ASCII, which SES can't send to")]
    EmailLocalPart,
    /// The domain is not a name that DNS could hold.
    #[error("has a domain that is no valid host name")]
    EmailDomain,
    /// Not E.164.
    #[error("is not a phone number in E.164 form (+ and 7 to 15 digits)")]
    PhoneForm,
    /// Not an assigned country code.
    #[error("is not an ISO 3166-1 alpha-2 country code such as AT")]
    Country,
}

/// An e-mail address that SES accepts: ASCII local part, domain in its ASCII
/// (punycode) form. Source: RFC 5321 section 4.1.2, SES v2 `Destination`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses `local@domain`; surrounding white space is dropped, the domain is
    /// lower-cased and converted to punycode. Quoted local parts are refused:
    /// no shop's customer has one, and injections do.
    pub fn parse(text: &str) -> Result<Self, ContactError> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(ContactError::EmailForm)?;
        if local.is_empty() || local.len() > 64 || text.len() > 254 {
            return Err(ContactError::EmailForm);
        }
        if !local.is_ascii() {
            return Err(ContactError::EmailLocalPart);
        }
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        let dot_atom = local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
        if !dot_atom {
            return Err(ContactError::EmailForm);
        }
        let domain = match url::Host::parse(domain) {
            Ok(url::Host::Domain(name)) => name.to_ascii_lowercase(),
            _ => return Err(ContactError::EmailDomain),
        };
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if !domain.contains('.') || !domain.split('.').all(label) {
            return Err(ContactError::EmailDomain);
        }
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The address, for sending and storing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first letter and the domain.
    pub fn masked(&self) -> Masked {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        Masked(format!("{first}…@{domain}"))
    }
}

/// A phone number in E.164 form.
/// Source: ITU-T E.164; SNS `Publish`, `PhoneNumber`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Parses `+` and 7 to 15 digits; spaces, dots, hyphens and parentheses
    /// between them are dropped.
    pub fn parse(text: &str) -> Result<Self, ContactError> {
        let compact: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')'))
            .collect();
        let digits = compact.strip_prefix('+').ok_or(ContactError::PhoneForm)?;
        let e164 = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if e164 { Ok(Self(compact)) } else { Err(ContactError::PhoneForm) }
    }

    /// The number, for sending and storing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first two and the last two digits.
    pub fn masked(&self) -> Masked {
        Masked(format!("{}…{}", &self.0[..3], &self.0[self.0.len() - 2..]))
    }
}

impl PhoneNumber {
    /// Whether the number may belong to one of these countries; to any, if none
    /// are named.
    pub fn is_in(&self, countries: &[Country]) -> bool {
        countries.is_empty()
            || country::of(&self.0[1..]).any(|country| countries.contains(&country))
    }
}

/// The push services that SNS reaches for Bellhop, by the names that customer
/// events use.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Firebase Cloud Messaging (SNS calls the platform `GCM`).
    Fcm,
    /// Apple Push Notification service, production.
    Apns,
    /// Apple Push Notification service, development builds.
    ApnsSandbox,
}

impl Platform {
    /// The name in customer events and in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fcm => "fcm",
            Self::Apns => "apns",
            Self::ApnsSandbox => "apns_sandbox",
        }
    }

    /// The key of the payload in an SNS message of structure `json`.
    pub fn sns_key(self) -> &'static str {
        match self {
            Self::Fcm => "GCM",
            Self::Apns => "APNS",
            Self::ApnsSandbox => "APNS_SANDBOX",
        }
    }
}

/// A device of a customer, as the profile holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Which push service.
    pub platform: Platform,
    /// The service's token for the app on that device.
    pub token: Private,
    /// The SNS platform endpoint; none while the shop has no platform
    /// application for the platform.
    #[serde(default)]
    pub endpoint_arn: Option<String>,
}

impl Device {
    /// The device's id: the same token is the same device.
    pub fn id(&self) -> DeviceId {
        device_id(self.platform, self.token.reveal())
    }
}

/// The id of the device that holds this token.
pub fn device_id(platform: Platform, token: &str) -> DeviceId {
    DeviceId::new(hash(["device", platform.as_str(), token]))
}

/// The platform and the head of the device's id, which identify it to the shop
/// without showing its token.
pub fn masked_device(platform: Platform, id: &DeviceId) -> Masked {
    let head = id.as_str().get(..8).unwrap_or(id.as_str());
    Masked(format!("{}:{head}…", platform.as_str()))
}

/// Whom one delivery goes to: an address, a phone, a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "lowercase")]
pub enum Recipient {
    /// An e-mail address.
    Email {
        /// Where to.
        address: EmailAddress,
    },
    /// A phone.
    Sms {
        /// Where to.
        phone: PhoneNumber,
    },
    /// A device.
    Push {
        /// Which device.
        device: DeviceId,
        /// Its push service.
        platform: Platform,
        /// Its SNS platform endpoint.
        endpoint_arn: String,
    },
}

impl Recipient {
    /// The channel that reaches this recipient.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email { .. } => Channel::Email,
            Self::Sms { .. } => Channel::Sms,
            Self::Push { .. } => Channel::Push,
        }
    }

    /// What makes the recipient the same recipient: the address, the number,
    /// the device. Goes into the delivery id's hash only.
    pub fn identity(&self) -> &str {
        match self {
            Self::Email { address } => address.reveal(),
            Self::Sms { phone } => phone.reveal(),
            Self::Push { device, .. } => device.as_str(),
        }
    }

    /// The form for ledger, tables and people.
    pub fn masked(&self) -> Masked {
        match self {
            Self::Email { address } => address.masked(),
            Self::Sms { phone } => phone.masked(),
            Self::Push { device, platform, .. } => masked_device(*platform, device),
        }
    }
}

macro_rules! parsed_contact {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.masked())
            }
        }

        impl TryFrom<String> for $name {
            type Error = ContactError;

            fn try_from(text: String) -> Result<Self, ContactError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(contact: $name) -> String {
                contact.0
            }
        }
    };
}

parsed_contact!(EmailAddress);
parsed_contact!(PhoneNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_are_parsed_into_what_ses_accepts() {
        let ok = |text: &str| EmailAddress::parse(text).map(|a| a.reveal().to_owned());
        assert_eq!(ok(" ada@Example.COM "), Ok("ada@example.com".into()));
        assert_eq!(ok("ada+orders@example.com"), Ok("ada+orders@example.com".into()));
        assert_eq!(ok("ada@bücher.example"), Ok("ada@xn--bcher-kva.example".into()));
        assert_eq!(ok("ada"), Err(ContactError::EmailForm));
        assert_eq!(ok("a..b@example.com"), Err(ContactError::EmailForm));
        assert_eq!(ok("\"a b\"@example.com"), Err(ContactError::EmailForm));
        assert_eq!(ok("ada@example.com\r\nBcc: x@example.com"), Err(ContactError::EmailForm));
        assert_eq!(ok("grün@example.com"), Err(ContactError::EmailLocalPart));
        assert_eq!(ok("ada@localhost"), Err(ContactError::EmailDomain));
        assert_eq!(ok("ada@127.0.0.1"), Err(ContactError::EmailDomain));
    }

    #[test]
    fn phone_numbers_are_parsed_into_e164() {
        let ok = |text: &str| PhoneNumber::parse(text).map(|p| p.reveal().to_owned());
        assert_eq!(ok("+43 660 123-45.67"), Ok("+436601234567".into()));
        assert_eq!(ok("0660 1234567"), Err(ContactError::PhoneForm));
        assert_eq!(ok("+0660123456"), Err(ContactError::PhoneForm));
        assert_eq!(ok("+1234567890123456"), Err(ContactError::PhoneForm));
        assert_eq!(ok("+43660ABC"), Err(ContactError::PhoneForm));
    }

    #[test]
    fn debug_shows_no_contact_detail() {
        let email = EmailAddress::parse("ada.lovelace@example.com").unwrap();
        let phone = PhoneNumber::parse("+436601234567").unwrap();
        assert_eq!(format!("{email:?}"), "EmailAddress(a…@example.com)");
        assert_eq!(format!("{phone:?}"), "PhoneNumber(+43…67)");
        assert_eq!(format!("{:?}", Private::new("secret")), "[private]");
    }
}
