//! What the local AWS does not play, on an AWS that is healthy but for one answer.

use bellhop_cli::commands::doctor::{self, Code, Level, Report};

use bellhop_tests::at;

use crate::faults;
use bellhop_tests::aws::{Aws, Running};

const NOW: &str = "2026-11-27T12:00:00Z";

async fn report(aws: Aws) -> Report {
    doctor::look(&aws.start().await.connection, at(NOW)).await.unwrap()
}

#[tokio::test]
async fn a_healthy_stack_has_no_faults_and_each_subject_is_looked_at() {
    let report = report(Aws::healthy()).await;
    assert_eq!(faults(&report), []);
    let looked: std::collections::BTreeSet<_> =
        report.findings.iter().map(|finding| finding.subject).collect();
    assert_eq!(looked.len(), 12, "{looked:?}");
}

/// What is asked, which part of the answer is another, and what is found then.
type Planted = (&'static str, &'static str, &'static str, Code, Level);

fn planted() -> Vec<Planted> {
    use Code::*;
    use Level::{Error, Warning};
    let identity = "GET /v2/email/identities/example.com";
    let account = "GET /v2/email/account";
    let set = "GET /v2/email/configuration-sets/mail";
    let destinations = "GET /v2/email/configuration-sets/mail/event-destinations";
    let plan = "GET /2015-03-31/functions/shop-plan/configuration";
    let mapping = "GET /2015-03-31/event-source-mappings/u-1";
    let application = "GetPlatformApplicationAttributes";
    vec![
        ("DescribeStacks", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_FAILED", Deployment, Error),
        (identity, r#"Status": true"#, r#"Status": false"#, IdentityVerified, Error),
        (identity, r#"Enabled": true"#, r#"Enabled": false"#, Dkim, Warning),
        (identity, r#""Status": "SUCCESS""#, r#""Status": "PENDING""#, Dkim, Warning),
        (identity, r#"DomainStatus": "SUCCESS"#, r#"DomainStatus": "FAILED"#, MailFrom, Warning),
        (account, r#"AccessEnabled": true"#, r#"AccessEnabled": false"#, SesSandbox, Error),
        (account, r#"SendingEnabled": true"#, r#"SendingEnabled": false"#, SesSending, Error),
        (account, "HEALTHY", "PROBATION", SesReputation, Warning),
        (account, r#"SendRate": 14"#, r#"SendRate": 10"#, EmailRate, Error),
        (account, r#"Hours": 10"#, r#"Hours": 49999"#, EmailQuota, Warning),
        (set, r#"SendingEnabled": true"#, r#"SendingEnabled": false"#, ConfigurationSet, Error),
        (set, r#"MetricsEnabled": true"#, r#"MetricsEnabled": false"#, ReputationMetrics, Warning),
        (set, r#""BOUNCE", "#, "", SuppressionList, Warning),
        (destinations, r#"Enabled": true"#, r#"Enabled": false"#, EventDestination, Error),
        (destinations, r#""REJECT", "#, "", EventDestination, Error),
        (destinations, ":feedback", ":other", EventDestination, Error),
        ("ListSubscriptionsByTopic", ">sqs<", ">https<", FeedbackSubscription, Error),
        ("ListSubscriptionsByTopic", "arn:s:1", "PendingConfirmation", AlarmSubscription, Warning),
        ("GetSMSSandboxAccountStatus", "false", "true", SmsSandbox, Error),
        ("GetSMSAttributes", ">200<", ">1<", SmsSpend, Error),
        ("GetSMSAttributes", ">100<", ">10<", SmsLogging, Error),
        ("ListOriginationNumbers", "+4366", "+4367", SmsNumber, Error),
        (application, ">true<", ">false<", PushApplication, Error),
        (application, ">100<", ">0<", PushLogging, Error),
        (application, "2027-06-01", "2026-12-01", PushCertificate, Warning),
        (application, "2027-06-01", "2026-11-01", PushCertificate, Error),
        ("GetQueueAttributes", r#""180""#, r#""60""#, QueueVisibility, Warning),
        ("GetQueueAttributes", "RedrivePolicy", "Other", QueueRedrive, Error),
        ("GetQueueAttributes dlq", r#"Messages": "0""#, r#"Messages": "2""#, DeadLetters, Warning),
        (plan, "Active", "Failed", FunctionState, Error),
        (plan, "Successful", "Failed", FunctionState, Error),
        (plan, "content:3", "content:2", ContentLayer, Warning),
        (mapping, "Enabled", "Disabled", EventSource, Error),
        (mapping, r#""OK""#, r#""PROBLEM: no access to the key""#, EventSource, Error),
        ("DescribeAlarms", ">OK<", ">ALARM<", AlarmState, Error),
        ("DescribeAlarms", ">true<", ">false<", AlarmActions, Error),
        (
            "DescribeAlarms",
            "<member>arn:aws:sns:eu-west-1:1:alarms</member>",
            "",
            AlarmActions,
            Warning,
        ),
        ("DescribeAlarms", "<AlarmName>shop-age", "<AlarmName>shop-other", AlarmMissing, Error),
        (
            "ListEntitiesForPolicy",
            "<member><RoleName>order-system</RoleName></member>",
            "",
            Producers,
            Warning,
        ),
        ("DescribeSecret", r#""Name""#, r#""DeletedDate": 1795737600, "Name""#, Unsubscribe, Error),
    ]
}

#[tokio::test]
async fn each_planted_fault_is_found_and_nothing_else() {
    for (asked, from, to, code, level) in planted() {
        let report = report(Aws::healthy().with(asked, from, to)).await;
        let mut found = faults(&report);
        // A queue without redrive makes its dead-letter queue one without, too.
        found.dedup();
        assert_eq!(found, [(code, level)], "{asked}: {from} → {to}: {:#?}", report.findings);
        let fault = report.findings.iter().find(|finding| finding.code == code);
        assert!(
            fault.is_some_and(|fault| fault.todo.as_ref().is_some_and(|todo| !todo.is_empty()))
        );
    }
}

/// What AWS does not know, what nothing is wrong with, and what has a test of its own.
const NOT_PLANTED: [Code; 7] = [
    Code::Dmarc,
    Code::SmsCountries,
    Code::PostalAddress,
    Code::QueueMissing,
    Code::OverridesBroken,
    Code::NotLooked,
    Code::NotFixed,
];

#[test]
fn every_finding_has_a_planted_fault() {
    let planted: Vec<_> = planted().into_iter().map(|(_, _, _, code, _)| code).collect();
    for code in Code::ALL {
        assert_ne!(planted.contains(code), NOT_PLANTED.contains(code), "{code:?}");
    }
}

#[tokio::test]
async fn what_is_gone_is_found_too() {
    use Level::Error;
    let gone = [
        ("GET /v2/email/identities/example.com", "NotFoundException", Code::IdentityVerified),
        ("GET /v2/email/configuration-sets/mail", "NotFoundException", Code::ConfigurationSet),
        ("GetPlatformApplicationAttributes", "NotFound", Code::PushApplication),
        (
            "GET /2015-03-31/functions/shop-plan/configuration",
            "ResourceNotFoundException",
            Code::FunctionState,
        ),
        (
            "GET /2015-03-31/event-source-mappings/u-1",
            "ResourceNotFoundException",
            Code::EventSource,
        ),
        ("GET /2018-10-31/layers", "ResourceNotFoundException", Code::ContentLayer),
        ("ListEntitiesForPolicy", "NoSuchEntity", Code::Producers),
        ("DescribeSecret", "ResourceNotFoundException", Code::Unsubscribe),
    ];
    for (asked, code, expected) in gone {
        let report = report(Aws::healthy().failing(asked, 404, code)).await;
        assert!(faults(&report).contains(&(expected, Error)), "{asked}: {:?}", faults(&report));
    }
    let report =
        report(Aws::healthy().failing("GetQueueAttributes dlq", 400, "QueueDoesNotExist")).await;
    assert!(faults(&report).contains(&(Code::QueueMissing, Error)), "{:?}", faults(&report));
}

#[tokio::test]
async fn metrics_tell_the_age_of_dead_letters_what_sms_cost_and_who_left_content_aside() {
    let point = |statistic: &str, value: &str| {
        format!(
            "<Datapoints><member><Timestamp>2026-11-27T11:55:00Z</Timestamp>\
             <{statistic}>{value}</{statistic}></member></Datapoints>"
        )
    };
    let maximum =
        |value| {
            Aws::healthy()
                .with("GetMetricStatistics", "<Datapoints/>", &point("Maximum", value))
                .with("GetQueueAttributes dlq", r#"Messages": "0""#, r#"Messages": "1""#)
        };
    let found = report(maximum("190")).await;
    let expected = [(Code::SmsSpend, Level::Warning), (Code::DeadLetters, Level::Warning)];
    assert_eq!(faults(&found), expected);
    let dead = found.findings.iter().find(|finding| finding.code == Code::DeadLetters).unwrap();
    assert!(dead.what.ends_with("the oldest for 3 min"), "{}", dead.what);
    assert!(faults(&report(maximum("200")).await).contains(&(Code::SmsSpend, Level::Error)));

    let sum = Aws::healthy().with("GetMetricStatistics", "<Datapoints/>", &point("Sum", "1"));
    assert_eq!(faults(&report(sum).await), [(Code::OverridesBroken, Level::Error)]);
}

#[tokio::test]
async fn what_sms_cost_last_month_says_nothing_of_this_one() {
    let point = "<Datapoints><member><Timestamp>2026-11-30T23:55:00Z</Timestamp>\
                 <Maximum>200</Maximum></member></Datapoints>";
    let running = Aws::healthy().with("GetMetricStatistics", "<Datapoints/>", point).start().await;
    let found = async |now| faults(&doctor::look(&running.connection, at(now)).await.unwrap());
    assert!(found("2026-11-30T23:59:00Z").await.contains(&(Code::SmsSpend, Level::Error)));
    assert!(!found("2026-12-01T00:10:00Z").await.contains(&(Code::SmsSpend, Level::Error)));
}

#[tokio::test]
async fn where_no_sms_and_no_push_are_sent_nothing_is_asked_about_them() {
    let aws = Aws::healthy().with("DescribeStacks", "AT,DE", "").with(
        "DescribeStacks",
        "arn:aws:sns:eu-west-1:1:app/APNS/shop",
        "",
    );
    let Running { connection, requests } = aws.start().await;
    let report = doctor::look(&connection, at(NOW)).await.unwrap();
    assert_eq!(faults(&report), []);
    let hints = report.findings.iter().filter(|f| f.todo.is_some()).map(|f| f.code);
    let hints: Vec<_> = hints.collect();
    assert_eq!(hints, [Code::Dmarc, Code::SmsCountries, Code::PushApplication]);
    let about = ["GetSMSAttributes", "GetPlatformApplicationAttributes"];
    assert!(!requests.lock().unwrap().iter().any(|(asked, _)| about.contains(&asked.as_str())));
}

#[tokio::test]
async fn a_look_that_is_not_allowed_is_a_finding_of_its_own_and_the_others_go_on() {
    for asked in [
        "GET /v2/email/account",
        "GET /v2/email/identities/example.com",
        "GET /v2/email/configuration-sets/mail/event-destinations",
        "GetSMSAttributes",
        "GetPlatformApplicationAttributes",
        "GetQueueAttributes",
        "GET /2015-03-31/functions/shop-plan/configuration",
        "DescribeAlarms",
        "ListEntitiesForPolicy",
        "DescribeSecret",
        "GET /2018-10-31/layers",
    ] {
        let report = report(Aws::healthy().failing(asked, 403, "AccessDenied")).await;
        assert_eq!(faults(&report), [(Code::NotLooked, Level::Warning)], "{asked}");
        let blind = report.findings.iter().find(|f| f.code == Code::NotLooked).unwrap();
        assert!(blind.what.starts_with("could not look: needs "), "{}", blind.what);
    }
}

#[tokio::test]
async fn fix_sets_the_logging_of_sms_and_push_to_the_stacks_role() {
    let role = ">arn:aws:iam::1:role/feedback<";
    let Running { connection, requests } = Aws::healthy()
        .with("GetSMSAttributes", role, "><")
        .with("GetPlatformApplicationAttributes", role, "><")
        .start()
        .await;
    let report = doctor::fix(&connection, at(NOW)).await.unwrap();
    assert_eq!(report.fixed.len(), 2, "{:?}", report.fixed);
    let requests = requests.lock().unwrap();
    let set = |asked: &str| {
        let found: Vec<_> = requests.iter().filter(|(a, _)| a == asked).collect();
        let [(_, body)] = found[..] else { panic!("{asked}: {found:?}") };
        body.replace("%3A", ":").replace("%2F", "/")
    };
    for (asked, names) in [
        ("SetSMSAttributes", ["DeliveryStatusIAMRole", "DeliveryStatusSuccessSamplingRate"]),
        (
            "SetPlatformApplicationAttributes",
            ["FailureFeedbackRoleArn", "SuccessFeedbackSampleRate"],
        ),
    ] {
        let body = set(asked);
        assert!(names.iter().all(|name| body.contains(name)), "{body}");
        assert!(body.contains("value=arn:aws:iam::1:role/feedback"), "{body}");
        assert!(body.contains("value=100"), "{body}");
    }
}

#[tokio::test]
async fn fix_sets_nothing_where_all_is_well_or_the_stack_has_no_role() {
    let role = ">arn:aws:iam::1:role/feedback<";
    let no_role = Aws::healthy().with("GetSMSAttributes", role, "><").with(
        "DescribeStacks",
        "SmsFeedbackRoleArn",
        "Other",
    );
    for aws in [Aws::healthy(), no_role] {
        let Running { connection, requests } = aws.start().await;
        let report = doctor::fix(&connection, at(NOW)).await.unwrap();
        assert_eq!(report.fixed, [""; 0]);
        assert!(!requests.lock().unwrap().iter().any(|(asked, _)| asked.starts_with("Set")));
    }
}

#[tokio::test]
async fn a_fix_that_is_not_allowed_is_an_error_that_names_the_permission() {
    let aws = Aws::healthy()
        .with("GetSMSAttributes", ">arn:aws:iam::1:role/feedback<", "><")
        .failing("SetSMSAttributes", 403, "AuthorizationError");
    let report = doctor::fix(&aws.start().await.connection, at(NOW)).await.unwrap();
    let expected = [(Code::SmsLogging, Level::Error), (Code::NotFixed, Level::Error)];
    assert_eq!(faults(&report), expected);
    let failed = report.findings.iter().find(|f| f.code == Code::NotFixed).unwrap();
    assert!(failed.what.contains("needs sns:SetSMSAttributes and iam:PassRole"), "{}", failed.what);
}

#[tokio::test]
async fn a_stack_that_is_none_of_bellhops_is_not_looked_at() {
    let aws = Aws::healthy().with("DescribeStacks", "OrderEventsQueueUrl", "Other");
    let error = doctor::look(&aws.start().await.connection, at(NOW)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "stack shop has no output OrderEventsQueueUrl; is it a stack of Bellhop's template.yaml?"
    );
}
