//! One course of things by chance: workers of every function start, step, stand
//! still, crash and come back while messages and Send events come late, twice or
//! out of order; then everything comes to rest, and the laws are checked.

use std::sync::Arc;
use std::time::Duration;

use bellhop::customer::Caps;
use bellhop::model::clock::{self, Timestamp};
use bellhop::model::{Channel, CustomerId};
use bellhop::plan::GRACE;

use super::chance::Chance;
use super::laws::{self, Law};
use super::outcome::Outcome;
use super::plot::{self, Letter};
use super::random::Random;
use super::told;
use super::worker::{Instance, Role, Worker};
use super::world::{Lane, SEND_EVENT_HIDING, World};
use crate::{HAPPENED, at};

/// The most workers at once.
const WORKERS: usize = 6;

/// The most things that happen before all comes to rest.
const PATIENCE: usize = 20_000;

/// What may happen next.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Publish,
    Start,
    StartOnSendEvent,
    Step,
    Freeze,
    Thaw,
    Crash,
    Wait,
    Leap,
    Reveal,
    LateCall,
    Redrive,
    Suppress,
    Unsubscribe,
}

struct Running {
    worker: Worker,
    instance: Instance,
    frozen: bool,
}

struct Course {
    world: Arc<World>,
    random: Random,
    turns: Vec<(u64, Turn)>,
    skewed: bool,
    renders: u64,
    killed: u64,
    batch: u64,
    letters: Vec<Letter>,
    idle: Vec<Instance>,
    running: Vec<Running>,
    instances: usize,
    published: usize,
    crashes: usize,
}

/// Runs the course of this seed.
pub fn run(seed: u64, traced: bool) -> Outcome {
    told::take();
    let mut course = Course::new(seed, traced);
    let turns = course.random.within(40, 260);
    for _ in 0..turns {
        let turn = course.random.weighted(&course.turns.clone());
        course.take(turn);
    }
    course.come_to_rest();
    Outcome::of(&course.world, &told::take(), course.crashes)
}

impl Course {
    fn new(seed: u64, traced: bool) -> Self {
        let mut random = Random::seeded(seed);
        let start = clock::after(at(HAPPENED), Duration::from_secs(600));
        let fates = Chance::seeded(random.below(u64::MAX));
        let mut world = World::new(start, Box::new(fates), traced);
        if random.chance(300) {
            // The first hours of the course.
            world.quiet_hours = Some("09:00-11:30".parse().unwrap());
        }
        if random.chance(300) {
            world.caps = Caps { day: 1, week: 1 };
        }
        let world = Arc::new(world);
        plot::register_devices(&world, &mut random);
        if random.chance(150) {
            // As if messages had waited long before.
            world.state(|state| {
                state.queues.values_mut().for_each(|queue| queue.give_up_after(3));
            });
        }
        let letters = plot::letters(&mut random, start);
        let mut rarely = |weight| if random.chance(500) { weight } else { 0 };
        let turns = vec![
            (4, Turn::Publish),
            (12, Turn::Start),
            (3, Turn::StartOnSendEvent),
            (70, Turn::Step),
            (rarely(2), Turn::Freeze),
            (1, Turn::Thaw),
            (rarely(2), Turn::Crash),
            (8, Turn::Wait),
            (rarely(2), Turn::Leap),
            (rarely(2), Turn::Reveal),
            (1, Turn::LateCall),
            (1, Turn::Redrive),
            // Seldom: everything after it is about one recipient less.
            (if random.chance(200) { 1 } else { 0 }, Turn::Suppress),
            (if random.chance(200) { 1 } else { 0 }, Turn::Unsubscribe),
        ];
        Self {
            skewed: random.chance(500),
            renders: random.weighted(&[(4, 1000), (1, 800)]),
            killed: random.weighted(&[(1, 900), (1, 200)]),
            batch: random.weighted(&[(1, 1), (1, 10)]),
            world,
            random,
            turns,
            letters,
            idle: Vec::new(),
            running: Vec::new(),
            instances: 0,
            published: 0,
            crashes: 0,
        }
    }

