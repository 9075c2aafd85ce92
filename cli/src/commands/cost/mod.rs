//! `cost`: what AWS bills for a month, from counted calls and prices.

mod bill;
mod page;
mod prices;

use std::process::ExitCode;

use crate::CliError;
use crate::arguments::Cost;

pub use page::page;

/// The volumes of `docs/cost.md`, in orders a month.
pub const VOLUMES: [u32; 3] = [1_000, 100_000, 10_000_000];

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub fn run(arguments: &Cost) -> Result<ExitCode, CliError> {
    let text = match arguments.orders {
        Some(orders) => page(&[orders])?,
        None => page(&VOLUMES)?,
    };
    crate::say(&text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}
