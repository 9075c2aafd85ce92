//! The work of `profiles`: what the shop says about a customer and their devices is
//! kept.

use super::{WriteProfiles, Written};
use crate::channel::push::{Device, EndpointError, PushEndpoints, device_id};
use crate::event::{self, CustomerFact, DeviceRef, Envelope, Received};
use crate::model::clock::Clock;
use crate::model::{Postponed, Record};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, telemetry};

/// What keeping profiles needs from outside.
pub trait Ports {
    /// Where customers are known.
    type Profiles: WriteProfiles;
    /// Where devices become endpoints.
    type Endpoints: PushEndpoints;
    /// Where unusable events go.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What keeping profiles works with.
pub struct Profiler<P: Ports> {
    /// Where customers are known.
    pub profiles: P::Profiles,
    /// Where devices become endpoints.
    pub endpoints: P::Endpoints,
    /// Where unusable events go.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// Processes one customer event.
///
/// # Errors
/// [`Postponed`] if a store or SNS did not answer; processing the same record
/// again is harmless.
pub async fn handle<P: Ports>(profiler: &Profiler<P>, record: &Record) -> Result<(), Postponed> {
    let received = Received { sent_at: record.sent_at };
    let event = match event::open(&record.body, received).and_then(Envelope::customer_event) {
        Ok(event) => event,
        Err(error) => {
            let letter = DeadLetter { reason: error.reason(), detail: error.to_string() };
            return dead_letter(&profiler.dead_letters, &profiler.clock, record, &letter).await;
        }
    };
    let (kind, written) = match &event.fact {
        CustomerFact::Updated(customer) => {
            ("customer.updated", profiler.profiles.put_customer(customer, event.time).await?)
        }
        CustomerFact::DeviceRegistered(device) => {
            let registered = match register(profiler, device).await? {
                Ok(registered) => registered,
                Err(letter) => {
                    let Profiler { dead_letters, clock, .. } = profiler;
                    return dead_letter(dead_letters, clock, record, &letter).await;
                }
            };
            let customer = &device.customer_id;
            let written = profiler.profiles.put_device(customer, &registered, event.time).await?;
            ("device.registered", written)
        }
        CustomerFact::DeviceRemoved(device) => {
            let id = device_id(device.platform, device.token.reveal());
            let written =
                profiler.profiles.remove_device(&device.customer_id, &id, event.time).await?;
            ("device.removed", written)
        }
    };
    let outcome = match written {
        Written::Applied => "written",
        Written::Stale => "stale",
    };
    telemetry::customer_event(kind, outcome, &event.id, profiler.clock.now());
    Ok(())
}

/// Makes the device one that can be reached; a letter where SNS takes no such
/// token.
async fn register<P: Ports>(
    profiler: &Profiler<P>,
    device: &DeviceRef,
) -> Result<Result<Device, DeadLetter>, Postponed> {
    match profiler.endpoints.ensure(device.platform, device.token.reveal()).await {
        Ok(endpoint_arn) => {
            let (platform, token) = (device.platform, device.token.clone());
            Ok(Ok(Device { platform, token, endpoint_arn }))
        }
        Err(EndpointError::Rejected(reason)) => Ok(Err(DeadLetter {
            detail: "field `data.token` is invalid: SNS rejects the device token".to_owned(),
            reason,
        })),
        Err(EndpointError::Call(error)) => Err(error.into()),
    }
}
