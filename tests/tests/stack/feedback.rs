//! Feedback: how providers' reports arrive.

use serde_json::json;

use crate::facts::*;
use crate::template::*;

#[test]
fn ses_reports_what_becomes_of_each_mail_and_watches_no_customer() {
    let template = Template::load();
    let events = template.resource("ConfigurationSetEvents");
    assert_eq!(referred(&events["ConfigurationSetName"]), "ConfigurationSet");
    let destination = &events["EventDestination"];
    assert_eq!(destination["Enabled"], true);
    assert_eq!(referred(&destination["SnsDestination"]["TopicARN"]), "SesEventsTopic");
    let told =
        ["send", "reject", "bounce", "complaint", "delivery", "renderingFailure", "deliveryDelay"];
    assert_eq!(texts(&destination["MatchingEventTypes"]), told.into());
}

#[test]
fn reports_come_from_ses_and_from_our_own_function_only() {
    let template = Template::load();
    let subscription = template.resource("SesEventsSubscription");
    assert_eq!(referred(&subscription["TopicArn"]), "SesEventsTopic");
    assert_eq!(referred(&subscription["Endpoint"]), FEEDBACK_QUEUE);
    assert_eq!(subscription["RawMessageDelivery"], true);
    let allowed = |policy: &str| {
        let statements = &template.resource(policy)["PolicyDocument"]["Statement"];
        let allowed = list(statements).filter(|statement| statement["Effect"] == "Allow");
        let allowed: Vec<_> = allowed.cloned().collect();
        assert_eq!(allowed.len(), 1, "{policy}");
        allowed[0].clone()
    };
    let queue = allowed("FeedbackQueuePolicy");
    assert_eq!(queue["Principal"], json!({"Service": "sns.amazonaws.com"}));
    let topic = json!({"ArnEquals": {"aws:SourceArn": {"!Ref": "SesEventsTopic"}}});
    assert_eq!(queue["Condition"], topic);
    let topic = allowed("SesEventsTopicPolicy");
    assert_eq!(topic["Principal"], json!({"Service": "ses.amazonaws.com"}));
    let source = &topic["Condition"]["StringEquals"];
    assert_eq!(source["aws:SourceAccount"], json!({"!Ref": "AWS::AccountId"}));
    let set = text(&source["aws:SourceArn"]["!Sub"]);
    assert!(set.ends_with(":configuration-set/${ConfigurationSet}"), "{set}");
}

/// SNS writes a group for what arrived and one for what did not, per kind of message.
#[test]
fn every_delivery_log_of_sns_is_read_where_there_is_one() {
    let template = Template::load();
    let subscriptions = template.resources("AWS::Logs::SubscriptionFilter");
    assert_eq!(subscriptions.len(), 2 * (1 + APPLICATIONS.len()));
    for (name, subscription) in subscriptions {
        assert_eq!(
            subscription["FilterPattern"], "",
            "{name}: the local AWS reads plain terms only"
        );
        assert_eq!(referred(&subscription["DestinationArn"]), FEEDBACK_LOGS, "{name}");
        let group = &subscription["LogGroupName"]["!If"];
        let created = text(&group[1]["!Ref"]);
        let ours = &template.resource(created)["LogGroupName"];
        assert_eq!(*ours, group[2], "{name} reads what it creates");
        let condition = &template.0["Resources"][created]["Condition"];
        assert_eq!(*condition, group[0], "{name}");
    }
    let permission = template.resource("FeedbackLogsPermission");
    assert_eq!(permission["Principal"], "logs.amazonaws.com");
    assert_eq!(permission["SourceAccount"], json!({"!Ref": "AWS::AccountId"}));
}

#[test]
fn a_log_that_can_not_be_read_is_kept_whole() {
    let template = Template::load();
    let invoked = &template.resource(FEEDBACK_LOGS)["EventInvokeConfig"];
    let failures = &invoked["DestinationConfig"]["OnFailure"];
    assert_eq!(failures["Type"], "SQS");
    assert_eq!(referred(&failures["Destination"]), FEEDBACK_DEAD_LETTERS);
}

/// Without it, nobody knows any more whom not to write to.
#[test]
fn the_key_of_contact_points_outlives_the_stack_with_the_table() {
    let template = Template::load();
    let key = &template.0["Resources"]["ContactKey"];
    assert_eq!(key["DeletionPolicy"], "RetainExceptOnCreate");
    assert_eq!(key["UpdateReplacePolicy"], "Retain");
    assert!(number(&key["Properties"]["GenerateSecretString"]["PasswordLength"]) >= 32);
}
