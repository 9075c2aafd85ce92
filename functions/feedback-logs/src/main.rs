//! `feedback-logs`: lines of SNS's delivery logs are put on the feedback queue.

use std::process::ExitCode;

use bellhop::lambda::{self, LineQueue};
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let mut environment = Environment::new(&process_environment);
    let queue_url = environment.required("FEEDBACK_QUEUE_URL");
    let queue_url = environment.finish(queue_url)?;
    let config = aws::load().await;
    lambda::serve_logs(LineQueue::new(aws_sdk_sqs::Client::new(&config), queue_url)).await
}
