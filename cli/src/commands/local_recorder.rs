//! `local-recorder`: what `up` runs beside the local AWS to record its messages and to
//! serve the outbox page.

use std::process::ExitCode;

use bellhop_local::recorder;

use crate::{CliError, outbox};

/// Runs the command.
///
/// # Errors
/// [`CliError::Recorder`].
pub async fn run(upstream: String) -> Result<ExitCode, CliError> {
    let pages = outbox::pages();
    recorder::serve_inherited(upstream, pages).await.map_err(CliError::Recorder)?;
    Ok(ExitCode::SUCCESS)
}
