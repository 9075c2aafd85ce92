//! Deliveries of the ledger that have failed: found, shown, and reopened.

use std::collections::HashSet;

use bellhop::delivery::{Consent, DeliveryJob, JobQueue, Release, SqsJobs, release_failed};
use bellhop::ledger::transition::reopen;
use bellhop::ledger::{
    DeliveryLedger, DeliveryRecord, DeliveryState, Failed, Fenced, OrderEntries, Page, ReadLedger,
    Unreadable,
};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::id::DeliveryId;
use bellhop::model::{OrderId, Reason};

use super::entry::{Done, Entry, UNKNOWN};
use super::judge::Judge;
use super::letters::send_error;
use super::pass::Mode;
use super::progress::Pace;
use super::queue::QueueName;
use crate::CliError;
use crate::arguments::Redrive;

/// What is looked for, where, and what is done with it.
pub(super) struct Search<'a> {
    pub(super) judge: &'a Judge,
    pub(super) jobs: &'a SqsJobs,
    pub(super) failed: Failed,
    pub(super) queues: &'a [QueueName],
    pub(super) orders: Vec<OrderId>,
    pub(super) consent: Consent,
}

/// Which deliveries the arguments mean, as of `now`.
pub(super) fn wanted(arguments: &Redrive, now: Timestamp) -> Failed {
    let named = [
        (arguments.failed, DeliveryState::Rejected),
        (arguments.expired, DeliveryState::Expired),
        (arguments.abandoned, DeliveryState::Abandoned),
    ];
    let states = named.into_iter().filter(|(is_named, _)| *is_named).map(|(_, state)| state);
    let by_default = if arguments.order.is_empty() {
        super::Since::YESTERDAY.at(now)
    } else {
        Timestamp::UNIX_EPOCH
    };
    Failed {
        states: states.collect(),
        since: arguments.since.map_or(by_default, |since| since.at(now)),
        until: arguments.until.map_or(Timestamp::MAX, |until| until.at(now)),
    }
}

impl Search<'_> {
    /// Goes through what is found. Nothing is kept of a page but what it found, so it may
    /// be any number.
    pub(super) async fn run(
        &self,
        mode: Mode,
        pace: &mut Pace,
        entries: &mut Vec<Entry>,
    ) -> Result<(), CliError> {
        if !self.orders.is_empty() {
            for order in &self.orders {
                self.order(order, mode, pace, entries).await?;
            }
            return Ok(());
        }
        let mut seen = HashSet::new();
        let mut page: Option<Page> = None;
        loop {
            let next = self.judge.ledger.failed(&self.failed, page).await?;
            for order in &next.orders {
                if pace.is_interrupted() {
                    return Ok(());
                }
                if seen.insert(order.clone()) {
                    self.order(order, mode, pace, entries).await?;
                }
            }
            if next.is_last() {
                return Ok(());
            }
            page = Some(next);
        }
    }

    /// The order's failed deliveries, in the order of their routes: the first channel
    /// that is sent on after all keeps the others back.
    async fn order(
        &self,
        order: &OrderId,
        mode: Mode,
        pace: &mut Pace,
        entries: &mut Vec<Entry>,
    ) -> Result<(), CliError> {
        let mut known = self.judge.ledger.order(order).await?;
        let mut jobs = Vec::new();
        for notification in &known.notifications {
            jobs.extend(DeliveryJob::all_of(notification));
        }
        let is_rebuilt = |id: &DeliveryId| jobs.iter().any(|job| job.delivery_id == *id);
        for (id, record) in &known.deliveries {
            if self.failed.admits(record) && !is_rebuilt(id) {
                entries.extend(self.lost(order, record, &known));
            }
        }
        for job in &jobs {
            if pace.is_interrupted() {
                return Ok(());
            }
            let record = known.deliveries.iter().find(|(id, _)| *id == job.delivery_id);
            let Some((_, record)) = record.filter(|(_, record)| self.failed.admits(record)) else {
                continue;
            };
            let queue = QueueName::Jobs(job.channel(), job.class);
            if !self.queues.contains(&queue) {
                continue;
            }
            let mut entry = entry_of(queue, order, record);
            let outcome = self.outcome(job, &known).await?;
            (entry.would, entry.words) = (outcome.code(), outcome.words());
            if outcome == Release::Send && mode != Mode::Look {
                pace.turn().await;
                let record = record.clone();
                entry.done = self.release(job, &record, pace).await?;
                known = self.judge.ledger.order(order).await?;
            }
            entries.push(entry);
        }
        Ok(())
    }

    async fn outcome(&self, job: &DeliveryJob, known: &OrderEntries) -> Result<Release, CliError> {
        let notification = known.notifications.iter().find(|n| n.key == job.notification);
        let Some(notification) = notification else { return Ok(Release::Stale) };
        let addressee = self.judge.addressee(job).await?;
        let now = SystemClock.now();
        let deliveries = &known.deliveries;
        Ok(release_failed(job, notification, deliveries, addressee, self.consent, now))
    }

    /// Reopens the delivery, and puts its job on its queue. In this order: a job that came
    /// first would find the delivery settled. Whoever dies between the two is made up for
    /// by the next to look, who finds it waiting since it was reopened.
    async fn release(
        &self,
        job: &DeliveryJob,
        seen: &DeliveryRecord,
        pace: &mut Pace,
    ) -> Result<Done, CliError> {
        let now = SystemClock.now();
        let reopened_at = match reopen(seen, now) {
            None => seen.updated_at,
            Some(transition) => match self.judge.ledger.apply(&job.key(), &transition).await? {
                Fenced::Applied(_) => now,
                Fenced::Conflict(_) => return Ok(Done::Conflict),
            },
        };
        // The same for the same reopening: SQS drops the second of two.
        let origin = format!("redrive {}", reopened_at.as_millisecond());
        let sent = self.jobs.enqueue(std::slice::from_ref(job), origin.as_str().into()).await;
        sent.map_err(|error| send_error(&error.reason.clone(), error))?;
        pace.released();
        Ok(Done::Released)
    }

    /// A delivery whose notification is no longer stored, or sealed for good: there is
    /// nothing to send.
    fn lost(
        &self,
        order: &OrderId,
        record: &DeliveryRecord,
        known: &OrderEntries,
    ) -> Option<Entry> {
        let queue = QueueName::Jobs(record.facts.channel, record.facts.class);
        self.queues.contains(&queue).then(|| {
            let mut entry = entry_of(queue, order, record);
            let key = &record.facts.notification;
            let sealed = known.sealed.iter().find(|sealed| sealed.outline.key == *key);
            (entry.would, entry.words) = match sealed.map(|sealed| &sealed.unreadable) {
                None => (UNKNOWN, "nothing: its notification is no longer stored".to_owned()),
                Some(Unreadable::Erased) => (Release::Erased.code(), Release::Erased.words()),
                Some(locked) => (UNKNOWN, format!("nothing: {}", locked.reason().words())),
            };
            entry
        })
    }
}

fn entry_of(queue: QueueName, order: &OrderId, record: &DeliveryRecord) -> Entry {
    let mut entry = Entry::new(queue.as_str(), record.updated_at, SystemClock.now());
    entry.order_id = Some(order.clone());
    entry.kind = Some(record.facts.kind.clone());
    entry.channel = Some(record.facts.channel);
    entry.recipient = Some(record.facts.recipient.clone());
    let reason = record.reason.as_ref().map(Reason::to_string);
    entry.reason = Some(match reason {
        Some(reason) => format!("{} ({reason})", record.state),
        None => record.state.to_string(),
    });
    entry
}
