//! A line of the log.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::metric::{Apart, Metric};
use crate::model::Channel;
use crate::platform::environment::process_environment;

/// The deployment whose metrics these are (`STAGE`), once the log has been started.
/// Where it has not, as in a test of thousands of courses, nobody collects lines.
static STAGE: OnceLock<String> = OnceLock::new();

/// How much of an id is logged: those of foreign systems may be of any length.
const LONGEST_ID: usize = 256;

/// How much of our own sentences is logged.
const LONGEST_SENTENCE: usize = 2_048;

pub(super) fn start() {
    STAGE.get_or_init(|| {
        // CloudWatch takes no empty value for a dimension.
        let stage = process_environment("STAGE").filter(|stage| !stage.is_empty());
        stage.unwrap_or_else(|| "none".to_owned())
    });
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Info,
    Warn,
    Error,
}

/// What a line says, piece by piece. Its message is what queries find it by.
#[derive(Debug)]
pub(super) struct Line {
    level: Level,
    message: &'static str,
    members: Map<String, Value>,
    metrics: Vec<Metric>,
}

impl Line {
    pub(super) fn new(level: Level, message: &'static str) -> Self {
        Self { level, message, members: Map::new(), metrics: Vec::new() }
    }

    /// An id or a code.
    pub(super) fn id(self, name: &str, id: &str) -> Self {
        self.member(name, cut(id, LONGEST_ID))
    }

    pub(super) fn id_if_known(self, name: &str, id: Option<&str>) -> Self {
        match id {
            Some(id) => self.id(name, id),
            None => self,
        }
    }

    /// A sentence of ours, which quotes no data.
    pub(super) fn sentence(self, name: &str, text: &str) -> Self {
        self.member(name, cut(text, LONGEST_SENTENCE))
    }

    pub(super) fn channel(self, channel: Channel) -> Self {
        self.id("channel", channel.as_str())
    }

    pub(super) fn number(self, name: &str, number: impl Into<Value>) -> Self {
        self.member(name, number)
    }

    /// A number that CloudWatch makes a metric of. One by channel needs [`Self::channel`].
    pub(super) fn metric(mut self, metric: Metric, value: impl Into<Value>) -> Self {
        self.metrics.push(metric);
        self.member(metric.name(), value)
    }

    pub(super) fn time(self, metric: Metric, time: Duration) -> Self {
        self.metric(metric, u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }

    fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    #[expect(
        clippy::print_stdout,
        reason = "the embedded metric format must stand at the root of a line; `tracing` nests it"
    )]
    pub(super) fn write(self, now: Timestamp) {
        match (STAGE.get(), self.level) {
            (Some(stage), _) => println!("{}", self.json(stage, now)),
            // No function runs here. What somebody must hear of, whoever listens hears.
            (None, Level::Error) => {
                let line = self.json("", now).to_string();
                tracing::error!(line = line.as_str());
            }
            (None, Level::Info | Level::Warn) => {}
        }
    }

    fn json(self, stage: &str, now: Timestamp) -> Value {
        let mut line = Map::new();
        if !self.metrics.is_empty() {
            line.insert("_aws".to_owned(), definitions(&self.metrics, now));
        }
        let level = match self.level {
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
        };
        // Lambda drops lines below its log level. Without these two it knows none.
        line.insert("timestamp".to_owned(), now.to_string().into());
        line.insert("level".to_owned(), level.into());
        line.insert("message".to_owned(), self.message.into());
        line.insert("stage".to_owned(), stage.into());
        line.extend(self.members);
        Value::Object(line)
    }
}

/// What CloudWatch is to make of the line's numbers.
fn definitions(metrics: &[Metric], now: Timestamp) -> Value {
    let mut directives = Vec::new();
    for (apart, dimensions) in
        [(Apart::Nothing, json!([["stage"]])), (Apart::Channel, json!([["stage", "channel"]]))]
    {
        let these = metrics.iter().filter(|metric| metric.apart() == apart);
        let these: Vec<_> = these
            .map(|metric| json!({"Name": metric.name(), "Unit": metric.unit().as_str()}))
            .collect();
        if !these.is_empty() {
            directives
                .push(json!({"Namespace": "Bellhop", "Dimensions": dimensions, "Metrics": these}));
        }
    }
    json!({"Timestamp": now.as_millisecond(), "CloudWatchMetrics": directives})
}

/// The text, or as much of it as takes no more bytes than this.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: Line) -> Value {
        line.json("shop", "2026-11-23T09:30:00Z".parse().unwrap())
    }

    #[test]
    fn a_line_holds_its_members_and_its_metrics_at_the_root() {
        let line = Line::new(Level::Warn, "delivery")
            .channel(Channel::Sms)
            .id("order_id", "A-1001")
            .metric(Metric::DeliveryFailed, 1)
            .time(Metric::SinceEventAccepted, Duration::from_millis(1_500));
        let expected = json!({
            "_aws": {
                "Timestamp": 1_795_426_200_000_u64,
                "CloudWatchMetrics": [
                    {
                        "Namespace": "Bellhop",
                        "Dimensions": [["stage"]],
                        "Metrics": [{"Name": "SinceEventAccepted", "Unit": "Milliseconds"}],
                    },
                    {
                        "Namespace": "Bellhop",
                        "Dimensions": [["stage", "channel"]],
                        "Metrics": [{"Name": "DeliveryFailed", "Unit": "None"}],
                    },
                ],
            },
            "timestamp": "2026-11-23T09:30:00Z",
            "level": "WARN",
            "message": "delivery",
            "stage": "shop",
            "channel": "sms",
            "order_id": "A-1001",
            "DeliveryFailed": 1,
            "SinceEventAccepted": 1500,
        });
        assert_eq!(written(line), expected);
    }

    #[test]
    fn a_line_without_numbers_is_no_metric() {
        assert!(written(Line::new(Level::Info, "suppressed")).get("_aws").is_none());
    }

    #[test]
    fn an_id_of_any_length_is_cut_between_two_characters() {
        let line = Line::new(Level::Info, "event").id("event_id", &"\u{20ac}".repeat(1_000));
        assert_eq!(written(line)["event_id"], "\u{20ac}".repeat(85));
    }
}
