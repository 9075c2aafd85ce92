//! `up`: the local AWS, with the product deployed on it, until `down`.

use std::io::{self, Write};
use std::process::ExitCode;

use bellhop_local::{Options, ToStderr};

use crate::CliError;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(port: Option<u16>) -> Result<ExitCode, CliError> {
    let options = Options { port, ..Options::default() };
    let stack = bellhop_local::up(options, &ToStderr).await?;
    let line = serde_json::json!({
        "endpoint": stack.endpoint,
        "region": stack.region,
        "outputs": stack.outputs,
    });
    crate::say(&line)?;
    _ = writeln!(io::stderr(), "Messages: {}", stack.recorder_url);
    Ok(ExitCode::SUCCESS)
}
