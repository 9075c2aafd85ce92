//! The alarms: whether they do anything, who hears of them, and which ring.

use std::collections::BTreeSet;

use aws_config::SdkConfig;
use aws_sdk_sns::Client;
use bellhop_local::api::{QueryApi, members, query};

use super::finding::{Code, Finding, Subject};
use super::looked::{Looked, api, if_there, sdk};
use super::stack::StackFacts;

const SUBJECT: Subject = Subject::Alarms;

/// An alarm, as CloudWatch has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Alarm {
    name: String,
    state: String,
    reason: String,
    actions: Actions,
    /// What it does.
    targets: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Actions {
    #[default]
    Enabled,
    Disabled,
}

/// A subscription to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subscription {
    protocol: String,
    state: Confirmation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Confirmation {
    Confirmed,
    Pending,
}

/// Asks for all alarms of the stack, by their names in AWS; those that are gone are not
/// among them.
pub(super) async fn look(config: &SdkConfig, stack: &StackFacts) -> Looked<Vec<Alarm>> {
    const NEEDS: &str = "cloudwatch:DescribeAlarms";
    /// Source: Amazon CloudWatch API Reference, DescribeAlarms.
    const AT_ONCE: usize = 100;
    let names: Vec<_> = stack.of_kind("AWS::CloudWatch::Alarm").map(|r| &r.physical).collect();
    let mut alarms = Vec::new();
    for names in names.chunks(AT_ONCE) {
        let mut parameters = vec![("MaxRecords".to_owned(), AT_ONCE.to_string())];
        for (index, name) in names.iter().enumerate() {
            parameters.push((format!("AlarmNames.member.{}", index + 1), (*name).clone()));
        }
        let answer = query(config, QueryApi::CLOUDWATCH, "DescribeAlarms", &parameters).await;
        let answer = api(NEEDS, answer)?;
        let path = ["DescribeAlarmsResult", "MetricAlarms", "member"];
        let found = members(&answer, &path, &["AlarmActions"]).map_err(Into::into);
        for fields in api(NEEDS, found)? {
            alarms.push(Alarm {
                name: fields.text("AlarmName").to_owned(),
                state: fields.text("StateValue").to_owned(),
                reason: fields.text("StateReason").to_owned(),
                actions: match fields.text("ActionsEnabled") {
                    "false" => Actions::Disabled,
                    _ => Actions::Enabled,
                },
                targets: fields.list("AlarmActions").to_vec(),
            });
        }
    }
    Ok(alarms)
}

/// The topics that alarms are published to.
pub(super) fn topics(alarms: &[Alarm]) -> BTreeSet<&str> {
    let targets = alarms.iter().flat_map(|alarm| &alarm.targets).map(String::as_str);
    targets.filter(|target| target.split(':').nth(2) == Some("sns")).collect()
}

/// Asks who is subscribed to a topic; none if the topic is gone.
pub(super) async fn look_topic(sns: &Client, topic: &str) -> Looked<Option<Vec<Subscription>>> {
    let mut subscriptions = Vec::new();
    let mut next = None;
    loop {
        let call = sns.list_subscriptions_by_topic().topic_arn(topic).set_next_token(next);
        let Some(page) = if_there(sdk("sns:ListSubscriptionsByTopic", call.send().await))? else {
            return Ok(None);
        };
        for subscription in page.subscriptions.unwrap_or_default() {
            subscriptions.push(Subscription {
                protocol: subscription.protocol.unwrap_or_default(),
                state: match subscription.subscription_arn.as_deref() {
                    Some("PendingConfirmation") => Confirmation::Pending,
                    _ => Confirmation::Confirmed,
                },
            });
        }
        next = page.next_token;
        if next.is_none() {
            return Ok(Some(subscriptions));
        }
    }
}

/// The protocols of the confirmed ones.
pub(super) fn confirmed(subscriptions: &[Subscription]) -> Vec<&str> {
    let confirmed = subscriptions.iter().filter(|s| s.state == Confirmation::Confirmed);
    confirmed.map(|subscription| subscription.protocol.as_str()).collect()
}

/// What there is to say about the alarms: faults one by one, the rest in one line each.
pub(super) fn judge(stack: &StackFacts, alarms: &[Alarm]) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(missing(stack, alarms));
    findings.extend(actions(alarms));
    let ringing: Vec<_> = alarms.iter().filter(|alarm| alarm.state == "ALARM").collect();
    if ringing.is_empty() {
        let what = format!("none of {} alarms rings", alarms.len());
        findings.push(Finding::ok(SUBJECT, Code::AlarmState, what));
    }
    for Alarm { name, reason, .. } in ringing {
        findings.push(Finding::error(
            SUBJECT,
            Code::AlarmState,
            format!("{name} rings: {reason}"),
            format!(
                "its description says what it means: `aws cloudwatch describe-alarms --alarm-names \
                 {name} --query 'MetricAlarms[0].AlarmDescription'`"
            ),
        ));
    }
    findings
}

fn missing(stack: &StackFacts, alarms: &[Alarm]) -> Option<Finding> {
    let there: BTreeSet<_> = alarms.iter().map(|alarm| alarm.name.as_str()).collect();
    let all = stack.of_kind("AWS::CloudWatch::Alarm").map(|resource| resource.physical.as_str());
    let missing: Vec<_> = all.filter(|name| !there.contains(name)).collect();
    (!missing.is_empty()).then(|| {
        let what = format!("alarms are gone: {}", missing.join(", "));
        Finding::error(SUBJECT, Code::AlarmMissing, what, "deploy again")
    })
}

