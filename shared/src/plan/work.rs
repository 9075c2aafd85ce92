//! The work of `plan`: an order event becomes recorded decisions, then jobs.
//!
//! The order of the steps is what makes them safe: decisions are written once,
//! before anything is enqueued; an event that comes again finds them, and
//! enqueues the same jobs again, whose claims make that harmless.

use std::time::Duration;

use super::decide::{points, recipients, routes};
use super::replan::news;
use super::{
    DeferralLedger, Dispatch, EventNote, Notification, NotificationLedger, Recorded, Schedules,
    SealedFor, Settings, caps, due, flood, plan,
};
use crate::catalogue::{Catalogue, NotificationType};
use crate::customer::{
    ContactKey, CountPromotions, KnownCustomer, Person, Profile, ReadContacts, ReadPersons, Salt,
    known_contacts,
};
use crate::event::{self, Envelope, EventError, OrderEvent, OrderEventData, Received, Wake};
use crate::model::clock::{self, Clock, Timestamp};
use crate::model::failure::CallError;
use crate::model::{Channel, CustomerId, Origin, Postponed, Reason, Record};
use crate::platform::telemetry::{self, OrderEventHandled};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent};

/// What planning needs from outside.
pub trait Ports {
    /// Where decisions are kept.
    type Ledger: NotificationLedger + DeferralLedger;
    /// Where customers are known.
    type Profiles: ReadPersons + ReadContacts + CountPromotions;
    /// Where deliveries go.
    type Jobs: Dispatch;
    /// Who says when something deferred is due.
    type Schedules: Schedules;
    /// Where unusable events go.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What planning works with.
pub struct Planner<P: Ports> {
    /// Every notification type.
    pub catalogue: Catalogue,
    /// The shop's part of the policy.
    pub settings: Settings,
    /// What contact points are hashed with.
    pub contact_key: ContactKey,
    /// Where decisions are kept.
    pub ledger: P::Ledger,
    /// Where customers are known.
    pub profiles: P::Profiles,
    /// Where deliveries go.
    pub jobs: P::Jobs,
    /// Who says when something deferred is due.
    pub schedules: P::Schedules,
    /// Where unusable events go.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// Processes one order event.
///
/// # Errors
/// [`Postponed`] if a store or queue did not answer; processing the same record
/// again is harmless.
pub async fn handle<P: Ports>(planner: &Planner<P>, record: &Record) -> Result<(), Postponed> {
    let outcome = plan_and_dispatch(planner, record).await;
    dead_letter_permanent(&planner.dead_letters, &planner.clock, record, outcome).await
}

async fn plan_and_dispatch<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
) -> Result<(), Postponed> {
    let mut envelope = match event::open(&record.body, Received { sent_at: record.sent_at }) {
        Ok(envelope) => envelope,
        Err(error) => return unusable(planner, record, &error).await,
    };
    // What the publisher says of the event is meant; what a queue carries may be added
    // by a library.
    let trace = envelope.trace.take().or_else(|| record.trace.clone());
    let origin = Origin { message_id: &record.message_id, trace: trace.as_ref() };
    match Wake::of(&envelope) {
        Some(Ok(Wake::Due(due))) => return due::decide(planner, record, origin, &due).await,
        Some(Ok(Wake::Sweep)) => return due::sweep(planner, record).await,
        Some(Ok(Wake::ChannelFailed(failed))) => {
            return due::go_on(planner, record, origin, &failed).await;
        }
        Some(Err(error)) => return unusable(planner, record, &error).await,
        None => {}
    }
    let Some(kind) = planner.catalogue.find(&envelope.kind) else {
        return match planner.catalogue.withdrawal(&envelope.kind) {
            Some(fact) => note_fact(planner, record, origin, &envelope, fact).await,
            None => unknown_type(planner, record, origin, &envelope).await,
        };
    };
    let mut event = match kind.admit(envelope) {
        Ok(event) => event,
        Err(error) => return unusable(planner, record, &error).await,
    };

    // A time in the future would make everything that comes after it old news.
    if clock::until(planner.clock.now(), event.time) > CLOCK_SKEW {
        let reason = Reason::FutureTime;
        let detail = reason.words().into_owned();
        note(planner, origin, &event, reason, detail).await?;
    }
    event.time = event.time.min(planner.clock.now());
    let Some(party) = Party::of(planner, event.data.customer.id.as_ref(), event.time).await? else {
        return erased(planner, origin, &event).await;
    };
    // Devices and preferences are those of whoever the customer is now.
    event.data.customer.id = party.customer_id().cloned();
    let channels = routes(&event.data, kind).concat();
    let known = known_customer(planner, &event.data, party.profile(), &channels).await?;
    let Some(news) = tell(planner, origin, &event, kind, &known, party.sealed_for()).await? else {
        return Ok(());
    };
    // News of a fact that was told, under a name of its own.
    let detail = format!("what is new of its tracking is told as {}", news.name);
    note(planner, origin, &event, Reason::News, detail).await?;
    let event = OrderEvent { kind: news.name.clone(), ..event };
    // Of news there is no news: the catalogue is checked for that.
    tell(planner, origin, &event, news, &known, party.sealed_for()).await.map(drop)
}

/// What is known of the customer, who may be written to on these channels.
pub(super) async fn known_customer<P: Ports>(
    planner: &Planner<P>,
    data: &OrderEventData,
    profile: Option<Profile>,
    channels: &[Channel],
) -> Result<KnownCustomer, CallError> {
    let recipients = recipients(data, channels, profile.as_ref(), &planner.settings);
    let (suppressed, choices) =
        known_contacts(&planner.profiles, &planner.contact_key, recipients).await?;
    let points = points(data, profile.as_ref(), &planner.settings);
    let contacts = planner.contact_key.hashes(&points);
    Ok(KnownCustomer { profile, suppressed, choices, contacts })
}

/// Decides, records and dispatches. An event that repeats a fact with news of it is to
/// be told as another type, which is the answer.
async fn tell<'p, P: Ports>(
    planner: &'p Planner<P>,
    origin: Origin<'_>,
    event: &OrderEvent,
    kind: &NotificationType,
    known: &KnownCustomer,
    sealed_for: SealedFor<'_>,
) -> Result<Option<&'p NotificationType>, Postponed> {
    let now = planner.clock.now();
    let mut planned = plan(event.clone(), kind, known, &planner.settings, now);
    if !planned.deliveries.is_empty() && !kind.withdrawn_by.is_empty() {
        let facts = planner.ledger.facts_of(&event.data.order.id).await?;
        if let Some(reason) = due::withdrawal(kind, &facts) {
            planned.withdraw(&reason, now);
        }
    }
    caps::keep(planner, &mut planned, kind, now).await?;
    flood::guard(planner, &mut planned, kind, now).await?;
    // Of an event that comes again, its repairs were counted before.
    let mut repairs = Vec::new();
    let (notification, outcome) = match planner.ledger.record(&planned, sealed_for).await? {
        Recorded::New => {
            repairs.extend(event.repairs.iter().map(ToString::to_string));
            (planned, "planned".into())
        }
        Recorded::Erased => {
            erased(planner, origin, event).await?;
            return Ok(None);
        }
        Recorded::Before(stored) => {
            let repeated = Repetition::of(event, &planned, &stored);
            if repeated == Repetition::Conflict
                && let Some(news) = news(&planner.catalogue, event, kind, &stored)
            {
                return Ok(Some(news));
            }
            note_repetition(planner, origin, event, &stored, repeated).await?;
            (*stored, repeated.outcome())
        }
    };
    due::schedule(planner, &notification).await?;
    planner.jobs.dispatch(&notification, origin).await?;
    if let Some(fact) = planner.catalogue.withdrawal(&event.kind) {
        due::withdraw(planner, &event.data.order.id, fact).await?;
    }
    let handled = OrderEventHandled {
        event_id: &event.id,
        kind: Some(&event.kind),
        nearest: None,
        outcome: &outcome,
        order_id: Some(&event.data.order.id),
        repairs: &repairs,
        trace: origin.trace,
    };
    telemetry::order_event(&handled, now);
    Ok(None)
}

