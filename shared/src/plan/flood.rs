//! The guard against a flood: an error in the order system that tells one customer fact
//! after fact. What is too many waits, and of all that waits about an order only the
//! newest is sent, which shows where the order stands.

use std::time::Duration;

use jiff::Timestamp;

use super::work::Ports;
use super::{DeferralLedger, Facts, Notification, Planner};
use crate::catalogue::NotificationType;
use crate::model::failure::CallError;
use crate::model::{Channel, Class, Reason, clock};

/// In how long a time facts are counted, and for how long what is too many waits.
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// Defers what was decided at this moment, if its customer was told too much of late.
pub(super) async fn guard<P: Ports>(
    planner: &Planner<P>,
    notification: &mut Notification,
    kind: &NotificationType,
    now: Timestamp,
) -> Result<(), CallError> {
    if kind.class != Class::Transactional || notification.decided_now(now).is_empty() {
        return Ok(());
    }
    let by_email = notification.email_hash.clone().map(|hash| (Channel::Email, hash));
    let by_phone = notification.phone_hash.clone().map(|hash| (Channel::Sms, hash));
    // Whoever has only devices can't be found by them.
    let Some((channel, contact)) = by_email.or(by_phone) else { return Ok(()) };
    let (since, most) = (clock::before(now, WINDOW), planner.settings.flood);
    let known = planner.ledger.decided_since(channel, &contact, since, most).await?;
    if known >= most {
        notification.put_off(kind, &Reason::Flood, Some(end(now)), now);
    }
    Ok(())
}

/// When what is too many is decided: for all of it at the same time.
fn end(now: Timestamp) -> Timestamp {
    let window = WINDOW.as_millis() as i64;
    let begun = now.as_millisecond().div_euclid(window);
    clock::from_millis((begun + 2) * window)
}

/// Whether a newer fact about the order waited for the same end of a flood. It may have been
/// decided already.
pub(super) fn is_old(stored: &Notification, facts: &Facts, now: Timestamp) -> bool {
    let mut ends = stored.waiting().filter(|of| of.reason == Reason::Flood && of.until <= now);
    let Some(end) = ends.next().map(|deferral| deferral.until) else { return false };
    let own = (stored.event_time, &stored.key);
    let newer = facts.told.iter().filter(|of| (of.event_time, &of.key) > own);
    let mut waited = newer.flat_map(|of| &of.deferrals);
    waited.any(|deferral| deferral.reason == Reason::Flood && deferral.until <= end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_too_many_waits_for_the_same_moment_ten_to_twenty_minutes_ahead() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (now, expected) in [
            ("2026-11-23T09:30:00Z", "2026-11-23T09:50:00Z"),
            ("2026-11-23T09:39:59.999Z", "2026-11-23T09:50:00Z"),
            ("2026-11-23T09:40:00Z", "2026-11-23T10:00:00Z"),
        ] {
            assert_eq!(end(at(now)), at(expected), "{now}");
        }
    }
}
