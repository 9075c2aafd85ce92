//! The ledger in memory, for tests, the simulator and `render`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::record::{DeliveryKey, DeliveryRecord};
use super::timeline::OrderEntries;
use super::transition::{Fenced, Transition};
use super::{
    DeliveryLedger, EraseGuests, Hold, Holds, Outline, ReadLedger, SealedNotification, Unreadable,
};
use crate::customer::{ContactHash, MemoryStandings, Salt};
use crate::model::failure::CallError;
use crate::model::id::NotificationKey;
use crate::model::{Channel, CustomerId, OrderId, ProviderMessageId, Reason};
use crate::plan::{
    DeferralLedger, EventNote, Fact, Facts, Kept, Notification, NotificationId, NotificationLedger,
    Overdue, Recorded, Revised, SealedFor,
};

/// The ledger in memory. It seals nothing, but forgets whom the profiles beside it forget.
#[derive(Debug, Default)]
pub struct MemoryLedger {
    tables: Mutex<Tables>,
    customers: Option<MemoryStandings>,
}

#[derive(Debug, Default)]
struct Tables {
    notifications: BTreeMap<(OrderId, NotificationKey), Stored>,
    guests: BTreeMap<OrderId, u64>,
    deliveries: BTreeMap<DeliveryKey, DeliveryRecord>,
    notes: BTreeMap<(OrderId, String), EventNote>,
    holds: BTreeMap<Channel, Hold>,
}

/// A notification, and whose salt it would be sealed with.
#[derive(Debug)]
struct Stored {
    notification: Notification,
    sealed_for: KeptFor,
}

#[derive(Debug)]
enum KeptFor {
    Customer(CustomerId, Salt),
    /// The order's guest, after so many erasures.
    Guest(u64),
}

impl MemoryLedger {
    /// A ledger beside these profiles: whom they erase, it can't read any more.
    pub fn beside(customers: MemoryStandings) -> Self {
        Self { tables: Mutex::default(), customers: Some(customers) }
    }

