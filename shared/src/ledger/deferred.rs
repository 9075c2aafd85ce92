//! Deferred notifications on DynamoDB, and the sparse index that finds those that are
//! overdue: a notification that waits has `due_shard` and `due_at`, and no other has.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::{AttributeValue, Select};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde::Deserialize;

use super::Unreadable;
use super::dynamodb::{NOTIFICATION, SealedLedger, contact_index, key, notification_of_key};
use super::expression::{expiry, millis};
use super::vault::{Found, SALT, Salts, is_of_guest, read_salt};
use crate::customer::ContactHash;
use crate::model::failure::CallError;
use crate::model::id::hash;
use crate::model::{Channel, OrderId, Reason};
use crate::plan::{
    Deferral, DeferralLedger, Facts, Kept, Notification, NotificationId, Overdue, Revised,
    SealedFor, Skip, end_waiting,
};
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};

/// The index of what is due.
const DUE_INDEX: &str = "due";

/// The index's partitions. One takes 1000 writes a second, and a wave of completed orders
/// must not throttle the table.
const SHARDS: u8 = 8;

fn notification_key(id: &NotificationId) -> Item {
    key(&id.order_id, format!("{NOTIFICATION}{}", id.key))
}

fn shard_of(order: &OrderId) -> u8 {
    let hash = hash(["shard", order.as_str()]);
    hash.bytes().fold(0, u8::wrapping_add) % SHARDS
}

fn shard(shard: u8) -> AttributeValue {
    AttributeValue::S(shard.to_string())
}

impl SealedLedger {
    /// A notification as it is stored, and the salts that are known by then.
    pub(super) async fn sealed_item(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<(Item, Salts), CallError> {
        let order = &notification.data.order.id;
        let mut salts = Salts::default();
        let mut item = match sealed_for {
            SealedFor::Customer(customer, salt) => {
                salts.customers.insert(customer.clone(), Some(salt.clone()));
                self.vault.seal(notification, Some(customer), salt)?
            }
            SealedFor::Guest => {
                let salt = self.order_salt(order, notification.decided_at).await?;
                let item = self.vault.seal(notification, None, &salt)?;
                salts.order = Some(salt);
                item
            }
        };
        item.extend(notification_key(&notification.id()));
        item.insert("ttl".to_owned(), expiry(notification.decided_at, self.retention));
        match notification.due_at() {
            Some(due_at) => {
                item.insert("due_shard".to_owned(), shard(shard_of(order)));
                item.insert("due_at".to_owned(), millis(due_at));
            }
            None if notification.deliveries.is_empty() => {
                // The stream's filter knows by it what concerns the outcomes: it can't count.
                item.insert("reaches".to_owned(), AttributeValue::S("nobody".to_owned()));
            }
            None => {}
        }
        Ok((item, salts))
    }

    async fn overdue_in(
        &self,
        nth: u8,
        before: Timestamp,
        most: usize,
    ) -> Result<Vec<Overdue>, CallError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_shard = :shard AND due_at < :before")
            .expression_attribute_values(":shard", shard(nth))
            .expression_attribute_values(":before", millis(before))
            .limit(most.try_into().unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
        let overdue = |item: &Item| {
            let text = |name| item.get(name)?.as_s().ok().map(String::as_str);
            let due_at = item.get("due_at")?.as_n().ok()?.parse().ok()?;
            let id = notification_of_key(text("pk")?, text("sk")?)?;
            Some(Overdue { id, due_at: Timestamp::from_millisecond(due_at).ok()? })
        };
        Ok(answer.items().iter().filter_map(overdue).collect())
    }
}

/// What of a notification changes when what waits of it ends.
#[derive(Deserialize)]
struct Waiting {
    #[serde(default)]
    deferrals: Vec<Deferral>,
    #[serde(default)]
    skips: Vec<Skip>,
    #[serde(default)]
    revision: u32,
}

impl DeferralLedger for SealedLedger {
    async fn notification(&self, id: &NotificationId) -> Result<Option<Kept>, CallError> {
        let Some(item) = self.item(notification_key(id)).await? else { return Ok(None) };
        let mut salts = Salts::default();
        if is_of_guest(&item) {
            let salt = self.item(key(&id.order_id, SALT.to_owned())).await?;
            salts.order = salt.map(read_salt).transpose()?;
        }
        let salts = self.vault.salts(vec![&item], salts).await?;
        match self.vault.open(id, item, &salts)? {
            Found::Whole(notification) => Ok(Some(Kept::Whole(notification))),
            Found::Sealed(sealed) => match sealed.unreadable {
                Unreadable::Erased => Ok(Some(Kept::Erased)),
                // An operator can mend it, so it waits.
                unreadable => Err(CallError::unexpected("ledger:open", unreadable.reason())),
            },
        }
    }

