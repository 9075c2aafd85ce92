//! A provider's report, applied to its delivery.

use crate::ledger::transition::{self, Fenced};
use crate::ledger::{DeliveryKey, DeliveryLedger};
use crate::model::clock::Clock;
use crate::model::{Channel, Postponed, ProviderMessageId, Reason, Report};
use crate::platform::telemetry;

/// A provider's report, with what identifies the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderReport {
    /// Which delivery, from the message's tags or the index on the provider's
    /// id.
    pub key: DeliveryKey,
    /// On which channel.
    pub channel: Channel,
    /// The provider's id of the message.
    pub provider_message_id: ProviderMessageId,
    /// What it says.
    pub report: Report,
    /// Why, by the provider's code.
    pub reason: Option<Reason>,
}

/// Applies a report. Duplicates and reports out of order change nothing.
///
/// # Errors
/// [`Postponed`] if the ledger did not answer, or does not know the delivery
/// (yet): the report is then seen again.
pub async fn apply(
    ledger: &impl DeliveryLedger,
    clock: &impl Clock,
    report: &ProviderReport,
) -> Result<(), Postponed> {
    let ProviderReport { key, channel, provider_message_id, report, reason } = report;
    let before = ledger.delivery(key).await?;
    let Some(before) = before else {
        return Err(Postponed { retry_after: None, reason: Reason::UnknownDelivery });
    };
    // Two ids for one delivery: it was sent twice, which can't be undone, but is
    // counted.
    let sent_twice = || telemetry::duplicate(&key.delivery_id, provider_message_id, clock.now());
    if before.is_of_another(provider_message_id) {
        sent_twice();
        return Ok(());
    }
    let reported = transition::reported(*report, provider_message_id, reason.as_ref(), clock.now());
    match ledger.apply(key, &reported.on(*channel)).await? {
        Fenced::Applied { .. } => Ok(()),
        Fenced::Conflict(Some(found)) => {
            // The other's report has come in between.
            if found.is_of_another(provider_message_id) {
                sent_twice();
            }
            Ok(())
        }
        Fenced::Conflict(None) => {
            Err(Postponed { retry_after: None, reason: Reason::UnknownDelivery })
        }
    }
}
