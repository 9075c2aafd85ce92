//! What SES lets the account send, and by which configuration set.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::types::SuppressionListReason;

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, if_there, sdk};

const SUBJECT: Subject = Subject::Sending;

/// The account in one region, as SES has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Account {
    access: Access,
    sending: Sending,
    /// SES's word for the account's reputation.
    enforcement: String,
    /// E-mails a second.
    rate: f64,
    /// E-mails in 24 hours; negative is any number.
    quota: f64,
    sent: f64,
    /// None where SES does not say.
    pub(super) listing: Option<Listing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Production,
    Sandbox,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sending {
    Enabled,
    Paused,
}

/// The stack's configuration set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ConfigurationSet {
    sending: Sending,
    reputation_metrics: ReputationMetrics,
    /// In place of the account's; none if the account's counts.
    listing: Option<Listing>,
}

/// For which reasons SES puts an address on its suppression list, and sends it nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listing {
    bounces: bool,
    complaints: bool,
}

impl Listing {
    fn of(reasons: &[SuppressionListReason]) -> Self {
        Self {
            bounces: reasons.contains(&SuppressionListReason::Bounce),
            complaints: reasons.contains(&SuppressionListReason::Complaint),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReputationMetrics {
    On,
    Off,
}

/// Asks for the account.
pub(super) async fn look_account(ses: &Client) -> Looked<Account> {
    let account = sdk("ses:GetAccount", ses.get_account().send().await)?;
    let quota = account.send_quota;
    let of = |value: fn(&aws_sdk_sesv2::types::SendQuota) -> f64| quota.as_ref().map_or(0.0, value);
    let production = account.production_access_enabled;
    Ok(Account {
        access: if production { Access::Production } else { Access::Sandbox },
        sending: if account.sending_enabled { Sending::Enabled } else { Sending::Paused },
        enforcement: account.enforcement_status.unwrap_or_default(),
        rate: of(|quota| quota.max_send_rate),
        quota: of(|quota| quota.max24_hour_send),
        sent: of(|quota| quota.sent_last24_hours),
        listing: account.suppression_attributes.map(|set| Listing::of(set.suppressed_reasons())),
    })
}

/// Asks for a configuration set.
pub(super) async fn look_set(ses: &Client, name: &str) -> Looked<Option<ConfigurationSet>> {
    let answer = ses.get_configuration_set().configuration_set_name(name).send().await;
    let found = if_there(sdk("ses:GetConfigurationSet", answer))?;
    Ok(found.map(|set| {
        let metrics = set.reputation_options.is_some_and(|o| o.reputation_metrics_enabled);
        // Without the option it sends.
        let listing = set.suppression_options.map(|set| Listing::of(set.suppressed_reasons()));
        let sends = set.sending_options.is_none_or(|options| options.sending_enabled);
        ConfigurationSet {
            sending: if sends { Sending::Enabled } else { Sending::Paused },
            reputation_metrics: if metrics {
                ReputationMetrics::On
            } else {
                ReputationMetrics::Off
            },
            listing,
        }
    }))
}

/// What there is to say about the account. `email_rate` is the stack's parameter.
pub(super) fn judge_account(account: &Account, email_rate: &str) -> Vec<Finding> {
    let mut findings = vec![access(account.access), paused(account.sending)];
    findings.push(enforcement(&account.enforcement));
    findings.extend(rate(account.rate, email_rate));
    findings.push(quota(account));
    findings
}

fn access(access: Access) -> Finding {
    match access {
        Access::Production => {
            Finding::ok(SUBJECT, Code::SesSandbox, "the account is out of SES's sandbox")
        }
        Access::Sandbox => Finding::error(
            SUBJECT,
            Code::SesSandbox,
            "the account is in SES's sandbox: only verified recipients get mail",
            "ask for production access in this region: SES console, Account dashboard, \
             \"Request production access\"",
        ),
    }
}

fn paused(sending: Sending) -> Finding {
    match sending {
        Sending::Enabled => Finding::ok(SUBJECT, Code::SesSending, "SES sends for the account"),
        Sending::Paused => Finding::error(
            SUBJECT,
            Code::SesSending,
            "SES sends nothing for the account",
            "`aws sesv2 put-account-sending-attributes --sending-enabled`; if SES paused it, answer \
             the case in the SES console first",
        ),
    }
}

fn enforcement(status: &str) -> Finding {
    let what = format!("SES's verdict on the account is {status}");
    let todo = "answer the case in the SES console, Account dashboard; `aws sesv2 \
                list-suppressed-destinations` shows who bounced and complained";
    match status {
        "HEALTHY" => Finding::ok(SUBJECT, Code::SesReputation, what),
        "SHUTDOWN" => Finding::error(SUBJECT, Code::SesReputation, what, todo),
        _ => Finding::warning(SUBJECT, Code::SesReputation, what, todo),
    }
}

/// None where either side does not say.
fn rate(allowed: f64, email_rate: &str) -> Option<Finding> {
    let set: f64 = email_rate.parse().ok()?;
    let deploy =
        format!("set EmailRate={allowed} in parameter_overrides of samconfig.toml and deploy");
    let what = format!("EmailRate is {set} a second, SES allows {allowed}");
    match set.total_cmp(&allowed) {
        _ if allowed <= 0.0 => None,
        std::cmp::Ordering::Greater => {
            let what = format!("{what}: what is above is refused and sent later");
            Some(Finding::error(SUBJECT, Code::EmailRate, what, deploy))
        }
        std::cmp::Ordering::Less => {
            let todo = format!("if mail waits, {deploy}");
            Some(Finding::hint(SUBJECT, Code::EmailRate, what, todo))
        }
        std::cmp::Ordering::Equal => Some(Finding::ok(SUBJECT, Code::EmailRate, what)),
    }
}

fn quota(account: &Account) -> Finding {
    let Account { quota, sent, .. } = *account;
    if quota < 0.0 {
        return Finding::ok(SUBJECT, Code::EmailQuota, "SES sets no quota of 24 hours");
    }
    let left = (quota - sent).max(0.0);
    let what = format!("{left} of {quota} e-mails are left of SES's quota of 24 hours");
    let todo = "ask for a higher one: Service Quotas console, Amazon SES, \"Sending quota\"; what is \
                above waits";
    match left {
        left if left < 1.0 => Finding::error(SUBJECT, Code::EmailQuota, what, todo),
        left if left < quota / 10.0 => Finding::warning(SUBJECT, Code::EmailQuota, what, todo),
        _ => Finding::ok(SUBJECT, Code::EmailQuota, what),
    }
}

/// What there is to say about the configuration set of this name, in an account that lists
/// addresses so.
pub(super) fn judge_set(
    name: &str,
    set: Option<ConfigurationSet>,
    account: Option<Listing>,
) -> Vec<Finding> {
    let Some(set) = set else {
        return vec![Finding::error(
            SUBJECT,
            Code::ConfigurationSet,
            format!("SES has no configuration set {name}: every e-mail is refused"),
            format!(
                "`aws sesv2 create-configuration-set --configuration-set-name {name}`, then deploy"
            ),
        )];
    };
    let sending = match set.sending {
        Sending::Enabled => {
            Finding::ok(SUBJECT, Code::ConfigurationSet, format!("configuration set {name} sends"))
        }
        Sending::Paused => Finding::error(
            SUBJECT,
            Code::ConfigurationSet,
            format!("configuration set {name} is paused: every e-mail is refused"),
            format!(
                "`aws sesv2 put-configuration-set-sending-options --configuration-set-name {name} \
                 --sending-enabled`"
            ),
        ),
    };
    let metrics = match set.reputation_metrics {
        ReputationMetrics::On => Finding::ok(
            SUBJECT,
            Code::ReputationMetrics,
            format!("bounces and complaints of {name} are counted"),
        ),
        ReputationMetrics::Off => Finding::warning(
            SUBJECT,
            Code::ReputationMetrics,
            format!("bounces and complaints of {name} are not counted"),
            format!(
                "`aws sesv2 put-configuration-set-reputation-options --configuration-set-name {name} \
                 --reputation-metrics-enabled`"
            ),
        ),
    };
    let listing = set.listing.or(account).map(|listing| listed(name, listing));
    [sending, metrics].into_iter().chain(listing).collect()
}

/// Bellhop keeps from writing to who bounced and complained by itself; SES's list keeps what
/// else the account sends from it, and what is under way.
fn listed(name: &str, listing: Listing) -> Finding {
    let Listing { bounces, complaints } = listing;
    let missing = [(bounces, "bounced for good"), (complaints, "complained")];
    let missing: Vec<_> =
        missing.into_iter().filter(|(is_listed, _)| !is_listed).map(|(_, who)| who).collect();
    if missing.is_empty() {
        let what = "SES's suppression list takes up who bounced for good and who complained";
        return Finding::ok(SUBJECT, Code::SuppressionList, what);
    }
    Finding::warning(
        SUBJECT,
        Code::SuppressionList,
        format!("SES's suppression list does not take up who {}", missing.join(" or ")),
        format!(
            "`aws sesv2 put-configuration-set-suppression-options --configuration-set-name {name} \
             --suppressed-reasons BOUNCE COMPLAINT`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    fn account() -> Account {
        Account {
            access: Access::Production,
            sending: Sending::Enabled,
            enforcement: "HEALTHY".to_owned(),
            rate: 14.0,
            quota: 1000.0,
            sent: 10.0,
            listing: None,
        }
    }

    fn worst(findings: &[Finding]) -> Option<(Code, Level)> {
        let worst = findings.iter().max_by_key(|finding| finding.level)?;
        (worst.level > Ok).then_some((worst.code, worst.level))
    }

    #[test]
    fn each_fault_of_the_account_is_found() {
        let enforcement = |status: &str| Account { enforcement: status.to_owned(), ..account() };
        for (account, rate, expected) in [
            (account(), "14", None),
            (account(), "1", None),
            (account(), "15", Some((Code::EmailRate, Error))),
            // A stack that is not read well says nothing.
            (account(), "", None),
            (
                Account { access: Access::Sandbox, ..account() },
                "14",
                Some((Code::SesSandbox, Error)),
            ),
            (
                Account { sending: Sending::Paused, ..account() },
                "14",
                Some((Code::SesSending, Error)),
            ),
            (enforcement("PROBATION"), "14", Some((Code::SesReputation, Warning))),
            (enforcement("SHUTDOWN"), "14", Some((Code::SesReputation, Error))),
            (Account { sent: 950.0, ..account() }, "14", Some((Code::EmailQuota, Warning))),
            (Account { sent: 1000.0, ..account() }, "14", Some((Code::EmailQuota, Error))),
            (Account { quota: -1.0, sent: 1e9, ..account() }, "14", None),
        ] {
            let found = judge_account(&account, rate);
            assert_eq!(worst(&found), expected, "{account:?}, EmailRate {rate}");
        }
    }

    #[test]
    fn a_rate_below_the_allowed_one_is_a_hint() {
        let found = rate(14.0, "1").unwrap();
        assert_eq!(found.level, Ok);
        assert!(found.todo.unwrap().contains("EmailRate=14"));
        assert!(rate(14.0, "14").unwrap().todo.is_none());
    }

    #[test]
    fn each_fault_of_the_configuration_set_is_found() {
        let set = ConfigurationSet {
            sending: Sending::Enabled,
            reputation_metrics: ReputationMetrics::On,
            listing: Some(Listing { bounces: true, complaints: true }),
        };
        let off = ReputationMetrics::Off;
        for (set, expected) in [
            (Some(set), None),
            (None, Some((Code::ConfigurationSet, Error))),
            (
                Some(ConfigurationSet { sending: Sending::Paused, ..set }),
                Some((Code::ConfigurationSet, Error)),
            ),
            (
                Some(ConfigurationSet { reputation_metrics: off, ..set }),
                Some((Code::ReputationMetrics, Warning)),
            ),
        ] {
            assert_eq!(worst(&judge_set("mail", set, None)), expected, "{set:?}");
        }
    }

    #[test]
    fn the_sets_own_list_counts_else_the_accounts_and_what_is_not_said_is_no_fault() {
        let set = |listing| ConfigurationSet {
            sending: Sending::Enabled,
            reputation_metrics: ReputationMetrics::On,
            listing,
        };
        let all = Listing { bounces: true, complaints: true };
        let no_complaints = Listing { complaints: false, ..all };
        let fault = Some((Code::SuppressionList, Warning));
        for (own, account, expected) in [
            (Some(all), Some(no_complaints), None),
            (Some(no_complaints), Some(all), fault),
            (None, Some(all), None),
            (None, Some(no_complaints), fault),
            (None, None, None),
        ] {
            let found = judge_set("mail", Some(set(own)), account);
            assert_eq!(worst(&found), expected, "{own:?}, {account:?}");
        }
        let found = listed("mail", no_complaints);
        assert!(found.what.ends_with("does not take up who complained"), "{}", found.what);
    }
}
