//! E-mail addresses, parsed: one that exists in this type can be sent to.

use serde::{Deserialize, Serialize};

use crate::model::Masked;

/// Why an address can't be used. Never holds the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not `local@domain`.
    #[error("is not an e-mail address of the form local@domain")]
    Form,
    /// SES takes ASCII local parts only (no SMTPUTF8).
    #[error("has a local part that is not plain ASCII, which SES can't send to")]
    LocalPart,
    /// The domain is not a name that DNS could hold.
    #[error("has a domain that is no valid host name")]
    Domain,
}

/// An e-mail address that SES accepts: ASCII local part, domain in its ASCII
/// (punycode) form. Source: RFC 5321 section 4.1.2, SES v2 `Destination`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses `local@domain`; surrounding white space is dropped, the domain is
    /// lower-cased and converted to punycode. Quoted local parts are invalid:
    /// no shop's customer has one, and injections do.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(AddressError::Form)?;
        if local.is_empty() || local.len() > 64 || text.len() > 254 {
            return Err(AddressError::Form);
        }
        if !local.is_ascii() {
            return Err(AddressError::LocalPart);
        }
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        let dot_atom = local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
        if !dot_atom {
            return Err(AddressError::Form);
        }
        let domain = match url::Host::parse(domain) {
            Ok(url::Host::Domain(name)) => name.to_ascii_lowercase(),
            _ => return Err(AddressError::Domain),
        };
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if !domain.contains('.') || !domain.split('.').all(label) {
            return Err(AddressError::Domain);
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
        Masked::already(format!("{first}…@{domain}"))
    }
}

crate::channel::recipient::contact_point!(EmailAddress, AddressError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_are_parsed_into_what_ses_accepts() {
        let ok = |text: &str| EmailAddress::parse(text).map(|a| a.reveal().to_owned());
        assert_eq!(ok(" ada@Example.COM "), Ok("ada@example.com".into()));
        assert_eq!(ok("ada+orders@example.com"), Ok("ada+orders@example.com".into()));
        assert_eq!(ok("ada@bücher.example"), Ok("ada@xn--bcher-kva.example".into()));
        assert_eq!(ok("ada"), Err(AddressError::Form));
        assert_eq!(ok("a..b@example.com"), Err(AddressError::Form));
        assert_eq!(ok("\"a b\"@example.com"), Err(AddressError::Form));
        assert_eq!(ok("ada@example.com\r\nBcc: x@example.com"), Err(AddressError::Form));
        assert_eq!(ok("grün@example.com"), Err(AddressError::LocalPart));
        assert_eq!(ok("ada@localhost"), Err(AddressError::Domain));
        assert_eq!(ok("ada@127.0.0.1"), Err(AddressError::Domain));
    }

    #[test]
    fn debug_shows_no_address() {
        let email = EmailAddress::parse("ada.lovelace@example.com").unwrap();
        assert_eq!(format!("{email:?}"), "EmailAddress(a…@example.com)");
    }
}
