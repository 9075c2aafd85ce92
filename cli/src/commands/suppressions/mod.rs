//! `suppressions`: whether an address or a number must not be written to, and why; lifts
//! that, or sets it by hand. What the account's own lists at SES and SNS say is looked up
//! and changed along with it.

mod account;
mod report;

use std::process::ExitCode;

use bellhop::answers::{asked_email, asked_phone};
use bellhop::channel::Recipient;
use bellhop::customer::{
    ContactHash, ContactStanding, DynamoProfiles, LookContactsUp, Suppression, WriteSuppressions,
};
use bellhop::model::clock::{Clock, SystemClock, Timestamp};
use bellhop::model::{Channel, Reason};

use crate::CliError;
use crate::arguments::Suppressions;
use crate::commands::doctor::Level;
use crate::connection::Connection;

use account::AccountList;
pub use report::Report;

/// What is to be done besides looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing.
    Look,
    /// It may be written to again.
    Lift,
    /// It must not be written to.
    Add(Reason),
}

impl Wish {
    fn of(arguments: &Suppressions) -> Self {
        match (arguments.lift, &arguments.reason) {
            (true, _) => Self::Lift,
            (false, Some(reason)) => Self::Add(reason.clone()),
            (false, None) => Self::Look,
        }
    }

    /// What is asked before it is done.
    fn question(&self, contact: &Recipient) -> Option<String> {
        let contact = contact.masked();
        match self {
            Self::Look => None,
            Self::Lift => Some(format!(
                "Write to {contact} again? Only do so if its owner asks for it, or the fault is mended."
            )),
            Self::Add(_) => Some(format!("Never write to {contact} again?")),
        }
    }
}

/// Runs the command. It fails with 1 if something could not be looked at or done, or
/// nobody agreed.
///
/// # Errors
/// [`CliError`].
pub async fn run(arguments: &Suppressions) -> Result<ExitCode, CliError> {
    let contact = match (&arguments.email, &arguments.phone) {
        (Some(email), _) => asked_email(email)?,
        (None, phone) => asked_phone(phone.as_deref().unwrap_or_default())?,
    };
    let connection = Connection::to(&arguments.target).await?;
    let wish = Wish::of(arguments);
    let mut report = look(&connection, &contact).await?;
    let mut is_done = wish == Wish::Look;
    if let Some(question) = wish.question(&contact) {
        if arguments.yes || agrees(arguments, &report, &question).await? {
            report = carry_out(&connection, &contact, &wish, SystemClock.now()).await?;
            is_done = report.findings.iter().all(|finding| finding.level < Level::Error);
        } else {
            crate::warn(&"nothing is changed; --yes does it without asking");
        }
    }
    if arguments.json {
        crate::say(&report.json())?
    } else {
        crate::say(&report.text())?
    }
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Shows what was found, and asks, where somebody can answer.
async fn agrees(
    arguments: &Suppressions,
    report: &Report,
    question: &str,
) -> Result<bool, CliError> {
    if arguments.json || !crate::ask::can_answer() {
        return Ok(false);
    }
    crate::say(&report.text())?;
    Ok(crate::ask::agrees(question).await)
}

/// What is known of a contact point, here and by the account.
///
/// # Errors
/// [`CliError`] if the stack can't be asked; what the account does not tell is a finding.
pub async fn look(connection: &Connection, contact: &Recipient) -> Result<Report, CliError> {
    let place = Place::of(connection, contact).await?;
    let mut report = Report::about(contact, place.standing().await?);
    place.look_at_account(&mut report).await;
    Ok(report)
}

/// Does it, and says how all stands then. What the account refuses is a finding, and the
/// rest is done.
///
/// # Errors
/// [`CliError`] if the stack can't be asked or does not take the change.
pub async fn carry_out(
    connection: &Connection,
    contact: &Recipient,
    wish: &Wish,
    now: Timestamp,
) -> Result<Report, CliError> {
    let place = Place::of(connection, contact).await?;
    let (mut done, mut findings) = (Vec::new(), Vec::new());
    let mut told = |outcome: account::Outcome| match outcome {
        Ok(Some(what)) => done.push(what),
        Ok(None) => {}
        Err(finding) => findings.push(*finding),
    };
    match wish {
        Wish::Look => {}
        // The account's list first: a message that it still stops would suppress anew.
        Wish::Lift => {
            told(place.list.remove(contact).await);
            place.profiles.lift(&place.hash, now).await?;
        }
        Wish::Add(reason) => {
            let channel = contact.channel();
            let suppression = Suppression { channel, reason: reason.clone(), at: now };
            place.profiles.suppress(&place.hash, &suppression).await?;
            told(place.list.add(contact, reason).await);
        }
    }
    let mut report = Report::about(contact, place.standing().await?);
    place.look_at_account(&mut report).await;
    report.done = done;
    report.findings.splice(0..0, findings);
    Ok(report)
}

/// Where a contact point is looked up.
struct Place {
    profiles: DynamoProfiles,
    hash: ContactHash,
    list: AccountList,
}

impl Place {
    async fn of(connection: &Connection, contact: &Recipient) -> Result<Self, CliError> {
        let profiles = connection.profiles()?;
        let hash = connection.contact_key().await?.hash(contact);
        let list = match contact.channel() {
            Channel::Sms => AccountList::Sns(aws_sdk_sns::Client::new(connection.config())),
            // Of a device nobody asks.
            Channel::Email | Channel::Push => {
                AccountList::Ses(aws_sdk_sesv2::Client::new(connection.config()))
            }
        };
        Ok(Self { profiles, hash, list })
    }

    async fn standing(&self) -> Result<ContactStanding, CliError> {
        Ok(self.profiles.contact_standing(&self.hash).await?)
    }

    async fn look_at_account(&self, report: &mut Report) {
        match self.list.look(&report.contact).await {
            Ok(listed) => report.account = Some(listed),
            Err(finding) => report.findings.push(*finding),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::arguments::Arguments;

    #[test]
    fn one_contact_point_is_asked_about_and_one_thing_is_done() {
        for (line, is_usable) in [
            ("suppressions --email ada@example.com", true),
            ("suppressions --phone +436601234567 --json --stack shop", true),
            ("suppressions --email ada@example.com --lift", true),
            ("suppressions --email ada@example.com --lift --yes", true),
            ("suppressions --phone +436601234567 --add --reason opted-out", true),
            ("suppressions", false),
            ("suppressions --email ada@example.com --phone +436601234567", false),
            ("suppressions --email ada@example.com --add", false),
            ("suppressions --email ada@example.com --reason opted-out", false),
            ("suppressions --email ada@example.com --add --reason because", false),
            ("suppressions --email ada@example.com --lift --add --reason opted-out", false),
            ("suppressions --email ada@example.com --yes", false),
        ] {
            let words = std::iter::once("bellhop").chain(line.split(' '));
            assert_eq!(Arguments::try_parse_from(words).is_ok(), is_usable, "{line}");
        }
    }
}
