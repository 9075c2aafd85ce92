//! The links in mail by which customers unsubscribe and say what they want to hear of.
//! Source: RFC 8058; RFC 2369 section 3.2.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::link_token::{LinkKeys, Scope, Subject, Token};
use crate::event::OrderEventData;
use crate::model::{Class, Topic, clock};

/// For how long after it is no longer worth sending a mail leads to the page of
/// preferences. Mail is forwarded and stays in boxes for years.
const PAGE_TTL: Duration = Duration::from_secs(90 * 86_400);

/// The path of unsubscribing, before the token.
pub const UNSUBSCRIBE_PATH: &str = "u";
/// The path of the page of preferences, before the token.
pub const PREFERENCES_PATH: &str = "p";
/// The parameter that says in which language the page is.
pub const LANGUAGE_PARAMETER: &str = "l";

/// Where customers unsubscribe and choose, and what proves that a link is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreferenceLinks {
    url: Url,
    keys: LinkKeys,
}

impl PreferenceLinks {
    /// Links to this address.
    ///
    /// # Errors
    /// A sentence: the address must be an absolute `https` URL of at most 256
    /// characters, without query or fragment.
    pub fn new(url: &str, keys: LinkKeys) -> Result<Self, &'static str> {
        // A link stands in a header, and SES takes none of over 995 characters.
        let fits = |url: &Url| {
            let bare = url.query().is_none() && url.fragment().is_none();
            url.scheme() == "https" && url.has_host() && bare && url.as_str().len() <= 256
        };
        let parsed = Url::parse(url).ok().filter(fits);
        let url = parsed.ok_or(
            "is no absolute https URL of at most 256 characters without query and fragment",
        )?;
        Ok(Self { url, keys })
    }

    /// The keys.
    pub fn keys(&self) -> &LinkKeys {
        &self.keys
    }

    /// Where the order's customer unsubscribes from promotional messages, in this
    /// language. It works for years.
    pub fn unsubscribe(&self, data: &OrderEventData, locale: &str) -> String {
        let scope = Scope::Unsubscribe(Topic::of(Class::Promotional));
        self.link(UNSUBSCRIBE_PATH, Token { scope, subject: subject(data) }, locale)
    }

    /// Where the order's customer says what they want to hear of, for some months after
    /// this time.
    pub fn page(&self, data: &OrderEventData, locale: &str, sent_until: Timestamp) -> String {
        let scope = Scope::Preferences { until: clock::after(sent_until, PAGE_TTL) };
        self.link(PREFERENCES_PATH, Token { scope, subject: subject(data) }, locale)
    }

    fn link(&self, path: &str, token: Token, locale: &str) -> String {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(path).push(&self.keys.seal(&token));
        }
        // A longer one is no language's.
        if locale.len() <= 35 {
            url.query_pairs_mut().append_pair(LANGUAGE_PARAMETER, locale);
        }
        url.into()
    }

    /// The headers by which mail programs offer to unsubscribe.
    pub(crate) fn headers(link: &str) -> Vec<(String, String)> {
        vec![
            ("List-Unsubscribe".to_owned(), format!("<{link}>")),
            ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
        ]
    }
}

fn subject(data: &OrderEventData) -> Subject {
    match &data.customer.id {
        Some(customer) => Subject::Customer(customer.clone()),
        None => Subject::Guest(data.order.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(url: &str) -> PreferenceLinks {
        PreferenceLinks::new(url, LinkKeys::parse("0123456789abcdef").unwrap()).unwrap()
    }

    /// An order of this customer, or of a guest.
    fn order_of(customer: Option<&str>) -> OrderEventData {
        let data = json!({"order": {"id": "A-1001"}, "customer": {"id": customer}});
        serde_json::from_value(data).unwrap()
    }

    fn token(link: &str) -> Token {
        let url = Url::parse(link).unwrap();
        let token = url.path_segments().unwrap().next_back().unwrap();
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        at("https://n.example").keys.open(token, now).unwrap()
    }

    #[test]
    fn a_link_says_who_and_what_for_and_in_which_language() {
        let order = order_of(Some("c-77"));
        for (base, head) in [
            ("https://n.example", "https://n.example/u/k1."),
            ("https://n.example/", "https://n.example/u/k1."),
            ("https://n.example/shop/", "https://n.example/shop/u/k1."),
        ] {
            let link = at(base).unsubscribe(&order, "de-AT");
            assert!(link.starts_with(head) && link.ends_with("?l=de-AT"), "{link}");
            let scope = Scope::Unsubscribe(Topic::Reviews);
            let subject = Subject::Customer("c-77".into());
            assert_eq!(token(&link), Token { scope, subject });
        }
        let guest = order_of(None);
        let sent_until = "2026-11-23T09:30:00Z".parse().unwrap();
        let link = at("https://n.example").page(&guest, "en", sent_until);
        assert!(link.starts_with("https://n.example/p/k1."), "{link}");
        let until = "2027-02-21T09:30:00Z".parse().unwrap();
        let subject = Subject::Guest(guest.order.id.clone());
        assert_eq!(token(&link), Token { scope: Scope::Preferences { until }, subject });
    }

    #[test]
    fn a_link_fits_a_header_whatever_stands_in_the_event() {
        let hostile = "c&token=x\r\nBcc: <x@example.com>";
        let (long, base) = ("ü".repeat(64), format!("https://{}.example", "a".repeat(63)));
        for customer in [hostile, &long] {
            let link = at(&base).unsubscribe(&order_of(Some(customer)), "en\r\nBcc: <x>");
            assert!(link.bytes().all(|b| b.is_ascii_graphic()) && link.len() < 900, "{link}");
            assert_eq!(link.matches(['<', '>']).count(), 0, "{link}");
            assert!(matches!(token(&link).subject, Subject::Customer(id) if id == *customer));
        }
    }

    #[test]
    fn the_address_is_encrypted_and_bare() {
        let long = format!("https://n.example/{}", "a".repeat(256));
        for url in [
            "http://n.example",
            "javascript:alert(1)",
            "n.example",
            "",
            "https://n.example/?a=b",
            "https://n.example/#a",
            &long,
        ] {
            let keys = LinkKeys::parse("0123456789abcdef").unwrap();
            assert!(PreferenceLinks::new(url, keys).is_err(), "{url}");
        }
        assert!(!format!("{:?}", at("https://n.example")).contains("0123456789abcdef"));
    }
}
