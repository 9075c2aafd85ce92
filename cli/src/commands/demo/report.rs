//! What the demo prints: a table for people, one JSON document for programs.

use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::clock::{self, Timestamp};
use bellhop::model::{Channel, ProviderMessageId, Reason};
use bellhop::plan::Deferral;
use serde::Serialize;

use super::settle::Outcome;

/// What has become of the samples.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Every delivery.
    pub deliveries: Vec<DeliveryRow>,
    /// What waits.
    pub deferrals: Vec<DeferralRow>,
    /// Why something was not sent, or not yet.
    pub explained: Vec<ExplainedRow>,
    /// Whether all came as expected.
    pub ok: bool,
    #[serde(skip)]
    surprises: Vec<String>,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeliveryRow {
    /// The event's type.
    pub event: String,
    /// The order's id.
    pub order: String,
    /// The channel.
    pub channel: String,
    /// The recipient, masked.
    pub recipient: String,
    /// The delivery's state.
    pub state: String,
    /// Why, where the state alone does not say.
    pub reason: Option<Reason>,
    /// The provider's id of the message.
    pub provider_message_id: Option<ProviderMessageId>,
    /// From publishing the event to the provider's acceptance, milliseconds.
    pub latency_ms: Option<u64>,
}

/// A channel that is decided later.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeferralRow {
    /// The event's type.
    pub event: String,
    /// The order's id.
    pub order: String,
    /// The channel.
    pub channel: String,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// What `explain` says of an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedRow {
    /// The order's id.
    pub order: String,
    /// The sentence.
    pub sentence: String,
}

impl Report {
    pub(super) fn of(outcomes: &[Outcome]) -> Self {
        let surprises: Vec<_> = outcomes.iter().filter_map(surprise).collect();
        Self {
            deliveries: outcomes.iter().flat_map(rows).collect(),
            deferrals: outcomes.iter().flat_map(deferred).collect(),
            explained: outcomes.iter().flat_map(explained).collect(),
            ok: surprises.is_empty(),
            surprises,
        }
    }

    /// The table, and after it what was not as expected.
    pub fn table(&self) -> String {
        let head =
            ["EVENT", "ORDER", "CHANNEL", "RECIPIENT", "STATE", "LATENCY"].map(str::to_owned);
        let row = |row: &DeliveryRow| {
            let latency = row.latency_ms.map_or_else(String::new, |ms| format!("{ms} ms"));
            let state = match &row.reason {
                Some(reason) => format!("{} ({reason})", row.state),
                None => row.state.clone(),
            };
            let (event, order) = (row.event.clone(), row.order.clone());
            [event, order, row.channel.clone(), row.recipient.clone(), state, latency]
        };
        let rows: Vec<_> = std::iter::once(head).chain(self.deliveries.iter().map(row)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
        let widths: Vec<_> = (0..6).map(|column| width(column).unwrap_or(0)).collect();
        let mut table = String::new();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            table.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            table.push('\n');
        }
        table.push('\n');
        for ExplainedRow { order, sentence } in &self.explained {
            table.push_str(&format!("{order}  {sentence}\n"));
        }
        if !self.explained.is_empty() {
            table.push('\n');
        }
        for surprise in &self.surprises {
            table.push_str(&format!("NOT AS EXPECTED  {surprise}\n"));
        }
        let count = self.deliveries.len();
        table.push_str(&match self.surprises.len() {
            0 => format!("{count} deliveries, all as expected."),
            surprises => format!("{count} deliveries, but {surprises} not as expected."),
        });
        table
    }
}

/// What is not as expected about an outcome.
fn surprise(outcome: &Outcome) -> Option<String> {
    let came =
        |(_, record): &(_, DeliveryRecord)| format!("{} {}", record.facts.channel, record.state);
    let waiting = outcome.deferrals.iter().flat_map(|deferral| &deferral.channels);
    let waiting = waiting.map(|channel| format!("{channel} deferred"));
    let mut came: Vec<_> = outcome.deliveries.iter().map(came).chain(waiting).collect();
    came.sort();
    let as_expected = match &outcome.sample.expected {
        Some(expected) => came == *expected,
        None => {
            !came.is_empty()
                && outcome.deliveries.iter().all(|(_, r)| r.state == DeliveryState::Delivered)
        }
    };
    let file = outcome.sample.file.path.file_name().unwrap_or_default().to_string_lossy();
    let expected = outcome.sample.expected.clone().unwrap_or_default();
    (!as_expected).then(|| format!("{file}: expected {expected:?}, came {came:?}"))
}

fn deferred(outcome: &Outcome) -> Vec<DeferralRow> {
    let row = |deferral: &Deferral, channel: Channel| DeferralRow {
        event: outcome.sample.kind.clone(),
        order: outcome.sample.order.as_str().to_owned(),
        channel: channel.to_string(),
        until: deferral.until,
        reason: deferral.reason.clone(),
    };
    let of = |deferral: &Deferral| -> Vec<_> {
        deferral.channels.iter().map(|&channel| row(deferral, channel)).collect()
    };
    outcome.deferrals.iter().flat_map(of).collect()
}

fn explained(outcome: &Outcome) -> Vec<ExplainedRow> {
    let order = || outcome.sample.order.as_str().to_owned();
    let row = |sentence: &String| ExplainedRow { order: order(), sentence: sentence.clone() };
    outcome.explained.iter().map(row).collect()
}

fn rows(outcome: &Outcome) -> Vec<DeliveryRow> {
    let row = |(_, record): &(_, DeliveryRecord)| {
        let accepted = record.history.iter().find(|h| h.state == DeliveryState::Accepted);
        let latency = accepted.map(|entry| clock::until(outcome.published_at, entry.at));
        DeliveryRow {
            event: outcome.sample.kind.clone(),
            order: outcome.sample.order.as_str().to_owned(),
            channel: record.facts.channel.to_string(),
            recipient: record.facts.recipient.to_string(),
            state: record.state.to_string(),
            reason: record.reason.clone(),
            provider_message_id: record.provider_message_id.clone(),
            latency_ms: latency.and_then(|latency| latency.as_millis().try_into().ok()),
        }
    };
    let mut rows: Vec<_> = outcome.deliveries.iter().map(row).collect();
    // So that the table reads the same each time.
    rows.sort_by(|a, b| (&a.channel, &a.recipient).cmp(&(&b.channel, &b.recipient)));
    rows
}
