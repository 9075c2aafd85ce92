//! What really happened: everything that the laws are measured against, noted by
//! the stores and providers themselves, whatever the workers believe.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bellhop::channel::Recipient;
use bellhop::delivery::DeliveryJob;
use bellhop::ledger::{DeliveryKey, DeliveryRecord, DeliveryState};
use bellhop::model::clock::Timestamp;
use bellhop::model::id::{AttemptId, NotificationKey};
use bellhop::model::{Channel, Class, CustomerId, EventId, OrderId, ProviderMessageId, Record};
use bellhop::plan::Notification;

use super::laws::Law;
use super::moves::{Mover, has_failed, unlawful};

/// A law that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub law: Law,
    /// How.
    pub how: String,
}

/// An event that was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// The id of its message.
    pub message_id: String,
    /// Its own id.
    pub event_id: EventId,
    /// The order it names.
    pub order: OrderId,
}

/// The moment at which a worker took a job up.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Before and after what it was.
    pub moment: usize,
    /// By the worker's clock.
    pub now: Timestamp,
    /// How often the message had been received.
    pub receive_count: u32,
    /// Whether its recipient had been told a newer fact on the channel.
    pub overtaken: bool,
    /// Whether its recipient was not to be written to any more.
    pub suppressed: bool,
    /// Whether its customer wanted it no more by then.
    pub unsubscribed: bool,
}

/// A message that a provider accepted.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// Before and after what it was.
    pub moment: usize,
    /// Of which delivery.
    pub key: DeliveryKey,
    /// By which attempt.
    pub attempt: AttemptId,
    /// When the attempt's worker took the job up.
    pub begin: Begin,
    /// The provider's id of it.
    pub id: ProviderMessageId,
}

/// When something happened, by the true clock and among everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Before and after what it was.
    pub moment: usize,
    /// The time.
    pub at: Timestamp,
}

/// What really happened.
#[derive(Debug, Default)]
pub struct Witness {
    moment: usize,
    /// Every event that was published.
    pub published: Vec<Published>,
    /// The messages that were dead-lettered.
    pub dead_lettered: BTreeSet<String>,
    /// Every delivery that was planned or fallen back to.
    pub jobs: BTreeMap<DeliveryKey, DeliveryJob>,
    /// The deliveries that were planned, in the order of planning.
    pub planned: Vec<DeliveryKey>,
    /// When each of them was, by the true time.
    pub decided: BTreeMap<DeliveryKey, Timestamp>,
    /// The facts that were recorded, by order and type, and when.
    pub facts: Vec<(OrderId, String, Timestamp)>,
    /// The deliveries that must all fail before this one may be made.
    pub before: BTreeMap<DeliveryKey, BTreeSet<DeliveryKey>>,
    /// The channels on which a notification was decided later not to be told.
    pub spared: BTreeSet<(OrderId, NotificationKey, Channel)>,
    /// Deliveries that were taken up too late by the worker's clock.
    pub too_late: BTreeSet<DeliveryKey>,
    /// Each attempt's claim.
    pub claims: BTreeMap<AttemptId, Mark>,
    /// When an attempt's outcome became unknown, by the clock of whoever found so.
    pub doubts: BTreeMap<AttemptId, Mark>,
    /// What the providers accepted, in order.
    pub acceptances: Vec<Acceptance>,
    /// When the Send event of a provider's id was processed first.
    pub reported: BTreeMap<ProviderMessageId, Mark>,
    /// The providers' ids of which the ledger or a handler has heard.
    pub heard: BTreeMap<DeliveryKey, BTreeSet<ProviderMessageId>>,
    /// Deliveries with a message that went to a dead-letter queue.
    pub dead: BTreeSet<DeliveryKey>,
    /// Orders with an event that went to a dead-letter queue.
    pub dead_orders: BTreeSet<OrderId>,
    /// Writes that were refused because another attempt has taken over.
    pub fenced: usize,
    /// Who is not to be written to any more.
    pub suppressed: Vec<Recipient>,
    /// Who wants no more requests for reviews, and since when.
    pub unsubscribed: BTreeMap<CustomerId, Timestamp>,
    /// The attempts that called the provider.
    pub called: BTreeSet<AttemptId>,
    /// The deliveries that the provider has refused for good.
    pub refused: BTreeSet<DeliveryKey>,
    /// The attempts whose workers wanted to say that they sent nothing, at least once
    /// without an answer, or had no time left for it.
    pub unheard: BTreeSet<AttemptId>,
    /// The attempts whose claims arrived when they had been given up.
    late_claims: BTreeSet<AttemptId>,
    /// Whether a call takes effect that its caller has given up.
    pub late: bool,
    /// What was broken.
    pub violations: Vec<Violation>,
    claimed_by: BTreeMap<AttemptId, String>,
    ended: BTreeMap<String, usize>,
    messages: BTreeMap<String, DeliveryKey>,
    begins: BTreeMap<(String, DeliveryKey), Begin>,
}

