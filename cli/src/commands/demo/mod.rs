//! `demo`: the whole product, from queue to message, on a local AWS.

mod report;
mod samples;
mod settle;

use std::io::{self, Write};
use std::process::ExitCode;

use bellhop_local::{LocalAws, LocalStack, Options, Progress, ToStderr, step};

use crate::arguments::Demo;
use crate::connection::Connection;
use crate::{CliError, outbox};

pub use report::{DeliveryRow, Report};
pub use samples::{Samples, samples_folder};
pub use settle::{hear, seed, settle};

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Demo) -> Result<ExitCode, CliError> {
    let samples = Samples::load(&samples_folder())?;
    let report = if arguments.keep {
        let stack = bellhop_local::up(Options::default(), &ToStderr).await?;
        let report = publish_samples(&stack, &samples, &ToStderr).await?;
        let page = &stack.recorder_url;
        _ = writeln!(io::stderr(), "Messages: {page}\nEnd it with: cargo bellhop down");
        report
    } else {
        let options = Options { pages: outbox::pages(), ..Options::default() };
        let aws = LocalAws::start(options, &ToStderr).await?;
        publish_samples(&aws.stack, &samples, &ToStderr).await?
    };
    if arguments.json {
        crate::say(&serde_json::json!(report))?;
    } else {
        crate::say(&report.table())?;
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Seeds the customers, publishes the events, waits until every delivery has
/// ended and its provider has reported, and compares with what was expected.
///
/// # Errors
/// [`CliError`] if anything does not end in time.
pub async fn publish_samples(
    stack: &LocalStack,
    samples: &Samples,
    progress: &dyn Progress,
) -> Result<Report, CliError> {
    let connection = Connection::to_local(stack);
    step(progress, "Seeding customers and devices", seed(&connection, samples)).await?;
    let settled = settle(&connection, samples);
    let mut published = step(progress, "Publishing events and delivering", settled).await?;
    let heard = hear(&connection, &mut published);
    step(progress, "Hearing from the providers", heard).await?;
    Ok(Report::of(&published))
}
