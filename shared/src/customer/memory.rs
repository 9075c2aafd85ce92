//! Profiles in memory, for tests, the simulator and `render`.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::device::{Owner, Registration, newest, register};
use super::suppression::SuppressionItem;
use super::{
    CheckDevices, Choice, Chooser, ContactHash, DisableDevices, Facts, KeepPreferences,
    KnownContact, Preferences, Profile, ReadContacts, ReadProfiles, ReadSuppressions, Suppression,
    WriteProfiles, WriteSuppressions, Written,
};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::CustomerId;
use crate::model::failure::CallError;
use crate::model::id::{DeviceId, EndpointArn};

/// Profiles in memory.
#[derive(Debug, Default)]
pub struct MemoryProfiles(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    customers: BTreeMap<CustomerId, Entry>,
    owners: BTreeMap<DeviceId, Owner>,
    suppressions: BTreeMap<ContactHash, SuppressionItem>,
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReadProfiles for MemoryProfiles {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        let known = self.known();
        let mut facts = match known.customers.get(customer_id) {
            Some(entry) => {
                let customer = entry.customer.as_ref().map(|(customer, _)| customer.clone());
                Facts { customer, devices: entry.devices(), ..Facts::default() }
            }
            None => Facts::default(),
        };
        facts.preferences = known.preferences(&Chooser::Customer(customer_id.clone()));
        Ok(Profile::known(facts))
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
        let mut known = self.known();
        let entry = known.entry(id);
        if entry.customer.as_ref().is_some_and(|(_, known)| *known > at) {
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
        Ok(self.known().register(Owner::new(customer_id, at), device))
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
