//! The lists that the account itself keeps: SES's suppression list of addresses, and SNS's
//! list of numbers that opted out. They hold for all that the account sends.

use aws_sdk_sesv2::types::SuppressionListReason;
use bellhop::channel::Recipient;
use bellhop::model::{Reason, clock};
use serde::Serialize;

use crate::commands::doctor::looked::{Blind, Cause, Looked, if_there, sdk};
use crate::commands::doctor::{Code, Finding, Subject};

/// What was done, in words; nothing, where nothing was to do; or why it was not.
pub(super) type Outcome = Result<Option<String>, Box<Finding>>;

/// The list of the account for a channel.
#[derive(Debug)]
pub(super) enum AccountList {
    /// SES's suppression list.
    Ses(aws_sdk_sesv2::Client),
    /// SNS's list of numbers that opted out.
    Sns(aws_sdk_sns::Client),
}

/// What the account's list says of a contact point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Whose list.
    pub list: &'static str,
    /// Whether it is on it.
    pub is_listed: bool,
    /// Why, by the provider's code, where it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Since when, where it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<clock::Timestamp>,
}

impl AccountList {
    fn subject(&self) -> Subject {
        match self {
            Self::Ses(_) => Subject::Sending,
            Self::Sns(_) => Subject::Sms,
        }
    }

    /// How people call it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ses(_) => "SES's suppression list",
            Self::Sns(_) => "SNS's opt-out list",
        }
    }

    /// What it says.
    pub(super) async fn look(&self, contact: &Recipient) -> Result<Listed, Box<Finding>> {
        let looked = match self {
            Self::Ses(ses) => look_at_ses(ses, contact.identity()).await,
            Self::Sns(sns) => look_at_sns(sns, contact.identity()).await,
        };
        looked.map_err(|blind| Box::new(blind.finding(self.subject())))
    }

    /// Takes it off the list. What is not on it is done.
    pub(super) async fn remove(&self, contact: &Recipient) -> Outcome {
        let removed = match self {
            Self::Ses(ses) => {
                let answer =
                    ses.delete_suppressed_destination().email_address(contact.identity()).send();
                let removed = sdk("ses:DeleteSuppressedDestination", answer.await);
                if_there(removed).map(|removed| removed.is_some())
            }
            Self::Sns(sns) => opt_in(sns, contact.identity()).await,
        };
        match removed {
            Ok(true) => Ok(Some(format!("{} no longer has it", self.name()))),
            Ok(false) => Ok(None),
            // Where there is no such list, the look says so.
            Err(blind) if blind.is_unsupported() => Ok(None),
            Err(blind) => Err(self.not_removed(contact, &blind)),
        }
    }

    /// Puts it on the list. SNS takes none: a number opts out by answering STOP.
    pub(super) async fn add(&self, contact: &Recipient, reason: &Reason) -> Outcome {
        let Self::Ses(ses) = self else { return Ok(None) };
        let reason = match reason {
            Reason::AddressBounced => SuppressionListReason::Bounce,
            _ => SuppressionListReason::Complaint,
        };
        let put = ses.put_suppressed_destination().email_address(contact.identity()).reason(reason);
        match if_there(sdk("ses:PutSuppressedDestination", put.send().await)) {
            Ok(Some(_)) => Ok(Some(format!("{} has it, too", self.name()))),
            // The local AWS has no such list.
            Ok(None) => Ok(None),
            Err(blind) => Err(Box::new(Finding::error(
                self.subject(),
                Code::NotFixed,
                format!("could not put {} on {}: {}", contact.masked(), self.name(), blind.why()),
                "Bellhop writes to it no more; what else sends by this account may: run it again as somebody \
                 who may, or put the address on the list in the SES console, \"Suppression list\"",
            ))),
        }
    }

    fn not_removed(&self, contact: &Recipient, blind: &Blind) -> Box<Finding> {
        let (contact, name, why) = (contact.masked(), self.name(), blind.why());
        let what = format!("could not take {contact} off {name}: {why}");
        let todo = match (self, &blind.cause) {
            (Self::Ses(_), _) => {
                "until it is off the list SES sends nothing there, and Bellhop suppresses it again: run \
                 this again as somebody who may, or remove the address in the SES console, \"Suppression list\""
            }
            // Source: API reference of SNS, OptInPhoneNumber.
            (Self::Sns(_), Cause::Answered(code)) if code.starts_with("InvalidParameter") => {
                "SNS opts a number in once in 30 days: run this again then, or let the customer send \
                 START to the number that the SMS come from, where the country has two-way SMS"
            }
            (Self::Sns(_), _) => {
                "until it is off the list SNS sends nothing there, and Bellhop suppresses it again: run \
                 this again as somebody who may, or opt the number in by the SNS console, \"Opted-out phone numbers\""
            }
        };
        Box::new(Finding::error(self.subject(), Code::NotFixed, what, todo))
    }
}

async fn look_at_ses(ses: &aws_sdk_sesv2::Client, address: &str) -> Looked<Listed> {
    let answer = ses.get_suppressed_destination().email_address(address).send().await;
    let found = if_there(sdk("ses:GetSuppressedDestination", answer))?;
    let found = found.and_then(|found| found.suppressed_destination);
    let list = "ses";
    Ok(match found {
        None => Listed { list, is_listed: false, reason: None, since: None },
        Some(found) => Listed {
            list,
            is_listed: true,
            reason: Some(found.reason.as_str().to_owned()),
            since: found.last_update_time.to_millis().ok().map(clock::from_millis),
        },
    })
}

async fn look_at_sns(sns: &aws_sdk_sns::Client, number: &str) -> Looked<Listed> {
    let is_listed = is_opted_out(sns, number).await?;
    Ok(Listed { list: "sns", is_listed, reason: None, since: None })
}

async fn is_opted_out(sns: &aws_sdk_sns::Client, number: &str) -> Looked<bool> {
    let answer = sns.check_if_phone_number_is_opted_out().phone_number(number).send().await;
    Ok(sdk("sns:CheckIfPhoneNumberIsOptedOut", answer)?.is_opted_out)
}

/// Whether it was on the list. One that is not uses up no turn of the 30 days.
async fn opt_in(sns: &aws_sdk_sns::Client, number: &str) -> Looked<bool> {
    if !is_opted_out(sns, number).await? {
        return Ok(false);
    }
    let answer = sns.opt_in_phone_number().phone_number(number).send().await;
    sdk("sns:OptInPhoneNumber", answer).map(|_| true)
}
