//! Every course of things for two workers on one job: the same message is
//! delivered twice, and then each worker's next step, the passing of time, and
//! whatever comes about by itself are tried in every order. A worker that is
//! never stepped again has crashed; one that is stepped again after others came
//! and went was stale. Whenever nothing is left to come the laws must hold,
//! wherever the workers stand.
//!
//! The search replays the course from its start for each choice it goes back to,
//! and goes no further from where it has been before: the same records, queues
//! and times, and workers that have heard the same.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::AddAssign;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bellhop::delivery::DeliveryJob;
use bellhop::model::clock::{self, Timestamp};
use bellhop::model::{Channel, Platform};
use bellhop::plan::Notification;

use super::fates::{Call, Fates, Reply};
use super::laws::Law;
use super::outcome::{Counts, Outcome};
use super::port::{ANSWER, ANSWERING};
use super::told;
use super::witness::Violation;
use super::worker::{Instance, Role, Worker};
use super::world::{Lane, World};
use crate::event::Event;
use crate::job::{device, owner_of, planned, settings};
use crate::{HAPPENED, at};

/// Longer than an invocation and its lease, shorter than a message is hidden.
const LEAP: Duration = Duration::from_secs(40);

/// The longest course: a few times as long as any that comes to rest.
const LONGEST: usize = 64;

/// What two workers meet with.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// On which channel.
    pub channel: Channel,
    /// What the provider does with the first calls; it accepts all others.
    pub replies: Vec<Reply>,
    /// After how many seconds each Send event comes.
    pub send_events: Vec<u64>,
    /// By how many minutes the clocks of the first, the second and all later
    /// workers are ahead.
    pub skews: [i64; 3],
    /// How often time passes without anything coming about.
    pub leaps: usize,
    /// So many workers go step by step; all later ones run to their end at once.
    pub stepped: usize,
}

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The worker of this number makes its next call, and hears the answer.
    Step(usize),
    /// The same, but it stands still before it hears the answer.
    Half(usize),
    /// A new worker takes what a queue holds.
    Receive(Lane),
    /// A new worker takes a Send event.
    SendEvent(usize),
    /// The worker of this number stands still from now on, and may go on later;
    /// all others have crashed.
    Keep(usize),
    /// Time passes until something comes about.
    Wait,
    /// Time passes while all workers are under way.
    Leap,
}

struct Script {
    replies: VecDeque<Reply>,
    send_events: Vec<u64>,
}

impl Fates for Script {
    fn call(&mut self) -> Call {
        Call::Works
    }

    fn reply(&mut self, _: Channel) -> Reply {
        self.replies.pop_front().unwrap_or(Reply::Accepts)
    }

    fn send_events(&mut self) -> Vec<Duration> {
        self.send_events.iter().copied().map(Duration::from_secs).collect()
    }

    fn calm(&mut self) {
        self.replies.clear();
    }
}

/// How far the search has come.
#[derive(Debug, Default)]
pub struct Explored {
    /// Places that were seen.
    pub places: usize,
    /// Courses that came to an end, or to a place that was seen.
    pub courses: usize,
    /// Times that nothing was left to come.
    pub rests: usize,
    /// How many things happened in the longest course.
    pub longest: usize,
    /// What happened there how often.
    pub counts: Counts,
}

impl AddAssign for Explored {
    fn add_assign(&mut self, other: Self) {
        self.places += other.places;
        self.courses += other.courses;
        self.rests += other.rests;
        self.longest = self.longest.max(other.longest);
        self.counts += other.counts;
    }
}

impl fmt::Display for Explored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { places, courses, rests, longest, .. } = self;
        write!(f, "{courses} courses over {places} places, {rests} of them at rest; ")?;
        write!(f, "{longest} steps at most")
    }
}

/// A course on which a law was broken.
#[derive(Debug)]
pub struct Failure {
    scenario: Scenario,
    choices: Vec<Choice>,
    outcome: Outcome,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}\n{:?}\n{}", self.scenario, self.choices, self.outcome)
    }
}

