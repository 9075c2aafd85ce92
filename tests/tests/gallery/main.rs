//! The gallery, and the pages of preferences, as a real browser shows them: nothing is wider than a phone, no
//! picture is broken, and what is read from right to left stands so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests say that something is wrong by panicking"
)]

mod browser;
mod preferences;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use bellhop_cli::commands::preview;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The browser's program. Where there is none, there is nothing to look with; but
/// where every change is tested, there must be one.
fn browser_or_skip() -> Option<PathBuf> {
    let program = browser::program();
    if program.is_none() {
        let hint = "no Chromium or Chrome is installed, or named by BELLHOP_CHROMIUM";
        assert!(env::var_os("CI").is_none(), "{hint}");
        eprintln!("skipped: {hint}");
    }
    program
}

/// What `messages.js` holds.
fn data(gallery: &Path) -> Value {
    let script = fs::read_to_string(gallery.join("messages.js")).unwrap();
    let json = script.strip_prefix("window.BELLHOP = ").unwrap().trim_end().trim_end_matches(';');
    serde_json::from_str(json).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_fits_a_phone_with_whole_pictures_and_in_its_direction() {
    let folder = TempDir::new().unwrap();
    assert_eq!(preview::write(folder.path(), None, preview::Reload::Never).unwrap(), [""; 0]);
    let data = data(folder.path());
    let messages = data["messages"].as_array().unwrap().len();
    let count = |name: &str| data[name].as_array().unwrap().len();
    assert_eq!(messages, count("types") * count("locales") * count("fixtures"));
    assert!(count("locales") >= 12);

    let Some(program) = browser_or_skip() else { return };
    let seen = browser::look(program, folder.path().to_owned()).await;
    assert_eq!(seen.problems, [""; 0]);
    assert_eq!(seen.looks, messages);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_mail_is_seen() {
    let Some(program) = browser_or_skip() else { return };
    let folder = TempDir::new().unwrap();
    let mail = |name: &str, locale: &str, body: &str| {
        let html = format!(
            "<!doctype html><html lang=\"{locale}\"><meta name=\"color-scheme\" content=\"light dark\"><body>{body}"
        );
        fs::write(folder.path().join(name), html).unwrap();
        json!({ "locale": locale, "email": { "html": name } })
    };
    let messages = [
        mail("wide.html", "en", "<div style=\"width:340px\">x</div>"),
        mail("broken.html", "en", "<img src=\"nothing.png\" alt=\"\">"),
        mail(
            "unnamed.html",
            "en",
            "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E\">",
        ),
        mail("ar.html", "ar", "<h1>x</h1>"),
        mail(
            "order.html",
            "en",
            "<div style=\"display:flex;direction:rtl\"><span class=\"fact-label\">a</span> <span class=\"fact-value\">b</span></div>",
        ),
        mail("bright.html", "en", "<style>body { background: #fff }</style>"),
    ];
    let locales = json!([{ "tag": "en", "dir": "ltr" }, { "tag": "ar", "dir": "rtl" }]);
    let data = json!({ "locales": locales, "messages": messages, "pages": false });
    fs::write(folder.path().join("messages.js"), format!("window.BELLHOP = {data};\n")).unwrap();

    let seen = browser::look(program, folder.path().to_owned()).await;
    let sees = |mail: &str, problem: &str| {
        let found = seen.problems.iter().any(|one| one.starts_with(mail) && one.contains(problem));
        assert!(found, "{mail}, {problem}: {:#?}", seen.problems);
    };
    sees("wide.html", "px wide on 320 px");
    sees("broken.html", "broken picture: nothing.png");
    sees("unnamed.html", "without alt text");
    sees("ar.html", "is not laid out rtl");
    sees("order.html", "wrong side");
    sees("bright.html", "in the dark");
    assert_eq!(seen.problems.iter().filter(|one| one.contains("on 600 px")).count(), 1);
}
