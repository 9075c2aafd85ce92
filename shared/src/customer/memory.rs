//! Profiles in memory, for tests, the simulator and `render`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::cap::{Cap, Caps, CountPromotions, Counted, Promotions};
use super::device::{Owner, Registration, newest, register};
use super::standing::{filled, handed_over};
use super::suppression::SuppressionItem;
use super::{
    CheckDevices, Choice, Chooser, ContactHash, ContactStanding, DisableDevices, EndCustomers,
    KeepPreferences, KnownContact, LookContactsUp, Person, Preferences, Profile, ReadContacts,
    ReadPersons, ReadProfiles, ReadStandings, ReadSuppressions, Remains, Salt, Standing,
    Suppression, WriteProfiles, WriteSuppressions, Written, stricter,
};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::CustomerId;
use crate::model::failure::CallError;
use crate::model::id::{DeviceId, EndpointArn};

/// Profiles in memory.
#[derive(Debug, Default)]
pub struct MemoryProfiles {
    known: Mutex<Known>,
    standings: MemoryStandings,
}

/// How the customers of profiles in memory stand, shared with a ledger in memory that is
/// to forget whom they forget.
#[derive(Debug, Clone, Default)]
pub struct MemoryStandings(Arc<Mutex<BTreeMap<CustomerId, Standing>>>);

impl MemoryStandings {
    /// How the customer stands.
    pub fn get(&self, id: &CustomerId) -> Standing {
        self.all().get(id).cloned().unwrap_or_default()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<CustomerId, Standing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, id: &CustomerId, change: impl FnOnce(&mut Standing) -> T) -> T {
        change(self.all().entry(id.clone()).or_default())
    }
}

/// A salt that is the same in every run of a test, and another after each erasure.
fn derived(id: &CustomerId, standing: &Standing) -> Salt {
    let erasure = standing.erased_at.map_or(0, Timestamp::as_millisecond);
    Salt::new(Sha256::digest(format!("{erasure} {id}")).into())
}

#[derive(Debug, Default)]
struct Known {
    customers: BTreeMap<CustomerId, Entry>,
    owners: BTreeMap<DeviceId, Owner>,
    suppressions: BTreeMap<ContactHash, SuppressionItem>,
    promotions: BTreeMap<Counted, Promotions>,
    preferences: BTreeMap<Chooser, Preferences>,
}

#[derive(Debug, Default)]
struct Entry {
    customer: Option<(Customer, Timestamp)>,
    devices: BTreeMap<DeviceId, DeviceEntry>,
}

#[derive(Debug)]
struct DeviceEntry {
    changed_at: Timestamp,
    /// None, if it was removed.
    device: Option<Device>,
}

impl Entry {
    fn devices(&self) -> Vec<(Timestamp, Device)> {
        let devices = self.devices.values();
        devices.filter_map(|entry| Some((entry.changed_at, entry.device.clone()?))).collect()
    }

    fn set(&mut self, id: DeviceId, device: Option<Device>, changed_at: Timestamp) {
        self.devices.insert(id, DeviceEntry { changed_at, device });
    }
}

impl Known {
    fn entry(&mut self, customer_id: &CustomerId) -> &mut Entry {
        self.customers.entry(customer_id.clone()).or_default()
    }

    fn preferences(&self, of: &Chooser) -> Preferences {
        self.preferences.get(of).cloned().unwrap_or_default()
    }

    fn changed_at(&self, customer_id: &CustomerId, id: &DeviceId) -> Option<Timestamp> {
        Some(self.customers.get(customer_id)?.devices.get(id)?.changed_at)
    }

    fn register(&mut self, registration: Owner, device: &Device) -> Written {
        let id = device.id();
        let owner = self.owners.get(&id).cloned();
        let changed_at = self.changed_at(&registration.customer_id, &id);
        let changed_at_owner =
            owner.as_ref().and_then(|owner| self.changed_at(&owner.customer_id, &id));
        let registered = register(&registration, owner.as_ref(), changed_at, changed_at_owner);
        let Registration::Taken { device: written, former } = registered else {
            return Written::Stale;
        };
        let Owner { at, customer_id } = registration.clone();
        self.owners.insert(id.clone(), registration);
        if let Some(former) = former {
            self.entry(former).set(id.clone(), None, at);
        }
        if written == Written::Stale {
            return Written::Stale;
        }
        let entry = self.entry(&customer_id);
        entry.set(id.clone(), Some(device.clone()), at);
        let (_, excess) = newest(entry.devices());
        for (at, device) in &excess {
            entry.set(device.id(), None, *at);
        }
        if excess.iter().any(|(_, device)| device.id() == id) {
            Written::Stale
        } else {
            Written::Applied
        }
    }
}

