//! Builds in what the crate is made of besides code: the catalogue, the wording
//! and the templates. MJML becomes HTML here, so that sending parses none;
//! MiniJinja's syntax passes through untouched.
//!
//! A notification type whose template is missing, and MJML that is not right,
//! end the build with the name of the file.
#![allow(clippy::print_stdout, reason = "a build script talks to Cargo by printing")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use mrml::prelude::render::RenderOptions;

/// What every notification type has, whatever its routes: an event may name
/// any channel.
const TEMPLATES_OF_A_TYPE: [&str; 4] = ["mjml", "txt", "sms.txt", "push.txt"];

/// The frame of every e-mail.
const LAYOUT: &str = "layout.mjml";
/// The name by which the frame includes the type's own MJML.
const CONTENT: &str = "content.mjml";

fn main() -> ExitCode {
    for path in ["build.rs", "catalogue", "locales", "templates"] {
        println!("cargo::rerun-if-changed={path}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={problem}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let root = directory("CARGO_MANIFEST_DIR")?;
    let out = directory("OUT_DIR")?;

    let catalogue = files(&root, "catalogue", ".toml")?;
    let locales = files(&root, "locales", ".ftl")?;
    let mjml = files(&root, "templates", ".mjml")?;
    let mut templates = files(&root, "templates", ".txt")?;
    for kind in catalogue.keys() {
        for suffix in TEMPLATES_OF_A_TYPE {
            let file = format!("shared/templates/{kind}.{suffix}");
            if !root.join("templates").join(format!("{kind}.{suffix}")).is_file() {
                return Err(format!(
                    "{file} is missing: shared/catalogue/{kind}.toml declares the type {kind}, \
                     and every type has this template"
                ));
            }
        }
        let html = out.join(format!("{kind}.html"));
        write(&html, &compile(kind, &mjml)?)?;
        templates.insert(format!("{kind}.html"), html);
    }
    // The text templates' names keep their suffix, as MiniJinja decides by it
    // what to escape.
    let templates = templates
        .into_iter()
        .map(
            |(name, path)| {
                if name.ends_with(".html") { (name, path) } else { (name + ".txt", path) }
            },
        )
        .collect();

    write(&out.join("catalogue_files.rs"), &list("CATALOGUE_FILES", &catalogue))?;
    write(&out.join("locale_files.rs"), &list("LOCALE_FILES", &locales))?;
    write(&out.join("template_files.rs"), &list("TEMPLATE_FILES", &templates))
}

/// The HTML of one type's e-mail.
fn compile(kind: &str, mjml: &BTreeMap<String, PathBuf>) -> Result<String, String> {
    let own = format!("{kind}.mjml");
    let source = |name: &str| {
        let name = if name == CONTENT { &own } else { name };
        match mjml.get(name.trim_end_matches(".mjml")) {
            Some(path) => read(path),
            None => Err(format!("shared/templates/{name} is missing")),
        }
    };
    let in_file = |problem: &dyn std::fmt::Display| {
        format!("the e-mail of {kind} (shared/templates/{own} on {LAYOUT}): {problem}")
    };
    let text = expand(&source(LAYOUT)?, &source).map_err(|e| in_file(&e))?;
    let parsed = mrml::parse(text).map_err(|e| in_file(&e))?;
    if let Some(warning) = parsed.warnings.first() {
        return Err(in_file(warning));
    }
    let html = parsed.element.render(&RenderOptions::default()).map_err(|e| in_file(&e))?;
    // The parser takes an element it does not know for HTML.
    match html.split_once("<mj-") {
        Some((_, rest)) => {
            let name = rest.split([' ', '>', '/']).next().unwrap_or_default();
            Err(in_file(&format!("<mj-{name}> is no MJML element, or can't stand where it does")))
        }
        None => Ok(html),
    }
}

/// The text with each `<mj-include path="…" />` replaced by the file it names.
/// The parser's own includes can't be nested, and what they include does not
/// know how wide it is.
fn expand(text: &str, source: &dyn Fn(&str) -> Result<String, String>) -> Result<String, String> {
    const OPEN: &str = "<mj-include path=\"";
    const CLOSE: &str = "\" />";
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (path, after) = after
            .split_once(CLOSE)
            .ok_or_else(|| format!("expected {OPEN}…{CLOSE} in the MJML"))?;
        expanded.push_str(before);
        expanded.push_str(&expand(&source(path)?, source)?);
        rest = after;
    }
    Ok(expanded + rest)
}

/// The files below a directory whose names end so, by their path within it
/// without that ending.
fn files(root: &Path, directory: &str, ending: &str) -> Result<BTreeMap<String, PathBuf>, String> {
    let top = root.join(directory);
    let mut found = BTreeMap::new();
    let mut open = vec![top.clone()];
    while let Some(current) = open.pop() {
        let unreadable = |e: io::Error| format!("{}: {e}", current.display());
        for entry in fs::read_dir(&current).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let within = path.strip_prefix(&top).map_err(|e| e.to_string())?;
            // Names are spelled with `/` on every system.
            let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
            if let Some(name) = parts.join("/").strip_suffix(ending) {
                found.insert(name.to_owned(), path);
            }
        }
    }
    Ok(found)
}

/// A constant of `(name, text)` pairs, sorted by name.
fn list(constant: &str, files: &BTreeMap<String, PathBuf>) -> String {
    let mut code = format!("const {constant}: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        // Writing to a String can't fail.
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code + "];\n"
}

fn directory(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("{variable} is not set"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}