/// Whom an event is about, and whose salt its notification is sealed with.
pub(super) enum Party {
    /// A customer, and their salt.
    Customer(Box<Person>, Salt),
    /// Somebody without an id, who is nobody's profile.
    Guest,
}

impl Party {
    /// None if the customer is erased, and the event is not of later. The salt comes with
    /// the profile; only a customer's first event makes one.
    pub(super) async fn of<P: Ports>(
        planner: &Planner<P>,
        id: Option<&CustomerId>,
        at: Timestamp,
    ) -> Result<Option<Self>, CallError> {
        let Some(id) = id else { return Ok(Some(Self::Guest)) };
        let person = planner.profiles.person(id).await?;
        if person.standing.is_erased(at) {
            return Ok(None);
        }
        let salt = match person.standing.salt.clone() {
            Some(salt) => Some(salt),
            None => planner.profiles.salt(&person.id, at).await?,
        };
        Ok(salt.map(|salt| Self::Customer(Box::new(person), salt)))
    }

    pub(super) fn customer_id(&self) -> Option<&CustomerId> {
        match self {
            Self::Customer(person, _) => Some(&person.id),
            Self::Guest => None,
        }
    }

    pub(super) fn profile(&self) -> Option<Profile> {
        match self {
            Self::Customer(person, _) => person.profile.clone(),
            Self::Guest => None,
        }
    }

