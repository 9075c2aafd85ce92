//! `publish --check`: what would become of events, without sending any.

use std::path::Path;
use std::process::ExitCode;

use bellhop::customer::Known;
use bellhop::event::{self, CustomerEvent, Received};
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::plan;

use super::{EventFile, order_event};
use crate::commands::render;
use crate::{CliError, content};

/// Runs the check; a failure if an event would be of no use.
///
/// # Errors
/// [`CliError`], if it can't be made at all.
pub(super) fn run(files: &[EventFile], overrides: Option<&Path>) -> Result<ExitCode, CliError> {
    let sources = content::sources(overrides)?;
    let catalogue = sources.catalogue()?;
    let settings = render::settings(&content::shop()?, &sources);
    let mut all_useful = true;
    for file in files {
        let path = file.path.display();
        if let Some(customer) = customer_event(file) {
            match customer {
                Ok(kind) => crate::say(&format_args!("{path}: {kind}, kept in the profile"))?,
                Err(problem) => {
                    all_useful = false;
                    crate::say(&format_args!("{path}: would be set aside: {problem}"))?;
                }
            }
            continue;
        }
        let (event, kind) = match order_event(file, &catalogue) {
            Ok(known) => known,
            Err(CliError::Event { source, .. }) => {
                all_useful = false;
                crate::say(&format_args!("{path}: would be set aside: {source}"))?;
                continue;
            }
            Err(unknown) => {
                all_useful = false;
                crate::say(&format_args!("{unknown}; it would be noted, and nobody told"))?;
                continue;
            }
        };
        let (order, name) = (event.data.order.id.clone(), event.kind.clone());
        // As if it had just happened: how old a file is says nothing of its event.
        let now = event.time;
        let planned = plan::plan(event, kind, &Known::default(), &settings, now);
        crate::say(&format_args!("{path}: {name}, order {order}, in {}", planned.locale))?;
        for delivery in &planned.deliveries {
            let recipient = &delivery.recipient;
            crate::say(&format_args!("  {}  {}", recipient.channel(), recipient.masked()))?;
        }
        for skip in &planned.skips {
            let (channel, reason) = (skip.channel, &skip.reason);
            crate::say(&format_args!("  {channel}  not sent: {} ({reason})", reason.words()))?;
        }
        for repair in &planned.repairs {
            crate::say(&format_args!("  repaired: {repair}"))?;
        }
    }
    Ok(if all_useful { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The type of a customer event, or what is wrong with it; none if it is none.
fn customer_event(file: &EventFile) -> Option<Result<&'static str, String>> {
    let received = Received { sent_at: SystemClock.now() };
    let envelope = event::open(&file.body, received).ok()?;
    CustomerEvent::is_type(&envelope.kind).then(|| {
        let parsed = envelope.customer_event();
        parsed.map(|event| event.fact.kind()).map_err(|error| error.to_string())
    })
}
