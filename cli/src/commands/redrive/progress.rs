//! Releasing at a rate, with a line of progress, until somebody interrupts it.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};

/// Where nobody sees a line change, a new one is written after so many.
const EVERY: usize = 100;

/// Releases wait for their turn here.
pub(super) struct Pace {
    turns: Interval,
    released: usize,
    of: usize,
    interrupted: Arc<AtomicBool>,
}

impl Pace {
    /// So many a second, until Ctrl-C.
    pub(super) fn new(rate: u32) -> Self {
        let mut turns = interval(Duration::from_secs(1) / rate.max(1));
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                flag.store(true, Ordering::SeqCst);
            }
        });
        Self { turns, released: 0, of: 0, interrupted }
    }

    /// So many more may follow.
    pub(super) fn expect(&mut self, more: usize) {
        self.of += more;
    }

    /// Whether somebody wants it to end. What is under way is finished first.
    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst)
    }

    /// Waits for the turn of the next.
    pub(super) async fn turn(&mut self) {
        self.turns.tick().await;
    }

    /// Counts one that is released.
    pub(super) fn released(&mut self) {
        self.released += 1;
        let of = self.of.max(self.released);
        let line = format!("released {} of about {of}", self.released);
        if io::stderr().is_terminal() {
            _ = write!(io::stderr(), "\r{line} ");
            _ = io::stderr().flush();
        } else if self.released.is_multiple_of(EVERY) {
            _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// Ends the line.
    pub(super) fn end(&self) {
        if self.released > 0 && io::stderr().is_terminal() {
            _ = writeln!(io::stderr());
        }
    }
}
