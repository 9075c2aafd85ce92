//! Languages and regions: which wording serves a locale, and how it writes money,
//! dates, names and addresses.

pub(crate) mod address;
mod bundle;
pub(crate) mod conventions;
mod locale;
mod money;
mod numbers;
pub(crate) mod translations;

pub(crate) use bundle::{LocaleBundle, LocaleBundles};
pub use locale::{ServedLocales, served_locales};
pub(crate) use locale::{direction, fonts};
pub(crate) use money::digits;
