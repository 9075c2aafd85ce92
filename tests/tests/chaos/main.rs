//! Chaos: the product, whole, on a local AWS that has a bad day. Between the
//! functions and the local AWS stands a proxy that refuses calls, cuts
//! connections, and loses answers to calls that were carried out; behind it,
//! what SES and SNS really accepted is recorded.
//!
//! What is injected when varies from run to run. What must come of it does not:
//! every fault is bounded, and those whose outcome nobody can know meet orders
//! that are there for them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says that something is wrong by panicking"
)]

mod orders;
mod proxy;
mod storm;

use std::net::TcpListener;
use std::time::Duration;

use aws_sdk_sqs::types::QueueAttributeName as Count;
use bellhop::channel::Recipient;
use bellhop::customer::ReadProfiles;
use bellhop::ledger::{DeliveryState, OrderEntries, ReadLedger};
use bellhop::model::{OrderId, ProviderMessageId};
use bellhop::plan::PlannedDelivery;
use bellhop_cli::commands::publish::{EventFile, publish};
use bellhop_cli::connection::Connection;
use bellhop_local::recorder::{RecordedContent, RecordedMessage};
use bellhop_local::{LocalAws, Options, Quiet};
use tokio::time::{Instant, interval};

use orders::{End, Order};
use proxy::Proxy;

/// How long everything together may take. Throttled deliveries wait for
/// seconds, and again.
const PATIENCE: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn under_throttling_cut_answers_and_resets_every_delivery_ends_and_none_is_sent_twice() {
    // The proxy needs the address of the local AWS, whose functions need that of
    // the proxy: its port is taken first, and the proxy started last.
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy_url = format!("http://{}", port.local_addr().unwrap());
    let environment = ["SESV2", "SNS", "DYNAMODB"]
        .map(|service| (format!("AWS_ENDPOINT_URL_{service}"), proxy_url.clone()))
        .into();
    let options = Options { environment, ..Options::default() };
    let aws = LocalAws::start(options, &Quiet).await.unwrap_or_else(|e| panic!("{e}"));
    let rules = storm::rules();
    // Through the recorder, which forwards what is not for SES or SNS as well.
    let upstream = &aws.stack.recorder_url;
    let proxy = Proxy::start(&aws.program("python"), port, upstream, &rules);
    let test = Test { connection: Connection::to_local(&aws.stack), started: Instant::now() };
    test.eventually("the proxy", async || proxy.answers().await).await;

    let orders = orders::orders();
    for device in orders.iter().flat_map(Order::devices) {
        test.publish(device).await;
    }
    for order in &orders {
        test.eventually("devices", async || test.has_devices(order).await).await;
    }
    for order in &orders {
        test.publish(order.event()).await;
    }

    let mut settled = Vec::new();
    for order in &orders {
        let ended = async || {
            let entries = test.entries(order).await;
            let states = states(&entries);
            let expected = order.ends.iter().map(|end| (end.channel.as_str(), end.state));
            let as_expected = states.iter().copied().eq(expected);
            as_expected.then_some(entries).ok_or_else(|| format!("{states:?}"))
        };
        settled.push((order, test.eventually(&order.id, ended).await));
    }
    // Only e-mails that may have been sent are still waiting: for their provider
    // to say so.
    let doubtful = orders.iter().flat_map(|order| &order.ends);
    let doubtful = doubtful.filter(|end| end.state == DeliveryState::Unknown).count();
    for (queue, waiting) in [("EmailQueueUrl", doubtful), ("SmsQueueUrl", 0), ("PushQueueUrl", 0)] {
        let left = async || match test.held(queue).await {
            held if held == waiting => Ok(()),
            held => Err(format!("it holds {held}")),
        };
        test.eventually(queue, left).await;
    }

    // What the providers accepted is what the ledger says, and no more.
    let messages = aws.messages();
    let mut of_deliveries = 0;
    for (order, entries) in &settled {
        let mut ends = order.ends.clone();
        for planned in deliveries(entries) {
            let sent = messages_of(&messages, planned);
            let (_, record) =
                entries.deliveries.iter().find(|(id, _)| *id == planned.delivery_id).unwrap();
            let end =
                End { channel: record.facts.channel, state: record.state, messages: sent.len() };
            let expected = ends.iter().position(|expected| *expected == end);
            let expected = expected.unwrap_or_else(|| {
                panic!("{}: {end:?}, not {:?}; {record:#?}", order.id, order.ends)
            });
            ends.swap_remove(expected);
            let latest = sent.last().map(|message| message.message_id.as_str());
            let known = record.provider_message_id.as_ref().map(ProviderMessageId::as_str);
            let accepted = record.state == DeliveryState::Accepted;
            assert_eq!(known, latest.filter(|_| accepted), "{}: {record:#?}", order.id);
            of_deliveries += sent.len();
        }
        assert_eq!(ends, [], "{}", order.id);
    }
    assert_eq!(of_deliveries, messages.len());

    for (queue, url) in &aws.stack.outputs {
        if queue.ends_with("DeadLetterQueueUrl") {
            assert_eq!(test.held_at(url).await, 0, "{queue}");
        }
    }
    for (rule, fired) in rules.iter().zip(proxy.fired().await) {
        assert_eq!(Some(fired), rule["times"].as_u64(), "{rule}");
    }
}

