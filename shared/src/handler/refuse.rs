//! Setting a message aside: what can never be processed leaves its queue at
//! once, whole and with the reason beside it, so that its neighbours go on.

use crate::batch::{Postponed, Record};
use crate::clock::Clock;
use crate::queue::{Quarantine, Refusal};
use crate::telemetry;

pub(super) async fn refuse(
    quarantine: &impl Quarantine,
    clock: &impl Clock,
    record: &Record,
    refusal: &Refusal,
) -> Result<(), Postponed> {
    quarantine.quarantine(record, refusal).await?;
    telemetry::quarantined(record, &refusal.code, &refusal.detail, clock.now());
    Ok(())
}
