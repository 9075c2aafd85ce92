//! EventBridge Scheduler: one schedule per deferred notification, gone when it has fired.

use std::time::Duration;

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::error::{BuildError, SdkError};
use aws_sdk_scheduler::types::{
    ActionAfterCompletion, FlexibleTimeWindow, FlexibleTimeWindowMode, SqsParameters, Target,
};
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use jiff::Timestamp;

use crate::event::Due;
use crate::model::clock;
use crate::model::failure::CallError;
use crate::model::id::hash;
use crate::plan::Schedules;
use crate::platform::aws::{building, fault, send_batch};
use crate::platform::environment::Environment;

/// Within how many minutes a schedule fires: everybody's quiet hours end at the same time.
const WINDOW_MINUTES: i32 = 10;

/// How far ahead a schedule must be: one in the past may never fire.
const AHEAD: Duration = Duration::from_secs(30);

/// SQS takes at most this many entries per batch.
const BATCH: usize = 10;

/// Where schedules stand, and what they put their message on.
#[derive(Debug, Clone)]
pub struct ScheduleTarget {
    /// The group of schedules.
    pub group: String,
    /// The role that Scheduler takes on.
    pub role_arn: String,
    /// The queue of order events.
    pub queue_arn: String,
    /// The same queue's URL.
    pub queue_url: String,
}

impl ScheduleTarget {
    /// `SCHEDULE_GROUP`, `SCHEDULE_ROLE_ARN`, `QUEUE_ARN`, `QUEUE_URL`. What is missing is
    /// told by [`Environment::finish`].
    pub fn from_environment(environment: &mut Environment<'_>) -> Self {
        Self {
            group: environment.required("SCHEDULE_GROUP"),
            role_arn: environment.required("SCHEDULE_ROLE_ARN"),
            queue_arn: environment.required("QUEUE_ARN"),
            queue_url: environment.required("QUEUE_URL"),
        }
    }
}

/// Schedules of EventBridge Scheduler.
#[derive(Debug, Clone)]
pub struct EventBridgeSchedules {
    scheduler: Client,
    sqs: aws_sdk_sqs::Client,
    target: ScheduleTarget,
}

impl EventBridgeSchedules {
    /// Schedules for this target.
    pub fn new(scheduler: Client, sqs: aws_sdk_sqs::Client, target: ScheduleTarget) -> Self {
        Self { scheduler, sqs, target }
    }

    fn target(&self, due: &Due) -> Result<Target, BuildError> {
        let group = SqsParameters::builder().message_group_id(due.order_id.as_str()).build();
        Target::builder()
            .arn(&self.target.queue_arn)
            .role_arn(&self.target.role_arn)
            .sqs_parameters(group)
            .input(due.body())
            .build()
    }
}

/// The expression of a moment, in UTC and whole seconds, and never in the past.
fn expression(due_at: Timestamp, now: Timestamp) -> String {
    let at = due_at.max(clock::after(now, AHEAD));
    // Scheduler knows no fractions, and nothing is sent before its time.
    let at = clock::after(at, Duration::from_millis(999));
    format!("at({})", at.strftime("%Y-%m-%dT%H:%M:%S"))
}

impl Schedules for EventBridgeSchedules {
    async fn schedule(&self, due: &Due, now: Timestamp) -> Result<(), CallError> {
        let encode = |error: BuildError| CallError::unexpected("scheduler:encode", error);
        let window = FlexibleTimeWindow::builder()
            .mode(FlexibleTimeWindowMode::Flexible)
            .maximum_window_in_minutes(WINDOW_MINUTES)
            .build();
        let create = self
            .scheduler
            .create_schedule()
            .group_name(&self.target.group)
            .name(due.name())
            .schedule_expression(expression(due.due_at, now))
            .flexible_time_window(window.map_err(encode)?)
            .action_after_completion(ActionAfterCompletion::Delete)
            .target(self.target(due).map_err(encode)?);
        match create.send().await {
            Ok(_) => Ok(()),
            // It stands already, as the name says.
            Err(SdkError::ServiceError(e)) if e.err().is_conflict_exception() => Ok(()),
            Err(e) => Err(CallError::new("scheduler:CreateSchedule", &fault(&e))),
        }
    }

    async fn cancel(&self, due: &Due) -> Result<(), CallError> {
        let delete = self.scheduler.delete_schedule().group_name(&self.target.group);
        match delete.name(due.name()).send().await {
            Ok(_) => Ok(()),
            Err(SdkError::ServiceError(e)) if e.err().is_resource_not_found_exception() => Ok(()),
            Err(e) => Err(CallError::new("scheduler:DeleteSchedule", &fault(&e))),
        }
    }

    async fn announce(&self, due: &[Due], origin: &str) -> Result<(), CallError> {
        for batch in due.chunks(BATCH) {
            let entry = |due: &Due| {
                SendMessageBatchRequestEntry::builder()
                    .id(due.name())
                    .message_group_id(due.order_id.as_str())
                    .message_deduplication_id(hash(["due", &due.name(), origin]))
                    .message_body(due.body())
                    .build()
            };
            let entries: Result<Vec<_>, _> = batch.iter().map(entry).collect();
            send_batch(&self.sqs, &self.target.queue_url, entries.map_err(building)?).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_a_whole_second_of_utc_never_early_and_never_in_the_past() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-23T09:30:00Z");
        let of = |due_at: &str| expression(at(due_at), now);
        assert_eq!(of("2026-11-30T07:00:00Z"), "at(2026-11-30T07:00:00)");
        assert_eq!(of("2026-11-30T08:00:00.001+01:00"), "at(2026-11-30T07:00:01)");
        assert_eq!(of("2026-11-23T09:29:00Z"), "at(2026-11-23T09:30:30)");
    }
}
