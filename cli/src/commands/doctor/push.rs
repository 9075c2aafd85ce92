//! The platform applications that push messages go through.

use std::collections::HashMap;

use aws_sdk_sns::Client;
use bellhop::model::clock::Timestamp;

use super::finding::{Code, Finding, Subject};
use super::fix::Fix;
use super::logging;
use super::looked::{Looked, if_there, sdk};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Push;

/// The parameters that name them.
pub(super) const PARAMETERS: [&str; 3] =
    ["FcmApplicationArn", "ApnsApplicationArn", "ApnsSandboxApplicationArn"];

/// How early the end of a certificate is told.
const SOON_DAYS: i64 = 30;

/// A platform application's attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Application(HashMap<String, String>);

impl Application {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Asks for a platform application.
pub(super) async fn look(sns: &Client, arn: &str) -> Looked<Option<Application>> {
    let answer =
        sns.get_platform_application_attributes().platform_application_arn(arn).send().await;
    let found = if_there(sdk("sns:GetPlatformApplicationAttributes", answer))?;
    Ok(found.map(|found| Application(found.attributes.unwrap_or_default())))
}

/// That there is none.
pub(super) fn judge_none() -> Finding {
    Finding::hint(
        SUBJECT,
        Code::PushApplication,
        "no push messages are sent: the stack names no platform application",
        "to send push, `cargo bellhop push-app` creates one from the credentials of FCM or APNs, and says \
         which parameter to set",
    )
}

/// What there is to say about the application that a parameter names.
pub(super) fn judge(
    parameter: &str,
    arn: &str,
    application: Option<&Application>,
    stack: &StackFacts,
    now: Timestamp,
) -> Vec<Finding> {
    let Some(application) = application else {
        return vec![Finding::error(
            SUBJECT,
            Code::PushApplication,
            format!("{parameter} names {arn}, which is not there"),
            format!(
                "create it by `cargo bellhop push-app`, or set {parameter} to one of `aws sns \
                 list-platform-applications`; then deploy"
            ),
        )];
    };
    let mut findings = vec![enabled(parameter, arn, application)];
    findings.push(logged(parameter, arn, application, stack));
    findings.extend(certificate(parameter, arn, application, now));
    findings
}

fn enabled(parameter: &str, arn: &str, application: &Application) -> Finding {
    if application.text("Enabled") == "true" {
        return Finding::ok(SUBJECT, Code::PushApplication, format!("{parameter}: it is enabled"));
    }
    Finding::error(
        SUBJECT,
        Code::PushApplication,
        format!("{parameter}: it is disabled, as its credentials were refused: no push goes there"),
        format!("give it new credentials: `{}`", push_app(parameter, arn)),
    )
}

/// The command that gives the application new credentials.
fn push_app(parameter: &str, arn: &str) -> String {
    let name = arn.rsplit('/').next().unwrap_or_default();
    let file = match parameter {
        "FcmApplicationArn" => "--fcm FILE",
        "ApnsSandboxApplicationArn" => {
            "--apns FILE --key-id ID --team-id ID --bundle-id ID --sandbox"
        }
        _ => "--apns FILE --key-id ID --team-id ID --bundle-id ID",
    };
    format!("cargo bellhop push-app --name {name} {file}")
}

fn logged(parameter: &str, arn: &str, application: &Application, stack: &StackFacts) -> Finding {
    let success = application.text("SuccessFeedbackRoleArn");
    let failure = application.text("FailureFeedbackRoleArn");
    let rate = application.text("SuccessFeedbackSampleRate");
    let what = match (success, failure, rate) {
        (_, "", _) => "SNS does not log what fails: it all stays accepted".to_owned(),
        ("", _, _) | (_, _, "" | "0") => {
            "SNS logs nothing that arrives, only what fails".to_owned()
        }
        (_, _, "100") => {
            let what = format!("{parameter}: SNS logs what becomes of each message");
            return Finding::ok(SUBJECT, Code::PushLogging, what);
        }
        (_, _, rate) => format!("SNS logs {rate} % of what arrives: the others stay accepted"),
    };
    let role = if failure.is_empty() { success } else { failure };
    let what = format!("{parameter}: {what}");
    logging::off(SUBJECT, Code::PushLogging, what, role, stack, |role| Fix::PushLogging {
        application: arn.to_owned(),
        role,
    })
}

/// None where the application has a token, which does not end, or no date.
fn certificate(
    parameter: &str,
    arn: &str,
    application: &Application,
    now: Timestamp,
) -> Option<Finding> {
    // The reference says the first, answers were seen with the second.
    let names = ["AppleCertificateExpiryDate", "AppleCertificateExpirationDate"];
    let date = names.into_iter().find_map(|name| application.0.get(name))?;
    let end: Timestamp = date.parse().ok()?;
    let days = end.duration_since(now).as_hours().div_euclid(24);
    let what = format!("{parameter}: its certificate ends {date}");
    let todo = format!(
        "give it a key, which does not end, in place of the certificate: `{}`",
        push_app(parameter, arn)
    );
    let code = Code::PushCertificate;
    Some(match days {
        ..0 => {
            let what = format!("{parameter}: its certificate has ended {date}: no push goes there");
            Finding::error(SUBJECT, code, what, todo)
        }
        0..SOON_DAYS => Finding::warning(SUBJECT, code, what, todo),
        _ => Finding::ok(SUBJECT, code, what),
    })
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    const ARN: &str = "arn:aws:sns:eu-west-1:1:app/APNS/shop";

    fn application(changes: &[(&str, &str)]) -> Application {
        let healthy = [
            ("Enabled", "true"),
            ("SuccessFeedbackRoleArn", "arn:role"),
            ("FailureFeedbackRoleArn", "arn:role"),
            ("SuccessFeedbackSampleRate", "100"),
        ];
        let all = healthy.iter().chain(changes);
        Application(all.map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    fn found(application: Option<&Application>) -> Vec<(Code, Level)> {
        let outputs = [(logging::ROLE.to_owned(), "arn:ours".to_owned())].into();
        let stack = StackFacts { outputs, ..StackFacts::default() };
        let now = "2026-11-27T00:00:00Z".parse().unwrap();
        let all = judge("ApnsApplicationArn", ARN, application, &stack, now).into_iter();
        all.filter(|f| f.level > Ok).map(|f| (f.code, f.level)).collect()
    }

    #[test]
    fn each_fault_of_an_application_is_found() {
        use Code::{PushApplication, PushCertificate, PushLogging};
        let end = "AppleCertificateExpiryDate";
        for (changes, expected) in [
            (vec![], vec![]),
            (vec![("Enabled", "false")], vec![(PushApplication, Error)]),
            (vec![("FailureFeedbackRoleArn", "")], vec![(PushLogging, Error)]),
            (vec![("SuccessFeedbackRoleArn", "")], vec![(PushLogging, Error)]),
            (vec![("SuccessFeedbackSampleRate", "5")], vec![(PushLogging, Error)]),
            (vec![(end, "2027-06-01T00:00:00Z")], vec![]),
            (vec![(end, "2026-12-10T00:00:00Z")], vec![(PushCertificate, Warning)]),
            (vec![(end, "2026-11-26T23:00:00Z")], vec![(PushCertificate, Error)]),
            (
                vec![("AppleCertificateExpirationDate", "2026-11-01T00:00:00Z")],
                vec![(PushCertificate, Error)],
            ),
        ] {
            assert_eq!(found(Some(&application(&changes))), expected, "{changes:?}");
        }
        assert_eq!(found(None), [(PushApplication, Error)]);
    }

    #[test]
    fn logging_that_is_off_is_set_to_the_stacks_role_and_a_role_that_is_set_stays() {
        let outputs = [(logging::ROLE.to_owned(), "arn:ours".to_owned())].into();
        let stack = StackFacts { outputs, ..StackFacts::default() };
        let fix = |changes: &[(&str, &str)]| logged("x", ARN, &application(changes), &stack).fix;
        let expected =
            |role: &str| Some(Fix::PushLogging { application: ARN.into(), role: role.into() });
        let none = [("SuccessFeedbackRoleArn", ""), ("FailureFeedbackRoleArn", "")];
        assert_eq!(fix(&none), expected("arn:ours"));
        assert_eq!(fix(&none[..1]), expected("arn:role"));
        assert_eq!(fix(&[]), None);
    }
}
