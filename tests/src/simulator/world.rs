//! What the workers share: time, tables, queues and providers. Every effect
//! happens here, at once and whole; [`super::port`] decides when.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use bellhop::channel::{NotAccepted, Recipient};
use bellhop::customer::{
    Caps, Choice, Chooser, How, KeepPreferences, MemoryProfiles, Suppression, WriteSuppressions,
};
use bellhop::delivery::DeliveryJob;
use bellhop::event::{ChannelFailed, Due};
use bellhop::feedback::ProviderReport;
use bellhop::ledger::{
    DeliveryKey, DeliveryLedger, DeliveryRecord, Fenced, MemoryLedger, ReadLedger, Transition,
};
use bellhop::model::clock::{self, Clock, ManualClock, Timestamp};
use bellhop::model::failure::SendFailure;
use bellhop::model::id::{AttemptId, EndpointArn, NotificationKey};
use bellhop::model::{
    Channel, Class, CustomerId, OrderId, ProviderMessageId, Reason, Record, Report, Topic,
};
use bellhop::plan::{
    DeferralLedger, Notification, NotificationLedger, QuietHours, Recorded, Revised, SealedFor,
};
use futures_util::FutureExt;

use super::fates::{Call, Fates, Reply};
use super::moves::Mover;
use super::queue::Queue;
use super::random::Random;
use super::witness::{Begin, Witness};
use crate::job::contact_key;

/// A queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Of order events.
    Events,
    /// Of the jobs of a channel and class.
    Jobs(Channel, Class),
}

impl Lane {
    /// Every queue.
    pub const ALL: [Self; 7] = [
        Self::Events,
        Self::Jobs(Channel::Email, Class::Transactional),
        Self::Jobs(Channel::Email, Class::Promotional),
        Self::Jobs(Channel::Sms, Class::Transactional),
        Self::Jobs(Channel::Sms, Class::Promotional),
        Self::Jobs(Channel::Push, Class::Transactional),
        Self::Jobs(Channel::Push, Class::Promotional),
    ];

    /// The queue's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "event",
            Self::Jobs(Channel::Email, Class::Transactional) => "email",
            Self::Jobs(Channel::Email, Class::Promotional) => "email-bulk",
            Self::Jobs(Channel::Sms, Class::Transactional) => "sms",
            Self::Jobs(Channel::Sms, Class::Promotional) => "sms-bulk",
            Self::Jobs(Channel::Push, Class::Transactional) => "push",
            Self::Jobs(Channel::Push, Class::Promotional) => "push-bulk",
        }
    }

    fn queue(self) -> Queue {
        // As often as `template.yaml` says.
        Queue::new(self.name(), 1000)
    }
}

/// A Send event on its way.
#[derive(Debug, Clone)]
pub struct Underway {
    /// What it says.
    pub report: ProviderReport,
    /// When it comes, next.
    pub due_at: Timestamp,
}

/// A call that takes effect after its caller was told that it failed.
type Late = Box<dyn FnOnce(&World) + Send>;

/// What the workers share.
pub struct World {
    /// The true time.
    pub clock: ManualClock,
    /// The ledger.
    pub ledger: MemoryLedger,
    /// The customers.
    pub profiles: MemoryProfiles,
    /// When nobody is disturbed here.
    pub quiet_hours: Option<QuietHours>,
    /// How many promotional messages a customer may get here.
    pub caps: Caps,
    /// Whether workers keep a hash of all that they hear.
    pub keeps_heard: bool,
    state: Mutex<State>,
    trace: Option<Mutex<Vec<String>>>,
}

/// What changes, but for the tables.
pub struct State {
    /// The queues.
    pub queues: BTreeMap<Lane, Queue>,
    /// The Send events on their way, each by a number of its own.
    pub send_events: BTreeMap<usize, Underway>,
    /// The schedules, by name.
    pub schedules: BTreeMap<String, Due>,
    /// Endpoints that are gone.
    pub gone: BTreeSet<EndpointArn>,
    /// What befalls calls.
    pub fates: Box<dyn Fates>,
    /// What really happened.
    pub witness: Witness,
    late: Vec<Late>,
    provider_ids: usize,
}