    async fn revise(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Revised, CallError> {
        let (item, _) = self.sealed_item(notification, sealed_for).await?;
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = match notification.revision.saturating_sub(1) {
            // The first one is not written.
            0 => {
                put.condition_expression("attribute_exists(pk) AND attribute_not_exists(revision)")
            }
            seen => put
                .condition_expression("revision = :seen")
                .expression_attribute_values(":seen", AttributeValue::N(seen.to_string())),
        };
        match put.send().await {
            Ok(_) => Ok(Revised::Applied),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(Revised::Conflict)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }

    async fn end(
        &self,
        id: &NotificationId,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<(), CallError> {
        let Some(item) = self.item(notification_key(id)).await? else { return Ok(()) };
        let Waiting { mut deferrals, mut skips, revision } = item::read_kind("NOTIFICATION", item)?;
        end_waiting(&mut deferrals, &mut skips, reason, now);
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(notification_key(id)))
            .update_expression(
                "SET deferrals = :deferrals, skips = :skips, revision = :next REMOVE due_shard, due_at",
            )
            // Whoever decides at the same time finds that it is erased, too.
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":deferrals", item::write_attribute(&deferrals)?)
            .expression_attribute_values(":skips", item::write_attribute(&skips)?)
            .expression_attribute_values(":next", AttributeValue::N((revision + 1).to_string()));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(())
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }

    async fn facts_of(&self, order: &OrderId) -> Result<Facts, CallError> {
        // Notes and notifications, and not the deliveries.
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let mut pages = self
            .query(order, "pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":from", text("EVENT#"))
            .expression_attribute_values(":to", text("NOTIFICATION$"))
            .into_paginator()
            .send();
        let mut facts = Facts::default();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                let sort = item.get("sk").and_then(|sk| sk.as_s().ok());
                if sort.is_some_and(|sort| sort.starts_with(NOTIFICATION)) {
                    facts.told.push(item::read_kind("NOTIFICATION", item)?);
                } else {
                    facts.notes.push(item::read(item)?);
                }
            }
        }
        Ok(facts)
    }

    async fn decided_since(
        &self,
        channel: Channel,
        contact: &ContactHash,
        since: Timestamp,
        most: usize,
    ) -> Result<usize, CallError> {
        let Some((index, attribute)) = contact_index(channel) else { return Ok(0) };
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(index)
            .select(Select::Count)
            .key_condition_expression(format!("{attribute} = :contact AND decided_at > :since"))
            .expression_attribute_values(":contact", AttributeValue::S(contact.as_str().to_owned()))
            .expression_attribute_values(":since", AttributeValue::S(since.to_string()))
            .limit(most.max(1).try_into().unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
        Ok(answer.count().try_into().unwrap_or(0))
    }

    async fn overdue(&self, before: Timestamp, most: usize) -> Result<Vec<Overdue>, CallError> {
        let shards = (0..SHARDS).map(|nth| self.overdue_in(nth, before, most));
        let mut all = try_join_all(shards).await?.concat();
        all.sort_by_key(|overdue| overdue.due_at);
        all.truncate(most);
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn orders_are_spread_over_every_partition_of_the_index() {
        let order = |nth: u32| OrderId::parse(&format!("A-{nth}")).unwrap();
        let shards: BTreeSet<_> = (0..200).map(|nth| shard_of(&order(nth))).collect();
        assert_eq!(shards, (0..SHARDS).collect());
    }
}