    pub(super) fn sealed_for(&self) -> SealedFor<'_> {
        match self {
            Self::Customer(person, salt) => SealedFor::Customer(&person.id, salt),
            Self::Guest => SealedFor::Guest,
        }
    }
}

/// Notes an event of somebody who was erased since; nothing of what it says is kept.
async fn erased<P: Ports>(
    planner: &Planner<P>,
    origin: Origin<'_>,
    event: &OrderEvent,
) -> Result<(), Postponed> {
    let reason = Reason::Erased;
    note(planner, origin, event, reason.clone(), reason.words().into_owned()).await?;
    let handled = OrderEventHandled {
        event_id: &event.id,
        kind: Some(&event.kind),
        nearest: None,
        outcome: &reason.code(),
        order_id: Some(&event.data.order.id),
        repairs: &[],
        trace: origin.trace,
    };
    telemetry::order_event(&handled, planner.clock.now());
    Ok(())
}

/// By how much the publisher's clock may be ahead without a note.
const CLOCK_SKEW: Duration = Duration::from_secs(5 * 60);

/// Notes something about an event beside its order.
async fn note<P: Ports>(
    planner: &Planner<P>,
    origin: Origin<'_>,
    event: &OrderEvent,
    reason: Reason,
    detail: String,
) -> Result<(), Postponed> {
    let note = EventNote {
        message_id: origin.message_id.to_owned(),
        event_id: Some(event.id.clone()),
        kind: Some(event.kind.clone()),
        at: planner.clock.now(),
        reason,
        detail,
    };
    planner.ledger.note(&event.data.order.id, &note).await?;
    Ok(())
}

/// How an event repeats a fact that was recorded before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repetition {
    /// The same event comes again.
    Redelivered,
    /// Another event with the same fact.
    Duplicate,
    /// Another event with the same fact and other data.
    Conflict,
}

impl Repetition {
    fn of(event: &OrderEvent, planned: &Notification, stored: &Notification) -> Self {
        if stored.payload_hash != planned.payload_hash {
            Self::Conflict
        } else if stored.event_id == event.id && stored.source == event.source {
            Self::Redelivered
        } else {
            Self::Duplicate
        }
    }

