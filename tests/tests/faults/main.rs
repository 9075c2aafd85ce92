//! Faults: what becomes of a call when AWS or the network fails, and of a delivery
//! when a function dies. The real clients, as the functions configure them, meet a
//! server that follows a script and counts: a call that may have been answered is
//! never made twice. (The local AWS can't show this: it rejects nothing.) Where a
//! fault is a death or a clock, the ledger in memory gives the trouble.
//!
//! "Fault 5" is the number of a fault in `tests/FAULTS.md`; [`list`] checks that
//! every test that it names is there.

mod crash;
mod delivery;
mod dependencies;
mod endpoint;
mod erasure;
mod feedback;
mod ledger;
mod list;
mod network;
mod partial_batch;
mod planning;
mod profiles;
mod provider;
mod queue;
mod send;
mod ses;
mod sns;
mod sqs;
mod taxonomy;
mod tracing;
mod world;
