//! What was deferred: its schedule, the decisions when it is due, and what takes it back; and
//! the rest of a route, which is decided again in the same way.
//!
//! A deferred notification stands in the ledger before anything is scheduled, so a
//! schedule that is lost only delays it: the sweep finds it. What fires twice, early, late,
//! or for something that was taken back, finds nothing to decide.

use std::time::Duration;

use jiff::Timestamp;

use super::decide::{decide_due, decide_next, rest_of_route};
use super::work::{Party, Ports, known_customer};
use super::{
    DeferralLedger, Dispatch, Fact, Facts, Kept, Notification, NotificationId, Planner, Revised,
    Schedules, Skip, caps, flood,
};
use crate::catalogue::NotificationType;
use crate::event::{ChannelFailed, Due};
use crate::model::clock::{self, Clock};
use crate::model::failure::CallError;
use crate::model::{Channel, OrderId, Ordering, Origin, Postponed, Reason, Record};
use crate::platform::telemetry::{self, DecidedAgain};

/// How often a notification is read again because somebody else decided meanwhile.
const TRIES: usize = 5;

/// For how long a schedule may be late before it counts as lost: it has a window of ten
/// minutes, and is tried again where the queue does not answer.
pub const GRACE: Duration = Duration::from_secs(20 * 60);

/// How many lost schedules are made up for at a time; the next sweep finds the rest.
const SWEPT_AT_ONCE: usize = 1_000;

impl Notification {
    /// What is to be said when the first of its deferrals ends, if any waits.
    fn due(&self) -> Option<Due> {
        let NotificationId { order_id, key } = self.id();
        Some(Due { order_id, notification: key, due_at: self.due_at()? })
    }
}

/// Makes sure that a notification with deferrals is decided when they end.
pub(super) async fn schedule<P: Ports>(
    planner: &Planner<P>,
    notification: &Notification,
) -> Result<(), CallError> {
    match notification.due() {
        Some(due) => planner.schedules.schedule(&due, planner.clock.now()).await,
        None => Ok(()),
    }
}

/// Why a notification is decided again.
#[derive(Debug, Clone, Copy)]
enum Occasion {
    /// Something of it is due.
    Due,
    /// A channel has failed, so that its route goes on.
    ChannelFailed(Channel),
}

impl Occasion {
    /// Whether there is nothing to decide: it was decided before, or is not due yet.
    fn is_past(self, stored: &Notification, now: Timestamp) -> bool {
        match self {
            Self::Due => stored.waiting().all(|deferral| deferral.until > now),
            Self::ChannelFailed(channel) => stored.failed.contains(&channel),
        }
    }

    /// The channels that are decided.
    fn channels(
        self,
        stored: &Notification,
        kind: &NotificationType,
        now: Timestamp,
    ) -> Vec<Channel> {
        match self {
            Self::Due => {
                let due = stored.waiting().filter(|deferral| deferral.until <= now);
                due.flat_map(|deferral| deferral.channels.iter().copied()).collect()
            }
            Self::ChannelFailed(channel) => rest_of_route(&stored.data, kind, channel),
        }
    }
}

/// Decides what is due of a notification.
pub(super) async fn decide<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    due: &Due,
) -> Result<(), Postponed> {
    let id = NotificationId { order_id: due.order_id.clone(), key: due.notification.clone() };
    let outcome = decide_until_written(planner, record, origin, &id, Occasion::Due).await?;
    let decided = again(&id, outcome, origin);
    telemetry::due(&decided, due.due_at, planner.clock.now());
    Ok(())
}

fn again<'a>(id: &'a NotificationId, outcome: &'a str, origin: Origin<'a>) -> DecidedAgain<'a> {
    DecidedAgain { order_id: &id.order_id, notification: &id.key, outcome, trace: origin.trace }
}

/// Goes on with a route of which a channel has failed. Whoever says it again, as each of
/// several devices' senders may, finds it decided.
pub(super) async fn go_on<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    failed: &ChannelFailed,
) -> Result<(), Postponed> {
    let id = NotificationId { order_id: failed.order_id.clone(), key: failed.notification.clone() };
    let occasion = Occasion::ChannelFailed(failed.channel);
    let outcome = decide_until_written(planner, record, origin, &id, occasion).await?;
    let decided = again(&id, outcome, origin);
    telemetry::channel_failed(&decided, failed.channel, planner.clock.now());
    Ok(())
}

