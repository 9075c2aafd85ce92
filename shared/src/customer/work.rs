//! The work of `profiles`: what the shop says about a customer and their devices is
//! kept.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    Choice, Chooser, EndCustomers, How, KeepPreferences, ReadStandings, Standing, WriteProfiles,
    Written,
};
use crate::channel::push::{Device, EndpointError, PushEndpoints, device_id};
use crate::event::{
    self, Customer, CustomerEvent, CustomerFact, DeviceRef, Envelope, PreferencesUpdate, Received,
};
use crate::model::clock::{self, Clock};
use crate::model::failure::CallError;
use crate::model::{Channel, CustomerId, Postponed, Record};
use crate::platform::telemetry::{self, CustomerEventHandled};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent};

/// What keeping profiles needs from outside.
pub trait Ports {
    /// Where customers are known.
    type Profiles: WriteProfiles + KeepPreferences + ReadStandings + EndCustomers;
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
    let named = event.fact.customer_id();
    let standing = profiles.standing(named).await?;
    // Who was merged into another is that other.
    let id = standing.merged_into.as_ref().unwrap_or(named);
    let written = match &event.fact {
        CustomerFact::Erased(_) => erase(profiler, id, at).await?,
        CustomerFact::Merged { into, .. } => merge(profiler, id, into, at).await?,
        // What happened before they were erased is not to be known again.
        _ if is_erased(profiler, id, named, &standing, at).await? => Written::Stale,
        CustomerFact::Updated(_, customer) => {
            let customer = Customer { id: Some(id.clone()), ..customer.clone() };
            profiles.put_customer(id, &customer, at).await?
        }
        CustomerFact::DeviceRegistered(device) => {
            let registered = register(profiler, device).await?;
            profiles.put_device(id, &registered, at).await?
        }
        CustomerFact::DeviceRemoved(device) => {
            let device = device_id(device.platform, device.token.reveal());
            profiles.remove_device(id, &device, at).await?
        }
        CustomerFact::PreferencesUpdated(update) => {
            let of = Chooser::Customer(id.clone());
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

/// Whether what happened at this time is of before the customer's erasure.
async fn is_erased<P: Ports>(
    profiler: &Profiler<P>,
    id: &CustomerId,
    named: &CustomerId,
    standing: &Standing,
    at: Timestamp,
) -> Result<bool, NotKept> {
    let is_merged = id != named;
    let now = if is_merged { profiler.profiles.standing(id).await? } else { Standing::default() };
    Ok(standing.is_erased(at) || now.is_erased(at))
}

/// Erases the customer, and who was merged into them: what is readable first, then the
/// devices one by one. Whoever stops on the way begins again, with what is left.
///
/// What of a customer stands elsewhere by their id, such as schedules of messages that wait,
/// is to be deleted here, after the first step: whatever fires before that finds them erased.
async fn erase<P: Ports>(
    profiler: &Profiler<P>,
    id: &CustomerId,
    at: Timestamp,
) -> Result<Written, NotKept> {
    let Profiler { profiles, endpoints, .. } = profiler;
    let Some(remains) = profiles.erase(id, at).await? else { return Ok(Written::Stale) };
    let mut owned = vec![(id.clone(), remains.devices)];
    for former in remains.absorbed {
        if let Some(remains) = profiles.erase(&former, at).await? {
            owned.push((former, remains.devices));
        }
    }
    for (owner, devices) in owned {
        for device in devices {
            // The device's item alone knows the endpoint, so it goes last.
            if let Some(endpoint) = &device.endpoint_arn {
                endpoints.delete(endpoint).await?;
            }
            profiles.remove_device(&owner, &device.id(), at).await?;
        }
    }
    Ok(Written::Applied)
}

/// Merges two customers. If the one was erased since, the other is the same person.
async fn merge<P: Ports>(
    profiler: &Profiler<P>,
    from: &CustomerId,
    into: &CustomerId,
    at: Timestamp,
) -> Result<Written, NotKept> {
    let standing = profiler.profiles.standing(into).await?;
    match standing.erased_at.filter(|_| standing.is_erased(at)) {
        Some(erased_at) => erase(profiler, from, erased_at).await,
        None => Ok(profiler.profiles.merge(from, into, at).await?),
    }
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
