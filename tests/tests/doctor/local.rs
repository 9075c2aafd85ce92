//! The product, deployed on a local AWS of its own, with the faults that can be planted
//! there.

use aws_sdk_sesv2::types::{EventDestinationDefinition, EventType, SnsDestination};
use aws_sdk_sqs::types::QueueAttributeName;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop_cli::commands::doctor::{self, Code, Level, Report};
use bellhop_cli::connection::Connection;
use bellhop_local::{LocalAws, Options, Quiet};

use crate::faults;

async fn look(connection: &Connection) -> Report {
    doctor::look(connection, SystemClock.now()).await.unwrap()
}

async fn has(connection: &Connection, code: Code, level: Level) -> bool {
    faults(&look(connection).await).contains(&(code, level))
}

/// One test, as each fault is planted in what all of them share.
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_each_fault_that_is_planted_in_the_stack() {
    let aws = LocalAws::start(Options::default(), &Quiet).await.unwrap_or_else(|e| panic!("{e}"));
    let config = aws.stack.sdk_config();
    let connection = Connection::to_local(&aws.stack);
    let ses = aws_sdk_sesv2::Client::new(&config);
    let sns = aws_sdk_sns::Client::new(&config);
    let sqs = aws_sdk_sqs::Client::new(&config);

    // What is as it should be on every fresh stack.
    let fresh = look(&connection).await;
    for code in [
        Code::Deployment,
        Code::IdentityVerified,
        Code::SesSandbox,
        Code::ConfigurationSet,
        Code::ReputationMetrics,
        Code::PushApplication,
        Code::QueueVisibility,
        Code::QueueRedrive,
        Code::DeadLetters,
        Code::FunctionState,
        Code::EventSource,
        Code::AlarmState,
        Code::Unsubscribe,
    ] {
        let found: Vec<_> = fresh.findings.iter().filter(|f| f.code == code).collect();
        assert!(!found.is_empty(), "{code:?} was not looked at: {fresh:#?}");
        assert!(found.iter().all(|f| f.level == Level::Ok), "{code:?}: {found:#?}");
    }

    // SES reports to the stack, by the destination it has or one of ours.
    let sets = ses.list_configuration_sets().send().await.unwrap();
    let set = sets.configuration_sets()[0].clone();
    if has(&connection, Code::EventDestination, Level::Error).await {
        let events = ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "DELIVERY_DELAY"];
        // Without a topic for reports, any will do.
        let topic = connection.output("SesEventsTopicArn");
        let topic = topic.or(connection.output("OutcomesTopicArn")).unwrap();
        let definition = EventDestinationDefinition::builder()
            .enabled(true)
            .set_matching_event_types(Some(events.map(EventType::from).to_vec()))
            .matching_event_types(EventType::RenderingFailure)
            .sns_destination(SnsDestination::builder().topic_arn(topic).build().unwrap())
            .build();
        ses.create_configuration_set_event_destination()
            .configuration_set_name(&set)
            .event_destination_name("feedback")
            .event_destination(definition)
            .send()
            .await
            .unwrap();
    }
    assert!(!has(&connection, Code::EventDestination, Level::Error).await);
    let destinations = ses
        .get_configuration_set_event_destinations()
        .configuration_set_name(&set)
        .send()
        .await
        .unwrap();
    for destination in destinations.event_destinations() {
        ses.delete_configuration_set_event_destination()
            .configuration_set_name(&set)
            .event_destination_name(destination.name())
            .send()
            .await
            .unwrap();
    }
    assert!(has(&connection, Code::EventDestination, Level::Error).await);

    ses.delete_email_identity().email_identity("example.com").send().await.unwrap();
    assert!(has(&connection, Code::IdentityVerified, Level::Error).await);

    let applications = sns.list_platform_applications().send().await.unwrap();
    let application = applications.platform_applications()[0].platform_application_arn().unwrap();
    sns.set_platform_application_attributes()
        .platform_application_arn(application)
        .attributes("Enabled", "false")
        .send()
        .await
        .unwrap();
    assert!(has(&connection, Code::PushApplication, Level::Error).await);

    let queue = connection.output("EmailQueueUrl").unwrap();
    sqs.set_queue_attributes()
        .queue_url(queue)
        .attributes(QueueAttributeName::VisibilityTimeout, "20")
        .send()
        .await
        .unwrap();
    assert!(has(&connection, Code::QueueVisibility, Level::Error).await);

    sqs.send_message()
        .queue_url(connection.output("SmsDeadLetterQueueUrl").unwrap())
        .message_group_id("g")
        .message_body("{}")
        .send()
        .await
        .unwrap();
    assert!(has(&connection, Code::DeadLetters, Level::Warning).await);
}
