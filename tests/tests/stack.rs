//! What `template.yaml` promises about a deployed stack.
//!
//! `cfn-lint` (see `requirements-lint.txt`) says whether AWS would take the template; these
//! tests say whether what AWS then builds loses nothing, leaks nothing and fits the code.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bellhop::catalogue::{Catalogue, Class};
use bellhop::handler::retry;
use serde_json::{Value, json};

/// The event queues, where a redelivery means that something failed.
const EVENT_QUEUES: [&str; 2] = ["OrderEventsQueue", "CustomerEventsQueue"];

/// A channel: its sender, its queue, and the queue of its promotional deliveries.
struct Channel {
    sender: &'static str,
    queue: &'static str,
    bulk_queue: &'static str,
}

const CHANNELS: [Channel; 3] = [
    Channel { sender: "SendEmailFunction", queue: "EmailQueue", bulk_queue: "EmailBulkQueue" },
    Channel { sender: "SendSmsFunction", queue: "SmsQueue", bulk_queue: "SmsBulkQueue" },
    Channel { sender: "SendPushFunction", queue: "PushQueue", bulk_queue: "PushBulkQueue" },
];

/// Where `plan` enqueues deliveries, and a sender those on the next channel of a route.
const DELIVERY_VARIABLES: [(&str, &str); 6] = [
    ("EMAIL_QUEUE_URL", "EmailQueue"),
    ("EMAIL_BULK_QUEUE_URL", "EmailBulkQueue"),
    ("SMS_QUEUE_URL", "SmsQueue"),
    ("SMS_BULK_QUEUE_URL", "SmsBulkQueue"),
    ("PUSH_QUEUE_URL", "PushQueue"),
    ("PUSH_BULK_QUEUE_URL", "PushBulkQueue"),
];

/// What each sender reads of the shop.
const SHOP_VARIABLES: [(&str, &str); 9] = [
    ("SHOP_NAME", "ShopName"),
    ("SHOP_URL", "ShopUrl"),
    ("DEFAULT_LOCALE", "DefaultLocale"),
    ("BRAND_COLOR", "BrandColor"),
    ("LOGO_URL", "LogoUrl"),
    ("POSTAL_ADDRESS", "PostalAddress"),
    ("SUPPORT_CONTACT", "SupportContact"),
    ("LINK_HOSTS", "LinkHosts"),
    ("PUSH_PRIVACY", "PushPrivacy"),
];

/// What each function reads from its environment besides, and what the value refers to.
const VARIABLES: [(&str, &[(&str, &str)]); 5] = [
    (
        "PlanFunction",
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("QUEUE_URL", "OrderEventsQueue"),
            ("QUARANTINE_QUEUE_URL", "OrderEventsDeadLetterQueue"),
            ("DEFAULT_LOCALE", "DefaultLocale"),
            ("SMS_ALLOWED_COUNTRIES", "SmsAllowedCountries"),
        ],
    ),
    (
        "SendEmailFunction",
        &[
            ("UNSUBSCRIBE_URL", "UnsubscribeUrl"),
            // It makes links valid, so no other function has it.
            ("UNSUBSCRIBE_SECRET", "UnsubscribeSecret"),
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("QUEUE_URL", "EmailQueue"),
            ("QUARANTINE_QUEUE_URL", "EmailDeadLetterQueue"),
            ("BULK_QUEUE_URL", "EmailBulkQueue"),
            ("BULK_QUARANTINE_QUEUE_URL", "EmailBulkDeadLetterQueue"),
            ("FROM_ADDRESS", "FromAddress"),
            ("CONFIGURATION_SET", "ConfigurationSet"),
        ],
    ),
    (
        "SendSmsFunction",
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("QUEUE_URL", "SmsQueue"),
            ("QUARANTINE_QUEUE_URL", "SmsDeadLetterQueue"),
            ("BULK_QUEUE_URL", "SmsBulkQueue"),
            ("BULK_QUARANTINE_QUEUE_URL", "SmsBulkDeadLetterQueue"),
            ("SMS_SENDER_ID", "SmsSenderId"),
            ("SMS_ORIGINATION_NUMBER", "SmsOriginationNumber"),
        ],
    ),
    (
        "SendPushFunction",
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("QUEUE_URL", "PushQueue"),
            ("QUARANTINE_QUEUE_URL", "PushDeadLetterQueue"),
            ("BULK_QUEUE_URL", "PushBulkQueue"),
            ("BULK_QUARANTINE_QUEUE_URL", "PushBulkDeadLetterQueue"),
        ],
    ),
    (
        "ProfilesFunction",
        &[
            ("STAGE", "Stage"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("QUEUE_URL", "CustomerEventsQueue"),
            ("QUARANTINE_QUEUE_URL", "CustomerEventsDeadLetterQueue"),
            ("FCM_APPLICATION_ARN", "FcmApplicationArn"),
            ("APNS_APPLICATION_ARN", "ApnsApplicationArn"),
            ("APNS_SANDBOX_APPLICATION_ARN", "ApnsSandboxApplicationArn"),
        ],
    ),
];

