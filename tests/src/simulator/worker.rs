//! The functions, as Lambda runs them: an instance serves one invocation after
//! another, keeps its circuit from one to the next, and has a clock of its own.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use bellhop::catalogue::Catalogue;
use bellhop::delivery::{self, Circuit, Deliverer, HourlyCap, Unsent};
use bellhop::feedback;
use bellhop::lambda::batch::{self, BatchError};
use bellhop::model::clock::{self, Clock, Timestamp};
use bellhop::model::{Channel, Invocation, Postponed, Record};
use bellhop::plan::{self, Planner, Settings};

use super::port::{ANSWERING, Port};
use super::steps::{self, Steps, Work};
use super::world::{Lane, SEND_EVENT_HIDING, Underway, World};
use crate::job::{at_any_pace, contact_key, settings};

/// How long Lambda lets an invocation run.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Every type.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::built_in().unwrap());

/// Which function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `plan`.
    Plan,
    /// The sender of a channel.
    Send(Channel),
    /// The function that applies what providers report.
    Report,
}

impl Role {
    /// The function that reads a queue.
    pub fn of(lane: Lane) -> Self {
        match lane {
            Lane::Events => Self::Plan,
            Lane::Jobs(channel, _) => Self::Send(channel),
        }
    }
}

/// Every port of the functions is the worker's.
struct Ports;

impl plan::Ports for Ports {
    type Ledger = Port;
    type Profiles = Port;
    type Jobs = Port;
    type Schedules = Port;
    type DeadLetters = Port;
    type Clock = Port;
}

impl delivery::Ports for Ports {
    type Ledger = Port;
    type Sender = Port;
    type Routes = Port;
    type Devices = Port;
    type Contacts = Port;
    type DeadLetters = Port;
    type Clock = Port;
}

#[derive(Clone)]
enum Function {
    Plan(Arc<Planner<Ports>>),
    Send(Arc<Deliverer<Ports>>),
    Report,
}

/// An instance of a function.
pub struct Instance {
    /// Its name.
    pub name: String,
    /// Which function it is.
    pub role: Role,
    port: Port,
    function: Function,
    runs: usize,
}

impl Instance {
    /// A new instance, whose clock is ahead by so many milliseconds.
    pub fn new(world: &Arc<World>, name: String, role: Role, skew: i64, renders: bool) -> Self {
        let channel = if let Role::Send(channel) = role { Some(channel) } else { None };
        let port = Port::new(world, channel, skew, renders);
        let function = match role {
            Role::Plan => Function::Plan(Arc::new(Planner {
                catalogue: CATALOGUE.clone(),
                settings: Settings {
                    quiet_hours: world.quiet_hours,
                    caps: world.caps,
                    ..settings()
                },
                contact_key: contact_key(),
                ledger: port.clone(),
                profiles: port.clone(),
                jobs: port.clone(),
                schedules: port.clone(),
                dead_letters: port.clone(),
                clock: port.clone(),
            })),
            Role::Send(_) => Function::Send(Arc::new(Deliverer {
                ledger: port.clone(),
                sender: port.clone(),
                routes: port.clone(),
                devices: port.clone(),
                contacts: port.clone(),
                circuit: Circuit::default(),
                pace: at_any_pace(),
                cap: HourlyCap::default(),
                unsent: Unsent::default(),
                dead_letters: port.clone(),
                clock: port.clone(),
            })),
            Role::Report => Function::Report,
        };
        Self { name, role, port, function, runs: 0 }
    }

    /// An invocation takes this batch of a queue.
    pub fn take(&mut self, lane: Lane, records: Vec<Record>) -> Worker {
        let deadline = clock::after(self.port.now(), TIMEOUT);
        let (name, steps) = self.begin(Some(deadline));
        let (port, function) = (self.port.clone(), self.function.clone());
        let invocation = Invocation { request_id: name.clone(), deadline };
        let event = batch_of(&records);
        let ids: Vec<_> = records.iter().map(|record| record.message_id.as_str()).collect();
        port.world().tell(&name, || format!("receives {}", ids.join(", ")));
        let work = async move {
            let work = |record: Record| work_on(&function, &port, &invocation, record);
            let answer = batch::process(event, &invocation, &port, &port, work).await;
            port.gate(ANSWERING).await;
            Answer::Batch(answer)
        };
        let receipts = |record: Record| (record.message_id, record.receipt_handle);
        let task = Task::Batch(lane, records.into_iter().map(receipts).collect());
        Worker::new(&self.port, name, steps, Box::pin(work), task)
    }

    /// An invocation takes a Send event.
    pub fn take_send_event(&mut self, number: usize, event: Underway) -> Worker {
        let (name, steps) = self.begin(None);
        let port = self.port.clone();
        port.world().tell(&name, || {
            format!("receives the Send event of {}", event.report.provider_message_id)
        });
        let task = Task::SendEvent(number, event.clone());
        let work = async move {
            let answer = feedback::apply(&port, &port, &event.report).await;
            port.gate(ANSWERING).await;
            Answer::SendEvent(answer)
        };
        Worker::new(&self.port, name, steps, Box::pin(work), task)
    }

    fn begin(&mut self, deadline: Option<Timestamp>) -> (String, Steps) {
        self.runs += 1;
        let name = format!("{}.{}", self.name, self.runs);
        let steps = self.port.begin(&name, deadline);
        (name, steps)
    }
}

