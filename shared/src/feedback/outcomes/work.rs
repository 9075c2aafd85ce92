//! The work of `outcomes`: a change of the ledger becomes what it publishes.

use super::{Change, OutcomeEvent, PublishOutcomes, UnreadableChange, Wanted, announcements, read};
use crate::model::clock::Clock;
use crate::model::{Postponed, Reason, Record};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent, telemetry};

/// What publishing outcomes needs from outside.
pub trait Ports {
    /// Where they are published.
    type Topic: PublishOutcomes;
    /// Where changes go that can't be read.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What publishing outcomes works with.
pub struct Announcer<P: Ports> {
    /// Which are published.
    pub wanted: Wanted,
    /// The deployment, as events name it.
    pub source: String,
    /// Where they are published.
    pub topic: P::Topic,
    /// Where changes go that can't be read.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// Publishes what one change of the ledger says.
///
/// # Errors
/// [`Postponed`] if the topic did not take it; processing the same record again
/// publishes the same events under the same ids.
pub async fn handle<P: Ports>(announcer: &Announcer<P>, record: &Record) -> Result<(), Postponed> {
    let Announcer { dead_letters, clock, .. } = announcer;
    let events = match events(announcer, &record.body) {
        Ok(events) => events,
        Err(unreadable) => {
            let letter =
                DeadLetter { reason: Reason::InvalidField, detail: unreadable.to_string() };
            return dead_letter(dead_letters, clock, record, &letter).await;
        }
    };
    let published = publish(announcer, &events).await;
    dead_letter_permanent(dead_letters, clock, record, published).await
}

fn events<P: Ports>(
    announcer: &Announcer<P>,
    record: &str,
) -> Result<Vec<OutcomeEvent>, UnreadableChange> {
    let Announcer { wanted, source, .. } = announcer;
    Ok(match read(record)? {
        Change::Delivery(changed) => announcements(&changed, wanted)
            .into_iter()
            .filter_map(|announcement| OutcomeEvent::of_delivery(source, &changed, announcement))
            .collect(),
        Change::Unreached(notification) => {
            vec![OutcomeEvent::of_unreached(source, notification)]
        }
        Change::Nothing => Vec::new(),
    })
}

async fn publish<P: Ports>(
    announcer: &Announcer<P>,
    events: &[OutcomeEvent],
) -> Result<(), Postponed> {
    for event in events {
        announcer.topic.publish(event).await?;
        let now = announcer.clock.now();
        telemetry::outcome_published(&event.subject, &event.id, event.kind.as_str(), now);
    }
    Ok(())
}
