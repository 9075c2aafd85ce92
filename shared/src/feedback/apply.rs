//! A provider's report, applied to its delivery.

use crate::ledger::transition::{self, Fenced};
use crate::ledger::{DeliveryFacts, DeliveryKey, DeliveryLedger, DeliveryState};
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
    change(ledger, clock, report).await.map(drop)
}

/// What a report has changed.
#[derive(Debug)]
pub(super) enum Applied {
    /// The delivery, which has come to this state.
    Changed(Box<DeliveryFacts>, DeliveryState),
    /// Nothing: it was known, or is older than what is known.
    Nothing,
    /// Nothing: it is about a second message, which is logged.
    SentTwice,
}

/// Applies a report, and says what became of it.
pub(super) async fn change(
    ledger: &impl DeliveryLedger,
    clock: &impl Clock,
    report: &ProviderReport,
) -> Result<Applied, Postponed> {
    let ProviderReport { key, channel, provider_message_id, report, reason } = report;
    let before = ledger.delivery(key).await?;
    let Some(before) = before else {
        return Err(Postponed::by_backoff(Reason::UnknownDelivery));
    };
    // Two ids for one delivery: it was sent twice, which can't be undone, but is
    // counted.
    let sent_twice = || {
        let DeliveryKey { order_id, delivery_id } = key;
        telemetry::duplicate(order_id, delivery_id, provider_message_id, clock.now());
        Ok(Applied::SentTwice)
    };
    if before.is_of_another(provider_message_id) {
        return sent_twice();
    }
    let reported = transition::reported(*report, provider_message_id, reason.as_ref(), clock.now());
    let state = reported.change.state;
    match ledger.apply(key, &reported.on(*channel)).await? {
        Fenced::Applied { .. } => Ok(Applied::Changed(Box::new(before.facts), state)),
        // The other's report has come in between.
        Fenced::Conflict(Some(found)) if found.is_of_another(provider_message_id) => sent_twice(),
        Fenced::Conflict(Some(_)) => Ok(Applied::Nothing),
        Fenced::Conflict(None) => Err(Postponed::by_backoff(Reason::UnknownDelivery)),
    }
}
