//! The functions' work: one record in, every consequence recorded. Generic over
//! the stores, queues, providers and the clock, so that tests and the simulator
//! run the very code that Lambda runs.

pub mod customer_event;
pub mod delivery;
pub mod order_event;
mod refuse;
pub mod retry;
