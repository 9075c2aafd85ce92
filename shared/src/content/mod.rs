//! What all messages are made with: languages and regions ([`i18n`]), templates,
//! text from outside made fit to be shown, the shop that speaks, and the
//! [`Renderer`] that joins them.

pub(crate) mod colour;
pub(crate) mod debug;
pub(crate) mod error;
pub(crate) mod i18n;
pub(crate) mod lines;
mod link_token;
mod name;
mod overrides;
mod page;
mod preference_links;
pub(crate) mod renderer;
pub(crate) mod shop;
pub(crate) mod template;
pub(crate) mod text;
pub(crate) mod view;

pub use colour::Colour;
pub use error::{Problem, RenderError, TemplateError, TranslationError};
pub(crate) use i18n::address::country_code;
pub use i18n::{ServedLocales, served_locales};
pub use link_token::{LinkKeys, Scope, Subject, Token, TokenError};
pub use overrides::{LayeredRenderer, OverridesError, override_folder, read_overrides};
pub use preference_links::{
    LANGUAGE_PARAMETER, PREFERENCES_PATH, PreferenceLinks, UNSUBSCRIBE_PATH,
};
pub use renderer::{MessageInput, Renderer};
pub use shop::Shop;
pub use template::Sources;
