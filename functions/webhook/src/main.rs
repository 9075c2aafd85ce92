//! `webhook`: outcomes are called out to the application by HTTPS.

use std::process::ExitCode;

use bellhop::feedback::webhook::{Caller, Endpoint, HttpsCaller, Ports, SigningSecret, handle};
use bellhop::lambda::{self, QueuePair, SqsQueue, read_secret};
use bellhop::model::clock::SystemClock;
use bellhop::platform::aws;
use bellhop::platform::environment::{Environment, process_environment};
use lambda_runtime::Error;

struct OnAws;

impl Ports for OnAws {
    type Caller = HttpsCaller;
    type DeadLetters = SqsQueue;
    type Clock = SystemClock;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    // It makes calls believable, so no other function may read it.
    read_secret(&config, "WEBHOOK_SECRET").await?;
    let mut environment = Environment::new(&process_environment);
    let outcomes = QueuePair::from_environment(&mut environment);
    let endpoint = environment.parsed("WEBHOOK_URL", Endpoint::parse);
    let secret = environment.parsed("WEBHOOK_SECRET", SigningSecret::parse);
    let settings = environment.finish(endpoint.zip(secret))?;
    let (endpoint, secret) = settings.ok_or("WEBHOOK_URL is missing")?;

    let queue = SqsQueue::new(aws_sdk_sqs::Client::new(&config), vec![outcomes]);
    let caller = Caller::<OnAws> {
        endpoint,
        secret,
        caller: HttpsCaller::new(),
        dead_letters: queue.clone(),
        clock: SystemClock,
    };
    let caller = &caller;
    lambda::serve(queue, |record, _| async move { handle(caller, &record).await }).await
}