async fn work_on(
    function: &Function,
    port: &Port,
    invocation: &Invocation,
    record: Record,
) -> Result<(), Postponed> {
    match function {
        Function::Plan(planner) => plan::handle(planner, &record).await,
        Function::Send(deliverer) => {
            let world = port.world();
            let deliveries = world.ledger.deliveries();
            world.state(|state| {
                state.witness.begins(&port.name(), &record, port.now(), &deliveries);
            });
            delivery::handle(deliverer, &record, invocation).await
        }
        Function::Report => Ok(()),
    }
}

fn batch_of(records: &[Record]) -> SqsEvent {
    let message = |record: &Record| {
        let mut message = SqsMessage::default();
        message.message_id = Some(record.message_id.clone());
        message.receipt_handle = Some(record.receipt_handle.clone());
        message.body = Some(record.body.clone());
        message.event_source_arn = Some(record.queue.clone());
        let attributes = [
            ("ApproximateReceiveCount", record.receive_count.to_string()),
            ("SentTimestamp", record.sent_at.as_millisecond().to_string()),
            ("MessageGroupId", record.group.clone().unwrap_or_default()),
        ];
        message.attributes = attributes.map(|(name, value)| (name.to_owned(), value)).into();
        message
    };
    let mut event = SqsEvent::default();
    event.records = records.iter().map(message).collect();
    event
}

/// What an invocation has taken.
enum Task {
    /// Of this queue, messages by id with their receipts.
    Batch(Lane, Vec<(String, String)>),
    /// A Send event.
    SendEvent(usize, Underway),
}

/// What an invocation answers.
pub enum Answer {
    /// Which messages are not done.
    Batch(Result<SqsBatchResponse, BatchError>),
    /// Whether a Send event is done.
    SendEvent(Result<(), Postponed>),
}

/// An invocation under way.
pub struct Worker {
    /// Its name.
    pub name: String,
    /// When Lambda ends it, by the true clock.
    pub deadline: Timestamp,
    port: Port,
    steps: Steps,
    work: Work<Answer>,
    task: Task,
}

impl Worker {
    fn new(port: &Port, name: String, steps: Steps, mut work: Work<Answer>, task: Task) -> Self {
        assert!(steps::start(&mut work).is_none(), "every invocation has a gate before its end");
        let deadline = clock::after(port.world().now(), TIMEOUT);
        Self { name, deadline, port: port.clone(), steps, work, task }
    }

    /// The gates at which it stands.
    pub fn gates(&self) -> Vec<usize> {
        self.steps.gates()
    }

    /// Where it stands, for people.
    pub fn place(&self) -> String {
        self.steps.names().join(", ")
    }

    /// Where it stands, for comparing.
    pub fn heard(&self) -> (u64, Option<Timestamp>, Vec<usize>) {
        let (heard, arrived) = self.port.heard();
        (heard, arrived, self.steps.gates())
    }

    /// Opens a gate; whether the invocation has ended. Its answer is heard then.
    pub fn step(&mut self, gate: usize) -> bool {
        let Some(answer) = steps::step(&mut self.work, &self.steps, gate) else {
            return false;
        };
        self.port.world().state(|state| state.witness.ends(&self.name));
        match (&self.task, answer) {
            (Task::Batch(lane, receipts), Answer::Batch(answer)) => {
                self.answer(*lane, receipts, answer);
            }
            (Task::SendEvent(number, event), Answer::SendEvent(answer)) => {
                self.answer_send_event(*number, event, answer.is_ok());
            }
            _ => unreachable!("an answer fits what was asked"),
        }
        true
    }

    /// Opens its first gate.
    pub fn step_on(&mut self) -> bool {
        self.step(self.gates()[0])
    }

    /// Runs to the end.
    pub fn finish(mut self) {
        while !self.step_on() {}
    }

    fn answer(
        &self,
        lane: Lane,
        receipts: &[(String, String)],
        answer: Result<SqsBatchResponse, BatchError>,
    ) {
        let failed = |id: &str| match &answer {
            Ok(answer) => answer.batch_item_failures.iter().any(|one| one.item_identifier == id),
            Err(_) => true,
        };
        for (id, receipt) in receipts {
            let deleted = !failed(id)
                && self
                    .port
                    .world()
                    .state(|state| state.queues.get_mut(&lane).unwrap().delete(receipt));
            self.port.world().tell(&self.name, || match (failed(id), deleted) {
                (true, _) => format!("returns {id}"),
                (false, true) => format!("is done with {id}"),
                (false, false) => format!("is done with {id}, whose receipt {receipt} is void"),
            });
        }
    }

    fn answer_send_event(&self, number: usize, event: &Underway, done: bool) {
        let world = self.port.world();
        let now = world.now();
        world.state(|state| {
            if done {
                let report = &event.report;
                state.witness.processed(&report.key, &report.provider_message_id, now);
                state.send_events.remove(&number);
            } else if let Some(event) = state.send_events.get_mut(&number) {
                event.due_at = clock::after(now, SEND_EVENT_HIDING);
            }
        });
        world.tell(&self.name, || if done { "is done" } else { "returns it" }.to_owned());
    }
}
