//! Permissions: roles that grant what the code does and no more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::facts::*;
use crate::template::*;

fn resources(statement: &Value) -> BTreeSet<String> {
    list(&statement["Resource"]).map(Value::to_string).collect()
}

#[test]
fn each_function_has_a_role_and_a_log_group_of_its_own() {
    let template = Template::load();
    for (name, function) in template.resources("AWS::Serverless::Function") {
        let prefix = name.strip_suffix("Function").unwrap();
        let group = format!("{prefix}LogGroup");
        assert_eq!(referred(&function["Role"]), format!("{prefix}Role"));
        assert_eq!(referred(&function["LoggingConfig"]["LogGroup"]), group);
        assert_eq!(
            template.granted(name, "logs:"),
            BTreeSet::from(
                ["logs:CreateLogStream", "logs:PutLogEvents"].map(|a| (a, group.as_str()))
            )
        );
    }
}

#[test]
fn roles_grant_no_wildcard_action_and_no_wildcard_resource_but_where_aws_has_no_arn() {
    let template = Template::load();
    for (role, properties) in template.resources("AWS::IAM::Role") {
        let managed = &properties["ManagedPolicyArns"];
        assert!(managed.is_null(), "{role} has policies written elsewhere");
        for statement in statements(properties) {
            assert_eq!(statement["Effect"], "Allow", "{role}");
            let actions = texts(&statement["Action"]);
            assert!(!actions.iter().any(|a| a.contains('*')), "{role}: {actions:?}");
            if !is_sms_publish(statement) {
                assert!(!statement["Resource"].is_null(), "{role}: {actions:?}");
            }
            for resource in list(&statement["Resource"]) {
                let fits = is_specific(resource)
                    || (*resource == "*" && is_tracing(&actions))
                    || (role == "SnsFeedbackRole" && *resource == delivery_logs())
                    || (role == "PlanRole" && *resource == own_schedules());
                assert!(fits, "{role} may do {actions:?} to {resource}");
            }
        }
    }
}

#[test]
fn functions_receive_and_send_only_along_the_flow_of_data() {
    let template = Template::load();
    let dead = template.dead_letter_queues();
    for function in template.function_names() {
        let mut expected = BTreeSet::new();
        for Mapping { queue, .. } in template.mappings().iter().filter(|m| m.function == function) {
            expected.extend([
                ("sqs:ReceiveMessage", *queue),
                ("sqs:DeleteMessage", queue),
                ("sqs:GetQueueAttributes", queue),
                ("sqs:ChangeMessageVisibility", queue),
                ("sqs:SendMessage", dead[queue]),
            ]);
        }
        if function == OUTCOMES {
            expected.insert(("sqs:SendMessage", OUTCOMES_DEAD_LETTERS));
        }
        if function == FEEDBACK_LOGS {
            let queues = [FEEDBACK_QUEUE, FEEDBACK_DEAD_LETTERS];
            expected.extend(queues.map(|queue| ("sqs:SendMessage", queue)));
        }
        if function == PLAN || says_that_channels_failed(function) {
            // It announces what is overdue to itself; others, that a route goes on.
            expected.insert(("sqs:SendMessage", "OrderEventsQueue"));
        }
        if enqueues_deliveries(function) {
            expected.extend(DELIVERY_VARIABLES.map(|(_, queue)| ("sqs:SendMessage", queue)));
        }
        assert_eq!(template.granted(function, "sqs:"), expected, "{function}");
    }
}

#[test]
fn functions_may_do_to_the_tables_what_their_code_does_and_no_more() {
    let template = Template::load();
    let granted: BTreeMap<_, _> =
        template.function_names().map(|name| (name, template.granted(name, "dynamodb:"))).collect();
    let expected = TABLE_RIGHTS.map(|(name, rights)| (name, rights.iter().copied().collect()));
    assert_eq!(granted, BTreeMap::from(expected));
}

#[test]
fn each_function_reaches_its_own_provider_only() {
    let template = Template::load();
    for (function, expected) in [
        ("PlanFunction", &[][..]),
        ("SendEmailFunction", &["ses:SendEmail"]),
        ("SendSmsFunction", &["sns:Publish"]),
        ("SendPushFunction", &["sns:Publish"]),
        (
            "ProfilesFunction",
            &[
                "sns:CreatePlatformEndpoint",
                "sns:DeleteEndpoint",
                "sns:GetEndpointAttributes",
                "sns:SetEndpointAttributes",
            ],
        ),
        (OUTCOMES, &["sns:Publish"]),
        (WEBHOOK, &[]),
        (ANSWERS, &[]),
        (PREFERENCES, &[]),
    ] {
        let granted: BTreeSet<_> = template
            .role_statements(function)
            .flat_map(|statement| texts(&statement["Action"]))
            .filter(|action| action.starts_with("ses:") || action.starts_with("sns:"))
            .collect();
        assert_eq!(granted, expected.iter().copied().collect(), "{function}");
    }
}

