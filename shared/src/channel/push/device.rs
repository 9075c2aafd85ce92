//! Devices: what push messages go to.

use serde::{Deserialize, Serialize};

use crate::model::id::{DeviceId, EndpointArn, hash};
use crate::model::{Masked, Platform, Private};

/// A device of a customer, as the profile holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Which push service.
    pub platform: Platform,
    /// The service's token for the app on that device.
    pub token: Private,
    /// The SNS platform endpoint; none while the shop has no platform
    /// application for the platform.
    #[serde(default)]
    pub endpoint_arn: Option<EndpointArn>,
}

impl Device {
    /// The device's id: the same token is the same device.
    pub fn id(&self) -> DeviceId {
        device_id(self.platform, self.token.reveal())
    }
}

/// The id of the device that holds this token.
pub fn device_id(platform: Platform, token: &str) -> DeviceId {
    DeviceId::new(hash(["device", platform.as_str(), token]))
}

/// The platform and the head of the device's id, which identify it to the shop
/// without showing its token.
pub fn masked_device(platform: Platform, id: &DeviceId) -> Masked {
    let head = id.as_str().get(..8).unwrap_or(id.as_str());
    Masked::already(format!("{}:{head}…", platform.as_str()))
}