    fn take(&mut self, turn: Turn) {
        match turn {
            Turn::Publish => self.publish(),
            Turn::Start => drop(self.start()),
            Turn::StartOnSendEvent => drop(self.start_on_send_event()),
            Turn::Step => drop(self.step()),
            Turn::Freeze => self.freeze(true),
            Turn::Thaw => self.freeze(false),
            Turn::Crash => {
                let nth = self.random.below(WORKERS as u64) as usize;
                self.crash(nth);
            }
            Turn::Wait => {
                let longest = self.random.weighted(&[(4, 50), (2, 2_000), (1, 20_000)]);
                let wait = self.random.within(1, longest);
                self.wait(Duration::from_millis(wait));
            }
            Turn::Leap => {
                let leaps = [(4, 40), (4, 200), (2, 660), (2, 31 * 60), (1, 2 * 3600), (1, 86_400)];
                let leap = self.random.weighted(&leaps);
                self.wait(Duration::from_secs(leap));
            }
            Turn::Reveal => self.reveal(),
            Turn::LateCall => self.world.late_call(self.random.below(8) as usize),
            Turn::Redrive => self.redrive(),
            Turn::Suppress => self.suppress(),
            Turn::Unsubscribe => {
                let customer = self.random.pick(&plot::CUSTOMERS.map(CustomerId::from));
                customer.into_iter().for_each(|customer| self.world.unsubscribe(&customer));
            }
        }
    }

    /// Nothing goes wrong any more, except what is under way; until nothing is
    /// left to come.
    fn come_to_rest(&mut self) {
        while !self.letters.is_empty() {
            self.publish();
        }
        self.world.tell("---", || "no more troubles".to_owned());
        self.world.state(|state| state.fates.calm());
        for _ in 0..PATIENCE {
            if self.random.chance(15) {
                self.freeze(false);
            }
            if self.step() {
                continue;
            }
            if self.world.has_late() {
                self.world.late_call(0);
            } else if self.start() || self.start_on_send_event() {
            } else if self.has_dead() {
                self.redrive();
            } else if let Some(next) = self.world.state(|state| state.next_at()) {
                self.wait(clock::until(self.world.now(), next));
            } else if let Some(due_at) = self.world.forgotten().filter(|_| self.running.is_empty())
            {
                // Whatever the clock of who looks says, it is overdue then.
                let overdue = clock::after(due_at, GRACE + 2 * laws::LARGEST_SKEW);
                self.wait(clock::until(self.world.now(), overdue));
                self.world.sweep();
            } else if self.running.is_empty() {
                return;
            } else {
                self.freeze(false);
            }
        }
        self.world.state(|state| {
            state
                .witness
                .broken(Law::ComesToRest, "there is always something left to do".to_owned());
        });
    }

    fn publish(&mut self) {
        if !self.letters.is_empty() {
            self.published += 1;
            self.letters.remove(0).publish(&self.world, self.published);
        }
    }

    /// An invocation takes a batch; whether there was any to take.
    fn start(&mut self) -> bool {
        let now = self.world.now();
        self.world.clone().fire(&mut self.random);
        let lanes = self.world.state(|state| {
            let ready = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
            let lanes = state.queues.iter().filter(|(_, queue)| ready(queue.next_at()));
            lanes.map(|(&lane, _)| lane).collect::<Vec<_>>()
        });
        let Some(lane) = self.random.pick(&lanes) else { return false };
        if self.running.len() >= WORKERS {
            return false;
        }
        let most = self.random.within(1, self.batch) as usize;
        // Even the fastest worker takes some time.
        self.wait(Duration::from_millis(1));
        let records = self.world.receive(lane, most);
        if !records.is_empty() {
            let mut instance = self.instance(Role::of(lane));
            let worker = instance.take(lane, records);
            self.running.push(Running { worker, instance, frozen: false });
        }
        true
    }

    fn start_on_send_event(&mut self) -> bool {
        let now = self.world.now();
        let due = self.world.state(|state| {
            let due = state.send_events.iter().filter(|(_, event)| event.due_at <= now);
            due.map(|(&number, _)| number).collect::<Vec<_>>()
        });
        let Some(number) = self.random.pick(&due) else { return false };
        if self.running.len() >= WORKERS {
            return false;
        }
        let twice = self.random.chance(50);
        let event = self.world.state(|state| {
            let event = state.send_events.get_mut(&number).unwrap();
            if !twice {
                event.due_at = clock::after(now, SEND_EVENT_HIDING);
            }
            event.clone()
        });
        let mut instance = self.instance(Role::Report);
        let worker = instance.take_send_event(number, event);
        self.running.push(Running { worker, instance, frozen: false });
        true
    }

