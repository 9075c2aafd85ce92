//! The stores in memory, shared like tables are, and with the troubles that a
//! table gives.

use std::collections::VecDeque;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use bellhop::channel::push::Device;
use bellhop::channel::{MemorySender, NotAccepted, Outgoing, Sender};
use bellhop::content::RenderError;
use bellhop::customer::{
    Cap, Caps, CheckDevices, Choice, Chooser, ContactHash, ContactStanding, CountPromotions,
    Counted, DisableDevices, EndCustomers, KeepPreferences, KnownContact, LookContactsUp,
    MemoryProfiles, MemoryStandings, Person, Preferences, Profile, ReadContacts, ReadPersons,
    ReadProfiles, ReadStandings, ReadSuppressions, Remains, Salt, Standing, Suppression,
    WriteProfiles, WriteSuppressions, Written,
};
use bellhop::delivery::{DeliveryJob, JobQueue, MemoryQueue, Routes};
use bellhop::event::{ChannelFailed, Customer, Due};
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, Fenced, Hold, Holds, MemoryLedger, OrderContacts,
    OrderEntries, ReadLedger, ReadOrderContacts, Transition,
};
use bellhop::model::failure::CallError;
use bellhop::model::id::{AttemptId, DeviceId, EndpointArn};
use bellhop::model::{Channel, CustomerId, OrderId, Origin, ProviderMessageId, Reason, Record};
use bellhop::plan::{
    DeferralLedger, EventNote, Facts, Kept, MemorySchedules, Notification, NotificationId,
    NotificationLedger, Overdue, Recorded, Revised, Schedules, SealedFor,
};
use bellhop::platform::{DeadLetter, DeadLetterQueue, MemoryDeadLetters};
use futures_util::FutureExt;
use jiff::Timestamp;
use tokio::task::yield_now;

use crate::{HAPPENED, at};

/// What several functions use at once. Whoever calls it gives way to the others
/// before and after, as with a call over the network.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Shares it.
    pub fn new(store: T) -> Self {
        Self(Arc::new(store))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What happens to one write of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// It is not applied, and the caller sees that it failed.
    Failed,
    /// It is applied, and the caller sees that it failed.
    AnswerLost,
    /// The caller dies before it is applied.
    DeathBefore,
    /// The caller dies after it is applied.
    DeathAfter,
}

/// A ledger whose writes of deliveries meet with troubles, in this order, and
/// with none after them.
#[derive(Debug, Default)]
pub struct Ledger {
    memory: MemoryLedger,
    troubles: Mutex<VecDeque<Trouble>>,
}

impl Ledger {
    /// A ledger with these troubles ahead.
    pub fn with(troubles: impl IntoIterator<Item = Trouble>) -> Self {
        Self {
            memory: MemoryLedger::default(),
            troubles: Mutex::new(troubles.into_iter().collect()),
        }
    }

    /// The same beside profiles whose customers may be erased.
    pub fn beside(self, customers: MemoryStandings) -> Self {
        Self { memory: MemoryLedger::beside(customers), ..self }
    }

    fn next_trouble(&self) -> Trouble {
        self.troubles.lock().unwrap().pop_front().unwrap_or(Trouble::None)
    }
}

impl Deref for Ledger {
    type Target = MemoryLedger;

    fn deref(&self) -> &MemoryLedger {
        &self.memory
    }
}

impl DeliveryLedger for Shared<Ledger> {
    async fn apply(&self, key: &DeliveryKey, transition: &Transition) -> Result<Fenced, CallError> {
        let lost = || CallError::unexpected("dynamodb:UpdateItem", "trouble");
        yield_now().await;
        let answer = match self.next_trouble() {
            Trouble::Failed => Err(lost()),
            Trouble::DeathBefore => panic!("died before the write"),
            Trouble::None => self.memory.apply(key, transition).await,
            Trouble::AnswerLost => self.memory.apply(key, transition).await.and(Err(lost())),
            Trouble::DeathAfter => {
                let _ = self.memory.apply(key, transition).await;
                panic!("died after the write")
            }
        };
        yield_now().await;
        answer
    }

    async fn delivery(&self, key: &DeliveryKey) -> Result<Option<DeliveryRecord>, CallError> {
        yield_now().await;
        self.memory.delivery(key).await
    }

