//! Customers: their contact points, devices, locale and time zone, which contact points
//! must not be written to, and what their data is sealed with; and the work of `profiles`,
//! which keeps them.

mod cap;
mod consent;
mod contact;
mod device;
mod dynamodb;
mod memory;
mod promotions;
pub mod salt;
mod standing;
mod standings;
mod suppression;
mod work;

pub use cap::{Cap, Caps, CountPromotions, Counted};
use consent::stricter;
pub use consent::{
    Choice, Chooser, ContactChoices, How, KeepPreferences, Objection, Preferences, last_word,
    objection,
};
pub use contact::{CheckContacts, FindContactKey, KnownContacts};
pub use device::MAX_DEVICES;
pub use dynamodb::DynamoProfiles;
pub use memory::{MemoryProfiles, MemoryStandings};
pub use salt::Salt;
pub use standing::{EndCustomers, Person, ReadPersons, ReadStandings, Remains, Standing};
pub use suppression::{
    ContactHash, ContactHashes, ContactKey, ContactStanding, KnownContact, LookContactsUp,
    ReadContacts, ReadSuppressions, Suppressed, Suppression, WriteSuppressions, known_contacts,
};
pub use work::{Ports, Profiler, handle};

use std::future::Future;

use jiff::Timestamp;

use crate::channel::push::Device;
use crate::event::Customer;
use crate::model::failure::CallError;
use crate::model::id::{DeviceId, EndpointArn};
use crate::model::{CustomerId, Private};

/// What is known of a customer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// How to address them.
    pub name: Option<Private>,
    /// E-mail address, as the shop gave it.
    pub email: Option<Private>,
    /// Phone number, as the shop gave it.
    pub phone: Option<Private>,
    /// BCP 47.
    pub locale: Option<String>,
    /// IANA time zone name.
    pub time_zone: Option<String>,
    /// Their devices, by id.
    pub devices: Vec<Device>,
    /// What they want to hear of, and where.
    pub preferences: Preferences,
}

impl Profile {
    /// The profile that a customer's own facts make, without devices.
    pub fn of(customer: &Customer) -> Self {
        Self {
            name: customer.name.clone(),
            email: customer.email.clone(),
            phone: customer.phone.clone(),
            locale: customer.locale.clone(),
            time_zone: customer.time_zone.clone(),
            devices: Vec::new(),
            preferences: Preferences::default(),
        }
    }

    /// The profile that a store's facts make: with no more devices than are kept,
    /// whatever an older version has written. None, if there are no facts.
    fn known(
        customer: Option<&Customer>,
        devices: Vec<(Timestamp, Device)>,
        preferences: Preferences,
    ) -> Option<Self> {
        if customer.is_none() && devices.is_empty() && preferences.is_empty() {
            return None;
        }
        let (devices, _) = device::newest(devices);
        Some(Self { devices, preferences, ..customer.map(Self::of).unwrap_or_default() })
    }
}

/// What planning knows of a customer.
#[derive(Debug, Clone, Default)]
pub struct KnownCustomer {
    /// Their profile, if there is one.
    pub profile: Option<Profile>,
    /// Which of their contact points must not be written to.
    pub suppressed: Suppressed,
    /// What was chosen for their contact points.
    pub choices: ContactChoices,
    /// What support finds them by.
    pub contacts: ContactHashes,
}

/// Reads profiles.
pub trait ReadProfiles: Sync {
    /// The customer's profile; none if neither contact points nor devices nor
    /// preferences are known.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn profile(
        &self,
        customer_id: &CustomerId,
    ) -> impl Future<Output = Result<Option<Profile>, CallError>> + Send;
}

/// Writes profiles. Of two facts about the same thing, the one that happened
/// later wins, in whichever order they arrive.
///
/// A device belongs to the customer who registered it last, and a customer has at
/// most [`MAX_DEVICES`]: those that were registered last.
pub trait WriteProfiles: Sync {
    /// Replaces the customer's contact points.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn put_customer(
        &self,
        id: &CustomerId,
        customer: &Customer,
        at: Timestamp,
    ) -> impl Future<Output = Result<Written, CallError>> + Send;

    /// Adds or renews a device, and removes it from the customer it belonged to. Of
    /// too many devices, the one that was registered the longest time ago is removed.
    /// Whenever this stops on its way, the same call again ends in the same state.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn put_device(
        &self,
        customer_id: &CustomerId,
        device: &Device,
        at: Timestamp,
    ) -> impl Future<Output = Result<Written, CallError>> + Send;

    /// Removes a device; one that is not there is removed already.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn remove_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        at: Timestamp,
    ) -> impl Future<Output = Result<Written, CallError>> + Send;
}

/// Disables a device when its push service no longer knows it.
pub trait DisableDevices: Sync {
    /// Takes the endpoint from the device, if it still is this one; the next
    /// registration brings it back. Harmless to repeat.
    ///
    /// # Errors
    /// [`CallError`] if the write is not known to be applied.
    fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Checks whether a message that waited may still go to its device.
pub trait CheckDevices: Sync {
    /// Whether the device is still the customer's and has this endpoint: it was not
    /// removed, disabled or registered by another customer meanwhile.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> impl Future<Output = Result<bool, CallError>> + Send;
}

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was applied.
    Applied,
    /// A later fact is known already.
    Stale,
}
