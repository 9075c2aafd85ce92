//! Alarms: what somebody hears of, and how.

use std::collections::{BTreeMap, BTreeSet};

use bellhop::model::Channel;
use bellhop::platform::telemetry::{Billed, Metric, billed};
use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

/// The metrics that an alarm watches: namespace, name, and the dimensions' values.
fn watched(alarm: &Value) -> BTreeSet<(&str, &str, String)> {
    let own = std::iter::once(alarm).filter(|alarm| alarm["MetricName"].is_string());
    let of_math = list(&alarm["Metrics"]).map(|metric| &metric["MetricStat"]["Metric"]);
    own.chain(of_math.filter(|metric| !metric.is_null()))
        .map(|metric| {
            let value =
                |dimension: &Value| format!("{}={}", text(&dimension["Name"]), dimension["Value"]);
            let dimensions: Vec<_> = list(&metric["Dimensions"]).map(value).collect();
            (text(&metric["Namespace"]), text(&metric["MetricName"]), dimensions.join(","))
        })
        .collect()
}

/// The dimensions of all metrics of this name that an alarm watches.
fn dimensions(template: &Template, namespace: &str, metric: &str) -> BTreeSet<String> {
    let alarms = template.resources("AWS::CloudWatch::Alarm");
    let watched = alarms.values().flat_map(|alarm| watched(alarm));
    let watched = watched.filter(|(of, name, _)| *of == namespace && *name == metric);
    watched.map(|(_, _, dimensions)| dimensions).collect()
}

#[test]
fn every_queue_is_watched_for_messages_that_wait_too_long() {
    let template = Template::load();
    let queue = |name| format!("QueueName={}", json!({"!GetAtt": format!("{name}.QueueName")}));
    let expected = template.dead_letter_queues().into_keys().map(queue).collect();
    let watched = dimensions(&template, "AWS/SQS", "ApproximateAgeOfOldestMessage");
    assert_eq!(watched, expected);
}

/// A stream has no age of its own; how far its reader is behind is the function's metric.
#[test]
fn the_ledgers_stream_is_watched_for_outcomes_that_wait_too_long() {
    let function = format!("FunctionName={}", json!({"!Ref": OUTCOMES}));
    let watched = dimensions(&Template::load(), "AWS/Lambda", "IteratorAge");
    assert_eq!(watched, BTreeSet::from([function]));
}

#[test]
fn a_filled_dead_letter_queue_raises_an_alarm() {
    let template = Template::load();
    let queue = |name| format!("QueueName={}", json!({"!GetAtt": format!("{name}.QueueName")}));
    let mut expected: BTreeSet<_> =
        template.dead_letter_queues().into_values().map(queue).collect();
    expected.insert(queue(OUTCOMES_DEAD_LETTERS));
    let watched = dimensions(&template, "AWS/SQS", "ApproximateNumberOfMessagesVisible");
    assert_eq!(watched, expected);
}

#[test]
fn a_function_that_fails_or_is_throttled_raises_an_alarm() {
    let template = Template::load();
    let function = |name| format!("FunctionName={}", json!({"!Ref": name}));
    let expected: BTreeSet<_> = template.function_names().map(function).collect();
    for metric in ["Errors", "Throttles"] {
        assert_eq!(dimensions(&template, "AWS/Lambda", metric), expected, "{metric}");
    }
}

/// A metric of this deployment, as an alarm names its dimensions.
fn dimensions_of(billed: &Billed) -> String {
    let channel = billed.channel.map(|channel| format!(",channel=\"{channel}\""));
    format!("stage={}{}", stage(), channel.unwrap_or_default())
}

/// One on a metric that nobody emits would never ring.
#[test]
fn what_alarms_watch_of_ours_is_a_metric_of_this_deployment_alone() {
    let template = Template::load();
    let emitted: BTreeSet<_> =
        billed().iter().map(|billed| (billed.name, dimensions_of(billed))).collect();
    let alarms = template.resources("AWS::CloudWatch::Alarm");
    let watched = alarms.values().flat_map(|alarm| watched(alarm));
    let ours: BTreeSet<_> = watched
        .filter(|(namespace, ..)| *namespace == "Bellhop")
        .map(|(_, metric, dimensions)| (metric, dimensions))
        .collect();
    assert!(ours.is_subset(&emitted), "{:?}", ours.difference(&emitted).collect::<Vec<_>>());
    let names: BTreeSet<_> = ours.iter().map(|(metric, _)| *metric).collect();
    let expected = [
        Metric::CircuitOpened,
        Metric::DeliveryFailed,
        Metric::Duplicates,
        Metric::HeldByCircuit,
        Metric::OverridesBroken,
        Metric::UnknownTypes,
    ];
    assert_eq!(names, expected.map(Metric::name).into());
}

