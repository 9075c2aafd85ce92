//! A worker's way to everything outside it: every port of the handlers, each
//! call between two gates and subject to what befalls it, and a clock that is
//! wrong by as much as the worker's is.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bellhop::channel::{NotAccepted, Outgoing, Recipient, Sender};
use bellhop::content::RenderError;
use bellhop::customer::{
    Cap, Caps, CheckContacts, CheckDevices, Choice, Chooser, ContactHash, CountPromotions, Counted,
    DisableDevices, KeepPreferences, KnownContact, Person, Preferences, ReadContacts, ReadPersons,
    ReadStandings, ReadSuppressions, Salt, Standing, Suppression, Written,
};
use bellhop::delivery::{DeliveryJob, JobQueue, Routes};
use bellhop::event::{ChannelFailed, Due};
use bellhop::lambda::Visibility;
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, DeliveryState, Fenced, Hold, Holds, Transition,
};
use bellhop::model::clock::{self, Clock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::{AttemptId, DeviceId, EndpointArn};
use bellhop::model::{Channel, CustomerId, OrderId, Origin, ProviderMessageId, Reason, Record};
use bellhop::plan::{
    DeferralLedger, EventNote, Facts, Kept, Notification, NotificationId, NotificationLedger,
    Overdue, Recorded, Revised, Schedules, SealedFor,
};
use bellhop::platform::{DeadLetter, DeadLetterQueue};

use super::fates::Call;
use super::laws::Law;
use super::moves::Mover;
use super::steps::Steps;
use super::world::{Lane, World, at_once};
use crate::job::contact_key;

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
    /// When Lambda ends it, by its own clock; never, if it takes no batch.
    deadline: Option<Timestamp>,
}

/// What recording takes of an invocation's time.
const RECORD_TIME: Duration = Duration::from_secs(2);

impl Port {
    /// A worker's way into the world.
    pub fn new(world: &Arc<World>, channel: Option<Channel>, skew: i64, renders: bool) -> Self {
        let run = Mutex::default();
        Self(Arc::new(Inner { world: Arc::clone(world), channel, skew, renders, run }))
    }

