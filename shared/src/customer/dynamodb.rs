//! Profiles on DynamoDB. One table: `pk = CUSTOMER#<customer id>`, and per
//! customer `PROFILE`, `DEVICE#<device id>` and `STANDING` (`standings.rs`); and `pk = TOKEN#<device id>` with
//! `OWNER`, the customer who registered the device last; and `pk = CONTACT#<hash>` with
//! `SUPPRESSION`, that a contact point must not be written to; and `PROMOTIONS` of a
//! customer or contact point, which promotional messages it got. What was chosen stands
//! under `PREFERENCES` of the customer or the contact point, so that whoever reads these
//! reads it too.
//!
//! A device changes hands in one transaction: owner, the customer's device and the
//! former owner's are written together or not at all, and only if they still are as
//! they were read.

mod preferences;

use std::future::Future;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cap::Counted;
use super::device::{Owner, Registration, newest, register};
use super::promotions::PROMOTIONS;
use super::suppression::SuppressionItem;
use super::{
    CheckDevices, ContactHash, ContactStanding, DisableDevices, LookContactsUp, Preferences,
    Profile, ReadProfiles, ReadSuppressions, Standing, Suppression, WriteProfiles,
    WriteSuppressions, Written,
};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::failure::{CallError, ENCODE};
use crate::model::id::{DeviceId, EndpointArn};
use crate::model::{CustomerId, clock};
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};
use preferences::PREFERENCES;

/// How long a removed device is remembered as removed, so that a registration
/// that arrives late does not bring it back: longer than an event can wait on a
/// queue and its dead-letter queue.
const REMOVAL_MEMORY: Duration = Duration::from_secs(60 * 86_400);

/// Profiles on DynamoDB.
#[derive(Debug, Clone)]
pub struct DynamoProfiles {
    pub(super) client: Client,
    pub(super) table: String,
}

/// How often a device's items are read again because another function changed them
/// meanwhile.
pub(super) const TRIES: usize = 5;

pub(super) const PROFILE: &str = "PROFILE";
const DEVICE: &str = "DEVICE#";
const OWNER: &str = "OWNER";
const CONTACT: &str = "CONTACT#";
const SUPPRESSION: &str = "SUPPRESSION";
pub(super) const STANDING: &str = "STANDING";

/// What of an item says that nothing else of it is left.
pub(super) const ERASED: &str = "erased";

/// What is known of a customer, with every device.
#[derive(Default)]
pub(super) struct Facts {
    /// Their own facts.
    pub customer: Option<Customer>,
    /// When these last changed; of an erased customer, when they were erased.
    pub changed_at: Option<Timestamp>,
    /// Every device, and when it was registered.
    pub devices: Vec<(Timestamp, Device)>,
    /// How they stand.
    pub standing: Standing,
    /// What they want to hear of.
    pub preferences: Preferences,
}

impl Facts {
    /// The profile, of which nobody sees a device of before their erasure, though it is
    /// still to be deleted.
    pub fn profile(&self) -> Option<Profile> {
        let devices = self.devices.iter().filter(|(at, _)| !self.standing.is_erased(*at));
        let preferences = self.preferences.clone();
        Profile::known(self.customer.as_ref(), devices.cloned().collect(), preferences)
    }
}

impl Facts {
    fn add(&mut self, item: Item) -> Result<(), CallError> {
        let sort = item.get("sk").and_then(|sk| sk.as_s().ok()).cloned().unwrap_or_default();
        match sort.as_str() {
            PROFILE => {
                let Changed { changed_at } = item::read_kind(PROFILE, item.clone())?;
                self.changed_at = changed_at.map(clock::from_millis);
                if !item.contains_key(ERASED) {
                    self.customer = Some(item::read_kind(PROFILE, item)?);
                }
            }
            PREFERENCES => self.preferences = preferences::read(item)?,
            STANDING => self.standing = item::read_kind(STANDING, item)?,
            device if device.starts_with(DEVICE) => {
                let item: DeviceItem = item::read_kind("DEVICE", item)?;
                let changed_at = item.changed_at();
                self.devices.extend(item.device.map(|device| (changed_at, device)));
            }
            // What a newer version knows of a customer besides.
            _ => {}
        }
        Ok(())
    }
}

/// When a customer's own facts last changed.
#[derive(Deserialize)]
struct Changed {
    changed_at: Option<i64>,
}

/// A device's item; without a device, it was removed.
#[derive(Serialize, Deserialize)]
struct DeviceItem {
    device: Option<Device>,
    /// When it was registered or removed, in milliseconds.
    changed_at: i64,
    /// When a removal is forgotten, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ttl: Option<i64>,
}

/// Who registered a device last.
#[derive(Serialize, Deserialize)]
struct OwnerItem {
    customer_id: CustomerId,
    changed_at: i64,
    /// When it is forgotten because the device was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ttl: Option<i64>,
}

