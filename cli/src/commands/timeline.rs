//! `timeline`: every decision and delivery of an order.

use std::process::ExitCode;

use bellhop::ledger::{ReadLedger, TimelineEntry};
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
    let timeline = connection.ledger()?.order(&order).await?.timeline();
    if arguments.json {
        crate::say(&serde_json::json!(timeline))?;
    } else if timeline.is_empty() {
        crate::say(&format_args!("The ledger knows nothing of order {}.", arguments.order))?;
    }
    if !arguments.json {
        for entry in &timeline {
            crate::say(&line(entry))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One line of the timeline, for people.
pub fn line(entry: &TimelineEntry) -> String {
    let notification = entry.notification.as_ref().map(NotificationKey::as_str);
    let kind = notification.or(entry.kind.as_deref()).unwrap_or("?");
    let mut line = format!("{:.3}  {kind:<28}", entry.at);
    let channel = entry.channel.map_or("", |channel| channel.as_str());
    let recipient = entry.recipient.as_ref().map_or("", |recipient| recipient.as_str());
    line.push_str(&format!("  {channel:<5}  {recipient:<24}  {}", entry.what));
    let words = || entry.reason.as_ref().map(|reason| format!("({})", reason.words()));
    let parts = [
        entry.reason.as_ref().map(ToString::to_string),
        entry.detail.clone().or_else(words),
        entry.provider_message_id.as_ref().map(ToString::to_string),
    ];
    for part in parts.into_iter().flatten() {
        line.push_str("  ");
        line.push_str(&part);
    }
    line
}
