//! A worker's way to everything outside it: every port of the handlers, each
//! call between two gates and subject to what befalls it, and a clock that is
//! wrong by as much as the worker's is.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bellhop::channel::{NotAccepted, Outgoing, Sender};
use bellhop::content::RenderError;
use bellhop::customer::{
    CheckDevices, ContactHash, DisableDevices, KnownContact, Profile, ReadContacts, ReadProfiles,
};
use bellhop::delivery::{DeliveryJob, JobQueue};
use bellhop::lambda::Visibility;
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, DeliveryState, Fenced, Hold, Holds, Transition,
};
use bellhop::model::clock::{self, Clock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::{AttemptId, DeviceId, EndpointArn};
use bellhop::model::{Channel, CustomerId, OrderId, Origin, ProviderMessageId, Record};
use bellhop::plan::{EventNote, Notification, NotificationLedger, Recorded};
use bellhop::platform::{DeadLetter, DeadLetterQueue};

use super::fates::Call;
use super::laws::Law;
use super::moves::Mover;
use super::steps::Steps;
use super::world::{Lane, World, at_once};

/// The gate before the answer of a call.
pub const ANSWER: &str = "the answer";

/// The gate before Lambda hears the invocation's answer.
pub const ANSWERING: &str = "answering";

/// A worker's way to everything outside it.
#[derive(Clone)]
pub struct Port(Arc<Inner>);

struct Inner {
    world: Arc<World>,
    /// The channel whose jobs the worker takes; none for other workers.
    channel: Option<Channel>,
    /// By how many milliseconds the worker's clock is ahead.
    skew: i64,
    /// Whether the worker's version has a template for what it is to send.
    renders: bool,
    run: Mutex<Run>,
}

/// One invocation of the worker.
#[derive(Debug, Default)]
struct Run {
    name: String,
    steps: Steps,
    own: BTreeMap<DeliveryKey, AttemptId>,
    heard: u64,
    arrived: Option<Timestamp>,
}

impl Port {
    /// A worker's way into the world.
    pub fn new(world: &Arc<World>, channel: Option<Channel>, skew: i64, renders: bool) -> Self {
        let run = Mutex::default();
        Self(Arc::new(Inner { world: Arc::clone(world), channel, skew, renders, run }))
    }

    /// Another invocation begins: its gates.
    pub fn begin(&self, name: &str) -> Steps {
        let mut run = self.0.run.lock().unwrap();
        *run = Run { name: name.to_owned(), ..Run::default() };
        run.steps.clone()
    }

    /// The invocation's name.
    pub fn name(&self) -> String {
        self.0.run.lock().unwrap().name.clone()
    }

    /// Where the invocation stands: a hash of all that it has heard so far, and
    /// the time at which it came to its gate, by which it computed what it asks.
    pub fn heard(&self) -> (u64, Option<Timestamp>) {
        let run = self.0.run.lock().unwrap();
        (run.heard, run.arrived)
    }

    /// The world.
    pub fn world(&self) -> &Arc<World> {
        &self.0.world
    }

    /// Stands at a gate of its own.
    pub async fn gate(&self, name: &'static str) {
        let steps = {
            let mut run = self.0.run.lock().unwrap();
            run.arrived = Some(self.0.world.now());
            run.steps.clone()
        };
        steps.gate(name).await;
    }

    /// One call, with what befalls it.
    async fn call<T, E>(&self, operation: &'static str, effect: E) -> Result<T, CallError>
    where
        T: fmt::Debug,
        E: Fn(&World) -> T + Send + 'static,
    {
        self.gate(operation).await;
        let world = &self.0.world;
        let fate = world.fate();
        if fate != Call::Works {
            world.tell(&self.name(), || format!("{operation}: {fate:?}"));
        }
        let failed = || CallError::unexpected(operation, "no answer");
        let answer = match fate {
            Call::Works => Ok(effect(world)),
            Call::Fails => Err(failed()),
            Call::AnswerLost => Err((effect(world), failed()).1),
            Call::Repeated => Ok((effect(world), effect(world)).1),
            Call::Late => {
                world.later(Box::new(move |world| drop(effect(world))));
                Err(failed())
            }
        };
        self.hears(operation, &answer);
        self.gate(ANSWER).await;
        answer
    }

    fn hears(&self, operation: &str, answer: &impl fmt::Debug) {
        if !self.0.world.keeps_heard {
            return;
        }
        let mut hasher = DefaultHasher::new();
        let mut run = self.0.run.lock().unwrap();
        (run.heard, operation, format!("{answer:?}")).hash(&mut hasher);
        run.heard = hasher.finish();
    }

    fn mover(&self, key: &DeliveryKey, transition: &Transition) -> Mover {
        use bellhop::ledger::DeliveryState::Sending;

        let mut run = self.0.run.lock().unwrap();
        if let (Sending, Some(attempt)) = (transition.change.state, &transition.change.attempt) {
            run.own.insert(key.clone(), attempt.clone());
        }
        Mover {
            worker: run.name.clone(),
            own: run.own.get(key).cloned(),
            now: transition.change.at,
            reports: transition.change.reported_rank.is_some(),
        }
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Port").field(&self.name()).finish()
    }
}

impl Clock for Port {
    fn now(&self) -> Timestamp {
        clock::from_millis(self.0.world.now().as_millisecond() + self.0.skew)
    }

    /// Nobody waits within a step: here providers take any number of calls.
    async fn sleep_until(&self, _: Timestamp) {}
}

impl DeliveryLedger for Port {
    async fn apply(&self, key: &DeliveryKey, transition: &Transition) -> Result<Fenced, CallError> {
        let mover = self.mover(key, transition);
        let id = transition.change.provider_message_id.clone().filter(|_| !mover.reports);
        let effect = {
            let (key, transition) = (key.clone(), transition.clone());
            move |world: &World| world.apply(&mover, &key, &transition)
        };
        let answer = self.call("a transition", effect).await;
        if let (Err(_), DeliveryState::RetryWait, Some(attempt)) =
            (&answer, transition.change.state, &transition.change.attempt)
        {
            self.0.world.state(|state| state.witness.unheard.insert(attempt.clone()));
        }
        if let (Ok(Fenced::Conflict(Some(found))), Some(id)) = (&answer, id)
            && let Some(known) = &found.provider_message_id
        {
            // The worker learns here that there are two messages.
            self.0.world.state(|state| {
                state.witness.hears(key, known);
                state.witness.hears(key, &id);
            });
        }
        answer
    }

    async fn delivery(&self, key: &DeliveryKey) -> Result<Option<DeliveryRecord>, CallError> {
        let key = key.clone();
        self.call("reading a delivery", move |world| world.delivery(&key)).await
    }

    async fn deliveries_of(&self, order: &OrderId) -> Result<Vec<DeliveryRecord>, CallError> {
        let order = order.clone();
        self.call("reading the order's deliveries", move |world| {
            at_once(world.ledger.deliveries_of(&order)).unwrap()
        })
        .await
    }
}

/// Nobody holds a channel here.
impl Holds for Port {
    async fn hold(&self, _: Channel, _: &Hold, _: Timestamp) -> Result<bool, CallError> {
        Ok(true)
    }

    async fn held(&self, _: Channel) -> Result<Option<Hold>, CallError> {
        Ok(None)
    }
}

/// Everybody may be written to here.
impl ReadContacts for Port {
    async fn contacts(&self, contacts: &[ContactHash]) -> Result<Vec<KnownContact>, CallError> {
        Ok(contacts.iter().map(|_| KnownContact::default()).collect())
    }
}

impl NotificationLedger for Port {
    async fn record(&self, notification: &Notification) -> Result<Recorded, CallError> {
        let (name, notification) = (self.name(), notification.clone());
        self.call("recording decisions", move |world| world.record(&name, &notification)).await
    }

    async fn note(&self, order: &OrderId, note: &EventNote) -> Result<(), CallError> {
        let (order, note) = (order.clone(), note.clone());
        self.call("noting an event", move |world| {
            at_once(world.ledger.note(&order, &note)).unwrap();
        })
        .await
    }
}

impl ReadProfiles for Port {
    async fn profile(&self, customer_id: &CustomerId) -> Result<Option<Profile>, CallError> {
        let customer = customer_id.clone();
        self.call("reading a profile", move |world| {
            at_once(world.profiles.profile(&customer)).unwrap()
        })
        .await
    }
}

impl CheckDevices for Port {
    async fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<bool, CallError> {
        let (customer, device, endpoint) =
            (customer_id.clone(), device.clone(), endpoint_arn.clone());
        self.call("looking a device up", move |world| {
            at_once(world.profiles.has_device(&customer, &device, &endpoint)).unwrap()
        })
        .await
    }
}

impl DisableDevices for Port {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        let (customer, device, endpoint) =
            (customer_id.clone(), device.clone(), endpoint_arn.clone());
        self.call("disabling a device", move |world| {
            at_once(world.profiles.disable_device(&customer, &device, &endpoint)).unwrap();
        })
        .await
    }
}

impl JobQueue for Port {
    /// As the real one: one call per queue, so that some jobs may be enqueued
    /// and others not.
    async fn enqueue(&self, jobs: &[DeliveryJob], origin: Origin<'_>) -> Result<(), CallError> {
        for lane in Lane::ALL {
            let of_lane = |job: &&DeliveryJob| Lane::Jobs(job.channel(), job.class) == lane;
            let jobs: Vec<_> = jobs.iter().filter(of_lane).cloned().collect();
            if !jobs.is_empty() {
                let (name, origin) = (self.name(), origin.message_id.to_owned());
                let fallback = self.0.channel.is_some();
                let enqueue = move |world: &World| world.enqueue(&name, &jobs, &origin, fallback);
                self.call("enqueueing", enqueue).await?;
            }
        }
        Ok(())
    }
}

impl DeadLetterQueue for Port {
    async fn put(&self, message: &Record, _: &DeadLetter) -> Result<(), CallError> {
        let message_id = message.message_id.clone();
        self.call("dead-lettering a message", move |world| {
            world.state(|state| state.witness.dead_lettered.insert(message_id.clone()));
        })
        .await
    }
}

impl Visibility for Port {
    async fn postpone(&self, record: &Record, after: Duration) {
        let (name, receipt) = (self.name(), record.receipt_handle.clone());
        let lane = Lane::ALL.into_iter().find(|lane| lane.name() == record.queue).unwrap();
        // Failing is for the log only.
        let _ = self
            .call("postponing a message", move |world: &World| {
                let now = world.now();
                let hidden = world.state(|state| {
                    state.queues.get_mut(&lane).unwrap().postpone(&receipt, after, now)
                });
                let effect = if hidden { "" } else { ", without effect" };
                world.tell(&name, || format!("postpones {receipt} by {after:?}{effect}"));
            })
            .await;
    }
}

impl Sender for Port {
    type Message = ();

    fn channel(&self) -> Channel {
        self.0.channel.expect("only senders send")
    }

    fn prepare(&self, outgoing: &Outgoing<'_>, _: Timestamp) -> Result<(), RenderError> {
        if self.0.renders {
            return Ok(());
        }
        Err(RenderError::NoTemplate {
            kind: outgoing.input.kind.to_owned(),
            channel: outgoing.recipient.channel(),
            file: "none".to_owned(),
        })
    }

    fn payload_hash(&self, (): &()) -> String {
        "payload".to_owned()
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        (): &(),
    ) -> Result<ProviderMessageId, NotAccepted> {
        let name = self.name();
        let key = key_of(outgoing);
        let begin = self.0.world.state(|state| {
            let begin = state.witness.calls(&name, &key);
            if begin.now > outgoing.not_after {
                let how = format!(
                    "{name} sends {} after {}",
                    state.witness.name(&key),
                    outgoing.not_after
                );
                state.witness.broken(Law::AttemptsAreBounded, how);
            }
            begin
        });
        self.gate("the provider").await;
        let answer = self.0.world.call_provider(&name, &key, outgoing.recipient, attempt, begin);
        self.hears("the provider", &answer);
        self.gate(ANSWER).await;
        answer
    }
}

fn key_of(outgoing: &Outgoing<'_>) -> DeliveryKey {
    DeliveryKey {
        order_id: outgoing.input.data.order.id.clone(),
        delivery_id: outgoing.delivery_id.clone(),
    }
}
