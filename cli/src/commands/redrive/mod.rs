//! `redrive`: what stands on dead-letter queues, or has failed, and what releasing it
//! would do; then releases it.

mod edit;
mod entry;
mod failed;
mod judge;
mod letters;
mod mask;
mod pass;
mod progress;
mod queue;
mod report;
mod show;
mod since;

use std::process::ExitCode;

use bellhop::delivery::Consent;
use bellhop::model::OrderId;
use bellhop::model::clock::{Clock, SystemClock};

use crate::CliError;
use crate::arguments::{Redrive, RedriveOne};
use crate::connection::Connection;

use entry::Entry;
use failed::Search;
use judge::Judge;
use letters::Letters;
use pass::{Found, Mode, Pass};
use progress::Pace;

pub use queue::QueueName;
pub use report::Report;
pub use since::Since;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Redrive) -> Result<ExitCode, CliError> {
    match &arguments.one {
        Some(what) => {
            let (RedriveOne::Show { target, .. } | RedriveOne::Edit { target, .. }) = what;
            one(&Connection::to(target).await?, what).await
        }
        None => run_on(&Connection::to(&arguments.target).await?, arguments).await,
    }
}

/// Shows or edits one event.
///
/// # Errors
/// [`CliError`].
pub async fn one(connection: &Connection, what: &RedriveOne) -> Result<ExitCode, CliError> {
    let form = |json: &bool| if *json { Form::Json } else { Form::Text };
    match what {
        RedriveOne::Show { message, reveal, json, target: _ } => {
            let shown = if *reveal { show::Shown::Revealed } else { show::Shown::Masked };
            show::run(connection, message, shown, form(json)).await
        }
        RedriveOne::Edit { message, file, content, json, target: _ } => {
            let edit = edit::Edit { message, file: file.as_deref(), content: content.as_deref() };
            edit::run(connection, &edit, form(json)).await
        }
    }
}

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Looks at all that the arguments name, prints it, asks where somebody can answer, and
/// releases.
async fn run_on(connection: &Connection, arguments: &Redrive) -> Result<ExitCode, CliError> {
    let mut report = redrive(connection, arguments).await;
    let may_ask = !arguments.yes && report.failure.is_none() && !report.is_interrupted;
    if may_ask && agrees(arguments, report.entries()).await? {
        report = pass_all(connection, arguments, releasing(arguments)).await;
    }
    // What was done before it failed was done.
    report.print(if arguments.json { Form::Json } else { Form::Text })?;
    let is_done = report.is_done();
    match report.failure {
        Some(error) => Err(error),
        None => Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
    }
}

/// What the arguments ask for, without asking anybody: looks, or releases with `yes`.
pub async fn redrive(connection: &Connection, arguments: &Redrive) -> Report {
    let mode = if arguments.yes { releasing(arguments) } else { Mode::Look };
    pass_all(connection, arguments, mode).await
}

fn releasing(arguments: &Redrive) -> Mode {
    if arguments.drop_settled { Mode::ReleaseAndDrop } else { Mode::Release }
}

async fn pass_all(connection: &Connection, arguments: &Redrive, mode: Mode) -> Report {
    let (mut pace, mut found) = (Pace::new(arguments.rate), Found::default());
    let outcome = go(connection, arguments, mode, &mut pace, &mut found).await;
    pace.end();
    Report { found, is_interrupted: pace.is_interrupted(), failure: outcome.err() }
}

/// One pass through all that the arguments name.
async fn go(
    connection: &Connection,
    arguments: &Redrive,
    mode: Mode,
    pace: &mut Pace,
    found: &mut Found,
) -> Result<(), CliError> {
    let judge = Judge::of(connection, arguments.content.as_deref()).await?;
    let all = arguments.queues.is_empty();
    let queues = if all { &QueueName::ALL[..] } else { &arguments.queues };
    if arguments.failed || arguments.expired || arguments.abandoned {
        let orders = arguments.order.iter().map(|order| {
            OrderId::parse(order).map_err(|problem| CliError::OrderId(order.clone(), problem))
        });
        let search = Search {
            judge: &judge,
            jobs: &connection.jobs()?,
            failed: failed::wanted(arguments, SystemClock.now()),
            queues,
            orders: orders.collect::<Result<_, _>>()?,
            consent: if arguments.may_duplicate { Consent::MayDuplicate } else { Consent::Never },
        };
        return search.run(mode, pace, &mut found.entries).await;
    }
    for &queue in queues {
        if pace.is_interrupted() {
            break;
        }
        let letters = Letters::of(connection, queue)?;
        Pass { judge: &judge, letters, mode, pace, found }.run().await?;
    }
    Ok(())
}

/// Shows what was found, and asks whether to go on, where somebody can answer.
async fn agrees(arguments: &Redrive, entries: &[Entry]) -> Result<bool, CliError> {
    let acts = |entry: &&Entry| {
        entry.does_something() || (arguments.drop_settled && !entry.needs_somebody())
    };
    let count = entries.iter().filter(acts).count();
    if arguments.json || !crate::ask::can_answer() || count == 0 {
        return Ok(false);
    }
    for entry in entries {
        crate::say(&entry.line())?;
    }
    let what = if arguments.drop_settled { "Release or drop" } else { "Release" };
    Ok(crate::ask::agrees(&format!("{what} {count}?")).await)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use crate::arguments::Arguments;

    #[test]
    fn arguments_that_do_not_go_together_are_usage_errors() {
        Arguments::command().debug_assert();
        for (line, is_usable) in [
            ("redrive", true),
            ("redrive email sms-bulk --yes --rate 20 --drop-settled", true),
            ("redrive --failed --expired --abandoned --since 2h --until 2026-11-23", true),
            ("redrive push --abandoned --order A-1 A-2 --may-duplicate --json", true),
            ("redrive show m-1 --reveal --stack shop", true),
            ("redrive edit m-1 event.json", true),
            ("redrive nowhere", false),
            ("redrive --rate 0", false),
            ("redrive --since 2h", false),
            ("redrive --failed --since yesterday", false),
            ("redrive --may-duplicate", false),
            ("redrive --failed --drop-settled", false),
            ("redrive show", false),
            ("redrive --yes show m-1", false),
        ] {
            let words = std::iter::once("bellhop").chain(line.split(' '));
            let parsed = Arguments::try_parse_from(words);
            assert_eq!(parsed.is_ok(), is_usable, "{line}");
            if let Err(error) = parsed {
                assert_eq!(error.exit_code(), 2, "{line}");
            }
        }
    }
}
