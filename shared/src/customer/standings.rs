//! How customers stand, on DynamoDB: `pk = CUSTOMER#<customer id>`, `sk = STANDING`, beside
//! the profile, so that whoever reads the one has read the other.
//!
//! Salt and erasure are one item: nobody makes a salt for a customer while another function
//! erases them.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;

use super::dynamodb::{
    DynamoProfiles, ERASED, Facts, Key, PROFILE, STANDING, Transacted, forgotten, number,
};
use super::standing::{filled, handed_over};
use super::{
    Chooser, EndCustomers, KeepPreferences, Person, ReadPersons, ReadStandings, Remains, Salt,
    Standing, WriteProfiles, Written, stricter,
};
use crate::model::CustomerId;
use crate::model::failure::CallError;
use crate::platform::aws::fault;
use crate::platform::item;

/// What a customer has chosen to hear.
const PREFERENCES: &str = "PREFERENCES";

/// What became of a change of a standing.
enum Changed {
    Applied,
    /// Its condition did not hold of this.
    Conflict(Standing),
}

impl DynamoProfiles {
    fn standing_update(&self, id: &CustomerId) -> UpdateItemFluentBuilder {
        let key = Key::of(id, STANDING).attributes();
        let update = self.client.update_item().table_name(&self.table).set_key(Some(key));
        update.expression_attribute_names("#ttl", "ttl")
    }

    async fn change(&self, update: UpdateItemFluentBuilder) -> Result<Changed, CallError> {
        let update = update
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await {
            Ok(_) => Ok(Changed::Applied),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                let found = match e.into_err() {
                    UpdateItemError::ConditionalCheckFailedException(e) => e.item,
                    _ => None,
                };
                let found = found.map(|item| item::read_kind(STANDING, item)).transpose()?;
                Ok(Changed::Conflict(found.unwrap_or_default()))
            }
            Err(e) => Err(CallError::new("dynamodb:UpdateItem", &fault(&e))),
        }
    }

    /// Puts an item where its condition holds.
    async fn put_if(&self, put: PutItemFluentBuilder) -> Result<Written, CallError> {
        match put.table_name(&self.table).send().await {
            Ok(_) => Ok(Written::Applied),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(Written::Stale)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }

    /// In place of the profile stands that there is none, so that an older one that comes
    /// late does not bring it back.
    async fn forget_profile(&self, id: &CustomerId, at: Timestamp) -> Result<(), CallError> {
        let mut item = Key::of(id, PROFILE).attributes();
        let at_millis = number(at.as_millisecond());
        item.extend([
            (ERASED.to_owned(), AttributeValue::Bool(true)),
            ("changed_at".to_owned(), at_millis.clone()),
            ("ttl".to_owned(), number(forgotten(at))),
        ]);
        let put = self.client.put_item().set_item(Some(item));
        let put = put
            .condition_expression("attribute_not_exists(pk) OR changed_at <= :at")
            .expression_attribute_values(":at", at_millis);
        self.put_if(put).await.map(drop)
    }

    async fn forget_preferences(&self, id: &CustomerId) -> Result<(), CallError> {
        let delete: DeleteItemFluentBuilder = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(Key::of(id, PREFERENCES).attributes()));
        let deleted = delete.send().await;
        deleted.map(drop).map_err(|e| CallError::new("dynamodb:DeleteItem", &fault(&e)))
    }

    async fn absorb(&self, into: &CustomerId, others: Vec<String>) -> Result<(), CallError> {
        let update = self
            .standing_update(into)
            .update_expression("ADD absorbed :others REMOVE #ttl")
            .expression_attribute_values(":others", AttributeValue::Ss(others));
        self.change(update).await.map(drop)
    }

    async fn point(&self, from: &CustomerId, into: &CustomerId) -> Result<(), CallError> {
        let update = self
            .standing_update(from)
            .update_expression("SET merged_into = :into REMOVE #ttl")
            .expression_attribute_values(":into", AttributeValue::S(into.to_string()));
        self.change(update).await.map(drop)
    }

    /// Gives the profile of the one what it lacks of the other's, if it is as it was read.
    async fn fill(
        &self,
        into: &CustomerId,
        target: Facts,
        source: &Facts,
    ) -> Result<Transacted, CallError> {
        let Some(other) = source.customer.clone() else { return Ok(Transacted::Applied) };
        let (merged, at) = match target.customer.clone() {
            Some(own) => (filled(own, other), target.changed_at),
            None => (other, source.changed_at.max(target.changed_at)),
        };
        let mut item = item::write(&crate::event::Customer { id: Some(into.clone()), ..merged })?;
        item.extend(Key::of(into, PROFILE).attributes());
        let at = at.unwrap_or(Timestamp::UNIX_EPOCH);
        item.insert("changed_at".to_owned(), number(at.as_millisecond()));
        let put = self.client.put_item().set_item(Some(item));
        let put = match target.changed_at {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(seen) => put
                .condition_expression("changed_at = :seen")
                .expression_attribute_values(":seen", number(seen.as_millisecond())),
        };
        Ok(match self.put_if(put).await? {
            Written::Applied => Transacted::Applied,
            Written::Stale => Transacted::Conflict,
        })
    }

    async fn merge_once(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> Result<(Written, Transacted), CallError> {
        let (source, target) = (self.facts(from).await?, self.facts(into).await?);
        let is_erased = source.standing.is_erased(at) || target.standing.is_erased(at);
        if from == into || is_erased || source.standing.merged_into.is_some() {
            return Ok((Written::Stale, Transacted::Applied));
        }
        // First of all, so that whoever erases the one erases the other.
        let known = source.standing.absorbed.iter().chain([from]);
        self.absorb(into, known.map(ToString::to_string).collect()).await?;
        let choices = stricter(&target.preferences, &source.preferences);
        if !choices.is_empty() {
            self.choose(&Chooser::Customer(into.clone()), &choices).await?;
        }
        if let Transacted::Conflict = self.fill(into, target, &source).await? {
            return Ok((Written::Applied, Transacted::Conflict));
        }
        for (registered_at, device) in &source.devices {
            self.put_device(into, device, handed_over(*registered_at, at)).await?;
        }
        let changed_at = source.changed_at.unwrap_or(at);
        self.forget_profile(from, changed_at.max(at)).await?;
        self.forget_preferences(from).await?;
        // Those merged before go straight on, so that nobody follows more than one pointer.
        for former in source.standing.absorbed.iter().chain([from]) {
            self.point(former, into).await?;
        }
        Ok((Written::Applied, Transacted::Applied))
    }
}

