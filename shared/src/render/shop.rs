//! The shop that speaks.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::error::RenderError;
use super::text::clean;
use crate::config::{Environment, language_tag};
use crate::event::WebUrl;

/// The shop that customers know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// Its web site.
    pub url: String,
    /// The language where none is asked for that there is wording for, BCP 47.
    pub default_locale: String,
}

impl Shop {
    /// The shop that the environment describes: `SHOP_NAME`, `SHOP_URL`,
    /// `DEFAULT_LOCALE`. What is missing or wrong is told by
    /// [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        Self {
            name: environment.required("SHOP_NAME"),
            url: environment
                .parsed("SHOP_URL", WebUrl::parse)
                .map_or_else(String::new, String::from),
            default_locale: environment.parsed("DEFAULT_LOCALE", language_tag).unwrap_or_default(),
        }
    }
}

/// What templates see of it.
#[derive(Serialize)]
pub(super) struct ShopView {
    name: String,
    url: String,
    /// The URL as people write it.
    host: String,
}

impl ShopView {
    pub fn value(shop: &Shop) -> Result<Value, RenderError> {
        let invalid = || RenderError::ShopUrl(shop.url.clone());
        let url = WebUrl::parse(&shop.url).map_err(|_| invalid())?;
        let host = url.as_str().split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let host = host.trim_end_matches('/').trim_start_matches("www.").to_owned();
        Ok(Value::from(Serde(&Self { name: clean(&shop.name), url: url.into(), host })))
    }
}
