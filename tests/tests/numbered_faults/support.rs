//! A channel's function between its queue, a ledger in memory and a server that
//! stands for its provider; the client is the real one, configured as the
//! function configures it.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_lambda_events::sqs::SqsBatchResponse;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use bellhop::aws::without_retries;
use bellhop::batch::{self, Postponed, Record};
use bellhop::channel::{
    EmailSettings, NotAccepted, Sender, SesEmail, SmsSettings, SnsPush, SnsSms,
};
use bellhop::clock::{Clock, ManualClock, Timestamp};
use bellhop::contact::EmailAddress;
use bellhop::event::Channel;
use bellhop::handler::circuit::Circuit;
use bellhop::handler::delivery::{self, Deliverer};
use bellhop::id::AttemptId;
use bellhop::ledger::{DeliveryKey, DeliveryRecord, DeliveryState};
use bellhop::profile::MemoryProfiles;
use bellhop::queue::{DeliveryJob, MemoryQueue};
use bellhop::render::{RenderError, Renderer, Shop};
use bellhop_cli::local::sdk_config;
use bellhop_tests::event::batch as batch_of;
use bellhop_tests::fifo::{Fifo, Hiding, returned};
use bellhop_tests::job::{invocation, job_record};
use bellhop_tests::poller::{self, Message, Outcome};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::{Ledger, Shared, Trouble};
use bellhop_tests::{HAPPENED, at};
use serde_json::Value;
use tokio::task::yield_now;

/// A configuration whose clients repeat failed calls, as those of DynamoDB and
/// SQS do, but without long pauses.
pub fn repeating(url: &str) -> SdkConfig {
    let retries =
        RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(1));
    sdk_config(url).to_builder().retry_config(retries).build()
}

/// The configuration of a provider's client, which waits for an answer for as
/// long as this.
fn provider(url: &str, patience: Option<Duration>) -> SdkConfig {
    let config = without_retries(&repeating(url));
    let Some(patience) = patience else { return config };
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(patience).build();
    config.to_builder().timeout_config(timeouts).build()
}

/// The provider accepts a message under this id.
pub fn acceptance(channel: Channel, id: &str) -> Answer {
    match channel {
        Channel::Email => Answer::ok(serde_json::json!({ "MessageId": id }).to_string()),
        Channel::Sms | Channel::Push => {
            Answer::xml("Publish", &format!("<MessageId>{id}</MessageId>"))
        }
    }
}

/// The provider refuses a message with this code.
pub fn refusal(channel: Channel, status: u16, code: &str, message: &str) -> Answer {
    match channel {
        Channel::Email => Answer::rest_error(status, code, message),
        Channel::Sms | Channel::Push => Answer::xml_error(status, code, message),
    }
}

/// The provider accepts a message, but its answer breaks off.
pub fn cut_off(channel: Channel, id: &str) -> Answer {
    match acceptance(channel, id) {
        Answer::Whole(response) => Answer::CutOff(response),
        other => other,
    }
}

/// Any channel's sender.
pub enum Client {
    Email(Box<SesEmail>),
    Sms(Box<SnsSms>),
    Push(Box<SnsPush>),
}

/// Any channel's message.
pub enum Prepared {
    Email(<SesEmail as Sender>::Message),
    Sms(<SnsSms as Sender>::Message),
    Push(<SnsPush as Sender>::Message),
}

impl Client {
    pub fn new(channel: Channel, url: &str) -> Self {
        Self::of(channel, &provider(url, None))
    }

    /// It waits for a short time only.
    pub fn impatient(channel: Channel, url: &str) -> Self {
        Self::of(channel, &provider(url, Some(Duration::from_millis(600))))
    }

