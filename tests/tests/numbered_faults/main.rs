//! The faults of the list in `tests/FAULTS.md`, by number. Where a fault is on
//! the wire, the real clients meet a server that follows a script and counts;
//! where it is a death or a clock, the ledger in memory gives the trouble.
//!
//! Numbers that have their test elsewhere are on the list too, and [`list`]
//! checks that every test it names is there.

mod crash;
mod dependencies;
mod list;
mod partial_batch;
mod provider;
mod queue;
mod support;
mod taxonomy;
