//! A route's next channel ("push or else sms"): taken once a delivery and all its
//! siblings, the route's other deliveries on its channel, have failed for good. One
//! that was given up without a known outcome has failed too: the customer rather
//! hears twice than not at all.

use super::{DeliveryJob, JobQueue};
use crate::ledger::{DeliveryKey, DeliveryLedger, DeliveryState};
use crate::model::failure::CallError;

/// Enqueues the deliveries on the route's next channel if this delivery and all
/// its siblings have failed. Each sibling records its own failure before it looks
/// at the others, so the last one finds them all; should two find so, their jobs
/// are for the same deliveries. `origin` is the message that led here.
///
/// # Errors
/// [`CallError`] if the ledger or a queue did not answer.
pub async fn take_next_channel(
    ledger: &impl DeliveryLedger,
    jobs: &impl JobQueue,
    job: &DeliveryJob,
    origin: &str,
) -> Result<(), CallError> {
    let next = job.next_channel();
    if next.is_empty() {
        return Ok(());
    }
    // Itself too: what can't be rendered any more may have been sent while it
    // could.
    for delivery_id in job.fallback.siblings.iter().chain([&job.delivery_id]) {
        let key = DeliveryKey { delivery_id: delivery_id.clone(), ..job.key() };
        let record = ledger.delivery(&key).await?;
        if !record.is_some_and(|record| has_failed(record.state)) {
            return Ok(());
        }
    }
    jobs.enqueue(&next, origin).await
}

/// Whether a delivery has failed for good, by what its senders did or by what its
/// provider reports.
pub fn has_failed(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Rejected
            | DeliveryState::Abandoned
            | DeliveryState::Undelivered
            | DeliveryState::Bounced
            | DeliveryState::Suppressed
    )
}