/// The stack, and how long it has been at it.
struct Test {
    connection: Connection,
    started: Instant,
}

impl Test {
    /// Looks until `look` finds something; an error is what it found instead.
    async fn eventually<T>(&self, what: &str, look: impl AsyncFn() -> Result<T, String>) -> T {
        let mut glances = interval(Duration::from_millis(200));
        loop {
            glances.tick().await;
            match look().await {
                Ok(found) => return found,
                Err(instead) if self.started.elapsed() > PATIENCE => {
                    panic!("{what}: after {PATIENCE:?}, {instead}")
                }
                Err(_) => {}
            }
        }
    }

    async fn publish(&self, body: String) {
        let file = EventFile { path: "chaos.json".into(), body };
        publish(&self.connection, &file).await.unwrap();
    }

    async fn has_devices(&self, order: &Order) -> Result<(), String> {
        let profiles = self.connection.profiles().unwrap();
        let profile = profiles.profile(&order.customer().into()).await.unwrap().unwrap_or_default();
        match profile.devices.len() {
            devices if devices == order.devices().count() => Ok(()),
            devices => Err(format!("{} has {devices}", order.customer())),
        }
    }

    async fn entries(&self, order: &Order) -> OrderEntries {
        let ledger = self.connection.ledger().await.unwrap();
        ledger.order(&OrderId::parse(&order.id).unwrap()).await.unwrap()
    }

    async fn held(&self, output: &'static str) -> usize {
        self.held_at(self.connection.output(output).unwrap()).await
    }

    /// How many messages a queue holds, hidden ones included.
    async fn held_at(&self, queue: &str) -> usize {
        let counts = [
            Count::ApproximateNumberOfMessages,
            Count::ApproximateNumberOfMessagesNotVisible,
            Count::ApproximateNumberOfMessagesDelayed,
        ];
        let sqs = self.connection.sqs();
        let asked = sqs.get_queue_attributes().queue_url(queue);
        let answer = asked.set_attribute_names(Some(counts.to_vec())).send().await.unwrap();
        let attributes = answer.attributes.unwrap_or_default();
        attributes.values().map(|count| count.parse::<usize>().unwrap()).sum()
    }
}

fn deliveries(entries: &OrderEntries) -> impl Iterator<Item = &PlannedDelivery> {
    entries.notifications.iter().flat_map(|notification| &notification.deliveries)
}

/// The states of the deliveries, by channel.
fn states(entries: &OrderEntries) -> Vec<(&'static str, DeliveryState)> {
    let state = |(_, record): &(_, bellhop::ledger::DeliveryRecord)| {
        (record.facts.channel.as_str(), record.state)
    };
    let mut states: Vec<_> = entries.deliveries.iter().map(state).collect();
    states.sort_by_key(|(channel, _)| *channel);
    states
}

/// What the provider accepted for this delivery: each order has a customer of
/// its own.
fn messages_of<'a>(
    messages: &'a [RecordedMessage],
    delivery: &PlannedDelivery,
) -> Vec<&'a RecordedMessage> {
    let is_for = |message: &&RecordedMessage| match (&delivery.recipient, &message.content) {
        (Recipient::Email { address }, RecordedContent::Email(email)) => {
            let tag = email.tags.get("delivery_id").map(String::as_str);
            email.to == [address.reveal()] && tag == Some(delivery.delivery_id.as_str())
        }
        (Recipient::Sms { phone }, RecordedContent::Sms { to, .. }) => to == phone.reveal(),
        (Recipient::Push { endpoint_arn, .. }, RecordedContent::Push { to, .. }) => {
            to == endpoint_arn.as_str()
        }
        _ => false,
    };
    messages.iter().filter(is_for).collect()
}