impl World {
    /// An empty world at this time. A traced one keeps a line for every effect.
    pub fn new(now: Timestamp, fates: Box<dyn Fates>, traced: bool) -> Self {
        let state = State {
            queues: Lane::ALL.map(|lane| (lane, lane.queue())).into(),
            send_events: BTreeMap::new(),
            schedules: BTreeMap::new(),
            gone: BTreeSet::new(),
            fates,
            witness: Witness::default(),
            late: Vec::new(),
            provider_ids: 0,
        };
        Self {
            clock: ManualClock::at(now),
            ledger: MemoryLedger::default(),
            profiles: MemoryProfiles::default(),
            quiet_hours: None,
            caps: Caps { day: 1_000, week: 1_000 },
            keeps_heard: false,
            state: Mutex::new(state),
            trace: traced.then(Mutex::default),
        }
    }

    /// The true time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Looks at or changes what changes.
    pub fn state<T>(&self, with: impl FnOnce(&mut State) -> T) -> T {
        with(&mut self.state.lock().unwrap())
    }

    /// Adds a line to the trace.
    pub fn tell(&self, who: &str, what: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            let line = format!("{:.3}  {who:<14}  {}", self.now(), what());
            trace.lock().unwrap().push(line);
        }
    }

    /// Every line so far.
    pub fn trace(&self) -> Vec<String> {
        self.trace.as_ref().map(|trace| trace.lock().unwrap().clone()).unwrap_or_default()
    }

    /// What becomes of a call.
    pub fn fate(&self) -> Call {
        self.state(|state| state.fates.call())
    }

    /// Keeps a call for later.
    pub fn later(&self, call: Late) {
        self.state(|state| state.late.push(call));
    }

    /// Whether a call has yet to take effect.
    pub fn has_late(&self) -> bool {
        self.state(|state| !state.late.is_empty())
    }

    /// Lets a call that was kept take effect.
    pub fn late_call(&self, nth: usize) {
        let late = self.state(|state| {
            let nth = nth.checked_rem(state.late.len());
            nth.map(|nth| state.late.remove(nth))
        });
        if let Some(late) = late {
            self.tell("the network", || "delivers a call that was given up".to_owned());
            self.state(|state| state.witness.late = true);
            late(self);
            self.state(|state| state.witness.late = false);
        }
    }

    /// A delivery as it stands.
    pub fn delivery(&self, key: &DeliveryKey) -> Option<DeliveryRecord> {
        at_once(self.ledger.delivery(key)).unwrap()
    }

    /// Carries a transition out.
    pub fn apply(&self, mover: &Mover, key: &DeliveryKey, transition: &Transition) -> Fenced {
        let before = self.delivery(key);
        let fenced = at_once(self.ledger.apply(key, transition)).unwrap();
        let change = &transition.change;
        self.state(|state| match &fenced {
            Fenced::Applied(_) => {
                let after = self.delivery(key).unwrap();
                state.witness.moved(mover, key, before.as_ref(), &after, self.now());
            }
            Fenced::Conflict(_) => {
                let held = before.as_ref().is_some_and(|record| !record.state.is_settled());
                let owner = before.as_ref().and_then(|record| record.attempt_id.as_ref());
                let taken_over = change.attempt == mover.own && owner != mover.own.as_ref();
                state.witness.fenced += usize::from(held && mover.own.is_some() && taken_over);
            }
        });
        self.tell(&mover.worker, || {
            let name = self.state(|state| state.witness.name(key));
            let reason = change.reason.as_ref().map(|reason| format!(" ({reason})"));
            let made = match &fenced {
                Fenced::Applied(_) => "now",
                Fenced::Conflict(_) => "CONFLICT, not",
            };
            let was = before.map_or("absent", |record| record.state.as_str());
            format!("{name}: {was}, {made} {}{}", change.state, reason.unwrap_or_default())
        });
        fenced
    }

    /// Records a notification.
    pub fn record(&self, worker: &str, notification: &Notification) -> Recorded {
        let recorded = at_once(self.ledger.record(notification, SealedFor::Guest)).unwrap();
        if recorded == Recorded::New {
            self.state(|state| state.witness.recorded(notification, self.now()));
        }
        self.tell(worker, || {
            let new = if recorded == Recorded::New { "planned" } else { "known" };
            format!("{} {} is {new}", notification.data.order.id.as_str(), notification.key)
        });
        recorded
    }

    /// How often each notification was decided again.
    pub fn revisions(&self) -> Vec<(NotificationKey, u32)> {
        let orders = self.state(|state| state.witness.orders());
        let notifications = orders
            .iter()
            .flat_map(|order| at_once(self.ledger.order(order)).unwrap().notifications);
        notifications.map(|known| (known.key, known.revision)).collect()
    }

    /// Writes what was decided again.
    pub fn revise(&self, worker: &str, notification: &Notification) -> Revised {
        let revised = at_once(self.ledger.revise(notification, SealedFor::Guest)).unwrap();
        if revised == Revised::Applied {
            let now = self.now();
            self.state(|state| state.witness.recorded(notification, now));
        }
        self.tell(worker, || {
            let order = notification.data.order.id.as_str();
            format!("{order} {} is decided again: {revised:?}", notification.key)
        });
        revised
    }

    /// Puts what is due on the queue of events. Schedules fire late, twice, or never.
    pub fn fire(&self, random: &mut Random) {
        let now = self.now();
        let due = self.state(|state| {
            let due = state.schedules.extract_if(.., |_, due| due.due_at <= now);
            due.map(|(_, due)| due).collect::<Vec<_>>()
        });
        for due in due {
            let times = random.weighted(&[(8, 1), (1, 2), (1, 0)]);
            self.tell("the scheduler", || format!("fires {} {times} times", due.notification));
            for nth in 0..times {
                self.announce(&due, &format!("{} {nth}", due.name()));
            }
        }
    }

    /// Says that something is due.
    pub fn announce(&self, due: &Due, repeats: &str) {
        let now = self.now();
        self.state(|state| {
            let events = state.queues.get_mut(&Lane::Events).unwrap();
            events.send(due.order_id.as_str(), due.body(), repeats, now)
        });
    }

    /// Since when something is due that nothing will announce, if anything is.
    pub fn forgotten(&self) -> Option<Timestamp> {
        if !self.state(|state| state.schedules.is_empty()) {
            return None;
        }
        let waiting = at_once(self.ledger.overdue(Timestamp::MAX, 1)).unwrap();
        waiting.first().map(|overdue| overdue.due_at)
    }

    /// Asks `plan` to look for what is overdue.
    pub fn sweep(&self) {
        let now = self.now();
        let body = r#"{"specversion": "1.0", "id": "s", "type": "bellhop.sweep", "data": {}}"#;
        self.state(|state| {
            let events = state.queues.get_mut(&Lane::Events).unwrap();
            events.send("bellhop.sweep", body.to_owned(), &format!("sweep {now}"), now)
        });
    }

    /// Says that a channel failed.
    pub fn channel_failed(&self, failed: &ChannelFailed, origin: &str) {
        let (now, body) = (self.now(), failed.body());
        let repeats = format!("{body} {origin}");
        self.state(|state| {
            let events = state.queues.get_mut(&Lane::Events).unwrap();
            events.send(failed.order_id.as_str(), body, &repeats, now)
        });
    }

    /// Puts jobs on their queues.
    pub fn enqueue(&self, worker: &str, jobs: &[DeliveryJob], origin: &str) {
        for job in jobs {
            let body = serde_json::to_string(job).unwrap();
            let lane = Lane::Jobs(job.channel(), job.class);
            let repeats = format!("{} {origin}", job.delivery_id);
            let group = job.recipient.hash(&job.order_id);
            let now = self.now();
            let sent = self.state(|state| {
                state.queues.get_mut(&lane).unwrap().send(&group, body, &repeats, now)
            });
            self.tell(worker, || {
                let name = self.state(|state| state.witness.name(&job.key()));
                let sent = sent.as_deref().unwrap_or("nothing, for it is a repetition");
                format!("enqueues {name} as {sent}")
            });
            if let Some(message_id) = sent {
                let state_of = |key: &DeliveryKey| self.delivery(key).map(|record| record.state);
                self.state(|state| state.witness.enqueued(job, message_id, state_of));
            }
        }
    }

    /// Receives from a queue.
    pub fn receive(&self, lane: Lane, most: usize) -> Vec<Record> {
        let now = self.now();
        let (received, died) = self.state(|state| {
            let (received, died) = state.queues.get_mut(&lane).unwrap().receive(most, now);
            for record in &died {
                let order = OrderId::parse(record.group.as_deref().unwrap_or_default()).unwrap();
                state.witness.died(record, order);
            }
            (received, died)
        });
        for record in died {
            self.tell("the queue", || format!("gives {} up", record.message_id));
        }
        received
    }

    /// A contact point is not to be written to any more.
    pub fn suppress(&self, recipient: &Recipient) {
        let channel = recipient.channel();
        let suppression = Suppression { channel, reason: Reason::OptedOut, at: self.now() };
        let contact = contact_key().hash(recipient);
        at_once(self.profiles.suppress(&contact, &suppression)).unwrap();
        self.state(|state| state.witness.suppressed.push(recipient.clone()));
        self.tell("a customer", || format!("opts out of {channel}"));
    }

    /// A customer wants no more requests for reviews.
    pub fn unsubscribe(&self, customer: &CustomerId) {
        let now = self.now();
        let (topic, wanted, how) = (Topic::Reviews, false, How::OneClick);
        let choices = Channel::ALL.map(|channel| Choice { topic, channel, wanted, at: now, how });
        let of = Chooser::Customer(customer.clone());
        at_once(self.profiles.choose(&of, &choices)).unwrap();
        self.state(|state| *state.witness.unsubscribed.entry(customer.clone()).or_insert(now));
        self.tell("a customer", || format!("{customer} unsubscribes"));
    }

    /// One call to a provider, by an attempt whose worker took the job up then.
    pub fn call_provider(
        &self,
        worker: &str,
        key: &DeliveryKey,
        recipient: &Recipient,
        attempt: &AttemptId,
        begin: Begin,
    ) -> Result<ProviderMessageId, NotAccepted> {
        let now = self.now();
        let channel = recipient.channel();
        let (reply, answer) = self.state(|state| {
            let mut reply = state.fates.reply(channel);
            if let Recipient::Push { endpoint_arn, .. } = recipient
                && state.gone.contains(endpoint_arn)
                && matches!(reply, Reply::Accepts | Reply::AcceptsSilently)
            {
                reply = Reply::Refuses(SendFailure::Permanent, "EndpointDisabled");
            }
            state.witness.called.insert(attempt.clone());
            if let Reply::Refuses(SendFailure::Permanent, _) = reply {
                state.witness.refused.insert(key.clone());
            }
            let accepts = matches!(reply, Reply::Accepts | Reply::AcceptsSilently);
            let id = accepts.then(|| state.accept(key, channel, attempt, begin, now));
            (reply, id)
        });
        self.tell(worker, || {
            let name = self.state(|state| state.witness.name(key));
            format!("calls the provider for {name}: {reply:?} {answer:?}")
        });
        let lost =
            |reason: &str| NotAccepted { failure: SendFailure::Unknown, reason: reason.into() };
        match (reply, answer) {
            (Reply::Accepts, Some(id)) => Ok(id),
            (Reply::Refuses(failure, code), _) => Err(NotAccepted { failure, reason: code.into() }),
            _ => Err(lost("no_answer")),
        }
    }
}

