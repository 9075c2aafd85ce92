//! What every function's `main.rs` shares: start, serve, stop with a sentence.

use std::future::Future;
use std::process::ExitCode;

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Context, Error, LambdaEvent, service_fn};

use super::{Visibility, batch};
use crate::model::clock::{self, Clock, SystemClock};
use crate::model::{Invocation, Postponed, Record};
use crate::platform::telemetry;

/// Runs a function until Lambda ends it. If it can't start, the log says why in
/// one sentence, and the process ends.
pub async fn start(function: impl Future<Output = Result<(), Error>>) -> ExitCode {
    telemetry::init();
    match function.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            telemetry::not_started(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Serves batches of a queue, record by record.
///
/// # Errors
/// If the Lambda runtime API is gone.
pub async fn serve<V, W, F>(visibility: V, work: W) -> Result<(), Error>
where
    V: Visibility,
    W: Fn(Record, Invocation) -> F,
    F: Future<Output = Result<(), Postponed>>,
{
    let (visibility, work) = (&visibility, &work);
    let handler = |event: LambdaEvent<SqsEvent>| async move {
        let invocation = invocation(&event.context).with_deadline_after(SystemClock.now());
        let each = |record| work(record, invocation.clone());
        batch::process(event.payload, &invocation, &SystemClock, visibility, each)
            .await
            .map_err(Error::from)
    };
    lambda_runtime::run(service_fn(handler)).await
}

fn invocation(context: &Context) -> Invocation {
    Invocation {
        request_id: context.request_id.clone(),
        deadline: clock::from_millis(context.deadline.try_into().unwrap_or(i64::MAX)),
    }
}