#[test]
fn a_sender_reads_of_profiles_only_customers_and_contact_points() {
    let template = Template::load();
    for function in ["SendEmailFunction", "SendSmsFunction"] {
        let profiles = json!({"!GetAtt": "ProfilesTable.Arn"});
        let of_profiles = template.role_statements(function).filter(|s| s["Resource"] == profiles);
        let conditions: Vec<_> = of_profiles.map(|statement| &statement["Condition"]).collect();
        let only = json!({"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CONTACT#*", "CUSTOMER#*"]}});
        assert_eq!(conditions, [&only], "{function}");
    }
}

#[test]
fn mail_leaves_from_the_configured_address_only() {
    let template = Template::load();
    let grant = template.grant("SendEmailFunction", "ses:SendEmail");
    assert_eq!(
        grant["Condition"],
        json!({"StringEquals": {"ses:FromAddress": {"!Ref": "FromAddress"}}})
    );
}

#[test]
fn sms_go_to_phone_numbers_and_push_to_devices_of_this_account_only() {
    let template = Template::load();
    let sms = template.grant("SendSmsFunction", "sns:Publish");
    assert!(is_sms_publish(sms), "{sms}");
    let push = template.grant("SendPushFunction", "sns:Publish");
    assert_eq!(resources(push), endpoints());
}

#[test]
fn outcomes_go_to_their_topic_only() {
    let template = Template::load();
    let published = template.granted(OUTCOMES, "sns:");
    assert_eq!(published, BTreeSet::from([("sns:Publish", "OutcomesTopic")]));
}

#[test]
fn devices_are_registered_with_the_given_applications_only() {
    let template = Template::load();
    let grant = template.grant("ProfilesFunction", "sns:CreatePlatformEndpoint");
    assert_eq!(resources(grant), &applications() | &endpoints());
    for (parameter, condition) in APPLICATIONS {
        assert_eq!(template.0["Conditions"][condition], is_given(parameter), "{condition}");
    }
    // Without any the statement would have no resource, which IAM does not take.
    let each = APPLICATIONS.map(|(_, condition)| json!({"!Condition": condition}));
    assert_eq!(template.0["Conditions"]["HasPush"], json!({"!Or": each}));
}

