//! Attempts that made no call, though the ledger may hold their claims: nothing of the
//! claim was answered. Whoever made them knows that they sent nothing, so an instance
//! remembers them, for the day on which it meets such a claim.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::id::AttemptId;

/// So many are remembered.
const MOST: usize = 1000;

/// The attempts of this instance that certainly sent nothing.
#[derive(Debug, Default)]
pub struct Unsent(Mutex<VecDeque<AttemptId>>);

impl Unsent {
    /// Remembers an attempt; the oldest is forgotten where there are too many.
    pub fn remember(&self, attempt: AttemptId) {
        let mut attempts = self.attempts();
        if attempts.len() == MOST {
            attempts.pop_front();
        }
        attempts.push_back(attempt);
    }

    /// Whether the attempt certainly sent nothing.
    pub fn contains(&self, attempt: &AttemptId) -> bool {
        self.attempts().contains(attempt)
    }

    fn attempts(&self) -> MutexGuard<'_, VecDeque<AttemptId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
