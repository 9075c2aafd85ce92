//! `send-push`: jobs become mobile push by SNS.

use std::process::ExitCode;

use bellhop::channel::push::SnsPush;
use bellhop::content::Shop;
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
    let nothing = |_: &mut Environment<'_>, _: &Shop| ();
    run_sender(&config, Channel::Push, nothing, |clients, renderer, ()| {
        Ok(SnsPush::new(aws_sdk_sns::Client::new(&clients.providers), renderer))
    })
    .await
}
