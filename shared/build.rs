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

#[path = "src/content/template/mjml.rs"]
mod mjml;

/// What every notification type has, whatever its routes: an event may name
/// any channel.
const TEMPLATES_OF_A_TYPE: [&str; 4] = ["mjml", "txt", "sms.txt", "push.txt"];

fn main() -> ExitCode {
    for path in ["build.rs", "src/content/template/mjml.rs", "catalogue", "locales", "templates"] {
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

    let kind =
        |path: String| path.trim_start_matches("catalogue/").trim_end_matches(".toml").to_owned();
    let catalogue = files(&root, "catalogue", &[".toml"])?;
    let catalogue: BTreeMap<_, _> =
        catalogue.into_iter().map(|(path, file)| (kind(path), file)).collect();
    let mut sources = files(&root, "locales", &[".ftl"])?;
    sources.extend(files(&root, "templates", &[".txt", ".mjml", ".html"])?);
    let mut mjml = BTreeMap::new();
    for (path, file) in sources.iter().filter(|(path, _)| path.ends_with(".mjml")) {
        mjml.insert(path.trim_start_matches("templates/").to_owned(), read(file)?);
    }

    let mut html = BTreeMap::new();
    for kind in catalogue.keys() {
        for suffix in TEMPLATES_OF_A_TYPE {
            if !sources.contains_key(&format!("templates/{kind}.{suffix}")) {
                return Err(format!(
                    "shared/templates/{kind}.{suffix} is missing: shared/catalogue/{kind}.toml \
                     declares the type {kind}, and every type has this template"
                ));
            }
        }
        let source = |name: &str| mjml.get(name).map(String::as_str);
        let compiled = mjml::lines(kind, &source).and_then(|lines| mjml::compile(&lines));
        let compiled = compiled.map_err(|e| {
            let mjml::MjmlError { file, line, problem } = e;
            format!("shared/templates/{file}:{line}: {problem}")
        })?;
        let file = out.join(format!("{kind}.html"));
        write(&file, &compiled)?;
        html.insert(kind.to_owned(), file);
    }

    write(&out.join("catalogue_files.rs"), &list("CATALOGUE_FILES", &catalogue))?;
    write(&out.join("source_files.rs"), &list("SOURCE_FILES", &sources))?;
    write(&out.join("html_files.rs"), &list("HTML_FILES", &html))
}

/// The files below a directory whose names end so, by their path.
fn files(
    root: &Path,
    directory: &str,
    endings: &[&str],
) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.join(directory)];
    while let Some(current) = open.pop() {
        let unreadable = |e: io::Error| format!("{}: {e}", current.display());
        for entry in fs::read_dir(&current).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let within = path.strip_prefix(root).map_err(|e| e.to_string())?;
            // Names are spelled with `/` on every system.
            let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            if endings.iter().any(|ending| name.ends_with(ending)) {
                found.insert(name, path);
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
