//! What telemetry tells of deliveries that were sent twice.

use std::cell::RefCell;
use std::fmt;

use lambda_runtime::tracing::field::{Field, Visit};
use lambda_runtime::tracing::span::{Attributes, Id, Record};
use lambda_runtime::tracing::{Dispatch, Event, Level, Metadata, Subscriber, dispatcher};
use serde_json::Value;

thread_local! {
    static TOLD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Does this while listening.
pub fn listening<T>(does: impl FnOnce() -> T) -> T {
    dispatcher::with_default(&Dispatch::new(Ear), does)
}

/// The deliveries that were told, since this was asked last, to be sent twice.
pub fn take() -> Vec<String> {
    TOLD.take()
}

struct Ear;

impl Subscriber for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR && metadata.target().starts_with("bellhop")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        if line.0["message"] == "sent twice" {
            let delivery = line.0["delivery_id"].as_str().unwrap_or_default().to_owned();
            TOLD.with_borrow_mut(|told| told.push(delivery));
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A line of telemetry, as JSON.
#[derive(Default)]
struct Line(Value);

impl Visit for Line {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "line" {
            self.0 = serde_json::from_str(value).unwrap_or_default();
        }
    }
}
