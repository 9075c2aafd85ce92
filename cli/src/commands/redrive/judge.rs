//! What releasing a dead letter would do, by what the ledger and the profiles say now.

use std::path::Path;

use bellhop::catalogue::Catalogue;
use bellhop::channel::Recipient;
use bellhop::customer::{
    CheckDevices, DynamoProfiles, KnownCustomer, Person, ReadPersons, ReadStandings,
};
use bellhop::delivery::{Addressee, DeliveryJob, JobError, Known, Release, release, release_event};
use bellhop::event::{self, CustomerEvent, Envelope, EventError, OrderEvent, Received, Wake};
use bellhop::feedback::Feedback;
use bellhop::ledger::transition::{abandoned, settled_unsent};
use bellhop::ledger::{
    DeliveryLedger, DeliveryRecord, DeliveryState, Fenced, ReadLedger, SealedLedger,
};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::failure::CallError;
use bellhop::model::id::DeliveryId;
use bellhop::model::record::PRIORITY_ATTRIBUTE;
use bellhop::model::{Channel, OrderId, Reason};
use bellhop::plan::{
    EventNote, Notification, NotificationLedger, Replanned, SealedFor, Settings, replan,
};
use bellhop::platform::aws::{building, sqs_text};

use super::entry::{APPLY, Entry, UNDATED, UNKNOWN_TYPE};
use super::letters::Letter;
use super::queue::QueueName;
use crate::commands::render;
use crate::connection::Connection;
use crate::{CliError, content};

/// What judging needs.
pub(super) struct Judge {
    pub(super) ledger: SealedLedger,
    pub(super) profiles: DynamoProfiles,
    catalogue: Catalogue,
    settings: Settings,
}

/// A dead letter, judged.
pub(super) struct Judged {
    /// What to send, if it is released.
    pub(super) letter: Letter,
    /// What was found.
    pub(super) entry: Entry,
    /// What follows.
    pub(super) verdict: Verdict,
}

/// What may be done with a dead letter.
pub(super) enum Verdict {
    /// It may be released.
    Release,
    /// Releasing it would do nothing: it may be deleted, once this is recorded.
    Nothing(Unrecorded),
    /// Somebody must look at it.
    Stay,
}

/// How something ended of which the ledger does not say so yet.
pub(super) enum Unrecorded {
    /// It says so.
    Recorded,
    /// A delivery that ends without being sent.
    Delivery(Box<DeliveryJob>, DeliveryState, Reason),
    /// An event of which nobody is notified.
    Event(Box<Replanned>),
    /// An event of somebody who was erased since.
    Erased(Box<(OrderId, EventNote)>),
    /// Its deliveries have jobs of their own, which are not done.
    Open,
}

impl Judge {
    /// Of this stack, with the shop's own types of this folder.
    pub(super) async fn of(
        connection: &Connection,
        overrides: Option<&Path>,
    ) -> Result<Self, CliError> {
        let sources = content::sources(overrides)?;
        Ok(Self {
            ledger: connection.ledger().await?,
            profiles: connection.profiles()?,
            catalogue: sources.catalogue()?,
            settings: render::settings(&content::shop()?, &sources),
        })
    }

    /// Judges a dead letter of this queue.
    pub(super) async fn judge(&self, queue: QueueName, letter: Letter) -> Result<Judged, CliError> {
        let now = SystemClock.now();
        let mut entry = Entry::new(queue.as_str(), letter.sent_at, now);
        entry.message_id = Some(letter.message_id.clone());
        entry.reason.clone_from(&letter.reason);
        entry.detail.clone_from(&letter.detail);
        match queue {
            QueueName::OrderEvents => self.order_event(letter, entry, now).await,
            QueueName::CustomerEvents => Ok(customer_event(letter, entry, now)),
            QueueName::Feedback => Ok(report(letter, entry)),
            QueueName::Jobs(channel, _) => self.job(channel, letter, entry, now).await,
        }
    }

    async fn job(
        &self,
        channel: Channel,
        letter: Letter,
        mut entry: Entry,
        now: Timestamp,
    ) -> Result<Judged, CliError> {
        let job = match DeliveryJob::parse(&letter.body, channel) {
            Ok(job) => job,
            Err(error) => return Ok(unreadable_job(letter, entry, &error)),
        };
        entry.order_id = Some(job.order_id.clone());
        entry.kind = Some(job.kind.clone());
        entry.channel = Some(channel);
        entry.recipient = Some(job.recipient.masked());
        let record = self.ledger.delivery(&job.key()).await?;
        let of_order = self.ledger.deliveries_of(&job.order_id).await?;
        let addressee = self.addressee(&job).await?;
        let known = Known { record: record.as_ref(), of_order: &of_order, addressee };
        let outcome = release(&job, &known, now);
        // What Bellhop has put there itself came without its priority.
        let priority = sqs_text(job.priority.as_str()).map_err(building)?;
        let letter = letter.with(PRIORITY_ATTRIBUTE, priority);
        let is_recorded = record.is_some_and(|record| record.state.is_settled());
        let unrecorded = match &outcome {
            _ if is_recorded => Unrecorded::Recorded,
            Release::Superseded => ended(job, DeliveryState::Superseded, Reason::NewerFactTold),
            Release::DeviceGone => ended(job, DeliveryState::Rejected, Reason::DeviceGone),
            Release::Erased => ended(job, DeliveryState::Rejected, Reason::Erased),
            _ => ended(job, DeliveryState::Expired, Reason::NotAfter),
        };
        Ok(judged(letter, entry, &outcome, unrecorded))
    }

