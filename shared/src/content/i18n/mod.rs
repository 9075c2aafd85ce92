//! Languages and regions: which wording serves a locale, and how it writes money,
//! dates, names and addresses.

pub(crate) mod address;
mod bundle;
pub(crate) mod conventions;
mod locale;
pub(crate) mod translations;

pub(crate) use bundle::LocaleBundles;
pub(crate) use locale::{direction, fonts};
