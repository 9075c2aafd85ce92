//! Wording: one Fluent file per locale, parsed when the locale is first used.

use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use icu_plurals::{PluralCategory, PluralRules};
use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind};

use super::error::WordingError;

/// The digits that numbers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// 0 1 2
    Latin,
    /// ٠ ١ ٢
    Arabic,
}

/// One locale's messages.
pub(super) struct Wording {
    locale: &'static str,
    messages: FluentBundle<FluentResource>,
}

impl Wording {
    /// Parses a locale's file. Numbers will be written in these digits.
    pub fn parse(locale: &'static str, source: &str, digits: Digits) -> Result<Self, WordingError> {
        let syntax = |line, problem: String| WordingError::Syntax {
            locale: locale.to_owned(),
            line,
            problem,
        };
        let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| {
            let first = errors.first();
            let line = first.map_or(1, |error| source[..error.pos.start].lines().count().max(1));
            syntax(line, first.map_or_else(String::new, |error| error.kind.to_string()))
        })?;
        // A name that is no tag can't be built in, as a test checks.
        let language = locale.parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![language]);
        // Isolating marks would stand in subjects and text messages as garbage.
        messages.set_use_isolating(false);
        if digits == Digits::Arabic {
            messages.set_formatter(Some(|value, _| match value {
                FluentValue::Number(number) => Some(in_arabic_digits(&number.as_string())),
                _ => None,
            }));
        }
        messages.add_function("PLURAL", plural(locale)).map_err(|e| syntax(1, e.to_string()))?;
        messages.add_resource(resource).map_err(|errors| {
            let problem = errors.first().map_or_else(String::new, ToString::to_string);
            syntax(1, problem)
        })?;
        Ok(Self { locale, messages })
    }

    /// The locale's name.
    pub fn locale(&self) -> &'static str {
        self.locale
    }

    /// A message with its arguments in place. Never empty.
    pub fn text(&self, key: &str, args: &FluentArgs<'_>) -> Result<String, WordingError> {
        let (locale, named) = (self.locale.to_owned(), key.to_owned());
        let Some(pattern) = self.messages.get_message(key).and_then(|message| message.value())
        else {
            return Err(WordingError::MissingKey { locale, key: named });
        };
        let mut errors = Vec::new();
        let text = self.messages.format_pattern(pattern, Some(args), &mut errors);
        if let Some(error) = errors.first() {
            return Err(WordingError::MissingArgument {
                locale,
                key: named,
                missing: missing(error),
            });
        }
        if text.trim().is_empty() {
            return Err(WordingError::Empty { locale, key: named });
        }
        Ok(text.into_owned())
    }

    /// The templates' function `t("key", argument=value)`.
    pub fn function(self: &Arc<Self>) -> Value {
        let wording = Arc::clone(self);
        Value::from_function(move |key: &str, kwargs: Kwargs| -> Result<String, Error> {
            let mut values = Vec::new();
            for name in kwargs.args() {
                values.push((name, kwargs.peek::<Value>(name)?));
            }
            let mut args = FluentArgs::with_capacity(values.len());
            for (name, value) in &values {
                if let Some(text) = value.as_str() {
                    args.set(*name, text);
                } else if let Ok(number) = i64::try_from(value.clone()) {
                    args.set(*name, FluentValue::from(number));
                }
                // Anything else is not given: the message, if it needs it, says so.
            }
            wording
                .text(key, &args)
                .map_err(|e| Error::new(ErrorKind::InvalidOperation, "wording").with_source(e))
        })
    }
}

/// The plural category of a number, by CLDR: `{ PLURAL($count) -> … }`. Fluent's own
/// selection by `$count` knows rules such as Arabic's only below a hundred.
fn plural(
    locale: &str,
) -> impl for<'a> Fn(&[FluentValue<'a>], &FluentArgs<'_>) -> FluentValue<'a> + Send + Sync + use<> {
    let locale = locale.parse().unwrap_or(icu_locale_core::Locale::UNKNOWN);
    let rules = PluralRules::try_new_cardinal((&locale).into()).ok();
    move |arguments, _| {
        let Some(FluentValue::Number(number)) = arguments.first() else {
            return FluentValue::Error;
        };
        // What is counted is whole and not negative.
        let category = rules.as_ref().map(|rules| rules.category_for(number.value as u64));
        FluentValue::from(match category {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            _ => "other",
        })
    }
}

fn in_arabic_digits(number: &str) -> String {
    let digit = |c: char| match c.to_digit(10) {
        Some(value) => char::from_u32('٠' as u32 + value).unwrap_or(c),
        None => c,
    };
    number.chars().map(digit).collect()
}

/// What a message refers to that is not there, as the message spells it.
fn missing(error: &FluentError) -> String {
    match error {
        FluentError::ResolverError(ResolverError::Reference(reference)) => match reference {
            ReferenceKind::Variable { id } => format!("${id}"),
            ReferenceKind::Term { id, .. } => format!("-{id}"),
            ReferenceKind::Message { id, .. } => id.clone(),
            ReferenceKind::Function { id } => format!("{id}()"),
        },
        // The other errors hold keys, never values.
        other => other.to_string(),
    }
}