    fn of(channel: Channel, config: &SdkConfig) -> Self {
        let shop = Shop {
            name: "Shop".to_owned(),
            url: "https://shop.example/".to_owned(),
            default_locale: "en".to_owned(),
            ..Shop::default()
        };
        let renderer = Renderer::new(shop).unwrap();
        let sns = || aws_sdk_sns::Client::new(config);
        match channel {
            Channel::Email => {
                let settings = EmailSettings {
                    from: EmailAddress::parse("shop@example.com").unwrap(),
                    from_name: "Shop".to_owned(),
                    configuration_set: "bellhop".to_owned(),
                };
                let ses = aws_sdk_sesv2::Client::new(config);
                Self::Email(Box::new(SesEmail::new(ses, renderer, settings)))
            }
            Channel::Sms => {
                Self::Sms(Box::new(SnsSms::new(sns(), renderer, SmsSettings::default())))
            }
            Channel::Push => Self::Push(Box::new(SnsPush::new(sns(), renderer))),
        }
    }
}

impl Sender for Client {
    type Message = Prepared;

    fn channel(&self) -> Channel {
        match self {
            Self::Email(sender) => sender.channel(),
            Self::Sms(sender) => sender.channel(),
            Self::Push(sender) => sender.channel(),
        }
    }

    fn prepare(&self, job: &DeliveryJob, now: Timestamp) -> Result<Prepared, RenderError> {
        match self {
            Self::Email(sender) => sender.prepare(job, now).map(Prepared::Email),
            Self::Sms(sender) => sender.prepare(job, now).map(Prepared::Sms),
            Self::Push(sender) => sender.prepare(job, now).map(Prepared::Push),
        }
    }

    fn payload_hash(&self, message: &Prepared) -> String {
        match (self, message) {
            (Self::Email(sender), Prepared::Email(message)) => sender.payload_hash(message),
            (Self::Sms(sender), Prepared::Sms(message)) => sender.payload_hash(message),
            (Self::Push(sender), Prepared::Push(message)) => sender.payload_hash(message),
            _ => panic!("a message of another channel"),
        }
    }

    async fn send(
        &self,
        job: &DeliveryJob,
        attempt: &AttemptId,
        message: &Prepared,
    ) -> Result<String, NotAccepted> {
        match (self, message) {
            (Self::Email(sender), Prepared::Email(message)) => {
                sender.send(job, attempt, message).await
            }
            (Self::Sms(sender), Prepared::Sms(message)) => sender.send(job, attempt, message).await,
            (Self::Push(sender), Prepared::Push(message)) => {
                sender.send(job, attempt, message).await
            }
            _ => panic!("a message of another channel"),
        }
    }
}

/// What a channel's function works with: the real client, and stores in memory.
pub type RealDeliverer = Deliverer<
    Shared<Ledger>,
    Client,
    Shared<MemoryQueue>,
    Shared<MemoryProfiles>,
    Shared<MemoryQueue>,
    Arc<ManualClock>,
>;

/// A channel's function and its queue.
pub struct Function {
    pub deliverer: RealDeliverer,
    pub queue: Fifo,
    invocations: AtomicU64,
}

impl Function {
    /// A function without troubles, five minutes after [`HAPPENED`].
    pub fn new(client: Client) -> Self {
        Self::with(client, [])
    }

    /// A function whose ledger has these troubles ahead.
    pub fn with(client: Client, troubles: impl IntoIterator<Item = Trouble>) -> Self {
        Self::on(client, Shared::new(Ledger::with(troubles)))
    }

    /// A function on this ledger.
    pub fn on(client: Client, ledger: Shared<Ledger>) -> Self {
        let clock = Arc::new(ManualClock::at(at(HAPPENED)));
        clock.advance(Duration::from_secs(300));
        let queue = Shared::<MemoryQueue>::default();
        let deliverer = Deliverer {
            ledger,
            sender: client,
            jobs: queue.clone(),
            devices: Shared::default(),
            circuit: Circuit::default(),
            quarantine: queue,
            clock,
        };
        Self { deliverer, queue: Fifo::default(), invocations: AtomicU64::new(0) }
    }

    pub fn now(&self) -> Timestamp {
        self.deliverer.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.deliverer.clock.advance(by);
    }

