//! What a month's orders make AWS do, and what that costs.

use bellhop::catalogue::{Catalogue, CatalogueError};
use bellhop::ledger::Retention;
use bellhop::model::Channel;
use bellhop::platform::telemetry::billed;

use super::prices::{self, Price};

const TEMPLATE: &str = include_str!("../../../../template.yaml");

/// The events of an ordinary order.
pub(super) const EVENTS: [&str; 4] =
    ["order.created", "order.paid", "order.shipped", "order.delivered"];

/// How many customers have one device with the shop's app.
pub(super) const WITH_A_DEVICE: f64 = 0.4;

/// How long a function works on one message, with the calls it waits for, in seconds.
pub(super) const SECONDS: f64 = 0.15;

/// A function's memory in GB. `Globals` of the template.
pub(super) const MEMORY: f64 = 0.25;

/// What the ledger's item of an event takes, with the event's data: the mean of the samples
/// in `events/`, on the local AWS.
pub(super) const NOTIFICATION_KB: f64 = 1.4;

/// What an event takes in the two indexes by address and number: keys, and 100 bytes that
/// DynamoDB adds to each.
pub(super) const INDEXED_KB: f64 = 0.5;

/// What the item of a delivery takes once it is accepted, measured likewise.
pub(super) const DELIVERY_KB: f64 = 0.7;

/// What a message takes in the log, metrics included: one line, of some 450 bytes for an
/// event and 750 for a delivery, as `tests/tests/faults/tracing.rs` prints them.
pub(super) const LOG_KB: f64 = 0.7;

/// What the report of a provider takes in the log, and SNS's own line about a push message: an
/// estimate.
pub(super) const REPORT_LOG_KB: f64 = 0.6;

/// SES's events of a mail that arrives: Send and Delivery.
pub(super) const MAIL_REPORTS: f64 = 2.0;

/// What `plan` reads of an event's customer: the profile, whether the address and the phone are
/// suppressed, and by half a read of an index how much they were told of late.
pub(super) const CUSTOMER_READS: f64 = 3.5;

/// What contact points are hashed with, and what proves the links in mail.
pub(super) const SECRETS: f64 = 2.0;

/// The share of deliveries that fail, of which the application is told.
pub(super) const FAILED: f64 = 0.02;

/// How long `outcomes` works on a change of the ledger, most of which tell it nothing, in
/// seconds.
pub(super) const OUTCOME_SECONDS: f64 = 0.02;

/// How many pollers ask an idle queue, and how long each waits for an answer in seconds.
/// Source: AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source
/// mappings" and "Using Lambda with Amazon SQS".
pub(super) const POLLERS: f64 = 5.0;
pub(super) const POLL_SECONDS: f64 = 20.0;

const MONTH_SECONDS: f64 = 30.0 * 86_400.0;

/// Traces that the default rule takes whatever the load: one a second; of the rest a
/// twentieth. Source: AWS X-Ray Developer Guide, "Configuring sampling rules".
const SAMPLED_OF_REST: f64 = 0.05;

/// Calls of the key: data keys are kept for minutes, so they hardly grow with the load.
pub(super) const KEY_CALLS: f64 = 100_000.0;

/// How long the ledger keeps a record.
pub(super) fn days_kept() -> f64 {
    Retention::default().duration().as_secs_f64() / 86_400.0
}

/// A line of the bill.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) price: Price,
    pub(super) quantity: f64,
}

impl Line {
    pub(super) fn usd(&self) -> f64 {
        self.price.of(self.quantity)
    }
}

/// What an order comes to, and what stands whatever is ordered.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) events: f64,
    pub(super) emails: f64,
    pub(super) pushes: f64,
    /// What would go by SMS, were SMS allowed: no bill has it.
    pub(super) sms: f64,
    /// FIFO queues that are polled.
    pub(super) queues: f64,
    /// Standard ones.
    pub(super) standard_queues: f64,
    pub(super) alarms: f64,
    pub(super) metrics: f64,
    pub(super) traced: Traced,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Traced {
    Sampled,
    Never,
}

/// Counts by the catalogue and the template.
pub(super) fn counts() -> Result<Counts, CatalogueError> {
    let catalogue = Catalogue::built_in()?;
    let (mut emails, mut pushes, mut sms) = (0.0, 0.0, 0.0);
    for kind in EVENTS.iter().filter_map(|kind| catalogue.find(kind)) {
        for route in &kind.routes {
            match route[..] {
                [Channel::Email, ..] => emails += 1.0,
                [Channel::Push, ref rest @ ..] => {
                    pushes += WITH_A_DEVICE;
                    if rest.contains(&Channel::Sms) {
                        sms += 1.0 - WITH_A_DEVICE;
                    }
                }
                [Channel::Sms, ..] => sms += 1.0,
                [] => {}
            }
        }
    }
    let found = |words: &str| TEMPLATE.matches(words).count() as f64;
    // An alarm on a share looks at two metrics; CloudWatch bills for each.
    let alarms = found("Type: AWS::CloudWatch::Alarm") + found("\n      Metrics:\n");
    let standard = ["FeedbackQueue"];
    // That of the webhook is there only if it is asked for.
    let conditional = ["WebhookQueue"];
    let polled = |queues: &[&str]| -> f64 {
        queues.iter().map(|queue| found(&format!("Queue: !GetAtt {queue}.Arn\n"))).sum()
    };
    Ok(Counts {
        events: EVENTS.len() as f64,
        emails,
        pushes,
        sms,
        queues: found("Type: SQS\n") - polled(&standard) - polled(&conditional),
        standard_queues: polled(&standard),
        alarms,
        metrics: billed().len() as f64,
        traced: match TEMPLATE.contains("  Tracing:\n    Type: String\n    Default: Active\n") {
            true => Traced::Sampled,
            false => Traced::Never,
        },
    })
}