    /// Another invocation begins, which ends at a time: its gates.
    pub fn begin(&self, name: &str, deadline: Option<Timestamp>) -> Steps {
        let mut run = self.0.run.lock().unwrap();
        *run = Run { name: name.to_owned(), deadline, ..Run::default() };
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

    fn is_out_of_time(&self) -> bool {
        let deadline = self.0.run.lock().unwrap().deadline;
        deadline.is_some_and(|deadline| clock::after(self.now(), RECORD_TIME) > deadline)
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
        let is_unheard = match transition.change.state {
            DeliveryState::RetryWait => answer.is_err(),
            // It has no time left to say that it sends nothing.
            DeliveryState::Sending => answer.is_err() && self.is_out_of_time(),
            _ => false,
        };
        if let (true, Some(attempt)) = (is_unheard, &transition.change.attempt) {
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

impl ReadContacts for Port {
    async fn contacts(&self, contacts: &[ContactHash]) -> Result<Vec<KnownContact>, CallError> {
        if self.may_write_to_everybody() {
            return Ok(contacts.iter().map(|_| KnownContact::default()).collect());
        }
        let contacts = contacts.to_vec();
        self.call("reading what is known of contact points", move |world| {
            at_once(world.profiles.contacts(&contacts)).unwrap()
        })
        .await
    }
}

impl CheckContacts for Port {
    async fn suppression(&self, recipient: &Recipient) -> Result<Option<Suppression>, CallError> {
        if self.may_write_to_everybody() {
            return Ok(None);
        }
        let recipient = recipient.clone();
        self.call("looking a contact point up", move |world| {
            let contact = contact_key().hash(&recipient);
            let known = at_once(world.profiles.suppressed(&[contact])).unwrap();
            known.into_iter().next().map(|(_, suppression)| suppression)
        })
        .await
    }

    async fn choices(&self, _: &Recipient) -> Result<Preferences, CallError> {
        // Customers unsubscribe here, and no guests.
        Ok(Preferences::default())
    }
}

impl KeepPreferences for Port {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        if self.0.world.state(|state| state.witness.unsubscribed.is_empty()) {
            return Ok(Preferences::default());
        }
        let of = of.clone();
        self.call("reading preferences", move |world| {
            at_once(world.profiles.preferences(&of)).unwrap()
        })
        .await
    }

    async fn choose(&self, _: &Chooser, _: &[Choice]) -> Result<Written, CallError> {
        unreachable!("no sender chooses for a customer")
    }
}

impl Port {
    /// Whether nobody is suppressed: a look then takes no step of its own, which would
    /// only multiply the courses to try.
    fn may_write_to_everybody(&self) -> bool {
        self.0.world.state(|state| state.witness.suppressed.is_empty())
    }
}

impl NotificationLedger for Port {
    async fn record(
        &self,
        notification: &Notification,
        _: SealedFor<'_>,
    ) -> Result<Recorded, CallError> {
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

impl DeferralLedger for Port {
    async fn notification(&self, id: &NotificationId) -> Result<Option<Kept>, CallError> {
        let id = id.clone();
        self.call("reading a notification", move |world| {
            at_once(world.ledger.notification(&id)).unwrap()
        })
        .await
    }

    async fn end(
        &self,
        id: &NotificationId,
        reason: &Reason,
        now: Timestamp,
    ) -> Result<(), CallError> {
        let (id, reason) = (id.clone(), reason.clone());
        self.call("ending what waits", move |world| {
            at_once(world.ledger.end(&id, &reason, now)).unwrap();
        })
        .await
    }

    async fn revise(
        &self,
        notification: &Notification,
        _: SealedFor<'_>,
    ) -> Result<Revised, CallError> {
        let (name, notification) = (self.name(), notification.clone());
        self.call("revising decisions", move |world| world.revise(&name, &notification)).await
    }

    async fn facts_of(&self, order: &OrderId) -> Result<Facts, CallError> {
        let order = order.clone();
        self.call("reading the order's facts", move |world| {
            at_once(world.ledger.facts_of(&order)).unwrap()
        })
        .await
    }

    /// Nobody is flooded by two orders.
    async fn decided_since(
        &self,
        _: Channel,
        _: &ContactHash,
        _: Timestamp,
        _: usize,
    ) -> Result<usize, CallError> {
        Ok(0)
    }

    async fn overdue(&self, before: Timestamp, most: usize) -> Result<Vec<Overdue>, CallError> {
        self.call("looking for what is overdue", move |world| {
            at_once(world.ledger.overdue(before, most)).unwrap()
        })
        .await
    }
}

impl Schedules for Port {
    async fn schedule(&self, due: &Due, _: Timestamp) -> Result<(), CallError> {
        let due = due.clone();
        self.call("scheduling", move |world| {
            world.state(|state| {
                state.schedules.entry(due.name()).or_insert_with(|| due.clone());
            });
        })
        .await
    }

    async fn cancel(&self, due: &Due) -> Result<(), CallError> {
        let name = due.name();
        self.call("taking a schedule back", move |world| {
            world.state(|state| state.schedules.remove(&name));
        })
        .await
    }

    async fn announce(&self, due: &[Due], origin: &str) -> Result<(), CallError> {
        let (due, origin) = (due.to_vec(), origin.to_owned());
        self.call("announcing what is overdue", move |world| {
            for due in &due {
                world.announce(due, &format!("{} {origin}", due.name()));
            }
        })
        .await
    }
}

impl CountPromotions for Port {
    async fn count_promotion(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> Result<Cap, CallError> {
        let (who, message) = (who.clone(), message.to_owned());
        self.call("counting a promotional message", move |world| {
            at_once(world.profiles.count_promotion(&who, &message, caps, now)).unwrap()
        })
        .await
    }
}

impl ReadPersons for Port {
    async fn person(&self, id: &CustomerId) -> Result<Person, CallError> {
        let customer = id.clone();
        self.call("reading a profile", move |world| {
            at_once(world.profiles.person(&customer)).unwrap()
        })
        .await
    }

    /// Everybody has a salt from the beginning.
    async fn salt(&self, id: &CustomerId, at: Timestamp) -> Result<Option<Salt>, CallError> {
        self.0.world.profiles.salt(id, at).await
    }
}

/// Nobody is erased here.
impl ReadStandings for Port {
    async fn standing(&self, _: &CustomerId) -> Result<Standing, CallError> {
        Ok(Standing::default())
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
                let enqueue = move |world: &World| world.enqueue(&name, &jobs, &origin);
                self.call("enqueueing", enqueue).await?;
            }
        }
        Ok(())
    }
}

impl Routes for Port {
    async fn channel_failed(
        &self,
        failed: &ChannelFailed,
        origin: Origin<'_>,
    ) -> Result<(), CallError> {
        let (failed, origin) = (failed.clone(), origin.message_id.to_owned());
        self.call("saying that a channel failed", move |world| {
            world.channel_failed(&failed, &origin);
        })
        .await
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
