//! Faults: what becomes of a call when AWS or the network fails, with the real
//! clients, as the functions configure them, against a server that follows a
//! script. The server counts: a call that may have been answered is never made
//! twice. (The local AWS can't show this: it refuses nothing.)
//!
//! "Fault 5" is the number of a fault in the list that the design was made
//! against.

mod delivery;
mod endpoint;
mod ledger;
mod network;
mod send;
mod ses;
mod sns;
mod sqs;

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use bellhop::aws::without_retries;
use bellhop_cli::local::sdk_config;

/// A configuration that repeats failed calls eagerly, as the environment or a
/// later change might ask for.
fn eager(url: &str) -> SdkConfig {
    let retries =
        RetryConfig::standard().with_max_attempts(5).with_initial_backoff(Duration::from_millis(1));
    sdk_config(url).to_builder().retry_config(retries).build()
}

/// The configuration of the providers' clients, made from an eager one.
fn provider(url: &str) -> SdkConfig {
    without_retries(&eager(url))
}

/// The same, but that waits for an answer for a shorter time.
fn impatient_provider(url: &str) -> SdkConfig {
    let timeouts =
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(300)).build();
    provider(url).to_builder().timeout_config(timeouts).build()
}
