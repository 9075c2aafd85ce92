//! What SNS lets the account send by SMS, and whether it says what becomes of it.

use std::collections::HashMap;

use aws_config::SdkConfig;
use aws_sdk_sns::Client;
use bellhop::model::clock::Timestamp;
use jiff::tz::TimeZone;

use super::finding::{Code, Finding, Subject};
use super::fix::Fix;
use super::logging;
use super::looked::{Looked, sdk};
use super::metrics::{self, Metric};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Sms;

/// What a new account may spend in a month.
/// Source: Amazon SNS Developer Guide, "SMS sandbox" and "Quotas".
const NEW_ACCOUNTS_LIMIT: f64 = 1.0;

/// The account's settings for SMS in one region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings(HashMap<String, String>);

impl Settings {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Whom SNS sends SMS to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Production,
    Sandbox,
}

/// Asks for the account's settings.
pub(super) async fn look_settings(sns: &Client) -> Looked<Settings> {
    let answer = sdk("sns:GetSMSAttributes", sns.get_sms_attributes().send().await)?;
    Ok(Settings(answer.attributes.unwrap_or_default()))
}

/// Asks whether the account is in the sandbox.
pub(super) async fn look_access(sns: &Client) -> Looked<Access> {
    let answer = sns.get_sms_sandbox_account_status().send().await;
    let answer = sdk("sns:GetSMSSandboxAccountStatus", answer)?;
    Ok(if answer.is_in_sandbox { Access::Sandbox } else { Access::Production })
}

/// Asks for the numbers that the account owns.
pub(super) async fn look_numbers(sns: &Client) -> Looked<Vec<String>> {
    let mut numbers = Vec::new();
    let mut next = None;
    loop {
        let answer = sns.list_origination_numbers().set_next_token(next).send().await;
        let page = sdk("sns:ListOriginationNumbers", answer)?;
        let found = page.phone_numbers.unwrap_or_default();
        numbers.extend(found.into_iter().filter_map(|number| number.phone_number));
        next = page.next_token;
        if next.is_none() {
            return Ok(numbers);
        }
    }
}

/// Asks for what SMS have cost this month, in US dollars.
pub(super) async fn look_spent(config: &SdkConfig, now: Timestamp) -> Looked<Option<f64>> {
    let metric = Metric {
        namespace: "AWS/SNS",
        name: "SMSMonthToDateSpentUSD",
        dimensions: &[],
        statistic: "Maximum",
    };
    let points = metrics::look(config, &metric, now, metrics::DAY).await?;
    // On the first day of a month the last value may still be that of the month before.
    let month = |at: Timestamp| at.to_zoned(TimeZone::UTC).date().first_of_month();
    let of_this_month = points.iter().rev().find(|point| month(point.at) == month(now));
    Ok(of_this_month.map(|point| point.value))
}

/// Whether SMS may go anywhere at all; if not, nothing else about them matters.
pub(super) fn judge_countries(stack: &StackFacts) -> Finding {
    match stack.parameter("SmsAllowedCountries") {
        "" => Finding::hint(
            SUBJECT,
            Code::SmsCountries,
            "no SMS are sent: SmsAllowedCountries is empty",
            "to send SMS, name their countries, such as AT,DE, in SmsAllowedCountries and deploy",
        ),
        countries => Finding::ok(SUBJECT, Code::SmsCountries, format!("SMS go to {countries}")),
    }
}

/// What there is to say about the sandbox.
pub(super) fn judge_access(access: Access) -> Finding {
    match access {
        Access::Production => {
            Finding::ok(SUBJECT, Code::SmsSandbox, "the account is out of SNS's SMS sandbox")
        }
        Access::Sandbox => Finding::error(
            SUBJECT,
            Code::SmsSandbox,
            "the account is in SNS's SMS sandbox: only verified numbers get SMS",
            "SNS console, Text messaging (SMS), \"Exit SMS sandbox\"",
        ),
    }
}

/// What there is to say about the month's limit and what is spent of it.
pub(super) fn judge_spend(settings: &Settings, spent: Option<f64>) -> Finding {
    // An account that never set one has the default.
    let limit = settings.text("MonthlySpendLimit").parse().unwrap_or(NEW_ACCOUNTS_LIMIT);
    let spent = spent.unwrap_or(0.0);
    let what = format!("SMS have cost ${spent:.2} of ${limit:.2} that they may this month");
    let todo = "ask for more: Service Quotas console, Amazon SNS, \"Account spend threshold\"; then \
                `aws sns set-sms-attributes --attributes MonthlySpendLimit=<dollars>`";
    match spent {
        spent if spent >= limit => {
            let what = format!("{what}: no more are sent");
            Finding::error(SUBJECT, Code::SmsSpend, what, todo)
        }
        _ if limit <= NEW_ACCOUNTS_LIMIT => {
            let what = format!("{what}, which is a new account's limit");
            Finding::error(SUBJECT, Code::SmsSpend, what, todo)
        }
        spent if spent > 0.8 * limit => Finding::warning(SUBJECT, Code::SmsSpend, what, todo),
        _ => Finding::ok(SUBJECT, Code::SmsSpend, what),
    }
}

