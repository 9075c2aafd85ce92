//! Names that others rely on: outputs and parameters.

use std::fs;

use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

#[test]
fn outputs_and_parameters_others_rely_on_are_there() {
    let template = Template::load();
    for (section, names) in [
        (
            "Outputs",
            &[
                "OrderEventsQueueUrl",
                "CustomerEventsQueueUrl",
                "LedgerTableName",
                "ProfilesTableName",
                "OutcomesTopicArn",
                "AnswersUrl",
                "PreferencesUrl",
            ][..],
        ),
        (
            "Parameters",
            &[
                "Stage",
                "FromAddress",
                "ShopName",
                "ShopUrl",
                "BrandColor",
                "LogoUrl",
                "PostalAddress",
                "SupportContact",
                "LinkHosts",
                "DefaultLocale",
                "DefaultTimeZone",
                "QuietHours",
                "PromotionsPerDay",
                "PromotionsPerWeek",
                "FloodLimit",
                "SmsSenderId",
                "SmsOriginationNumber",
                "SmsAllowedCountries",
                "FcmApplicationArn",
                "ApnsApplicationArn",
                "ApnsSandboxApplicationArn",
                "PushPrivacy",
                "PreferencesEndpoint",
                "PreferencesDomainUrl",
                "ContentLayerArn",
                "EmailRate",
                "SmsRate",
                "PushRate",
                "SmsMaxPrice",
                "TlsPolicy",
                "AlarmEmail",
                "AlarmTopicArn",
                "AnswersEndpoint",
                "RedriveRoleArn",
                "OutcomeEvents",
                "OutcomesWebhookUrl",
                "DeletionProtection",
            ],
        ),
    ] {
        for name in names {
            assert!(!template.0[section][name].is_null(), "{section}: {name}");
        }
    }
}

#[test]
fn the_url_of_every_queue_is_an_output() {
    let template = Template::load();
    for name in template.resources("AWS::SQS::Queue").into_keys() {
        let output = &template.0["Outputs"][format!("{name}Url")];
        assert_eq!(output["Value"], json!({"!Ref": name}));
    }
}

/// What customers read has no default that could reach them, and all else has one.
#[test]
fn who_the_shop_is_must_be_said_and_nothing_else() {
    let template = Template::load();
    let asked: Vec<_> = template
        .section("Parameters")
        .into_iter()
        .filter(|(_, parameter)| parameter["Default"].is_null())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(asked, ["FromAddress", "ShopName", "ShopUrl"]);
}

/// IAM compares `ses:FromAddress` letter by letter.
#[test]
fn the_senders_address_is_in_lower_case() {
    let template = Template::load();
    let pattern = text(&template.0["Parameters"]["FromAddress"]["AllowedPattern"]);
    assert_eq!(pattern.matches("[^@\\sA-Z<>,;\"]").count(), 3, "{pattern}");
    assert_eq!(pattern.matches("[^").count(), 3, "{pattern}");
}

/// SMS cost, and a stranger's number may be anywhere.
#[test]
fn sms_go_nowhere_and_cost_little_until_somebody_says_more() {
    let template = Template::load();
    assert_eq!(template.0["Parameters"]["SmsAllowedCountries"]["Default"], "");
    let variables = &template.resource("PlanFunction")["Environment"]["Variables"];
    assert_eq!(variables["SMS_ALLOWED_COUNTRIES"], json!({"!Ref": "SmsAllowedCountries"}));
    let most: f64 = text(&template.0["Parameters"]["SmsMaxPrice"]["Default"]).parse().unwrap();
    assert!(most <= 0.5, "{most}");
}

#[test]
fn every_parameter_is_described_and_refuses_nonsense() {
    for (name, parameter) in Template::load().section("Parameters") {
        assert!(parameter["Description"].is_string(), "{name}");
        let pattern = parameter["AllowedPattern"].as_str().unwrap_or_default();
        let anchored = pattern.starts_with('^') && pattern.ends_with('$');
        let bounded = parameter["MinValue"].is_u64() && parameter["MaxValue"].is_u64();
        assert!(anchored || bounded || parameter["AllowedValues"].is_array(), "{name}");
    }
}

/// A secret among the parameters is asked for again and again by `sam deploy --guided`,
/// which takes no empty one, and stays in the shell's history.
#[test]
fn the_secret_of_links_is_made_by_the_stack_and_read_by_nobody_who_describes_it() {
    let template = Template::load();
    for (name, parameter) in template.section("Parameters") {
        assert!(parameter["NoEcho"].is_null(), "{name}");
        assert!(!name.contains("Secret"), "{name}");
    }
    let secret = &template.0["Resources"]["PreferencesKeys"];
    assert_eq!(secret["Condition"], "HasPreferences");
    assert_eq!(secret["Properties"]["KmsKeyId"], data_key());
    // With a shorter one the functions refuse to start.
    let generated = &secret["Properties"]["GenerateSecretString"];
    assert!(number(&generated["PasswordLength"]) >= 32, "{generated}");
    let arn = json!({"!GetAtt": "PreferencesKeys.Id"});
    let shown = [&arn, &json!({"!GetAtt": "WebhookSecret.Id"})];
    for (name, output) in template.section("Outputs") {
        let value = output["Value"].to_string();
        let secret = ["Secret", "PreferencesKeys"].iter().any(|secret| value.contains(secret));
        assert!(!secret || shown.contains(&&output["Value"]), "{name}");
    }
    let variables = &template.resource("SendEmailFunction")["Environment"]["Variables"];
    let expected = json!({"!If": ["HasPreferences", arn, ""]});
    assert_eq!(variables["PREFERENCES_KEYS_ARN"], expected);
}

/// Or to an address of the shop's that leads there.
#[test]
fn links_in_mail_lead_to_the_function_that_answers_them() {
    let template = Template::load();
    let own = json!({"!GetAtt": "PreferencesFunctionUrl.FunctionUrl"});
    assert_eq!(template.0["Outputs"]["PreferencesUrl"]["Value"], own);
    let variables = &template.resource("SendEmailFunction")["Environment"]["Variables"];
    let domain = json!({"!Ref": "PreferencesDomainUrl"});
    let otherwise = json!({"!If": ["HasPreferences", own, ""]});
    let expected = json!({"!If": ["HasPreferencesDomain", domain, otherwise]});
    assert_eq!(variables["PREFERENCES_URL"], expected);
    let given = [json!({"!Condition": "HasPreferences"}), is_given("PreferencesDomainUrl")];
    assert_eq!(template.0["Conditions"]["HasPreferencesDomain"], json!({"!And": given}));
    assert_eq!(template.0["Parameters"]["PreferencesEndpoint"]["Default"], "create");
}

/// CloudFormation would say it in the middle of a deployment.
#[test]
fn the_longest_name_of_a_stack_is_said_where_people_deploy() {
    let template = Template::load();
    let rest = |name: &Value| text(&name["!Sub"]).replace("${AWS::StackName}", "").len();
    let queues = template.resources("AWS::SQS::Queue").into_values();
    let queues = queues.map(|queue| 80 - rest(&queue["QueueName"]));
    let functions = template.resources("AWS::Serverless::Function").into_values();
    let functions = functions.map(|function| 64 - rest(&function["FunctionName"]));
    let longest = queues.chain(functions).min().unwrap();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let said = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&format!("a stack name of at most {longest} characters")), "{longest}");
}

#[test]
fn every_parameter_is_explained_where_people_deploy() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for name in Template::load().section("Parameters").into_keys() {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
    // The answers that `sam deploy --guided` keeps would replace it at the next deployment.
    assert!(!readme.contains("--parameter-overrides"));
}
