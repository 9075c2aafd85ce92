//! Profiles in memory, for tests, the simulator and `render`.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::{DisableDevices, Profile, ReadProfiles, WriteProfiles, Written};
use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::CustomerId;
use crate::model::failure::CallError;
use crate::model::id::{DeviceId, EndpointArn};

/// Profiles in memory.
#[derive(Debug, Default)]
pub struct MemoryProfiles(Mutex<BTreeMap<CustomerId, Entry>>);

#[derive(Debug, Default)]
struct Entry {
    customer: Option<(Customer, Timestamp)>,
    /// None is a device that was removed at that time.
    devices: BTreeMap<DeviceId, (Option<Device>, Timestamp)>,
}

impl MemoryProfiles {
    fn entries(&self) -> MutexGuard<'_, BTreeMap<CustomerId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_device(
        &self,
        customer_id: &CustomerId,
        id: DeviceId,
        device: Option<Device>,
        at: Timestamp,
    ) -> Written {
        let mut entries = self.entries();
        let devices = &mut entries.entry(customer_id.clone()).or_default().devices;
        if devices.get(&id).is_some_and(|(_, known)| *known > at) {
            return Written::Stale;
        }
        devices.insert(id, (device, at));
        Written::Applied
    }
}

impl ReadProfiles for MemoryProfiles {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        let entries = self.entries();
        let Some(entry) = entries.get(customer_id) else {
            return Ok(None);
        };
        let devices: Vec<_> =
            entry.devices.values().filter_map(|(device, _)| device.clone()).collect();
        if entry.customer.is_none() && devices.is_empty() {
            return Ok(None);
        }
        let profile = entry.customer.as_ref().map(|(customer, _)| Profile::of(customer));
        Ok(Some(Profile { devices, ..profile.unwrap_or_default() }))
    }
}

impl DisableDevices for MemoryProfiles {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        let mut entries = self.entries();
        let devices = entries.get_mut(customer_id).map(|entry| &mut entry.devices);
        if let Some((Some(device), _)) = devices.and_then(|devices| devices.get_mut(device))
            && device.endpoint_arn.as_ref() == Some(endpoint_arn)
        {
            device.endpoint_arn = None;
        }
        Ok(())
    }
}

impl WriteProfiles for MemoryProfiles {
    async fn put_customer(&self, customer: &Customer, at: Timestamp) -> Result<Written, CallError> {
        let mut entries = self.entries();
        let entry = entries.entry(customer.id.clone()).or_default();
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
        Ok(self.set_device(customer_id, device.id(), Some(device.clone()), at))
    }

    async fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> Result<Written, CallError> {
        Ok(self.set_device(customer_id, device.clone(), None, at))
    }
}