/// What each function's code does to the tables.
const TABLE_RIGHTS: [(&str, &[(&str, &str)]); 5] = [
    (
        "PlanFunction",
        &[
            ("dynamodb:GetItem", "LedgerTable"),
            ("dynamodb:PutItem", "LedgerTable"),
            ("dynamodb:UpdateItem", "LedgerTable"),
            ("dynamodb:Query", "ProfilesTable"),
        ],
    ),
    (
        "SendEmailFunction",
        &[("dynamodb:GetItem", "LedgerTable"), ("dynamodb:UpdateItem", "LedgerTable")],
    ),
    (
        "SendSmsFunction",
        &[("dynamodb:GetItem", "LedgerTable"), ("dynamodb:UpdateItem", "LedgerTable")],
    ),
    (
        "SendPushFunction",
        &[
            ("dynamodb:GetItem", "LedgerTable"),
            ("dynamodb:UpdateItem", "LedgerTable"),
            ("dynamodb:UpdateItem", "ProfilesTable"),
        ],
    ),
    ("ProfilesFunction", &[("dynamodb:PutItem", "ProfilesTable")]),
];

// Queues

#[test]
fn every_queue_has_a_dead_letter_queue_of_its_own_kind() {
    let template = Template::load();
    let queues = template.resources("AWS::SQS::Queue");
    let pairs = template.dead_letter_queues();
    let dead: BTreeSet<_> = pairs.values().copied().collect();
    assert_eq!(dead.len(), pairs.len(), "a dead-letter queue is shared");

    for name in queues.keys() {
        let covered = dead.contains(name) || pairs.contains_key(name);
        assert!(covered, "{name} has no dead-letter queue");
    }
    for (source, dead) in pairs {
        let (queue, dead_queue) = (queues[source], queues[dead]);
        assert_eq!(dead_queue["FifoQueue"], queue["FifoQueue"], "{dead}");

        let source_arn = format!(
            "arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{}",
            text(&queue["QueueName"]["!Sub"])
        );
        assert_eq!(
            dead_queue["RedriveAllowPolicy"],
            json!({"redrivePermission": "byQueue", "sourceQueueArns": [{"!Sub": source_arn}]}),
            "{dead}"
        );
    }
}

#[test]
fn queues_keep_each_group_in_order_and_scale_by_group() {
    for (name, queue) in Template::load().resources("AWS::SQS::Queue") {
        let queue_name = text(&queue["QueueName"]["!Sub"]);
        assert!(queue_name.starts_with("${AWS::StackName}-"), "{name}");
        assert!(queue_name.ends_with(".fifo"), "{name}");
        assert_eq!(queue["FifoQueue"], true, "{name}");
        assert_eq!(queue["DeduplicationScope"], "messageGroup", "{name}");
        assert_eq!(queue["FifoThroughputLimit"], "perMessageGroupId", "{name}");
        assert_eq!(queue["ContentBasedDeduplication"], true, "{name}");
    }
}

#[test]
fn queues_keep_what_nobody_reads_as_long_as_sqs_can() {
    let fourteen_days = 14 * 24 * 60 * 60;
    for (name, queue) in Template::load().resources("AWS::SQS::Queue") {
        assert_eq!(queue["MessageRetentionPeriod"], fourteen_days, "{name}");
    }
}

#[test]
fn queue_visibility_is_at_least_six_times_the_timeout_of_its_function() {
    let template = Template::load();
    for mapping in template.mappings() {
        let timeout = number(template.function_setting(mapping.function, "Timeout"));
        let visibility = number(&template.resource(mapping.queue)["VisibilityTimeout"]);
        assert!(visibility >= 6 * timeout, "{}", mapping.queue);
    }
}