fn actions(alarms: &[Alarm]) -> Vec<Finding> {
    let code = Code::AlarmActions;
    let mut findings = Vec::new();
    let disabled: Vec<_> = alarms.iter().filter(|a| a.actions == Actions::Disabled).collect();
    if !disabled.is_empty() {
        let names: Vec<_> = disabled.iter().map(|alarm| alarm.name.as_str()).collect();
        let names = names.join(" ");
        findings.push(Finding::error(
            SUBJECT,
            code,
            format!("nobody hears of alarms whose actions are disabled: {names}"),
            format!("`aws cloudwatch enable-alarm-actions --alarm-names {names}`"),
        ));
    }
    let idle = alarms.iter().filter(|alarm| alarm.targets.is_empty()).count();
    match (idle, alarms.len()) {
        (0, 0) => {}
        (0, all) => {
            findings.push(Finding::ok(SUBJECT, code, format!("all {all} alarms have an action")));
        }
        (idle, all) => {
            let which = if idle == all { format!("all {all}") } else { format!("{idle} of {all}") };
            findings.push(Finding::warning(
                SUBJECT,
                code,
                format!("{which} alarms have no action: nobody hears of them"),
                "set AlarmEmail or AlarmTopicArn and deploy",
            ));
        }
    }
    findings
}

/// What there is to say about who hears of alarms by a topic.
pub(super) fn judge_topic(topic: &str, subscriptions: Option<&[Subscription]>) -> Finding {
    let code = Code::AlarmSubscription;
    let Some(subscriptions) = subscriptions else {
        let what = format!("alarms go to {topic}, which is not there");
        return Finding::error(SUBJECT, code, what, "set AlarmTopicArn to one that is, and deploy");
    };
    let pending = subscriptions.iter().filter(|s| s.state == Confirmation::Pending).count();
    match (confirmed(subscriptions).len(), pending) {
        (0, 0) => Finding::error(
            SUBJECT,
            code,
            format!("nobody is subscribed to {topic}: nobody hears of alarms"),
            format!(
                "`aws sns subscribe --protocol email --topic-arn {topic} --notification-endpoint …`"
            ),
        ),
        (0, _) => Finding::error(
            SUBJECT,
            code,
            format!("nobody has confirmed to be subscribed to {topic}: nobody hears of alarms"),
            "open the link in the mail \"AWS Notification - Subscription Confirmation\"; it is valid \
             for two days, after which subscribing again sends a new one",
        ),
        (confirmed, 0) => {
            Finding::ok(SUBJECT, code, format!("{confirmed} subscribed to alarms by {topic}"))
        }
        (_, pending) => Finding::warning(
            SUBJECT,
            code,
            format!("{pending} subscribed to {topic} have not confirmed it"),
            "open the link in the mail \"AWS Notification - Subscription Confirmation\"",
        ),
    }
}

#[cfg(test)]
mod tests {
    use bellhop_local::cloudformation::Resource;

    use super::super::finding::Level::{self, Error, Ok, Warning};
    use super::*;

    fn stack(names: &[&str]) -> StackFacts {
        let alarm = |name: &&str| Resource {
            logical: format!("{name}Alarm"),
            physical: (*name).to_owned(),
            kind: "AWS::CloudWatch::Alarm".to_owned(),
        };
        StackFacts { resources: names.iter().map(alarm).collect(), ..StackFacts::default() }
    }

    fn alarm() -> Alarm {
        Alarm {
            name: "age".to_owned(),
            state: "OK".to_owned(),
            targets: vec!["arn:aws:sns:eu-west-1:1:alarms".to_owned()],
            ..Alarm::default()
        }
    }

    #[test]
    fn each_fault_of_the_alarms_is_found() {
        use Code::{AlarmActions, AlarmMissing, AlarmState};
        let state = |state: &str| Alarm { state: state.to_owned(), ..alarm() };
        for (alarms, expected) in [
            (vec![alarm()], vec![]),
            (vec![], vec![(AlarmMissing, Error)]),
            (vec![Alarm { targets: vec![], ..alarm() }], vec![(AlarmActions, Warning)]),
            (vec![Alarm { actions: Actions::Disabled, ..alarm() }], vec![(AlarmActions, Error)]),
            (vec![state("ALARM")], vec![(AlarmState, Error)]),
            (vec![state("INSUFFICIENT_DATA")], vec![]),
        ] {
            let found = judge(&stack(&["age"]), &alarms).into_iter();
            let faults: Vec<_> =
                found.filter(|f| f.level > Ok).map(|f| (f.code, f.level)).collect();
            assert_eq!(faults, expected, "{alarms:?}");
        }
    }

    #[test]
    fn somebody_must_have_confirmed_to_hear_of_alarms() {
        let subscription = |state| Subscription { protocol: "email".to_owned(), state };
        let confirmed = subscription(Confirmation::Confirmed);
        let pending = subscription(Confirmation::Pending);
        let level = |subscriptions: Option<&[Subscription]>| -> Level {
            judge_topic("arn:topic", subscriptions).level
        };
        assert_eq!(level(Some(std::slice::from_ref(&confirmed))), Ok);
        assert_eq!(level(Some(&[confirmed, pending.clone()])), Warning);
        assert_eq!(level(Some(&[pending])), Error);
        assert_eq!(level(Some(&[])), Error);
        assert_eq!(level(None), Error);
    }

    #[test]
    fn only_topics_have_subscriptions() {
        let lambda = "arn:aws:lambda:eu-west-1:1:function:f".to_owned();
        let alarms = [alarm(), Alarm { targets: vec![lambda], ..alarm() }];
        assert_eq!(topics(&alarms), ["arn:aws:sns:eu-west-1:1:alarms"].into());
    }
}
