//! `push-app`: creates SNS's platform application from the credentials that FCM or APNs
//! gives out, or gives the one that is there new ones. CloudFormation can do neither.

mod application;
mod credentials;
mod der;
mod report;

use std::path::Path;
use std::process::ExitCode;

use bellhop::model::clock::{Clock, SystemClock, Timestamp};

use crate::CliError;
use crate::arguments::PushApp;
use crate::commands::doctor::stack::{self, StackFacts};
use crate::commands::doctor::{Level, push_findings, set_what_can_be};
use crate::connection::Connection;

use application::Kept;
pub use application::Was;
pub use credentials::{BundleId, Credentials, CredentialsError, KeyId, Service, TeamId};
pub use report::Report;

/// Runs the command. It fails with 1 if the application stands, but not all that belongs
/// to it.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &PushApp) -> Result<ExitCode, CliError> {
    // Before anything is asked of AWS.
    let credentials = read(arguments)?;
    let connection = Connection::to(&arguments.target).await?;
    let name = arguments.name.as_deref();
    let report = keep(&connection, &credentials, name, SystemClock.now()).await?;
    if arguments.json {
        crate::say(&report.json())?
    } else {
        crate::say(&report.text())?
    }
    let is_done = report.findings.iter().all(|finding| finding.level < Level::Error);
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The credentials that the arguments name.
///
/// # Errors
/// [`CliError`] if a file can't be read, or is not what it should be.
pub fn read(arguments: &PushApp) -> Result<Credentials, CliError> {
    let PushApp { fcm, apns, key_id, team_id, bundle_id, .. } = arguments;
    let service = if arguments.sandbox { Service::ApnsSandbox } else { Service::Apns };
    match (apns, key_id, team_id, bundle_id) {
        (Some(path), Some(key), Some(team), Some(bundle)) => {
            of_file(path, |text| Credentials::of_apns(text, service, key, team, bundle))
        }
        // One of both is given.
        _ => of_file(fcm.as_deref().unwrap_or(Path::new("")), Credentials::of_fcm),
    }
}

fn of_file(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<Credentials, CredentialsError>,
) -> Result<Credentials, CliError> {
    let file = |source| CliError::File { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(file)?;
    parse(&text).map_err(|problem| CliError::Credentials { path: path.to_owned(), problem })
}

/// Sees to it that SNS has the application with these credentials, and that it logs what
/// becomes of messages. To do it again is harmless.
///
/// # Errors
/// [`CliError`] if there is no stack, or SNS does not take the application.
pub async fn keep(
    connection: &Connection,
    credentials: &Credentials,
    name: Option<&str>,
    now: Timestamp,
) -> Result<Report, CliError> {
    let stack = stack::look(connection).await?;
    let name = name.unwrap_or_else(|| default_name(&stack));
    let sns = aws_sdk_sns::Client::new(connection.config());
    let Kept { arn, was } = application::keep(&sns, credentials, name).await?;
    let parameter = credentials.service().parameter();
    // As `doctor --fix` does, by the same looks and the same calls.
    let mut findings = push_findings(&sns, parameter, &arn, &stack, now).await;
    let fixed = set_what_can_be(&findings, &sns).await;
    if !fixed.done.is_empty() {
        findings = push_findings(&sns, parameter, &arn, &stack, now).await;
    }
    findings.extend(fixed.failed);
    Ok(Report {
        service: credentials.service(),
        name: name.to_owned(),
        arn,
        was,
        named_before: stack.parameter(parameter).to_owned(),
        fixed: fixed.done,
        findings,
    })
}

/// The deployment's name, by which its metrics go too.
fn default_name(stack: &StackFacts) -> &str {
    match stack.parameter("Stage") {
        "" => &stack.name,
        stage => stage,
    }
}
