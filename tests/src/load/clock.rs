//! Tokio's paused clock as ours: it stands still while anything runs, and leaps when
//! everything waits.

use std::time::Duration;

use bellhop::model::clock::{self, Clock, Timestamp};
use tokio::time::Instant;

/// A clock that began at a time of its own.
#[derive(Debug, Clone, Copy)]
pub struct Virtual {
    began: Instant,
    at: Timestamp,
}

impl Virtual {
    /// A clock that stands at `at` now; in a runtime whose time is paused.
    pub fn at(at: Timestamp) -> Self {
        Self { began: Instant::now(), at }
    }

    /// How long it has been running.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

impl Clock for Virtual {
    fn now(&self) -> Timestamp {
        let elapsed = jiff::SignedDuration::try_from(self.elapsed()).unwrap();
        self.at.checked_add(elapsed).unwrap()
    }

    async fn sleep_until(&self, at: Timestamp) {
        tokio::time::sleep(clock::until(self.now(), at)).await;
    }
}
