//! `answers`: support's tools ask what became of an order, or of a customer's messages.

use std::process::ExitCode;

use bellhop::answers::{Ports, Support, answer};
use bellhop::customer::{ContactKey, DynamoProfiles};
use bellhop::lambda::{self, read_secret};
use bellhop::ledger::{DynamoLedger, Retention, SealedLedger, Vault};
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use bellhop::platform::keys::KeyRing;
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = SealedLedger;
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
    read_secret(&config, "LEDGER_KEYS").await?;
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let profiles_table = environment.required("PROFILES_TABLE");
    let contact_key = environment.parsed("CONTACT_KEY", ContactKey::parse);
    let retention = Retention::from_environment(&mut environment);
    let keys = environment.parsed("LEDGER_KEYS", KeyRing::parse);
    let (contact_key, keys) = environment.finish((contact_key, keys))?;

    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let profiles = DynamoProfiles::new(dynamodb.clone(), profiles_table);
    let vault = Vault::new(keys.ok_or("LEDGER_KEYS is missing")?, profiles.clone());
    let support = Support::<OnAws> {
        ledger: DynamoLedger::new(dynamodb, ledger_table, retention).with(vault),
        suppressions: profiles,
        contact_key: contact_key.ok_or("CONTACT_KEY is missing")?,
        clock: SystemClock,
    };
    let support = &support;
    lambda::serve_url(|request| async move { answer(support, &request).await }).await
}
