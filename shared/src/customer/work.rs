//! The work of `profiles`: what the shop says about a customer and their devices is
//! kept.

use std::time::Duration;

use jiff::Timestamp;

use super::{Choice, Chooser, How, KeepPreferences, WriteProfiles, Written};
use crate::channel::push::{Device, EndpointError, PushEndpoints, device_id};
use crate::event::{
    self, CustomerEvent, CustomerFact, DeviceRef, Envelope, PreferencesUpdate, Received,
};
use crate::model::clock::{self, Clock};
use crate::model::failure::CallError;
use crate::model::{Channel, Postponed, Record};
use crate::platform::telemetry::{self, CustomerEventHandled};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent};

/// What keeping profiles needs from outside.
pub trait Ports {
    /// Where customers are known.
    type Profiles: WriteProfiles + KeepPreferences;
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

/// How far a publisher's clock may be ahead of this one; an event of more than that is
/// dated in the future.
const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// Processes one customer event.
///
/// # Errors
/// [`Postponed`] if a store or SNS did not answer; processing the same record
/// again is harmless.
pub async fn handle<P: Ports>(profiler: &Profiler<P>, record: &Record) -> Result<(), Postponed> {
    let Profiler { dead_letters, clock, .. } = profiler;
    let received = Received { sent_at: record.sent_at };
    let kept = match event::open(&record.body, received).and_then(Envelope::customer_event) {
        Ok(event) => keep(profiler, &event, record).await,
        Err(error) => {
            let letter = DeadLetter { reason: error.reason(), detail: error.to_string() };
            Err(NotKept::Unusable(letter))
        }
    };
    match kept {
        Ok(()) => Ok(()),
        Err(NotKept::Unusable(letter)) => dead_letter(dead_letters, clock, record, &letter).await,
        Err(NotKept::Call(error)) => {
            dead_letter_permanent(dead_letters, clock, record, Err(error.into())).await
        }
    }
}

/// Why an event is not kept.
enum NotKept {
    /// It never will be.
    Unusable(DeadLetter),
    /// A call failed.
    Call(CallError),
}

impl From<CallError> for NotKept {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

async fn keep<P: Ports>(
    profiler: &Profiler<P>,
    event: &CustomerEvent,
    record: &Record,
) -> Result<(), NotKept> {
    let Profiler { profiles, clock, .. } = profiler;
    let ahead = ahead(event, clock.now());
    let at = happened(event, record, ahead, clock.now());
    let written = match &event.fact {
        CustomerFact::Updated(id, customer) => profiles.put_customer(id, customer, at).await?,
        CustomerFact::DeviceRegistered(device) => {
            let registered = register(profiler, device).await?;
            profiles.put_device(&device.customer_id, &registered, at).await?
        }
        CustomerFact::DeviceRemoved(device) => {
            let id = device_id(device.platform, device.token.reveal());
            profiles.remove_device(&device.customer_id, &id, at).await?
        }
        CustomerFact::PreferencesUpdated(update) => {
            let of = Chooser::Customer(update.customer_id.clone());
            profiles.choose(&of, &choices(update, at, clock.now())).await?
        }
    };
    let outcome = match written {
        Written::Applied => "written",
        Written::Stale => "stale",
    };
    let handled =
        CustomerEventHandled { event_id: &event.id, kind: event.fact.kind(), outcome, ahead };
    telemetry::customer_event(&handled, clock.now());
    Ok(())
}

/// What a customer said at the shop, a choice per channel. What is dated in the future was
/// said when the event happened, for the reason that is given below.
fn choices(update: &PreferencesUpdate, happened: Timestamp, now: Timestamp) -> Vec<Choice> {
    let mut choices = Vec::new();
    for stated in &update.stated {
        let at = stated.at.filter(|at| clock::until(now, *at) <= CLOCK_SKEW).unwrap_or(happened);
        let (topic, wanted, how) = (stated.topic, stated.wanted, How::Shop);
        let named = |channel: &Channel| stated.channel.is_none_or(|named| named == *channel);
        let channels = Channel::ALL.into_iter().filter(named);
        choices.extend(channels.map(|channel| Choice { topic, channel, wanted, at, how }));
    }
    choices
}

/// By how much the event is dated in the future, if it is.
fn ahead(event: &CustomerEvent, now: Timestamp) -> Option<Duration> {
    Some(clock::until(now, event.time)).filter(|ahead| *ahead > CLOCK_SKEW)
}

/// When the fact happened. A date in the future, by mistake, would make everything that
/// comes after it stale; the fact then happened when the event was queued, which stays
/// the same however often it is received.
fn happened(
    event: &CustomerEvent,
    record: &Record,
    ahead: Option<Duration>,
    now: Timestamp,
) -> Timestamp {
    match ahead {
        Some(_) => record.sent_at.min(now),
        None => event.time,
    }
}

/// Makes the device one that can be reached.
async fn register<P: Ports>(profiler: &Profiler<P>, device: &DeviceRef) -> Result<Device, NotKept> {
    match profiler.endpoints.ensure(device.platform, device.token.reveal()).await {
        Ok(endpoint_arn) => {
            let (platform, token) = (device.platform, device.token.clone());
            Ok(Device { platform, token, endpoint_arn })
        }
        Err(EndpointError::Rejected(reason)) => Err(NotKept::Unusable(DeadLetter {
            detail: "field `data.token` is invalid: SNS rejects the device token".to_owned(),
            reason,
        })),
        Err(EndpointError::Call(error)) => Err(error.into()),
    }
}
