//! `doctor`: what is set wrongly or missing in a stack and its account, and what to do.
//!
//! One file per subject. In each, `look` asks AWS for facts, and `judge`, which asks
//! nobody, makes findings of them.

mod alarms;
mod content;
mod examine;
mod feedback;
mod finding;
mod fix;
mod functions;
mod identity;
mod logging;
pub(in crate::commands) mod looked;
mod metrics;
mod producers;
mod push;
mod queues;
mod sending;
mod shop;
mod sms;
pub(in crate::commands) mod stack;

use std::process::ExitCode;

use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use serde_json::json;

use crate::CliError;
use crate::arguments::Doctor;
use crate::connection::Connection;

pub use finding::{Code, Finding, Level, Subject};

/// Nothing could be looked at. `clap` ends so too where the arguments are wrong.
const BLIND: u8 = 2;

/// What a doctor's visit comes to.
#[derive(Debug)]
pub struct Report {
    /// All that was looked at, by subject.
    pub findings: Vec<Finding>,
    /// What `--fix` has set.
    pub fixed: Vec<String>,
}

/// Runs the command. It fails with 1 if something is wrong, with 2 if nothing could be
/// looked at.
///
/// # Errors
/// [`CliError::Output`].
pub async fn run(arguments: &Doctor) -> Result<ExitCode, CliError> {
    let report = match visit(arguments).await {
        Ok(report) => report,
        Err(error) => {
            crate::complain(&error);
            return Ok(ExitCode::from(BLIND));
        }
    };
    if arguments.json {
        crate::say(&json!({"findings": report.findings, "fixed": report.fixed}))?;
    } else {
        crate::say(&text(&report))?;
    }
    let sick = report.findings.iter().any(|finding| finding.level == Level::Error);
    Ok(if sick { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn visit(arguments: &Doctor) -> Result<Report, CliError> {
    let connection = Connection::to(&arguments.target).await?;
    let now = SystemClock.now();
    if arguments.fix { fix(&connection, now).await } else { look(&connection, now).await }
}

/// Looks at everything.
///
/// # Errors
/// [`CliError`] if there is no stack to look at.
pub async fn look(connection: &Connection, now: Timestamp) -> Result<Report, CliError> {
    let stack = stack::look(connection).await?;
    let findings = examine::all(connection.config(), &stack, now).await;
    Ok(Report { findings, fixed: Vec::new() })
}

/// Looks at everything, sets what can be set, and looks again.
///
/// # Errors
/// [`CliError`] if there is no stack to look at.
pub async fn fix(connection: &Connection, now: Timestamp) -> Result<Report, CliError> {
    let before = look(connection, now).await?;
    let sns = aws_sdk_sns::Client::new(connection.config());
    let fixed = fix::carry_out(&before.findings, &sns).await;
    if fixed.done.is_empty() && fixed.failed.is_empty() {
        return Ok(before);
    }
    let mut after = look(connection, now).await?;
    after.findings.extend(fixed.failed);
    after.findings.sort_by_key(|finding| finding.subject);
    Ok(Report { fixed: fixed.done, ..after })
}

/// What there is to say about the platform application that a parameter names, or will.
pub(super) async fn push_findings(
    sns: &aws_sdk_sns::Client,
    parameter: &str,
    arn: &str,
    stack: &stack::StackFacts,
    now: Timestamp,
) -> Vec<Finding> {
    match push::look(sns, arn).await {
        Ok(application) => push::judge(parameter, arn, application.as_ref(), stack, now),
        Err(blind) => vec![blind.finding(Subject::Push)],
    }
}

/// Sets what can be set of what was found.
pub(super) async fn set_what_can_be(findings: &[Finding], sns: &aws_sdk_sns::Client) -> fix::Fixed {
    fix::carry_out(findings, sns).await
}

/// The report for people.
fn text(report: &Report) -> String {
    let mut text = String::new();
    for fixed in &report.fixed {
        text.push_str(&format!("fixed: {fixed}\n"));
    }
    for finding in &report.findings {
        text.push_str(&format!("{finding}\n"));
    }
    let count = |level| report.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    text.push_str(&format!("{errors} errors, {warnings} warnings, {} in order.", count(Level::Ok)));
    text
}
