//! `explain`: why a customer got a message or none, a sentence each.

use std::process::ExitCode;

use bellhop::answers::{Answer, asked_email, asked_phone, of_contact, of_order};
use bellhop::channel::Recipient;
use bellhop::model::OrderId;
use bellhop::model::clock::{Clock, SystemClock};
use serde_json::json;

use crate::CliError;
use crate::arguments::{Explain, Target};
use crate::connection::Connection;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Explain) -> Result<ExitCode, CliError> {
    let Explain { order, email, phone, json, target } = arguments;
    let (answer, whole) = match (order, email, phone) {
        (Some(order), ..) => about_order(order, target).await?,
        (None, Some(email), _) => about_contact(asked_email(email)?, target).await?,
        (None, None, phone) => {
            about_contact(asked_phone(phone.as_deref().unwrap_or_default())?, target).await?
        }
    };
    if *json {
        crate::say(&whole)?;
        return Ok(ExitCode::SUCCESS);
    }
    for remark in &answer.remarks {
        crate::say(remark)?;
    }
    for explanation in &answer.explanations {
        crate::say(&format_args!("{}: {}.", explanation.order, explanation.sentence))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn about_order(
    order: &str,
    target: &Target,
) -> Result<(Answer, serde_json::Value), CliError> {
    let order =
        OrderId::parse(order).map_err(|problem| CliError::OrderId(order.to_owned(), problem))?;
    let ledger = Connection::to(target).await?.ledger().await?;
    let found = of_order(&ledger, &order, SystemClock.now()).await?;
    let whole = json!({
        "order": found.order,
        "remarks": found.answer.remarks,
        "explanations": found.answer.explanations,
    });
    Ok((found.answer, whole))
}

async fn about_contact(
    contact: Recipient,
    target: &Target,
) -> Result<(Answer, serde_json::Value), CliError> {
    let connection = Connection::to(target).await?;
    let (ledger, profiles) = (connection.ledger().await?, connection.profiles()?);
    let key = connection.contact_key().await?;
    let found = of_contact(&ledger, &profiles, &key, &contact, SystemClock.now()).await?;
    let whole = json!(found);
    Ok((found.answer, whole))
}