    async fn deliveries_of(&self, order: &OrderId) -> Result<Vec<DeliveryRecord>, CallError> {
        yield_now().await;
        self.memory.deliveries_of(order).await
    }
}

impl Holds for Shared<Ledger> {
    async fn hold(&self, channel: Channel, hold: &Hold, now: Timestamp) -> Result<bool, CallError> {
        self.memory.hold(channel, hold, now).await
    }

    async fn held(&self, channel: Channel) -> Result<Option<Hold>, CallError> {
        self.memory.held(channel).await
    }
}

impl DeferralLedger for Shared<Ledger> {
    async fn notification(&self, id: &NotificationId) -> Result<Option<Kept>, CallError> {
        yield_now().await;
        self.memory.notification(id).await
    }

    async fn revise(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Revised, CallError> {
        yield_now().await;
        self.memory.revise(notification, sealed_for).await
    }

    async fn end(
        &self,
        id: &NotificationId,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<(), CallError> {
        yield_now().await;
        self.memory.end(id, reason, now).await
    }

    async fn facts_of(&self, order: &OrderId) -> Result<Facts, CallError> {
        yield_now().await;
        self.memory.facts_of(order).await
    }

    async fn decided_since(
        &self,
        channel: Channel,
        contact: &ContactHash,
        since: Timestamp,
        most: usize,
    ) -> Result<usize, CallError> {
        yield_now().await;
        self.memory.decided_since(channel, contact, since, most).await
    }

    async fn overdue(&self, before: Timestamp, most: usize) -> Result<Vec<Overdue>, CallError> {
        yield_now().await;
        self.memory.overdue(before, most).await
    }
}

impl Schedules for Shared<MemorySchedules> {
    async fn schedule(&self, due: &Due, now: Timestamp) -> Result<(), CallError> {
        yield_now().await;
        (**self).schedule(due, now).await
    }

    async fn cancel(&self, due: &Due) -> Result<(), CallError> {
        yield_now().await;
        (**self).cancel(due).await
    }

    async fn announce(&self, due: &[Due], origin: &str) -> Result<(), CallError> {
        yield_now().await;
        (**self).announce(due, origin).await
    }
}

impl NotificationLedger for Shared<Ledger> {
    async fn record(
        &self,
        notification: &Notification,
        sealed_for: SealedFor<'_>,
    ) -> Result<Recorded, CallError> {
        yield_now().await;
        self.memory.record(notification, sealed_for).await
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        yield_now().await;
        self.memory.note(order, note).await
    }
}

impl ReadLedger for Shared<Ledger> {
    async fn order(&self, order: &OrderId) -> Result<OrderEntries, CallError> {
        self.memory.order(order).await
    }

    async fn notifications_of(
        &self,
        channel: Channel,
        contact: &ContactHash,
        most: usize,
    ) -> Result<Vec<NotificationId>, CallError> {
        self.memory.notifications_of(channel, contact, most).await
    }

    async fn delivery_of_message(
        &self,
        message: &ProviderMessageId,
    ) -> Result<Option<DeliveryKey>, CallError> {
        self.memory.delivery_of_message(message).await
    }
}

impl ReadOrderContacts for Shared<Ledger> {
    async fn contacts_of(&self, order: &OrderId) -> Result<OrderContacts, CallError> {
        self.memory.contacts_of(order).await
    }
}

impl ReadProfiles for Shared<MemoryProfiles> {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        yield_now().await;
        self.0.profile(customer_id).await
    }
}

impl CountPromotions for Shared<MemoryProfiles> {
    async fn count_promotion(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> Result<Cap, CallError> {
        yield_now().await;
        (**self).count_promotion(who, message, caps, now).await
    }
}

impl ReadPersons for Shared<MemoryProfiles> {
    async fn person(&self, id: &CustomerId) -> Result<Person, CallError> {
        yield_now().await;
        self.0.person(id).await
    }

