//! Mobile push by SNS `Publish` to a platform endpoint.

use std::time::Duration;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::BuildError;
use jiff::Timestamp;

use super::sms::text;
use super::{NotAccepted, Sender};
use crate::aws::fault;
use crate::catalogue::Priority;
use crate::clock;
use crate::contact::{Platform, Recipient};
use crate::content::Contents;
use crate::event::Channel;
use crate::failure::Provider;
use crate::id::{AttemptId, hash};
use crate::queue::DeliveryJob;
use crate::render::{self, RenderError, Renderer};

/// FCM and APNs keep a message for at most four weeks.
const LONGEST_TTL: Duration = Duration::from_secs(28 * 86_400);

/// Sends mobile push.
#[derive(Debug)]
pub struct SnsPush {
    client: Client,
    contents: Contents,
}

/// A push message, ready for one device.
#[derive(Debug, Clone, PartialEq)]
pub struct PushMessage {
    message: String,
    content_hash: String,
    collapse_id: String,
    ttl: Duration,
}

impl SnsPush {
    /// A sender for one shop. The client must not retry.
    pub fn new(client: Client, contents: impl Into<Contents>) -> Self {
        Self { client, contents: contents.into() }
    }
}

impl Sender for SnsPush {
    type Message = PushMessage;

    fn channel(&self) -> Channel {
        Channel::Push
    }

    fn prepare(&self, job: &DeliveryJob, now: Timestamp) -> Result<PushMessage, RenderError> {
        let content = render::Content::of(job);
        let push = |renderer: &Renderer| renderer.push(&content);
        let content = self.contents.render(Channel::Push, now, push)?;
        let platform = match &job.recipient {
            Recipient::Push { platform, .. } => *platform,
            _ => Platform::Fcm,
        };
        let ttl = clock::until(now, job.not_after).min(LONGEST_TTL);
        let payload = content.payload(platform, ttl, job.priority);
        let link = content.link.as_deref().unwrap_or_default();
        Ok(PushMessage {
            message: payload.message,
            // Not of the payload: its time-to-live differs from try to try.
            content_hash: hash(["push", &content.title, &content.body, link]),
            collapse_id: content.collapse_id(),
            ttl,
        })
    }

    fn payload_hash(&self, message: &PushMessage) -> String {
        message.content_hash.clone()
    }

    async fn send(
        &self,
        job: &DeliveryJob,
        _attempt: &AttemptId,
        message: &PushMessage,
    ) -> Result<String, NotAccepted> {
        let Recipient::Push { endpoint_arn, platform, .. } = &job.recipient else {
            return Err(NotAccepted::not_constructed());
        };
        let request = || -> Result<_, BuildError> {
            let mut request = self
                .client
                .publish()
                .target_arn(endpoint_arn)
                .message_structure("json")
                .message(&message.message);
            for (name, value) in attributes(*platform, message, job.priority) {
                request = request.message_attributes(name, text(&value)?);
            }
            Ok(request)
        };
        let request = request().map_err(|_| NotAccepted::not_constructed())?;
        match request.send().await {
            Ok(answer) => Ok(answer.message_id.unwrap_or_default()),
            Err(e) => Err(NotAccepted::of(Provider::SnsPush, &fault(&e))),
        }
    }
}

/// Whether SNS's code tells that the device can't be reached any more: its push
/// service has refused the token, or the endpoint was deleted.
pub fn endpoint_is_gone(code: &str) -> bool {
    code.starts_with("EndpointDisabled") || code == "NotFound" || code == "NotFoundException"
}

/// What SNS takes beside the payload: for APNs the request's headers; FCM has
/// all but the time-to-live in the payload.
/// Source: SNS developer guide, "Mobile push message attributes".
fn attributes(
    platform: Platform,
    message: &PushMessage,
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