impl Witness {
    fn mark(&mut self, at: Timestamp) -> Mark {
        self.moment += 1;
        Mark { moment: self.moment, at }
    }

    /// Notes that a law was broken.
    pub fn broken(&mut self, law: Law, how: String) {
        self.violations.push(Violation { law, how });
    }

    /// A notification was recorded for the first time, or decided again.
    pub fn recorded(&mut self, notification: &Notification, now: Timestamp) {
        let fact = (notification.data.order.id.clone(), notification.kind.clone(), now);
        if notification.revision == 0 {
            self.facts.push(fact);
        }
        for skip in notification.skips.iter().filter(|skip| skip.decided_at.is_some()) {
            let order_id = notification.data.order.id.clone();
            self.spared.insert((order_id, notification.key.clone(), skip.channel));
        }
        let jobs = DeliveryJob::of(notification).into_iter();
        let new = jobs.filter(|job| !self.planned.contains(&job.key())).collect::<Vec<_>>();
        for job in new {
            self.planned.push(job.key());
            self.decided.insert(job.key(), now);
            self.know(&job);
        }
    }

    /// The orders that anything was planned for.
    pub fn orders(&self) -> BTreeSet<OrderId> {
        self.planned.iter().map(|key| key.order_id.clone()).collect()
    }

    fn know(&mut self, job: &DeliveryJob) {
        let key = job.key();
        for next in job.next_channel() {
            let of_order = |id: &_| DeliveryKey {
                order_id: job.order_id.clone(),
                delivery_id: Clone::clone(id),
            };
            let siblings = job.fallback.siblings.iter().map(of_order).chain([key.clone()]);
            self.before.insert(next.key(), siblings.collect());
        }
        self.jobs.entry(key).or_insert_with(|| job.clone());
    }

    /// A job was put on its queue. The states are those of the deliveries before it on its
    /// route.
    pub fn enqueued(
        &mut self,
        job: &DeliveryJob,
        message_id: String,
        state: impl Fn(&DeliveryKey) -> Option<DeliveryState>,
    ) {
        self.know(job);
        let key = job.key();
        let before = self.before.get(&key).cloned().unwrap_or_default();
        let hopeful = before.iter().find(|key| !state(key).is_some_and(has_failed));
        if let Some(hopeful) = hopeful {
            let how = format!(
                "{} was fallen back to while {} was {:?}",
                self.name(&key),
                self.name(hopeful),
                state(hopeful)
            );
            self.broken(Law::FallbackOnceAndOnlyThen, how);
        }
        self.messages.insert(message_id, key);
    }

    /// A message went to a dead-letter queue.
    pub fn died(&mut self, record: &Record, order: OrderId) {
        match self.messages.get(&record.message_id) {
            Some(key) => drop(self.dead.insert(key.clone())),
            None => drop(self.dead_orders.insert(order)),
        }
    }

    /// A worker has ended and answered.
    pub fn ends(&mut self, worker: &str) {
        self.moment += 1;
        self.ended.insert(worker.to_owned(), self.moment);
    }

    /// Whether anybody but its worker had to take the attempt, when its outcome was
    /// in doubt, for one that may have sent: it has called, or its worker was still
    /// under way or had died.
    pub fn may_have_sent(&self, attempt: &AttemptId) -> bool {
        let worker = self.claimed_by.get(attempt);
        let ended = worker.and_then(|worker| self.ended.get(worker));
        let in_doubt = self.doubts.get(attempt);
        let ended_first = ended.zip(in_doubt).is_some_and(|(ended, doubt)| *ended < doubt.moment);
        let unknowable = [&self.called, &self.late_claims, &self.unheard];
        unknowable.iter().any(|attempts| attempts.contains(attempt)) || !ended_first
    }

