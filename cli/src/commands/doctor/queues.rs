//! The queues: how long they wait, where what fails goes, and what waits there.

use std::collections::HashMap;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName;
use bellhop::model::clock::Timestamp;
use jiff::SignedDuration;
use serde::Deserialize;

use super::finding::{Code, Finding, Subject};
use super::functions::Facts;
use super::looked::{Looked, if_there, sdk};
use super::metrics::{self, Metric};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Queues;

/// Source: AWS Lambda Developer Guide, "Configuring a queue to use with Lambda".
const VISIBILITY_PER_TIMEOUT: u64 = 6;

/// How far back the age of a dead-letter queue's oldest message is looked for.
const RECENTLY: SignedDuration = SignedDuration::from_mins(30);

/// A queue of the stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Queue {
    url: String,
    name: String,
    arn: String,
    /// In seconds.
    visibility: u64,
    /// The ARN of the queue that gets what fails.
    dead_letters_to: Option<String>,
    /// How many messages wait.
    waiting: u64,
    /// How old the oldest is, in seconds, where CloudWatch knows.
    oldest: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedrivePolicy {
    dead_letter_target_arn: String,
}

/// Asks for all queues of the stack, each by its name in the template; none where it is
/// gone.
pub(super) async fn look(
    config: &SdkConfig,
    stack: &StackFacts,
    now: Timestamp,
) -> Looked<Vec<(String, Option<Queue>)>> {
    let sqs = Client::new(config);
    let mut queues = Vec::new();
    for resource in stack.of_kind("AWS::SQS::Queue") {
        let answer = sqs
            .get_queue_attributes()
            .queue_url(&resource.physical)
            .attribute_names(QueueAttributeName::All)
            .send()
            .await;
        let found = if_there(sdk("sqs:GetQueueAttributes", answer))?;
        let attributes = found.map(|found| found.attributes.unwrap_or_default());
        queues.push((
            resource.logical.clone(),
            attributes.map(|attributes| queue(&resource.physical, &attributes)),
        ));
    }
    for queue in queues.iter_mut().filter_map(|(_, queue)| queue.as_mut()) {
        if queue.waiting > 0 {
            queue.oldest = oldest(config, &queue.name, now).await?;
        }
    }
    Ok(queues)
}

fn queue(url: &str, attributes: &HashMap<QueueAttributeName, String>) -> Queue {
    let text = |name| attributes.get(&name).map_or("", String::as_str);
    let number = |name| text(name).parse().unwrap_or(0);
    let arn = text(QueueAttributeName::QueueArn).to_owned();
    let policy: Option<RedrivePolicy> =
        serde_json::from_str(text(QueueAttributeName::RedrivePolicy)).ok();
    Queue {
        url: url.to_owned(),
        name: arn.rsplit(':').next().unwrap_or_default().to_owned(),
        visibility: number(QueueAttributeName::VisibilityTimeout),
        dead_letters_to: policy.map(|policy| policy.dead_letter_target_arn),
        waiting: number(QueueAttributeName::ApproximateNumberOfMessages)
            + number(QueueAttributeName::ApproximateNumberOfMessagesNotVisible),
        oldest: None,
        arn,
    }
}

async fn oldest(config: &SdkConfig, name: &str, now: Timestamp) -> Looked<Option<u64>> {
    let metric = Metric {
        namespace: "AWS/SQS",
        name: "ApproximateAgeOfOldestMessage",
        dimensions: &[("QueueName", name)],
        statistic: "Maximum",
    };
    let points = metrics::look(config, &metric, now, RECENTLY).await?;
    Ok(points.last().map(|point| point.value as u64))
}

/// Whether what failed elsewhere comes here: a queue's dead letters, or what nobody reads,
/// as a topic's or a stream's failures.
fn is_dead(queue: &Queue, all: &[(String, Option<Queue>)], functions: Option<&Facts>) -> bool {
    let mut others = all.iter().filter_map(|(_, other)| other.as_ref());
    let unread = |functions: &Facts| functions.timeout_behind(&queue.arn).is_none();
    others.any(|other| other.dead_letters_to.as_deref() == Some(queue.arn.as_str()))
        || functions.is_some_and(unread)
}

