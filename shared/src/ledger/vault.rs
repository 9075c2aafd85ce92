//! A notification as an item whose personal data is sealed, and back. What decides, counts
//! and is searched stays readable; the rest is one attribute, `sealed`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Duration;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::EraseGuests;
use super::dynamodb::{SealedLedger, key};
use super::expression::expiry;
use super::outline::{Outline, OutlinedDelivery, SealedNotification};
use super::sealed::{open, seal};
use crate::customer::salt::random;
use crate::customer::{DynamoProfiles, ReadStandings, Salt};
use crate::event::OrderEventData;
use crate::model::failure::{CallError, DECODE, ENCODE};
use crate::model::{CustomerId, OrderId, clock};
use crate::plan::{Notification, NotificationId, PlannedDelivery};
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};
use crate::platform::keys::KeyRing;

/// What is sealed.
const SEALED: &str = "sealed";

/// Whose salt it is sealed with: a customer's; without one, the order's own.
const SEALED_FOR: &str = "customer_id";

/// What seals and opens: the master keys, and where the salts are.
#[derive(Debug, Clone)]
pub struct Vault {
    keys: KeyRing,
    customers: DynamoProfiles,
}

/// What of a notification is about a person, and so is sealed.
#[derive(Serialize, Deserialize)]
struct Personal<D, P> {
    locale: String,
    time_zone: String,
    payload_hash: String,
    deliveries: P,
    data: D,
}

/// The names of [`Personal`]'s fields.
const PERSONAL: [&str; 5] = ["locale", "time_zone", "payload_hash", "deliveries", "data"];

/// A notification as it was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// With all its data.
    Whole(Box<Notification>),
    /// Without what is about a person.
    Sealed(Box<SealedNotification>),
}

impl Vault {
    /// Seals with these keys, and the salts of these customers.
    pub fn new(keys: KeyRing, customers: DynamoProfiles) -> Self {
        Self { keys, customers }
    }

    /// The notification's item, without its keys.
    pub(super) fn seal(
        &self,
        notification: &Notification,
        customer: Option<&CustomerId>,
        salt: &Salt,
    ) -> Result<Item, CallError> {
        let personal = Personal {
            locale: notification.locale.clone(),
            time_zone: notification.time_zone.clone(),
            payload_hash: notification.payload_hash.clone(),
            deliveries: &notification.deliveries,
            data: &notification.data,
        };
        let bytes = serde_json::to_vec(&personal)
            .map_err(|_| CallError::unexpected(ENCODE, "a notification has no form in JSON"))?;
        let sealed = seal(&self.keys, salt, &notification.id(), random()?, bytes)?;

        let mut item = item::write(notification)?;
        item.retain(|name, _| !PERSONAL.contains(&name.as_str()));
        let outlined: Vec<_> = notification.deliveries.iter().map(OutlinedDelivery::of).collect();
        item.insert("deliveries".to_owned(), item::write_attribute(&outlined)?);
        item.insert(SEALED.to_owned(), AttributeValue::B(Blob::new(sealed)));
        if let Some(customer) = customer {
            item.insert(SEALED_FOR.to_owned(), AttributeValue::S(customer.to_string()));
        }
        Ok(item)
    }

    /// Reads an item; one of a version that did not seal, as it stands.
    pub(super) fn open(
        &self,
        id: &NotificationId,
        mut item: Item,
        salts: &Salts,
    ) -> Result<Found, CallError> {
        let Some(AttributeValue::B(sealed)) = item.remove(SEALED) else {
            return Ok(Found::Whole(Box::new(item::read(item)?)));
        };
        let salt = match customer_of(&item) {
            Some(customer) => salts.customers.get(&customer).and_then(Option::as_ref),
            None => salts.order.as_ref(),
        };
        match open(&self.keys, salt, id, sealed.as_ref()) {
            Ok(bytes) => {
                let personal: Personal<OrderEventData, Vec<PlannedDelivery>> =
                    serde_json::from_slice(&bytes).map_err(|_| unreadable_json())?;
                item.extend(item::write(&personal)?);
                Ok(Found::Whole(Box::new(item::read(item)?)))
            }
            Err(unreadable) => {
                let outline: Outline = item::read(item)?;
                Ok(Found::Sealed(Box::new(SealedNotification { outline, unreadable })))
            }
        }
    }

    /// The salts of the customers whose notifications these are.
    pub(super) async fn salts(
        &self,
        items: Vec<&Item>,
        mut known: Salts,
    ) -> Result<Salts, CallError> {
        for item in items {
            let Some(customer) = customer_of(item).filter(|_| item.contains_key(SEALED)) else {
                continue;
            };
            if let Entry::Vacant(unknown) = known.customers.entry(customer) {
                let standing = self.customers.standing(unknown.key()).await?;
                unknown.insert(standing.salt);
            }
        }
        Ok(known)
    }
}

/// What the sort key of a guest's order's salt is.
pub(super) const SALT: &str = "SALT";

/// The salt of an order.
#[derive(Deserialize)]
struct SaltItem {
    salt: Salt,
}

pub(super) fn read_salt(item: Item) -> Result<Salt, CallError> {
    item::read_kind(SALT, item).map(|SaltItem { salt }| salt)
}

/// An order's salt outlives its notifications by this much, as it was made before them.
const OUTLIVES: Duration = Duration::from_secs(7 * 86_400);

impl SealedLedger {
    /// The order's own salt, made if there is none, in one call: of two who make one at
    /// once, both get the same.
    pub(super) async fn order_salt(
        &self,
        order: &OrderId,
        now: Timestamp,
    ) -> Result<Salt, CallError> {
        let fresh = AttributeValue::S(Salt::random()?.into());
        let answer = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(order, SALT.to_owned())))
            .update_expression("SET salt = if_not_exists(salt, :fresh), #ttl = :ttl")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":fresh", fresh)
            .expression_attribute_values(
                ":ttl",
                expiry(clock::after(now, OUTLIVES), self.retention),
            )
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(|e| CallError::new("dynamodb:UpdateItem", &fault(&e)))?;
        read_salt(answer.attributes.unwrap_or_default())
    }
}

impl EraseGuests for SealedLedger {
    async fn erase_guest(&self, order: &OrderId) -> Result<(), CallError> {
        let key = key(order, SALT.to_owned());
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        let deleted = delete.send().await;
        deleted.map(drop).map_err(|e| CallError::new("dynamodb:DeleteItem", &fault(&e)))
    }
}

/// The salts that notifications of one order are sealed with.
#[derive(Debug, Clone, Default)]
pub(super) struct Salts {
    /// The order's own.
    pub order: Option<Salt>,
    /// Those of its customers, seldom more than one; none of one who was erased.
    pub customers: HashMap<CustomerId, Option<Salt>>,
}

/// Whether an item is sealed with its order's own salt.
pub(super) fn is_of_guest(item: &Item) -> bool {
    item.contains_key(SEALED) && !item.contains_key(SEALED_FOR)
}

fn customer_of(item: &Item) -> Option<CustomerId> {
    item.get(SEALED_FOR)?.as_s().ok().map(|id| id.as_str().into())
}

fn unreadable_json() -> CallError {
    CallError::unexpected(DECODE, "the attribute `sealed` holds something else")
}