impl MemoryProfiles {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the customers stand.
    pub fn standings(&self) -> MemoryStandings {
        self.standings.clone()
    }
}

impl Entry {
    /// The profile, without what is of before an erasure.
    fn profile(&self, standing: &Standing, preferences: Preferences) -> Option<Profile> {
        let devices = self.devices().into_iter().filter(|(at, _)| !standing.is_erased(*at));
        let customer = self.customer.as_ref().map(|(customer, _)| customer);
        Profile::known(customer, devices.collect(), preferences)
    }
}

impl CountPromotions for MemoryProfiles {
    async fn count_promotion(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> Result<Cap, CallError> {
        Ok(self.known().promotions.entry(who.clone()).or_default().count(message, caps, now))
    }
}

impl ReadProfiles for MemoryProfiles {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        let standing = self.standings.get(customer_id);
        let known = self.known();
        let preferences = known.preferences(&Chooser::Customer(customer_id.clone()));
        let nothing = Entry::default();
        let entry = known.customers.get(customer_id).unwrap_or(&nothing);
        Ok(entry.profile(&standing, preferences))
    }
}

impl ReadStandings for MemoryProfiles {
    async fn standing(&self, id: &CustomerId) -> Result<Standing, CallError> {
        Ok(self.standings.get(id))
    }
}

impl ReadPersons for MemoryProfiles {
    async fn person(&self, id: &CustomerId) -> Result<Person, CallError> {
        let id = self.standings.get(id).merged_into.unwrap_or_else(|| id.clone());
        let (profile, standing) = (self.profile(&id).await?, self.standings.get(&id));
        Ok(Person { id, profile, standing })
    }

    async fn salt(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Salt>, CallError> {
        Ok(self.standings.change(id, |standing| {
            if standing.is_erased(at) {
                return None;
            }
            let salt = derived(id, standing);
            Some(standing.salt.get_or_insert(salt).clone())
        }))
    }
}

impl EndCustomers for MemoryProfiles {
    async fn erase(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Remains>, CallError> {
        let known = self.standings.get(id).erased_at.map(Timestamp::as_millisecond);
        if known.is_some_and(|known| known > at.as_millisecond()) {
            return Ok(None);
        }
        let standing = self.standings.change(id, |standing| {
            if known != Some(at.as_millisecond()) {
                (standing.salt, standing.erased_at) = (None, Some(at));
            }
            standing.clone()
        });
        let mut profiles = self.known();
        let entry = profiles.entry(id);
        entry.customer.take_if(|(_, changed_at)| standing.is_erased(*changed_at));
        profiles.preferences.remove(&Chooser::Customer(id.clone()));
        let entry = profiles.entry(id);
        let older = entry.devices().into_iter().filter(|(at, _)| standing.is_erased(*at));
        let devices = older.map(|(_, device)| device).collect();
        Ok(Some(Remains { devices, absorbed: standing.absorbed }))
    }

    async fn merge(
        &self,
        from: &CustomerId,
        into: &CustomerId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let now =
            |id: &CustomerId| self.standings.get(id).merged_into.unwrap_or_else(|| id.clone());
        let (from, into) = (now(from), now(into));
        let (source, target) = (self.standings.get(&from), self.standings.get(&into));
        if from == into || source.is_erased(at) || target.is_erased(at) {
            return Ok(Written::Stale);
        }
        let mut known = self.known();
        let entry = known.entry(&from);
        let (customer, devices) = (entry.customer.take(), entry.devices());
        if let Some((other, changed_at)) = customer {
            let own = &mut known.entry(&into).customer;
            let (merged, changed_at) = match own.take() {
                Some((own, changed_at)) => (filled(own, other), changed_at),
                None => (other, changed_at),
            };
            *own = Some((Customer { id: Some(into.clone()), ..merged }, changed_at));
        }
        let chosen =
            |known: &Known, id: &CustomerId| known.preferences(&Chooser::Customer(id.clone()));
        let choices = stricter(&chosen(&known, &into), &chosen(&known, &from));
        known.preferences.entry(Chooser::Customer(into.clone())).or_default().join(&choices);
        known.preferences.remove(&Chooser::Customer(from.clone()));
        for (registered_at, device) in devices {
            known.register(Owner::new(&into, handed_over(registered_at, at)), &device);
        }
        for former in source.absorbed.into_iter().chain([from]) {
            self.standings.change(&former, |standing| standing.merged_into = Some(into.clone()));
            self.standings.change(&into, |standing| standing.absorbed.insert(former));
        }
        Ok(Written::Applied)
    }
}

impl DisableDevices for MemoryProfiles {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        let mut known = self.known();
        let entry = known.customers.get_mut(customer_id);
        let entry = entry.and_then(|entry| entry.devices.get_mut(device));
        if let Some(device) = entry.and_then(|entry| entry.device.as_mut())
            && device.endpoint_arn.as_ref() == Some(endpoint_arn)
        {
            device.endpoint_arn = None;
        }
        Ok(())
    }
}

impl CheckDevices for MemoryProfiles {
    async fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<bool, CallError> {
        let known = self.known();
        let entry = known.customers.get(customer_id);
        let device = entry.and_then(|entry| entry.devices.get(device)?.device.as_ref());
        Ok(device.is_some_and(|device| device.endpoint_arn.as_ref() == Some(endpoint_arn)))
    }
}

impl WriteProfiles for MemoryProfiles {
    async fn put_customer(
        &self,
        id: &CustomerId,
        customer: &Customer,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let erased = self.standings.get(id).is_erased(at);
        let mut known = self.known();
        let entry = known.entry(id);
        if erased || entry.customer.as_ref().is_some_and(|(_, known)| *known > at) {
            return Ok(Written::Stale);
        }
        entry.customer = Some((customer.clone(), at));
        Ok(Written::Applied)
    }

