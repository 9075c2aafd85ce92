//! Names that others rely on: outputs and parameters.

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
                "SmsSenderId",
                "SmsOriginationNumber",
                "SmsAllowedCountries",
                "FcmApplicationArn",
                "ApnsApplicationArn",
                "ApnsSandboxApplicationArn",
                "PushPrivacy",
                "UnsubscribeUrl",
                "UnsubscribeSecret",
                "ContentLayerArn",
                "Architecture",
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

#[test]
fn every_parameter_has_a_default() {
    for (name, parameter) in Template::load().section("Parameters") {
        assert!(parameter["Default"].is_string(), "{name}");
    }
}

#[test]
fn every_parameter_is_described_and_refuses_nonsense() {
    for (name, parameter) in Template::load().section("Parameters") {
        assert!(parameter["Description"].is_string(), "{name}");
        let pattern = parameter["AllowedPattern"].as_str().unwrap_or_default();
        let anchored = pattern.starts_with('^') && pattern.ends_with('$');
        assert!(anchored || parameter["AllowedValues"].is_array(), "{name}");
    }
}

#[test]
fn whoever_describes_the_stack_reads_no_secret() {
    let template = Template::load();
    for (name, parameter) in template.section("Parameters") {
        let expected = if name.ends_with("Secret") { json!(true) } else { Value::Null };
        assert_eq!(parameter["NoEcho"], expected, "{name}");
    }
    // What an output refers to is shown whatever its parameter says.
    for (name, output) in template.section("Outputs") {
        assert!(!output.to_string().contains("Secret"), "{name}");
    }
}

#[test]
fn an_address_to_unsubscribe_at_without_its_secret_is_refused_before_anything_is_made() {
    let rule = &Template::load().0["Rules"]["UnsubscribeUrlNeedsSecret"];
    assert_eq!(rule["RuleCondition"], is_given("UnsubscribeUrl"));
    assert_eq!(rule["Assertions"][0]["Assert"], is_given("UnsubscribeSecret"));
    // With a shorter one the functions refuse to start.
    let secret = &Template::load().0["Parameters"]["UnsubscribeSecret"];
    assert!(text(&secret["AllowedPattern"]).contains("{16,"), "{secret}");
}
