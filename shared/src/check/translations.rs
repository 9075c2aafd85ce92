//! Wording and templates fit each other, in every locale.

use std::collections::{BTreeMap, BTreeSet};

use icu_locale_core::LanguageIdentifier;

use super::Finding;
use super::scan::{Messages, messages, uses};
use crate::content::Sources;
use crate::content::i18n::translations::{Digits, Translations};

/// The locale that says which placeables a message has.
const REFERENCE: &str = "en";

fn path_of(locale: &str) -> String {
    format!("locales/{locale}.ftl")
}

/// A locale's messages, the deployment's overrides over the built-in. A message has the
/// placeables of those it refers to.
pub(super) fn effective(sources: &Sources, locale: &str) -> Messages {
    let path = path_of(locale);
    let built_in = sources.built_in_text(&path);
    let mut all =
        built_in.map(|text| messages(text, &format!("shared/{path}"))).unwrap_or_default();
    all.extend(overrides(sources, locale));
    let plain = all.clone();
    for message in all.values_mut() {
        let line = message.line;
        for reference in message.references.iter().filter_map(|key| plain.get(key)) {
            for name in reference.arguments.keys() {
                message.arguments.entry(name.clone()).or_insert(line);
            }
        }
    }
    all
}

fn overrides(sources: &Sources, locale: &str) -> Messages {
    let path = path_of(locale);
    let text = sources.override_text(&path);
    text.map(|text| messages(text, &sources.shown(&path))).unwrap_or_default()
}

/// What is wrong with the wording, or with how templates use it.
pub(super) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for locale in sources.locales() {
        let file = sources.shown(&path_of(&locale));
        if let Err(error) = Translations::of(sources, &locale, Digits::Latin) {
            findings.push(Finding::of_wording(&error, &file).in_locale(&locale));
        }
        let tag = locale.parse::<LanguageIdentifier>().map(|tag| tag.to_string());
        let problem = match tag {
            Ok(tag) if tag == locale => continue,
            Ok(tag) => format!("the file must be named {tag}.ftl, as its language is written"),
            Err(_) => "the file must be named by a BCP 47 language tag, such as de.ftl".to_owned(),
        };
        findings.push(Finding::new(file, 1, problem).in_locale(&locale));
    }
    if !findings.is_empty() {
        return findings;
    }
    let all: BTreeMap<_, _> =
        sources.locales().into_iter().map(|l| (l.clone(), effective(sources, &l))).collect();
    let none = Messages::new();
    let reference = all.get(REFERENCE).unwrap_or(&none);
    let mut used = check_uses(sources, reference, &mut findings);
    let messages = all.values().flat_map(Messages::values);
    used.extend(messages.flat_map(|message| message.references.iter().cloned()));
    for (locale, messages) in &all {
        check_locale(sources, locale, messages, reference, &used, &mut findings);
    }
    findings
}

/// The keys that templates use; what is wrong with how they do.
fn check_uses(
    sources: &Sources,
    reference: &Messages,
    findings: &mut Vec<Finding>,
) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let templates = sources.paths().into_iter().filter(|path| path.starts_with("templates/"));
    for path in templates {
        for found in uses(sources.text(path).unwrap_or_default()) {
            let key = &found.key;
            let problem = match reference.get(key) {
                None => {
                    let file = sources.override_place(&path_of(REFERENCE));
                    Some(format!("the message \"{key}\" is missing: add it to {file}"))
                }
                Some(message) if !found.arguments.iter().eq(message.arguments.keys()) => {
                    let given = listed(found.arguments.iter());
                    let needed = listed(message.arguments.keys());
                    Some(format!("the message \"{key}\" needs {needed}, and is given {given}"))
                }
                Some(_) => None,
            };
            if let Some(problem) = problem {
                let finding = Finding::new(sources.shown(path), found.line, problem);
                findings.push(finding.in_locale(REFERENCE));
            }
            used.insert(found.key);
        }
    }
    used
}

fn check_locale(
    sources: &Sources,
    locale: &str,
    effective: &Messages,
    reference: &Messages,
    used: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let path = path_of(locale);
    let file = sources.shown(&path);
    let find =
        |line: usize, problem: String| Finding::new(file.clone(), line, problem).in_locale(locale);
    let missing = used.iter().filter(|key| reference.contains_key(*key));
    for key in missing.filter(|key| !effective.contains_key(*key)) {
        let end = sources.text(&path).unwrap_or_default().lines().count().max(1);
        findings.push(find(end, format!("the message \"{key}\" is missing")));
    }
    // What is built in is left to the project's own check.
    for key in overrides(sources, locale).keys() {
        let Some(message) = effective.get(key) else { continue };
        let of_reference = reference.get(key).filter(|_| used.contains(key));
        let Some(of_reference) = of_reference else {
            // A part of other messages may be a locale's own.
            if !used.contains(key) {
                let problem = format!("no template uses the message \"{key}\"");
                findings.push(find(message.line, problem).harmless());
            }
            continue;
        };
        for (name, line) in &message.arguments {
            if !of_reference.arguments.contains_key(name) {
                let known = listed(of_reference.arguments.keys());
                let problem = format!("\"{key}\" has no placeable ${name}; it has {known}");
                findings.push(find(*line, problem));
            }
        }
        for name in of_reference.arguments.keys() {
            if !message.arguments.contains_key(name) {
                let problem = format!("\"{key}\" lacks the placeable ${name}");
                findings.push(find(message.line, problem).harmless());
            }
        }
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let names: Vec<_> = names.map(|name| format!("${name}")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