    async fn put_device(
        &self,
        customer_id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let standing = self.standings.get(customer_id);
        let mut known = self.known();
        let written = known.register(Owner::new(customer_id, at), device);
        match standing.erased_at.filter(|_| standing.is_erased(at)) {
            Some(erased_at) => {
                known.entry(customer_id).set(device.id(), None, erased_at);
                Ok(Written::Stale)
            }
            None => Ok(written),
        }
    }

    async fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        let mut known = self.known();
        if known.changed_at(customer_id, device).is_some_and(|known| known > at) {
            return Ok(Written::Stale);
        }
        known.entry(customer_id).set(device.clone(), None, at);
        Ok(Written::Applied)
    }
}

impl KeepPreferences for MemoryProfiles {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        Ok(self.known().preferences(of))
    }

    async fn choose(&self, of: &Chooser, choices: &[Choice]) -> Result<Written, CallError> {
        Ok(self.known().preferences.entry(of.clone()).or_default().join(choices))
    }
}

impl ReadContacts for MemoryProfiles {
    async fn contacts(&self, contacts: &[ContactHash]) -> Result<Vec<KnownContact>, CallError> {
        let known = self.known();
        let find = |contact: &ContactHash| KnownContact {
            suppression: known.suppressions.get(contact).and_then(|item| item.suppression.clone()),
            preferences: known.preferences(&Chooser::Contact(contact.clone())),
        };
        Ok(contacts.iter().map(find).collect())
    }
}

impl ReadSuppressions for MemoryProfiles {
    async fn suppressed(
        &self,
        contacts: &[ContactHash],
    ) -> Result<Vec<(ContactHash, Suppression)>, CallError> {
        let known = self.known();
        let find = |contact: &ContactHash| {
            let suppression = known.suppressions.get(contact)?.suppression.clone()?;
            Some((contact.clone(), suppression))
        };
        Ok(contacts.iter().filter_map(find).collect())
    }
}

impl LookContactsUp for MemoryProfiles {
    async fn contact_standing(&self, contact: &ContactHash) -> Result<ContactStanding, CallError> {
        Ok(ContactStanding::of(self.known().suppressions.get(contact).cloned()))
    }
}

impl WriteSuppressions for MemoryProfiles {
    async fn suppress(
        &self,
        contact: &ContactHash,
        suppression: &Suppression,
    ) -> Result<(), CallError> {
        let item = SuppressionItem::suppressed(suppression);
        let suppressions = &mut self.known().suppressions;
        let stands = |known: &SuppressionItem| {
            known.suppression.is_some() || known.changed_at >= item.changed_at
        };
        if !suppressions.get(contact).is_some_and(stands) {
            suppressions.insert(contact.clone(), item);
        }
        Ok(())
    }

    async fn lift(&self, contact: &ContactHash, now: Timestamp) -> Result<(), CallError> {
        self.known().suppressions.insert(contact.clone(), SuppressionItem::lifted(now));
        Ok(())
    }
}
