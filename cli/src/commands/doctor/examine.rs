//! All looks, side by side, and what they come to.

use aws_config::SdkConfig;
use aws_sdk_sesv2::Client as Ses;
use aws_sdk_sns::Client as Sns;
use bellhop::model::clock::Timestamp;

use super::finding::{Finding, Subject};
use super::looked::Looked;
use super::stack::{self, StackFacts};
use super::{
    alarms, content, feedback, functions, identity, producers, push, queues, sending, shop, sms,
};

/// Everything there is to find, by subject.
pub(super) async fn all(config: &SdkConfig, stack: &StackFacts, now: Timestamp) -> Vec<Finding> {
    let (ses, sns) = (Ses::new(config), Sns::new(config));
    let (mail, reports, sms, push, machinery, alarms, shop, producers) = tokio::join!(
        mail(&ses, stack),
        reports(&ses, &sns, stack),
        sms(config, &sns, stack, now),
        push(&sns, stack, now),
        machinery(config, stack, now),
        alarms(config, &sns, stack),
        shop(config, stack),
        producers(config, stack),
    );
    let mut findings = vec![stack::judge(stack)];
    findings.extend(
        [mail, reports, sms, push, machinery, alarms, shop, producers].into_iter().flatten(),
    );
    findings.sort_by_key(|finding| finding.subject);
    findings
}

/// What was seen, judged; or that nothing was.
fn judged<T>(
    subject: Subject,
    looked: Looked<T>,
    judge: impl FnOnce(T) -> Vec<Finding>,
) -> Vec<Finding> {
    match looked {
        Ok(seen) => judge(seen),
        Err(blind) => vec![blind.finding(subject)],
    }
}

fn configuration_set(stack: &StackFacts) -> Option<&str> {
    stack.of_kind("AWS::SES::ConfigurationSet").map(|set| set.physical.as_str()).next()
}

async fn mail(ses: &Ses, stack: &StackFacts) -> Vec<Finding> {
    let from = stack.parameter("FromAddress");
    let mut findings = judged(Subject::Identity, identity::look(ses, from).await, |identity| {
        identity::judge(from, identity.as_ref())
    });
    let account = sending::look_account(ses).await;
    let listing = account.as_ref().ok().and_then(|account| account.listing);
    findings.extend(judged(Subject::Sending, account, |account| {
        sending::judge_account(&account, stack.parameter("EmailRate"))
    }));
    if let Some(set) = configuration_set(stack) {
        findings.extend(judged(Subject::Sending, sending::look_set(ses, set).await, |found| {
            sending::judge_set(set, found, listing)
        }));
    }
    findings
}

async fn reports(ses: &Ses, sns: &Sns, stack: &StackFacts) -> Vec<Finding> {
    let Some(set) = configuration_set(stack) else { return Vec::new() };
    let destinations = match feedback::look(ses, set).await {
        Ok(destinations) => destinations,
        Err(blind) => return vec![blind.finding(Subject::Feedback)],
    };
    let ours = feedback::ours(&destinations, stack.output(feedback::TOPIC));
    let mut findings = vec![feedback::judge(set, ours)];
    if let Some(topic) = ours.map(feedback::Destination::topic) {
        let looked = alarms::look_topic(sns, topic).await;
        findings.extend(judged(Subject::Feedback, looked, |subscriptions| {
            let subscriptions = subscriptions.unwrap_or_default();
            vec![feedback::judge_subscriptions(topic, &alarms::confirmed(&subscriptions))]
        }));
    }
    findings
}

async fn sms(config: &SdkConfig, sns: &Sns, stack: &StackFacts, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![sms::judge_countries(stack)];
    if stack.parameter("SmsAllowedCountries").is_empty() {
        return findings;
    }
    findings.extend(judged(Subject::Sms, sms::look_access(sns).await, |access| {
        vec![sms::judge_access(access)]
    }));
    let settings = sms::look_settings(sns).await;
    let spent = sms::look_spent(config, now).await;
    // What is spent is said where it can be seen; the limit says most.
    let known = spent.as_ref().ok().copied().flatten();
    findings.extend(judged(Subject::Sms, settings, |settings| {
        vec![sms::judge_spend(&settings, known), sms::judge_logging(&settings, stack)]
    }));
    findings.extend(spent.err().map(|blind| blind.finding(Subject::Sms)));
    let number = stack.parameter("SmsOriginationNumber");
    if !number.is_empty() {
        findings.extend(judged(Subject::Sms, sms::look_numbers(sns).await, |owned| {
            vec![sms::judge_number(number, &owned)]
        }));
    }
    findings
}

