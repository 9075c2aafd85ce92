//! `bellhop`: the product on a laptop, and a window into a real stack.

use std::process::ExitCode;

use bellhop_cli::CliError;
use bellhop_cli::arguments::{Arguments, Command};
use bellhop_cli::commands::{
    check, cost, demo, doctor, down, env, explain, export, local_recorder, preview, publish,
    push_app, redrive, render, simulate, suppressions, timeline, up,
};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            bellhop_cli::complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments).await,
        Command::Up { port } => up::run(port).await,
        Command::Down => down::run().await,
        Command::Publish(arguments) => publish::run(&arguments).await,
        Command::Render(arguments) => render::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments).await,
        Command::Explain(arguments) => explain::run(&arguments).await,
        Command::Export(arguments) => export::run(&arguments).await,
        Command::Suppressions(arguments) => suppressions::run(&arguments).await,
        Command::PushApp(arguments) => push_app::run(&arguments).await,
        Command::Redrive(arguments) => redrive::run(&arguments).await,
        Command::Cost(arguments) => cost::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments).await,
        Command::Simulate(arguments) => simulate::run(&arguments).await,
        Command::Env { function } => env::run(&function).await,
        Command::LocalRecorder { upstream } => local_recorder::run(upstream).await,
    }
}
