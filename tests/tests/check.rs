//! `bellhop check`: a mistake in wording or templates is shown with its file, line
//! and locale. Each test plants one.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bellhop::catalogue::Catalogue;
use bellhop::check::Check;
use bellhop::content::{self, Sources};
use bellhop_cli::arguments;
use bellhop_cli::commands::check::{check, sources};
use tempfile::TempDir;

/// Runs the command's check with what `with` makes of it, on one order alone unless
/// there are more; what it finds, a line each, without the folder's name.
fn found(folder: &Path, arguments: &arguments::Check, with: impl Fn(&mut Check<'_>)) -> String {
    let sources = Arc::new(sources(arguments.content.as_deref()).unwrap());
    let catalogue = sources.catalogue().unwrap();
    let mut check = check(arguments, &catalogue, sources).unwrap();
    with(&mut check);
    let findings: Vec<_> = check.run().unwrap().iter().map(ToString::to_string).collect();
    findings.join("\n").replace(&format!("{}/", folder.display()), "")
}

/// What is found once `from` in a file of the project has become `to`.
fn planted(file: &str, from: &str, to: &str) -> String {
    let folder = TempDir::new().unwrap();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    for part in ["locales", "templates"] {
        copy(&shared.join(part), &folder.path().join(part));
    }
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    found(folder.path(), &arguments::Check::default(), |check| {
        let texts = content::read_overrides(folder.path()).unwrap();
        let shown = folder.path().display().to_string();
        check.sources = Arc::new(Sources::alone(&shown, texts));
        check.fixtures.truncate(1);
    })
}

/// A shop's own content, over the built-in one.
struct Own(TempDir);

impl Own {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.0.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// What is found about it, on one order.
    fn found(&self) -> String {
        let content = Some(self.0.path().to_owned());
        let arguments = arguments::Check { files: Vec::new(), content };
        found(self.0.path(), &arguments, |check| check.fixtures.truncate(1))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(path, to).unwrap()),
        }
    }
}

/// The place of a text in a file of the project: `file:line`.
fn place(file: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file);
    let source = fs::read_to_string(path).unwrap();
    let line = source.lines().position(|line| line.contains(text)).unwrap() + 1;
    format!("{file}:{line}")
}

#[track_caller]
fn assert_found(found: &str, place: &str, words: &[&str]) {
    let lines: Vec<_> = found.lines().filter(|line| line.starts_with(place)).collect();
    assert_eq!(lines.len(), 1, "{place} in:\n{found}");
    for word in words {
        assert!(lines[0].contains(word), "{word:?} in:\n{found}");
    }
}

const MANY_WORDS: &str = "a word and another ";

#[test]
fn the_projects_own_content_passes_as_it_stands() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events");
    let entries = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    assert!(!files.is_empty());
    let arguments = arguments::Check { files, content: None };
    assert_eq!(found(Path::new("/"), &arguments, |_| ()), "");
}

#[test]
fn a_missing_wording_is_found() {
    let found = planted("locales/fr.ftl", "paid-heading =", "# paid-heading =");
    let end =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/locales/fr.ftl"));
    let place = format!("locales/fr.ftl:{}", end.unwrap().lines().count());
    assert_found(&found, &place, &["\"paid-heading\" is missing", "(fr)"]);
}

#[test]
fn a_wording_that_no_template_uses_is_found() {
    for locale in ["en", "ko"] {
        let file = format!("locales/{locale}.ftl");
        let found = planted(&file, "paid-heading =", "paid-nobody = x\npaid-heading =");
        let words = ["no template uses the message \"paid-nobody\"", &format!("({locale})")];
        assert_found(&found, &place(&file, "paid-heading ="), &words);
    }
}

#[test]
fn a_wrong_placeable_is_found() {
    let found = planted("locales/pl.ftl", "paid-heading = ", "paid-heading = { $nmber } ");
    let at = place("locales/pl.ftl", "paid-heading =");
    assert_found(&found, &at, &["$nmber", "(pl)"]);
}

#[test]
fn a_placeable_that_is_left_out_is_found() {
    let found = planted("locales/es.ftl", "{ $number }", "X");
    let at = place("locales/es.ftl", "{ $number }");
    assert_found(&found, &at, &["lacks the placeable $number", "(es)"]);
}

