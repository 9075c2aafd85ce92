//! `env`: a function's environment on the local stack, so that `cargo lambda
//! watch` can run that function alone, on the same tables and queues.

use std::collections::BTreeMap;
use std::process::ExitCode;

use bellhop_local::LocalStack;
use serde::Deserialize;

use crate::CliError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    environment: Environment,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Environment {
    variables: BTreeMap<String, String>,
}

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(function: &str) -> Result<ExitCode, CliError> {
    let stack = bellhop_local::standing().await?.ok_or(CliError::NoLocalStack)?;
    for (name, value) in variables(&stack, function).await? {
        crate::say(&format_args!("{name}={value}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The function's variables, and those by which the SDK finds the local AWS.
async fn variables(
    stack: &LocalStack,
    function: &str,
) -> Result<BTreeMap<String, String>, CliError> {
    let unknown = || CliError::NoFunction(function.to_owned());
    let name = format!("{}-{function}", bellhop_local::STACK);
    let url = format!("{}/2015-03-31/functions/{name}/configuration", stack.endpoint);
    let answer = bellhop_local::get(&url).await.map_err(|_| unknown())?;
    let configuration: Configuration = serde_json::from_slice(&answer).map_err(|_| unknown())?;
    let mut variables = configuration.environment.variables;
    let local = [
        ("AWS_ENDPOINT_URL", stack.endpoint.as_str()),
        ("AWS_ENDPOINT_URL_SESV2", &stack.recorder_url),
        ("AWS_ENDPOINT_URL_SNS", &stack.recorder_url),
        ("AWS_REGION", &stack.region),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
    ];
    variables.extend(local.map(|(name, value)| (name.to_owned(), value.to_owned())));
    Ok(variables)
}
