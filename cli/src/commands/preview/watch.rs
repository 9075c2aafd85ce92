//! Waits for saves.

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use notify::{EventKind, RecursiveMode, Watcher};

use crate::CliError;

/// Does this after every save below these folders, until it fails.
pub(super) fn watch(
    folders: &[PathBuf],
    mut act: impl FnMut() -> Result<(), CliError>,
) -> Result<(), CliError> {
    let failed = |folder: &Path, error: &notify::Error| CliError::Watch {
        path: folder.to_owned(),
        problem: error.to_string(),
    };
    let anywhere = |error: notify::Error| failed(Path::new("the folder"), &error);
    let (saved, saves) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(saved).map_err(anywhere)?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|e| failed(folder, &e))?;
    }
    while let Ok(save) = saves.recv() {
        let mut changed = is_change(save.map_err(anywhere)?.kind);
        // An editor saves in several steps: they are one.
        while let Ok(save) = saves.try_recv() {
            changed |= is_change(save.map_err(anywhere)?.kind);
        }
        if changed {
            act()?;
        }
    }
    Ok(())
}

fn is_change(kind: EventKind) -> bool {
    kind.is_create() || kind.is_modify() || kind.is_remove()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_save_is_acted_upon_until_that_fails() {
        let folder = tempfile::tempdir().unwrap();
        let (locales, file) = (folder.path().join("locales"), "en.ftl");
        fs::create_dir_all(&locales).unwrap();
        let path = folder.path().to_owned();
        let enough = || CliError::Output(io::Error::other("enough"));
        let watching = thread::spawn(move || watch(&[path], || Err(enough())));
        // When the watching has begun is not known, so saves go on until one is seen.
        for n in 0.. {
            if watching.is_finished() {
                break;
            }
            fs::write(locales.join(file), format!("save = {n}\n")).unwrap();
            thread::sleep(Duration::from_millis(5));
        }
        let ended = watching.join().unwrap().unwrap_err();
        assert!(ended.to_string().contains("enough"), "{ended}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let nothing = tempfile::tempdir().unwrap();
        let missing = nothing.path().join("locales");
        assert!(watch(&[missing], || Ok(())).is_err());
    }
}
