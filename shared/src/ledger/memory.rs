//! The ledger in memory, for tests, the simulator and `render`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::record::{DeliveryKey, DeliveryRecord};
use super::timeline::OrderEntries;
use super::transition::{Fenced, Transition};
use super::{DeliveryLedger, Hold, Holds, NotificationId, ReadLedger};
use crate::customer::ContactHash;
use crate::model::failure::CallError;
use crate::model::id::NotificationKey;
use crate::model::{Channel, OrderId, ProviderMessageId};
use crate::plan::{EventNote, Notification, NotificationLedger, Recorded};

/// The ledger in memory.
#[derive(Debug, Default)]
pub struct MemoryLedger(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    notifications: BTreeMap<(OrderId, NotificationKey), Notification>,
    deliveries: BTreeMap<DeliveryKey, DeliveryRecord>,
    notes: BTreeMap<(OrderId, String), EventNote>,
    holds: BTreeMap<Channel, Hold>,
}

impl MemoryLedger {
    fn tables(&self) -> MutexGuard<'_, Tables> {
        // A panic while the lock is held leaves no half-made change: each
        // change is one insertion.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The order's notifications.
    pub(super) fn notifications(&self, order: &OrderId) -> Vec<Notification> {
        let tables = self.tables();
        let of_order = tables.notifications.iter().filter(|((id, _), _)| id == order);
        of_order.map(|(_, notification)| notification.clone()).collect()
    }

    /// Every delivery's record.
    pub fn deliveries(&self) -> BTreeMap<DeliveryKey, DeliveryRecord> {
        self.tables().deliveries.clone()
    }
}

impl DeliveryLedger for MemoryLedger {
    async fn apply(&self, key: &DeliveryKey, transition: &Transition) -> Result<Fenced, CallError> {
        let deliveries = &mut self.tables().deliveries;
        let stored = deliveries.get(key);
        match transition.apply(stored) {
            Some(next) => {
                let tally = next.tally();
                deliveries.insert(key.clone(), next);
                Ok(Fenced::Applied(tally))
            }
            None => Ok(Fenced::Conflict(stored.cloned().map(Box::new))),
        }
    }

    async fn delivery(&self, key: &DeliveryKey) -> Result<Option<DeliveryRecord>, CallError> {
        Ok(self.tables().deliveries.get(key).cloned())
    }

    async fn deliveries_of(&self, order: &OrderId) -> Result<Vec<DeliveryRecord>, CallError> {
        let tables = self.tables();
        let of_order = tables.deliveries.iter().filter(|(key, _)| key.order_id == *order);
        Ok(of_order.map(|(_, record)| record.clone()).collect())
    }
}

impl Holds for MemoryLedger {
    async fn hold(&self, channel: Channel, hold: &Hold, now: Timestamp) -> Result<bool, CallError> {
        let before = self.tables().holds.insert(channel, hold.clone());
        Ok(before.is_none_or(|before| before.until <= now))
    }

    async fn held(&self, channel: Channel) -> Result<Option<Hold>, CallError> {
        Ok(self.tables().holds.get(&channel).cloned())
    }
}

impl NotificationLedger for MemoryLedger {
    async fn record(&self, notification: &Notification) -> Result<Recorded, CallError> {
        let key = (notification.data.order.id.clone(), notification.key.clone());
        let notifications = &mut self.tables().notifications;
        if let Some(stored) = notifications.get(&key) {
            return Ok(Recorded::Before(Box::new(stored.clone())));
        }
        notifications.insert(key, notification.clone());
        Ok(Recorded::New)
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        let key = (order.clone(), note.message_id.clone());
        self.tables().notes.entry(key).or_insert_with(|| note.clone());
        Ok(())
    }
}

impl ReadLedger for MemoryLedger {
    async fn order(&self, order: &OrderId) -> Result<OrderEntries, CallError> {
        let notifications = self.notifications(order);
        let tables = self.tables();
        let of_order = |candidate: &OrderId| candidate == order;
        Ok(OrderEntries {
            notifications,
            deliveries: tables
                .deliveries
                .iter()
                .filter(|(key, _)| of_order(&key.order_id))
                .map(|(key, record)| (key.delivery_id.clone(), record.clone()))
                .collect(),
            notes: tables
                .notes
                .iter()
                .filter(|((id, _), _)| of_order(id))
                .map(|(_, note)| note.clone())
                .collect(),
        })
    }

    async fn notifications_of(
        &self,
        channel: Channel,
        contact: &ContactHash,
        most: usize,
    ) -> Result<Vec<NotificationId>, CallError> {
        let hash = |notification: &Notification| match channel {
            Channel::Email => notification.email_hash.clone(),
            Channel::Sms => notification.phone_hash.clone(),
            Channel::Push => None,
        };
        let tables = self.tables();
        let all = tables.notifications.iter();
        let mut found: Vec<_> = all.filter(|(_, of)| hash(of).as_ref() == Some(contact)).collect();
        found.sort_by_key(|(_, notification)| Reverse(notification.decided_at));
        let id = |((order_id, key), _): (&(OrderId, NotificationKey), _)| NotificationId {
            order_id: order_id.clone(),
            key: key.clone(),
        };
        Ok(found.into_iter().take(most).map(id).collect())
    }

    async fn delivery_of_message(
        &self,
        message: &ProviderMessageId,
    ) -> Result<Option<DeliveryKey>, CallError> {
        let tables = self.tables();
        // A mail is found by its tags.
        let has_it = |record: &DeliveryRecord| {
            record.facts.channel != Channel::Email
                && record.provider_message_id.as_ref() == Some(message)
        };
        let mut found = tables.deliveries.iter().filter(|(_, record)| has_it(record));
        Ok(found.next().map(|(key, _)| key.clone()))
    }
}
