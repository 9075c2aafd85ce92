use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A file or folder that could not be worked with.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {source}", path.display())]
pub struct FileError {
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

/// Adds what was attempted, and where, to an I/O error.
pub(crate) fn on<'a>(
    action: &'static str,
    path: &'a Path,
) -> impl FnOnce(io::Error) -> FileError + 'a {
    move |source| FileError { action, path: path.to_owned(), source }
}

/// The folder of the workspace this program was built from.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The folder in which the local AWS is installed and keeps its state and logs.
///
/// # Errors
/// [`FileError`] if it can't be created.
pub fn home() -> Result<PathBuf, FileError> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let home = workspace().join(target).join("bellhop");
    fs::create_dir_all(&home).map_err(on("create", &home))?;
    Ok(home)
}

/// Writes a file as a whole, so that no reader ever sees a part of it.
///
/// # Errors
/// [`FileError`].
pub fn write_whole(path: &Path, content: &str) -> Result<(), FileError> {
    let draft = path.with_added_extension(std::process::id().to_string());
    fs::write(&draft, content).map_err(on("write", &draft))?;
    fs::rename(&draft, path).map_err(on("write", path))
}

/// Waits for the lock `path` and holds it as long as the returned file lives.
pub(crate) fn lock(path: &Path) -> Result<File, FileError> {
    let file = File::create(path).map_err(on("create", path))?;
    file.lock().map_err(on("lock", path))?;
    Ok(file)
}

/// Removes the logs that earlier processes left here more than a day ago.
pub(crate) fn remove_old_logs(home: &Path) -> Result<(), FileError> {
    const AGE: Duration = Duration::from_hours(24);
    for entry in fs::read_dir(home).map_err(on("read", home))?.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let old = || entry.metadata()?.modified()?.elapsed().map_err(io::Error::other);
        if name.starts_with("local-aws-")
            && name.ends_with(".log")
            && old().is_ok_and(|age| age > AGE)
        {
            // Another process may just have removed it.
            _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// The last lines of a log, for an error to show.
pub(crate) fn tail(path: &Path) -> String {
    last_lines(&fs::read(path).map_or_else(|e| e.to_string(), |b| lossy(&b)), 15)
}

/// The last `count` lines of a text that are not empty.
pub(crate) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_of_a_short_text_are_all_of_it() {
        assert_eq!(last_lines("a\n\nb\n", 15), "a\nb");
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }
}