impl DeviceItem {
    fn present(device: &Device, at: Timestamp) -> Self {
        Self { device: Some(device.clone()), changed_at: at.as_millisecond(), ttl: None }
    }

    fn removed(at: Timestamp) -> Self {
        Self { device: None, changed_at: at.as_millisecond(), ttl: Some(forgotten(at)) }
    }

    fn changed_at(&self) -> Timestamp {
        clock::from_millis(self.changed_at)
    }
}

impl OwnerItem {
    fn of(owner: &Owner) -> Self {
        let changed_at = owner.at.as_millisecond();
        Self { customer_id: owner.customer_id.clone(), changed_at, ttl: None }
    }

    fn owner(&self) -> Owner {
        Owner::new(&self.customer_id, clock::from_millis(self.changed_at))
    }
}

/// When a removal of that time is forgotten.
pub(super) fn forgotten(at: Timestamp) -> i64 {
    clock::after(at, REMOVAL_MEMORY).as_second()
}

/// Where an item stands.
#[derive(Clone)]
pub(super) struct Key {
    pk: String,
    sk: String,
}

impl Key {
    fn device(customer_id: &CustomerId, device: &DeviceId) -> Self {
        Self { pk: customer_partition(customer_id), sk: format!("{DEVICE}{device}") }
    }

    fn owner(device: &DeviceId) -> Self {
        Self { pk: format!("TOKEN#{device}"), sk: OWNER.to_owned() }
    }

    fn suppression(contact: &ContactHash) -> Self {
        Self { pk: contact_partition(contact), sk: SUPPRESSION.to_owned() }
    }

    /// An item of which a customer has one.
    pub fn of(customer_id: &CustomerId, sort: &str) -> Self {
        Self { pk: customer_partition(customer_id), sk: sort.to_owned() }
    }

    pub fn promotions(who: &Counted) -> Self {
        let pk = match who {
            Counted::Customer(id) => customer_partition(id),
            Counted::Contact(contact) => format!("{CONTACT}{}", contact.as_str()),
        };
        Self { pk, sk: PROMOTIONS.to_owned() }
    }

    pub fn attributes(self) -> Item {
        let attribute = |name: &str, value| (name.to_owned(), AttributeValue::S(value));
        Item::from([attribute("pk", self.pk), attribute("sk", self.sk)])
    }
}

/// One write of a transaction: an item, where the one it replaces must still have
/// these attributes, or not be there.
struct Write {
    key: Key,
    item: Item,
    seen: Vec<(&'static str, AttributeValue)>,
}

impl Write {
    fn device(key: Key, seen: Option<Timestamp>, item: &DeviceItem) -> Result<Self, CallError> {
        let seen = seen.map(|at| ("changed_at", number(at.as_millisecond())));
        Ok(Self { key, item: item::write(item)?, seen: seen.into_iter().collect() })
    }

    fn owner(key: Key, seen: Option<&Owner>, item: &OwnerItem) -> Result<Self, CallError> {
        let seen = seen.map_or_else(Vec::new, |owner| {
            let customer_id = AttributeValue::S(owner.customer_id.to_string());
            let changed_at = number(owner.at.as_millisecond());
            vec![("customer_id", customer_id), ("changed_at", changed_at)]
        });
        Ok(Self { key, item: item::write(item)?, seen })
    }

