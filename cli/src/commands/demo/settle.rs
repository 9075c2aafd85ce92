//! Publishing the samples, and waiting on the ledger until each has ended and its
//! provider has reported.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bellhop::answers::{Explanation, explain};
use bellhop::channel::push::device_id;
use bellhop::customer::ReadProfiles;
use bellhop::event::{self, CustomerFact, Received};
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, DeliveryState, OrderEntries, ReadLedger, What,
};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::{DeliveryId, DeviceId};
use bellhop::model::{Channel, CustomerId, Reason};
use bellhop::plan::Deferral;
use bellhop::platform::aws::fault;
use bellhop_local::reports::Play;
use tokio::time::{Instant, interval, timeout};

use super::samples::{Sample, Samples};
use crate::CliError;
use crate::commands::publish::publish;
use crate::commands::simulate::play;
use crate::connection::Connection;

/// How long the demo waits for anything.
const PATIENCE: Duration = Duration::from_secs(180);

/// How often it looks.
const GLANCE: Duration = Duration::from_millis(200);

/// A sample and what has become of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The sample.
    pub sample: Sample,
    /// When it was put on the queue.
    pub published_at: Timestamp,
    /// Its deliveries; none where another event of the same fact came before.
    pub deliveries: Vec<(DeliveryId, DeliveryRecord)>,
    /// What of it waits.
    pub deferrals: Vec<Deferral>,
    /// Why nothing was sent, where that is to be told, in a sentence each.
    pub explained: Vec<String>,
}

/// Publishes the customers and waits until their profiles hold them.
///
/// # Errors
/// [`CliError`] if they do not in time.
pub async fn seed(connection: &Connection, samples: &Samples) -> Result<(), CliError> {
    for file in &samples.customers {
        publish(connection, file).await?;
    }
    let wanted = wanted_profiles(samples);
    let profiles = connection.profiles()?;
    wait("customers", async || {
        for (customer, wanted) in &wanted {
            let known = profiles.profile(customer).await?.unwrap_or_default();
            let devices: BTreeSet<_> = known.devices.iter().map(|device| device.id()).collect();
            let has_devices = wanted.devices.iter().all(|device| devices.contains(device));
            if !has_devices || (wanted.preferences && known.preferences.is_empty()) {
                return Ok(Err(format!("customer {customer}")));
            }
        }
        Ok(Ok(()))
    })
    .await
}

/// What must be known of a seeded customer.
#[derive(Default)]
struct Wanted {
    devices: Vec<DeviceId>,
    preferences: bool,
}

/// What must be known of each seeded customer.
fn wanted_profiles(samples: &Samples) -> BTreeMap<CustomerId, Wanted> {
    let mut wanted: BTreeMap<CustomerId, Wanted> = BTreeMap::new();
    for file in &samples.customers {
        let received = Received { sent_at: SystemClock.now() };
        let opened = event::open(&file.body, received).and_then(event::Envelope::customer_event);
        let Ok(event) = opened else { continue };
        let wanted = wanted.entry(event.fact.customer_id().clone()).or_default();
        match &event.fact {
            CustomerFact::DeviceRegistered(device) => {
                wanted.devices.push(device_id(device.platform, device.token.reveal()));
            }
            CustomerFact::PreferencesUpdated(_) => wanted.preferences = true,
            _ => {}
        }
    }
    wanted
}

/// Publishes the order events and waits until every delivery has ended and
/// nothing stands on the queue.
///
/// # Errors
/// [`CliError::NotDone`] if that does not come about in time.
pub async fn settle(connection: &Connection, samples: &Samples) -> Result<Vec<Outcome>, CliError> {
    let mut outcomes = Vec::new();
    for sample in &samples.orders {
        publish(connection, &sample.file).await?;
        let published_at = SystemClock.now();
        outcomes.push(Outcome {
            sample: sample.clone(),
            published_at,
            deliveries: Vec::new(),
            deferrals: Vec::new(),
            explained: Vec::new(),
        });
    }
    wait("events", async || {
        let empty = is_empty(connection, "OrderEventsQueueUrl").await?;
        Ok(empty.then_some(()).ok_or_else(|| "the order events' queue".to_owned()))
    })
    .await?;
    let ledger = connection.ledger().await?;
    let mut seen = BTreeSet::new();
    for outcome in &mut outcomes {
        let sample = &outcome.sample;
        let name = sample.file.path.display().to_string();
        let entries = wait(&name, async || {
            let entries = ledger.order(&sample.order).await?;
            Ok(unsettled(sample, &entries).map_or(Ok(entries), Err))
        })
        .await?;
        // Customers are notified of a fact once, by its first event.
        if seen.insert((sample.order.clone(), sample.notification.clone())) {
            let of_sample = |(_, record): &(_, DeliveryRecord)| {
                record.facts.notification == sample.notification
            };
            let planned = entries.notifications.iter().find(|of| of.key == sample.notification);
            outcome.deferrals = planned.map_or_else(Vec::new, |of| of.waiting().cloned().collect());
            outcome.explained = explained(sample, &entries);
            outcome.deliveries = entries.deliveries.into_iter().filter(of_sample).collect();
        }
    }
    Ok(outcomes)
}