/// SNS names its log groups itself.
fn delivery_logs() -> Value {
    let groups = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:sns/*";
    json!({ "!Sub": groups })
}

/// One makes links valid, one calls believable, one finds contact points, and one opens
/// what the ledger holds of people.
#[test]
fn a_secret_is_read_by_the_function_that_proves_something_by_it_only() {
    let template = Template::load();
    for function in template.function_names() {
        let granted = template.granted(function, "secretsmanager:");
        let expected: &[_] = match function {
            "SendEmailFunction" => &[
                ("secretsmanager:GetSecretValue", "PreferencesKeys"),
                ("secretsmanager:GetSecretValue", "ContactKey"),
            ],
            PREFERENCES => &[("secretsmanager:GetSecretValue", "PreferencesKeys")],
            WEBHOOK => &[("secretsmanager:GetSecretValue", "WebhookSecret")],
            "PlanFunction" | FEEDBACK | ANSWERS => &[
                ("secretsmanager:GetSecretValue", "ContactKey"),
                ("secretsmanager:GetSecretValue", "LedgerKeys"),
            ],
            "SendSmsFunction" => &[("secretsmanager:GetSecretValue", "ContactKey")],
            _ => &[],
        };
        assert_eq!(granted, expected.iter().copied().collect(), "{function}");
    }
}

/// Each is named by a hash.
fn own_schedules() -> Value {
    let group = "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${AWS::StackName}/*";
    json!({ "!Sub": group })
}

#[test]
fn plan_schedules_in_the_stacks_own_group_and_hands_on_no_other_role() {
    let template = Template::load();
    let schedules = template.grant(PLAN, "scheduler:CreateSchedule");
    assert_eq!(schedules["Resource"], own_schedules());
    let role = template.grant(PLAN, "iam:PassRole");
    assert_eq!(role["Resource"], json!({"!GetAtt": "ScheduleRole.Arn"}));
    let to_scheduler = json!({"iam:PassedToService": "scheduler.amazonaws.com"});
    assert_eq!(role["Condition"], json!({ "StringEquals": to_scheduler }));
    assert_eq!(template.resource("ScheduleGroup")["Name"], json!({"!Ref": "AWS::StackName"}));
    let trust = &template.resource("ScheduleRole")["AssumeRolePolicyDocument"]["Statement"][0];
    let source = "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/${AWS::StackName}";
    let only = &trust["Condition"]["StringEquals"];
    assert_eq!(only["aws:SourceArn"], json!({ "!Sub": source }));
    assert_eq!(only["aws:SourceAccount"], json!({"!Ref": "AWS::AccountId"}));
    let actions: BTreeSet<_> = statements(template.resource("ScheduleRole"))
        .flat_map(|statement| texts(&statement["Action"]))
        .collect();
    assert_eq!(actions, ["kms:Decrypt", "kms:GenerateDataKey", "sqs:SendMessage"].into());
}

#[test]
fn what_is_overdue_is_looked_for_sooner_than_it_counts_as_lost() {
    let template = Template::load();
    let sweep = template.resource("SweepSchedule");
    assert_eq!(sweep["ScheduleExpression"], "rate(15 minutes)");
    assert!(bellhop::plan::GRACE >= std::time::Duration::from_secs(15 * 60));
    let body = text(&sweep["Target"]["Input"]);
    let envelope = bellhop::event::open(
        body,
        bellhop::event::Received { sent_at: bellhop_tests::at(bellhop_tests::HAPPENED) },
    );
    let wake = bellhop::event::Wake::of(&envelope.unwrap());
    assert_eq!(wake, Some(Ok(bellhop::event::Wake::Sweep)));
    assert!(!sweep["Target"]["SqsParameters"]["MessageGroupId"].is_null());
}

#[test]
fn a_producer_may_publish_events_and_no_more() {
    let template = Template::load();
    let via_sqs = json!({"!Sub": "sqs.${AWS::Region}.${AWS::URLSuffix}"});
    let document = &template.resource("ProducerPolicy")["PolicyDocument"];
    assert_eq!(
        document["Statement"],
        json!([
            {
                "Effect": "Allow",
                "Action": "sqs:SendMessage",
                "Resource": EVENT_QUEUES.map(|queue| json!({"!GetAtt": format!("{queue}.Arn")})),
            },
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                "Resource": data_key(),
                "Condition": {"StringEquals": {"kms:ViaService": via_sqs}},
            },
        ])
    );
    let outputs = &template.0["Outputs"];
    assert_eq!(outputs["ProducerPolicyArn"]["Value"], json!({"!Ref": "ProducerPolicy"}));
    assert_eq!(outputs["DataKeyArn"]["Value"], data_key());
}

#[test]
fn support_asks_by_signed_requests_what_reads_only_and_customers_follow_links() {
    let template = Template::load();
    let urls: Vec<_> = template
        .resources("AWS::Serverless::Function")
        .into_iter()
        .filter(|(_, function)| !function["FunctionUrlConfig"].is_null())
        .map(|(name, function)| (name, &function["FunctionUrlConfig"]))
        .collect();
    let (signed, open) = (json!({"AuthType": "AWS_IAM"}), json!({"AuthType": "NONE"}));
    assert_eq!(urls, [(ANSWERS, &signed), (PREFERENCES, &open)]);
    let url = &template.0["Outputs"]["AnswersUrl"];
    assert_eq!(url["Value"], json!({"!GetAtt": "AnswersFunctionUrl.FunctionUrl"}));
    // Not every region has function URLs.
    for (prefix, condition) in [("Answers", "HasAnswers"), ("Preferences", "HasPreferences")] {
        for part in ["Function", "LogGroup", "Role"] {
            let resource = &template.0["Resources"][format!("{prefix}{part}")];
            assert_eq!(resource["Condition"], condition, "{prefix}{part}");
        }
    }
    assert_eq!(url["Condition"], "HasAnswers");
    let actions: BTreeSet<_> = template
        .role_statements(ANSWERS)
        .flat_map(|statement| texts(&statement["Action"]))
        .filter(|action| !action.starts_with("logs:") && !action.starts_with("xray:"))
        .collect();
    let reads =
        ["dynamodb:GetItem", "dynamodb:Query", "kms:Decrypt", "secretsmanager:GetSecretValue"];
    assert_eq!(actions, reads.into());
}

/// Whoever found a way to ask for more would get nothing of orders: they are read by what the
/// role names, and a whole item is refused.
#[test]
fn what_answers_anybody_reads_nothing_of_an_order_but_hashes() {
    let template = Template::load();
    let grant = template.grant(PREFERENCES, "dynamodb:Query");
    let attributes = json!(["pk", "sk", "email_hash", "phone_hash"]);
    assert_eq!(
        grant["Condition"],
        json!({
            "ForAllValues:StringEquals": {"dynamodb:Attributes": attributes},
            "StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
        })
    );
}