async fn decide_until_written<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    id: &NotificationId,
    occasion: Occasion,
) -> Result<&'static str, Postponed> {
    for conflicts in 0..TRIES {
        let now = planner.clock.now();
        let stored = match planner.ledger.notification(id).await? {
            Some(Kept::Whole(stored)) => *stored,
            Some(Kept::Erased) => return end(planner, id).await,
            None => return Ok("unknown"),
        };
        if occasion.is_past(&stored, now) {
            return nothing_due(planner, record, origin, stored, conflicts).await;
        }
        let Some(party) = party_of(planner, &stored).await? else {
            return end(planner, id).await;
        };
        let decided = decide_again(planner, &stored, &party, occasion, now).await?;
        if planner.ledger.revise(&decided, party.sealed_for()).await? == Revised::Conflict {
            continue;
        }
        schedule(planner, &decided).await?;
        dispatch(planner, decided, origin, |at| at == Some(now)).await?;
        return Ok("decided");
    }
    Err(CallError::unexpected("dynamodb:PutItem", "others decide it at the same time").into())
}

/// Whom a notification is about now; none if they were erased.
async fn party_of<P: Ports>(
    planner: &Planner<P>,
    stored: &Notification,
) -> Result<Option<Party>, CallError> {
    Party::of(planner, stored.data.customer.id.as_ref(), stored.event_time).await
}

/// Nothing more is sent of what was about somebody who was erased.
async fn end<P: Ports>(
    planner: &Planner<P>,
    id: &NotificationId,
) -> Result<&'static str, Postponed> {
    planner.ledger.end(id, &Reason::Erased, planner.clock.now()).await?;
    Ok("erased")
}

/// Of a message that comes again, the decisions may stand and their jobs not.
async fn nothing_due<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
    origin: Origin<'_>,
    stored: Notification,
    conflicts: usize,
) -> Result<&'static str, Postponed> {
    schedule(planner, &stored).await?;
    // A conflict may have been with a write of its own whose answer was lost.
    if record.receive_count > 1 || conflicts > 0 {
        dispatch(planner, stored, origin, |at| at.is_some()).await?;
    }
    Ok("nothing_due")
}

/// Hands on the deliveries that were decided at some moments.
async fn dispatch<P: Ports>(
    planner: &Planner<P>,
    mut notification: Notification,
    origin: Origin<'_>,
    decided_at: impl Fn(Option<Timestamp>) -> bool,
) -> Result<(), CallError> {
    notification.deliveries.retain(|planned| decided_at(planned.decided_at));
    planner.jobs.dispatch(&notification, origin).await
}

/// The notification with what the occasion asks for decided, by what is known at this
/// moment.
async fn decide_again<P: Ports>(
    planner: &Planner<P>,
    stored: &Notification,
    party: &Party,
    occasion: Occasion,
    now: Timestamp,
) -> Result<Notification, CallError> {
    let Some(kind) = planner.catalogue.find(&stored.kind) else {
        // A shop's own type that is gone has no templates any more.
        return Ok(revised(stored, &Reason::UnknownType, now));
    };
    let settings = &planner.settings;
    let channels = occasion.channels(stored, kind, now);
    let known = known_customer(planner, &stored.data, party.profile(), &channels).await?;
    let mut decided = match occasion {
        Occasion::Due => decide_due(stored, kind, &known, settings, now),
        Occasion::ChannelFailed(failed) => {
            decide_next(stored, kind, &known, settings, failed, &channels, now)
        }
    };
    // They may have been merged into another customer, whose devices are asked for then.
    decided.data.customer.id = party.customer_id().cloned();
    // What the order's other facts make senseless or old, and what is over the cap, is taken
    // back.
    let facts = planner.ledger.facts_of(&stored.data.order.id).await?;
    if let Some(reason) = withdrawal(kind, &facts) {
        decided.withdraw(&reason, now);
    }
    if flood::is_old(stored, &facts, now) {
        decided.withdraw(&Reason::NewerFactWaits, now);
    }
    leave_to_newer(&mut decided, kind, &facts, now);
    caps::keep(planner, &mut decided, kind, now).await?;
    Ok(decided)
}