    /// An instance that is idle, or a new one.
    fn instance(&mut self, role: Role) -> Instance {
        let idle = self.idle.iter().position(|instance| instance.role == role);
        if let Some(idle) = idle.filter(|_| self.random.chance(800)) {
            return self.idle.swap_remove(idle);
        }
        self.instances += 1;
        let name = match role {
            Role::Plan => format!("plan-{}", self.instances),
            Role::Send(channel) => format!("send-{channel}-{}", self.instances),
            Role::Report => format!("report-{}", self.instances),
        };
        let largest = laws::LARGEST_SKEW.as_millis() as u64;
        let skew = match self.skewed {
            true => self.random.within(0, 2 * largest) as i64 - largest as i64,
            false => 0,
        };
        let renders = self.random.chance(self.renders);
        self.world
            .tell(&name, || format!("is new, its clock {skew} ms ahead, templates: {renders}"));
        Instance::new(&self.world, name, role, skew, renders)
    }

    /// One worker goes on to its next gate; whether any can. One that is over its
    /// time may be ended by Lambda instead, or have been too late for that.
    fn step(&mut self) -> bool {
        let awake: Vec<_> = (0..self.running.len()).filter(|&n| !self.running[n].frozen).collect();
        let Some(nth) = self.random.pick(&awake) else { return false };
        let running = &mut self.running[nth];
        if self.world.now() > running.worker.deadline && self.random.chance(self.killed) {
            self.crash(nth);
            return true;
        }
        let gate = self.random.pick(&running.worker.gates()).expect("a worker stands at a gate");
        if running.worker.step(gate) {
            let running = self.running.swap_remove(nth);
            self.idle.push(running.instance);
        }
        true
    }

    fn freeze(&mut self, frozen: bool) {
        let these: Vec<_> =
            (0..self.running.len()).filter(|&n| self.running[n].frozen != frozen).collect();
        if let Some(nth) = self.random.pick(&these) {
            let running = &mut self.running[nth];
            running.frozen = frozen;
            let worker = &running.worker;
            let now = if frozen { "stands still" } else { "goes on" };
            self.world.tell(&worker.name, || format!("{now} at {}", worker.place()));
        }
    }

    fn crash(&mut self, nth: usize) {
        if nth < self.running.len() {
            let Running { worker, .. } = self.running.swap_remove(nth);
            self.world.tell(&worker.name, || format!("crashes at {}", worker.place()));
            self.crashes += 1;
        }
    }

    fn wait(&mut self, time: Duration) {
        self.world.clock.advance(time);
        if time > Duration::from_secs(1) {
            self.world.tell("the clock", || format!("has moved by {time:?}"));
        }
    }

    fn reveal(&mut self) {
        let lane = self.random.weighted(&Lane::ALL.map(|lane| (1, lane)));
        let (nth, now) = (self.random.below(4) as usize, self.world.now());
        let revealed =
            self.world.state(|state| state.queues.get_mut(&lane).unwrap().reveal(nth, now));
        if let Some(message_id) = revealed {
            self.world.tell("the queue", || format!("shows {message_id} again"));
        }
    }

    /// Somebody opts out who has been written to, or is about to be.
    fn suppress(&mut self) {
        let known = self.world.state(|state| {
            let recipients = state.witness.jobs.values().map(|job| job.recipient.clone());
            recipients.filter(|recipient| recipient.channel() != Channel::Push).collect::<Vec<_>>()
        });
        if let Some(recipient) = self.random.pick(&known) {
            self.world.suppress(&recipient);
        }
    }

    fn has_dead(&self) -> bool {
        self.world.state(|state| state.queues.values().any(|queue| queue.has_dead()))
    }

    fn redrive(&mut self) {
        let now = self.world.now();
        let moved = self.world.state(|state| {
            state.queues.values_mut().map(|queue| queue.redrive(now)).sum::<usize>()
        });
        if moved > 0 {
            self.world.tell("an operator", || format!("redrives {moved} messages"));
        }
    }
}
