//! Wording and templates fit each other, in every locale.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::scan::{Messages, messages, uses};
use crate::render::source::Sources;
use crate::render::wording::{Digits, Wording};

/// The locale that says which placeables a message has.
const REFERENCE: &str = "en";

fn path_of(locale: &str) -> String {
    format!("locales/{locale}.ftl")
}

/// A locale's messages, the deployment's own over the built-in.
pub(super) fn effective(sources: &Sources, locale: &str) -> Messages {
    let path = path_of(locale);
    let mut all = sources.built_in_text(&path).map(messages).unwrap_or_default();
    all.extend(sources.own_text(&path).map(messages).unwrap_or_default());
    all
}

/// What is wrong with the wording, or with how templates use it.
pub(super) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for locale in sources.locales() {
        if let Err(error) = Wording::of(sources, &locale, Digits::Latin) {
            let path = sources.shown(&path_of(&locale));
            findings.push(Finding::of_wording(&error, &path).in_locale(&locale));
        }
        if locale.parse::<icu_locale_core::LanguageIdentifier>().is_err() {
            let problem = "the file is not named by a BCP 47 language tag such as de or pt-BR.ftl";
            let path = sources.shown(&path_of(&locale));
            findings.push(Finding::new(path, 1, problem.to_owned()).in_locale(&locale));
        }
    }
    if !findings.is_empty() {
        return findings;
    }
    let reference = effective(sources, REFERENCE);
    let used = check_uses(sources, &reference, &mut findings);
    for locale in sources.locales() {
        check_locale(sources, &locale, &reference, &used, &mut findings);
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
                    let file = sources.shown(&path_of(REFERENCE));
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
    reference: &Messages,
    used: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let path = path_of(locale);
    let file = sources.shown(&path);
    let mut find = |line: usize, problem: String| {
        findings.push(Finding::new(file.clone(), line, problem).in_locale(locale));
    };
    let effective = effective(sources, locale);
    let missing = used.iter().filter(|key| reference.contains_key(*key));
    for key in missing.filter(|key| !effective.contains_key(*key)) {
        let end = sources.text(&path).unwrap_or_default().lines().count().max(1);
        find(end, format!("the message \"{key}\" is missing"));
    }
    // What is built in is left to the project's own check.
    let own: BTreeMap<_, _> = sources.own_text(&path).map(messages).unwrap_or_default();
    for (key, message) in &own {
        let Some(of_reference) = reference.get(key).filter(|_| used.contains(key)) else {
            find(message.line, format!("no template uses the message \"{key}\""));
            continue;
        };
        for (name, line) in &message.arguments {
            if !of_reference.arguments.contains_key(name) {
                let known = listed(of_reference.arguments.keys());
                find(*line, format!("\"{key}\" has no placeable ${name}; it has {known}"));
            }
        }
        for name in of_reference.arguments.keys() {
            if !message.arguments.contains_key(name) {
                find(message.line, format!("\"{key}\" lacks the placeable ${name}"));
            }
        }
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let names: Vec<_> = names.map(|name| format!("${name}")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
