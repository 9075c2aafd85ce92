//! The product in memory: the handlers that Lambda runs, between FIFO queues
//! and providers that do as they are told, under a clock that stands still.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use bellhop::answers::{self, Support};
use bellhop::catalogue::Catalogue;
use bellhop::channel::push::Applications;
use bellhop::channel::{MemoryEndpoints, MemorySender, NotAccepted, Recipient};
use bellhop::customer::{
    self, Choice, Chooser, How, KeepPreferences, MemoryProfiles, Profile, Profiler, ReadProfiles,
    Suppression, WriteProfiles, WriteSuppressions,
};
use bellhop::delivery::{self, Circuit, Deliverer, HourlyCap, MemoryQueue, Queued, Unsent};
use bellhop::event::Due;
use bellhop::lambda::batch::{self, BatchError};
use bellhop::ledger::{DeliveryKey, DeliveryRecord, OrderEntries, ReadLedger};
use bellhop::model::clock::{Clock, ManualClock, Timestamp};
use bellhop::model::id::{AttemptId, DeliveryId};
use bellhop::model::{
    Channel, Class, Invocation, OrderId, Platform, Postponed, Reason, Record, Topic, Trace,
};
use bellhop::plan::{self, MemorySchedules, Planner, Settings};
use bellhop::platform::{DeadLetter, MemoryDeadLetters};
use bellhop::preferences;

use crate::event::{Event, batch as batch_of};
use crate::fifo::{Fifo, Hiding};
use crate::job::{
    MemoryContacts, at_any_pace, contact_key, contacts, device, invocation, settings,
};
use crate::store::{Ledger, Shared, Trouble};
use crate::{HAPPENED, at};

/// What the functions work with here: stores, queues and providers in memory.
pub struct InMemory;

impl plan::Ports for InMemory {
    type Ledger = Shared<Ledger>;
    type Profiles = Shared<MemoryProfiles>;
    type Jobs = Shared<MemoryQueue>;
    type Schedules = Shared<MemorySchedules>;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

impl delivery::Ports for InMemory {
    type Ledger = Shared<Ledger>;
    type Sender = Shared<MemorySender>;
    type Routes = Shared<MemoryQueue>;
    type Devices = Shared<MemoryProfiles>;
    type Contacts = MemoryContacts;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

impl answers::Ports for InMemory {
    type Ledger = Shared<Ledger>;
    type Suppressions = Shared<MemoryProfiles>;
    type Clock = Arc<ManualClock>;
}

impl preferences::Ports for InMemory {
    type Ledger = Shared<Ledger>;
    type Profiles = Shared<MemoryProfiles>;
    type Clock = Arc<ManualClock>;
}

impl customer::Ports for InMemory {
    type Profiles = Shared<MemoryProfiles>;
    type Endpoints = MemoryEndpoints;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

/// A channel's function, between stores in memory.
pub type MemoryDeliverer = Deliverer<InMemory>;

/// Each channel has a queue for each class of message.
pub type Lane = (Channel, Class);

/// Every lane.
pub const LANES: [Lane; 6] = [
    (Channel::Email, Class::Transactional),
    (Channel::Email, Class::Promotional),
    (Channel::Sms, Class::Transactional),
    (Channel::Sms, Class::Promotional),
    (Channel::Push, Class::Transactional),
    (Channel::Push, Class::Promotional),
];

/// Whether Lambda hears a function's answer. Where it does not, the whole batch
/// comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It does.
    Heard,
    /// It does not.
    Lost,
}

/// The product in memory.
pub struct World {
    clock: Arc<ManualClock>,
    ledger: Shared<Ledger>,
    queue: Shared<MemoryQueue>,
    schedules: Shared<MemorySchedules>,
    dead_letters: Shared<MemoryDeadLetters>,
    profiles: Shared<MemoryProfiles>,
    profiler: Profiler<InMemory>,
    planner: Planner<InMemory>,
    deliverers: BTreeMap<Channel, MemoryDeliverer>,
    events: Fifo,
    jobs: BTreeMap<Lane, Fifo>,
    first_planned: Mutex<Vec<(DeliveryKey, Lane)>>,
    invocations: AtomicU64,
}

impl World {
    /// A world without troubles, five minutes after [`HAPPENED`].
    pub fn new() -> Self {
        Self::with(Vec::new(), BTreeMap::new())
    }