    fn outcome(self) -> std::borrow::Cow<'static, str> {
        match self {
            Self::Redelivered => "redelivered".into(),
            Self::Duplicate => Reason::Duplicate.code().into_owned().into(),
            Self::Conflict => Reason::Conflict.code().into_owned().into(),
        }
    }
}

/// A mere redelivery leaves no note.
async fn note_repetition<P: Ports>(
    planner: &Planner<P>,
    origin: Origin<'_>,
    event: &OrderEvent,
    stored: &Notification,
    repetition: Repetition,
) -> Result<(), Postponed> {
    let (reason, detail) = match repetition {
        Repetition::Redelivered => return Ok(()),
        Repetition::Duplicate => (Reason::Duplicate, "the same fact was told before"),
        Repetition::Conflict => {
            (Reason::Conflict, "the fact was told before with other data, and is not told again")
        }
    };
    note(planner, origin, event, reason, format!("{detail} (event {})", stored.event_id)).await
}

/// Notes a fact that nobody is notified of, but by which something is taken back.
async fn note_fact<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    envelope: &Envelope,
    fact: &str,
) -> Result<(), Postponed> {
    let now = planner.clock.now();
    let Some(order) = event::order_id_hint(&record.body) else {
        let expected = "the order's id";
        let error = EventError::Missing { field: envelope.data_field("order.id"), expected };
        return unusable(planner, record, &error).await;
    };
    let note = EventNote {
        message_id: record.message_id.clone(),
        event_id: Some(envelope.id.clone()),
        kind: Some(fact.to_owned()),
        at: now,
        reason: Reason::FactNoted,
        detail: Reason::FactNoted.words().into_owned(),
    };
    planner.ledger.note(&order, &note).await?;
    due::withdraw(planner, &order, fact).await?;
    let handled = OrderEventHandled {
        event_id: &envelope.id,
        kind: Some(fact),
        nearest: None,
        outcome: &Reason::FactNoted.code(),
        order_id: Some(&order),
        repairs: &[],
        trace: origin.trace,
    };
    telemetry::order_event(&handled, now);
    Ok(())
}

async fn unknown_type<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    envelope: &Envelope,
) -> Result<(), Postponed> {
    let now = planner.clock.now();
    let order = event::order_id_hint(&record.body);
    let nearest = planner.catalogue.nearest(&envelope.kind);
    if let Some(order) = &order {
        let note = EventNote {
            message_id: record.message_id.clone(),
            event_id: Some(envelope.id.clone()),
            kind: Some(envelope.kind.chars().take(128).collect()),
            at: now,
            reason: Reason::UnknownType,
            detail: match nearest {
                Some(nearest) => {
                    format!("{}; the nearest is {nearest}", Reason::UnknownType.words())
                }
                None => Reason::UnknownType.words().into_owned(),
            },
        };
        planner.ledger.note(order, &note).await?;
    }
    let handled = OrderEventHandled {
        event_id: &envelope.id,
        kind: None,
        nearest,
        outcome: &Reason::UnknownType.code(),
        order_id: order.as_ref(),
        repairs: &[],
        trace: origin.trace,
    };
    telemetry::order_event(&handled, now);
    Ok(())
}

/// Dead-letters the event, with a note beside its order where one can be found.
async fn unusable<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    error: &EventError,
) -> Result<(), Postponed> {
    let letter = DeadLetter { reason: error.reason(), detail: error.to_string() };
    if let Some(order) = event::order_id_hint(&record.body) {
        let note = EventNote {
            message_id: record.message_id.clone(),
            event_id: None,
            kind: None,
            at: planner.clock.now(),
            reason: letter.reason.clone(),
            detail: letter.detail.clone(),
        };
        planner.ledger.note(&order, &note).await?;
    }
    dead_letter(&planner.dead_letters, &planner.clock, record, &letter).await
}
