//! What the tests share: order events and the messages that carry them, the
//! product in memory, a server that follows a script, and the contract that
//! every store keeps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "support code of tests says that something is wrong by panicking"
)]

pub mod anything;
pub mod aws;
pub mod change;
pub mod child;
pub mod contract;
pub mod event;
pub mod fifo;
pub mod fuzz;
pub mod job;
pub mod load;
pub mod poller;
pub mod server;
pub mod simulator;
pub mod store;
pub mod world;

use std::time::Duration;

use bellhop::model::clock::Timestamp;
use tokio::time::{Instant, interval};

/// When the facts of these tests happen, unless they say otherwise.
pub const HAPPENED: &str = "2026-11-23T09:30:00Z";

/// A moment from its RFC 3339 text.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Looks until `look` finds something, for so long at most.
pub async fn eventually<T>(patience: Duration, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let started = Instant::now();
    let mut glances = interval(Duration::from_millis(100));
    while started.elapsed() < patience {
        glances.tick().await;
        if let Some(found) = look().await {
            return found;
        }
    }
    panic!("{what} did not come about in {patience:?}")
}
