//! `bellhop`: the product on a laptop, and a window into a real stack.

use std::io::{self, Write};
use std::process::ExitCode;

use bellhop_cli::arguments::{Arguments, Command};
use bellhop_cli::{
    CliError, check, demo, environment, local, outbox, preview, publish, render, timeline,
};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            // Where standard error is closed, the exit code still tells.
            _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments).await,
        Command::Up { port } => {
            let options = local::Options { port, ..local::Options::default() };
            let stack = local::up(options, &local::ToStderr).await?;
            let line = serde_json::json!({
                "endpoint": stack.endpoint,
                "region": stack.region,
                "outputs": stack.outputs,
            });
            bellhop_cli::say(&line)?;
            _ = writeln!(io::stderr(), "Messages: {}", stack.recorder_url);
            Ok(ExitCode::SUCCESS)
        }
        Command::Down => {
            let said = match local::down().await? {
                local::Down::Ended => "The local AWS is down.",
                local::Down::NoneRan => "No local AWS was up.",
            };
            _ = writeln!(io::stderr(), "{said}");
            Ok(ExitCode::SUCCESS)
        }
        Command::Publish(arguments) => publish::run(&arguments).await,
        Command::Render(arguments) => render::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments).await,
        Command::Env { function } => environment::run(&function).await,
        Command::LocalRecorder { upstream } => {
            let pages = outbox::pages();
            local::recorder::serve_inherited(upstream, pages).await.map_err(CliError::Recorder)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
