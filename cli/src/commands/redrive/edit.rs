//! `redrive edit`: an event of a dead-letter queue is published anew, edited.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::{Value, json};

use super::{Form, QueueName, show};
use crate::CliError;
use crate::commands::publish::{self, EventFile, check};
use crate::connection::Connection;

/// What is edited, and by what.
pub(super) struct Edit<'a> {
    /// The message's id.
    pub(super) message: &'a str,
    /// The edited event; an editor opens the old one where there is none.
    pub(super) file: Option<&'a Path>,
    /// The shop's own types.
    pub(super) content: Option<&'a Path>,
}

/// Publishes the edited event, and then deletes the old one: whoever dies between the two
/// leaves a double, which is known as the same fact.
pub(super) async fn run(
    connection: &Connection,
    edit: &Edit<'_>,
    form: Form,
) -> Result<ExitCode, CliError> {
    let (letters, letter) = show::find(connection, edit.message, &QueueName::EVENTS).await?;
    let edited = edited(edit, &letter.body);
    // Editing may take longer than it is hidden.
    letters.show_again([letter]).await;
    let edited = edited?;
    let checked = check::check(std::slice::from_ref(&edited), edit.content)?;
    let mut queue = None;
    if checked.is_useful {
        queue = Some(publish::publish(connection, &edited).await?);
        let (letters, letter) = show::find(connection, edit.message, &QueueName::EVENTS).await?;
        letters.delete(&letter).await?;
    }
    if form == Form::Json {
        crate::say(&json!({"published": queue, "lines": checked.lines}))?;
    } else {
        checked.lines.iter().try_for_each(crate::say)?;
        crate::say(&match queue {
            Some(queue) => format!("{} → {queue}; the old one is deleted", edited.path.display()),
            None => "Nothing is published; the old one stays.".to_owned(),
        })?;
    }
    Ok(if queue.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The edited event.
fn edited(edit: &Edit<'_>, body: &str) -> Result<EventFile, CliError> {
    match edit.file {
        Some(path) => publish::read(path),
        None => in_editor(body),
    }
}

/// Opens the event in the operator's editor. The file is about people, so nobody else may
/// read it, and it does not stay.
fn in_editor(body: &str) -> Result<EventFile, CliError> {
    let editor = env::var("VISUAL").or_else(|_| env::var("EDITOR"));
    let editor = editor.ok().filter(|editor| !editor.trim().is_empty());
    let editor = editor.ok_or(CliError::NoEditor)?;
    let pretty = serde_json::from_str::<Value>(body).map(|event| format!("{event:#}\n"));
    let text = pretty.unwrap_or_else(|_| body.to_owned());
    let file = tempfile::Builder::new().prefix("bellhop-").suffix(".json").tempfile();
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CliError::File { path, source }
    };
    let mut file = file.map_err(failed(&env::temp_dir()))?;
    let path: PathBuf = file.path().to_owned();
    file.write_all(text.as_bytes()).map_err(failed(&path))?;
    // As a shell reads it: an editor may have arguments.
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(&path);
    let status = command.status().map_err(failed(&path))?;
    if !status.success() {
        return Err(CliError::EditorFailed(editor));
    }
    let body = fs::read_to_string(&path).map_err(failed(&path))?;
    Ok(EventFile { path: "the edited event".into(), body })
}