    async fn order_event(
        &self,
        letter: Letter,
        mut entry: Entry,
        now: Timestamp,
    ) -> Result<Judged, CliError> {
        entry.order_id = event::order_id_hint(&letter.body);
        // An event that does not say when is taken as of when it came here: whatever
        // was too old then still is.
        let opened = event::open(&letter.body, Received { sent_at: letter.sent_at });
        let envelope = match opened {
            Ok(envelope) => envelope,
            Err(error) => return Ok(unreadable_event(letter, entry, &error)),
        };
        entry.kind = Some(envelope.kind.clone());
        let Some(kind) = self.catalogue.find(&envelope.kind) else {
            let is_fact = self.catalogue.withdrawal(&envelope.kind).is_some();
            if is_fact || Wake::of(&envelope).is_some() {
                entry.would = APPLY;
                entry.words = "decide again what was deferred".to_owned();
                return Ok(Judged { letter, entry, verdict: Verdict::Release });
            }
            entry.would = UNKNOWN_TYPE;
            entry.words = "nothing: the catalogue has no such type".to_owned();
            return Ok(Judged { letter, entry, verdict: Verdict::Stay });
        };
        let event = match kind.admit(envelope) {
            Ok(event) => event,
            Err(error) => return Ok(unreadable_event(letter, entry, &error)),
        };
        let order = &event.data.order.id;
        entry.order_id = Some(order.clone());
        entry.kind = Some(event.kind.clone());
        let person = match &event.data.customer.id {
            Some(customer) => Some(self.profiles.person(customer).await?),
            None => None,
        };
        let is_erased = |person: &Person| person.standing.is_erased(event.time);
        if person.as_ref().is_some_and(is_erased) {
            return Ok(erased(letter, entry, &event, now));
        }
        let known = self.ledger.order(order).await?;
        // Who must not be written to is hashed with a key that only the functions read.
        let profile = person.and_then(|person| person.profile);
        let customer = KnownCustomer { profile, ..KnownCustomer::default() };
        let replanned = replan(
            &self.catalogue,
            &event,
            kind,
            &customer,
            &self.settings,
            &known.notifications,
            now,
        );
        let key = &replanned.notification().key;
        if known.sealed.iter().any(|sealed| sealed.outline.key == *key) {
            return Ok(erased(letter, entry, &event, now));
        }
        let outcome = release_event(&replanned, &known.deliveries, now);
        let unrecorded = match &replanned {
            Replanned::New(_) => Unrecorded::Event(Box::new(replanned)),
            Replanned::Stored(stored) => unrecorded(stored, &known.deliveries),
        };
        Ok(judged(letter, entry, &outcome, unrecorded))
    }

    /// Whether a job's recipient still is who they were.
    pub(super) async fn addressee(&self, job: &DeliveryJob) -> Result<Addressee, CallError> {
        if let Some(customer) = &job.data.customer.id
            && self.profiles.standing(customer).await?.is_erased(job.event_time)
        {
            return Ok(Addressee::Erased);
        }
        let Recipient::Push { device, endpoint_arn, .. } = &job.recipient else {
            return Ok(Addressee::Same);
        };
        let has = match &job.data.customer.id {
            Some(customer) => self.profiles.has_device(customer, device, endpoint_arn).await?,
            None => false,
        };
        Ok(if has { Addressee::Same } else { Addressee::DeviceGone })
    }

    /// Records how it ended, so that it may be deleted: nothing goes without a reason in
    /// the ledger.
    pub(super) async fn record(&self, unrecorded: &Unrecorded) -> Result<Recorded, CliError> {
        match unrecorded {
            Unrecorded::Recorded => Ok(Recorded::Done),
            Unrecorded::Open => Ok(Recorded::Not),
            Unrecorded::Event(replanned) => {
                let notification = replanned.notification();
                let Some(customer) = &notification.data.customer.id else {
                    self.ledger.record(notification, SealedFor::Guest).await?;
                    return Ok(Recorded::Done);
                };
                let id = self.profiles.person(customer).await?.id;
                let salt = self.profiles.salt(&id, notification.event_time).await?;
                // Erased since it was looked at: the next look says so.
                let Some(salt) = salt else { return Ok(Recorded::Not) };
                self.ledger.record(notification, SealedFor::Customer(&id, &salt)).await?;
                Ok(Recorded::Done)
            }
            Unrecorded::Erased(noted) => {
                let (order, note) = &**noted;
                self.ledger.note(order, note).await?;
                Ok(Recorded::Done)
            }
            Unrecorded::Delivery(job, state, reason) => {
                let now = SystemClock.now();
                let unsent = settled_unsent(job.facts(), *state, reason, now);
                if let Fenced::Applied(_) = self.ledger.apply(&job.key(), &unsent).await? {
                    return Ok(Recorded::Done);
                }
                let given_up = abandoned(reason, now);
                Ok(match self.ledger.apply(&job.key(), &given_up).await? {
                    Fenced::Applied(_) => Recorded::Done,
                    Fenced::Conflict(_) => Recorded::Not,
                })
            }
        }
    }
}

