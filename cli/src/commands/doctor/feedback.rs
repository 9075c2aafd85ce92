//! What SES reports of e-mail, and whether anything receives it.

use aws_sdk_sesv2::types::EventType;
use aws_sdk_sesv2::{Client, types};

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, if_there, sdk};

const SUBJECT: Subject = Subject::Feedback;

/// The stack's output that names the topic which SES reports to.
pub(super) const TOPIC: &str = "SesEventsTopicArn";

/// The events that `feedback` reads.
const EVENTS: [EventType; 7] = [
    EventType::Send,
    EventType::Delivery,
    EventType::Bounce,
    EventType::Complaint,
    EventType::Reject,
    EventType::DeliveryDelay,
    EventType::RenderingFailure,
];

/// An event destination to an SNS topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Destination {
    name: String,
    state: State,
    events: Vec<EventType>,
    topic: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Enabled,
    Disabled,
}

/// Asks for the destinations of a configuration set. A set that is not there has none;
/// that it is missing is said elsewhere.
pub(super) async fn look(ses: &Client, set: &str) -> Looked<Vec<Destination>> {
    let answer =
        ses.get_configuration_set_event_destinations().configuration_set_name(set).send().await;
    let found = if_there(sdk("ses:GetConfigurationSetEventDestinations", answer))?;
    let all = found.and_then(|found| found.event_destinations).unwrap_or_default();
    let to_topic = |destination: types::EventDestination| {
        Some(Destination {
            name: destination.name,
            state: if destination.enabled { State::Enabled } else { State::Disabled },
            events: destination.matching_event_types,
            topic: destination.sns_destination?.topic_arn,
        })
    };
    Ok(all.into_iter().filter_map(to_topic).collect())
}

/// The destination that `feedback` hears by: the one to the stack's own topic, if the
/// stack has one.
pub(super) fn ours<'a>(
    destinations: &'a [Destination],
    stacks_topic: Option<&str>,
) -> Option<&'a Destination> {
    destinations.iter().find(|found| stacks_topic.is_none_or(|topic| found.topic == topic))
}

impl Destination {
    /// The topic that it publishes to.
    pub(super) fn topic(&self) -> &str {
        &self.topic
    }
}

/// What there is to say about the destination of a configuration set.
pub(super) fn judge(set: &str, destination: Option<&Destination>) -> Finding {
    let code = Code::EventDestination;
    let Some(destination) = destination else {
        return Finding::error(
            SUBJECT,
            code,
            format!(
                "SES reports nothing of {set}'s mail: no event destination publishes to the stack"
            ),
            "deploy the stack again; if the destination was deleted by hand, give it another name in \
             template.yaml first, as CloudFormation does not notice",
        );
    };
    let Destination { name, state, events, topic } = destination;
    let expected = EVENTS.iter().map(EventType::as_str).collect::<Vec<_>>().join(",");
    let missing: Vec<_> = EVENTS.iter().filter(|event| !events.contains(event)).collect();
    let update = format!(
        "`aws sesv2 update-configuration-set-event-destination --configuration-set-name {set} \
         --event-destination-name {name} --event-destination \
         'Enabled=true,MatchingEventTypes=[{expected}],SnsDestination={{TopicArn={topic}}}'`"
    );
    match state {
        State::Disabled => Finding::error(
            SUBJECT,
            code,
            format!("event destination {name} is disabled: nobody learns what became of mail"),
            update,
        ),
        State::Enabled if !missing.is_empty() => {
            let missing: Vec<_> = missing.into_iter().map(EventType::as_str).collect();
            let what = format!("event destination {name} lacks {}", missing.join(", "));
            Finding::error(SUBJECT, code, what, update)
        }
        State::Enabled => Finding::ok(
            SUBJECT,
            code,
            format!("event destination {name} reports what becomes of mail"),
        ),
    }
}

/// Whether a queue receives what is published to the topic. `protocols` are those of its
/// confirmed subscriptions.
pub(super) fn judge_subscriptions(topic: &str, protocols: &[&str]) -> Finding {
    if protocols.contains(&"sqs") {
        return Finding::ok(SUBJECT, Code::FeedbackSubscription, "a queue receives SES's reports");
    }
    Finding::error(
        SUBJECT,
        Code::FeedbackSubscription,
        format!("no queue is subscribed to {topic}: SES's reports are lost"),
        "deploy the stack again; if the subscription was deleted by hand, subscribe the feedback \
         queue with `aws sns subscribe --protocol sqs`",
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{Error, Ok};
    use super::*;

    fn destination() -> Destination {
        Destination {
            name: "feedback".to_owned(),
            state: State::Enabled,
            events: EVENTS.into_iter().chain([EventType::Open]).collect(),
            topic: "arn:aws:sns:eu-west-1:1:feedback".to_owned(),
        }
    }

    #[test]
    fn a_destination_must_be_there_enabled_and_have_all_events() {
        let without = |left_out: &EventType| Destination {
            events: EVENTS.into_iter().filter(|event| event != left_out).collect(),
            ..destination()
        };
        assert_eq!(judge("mail", Some(&destination())).level, Ok);
        assert_eq!(judge("mail", None).level, Error);
        let disabled = Destination { state: State::Disabled, ..destination() };
        assert_eq!(judge("mail", Some(&disabled)).level, Error);
        for event in &EVENTS {
            let found = judge("mail", Some(&without(event)));
            assert_eq!(found.level, Error);
            assert!(found.what.ends_with(&format!("lacks {event}")), "{}", found.what);
        }
    }

    #[test]
    fn a_destination_to_another_topic_is_not_the_stacks() {
        let all = [destination()];
        assert_eq!(ours(&all, None), Some(&all[0]));
        assert_eq!(ours(&all, Some("arn:aws:sns:eu-west-1:1:feedback")), Some(&all[0]));
        assert_eq!(ours(&all, Some("arn:aws:sns:eu-west-1:1:other")), None);
    }

    #[test]
    fn only_a_queue_receives_reports() {
        assert_eq!(judge_subscriptions("t", &["email", "sqs"]).level, Ok);
        assert_eq!(judge_subscriptions("t", &["email"]).level, Error);
        assert_eq!(judge_subscriptions("t", &[]).level, Error);
    }
}
