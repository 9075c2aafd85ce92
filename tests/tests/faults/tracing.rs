//! The publisher's trace, from the order event to the call of the provider; and the log, in
//! which a decision has one line.

use std::collections::{BTreeMap, BTreeSet};

use bellhop::channel::NotAccepted;
use bellhop::delivery::{JobQueue, QueueUrls, SqsJobs};
use bellhop::lambda::{QueuePair, SqsQueue};
use bellhop::model::failure::SendFailure;
use bellhop::model::{Channel, Class, Origin, Record, Trace};
use bellhop::platform::{DeadLetter, DeadLetterQueue};
use bellhop_tests::child;
use bellhop_tests::event::{Event, record};
use bellhop_tests::job::{invocation, job, job_record};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::world::World;
use serde_json::{Value, json};

use crate::world::{Client, Function, acceptance, eager};

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const HEADER: &str = "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1";
const TRACE_ID: &str = "1-4bf92f35-77b34da6a3ce929d0e0e4736";

fn trace() -> Trace {
    Trace::from_header(HEADER).unwrap()
}

/// The lines of decisions that were printed.
fn lines(printed: &str) -> Vec<Value> {
    let lines = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["message"].is_string()).collect()
}

fn of<'a>(lines: &'a [Value], message: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["message"] == message).collect()
}

#[tokio::test]
async fn a_job_carries_its_trace_on_sqs_and_without_one_nothing() {
    let job = job(Channel::Email);
    let sent =
        json!({"Successful": [{"Id": job.delivery_id, "MessageId": "m", "MD5OfMessageBody": ""}]});
    let server = Server::answering([Answer::ok(sent.to_string())]).await;
    let lane = (Channel::Email, Class::Transactional);
    let urls = QueueUrls::new(BTreeMap::from([(lane, "https://sqs/email.fifo".to_owned())]));
    let queue = SqsJobs::new(aws_sdk_sqs::Client::new(&eager(server.url())), urls);
    let trace = trace();
    for trace in [Some(&trace), None] {
        let origin = Origin { message_id: "m-1", trace };
        queue.enqueue(std::slice::from_ref(&job), origin).await.unwrap();
    }
    let attributes: Vec<_> = server
        .requests()
        .iter()
        .map(|request| serde_json::from_str::<Value>(&request.body).unwrap())
        .map(|body| body["Entries"][0]["MessageSystemAttributes"].clone())
        .collect();
    let carried = json!({"AWSTraceHeader": {"DataType": "String", "StringValue": HEADER}});
    assert_eq!(attributes, [carried, Value::Null]);
}

#[tokio::test]
async fn a_dead_letter_keeps_its_trace() {
    let server = Server::answering([Answer::ok("{}")]).await;
    let pair = QueuePair { url: "u/q.fifo".into(), dead_letter_url: "u/q-dlq.fifo".into() };
    let queue = SqsQueue::new(aws_sdk_sqs::Client::new(&eager(server.url())), vec![pair]);
    let message = Record { trace: Some(trace()), ..record("m-1", None, "?") };
    let letter = DeadLetter { reason: "not_json".into(), detail: "the body is no JSON".to_owned() };
    queue.put(&message, &letter).await.unwrap();
    let body: Value = serde_json::from_str(&server.requests()[0].body).unwrap();
    assert_eq!(body["MessageSystemAttributes"]["AWSTraceHeader"]["StringValue"], HEADER);
}

#[tokio::test]
async fn the_call_to_each_provider_is_part_of_the_trace() {
    for channel in Channel::ALL {
        let server = Server::answering([acceptance(channel, "id-1")]).await;
        let function = Function::new(Client::new(channel, server.url()));
        let traced = Record { trace: Some(trace()), ..job_record(&job(channel)) };
        let now = invocation("request", function.now());
        bellhop::delivery::handle(&function.deliverer, &traced, &now).await.unwrap();
        let head = server.requests()[0].head.to_ascii_lowercase();
        let wanted = format!("x-amzn-trace-id: {}\r\n", HEADER.to_ascii_lowercase());
        assert!(head.contains(&wanted), "{channel}: {head}");
    }
}

/// Whether the event says it or the queue carries it.
#[test]
fn a_trace_goes_from_the_event_through_the_queues_to_every_line_of_its_deliveries() {
    let test =
        "tracing::a_trace_goes_from_the_event_through_the_queues_to_every_line_of_its_deliveries";
    let printed = child::printed(test, async {
        // Push fails for good, and SMS follows: the trace goes with the jobs of both.
        let failed = NotAccepted { failure: SendFailure::Permanent, reason: "no".into() };
        let world = World::with(Vec::new(), BTreeMap::from([(Channel::Push, vec![failed])]));
        world.register_device("c-77", bellhop::model::Platform::Fcm, "token").await;
        world.publish(&Event::of("order.paid").with("/traceparent", TRACEPARENT));
        let other = Event::of("order.paid").id("evt-2").with("/data/order/id", "A-2");
        world.publish_traced(&other, &trace());
        let malformed = Event::of("order.paid").id("evt-3").with("/data/order/id", "A-3");
        world.publish(&malformed.with("/traceparent", json!({"not": "a trace"})));
        world.settle().await;
    });
    let Some(printed) = printed else { return };
    let lines = lines(&printed);
    let traced = |line: &&&Value| line["trace_id"] == TRACE_ID;
    let orders = |lines: Vec<&Value>| -> BTreeSet<String> {
        let traced = lines.iter().filter(traced);
        traced.map(|line| line["order_id"].as_str().unwrap().to_owned()).collect()
    };
    let both: BTreeSet<_> = ["A-1001", "A-2"].map(str::to_owned).into();
    assert_eq!(orders(of(&lines, "event")), both, "{printed}");
    let on_route: BTreeSet<_> = ["A-1001".to_owned()].into();
    assert_eq!(orders(of(&lines, "channel failed")), on_route, "{printed}");
    let deliveries = of(&lines, "delivery");
    assert_eq!(orders(deliveries.clone()), both, "{printed}");
    let followed = deliveries.iter().filter(traced).filter(|line| line["channel"] == "sms");
    assert_eq!(followed.count(), 1, "the channel that follows: {printed}");
    let untraced = deliveries.iter().filter(|line| line["order_id"] == "A-3");
    assert!(
        untraced.clone().count() > 0 && untraced.clone().all(|line| line["trace_id"].is_null())
    );
}

