//! Templates and wording fit each other, in every locale. What is missing is
//! named with the file to add it to.

use std::sync::Arc;

use minijinja::context;

use super::fixture::shop;
use crate::catalogue::Catalogue;
use crate::check::{Check, Fixture};
use crate::content::Sources;
use crate::content::error::{Place, TranslationError};
use crate::content::i18n::translations::{Digits, Translations};
use crate::content::template::engine;
use crate::model::Channel;

#[test]
fn what_is_built_in_passes_the_check() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = Catalogue::built_in().unwrap();
    let check = Check {
        sources: Arc::new(Sources::alone(
            "shared",
            crate::content::read_overrides(folder).unwrap(),
        )),
        shops: vec![shop(), shop().with_everything()],
        kinds: catalogue.types().iter().collect(),
        channels: Channel::ALL.to_vec(),
        locales: Vec::new(),
        fixtures: Fixture::built_in().unwrap(),
    };
    let findings: Vec<_> = check.run().unwrap().iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn templates_hold_no_words() {
    let sources = Sources::built_in();
    for file in sources.paths().into_iter().filter(|path| path.ends_with(".txt")) {
        let mut rest = sources.text(file).unwrap();
        while let Some((text, code)) = rest.split_once('{') {
            assert!(!text.contains(char::is_alphabetic), "shared/{file} holds words: {text:?}");
            let close = ["}}", "%}", "#}"].iter().filter_map(|end| code.find(end)).min().unwrap();
            rest = &code[close + 2..];
        }
        assert!(!rest.contains(char::is_alphabetic), "shared/{file} holds words: {rest:?}");
    }
}

#[test]
fn wrong_wording_is_an_error_that_names_file_and_line_and_no_value() {
    let source = "named = { $name }\nempty = { $nothing }\n";
    let file = "shared/locales/en.ftl";
    let wording = Arc::new(Translations::parse("en", source, file, Digits::Latin).unwrap());
    let sources = Arc::new(Sources::built_in());
    let mut engine = engine::environment(Arc::clone(&sources));
    engine.add_template("parts/inner.txt", "{# a comment #}\n{{ t(key, other=secret) }}").unwrap();
    engine.add_template("order.x.txt", "{% include 'parts/inner.txt' %}").unwrap();
    let place = Place { kind: "order.x", channel: Channel::Email, locale: "en", sources: &sources };
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
    assert_eq!(error("lost").reason(), "wording_invalid");
    let parse = |source| Translations::parse("de", source, "shared/locales/de.ftl", Digits::Latin);
    let syntax = parse("good = Gut\n\nbad = { $x\nnext = x\n").map(|_| ()).unwrap_err();
    assert!(matches!(&syntax, TranslationError::Syntax { line: 4, .. }), "{syntax}");
    let empty = parse("blank = {\"\"}\n").unwrap();
    let empty = empty.text("blank", &Default::default()).unwrap_err();
    assert_eq!(empty.to_string(), "the message \"blank\" of shared/locales/de.ftl is empty");
}