#[test]
fn wording_that_is_no_fluent_is_found() {
    let found = planted("locales/de.ftl", "paid-heading = ", "paid-heading = { ");
    let (file, line) = ("locales/de.ftl:", place("locales/de.ftl", "paid-heading ="));
    let line: usize = line.strip_prefix(file).unwrap().parse().unwrap();
    // The parser notices on this line or where the next begins.
    let places = [line, line + 1].map(|line| format!("{file}{line}:"));
    assert!(places.iter().any(|place| found.starts_with(place)), "{found}");
    assert!(found.contains("(de)"), "{found}");
}

#[test]
fn a_template_that_uses_an_unknown_message_is_found() {
    let file = "templates/order.paid.txt";
    let found = planted(file, "t(\"paid-heading\")", "t(\"paid-hading\")");
    assert_found(
        &found,
        &place(file, "t(\"paid-heading\")"),
        &["\"paid-hading\" is missing", "en.ftl"],
    );
}

#[test]
fn a_template_that_gives_a_message_too_little_is_found() {
    let file = "templates/order.paid.sms.txt";
    let found = planted(file, "order.number|short(number_width), amount", "order.number, amout");
    assert_found(&found, &place(file, "paid-sms-amount"), &["needs", "$amout"]);
}

#[test]
fn an_undefined_variable_is_found_in_text_and_in_mjml() {
    let file = "templates/order.shipped.push.txt";
    let found = planted(file, "link = shipment.tracking_url", "link = shipment.traking_url");
    let words = ["undefined value", "order.shipped by push", "ar, de, en", "zh-TW)"];
    assert_found(&found, &place(file, "set link"), &words);

    // In a part that is included, and in what only some shops have.
    for (file, from, to) in [
        ("templates/parts/items.mjml", "{{ row.title }}</bdi></a>", "{{ row.titel }}</bdi></a>"),
        ("templates/layout.mjml", "{{ shop.postal_address }}", "{{ shop.address }}"),
        ("templates/layout.mjml", "{{ unsubscribe_url }}", "{{ unsubscribe_ulr }}"),
    ] {
        let found = planted(file, from, to);
        assert_found(&found, &place(file, from), &["undefined value", "by email", "ar, de, en"]);
    }
}

#[test]
fn mjml_that_is_none_is_found() {
    let file = "templates/parts/address.mjml";
    let found = planted(file, "<mj-column>", "<mj-colum>");
    assert_found(&found, &place(file, "<mj-column>"), &["by email"]);
    let file = "templates/parts/items.mjml";
    let found = planted(file, "<mj-table>", "<mj-table width=\"1>");
    let line = place(file, "<mj-table>");
    assert!(found.starts_with(&line) || found.contains("templates/parts/items.mjml:"), "{found}");
}

#[test]
fn a_template_that_is_missing_is_found() {
    let found = planted("templates/order.paid.mjml", "parts/totals.mjml", "parts/sums.mjml");
    assert_found(
        &found,
        &place("templates/order.paid.mjml", "parts/totals.mjml"),
        &["parts/sums.mjml is missing"],
    );
}

#[test]
fn sums_that_do_not_add_up_are_found() {
    for file in ["templates/parts/totals.txt", "templates/parts/totals.mjml"] {
        let rows = "for row in totals.rows";
        let found = planted(file, rows, &format!("{rows} if row.kind != \"shipping\""));
        let words = ["don't add up", "without the shipping", "ar, de, en"];
        assert_found(&found, file, &words);
    }
}

#[test]
fn a_sample_whose_sums_do_not_add_up_is_found() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("event.json");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/order-paid.json");
    let text = fs::read_to_string(sample).unwrap();
    let total = text.lines().find(|line| line.contains("\"total\"")).unwrap();
    let (_, value) = total.split_once("\"total\": \"").unwrap();
    let value = value.split('"').next().unwrap();
    let wrong = text.replace(&format!("\"total\": \"{value}\""), "\"total\": \"1.23\"");
    fs::write(&file, &wrong).unwrap();
    let arguments = arguments::Check { files: vec![file], content: None };
    let found = found(folder.path(), &arguments, |_| ());
    let line = wrong.lines().position(|line| line.contains("\"totals\"")).unwrap() + 1;
    assert_found(
        &found,
        &format!("event.json:{line}"),
        &["don't add up", "makes the total of 1.23"],
    );
}

