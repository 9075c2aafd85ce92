//! `profiles`: customer events become profiles and push endpoints.

use std::process::ExitCode;

use bellhop::channel::{Applications, SnsEndpoints};
use bellhop::clock::SystemClock;
use bellhop::config::{Environment, process_environment};
use bellhop::handler::customer_event::{Profiler, handle};
use bellhop::profile::DynamoProfiles;
use bellhop::queue::{QueuePair, SqsQueue};
use bellhop::{aws, function};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    function::start(run()).await
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
    let profiler = Profiler {
        profiles: DynamoProfiles::new(dynamodb, profiles_table),
        endpoints: SnsEndpoints::new(aws_sdk_sns::Client::new(&config), applications),
        quarantine: queue.clone(),
        clock: SystemClock,
    };
    let profiler = &profiler;
    function::serve(queue, |record, _| async move { handle(profiler, &record).await }).await
}
