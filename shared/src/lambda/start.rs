//! What every function's `main.rs` shares: start, serve, stop with a sentence.

use std::future::Future;
use std::process::ExitCode;

use aws_config::SdkConfig;
use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{Context, Error, LambdaEvent, service_fn};

use serde_json::Value;

use super::{Visibility, batch, stream};
use crate::model::clock::{self, Clock, SystemClock};
use crate::model::{Invocation, Postponed, Record};
use crate::platform::environment::{name_secret, process_environment};
use crate::platform::{DeadLetterQueue, aws, telemetry};

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

/// Reads the secret whose ARN is in the variable of this name with `_ARN` after it, once
/// for the life of the instance; settings then find it under the name itself. Without an
/// ARN there is none.
///
/// # Errors
/// If there is an ARN and the secret can't be read.
pub async fn read_secret(config: &SdkConfig, variable: &str) -> Result<(), Error> {
    let name = format!("{variable}_ARN");
    let Some(arn) = process_environment(&name).filter(|arn| !arn.is_empty()) else {
        return Ok(());
    };
    let client = aws_sdk_secretsmanager::Client::new(config);
    let answer = client.get_secret_value().secret_id(arn).send().await.map_err(|error| {
        let code = aws::fault(&error).code.unwrap_or_else(|| "no answer".to_owned());
        format!("the secret of {name} can't be read: {code}")
    })?;
    let secret = answer.secret_string.ok_or_else(|| format!("the secret of {name} is no text"))?;
    name_secret(variable, secret);
    Ok(())
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

/// Serves batches of a table's stream, record by record.
///
/// # Errors
/// If the Lambda runtime API is gone.
pub async fn serve_stream<D, W, F>(dead_letters: D, work: W) -> Result<(), Error>
where
    D: DeadLetterQueue,
    W: Fn(Record) -> F,
    F: Future<Output = Result<(), Postponed>>,
{
    let (dead_letters, work) = (&dead_letters, &work);
    let handler = |event: LambdaEvent<Value>| async move {
        let invocation = invocation(&event.context).with_deadline_after(SystemClock.now());
        stream::process(event.payload, &invocation, &SystemClock, dead_letters, work)
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