/// What there is to say about the logs of what becomes of SMS.
pub(super) fn judge_logging(settings: &Settings, stack: &StackFacts) -> Finding {
    let role = settings.text("DeliveryStatusIAMRole");
    let rate = settings.text("DeliveryStatusSuccessSamplingRate");
    let what = match (role, rate) {
        ("", _) => "SNS does not log what becomes of SMS: they all stay accepted".to_owned(),
        (_, "100") => {
            return Finding::ok(SUBJECT, Code::SmsLogging, "SNS logs what becomes of each SMS");
        }
        (_, "") => "SNS logs no SMS that arrive, only those that fail".to_owned(),
        (_, rate) => format!("SNS logs {rate} % of the SMS that arrive: the others stay accepted"),
    };
    logging::off(SUBJECT, Code::SmsLogging, what, role, stack, |role| Fix::SmsLogging { role })
}

/// What there is to say about the number that SMS are from, if the stack names one.
pub(super) fn judge_number(number: &str, owned: &[String]) -> Finding {
    let digits = |number: &str| number.trim_start_matches('+').to_owned();
    if owned.iter().any(|known| digits(known) == digits(number)) {
        return Finding::ok(SUBJECT, Code::SmsNumber, format!("the account owns {number}"));
    }
    Finding::error(
        SUBJECT,
        Code::SmsNumber,
        format!("the account does not own {number} in this region: every SMS is refused"),
        "set SmsOriginationNumber to one of `aws sns list-origination-numbers`, or to nothing, and \
         deploy",
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        Settings(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    fn stack(role: Option<&str>) -> StackFacts {
        let outputs = role.map(|role| (logging::ROLE.to_owned(), role.to_owned()));
        StackFacts { outputs: outputs.into_iter().collect(), ..StackFacts::default() }
    }

    #[test]
    fn the_months_limit_is_compared_with_what_is_spent_and_with_a_new_accounts() {
        for (limit, spent, level) in [
            (Some("200"), Some(10.0), Ok),
            (Some("200"), None, Ok),
            (Some("200"), Some(170.0), Warning),
            (Some("200"), Some(200.0), Error),
            (Some("1"), Some(0.0), Error),
            (None, None, Error),
            (Some("0"), None, Error),
        ] {
            let settings = limit
                .map_or_else(Settings::default, |limit| settings(&[("MonthlySpendLimit", limit)]));
            assert_eq!(judge_spend(&settings, spent).level, level, "{limit:?} {spent:?}");
        }
    }

    #[test]
    fn logging_that_is_off_is_set_to_the_stacks_role_and_a_role_that_is_set_stays() {
        let fixed = |pairs: &[(&str, &str)], output: Option<&str>| -> (Level, Option<Fix>) {
            let found = judge_logging(&settings(pairs), &stack(output));
            (found.level, found.fix)
        };
        let fix = |role: &str| Some(Fix::SmsLogging { role: role.to_owned() });
        let role = ("DeliveryStatusIAMRole", "arn:other");
        let rate = |rate| ("DeliveryStatusSuccessSamplingRate", rate);
        assert_eq!(fixed(&[], Some("arn:ours")), (Error, fix("arn:ours")));
        assert_eq!(fixed(&[], None), (Error, None));
        assert_eq!(fixed(&[role, rate("10")], Some("arn:ours")), (Error, fix("arn:other")));
        assert_eq!(fixed(&[role], None), (Error, fix("arn:other")));
        assert_eq!(fixed(&[role, rate("100")], Some("arn:ours")), (Ok, None));
        let found = judge_logging(&Settings::default(), &stack(None));
        assert!(found.todo.unwrap().contains(logging::ROLE));
    }

    #[test]
    fn a_number_is_owned_with_or_without_its_plus() {
        let owned = ["+436601234567".to_owned(), "12345".to_owned()];
        assert_eq!(judge_number("436601234567", &owned).level, Ok);
        assert_eq!(judge_number("12345", &owned).level, Ok);
        assert_eq!(judge_number("+12345678901", &owned).level, Error);
    }

    #[test]
    fn the_sandbox_is_an_error_and_no_countries_are_a_hint() {
        assert_eq!(judge_access(Access::Production).level, Ok);
        assert_eq!(judge_access(Access::Sandbox).level, Error);
        let found = judge_countries(&stack(None));
        assert_eq!((found.level, found.todo.is_some()), (Ok, true));
    }
}
