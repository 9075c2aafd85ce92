//! `simulate`: what SES and SNS report later, which the local AWS does not.

use std::process::ExitCode;

use aws_sdk_dynamodb::types::AttributeValue;
use bellhop::channel::Recipient;
use bellhop::delivery::DeliveryJob;
use bellhop::ledger::{DeliveryKey, ReadLedger};
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::model::failure::CallError;
use bellhop::model::id::DeliveryId;
use bellhop::model::{Channel, OrderId};
use bellhop::platform::aws::fault;
use bellhop_local::api::{LAMBDA, post};
use bellhop_local::reports::{self, Mail, Play};

use crate::CliError;
use crate::arguments::{Simulate, Target};
use crate::connection::Connection;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Simulate) -> Result<ExitCode, CliError> {
    // Of a real message only its provider knows.
    let connection = Connection::to(&Target::default()).await?;
    let unknown = || CliError::NoDelivery(arguments.delivery.clone());
    let key = find(&connection, &arguments.delivery).await?.ok_or_else(unknown)?;
    play(&connection, &key, arguments.play).await?;
    let order = &key.order_id;
    crate::say(&format_args!("Reported. `cargo bellhop timeline {order}` shows what came of it."))?;
    Ok(ExitCode::SUCCESS)
}

/// The delivery that a person names.
async fn find(connection: &Connection, named: &str) -> Result<Option<DeliveryKey>, CliError> {
    let channel = named.rsplit_once('/').and_then(|(order, channel)| {
        let channel = Channel::ALL.into_iter().find(|known| known.as_str() == channel)?;
        Some((OrderId::parse(order).ok()?, channel))
    });
    match channel {
        Some((order_id, channel)) => {
            let entries = connection.ledger().await?.order(&order_id).await?;
            let of_channel = entries.deliveries.into_iter();
            let of_channel = of_channel.filter(|(_, record)| record.facts.channel == channel);
            let latest = of_channel.max_by_key(|(_, record)| record.created_at);
            Ok(latest.map(|(delivery_id, _)| DeliveryKey { order_id, delivery_id }))
        }
        None => scan(connection, named).await,
    }
}

/// Whose delivery has this id. The local table is small.
async fn scan(connection: &Connection, id: &str) -> Result<Option<DeliveryKey>, CliError> {
    let mut pages = aws_sdk_dynamodb::Client::new(connection.config())
        .scan()
        .table_name(connection.output("LedgerTableName")?)
        .filter_expression("sk = :sk")
        .expression_attribute_values(":sk", AttributeValue::S(format!("DELIVERY#{id}")))
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|e| CallError::new("dynamodb:Scan", &fault(&e)))?;
        let order = page.items().first().and_then(|item| item.get("pk")?.as_s().ok());
        let order = order.and_then(|pk| OrderId::parse(pk.strip_prefix("ORDER#")?).ok());
        if let Some(order_id) = order {
            return Ok(Some(DeliveryKey { order_id, delivery_id: DeliveryId::new(id) }));
        }
    }
    Ok(None)
}

/// Lets the delivery's provider report this.
///
/// # Errors
/// [`CliError::NotReported`] if no provider would: it was not accepted, or such a thing
/// happens on other channels only.
pub async fn play(connection: &Connection, key: &DeliveryKey, play: Play) -> Result<(), CliError> {
    let entries = connection.ledger().await?.order(&key.order_id).await?;
    let impossible = |problem| CliError::NotReported { delivery: key.delivery_id.clone(), problem };
    let record = entries.deliveries.iter().find(|(id, _)| *id == key.delivery_id);
    let (_, record) = record.ok_or_else(|| impossible("the ledger does not know it"))?;
    let job = DeliveryJob::find(&entries.notifications, &key.delivery_id)
        .ok_or_else(|| impossible("no decision that led to it is known"))?;
    let id = record.provider_message_id.as_ref();
    let id = id.ok_or_else(|| impossible("no provider has accepted it"))?.as_str();
    let now = SystemClock.now();
    let other = || impossible("that happens on other channels only");
    match &job.recipient {
        Recipient::Email { address } => {
            let (order, delivery) = (key.order_id.as_str(), key.delivery_id.as_str());
            let mail = Mail::of(order, delivery, id, address.reveal());
            let event = reports::of_mail(&mail, play, now).ok_or_else(other)?;
            let sent = aws_sdk_sns::Client::new(connection.config())
                .publish()
                .topic_arn(connection.output("SesEventsTopicArn")?)
                .message(event.to_string());
            sent.send().await.map_err(|e| CallError::new("sns:Publish", &fault(&e)))?;
            Ok(())
        }
        Recipient::Sms { phone } => {
            let line = reports::of_sms(id, phone.reveal(), play, now).ok_or_else(other)?;
            hand_over(connection, &line).await
        }
        Recipient::Push { endpoint_arn, .. } => {
            let line = reports::of_push(id, endpoint_arn.as_str(), play, now).ok_or_else(other)?;
            hand_over(connection, &line).await
        }
    }
}

/// Calls `feedback-logs` as a subscription of CloudWatch Logs does.
async fn hand_over(connection: &Connection, line: &serde_json::Value) -> Result<(), CliError> {
    let path = format!("/2015-03-31/functions/{}-feedback-logs/invocations", connection.stack());
    let event = reports::logs_event(std::slice::from_ref(line));
    post(connection.config(), LAMBDA, "Invoke", &path, &event).await?;
    Ok(())
}
