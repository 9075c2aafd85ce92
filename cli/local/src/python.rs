use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

use crate::files::{self, FileError, on};

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The oldest Python that the local AWS runs on.
const OLDEST: (u32, u32) = (3, 10);

/// Written last into an environment. Its scripts hold absolute paths, so it
/// cannot be made elsewhere and moved here when complete.
const MARKER: &str = "complete";

/// Why the local AWS could not be installed.
#[derive(Debug, thiserror::Error)]
pub enum PythonError {
    /// There is no Python.
    #[error(
        "the local AWS needs Python 3.10 or newer, and neither python3 nor python can be run; \
         install it from your package manager or https://www.python.org"
    )]
    Missing,
    /// There is a Python, but an old one.
    #[error(
        "the local AWS needs Python 3.10 or newer, but {program} is {version}; install a newer one"
    )]
    TooOld {
        /// The newest Python there is.
        program: &'static str,
        /// Its version.
        version: String,
    },
    /// Some distributions ship Python in parts.
    #[error(
        "{program} lacks the modules that create virtual environments; \
         install them, on Debian or Ubuntu by `apt install python3-venv`"
    )]
    NoVenv {
        /// The Python that lacks them.
        program: &'static str,
    },
    /// A step of the installation failed.
    #[error("could not {step} (is the network reachable?); it ended with:\n{output}")]
    Failed {
        /// What was attempted.
        step: &'static str,
        /// The last lines it wrote.
        output: String,
    },
    /// A file of the installation could not be worked with.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The Python that has the local AWS, if it is installed.
pub(crate) fn installed(home: &Path) -> Option<PathBuf> {
    let environment = environment(home, REQUIREMENTS);
    let python = environment.join("bin/python");
    // The link dangles when the Python it was made from is gone.
    (environment.join(MARKER).exists() && python.exists()).then_some(python)
}

/// Installs the local AWS, unless another process just did, and returns its
/// Python. What an aborted installation left is repaired.
pub(crate) fn install(home: &Path) -> Result<PathBuf, PythonError> {
    let _lock = files::lock(&home.join("python.lock"))?;
    if let Some(python) = installed(home) {
        return Ok(python);
    }
    let environment = environment(home, REQUIREMENTS);
    if environment.exists() {
        fs::remove_dir_all(&environment).map_err(on("remove", &environment))?;
    }
    let base = find()?;
    run(
        "create a virtual environment for the local AWS",
        Command::new(base).args(["-m", "venv"]).arg(&environment),
    )?;

    let requirements = environment.join("requirements.txt");
    files::write_whole(&requirements, REQUIREMENTS)?;
    let python = environment.join("bin/python");
    run(
        "install the local AWS by pip",
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"])
            .arg("--requirement")
            .arg(&requirements),
    )?;
    let marker = environment.join(MARKER);
    fs::write(&marker, "").map_err(on("write", &marker))?;
    Ok(python)
}

/// Other requirements get another environment, so an update installs anew.
fn environment(home: &Path, requirements: &str) -> PathBuf {
    let hash = Sha256::digest(requirements);
    let hash: String = hash[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    home.join(format!("python-{hash}"))
}

/// The first Python that will do; else the error of the one that comes nearest.
fn find() -> Result<&'static str, PythonError> {
    const FACTS: &str = "import sys, importlib.util as u; \
        print(*sys.version_info[:2], all(map(u.find_spec, ('venv', 'ensurepip'))))";
    let mut nearest = PythonError::Missing;
    for program in ["python3", "python"] {
        let Ok(output) = Command::new(program).args(["-c", FACTS]).output() else { continue };
        match suitable(program, &String::from_utf8_lossy(&output.stdout)) {
            Ok(()) => return Ok(program),
            Err(PythonError::Missing) => {}
            Err(error) if matches!(nearest, PythonError::Missing) => nearest = error,
            Err(_) => {}
        }
    }
    Err(nearest)
}

/// Judges a Python by the line `3 11 True`: its version, and whether it has
/// the modules a virtual environment needs.
fn suitable(program: &'static str, facts: &str) -> Result<(), PythonError> {
    let words: Vec<&str> = facts.split_whitespace().collect();
    let [major, minor, venv] = words[..] else { return Err(PythonError::Missing) };
    let (Ok(major), Ok(minor)) = (major.parse(), minor.parse()) else {
        return Err(PythonError::Missing);
    };
    if (major, minor) < OLDEST {
        return Err(PythonError::TooOld { program, version: format!("{major}.{minor}") });
    }
    if venv != "True" {
        return Err(PythonError::NoVenv { program });
    }
    Ok(())
}

fn run(step: &'static str, command: &mut Command) -> Result<(), PythonError> {
    let failed = |output: String| PythonError::Failed { step, output };
    let Output { status, stdout, stderr } = command
        .env_remove("PYTHONHOME")
        .env_remove("PYTHONPATH")
        .output()
        .map_err(|e: io::Error| failed(format!("{}: {e}", named(command.get_program()))))?;
    if status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&stdout) + String::from_utf8_lossy(&stderr);
    Err(failed(files::last_lines(&text, 10)))
}

fn named(program: &OsStr) -> impl std::fmt::Display {
    Path::new(program).display()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(facts: &str) -> String {
        suitable("python3", facts).map_or_else(|e| format!("{e:?}"), |()| "suitable".into())
    }

    #[test]
    fn a_python_needs_an_age_and_the_modules_for_environments() {
        assert_eq!(verdict("3 10 True\n"), "suitable");
        assert_eq!(verdict("4 0 True"), "suitable");
        assert!(verdict("3 9 True").starts_with("TooOld"));
        assert!(verdict("2 7 True").starts_with("TooOld"));
        assert!(verdict("3 12 False").starts_with("NoVenv"));
        assert_eq!(verdict(""), "Missing");
        assert_eq!(verdict("Python was not found; run without arguments"), "Missing");
    }

    #[test]
    fn other_requirements_are_installed_elsewhere() {
        let home = Path::new("/home");
        assert_eq!(environment(home, "a==1"), environment(home, "a==1"));
        assert_ne!(environment(home, "a==1"), environment(home, "a==2"));
    }

    #[test]
    fn every_requirement_is_pinned() {
        let mut lines = REQUIREMENTS.lines().filter(|line| !line.starts_with('#'));
        assert!(lines.all(|line| line.contains("==")));
    }
}
