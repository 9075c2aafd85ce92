//! Where a customer unsubscribes from promotional mail by one click.
//! Source: RFC 8058; RFC 2369 section 3.2.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

use crate::model::{CustomerId, OrderId};

/// Whoever answers at the address learns the customer from the link, and that it
/// is ours from its token: a link that anybody could make up would let anybody
/// unsubscribe others.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    url: Url,
    secret: String,
}

/// Who unsubscribes.
#[derive(Debug, Clone, Copy)]
pub enum Subscriber<'a> {
    /// A customer with a profile.
    Customer(&'a CustomerId),
    /// A guest, who is known by the order alone.
    Guest(&'a OrderId),
}

impl fmt::Debug for Unsubscribe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsubscribe").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl Unsubscribe {
    /// The address, and the secret that its tokens are made with.
    ///
    /// # Errors
    /// A sentence: the address must be an absolute `https` URL of at most 512
    /// characters.
    pub fn new(url: &str, secret: String) -> Result<Self, &'static str> {
        Ok(Self { url: Self::address(url)?, secret })
    }

    pub(crate) fn address(url: &str) -> Result<Url, &'static str> {
        // The link stands in a header, and SES takes none of over 995 characters.
        let fits =
            |url: &Url| url.scheme() == "https" && url.has_host() && url.as_str().len() <= 512;
        let parsed = Url::parse(url).ok().filter(fits);
        parsed.ok_or("is no absolute https URL of at most 512 characters")
    }

    /// The customer's own link: the address with `customer`, the customer's id, and
    /// `token`, which is `HMAC-SHA256(secret, "unsubscribe:" + id)` in hexadecimal. A
    /// guest's has `order`, the order's id, and the token of `"order:" + id`.
    pub fn link(&self, of: Subscriber<'_>) -> String {
        let (name, id, signed) = match of {
            Subscriber::Customer(id) => ("customer", id.as_str(), id.to_string()),
            Subscriber::Guest(order) => ("order", order.as_str(), format!("order:{order}")),
        };
        let mut url = self.url.clone();
        let token = self.token(&signed);
        url.query_pairs_mut().append_pair(name, id).append_pair("token", &token);
        url.into()
    }

    fn token(&self, signed: &str) -> String {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) else {
            return String::new();
        };
        mac.update(b"unsubscribe:");
        mac.update(signed.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The headers by which mail programs offer it.
    pub(crate) fn headers(link: &str) -> Vec<(String, String)> {
        vec![
            ("List-Unsubscribe".to_owned(), format!("<{link}>")),
            ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its link.
    trait LinkOf {
        fn of(&self, id: &str) -> String;
    }

    impl LinkOf for Unsubscribe {
        fn of(&self, id: &str) -> String {
            self.link(Subscriber::Customer(&id.into()))
        }
    }

    #[test]
    fn a_link_names_the_customer_and_proves_that_it_is_ours() {
        let at = |url: &str| Unsubscribe::new(url, "0123456789abcdef".to_owned()).unwrap();
        // printf 'unsubscribe:c-77' | openssl dgst -sha256 -hmac 0123456789abcdef
        let token = "c6edc10808a5ec0d0d1ed58b24fc2c32cfd67a09a43609b09f21aa20d4138c53";
        assert_eq!(
            at("https://n.example/u").of("c-77"),
            format!("https://n.example/u?customer=c-77&token={token}")
        );
        assert_eq!(
            at("https://n.example/u?shop=1#x").of("c-77"),
            format!("https://n.example/u?shop=1&customer=c-77&token={token}#x")
        );
        let other = Unsubscribe::new("https://n.example/u", "another secret".to_owned()).unwrap();
        assert!(!other.of("c-77").contains(token));
        let hostile = at("https://n.example/u").of("c&token=x\r\nBcc: <x@example.com>");
        assert!(hostile.bytes().all(|b| b.is_ascii_graphic()), "{hostile}");
        assert_eq!(hostile.matches(['<', '>']).count(), 0, "{hostile}");
        assert_eq!(hostile.matches("token=").count(), 1, "{hostile}");
        let order = OrderId::parse("c-77").unwrap();
        let guest = at("https://n.example/u").link(Subscriber::Guest(&order));
        assert!(guest.starts_with("https://n.example/u?order=c-77&token="), "{guest}");
        assert!(!guest.contains(token), "a guest's order may have a customer's id");
        assert!(!format!("{:?}", at("https://n.example/u")).contains("0123456789abcdef"));
    }

    #[test]
    fn the_address_is_encrypted_and_short_enough_for_a_header() {
        let long = format!("https://n.example/{}", "a".repeat(512));
        for url in ["http://n.example", "javascript:alert(1)", "n.example", "", &long] {
            assert!(Unsubscribe::new(url, "secret".to_owned()).is_err(), "{url}");
        }
    }
}