/// What there is to say about them: faults one by one, what is in order in one line each.
/// Without `functions` nothing is said of visibility.
pub(super) fn judge(queues: &[(String, Option<Queue>)], functions: Option<&Facts>) -> Vec<Finding> {
    let mut faults = Vec::new();
    for (logical, queue) in queues {
        let Some(queue) = queue else {
            let what = format!("{logical} is gone");
            faults.push(Finding::error(SUBJECT, Code::QueueMissing, what, "deploy again"));
            continue;
        };
        if is_dead(queue, queues, functions) {
            faults.extend(dead_letters(queue));
            continue;
        }
        faults.extend(redrive(queue, queues));
        let timeout = functions.and_then(|functions| functions.timeout_behind(&queue.arn));
        faults.extend(timeout.and_then(|timeout| visibility(queue, timeout)));
    }
    let in_order = [
        functions.map(|_| {
            (
                Code::QueueVisibility,
                "every queue waits long enough before it hands a message out again",
            )
        }),
        Some((Code::QueueRedrive, "every queue has a dead-letter queue")),
        Some((Code::DeadLetters, "no dead-letter queue holds anything")),
    ];
    let mut findings = Vec::new();
    for (code, what) in in_order.into_iter().flatten() {
        if !faults.iter().any(|fault| fault.code == code) {
            findings.push(Finding::ok(SUBJECT, code, what));
        }
    }
    findings.extend(faults);
    findings
}

fn visibility(queue: &Queue, timeout: u64) -> Option<Finding> {
    let Queue { name, url, visibility, .. } = queue;
    let needed = VISIBILITY_PER_TIMEOUT * timeout;
    let what = format!("{name} hands a message out again after {visibility} s");
    let todo = format!(
        "`aws sqs set-queue-attributes --queue-url {url} --attributes VisibilityTimeout={needed}`, or \
         deploy again"
    );
    match *visibility {
        visibility if visibility < timeout => {
            let what = format!("{what}, while its function may still work on it for {timeout} s");
            Some(Finding::error(SUBJECT, Code::QueueVisibility, what, todo))
        }
        visibility if visibility < needed => {
            let what = format!("{what}, less than six times its function's {timeout} s");
            Some(Finding::warning(SUBJECT, Code::QueueVisibility, what, todo))
        }
        _ => None,
    }
}

fn redrive(queue: &Queue, all: &[(String, Option<Queue>)]) -> Option<Finding> {
    let Queue { name, dead_letters_to, .. } = queue;
    let there = |arn: &String| all.iter().any(|(_, q)| q.as_ref().is_some_and(|q| q.arn == *arn));
    let what = match dead_letters_to {
        None => format!("{name} has no dead-letter queue: what always fails is tried for ever"),
        Some(arn) if !there(arn) => {
            format!("what fails on {name} goes to {arn}, which is none of the stack's")
        }
        Some(_) => return None,
    };
    Some(Finding::error(SUBJECT, Code::QueueRedrive, what, "deploy again"))
}

fn dead_letters(queue: &Queue) -> Option<Finding> {
    let Queue { name, url, waiting, oldest, .. } = queue;
    if *waiting == 0 {
        return None;
    }
    let messages = if *waiting == 1 { "message waits" } else { "messages wait" };
    let age = oldest.map_or(String::new(), |seconds| format!(", the oldest for {}", ago(seconds)));
    Some(Finding::warning(
        SUBJECT,
        Code::DeadLetters,
        format!("{waiting} {messages} on {name}{age}"),
        format!(
            "read why: `aws sqs receive-message --queue-url {url} --visibility-timeout 0 \
             --message-attribute-names bellhop-reason bellhop-detail`"
        ),
    ))
}

