//! `publish`: events from files go to the queue that fits their type.

pub(crate) mod check;
mod shift;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bellhop::catalogue::{Catalogue, NotificationType};
use bellhop::event::{self, CustomerEvent, OrderEvent, Received};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::hash;
use bellhop::platform::aws::fault;

use crate::CliError;
use crate::arguments::Publish;
use crate::connection::Connection;

pub use shift::{happened, shift_to};

/// An event as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFile {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub body: String,
}

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Publish) -> Result<ExitCode, CliError> {
    let mut files = arguments.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    if arguments.now {
        shift_to(SystemClock.now(), &mut files);
        files.sort_by_key(happened);
    }
    if arguments.check {
        let checked = check::check(&files, arguments.content.as_deref())?;
        checked.lines.iter().try_for_each(crate::say)?;
        return Ok(if checked.is_useful { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let connection = Connection::to(&arguments.target).await?;
    for file in &files {
        let queue = publish(&connection, file).await?;
        crate::say(&format_args!("{} → {queue}", file.path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a file.
///
/// # Errors
/// [`CliError::File`].
pub fn read(path: &Path) -> Result<EventFile, CliError> {
    let body = fs::read_to_string(path)
        .map_err(|source| CliError::File { path: path.to_owned(), source })?;
    Ok(EventFile { path: path.to_owned(), body })
}

/// The order event that a file holds, and its type.
///
/// # Errors
/// [`CliError::Event`], [`CliError::UnknownType`].
pub fn order_event<'c>(
    file: &EventFile,
    catalogue: &'c Catalogue,
) -> Result<(OrderEvent, &'c NotificationType), CliError> {
    let invalid = |source| CliError::Event { path: file.path.clone(), source };
    let received = Received { sent_at: SystemClock.now() };
    let envelope = event::open(&file.body, received).map_err(invalid)?;
    let kind = catalogue.find(&envelope.kind).ok_or_else(|| CliError::UnknownType {
        path: file.path.clone(),
        kind: envelope.kind.clone(),
        nearest: catalogue.nearest(&envelope.kind).map(str::to_owned),
    })?;
    Ok((kind.admit(envelope).map_err(invalid)?, kind))
}

/// Publishes an event as it is; the name of its queue. What is no event goes to the
/// order events, where it becomes a dead letter with its reason.
///
/// # Errors
/// [`CliError`] if it is not known to be on the queue.
pub async fn publish(connection: &Connection, file: &EventFile) -> Result<&'static str, CliError> {
    let now = SystemClock.now();
    let opened = event::open(&file.body, Received { sent_at: now }).ok();
    let customer = opened.filter(|envelope| CustomerEvent::is_type(&envelope.kind));
    let (name, output, group) = match customer {
        Some(envelope) => {
            let group = envelope.customer_event().ok().map(|e| e.fact.customer_id().to_string());
            ("customer-events", "CustomerEventsQueueUrl", group)
        }
        None => {
            let group = event::order_id_hint(&file.body).map(|order| order.as_str().to_owned());
            ("order-events", "OrderEventsQueueUrl", group)
        }
    };
    connection
        .sqs()
        .send_message()
        .queue_url(connection.output(output)?)
        .message_group_id(group.as_deref().unwrap_or("unidentified"))
        // Publishing a file again is meant: SQS must not drop it.
        .message_deduplication_id(unique(&file.body, now))
        .message_body(&file.body)
        .send()
        .await
        .map_err(|e| CallError::new("sqs:SendMessage", &fault(&e)))?;
    Ok(name)
}

fn unique(body: &str, now: Timestamp) -> String {
    hash(["publish", body, &now.to_string(), &std::process::id().to_string()])
}
