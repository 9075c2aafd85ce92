//! The ledger on DynamoDB. One table: `pk = ORDER#<order id>`, and per order
//! `NOTIFICATION#<key>`, `DELIVERY#<delivery id>`, `EVENT#<message id>`, and of a guest's
//! order `SALT`; and
//! `pk = HOLD#<channel>` with `HOLD`, that a channel is held.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};

use jiff::Timestamp;

use super::expression::{self, expiry};
use super::record::{DeliveryKey, DeliveryRecord, Retention};
use super::timeline::OrderEntries;
use super::transition::{Fenced, Tally, Transition};
use super::vault::{Found, SALT, Salts, Vault, read_salt};
use super::{DeliveryLedger, Hold, Holds, ReadLedger, Unreadable};
use crate::customer::ContactHash;
use crate::model::failure::CallError;
use crate::model::id::{DeliveryId, NotificationKey};
use crate::model::{Channel, OrderId, ProviderMessageId};
use crate::plan::{
    EventNote, Notification, NotificationId, NotificationLedger, Recorded, SealedFor,
};
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};

/// The index of deliveries by the provider's id of the message.
const MESSAGE_INDEX: &str = "provider-message-id";

/// What partition keys begin with.
pub(super) const ORDER: &str = "ORDER#";

/// What a delivery's sort key begins with.
pub(super) const DELIVERY: &str = "DELIVERY#";

/// What a notification's sort key begins with.
pub(super) const NOTIFICATION: &str = "NOTIFICATION#";

/// The ledger on DynamoDB. Without a [`Vault`] it knows of deliveries only.
#[derive(Debug, Clone)]
pub struct DynamoLedger<V = ()> {
    pub(super) client: Client,
    pub(super) table: String,
    pub(super) retention: Retention,
    pub(super) vault: V,
}

/// The ledger with notifications, whose personal data is sealed.
pub type SealedLedger = DynamoLedger<Vault>;

impl DynamoLedger {
    /// A ledger in this table, of deliveries.
    pub fn new(client: Client, table: impl Into<String>, retention: Retention) -> Self {
        Self { client, table: table.into(), retention, vault: () }
    }

    /// The same with notifications.
    pub fn with(self, vault: Vault) -> SealedLedger {
        let Self { client, table, retention, vault: () } = self;
        DynamoLedger { client, table, retention, vault }
    }
}

impl<V> DynamoLedger<V> {
    /// A query of an order's items, as the table has them now.
    pub(super) fn query(&self, order: &OrderId, condition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression(condition)
            .expression_attribute_values(":pk", partition(order))
            .consistent_read(true)
    }

    pub(super) async fn item(&self, key: Item) -> Result<Option<Item>, CallError> {
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
    AttributeValue::S(format!("{ORDER}{}", order.as_str()))
}

/// The delivery whose item has this key; none if it is no delivery's.
pub fn delivery_of_key(partition: &str, sort: &str) -> Option<DeliveryKey> {
    let order_id = OrderId::parse(partition.strip_prefix(ORDER)?).ok()?;
    let delivery_id = DeliveryId::new(sort.strip_prefix(DELIVERY)?);
    Some(DeliveryKey { order_id, delivery_id })
}

/// The order of the notification whose item has this key; none if it is none's.
pub fn order_of_notification(partition: &str, sort: &str) -> Option<OrderId> {
    notification_of_key(partition, sort).map(|id| id.order_id)
}

pub(super) fn notification_of_key(partition: &str, sort: &str) -> Option<NotificationId> {
    let key = NotificationKey::from(sort.strip_prefix(NOTIFICATION)?);
    Some(NotificationId { order_id: OrderId::parse(partition.strip_prefix(ORDER)?).ok()?, key })
}

/// The index of notifications by a contact point's hash, and the attribute that has it.
pub(super) fn contact_index(channel: Channel) -> Option<(&'static str, &'static str)> {
    match channel {
        Channel::Email => Some(("email-hash", "email_hash")),
        Channel::Sms => Some(("phone-hash", "phone_hash")),
        Channel::Push => None,
    }
}

pub(super) fn key(order: &OrderId, sort: String) -> Item {
    HashMap::from([("pk".to_owned(), partition(order)), ("sk".to_owned(), AttributeValue::S(sort))])
}

fn delivery_sort(key: &DeliveryKey) -> String {
    format!("{DELIVERY}{}", key.delivery_id)
}

fn tally(updated: Option<&Item>) -> Tally {
    let number = |name: &str| updated.and_then(|item| item.get(name)?.as_n().ok()?.parse().ok());
    // Every transition sets them; were they lost, the first attempt would be the
    // safe guess, for it only makes the next wait shorter.
    Tally { attempts: number("attempts").unwrap_or(1), doubts: number("doubts").unwrap_or(0) }
}

impl<V: Sync> DeliveryLedger for DynamoLedger<V> {
    async fn apply(&self, of: &DeliveryKey, transition: &Transition) -> Result<Fenced, CallError> {
        let expressions = expression::of(of, transition, self.retention)?;
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
            Ok(answer) => Ok(Fenced::Applied(tally(answer.attributes()))),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                let UpdateItemError::ConditionalCheckFailedException(e) = e.into_err() else {
                    return Ok(Fenced::Conflict(None));
                };
                let record = e.item.map(item::read);
                Ok(Fenced::Conflict(record.transpose()?.map(Box::new)))
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }

    async fn delivery(&self, of: &DeliveryKey) -> Result<Option<DeliveryRecord>, CallError> {
        let item = self.item(key(&of.order_id, delivery_sort(of))).await?;
        item.map(item::read).transpose()
    }

