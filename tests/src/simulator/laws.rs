//! The laws. Some are checked at every effect (see [`super::witness`] and
//! [`super::port`]); the others here, when all has come to rest.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bellhop::channel::{AfterUnknown, rules};
use bellhop::delivery::DeliveryJob;
use bellhop::delivery::next_step::MOST_DOUBTS;
use bellhop::ledger::{DeliveryKey, DeliveryRecord, DeliveryState, ReadLedger};
use bellhop::model::{Channel, Class, CustomerId, Ordering, Reason, clock};
use bellhop::plan::{DeferralLedger, NotificationId};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::moves::has_failed;
use super::witness::{Acceptance, Begin, Witness};
use super::worker::CATALOGUE;
use super::world::{World, at_once};

/// By how much a clock may be wrong, in either direction.
pub const LARGEST_SKEW: Duration = Duration::from_secs(10 * 60);

/// A job whose fact is older than this when it is received for the first time is
/// measured against what was told; a younger one need not be.
const LATE: Duration = Duration::from_secs(15);

/// What holds for every course of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// Everything comes to rest: no message is tried for ever.
    ComesToRest,
    /// Every event ends in decisions, a note or the dead-letter queue, and every
    /// delivery in a settled state.
    EveryEventEnds,
    /// What was deferred is decided.
    EveryDeferralEnds,
    /// What disturbs nobody in the quiet hours is not decided in them, by its worker's
    /// clock.
    QuietHoursAreKept,
    /// What a fact takes back is not sent, once the fact is recorded.
    WithdrawnIsNotSent,
    /// Nobody is asked for a review who said before it was decided, or before a late
    /// attempt was taken up, that they want it not.
    UnsubscribedAreNotAsked,
    /// No customer gets more promotional messages than one may, whoever decides at once.
    CapsAreKept,
    /// No SMS is accepted twice. An e-mail or a push only if an earlier attempt's
    /// outcome had become unknown; an e-mail only if also its Send event was not
    /// there by the end of the wait.
    NoSecondAcceptance,
    /// Of two acceptances of a delivery that were both heard of, the second is
    /// told.
    DuplicatesAreTold,
    /// First acceptances of an order's `fifo` deliveries on one queue come in the
    /// order of planning, unless a message of theirs was given up, or an attempt
    /// that stood still past its lease went on when its delivery was settled.
    FifoKeepsOrder,
    /// Where the newest wins, an attempt that was taken up late (over a quarter of a
    /// minute after the fact, or for the second time, by its worker's clock) is not
    /// made if its recipient had been told a newer fact on the channel.
    LatestWins,
    /// A delivery is superseded only by what its recipient was told on its channel.
    SupersededByWhatWasTold,
    /// An attempt that was taken up late, as above, is not made if its recipient was
    /// suppressed by then; and a delivery is suppressed only if its recipient is.
    SuppressedAreNotWrittenTo,
    /// A delivery is rejected only after the provider refused it for good, or where
    /// it can't be made.
    RejectedWhenRefused,
    /// A delivery is abandoned only if an attempt may have sent it.
    AbandonedWhenInDoubt,
    /// A record is moved only by the attempt it names, by the next claim, or by
    /// the provider's report.
    OnlyTheOwnerMoves,
    /// No delivery is tried again after more attempts of unknown outcome than its
    /// channel allows, and none is begun after `not_after`, by its worker's clock.
    AttemptsAreBounded,
    /// The next channel of a route is taken when, and only when, all deliveries
    /// on this one were rejected, suppressed or abandoned.
    FallbackOnceAndOnlyThen,
}

impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Checks what can be said when all has come to rest. `told` are the deliveries
/// of which telemetry said that they were sent twice.
pub fn check(world: &World, told: &[String]) {
    let deliveries = world.ledger.deliveries();
    let mut witness = world.state(|state| std::mem::take(&mut state.witness));
    every_event_ends(world, &deliveries, &mut witness);
    every_deferral_ends(world, &mut witness);
    quiet_hours_are_kept(world, &mut witness);
    withdrawn_is_not_sent(&mut witness);
    unsubscribed_are_not_asked(&mut witness);
    caps_are_kept(world, &mut witness);
    no_second_acceptance(&mut witness);
    duplicates_are_told(&mut witness, told);
    fifo_keeps_order(&mut witness);
    latest_wins(&mut witness);
    superseded_by_what_was_told(&deliveries, &mut witness);
    suppressed_are_not_written_to(&deliveries, &mut witness);
    rejected_when_refused(&deliveries, &mut witness);
    abandoned_when_in_doubt(&deliveries, &mut witness);
    attempts_are_bounded(&deliveries, &mut witness);
    fallback_happens(&deliveries, &mut witness);
    world.state(|state| state.witness = witness);
}

type Deliveries = BTreeMap<DeliveryKey, DeliveryRecord>;

fn every_event_ends(world: &World, deliveries: &Deliveries, witness: &mut Witness) {
    for event in witness.published.clone() {
        let entries = at_once(world.ledger.order(&event.order)).unwrap();
        let ended = witness.dead_lettered.contains(&event.message_id)
            || entries.notes.iter().any(|note| note.message_id == event.message_id)
            || entries.notifications.iter().any(|known| known.event_id == event.event_id);
        if !ended {
            witness.broken(Law::EveryEventEnds, format!("nothing became of {}", event.message_id));
        }
    }
    for key in witness.planned.clone() {
        if !deliveries.contains_key(&key) {
            let how = format!("{} was planned, and never touched", witness.name(&key));
            witness.broken(Law::EveryEventEnds, how);
        }
    }
    for (key, record) in deliveries.iter().filter(|(_, record)| !record.state.is_settled()) {
        let how = format!("{} stays {}", witness.name(key), record.state);
        witness.broken(Law::EveryEventEnds, how);
    }
}

fn every_deferral_ends(world: &World, witness: &mut Witness) {
    for waiting in at_once(world.ledger.overdue(Timestamp::MAX, usize::MAX)).unwrap() {
        let (order, key) = (waiting.id.order_id.as_str(), waiting.id.key);
        witness.broken(Law::EveryDeferralEnds, format!("{order} {key} waits for ever"));
    }
}

fn quiet_hours_are_kept(world: &World, witness: &mut Witness) {
    let Some(hours) = world.quiet_hours else { return };
    for key in witness.planned.clone() {
        let job = &witness.jobs[&key];
        let quiet = &CATALOGUE.find(&job.kind).unwrap().quiet;
        let zone = TimeZone::get(&job.time_zone).unwrap();
        if quiet.contains(&job.channel()) && hours.end(job.planned_at, &[zone]).is_some() {
            let how = format!("{} was decided at {}", witness.name(&key), job.planned_at);
            witness.broken(Law::QuietHoursAreKept, how);
        }
    }
}

fn unsubscribed_are_not_asked(witness: &mut Witness) {
    let mut broken = Vec::new();
    for Acceptance { key, begin, .. } in &witness.acceptances {
        if begin.unsubscribed && is_late(&witness.jobs[key], begin) {
            broken.push(format!("{} was sent to one who unsubscribed", witness.name(key)));
        }
    }
    for how in broken {
        witness.broken(Law::UnsubscribedAreNotAsked, how);
    }
    let stood_still = Duration::from_secs(86_400);
    for key in witness.planned.clone() {
        let job = &witness.jobs[&key];
        let Some(customer) = &job.data.customer.id else { continue };
        let since = witness.unsubscribed.get(customer).copied();
        let known_before = clock::before(witness.decided[&key], stood_still);
        let is_late = since.is_some_and(|since| since < known_before);
        if job.class == Class::Promotional && is_late {
            let how = format!("{} was decided long after it was unwanted", witness.name(&key));
            witness.broken(Law::UnsubscribedAreNotAsked, how);
        }
    }
}

