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
mod show;
mod since;

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use bellhop::delivery::Consent;
use bellhop::model::OrderId;
use bellhop::model::clock::{Clock, SystemClock};
use serde_json::json;

use crate::CliError;
use crate::arguments::{Redrive, RedriveOne};
use crate::connection::Connection;

use entry::{Done, Entry};
use failed::Search;
use judge::Judge;
use letters::Letters;
use pass::{Found, Mode, pass};
use progress::Pace;

pub use queue::QueueName;
pub use since::Since;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Redrive) -> Result<ExitCode, CliError> {
    match &arguments.one {
        Some(RedriveOne::Show { message, reveal, json, target }) => {
            let shown = if *reveal { show::Shown::Revealed } else { show::Shown::Masked };
            let form = if *json { Form::Json } else { Form::Text };
            return show::run(&Connection::to(target).await?, message, shown, form).await;
        }
        Some(RedriveOne::Edit { message, file, content, json, target }) => {
            let form = if *json { Form::Json } else { Form::Text };
            let connection = Connection::to(target).await?;
            let edited = edit::Edit { message, file: file.as_deref(), content: content.as_deref() };
            return edit::run(&connection, &edited, form).await;
        }
        None => {}
    }
    let connection = Connection::to(&arguments.target).await?;
    run_on(&connection, arguments).await
}

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the command on a stack, whichever one the arguments name.
///
/// # Errors
/// [`CliError`].
pub async fn run_on(connection: &Connection, arguments: &Redrive) -> Result<ExitCode, CliError> {
    let mut pace = Pace::new(arguments.rate);
    let mut found = Found::default();
    let mut mode = match (arguments.yes, arguments.drop_settled) {
        (true, true) => Mode::ReleaseAndDrop,
        (true, false) => Mode::Release,
        (false, _) => Mode::Look,
    };
    let mut outcome = go(connection, arguments, mode, &mut pace, &mut found).await;
    if outcome.is_ok() && mode == Mode::Look && asks(arguments, &found.entries)? {
        mode = if arguments.drop_settled { Mode::ReleaseAndDrop } else { Mode::Release };
        found = Found::default();
        outcome = go(connection, arguments, mode, &mut pace, &mut found).await;
    }
    pace.end();
    // What was done before it failed was done.
    print(arguments, &found, &pace)?;
    outcome?;
    let is_stuck = found.entries.iter().any(Entry::needs_somebody);
    let is_done = !is_stuck && !pace.is_interrupted();
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One pass through all that the arguments name.
async fn go(
    connection: &Connection,
    arguments: &Redrive,
    mode: Mode,
    pace: &mut Pace,
    found: &mut Found,
) -> Result<(), CliError> {
    let judge = Judge::of(connection, arguments.content.as_deref())?;
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
        pass(&judge, &letters, queue, mode, pace, found).await?;
    }
    Ok(())
}

/// Shows what was found, and asks whether to go on, where somebody can answer.
fn asks(arguments: &Redrive, entries: &[Entry]) -> Result<bool, CliError> {
    let count = entries.iter().filter(|entry| entry.does_something()).count();
    let droppable = entries.iter().filter(|entry| !entry.needs_somebody()).count() - count;
    let count = count + if arguments.drop_settled { droppable } else { 0 };
    let can_answer = io::stdin().is_terminal() && io::stderr().is_terminal();
    if arguments.json || !can_answer || count == 0 {
        return Ok(false);
    }
    for entry in entries {
        crate::say(&entry.line())?;
    }
    let what = if arguments.drop_settled { "Release or drop" } else { "Release" };
    _ = write!(io::stderr(), "{what} {count}? [y/N] ");
    _ = io::stderr().flush();
    let mut answer = String::new();
    // Who can't be read says no.
    _ = io::stdin().lock().read_line(&mut answer);
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn print(arguments: &Redrive, found: &Found, pace: &Pace) -> Result<(), CliError> {
    let Found { entries, unseen } = found;
    if arguments.json {
        let count = |done| entries.iter().filter(|entry| entry.done == done).count();
        return crate::say(&json!({
            "entries": entries,
            "released": count(Done::Released),
            "dropped": count(Done::Dropped),
            "left": entries.len() - count(Done::Released) - count(Done::Dropped),
            "unseen": unseen,
            "interrupted": pace.is_interrupted(),
        }));
    }
    for entry in entries {
        crate::say(&entry.line())?;
    }
    if entries.is_empty() {
        crate::say(&"Nothing is found.")?;
    } else {
        crate::say(&"")?;
        for line in entry::table(entries) {
            crate::say(&line)?;
        }
    }
    if *unseen > 0 {
        crate::say(&format_args!(
            "About {unseen} more stand behind these: SQS hands out ten of one group at most."
        ))?;
    }
    if pace.is_interrupted() {
        crate::say(&"Interrupted; run it again to go on.")?;
    }
    Ok(())
}
