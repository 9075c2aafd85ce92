//! Templates and wording fit each other, in every locale. What is missing is
//! named with the file to add it to.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::context;

use crate::event::Channel;
use crate::render::engine;
use crate::render::error::{Place, WordingError};
use crate::render::voice::locale_files;
use crate::render::wording::{Digits, Wording};

type Keys = BTreeMap<String, BTreeSet<String>>;

/// A locale's messages and the arguments each mentions.
fn messages(source: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let named =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()));
        if let Some((key, _)) = named {
            current = Some(key.to_owned());
            keys.entry(key.to_owned()).or_default();
        }
        let Some(key) = &current else { continue };
        for (at, _) in line.match_indices('$') {
            let name = line[at + 1..]
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
                .next();
            keys.entry(key.clone()).or_default().extend(name.map(str::to_owned));
        }
    }
    keys
}

/// The uses of `t("key", argument=…)` in a template.
fn uses(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("t(\"") {
        if source[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let (key, rest) = source[at + 3..].split_once('"').unwrap();
        let mut args = BTreeSet::new();
        let (mut depth, mut quoted, mut word) = (1, false, String::new());
        for (at, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '(' => depth += 1,
                ')' => depth -= 1,
                '=' if depth == 1 && !rest[at + 1..].starts_with('=') => {
                    args.insert(std::mem::take(&mut word));
                }
                c if c.is_ascii_alphanumeric() || c == '_' => word.push(c),
                _ => word.clear(),
            }
            if depth == 0 {
                break;
            }
        }
        found.push((key.to_owned(), args));
    }
    found
}

fn english() -> Keys {
    messages(locale_files().iter().find(|(name, _)| *name == "en").unwrap().1)
}

#[test]
fn every_locale_is_named_by_its_tag_and_parses() {
    for (name, source) in locale_files() {
        let id: icu_locale_core::LanguageIdentifier = name.parse().unwrap();
        assert_eq!(id.to_string(), *name, "shared/locales/{name}.ftl is not named by a BCP 47 tag");
        Wording::parse(name, source, Digits::Latin).unwrap();
    }
}

#[test]
fn every_locale_has_the_messages_and_arguments_of_english() {
    let english = english();
    for (name, source) in locale_files() {
        let messages = messages(source);
        for (key, arguments) in &english {
            let translated = messages.get(key);
            let translated =
                translated.unwrap_or_else(|| panic!("add \"{key}\" to shared/locales/{name}.ftl"));
            assert_eq!(
                translated, arguments,
                "the arguments of \"{key}\" in shared/locales/{name}.ftl"
            );
        }
        for key in messages.keys() {
            assert!(
                english.contains_key(key),
                "shared/locales/en.ftl has no \"{key}\", shared/locales/{name}.ftl has"
            );
        }
    }
}

#[test]
fn templates_use_messages_that_exist_with_the_arguments_they_need() {
    let english = english();
    let mut used = BTreeSet::new();
    for (file, source) in engine::templates() {
        for (key, arguments) in uses(source) {
            let needed = english.get(&key);
            let needed = needed.unwrap_or_else(|| {
                panic!("shared/templates/{file} uses \"{key}\": add it to shared/locales/en.ftl")
            });
            assert_eq!(&arguments, needed, "the arguments of \"{key}\" in shared/templates/{file}");
            used.insert(key);
        }
    }
    let unused: Vec<_> = english.keys().filter(|key| !used.contains(*key)).collect();
    assert!(
        unused.is_empty(),
        "no template uses these messages of shared/locales/en.ftl: {unused:?}"
    );
}

#[test]
fn templates_hold_no_words() {
    for (file, source) in engine::templates().iter().filter(|(file, _)| file.ends_with(".txt")) {
        let mut rest = *source;
        while let Some((text, code)) = rest.split_once('{') {
            assert!(
                !text.contains(char::is_alphabetic),
                "shared/templates/{file} holds words: {text:?}"
            );
            let close = ["}}", "%}", "#}"].iter().filter_map(|end| code.find(end)).min().unwrap();
            rest = &code[close + 2..];
        }
        assert!(
            !rest.contains(char::is_alphabetic),
            "shared/templates/{file} holds words: {rest:?}"
        );
    }
}

#[test]
fn every_template_parses() {
    let engine = engine::environment();
    for (file, _) in engine::templates() {
        if let Err(e) = engine.get_template(file) {
            panic!("shared/templates/{file}, line {}: {}", e.line().unwrap_or(1), e.kind());
        }
    }
}

#[test]
fn wrong_wording_is_an_error_that_names_file_and_line_and_no_value() {
    let source = "named = { $name }\nempty = { $nothing }\n";
    let wording = std::sync::Arc::new(Wording::parse("en", source, Digits::Latin).unwrap());
    let mut engine = engine::environment();
    engine.add_template("parts/inner.txt", "{# a comment #}\n{{ t(key, other=secret) }}").unwrap();
    engine.add_template("order.x.txt", "{% include 'parts/inner.txt' %}").unwrap();
    let place = Place { kind: "order.x", channel: Channel::Email, locale: "en" };
    let error = |key: &str| {
        let context = context! { t => wording.function(), key, secret => "Ada Example" };
        let error = engine.get_template("order.x.txt").unwrap().render(context).unwrap_err();
        place.engine_error("order.x.txt", &error)
    };
    assert_eq!(
        error("lost").to_string(),
        "order.x by email in en: shared/templates/parts/inner.txt, line 2: shared/locales/en.ftl has no message \"lost\""
    );
    assert_eq!(
        error("named").to_string(),
        "order.x by email in en: shared/templates/parts/inner.txt, line 2: the message \"named\" of \
         shared/locales/en.ftl needs $name, which is not given"
    );
    assert_eq!(error("lost").code(), "wording_invalid");
    let parse = |source| Wording::parse("de", source, Digits::Latin);
    let syntax = parse("good = Gut\n\nbad = { $x\nnext = x\n").map(|_| ()).unwrap_err();
    assert!(matches!(&syntax, WordingError::Syntax { line: 3 | 4, .. }), "{syntax}");
    let empty = parse("blank = {\"\"}\n").unwrap();
    let empty = empty.text("blank", &Default::default()).unwrap_err();
    assert_eq!(empty.to_string(), "the message \"blank\" of shared/locales/de.ftl is empty");
}