async fn push(sns: &Sns, stack: &StackFacts, now: Timestamp) -> Vec<Finding> {
    let named = push::PARAMETERS.map(|parameter| (parameter, stack.parameter(parameter)));
    let named: Vec<_> = named.into_iter().filter(|(_, arn)| !arn.is_empty()).collect();
    if named.is_empty() {
        return vec![push::judge_none()];
    }
    let mut findings = Vec::new();
    for (parameter, arn) in named {
        findings.extend(judged(Subject::Push, push::look(sns, arn).await, |application| {
            push::judge(parameter, arn, application.as_ref(), stack, now)
        }));
    }
    findings
}

/// Functions, queues and content, which are judged by each other.
async fn machinery(config: &SdkConfig, stack: &StackFacts, now: Timestamp) -> Vec<Finding> {
    let (functions, queues) =
        tokio::join!(functions::look(config, stack), queues::look(config, stack, now));
    let known = functions.as_ref().ok();
    let mut findings = judged(Subject::Queues, queues, |queues| queues::judge(&queues, known));
    findings.extend(content(config, stack, known, now).await);
    findings.extend(judged(Subject::Functions, functions, |facts| functions::judge(&facts)));
    findings
}

async fn content(
    config: &SdkConfig,
    stack: &StackFacts,
    functions: Option<&functions::Facts>,
    now: Timestamp,
) -> Vec<Finding> {
    let arn = stack.parameter("ContentLayerArn");
    if arn.is_empty() {
        return vec![content::judge_none()];
    }
    let mut findings = judged(Subject::Content, content::look(config, arn).await, |layer| {
        vec![content::judge(arn, layer.as_ref(), functions)]
    });
    let stage = match stack.parameter("Stage") {
        "" => &stack.name,
        stage => stage,
    };
    findings.push(match content::look_broken(config, stage, now).await {
        Ok(times) => content::judge_broken(times),
        Err(blind) => blind.finding(Subject::Content),
    });
    findings
}

async fn alarms(config: &SdkConfig, sns: &Sns, stack: &StackFacts) -> Vec<Finding> {
    let alarms = match alarms::look(config, stack).await {
        Ok(alarms) => alarms,
        Err(blind) => return vec![blind.finding(Subject::Alarms)],
    };
    let mut findings = alarms::judge(stack, &alarms);
    for topic in alarms::topics(&alarms) {
        let looked = alarms::look_topic(sns, topic).await;
        findings.extend(judged(Subject::Alarms, looked, |subscriptions| {
            vec![alarms::judge_topic(topic, subscriptions.as_deref())]
        }));
    }
    findings
}

async fn shop(config: &SdkConfig, stack: &StackFacts) -> Vec<Finding> {
    let mut findings = vec![shop::judge_address(stack)];
    let own = stack.output("PreferencesUrl");
    let (Some(own), Some(secret)) = (own, stack.output("PreferencesKeysArn")) else {
        findings.push(shop::judge_no_unsubscribing());
        return findings;
    };
    let url = match stack.parameter("PreferencesDomainUrl") {
        "" => own,
        domain => domain,
    };
    let secrets = aws_sdk_secretsmanager::Client::new(config);
    findings.extend(judged(Subject::Shop, shop::look(&secrets, secret).await, |secret| {
        vec![shop::judge_secret(url, secret)]
    }));
    findings
}

async fn producers(config: &SdkConfig, stack: &StackFacts) -> Vec<Finding> {
    let Some(policy) = stack.output("ProducerPolicyArn") else { return Vec::new() };
    judged(Subject::Producers, producers::look(config, policy).await, |producers| {
        vec![producers::judge(policy, producers.as_deref())]
    })
}
