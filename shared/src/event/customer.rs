//! Customer events: what the shop says about a customer and their devices.

use jiff::Timestamp;

use super::fields::{Fields, FromFields, missing};
use super::kinds::identifier;
use super::preferences::{PreferencesUpdate, preferences};
use super::{Customer, Envelope, EventError};
use crate::model::{CustomerId, EventId, Platform, Private};

const UPDATED: &str = "customer.updated";
const DEVICE_REGISTERED: &str = "device.registered";
const DEVICE_REMOVED: &str = "device.removed";
const ERASED: &str = "customer.erased";
const MERGED: &str = "customer.merged";
const PREFERENCES_UPDATED: &str = "preferences.updated";

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
    /// `customer.updated`: the customer's profile as it now stands.
    Updated(CustomerId, Customer),
    /// `device.registered`: the app on a device can be reached.
    DeviceRegistered(DeviceRef),
    /// `device.removed`: it can't any more.
    DeviceRemoved(DeviceRef),
    /// `customer.erased`: nothing of the customer is to be known any more.
    Erased(CustomerId),
    /// `customer.merged`: two customers are one.
    Merged {
        /// Who is no more.
        from: CustomerId,
        /// Who they are now.
        into: CustomerId,
    },
    /// `preferences.updated`: what the customer wants to hear of, as they said at the shop.
    PreferencesUpdated(PreferencesUpdate),
}

/// A device, as customer events name it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceRef {
    /// Whose device.
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
            Self::Updated(..) => UPDATED,
            Self::DeviceRegistered(_) => DEVICE_REGISTERED,
            Self::DeviceRemoved(_) => DEVICE_REMOVED,
            Self::Erased(_) => ERASED,
            Self::Merged { .. } => MERGED,
            Self::PreferencesUpdated(_) => PREFERENCES_UPDATED,
        }
    }

    /// The customer the fact is about; of two who were merged, who is no more.
    pub fn customer_id(&self) -> &CustomerId {
        match self {
            Self::Updated(id, _) | Self::Erased(id) | Self::Merged { from: id, .. } => id,
            Self::DeviceRegistered(device) | Self::DeviceRemoved(device) => &device.customer_id,
            Self::PreferencesUpdated(update) => &update.customer_id,
        }
    }
}

impl CustomerEvent {
    /// The types that exist.
    pub const TYPES: [&str; 6] =
        [UPDATED, DEVICE_REGISTERED, DEVICE_REMOVED, PREFERENCES_UPDATED, ERASED, MERGED];

    /// Whether a published type is one of them.
    pub fn is_type(published: &str) -> bool {
        Self::TYPES.iter().any(|known| type_is(published, known))
    }

    pub(super) fn parse(envelope: Envelope) -> Result<Self, EventError> {
        let (id, time) = (envelope.id.clone(), envelope.time);
        let kind = Self::TYPES
            .into_iter()
            .find(|known| type_is(&envelope.kind, known))
            .ok_or_else(|| {
                EventError::invalid("type", format!("expected one of {}", Self::TYPES.join(", ")))
            })?;
        let (fact, _) = envelope.read(|fields| match kind {
            UPDATED => updated(fields),
            ERASED => customer_id(fields, "customer_id").map(CustomerFact::Erased),
            MERGED => merged(fields),
            DEVICE_REGISTERED => device(fields).map(CustomerFact::DeviceRegistered),
            PREFERENCES_UPDATED => preferences(fields).map(CustomerFact::PreferencesUpdated),
            _ => device(fields).map(CustomerFact::DeviceRemoved),
        })?;
        Ok(Self { id, time, fact })
    }
}

fn updated(fields: &mut Fields<'_>) -> Result<CustomerFact, EventError> {
    if fields.peek("customer").is_none() {
        return Err(missing(fields.path_of("customer"), "the customer as they stand"));
    }
    let path = fields.path_of("customer");
    let customer = fields.block("customer", |fields| {
        Ok(CustomerFact::Updated(customer_id(fields, "id")?, Customer::from_fields(fields)))
    });
    customer.ok_or_else(|| EventError::invalid(path, "expected a JSON object"))?
}

/// A customer's id, which a profile can't do without.
pub(super) fn customer_id(fields: &mut Fields<'_>, name: &str) -> Result<CustomerId, EventError> {
    let path = fields.path_of(name);
    let value = fields.take(name).ok_or_else(|| missing(path.clone(), "the customer's id"))?;
    let reading = identifier(value);
    let id = fields.kept(name, reading);
    id.map(CustomerId::new)
        .ok_or_else(|| EventError::invalid(path, "expected 1 to 128 bytes of text"))
}

fn merged(fields: &mut Fields<'_>) -> Result<CustomerFact, EventError> {
    let (from, into) = (customer_id(fields, "from")?, customer_id(fields, "into")?);
    if from == into {
        return Err(EventError::invalid(fields.path_of("into"), "expected another id than `from`"));
    }
    Ok(CustomerFact::Merged { from, into })
}

fn device(fields: &mut Fields<'_>) -> Result<DeviceRef, EventError> {
    let customer_id = customer_id(fields, "customer_id")?;
    let mut text = |name: &str| {
        let path = fields.path_of(name);
        let value = fields.take(name).ok_or_else(|| missing(path.clone(), "it is required"))?;
        let text = value.as_str().map(|text| text.trim().to_owned());
        text.ok_or_else(|| EventError::invalid(path, "expected text"))
    };
    let (platform, token) = (text("platform")?, text("token")?);
    let named = |known: &Platform| known.as_str().eq_ignore_ascii_case(&platform);
    let platform = Platform::ALL.into_iter().find(named).ok_or_else(|| {
        let known = Platform::ALL.map(Platform::as_str).join(", ");
        EventError::invalid(fields.path_of("platform"), format!("expected one of {known}"))
    })?;
    // FCM and APNs tokens are a few hundred characters; SNS takes 8 KiB.
    if token.len() > 4096 {
        return Err(EventError::invalid(fields.path_of("token"), "expected a device token"));
    }
    Ok(DeviceRef { customer_id, platform, token: Private::new(token) })
}

/// Whether a published type is `known`, with or without a reverse-DNS prefix.
pub(crate) fn type_is(published: &str, known: &str) -> bool {
    published.strip_suffix(known).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}