fn ago(seconds: u64) -> String {
    match seconds {
        ..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::super::functions::{Function, Mapping};
    use super::*;

    fn source() -> Queue {
        Queue {
            name: "email.fifo".to_owned(),
            arn: "arn:email".to_owned(),
            visibility: 180,
            dead_letters_to: Some("arn:email-dlq".to_owned()),
            ..Queue::default()
        }
    }

    fn dead() -> Queue {
        Queue {
            name: "email-dlq.fifo".to_owned(),
            arn: "arn:email-dlq".to_owned(),
            ..Queue::default()
        }
    }

    /// The faults of two queues, whose function has 30 seconds.
    fn faults(source: Option<Queue>, dead: Option<Queue>) -> Vec<(Code, Level)> {
        let function =
            Function { function_arn: "arn:send".to_owned(), timeout: 30, ..Function::default() };
        let mapping = Mapping {
            event_source_arn: "arn:email".to_owned(),
            function_arn: "arn:send".to_owned(),
            ..Mapping::default()
        };
        let facts = Facts {
            functions: vec![("Send".to_owned(), Some(function))],
            mappings: vec![("Jobs".to_owned(), Some(mapping))],
        };
        let queues = [("EmailQueue".to_owned(), source), ("EmailDead".to_owned(), dead)];
        let found = judge(&queues, Some(&facts)).into_iter();
        found.filter(|f| f.level > Ok).map(|f| (f.code, f.level)).collect()
    }

    #[test]
    fn each_fault_of_the_queues_is_found() {
        use Code::{DeadLetters, QueueMissing, QueueRedrive, QueueVisibility};
        let visible = |visibility| Some(Queue { visibility, ..source() });
        let waiting = |waiting| Some(Queue { waiting, ..dead() });
        for (source, dead, expected) in [
            (Some(source()), Some(dead()), vec![]),
            (visible(179), Some(dead()), vec![(QueueVisibility, Warning)]),
            (visible(29), Some(dead()), vec![(QueueVisibility, Error)]),
            (Some(source()), waiting(1), vec![(DeadLetters, Warning)]),
            (
                Some(Queue { dead_letters_to: None, ..source() }),
                None,
                vec![(QueueRedrive, Error), (QueueMissing, Error)],
            ),
            (Some(source()), None, vec![(QueueRedrive, Error), (QueueMissing, Error)]),
            // Nobody reads it, so it holds a topic's or a stream's failures.
            (
                Some(Queue { dead_letters_to: None, ..source() }),
                waiting(1),
                vec![(QueueRedrive, Error), (DeadLetters, Warning)],
            ),
        ] {
            assert_eq!(faults(source.clone(), dead), expected, "{source:?}");
        }
    }

    #[test]
    fn what_waits_is_told_with_its_number_and_age() {
        let told = |waiting, oldest| {
            dead_letters(&Queue { waiting, oldest, ..dead() }).map(|finding| finding.what)
        };
        assert_eq!(told(0, None), None);
        assert_eq!(told(1, None).as_deref(), Some("1 message waits on email-dlq.fifo"));
        let two = "2 messages wait on email-dlq.fifo, the oldest for 3 h";
        assert_eq!(told(2, Some(11_000)).as_deref(), Some(two));
    }

    #[test]
    fn attributes_are_read_as_sqs_writes_them() {
        let attributes = HashMap::from([
            (QueueAttributeName::QueueArn, "arn:aws:sqs:r:1:email.fifo".to_owned()),
            (QueueAttributeName::VisibilityTimeout, "450".to_owned()),
            (
                QueueAttributeName::RedrivePolicy,
                r#"{"deadLetterTargetArn":"arn:dlq","maxReceiveCount":"1000"}"#.to_owned(),
            ),
            (QueueAttributeName::ApproximateNumberOfMessages, "2".to_owned()),
            (QueueAttributeName::ApproximateNumberOfMessagesNotVisible, "1".to_owned()),
        ]);
        let found = queue("https://q", &attributes);
        assert_eq!((&*found.name, found.visibility, found.waiting), ("email.fifo", 450, 3));
        assert_eq!(found.dead_letters_to.as_deref(), Some("arn:dlq"));
    }
}
