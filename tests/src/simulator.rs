//! A simulator of everything around the handlers: planning, the ledger and the
//! senders are the real ones, the tables, queues, providers and clocks are in
//! memory and under control. Nothing in it depends on the machine's time, or on
//! threads: a seed, or a list of choices, gives the same course of things again.
//!
//! A worker's future is polled by hand ([`steps`]). Every call that it makes
//! goes through its [`port`], which stops it before the call takes effect and
//! before it hears the answer; there it can be left standing, for as long as one
//! likes, or be dropped. [`course`] draws such courses by chance, [`every`]
//! goes through all of them for two workers on one job. [`witness`] notes what
//! really happens, and [`laws`] says what must hold of it.

pub mod chance;
pub mod course;
pub mod every;
pub mod fates;
pub mod laws;
pub mod moves;
pub mod outcome;
pub mod plot;
pub mod port;
pub mod queue;
pub mod random;
pub mod steps;
pub mod told;
pub mod witness;
pub mod worker;
pub mod world;