#[test]
fn throttled_polls_do_not_dead_letter_a_healthy_event() {
    let template = Template::load();
    for queue in EVENT_QUEUES {
        assert!(template.receives(queue) >= 5, "{queue}");
    }
}

#[test]
fn a_delivery_that_only_waits_ends_by_its_budget_or_is_set_aside_but_never_dropped_by_sqs() {
    let template = Template::load();
    let catalogue = Catalogue::built_in().unwrap();
    let longest_budget = |class| {
        let kinds = catalogue.types().iter().filter(|kind| kind.class == class);
        kinds.map(|kind| kind.not_after).max().unwrap()
    };
    for Channel { queue, bulk_queue, .. } in CHANNELS {
        assert!(template.longest_wait(queue) > longest_budget(Class::Transactional), "{queue}");
        assert!(template.retention(queue) > longest_budget(Class::Transactional), "{queue}");
        assert!(template.retention(bulk_queue) >= longest_budget(Class::Promotional), "{queue}");
        for name in [queue, bulk_queue] {
            assert!(template.longest_wait(name) < template.retention(name), "{name}");
        }
    }
}

#[test]
fn promotional_deliveries_have_queues_like_those_of_the_others() {
    let template = Template::load();
    let dead = template.dead_letter_queues();
    let common = |name| {
        let mut properties = template.resource(name).as_object().unwrap().clone();
        properties.retain(|key, _| key != "QueueName" && !key.starts_with("Redrive"));
        properties
    };
    for Channel { queue, bulk_queue, .. } in CHANNELS {
        assert_eq!(common(bulk_queue), common(queue));
        assert_eq!(common(dead[bulk_queue]), common(dead[queue]));
        assert_eq!(template.receives(bulk_queue), template.receives(queue), "{bulk_queue}");

        let name = |queue| text(&template.resource(queue)["QueueName"]["!Sub"]);
        let lane = name(queue).strip_suffix(".fifo").unwrap();
        assert_eq!(name(bulk_queue), format!("{lane}-bulk.fifo"));
        assert_eq!(name(dead[bulk_queue]), format!("{lane}-bulk-dlq.fifo"));
    }
}

#[test]
fn every_queue_is_encrypted_and_refuses_plain_http() {
    let template = Template::load();
    for (name, queue) in template.resources("AWS::SQS::Queue") {
        assert_eq!(queue["KmsMasterKeyId"], data_key(), "{name}");

        // Of two policies for one queue AWS keeps the one it happened to write last.
        let policies = template.policies_of("AWS::SQS::QueuePolicy", "Queues", name);
        assert_eq!(policies.len(), 1, "policies of {name}");
        assert!(refuses_plain_http(policies[0], "sqs:*"), "{name}");
    }
}

#[test]
fn every_topic_is_encrypted_and_refuses_plain_http() {
    let template = Template::load();
    for (name, topic) in template.resources("AWS::SNS::Topic") {
        assert_eq!(topic["KmsMasterKeyId"], data_key(), "{name}");

        let policies = template.policies_of("AWS::SNS::TopicPolicy", "Topics", name);
        assert_eq!(policies.len(), 1, "policies of {name}");
        assert!(refuses_plain_http(policies[0], "sns:Publish"), "{name}");
    }
}

#[test]
fn event_bridge_writes_order_events_for_this_account_only() {
    let template = Template::load();
    for (document, action) in [
        (&template.resource("OrderEventsQueuePolicy")["PolicyDocument"], "sqs:SendMessage"),
        (&template.resource("DataKey")["KeyPolicy"], "kms:GenerateDataKey"),
    ] {
        let grant = list(&document["Statement"])
            .find(|statement| statement["Principal"]["Service"] == "events.amazonaws.com")
            .unwrap_or_else(|| panic!("EventBridge has no {action}"));
        assert!(texts(&grant["Action"]).contains(action), "{action}");
        assert_eq!(
            grant["Condition"],
            json!({"StringEquals": {"aws:SourceAccount": {"!Ref": "AWS::AccountId"}}}),
            "{action}"
        );
    }
}

