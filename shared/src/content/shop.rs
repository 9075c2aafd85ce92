//! The shop that speaks.

use serde::Serialize;

use super::colour::Colour;
use super::error::RenderError;
use super::text::{clean, clean_option, short};
use super::{LinkKeys, PreferenceLinks};
use crate::event::WebUrl;
use crate::platform::environment::{Environment, language_tag};

/// The shop that customers know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// Its web site.
    pub url: String,
    /// The language where none is asked for that there is wording for, BCP 47.
    pub default_locale: String,
    /// The colour of its buttons.
    pub colour: Option<Colour>,
    /// A picture in place of its name at the top of mail, `https`; shown 40 pixels
    /// high.
    pub logo_url: Option<WebUrl>,
    /// Its address, on one line: laws against spam ask for it.
    pub postal_address: Option<String>,
    /// Where customers ask: an e-mail address, a phone number, a page.
    pub support_contact: Option<String>,
    /// Whether push messages say no more than that there is news, as anybody can
    /// read a locked screen.
    pub push_privacy: bool,
    /// The hosts that links and pictures of events may lead to, with their
    /// subdomains, besides the shop's own: its carriers' and its picture
    /// server's. Empty: any. Links are `https` in any case.
    pub link_hosts: Vec<String>,
    /// Where customers unsubscribe, and say what they want to hear of.
    pub preferences: Option<PreferenceLinks>,
}

impl Shop {
    /// The shop that the environment describes: `SHOP_NAME`, `SHOP_URL`,
    /// `DEFAULT_LOCALE`, and if there are such `BRAND_COLOR` (`#rrggbb`),
    /// `LOGO_URL`, `POSTAL_ADDRESS`, `SUPPORT_CONTACT`, `PUSH_PRIVACY` (`true`),
    /// `LINK_HOSTS` (with commas between), `PREFERENCES_URL` with
    /// `PREFERENCES_KEYS`.
    /// What is missing or wrong is reported by [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        Self {
            name: environment.required("SHOP_NAME"),
            url: environment
                .parsed("SHOP_URL", WebUrl::parse)
                .map_or_else(String::new, String::from),
            default_locale: environment.parsed("DEFAULT_LOCALE", language_tag).unwrap_or_default(),
            colour: environment.optional_parsed("BRAND_COLOR", Colour::parse),
            logo_url: environment.optional_parsed("LOGO_URL", secure),
            postal_address: environment.optional("POSTAL_ADDRESS"),
            support_contact: environment.optional("SUPPORT_CONTACT"),
            push_privacy: environment.optional_parsed("PUSH_PRIVACY", truth).unwrap_or_default(),
            link_hosts: environment.optional_parsed("LINK_HOSTS", hosts).unwrap_or_default(),
            preferences: preferences(environment),
        }
    }

    /// The same shop with all that it may have besides, where it has none: what a
    /// template does with it can be tried before there is any.
    pub fn with_everything(self) -> Self {
        let page = |path: &str| format!("https://shop.example/{path}");
        let keys = || LinkKeys::parse("the key of nobody").ok();
        let preferences = || PreferenceLinks::new(&page("preferences"), keys()?).ok();
        Self {
            colour: self.colour.or(Colour::parse("#1f6feb").ok()),
            logo_url: self.logo_url.or(WebUrl::parse(&page("logo.png")).ok()),
            postal_address: self.postal_address.or(Some("Hauptstr. 1, 1010 Wien".to_owned())),
            support_contact: self.support_contact.or(Some("help@shop.example".to_owned())),
            preferences: self.preferences.or_else(preferences),
            push_privacy: true,
            ..self
        }
    }
}

fn preferences(environment: &mut Environment<'_>) -> Option<PreferenceLinks> {
    environment.optional("PREFERENCES_URL")?;
    let keys = environment.parsed("PREFERENCES_KEYS", LinkKeys::parse);
    environment.optional_parsed("PREFERENCES_URL", |url| {
        // What is wrong with the keys is known by now.
        let keys = keys.map_or_else(|| LinkKeys::parse("the key of nobody"), Ok)?;
        PreferenceLinks::new(url, keys)
    })
}

