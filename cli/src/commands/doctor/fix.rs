//! What `--fix` sets: the few things that CloudFormation can't.

use std::fmt;

use aws_sdk_sns::Client;

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, sdk};

/// One thing to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fix {
    /// SNS logs what becomes of SMS, by this role.
    SmsLogging { role: String },
    /// SNS logs what becomes of an application's push messages, by this role.
    PushLogging { application: String, role: String },
}

/// Every success is logged: one that is not stays `accepted` for ever.
const ALL: &str = "100";

impl Fix {
    /// Sets it.
    pub(super) async fn carry_out(&self, sns: &Client) -> Looked<()> {
        match self {
            Self::SmsLogging { role } => {
                let answer = sns
                    .set_sms_attributes()
                    .attributes("DeliveryStatusIAMRole", role)
                    .attributes("DeliveryStatusSuccessSamplingRate", ALL)
                    .send()
                    .await;
                sdk("sns:SetSMSAttributes and iam:PassRole", answer).map(drop)
            }
            Self::PushLogging { application, role } => {
                let answer = sns
                    .set_platform_application_attributes()
                    .platform_application_arn(application)
                    .attributes("SuccessFeedbackRoleArn", role)
                    .attributes("FailureFeedbackRoleArn", role)
                    .attributes("SuccessFeedbackSampleRate", ALL)
                    .send()
                    .await;
                sdk("sns:SetPlatformApplicationAttributes and iam:PassRole", answer).map(drop)
            }
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::SmsLogging { .. } => Subject::Sms,
            Self::PushLogging { .. } => Subject::Push,
        }
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SmsLogging { role } => write!(f, "SNS logs what becomes of SMS, by {role}"),
            Self::PushLogging { application, role } => {
                write!(f, "SNS logs what becomes of push messages of {application}, by {role}")
            }
        }
    }
}

/// What was set.
#[derive(Debug, Default)]
pub(in crate::commands) struct Fixed {
    /// What holds now.
    pub(in crate::commands) done: Vec<String>,
    /// What could not be set.
    pub(in crate::commands) failed: Vec<Finding>,
}

/// Sets what the findings ask for.
pub(super) async fn carry_out(findings: &[Finding], sns: &Client) -> Fixed {
    let mut fixed = Fixed::default();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        match fix.carry_out(sns).await {
            Ok(()) => fixed.done.push(fix.to_string()),
            Err(blind) => {
                let what = format!("could not set that {fix}: {}", blind.why());
                let todo = "run --fix as somebody who may";
                fixed.failed.push(Finding::error(fix.subject(), Code::NotFixed, what, todo));
            }
        }
    }
    fixed
}
