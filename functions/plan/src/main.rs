//! `plan`: order events become decisions in the ledger and jobs on the queues.

use std::process::ExitCode;

use bellhop::check;
use bellhop::content;
use bellhop::customer::{Caps, ContactKey, DynamoProfiles};
use bellhop::delivery::{QueueUrls, SqsJobs};
use bellhop::lambda::{self, QueuePair, SqsQueue, read_secret};
use bellhop::ledger::{DynamoLedger, Retention, SealedLedger, Vault};
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::plan::{EventBridgeSchedules, Planner, Ports, ScheduleTarget, Settings, handle};
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, language_tag, process_environment, time_zone};
use bellhop::platform::keys::KeyRing;
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Ledger = SealedLedger;
    type Profiles = DynamoProfiles;
    type Jobs = SqsJobs;
    type Schedules = EventBridgeSchedules;
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
    let events = QueuePair::from_environment(&mut environment);
    let urls = QueueUrls::from_environment(&mut environment);
    let schedules = ScheduleTarget::from_environment(&mut environment);
    let (catalogue, served) =
        check::open_catalogue(content::override_folder().as_deref(), SystemClock.now())?;
    let settings = Settings {
        default_locale: environment.parsed("DEFAULT_LOCALE", language_tag).unwrap_or_default(),
        default_time_zone: environment.parsed("DEFAULT_TIME_ZONE", time_zone).unwrap_or_default(),
        served,
        sms_countries: environment.countries("SMS_ALLOWED_COUNTRIES"),
        quiet_hours: environment.optional_parsed("QUIET_HOURS", str::parse),
        caps: Caps {
            day: environment.parsed("PROMOTIONS_PER_DAY", str::parse).unwrap_or_default(),
            week: environment.parsed("PROMOTIONS_PER_WEEK", str::parse).unwrap_or_default(),
        },
        flood: environment.parsed("FLOOD_LIMIT", str::parse).unwrap_or_default(),
    };
    let contact_key = environment.parsed("CONTACT_KEY", ContactKey::parse);
    let retention = Retention::from_environment(&mut environment);
    let keys = environment.parsed("LEDGER_KEYS", KeyRing::parse);
    let (settings, contact_key, keys) = environment.finish((settings, contact_key, keys))?;

    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let sqs = aws_sdk_sqs::Client::new(&config);
    let scheduler = aws_sdk_scheduler::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), vec![events]);
    let profiles = DynamoProfiles::new(dynamodb.clone(), profiles_table);
    let vault = Vault::new(keys.ok_or("LEDGER_KEYS is missing")?, profiles.clone());
    let planner = Planner::<OnAws> {
        catalogue,
        settings,
        contact_key: contact_key.ok_or("CONTACT_KEY is missing")?,
        ledger: DynamoLedger::new(dynamodb, ledger_table, retention).with(vault),
        profiles,
        jobs: SqsJobs::new(sqs.clone(), urls),
        schedules: EventBridgeSchedules::new(scheduler, sqs, schedules),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let planner = &planner;
    lambda::serve(queue, |record, _| async move { handle(planner, &record).await }).await
}
