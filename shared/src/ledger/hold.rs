//! A channel that another function has found to be at fault: SNS takes SMS beyond the
//! account's spend limit and only logs that none was delivered, so `feedback` learns of
//! it and the senders must.
//!
//! The hold stands in the ledger's table. A sender looks at it once a minute, not once
//! per message, so at most a minute's messages are sent in vain.

use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::model::failure::CallError;
use crate::model::{Channel, Reason};

/// How long a channel is held after the last report of its fault. Then messages flow
/// again; should the fault last, the first report of it holds the channel again.
pub const HOLD: Duration = Duration::from_secs(60 * 60);

/// That a channel is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Until when, epoch milliseconds.
    #[serde(with = "millisecond::required")]
    pub until: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// Where holds are kept.
pub trait Holds: Sync {
    /// Holds the channel, in place of a hold that stands already. True, if the channel
    /// was not held.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn hold(
        &self,
        channel: Channel,
        hold: &Hold,
        now: Timestamp,
    ) -> impl Future<Output = Result<bool, CallError>> + Send;

    /// The channel's hold, over or not.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    fn held(
        &self,
        channel: Channel,
    ) -> impl Future<Output = Result<Option<Hold>, CallError>> + Send;
}
