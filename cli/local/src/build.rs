use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::files::{FileError, on};

/// Why the functions could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Cargo could not be run.
    #[error("cannot run {program}: {source}; install Rust from https://rustup.rs")]
    NoCargo {
        /// What was run.
        program: String,
        /// Why it did not.
        source: io::Error,
    },
    /// Cargo has said why on standard error.
    #[error("the functions do not build; cargo's messages above say why")]
    Failed,
    /// The workspace was moved or removed after this program was built.
    #[error("the source is no longer at {}; run `cargo bellhop` in a clone of it", .0.display())]
    NoWorkspace(PathBuf),
    /// The template names a binary that no crate builds.
    #[error("the template names the binary {0}, but no crate of the workspace builds it")]
    NoBinary(String),
    /// A function's archive could not be written.
    #[error("cannot pack {}: {source}", path.display())]
    Pack {
        /// The function's executable.
        path: PathBuf,
        /// Why it could not be packed.
        source: ZipError,
    },
    /// An executable could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The executables that were built, by the names of their binaries.
pub(crate) type Executables = BTreeMap<String, PathBuf>;

/// Builds these binaries of the workspace. With this profile, and features resolved
/// for the whole workspace, `cargo test --workspace`, `cargo bellhop` and this share
/// one build of the dependencies.
pub(crate) fn build(
    workspace: &Path,
    binaries: &BTreeSet<String>,
) -> Result<Executables, BuildError> {
    if !workspace.join("Cargo.toml").exists() {
        return Err(BuildError::NoWorkspace(workspace.to_owned()));
    }
    let known = known_binaries(workspace)?;
    if let Some(missing) = binaries.difference(&known).next() {
        return Err(BuildError::NoBinary(missing.clone()));
    }
    // Without a name, cargo would build everything.
    if binaries.is_empty() {
        return Ok(Executables::new());
    }
    let mut command = cargo(workspace);
    command
        .args(["build", "--workspace", "--message-format=json-render-diagnostics"])
        .args(binaries.iter().flat_map(|binary| ["--bin", binary]))
        .stdout(Stdio::piped());
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }

    let mut child = command.spawn().map_err(no_cargo)?;
    let mut executables = Executables::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            executables.extend(artifact(&line));
        }
    }
    if child.wait().map_err(no_cargo)?.success() {
        Ok(executables)
    } else {
        Err(BuildError::Failed)
    }
}

/// The binaries that the crates of the workspace build.
fn known_binaries(workspace: &Path) -> Result<BTreeSet<String>, BuildError> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        targets: Vec<Target>,
    }
    let output = cargo(workspace)
        .args(["metadata", "--no-deps", "--format-version=1"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(no_cargo)?;
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).map_err(|_| BuildError::Failed)?;
    let targets = metadata.packages.into_iter().flat_map(|package| package.targets);
    Ok(targets.filter(Target::is_binary).map(|target| target.name).collect())
}

/// Cargo as it runs this program, in the workspace.
fn cargo(workspace: &Path) -> Command {
    let mut command = Command::new(cargo_program());
    command.current_dir(workspace).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_a_package) {
            command.env_remove(name);
        }
    }
    command
}

fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn no_cargo(source: io::Error) -> BuildError {
    BuildError::NoCargo { program: Path::new(&cargo_program()).display().to_string(), source }
}

/// What cargo builds of a package.
#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

impl Target {
    fn is_binary(&self) -> bool {
        self.kind.iter().any(|kind| kind == "bin")
    }
}

/// Cargo describes the running package in the environment of what it runs.
/// Some build scripts watch these variables, so handing them on to another
/// cargo would make it build dependencies anew.
fn describes_a_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|p| variable.starts_with(p))
        || ["CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "CARGO_TARGET_TMPDIR", "OUT_DIR"]
            .contains(&variable)
}

/// The binary that one of cargo's messages reports as built or up to date.
fn artifact(message: &str) -> Option<(String, PathBuf)> {
    #[derive(Deserialize)]
    struct Message {
        target: Target,
        executable: Option<PathBuf>,
    }
    let Message { target, executable } = serde_json::from_str(message).ok()?;
    target.is_binary().then_some((target.name, executable?))
}

/// Copies an executable into `folder`, where a later build does not replace it,
/// and returns a function's code as Lambda wants it: a zip with a `bootstrap`.
///
/// The bootstrap only hands over to the copy. With debug builds of 50 MB each,
/// storing and extracting the programs themselves takes longer than all else
/// that a start does.
pub(crate) fn pack(executable: &Path, folder: &Path) -> Result<Vec<u8>, BuildError> {
    let copy = folder.join(executable.file_name().unwrap_or_default());
    fs::copy(executable, &copy).map_err(on("copy", executable))?;
    archive(&handover(&copy)).map_err(|source| BuildError::Pack { path: executable.into(), source })
}

/// A script that becomes the program.
fn handover(program: &Path) -> String {
    let quoted = program.display().to_string().replace('\'', r"'\''");
    format!("#!/bin/sh\nexec '{quoted}'\n")
}

fn archive(bootstrap: &str) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .unix_permissions(0o755);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bootstrap", options)?;
    zip.write_all(bootstrap.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_that_no_crate_builds_is_named_and_the_functions_ones_are_known() {
        let workspace = crate::workspace();
        let error = build(&workspace, &["no-such-function".to_owned()].into()).unwrap_err();
        assert!(
            matches!(&error, BuildError::NoBinary(name) if name == "no-such-function"),
            "{error}"
        );
        let known = known_binaries(&workspace).unwrap();
        assert!(known.contains("plan") && !known.contains("bellhop-local"), "{known:?}");
    }

    #[test]
    fn only_binaries_are_taken_from_cargos_messages() {
        let message = |kind: &str, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"kind":["{kind}"],"name":"plan"}},"executable":{executable},"fresh":true}}"#
            )
        };
        let plan = Some(("plan".to_owned(), PathBuf::from("/target/debug/plan")));
        assert_eq!(artifact(&message("bin", r#""/target/debug/plan""#)), plan);
        assert_eq!(artifact(&message("lib", "null")), None);
        assert_eq!(artifact(&message("custom-build", r#""/target/debug/b""#)), None);
        assert_eq!(artifact(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(artifact("not JSON"), None);
    }

    #[test]
    fn settings_of_cargo_are_handed_on_and_descriptions_of_a_package_are_not() {
        assert!(describes_a_package("CARGO_PKG_VERSION_MAJOR"));
        assert!(describes_a_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_a_package("CARGO_HOME"));
        assert!(!describes_a_package("CARGO_TARGET_DIR"));
        assert!(!describes_a_package("CARGO_PROFILE_DEV_DEBUG"));
    }

    #[test]
    fn a_bootstrap_hands_over_whatever_the_folder_is_called() {
        let script = handover(Path::new("/home/o'neill/a b/plan"));
        assert_eq!(script, "#!/bin/sh\nexec '/home/o'\\''neill/a b/plan'\n");
    }

    #[test]
    fn a_functions_code_is_an_executable_bootstrap() {
        let zip = archive("#!/bin/sh\n").expect("packs");
        let mut zip = zip::ZipArchive::new(Cursor::new(zip)).expect("a zip");
        let bootstrap = zip.by_name("bootstrap").expect("has a bootstrap");
        assert_eq!(bootstrap.unix_mode().map(|mode| mode & 0o777), Some(0o755));
    }
}