impl State {
    fn accept(
        &mut self,
        key: &DeliveryKey,
        channel: Channel,
        attempt: &AttemptId,
        begin: Begin,
        now: Timestamp,
    ) -> ProviderMessageId {
        self.provider_ids += 1;
        let id = ProviderMessageId::new(format!("{channel}-id-{}", self.provider_ids));
        self.witness.accepts(key, attempt, begin, &id);
        let delays = if channel == Channel::Email { self.fates.send_events() } else { Vec::new() };
        for delay in delays {
            let report = ProviderReport {
                key: key.clone(),
                channel,
                provider_message_id: id.clone(),
                report: Report::Sent,
                reason: None,
            };
            let next = self.send_events.last_key_value().map_or(0, |(number, _)| number + 1);
            self.send_events.insert(next, Underway { report, due_at: clock::after(now, delay) });
        }
        id
    }

    /// When something comes about by itself next.
    pub fn next_at(&self) -> Option<Timestamp> {
        let queues = self.queues.values().filter_map(Queue::next_at);
        let queues = queues.chain(self.schedules.values().map(|due| due.due_at));
        queues.chain(self.send_events.values().map(|event| event.due_at)).min()
    }

    /// Whether nothing is left to come.
    pub fn is_quiet(&self) -> bool {
        self.late.is_empty()
            && self.send_events.is_empty()
            && self.schedules.is_empty()
            && self.queues.values().all(Queue::is_empty)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("now", &self.now()).finish_non_exhaustive()
    }
}

/// How long a Send event that is being processed, or was not, stays away.
pub const SEND_EVENT_HIDING: Duration = Duration::from_secs(60);

/// The stores in memory answer at once.
pub fn at_once<T>(answer: impl Future<Output = T>) -> T {
    answer.now_or_never().expect("stores in memory answer at once")
}