#[test]
fn a_filled_dead_letter_queue_raises_an_alarm() {
    let template = Template::load();
    let alarms = template.resources("AWS::CloudWatch::Alarm");
    let watched: BTreeSet<_> = alarms
        .values()
        .filter(|alarm| alarm["MetricName"] == "ApproximateNumberOfMessagesVisible")
        .map(|alarm| referred(&alarm["Dimensions"][0]["Value"]))
        .collect();
    let dead: BTreeSet<_> = template.dead_letter_queues().into_values().collect();
    assert_eq!(watched, dead);

    // An idle queue reports nothing for hours, and that is no reason to wake anyone.
    for (name, alarm) in alarms {
        assert_eq!(alarm["TreatMissingData"], "notBreaching", "{name}");
    }
}

// Mail, tables and the key

#[test]
fn mail_travels_encrypted_and_spares_addresses_that_bounced() {
    let template = Template::load();
    let set = template.resource("ConfigurationSet");
    assert_eq!(set["DeliveryOptions"]["TlsPolicy"], "REQUIRE");
    assert_eq!(set["ReputationOptions"]["ReputationMetricsEnabled"], true);
    assert_eq!(
        texts(&set["SuppressionOptions"]["SuppressedReasons"]),
        BTreeSet::from(["BOUNCE", "COMPLAINT"])
    );
}

#[test]
fn tables_recover_to_a_point_in_time_and_expire_items() {
    for (name, table) in Template::load().resources("AWS::DynamoDB::Table") {
        for (key, value) in [
            ("BillingMode", json!("PAY_PER_REQUEST")),
            (
                "KeySchema",
                json!([
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ]),
            ),
            ("PointInTimeRecoverySpecification", json!({"PointInTimeRecoveryEnabled": true})),
            ("TimeToLiveSpecification", json!({"AttributeName": "ttl", "Enabled": true})),
            (
                "SSESpecification",
                json!({"SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": data_key()}),
            ),
        ] {
            assert_eq!(table[key], value, "{name}: {key}");
        }
    }
}

#[test]
fn tables_and_the_key_that_reads_them_outlive_the_stack() {
    let template = Template::load();
    let tables = template.resources("AWS::DynamoDB::Table").into_keys();
    for name in tables.chain(["DataKey"]) {
        let resource = &template.0["Resources"][name];
        assert_eq!(resource["DeletionPolicy"], "Retain", "{name}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{name}");
    }
    assert_eq!(template.resource("DataKey")["EnableKeyRotation"], true);
}