    async fn salt(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Salt>, CallError> {
        yield_now().await;
        self.0.salt(id, at).await
    }
}

impl ReadStandings for Shared<MemoryProfiles> {
    async fn standing(&self, id: &CustomerId) -> Result<Standing, CallError> {
        yield_now().await;
        self.0.standing(id).await
    }
}

impl EndCustomers for Shared<MemoryProfiles> {
    async fn erase(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Remains>, CallError> {
        yield_now().await;
        self.0.erase(id, at).await
    }

    async fn merge(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        yield_now().await;
        self.0.merge(from, into, at).await
    }
}

impl ReadContacts for Shared<MemoryProfiles> {
    async fn contacts(&self, contacts: &[ContactHash]) -> Result<Vec<KnownContact>, CallError> {
        self.0.contacts(contacts).await
    }
}

impl KeepPreferences for Shared<MemoryProfiles> {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        yield_now().await;
        self.0.preferences(of).await
    }

    async fn choose(&self, of: &Chooser, choices: &[Choice]) -> Result<Written, CallError> {
        yield_now().await;
        self.0.choose(of, choices).await
    }
}

impl ReadSuppressions for Shared<MemoryProfiles> {
    async fn suppressed(
        &self,
        contacts: &[ContactHash],
    ) -> Result<Vec<(ContactHash, Suppression)>, CallError> {
        self.0.suppressed(contacts).await
    }
}

impl WriteSuppressions for Shared<MemoryProfiles> {
    async fn suppress(
        &self,
        contact: &ContactHash,
        suppression: &Suppression,
    ) -> Result<(), CallError> {
        self.0.suppress(contact, suppression).await
    }

    async fn lift(&self, contact: &ContactHash, now: Timestamp) -> Result<(), CallError> {
        self.0.lift(contact, now).await
    }
}

impl WriteProfiles for Shared<MemoryProfiles> {
    async fn put_customer(
        &self,
        id: &CustomerId,
        customer: &Customer,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        yield_now().await;
        self.0.put_customer(id, customer, at).await
    }

    async fn put_device(
        &self,
        customer_id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        yield_now().await;
        self.0.put_device(customer_id, device, at).await
    }

    async fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        yield_now().await;
        self.0.remove_device(customer_id, device, at).await
    }
}

impl Shared<MemoryProfiles> {
    /// Profiles in which these customers have these devices.
    pub fn of_owners<'a>(devices: impl IntoIterator<Item = (&'a str, Device)>) -> Self {
        let profiles = Self::default();
        for (customer_id, device) in devices {
            let customer_id = customer_id.into();
            let put = profiles.0.put_device(&customer_id, &device, at(HAPPENED));
            put.now_or_never().expect("stores in memory answer at once").unwrap();
        }
        profiles
    }
}

impl LookContactsUp for Shared<MemoryProfiles> {
    async fn contact_standing(&self, contact: &ContactHash) -> Result<ContactStanding, CallError> {
        yield_now().await;
        self.0.contact_standing(contact).await
    }
}

impl CheckDevices for Shared<MemoryProfiles> {
    async fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<bool, CallError> {
        yield_now().await;
        self.0.has_device(customer_id, device, endpoint_arn).await
    }
}

impl DisableDevices for Shared<MemoryProfiles> {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        yield_now().await;
        self.0.disable_device(customer_id, device, endpoint_arn).await
    }
}

impl JobQueue for Shared<MemoryQueue> {
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: Origin<'_>) -> Result<(), CallError> {
        yield_now().await;
        self.0.enqueue(jobs, origin).await
    }
}

impl Routes for Shared<MemoryQueue> {
    async fn channel_failed(
        &self,
        failed: &ChannelFailed,
        origin: Origin<'_>,
    ) -> Result<(), CallError> {
        yield_now().await;
        self.0.channel_failed(failed, origin).await
    }
}

impl DeadLetterQueue for Shared<MemoryDeadLetters> {
    async fn put(&self, message: &Record, letter: &DeadLetter) -> Result<(), CallError> {
        yield_now().await;
        self.0.put(message, letter).await
    }
}

impl Sender for Shared<MemorySender> {
    type Message = String;

    fn channel(&self) -> Channel {
        self.0.channel()
    }

    fn prepare(&self, outgoing: &Outgoing<'_>, now: Timestamp) -> Result<String, RenderError> {
        self.0.prepare(outgoing, now)
    }

    fn payload_hash(&self, message: &String) -> String {
        self.0.payload_hash(message)
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        message: &String,
    ) -> Result<ProviderMessageId, NotAccepted> {
        yield_now().await;
        self.0.send(outgoing, attempt, message).await
    }
}
