//! `profiles`: customer events become profiles and push endpoints.

use std::process::ExitCode;

use bellhop::channel::push::{Applications, SnsEndpoints};
use bellhop::customer::{DynamoProfiles, Ports, Profiler, handle};
use bellhop::lambda::{self, QueuePair, SqsQueue};
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Profiles = DynamoProfiles;
    type Endpoints = SnsEndpoints;
    type DeadLetters = SqsQueue;
    type Clock = SystemClock;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let mut environment = Environment::new(&process_environment);
    let profiles_table = environment.required("PROFILES_TABLE");
    let events = QueuePair::from_environment(&mut environment);
    let applications = Applications {
        fcm: environment.optional("FCM_APPLICATION_ARN"),
        apns: environment.optional("APNS_APPLICATION_ARN"),
        apns_sandbox: environment.optional("APNS_SANDBOX_APPLICATION_ARN"),
    };
    let applications = environment.finish(applications)?;

    let config = aws::load().await;
    let queue = SqsQueue::new(aws_sdk_sqs::Client::new(&config), vec![events]);
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let profiler = Profiler::<OnAws> {
        profiles: DynamoProfiles::new(dynamodb, profiles_table),
        endpoints: SnsEndpoints::new(aws_sdk_sns::Client::new(&config), applications),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let profiler = &profiler;
    lambda::serve(queue, |record, _| async move { handle(profiler, &record).await }).await
}
