//! Load: the real senders as a fleet of Lambda instances, before a provider that has a
//! capacity, bad minutes and faults of its own, under a clock that runs as fast as
//! there is nothing to do. Hours take seconds.

pub mod clock;
pub mod fleet;
pub mod provider;
