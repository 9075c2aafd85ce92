//! The webhook: the call that the application gets, and what becomes of its answer.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use bellhop::feedback::webhook::{Caller, Endpoint, HttpsCaller, Ports, SigningSecret, handle};
use bellhop::model::clock::{Clock, ManualClock, SystemClock};
use bellhop::model::{Postponed, Record};
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::event::record;
use bellhop_tests::server::{Answer, Request, Server};
use bellhop_tests::{HAPPENED, at};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const EVENT: &str = r#"{"specversion":"1.0","id":"outcome-1","type":"delivery.failed"}"#;

struct OnTheWire<C>(std::marker::PhantomData<C>);

impl<C: Clock> Ports for OnTheWire<C> {
    type Caller = HttpsCaller;
    type DeadLetters = MemoryDeadLetters;
    type Clock = C;
}

fn caller<C: Clock>(url: &str, clock: C) -> Caller<OnTheWire<C>> {
    Caller {
        endpoint: Endpoint::parse(url).unwrap(),
        secret: SigningSecret::parse(SECRET).unwrap(),
        caller: HttpsCaller::new().with_timeout(Duration::from_millis(500)),
        dead_letters: MemoryDeadLetters::default(),
        clock,
    }
}

fn at_once(server: &Server) -> Caller<OnTheWire<ManualClock>> {
    caller(&format!("{}/hooks?shop=1", server.url()), ManualClock::at(at(HAPPENED)))
}

fn outcome() -> Record {
    record("m-1", None, EVENT)
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    let line = request.head.lines().find(|line| line.to_lowercase().starts_with(name));
    line.and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value)
}

#[tokio::test]
async fn a_call_carries_the_event_as_it_is_its_id_and_the_signature() {
    let server = Server::answering([Answer::ok("")]).await;
    handle(&at_once(&server), &outcome()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert!(request.head.starts_with("POST /hooks?shop=1 HTTP/1.1"), "{}", request.head);
    assert_eq!(request.body, EVENT);
    assert_eq!(header(request, "content-type"), "application/cloudevents+json");
    assert_eq!(header(request, "webhook-id"), "outcome-1");
    assert_eq!(header(request, "webhook-timestamp"), at(HAPPENED).as_second().to_string());
    let signature = SigningSecret::parse(SECRET).unwrap().sign("outcome-1", at(HAPPENED), EVENT);
    assert_eq!(header(request, "webhook-signature"), signature);
}

/// The status of an answer with this body.
async fn answered(status: u16) -> (Result<(), Postponed>, usize) {
    let server = Server::answering([Answer::rest_error(status, "Code", "words")]).await;
    let caller = at_once(&server);
    let result = handle(&caller, &outcome()).await;
    assert_eq!(server.count(), 1, "each receive is one call");
    (result, caller.dead_letters.all().len())
}

#[tokio::test]
async fn what_the_application_does_not_take_comes_again() {
    for status in [200, 202, 204] {
        assert_eq!(answered(status).await, (Ok(()), 0), "{status}");
    }
    // A redirect would lead a signed call to anybody.
    for status in [301, 307, 400, 401, 404, 429, 500, 503] {
        let (result, letters) = answered(status).await;
        let postponed = result.unwrap_err();
        assert_eq!(postponed.reason, format!("http_{status}").as_str());
        // By the backoff of its queue.
        assert_eq!((postponed.retry_after, letters), (None, 0), "{status}");
    }
}

#[tokio::test]
async fn an_application_that_is_gone_for_good_gets_no_more() {
    assert_eq!(answered(410).await, (Ok(()), 1));
}

#[tokio::test]
async fn an_application_that_does_not_answer_is_called_again() {
    for answer in [Answer::Silence, Answer::Closed] {
        let server = Server::answering([answer]).await;
        let postponed = handle(&at_once(&server), &outcome()).await.unwrap_err();
        assert_eq!(postponed.reason, "no_answer");
    }
    let gone = caller(&Server::gone().await, ManualClock::at(at(HAPPENED)));
    assert_eq!(handle(&gone, &outcome()).await.unwrap_err().reason, "no_answer");
}

#[tokio::test]
async fn what_is_no_outcome_is_dead_lettered_and_never_sent() {
    let server = Server::answering([Answer::ok("")]).await;
    let caller = at_once(&server);
    for body in ["", "no JSON", "{}", r#"{"id": 1}"#, r#"{"id": "a\r\nx: y"}"#] {
        handle(&caller, &record("m-1", None, body)).await.unwrap();
    }
    assert_eq!((server.count(), caller.dead_letters.all().len()), (0, 5));
}

/// The sample receiver of the repository. It ends when this is dropped.
struct Receiver {
    process: Child,
    url: String,
    // It goes on printing.
    said: BufReader<ChildStdout>,
}

impl Receiver {
    fn start() -> Self {
        let script = format!("{}/../events/webhook-receiver.py", env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new("python3")
            .args(["-u", &script, "0"])
            .env("WEBHOOK_SECRET", SECRET)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let url = line.split_whitespace().last().unwrap().to_owned();
        Self { process, url, said }
    }

    /// All that it has said of outcomes; it ends by this.
    fn ends(mut self) -> String {
        self.process.kill().unwrap();
        let mut said = String::new();
        self.said.read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_sample_receiver_takes_what_is_signed_and_nothing_else() {
    let receiver = Receiver::start();
    let good = caller(&receiver.url, SystemClock);
    let forged = Caller {
        secret: SigningSecret::parse(&"abcdefgh".repeat(8)).unwrap(),
        ..caller(&receiver.url, SystemClock)
    };
    let replayed = caller(&receiver.url, ManualClock::at(at(HAPPENED)));
    assert_eq!(handle(&good, &outcome()).await, Ok(()));
    assert_eq!(handle(&good, &outcome()).await, Ok(()), "a repetition is taken");
    assert_eq!(handle(&forged, &outcome()).await.unwrap_err().reason, "http_401");
    assert_eq!(handle(&replayed, &outcome()).await.unwrap_err().reason, "http_401");
    let said = receiver.ends();
    assert_eq!(said.matches("delivery.failed").count(), 1, "it is done once: {said}");
}
