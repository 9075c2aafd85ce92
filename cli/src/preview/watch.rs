//! Waits for saves.

use std::path::Path;
use std::sync::mpsc;

use notify::{EventKind, RecursiveMode, Watcher};

use crate::CliError;

/// Does this after every save below the folder, until it fails.
pub(super) fn watch(
    folder: &Path,
    mut act: impl FnMut() -> Result<(), CliError>,
) -> Result<(), CliError> {
    let failed = |error: notify::Error| CliError::Watch {
        path: folder.to_owned(),
        problem: error.to_string(),
    };
    let (saved, saves) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(saved).map_err(failed)?;
    for part in ["locales", "templates"].map(|part| folder.join(part)) {
        if part.is_dir() {
            watcher.watch(&part, RecursiveMode::Recursive).map_err(failed)?;
        }
    }
    while let Ok(save) = saves.recv() {
        let mut changed = is_change(save.map_err(failed)?.kind);
        // An editor saves in several steps: they are one.
        while let Ok(save) = saves.try_recv() {
            changed |= is_change(save.map_err(failed)?.kind);
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
