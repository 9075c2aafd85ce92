//! Feedback: what providers report about messages they have taken, applied to their
//! deliveries and to whom is written again.
//!
//! Everything arrives on one queue: SES's events by way of SNS, and lines of SNS's
//! delivery logs, which `feedback-logs` puts there ([`lines_of`]). So what comes too
//! early, or while a table does not answer, is seen again, and what nobody can read is
//! dead-lettered whole.
//!
//! What becomes of deliveries is published to the application ([`outcomes`]), and posted
//! to it ([`webhook`]).

pub mod outcomes;
pub mod webhook;

mod apply;
mod logs;
mod source;
mod work;

pub use apply::{ProviderReport, apply};
pub use logs::{LogsError, lines_of};
pub use source::{Feedback, FeedbackError};
pub use work::{Observer, Ports, handle};