fn caps_are_kept(world: &World, witness: &mut Witness) {
    let mut decided: BTreeMap<CustomerId, BTreeMap<NotificationId, Timestamp>> = BTreeMap::new();
    for key in &witness.planned {
        let job = &witness.jobs[key];
        if let (Class::Promotional, Some(customer)) = (job.class, job.data.customer.id.clone()) {
            let id =
                NotificationId { order_id: key.order_id.clone(), key: job.notification.clone() };
            decided.entry(customer).or_default().entry(id).or_insert(job.planned_at);
        }
    }
    // Two clocks may differ by as much.
    let week = Duration::from_secs(7 * 86_400) - 2 * LARGEST_SKEW;
    let mut broken = Vec::new();
    for (customer, messages) in decided {
        for start in messages.values() {
            let until = clock::after(*start, week);
            let within = messages.values().filter(|at| *start <= **at && **at < until).count();
            if within > world.caps.week {
                broken.push(format!("{customer} gets {within} messages from {start}"));
            }
        }
    }
    for how in broken {
        witness.broken(Law::CapsAreKept, how);
    }
}

/// A worker that stood still while the fact was recorded may decide by what it had read.
fn withdrawn_is_not_sent(witness: &mut Witness) {
    let stood_still = Duration::from_secs(86_400);
    for key in witness.planned.clone() {
        let kind = CATALOGUE.find(&witness.jobs[&key].kind).unwrap();
        let known_before = clock::before(witness.decided[&key], stood_still);
        let mut facts = witness.facts.iter().filter(|(order, ..)| *order == key.order_id);
        let fact = facts.find(|(_, fact, at)| kind.is_withdrawn_by(fact) && *at < known_before);
        if let Some((_, fact, at)) = fact.cloned() {
            let how = format!("{} was decided, and {fact} was known at {at}", witness.name(&key));
            witness.broken(Law::WithdrawnIsNotSent, how);
        }
    }
}

/// The acceptances of each delivery, in the order of their attempts' claims.
fn by_delivery(witness: &Witness) -> BTreeMap<DeliveryKey, Vec<Acceptance>> {
    let mut all: BTreeMap<_, Vec<Acceptance>> = BTreeMap::new();
    for acceptance in &witness.acceptances {
        all.entry(acceptance.key.clone()).or_default().push(acceptance.clone());
    }
    for acceptances in all.values_mut() {
        acceptances.sort_by_key(|acceptance| witness.claims.get(&acceptance.attempt).copied());
    }
    all
}

fn no_second_acceptance(witness: &mut Witness) {
    for (key, acceptances) in by_delivery(witness) {
        let channel = witness.jobs[&key].channel();
        let broken = |witness: &mut Witness, why: &str| {
            let how = format!("{} was accepted twice: {why}", witness.name(&key));
            witness.broken(Law::NoSecondAcceptance, how);
        };
        let pairs = acceptances.iter().enumerate();
        for (first, second) in
            pairs.flat_map(|(n, a)| acceptances[n + 1..].iter().map(move |b| (a, b)))
        {
            if channel == Channel::Sms {
                broken(witness, "an SMS, never");
                continue;
            }
            let (Some(&claim), Some(&doubt)) =
                (witness.claims.get(&second.attempt), witness.doubts.get(&first.attempt))
            else {
                broken(witness, "the first attempt's outcome never became unknown");
                continue;
            };
            if claim < doubt {
                broken(witness, "the first attempt's outcome was not yet unknown");
            }
            let wait = match rules(channel).after_unknown() {
                AfterUnknown::Abandon => Duration::ZERO,
                AfterUnknown::ResendOnce(wait) | AfterUnknown::ResendSlower(wait) => wait,
            };
            // By the clock of whoever claims, which may be ahead.
            if clock::after(claim.at, LARGEST_SKEW) < clock::after(doubt.at, wait) {
                broken(witness, "the second attempt did not wait");
            }
            if witness.reported.get(&first.id).is_some_and(|&reported| reported < claim) {
                broken(witness, "the first one's Send event was there");
            }
        }
    }
}

