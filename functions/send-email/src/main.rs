//! `send-email`: jobs become e-mail by SES.

use std::process::ExitCode;

use bellhop::channel::email::{EmailSettings, SesEmail};
use bellhop::lambda::{self, read_secret, run_sender};
use bellhop::model::Channel;
use bellhop::platform::aws;
use lambda_runtime::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::start(run()).await
}

async fn run() -> Result<(), Error> {
    let config = aws::load().await;
    // It makes links valid, so no other function may read it.
    read_secret(&config, "PREFERENCES_KEYS").await?;
    run_sender(
        &config,
        Channel::Email,
        EmailSettings::from_environment,
        |clients, renderer, settings| {
            let ses = aws_sdk_sesv2::Client::new(&clients.providers);
            let settings = settings.ok_or("FROM_ADDRESS is missing")?;
            Ok(SesEmail::new(ses, renderer, settings))
        },
    )
    .await
}