#[test]
fn a_text_message_over_its_budget_is_found() {
    let long = format!("paid-sms-amount = {}", MANY_WORDS.repeat(20));
    let found = planted("locales/it.ftl", "paid-sms-amount = ", &long);
    // Short forms leave the amount out, so both are too long only together.
    assert_eq!(found, "");
    let long = format!("tracking-sms = {}", MANY_WORDS.repeat(20));
    let found = planted("locales/it.ftl", "tracking-sms = ", &long);
    let words = ["segments of 2 at most", "order.shipment_updated by sms", "in it)"];
    assert_found(&found, &place("locales/it.ftl", "tracking-sms ="), &words);
}

#[test]
fn a_template_decides_its_budget_of_segments() {
    let file = "templates/order.shipped.sms.txt";
    let found = planted(file, "{% set name", "{% set segments = 0 %}\n{% set name");
    assert!(found.contains("segments of 0 at most (order.shipped by sms"), "{found}");
}

#[test]
fn a_push_message_over_4096_bytes_is_found() {
    let long = format!("created-push-body = {}", MANY_WORDS.repeat(220));
    let found = planted("locales/ja.ftl", "created-push-body = ", &long);
    let words = ["bytes of 4096 at most", "order.created by push", "in ja)"];
    assert_found(&found, &place("locales/ja.ftl", "created-push-body ="), &words);
}

#[test]
fn a_mail_that_gmail_would_cut_off_is_found() {
    let long = format!("created-intro = {}", MANY_WORDS.repeat(6_000));
    let found = planted("locales/zh-TW.ftl", "created-intro = ", &long);
    let words = ["Gmail cuts off at 104448", "order.created by email", "in zh-TW)"];
    assert_found(&found, &place("locales/zh-TW.ftl", "created-intro ="), &words);

    let image = format!("<td data-x=\"{}\"", "x".repeat(110_000));
    let found = planted(
        "templates/parts/totals.mjml",
        "<td style=\"padding:10px",
        &format!("{image} style=\"padding:10px"),
    );
    let at = place("templates/parts/totals.mjml", "<td style=\"padding:10px");
    assert_found(&found, &at, &["Gmail cuts off", "ar, de, en"]);
}

/// What is found in a folder with these files alone over what is built in.
fn found_over_built_in(files: &[(&str, &str)]) -> String {
    let own = Own::new();
    files.iter().for_each(|(path, text)| own.write(path, text));
    own.found()
}

#[test]
fn a_file_of_ones_own_that_nothing_reads_is_found() {
    for path in ["templates/layuot.mjml", "templates/order.payed.txt", "locales/de.txt"] {
        let found =
            found_over_built_in(&[(path, "x"), ("locales/de.ftl", "paid-heading = Danke!\n")]);
        assert_found(&found, &format!("{path}:1"), &["nothing reads this file"]);
    }
    assert!(found_over_built_in(&[("content/locales/de.ftl", "x = x\n")]).contains("holds no"));
    let part = [
        ("templates/order.paid.sms.txt", "{% include \"parts/own.txt\" %}"),
        ("templates/parts/own.txt", "{{ t('paid-sms', shop=shop.name, number=order.number) }}"),
    ];
    assert_eq!(found_over_built_in(&part), "");
    let found = found_over_built_in(&[("locales/pt-br.ftl", "paid-heading = x\n")]);
    assert_found(&found, "locales/pt-br.ftl:1", &["must be named pt-BR.ftl"]);
}

#[test]
fn promotional_mail_that_does_not_say_how_to_unsubscribe_is_found() {
    let file = "templates/order.completed.txt";
    let found = planted(file, "{% set promotional = true %}", "");
    // The wording of unsubscribing is used by the layout in any case.
    assert_found(&found, file, &["set `promotional` to true", "order.completed by email"]);
}