/// What a line is about: a line with the same of all is the same line twice.
fn decision(line: &Value) -> Vec<String> {
    let told_by = ["message", "event_id", "message_id", "receive_count", "delivery_id", "state"];
    told_by.map(|member| line[member].to_string()).into()
}

#[test]
fn each_decision_is_one_line() {
    let test = "tracing::each_decision_is_one_line";
    let printed = child::printed(test, async {
        let throttled = NotAccepted { failure: SendFailure::Throttled, reason: "Throttled".into() };
        let no_answer = NotAccepted { failure: SendFailure::Unknown, reason: "no_answer".into() };
        let failures = [(Channel::Email, vec![throttled]), (Channel::Sms, vec![no_answer])];
        let world = World::with(Vec::new(), failures.into());
        let event = Event::of("order.paid").on(&["email", "sms"]);
        world.publish(&event.with("/data/order/placed_at", "some day"));
        world.publish(&Event::of("order.paid").id("evt-2").with("/type", "order.payed"));
        world.publish_text("A-1001", "no JSON");
        world.settle().await;
    });
    let Some(printed) = printed else { return };
    let lines = lines(&printed);
    let decisions: Vec<_> = lines.iter().map(decision).collect();
    let different: BTreeSet<_> = decisions.iter().collect();
    assert_eq!(different.len(), decisions.len(), "{printed}");

    let counted = |message: &str| of(&lines, message).len();
    // Two events that could be read; a wait and an acceptance, an end in doubt; a dead letter.
    assert_eq!((counted("event"), counted("delivery"), counted("dead-lettered")), (2, 3, 1));
    // The wait has a line already, that of its delivery.
    assert_eq!(counted("postponed"), 0, "{printed}");

    let sum = |metric: &str| -> f64 { lines.iter().filter_map(|line| line[metric].as_f64()).sum() };
    assert_eq!(sum("Events"), 2.0);
    assert_eq!((sum("Repairs"), sum("UnknownTypes"), sum("DeadLettered")), (1.0, 1.0, 1.0));
    assert_eq!((sum("Throttles"), sum("UnknownOutcomes"), sum("DeliveryFailed")), (1.0, 1.0, 1.0));
    let accepted: Vec<_> =
        lines.iter().filter(|line| line["SinceEventAccepted"].is_number()).collect();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0]["priority"], "high");
}

/// What SMS are paid by.
#[test]
fn an_sms_tells_its_segments_and_its_country() {
    let test = "tracing::an_sms_tells_its_segments_and_its_country";
    let printed = child::printed(test, async {
        let server = Server::answering([acceptance(Channel::Sms, "id-1")]).await;
        let function = Function::new(Client::new(Channel::Sms, server.url()));
        assert_eq!(function.deliver(&job(Channel::Sms)).await, Ok(()));
    });
    let Some(printed) = printed else { return };
    let lines = lines(&printed);
    let line = of(&lines, "delivery")[0];
    assert_eq!(line["country"], "AT", "{line}");
    assert_eq!(line["encoding"], "GSM-7", "{line}");
    assert!(line["segments"].as_u64().is_some_and(|segments| segments >= 1), "{line}");
}

/// The dimension of every metric is a member of its line, and all that is counted is listed.
#[test]
fn lines_count_only_what_is_listed() {
    let test = "tracing::lines_count_only_what_is_listed";
    let printed = child::printed(test, async {
        let failed = NotAccepted { failure: SendFailure::Permanent, reason: "no".into() };
        let world = World::with(Vec::new(), BTreeMap::from([(Channel::Email, vec![failed])]));
        world.publish(&Event::of("order.paid").on(&["email", "sms"]));
        world.settle().await;
    });
    let Some(printed) = printed else { return };
    let billed = bellhop::platform::telemetry::billed();
    let billed: BTreeSet<_> = billed.iter().map(|of| (of.name, of.channel)).collect();
    let lines = lines(&printed);
    let mut counted = BTreeSet::new();
    for line in lines.iter().filter(|line| line["_aws"].is_object()) {
        for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
            assert_eq!(directive["Namespace"], "Bellhop");
            let dimensions = &directive["Dimensions"];
            let channel = match dimensions {
                _ if *dimensions == json!([["stage"]]) => None,
                _ if *dimensions == json!([["stage", "channel"]]) => line["channel"].as_str(),
                _ => panic!("{dimensions}"),
            };
            assert!(line["stage"].is_string(), "{line}");
            for metric in directive["Metrics"].as_array().unwrap() {
                let name = metric["Name"].as_str().unwrap();
                assert!(line[name].is_number(), "{name}: {line}");
                counted.insert((name, channel));
            }
        }
    }
    assert!(counted.is_subset(&billed), "{counted:?}");
    assert!(counted.contains(&("DeliveryFailed", Some("email"))), "{counted:?}");
}