    /// Puts jobs on the queue, each in its order's group; the messages' ids.
    pub fn enqueue<'a>(&self, jobs: impl IntoIterator<Item = &'a DeliveryJob>) -> Vec<String> {
        let send = |job: &DeliveryJob| self.enqueue_text(job.order_id.as_str(), &text(job));
        jobs.into_iter().map(send).collect()
    }

    /// Puts jobs on the queue, all in one group; the messages' ids.
    pub fn enqueue_as<'a>(
        &self,
        group: &str,
        jobs: impl IntoIterator<Item = &'a DeliveryJob>,
    ) -> Vec<String> {
        jobs.into_iter().map(|job| self.enqueue_text(group, &text(job))).collect()
    }

    /// Puts any text on the queue; the message's id.
    pub fn enqueue_text(&self, group: &str, body: &str) -> String {
        self.queue.send("job", group, body, self.now())
    }

    /// Processes these messages in an invocation of its own.
    pub async fn process(&self, records: &[Record]) -> SqsBatchResponse {
        let nth = self.invocations.fetch_add(1, Ordering::Relaxed);
        let invocation = &invocation(&format!("request-{nth}"), self.now());
        let deliverer = &self.deliverer;
        let work =
            |record: Record| async move { delivery::handle(deliverer, &record, invocation).await };
        let clock = &self.deliverer.clock;
        let hiding = Hiding(&self.queue, clock);
        batch::process(batch_of(records), invocation, clock, &hiding, work).await.unwrap()
    }

    /// Takes at most so many messages from the queue; the ids of those that are
    /// not done.
    pub async fn invoke(&self, most: usize) -> Vec<String> {
        let received = self.queue.receive(most, self.now());
        let response = self.process(&received).await;
        let messages: Vec<_> = received.iter().map(Message::from).collect();
        let answer = serde_json::to_string(&response).unwrap();
        let settled = poller::settle(&messages, Outcome::Answer(&answer));
        let mut named = returned(&response);
        named.sort_unstable();
        let mut seen_again = settled.returned.clone();
        seen_again.sort_unstable();
        assert_eq!(seen_again, named, "AWS understands what is meant");
        assert_eq!(settled.overtaking, [""; 0], "no group's order is broken");
        self.queue.settle(&received, &response);
        settled.returned
    }

    /// Works, and lets time pass, until the queue is empty.
    pub async fn settle(&self) {
        for _ in 0..1_000 {
            self.advance(Duration::from_millis(1));
            self.invoke(10).await;
            match self.queue.next_at() {
                Some(next) => self.deliverer.clock.set(next.max(self.now())),
                None => return,
            }
        }
        panic!("the queue never empties");
    }

    /// Processes one job by itself, as the message of a first receive.
    pub async fn deliver(&self, job: &DeliveryJob) -> Result<(), Postponed> {
        let nth = self.invocations.fetch_add(1, Ordering::Relaxed);
        let invocation = invocation(&format!("request-{nth}"), self.now());
        delivery::handle(&self.deliverer, &job_record(job), &invocation).await
    }

    /// What the ledger knows of a job's delivery.
    pub fn record(&self, job: &DeliveryJob) -> Option<DeliveryRecord> {
        self.deliverer.ledger.deliveries().remove(&DeliveryKey::of(job))
    }

    /// The state of a delivery that the ledger knows.
    pub fn state(&self, job: &DeliveryJob) -> DeliveryState {
        self.record(job).unwrap().state
    }
}

/// A job as it stands in a message.
pub fn text(job: &DeliveryJob) -> String {
    serde_json::to_string(job).unwrap()
}

/// Works until the server has received so many requests; the work then stands
/// still, with an answer on its way to it.
pub async fn until_received<F: Future>(server: &Server, count: usize, work: Pin<&mut F>) {
    let received = async {
        while server.count() < count {
            yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = received => {}
        _ = work => panic!("it ended before the server had received {count} requests"),
    }
}

/// How often SES was asked to send each delivery.
pub fn requests_per_delivery(ses: &Server) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for request in ses.requests() {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let tag = &body["EmailTags"][0];
        assert_eq!(tag["Name"], "delivery_id");
        *counts.entry(tag["Value"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}