#[test]
fn the_ledger_streams_its_changes_and_finds_a_provider_message() {
    let template = Template::load();
    let ledger = template.resource("LedgerTable");
    assert_eq!(ledger["StreamSpecification"]["StreamViewType"], "NEW_AND_OLD_IMAGES");
    assert_eq!(
        ledger["GlobalSecondaryIndexes"],
        json!([{
            "IndexName": "provider-message-id",
            "KeySchema": [{"AttributeName": "provider_message_id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }])
    );
}

// Functions

#[test]
fn every_function_package_of_the_workspace_is_deployed() {
    let template = Template::load();
    let deployed: BTreeSet<_> = template
        .function_names()
        .map(|name| {
            let metadata = &template.0["Resources"][name]["Metadata"];
            assert_eq!(metadata["BuildMethod"], "rust-cargolambda", "{name}");
            text(&metadata["BuildProperties"]["Binary"]).to_owned()
        })
        .collect();
    assert_eq!(deployed, function_packages());
}

#[test]
fn each_function_gets_the_variables_its_code_reads() {
    let template = Template::load();
    let expected: BTreeMap<&str, BTreeMap<&str, &str>> = VARIABLES
        .into_iter()
        .map(|(function, variables)| {
            let deliveries =
                if enqueues_deliveries(function) { &DELIVERY_VARIABLES[..] } else { &[] };
            let shop = if sends(function) { &SHOP_VARIABLES[..] } else { &[] };
            (function, variables.iter().chain(deliveries).chain(shop).copied().collect())
        })
        .collect();
    let actual: BTreeMap<&str, BTreeMap<&str, &str>> = template
        .function_names()
        .map(|function| (function, template.variables(function)))
        .collect();
    assert_eq!(actual, expected);
}

/// Lambda takes 4 KB, counted as JSON.
#[test]
fn the_longest_values_of_all_parameters_fit_a_senders_environment() {
    let template = Template::load();
    for Channel { sender, .. } in CHANNELS {
        let environment: Value = template
            .variables(sender)
            .into_iter()
            .map(|(name, of)| (name, template.longest_value(of)))
            .collect();
        let length = environment.to_string().len();
        assert!(length <= 4096, "{sender}: {length}");
    }
}

#[test]
fn the_shops_own_content_is_a_layer_of_the_senders_where_there_is_one() {
    let template = Template::load();
    assert_eq!(template.0["Conditions"]["HasContentLayer"], is_given("ContentLayerArn"));
    let layer = json!({
        "!If": ["HasContentLayer", [{"!Ref": "ContentLayerArn"}], {"!Ref": "AWS::NoValue"}],
    });
    for name in template.function_names() {
        let expected = if sends(name) { &layer } else { &Value::Null };
        assert_eq!(template.function_setting(name, "Layers"), expected, "{name}");
    }
}

#[test]
fn every_queue_is_read_by_one_function() {
    let template = Template::load();
    let mut read: Vec<_> = template.mappings().iter().map(|m| m.queue).collect();
    read.sort_unstable();
    let sources: Vec<_> = template.dead_letter_queues().into_keys().collect();
    assert_eq!(read, sources);
}

#[test]
fn every_mapping_reports_partial_batches_and_bounds_concurrency() {
    let template = Template::load();
    for mapping in template.mappings() {
        let (queue, settings) = (mapping.queue, mapping.settings);
        assert_eq!(
            settings["FunctionResponseTypes"],
            json!(["ReportBatchItemFailures"]),
            "{queue}"
        );
        assert_eq!(settings["BatchSize"], 10, "{queue}");
        // A FIFO queue has no batching window.
        assert!(settings["MaximumBatchingWindowInSeconds"].is_null());

        let concurrency = number(&settings["ScalingConfig"]["MaximumConcurrency"]);
        assert!((2..=1000).contains(&concurrency), "{queue}: {concurrency}");
        // Reserved concurrency would throttle polls, and throttled polls count as receives.
        let reserved = template.function_setting(mapping.function, "ReservedConcurrentExecutions");
        assert!(reserved.is_null(), "{}", mapping.function);
    }
}

#[test]
fn a_wave_of_promotional_deliveries_leaves_the_providers_rate_to_the_others() {
    let template = Template::load();
    for Channel { sender, queue, bulk_queue } in CHANNELS {
        let [concurrency, bulk_concurrency] = [queue, bulk_queue].map(|name| {
            let mappings = template.mappings();
            let mapping = mappings.iter().find(|mapping| mapping.queue == name).unwrap();
            assert_eq!(mapping.function, sender, "{name}");
            number(&mapping.settings["ScalingConfig"]["MaximumConcurrency"])
        });
        assert!(2 * bulk_concurrency < concurrency, "{bulk_queue}: {bulk_concurrency}");
    }
}

#[test]
fn functions_are_traced_and_log_json() {
    let template = Template::load();
    for name in template.function_names() {
        let setting = |key| template.function_setting(name, key);
        assert_eq!(*setting("Runtime"), "provided.al2023", "{name}");
        assert_eq!(*setting("Architectures"), json!([{"!Ref": "Architecture"}]), "{name}");
        assert_eq!(*setting("Tracing"), "Active", "{name}");
    }
    let logging = &template.0["Globals"]["Function"]["LoggingConfig"];
    assert_eq!(logging["LogFormat"], "JSON");
}

#[test]
fn log_groups_expire() {
    let template = Template::load();
    let groups = template.resources("AWS::Logs::LogGroup");
    for (name, group) in &groups {
        assert!(number(&group["RetentionInDays"]) <= 30, "{name}");
    }
    // Lambda makes a group that is missing, and that one keeps its lines for ever.
    for (name, function) in template.resources("AWS::Serverless::Function") {
        let group = referred(&function["LoggingConfig"]["LogGroup"]);
        assert!(groups.contains_key(group), "{name} logs to {group}");
    }
}

// Permissions

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
                let fits = is_specific(resource) || (*resource == "*" && is_tracing(&actions));
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
                "sns:GetEndpointAttributes",
                "sns:SetEndpointAttributes",
            ],
        ),
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
    assert_eq!(
        push["Resource"],
        json!({"!Sub": "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:endpoint/*"})
    );
}

// Names

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

/// The template as JSON; `!Ref Name` reads `{"!Ref": "Name"}`.
struct Template(Value);

/// That a function reads a queue, and how.
struct Mapping<'a> {
    function: &'a str,
    queue: &'a str,
    settings: &'a Value,
}

impl Template {
    fn load() -> Self {
        let yaml = fs::read_to_string(root().join("template.yaml")).unwrap();
        let tagged: serde_norway::Value = serde_norway::from_str(&yaml).unwrap();
        Self(serde_json::to_value(tagged).unwrap())
    }

    fn section(&self, name: &str) -> BTreeMap<&str, &Value> {
        let section = self.0[name].as_object().unwrap();
        section.iter().map(|(key, v)| (key.as_str(), v)).collect()
    }

    /// The properties of all resources of a type, by logical id.
    fn resources(&self, kind: &str) -> BTreeMap<&str, &Value> {
        let resources: BTreeMap<_, _> = self
            .section("Resources")
            .into_iter()
            .filter(|(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name, &resource["Properties"]))
            .collect();
        assert!(!resources.is_empty(), "no {kind}");
        resources
    }

    fn resource(&self, name: &str) -> &Value {
        &self.0["Resources"][name]["Properties"]
    }

    /// The policies of a type that list a resource as theirs.
    fn policies_of(&self, kind: &str, list_name: &str, resource: &str) -> Vec<&Value> {
        self.resources(kind)
            .into_values()
            .filter(|policy| list(&policy[list_name]).any(|item| referred(item) == resource))
            .collect()
    }

    fn function_names(&self) -> impl Iterator<Item = &str> {
        self.resources("AWS::Serverless::Function").into_keys()
    }

    fn function_setting(&self, function: &str, key: &str) -> &Value {
        match &self.resource(function)[key] {
            Value::Null => &self.0["Globals"]["Function"][key],
            own => own,
        }
    }

    /// The variables of a function, each with the name its value refers to.
    fn variables(&self, function: &str) -> BTreeMap<&str, &str> {
        [&self.0["Globals"]["Function"], self.resource(function)]
            .into_iter()
            .filter_map(|holder| holder["Environment"]["Variables"].as_object())
            .flatten()
            .map(|(name, value)| (name.as_str(), referred(value)))
            .collect()
    }

    /// A stand-in for the longest value of a parameter or of a resource.
    fn longest_value(&self, name: &str) -> String {
        // Stacks with longer names have room but where every value is at its longest.
        const STACK: usize = 32;
        let parameter = &self.0["Parameters"][name];
        let queue_name = &self.resource(name)["QueueName"]["!Sub"];
        let length = if let Some(values) = parameter["AllowedValues"].as_array() {
            values.iter().map(|value| text(value).len()).max().unwrap()
        } else if parameter.is_object() {
            let limit = parameter["MaxLength"].as_u64();
            limit.unwrap_or_else(|| panic!("{name} may be of any length")).try_into().unwrap()
        } else if let Some(queue_name) = queue_name.as_str() {
            let server = "https://sqs.cn-northwest-1.amazonaws.com.cn/123456789012/";
            server.len() + queue_name.replace("${AWS::StackName}", &"s".repeat(STACK)).len()
        } else {
            // CloudFormation makes the name: the stack's, the resource's, and a random part.
            STACK + "-".len() + name.len() + "-1ABCDEFGHIJKL".len()
        };
        "x".repeat(length)
    }

    fn mappings(&self) -> Vec<Mapping<'_>> {
        self.resources("AWS::Serverless::Function")
            .into_iter()
            .flat_map(|(function, properties)| {
                let events = properties["Events"].as_object().into_iter().flatten();
                events.map(move |(_, event)| (function, event))
            })
            .filter(|(_, event)| event["Type"] == "SQS")
            .map(|(function, event)| Mapping {
                function,
                queue: referred(&event["Properties"]["Queue"]),
                settings: &event["Properties"],
            })
            .collect()
    }

    /// The dead-letter queue of each queue that has one.
    fn dead_letter_queues(&self) -> BTreeMap<&str, &str> {
        self.resources("AWS::SQS::Queue")
            .into_iter()
            .map(|(name, queue)| (name, &queue["RedrivePolicy"]["deadLetterTargetArn"]))
            .filter(|(_, target)| !target.is_null())
            .map(|(name, target)| (name, referred(target)))
            .collect()
    }

    fn receives(&self, queue: &str) -> u64 {
        number(&self.resource(queue)["RedrivePolicy"]["maxReceiveCount"])
    }

    fn retention(&self, queue: &str) -> Duration {
        Duration::from_secs(number(&self.resource(queue)["MessageRetentionPeriod"]))
    }

    /// How long a message stays on a queue that is parked after each receive.
    fn longest_wait(&self, queue: &str) -> Duration {
        let receives = u32::try_from(self.receives(queue)).unwrap();
        (1..=receives).map(retry::parked).sum()
    }

    fn role_statements(&self, function: &str) -> impl Iterator<Item = &Value> {
        let role = referred(&self.resource(function)["Role"]);
        statements(self.resource(role))
    }

    /// The one statement that grants an action to a function.
    fn grant(&self, function: &str, action: &str) -> &Value {
        let grants: Vec<_> = self
            .role_statements(function)
            .filter(|statement| texts(&statement["Action"]).contains(action))
            .collect();
        assert_eq!(grants.len(), 1, "grants of {action} to {function}");
        grants[0]
    }

    /// What a function may do in a service (`sqs:`), and to which resources of the template.
    fn granted(&self, function: &str, service: &str) -> BTreeSet<(&str, &str)> {
        let mut granted = BTreeSet::new();
        for statement in self.role_statements(function) {
            let actions = texts(&statement["Action"]).into_iter();
            for action in actions.filter(|action| action.starts_with(service)) {
                granted.extend(list(&statement["Resource"]).map(|to| (action, referred(to))));
            }
        }
        granted
    }
}

