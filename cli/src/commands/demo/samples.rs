//! The sample events of the demo, with what each must come to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bellhop::catalogue::Catalogue;
use bellhop::event::{self, Received};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::id::NotificationKey;
use bellhop::model::{EventId, OrderId};

use crate::CliError;
use crate::commands::publish::{self, EventFile, shift_to};

/// The workspace's folder `events`.
pub fn samples_folder() -> PathBuf {
    bellhop_local::workspace().join("events")
}

/// The customers and events of the demo.
#[derive(Debug, Clone)]
pub struct Samples {
    /// Customer events, to be known before any order event.
    pub customers: Vec<EventFile>,
    /// Order events, in the order of time.
    pub orders: Vec<Sample>,
}

/// A sample order event.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The file.
    pub file: EventFile,
    /// The catalogue's type.
    pub kind: String,
    /// About which order.
    pub order: OrderId,
    /// Its notification.
    pub notification: NotificationKey,
    /// Its deliveries, as `channel state`, sorted; any, if none are named.
    pub expected: Option<Vec<String>>,
    time: Timestamp,
    event_id: EventId,
}

impl Samples {
    /// Loads `*.json` and `customers/*.json` of the folder, with their times
    /// moved so that the latest event happens now.
    ///
    /// # Errors
    /// [`CliError`], naming the file.
    pub fn load(folder: &Path) -> Result<Self, CliError> {
        let now = SystemClock.now();
        let mut customers = events_in(&folder.join("customers"))?;
        shift_to(now, &mut customers);
        let mut files = events_in(folder)?;
        shift_to(now, &mut files);

        let catalogue = Catalogue::built_in()?;
        let mut expected = expectations()?;
        let sample = |file: EventFile| sample(file, now, &catalogue, &mut expected);
        let mut orders = files.into_iter().map(sample).collect::<Result<Vec<_>, _>>()?;
        // Of events of the same moment, the one with the smaller id comes first.
        orders.sort_by(|a, b| (a.time, &a.event_id).cmp(&(b.time, &b.event_id)));
        Ok(Self { customers, orders })
    }
}

fn sample(
    file: EventFile,
    now: Timestamp,
    catalogue: &Catalogue,
    expected: &mut BTreeMap<String, Vec<String>>,
) -> Result<Sample, CliError> {
    let invalid = |source| CliError::Event { path: file.path.clone(), source };
    let envelope = event::open(&file.body, Received { sent_at: now }).map_err(invalid)?;
    let kind = catalogue.find(&envelope.kind).ok_or_else(|| CliError::UnknownType {
        path: file.path.clone(),
        kind: envelope.kind.clone(),
        nearest: catalogue.nearest(&envelope.kind).map(str::to_owned),
    })?;
    let event = kind.admit(envelope).map_err(invalid)?;
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Sample {
        kind: kind.name.clone(),
        notification: kind.notification_key(&event.data),
        expected: expected.remove(name.as_ref()),
        order: event.data.order.id,
        time: event.time,
        event_id: event.id,
        file,
    })
}

fn events_in(folder: &Path) -> Result<Vec<EventFile>, CliError> {
    let error = |source| CliError::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| publish::read(path)).collect()
}

fn expectations() -> Result<BTreeMap<String, Vec<String>>, CliError> {
    let mut expected: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("expected.toml"))
        .map_err(|e| CliError::Expectations(e.to_string()))?;
    expected.values_mut().for_each(|deliveries| deliveries.sort());
    Ok(expected)
}
