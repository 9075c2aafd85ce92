//! `send-sms`: jobs become SMS by SNS.

use std::process::ExitCode;

use bellhop::channel::sms::{SmsSettings, SnsSms};
use bellhop::lambda::{self, run_sender};
use bellhop::model::Channel;
use bellhop::platform::aws;
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    run_sender(
        &config,
        Channel::Sms,
        SmsSettings::from_environment,
        |clients, renderer, settings| {
            let sns = aws_sdk_sns::Client::new(&clients.providers);
            Ok(SnsSms::new(sns, renderer, settings))
        },
    )
    .await
}