fn duplicates_are_told(witness: &mut Witness, told: &[String]) {
    for (key, ids) in witness.heard.clone() {
        if ids.len() > 1 && !told.iter().any(|told| told == key.delivery_id.as_str()) {
            let how = format!("{} was sent as {ids:?}, which nobody told", witness.name(&key));
            witness.broken(Law::DuplicatesAreTold, how);
        }
    }
}

/// Whether a message about the delivery, or one that was to plan it, went to a
/// dead-letter queue: it then came around the queue.
fn came_around(witness: &Witness, key: &DeliveryKey) -> bool {
    witness.dead.contains(key) || witness.dead_orders.contains(&key.order_id)
}

fn fifo_keeps_order(witness: &mut Witness) {
    let mut first: BTreeMap<&DeliveryKey, usize> = BTreeMap::new();
    for Acceptance { key, attempt, moment, .. } in &witness.acceptances {
        let given_up = witness.doubts.get(attempt).is_some_and(|doubt| doubt.moment < *moment);
        if !given_up {
            first.entry(key).or_insert(*moment);
        }
    }
    let mut broken = Vec::new();
    let planned = |key: &&DeliveryKey| {
        witness.jobs[*key].ordering == Ordering::Fifo && !came_around(witness, key)
    };
    let planned: Vec<_> = witness.planned.iter().filter(planned).collect();
    for (n, earlier) in planned.iter().enumerate() {
        for later in &planned[n + 1..] {
            let (Some(a), Some(b)) = (first.get(*earlier), first.get(*later)) else { continue };
            if b < a && one_queue(&witness.jobs[*earlier], &witness.jobs[*later]) {
                broken.push(format!(
                    "{} was first accepted before {}",
                    witness.name(later),
                    witness.name(earlier)
                ));
            }
        }
    }
    for how in broken {
        witness.broken(Law::FifoKeepsOrder, how);
    }
}

/// Whether two jobs stand on one queue, in one message group.
fn one_queue(one: &DeliveryJob, other: &DeliveryJob) -> bool {
    let place = |job: &DeliveryJob| (job.recipient.hash(&job.order_id), job.channel(), job.class);
    place(one) == place(other)
}

fn latest_wins(witness: &mut Witness) {
    let mut broken = Vec::new();
    for older in &witness.acceptances {
        let (job, begin) = (&witness.jobs[&older.key], &older.begin);
        if job.ordering == Ordering::Latest && begin.overtaken && is_late(job, begin) {
            let name = witness.name(&older.key);
            broken.push(format!("{name} was sent after its recipient was told a newer fact"));
        }
    }
    for how in broken {
        witness.broken(Law::LatestWins, how);
    }
}

/// Whether a job may have been overtaken when its worker took it up.
fn is_late(job: &DeliveryJob, begin: &Begin) -> bool {
    begin.receive_count > 1 || begin.now > clock::after(job.event_time, LATE)
}

fn suppressed_are_not_written_to(deliveries: &Deliveries, witness: &mut Witness) {
    let mut broken = Vec::new();
    for Acceptance { key, begin, .. } in &witness.acceptances {
        if begin.suppressed && is_late(&witness.jobs[key], begin) {
            broken.push(format!("{} was sent to one who is suppressed", witness.name(key)));
        }
    }
    for (key, record) in deliveries {
        let recipient = witness.jobs.get(key).map(|job| &job.recipient);
        let may_be_written_to = !recipient.is_some_and(|of| witness.suppressed.contains(of));
        let unwanted = record.reason == Some(Reason::Unsubscribed);
        if record.state == DeliveryState::Suppressed && may_be_written_to && !unwanted {
            broken.push(format!("{} was suppressed for nothing", witness.name(key)));
        }
    }
    for how in broken {
        witness.broken(Law::SuppressedAreNotWrittenTo, how);
    }
}