    fn into_put(mut self, table: &str) -> Result<TransactWriteItem, CallError> {
        self.item.extend(self.key.attributes());
        let mut put = Put::builder().table_name(table).set_item(Some(self.item));
        if self.seen.is_empty() {
            put = put.condition_expression("attribute_not_exists(pk)");
        } else {
            let condition: Vec<_> =
                self.seen.iter().map(|(name, _)| format!("{name} = :{name}")).collect();
            put = put.condition_expression(condition.join(" AND "));
            for (name, value) in self.seen {
                put = put.expression_attribute_values(format!(":{name}"), value);
            }
        }
        let put = put.build().map_err(|e| CallError::unexpected(ENCODE, e))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}

/// What became of a transaction.
pub(super) enum Transacted {
    Applied,
    /// An item is not as it was read.
    Conflict,
}

impl DynamoProfiles {
    /// Profiles in this table.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    pub(super) async fn item<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        key: &Key,
    ) -> Result<Option<T>, CallError> {
        let got = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key.clone().attributes()))
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:GetItem", &fault(&e)))?;
        got.item.map(|item| item::read_kind(kind, item)).transpose()
    }

    async fn changed_at(&self, key: &Key) -> Result<Option<Timestamp>, CallError> {
        let item = self.item::<DeviceItem>("DEVICE", key).await?;
        Ok(item.map(|item| item.changed_at()))
    }

    async fn owner(&self, key: &Key) -> Result<Option<Owner>, CallError> {
        let item = self.item::<OwnerItem>(OWNER, key).await?;
        Ok(item.map(|item| item.owner()))
    }

    /// What is known of a customer, with every device.
    pub(super) async fn facts(&self, customer_id: &CustomerId) -> Result<Facts, CallError> {
        let mut facts = Facts::default();
        for item in self.partition(customer_partition(customer_id)).await? {
            facts.add(item)?;
        }
        Ok(facts)
    }

    /// Every item of a partition.
    async fn partition(&self, partition: String) -> Result<Vec<Item>, CallError> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(partition))
            .into_paginator()
            .send();
        let mut items = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            items.extend(page.items.unwrap_or_default());
        }
        Ok(items)
    }

    /// Writes all or none.
    async fn transact(&self, writes: Vec<Write>) -> Result<Transacted, CallError> {
        const OPERATION: &str = "dynamodb:TransactWriteItems";

        let puts: Result<Vec<_>, _> =
            writes.into_iter().map(|write| write.into_put(&self.table)).collect();
        let sent = self.client.transact_write_items().set_transact_items(Some(puts?)).send().await;
        let Err(error) = sent else {
            return Ok(Transacted::Applied);
        };
        let mut fault = fault(&error);
        if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) =
            error.as_service_error()
        {
            let mut codes = cancelled.cancellation_reasons().iter().filter_map(|r| r.code());
            // The reason of a cancellation, not that there was one, says what follows.
            match codes.find(|code| *code != "None" && *code != "ConditionalCheckFailed") {
                None | Some("TransactionConflict") => return Ok(Transacted::Conflict),
                Some(code) => fault.code = Some(code.to_owned()),
            }
        }
        Err(CallError::new(OPERATION, &fault))
    }

    /// Reads, decides and writes, again while others write in between.
    pub(super) async fn settle<F>(&self, mut once: impl FnMut() -> F) -> Result<Written, CallError>
    where
        F: Future<Output = Result<(Written, Transacted), CallError>>,
    {
        for _ in 0..TRIES {
            if let (written, Transacted::Applied) = once().await? {
                return Ok(written);
            }
        }
        let problem = "others write the customer at the same time";
        Err(CallError::unexpected("dynamodb:TransactWriteItems", problem))
    }

    async fn register(
        &self,
        registration: &Owner,
        device: &Device,
    ) -> Result<(Written, Transacted), CallError> {
        let Owner { at, customer_id } = registration;
        let id = device.id();
        let (key, owner_key) = (Key::device(customer_id, &id), Key::owner(&id));
        let owner = self.owner(&owner_key).await?;
        let changed_at = self.changed_at(&key).await?;
        let owners = owner.as_ref().map(|owner| Key::device(&owner.customer_id, &id));
        let changed_at_owner = match &owners {
            Some(key) => self.changed_at(key).await?,
            None => None,
        };
        let registered = register(registration, owner.as_ref(), changed_at, changed_at_owner);
        let Registration::Taken { device: written, former } = registered else {
            return Ok((Written::Stale, Transacted::Applied));
        };
        let item = OwnerItem::of(registration);
        let mut writes = vec![Write::owner(owner_key, owner.as_ref(), &item)?];
        if written == Written::Applied {
            writes.push(Write::device(key, changed_at, &DeviceItem::present(device, *at))?);
        }
        if let Some(former) = former {
            let key = Key::device(former, &id);
            writes.push(Write::device(key, changed_at_owner, &DeviceItem::removed(*at))?);
        }
        Ok((written, self.transact(writes).await?))
    }

    async fn remove(
        &self,
        customer_id: &CustomerId,
        id: &DeviceId,
        at: Timestamp,
    ) -> Result<(Written, Transacted), CallError> {
        let (key, owner_key) = (Key::device(customer_id, id), Key::owner(id));
        let changed_at = self.changed_at(&key).await?;
        if changed_at.is_some_and(|known| known.as_millisecond() > at.as_millisecond()) {
            return Ok((Written::Stale, Transacted::Applied));
        }
        let mut writes = vec![Write::device(key, changed_at, &DeviceItem::removed(at))?];
        let owner = self.owner(&owner_key).await?;
        if let Some(owner) = owner.filter(|owner| owner.customer_id == *customer_id) {
            let item = OwnerItem { ttl: Some(forgotten(at)), ..OwnerItem::of(&owner) };
            writes.push(Write::owner(owner_key, Some(&owner), &item)?);
        }
        Ok((Written::Applied, self.transact(writes).await?))
    }
}

fn customer_partition(customer_id: &CustomerId) -> String {
    format!("CUSTOMER#{customer_id}")
}

fn contact_partition(contact: &ContactHash) -> String {
    format!("{CONTACT}{}", contact.as_str())
}

