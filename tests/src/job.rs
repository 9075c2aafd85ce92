//! Planned notifications, the jobs they make, and the invocation that takes
//! them.

use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::channel::push::Device;
use bellhop::customer::{
    Caps, ContactKey, DynamoProfiles, KnownContacts, KnownCustomer, MemoryProfiles, Profile,
};
use bellhop::delivery::{DeliveryJob, Pace, Shares};
use bellhop::event::{self, Received};
use bellhop::ledger::{DynamoLedger, Retention, SealedLedger, Vault};
use bellhop::model::{Channel, Country, Invocation, Platform, Private, Record, clock};
use bellhop::plan::{self, Notification, Settings};
use bellhop::platform::keys::KeyRing;
use jiff::Timestamp;

use crate::event::{Event, record};
use crate::store::Shared;
use crate::{HAPPENED, at};

/// A provider that takes any number of calls.
pub fn at_any_pace() -> Pace {
    Pace::of(&Shares { rate: 1e6, instances: 1, bulk_instances: 1 })
}

/// A shop that sends everywhere.
pub fn settings() -> Settings {
    Settings {
        default_locale: "en".to_owned(),
        default_time_zone: "UTC".to_owned(),
        served: bellhop::content::served_locales(),
        sms_countries: Country::all(),
        quiet_hours: None,
        caps: Caps { day: 1_000, week: 1_000 },
        flood: 1_000,
    }
}

/// What contact points are hashed with.
pub fn contact_key() -> ContactKey {
    ContactKey::parse("a key of these tests").unwrap()
}

/// A ledger in the table `ledger`, sealed with salts of the table `profiles`.
pub fn sealed_ledger(client: aws_sdk_dynamodb::Client) -> SealedLedger {
    let keys = KeyRing::parse("a key of these tests, long enough").unwrap();
    let vault = Vault::new(keys, DynamoProfiles::new(client.clone(), "profiles"));
    DynamoLedger::new(client, "ledger", Retention::default()).with(vault)
}

/// Contact points in memory.
pub type MemoryContacts = KnownContacts<Shared<MemoryProfiles>, ContactKey>;

/// The contact points that these profiles know.
pub fn contacts(profiles: &Shared<MemoryProfiles>) -> MemoryContacts {
    KnownContacts::new(profiles.clone(), contact_key())
}

/// A device with this token, as the shop's app has registered it.
pub fn device(platform: Platform, token: &str) -> Device {
    let name = match platform {
        Platform::Fcm => "GCM",
        Platform::Apns => "APNS",
        Platform::ApnsSandbox => "APNS_SANDBOX",
    };
    let endpoint = format!("arn:aws:sns:eu-west-1:123456789012:endpoint/{name}/shop/{token}");
    Device { platform, token: Private::new(token), endpoint_arn: Some(endpoint.into()) }
}

/// The profile of a customer with these devices.
pub fn owner_of(devices: Vec<Device>) -> Profile {
    Profile { devices, ..Profile::default() }
}

/// What is planned for a valid event, a minute after its fact.
pub fn planned(event: &Event, profile: &Profile, settings: &Settings) -> Notification {
    let catalogue = Catalogue::built_in().unwrap();
    let received = Received { sent_at: at(HAPPENED) };
    let envelope = event::open(&event.body(), received).unwrap();
    let kind = catalogue.find(&envelope.kind).unwrap();
    let event = kind.admit(envelope).unwrap();
    let now = clock::after(event.time, kind.delay + Duration::from_secs(60));
    let known = KnownCustomer { profile: Some(profile.clone()), ..KnownCustomer::default() };
    plan::plan(event, kind, &known, settings, now)
}

/// The jobs of an event that notifies on this channel alone: as many as the
/// customer has devices for push, else one.
pub fn jobs(event: &Event, channel: Channel) -> Vec<DeliveryJob> {
    let event = event.clone().on(&[channel.as_str()]);
    let profile = owner_of(vec![device(Platform::Fcm, "token-1")]);
    DeliveryJob::of(&planned(&event, &profile, &settings()))
}

/// A job for this channel: order `A-1001` was shipped.
pub fn job(channel: Channel) -> DeliveryJob {
    job_about("A-1001", channel)
}

/// A job for this channel: this order was shipped.
pub fn job_about(order: &str, channel: Channel) -> DeliveryJob {
    let event = Event::of("order.shipped").about(order);
    jobs(&event, channel).remove(0)
}

/// The queue message that carries a job.
pub fn job_record(job: &DeliveryJob) -> Record {
    let message_id = format!("message of {}", job.delivery_id);
    record(&message_id, Some(job.order_id.as_str()), &serde_json::to_string(job).unwrap())
}

/// An invocation with half a minute left.
pub fn invocation(request_id: &str, now: Timestamp) -> Invocation {
    Invocation {
        request_id: request_id.to_owned(),
        deadline: clock::after(now, Duration::from_secs(30)),
    }
}
