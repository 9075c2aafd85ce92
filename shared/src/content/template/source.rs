//! Where wording and templates come from: what is built in, and what a
//! deployment puts over it without compiling anything.
//!
//! A deployment's folder has the layout of `shared`: `locales/<tag>.ftl` and
//! `templates/…`. Its template overrides the built-in one of that name;
//! its wording overrides the built-in message by message, and a new locale is one
//! more file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::mjml::{self, Line, MjmlError};
use crate::catalogue::{Catalogue, CatalogueError};

include!(concat!(env!("OUT_DIR"), "/source_files.rs"));
include!(concat!(env!("OUT_DIR"), "/html_files.rs"));

/// Wording and templates.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A deployment's texts in place of the built-in ones, by their path.
    overrides: BTreeMap<String, String>,
    /// Where those were read from, for errors.
    folder: String,
    /// Whether they are all there is.
    whole: bool,
    /// Whether compiled MJML says where each piece stood.
    pub(crate) marked: bool,
}

impl Sources {
    /// What is built in.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// What is built in, under these texts by their path, which were read from a
    /// folder of this name.
    pub fn over_built_in(folder: &str, overrides: BTreeMap<String, String>) -> Self {
        Self { overrides, folder: folder.to_owned(), whole: false, marked: false }
    }

    /// These texts alone, as of the folder `shared` of the project.
    pub fn alone(folder: &str, texts: BTreeMap<String, String>) -> Self {
        Self { whole: true, ..Self::over_built_in(folder, texts) }
    }

    /// The same, but compiled MJML says where each piece stood.
    pub(crate) fn marked(&self) -> Self {
        Self { marked: true, ..self.clone() }
    }

    /// The text that stands at this path.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.override_text(path).or_else(|| self.built_in_text(path))
    }

    /// The deployment's text at this path.
    pub(crate) fn override_text(&self, path: &str) -> Option<&str> {
        self.overrides.get(path).map(String::as_str)
    }

    /// The built-in text at this path, where it counts.
    pub(crate) fn built_in_text(&self, path: &str) -> Option<&'static str> {
        let found = SOURCE_FILES.binary_search_by(|(known, _)| (*known).cmp(path));
        found.ok().filter(|_| !self.whole).map(|index| SOURCE_FILES[index].1)
    }

    /// The path as its reader knows it.
    pub(crate) fn shown(&self, path: &str) -> String {
        let theirs = self.whole || self.overrides.contains_key(path);
        if theirs { format!("{}/{path}", self.folder) } else { format!("shared/{path}") }
    }

    /// The path as a reader who adds to it knows it.
    pub(crate) fn override_place(&self, path: &str) -> String {
        if self.folder.is_empty() { self.shown(path) } else { format!("{}/{path}", self.folder) }
    }

    /// The shop's own types: their names and what their files say.
    pub fn own_types(&self) -> Vec<(&str, &str)> {
        let mut own = Vec::new();
        for (path, text) in &self.overrides {
            let name = path.strip_prefix("catalogue/");
            let name = name.and_then(|name| name.strip_suffix(".toml"));
            own.extend(name.map(|name| (name, text.as_str())));
        }
        own
    }

    /// Every type there are texts for: the built-in ones, and the shop's own.
    ///
    /// # Errors
    /// [`CatalogueError`], naming the file and the line.
    pub fn catalogue(&self) -> Result<Catalogue, CatalogueError> {
        let own = self.own_types();
        match self.whole {
            true => Catalogue::parse(&self.folder, &own),
            false => Catalogue::over_built_in(&self.folder, &own),
        }
    }

    /// Whether there is a text at this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.text(path).is_some()
    }

    /// The locales whose messages may differ from the built-in ones: all, if a
    /// template is overridden.
    pub fn changed_locales(&self) -> Vec<String> {
        let everywhere = ["templates/", "catalogue/"];
        let is_template = |path: &String| everywhere.iter().any(|part| path.starts_with(part));
        let template = self.overrides.keys().any(is_template);
        let changed =
            |locale: &String| self.overrides.contains_key(&format!("locales/{locale}.ftl"));
        self.locales().into_iter().filter(|locale| template || changed(locale)).collect()
    }

    /// The paths of the deployment's texts, if there is a folder of them beside
    /// what is built in.
    pub(crate) fn override_paths(&self) -> Option<Vec<&str>> {
        let layered = !self.whole && !self.folder.is_empty();
        layered.then(|| self.overrides.keys().map(String::as_str).collect())
    }

    /// The folder of the deployment's texts.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// The locales there is wording for, sorted.
    pub fn locales(&self) -> Vec<String> {
        let name =
            |path: &str| path.strip_prefix("locales/")?.strip_suffix(".ftl").map(str::to_owned);
        self.paths().into_iter().filter_map(name).collect()
    }

    /// The path of each text, sorted.
    pub(crate) fn paths(&self) -> BTreeSet<&str> {
        let built_in = SOURCE_FILES.iter().map(|(path, _)| *path).filter(|_| !self.whole);
        built_in.chain(self.overrides.keys().map(String::as_str)).collect()
    }

    /// A text template, a page's HTML, or the HTML of a type's MJML, by the engine's name
    /// for it: `order.paid.sms.txt`, `preferences/page.html`, `order.paid.html`.
    pub(crate) fn template(&self, name: &str) -> Result<Option<Cow<'_, str>>, MjmlError> {
        if let Some(page) = self.text(&format!("templates/{name}")) {
            return Ok(Some(Cow::Borrowed(page)));
        }
        let Some(kind) = name.strip_suffix(".html") else {
            return Ok(None);
        };
        let built_in =
            !self.marked && !self.whole && !self.overrides.keys().any(|p| p.ends_with(".mjml"));
        if built_in {
            let found = HTML_FILES.binary_search_by(|(known, _)| (*known).cmp(kind));
            return Ok(found.ok().map(|index| Cow::Borrowed(HTML_FILES[index].1)));
        }
        if self.text(&format!("templates/{kind}.mjml")).is_none() {
            return Ok(None);
        }
        let lines = self.mjml(kind)?;
        let html = if self.marked { mjml::compile_marked(&lines) } else { mjml::compile(&lines) };
        html.map(|html| Some(Cow::Owned(html)))
    }

    /// The lines of a type's MJML, on the frame.
    pub(crate) fn mjml(&self, kind: &str) -> Result<Vec<Line<'_>>, MjmlError> {
        mjml::lines(kind, &|name| self.text(&format!("templates/{name}")))
    }
}
