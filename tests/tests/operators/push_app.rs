//! `push-app`: an application is created once, and given new credentials from then on.

use bellhop_cli::commands::doctor::{Code, Level};
use bellhop_cli::commands::push_app::{Credentials, Report, Service, Was, keep};
use bellhop_tests::at;
use bellhop_tests::aws::{Aws, Running};

use crate::keys::{fcm_file, key_file};

const NOW: &str = "2026-11-27T12:00:00Z";
const SET: &str = "SetPlatformApplicationAttributes";

pub fn fcm() -> Credentials {
    Credentials::of_fcm(&fcm_file()).unwrap()
}

pub fn apns(service: Service) -> Credentials {
    let (key, team) = ("ABC123DEFG".parse().unwrap(), "DEF123GHIJ".parse().unwrap());
    let bundle = "com.example.shop".parse().unwrap();
    Credentials::of_apns(&key_file(), service, &key, &team, &bundle).unwrap()
}

async fn kept(aws: Aws, credentials: &Credentials) -> (Running, Report) {
    let running = aws.start().await;
    let report = keep(&running.connection, credentials, None, at(NOW)).await.unwrap();
    let shown = format!("{report:?} {} {}", report.text(), report.json());
    for secret in ["PRIVATE KEY", "gserviceaccount", "ABC123DEFG"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    (running, report)
}

#[tokio::test]
async fn an_application_that_is_not_there_is_created_and_its_parameter_named() {
    let (running, report) = kept(Aws::healthy(), &fcm()).await;
    assert_eq!(running.changes(), ["CreatePlatformApplication"]);
    let body = running.body_of("CreatePlatformApplication");
    assert!(body.contains("Platform=GCM") && body.contains("Name=shop"), "{body}");
    assert_eq!(report.was, Was::Created);
    let text = report.text();
    assert!(text.contains("FcmApplicationArn=arn:aws:sns:eu-west-1:1:app/GCM/shop"), "{text}");
    assert!(text.contains("Next: set FcmApplicationArn="), "{text}");
}

#[tokio::test]
async fn an_application_that_is_there_gets_the_new_credentials_and_is_enabled_again() {
    let (running, report) = kept(Aws::healthy(), &apns(Service::Apns)).await;
    assert_eq!(running.changes(), [SET]);
    let body = running.body_of(SET);
    for attribute in [
        "PlatformCredential",
        "PlatformPrincipal",
        "ApplePlatformTeamID",
        "ApplePlatformBundleID",
        "Enabled",
    ] {
        assert!(body.contains(attribute), "{attribute}");
    }
    assert_eq!(report.was, Was::Rotated);
    let text = report.text();
    assert!(text.ends_with("The stack names it already: there is nothing more to do."), "{text}");
}

/// The sandbox is another platform: the application of the same name is another one.
#[tokio::test]
async fn apps_that_are_being_developed_have_an_application_of_their_own() {
    let (running, report) = kept(Aws::healthy(), &apns(Service::ApnsSandbox)).await;
    assert_eq!(running.changes(), ["CreatePlatformApplication"]);
    assert!(running.body_of("CreatePlatformApplication").contains("Platform=APNS_SANDBOX"));
    assert!(report.text().contains("Next: set ApnsSandboxApplicationArn="));
}

#[tokio::test]
async fn delivery_logging_is_set_as_the_doctor_sets_it() {
    let role = ">arn:aws:iam::1:role/feedback<";
    let aws = Aws::healthy().with("GetPlatformApplicationAttributes", role, "><");
    let (running, report) = kept(aws, &fcm()).await;
    assert_eq!(running.changes(), ["CreatePlatformApplication", SET]);
    let body = running.body_of(SET).replace("%3A", ":").replace("%2F", "/");
    assert!(body.contains("FailureFeedbackRoleArn") && body.contains("role/feedback"), "{body}");
    assert_eq!(report.fixed.len(), 1);
}

#[tokio::test]
async fn logging_that_may_not_be_set_is_a_finding_and_the_application_stands() {
    let role = ">arn:aws:iam::1:role/feedback<";
    let aws = Aws::healthy().with("GetPlatformApplicationAttributes", role, "><").failing(
        SET,
        403,
        "AuthorizationError",
    );
    let (_, report) = kept(aws, &fcm()).await;
    assert_eq!(report.was, Was::Created);
    let failed = report.findings.iter().find(|finding| finding.code == Code::NotFixed).unwrap();
    assert_eq!(failed.level, Level::Error);
    assert!(failed.what.contains("iam:PassRole"), "{}", failed.what);
}

#[tokio::test]
async fn what_sns_refuses_is_told_by_its_code_alone() {
    let quoting = "<ErrorResponse><Error><Code>InvalidParameter</Code>\
                   <Message>Attributes Reason: s3cret is invalid</Message></Error></ErrorResponse>";
    for (credentials, asked) in [(fcm(), "CreatePlatformApplication"), (apns(Service::Apns), SET)] {
        let running = Aws::healthy().answering(asked, 400, quoting).start().await;
        let error = keep(&running.connection, &credentials, None, at(NOW)).await.unwrap_err();
        let error = error.to_string();
        assert!(error.contains(&format!("sns:{asked} answered InvalidParameter")), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}
