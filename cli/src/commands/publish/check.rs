//! `publish --check`: what would become of events, without sending any.

use std::path::Path;

use bellhop::customer::KnownCustomer;
use bellhop::event::{self, CustomerEvent, Received};
use bellhop::ledger::story::moment;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::plan;

use super::{EventFile, order_event};
use crate::commands::render;
use crate::{CliError, content};

/// What would become of events.
pub(crate) struct Checked {
    /// The lines for people.
    pub(crate) lines: Vec<String>,
    /// Whether every event would be of use.
    pub(crate) is_useful: bool,
}

/// Says what would become of events.
///
/// # Errors
/// [`CliError`], if it can't be said at all.
pub(crate) fn check(files: &[EventFile], overrides: Option<&Path>) -> Result<Checked, CliError> {
    let sources = content::sources(overrides)?;
    let catalogue = sources.catalogue()?;
    let settings = render::settings(&content::shop()?, &sources);
    let mut checked = Checked { lines: Vec::new(), is_useful: true };
    let lines = &mut checked.lines;
    for file in files {
        let path = file.path.display();
        if let Some(customer) = customer_event(file) {
            match customer {
                Ok(kind) => lines.push(format!("{path}: {kind}, kept in the profile")),
                Err(problem) => {
                    checked.is_useful = false;
                    lines.push(format!("{path}: would be set aside: {problem}"));
                }
            }
            continue;
        }
        let (event, kind) = match order_event(file, &catalogue) {
            Ok(known) => known,
            Err(CliError::Event { source, .. }) => {
                checked.is_useful = false;
                lines.push(format!("{path}: would be set aside: {source}"));
                continue;
            }
            Err(CliError::UnknownType { kind, .. }) if catalogue.withdrawal(&kind).is_some() => {
                lines.push(format!("{path}: {kind}, noted; what it takes back is not sent"));
                continue;
            }
            Err(unknown) => {
                checked.is_useful = false;
                lines.push(format!("{unknown}; it would be noted, and nobody told"));
                continue;
            }
        };
        let (order, name) = (event.data.order.id.clone(), event.kind.clone());
        // As if it had just happened: how old a file is says nothing of its event.
        let now = event.time;
        let planned = plan::plan(event, kind, &KnownCustomer::default(), &settings, now);
        lines.push(format!("{path}: {name}, order {order}, in {}", planned.locale));
        for delivery in &planned.deliveries {
            let recipient = &delivery.recipient;
            lines.push(format!("  {}  {}", recipient.channel(), recipient.masked()));
        }
        for deferral in &planned.deferrals {
            let (until, reason) = (moment(deferral.until), &deferral.reason);
            for channel in &deferral.channels {
                lines.push(format!(
                    "  {channel}  decided on {until}: {} ({reason})",
                    reason.words()
                ));
            }
        }
        for skip in &planned.skips {
            let (channel, reason) = (skip.channel, &skip.reason);
            lines.push(format!("  {channel}  not sent: {} ({reason})", reason.words()));
        }
        for repair in &planned.repairs {
            lines.push(format!("  repaired: {repair}"));
        }
    }
    Ok(checked)
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