    /// A worker takes a job up.
    pub fn begins(
        &mut self,
        worker: &str,
        record: &Record,
        now: Timestamp,
        deliveries: &BTreeMap<DeliveryKey, DeliveryRecord>,
    ) {
        let Some(key) = self.messages.get(&record.message_id).cloned() else { return };
        let job = &self.jobs[&key];
        let (facts, suppressed) = (job.facts(), self.suppressed.contains(&job.recipient));
        let overtaken = deliveries.iter().any(|(other, told)| {
            other.order_id == key.order_id && told.is_told() && told.facts.supersede(&facts)
        });
        self.moment += 1;
        if self.jobs.get(&key).is_some_and(|job| now > job.not_after) {
            self.too_late.insert(key.clone());
        }
        let (moment, receive_count) = (self.moment, record.receive_count);
        let customer = job.data.customer.id.as_ref();
        let unsubscribed = job.class == Class::Promotional
            && customer.is_some_and(|customer| self.unsubscribed.contains_key(customer));
        let begin = Begin { moment, now, receive_count, overtaken, suppressed, unsubscribed };
        self.begins.insert((worker.to_owned(), key), begin);
    }

    /// The attempt of a worker calls the provider: the moment at which its worker
    /// took the job up.
    pub fn calls(&self, worker: &str, key: &DeliveryKey) -> Begin {
        self.begins[&(worker.to_owned(), key.clone())].clone()
    }

    /// A provider accepts.
    pub fn accepts(
        &mut self,
        key: &DeliveryKey,
        attempt: &AttemptId,
        begin: Begin,
        id: &ProviderMessageId,
    ) {
        self.moment += 1;
        self.acceptances.push(Acceptance {
            moment: self.moment,
            key: key.clone(),
            attempt: attempt.clone(),
            begin,
            id: id.clone(),
        });
    }

    /// A delivery's record has changed.
    pub fn moved(
        &mut self,
        mover: &Mover,
        key: &DeliveryKey,
        before: Option<&DeliveryRecord>,
        after: &DeliveryRecord,
        at: Timestamp,
    ) {
        if let Some(why) = unlawful(mover, before, after) {
            let was = before.map(|record| record.state);
            let how = format!(
                "{} moved {} from {was:?} to {:?}: {why}",
                mover.worker,
                self.name(key),
                after.state
            );
            self.broken(Law::OnlyTheOwnerMoves, how);
        }
        let mark = self.mark(at);
        let Some(attempt) = &after.attempt_id else { return };
        match after.state {
            DeliveryState::Sending => {
                self.claims.insert(attempt.clone(), mark);
                self.claimed_by.insert(attempt.clone(), mover.worker.clone());
                if self.late {
                    self.late_claims.insert(attempt.clone());
                }
            }
            DeliveryState::Unknown | DeliveryState::Abandoned => {
                // The wait counts from when it was decided, not from when the write
                // arrived.
                let decided = Mark { at: after.updated_at, ..mark };
                self.doubts.entry(attempt.clone()).or_insert(decided);
            }
            DeliveryState::Accepted if !mover.reports => {
                if let Some(id) = &after.provider_message_id {
                    self.hears(key, id);
                }
            }
            _ => {}
        }
    }

    /// The ledger or a handler hears of a provider's id.
    pub fn hears(&mut self, key: &DeliveryKey, id: &ProviderMessageId) {
        self.heard.entry(key.clone()).or_default().insert(id.clone());
    }

    /// A Send event was processed.
    pub fn processed(&mut self, key: &DeliveryKey, id: &ProviderMessageId, at: Timestamp) {
        let mark = self.mark(at);
        self.reported.entry(id.clone()).or_insert(mark);
        self.hears(key, id);
    }

    /// A delivery's name for people.
    pub fn name(&self, key: &DeliveryKey) -> String {
        let mut name = key.order_id.as_str().to_owned();
        if let Some(job) = self.jobs.get(key) {
            let _ = write!(name, " {} {}", job.notification, job.channel());
        }
        let _ = write!(name, " {}", &key.delivery_id.as_str()[..4]);
        name
    }
}
