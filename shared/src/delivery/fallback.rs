//! A route's next channel ("push or else sms"): decided once a delivery and all its
//! siblings, the route's other deliveries on its channel, have failed for good. One
//! that was given up without a known outcome has failed too: the customer rather
//! hears twice than not at all. Who is written to then, and when, `plan` decides by what
//! is known then.

use std::future::Future;

use super::DeliveryJob;
use crate::event::ChannelFailed;
use crate::ledger::{DeliveryKey, DeliveryLedger, DeliveryState};
use crate::model::Origin;
use crate::model::failure::CallError;

/// Lets routes go on.
pub trait Routes: Sync {
    /// Says that every delivery on this channel has failed. `origin` is the message that
    /// led here. Saying it again is harmless.
    ///
    /// # Errors
    /// [`CallError`] if it is not known to be said.
    fn channel_failed(
        &self,
        failed: &ChannelFailed,
        origin: Origin<'_>,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Lets the route go on if this delivery and all its siblings have failed. Each sibling
/// records its own failure before it looks at the others, so the last one finds them all;
/// should two find so, both say the same.
///
/// # Errors
/// [`CallError`] if the ledger or a queue did not answer.
pub async fn take_next_channel(
    ledger: &impl DeliveryLedger,
    routes: &impl Routes,
    job: &DeliveryJob,
    origin: Origin<'_>,
) -> Result<(), CallError> {
    if job.fallback.is_empty() {
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
    let failed = ChannelFailed {
        order_id: job.order_id.clone(),
        notification: job.notification.clone(),
        channel: job.channel(),
    };
    routes.channel_failed(&failed, origin).await
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
