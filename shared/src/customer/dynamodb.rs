//! Profiles on DynamoDB. One table: `pk = CUSTOMER#<customer id>`, and per
//! customer `PROFILE` and `DEVICE#<device id>`.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DisableDevices, Profile, ReadProfiles, WriteProfiles, Written};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::failure::CallError;
use crate::model::id::{DeviceId, EndpointArn};
use crate::model::{CustomerId, clock};
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};

/// How long a removed device is remembered as removed, so that a registration
/// that arrives late does not bring it back: longer than an event can wait on a
/// queue and its dead-letter queue.
const REMOVAL_MEMORY: Duration = Duration::from_secs(60 * 86_400);

/// Profiles on DynamoDB.
#[derive(Debug, Clone)]
pub struct DynamoProfiles {
    client: Client,
    table: String,
}

/// A device's item; without a device, it was removed.
#[derive(Serialize, Deserialize)]
struct DeviceItem {
    device: Option<Device>,
}

impl DynamoProfiles {
    /// Profiles in this table.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }

    /// Writes the item unless a later fact about it is known.
    async fn put(
        &self,
        customer_id: &CustomerId,
        sort: String,
        mut item: Item,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let changed_at = AttributeValue::N(at.as_millisecond().to_string());
        item.insert("pk".to_owned(), partition(customer_id));
        item.insert("sk".to_owned(), AttributeValue::S(sort));
        item.insert("changed_at".to_owned(), changed_at.clone());
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR changed_at <= :at")
            .expression_attribute_values(":at", changed_at);
        match put.send().await {
            Ok(_) => Ok(Written::Applied),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(Written::Stale)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }
}

fn partition(customer_id: &CustomerId) -> AttributeValue {
    AttributeValue::S(format!("CUSTOMER#{customer_id}"))
}

impl ReadProfiles for DynamoProfiles {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", partition(customer_id))
            .into_paginator()
            .send();
        let (mut customer, mut devices) = (None, Vec::new());
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CallError::new("dynamodb:Query", &fault(&e)))?;
            for item in page.items.unwrap_or_default() {
                if item.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk == "PROFILE") {
                    customer = Some(item::read::<Customer>(item)?);
                } else {
                    let item: DeviceItem = item::read(item)?;
                    devices.extend(item.device);
                }
            }
        }
        if customer.is_none() && devices.is_empty() {
            return Ok(None);
        }
        let profile = customer.as_ref().map(Profile::of).unwrap_or_default();
        Ok(Some(Profile { devices, ..profile }))
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
            .key("pk", partition(customer_id))
            .key("sk", AttributeValue::S(format!("DEVICE#{device}")))
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

impl WriteProfiles for DynamoProfiles {
    async fn put_customer(&self, customer: &Customer, at: Timestamp) -> Result<Written, CallError> {
        let item = item::write(customer)?;
        self.put(&customer.id, "PROFILE".to_owned(), item, at).await
    }

    async fn put_device(
        &self,
        customer_id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let item = item::write(&DeviceItem { device: Some(device.clone()) })?;
        let sort = format!("DEVICE#{}", device.id());
        self.put(customer_id, sort, item, at).await
    }

    async fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let mut item: Item = item::write(&DeviceItem { device: None })?;
        let forget_at = clock::after(at, REMOVAL_MEMORY).as_second();
        item.insert("ttl".to_owned(), AttributeValue::N(forget_at.to_string()));
        self.put(customer_id, format!("DEVICE#{device}"), item, at).await
    }
}
