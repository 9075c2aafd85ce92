//! Queues: order, visibility, what waits, dead letters, encryption.

use std::collections::BTreeSet;

use bellhop::catalogue::Catalogue;
use bellhop::model::Class;
use serde_json::json;

use crate::facts::*;
use crate::template::*;

#[test]
fn every_queue_has_a_dead_letter_queue_of_its_own_kind() {
    let template = Template::load();
    let queues = template.resources("AWS::SQS::Queue");
    let pairs = template.dead_letter_queues();
    let dead: BTreeSet<_> = pairs.values().copied().collect();
    assert_eq!(dead.len(), pairs.len(), "a dead-letter queue is shared");

    for name in queues.keys() {
        let covered = dead.contains(name) || pairs.contains_key(name);
        // A stream feeds it, not a queue.
        assert!(covered || *name == OUTCOMES_DEAD_LETTERS, "{name} has no dead-letter queue");
    }
    let nobodys = queues[OUTCOMES_DEAD_LETTERS];
    assert_eq!(nobodys["RedriveAllowPolicy"], json!({"redrivePermission": "denyAll"}));
    for (source, dead) in pairs {
        let (queue, dead_queue) = (queues[source], queues[dead]);
        assert_eq!(dead_queue["FifoQueue"], queue["FifoQueue"], "{dead}");

        let source_arn = format!(
            "arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{}",
            text(&queue["QueueName"]["!Sub"])
        );
        assert_eq!(
            dead_queue["RedriveAllowPolicy"],
            json!({"redrivePermission": "byQueue", "sourceQueueArns": [{"!Sub": source_arn}]}),
            "{dead}"
        );
    }
}

#[test]
fn queues_keep_each_group_in_order_and_scale_by_group() {
    for (name, queue) in Template::load().resources("AWS::SQS::Queue") {
        let queue_name = text(&queue["QueueName"]["!Sub"]);
        assert!(queue_name.starts_with("${AWS::StackName}-"), "{name}");
        if UNORDERED.contains(&name) {
            assert!(queue["FifoQueue"].is_null(), "{name}");
            continue;
        }
        assert!(queue_name.ends_with(".fifo"), "{name}");
        assert_eq!(queue["FifoQueue"], true, "{name}");
        assert_eq!(queue["DeduplicationScope"], "messageGroup", "{name}");
        assert_eq!(queue["FifoThroughputLimit"], "perMessageGroupId", "{name}");
        assert_eq!(queue["ContentBasedDeduplication"], true, "{name}");
    }
}

#[test]
fn queues_keep_what_nobody_reads_as_long_as_sqs_can() {
    let fourteen_days = 14 * 24 * 60 * 60;
    for (name, queue) in Template::load().resources("AWS::SQS::Queue") {
        assert_eq!(queue["MessageRetentionPeriod"], fourteen_days, "{name}");
    }
}

#[test]
fn queue_visibility_is_at_least_six_times_the_timeout_of_its_function() {
    let template = Template::load();
    for mapping in template.mappings() {
        let timeout = number(template.function_setting(mapping.function, "Timeout"));
        let visibility = number(&template.resource(mapping.queue)["VisibilityTimeout"]);
        assert!(visibility >= 6 * timeout, "{}", mapping.queue);
    }
}

/// Whether its receives are throttled, crash, or find a function that can't start, a
/// message stays until its budget has ended it with a reason.
#[test]
fn a_function_that_cannot_start_loses_nothing_before_the_longest_staleness_budget() {
    let template = Template::load();
    let catalogue = Catalogue::built_in().unwrap();
    let longest_budget = |classes: &[Class]| {
        let kinds = catalogue.types().iter().filter(|kind| classes.contains(&kind.class));
        kinds.map(|kind| kind.not_after).max().unwrap()
    };
    // An outcome is no message to a customer, and has a time of its own.
    let queues = template.dead_letter_queues().into_keys();
    for queue in queues.filter(|queue| *queue != WEBHOOK_QUEUE) {
        let transactional = CHANNELS.iter().any(|channel| channel.queue == queue);
        let classes: &[Class] = if transactional {
            &[Class::Transactional]
        } else {
            &[Class::Transactional, Class::Promotional]
        };
        let budget = longest_budget(classes);
        assert!(template.shortest_stay(queue) >= budget, "{queue}");
        for &class in classes {
            let budget = longest_budget(&[class]);
            assert!(template.longest_wait(queue, class) >= budget, "{queue} {class:?}");
        }
        // SQS silently drops what is older than the retention.
        assert!(template.retention(queue) > budget, "{queue}");
    }
}

