//! `outcomes`: how deliveries ended becomes events for the application.

use std::process::ExitCode;

use bellhop::feedback::outcomes::{Announcer, Ports, SnsTopic, Wanted, handle, source};
use bellhop::lambda::{self, SqsDeadLetters};
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Topic = SnsTopic;
    type DeadLetters = SqsDeadLetters;
    type Clock = SystemClock;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let mut environment = Environment::new(&process_environment);
    let topic = environment.required("OUTCOMES_TOPIC_ARN");
    let dead_letters = environment.required("DEAD_LETTER_QUEUE_URL");
    let source = source(&environment.required("STAGE"));
    let wanted = environment.parsed("OUTCOME_EVENTS", Wanted::parse).unwrap_or_default();
    let wanted = environment.finish(wanted)?;

    let config = aws::load().await;
    let dead_letters = SqsDeadLetters::new(aws_sdk_sqs::Client::new(&config), dead_letters);
    let announcer = Announcer::<OnAws> {
        wanted,
        source,
        topic: SnsTopic::new(aws_sdk_sns::Client::new(&config), topic),
        dead_letters: dead_letters.clone(),
        clock: SystemClock,
    };
    let announcer = &announcer;
    lambda::serve_stream(dead_letters, |record| async move { handle(announcer, &record).await })
        .await
}
