//! The ledger on DynamoDB. One table: `pk = ORDER#<order id>`, and per order
//! `STATE`, `NOTIFICATION#<key>`, `DELIVERY#<delivery id>`, `EVENT#<message id>`.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};

use super::expression::{self, encoding, expiry, millis};
use super::record::{DeliveryKey, DeliveryRecord, EventNote};
use super::timeline::OrderEntries;
use super::transition::{Fenced, Transition};
use super::{DeliveryLedger, NotificationLedger, ReadLedger, Recorded};
use crate::aws::fault;
use crate::clock;
use crate::event::OrderId;
use crate::failure::CallError;
use crate::plan::{Notification, OrderState};

type Item = HashMap<String, AttributeValue>;

/// The ledger on DynamoDB.
#[derive(Debug, Clone)]
pub struct DynamoLedger {
    client: Client,
    table: String,
}

impl DynamoLedger {
    /// A ledger in this table.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    async fn item(&self, key: Item) -> Result<Option<Item>, CallError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key));
        let answer = get.consistent_read(true).send().await;
        Ok(answer.map_err(|e| CallError::new("dynamodb:GetItem", &fault(&e)))?.item)
    }

    async fn put_once(&self, item: Item) -> Result<Option<Item>, CallError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match put.send().await {
            Ok(_) => Ok(None),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                match e.into_err() {
                    PutItemError::ConditionalCheckFailedException(e) => {
                        Ok(Some(e.item.unwrap_or_default()))
                    }
                    _ => Ok(Some(Item::new())),
                }
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }
}

fn partition(order: &OrderId) -> AttributeValue {
    AttributeValue::S(format!("ORDER#{}", order.as_str()))
}

fn key(order: &OrderId, sort: String) -> Item {
    HashMap::from([("pk".to_owned(), partition(order)), ("sk".to_owned(), AttributeValue::S(sort))])
}

fn delivery_sort(key: &DeliveryKey) -> String {
    format!("DELIVERY#{}", key.delivery_id)
}

fn decoding(error: serde_dynamo::Error) -> CallError {
    CallError::unexpected("dynamodb:decode", error)
}

fn attempts(updated: Option<&Item>) -> u32 {
    let number = updated.and_then(|item| item.get("attempts")?.as_n().ok()?.parse().ok());
    // Every transition sets it; were it lost, the first attempt would be the
    // safe guess, for it only makes the next wait shorter.
    number.unwrap_or(1)
}

impl DeliveryLedger for DynamoLedger {
    async fn apply(&self, of: &DeliveryKey, transition: &Transition) -> Result<Fenced, CallError> {
        let expressions = expression::of(of, transition)?;
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(&of.order_id, delivery_sort(of))))
            .update_expression(expressions.update)
            .condition_expression(expressions.condition)
            .set_expression_attribute_names(Some(expressions.names))
            .set_expression_attribute_values(Some(expressions.values))
            .return_values(ReturnValue::UpdatedNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await {
            Ok(answer) => Ok(Fenced::Made { attempts: attempts(answer.attributes()) }),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                let UpdateItemError::ConditionalCheckFailedException(e) = e.into_err() else {
                    return Ok(Fenced::Refused(None));
                };
                let record = e.item.map(|item| serde_dynamo::from_item(item).map_err(decoding));
                Ok(Fenced::Refused(record.transpose()?.map(Box::new)))
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }

    async fn delivery(&self, of: &DeliveryKey) -> Result<Option<DeliveryRecord>, CallError> {
        let item = self.item(key(&of.order_id, delivery_sort(of))).await?;
        item.map(|item| serde_dynamo::from_item(item).map_err(decoding)).transpose()
    }
}

impl NotificationLedger for DynamoLedger {
    async fn order_state(&self, order: &OrderId) -> Result<OrderState, CallError> {
        let item = self.item(key(order, "STATE".to_owned())).await?.unwrap_or_default();
        let number = |attribute: &str| item.get(attribute)?.as_n().ok()?.parse::<i64>().ok();
        Ok(OrderState {
            rank: number("told_rank").and_then(|rank| rank.try_into().ok()),
            newest_event_time: number("newest_event_time").map(clock::from_millis),
        })
    }

    async fn record(&self, notification: &Notification) -> Result<Recorded, CallError> {
        let order = &notification.data.order.id;
        let mut item: Item = serde_dynamo::to_item(notification).map_err(encoding)?;
        item.extend(key(order, format!("NOTIFICATION#{}", notification.key)));
        item.insert("ttl".to_owned(), expiry(notification.decided_at));
        match self.put_once(item).await? {
            None => Ok(Recorded::New),
            Some(stored) => {
                let stored = serde_dynamo::from_item(stored).map_err(decoding)?;
                Ok(Recorded::Before(Box::new(stored)))
            }
        }
    }

    async fn advance(&self, notification: &Notification) -> Result<(), CallError> {
        let order = &notification.data.order.id;
        let number = |n: i64| AttributeValue::N(n.to_string());
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(order, "STATE".to_owned())))
            .update_expression("SET told_rank = :rank, newest_event_time = :time, #ttl = :ttl")
            // The rank decides; among facts of one rank, the time.
            .condition_expression(
                "attribute_not_exists(pk) OR told_rank < :rank \
                 OR (told_rank = :rank AND newest_event_time < :time)",
            )
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":rank", number(notification.lifecycle_rank.into()))
            .expression_attribute_values(":time", millis(notification.event_time))
            .expression_attribute_values(":ttl", expiry(notification.decided_at));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(())
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        let mut item: Item = serde_dynamo::to_item(note).map_err(encoding)?;
        item.extend(key(order, format!("EVENT#{}", note.message_id)));
        item.insert("ttl".to_owned(), expiry(note.at));
        self.put_once(item).await.map(drop)
    }
}

impl ReadLedger for DynamoLedger {
    async fn order(&self, order: &OrderId) -> Result<OrderEntries, CallError> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", partition(order))
            .consistent_read(true)
            .into_paginator()
            .send();
        let mut entries = OrderEntries::default();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                add(&mut entries, item)?;
            }
        }
        Ok(entries)
    }
}

fn add(entries: &mut OrderEntries, item: Item) -> Result<(), CallError> {
    let sort = item.get("sk").and_then(|sk| sk.as_s().ok()).cloned().unwrap_or_default();
    match sort.split_once('#') {
        Some(("NOTIFICATION", _)) => {
            entries.notifications.push(serde_dynamo::from_item(item).map_err(decoding)?);
        }
        Some(("DELIVERY", id)) => {
            let record = serde_dynamo::from_item(item).map_err(decoding)?;
            entries.deliveries.push((crate::id::DeliveryId::new(id), record));
        }
        Some(("EVENT", _)) => {
            entries.notes.push(serde_dynamo::from_item(item).map_err(decoding)?);
        }
        _ => {}
    }
    Ok(())
}