#[test]
fn promotional_deliveries_have_queues_like_those_of_the_others() {
    let template = Template::load();
    let dead = template.dead_letter_queues();
    let common = |name| {
        let mut properties = template.resource(name).as_object().unwrap().clone();
        let own = ["QueueName", "VisibilityTimeout", "RedrivePolicy", "RedriveAllowPolicy"];
        properties.retain(|key, _| !own.contains(&key.as_str()));
        properties
    };
    for Channel { queue, bulk_queue, .. } in CHANNELS {
        assert_eq!(common(bulk_queue), common(queue));
        assert_eq!(common(dead[bulk_queue]), common(dead[queue]));
        assert_eq!(template.receives(bulk_queue), template.receives(queue), "{bulk_queue}");

        let name = |queue| text(&template.resource(queue)["QueueName"]["!Sub"]);
        let lane = name(queue).strip_suffix(".fifo").unwrap();
        assert_eq!(name(bulk_queue), format!("{lane}-bulk.fifo"));
        assert_eq!(name(dead[bulk_queue]), format!("{lane}-bulk-dlq.fifo"));
    }
}

#[test]
fn every_queue_is_encrypted_and_refuses_plain_http() {
    let template = Template::load();
    for (name, queue) in template.resources("AWS::SQS::Queue") {
        assert_eq!(queue["KmsMasterKeyId"], data_key(), "{name}");

        // Of two policies for one queue AWS keeps the one it happened to write last.
        let policies = template.policies_of("AWS::SQS::QueuePolicy", "Queues", name);
        assert_eq!(policies.len(), 1, "policies of {name}");
        assert!(refuses_plain_http(policies[0], "sqs:*"), "{name}");
    }
}

#[test]
fn every_topic_is_encrypted_and_refuses_plain_http() {
    let template = Template::load();
    for (name, topic) in template.resources("AWS::SNS::Topic") {
        assert_eq!(topic["KmsMasterKeyId"], data_key(), "{name}");

        let policies = template.policies_of("AWS::SNS::TopicPolicy", "Topics", name);
        assert_eq!(policies.len(), 1, "policies of {name}");
        assert!(refuses_plain_http(policies[0], "sns:Publish"), "{name}");
    }
}

/// What no policy promises, nobody can rely on: an EventBridge rule would put all orders
/// into one message group.
#[test]
fn no_service_sends_events_by_itself() {
    let template = Template::load();
    for (name, policy) in template.resources("AWS::SQS::QueuePolicy") {
        // The outcomes topic fills the webhook's queue, and that of SES's events another.
        if ["WebhookQueuePolicy", "FeedbackQueuePolicy"].contains(&name) {
            continue;
        }
        for statement in list(&policy["PolicyDocument"]["Statement"]) {
            assert_eq!(statement["Effect"], "Deny", "{name}");
        }
    }
    let key = &template.resource("DataKey")["KeyPolicy"];
    let services: Vec<_> = list(&key["Statement"])
        .map(|statement| &if_so(statement)["Principal"]["Service"])
        .filter(|service| !service.is_null())
        .collect();
    assert_eq!(services, ["cloudwatch.amazonaws.com", "ses.amazonaws.com", "sns.amazonaws.com"]);
}

/// A job says what is sent to whom.
#[test]
fn deliveries_queues_take_jobs_from_the_functions_that_make_them_only() {
    let template = Template::load();
    let makers = template.function_names().filter(|name| enqueues_deliveries(name));
    let mut makers: Vec<_> = makers
        .map(|name| json!({"!GetAtt": format!("{}.Arn", referred(&template.resource(name)["Role"]))}))
        .collect();
    makers.push(
        json!({"!If": ["HasRedriveRole", {"!Ref": "RedriveRoleArn"}, {"!Ref": "AWS::NoValue"}]}),
    );
    makers.sort_by_key(ToString::to_string);
    assert_eq!(template.0["Conditions"]["HasRedriveRole"], is_given("RedriveRoleArn"));
    for (_, queue) in DELIVERY_VARIABLES {
        let policies = template.policies_of("AWS::SQS::QueuePolicy", "Queues", queue);
        let deny = list(&policies[0]["PolicyDocument"]["Statement"])
            .find(|statement| statement["Action"] == "sqs:SendMessage")
            .unwrap_or_else(|| panic!("{queue} takes jobs from anybody"));
        assert_eq!((&deny["Effect"], &deny["Principal"]), (&json!("Deny"), &json!("*")), "{queue}");
        assert_eq!(deny["Resource"], "*", "{queue}");
        let but = &deny["Condition"]["ArnNotEquals"]["aws:PrincipalArn"];
        let mut but: Vec<_> = list(but).cloned().collect();
        but.sort_by_key(ToString::to_string);
        assert_eq!(but, makers, "{queue}");
        assert_eq!(deny["Condition"].as_object().unwrap().len(), 1, "{queue}");
    }
}
