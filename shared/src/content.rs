//! What a sender renders with: the shop's own wording and templates where they
//! are in order, and what is built in everywhere else. A mistake in the shop's own
//! costs its look, and never the message.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use jiff::Timestamp;

use crate::catalogue::Catalogue;
use crate::event::Channel;
use crate::render::check::{Check, Fixture};
use crate::render::{RenderError, Renderer, Shop, Sources};
use crate::telemetry;

/// Where a deployment's own wording and templates stand: beside the function's
/// binary, or in a Lambda layer.
/// Source: Lambda developer guide, "Packaging your layer content".
const LAYER: &str = "/opt/content";
/// The same, within the function's own folder.
const BESIDE_BINARY: &str = "content";

/// The parts of a folder of wording and templates, and how their files' names end.
const PARTS: [(&str, &[&str]); 2] = [("locales", &[".ftl"]), ("templates", &[".mjml", ".txt"])];

/// A folder of wording and templates that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{} can't be read: {source}", path.display())]
pub struct ContentError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// The wording and templates that stand in a folder, by their path in it. Of
/// whatever else stands beside them the name alone.
///
/// # Errors
/// [`ContentError`].
pub fn read(folder: &Path) -> Result<BTreeMap<String, String>, ContentError> {
    let mut texts = BTreeMap::new();
    for (part, endings) in PARTS {
        let part = folder.join(part);
        if part.is_dir() {
            read_part(folder, &part, endings, &mut texts)?;
        }
    }
    Ok(texts)
}

fn read_part(
    folder: &Path,
    part: &Path,
    endings: &[&str],
    texts: &mut BTreeMap<String, String>,
) -> Result<(), ContentError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ContentError { path, source }
    };
    for entry in fs::read_dir(part).map_err(failed(part))? {
        let path = entry.map_err(failed(part))?.path();
        if path.is_dir() {
            read_part(folder, &path, endings, texts)?;
            continue;
        }
        let within = path.strip_prefix(folder).unwrap_or(&path);
        // Names are spelled with `/` on every system.
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        if endings.iter().any(|ending| name.ends_with(ending)) {
            texts.insert(name, fs::read_to_string(&path).map_err(failed(&path))?);
        } else if !parts.iter().any(|part| part.starts_with('.')) {
            // Known by name, so that the check can tell that nothing reads it.
            texts.insert(name, String::new());
        }
    }
    Ok(())
}

/// Renders with the shop's own texts, and else with the built-in ones.
#[derive(Debug)]
pub struct Contents {
    own: Option<Renderer>,
    built_in: Renderer,
}

/// The folder of the deployment's own wording and templates, if it has one.
pub fn own_folder() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.parent()?.join(BESIDE_BINARY);
    [beside, PathBuf::from(LAYER)].into_iter().find(|folder| folder.is_dir())
}

impl Contents {
    /// Reads and checks the shop's own texts for this channel. What is wrong with
    /// them is told, and they are left aside as a whole: half a look is none.
    ///
    /// # Errors
    /// [`RenderError`], if the shop's locale or URL is none.
    pub fn open(
        shop: Shop,
        channel: Channel,
        folder: Option<&Path>,
        now: Timestamp,
    ) -> Result<Self, RenderError> {
        let built_in = Renderer::new(shop.clone())?;
        let own = folder.and_then(|folder| match own(shop, channel, folder) {
            Ok(renderer) => Some(renderer),
            Err(problems) => {
                telemetry::own_content_broken(channel, &problems, now);
                None
            }
        });
        Ok(Self { own, built_in })
    }

    /// Renders a message; with what is built in, if it can't be rendered with the
    /// shop's own.
    ///
    /// # Errors
    /// [`RenderError`].
    pub(crate) fn render<T>(
        &self,
        channel: Channel,
        now: Timestamp,
        render: impl Fn(&Renderer) -> Result<T, RenderError>,
    ) -> Result<T, RenderError> {
        match self.own.as_ref().map(&render) {
            Some(Ok(message)) => return Ok(message),
            Some(Err(error)) => telemetry::own_content_broken(channel, &[error.to_string()], now),
            None => {}
        }
        render(&self.built_in)
    }
}

impl From<Renderer> for Contents {
    /// This one alone.
    fn from(built_in: Renderer) -> Self {
        Self { own: None, built_in }
    }
}