/// Goes through every course of a scenario.
///
/// # Errors
/// The first course on which a law is broken.
pub fn explore(scenario: &Scenario) -> Result<Explored, Box<Failure>> {
    let mut explored = Explored::default();
    let mut seen = HashSet::new();
    let mut path: Vec<(Vec<Choice>, usize)> = Vec::new();
    loop {
        let mut run = Run::start(scenario, false);
        for (choices, chosen) in &path {
            run.take(choices[*chosen]);
        }
        // From here on it is a place that was never replayed.
        while seen.insert(run.fingerprint()) {
            let choices = run.choices();
            let quiet = run.is_quiet();
            explored.rests += usize::from(quiet);
            if !run.is_lawful(quiet || choices.is_empty()) {
                let choices = path.iter().map(|(choices, chosen)| choices[*chosen]).collect();
                return Err(Failure::of(scenario, choices));
            }
            if choices.is_empty() {
                explored.counts += run.outcome().counts;
                break;
            }
            explored.longest = explored.longest.max(path.len());
            if path.len() == LONGEST {
                let choices = path.iter().map(|(choices, chosen)| choices[*chosen]).collect();
                return Err(Failure::endless(scenario, choices));
            }
            run.take(choices[0]);
            path.push((choices, 0));
        }
        explored.courses += 1;
        while path.last().is_some_and(|(choices, chosen)| chosen + 1 == choices.len()) {
            path.pop();
        }
        match path.last_mut() {
            Some((_, chosen)) => *chosen += 1,
            None => {
                explored.places = seen.len();
                return Ok(explored);
            }
        }
    }
}

impl Failure {
    fn endless(scenario: &Scenario, choices: Vec<Choice>) -> Box<Self> {
        let mut failure = Self::of(scenario, choices);
        let how = format!("there is still something left to do after {LONGEST} steps");
        failure.outcome.violations.push(Violation { law: Law::ComesToRest, how });
        failure
    }

    fn of(scenario: &Scenario, choices: Vec<Choice>) -> Box<Self> {
        let mut run = Run::start(scenario, true);
        for choice in &choices {
            run.take(*choice);
        }
        Box::new(Self { scenario: scenario.clone(), choices, outcome: run.outcome() })
    }
}

/// A worker that goes step by step.
struct Stepped {
    worker: Worker,
    /// Whether it stands still before an answer, until something else happens.
    half: bool,
}

struct Run<'a> {
    scenario: &'a Scenario,
    world: Arc<World>,
    workers: Vec<Option<Stepped>>,
    leaps: usize,
    kept: bool,
    resumed: bool,
    told: Vec<String>,
}

impl<'a> Run<'a> {
    fn start(scenario: &'a Scenario, traced: bool) -> Self {
        let script = Script {
            replies: scenario.replies.clone().into(),
            send_events: scenario.send_events.clone(),
        };
        let now = clock::after(at(HAPPENED), Duration::from_secs(70));
        let mut world = World::new(now, Box::new(script), traced);
        world.keeps_heard = true;
        let world = Arc::new(world);
        told::take();
        let notification = notification(scenario.channel);
        let job = &DeliveryJob::of(&notification)[0];
        world.record("plan", &notification);
        world.enqueue("plan", std::slice::from_ref(job), "origin");
        let mut run = Self {
            scenario,
            world,
            workers: Vec::new(),
            leaps: 0,
            kept: false,
            resumed: false,
            told: Vec::new(),
        };
        let lane = Lane::Jobs(job.channel(), job.class);
        run.receive(lane);
        run.world.state(|state| state.queues.get_mut(&lane).unwrap().reveal(0, now));
        run.receive(lane);
        run
    }

    fn choices(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        let alive = self.workers.iter().flatten().count();
        for (n, place) in self.workers.iter().enumerate() {
            let Some(Stepped { worker, half }) = place else { continue };
            if !half {
                choices.push(Choice::Step(n));
                if worker.place() != ANSWERING {
                    choices.push(Choice::Half(n));
                }
            }
            if !self.kept {
                choices.push(Choice::Keep(n));
            }
        }
        if alive > 0 && self.leaps < self.scenario.leaps {
            choices.push(Choice::Leap);
        }
        if alive == 0 || self.kept {
            let ready = self.ready();
            if ready.is_empty() && self.world.state(|state| state.next_at()).is_some() {
                choices.push(Choice::Wait);
            }
            choices.extend(ready);
        }
        choices
    }

    /// What comes about now.
    fn ready(&self) -> Vec<Choice> {
        let now = self.world.now();
        self.world.state(|state| {
            let ready = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
            let queues = state.queues.iter().filter(|(_, queue)| ready(queue.next_at()));
            let events = state.send_events.iter().filter(|(_, event)| event.due_at <= now);
            let queues = queues.map(|(&lane, _)| Choice::Receive(lane));
            queues.chain(events.map(|(&number, _)| Choice::SendEvent(number))).collect()
        })
    }

    fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Step(n) => self.step(n, false),
            Choice::Half(n) => self.step(n, true),
            Choice::Keep(kept) => {
                self.kept = true;
                for (n, place) in self.workers.iter_mut().enumerate() {
                    match place {
                        Some(stepped) if n == kept => stepped.half = false,
                        _ => *place = None,
                    }
                }
            }
            Choice::Receive(lane) => {
                self.crash();
                self.receive(lane);
            }
            Choice::SendEvent(number) => {
                self.crash();
                self.receive_send_event(number);
            }
            Choice::Wait => {
                self.crash();
                let now = self.world.now();
                let next = self.world.state(|state| state.next_at()).unwrap_or(now);
                self.pass(clock::until(now, next));
            }
            Choice::Leap => {
                self.leaps += 1;
                for stepped in self.workers.iter_mut().flatten() {
                    stepped.half = false;
                }
                self.pass(LEAP);
            }
        }
        self.told.extend(told::take());
    }

    fn step(&mut self, n: usize, half: bool) {
        let Some(stepped) = &mut self.workers[n] else { return };
        self.resumed |= self.kept;
        stepped.half = half;
        let mut done = stepped.worker.step_on();
        while !half && !done && stepped.worker.place().ends_with(ANSWER) {
            done = stepped.worker.step_on();
        }
        if done {
            self.workers[n] = None;
        }
    }

    /// A worker that has gone on does not stand still a second time.
    fn crash(&mut self) {
        if self.resumed {
            self.workers.fill_with(|| None);
        }
    }

    fn pass(&self, time: Duration) {
        self.world.clock.advance(time);
        self.world.tell("the clock", || format!("has moved by {time:?}"));
    }

    fn receive(&mut self, lane: Lane) {
        // Even the fastest worker takes some time.
        self.world.clock.advance(Duration::from_millis(1));
        let records = self.world.receive(lane, 10);
        let worker = self.instance(Role::of(lane)).take(lane, records);
        self.add(worker);
    }

    fn receive_send_event(&mut self, number: usize) {
        let later = clock::after(self.world.now(), super::world::SEND_EVENT_HIDING);
        let event = self.world.state(|state| {
            let event = state.send_events.get_mut(&number).unwrap();
            event.due_at = later;
            event.clone()
        });
        let worker = self.instance(Role::Report).take_send_event(number, event);
        self.add(worker);
    }

    fn instance(&self, role: Role) -> Instance {
        let n = self.workers.len();
        let name = char::from(b'A' + n as u8).to_string();
        let skew = self.scenario.skews[n.min(2)] * 60_000;
        Instance::new(&self.world, name, role, skew, true)
    }

    fn add(&mut self, worker: Worker) {
        if self.workers.len() < self.scenario.stepped {
            self.workers.push(Some(Stepped { worker, half: false }));
        } else {
            worker.finish();
            self.workers.push(None);
        }
    }

    fn is_quiet(&self) -> bool {
        self.world.state(|state| state.is_quiet())
    }

    /// Whether no law is broken so far.
    fn is_lawful(&self, quiet: bool) -> bool {
        if quiet {
            super::laws::check(&self.world, &self.told);
        }
        self.world.state(|state| state.witness.violations.is_empty())
    }

    fn outcome(&self) -> Outcome {
        Outcome::of(&self.world, &self.told, 0)
    }

    /// What the rest of the course depends on, and the verdict on it.
    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.world.now(), self.leaps, self.kept, self.resumed, &self.told).hash(&mut hasher);
        for worker in &self.workers {
            let place = worker.as_ref().map(|w| (w.worker.heard(), w.half));
            place.hash(&mut hasher);
        }
        for (id, revision) in self.world.revisions() {
            (id, revision).hash(&mut hasher);
        }
        for (key, record) in self.world.ledger.deliveries() {
            (key, record.state, record.attempts, record.attempt_id).hash(&mut hasher);
            (record.lease_until, record.next_at).hash(&mut hasher);
            (record.provider_message_id, record.reported_rank).hash(&mut hasher);
        }
        self.world.state(|state| {
            for queue in state.queues.values() {
                queue.state().for_each(|message| message.hash(&mut hasher));
            }
            for (number, event) in &state.send_events {
                (number, event.due_at).hash(&mut hasher);
            }
            let witness = &state.witness;
            for acceptance in &witness.acceptances {
                (&acceptance.attempt, &acceptance.id).hash(&mut hasher);
            }
            let marks = witness.claims.iter().chain(&witness.doubts);
            marks.for_each(|(attempt, mark)| (attempt, mark.at).hash(&mut hasher));
            witness.heard.hash(&mut hasher);
        });
        hasher.finish()
    }
}

/// An order was shipped, which is told on this channel. Push falls back to SMS.
fn notification(channel: Channel) -> Notification {
    static NOTIFICATIONS: LazyLock<[Notification; 2]> = LazyLock::new(|| {
        let event = Event::of("order.shipped");
        let owner = owner_of(vec![device(Platform::Fcm, "token-1")]);
        [owner, owner_of(Vec::new())].map(|profile| planned(&event, &profile, &settings()))
    });
    let on_channel = |notification: &Notification| {
        let mut told = notification.clone();
        told.deliveries.retain(|delivery| delivery.recipient.channel() == channel);
        Some(told).filter(|told| !told.deliveries.is_empty())
    };
    NOTIFICATIONS.iter().find_map(on_channel).unwrap()
}
