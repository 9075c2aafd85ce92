//! The command line of Bellhop, and what it shares with the end-to-end tests.

pub mod arguments;
pub mod check;
pub mod connection;
mod content;
pub mod demo;
pub mod environment;
mod error;
pub mod local;
pub mod outbox;
pub mod preview;
pub mod publish;
pub mod render;
pub mod timeline;

pub use error::CliError;

use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line on standard output.
///
/// # Errors
/// [`CliError::Output`] if nobody can read it.
pub fn say(line: &impl Display) -> Result<(), CliError> {
    writeln!(io::stdout(), "{line}").map_err(CliError::Output)
}
