//! A channel's function between its queue, a ledger in memory and a server that
//! stands for its provider; the client is the real one, configured as the
//! function configures it.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_lambda_events::sqs::SqsBatchResponse;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use bellhop::channel::email::{EmailAddress, EmailSettings, SesEmail};
use bellhop::channel::push::SnsPush;
use bellhop::channel::sms::{SmsSettings, SnsSms};
use bellhop::channel::{NotAccepted, Outgoing, Sender};
use bellhop::content::{RenderError, Renderer, Shop};
use bellhop::customer::MemoryProfiles;
use bellhop::delivery::{self, Circuit, Deliverer, DeliveryJob, HourlyCap, MemoryQueue, Unsent};
use bellhop::lambda::batch;
use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::clock::{Clock, ManualClock, Timestamp};
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, Platform, Postponed, ProviderMessageId, Record};
use bellhop::platform::MemoryDeadLetters;
use bellhop::platform::aws::for_provider;
use bellhop::platform::telemetry::SmsParts;
use bellhop_local::sdk_config;
use bellhop_tests::event::batch as batch_of;
use bellhop_tests::fifo::{Fifo, Hiding, returned};
use bellhop_tests::job::{MemoryContacts, at_any_pace, contacts, device, invocation, job_record};
use bellhop_tests::poller::{self, Message, Outcome};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::{Ledger, Shared, Trouble};
use bellhop_tests::{HAPPENED, at};
use serde_json::Value;
use tokio::task::yield_now;

/// A configuration whose clients make a failed call so often, without long pauses.
fn trying(url: &str, attempts: u32) -> SdkConfig {
    let retries = RetryConfig::standard()
        .with_max_attempts(attempts)
        .with_initial_backoff(Duration::from_millis(1));
    sdk_config(url).to_builder().retry_config(retries).build()
}

/// A configuration whose clients repeat failed calls, as those of DynamoDB and
/// SQS do.
pub fn repeating(url: &str) -> SdkConfig {
    trying(url, 3)
}

/// A configuration that repeats failed calls eagerly, as the environment or a
/// later change might ask for.
pub fn eager(url: &str) -> SdkConfig {
    trying(url, 5)
}

/// The configuration of the providers' clients, made from an eager one.
pub fn provider(url: &str) -> SdkConfig {
    for_provider(&eager(url), Duration::from_secs(8))
}

/// The same, but that waits for an answer for a shorter time.
pub fn impatient_provider(url: &str) -> SdkConfig {
    let timeouts =
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(300)).build();
    provider(url).to_builder().timeout_config(timeouts).build()
}

fn renderer() -> Renderer {
    let shop = Shop {
        name: "Shop".to_owned(),
        url: "https://shop.example/".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    Renderer::new(shop).unwrap()
}

/// The sender of e-mail, as the function builds it.
pub fn email(config: &SdkConfig) -> SesEmail {
    let settings = EmailSettings {
        from: EmailAddress::parse("shop@example.com").unwrap(),
        from_name: "Shop".to_owned(),
        configuration_set: "bellhop".to_owned(),
    };
    SesEmail::new(aws_sdk_sesv2::Client::new(config), renderer(), settings)
}

/// The sender of SMS, as the function builds it.
pub fn sms(config: &SdkConfig) -> SnsSms {
    let settings = SmsSettings {
        sender_id: Some("Shop".to_owned()),
        origination_number: Some("+436609999999".to_owned()),
        max_price: None,
    };
    SnsSms::new(aws_sdk_sns::Client::new(config), renderer(), settings)
}

/// The sender of push, as the function builds it.
pub fn push(config: &SdkConfig) -> SnsPush {
    SnsPush::new(aws_sdk_sns::Client::new(config), renderer())
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

/// The provider answers a message with this error.
pub fn error_answer(channel: Channel, status: u16, code: &str, message: &str) -> Answer {
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
        Self::of(channel, &provider(url))
    }

    /// It waits for a short time only.
    pub fn impatient(channel: Channel, url: &str) -> Self {
        Self::of(channel, &impatient_provider(url))
    }

    pub fn of(channel: Channel, config: &SdkConfig) -> Self {
        match channel {
            Channel::Email => Self::Email(Box::new(email(config))),
            Channel::Sms => Self::Sms(Box::new(sms(config))),
            Channel::Push => Self::Push(Box::new(push(config))),
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

    fn prepare(&self, outgoing: &Outgoing<'_>, now: Timestamp) -> Result<Prepared, RenderError> {
        match self {
            Self::Email(sender) => sender.prepare(outgoing, now).map(Prepared::Email),
            Self::Sms(sender) => sender.prepare(outgoing, now).map(Prepared::Sms),
            Self::Push(sender) => sender.prepare(outgoing, now).map(Prepared::Push),
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

    fn parts(&self, message: &Prepared) -> Option<SmsParts> {
        match (self, message) {
            (Self::Sms(sender), Prepared::Sms(message)) => sender.parts(message),
            _ => None,
        }
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        message: &Prepared,
    ) -> Result<ProviderMessageId, NotAccepted> {
        match (self, message) {
            (Self::Email(sender), Prepared::Email(message)) => {
                sender.send(outgoing, attempt, message).await
            }
            (Self::Sms(sender), Prepared::Sms(message)) => {
                sender.send(outgoing, attempt, message).await
            }
            (Self::Push(sender), Prepared::Push(message)) => {
                sender.send(outgoing, attempt, message).await
            }
            _ => panic!("a message of another channel"),
        }
    }
}

/// What a channel's function works with: its sender, and stores in memory.
pub struct Behind<S>(PhantomData<S>);

impl<S: Sender> delivery::Ports for Behind<S> {
    type Ledger = Shared<Ledger>;
    type Sender = S;
    type Routes = Shared<MemoryQueue>;
    type Devices = Shared<MemoryProfiles>;
    type Contacts = MemoryContacts;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

/// A channel's function with the real client.
pub type RealDeliverer = Deliverer<Behind<Client>>;

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
        let devices = Shared::of_owners([("c-77", device(Platform::Fcm, "token-1"))]);
        let deliverer = Deliverer {
            ledger,
            sender: client,
            routes: Shared::default(),
            contacts: contacts(&devices),
            devices,
            circuit: Circuit::default(),
            pace: at_any_pace(),
            cap: HourlyCap::default(),
            unsent: Unsent::default(),
            dead_letters: Shared::default(),
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
        self.deliverer.ledger.deliveries().remove(&job.key())
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
