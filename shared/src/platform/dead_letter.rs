//! Dead letters: a message that can never be processed leaves its queue at once,
//! whole and with the reason beside it, so that its neighbours go on.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use super::telemetry;
use crate::model::clock::Clock;
use crate::model::failure::CallError;
use crate::model::{Postponed, Reason, Record};

/// Why a message is dead-lettered; becomes the message attributes
/// `bellhop-reason` and `bellhop-detail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The reason, e.g. `invalid_field`.
    pub reason: Reason,
    /// The sentence for people, naming the field.
    pub detail: String,
}

/// Takes messages that can't be processed and never will be.
pub trait DeadLetterQueue: Sync {
    /// Puts the body, as received, on the dead-letter queue, with the reason
    /// beside it.
    ///
    /// # Errors
    /// [`CallError`] if the message is not known to be there; the original must
    /// then stay on its own queue.
    fn put(
        &self,
        message: &Record,
        letter: &DeadLetter,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// Dead-letters a message.
///
/// # Errors
/// [`Postponed`] if the dead-letter queue did not take it.
pub async fn dead_letter(
    queue: &impl DeadLetterQueue,
    clock: &impl Clock,
    record: &Record,
    letter: &DeadLetter,
) -> Result<(), Postponed> {
    queue.put(record, letter).await?;
    telemetry::dead_lettered(record, letter, clock.now());
    Ok(())
}

/// Dead-letters a message of which a store or queue says that it never takes what
/// comes of it; whatever else came of it stands.
///
/// # Errors
/// [`Postponed`] as it was, or if the dead-letter queue did not take it.
pub async fn dead_letter_permanent(
    queue: &impl DeadLetterQueue,
    clock: &impl Clock,
    record: &Record,
    outcome: Result<(), Postponed>,
) -> Result<(), Postponed> {
    match outcome {
        Err(Postponed { reason: Reason::CallFailed(error), .. }) if error.is_permanent() => {
            let detail = "what it leads to can't be stored, now or later".to_owned();
            let letter = DeadLetter { reason: error.into(), detail };
            dead_letter(queue, clock, record, &letter).await
        }
        outcome => outcome,
    }
}

/// A dead-letter queue in memory, for tests and the simulator.
#[derive(Debug, Default)]
pub struct MemoryDeadLetters(Mutex<Vec<(Record, DeadLetter)>>);

impl MemoryDeadLetters {
    /// Every message on it.
    pub fn all(&self) -> Vec<(Record, DeadLetter)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl DeadLetterQueue for MemoryDeadLetters {
    async fn put(&self, message: &Record, letter: &DeadLetter) -> Result<(), CallError> {
        let mut letters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        letters.push((message.clone(), letter.clone()));
        Ok(())
    }
}
