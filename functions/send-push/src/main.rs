//! `send-push`: jobs become mobile push by SNS.

use std::process::ExitCode;

use bellhop::channel::SnsPush;
use bellhop::clock::{Clock, SystemClock};
use bellhop::config::{Environment, process_environment};
use bellhop::content::{Contents, own_folder};
use bellhop::event::Channel;
use bellhop::handler::circuit::Circuit;
use bellhop::handler::delivery::{Deliverer, handle};
use bellhop::ledger::DynamoLedger;
use bellhop::profile::DynamoProfiles;
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
    let profiles_table = environment.required("PROFILES_TABLE");
    let lanes = QueuePair::lanes_from_environment(&mut environment);
    let urls = QueueUrls::from_environment(&mut environment);
    let shop = Shop::from_environment(&mut environment);
    let shop = environment.finish(shop)?;

    let config = aws::load().await;
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = SqsQueue::new(sqs.clone(), lanes);
    let sns = aws_sdk_sns::Client::new(&aws::without_retries(&config));
    let folder = own_folder();
    let contents = Contents::open(shop, Channel::Push, folder.as_deref(), SystemClock.now())?;
    let sender = SnsPush::new(sns, contents);
    let deliverer = Deliverer {
        ledger: DynamoLedger::new(dynamodb.clone(), ledger_table),
        sender,
        jobs: SqsJobs::new(sqs, urls),
        devices: DynamoProfiles::new(dynamodb, profiles_table),
        circuit: Circuit::default(),
        quarantine: queue.clone(),
        clock: SystemClock,
    };
    let deliverer = &deliverer;
    let work = |record, invocation| async move { handle(deliverer, &record, &invocation).await };
    function::serve(queue, work).await
}