impl ReadStandings for DynamoProfiles {
    async fn standing(&self, id: &CustomerId) -> Result<Standing, CallError> {
        Ok(self.item(STANDING, &Key::of(id, STANDING)).await?.unwrap_or_default())
    }
}

impl ReadPersons for DynamoProfiles {
    async fn person(&self, id: &CustomerId) -> Result<Person, CallError> {
        let facts = self.facts(id).await?;
        let (id, facts) = match facts.standing.merged_into.clone() {
            Some(into) => {
                let facts = self.facts(&into).await?;
                (into, facts)
            }
            None => (id.clone(), facts),
        };
        Ok(Person { id, profile: facts.profile(), standing: facts.standing })
    }

    async fn salt(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Salt>, CallError> {
        let salt = Salt::random()?;
        let update = self
            .standing_update(id)
            .update_expression("SET salt = :salt REMOVE #ttl")
            .condition_expression(
                "attribute_not_exists(salt) AND (attribute_not_exists(erased_at) OR erased_at < :at)",
            )
            .expression_attribute_values(":salt", AttributeValue::S(salt.clone().into()))
            .expression_attribute_values(":at", number(at.as_millisecond()));
        Ok(match self.change(update).await? {
            Changed::Applied => Some(salt),
            Changed::Conflict(found) if found.is_erased(at) => None,
            Changed::Conflict(found) => found.salt,
        })
    }
}

impl EndCustomers for DynamoProfiles {
    async fn erase(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Remains>, CallError> {
        let at_millis = number(at.as_millisecond());
        let update = self
            .standing_update(id)
            .update_expression("SET erased_at = :at, #ttl = :ttl REMOVE salt")
            .condition_expression("attribute_not_exists(erased_at) OR erased_at < :at")
            .expression_attribute_values(":at", at_millis)
            .expression_attribute_values(":ttl", number(forgotten(at)));
        if let Changed::Conflict(found) = self.change(update).await? {
            let known = found.erased_at.map(Timestamp::as_millisecond);
            if known != Some(at.as_millisecond()) {
                return Ok(None);
            }
            // The same erasure again: its salt is gone, and one that was made since is of a
            // customer who began anew.
        }
        self.forget_profile(id, at).await?;
        self.forget_preferences(id).await?;
        let facts = self.facts(id).await?;
        let older =
            facts.devices.iter().filter(|(registered, _)| facts.standing.is_erased(*registered));
        let devices = older.map(|(_, device)| device.clone()).collect();
        Ok(Some(Remains { devices, absorbed: facts.standing.absorbed }))
    }

    async fn merge(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let now =
            |known: Standing, id: &CustomerId| known.merged_into.unwrap_or_else(|| id.clone());
        let from = now(self.standing(from).await?, from);
        let into = now(self.standing(into).await?, into);
        self.settle(|| self.merge_once(&from, &into, at)).await
    }
}