/// `plan` and the senders enqueue deliveries.
fn enqueues_deliveries(function: &str) -> bool {
    function == "PlanFunction" || sends(function)
}

fn sends(function: &str) -> bool {
    CHANNELS.iter().any(|channel| channel.sender == function)
}

/// That a parameter is not empty.
fn is_given(parameter: &str) -> Value {
    json!({"!Not": [{"!Equals": [{"!Ref": parameter}, ""]}]})
}

fn statements(role: &Value) -> impl Iterator<Item = &Value> {
    list(&role["Policies"]).flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]))
}

/// A phone number has no ARN, so the right to publish to one leaves out all that have.
fn is_sms_publish(statement: &Value) -> bool {
    *statement
        == json!({
            "Effect": "Allow",
            "Action": "sns:Publish",
            "NotResource": {"!Sub": "arn:${AWS::Partition}:sns:*:*:*"},
        })
}

/// X-Ray has no ARNs at all.
fn is_tracing(actions: &BTreeSet<&str>) -> bool {
    actions.iter().all(|action| action.starts_with("xray:Put"))
}

/// Whether a resource is one of the template or of a family no template can list: mail
/// identities, platform applications and the endpoints of devices.
fn is_specific(resource: &Value) -> bool {
    let Some(arn) = resource["!Sub"].as_str() else {
        return resource["!GetAtt"].is_string();
    };
    let families = [":identity/*", ":app/*", ":endpoint/*"];
    !arn.contains('*')
        || families.iter().any(|family| {
            arn.strip_suffix(family)
                .is_some_and(|account| account.ends_with(":${AWS::Region}:${AWS::AccountId}"))
        })
}

fn refuses_plain_http(policy: &Value, action: &str) -> bool {
    list(&policy["PolicyDocument"]["Statement"]).any(|statement| {
        statement["Effect"] == "Deny"
            && statement["Principal"] == "*"
            && statement["Action"] == action
            && statement["Condition"] == json!({"Bool": {"aws:SecureTransport": "false"}})
    })
}

fn data_key() -> Value {
    json!({"!GetAtt": "DataKey.Arn"})
}

/// The names of the packages under `functions/`.
fn function_packages() -> BTreeSet<String> {
    fs::read_dir(root().join("functions"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The logical id that `!Ref` or `!GetAtt` names.
fn referred(value: &Value) -> &str {
    let name = value["!Ref"].as_str().or(value["!GetAtt"].as_str());
    let name = name.unwrap_or_else(|| panic!("{value} refers to nothing"));
    name.split_once('.').map_or(name, |(id, _)| id)
}

/// A list, or the one item that CloudFormation and IAM take in its place.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.iter(),
        Value::Null => [].iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

fn texts(value: &Value) -> BTreeSet<&str> {
    list(value).map(text).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}