    /// A world with these troubles ahead, and whose providers first answer with
    /// these failures.
    pub fn with(troubles: Vec<Trouble>, failures: BTreeMap<Channel, Vec<NotAccepted>>) -> Self {
        let clock = Arc::new(ManualClock::at(at(HAPPENED)));
        clock.advance(Duration::from_secs(300));
        let profiles = Shared::<MemoryProfiles>::default();
        let ledger = Shared::new(Ledger::with(troubles).beside(profiles.standings()));
        let queue = Shared::<MemoryQueue>::default();
        let schedules = Shared::<MemorySchedules>::default();
        let dead_letters = Shared::<MemoryDeadLetters>::default();
        let deliverer = |channel| Deliverer {
            ledger: ledger.clone(),
            sender: Shared::new(MemorySender::scripted(
                channel,
                failures.get(&channel).cloned().unwrap_or_default(),
            )),
            routes: queue.clone(),
            devices: profiles.clone(),
            contacts: contacts(&profiles),
            circuit: Circuit::default(),
            pace: at_any_pace(),
            cap: HourlyCap::default(),
            unsent: Unsent::default(),
            dead_letters: dead_letters.clone(),
            clock: Arc::clone(&clock),
        };
        let applications = Applications {
            fcm: Some("arn:aws:sns:eu-west-1:123456789012:endpoint/GCM/shop".to_owned()),
            ..Applications::default()
        };
        Self {
            profiler: Profiler {
                profiles: profiles.clone(),
                endpoints: MemoryEndpoints(applications),
                dead_letters: dead_letters.clone(),
                clock: Arc::clone(&clock),
            },
            planner: Planner {
                catalogue: Catalogue::built_in().unwrap(),
                settings: settings(),
                contact_key: contact_key(),
                ledger: ledger.clone(),
                profiles: profiles.clone(),
                jobs: queue.clone(),
                schedules: schedules.clone(),
                dead_letters: dead_letters.clone(),
                clock: Arc::clone(&clock),
            },
            deliverers: Channel::ALL.map(|channel| (channel, deliverer(channel))).into(),
            events: Fifo::default(),
            jobs: LANES.map(|lane| (lane, Fifo::default())).into(),
            first_planned: Mutex::default(),
            invocations: AtomicU64::new(0),
            clock,
            ledger,
            queue,
            schedules,
            dead_letters,
            profiles,
        }
    }

    /// Registers a device of a customer.
    pub async fn register_device(&self, customer: &str, platform: Platform, token: &str) {
        let device = device(platform, token);
        self.profiles.put_device(&customer.into(), &device, self.now()).await.unwrap();
    }

    /// Lets `profiles` take a customer event that is queued at this moment; the record
    /// that it received.
    pub async fn keep(&self, event: &Event) -> Record {
        let record = Record { sent_at: self.now(), ..event.record() };
        self.keep_again(&record).await;
        record
    }

    /// Lets `profiles` take a record once more.
    pub async fn keep_again(&self, record: &Record) {
        customer::handle(&self.profiler, record).await.unwrap();
    }

