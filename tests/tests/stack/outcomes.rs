//! Outcomes: how the ledger's stream is read.

use std::collections::BTreeSet;
use std::time::Duration;

use bellhop::feedback::outcomes::Wanted;
use bellhop::ledger::DeliveryState;
use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

fn mapping(template: &Template) -> &Value {
    let events = template.resource(OUTCOMES)["Events"].as_object().unwrap();
    let events: Vec<_> = events.values().collect();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["Type"], "DynamoDB");
    &events[0]["Properties"]
}

/// The patterns of changes that reach the function.
fn filters(template: &Template) -> Vec<Value> {
    list(&mapping(template)["FilterCriteria"]["Filters"])
        .map(|filter| serde_json::from_str(text(&filter["Pattern"])).unwrap())
        .collect()
}

#[test]
fn no_outcome_is_lost_when_the_function_dies_or_sns_takes_nothing_for_a_day() {
    let template = Template::load();
    let mapping = mapping(&template);
    assert_eq!(mapping["Stream"], json!({"!GetAtt": "LedgerTable.StreamArn"}));
    // With LATEST, what happens while the mapping is made would be lost.
    assert_eq!(mapping["StartingPosition"], "TRIM_HORIZON");
    assert_eq!(texts(&mapping["FunctionResponseTypes"]), ["ReportBatchItemFailures"].into());
    assert_eq!(mapping["BisectBatchOnFunctionError"], true);
    // Only age ends it, and before the stream forgets it by itself, without a trace.
    assert_eq!(mapping["MaximumRetryAttempts"], -1);
    let age = Duration::from_secs(number(&mapping["MaximumRecordAgeInSeconds"]));
    let hour = Duration::from_secs(60 * 60);
    assert!((20 * hour..24 * hour).contains(&age), "{age:?}");
    let destination = &mapping["DestinationConfig"]["OnFailure"];
    assert_eq!(destination["Type"], "SQS");
    assert_eq!(referred(&destination["Destination"]), OUTCOMES_DEAD_LETTERS);
}

#[test]
fn only_what_may_publish_something_reaches_the_function() {
    const STATES: [DeliveryState; 13] = [
        DeliveryState::Sending,
        DeliveryState::RetryWait,
        DeliveryState::Unknown,
        DeliveryState::Accepted,
        DeliveryState::Delivered,
        DeliveryState::Bounced,
        DeliveryState::Complained,
        DeliveryState::Undelivered,
        DeliveryState::Rejected,
        DeliveryState::Suppressed,
        DeliveryState::Expired,
        DeliveryState::Superseded,
        DeliveryState::Abandoned,
    ];
    let template = Template::load();
    let patterns = filters(&template);
    assert_eq!(patterns.len(), 2);
    let sort = |prefix: &str| json!({"sk": {"S": [{"prefix": prefix}]}});

    let deliveries = &patterns[0];
    assert_eq!(deliveries["eventName"], json!(["INSERT", "MODIFY"]));
    assert_eq!(deliveries["dynamodb"]["Keys"], sort("DELIVERY#"));
    let ended = STATES.into_iter().filter(|state| state.is_settled());
    let ended = ended.filter(|state| *state != DeliveryState::Superseded);
    let ended: BTreeSet<_> = ended.map(DeliveryState::as_str).collect();
    assert_eq!(texts(&deliveries["dynamodb"]["NewImage"]["state"]["S"]), ended);

    let notifications = &patterns[1];
    // One that was deferred may turn out to reach nobody later.
    assert_eq!(notifications["eventName"], json!(["INSERT", "MODIFY"]));
    assert_eq!(notifications["dynamodb"]["Keys"], sort("NOTIFICATION#"));
    let nobody = json!({"reaches": {"S": ["nobody"]}});
    assert_eq!(notifications["dynamodb"]["NewImage"], nobody);
}

#[test]
fn every_choice_of_outcomes_is_one_that_the_function_takes() {
    let template = Template::load();
    let parameter = &template.0["Parameters"]["OutcomeEvents"];
    assert_eq!(parameter["Default"], "failed");
    for choice in texts(&parameter["AllowedValues"]) {
        assert!(Wanted::parse(choice).is_ok(), "{choice}");
    }
}

#[test]
fn the_webhook_is_there_where_it_has_an_address() {
    let template = Template::load();
    assert_eq!(template.0["Conditions"]["HasOutcomesWebhook"], is_given("OutcomesWebhookUrl"));
    let ours =
        template.section("Resources").into_iter().filter(|(name, _)| name.starts_with("Webhook"));
    let mut count = 0;
    for (name, resource) in ours {
        assert_eq!(resource["Condition"], "HasOutcomesWebhook", "{name}");
        count += 1;
    }
    assert!(count > 10, "{count}");
}

#[test]
fn the_webhooks_queue_is_filled_by_the_outcomes_topic_alone_with_the_events_as_they_are() {
    let template = Template::load();
    let subscription = template.resource("WebhookSubscription");
    assert_eq!(referred(&subscription["TopicArn"]), "OutcomesTopic");
    assert_eq!(referred(&subscription["Endpoint"]), WEBHOOK_QUEUE);
    // What is signed is the event, without SNS's envelope.
    assert_eq!(subscription["RawMessageDelivery"], true);
    let policies = template.policies_of("AWS::SQS::QueuePolicy", "Queues", WEBHOOK_QUEUE);
    let allowed: Vec<_> = list(&policies[0]["PolicyDocument"]["Statement"])
        .filter(|statement| statement["Effect"] == "Allow")
        .collect();
    assert_eq!(allowed.len(), 1);
    assert_eq!(allowed[0]["Principal"], json!({"Service": "sns.amazonaws.com"}));
    assert_eq!(allowed[0]["Action"], "sqs:SendMessage");
    assert_eq!(referred(&allowed[0]["Resource"]), WEBHOOK_QUEUE);
    let from = &allowed[0]["Condition"]["ArnEquals"]["aws:SourceArn"];
    assert_eq!(referred(from), "OutcomesTopic");
}

/// Fault 58.
#[test]
fn an_application_that_is_down_for_a_day_gets_its_outcomes_afterwards() {
    let template = Template::load();
    let day = Duration::from_secs(24 * 60 * 60);
    // By the backoff of `lambda/batch.rs`: 2 s, 4 s, 8 s, at most an hour.
    let receives = u32::try_from(template.receives(WEBHOOK_QUEUE)).unwrap();
    let pause =
        |receive: u32| Duration::from_secs(1 << receive.min(12)).min(Duration::from_secs(3600));
    let waits: Duration = (1..receives).map(pause).sum();
    assert!((day..2 * day).contains(&waits), "{waits:?}");
    // A function that can't start makes no pauses.
    assert!(template.shortest_stay(WEBHOOK_QUEUE) >= day);
    assert!(template.retention(WEBHOOK_QUEUE) > 2 * day);
}
