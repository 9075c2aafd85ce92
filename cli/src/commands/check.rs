//! `check`: wording and templates, before a customer reads them.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use bellhop::catalogue::Catalogue;
use bellhop::check::{Check, Finding, Fixture};
use bellhop::content::Sources;
use bellhop::model::Channel;

use super::publish;
use crate::{CliError, arguments, content};

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub fn run(arguments: &arguments::Check) -> Result<ExitCode, CliError> {
    let sources = Arc::new(sources(arguments.content.as_deref())?);
    let catalogue = sources.catalogue()?;
    let check = check(arguments, &catalogue, sources)?;
    print(&check, &check.run()?)
}

/// The wording and templates to check.
///
/// # Errors
/// [`CliError`].
pub fn sources(overrides: Option<&Path>) -> Result<Sources, CliError> {
    content::sources(overrides)
}

/// What the command checks.
///
/// # Errors
/// [`CliError`].
pub fn check<'a>(
    arguments: &arguments::Check,
    catalogue: &'a Catalogue,
    sources: Arc<Sources>,
) -> Result<Check<'a>, CliError> {
    let mut fixtures = Fixture::built_in().map_err(CliError::Fixtures)?;
    for file in &arguments.files {
        fixtures.push(fixture(file, catalogue)?);
    }
    let shop = content::shop()?;
    Ok(Check {
        sources,
        shops: vec![shop.clone(), shop.with_everything()],
        kinds: catalogue.types().iter().collect(),
        channels: Channel::ALL.to_vec(),
        locales: Vec::new(),
        fixtures,
    })
}

fn print(check: &Check<'_>, findings: &[Finding]) -> Result<ExitCode, CliError> {
    for finding in findings {
        crate::say(finding)?;
    }
    if !findings.is_empty() {
        let problems = if findings.len() == 1 { "problem" } else { "problems" };
        crate::say(&format_args!("{} {problems}", findings.len()))?;
        return Ok(ExitCode::FAILURE);
    }
    let (kinds, channels) = (check.kinds.len(), check.channels.len());
    let (locales, orders) = (check.sources.locales().len(), check.fixtures.len());
    crate::say(&format_args!(
        "{} messages are in order: {kinds} types, {channels} channels, {locales} locales, {orders} orders",
        kinds * channels * locales * orders
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// An order to try, from a file of one event.
fn fixture(path: &Path, catalogue: &Catalogue) -> Result<Fixture, CliError> {
    let file = publish::read(path)?;
    let data = publish::order_event(&file, catalogue)?.0.data;
    let sums = file.body.lines().position(|line| line.contains("\"totals\"")).unwrap_or(0) + 1;
    let shown = path.display().to_string();
    Ok(Fixture {
        name: shown.clone(),
        about: format!("The order of {shown}."),
        time_zone: data.customer.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        data,
        place: Some((shown, sums)),
    })
}
