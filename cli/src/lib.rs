//! The command line of Bellhop, and what it shares with the end-to-end tests.
#![deny(missing_docs)]

/// The command line's words.
pub mod arguments;

/// Asking whoever types.
mod ask;

/// The commands, one file or folder each.
pub mod commands;

/// The stack a command works on: the local one, or one on AWS.
pub mod connection;

/// The wording and templates that the commands work on, and the shop that sends.
mod content;

/// What can go wrong, each with what to do.
mod error;

/// What the gallery and the outbox page look like in common.
mod look;

/// The page that shows every message beside the history of its order.
pub mod outbox;

#[cfg(test)]
mod runbook;

pub use error::CliError;

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a warning to standard error: nobody need read it.
pub(crate) fn warn(line: &impl Display) {
    _ = writeln!(io::stderr(), "warning: {line}");
}

/// Writes to standard error why a command could not do its work. Where that is closed,
/// the exit code still says so.
pub fn complain(error: &CliError) {
    _ = writeln!(io::stderr(), "error: {error}");
}

/// Prints a line on standard output.
///
/// # Errors
/// [`CliError::Output`] if nobody can read it.
pub fn say(line: &impl Display) -> Result<(), CliError> {
    writeln!(io::stdout(), "{line}").map_err(CliError::Output)
}
