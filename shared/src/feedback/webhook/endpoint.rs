//! Where the application takes outcomes.

use url::{Host, Url};

/// The application's address: `https`, or plain `http` on this very machine, as a
/// receiver under development listens there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Parses an address.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let parsed = Url::parse(text).ok().filter(|url| is_private(url) && is_plain(url));
        parsed.map(Self).ok_or("must be an https URL without a user name or a fragment")
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Whether nobody on the way can read what is sent there.
fn is_private(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Domain(name))) => name == "localhost",
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

/// Whether it is an address and no more.
fn is_plain(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none() && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_leave_the_machine_by_https_only() {
        for good in [
            "https://shop.example/hooks/bellhop?shop=1",
            "https://10.0.0.7:8443/",
            "http://localhost:8000/",
            "http://127.0.0.1:8000/",
            "http://[::1]/",
        ] {
            assert_eq!(Endpoint::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "shop.example",
            "http://shop.example/",
            "http://localhost.shop.example/",
            "http://10.0.0.7/",
            "ftp://shop.example/",
            "file:///etc/passwd",
            "https://user@shop.example/",
            "https://user:word@shop.example/",
            "https://shop.example/#x",
        ] {
            assert!(Endpoint::parse(bad).is_err(), "{bad}");
        }
    }
}
