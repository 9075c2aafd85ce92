//! `send-push`: jobs become mobile push by SNS.

use std::process::ExitCode;

use bellhop::channel::SnsPush;
use bellhop::clock::SystemClock;
use bellhop::config::{Environment, process_environment};
use bellhop::handler::delivery::{Deliverer, handle};
use bellhop::ledger::DynamoLedger;
use bellhop::queue::SqsQueue;
use bellhop::render::{Renderer, Shop};
use bellhop::{aws, function};
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    function::start(run()).await
}

async fn run() -> Result<(), Error> {
    let mut environment = Environment::new(&process_environment);
    let ledger_table = environment.required("LEDGER_TABLE");
    let queue_url = environment.required("QUEUE_URL");
    let quarantine_url = environment.required("QUARANTINE_QUEUE_URL");
    let shop = Shop::from_environment(&mut environment);
    let shop = environment.finish(shop)?;

    let config = aws::load().await;
    let queue = SqsQueue::new(aws_sdk_sqs::Client::new(&config), queue_url, quarantine_url);
    let sns = aws_sdk_sns::Client::new(&aws::without_retries(&config));
    let sender = SnsPush::new(sns, Renderer::new(shop)?);
    let deliverer = Deliverer {
        ledger: DynamoLedger::new(aws_sdk_dynamodb::Client::new(&config), ledger_table),
        sender,
        quarantine: queue.clone(),
        clock: SystemClock,
    };
    let deliverer = &deliverer;
    let work = |record, invocation| async move { handle(deliverer, &record, &invocation).await };
    function::serve(queue, work).await
}