#[test]
fn a_text_that_a_parser_gives_up_on_is_found() {
    let found = found_over_built_in(&[("locales/en.ftl", "paid-heading = {\"\\u00é\"}\n")]);
    assert!(found.contains("a parser gave up"), "{found}");
}

#[test]
fn a_shops_own_type_is_checked_like_the_built_in_ones() {
    let folder = Own::new();
    let own = |path: &str, text: &str| folder.write(path, text);
    let check = || folder.found();
    own(
        "catalogue/order.engraved.toml",
        "class = \"transactional\"\npriority = \"normal\"\nlifecycle_rank = 25\n\
         not_after = \"3d\"\nroutes = [[\"email\"]]\n",
    );
    let missing = check();
    let place = "templates/order.engraved.txt";
    assert_found(&missing, place, &["the template is missing", "order.engraved by email"]);
    own(
        place,
        "{% extends \"layout.txt\" %}\n{% set subject = t(\"created-subject\", number=order.number) %}\n\
         {% set preheader = subject %}{% set heading = subject %}{% set intro = subject %}\n\
         {% set facts = [] %}{% set action = none %}{% set link = none %}\n",
    );
    assert_found(&check(), "templates/order.engraved.mjml", &["the template is missing"]);
    own("templates/order.engraved.mjml", "<mj-include path=\"parts/address.mjml\" />\n");
    // It goes by e-mail alone, so it needs no more.
    assert_eq!(check(), "");
    own("templates/order.engraved.sms.txt", "{{ nothing }}");
    assert_found(&check(), "templates/order.engraved.sms.txt", &["undefined value"]);
}

#[test]
fn a_comment_in_mjml_is_nobodys_business() {
    let button = "<!-- <mj-button href=\"x\">x</mj-button> --><mj-spacer height=\"28px\" />";
    assert_eq!(planted("templates/layout.mjml", "<mj-spacer height=\"28px\" />", button), "");
}

#[test]
fn a_shop_by_the_name_of_a_label_is_no_mistake() {
    let catalogue = Catalogue::built_in().unwrap();
    let sources = Arc::new(sources(None).unwrap());
    let mut check = check(&arguments::Check::default(), &catalogue, sources).unwrap();
    check.fixtures.truncate(1);
    check.shops.iter_mut().for_each(|shop| shop.name = "Total Tools".to_owned());
    assert_eq!(check.run().unwrap(), []);
}

#[test]
fn a_folder_of_ones_own_needs_only_what_it_changes() {
    let folder = Own::new();
    let own = |path: &str, text: &str| folder.write(path, text);
    let check = || folder.found();
    own("locales/de.ftl", "paid-heading = Danke!\n");
    own(
        "templates/order.paid.push.txt",
        "{% set title = t(\"paid-push-title\") %}\n{% set link = none %}\n{% set image = none %}\n{{ t(\"thanks\") }}\n",
    );
    let missing = check();
    assert_found(&missing, "templates/order.paid.push.txt:4", &["\"thanks\" is missing"]);
    own("locales/en.ftl", "thanks = Thank you!\n");
    let missing = check();
    assert_eq!(missing.lines().count(), 12, "{missing}");
    assert!(missing.lines().all(|line| line.contains("\"thanks\" is missing")), "{missing}");
    assert_found(&missing, "locales/de.ftl:1", &["(de)"]);
    let others =
        ["ar", "de", "es", "fr", "it", "ja", "ko", "pl", "pt-BR", "pt-PT", "zh-CN", "zh-TW"];
    for locale in others {
        own(&format!("locales/{locale}.ftl"), "thanks = Danke!\n");
    }
    assert_eq!(check(), "");
    // What refers to another message needs what that needs; money is no placeable.
    own("locales/de.ftl", "thanks = { shop-greeting } US$ 5 gespart!\nshop-greeting = Danke!\n");
    assert_eq!(check(), "");
    // A language of one's own needs all.
    own("locales/nl.ftl", "thanks = Dank u!\n");
    let missing = check();
    assert!(missing.lines().count() > 50, "{missing}");
    assert!(missing.lines().all(|line| line.starts_with("locales/nl.ftl:1: ")), "{missing}");
}