fn revised(stored: &Notification, reason: &Reason, now: Timestamp) -> Notification {
    let mut revised = stored.clone();
    revised.revision += 1;
    revised.withdraw(reason, now);
    revised
}

/// Why nothing of this type is sent about the order, if a fact takes it back.
pub(super) fn withdrawal(kind: &NotificationType, facts: &Facts) -> Option<Reason> {
    let told = facts.told.iter().map(|of| of.kind.as_str());
    let noted = facts.notes.iter().filter(|note| note.reason == Reason::FactNoted);
    let mut all = told.chain(noted.filter_map(|note| note.kind.as_deref()));
    all.find(|fact| kind.is_withdrawn_by(fact)).map(|fact| Reason::WithdrawnBy(fact.to_owned()))
}

/// Where the newest wins, of all that waited for the same end of the quiet hours only the
/// newest is sent.
fn leave_to_newer(
    decided: &mut Notification,
    kind: &NotificationType,
    facts: &Facts,
    now: Timestamp,
) {
    let own = decided.key.clone();
    let standing = decided.standing();
    let newer = facts.told.iter().filter(|of| of.key != own);
    let newer: Vec<_> = newer.filter(|of| of.standing().makes_old(&standing)).collect();
    let is_due = |channel: Channel| {
        kind.ordering(channel) == Ordering::Latest
            && newer
                .iter()
                .flat_map(|of| of.waiting())
                .any(|deferral| deferral.until <= now && deferral.channels.contains(&channel))
    };
    let old: Vec<_> = decided
        .deliveries
        .iter()
        .filter(|of| of.decided_at == Some(now) && is_due(of.recipient.channel()))
        .cloned()
        .collect();
    decided.deliveries.retain(|of| !old.iter().any(|gone| gone.delivery_id == of.delivery_id));
    decided.skips.extend(old.into_iter().map(|of| Skip {
        decided_at: Some(now),
        ..Skip::of_recipient(&of.recipient, Reason::NewerFactWaits)
    }));
}

/// Takes back what of the order waits and is made senseless by a fact of this type.
/// Harmless to repeat.
pub(super) async fn withdraw<P: Ports>(
    planner: &Planner<P>,
    order: &OrderId,
    fact: &str,
) -> Result<(), CallError> {
    let reason = Reason::WithdrawnBy(fact.to_owned());
    let is_withdrawn = |of: &Fact| {
        let kind = planner.catalogue.find(&of.kind);
        of.waiting().next().is_some() && kind.is_some_and(|kind| kind.is_withdrawn_by(fact))
    };
    let facts = planner.ledger.facts_of(order).await?;
    for waiting in facts.told.iter().filter(|of| is_withdrawn(of)) {
        let id = NotificationId { order_id: order.clone(), key: waiting.key.clone() };
        let Some(Kept::Whole(stored)) = planner.ledger.notification(&id).await? else { continue };
        let Some(party) = party_of(planner, &stored).await? else { continue };
        let revised = revised(&stored, &reason, planner.clock.now());
        // Whoever decides at the same time reads the fact, which stands already.
        planner.ledger.revise(&revised, party.sealed_for()).await?;
        if let Some(due) = stored.due() {
            planner.schedules.cancel(&due).await?;
        }
    }
    Ok(())
}

/// Announces what was due and was not announced.
pub(super) async fn sweep<P: Ports>(
    planner: &Planner<P>,
    record: &Record,
) -> Result<(), Postponed> {
    let now = planner.clock.now();
    let before = clock::before(now, GRACE);
    let overdue = planner.ledger.overdue(before, SWEPT_AT_ONCE).await?;
    let due: Vec<_> = overdue
        .into_iter()
        .map(|of| Due { order_id: of.id.order_id, notification: of.id.key, due_at: of.due_at })
        .collect();
    planner.schedules.announce(&due, &record.message_id).await?;
    telemetry::swept(due.len(), now);
    Ok(())
}