/// The bill of a month with so many orders.
pub(super) fn bill(counts: &Counts, orders: f64) -> Vec<Line> {
    let deliveries = counts.emails + counts.pushes;
    let messages = orders * (counts.events + deliveries);
    let polls = |queues: f64| queues * POLLERS * MONTH_SECONDS / POLL_SECONDS;
    // A message is sent, received and deleted, each by a request of its own at worst.
    let requests = 3.0 * messages + polls(counts.queues);
    // SES publishes its reports to a topic that fills the queue; a line of SNS's log is put
    // there by a function.
    let logged = orders * counts.pushes;
    let reports = orders * counts.emails * MAIL_REPORTS + logged;
    let report_requests = 3.0 * reports + polls(counts.standard_queues);
    // Each report reads its delivery and writes it; a log's finds it by the index.
    let (report_reads, report_writes) = (reports + logged, reports * DELIVERY_KB.ceil());
    // Each end of a delivery is a change that the function on the stream sees, alone at worst.
    let changes = orders * deliveries + reports;
    let told = orders * deliveries * FAILED;
    let published = orders * counts.emails * MAIL_REPORTS + told;
    let invocations = messages + reports + logged + changes;
    let seconds = (messages + reports + logged) * SECONDS + changes * OUTCOME_SECONDS;
    // A notification is put and indexed by address and number; a delivery is claimed and
    // accepted, and one by SNS then indexed. Each is billed by the whole KB.
    let indexed = counts.pushes;
    let delivery_writes = 2.0 * deliveries * DELIVERY_KB.ceil() + indexed;
    let writes = orders * (counts.events * (NOTIFICATION_KB.ceil() + 2.0) + delivery_writes);
    let kilobytes =
        orders * (counts.events * (NOTIFICATION_KB + INDEXED_KB) + deliveries * DELIVERY_KB);
    let gigabytes = kilobytes * days_kept() / 30.0 / 1e6;
    let beyond = (messages - MONTH_SECONDS).max(0.0);
    let traces = match counts.traced {
        Traced::Sampled => messages.min(MONTH_SECONDS) + SAMPLED_OF_REST * beyond,
        Traced::Never => 0.0,
    };
    [
        (prices::EMAIL, orders * counts.emails),
        (prices::PUSH, orders * counts.pushes),
        (prices::SNS, published),
        (prices::SQS_FIFO, requests),
        (prices::SQS_STANDARD, report_requests),
        (prices::LAMBDA_REQUESTS, invocations),
        (prices::LAMBDA_TIME, seconds * MEMORY),
        (prices::WRITES, writes + report_writes),
        (prices::READS, orders * counts.events * CUSTOMER_READS + report_reads),
        (prices::STORAGE, gigabytes),
        (prices::BACKUP, gigabytes),
        (prices::LOGS, (messages * LOG_KB + (reports + logged) * REPORT_LOG_KB) / 1e6),
        (prices::TRACES, traces),
        (prices::METRICS, counts.metrics),
        (prices::ALARMS, counts.alarms),
        (prices::KEY, 1.0),
        (prices::KEY_USE, KEY_CALLS),
        (prices::SECRET, SECRETS),
    ]
    .map(|(price, quantity)| Line { price, quantity })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_orders_messages_are_those_of_the_catalogues_routes() {
        let counts = counts().unwrap();
        assert_eq!((counts.events, counts.emails), (4.0, 4.0));
        // Push on all four; on two of them SMS where there is no device.
        assert!((counts.pushes - 1.6).abs() < 1e-9, "{}", counts.pushes);
        assert!((counts.sms - 1.2).abs() < 1e-9, "{}", counts.sms);
        assert!(counts.queues >= 8.0 && counts.alarms > 30.0, "{counts:?}");
    }

    #[test]
    fn what_is_free_costs_nothing_and_the_rest_is_in_proportion() {
        assert_eq!(prices::LAMBDA_REQUESTS.of(1e6), 0.0);
        assert!((prices::LAMBDA_REQUESTS.of(3e6) - 0.40).abs() < 1e-9);
        assert!((prices::EMAIL.of(40_000.0) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn without_orders_only_what_always_stands_is_billed() {
        let counts = counts().unwrap();
        let grows = |line: &Line| line.usd() > 0.0;
        let idle: Vec<_> = bill(&counts, 0.0).into_iter().filter(grows).collect();
        let names: Vec<_> = idle.iter().map(|line| line.price.what).collect();
        assert_eq!(
            names,
            [
                "SQS, FIFO",
                "SQS, standard",
                "CloudWatch, metrics",
                "CloudWatch, alarms",
                "KMS, the key",
                "KMS, requests",
                "Secrets Manager"
            ]
        );
    }
}
