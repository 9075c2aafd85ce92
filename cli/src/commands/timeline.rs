//! `timeline`: every decision and delivery of an order, in words.

use std::process::ExitCode;

use bellhop::ledger::{ReadLedger, StoryLine};
use bellhop::model::OrderId;
use bellhop::model::id::NotificationKey;

use crate::CliError;
use crate::arguments::Timeline;
use crate::connection::Connection;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Timeline) -> Result<ExitCode, CliError> {
    let order = OrderId::parse(&arguments.order)
        .map_err(|problem| CliError::OrderId(arguments.order.clone(), problem))?;
    let connection = Connection::to(&arguments.target).await?;
    let story = connection.ledger().await?.order(&order).await?.story();
    if arguments.json {
        crate::say(&serde_json::json!(story))?;
        return Ok(ExitCode::SUCCESS);
    }
    if story.is_empty() {
        crate::say(&format_args!("The ledger knows nothing of order {order}."))?;
    }
    for told in &story {
        crate::say(&line(told))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One line of the timeline, for people.
fn line(told: &StoryLine) -> String {
    let entry = &told.entry;
    let notification = entry.notification.as_ref().map(NotificationKey::as_str);
    let kind = notification.or(entry.kind.as_deref()).unwrap_or("?");
    let recipient = entry.recipient.as_ref().map_or("", |recipient| recipient.as_str());
    let message = entry.provider_message_id.as_ref().map(|id| format!(" ({id})"));
    let message = message.unwrap_or_default();
    format!("{:.3}  {kind:<20}  {recipient:<16}  {}{message}", entry.at, told.sentence)
}
