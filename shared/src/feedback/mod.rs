//! Feedback: what a provider reports about a message, applied to its delivery (the
//! functions that receive such reports are not built yet), and what the application hears
//! of how deliveries ended.

pub mod outcomes;
pub mod webhook;

use crate::channel::sms::{SmsLogFailure, classify_log};
use crate::ledger::transition::{self, Fenced, Report};
use crate::ledger::{DeliveryKey, DeliveryLedger};
use crate::model::clock::Clock;
use crate::model::{Postponed, ProviderMessageId, Reason};
use crate::platform::telemetry;

/// A provider's report, with what identifies the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderReport {
    /// Which delivery, from the message's tags or the index on the provider's
    /// id.
    pub key: DeliveryKey,
    /// The provider's id of the message.
    pub provider_message_id: ProviderMessageId,
    /// What it says.
    pub report: Report,
    /// Why, by the provider's code.
    pub reason: Option<Reason>,
}

impl ProviderReport {
    /// The report of an SMS that, by its delivery log, has failed.
    pub fn of_sms_log(
        key: DeliveryKey,
        provider_message_id: ProviderMessageId,
        provider_response: &str,
    ) -> Self {
        let (report, reason) = match classify_log(provider_response) {
            SmsLogFailure::OptedOut => (Report::Suppressed, Reason::OptedOut),
            SmsLogFailure::Permanent => (Report::Undelivered, Reason::NotDeliverable),
            SmsLogFailure::Unreachable => (Report::Undelivered, Reason::Unreachable),
            SmsLogFailure::SpendLimit => (Report::Undelivered, Reason::SpendLimit),
        };
        Self { key, provider_message_id, report, reason: Some(reason) }
    }
}

/// Applies a report. Duplicates and reports out of order change nothing.
///
/// # Errors
/// [`Postponed`] if the ledger did not answer, or does not know the delivery
/// (yet): the report is then seen again.
pub async fn handle(
    ledger: &impl DeliveryLedger,
    clock: &impl Clock,
    report: &ProviderReport,
) -> Result<(), Postponed> {
    let ProviderReport { key, provider_message_id, report, reason } = report;
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
    match ledger.apply(key, &reported).await? {
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
