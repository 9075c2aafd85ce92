//! Wording: one Fluent file per locale, parsed when the locale is first used.

use std::collections::HashSet;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use icu_plurals::{PluralCategory, PluralRules};
use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind};

use crate::content::error::TranslationError;
use crate::content::template::Sources;

/// The digits that numbers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// 0 1 2
    Latin,
    /// ٠ ١ ٢
    Arabic,
}

/// One locale's messages.
pub(crate) struct Translations {
    messages: FluentBundle<FluentResource>,
    /// The file, as its reader knows it.
    file: String,
    /// The file of a deployment's overrides, and their keys.
    overrides: Option<(String, HashSet<String>)>,
}

impl Translations {
    /// A locale's wording, the deployment's overrides over the built-in. Numbers will be
    /// written in these digits.
    pub fn of(sources: &Sources, locale: &str, digits: Digits) -> Result<Self, TranslationError> {
        let path = format!("locales/{locale}.ftl");
        let shown = sources.shown(&path);
        let built_in_file = format!("shared/{path}");
        match (sources.built_in_text(&path), sources.override_text(&path)) {
            (Some(text), None) => Self::parse(locale, text, &built_in_file, digits),
            (None, text) => Self::parse(locale, text.unwrap_or_default(), &shown, digits),
            (Some(text), Some(overrides)) => {
                let mut wording = Self::parse(locale, text, &built_in_file, digits)?;
                let overrides = resource(overrides, &shown)?;
                let key = |entry: &Entry<&str>| match entry {
                    Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                };
                wording.overrides = Some((shown, overrides.entries().filter_map(key).collect()));
                wording.messages.add_resource_overriding(overrides);
                Ok(wording)
            }
        }
    }

    /// Parses the text of a locale's file.
    pub fn parse(
        locale: &str,
        source: &str,
        file: &str,
        digits: Digits,
    ) -> Result<Self, TranslationError> {
        let resource = resource(source, file)?;
        let wrong =
            |problem: String| TranslationError::Syntax { file: file.to_owned(), line: 1, problem };
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
        messages.add_function("PLURAL", plural(locale)).map_err(|e| wrong(e.to_string()))?;
        messages.add_resource(resource).map_err(|errors| {
            wrong(errors.first().map_or_else(String::new, ToString::to_string))
        })?;
        Ok(Self { messages, file: file.to_owned(), overrides: None })
    }

    /// The file that a message stands in, or should.
    fn file_of(&self, key: &str) -> String {
        let overrides = self.overrides.iter().find(|(_, keys)| keys.contains(key));
        overrides.map_or(&self.file, |(file, _)| file).clone()
    }

    /// A message with its arguments in place. Never empty.
    pub fn text(&self, key: &str, args: &FluentArgs<'_>) -> Result<String, TranslationError> {
        let place = || (self.file_of(key), key.to_owned());
        let Some(pattern) = self.messages.get_message(key).and_then(|message| message.value())
        else {
            let (file, key) = place();
            return Err(TranslationError::MissingKey { file, key });
        };
        let mut errors = Vec::new();
        let text = self.messages.format_pattern(pattern, Some(args), &mut errors);
        if let Some(error) = errors.first() {
            let (file, key) = place();
            return Err(TranslationError::MissingArgument { file, key, missing: missing(error) });
        }
        if text.trim().is_empty() {
            let (file, key) = place();
            return Err(TranslationError::Empty { file, key });
        }
        Ok(without_double_stops(text.into_owned()))
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

/// A sentence that ends in a name such as `Acme Inc.`, or in one that was cut, has one
/// full stop.
fn without_double_stops(mut text: String) -> String {
    const DOUBLE: [(&str, &str); 8] = [
        ("....", "..."),
        ("….", "…"),
        ("…。", "…"),
        ("。。", "。"),
        (".。", "。"),
        ("！。", "！"),
        ("？。", "？"),
        ("。.", "。"),
    ];
    // Hardly any text has two of them beside each other.
    let is_stop = |c: char| matches!(c, '.' | '…' | '。' | '！' | '？');
    let mut pairs = text.chars().zip(text.chars().skip(1));
    if !pairs.any(|(one, other)| is_stop(one) && is_stop(other)) {
        return text;
    }
    for (double, single) in DOUBLE {
        if text.contains(double) {
            text = text.replace(double, single);
        }
    }
    if !text.contains("..") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("..") {
        let run = rest[at..].len() - rest[at..].trim_start_matches('.').len();
        let after = &rest[at + run..];
        let ends = after.is_empty() || after.starts_with(char::is_whitespace);
        let kept = if run == 2 && ends { 1 } else { run };
        out.push_str(&rest[..at + kept]);
        rest = after;
    }
    out + rest
}

fn resource(source: &str, file: &str) -> Result<FluentResource, TranslationError> {
    FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| {
        let first = errors.first();
        let line = first.map_or(1, |error| source[..error.pos.start].matches('\n').count() + 1);
        let problem = first.map_or_else(String::new, |error| error.kind.to_string());
        TranslationError::Syntax { file: file.to_owned(), line, problem }
    })
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

#[cfg(test)]
mod tests {
    use super::without_double_stops;

    #[test]
    fn a_sentence_has_one_full_stop() {
        for (text, expected) in [
            ("By Acme Inc.. Thanks.", "By Acme Inc. Thanks."),
            ("On 25 listopada 2026 r..", "On 25 listopada 2026 r."),
            ("Well... yes", "Well... yes"),
            ("https://x.example/?a=..b", "https://x.example/?a=..b"),
            ("One. Two.", "One. Two."),
            ("An den Shop mit langem N…. Danke.", "An den Shop mit langem N… Danke."),
            ("お届け場所：宅配ボックス。。詳細", "お届け場所：宅配ボックス。詳細"),
        ] {
            assert_eq!(without_double_stops(text.to_owned()), expected);
        }
    }
}
