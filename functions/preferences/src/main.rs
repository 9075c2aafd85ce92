//! `preferences`: customers unsubscribe, and say what they want to hear of, by links in mail.

use std::process::ExitCode;

use bellhop::check;
use bellhop::content::{self, LinkKeys, Shop};
use bellhop::customer::DynamoProfiles;
use bellhop::lambda::{self, read_secret};
use bellhop::ledger::{DynamoLedger, Retention};
use bellhop::model::Channel;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use bellhop::preferences::{Desk, Ports, Topics, answer};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = DynamoLedger;
    type Profiles = DynamoProfiles;
    type Clock = SystemClock;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    read_secret(&config, "PREFERENCES_KEYS").await?;
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let profiles_table = environment.required("PROFILES_TABLE");
    let keys = environment.parsed("PREFERENCES_KEYS", LinkKeys::parse);
    let shop = Shop::from_environment(&mut environment);
    let (keys, shop) = environment.finish((keys, shop))?;

    let (folder, now) = (content::override_folder(), SystemClock.now());
    let (catalogue, _) = check::open_catalogue(folder.as_deref(), now)?;
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let desk = Desk::<OnAws> {
        keys: keys.ok_or("PREFERENCES_KEYS is missing")?,
        topics: Topics::of(&catalogue),
        renderer: check::open_renderer(shop, Channel::Email, folder.as_deref(), now)?,
        ledger: DynamoLedger::new(dynamodb.clone(), ledger_table, Retention::default()),
        profiles: DynamoProfiles::new(dynamodb, profiles_table),
        clock: SystemClock,
    };
    let desk = &desk;
    lambda::serve_url(|request| async move { answer(desk, &request).await }).await
}
