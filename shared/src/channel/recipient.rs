//! Whom a delivery goes to: the sum of what the channels send to.

use serde::{Deserialize, Serialize};

use super::email::EmailAddress;
use super::push::masked_device;
use super::sms::PhoneNumber;
use crate::model::id::{DeviceId, EndpointArn, hash};
use crate::model::{Channel, Masked, OrderId, Platform};

/// Whom one delivery goes to: an address, a phone, a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "lowercase")]
pub enum Recipient {
    /// An e-mail address.
    Email {
        /// Where to.
        address: EmailAddress,
    },
    /// A phone.
    Sms {
        /// Where to.
        phone: PhoneNumber,
    },
    /// A device.
    Push {
        /// Which device.
        device: DeviceId,
        /// Its push service.
        platform: Platform,
        /// Its SNS platform endpoint.
        endpoint_arn: EndpointArn,
    },
}

impl Recipient {
    /// The channel that reaches this recipient.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email { .. } => Channel::Email,
            Self::Sms { .. } => Channel::Sms,
            Self::Push { .. } => Channel::Push,
        }
    }

    /// What makes the recipient the same recipient: the address, the number,
    /// the device. Goes into the delivery id's hash only.
    pub fn identity(&self) -> &str {
        match self {
            Self::Email { address } => address.reveal(),
            Self::Sms { phone } => phone.reveal(),
            Self::Push { device, .. } => device.as_str(),
        }
    }

    /// The recipient's hash within an order: the same recipient has the same one,
    /// and nobody is found by it in another order.
    pub fn hash(&self, order: &OrderId) -> String {
        hash(["recipient", order.as_str(), self.channel().as_str(), self.identity()])
    }

    /// The platform application that a device is reached through, which has
    /// credentials of its own; none on other channels.
    pub fn application(&self) -> Option<&str> {
        match self {
            Self::Push { endpoint_arn, .. } => Some(endpoint_arn.application()),
            Self::Email { .. } | Self::Sms { .. } => None,
        }
    }

    /// The country of a phone, ISO 3166-1 alpha-2, if it belongs to one.
    pub fn country(&self) -> Option<&'static str> {
        match self {
            Self::Sms { phone } => phone.country(),
            Self::Email { .. } | Self::Push { .. } => None,
        }
    }

    /// The form for ledger, tables and people.
    pub fn masked(&self) -> Masked {
        match self {
            Self::Email { address } => address.masked(),
            Self::Sms { phone } => phone.masked(),
            Self::Push { device, platform, .. } => masked_device(*platform, device),
        }
    }
}

/// What a parsed contact point is besides its text: masked in `Debug`, and parsed
/// again wherever it is read.
macro_rules! contact_point {
    ($name:ident, $error:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.masked())
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(contact: $name) -> String {
                contact.0
            }
        }
    };
}
pub(super) use contact_point;
