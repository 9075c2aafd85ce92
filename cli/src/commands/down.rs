//! `down`: ends the local AWS that `up` left.

use std::io::{self, Write};
use std::process::ExitCode;

use bellhop_local::Down;

use crate::CliError;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run() -> Result<ExitCode, CliError> {
    let line = match bellhop_local::down().await? {
        Down::Ended => "The local AWS is down.",
        Down::NoneRan => "No local AWS was up.",
    };
    _ = writeln!(io::stderr(), "{line}");
    Ok(ExitCode::SUCCESS)
}
