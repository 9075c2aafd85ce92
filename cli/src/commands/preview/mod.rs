//! `preview`: a gallery of every message as the customer sees it, one static
//! folder that needs no server.

mod message;
mod picture;
mod watch;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use bellhop::channel::email::GMAIL_CLIPS_AT;
use bellhop::channel::push::MAX_PAYLOAD;
use bellhop::check::Fixture;
use bellhop::content::{MessageInput, Renderer};
use bellhop::model::clock::{Clock, SystemClock};
use bellhop_local::{LocalError, home, write_whole};
use serde_json::json;

use crate::arguments::Preview;
use crate::{CliError, content, look};
use picture::Pictures;

/// The page's template.
const PAGE: (&str, &str) = ("index.html", include_str!("index.html"));

/// What stands beside it, by file.
const BESIDE: [(&str, &str); 3] = [
    ("look.css", look::STYLE),
    ("gallery.css", include_str!("gallery.css")),
    ("gallery.js", include_str!("gallery.js")),
];

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub fn run(arguments: &Preview) -> Result<ExitCode, CliError> {
    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => home().map_err(LocalError::from)?.join("preview"),
    };
    let overrides = arguments.content.as_deref();
    let reload = if arguments.watch { Reload::WhenSaved } else { Reload::Never };
    let write = || write(&folder, overrides, reload);
    let failures = write()?;
    for failure in &failures {
        crate::say(failure)?;
    }
    crate::say(&format_args!("{}", folder.join("index.html").display()))?;
    if arguments.watch {
        // The project's folder holds code besides.
        let project =
            ["catalogue", "locales", "templates"].map(|part| content::project().join(part));
        let watched = overrides.map_or_else(|| project.to_vec(), |folder| vec![folder.to_owned()]);
        watch::watch(&watched, || {
            // What can't be read now, in the middle of saving, can be soon.
            match write() {
                Ok(failures) => failures.iter().try_for_each(crate::say),
                Err(error) => crate::say(&error),
            }
        })?;
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether the gallery's page loads its messages again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reload {
    /// It shows what it was opened with.
    Never,
    /// It shows what is written while it is open.
    WhenSaved,
}

/// Writes the gallery. What could not be rendered is listed there, and returned.
///
/// # Errors
/// [`CliError`].
pub fn write(
    folder: &Path,
    overrides: Option<&Path>,
    reload: Reload,
) -> Result<Vec<String>, CliError> {
    let sources = Arc::new(content::sources(overrides)?);
    let catalogue = sources.catalogue()?;
    let shop = content::shop()?;
    let renderer = Renderer::with(sources, shop.clone())?;
    let fixtures = Fixture::built_in().map_err(CliError::Fixtures)?;
    // As an order lives, in the shop's language first.
    let mut types: Vec<_> = catalogue.types().iter().collect();
    types.sort_by_key(|kind| kind.lifecycle_rank);
    let first = renderer.locale_for(&shop.default_locale);
    let mut locales: Vec<_> = renderer.locales().iter().map(String::as_str).collect();
    locales.sort_by_key(|locale| *locale != first);
    let mut pictures = Pictures::default();
    let (mut messages, mut failures) = (Vec::new(), Vec::new());
    for kind in &types {
        for locale in &locales {
            for fixture in &fixtures {
                let content = MessageInput {
                    kind: &kind.name,
                    locale,
                    time_zone: &fixture.time_zone,
                    data: &fixture.data,
                };
                let name = format!("mail/{}.{locale}.{}.html", kind.name, fixture.name);
                match message::of(&renderer, &content, kind, &shop, &name, &mut pictures) {
                    Ok((mut message, html)) => {
                        write_file(&folder.join(&name), &Pictures::drawn_in(&html))?;
                        message["fixture"] = json!(fixture.name);
                        messages.push(message);
                    }
                    Err(error) => failures.push(error.to_string()),
                }
            }
        }
    }
    let failures = first_few(failures);
    for (path, svg) in pictures.files() {
        write_file(&folder.join(path), svg)?;
    }
    write_file(&folder.join(PAGE.0), &page().map_err(CliError::Page)?)?;
    for (name, text) in BESIDE {
        write_file(&folder.join(name), text)?;
    }
    let data = json!({
        "shop": shop.name,
        "types": types.iter().map(|kind| &kind.name).collect::<Vec<_>>(),
        "locales": locales.iter().map(|tag| json!({ "tag": tag, "dir": renderer.direction(tag) })).collect::<Vec<_>>(),
        "fixtures": fixtures.iter().map(|f| json!({ "name": f.name, "about": f.about })).collect::<Vec<_>>(),
        "limits": { "email": GMAIL_CLIPS_AT, "push": MAX_PAYLOAD },
        "messages": messages,
        "failures": failures,
        "version": SystemClock.now().as_millisecond(),
        "watch": reload == Reload::WhenSaved,
    });
    // `<` could end the script where a page holds it.
    let data = data.to_string().replace('<', "\\u003c");
    // Last, and at once: a page that watches it finds all that it names.
    write_whole(&folder.join("messages.js"), &format!("window.BELLHOP = {data};\n"))
        .map_err(LocalError::from)?;
    Ok(failures)
}

/// The first few failures, each once: a mistake in a frame is one of every message.
fn first_few(mut failures: Vec<String>) -> Vec<String> {
    const MOST: usize = 5;
    failures.sort();
    failures.dedup();
    if failures.len() > MOST {
        let more = failures.len() - MOST;
        failures.truncate(MOST);
        failures.push(format!("… and {more} more; `cargo bellhop check` names the lines"));
    }
    failures
}

fn page() -> Result<String, minijinja::Error> {
    look::templates(&[PAGE])?.get_template(PAGE.0)?.render(())
}

fn write_file(path: &PathBuf, text: &str) -> Result<(), CliError> {
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)
    };
    write().map_err(|source| CliError::File { path: path.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_draws_phones_with_slots_for_its_script() {
        let page = page().unwrap();
        for part in [
            "<div class=\"device bubble\" data-words><slot name=\"words\"></slot></div>",
            "<b class=\"title\" ><slot name=\"title\"></slot></b>",
            "<iframe sandbox=\"allow-popups\" referrerpolicy=\"no-referrer\"></iframe>",
            "<slot name=\"card\"></slot>",
            "<img class=\"image\"",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("&lt;"), "{page}");
    }
}
