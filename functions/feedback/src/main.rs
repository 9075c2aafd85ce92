//! `feedback`: what providers report about messages becomes known in the ledger.

use std::process::ExitCode;

use bellhop::customer::{ContactKey, DynamoProfiles};
use bellhop::delivery::SqsRoutes;
use bellhop::feedback::{Observer, Ports, handle};
use bellhop::lambda::{self, QueuePair, SqsQueue, read_secret};
use bellhop::ledger::{DynamoLedger, Retention, SealedLedger, Vault};
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use bellhop::platform::keys::KeyRing;
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = SealedLedger;
    type Profiles = DynamoProfiles;
    type Routes = SqsRoutes;
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
    read_secret(&config, "LEDGER_KEYS").await?;
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let profiles_table = environment.required("PROFILES_TABLE");
    let reports = QueuePair::from_environment(&mut environment);
    let events = SqsRoutes::url_from_environment(&mut environment);
    let contact_key = environment.parsed("CONTACT_KEY", ContactKey::parse);
    let retention = Retention::from_environment(&mut environment);
    let keys = environment.parsed("LEDGER_KEYS", KeyRing::parse);
    let (contact_key, keys) = environment.finish((contact_key, keys))?;

    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), vec![reports]);
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let profiles = DynamoProfiles::new(dynamodb.clone(), profiles_table);
    let vault = Vault::new(keys.ok_or("LEDGER_KEYS is missing")?, profiles.clone());
    let observer = Observer::<OnAws> {
        ledger: DynamoLedger::new(dynamodb, ledger_table, retention).with(vault),
        profiles,
        contact_key: contact_key.ok_or("CONTACT_KEY is missing")?,
        routes: SqsRoutes::new(sqs, events),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let observer = &observer;
    lambda::serve(queue, |record, _| async move { handle(observer, &record).await }).await
}
