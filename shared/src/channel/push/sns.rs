//! Mobile push by SNS `Publish` to a platform endpoint.

use std::time::Duration;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::BuildError;
use jiff::Timestamp;

use super::errors::not_accepted;
use crate::channel::sns::text;
use crate::channel::{NotAccepted, Outgoing, Recipient, Sender};
use crate::content::{LayeredRenderer, RenderError};
use crate::model::id::{AttemptId, hash};
use crate::model::{Channel, Platform, Priority, ProviderMessageId, clock};
use crate::platform::aws::{fault, trace_request};

/// FCM and APNs keep a message for at most four weeks.
const LONGEST_TTL: Duration = Duration::from_secs(28 * 86_400);

/// Sends mobile push.
#[derive(Debug)]
pub struct SnsPush {
    client: Client,
    renderer: LayeredRenderer,
}

/// A push message, ready for one device.
#[derive(Debug, Clone, PartialEq)]
pub struct PushRequest {
    message: String,
    content_hash: String,
    collapse_id: String,
    ttl: Duration,
}

impl SnsPush {
    /// A sender for one shop. The client must not retry.
    pub fn new(client: Client, renderer: impl Into<LayeredRenderer>) -> Self {
        Self { client, renderer: renderer.into() }
    }
}

impl Sender for SnsPush {
    type Message = PushRequest;

    fn channel(&self) -> Channel {
        Channel::Push
    }

    fn prepare(&self, outgoing: &Outgoing<'_>, now: Timestamp) -> Result<PushRequest, RenderError> {
        let push =
            self.renderer.render(Channel::Push, now, |renderer| renderer.push(&outgoing.input))?;
        let platform = match outgoing.recipient {
            Recipient::Push { platform, .. } => *platform,
            _ => Platform::Fcm,
        };
        let ttl = clock::until(now, outgoing.not_after).min(LONGEST_TTL);
        let payload = push.payload(platform, ttl, outgoing.priority);
        let link = push.link.as_deref().unwrap_or_default();
        Ok(PushRequest {
            message: payload.message,
            // Not of the payload: its time-to-live differs from try to try.
            content_hash: hash(["push", &push.title, &push.body, link]),
            collapse_id: push.collapse_id(),
            ttl,
        })
    }

    fn payload_hash(&self, message: &PushRequest) -> String {
        message.content_hash.clone()
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        _attempt: &AttemptId,
        message: &PushRequest,
    ) -> Result<ProviderMessageId, NotAccepted> {
        let Recipient::Push { endpoint_arn, platform, .. } = outgoing.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let request = || -> Result<_, BuildError> {
            let mut request = self
                .client
                .publish()
                .target_arn(endpoint_arn.as_str())
                .message_structure("json")
                .message(&message.message);
            for (name, value) in attributes(*platform, message, outgoing.priority) {
                request = request.message_attributes(name, text(&value)?);
            }
            Ok(request)
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        let request = request.customize().mutate_request(trace_request(outgoing.trace));
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default().into()),
            Err(e) => Err(not_accepted(&fault(&e))),
        }
    }
}

/// What SNS takes beside the payload: for APNs the request's headers; FCM has
/// all but the time-to-live in the payload.
/// Source: SNS developer guide, "Mobile push message attributes".
fn attributes(
    platform: Platform,
    message: &PushRequest,
    priority: Priority,
) -> Vec<(&'static str, String)> {
    let ttl = message.ttl.as_secs().to_string();
    let apns = |ttl_name| {
        // 10 wakes the device at once, 5 spares its battery.
        let priority = if priority == Priority::Low { "5" } else { "10" };
        vec![
            (ttl_name, ttl.clone()),
            ("AWS.SNS.MOBILE.APNS.PRIORITY", priority.to_owned()),
            ("AWS.SNS.MOBILE.APNS.PUSH_TYPE", "alert".to_owned()),
            ("AWS.SNS.MOBILE.APNS.COLLAPSE_ID", message.collapse_id.clone()),
        ]
    };
    match platform {
        Platform::Fcm => vec![("AWS.SNS.MOBILE.GCM.TTL", ttl)],
        Platform::Apns => apns("AWS.SNS.MOBILE.APNS.TTL"),
        Platform::ApnsSandbox => apns("AWS.SNS.MOBILE.APNS_SANDBOX.TTL"),
    }
}
