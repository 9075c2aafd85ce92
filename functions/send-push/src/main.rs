//! `send-push`: jobs become mobile push by SNS.

use std::process::ExitCode;

use bellhop::channel::push::SnsPush;
use bellhop::content::Shop;
use bellhop::customer::DynamoProfiles;
use bellhop::lambda::{self, run_sender};
use bellhop::model::Channel;
use bellhop::platform::aws;
use bellhop::platform::environment::Environment;
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    let table =
        |environment: &mut Environment<'_>, _: &Shop| environment.required("PROFILES_TABLE");
    run_sender(&config, Channel::Push, table, |clients, renderer, table| {
        let sns = aws_sdk_sns::Client::new(&clients.providers);
        let devices = DynamoProfiles::new(clients.dynamodb.clone(), table);
        Ok((SnsPush::new(sns, renderer), devices))
    })
    .await
}