fn truth(text: &str) -> Result<bool, &'static str> {
    text.parse().map_err(|_| "is neither true nor false")
}

fn secure(text: &str) -> Result<WebUrl, &'static str> {
    let url = WebUrl::parse(text).ok().filter(|url| url.as_str().starts_with("https://"));
    url.ok_or("is no absolute https URL")
}

fn hosts(text: &str) -> Result<Vec<String>, &'static str> {
    let host = |name: &str| {
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        plain.then(|| name.to_ascii_lowercase())
    };
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let hosts: Option<_> = names.map(host).collect();
    hosts.ok_or("is no list of hosts such as track.example, images.example")
}

/// What templates see of it.
#[derive(Clone, Serialize)]
pub(crate) struct ShopView {
    pub name: String,
    pub url: String,
    /// The URL as people write it.
    host: String,
    colour: Option<String>,
    /// The colour of text on that colour.
    text_colour: Option<&'static str>,
    /// Whether that colour is hard to tell from the ground of a mail in the dark.
    is_dark: bool,
    logo_url: Option<String>,
    postal_address: Option<String>,
    support_contact: Option<String>,
}

impl ShopView {
    pub fn new(shop: &Shop) -> Result<Self, RenderError> {
        let invalid = |url: &str| RenderError::ShopUrl(url.to_owned());
        let url = WebUrl::parse(&shop.url).map_err(|_| invalid(&shop.url))?;
        let host = url.as_str().split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let host = host.trim_end_matches('/').trim_start_matches("www.").to_owned();
        Ok(Self {
            name: clean(&shop.name),
            url: url.into(),
            host,
            colour: shop.colour.map(Colour::hex),
            text_colour: shop.colour.map(Colour::text_on_it),
            is_dark: shop.colour.is_some_and(Colour::is_dark),
            logo_url: shop.logo_url.clone().map(Into::into),
            postal_address: clean_option(shop.postal_address.as_deref()),
            support_contact: clean_option(shop.support_contact.as_deref()),
        })
    }
}

impl ShopView {
    /// The same shop under the name of one of its brands, whose logo is another; none
    /// where it is no other name.
    pub fn under(&self, brand: &str) -> Option<Self> {
        // It is the publisher's, and may be a domain.
        let name = short(Some(brand), 60).filter(|name| *name != self.name)?;
        Some(Self { name, logo_url: None, ..self.clone() })
    }
}

/// Which links of events are shown.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    /// None: any.
    hosts: Vec<String>,
}

impl Links {
    pub fn new(shop: &Shop) -> Self {
        let plain = |name: &String| name.trim().trim_start_matches('.').to_ascii_lowercase();
        let mut hosts: Vec<_> = shop.link_hosts.iter().map(plain).collect();
        hosts.retain(|host| !host.is_empty());
        if !hosts.is_empty() {
            let own = WebUrl::parse(&shop.url).ok();
            hosts.extend(own.as_ref().map(|url| host(url).trim_start_matches("www.").to_owned()));
        }
        Self { hosts }
    }

    /// The link if it may be shown: what others write into an event may be a
    /// trap, and a link without encryption can be turned into one on its way.
    pub fn allowed<'u>(&self, url: Option<&'u WebUrl>) -> Option<&'u str> {
        let url = url.filter(|url| url.as_str().starts_with("https://"))?;
        if self.hosts.is_empty() {
            return Some(url.as_str());
        }
        let host = host(url);
        let within = |known: &String| {
            let below = host.strip_suffix(known.as_str());
            below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        };
        self.hosts.iter().any(within).then_some(url.as_str())
    }
}

