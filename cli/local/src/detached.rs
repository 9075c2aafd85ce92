//! A local AWS that outlives the command that started it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use crate::files::{self, FileError, on};
use crate::keeper::Owner;
use crate::process::Process;
use crate::progress::Progress;
use crate::{LocalError, LocalStack, Options, http, start};

/// The hidden command that a program which calls [`up`] must have: it serves as the
/// recorder beside a detached local AWS. It gets `--upstream URL` and calls
/// [`crate::recorder::serve_inherited`].
pub const RECORDER_COMMAND: &str = "local-recorder";

/// What `up` leaves for `down` and others.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    keeper: Process,
    log: PathBuf,
    stack: LocalStack,
}

/// What `down` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// A local AWS ran, and was ended.
    Ended,
    /// There was none.
    NoneRan,
}

/// Starts a local AWS that stays, or returns the one that stands.
///
/// # Errors
/// [`LocalError`], whose text says what to do.
pub async fn up(options: Options, progress: &dyn Progress) -> Result<LocalStack, LocalError> {
    let home = files::home()?;
    let _lock = lock(&home).await?;
    if let Some(state) = read(&home)? {
        if is_healthy(&state).await {
            let endpoint = state.stack.endpoint.clone();
            return match options.port {
                Some(port) if !endpoint.ends_with(&format!(":{port}")) => {
                    Err(LocalError::Elsewhere { endpoint, port })
                }
                _ => Ok(state.stack),
            };
        }
        end(&home, &state).await?;
    }
    let log = home.join("local-aws.log");
    let owner = |_: &start::Prepared, socket| {
        let recorder = vec![std::env::current_exe()?.into(), RECORDER_COMMAND.into()];
        Ok::<_, io::Error>(Owner::Nobody { recorder, socket })
    };
    let (keeper, stack) = start::start(options, progress, &home, &log, owner).await?;
    let keeper = keeper.release().and_then(Process::now).ok_or(LocalError::Vanished)?;
    let state = State { keeper, log, stack };
    let json = serde_json::to_string_pretty(&state).map_err(io::Error::from);
    let path = path(&home);
    files::write_whole(&path, &json.map_err(on("write", &path))?)?;
    Ok(state.stack)
}

/// Ends the local AWS that `up` left.
///
/// # Errors
/// [`LocalError`] if it cannot be ended.
pub async fn down() -> Result<Down, LocalError> {
    let home = files::home()?;
    let _lock = lock(&home).await?;
    let Some(state) = read(&home)? else { return Ok(Down::NoneRan) };
    let ran = state.keeper.is_alive();
    end(&home, &state).await?;
    Ok(if ran { Down::Ended } else { Down::NoneRan })
}

/// The local AWS that `up` left, if it still stands.
///
/// # Errors
/// [`LocalError`] if what `up` noted cannot be read.
pub async fn standing() -> Result<Option<LocalStack>, LocalError> {
    let home = files::home()?;
    match read(&home)? {
        Some(state) if is_healthy(&state).await => Ok(Some(state.stack)),
        _ => Ok(None),
    }
}

/// Two commands at once must not both start one.
async fn lock(home: &Path) -> Result<fs::File, FileError> {
    let path = home.join("local-aws.lock");
    crate::blocking(move || files::lock(&path)).await
}

fn path(home: &Path) -> PathBuf {
    home.join("local-aws.json")
}

/// A state that another version wrote, which cannot be read, counts as none.
fn read(home: &Path) -> Result<Option<State>, FileError> {
    let path = path(home);
    match fs::read(&path) {
        Ok(json) => Ok(serde_json::from_slice(&json).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(on("read", &path)(error)),
    }
}

async fn is_healthy(state: &State) -> bool {
    const PATIENCE: Duration = Duration::from_secs(5);
    if !state.keeper.is_alive() {
        return false;
    }
    let url = format!("{}/_ministack/health", state.stack.endpoint);
    matches!(timeout(PATIENCE, http::get(&url)).await, Ok(Ok(_)))
}

async fn end(home: &Path, state: &State) -> Result<(), LocalError> {
    state.keeper.end().await.map_err(LocalError::End)?;
    let path = path(home);
    Ok(fs::remove_file(&path).map_err(on("remove", &path))?)
}
