//! `feedback`: what providers report about messages becomes known in the ledger.

use std::process::ExitCode;

use bellhop::customer::{ContactKey, DynamoProfiles};
use bellhop::delivery::{QueueUrls, SqsJobs};
use bellhop::feedback::{Observer, Ports, handle};
use bellhop::lambda::{self, QueuePair, SqsQueue, read_secret};
use bellhop::ledger::DynamoLedger;
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = DynamoLedger;
    type Profiles = DynamoProfiles;
    type Jobs = SqsJobs;
    type DeadLetters = SqsQueue;
    type Clock = SystemClock;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    read_secret(&config, "CONTACT_KEY").await?;
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let profiles_table = environment.required("PROFILES_TABLE");
    let reports = QueuePair::from_environment(&mut environment);
    let urls = QueueUrls::from_environment(&mut environment);
    let contact_key = environment.parsed("CONTACT_KEY", ContactKey::parse);
    let contact_key = environment.finish(contact_key)?.ok_or("CONTACT_KEY is missing")?;

    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), vec![reports]);
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let observer = Observer::<OnAws> {
        ledger: DynamoLedger::new(dynamodb.clone(), ledger_table),
        profiles: DynamoProfiles::new(dynamodb, profiles_table),
        contact_key,
        jobs: SqsJobs::new(sqs, urls),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let observer = &observer;
    lambda::serve(queue, |record, _| async move { handle(observer, &record).await }).await
}