/// The host, in small letters.
fn host(url: &WebUrl) -> String {
    let parsed = url::Url::parse(url.as_str()).ok();
    parsed.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(link_hosts: &[&str]) -> Shop {
        Shop {
            url: "https://www.shop.example/".to_owned(),
            link_hosts: link_hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..Shop::default()
        }
    }

    #[test]
    fn links_are_encrypted_and_lead_to_hosts_of_the_list() {
        let any = Links::new(&shop(&[]));
        let listed = Links::new(&shop(&["Track.example", ".cdn.example", ""]));
        for (link, with_any, with_list) in [
            ("https://shop.example/orders/1", true, true),
            ("https://www.shop.example:8443/orders/1", true, true),
            ("https://track.example?RR1", true, true),
            ("https://de.track.example/RR1", true, true),
            ("https://TRACK.example/RR1", true, true),
            ("https://eu.cdn.example/mug.jpg", true, true),
            ("https://evil.example./", true, false),
            ("https://eviltrack.example/RR1", true, false),
            ("https://track.example.evil.example/", true, false),
            ("https://evil.example/track.example", true, false),
            ("https://evil.example/?https://track.example", true, false),
            ("https://evil.example#.track.example", true, false),
            ("https://[2001:db8::1]/", true, false),
            ("http://track.example/RR1", false, false),
            ("http://shop.example/", false, false),
        ] {
            let url = WebUrl::parse(link).unwrap();
            assert_eq!(any.allowed(Some(&url)).is_some(), with_any, "{link}");
            assert_eq!(listed.allowed(Some(&url)).is_some(), with_list, "{link}");
        }
        assert_eq!(any.allowed(None), None);
    }

    #[test]
    fn the_environment_may_describe_more_of_the_shop() {
        let read = |more: &'static [(&str, &str)]| {
            let lookup = move |name: &str| {
                let required = [
                    ("SHOP_NAME", "Shop"),
                    ("SHOP_URL", "https://shop.example"),
                    ("DEFAULT_LOCALE", "en"),
                ];
                let found = required.iter().chain(more).find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            let mut environment = Environment::new(&lookup);
            let shop = Shop::from_environment(&mut environment);
            environment.finish(shop)
        };
        let least = read(&[]).unwrap();
        assert_eq!((least.push_privacy, least.link_hosts.len()), (false, 0));
        assert_eq!((least.preferences, least.support_contact), (None, None));
        assert_eq!((least.colour, least.logo_url, least.postal_address), (None, None, None));
        let most = read(&[
            ("PUSH_PRIVACY", "true"),
            ("LINK_HOSTS", "track.example, CDN.example,"),
            ("PREFERENCES_URL", "https://n.example"),
            ("PREFERENCES_KEYS", "0123456789abcdef"),
            ("SUPPORT_CONTACT", "help@shop.example"),
            ("BRAND_COLOR", "#0055AA"),
            ("LOGO_URL", "https://shop.example/logo.png"),
            ("POSTAL_ADDRESS", "Example Shop, Hauptstr. 1, 1010 Wien"),
        ])
        .unwrap();
        assert!(most.push_privacy);
        assert_eq!(most.link_hosts, ["track.example", "cdn.example"]);
        let keys = LinkKeys::parse("0123456789abcdef").unwrap();
        assert_eq!(most.preferences, PreferenceLinks::new("https://n.example", keys).ok());
        assert_eq!(most.colour.map(Colour::hex).as_deref(), Some("#0055aa"));
        assert_eq!(most.logo_url.unwrap().as_str(), "https://shop.example/logo.png");
        assert_eq!(most.support_contact.as_deref(), Some("help@shop.example"));
        let wrong = read(&[
            ("PUSH_PRIVACY", "maybe"),
            ("LINK_HOSTS", "https://track.example"),
            ("PREFERENCES_URL", "http://n.example"),
            ("PREFERENCES_KEYS", "short"),
            ("BRAND_COLOR", "red"),
            ("LOGO_URL", "http://shop.example/logo.png"),
        ]);
        let wrong = wrong.unwrap_err().to_string();
        for variable in [
            "PUSH_PRIVACY",
            "LINK_HOSTS",
            "PREFERENCES_URL",
            "PREFERENCES_KEYS",
            "BRAND_COLOR",
            "LOGO_URL",
        ] {
            assert!(wrong.contains(variable), "{wrong}");
        }
        let alone = read(&[("PREFERENCES_URL", "https://n.example")]).unwrap_err().to_string();
        assert!(alone.contains("PREFERENCES_KEYS is missing"), "{alone}");
    }
}
