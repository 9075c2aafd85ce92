//! Whom an order's notifications were about: what a guest's link finds them by.

use std::collections::BTreeSet;
use std::future::Future;

use aws_sdk_dynamodb::types::{AttributeValue, Select};
use serde::Deserialize;

use super::dynamodb::NOTIFICATION;
use super::{DynamoLedger, MemoryLedger};
use crate::customer::ContactHash;
use crate::model::failure::CallError;
use crate::model::{Channel, OrderId};
use crate::platform::aws::fault;
use crate::platform::item;

/// Contact points by their hashes, each with the channel that reaches it.
pub type OrderContacts = BTreeSet<(Channel, ContactHash)>;

/// Finds an order's contact points.
pub trait ReadOrderContacts: Sync {
    /// Every contact point that a notification of the order was for, whether or not it was
    /// written to; none, if nothing (any more) is known of the order.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn contacts_of(
        &self,
        order: &OrderId,
    ) -> impl Future<Output = Result<OrderContacts, CallError>> + Send;
}

fn each(email: Option<ContactHash>, phone: Option<ContactHash>) -> OrderContacts {
    let email = email.map(|hash| (Channel::Email, hash));
    email.into_iter().chain(phone.map(|hash| (Channel::Sms, hash))).collect()
}

impl ReadOrderContacts for MemoryLedger {
    async fn contacts_of(&self, order: &OrderId) -> Result<OrderContacts, CallError> {
        let known = self.notifications(order).into_iter();
        Ok(known.flat_map(|known| each(known.email_hash, known.phone_hash)).collect())
    }
}

#[derive(Deserialize)]
struct Hashes {
    #[serde(default)]
    email_hash: Option<ContactHash>,
    #[serde(default)]
    phone_hash: Option<ContactHash>,
}

impl ReadOrderContacts for DynamoLedger {
    /// Nothing of the order is read but the hashes.
    async fn contacts_of(&self, order: &OrderId) -> Result<OrderContacts, CallError> {
        let query = self
            .query(order, "pk = :pk AND begins_with(sk, :sort)")
            .expression_attribute_values(":sort", AttributeValue::S(NOTIFICATION.to_owned()))
            .projection_expression("email_hash, phone_hash")
            // The role may read no other attributes, and DynamoDB goes by what is asked for.
            .select(Select::SpecificAttributes);
        let mut pages = query.into_paginator().send();
        let mut found = OrderContacts::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                let Hashes { email_hash, phone_hash } = item::read(item)?;
                found.extend(each(email_hash, phone_hash));
            }
        }
        Ok(found)
    }
}
