//! `profiles`: what the shop says about a customer and their devices.

use crate::batch::{Postponed, Record};
use crate::channel::{EndpointError, PushEndpoints};
use crate::clock::Clock;
use crate::contact::{Device, device_id};
use crate::event::{self, CustomerFact, DeviceRef, Received};
use crate::profile::{WriteProfiles, Written};
use crate::queue::{Quarantine, Refusal};
use crate::telemetry;

use super::refuse::refuse;

/// What keeping profiles works with.
pub struct Profiler<P, E, Q, C> {
    /// Where customers are known.
    pub profiles: P,
    /// Where devices become endpoints.
    pub endpoints: E,
    /// Where unusable events go.
    pub quarantine: Q,
    /// The time.
    pub clock: C,
}

/// Processes one customer event.
///
/// # Errors
/// [`Postponed`] if a store or SNS did not answer; processing the same record
/// again is harmless.
pub async fn handle<P, E, Q, C>(
    profiler: &Profiler<P, E, Q, C>,
    record: &Record,
) -> Result<(), Postponed>
where
    P: WriteProfiles,
    E: PushEndpoints,
    Q: Quarantine,
    C: Clock,
{
    let received = Received { sent_at: record.sent_at };
    let event = match event::open(&record.body, received).and_then(event::Envelope::customer_event)
    {
        Ok(event) => event,
        Err(error) => {
            let refusal = Refusal { code: error.code().to_owned(), detail: error.to_string() };
            return refuse(&profiler.quarantine, &profiler.clock, record, &refusal).await;
        }
    };
    let (kind, written) = match &event.fact {
        CustomerFact::Updated(customer) => {
            ("customer.updated", profiler.profiles.put_customer(customer, event.time).await?)
        }
        CustomerFact::DeviceRegistered(device) => {
            let endpoint_arn = match endpoint(profiler, device).await? {
                Ok(arn) => arn,
                Err(refusal) => {
                    return refuse(&profiler.quarantine, &profiler.clock, record, &refusal).await;
                }
            };
            let stored =
                Device { platform: device.platform, token: device.token.clone(), endpoint_arn };
            let written =
                profiler.profiles.put_device(&device.customer_id, &stored, event.time).await?;
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
        Written::Made => "written",
        Written::Stale => "stale",
    };
    telemetry::event(kind, outcome, &event.id, "", profiler.clock.now());
    Ok(())
}

async fn endpoint<P, E, Q, C>(
    profiler: &Profiler<P, E, Q, C>,
    device: &DeviceRef,
) -> Result<Result<Option<String>, Refusal>, Postponed>
where
    E: PushEndpoints,
{
    match profiler.endpoints.ensure(device.platform, device.token.reveal()).await {
        Ok(arn) => Ok(Ok(arn)),
        Err(EndpointError::Refused(code)) => Ok(Err(Refusal {
            detail: "field `data.token` is invalid: SNS refuses the device token".to_owned(),
            code,
        })),
        Err(EndpointError::Call(error)) => Err(error.into()),
    }
}
