//! What a provider reports about a message, applied to its delivery. (The
//! functions that receive such reports are not built yet.)

use crate::batch::Postponed;
use crate::clock::Clock;
use crate::failure::{SmsLogFailure, classify_sms_log};
use crate::ledger::DeliveryLedger;
use crate::ledger::record::DeliveryKey;
use crate::ledger::transition::{self, Fenced, Report};
use crate::telemetry;

/// A provider's report, with what identifies the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderReport {
    /// Which delivery, from the message's tags or the index on the provider's
    /// id.
    pub key: DeliveryKey,
    /// The provider's id of the message.
    pub provider_message_id: String,
    /// What it says.
    pub report: Report,
    /// Why, by the provider's code.
    pub reason: Option<String>,
}

impl ProviderReport {
    /// The report that a delivery log makes of an SMS it tells has failed.
    pub fn of_sms_log(
        key: DeliveryKey,
        provider_message_id: &str,
        provider_response: &str,
    ) -> Self {
        let (report, reason) = match classify_sms_log(provider_response) {
            SmsLogFailure::OptedOut => (Report::Suppressed, "opted_out"),
            SmsLogFailure::Permanent => (Report::Undelivered, "not_deliverable"),
            SmsLogFailure::Unreachable => (Report::Undelivered, "unreachable"),
            SmsLogFailure::SpendLimit => (Report::Undelivered, "spend_limit"),
        };
        Self {
            key,
            provider_message_id: provider_message_id.to_owned(),
            report,
            reason: Some(reason.to_owned()),
        }
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
        return Err(Postponed { retry_after: None, reason: "unknown_delivery".to_owned() });
    };
    // Two ids for one delivery: it was sent twice. It can't be undone, but it
    // is told.
    let told_twice = || telemetry::duplicate(&key.delivery_id, provider_message_id, clock.now());
    if before.is_of_another(provider_message_id) {
        told_twice();
        return Ok(());
    }
    let reported =
        transition::reported(*report, provider_message_id, reason.as_deref(), clock.now());
    match ledger.apply(key, &reported).await? {
        Fenced::Made { .. } => Ok(()),
        Fenced::Refused(Some(found)) => {
            // The other's report has come in between.
            if found.is_of_another(provider_message_id) {
                told_twice();
            }
            Ok(())
        }
        Fenced::Refused(None) => {
            Err(Postponed { retry_after: None, reason: "unknown_delivery".to_owned() })
        }
    }
}
