//! A fleet: for each lane so many instances as may run at once, each taking batches
//! from the lane's queue as Lambda does.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bellhop::channel::push::Device;
use bellhop::customer::MemoryProfiles;
use bellhop::delivery::{
    self, Circuit, Deliverer, DeliveryJob, HourlyCap, MemoryQueue, Pace, Shares, Unsent,
};
use bellhop::event::ChannelFailed;
use bellhop::lambda::{Visibility, batch};
use bellhop::ledger::{DeliveryState, MemoryLedger};
use bellhop::model::clock::{self, Clock, Timestamp};
use bellhop::model::{Class, Record};
use bellhop::platform::MemoryDeadLetters;
use futures_util::future::join_all;

use super::clock::Virtual;
use super::provider::Provider;
use crate::event::batch as batch_of;
use crate::job::{MemoryContacts, contacts, invocation};
use crate::simulator::queue::Queue;
use crate::store::{Ledger, Shared};

/// The most messages of a batch, as in `template.yaml`.
const BATCH: usize = 10;

/// How long Lambda takes from the end of one invocation to the next.
const BETWEEN: Duration = Duration::from_millis(20);

struct OnLoad;

impl delivery::Ports for OnLoad {
    type Ledger = Shared<Ledger>;
    type Sender = Provider;
    type Routes = Shared<MemoryQueue>;
    type Devices = Shared<MemoryProfiles>;
    type Contacts = MemoryContacts;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Virtual;
}

/// The senders of one channel, with their queues.
pub struct Fleet {
    clock: Virtual,
    shares: Shares,
    provider: Provider,
    queues: BTreeMap<Class, Arc<Mutex<Queue>>>,
    ledger: Shared<Ledger>,
    routes: Shared<MemoryQueue>,
    devices: Shared<MemoryProfiles>,
}

struct Hidden(Arc<Mutex<Queue>>, Virtual);

impl Visibility for Hidden {
    async fn postpone(&self, record: &Record, after: Duration) {
        let now = self.1.now();
        self.0.lock().unwrap().postpone(&record.receipt_handle, after, now);
    }
}

impl Fleet {
    /// A fleet before this provider.
    pub fn new(clock: Virtual, shares: Shares, provider: Provider) -> Self {
        Self::of_owners(clock, shares, provider, &[])
    }

    /// A fleet before this provider, where these customers have these devices.
    pub fn of_owners(
        clock: Virtual,
        shares: Shares,
        provider: Provider,
        devices: &[(String, Device)],
    ) -> Self {
        let queue = |class| (class, Arc::new(Mutex::new(Queue::new("jobs", 1000))));
        let queues = [Class::Transactional, Class::Promotional].map(queue).into();
        let (ledger, routes) = (Shared::default(), Shared::default());
        let devices = devices.iter().map(|(customer, device)| (&**customer, device.clone()));
        let devices = Shared::of_owners(devices);
        Self { clock, shares, provider, queues, ledger, routes, devices }
    }

    /// Puts a job on its lane's queue.
    pub fn enqueue(&self, job: &DeliveryJob) {
        let mut queue = self.queues[&job.class].lock().unwrap();
        let (group, body) = (job.recipient.hash(&job.order_id), serde_json::to_string(job));
        queue.send(&group, body.unwrap(), job.delivery_id.as_str(), self.clock.now());
    }

    /// The ledger.
    pub fn ledger(&self) -> &MemoryLedger {
        &self.ledger
    }

    /// How many deliveries ended in each state.
    pub fn states(&self) -> BTreeMap<&'static str, usize> {
        let mut states = BTreeMap::new();
        for record in self.ledger().deliveries().into_values() {
            *states.entry(DeliveryState::as_str(record.state)).or_default() += 1;
        }
        states
    }

    /// The channels that were said to have failed.
    pub fn failed_channels(&self) -> Vec<ChannelFailed> {
        self.routes.take_failed()
    }

    /// Lets the fleet work until both queues are empty, or until `end`.
    pub async fn work_until(&self, end: Duration) {
        self.work(end, Idle::Ends).await;
    }

    /// Lets the fleet work until `end`, also on what comes meanwhile.
    pub async fn serve_until(&self, end: Duration) {
        self.work(end, Idle::Polls).await;
    }

    async fn work(&self, end: Duration, idle: Idle) {
        let lanes = [
            (Class::Transactional, self.shares.instances),
            (Class::Promotional, self.shares.bulk_instances),
        ];
        let of_lane = |(class, count)| (0..count).map(move |nth| self.instance(class, nth));
        join_all(lanes.into_iter().flat_map(of_lane).map(|instance| instance.run(end, idle))).await;
    }

    fn instance(&self, class: Class, nth: u32) -> Instance {
        Instance {
            deliverer: Deliverer {
                ledger: self.ledger.clone(),
                sender: self.provider.clone(),
                routes: self.routes.clone(),
                devices: self.devices.clone(),
                contacts: contacts(&self.devices),
                circuit: Circuit::default(),
                pace: Pace::of(&self.shares),
                cap: HourlyCap::default(),
                unsent: Unsent::default(),
                dead_letters: Shared::default(),
                clock: self.clock,
            },
            name: format!("{class:?}-{nth}"),
            queue: Arc::clone(&self.queues[&class]),
        }
    }
}

/// What an instance does while nothing is on its queue.
#[derive(Debug, Clone, Copy)]
enum Idle {
    Ends,
    Polls,
}

struct Instance {
    deliverer: Deliverer<OnLoad>,
    name: String,
    queue: Arc<Mutex<Queue>>,
}

impl Instance {
    async fn run(self, end: Duration, idle: Idle) {
        let clock = self.deliverer.clock;
        let mut invocations = 0;
        while clock.elapsed() < end {
            let (received, _) = self.queue.lock().unwrap().receive(BATCH, clock.now());
            if received.is_empty() {
                // A queue is polled now and then.
                let soon = clock::after(clock.now(), Duration::from_millis(200));
                let next = match (self.next_at(), idle) {
                    (Some(next), Idle::Ends) => next.max(soon),
                    (None, Idle::Ends) => return,
                    (_, Idle::Polls) => soon,
                };
                clock.sleep_until(next).await;
                continue;
            }
            invocations += 1;
            self.invoke(&received, &format!("{}-{invocations}", self.name)).await;
            clock.sleep_until(clock::after(clock.now(), BETWEEN)).await;
        }
    }

    async fn invoke(&self, received: &[Record], request: &str) {
        let (deliverer, clock) = (&self.deliverer, self.deliverer.clock);
        let invocation = invocation(request, clock.now());
        let hidden = Hidden(Arc::clone(&self.queue), clock);
        let invoked = &invocation;
        let work =
            |record: Record| async move { delivery::handle(deliverer, &record, invoked).await };
        let answer = batch::process(batch_of(received), &invocation, &clock, &hidden, work).await;
        let failed = answer.unwrap().batch_item_failures;
        let done =
            |record: &&Record| !failed.iter().any(|f| f.item_identifier == record.message_id);
        let mut queue = self.queue.lock().unwrap();
        for record in received.iter().filter(done) {
            queue.delete(&record.receipt_handle);
        }
    }

    fn next_at(&self) -> Option<Timestamp> {
        self.queue.lock().unwrap().next_at()
    }
}