/// The shop's own renderer, or what is wrong with its texts.
fn own(shop: Shop, channel: Channel, folder: &Path) -> Result<Renderer, Vec<String>> {
    fn told(problem: &dyn std::fmt::Display) -> Vec<String> {
        vec![problem.to_string()]
    }
    let catalogue = Catalogue::built_in().map_err(|e| told(&e))?;
    let texts = read(folder).map_err(|e| told(&e))?;
    let files = texts.len();
    let sources = Sources::over_built_in(&folder.display().to_string(), texts);
    let check = Check {
        // A start must not wait for what can't have changed.
        locales: sources.changed_locales(),
        sources: Arc::new(sources),
        shops: vec![shop.clone()],
        kinds: catalogue.types().iter().collect(),
        channels: vec![channel],
        fixtures: Fixture::built_in().map_err(|e| told(&e))?,
    };
    let findings = check.run().map_err(|e| told(&e))?;
    let (broken, flawed): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.breaks);
    if !broken.is_empty() {
        return Err(broken.iter().map(ToString::to_string).collect());
    }
    for finding in flawed {
        telemetry::own_content_flawed(channel, &finding.to_string());
    }
    telemetry::own_content(channel, files);
    Renderer::with(check.sources, shop).map_err(|e| told(&e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Content;

    fn shop() -> Shop {
        Shop {
            name: "Example Shop".to_owned(),
            url: "https://shop.example".to_owned(),
            default_locale: "en".to_owned(),
            ..Shop::default()
        }
    }

    fn subject(folder: Option<&Path>) -> String {
        subject_of("1001", folder)
    }

    /// The subject of an order's mail.
    fn subject_of(number: &str, folder: Option<&Path>) -> String {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let contents = Contents::open(shop(), Channel::Email, folder, now).unwrap();
        let mut fixture = Fixture::built_in().unwrap().remove(0);
        fixture.data.order.number = Some(number.to_owned());
        let content =
            Content { kind: "order.paid", locale: "en", time_zone: "UTC", data: &fixture.data };
        contents.render(Channel::Email, now, |renderer| renderer.email(&content)).unwrap().subject
    }

    fn folder(path: &str, text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        folder
    }

    #[test]
    fn the_shops_own_wording_stands_over_the_built_in() {
        let built_in = "Payment received for order 1001";
        assert_eq!(subject(None), built_in);
        let own = folder("locales/en.ftl", "paid-subject = Cheers for { $number }\n");
        assert_eq!(subject(Some(own.path())), "Cheers for 1001");
        let nothing = tempfile::tempdir().unwrap();
        assert_eq!(subject(Some(nothing.path())), built_in);
        assert_eq!(subject(Some(Path::new("/nowhere"))), built_in);
    }

    #[test]
    fn an_order_that_the_shops_own_template_fails_on_gets_the_built_in_one() {
        let template = "{% extends \"layout.txt\" %}\n\
            {% set subject = t(\"paid-subject\", number=nothing if order.number == \"13\" else \"own\") %}\n\
            {% set preheader = \"p\" %}{% set heading = \"h\" %}{% set intro = \"i\" %}\n\
            {% set facts = [] %}{% set action = none %}{% set link = none %}\n";
        let own = folder("templates/order.paid.txt", template);
        // Its heading is no longer used, which is told and costs nothing.
        assert_eq!(subject_of("12", Some(own.path())), "Payment received for order own");
        assert_eq!(subject_of("13", Some(own.path())), "Payment received for order 13");
    }

    #[test]
    fn a_flaw_in_what_is_built_in_costs_the_shop_nothing() {
        // Its name needs an alphabet in which built-in texts take a segment more.
        let shop = Shop { name: "文具店".to_owned(), ..shop() };
        let own = folder("locales/ja.ftl", "paid-push-title = 入金しました\n");
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let contents = Contents::open(shop, Channel::Sms, Some(own.path()), now).unwrap();
        assert!(contents.own.is_some());
    }

    #[test]
    fn a_broken_file_of_the_shop_costs_its_look_and_not_the_message() {
        let built_in = "Payment received for order 1001";
        for (path, text) in [
            ("locales/en.ftl", "paid-subject = Cheers for { $nmber }\n"),
            ("locales/en.ftl", "paid-subject = { \n"),
            // The parser panics on it.
            ("locales/en.ftl", "paid-subject = {\"\\u00é\"}\n"),
            ("locales/nl.ftl", "paid-subject = { $number } betaald\n"),
            ("templates/order.paid.txt", "{{ nothing }}"),
            ("templates/layout.mjml", "<mjml><mj-body><mj-nothing/></mj-body></mjml>"),
        ] {
            let own = folder(path, text);
            assert_eq!(subject(Some(own.path())), built_in, "{path}: {text}");
        }
    }
}