fn superseded_by_what_was_told(deliveries: &Deliveries, witness: &mut Witness) {
    let superseded = |record: &DeliveryRecord| {
        let ever = record.history.iter().any(|entry| entry.state == DeliveryState::Superseded);
        ever || record.reason == Some(Reason::NewerFactTold)
    };
    for (key, record) in deliveries.iter().filter(|(_, record)| superseded(record)) {
        let told = witness.acceptances.iter().any(|newer| {
            newer.key.order_id == key.order_id
                && deliveries[&newer.key].facts.supersede(&record.facts)
        });
        if !told {
            let how = format!("{} was superseded by nothing", witness.name(key));
            witness.broken(Law::SupersededByWhatWasTold, how);
        }
    }
}

fn rejected_when_refused(deliveries: &Deliveries, witness: &mut Witness) {
    for (key, record) in deliveries {
        let by_itself = [Reason::TemplateMissing, Reason::DeviceGone, Reason::HourlyCap].map(Some);
        let by_itself = by_itself.contains(&record.reason);
        let rejected = record.state == DeliveryState::Rejected;
        if rejected && !by_itself && !witness.refused.contains(key) {
            let how = format!("{} was rejected, and nobody refused it", witness.name(key));
            witness.broken(Law::RejectedWhenRefused, how);
        }
    }
}

fn abandoned_when_in_doubt(deliveries: &Deliveries, witness: &mut Witness) {
    for (key, record) in deliveries {
        let mut attempts = record.history.iter().filter_map(|entry| entry.attempt_id.as_ref());
        let may_have_sent = attempts.any(|attempt| witness.may_have_sent(attempt));
        if record.state == DeliveryState::Abandoned && !may_have_sent {
            let how = format!("{} was abandoned, and nothing was sent", witness.name(key));
            witness.broken(Law::AbandonedWhenInDoubt, how);
        }
    }
}

fn attempts_are_bounded(deliveries: &Deliveries, witness: &mut Witness) {
    for (key, record) in deliveries {
        let most = match rules(record.facts.channel).after_unknown() {
            AfterUnknown::Abandon => 1,
            AfterUnknown::ResendOnce(_) => 2,
            AfterUnknown::ResendSlower(_) => MOST_DOUBTS,
        };
        if record.doubts > most {
            let how = format!("{} was in doubt {} times", witness.name(key), record.doubts);
            witness.broken(Law::AttemptsAreBounded, how);
        }
    }
}

fn fallback_happens(deliveries: &Deliveries, witness: &mut Witness) {
    for (key, before) in witness.before.clone() {
        let failed =
            |key: &DeliveryKey| deliveries.get(key).is_some_and(|record| has_failed(record.state));
        if deliveries.contains_key(&key) || !before.iter().all(failed) {
            continue;
        }
        // Whoever came back to fall back may have found that it was too late, or
        // that a newer fact was told meanwhile.
        let excused = before.iter().any(|key| {
            let reason = deliveries[key].reason.as_ref();
            let unwanted = [Reason::NotAfter, Reason::NewerFactTold];
            witness.too_late.contains(key)
                || reason.is_some_and(|reason| unwanted.contains(reason))
                || is_overtaken(deliveries, key)
        });
        let job = &witness.jobs[before.first().unwrap()];
        let of_next = |(order, notification, channel): &(_, _, Channel)| {
            (order, notification) == (&job.order_id, &job.notification) && *channel != job.channel()
        };
        if !excused && !witness.spared.iter().any(of_next) {
            let first = before.iter().map(|key| witness.name(key)).collect::<Vec<_>>().join(", ");
            let how = format!("{first} failed for good, and nothing followed");
            witness.broken(Law::FallbackOnceAndOnlyThen, how);
        }
    }
}

/// Whether the delivery's recipient was told a newer fact, and the newest wins.
fn is_overtaken(deliveries: &Deliveries, key: &DeliveryKey) -> bool {
    let record = &deliveries[key];
    let of_order = deliveries.iter().filter(|(other, _)| other.order_id == key.order_id);
    of_order.map(|(_, told)| told).any(|told| told.is_told() && told.facts.supersede(&record.facts))
}
