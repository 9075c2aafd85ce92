//! A deployment's overrides: wording and templates in place of the built-in ones,
//! where they are in order. A mistake in them costs the look, never the message.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;

use super::{RenderError, Renderer};
use crate::model::Channel;
use crate::platform::telemetry;

/// Where a deployment's wording and templates stand: beside the function's
/// binary, or in a Lambda layer.
/// Source: Lambda developer guide, "Packaging your layer content".
const LAYER: &str = "/opt/content";
/// The same, within the function's own folder.
const BESIDE_BINARY: &str = "content";

/// The parts of a folder of types, wording and templates, and how their files' names end.
const PARTS: [(&str, &[&str]); 3] =
    [("catalogue", &[".toml"]), ("locales", &[".ftl"]), ("templates", &[".mjml", ".txt", ".html"])];

/// A folder of wording and templates that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{} can't be read: {source}", path.display())]
pub struct OverridesError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// The wording and templates that stand in a folder, by their path in it. Of
/// whatever else stands beside them the name alone.
///
/// # Errors
/// [`OverridesError`].
pub fn read_overrides(folder: &Path) -> Result<BTreeMap<String, String>, OverridesError> {
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
) -> Result<(), OverridesError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| OverridesError { path, source }
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
            // Known by name, so that the check can find that nothing reads it.
            texts.insert(name, String::new());
        }
    }
    Ok(())
}

/// Renders with a deployment's overrides, and else with the built-in texts.
#[derive(Debug)]
pub struct LayeredRenderer {
    overridden: Option<Renderer>,
    built_in: Renderer,
}

/// The folder of the deployment's wording and templates, if it has one.
pub fn override_folder() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.parent()?.join(BESIDE_BINARY);
    [beside, PathBuf::from(LAYER)].into_iter().find(|folder| folder.is_dir())
}

impl LayeredRenderer {
    /// The built-in texts, under overrides if there are any. What is overridden was
    /// checked.
    pub fn new(built_in: Renderer, overridden: Option<Renderer>) -> Self {
        Self { overridden, built_in }
    }

    /// Whether overrides are in use.
    pub fn is_overridden(&self) -> bool {
        self.overridden.is_some()
    }

    /// Renders a message; with what is built in, if it can't be rendered with the
    /// overrides.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn render<T>(
        &self,
        channel: Channel,
        now: Timestamp,
        render: impl Fn(&Renderer) -> Result<T, RenderError>,
    ) -> Result<T, RenderError> {
        match self.overridden.as_ref().map(&render) {
            Some(Ok(message)) => return Ok(message),
            Some(Err(error)) => {
                telemetry::overrides_broken(channel.as_str(), &[error.to_string()], now)
            }
            None => {}
        }
        render(&self.built_in)
    }
}

impl From<Renderer> for LayeredRenderer {
    /// This one alone.
    fn from(built_in: Renderer) -> Self {
        Self::new(built_in, None)
    }
}