/// What was decided about a sample otherwise than by its contact points.
fn explained(sample: &Sample, entries: &OrderEntries) -> Vec<String> {
    let explanations = explain(&sample.order, entries, SystemClock.now()).into_iter();
    let of_sample =
        explanations.filter(|of| of.notification.as_ref() == Some(&sample.notification));
    let is_of_policy = |of: &Explanation| {
        let reasons = matches!(of.reason, Some(Reason::WithdrawnBy(_) | Reason::Unsubscribed));
        of.what == What::Deferred || reasons
    };
    of_sample.filter(is_of_policy).map(|of| of.sentence).collect()
}

/// Lets the providers report what becomes of each accepted message, and waits until the
/// ledger knows: it is delivered, unless the sample is to end otherwise.
///
/// # Errors
/// [`CliError::NotDone`] if that does not come about in time.
pub async fn hear(connection: &Connection, outcomes: &mut [Outcome]) -> Result<(), CliError> {
    for outcome in &*outcomes {
        for (delivery_id, record) in &outcome.deliveries {
            if record.state == DeliveryState::Accepted {
                let key = key_of(&outcome.sample, delivery_id);
                let expected = outcome.sample.expected.as_deref().unwrap_or_default();
                play(connection, &key, fate(record.facts.channel, expected)).await?;
            }
        }
    }
    let ledger = connection.ledger().await?;
    for outcome in outcomes {
        for (delivery_id, record) in &mut outcome.deliveries {
            let key = key_of(&outcome.sample, delivery_id);
            let what = format!("a report about {}", outcome.sample.notification);
            let heard = wait(&what, async || {
                let found = ledger.delivery(&key).await?;
                let heard = found.filter(|record| record.state != DeliveryState::Accepted);
                Ok(heard.ok_or_else(|| what.clone()))
            });
            *record = heard.await?;
        }
    }
    Ok(())
}

fn key_of(sample: &Sample, delivery: &DeliveryId) -> DeliveryKey {
    DeliveryKey { order_id: sample.order.clone(), delivery_id: delivery.clone() }
}

/// What becomes of a message on this channel.
fn fate(channel: Channel, expected: &[String]) -> Play {
    let ends = |state: DeliveryState| expected.contains(&format!("{channel} {state}"));
    match channel {
        _ if ends(DeliveryState::Bounced) => Play::Bounce,
        _ if ends(DeliveryState::Complained) => Play::Complaint,
        _ if ends(DeliveryState::Suppressed) => Play::OptedOut,
        _ if ends(DeliveryState::Undelivered) => Play::TokenInvalid,
        _ => Play::Delivered,
    }
}

/// What of the sample has not ended.
fn unsettled(sample: &Sample, entries: &OrderEntries) -> Option<String> {
    let planned = entries.notifications.iter().find(|n| n.key == sample.notification);
    let Some(planned) = planned else {
        return Some(format!("{} (not planned)", sample.notification));
    };
    let state = |id: &DeliveryId| {
        entries.deliveries.iter().find(|(known, _)| known == id).map(|(_, record)| record.state)
    };
    planned.deliveries.iter().find_map(|delivery| match state(&delivery.delivery_id) {
        Some(state) if state.is_settled() => None,
        Some(state) => Some(format!("{} ({state})", sample.notification)),
        None => Some(format!("{} (not claimed)", sample.notification)),
    })
}

/// Whether nothing waits on the queue or is under way from it.
async fn is_empty(connection: &Connection, output: &'static str) -> Result<bool, CliError> {
    use aws_sdk_sqs::types::QueueAttributeName as Name;

    let names = [
        Name::ApproximateNumberOfMessages,
        Name::ApproximateNumberOfMessagesNotVisible,
        Name::ApproximateNumberOfMessagesDelayed,
    ];
    let answer = connection
        .sqs()
        .get_queue_attributes()
        .queue_url(connection.output(output)?)
        .set_attribute_names(Some(names.to_vec()))
        .send()
        .await
        .map_err(|e| CallError::new("sqs:GetQueueAttributes", &fault(&e)))?;
    let attributes = answer.attributes.unwrap_or_default();
    Ok(names.iter().all(|name| attributes.get(name).is_none_or(|count| count == "0")))
}

/// Looks until there is an answer; the error is what was still missing.
async fn wait<T>(
    what: &str,
    look: impl AsyncFn() -> Result<Result<T, String>, CliError>,
) -> Result<T, CliError> {
    let started = Instant::now();
    let mut glances = interval(GLANCE);
    let mut missing = what.to_owned();
    loop {
        glances.tick().await;
        let left = PATIENCE.saturating_sub(started.elapsed());
        match timeout(left.max(GLANCE), look()).await {
            Ok(looked) => match looked? {
                Ok(answer) => return Ok(answer),
                Err(still) => missing = still,
            },
            Err(_) => missing = format!("{missing} (no answer)"),
        }
        if left.is_zero() {
            return Err(CliError::NotDone { seconds: PATIENCE.as_secs(), waiting: missing });
        }
    }
}
