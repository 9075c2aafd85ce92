//! `send-sms`: jobs become SMS by SNS.

use std::process::ExitCode;

use bellhop::channel::{SmsSettings, SnsSms};
use bellhop::clock::{Clock, SystemClock};
use bellhop::config::{Environment, process_environment};
use bellhop::content::{Contents, own_folder};
use bellhop::event::Channel;
use bellhop::handler::circuit::Circuit;
use bellhop::handler::delivery::{Deliverer, handle};
use bellhop::ledger::DynamoLedger;
use bellhop::profile::NoDevices;
use bellhop::queue::{QueuePair, QueueUrls, SqsJobs, SqsQueue};
use bellhop::render::Shop;
use bellhop::{aws, function};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    function::start(run()).await
}

async fn run() -> Result<(), Error> {
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let lanes = QueuePair::lanes_from_environment(&mut environment);
    let urls = QueueUrls::from_environment(&mut environment);
    let shop = Shop::from_environment(&mut environment);
    let sender_id = environment.optional_parsed("SMS_SENDER_ID", SmsSettings::parse_sender_id);
    let origination_number = environment
        .optional_parsed("SMS_ORIGINATION_NUMBER", SmsSettings::parse_origination_number);
    let settings = SmsSettings { sender_id, origination_number };
    let (settings, shop) = environment.finish((settings, shop))?;

    let config = aws::load().await;
    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), lanes);
    let sns = aws_sdk_sns::Client::new(&aws::without_retries(&config));
    let folder = own_folder();
    let contents = Contents::open(shop, Channel::Sms, folder.as_deref(), SystemClock.now())?;
    let sender = SnsSms::new(sns, contents, settings);
    let deliverer = Deliverer {
        ledger: DynamoLedger::new(aws_sdk_dynamodb::Client::new(&config), ledger_table),
        sender,
        jobs: SqsJobs::new(sqs, urls),
        devices: NoDevices,
        circuit: Circuit::default(),
        quarantine: queue.clone(),
        clock: SystemClock,
    };
    let deliverer = &deliverer;
    let work = |record, invocation| async move { handle(deliverer, &record, &invocation).await };
    function::serve(queue, work).await
}