fn sort_key(item: &Item) -> Option<&str> {
    item.get("sk")?.as_s().ok().map(String::as_str)
}

pub(super) fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

impl ReadProfiles for DynamoProfiles {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        Ok(self.facts(customer_id).await?.profile())
    }
}

impl DisableDevices for DynamoProfiles {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::device(customer_id, device).attributes()))
            .update_expression("REMOVE #device.endpoint_arn")
            .condition_expression("#device.endpoint_arn = :arn")
            .expression_attribute_names("#device", "device")
            .expression_attribute_values(":arn", AttributeValue::S(endpoint_arn.to_string()));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(())
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }
}

impl CheckDevices for DynamoProfiles {
    async fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<bool, CallError> {
        let key = Key::device(customer_id, device);
        let device = self.item::<DeviceItem>("DEVICE", &key).await?.and_then(|item| item.device);
        Ok(device.is_some_and(|device| device.endpoint_arn.as_ref() == Some(endpoint_arn)))
    }
}

impl WriteProfiles for DynamoProfiles {
    async fn put_customer(
        &self,
        id: &CustomerId,
        customer: &Customer,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let mut item = item::write(customer)?;
        let changed_at = number(at.as_millisecond());
        item.extend(Key::of(id, PROFILE).attributes());
        item.insert("changed_at".to_owned(), changed_at.clone());
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            // What happened at the moment of the erasure is erased.
            .condition_expression(
                "attribute_not_exists(pk) OR changed_at < :at \
                 OR (changed_at = :at AND attribute_not_exists(erased))",
            )
            .expression_attribute_values(":at", changed_at);
        match put.send().await {
            Ok(_) => Ok(Written::Applied),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(Written::Stale)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }

    async fn put_device(
        &self,
        customer_id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let registration = Owner::new(customer_id, at);
        let written = self.settle(|| self.register(&registration, device)).await?;
        if written == Written::Stale {
            return Ok(Written::Stale);
        }
        // Nobody reads more than are kept, so it does not matter when the rest goes.
        let facts = self.facts(customer_id).await?;
        if let Some(erased_at) = facts.standing.erased_at
            && facts.standing.is_erased(at)
        {
            let id = device.id();
            self.settle(|| self.remove(customer_id, &id, erased_at)).await?;
            return Ok(Written::Stale);
        }
        let (_, excess) = newest(facts.devices);
        let mut written = Written::Applied;
        for (at, old) in excess {
            let id = old.id();
            self.settle(|| self.remove(customer_id, &id, at)).await?;
            if id == device.id() {
                written = Written::Stale;
            }
        }
        Ok(written)
    }

    async fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        self.settle(|| self.remove(customer_id, device, at)).await
    }
}

impl ReadSuppressions for DynamoProfiles {
    async fn suppressed(
        &self,
        contacts: &[ContactHash],
    ) -> Result<Vec<(ContactHash, Suppression)>, CallError> {
        let find = |contact: ContactHash| async move {
            let key = Key::suppression(&contact);
            let known = self.item::<SuppressionItem>(SUPPRESSION, &key).await?;
            Ok(known.and_then(|known| Some((contact, known.suppression?))))
        };
        // An address and a phone: two reads at once are simpler than a batch with its rest.
        let found = try_join_all(contacts.iter().cloned().map(find)).await?;
        Ok(found.into_iter().flatten().collect())
    }
}

impl LookContactsUp for DynamoProfiles {
    async fn contact_standing(&self, contact: &ContactHash) -> Result<ContactStanding, CallError> {
        let key = Key::suppression(contact);
        Ok(ContactStanding::of(self.item::<SuppressionItem>(SUPPRESSION, &key).await?))
    }
}

impl WriteSuppressions for DynamoProfiles {
    async fn suppress(
        &self,
        contact: &ContactHash,
        suppression: &Suppression,
    ) -> Result<(), CallError> {
        let known = SuppressionItem::suppressed(suppression);
        let at = number(known.changed_at);
        let mut item = item::write(&known)?;
        item.extend(Key::suppression(contact).attributes());
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            // Lifted, and before this.
            .condition_expression(
                "attribute_not_exists(pk) OR (attribute_type(suppression, :null) AND changed_at < :at)",
            )
            .expression_attribute_values(":null", AttributeValue::S("NULL".to_owned()))
            .expression_attribute_values(":at", at);
        match put.send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(())
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }

    async fn lift(&self, contact: &ContactHash, now: Timestamp) -> Result<(), CallError> {
        let mut item = item::write(&SuppressionItem::lifted(now))?;
        item.extend(Key::suppression(contact).attributes());
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await;
        put.map(drop).map_err(|e| CallError::new("dynamodb:PutItem", &fault(&e)))
    }
}
