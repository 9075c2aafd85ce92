//! What customers chose, as an item beside their profile, or beside what else is known of
//! a contact point.
//!
//! An item is written only if it still is as it was read, so that of two who write at once
//! neither undoes what the other has joined.

use aws_sdk_dynamodb::error::SdkError;
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};

use super::{
    DynamoProfiles, Key, SUPPRESSION, TRIES, contact_partition, customer_partition, number,
    sort_key,
};
use crate::customer::suppression::SuppressionItem;
use crate::customer::{
    Choice, Chooser, ContactHash, KeepPreferences, KnownContact, Preferences, ReadContacts, Written,
};
use crate::model::failure::CallError;
use crate::platform::aws::fault;
use crate::platform::item::{self, Item};

/// The sort key.
pub(super) const PREFERENCES: &str = "PREFERENCES";

#[derive(Default, Serialize, Deserialize)]
struct PreferencesItem {
    choices: Preferences,
    /// Which writing of the item this is, from 1.
    revision: i64,
}

/// What an item says.
pub(super) fn read(item: Item) -> Result<Preferences, CallError> {
    item::read_kind::<PreferencesItem>(PREFERENCES, item).map(|item| item.choices)
}

fn key(of: &Chooser) -> Key {
    let pk = match of {
        Chooser::Customer(id) => customer_partition(id),
        Chooser::Contact(contact) => contact_partition(contact),
    };
    Key { pk, sk: PREFERENCES.to_owned() }
}

impl DynamoProfiles {
    async fn chosen(&self, key: &Key) -> Result<PreferencesItem, CallError> {
        Ok(self.item(PREFERENCES, key).await?.unwrap_or_default())
    }

    /// Writes the item, if the one that it follows still stands.
    async fn replace(&self, key: &Key, next: &PreferencesItem) -> Result<bool, CallError> {
        let mut item = item::write(next)?;
        item.extend(key.clone().attributes());
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR revision = :seen")
            .expression_attribute_values(":seen", number(next.revision - 1));
        match put.send().await {
            Ok(_) => Ok(true),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(false)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }
}

impl KeepPreferences for DynamoProfiles {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        self.chosen(&key(of)).await.map(|item| item.choices)
    }

    async fn choose(&self, of: &Chooser, choices: &[Choice]) -> Result<Written, CallError> {
        let key = key(of);
        for _ in 0..TRIES {
            let mut item = self.chosen(&key).await?;
            if item.choices.join(choices) == Written::Stale {
                return Ok(Written::Stale);
            }
            item.revision += 1;
            if self.replace(&key, &item).await? {
                return Ok(Written::Applied);
            }
        }
        let problem = "others write the preferences at the same time";
        Err(CallError::unexpected("dynamodb:PutItem", problem))
    }
}

impl ReadContacts for DynamoProfiles {
    async fn contacts(&self, contacts: &[ContactHash]) -> Result<Vec<KnownContact>, CallError> {
        // One query per contact point has both of its items, and they are two at most.
        let find = |contact: &ContactHash| {
            let partition = contact_partition(contact);
            async move {
                let mut known = KnownContact::default();
                for item in self.partition(partition).await? {
                    match sort_key(&item) {
                        Some(SUPPRESSION) => {
                            let item: SuppressionItem = item::read_kind(SUPPRESSION, item)?;
                            known.suppression = item.suppression;
                        }
                        Some(PREFERENCES) => known.preferences = read(item)?,
                        _ => {}
                    }
                }
                Ok(known)
            }
        };
        try_join_all(contacts.iter().map(find)).await
    }
}
