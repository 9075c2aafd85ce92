//! `answers`: support's tools ask what became of an order, or of a customer's messages.

use std::process::ExitCode;

use bellhop::answers::{Ports, Support, answer};
use bellhop::customer::{ContactKey, DynamoProfiles};
use bellhop::lambda::{self, read_secret};
use bellhop::ledger::DynamoLedger;
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = DynamoLedger;
    type Suppressions = DynamoProfiles;
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
    let contact_key = environment.parsed("CONTACT_KEY", ContactKey::parse);
    let contact_key = environment.finish(contact_key)?.ok_or("CONTACT_KEY is missing")?;

    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let support = Support::<OnAws> {
        ledger: DynamoLedger::new(dynamodb.clone(), ledger_table),
        suppressions: DynamoProfiles::new(dynamodb, profiles_table),
        contact_key,
        clock: SystemClock,
    };
    let support = &support;
    lambda::serve_url(|request| async move { answer(support, &request).await }).await
}
