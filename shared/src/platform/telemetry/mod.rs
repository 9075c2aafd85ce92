//! Logs and metrics. What may be said is what these functions take: ids, types,
//! states, codes and times, never a contact detail or a message text.
//!
//! A decision is one line of JSON on standard output. Where it is counted, the line holds
//! the numbers too, in CloudWatch's embedded metric format. CloudWatch bills for each
//! metric and each value of its dimensions, and nothing for a line's members: so what
//! tells lines apart (type, channel, reason, country) is a member, for CloudWatch Logs
//! Insights to ask, and [`Metric`] is the whole list of what is billed.
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.

mod answer;
mod delivery;
mod deployment;
mod due;
mod event;
mod line;
mod metric;
mod outcome;
mod record;
mod report;

pub use answer::{answered, preferences_answered};
pub use delivery::{Attempts, DeliveryChanged, SmsParts, acceptance_lost, delivery, duplicate};
pub use deployment::{
    circuit_closed, circuit_opened, overrides_broken, overrides_flawed, overrides_used,
};
pub use due::{DecidedAgain, channel_failed, due, swept};
pub use event::{CustomerEventHandled, OrderEventHandled, customer_event, order_event};
pub use metric::{Billed, Metric, Unit, billed};
pub use outcome::{outcome_published, webhook_taken};
pub use record::{dead_lettered, record_postponed};
pub use report::{Price, ReportHandled, ReportedChange, report, suppressed};

use lambda_runtime::tracing::subscriber;

use super::environment::process_environment;
use crate::model::Reason;

/// Starts the log, and keeps panic messages, which may quote data, out of it:
/// only the place is logged.
pub fn init() {
    let level =
        process_environment("AWS_LAMBDA_LOG_LEVEL").or_else(|| process_environment("RUST_LOG"));
    let level = level.and_then(|level| level.parse().ok());
    // As the lines of decisions are: JSON, with its members at the root.
    subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_current_span(false)
        .with_span_list(false)
        .without_time()
        .with_max_level(level.unwrap_or(subscriber::filter::LevelFilter::INFO))
        .init();
    line::start();
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "panic");
    }));
}

/// The function can't start.
pub fn not_started(problem: &str) {
    tracing::error!(problem, "the function can't start");
}

/// A call whose failure changes nothing.
pub fn benign(operation: &str, reason: &Reason) {
    let reason = reason.code();
    let reason = reason.as_ref();
    tracing::debug!(operation, reason, "ignored");
}
