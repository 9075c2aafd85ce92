//! The template engine: how values become text. Templates are parsed when they
//! are first used, once: a function that sends text messages parses no HTML.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter,
};

use super::Sources;
use crate::content::text::{plain_letters, shorten, write_html};

/// The engine with these templates.
pub(crate) fn environment(sources: Arc<Sources>) -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    engine.set_formatter(write_value);
    // Whole lines of statements leave no empty lines in the text part. The
    // delimiters are the usual ones, so building can't fail.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        engine.set_syntax(syntax);
    }
    engine.add_filter("short", |text: &str, limit: usize| shorten(text, limit));
    engine.add_filter("plain_letters", |text: &str| plain_letters(text));
    // It prints what it is given, and what it is given is about customers.
    engine.remove_global("debug");
    engine.set_loader(move |name| match sources.template(name) {
        Ok(text) => Ok(text.map(std::borrow::Cow::into_owned)),
        Err(error) => Err(Error::new(ErrorKind::SyntaxError, "MJML").with_source(error)),
    });
    engine
}

/// What is absent prints as nothing; in HTML, text is escaped.
fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    match value.as_str() {
        Some(text) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            write_html(out, text).map_err(|_| Error::new(ErrorKind::WriteFailure, "escaped text"))
        }
        _ => escape_formatter(out, state, value),
    }
}