/// What became of recording how something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recorded {
    /// It is recorded.
    Done,
    /// It is not: somebody changed it meanwhile, or others are not done with it.
    Not,
}

fn ended(job: DeliveryJob, state: DeliveryState, reason: Reason) -> Unrecorded {
    Unrecorded::Delivery(Box::new(job), state, reason)
}

fn unrecorded(stored: &Notification, records: &[(DeliveryId, DeliveryRecord)]) -> Unrecorded {
    let is_settled = |id: &DeliveryId| {
        records.iter().any(|(known, record)| known == id && record.state.is_settled())
    };
    if stored.deliveries.iter().all(|planned| is_settled(&planned.delivery_id)) {
        Unrecorded::Recorded
    } else {
        Unrecorded::Open
    }
}

fn judged(letter: Letter, mut entry: Entry, outcome: &Release, unrecorded: Unrecorded) -> Judged {
    (entry.would, entry.words) = (outcome.code(), outcome.words());
    let verdict =
        if outcome.does_something() { Verdict::Release } else { Verdict::Nothing(unrecorded) };
    Judged { letter, entry, verdict }
}

/// An event of somebody who was erased since: nothing of it is kept but that it came.
fn erased(letter: Letter, mut entry: Entry, event: &OrderEvent, now: Timestamp) -> Judged {
    let outcome = Release::Erased;
    (entry.would, entry.words) = (outcome.code(), outcome.words());
    let note = EventNote {
        message_id: letter.message_id.clone(),
        event_id: Some(event.id.clone()),
        kind: Some(event.kind.clone()),
        at: now,
        reason: Reason::Erased,
        detail: Reason::Erased.words().into_owned(),
    };
    let noted = Unrecorded::Erased(Box::new((event.data.order.id.clone(), note)));
    Judged { letter, entry, verdict: Verdict::Nothing(noted) }
}

/// What a customer event would come to. Of two facts the later one counts, so it may be
/// applied at any time; but one that does not say when would count as new.
fn customer_event(letter: Letter, mut entry: Entry, now: Timestamp) -> Judged {
    let open = |sent_at| {
        event::open(&letter.body, Received { sent_at }).and_then(Envelope::customer_event)
    };
    let event = match open(letter.sent_at) {
        Ok(event) => event,
        Err(error) => return unreadable_event(letter, entry, &error),
    };
    entry.kind = Some(event.fact.kind().to_owned());
    if open(now).is_ok_and(|as_of_now: CustomerEvent| as_of_now.time != event.time) {
        entry.would = UNDATED;
        entry.words = "nothing: it does not say when, and later news may be known".to_owned();
        entry.detail = Some("give it a `time` with `redrive edit`".to_owned());
        return Judged { letter, entry, verdict: Verdict::Stay };
    }
    (entry.would, entry.words) = (APPLY, "apply, if nothing later is known".to_owned());
    Judged { letter, entry, verdict: Verdict::Release }
}

/// What a provider's report would come to: it may be applied at any time and more than
/// once, as it only moves its delivery forward.
fn report(letter: Letter, mut entry: Entry) -> Judged {
    let verdict = match Feedback::parse(&letter.body) {
        Ok(feedback) => {
            entry.kind = Some(feedback.kind().to_owned());
            (entry.would, entry.words) = (APPLY, "apply, if nothing later is known".to_owned());
            Verdict::Release
        }
        Err(error) => {
            entry.words = format!("nothing: {}", error.reason().words());
            entry.reason = entry.reason.or_else(|| Some(error.reason().to_string()));
            entry.detail = Some(error.to_string());
            Verdict::Stay
        }
    };
    Judged { letter, entry, verdict }
}

fn unreadable_event(letter: Letter, mut entry: Entry, error: &EventError) -> Judged {
    entry.words = format!("nothing: {}", error.reason().words());
    entry.reason = entry.reason.or_else(|| Some(error.reason().to_string()));
    entry.detail = Some(error.to_string());
    Judged { letter, entry, verdict: Verdict::Stay }
}

fn unreadable_job(letter: Letter, mut entry: Entry, error: &JobError) -> Judged {
    entry.words = format!("nothing: {}", error.reason().words());
    entry.reason = entry.reason.or_else(|| Some(error.reason().to_string()));
    entry.detail = Some(error.to_string());
    Judged { letter, entry, verdict: Verdict::Stay }
}