    /// What is known of a customer.
    pub async fn profile(&self, customer: &str) -> Option<Profile> {
        self.profiles.profile(&customer.into()).await.unwrap()
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Puts an event on its queue; the id of the message.
    pub fn publish(&self, event: &Event) -> String {
        self.publish_text(event.text("/data/order/id"), &event.body())
    }

    /// Puts any text on the queue of events; the id of the message.
    pub fn publish_text(&self, group: &str, body: &str) -> String {
        self.events.send("event", group, body, self.now())
    }

    /// Puts an event that belongs to a trace on its queue.
    pub fn publish_traced(&self, event: &Event, trace: &Trace) {
        let (group, trace) = (event.text("/data/order/id"), Some(trace.clone()));
        self.events.send_traced("event", group, &event.body(), trace, self.now());
    }

    /// Puts any text on a lane's queue; the id of the message.
    pub fn enqueue_text(&self, lane: Lane, group: &str, body: &str) -> String {
        self.jobs[&lane].send("job", group, body, self.now())
    }

    /// Puts the `nth` job that waits in a lane on its queue once more.
    pub fn repeat_job(&self, lane: Lane, nth: usize) {
        self.jobs[&lane].repeat(nth, self.now());
    }

    /// Lets `plan` take a batch; whether there was any.
    pub async fn plan(&self, most: usize, answer: Answer) -> bool {
        let work = |record: Record, _| async move { plan::handle(&self.planner, &record).await };
        let worked = self.invoke(&self.events, most, answer, work).await;
        self.move_jobs();
        worked
    }

    /// Puts the jobs that a function has made on their queues, and what it has said of
    /// channels that failed.
    fn move_jobs(&self) {
        for (failed, trace) in self.queue.take_traced_failed() {
            let (group, body) = (failed.order_id.as_str(), failed.body());
            self.events.send_traced("failed", group, &body, trace, self.now());
        }
        for Queued { job, origin, trace } in self.queue.take() {
            let body = serde_json::to_string(&job).unwrap();
            let lane = (job.channel(), job.class);
            let group = job.recipient.hash(&job.order_id);
            self.jobs[&lane].send_traced(&origin, &group, &body, trace, self.now());
            let mut first_planned = self.first_planned.lock().unwrap();
            let planned = (job.key(), lane);
            if !first_planned.contains(&planned) {
                first_planned.push(planned);
            }
        }
    }

    /// The product of a shop that decides otherwise.
    pub fn of_shop(mut self, settings: Settings) -> Self {
        self.planner.settings = settings;
        self
    }

    /// Puts on the queue of events what schedules have to say by now, and what was
    /// announced without them.
    fn wake(&self) {
        let due = self.schedules.take_due(self.now()).into_iter();
        let announced = self.schedules.take_announced().into_iter().map(|(due, _)| due);
        for due in due.chain(announced) {
            self.events.send("due", due.order_id.as_str(), &due.body(), self.now());
        }
    }

    /// What is scheduled.
    pub fn scheduled(&self) -> Vec<Due> {
        self.schedules.all()
    }

    /// Forgets every schedule.
    pub fn lose_schedules(&self) {
        self.schedules.take_due(Timestamp::MAX);
    }

    /// Lets `plan` look for what is overdue.
    pub fn sweep(&self) {
        let body = r#"{"specversion": "1.0", "id": "s", "type": "bellhop.sweep", "data": {}}"#;
        self.events.send("sweep", "bellhop.sweep", body, self.now());
    }

    /// Lets a channel's function take a batch of a lane; whether there was any.
    pub async fn send(&self, lane: Lane, most: usize, answer: Answer) -> bool {
        let deliverer = &self.deliverers[&lane.0];
        let work = |record: Record, invocation: Invocation| async move {
            delivery::handle(deliverer, &record, &invocation).await
        };
        let worked = self.invoke(&self.jobs[&lane], most, answer, work).await;
        self.move_jobs();
        worked
    }

    async fn invoke<W, F>(&self, queue: &Fifo, most: usize, answer: Answer, work: W) -> bool
    where
        W: Fn(Record, Invocation) -> F,
        F: Future<Output = Result<(), Postponed>>,
    {
        let received = queue.receive(most, self.now());
        if received.is_empty() {
            return false;
        }
        let response = self.process(queue, batch_of(&received), work).await.unwrap();
        if answer == Answer::Heard {
            queue.settle(&received, &response);
        }
        true
    }

    /// Lets a function take this batch of a queue, in an invocation of its own.
    ///
    /// # Errors
    /// [`BatchError`], as the function.
    pub async fn process<W, F>(
        &self,
        queue: &Fifo,
        batch: SqsEvent,
        work: W,
    ) -> Result<SqsBatchResponse, BatchError>
    where
        W: Fn(Record, Invocation) -> F,
        F: Future<Output = Result<(), Postponed>>,
    {
        let nth = self.invocations.fetch_add(1, Ordering::Relaxed);
        let invocation = invocation(&format!("request-{nth}"), self.now());
        let each = |record| work(record, invocation.clone());
        let hiding = Hiding(queue, &self.clock);
        batch::process(batch, &invocation, &self.clock, &hiding, each).await
    }

    /// Lets every function work, and time pass, until all queues are empty and nothing is
    /// scheduled.
    ///
    /// # Panics
    /// If they never are.
    pub async fn settle(&self) {
        self.settle_until(Timestamp::MAX).await;
    }

    /// Lets every function work, and time pass until this moment at the latest.
    ///
    /// # Panics
    /// If there always is more to do.
    pub async fn settle_until(&self, end: Timestamp) {
        for _ in 0..2_000 {
            self.clock.advance(Duration::from_millis(1));
            self.wake();
            let mut worked = self.plan(10, Answer::Heard).await;
            for lane in LANES {
                worked |= self.send(lane, 10, Answer::Heard).await;
            }
            if worked {
                continue;
            }
            let scheduled = self.scheduled().into_iter().map(|due| due.due_at);
            match self.queues().filter_map(Fifo::next_at).chain(scheduled).min() {
                Some(next) if next <= end => self.clock.set(next.max(self.now())),
                _ if end < Timestamp::MAX => return self.clock.set(end.max(self.now())),
                _ => return,
            }
        }
        panic!("the queues never empty");
    }

    fn queues(&self) -> impl Iterator<Item = &Fifo> {
        self.jobs.values().chain([&self.events])
    }

    /// A channel's function.
    pub fn deliverer(&self, channel: Channel) -> &MemoryDeliverer {
        &self.deliverers[&channel]
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Every call that a channel's provider received, in order.
    pub fn calls(&self, channel: Channel) -> Vec<(DeliveryId, AttemptId)> {
        self.deliverers[&channel].sender.sent()
    }

    /// Every call that any provider received.
    pub fn all_calls(&self) -> Vec<(DeliveryId, AttemptId)> {
        Channel::ALL.into_iter().flat_map(|channel| self.calls(channel)).collect()
    }

    /// All that the ledger holds about an order.
    pub async fn order(&self, order: &str) -> OrderEntries {
        self.ledger.order(&OrderId::parse(order).unwrap()).await.unwrap()
    }

    /// The ledger, the profiles and the clock, for whatever else works with them.
    pub fn stores(&self) -> (Shared<Ledger>, Shared<MemoryProfiles>, Arc<ManualClock>) {
        (self.ledger.clone(), self.profiles.clone(), Arc::clone(&self.clock))
    }

    /// Whoever answers support here.
    pub fn support(&self) -> Support<InMemory> {
        Support {
            ledger: self.ledger.clone(),
            suppressions: self.profiles.clone(),
            contact_key: contact_key(),
            clock: Arc::clone(&self.clock),
        }
    }

    /// The recipient must not be written to from now on.
    pub async fn suppress(&self, recipient: &Recipient, reason: Reason) {
        let (channel, at) = (recipient.channel(), self.now());
        let suppression = Suppression { channel, reason, at };
        self.profiles.suppress(&contact_key().hash(recipient), &suppression).await.unwrap();
    }

    /// The customer wants no requests for reviews from now on.
    pub async fn unsubscribe(&self, customer: &str) {
        let (topic, wanted, at, how) = (Topic::Reviews, false, self.now(), How::OneClick);
        let choices = Channel::ALL.map(|channel| Choice { topic, channel, wanted, at, how });
        let of = Chooser::Customer(customer.into());
        self.profiles.choose(&of, &choices).await.unwrap();
    }

    /// The record of every delivery.
    pub fn deliveries(&self) -> BTreeMap<DeliveryKey, DeliveryRecord> {
        self.ledger.deliveries()
    }

    /// Every delivery with its lane, in the order in which they were first
    /// enqueued.
    pub fn first_planned(&self) -> Vec<(DeliveryKey, Lane)> {
        self.first_planned.lock().unwrap().clone()
    }

    /// The ids of the messages that were dead-lettered.
    pub fn dead_lettered(&self) -> BTreeSet<String> {
        let id = |(record, _): (Record, DeadLetter)| record.message_id;
        self.dead_letters.all().into_iter().map(id).collect()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
