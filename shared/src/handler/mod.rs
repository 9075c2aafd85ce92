//! The functions' work: one record in, every consequence recorded. Generic over
//! the stores, queues, providers and the clock, so that tests and the simulator
//! run the very code that Lambda runs.

pub mod circuit;
pub mod customer_event;
pub mod delivery;
pub mod order_event;
pub mod provider_report;
mod refuse;
pub mod retry;
