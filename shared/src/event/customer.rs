//! Customer events: what the shop says about a customer and their devices.

use jiff::Timestamp;
use serde::Deserialize;

use super::order::identifier;
use super::{Customer, Envelope, EventError};
use crate::model::{CustomerId, EventId, Platform, Private};

const UPDATED: &str = "customer.updated";
const DEVICE_REGISTERED: &str = "device.registered";
const DEVICE_REMOVED: &str = "device.removed";

/// A fact about a customer, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerEvent {
    /// The event's id, unique per source.
    pub id: EventId,
    /// When the fact happened.
    pub time: Timestamp,
    /// What happened.
    pub fact: CustomerFact,
}

/// What a customer event says.
#[derive(Debug, Clone, PartialEq)]
pub enum CustomerFact {
    /// `customer.updated`: the profile as it now stands.
    Updated(Customer),
    /// `device.registered`: the app on a device can be reached.
    DeviceRegistered(DeviceRef),
    /// `device.removed`: it can't any more.
    DeviceRemoved(DeviceRef),
}

/// A device, as customer events name it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DeviceRef {
    /// Whose device.
    #[serde(deserialize_with = "identifier")]
    pub customer_id: CustomerId,
    /// Which push service.
    pub platform: Platform,
    /// The service's token.
    pub token: Private,
}

impl CustomerFact {
    /// The type of the events that say it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Updated(_) => UPDATED,
            Self::DeviceRegistered(_) => DEVICE_REGISTERED,
            Self::DeviceRemoved(_) => DEVICE_REMOVED,
        }
    }

    /// The customer the fact is about.
    pub fn customer_id(&self) -> &CustomerId {
        match self {
            Self::Updated(customer) => &customer.id,
            Self::DeviceRegistered(device) | Self::DeviceRemoved(device) => &device.customer_id,
        }
    }
}

impl CustomerEvent {
    /// The types that exist.
    pub const TYPES: [&str; 3] = [UPDATED, DEVICE_REGISTERED, DEVICE_REMOVED];

    /// Whether a published type is one of them.
    pub fn is_type(published: &str) -> bool {
        Self::TYPES.iter().any(|known| type_is(published, known))
    }

    pub(super) fn parse(envelope: Envelope) -> Result<Self, EventError> {
        #[derive(Deserialize)]
        struct Updated {
            customer: Customer,
        }

        let (id, time) = (envelope.id.clone(), envelope.time);
        let kind = Self::TYPES
            .into_iter()
            .find(|known| type_is(&envelope.kind, known))
            .ok_or_else(|| {
                EventError::invalid("type", format!("expected one of {}", Self::TYPES.join(", ")))
            })?;
        let fact = match kind {
            UPDATED => CustomerFact::Updated(envelope.data::<Updated>()?.customer),
            DEVICE_REGISTERED => CustomerFact::DeviceRegistered(device(envelope)?),
            _ => CustomerFact::DeviceRemoved(device(envelope)?),
        };
        Ok(Self { id, time, fact })
    }
}

fn device(envelope: Envelope) -> Result<DeviceRef, EventError> {
    let field = envelope.data_field("token");
    let device: DeviceRef = envelope.data()?;
    // FCM and APNs tokens are a few hundred characters; SNS takes 8 KiB.
    let fits = (1..=4096).contains(&device.token.reveal().len());
    if fits { Ok(device) } else { Err(EventError::invalid(field, "expected a device token")) }
}

/// Whether a published type is `known`, with or without a reverse-DNS prefix.
pub(crate) fn type_is(published: &str, known: &str) -> bool {
    published.strip_suffix(known).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}