    /// Whether the salt is gone that the notification would be sealed with.
    fn is_erased(&self, tables: &Tables, kept: &Stored) -> bool {
        match &kept.sealed_for {
            KeptFor::Customer(customer, salt) => {
                let customers = self.customers.as_ref();
                customers.is_some_and(|known| known.get(customer).salt.as_ref() != Some(salt))
            }
            KeptFor::Guest(erasures) => {
                let order = &kept.notification.data.order.id;
                tables.guests.get(order).copied().unwrap_or_default() != *erasures
            }
        }
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        // A panic while the lock is held leaves no half-made change: each
        // change is one insertion.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The order's notifications.
    pub(super) fn notifications(&self, order: &OrderId) -> Vec<Notification> {
        let tables = self.tables();
        let of_order = tables.notifications.iter().filter(|((id, _), _)| id == order);
        of_order.map(|(_, stored)| stored.notification.clone()).collect()
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

fn kept_for(tables: &Tables, order: &OrderId, sealed_for: SealedFor<'_>) -> KeptFor {
    match sealed_for {
        SealedFor::Customer(customer, salt) => KeptFor::Customer(customer.clone(), salt.clone()),
        SealedFor::Guest => KeptFor::Guest(tables.guests.get(order).copied().unwrap_or_default()),
    }
}

impl NotificationLedger for MemoryLedger {
    async fn record(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Recorded, CallError> {
        let order = &notification.data.order.id;
        let mut tables = self.tables();
        let sealed_for = kept_for(&tables, order, sealed_for);
        let key = (order.clone(), notification.key.clone());
        match tables.notifications.get(&key) {
            Some(kept) if self.is_erased(&tables, kept) => Ok(Recorded::Erased),
            Some(kept) => Ok(Recorded::Before(Box::new(kept.notification.clone()))),
            None => {
                let kept = Stored { notification: notification.clone(), sealed_for };
                tables.notifications.insert(key, kept);
                Ok(Recorded::New)
            }
        }
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        let key = (order.clone(), note.message_id.clone());
        self.tables().notes.entry(key).or_insert_with(|| note.clone());
        Ok(())
    }
}

/// The hash that the index of this channel has of a notification.
fn hash_of(notification: &Notification, channel: Channel) -> Option<ContactHash> {
    match channel {
        Channel::Email => notification.email_hash.clone(),
        Channel::Sms => notification.phone_hash.clone(),
        Channel::Push => None,
    }
}

impl DeferralLedger for MemoryLedger {
    async fn notification(&self, id: &NotificationId) -> Result<Option<Kept>, CallError> {
        let tables = self.tables();
        let stored = tables.notifications.get(&(id.order_id.clone(), id.key.clone()));
        Ok(stored.map(|stored| {
            if self.is_erased(&tables, stored) {
                Kept::Erased
            } else {
                Kept::Whole(Box::new(stored.notification.clone()))
            }
        }))
    }

    async fn revise(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Revised, CallError> {
        let mut tables = self.tables();
        let order = &notification.data.order.id;
        let sealed_for = kept_for(&tables, order, sealed_for);
        match tables.notifications.get_mut(&(order.clone(), notification.key.clone())) {
            Some(stored) if stored.notification.revision + 1 == notification.revision => {
                *stored = Stored { notification: notification.clone(), sealed_for };
                Ok(Revised::Applied)
            }
            _ => Ok(Revised::Conflict),
        }
    }

    async fn end(
        &self,
        id: &NotificationId,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<(), CallError> {
        let mut tables = self.tables();
        let key = (id.order_id.clone(), id.key.clone());
        if let Some(stored) = tables.notifications.get_mut(&key) {
            stored.notification.end(reason, now);
        }
        Ok(())
    }

    async fn facts_of(&self, order: &OrderId) -> Result<Facts, CallError> {
        let tables = self.tables();
        let told = tables.notifications.iter().filter(|((id, _), _)| id == order);
        let told = told.map(|(_, stored)| Fact::from(&stored.notification)).collect();
        let notes = tables.notes.iter().filter(|((id, _), _)| id == order);
        Ok(Facts { told, notes: notes.map(|(_, note)| note.clone()).collect() })
    }

    async fn decided_since(
        &self,
        channel: Channel,
        contact: &ContactHash,
        since: Timestamp,
        most: usize,
    ) -> Result<usize, CallError> {
        let tables = self.tables();
        let all = tables.notifications.values().map(|stored| &stored.notification);
        let theirs = all.filter(|of| hash_of(of, channel).as_ref() == Some(contact));
        Ok(theirs.filter(|of| of.decided_at > since).take(most).count())
    }

    async fn overdue(&self, before: Timestamp, most: usize) -> Result<Vec<Overdue>, CallError> {
        let tables = self.tables();
        let due = |of: &Notification| of.due_at().filter(|due_at| *due_at < before);
        let all = tables.notifications.values().map(|stored| &stored.notification);
        let all = all.filter_map(|of| Some(Overdue { id: of.id(), due_at: due(of)? }));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|overdue| overdue.due_at);
        all.truncate(most);
        Ok(all)
    }
}

impl EraseGuests for MemoryLedger {
    async fn erase_guest(&self, order: &OrderId) -> Result<(), CallError> {
        *self.tables().guests.entry(order.clone()).or_default() += 1;
        Ok(())
    }
}

impl ReadLedger for MemoryLedger {
    async fn order(&self, order: &OrderId) -> Result<OrderEntries, CallError> {
        let tables = self.tables();
        let mut entries = OrderEntries::default();
        for ((id, _), kept) in &tables.notifications {
            if id == order && self.is_erased(&tables, kept) {
                let outline = Outline::from(&kept.notification);
                entries.sealed.push(SealedNotification { outline, unreadable: Unreadable::Erased });
            } else if id == order {
                entries.notifications.push(kept.notification.clone());
            }
        }
        let deliveries = tables.deliveries.iter().filter(|(key, _)| key.order_id == *order);
        let delivery = |(key, record): (&DeliveryKey, &DeliveryRecord)| {
            (key.delivery_id.clone(), record.clone())
        };
        entries.deliveries = deliveries.map(delivery).collect();
        let notes = tables.notes.iter().filter(|((id, _), _)| id == order);
        entries.notes = notes.map(|(_, note)| note.clone()).collect();
        Ok(entries)
    }

    async fn notifications_of(
        &self,
        channel: Channel,
        contact: &ContactHash,
        most: usize,
    ) -> Result<Vec<NotificationId>, CallError> {
        let tables = self.tables();
        let all = tables.notifications.iter();
        let has_it = |kept: &Stored| hash_of(&kept.notification, channel).as_ref() == Some(contact);
        let mut found: Vec<_> = all.filter(|(_, kept)| has_it(kept)).collect();
        found.sort_by_key(|(_, kept)| Reverse(kept.notification.decided_at));
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