/// A channel of few messages must not drown in another's.
#[test]
fn the_share_of_deliveries_that_failed_is_watched_channel_by_channel() {
    let name = Metric::DeliveryFailed.name();
    let of_channels = billed().into_iter().filter(|billed| billed.name == name);
    let expected: BTreeSet<_> = of_channels.map(|billed| dimensions_of(&billed)).collect();
    assert_eq!(expected.len(), Channel::ALL.len());
    assert_eq!(dimensions(&Template::load(), "Bellhop", name), expected);
}

/// One that fails of two is no share to wake anyone for.
#[test]
fn the_share_of_deliveries_that_failed_is_of_some_and_in_percent() {
    let template = Template::load();
    for alarm in ["EmailFailedAlarm", "SmsFailedAlarm", "PushFailedAlarm"] {
        let alarm = template.resource(alarm);
        let metrics: BTreeMap<_, _> =
            list(&alarm["Metrics"]).map(|metric| (text(&metric["Id"]), metric)).collect();
        let share = &metrics["result"]["Expression"];
        assert_eq!(*share, "IF(ended >= 5, 100 * failed / ended, 0)");
        let metric = |id: &str| &metrics[id]["MetricStat"]["Metric"];
        assert_eq!(metric("failed"), metric("ended"));
        assert_eq!(metrics["failed"]["MetricStat"]["Stat"], "Sum");
        assert_eq!(metrics["ended"]["MetricStat"]["Stat"], "SampleCount");
        assert!((1..=20).contains(&number(&alarm["Threshold"])), "{alarm}");
    }
}

#[test]
fn alarms_reach_whoever_is_named_and_silence_is_none() {
    let template = Template::load();
    let to = |condition: &str, topic: &str| json!({"!If": [condition, {"!Ref": topic}, {"!Ref": "AWS::NoValue"}]});
    let actions = json!([to("HasAlarmEmail", "AlarmTopic"), to("HasAlarmTopic", "AlarmTopicArn")]);
    for (name, alarm) in template.resources("AWS::CloudWatch::Alarm") {
        assert_eq!(alarm["AlarmActions"], actions, "{name}");
        // An idle queue reports nothing for hours, and that is no reason to wake anyone.
        assert_eq!(alarm["TreatMissingData"], "notBreaching", "{name}");
        assert!(alarm["AlarmDescription"].is_string(), "{name}");
        // Of a formula's metrics only the result is compared.
        let compared = list(&alarm["Metrics"]).filter(|metric| metric["ReturnData"] != false);
        assert_eq!(compared.count(), usize::from(alarm["MetricName"].is_null()), "{name}");
    }
    let conditions = &template.0["Conditions"];
    assert_eq!(conditions["HasAlarmEmail"], is_given("AlarmEmail"));
    assert_eq!(conditions["HasAlarmTopic"], is_given("AlarmTopicArn"));
    for resource in ["AlarmTopic", "AlarmSubscription", "AlarmTopicPolicy"] {
        assert_eq!(template.0["Resources"][resource]["Condition"], "HasAlarmEmail", "{resource}");
    }
    let subscription = template.resource("AlarmSubscription");
    assert_eq!(referred(&subscription["TopicArn"]), "AlarmTopic");
    assert_eq!(referred(&subscription["Endpoint"]), "AlarmEmail");
}

/// A topic with a policy of its own takes nothing that the policy does not name, and an
/// encrypted one nothing from a service that may not use its key.
#[test]
fn cloud_watch_may_publish_this_accounts_alarms() {
    let template = Template::load();
    let allows = |document: &Value| {
        let statement = list(&document["Statement"])
            .find(|statement| statement["Principal"]["Service"] == "cloudwatch.amazonaws.com");
        statement.cloned().unwrap()
    };
    let publish = allows(&template.resource("AlarmTopicPolicy")["PolicyDocument"]);
    assert_eq!(publish["Action"], "sns:Publish");
    let account = json!({"StringEquals": {"aws:SourceAccount": {"!Ref": "AWS::AccountId"}}});
    assert_eq!(publish["Condition"], account);
    let key = allows(&template.resource("DataKey")["KeyPolicy"]);
    assert_eq!(texts(&key["Action"]), ["kms:Decrypt", "kms:GenerateDataKey*"].into());
}
