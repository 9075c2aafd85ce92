//! `plan`: an order event becomes recorded decisions, then jobs.
//!
//! The order of the steps is what makes them safe: decisions are written once,
//! before anything is enqueued; an event that comes again finds them, and
//! enqueues the same jobs again, whose claims make that harmless.

use crate::batch::{Postponed, Record};
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::event::{self, EventError, OrderEvent, OrderId, Received};
use crate::ledger::{EventNote, NotificationLedger, Recorded};
use crate::plan::{self, Notification, Settings};
use crate::profile::ReadProfiles;
use crate::queue::{DeliveryJob, JobQueue, Quarantine, Refusal};
use crate::telemetry;

use super::refuse::refuse;

/// What planning works with.
pub struct Planner<L, P, J, Q, C> {
    /// Every notification type.
    pub catalogue: Catalogue,
    /// The shop's part of the policy.
    pub settings: Settings,
    /// Where decisions are kept.
    pub ledger: L,
    /// Where customers are known.
    pub profiles: P,
    /// Where jobs go.
    pub jobs: J,
    /// Where unusable events go.
    pub quarantine: Q,
    /// The time.
    pub clock: C,
}

/// Processes one order event.
///
/// # Errors
/// [`Postponed`] if a store or queue did not answer; processing the same record
/// again is harmless.
pub async fn handle<L, P, J, Q, C>(
    planner: &Planner<L, P, J, Q, C>,
    record: &Record,
) -> Result<(), Postponed>
where
    L: NotificationLedger,
    P: ReadProfiles,
    J: JobQueue,
    Q: Quarantine,
    C: Clock,
{
    let envelope = match event::open(&record.body, Received { sent_at: record.sent_at }) {
        Ok(envelope) => envelope,
        Err(error) => return quarantine(planner, record, &error).await,
    };
    let Some(kind) = planner.catalogue.find(&envelope.kind) else {
        return unknown_type(planner, record, &envelope).await;
    };
    let event = match kind.admit(envelope) {
        Ok(event) => event,
        Err(error) => return quarantine(planner, record, &error).await,
    };

    let order = event.data.order.id.clone();
    let (profile, state) = futures_util::future::try_join(
        planner.profiles.profile(&event.data.customer.id),
        planner.ledger.order_state(&order),
    )
    .await?;
    let now = planner.clock.now();
    let planned = plan::plan(event.clone(), kind, profile.as_ref(), &state, &planner.settings, now);

    let (notification, outcome) = match planner.ledger.record(&planned).await? {
        Recorded::New => (planned, "planned"),
        Recorded::Before(stored) => {
            let outcome = told_before(planner, record, &event, &planned, &stored).await?;
            (*stored, outcome)
        }
    };
    if !notification.deliveries.is_empty() {
        planner.ledger.advance(&notification).await?;
    }
    planner.jobs.enqueue(&DeliveryJob::of(&notification), &record.message_id).await?;
    telemetry::event(&event.kind, outcome, &event.id, order.as_str(), now);
    Ok(())
}

/// Notes an event whose fact was recorded before: another event with the same
/// fact, or one that contradicts it. A mere redelivery leaves no note.
async fn told_before<L, P, J, Q, C>(
    planner: &Planner<L, P, J, Q, C>,
    record: &Record,
    event: &OrderEvent,
    planned: &Notification,
    stored: &Notification,
) -> Result<&'static str, Postponed>
where
    L: NotificationLedger,
    C: Clock,
{
    let same_event = stored.event_id == event.id && stored.source == event.source;
    let (reason, detail) = match stored.payload_hash == planned.payload_hash {
        true if same_event => return Ok("redelivered"),
        true => ("duplicate", "the same fact was told before"),
        false => ("conflict", "the fact was told before with other data, and is not told again"),
    };
    let note = EventNote {
        message_id: record.message_id.clone(),
        event_id: Some(event.id.clone()),
        kind: Some(event.kind.clone()),
        at: planned.decided_at,
        reason: reason.to_owned(),
        detail: format!("{detail} (event {})", stored.event_id),
    };
    planner.ledger.note(&event.data.order.id, &note).await?;
    Ok(reason)
}

async fn unknown_type<L, P, J, Q, C>(
    planner: &Planner<L, P, J, Q, C>,
    record: &Record,
    envelope: &event::Envelope,
) -> Result<(), Postponed>
where
    L: NotificationLedger,
    C: Clock,
{
    let now = planner.clock.now();
    let order = event::order_id_hint(&record.body);
    if let Some(order) = &order {
        let note = EventNote {
            message_id: record.message_id.clone(),
            event_id: Some(envelope.id.clone()),
            kind: Some(envelope.kind.clone()),
            at: now,
            reason: "unknown_type".to_owned(),
            detail: "the catalogue has no such type".to_owned(),
        };
        planner.ledger.note(order, &note).await?;
    }
    let order = order.as_ref().map_or("", OrderId::as_str);
    telemetry::event("unknown", "unknown_type", &envelope.id, order, now);
    Ok(())
}

async fn quarantine<L, P, J, Q, C>(
    planner: &Planner<L, P, J, Q, C>,
    record: &Record,
    error: &EventError,
) -> Result<(), Postponed>
where
    L: NotificationLedger,
    Q: Quarantine,
    C: Clock,
{
    let refusal = Refusal { code: error.code().to_owned(), detail: error.to_string() };
    if let Some(order) = event::order_id_hint(&record.body) {
        let note = EventNote {
            message_id: record.message_id.clone(),
            event_id: None,
            kind: None,
            at: planner.clock.now(),
            reason: refusal.code.clone(),
            detail: refusal.detail.clone(),
        };
        planner.ledger.note(&order, &note).await?;
    }
    refuse(&planner.quarantine, &planner.clock, record, &refusal).await
}
