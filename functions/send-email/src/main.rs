//! `send-email`: jobs become e-mail by SES.

use std::process::ExitCode;

use bellhop::channel::{EmailSettings, SesEmail};
use bellhop::clock::{Clock, SystemClock};
use bellhop::config::{Environment, process_environment};
use bellhop::contact::EmailAddress;
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
    let from = environment.parsed("FROM_ADDRESS", EmailAddress::parse);
    let configuration_set = environment.required("CONFIGURATION_SET");
    let from_name = shop.name.clone();
    let settings = from.map(|from| EmailSettings { from, from_name, configuration_set });
    let (Some(settings), shop) = environment.finish((settings, shop))? else {
        return Err("FROM_ADDRESS is missing".into());
    };

    let config = aws::load().await;
    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), lanes);
    let ses = aws_sdk_sesv2::Client::new(&aws::without_retries(&config));
    let folder = own_folder();
    let contents = Contents::open(shop, Channel::Email, folder.as_deref(), SystemClock.now())?;
    let sender = SesEmail::new(ses, contents, settings);
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