    async fn deliveries_of(&self, order: &OrderId) -> Result<Vec<DeliveryRecord>, CallError> {
        let of_order = "pk = :pk AND begins_with(sk, :sort)";
        let sort = AttributeValue::S(DELIVERY.to_owned());
        let query = self.query(order, of_order).expression_attribute_values(":sort", sort);
        let mut pages = query.into_paginator().send();
        let mut records = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                records.push(item::read(item)?);
            }
        }
        Ok(records)
    }
}

impl NotificationLedger for SealedLedger {
    async fn record(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Recorded, CallError> {
        let (item, salts) = self.sealed_item(notification, sealed_for).await?;
        let Some(stored) = self.put_once(item).await? else { return Ok(Recorded::New) };
        let salts = self.vault.salts(vec![&stored], salts).await?;
        match self.vault.open(&notification.id(), stored, &salts)? {
            Found::Whole(stored) => Ok(Recorded::Before(stored)),
            Found::Sealed(sealed) => match sealed.unreadable {
                Unreadable::Erased => Ok(Recorded::Erased),
                // An operator can mend it, so the event waits.
                unreadable => Err(CallError::unexpected("ledger:open", unreadable.reason())),
            },
        }
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        let mut item: Item = item::write(note)?;
        item.extend(key(order, format!("EVENT#{}", note.message_id)));
        item.insert("ttl".to_owned(), expiry(note.at, self.retention));
        self.put_once(item).await.map(drop)
    }
}

impl ReadLedger for SealedLedger {
    async fn order(&self, order: &OrderId) -> Result<OrderEntries, CallError> {
        let mut pages = self.query(order, "pk = :pk").into_paginator().send();
        let mut entries = OrderEntries::default();
        let (mut notifications, mut salts) = (Vec::new(), Salts::default());
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                let sort =
                    item.get("sk").and_then(|sk| sk.as_s().ok()).cloned().unwrap_or_default();
                match sort.split_once('#') {
                    Some(("NOTIFICATION", key)) => notifications.push((key.into(), item)),
                    Some(("DELIVERY", id)) => {
                        entries.deliveries.push((DeliveryId::new(id), item::read(item)?));
                    }
                    Some(("EVENT", _)) => entries.notes.push(item::read(item)?),
                    None if sort == SALT => salts.order = Some(read_salt(item)?),
                    _ => {}
                }
            }
        }
        let items = notifications.iter().map(|(_, item)| item).collect();
        let salts = self.vault.salts(items, salts).await?;
        for (key, item) in notifications {
            let id = NotificationId { order_id: order.clone(), key };
            match self.vault.open(&id, item, &salts)? {
                Found::Whole(notification) => entries.notifications.push(*notification),
                Found::Sealed(sealed) => entries.sealed.push(*sealed),
            }
        }
        Ok(entries)
    }

    async fn notifications_of(
        &self,
        channel: Channel,
        contact: &ContactHash,
        most: usize,
    ) -> Result<Vec<NotificationId>, CallError> {
        let Some((index, attribute)) = contact_index(channel) else {
            return Ok(Vec::new());
        };
        let contact = AttributeValue::S(contact.as_str().to_owned());
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(index)
            .key_condition_expression(format!("{attribute} = :contact"))
            .expression_attribute_values(":contact", contact)
            .scan_index_forward(false)
            .limit(most.try_into().unwrap_or(i32::MAX))
            .into_paginator()
            .send();
        let id = |item: &Item| {
            let key = |name| item.get(name)?.as_s().ok().map(String::as_str);
            notification_of_key(key("pk")?, key("sk")?)
        };
        let mut found = Vec::new();
        // A page ends at the limit, or at a megabyte.
        while found.len() < most
            && let Some(page) = pages.next().await
        {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            found.extend(page.items().iter().filter_map(id));
        }
        found.truncate(most);
        Ok(found)
    }

    async fn delivery_of_message(
        &self,
        message: &ProviderMessageId,
    ) -> Result<Option<DeliveryKey>, CallError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(MESSAGE_INDEX)
            .key_condition_expression("provider_message_id = :id")
            .expression_attribute_values(":id", AttributeValue::S(message.to_string()))
            .limit(1)
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
        let key = |name| answer.items().first()?.get(name)?.as_s().ok().map(String::as_str);
        let keys = key("pk").zip(key("sk"));
        Ok(keys.and_then(|(partition, sort)| delivery_of_key(partition, sort)))
    }
}

/// What the sort key of a channel's hold is.
const HOLD: &str = "HOLD";

fn hold_key(channel: Channel) -> Item {
    let text = |text: String| AttributeValue::S(text);
    let pk = text(format!("{HOLD}#{}", channel.as_str()));
    HashMap::from([("pk".to_owned(), pk), ("sk".to_owned(), text(HOLD.to_owned()))])
}

impl<V: Sync> Holds for DynamoLedger<V> {
    async fn hold(&self, channel: Channel, hold: &Hold, now: Timestamp) -> Result<bool, CallError> {
        let mut written = hold_key(channel);
        written.extend(item::write(hold)?);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(written))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:PutItem", &fault(&e)))?;
        let before = put.attributes.filter(|item| !item.is_empty());
        let before: Option<Hold> = before.map(|item| item::read_kind(HOLD, item)).transpose()?;
        Ok(before.is_none_or(|before| before.until <= now))
    }

    async fn held(&self, channel: Channel) -> Result<Option<Hold>, CallError> {
        let item = self.item(hold_key(channel)).await?;
        item.map(|item| item::read_kind(HOLD, item)).transpose()
    }
}
