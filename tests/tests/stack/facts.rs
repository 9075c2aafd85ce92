//! What the template must say, and small helpers to read it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The event queues, where a redelivery means that something failed.
pub const EVENT_QUEUES: [&str; 2] = ["OrderEventsQueue", "CustomerEventsQueue"];

/// What decides who is told what.
pub const PLAN: &str = "PlanFunction";

/// What publishes how deliveries ended, from the ledger's stream.
pub const OUTCOMES: &str = "OutcomesFunction";

/// What answers support's tools. It reads only.
pub const ANSWERS: &str = "AnswersFunction";

/// What answers customers who follow a link.
pub const PREFERENCES: &str = "PreferencesFunction";

/// Where changes go that it can't publish. Lambda takes no FIFO queue for them.
pub const OUTCOMES_DEAD_LETTERS: &str = "OutcomesDeadLetterQueue";

/// What posts outcomes to the application, and the queue they wait in.
pub const WEBHOOK: &str = "WebhookFunction";
pub const WEBHOOK_QUEUE: &str = "WebhookQueue";

/// What records providers' reports, the queue they arrive on, and what puts lines of
/// SNS's delivery logs there.
pub const FEEDBACK: &str = "FeedbackFunction";
pub const FEEDBACK_QUEUE: &str = "FeedbackQueue";
pub const FEEDBACK_DEAD_LETTERS: &str = "FeedbackDeadLetterQueue";
pub const FEEDBACK_LOGS: &str = "FeedbackLogsFunction";

/// The queues of outcomes and reports, which have no order to keep.
pub const UNORDERED: [&str; 5] = [
    OUTCOMES_DEAD_LETTERS,
    WEBHOOK_QUEUE,
    "WebhookDeadLetterQueue",
    FEEDBACK_QUEUE,
    FEEDBACK_DEAD_LETTERS,
];

/// A channel: its sender, its queue, and the queue of its promotional deliveries.
pub struct Channel {
    pub sender: &'static str,
    pub queue: &'static str,
    pub bulk_queue: &'static str,
}

pub const CHANNELS: [Channel; 3] = [
    Channel { sender: "SendEmailFunction", queue: "EmailQueue", bulk_queue: "EmailBulkQueue" },
    Channel { sender: "SendSmsFunction", queue: "SmsQueue", bulk_queue: "SmsBulkQueue" },
    Channel { sender: "SendPushFunction", queue: "PushQueue", bulk_queue: "PushBulkQueue" },
];

/// Where `plan` enqueues deliveries.
pub const DELIVERY_VARIABLES: [(&str, &str); 6] = [
    ("EMAIL_QUEUE_URL", "EmailQueue"),
    ("EMAIL_BULK_QUEUE_URL", "EmailBulkQueue"),
    ("SMS_QUEUE_URL", "SmsQueue"),
    ("SMS_BULK_QUEUE_URL", "SmsBulkQueue"),
    ("PUSH_QUEUE_URL", "PushQueue"),
    ("PUSH_BULK_QUEUE_URL", "PushBulkQueue"),
];

/// What each sender reads of itself and of the shop.
pub const SENDER_VARIABLES: [(&str, &str); 11] = [
    ("INSTANCES", "Instances"),
    ("BULK_INSTANCES", "Instances"),
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
pub const VARIABLES: [(&str, &[(&str, &str)]); 11] = [
    (
        PREFERENCES,
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("PREFERENCES_KEYS_ARN", "PreferencesKeys"),
            ("SHOP_NAME", "ShopName"),
            ("SHOP_URL", "ShopUrl"),
            ("DEFAULT_LOCALE", "DefaultLocale"),
            ("BRAND_COLOR", "BrandColor"),
            ("LOGO_URL", "LogoUrl"),
            ("POSTAL_ADDRESS", "PostalAddress"),
            ("SUPPORT_CONTACT", "SupportContact"),
        ],
    ),
    (
        ANSWERS,
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("CONTACT_KEY_ARN", "ContactKey"),
            ("LEDGER_KEYS_ARN", "LedgerKeys"),
        ],
    ),
    (
        "PlanFunction",
        &[
            ("STAGE", "Stage"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("QUEUE_URL", "OrderEventsQueue"),
            ("QUEUE_ARN", "OrderEventsQueue"),
            ("SCHEDULE_GROUP", "ScheduleGroup"),
            ("SCHEDULE_ROLE_ARN", "ScheduleRole"),
            ("QUIET_HOURS", "QuietHours"),
            ("PROMOTIONS_PER_DAY", "PromotionsPerDay"),
            ("PROMOTIONS_PER_WEEK", "PromotionsPerWeek"),
            ("FLOOD_LIMIT", "FloodLimit"),
            ("DEAD_LETTER_QUEUE_URL", "OrderEventsDeadLetterQueue"),
            ("RETENTION_DAYS", "RetentionDays"),
            ("DEFAULT_LOCALE", "DefaultLocale"),
            ("DEFAULT_TIME_ZONE", "DefaultTimeZone"),
            ("SMS_ALLOWED_COUNTRIES", "SmsAllowedCountries"),
            ("CONTACT_KEY_ARN", "ContactKey"),
            ("LEDGER_KEYS_ARN", "LedgerKeys"),
        ],
    ),
    (
        FEEDBACK,
        &[
            ("STAGE", "Stage"),
            ("ORDER_EVENTS_QUEUE_URL", "OrderEventsQueue"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("CONTACT_KEY_ARN", "ContactKey"),
            ("LEDGER_KEYS_ARN", "LedgerKeys"),
            ("RETENTION_DAYS", "RetentionDays"),
            ("QUEUE_URL", FEEDBACK_QUEUE),
            ("DEAD_LETTER_QUEUE_URL", FEEDBACK_DEAD_LETTERS),
        ],
    ),
    (FEEDBACK_LOGS, &[("STAGE", "Stage"), ("FEEDBACK_QUEUE_URL", FEEDBACK_QUEUE)]),
    (
        "SendEmailFunction",
        &[
            ("PREFERENCES_URL", "PreferencesDomainUrl"),
            ("PREFERENCES_KEYS_ARN", "PreferencesKeys"),
            ("STAGE", "Stage"),
            ("ORDER_EVENTS_QUEUE_URL", "OrderEventsQueue"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("RETENTION_DAYS", "RetentionDays"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("CONTACT_KEY_ARN", "ContactKey"),
            ("QUEUE_URL", "EmailQueue"),
            ("DEAD_LETTER_QUEUE_URL", "EmailDeadLetterQueue"),
            ("BULK_QUEUE_URL", "EmailBulkQueue"),
            ("BULK_DEAD_LETTER_QUEUE_URL", "EmailBulkDeadLetterQueue"),
            ("RATE", "EmailRate"),
            ("FROM_ADDRESS", "FromAddress"),
            ("CONFIGURATION_SET", "ConfigurationSet"),
        ],
    ),
    (
        "SendSmsFunction",
        &[
            ("STAGE", "Stage"),
            ("ORDER_EVENTS_QUEUE_URL", "OrderEventsQueue"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("RETENTION_DAYS", "RetentionDays"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("CONTACT_KEY_ARN", "ContactKey"),
            ("QUEUE_URL", "SmsQueue"),
            ("DEAD_LETTER_QUEUE_URL", "SmsDeadLetterQueue"),
            ("BULK_QUEUE_URL", "SmsBulkQueue"),
            ("BULK_DEAD_LETTER_QUEUE_URL", "SmsBulkDeadLetterQueue"),
            ("RATE", "SmsRate"),
            ("SMS_MAX_PRICE", "SmsMaxPrice"),
            ("SMS_SENDER_ID", "SmsSenderId"),
            ("SMS_ORIGINATION_NUMBER", "SmsOriginationNumber"),
        ],
    ),
    (
        "SendPushFunction",
        &[
            ("STAGE", "Stage"),
            ("ORDER_EVENTS_QUEUE_URL", "OrderEventsQueue"),
            ("LEDGER_TABLE", "LedgerTable"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("RETENTION_DAYS", "RetentionDays"),
            ("QUEUE_URL", "PushQueue"),
            ("DEAD_LETTER_QUEUE_URL", "PushDeadLetterQueue"),
            ("RATE", "PushRate"),
            ("BULK_QUEUE_URL", "PushBulkQueue"),
            ("BULK_DEAD_LETTER_QUEUE_URL", "PushBulkDeadLetterQueue"),
        ],
    ),
    (
        "ProfilesFunction",
        &[
            ("STAGE", "Stage"),
            ("PROFILES_TABLE", "ProfilesTable"),
            ("QUEUE_URL", "CustomerEventsQueue"),
            ("DEAD_LETTER_QUEUE_URL", "CustomerEventsDeadLetterQueue"),
            ("FCM_APPLICATION_ARN", "FcmApplicationArn"),
            ("APNS_APPLICATION_ARN", "ApnsApplicationArn"),
            ("APNS_SANDBOX_APPLICATION_ARN", "ApnsSandboxApplicationArn"),
        ],
    ),
    (
        OUTCOMES,
        &[
            ("STAGE", "Stage"),
            ("OUTCOMES_TOPIC_ARN", "OutcomesTopic"),
            ("DEAD_LETTER_QUEUE_URL", "OutcomesDeadLetterQueue"),
            ("OUTCOME_EVENTS", "OutcomeEvents"),
        ],
    ),
    (
        WEBHOOK,
        &[
            ("STAGE", "Stage"),
            ("QUEUE_URL", WEBHOOK_QUEUE),
            ("DEAD_LETTER_QUEUE_URL", "WebhookDeadLetterQueue"),
            ("WEBHOOK_URL", "OutcomesWebhookUrl"),
            ("WEBHOOK_SECRET_ARN", "WebhookSecret"),
        ],
    ),
];

/// What each function's code does to the tables.
pub const TABLE_RIGHTS: [(&str, &[(&str, &str)]); 11] = [
    (
        PREFERENCES,
        &[
            ("dynamodb:Query", "LedgerTable"),
            ("dynamodb:GetItem", "ProfilesTable"),
            ("dynamodb:PutItem", "ProfilesTable"),
        ],
    ),
    (ANSWERS, &[("dynamodb:Query", "LedgerTable"), ("dynamodb:GetItem", "ProfilesTable")]),
    (
        "PlanFunction",
        &[
            ("dynamodb:GetItem", "LedgerTable"),
            ("dynamodb:PutItem", "LedgerTable"),
            ("dynamodb:Query", "LedgerTable"),
            ("dynamodb:UpdateItem", "LedgerTable"),
            ("dynamodb:GetItem", "ProfilesTable"),
            ("dynamodb:PutItem", "ProfilesTable"),
            ("dynamodb:Query", "ProfilesTable"),
            ("dynamodb:UpdateItem", "ProfilesTable"),
        ],
    ),
    (
        FEEDBACK,
        &[
            CLAIMING[0],
            CLAIMING[1],
            CLAIMING[2],
            ("dynamodb:PutItem", "LedgerTable"),
            ("dynamodb:GetItem", "ProfilesTable"),
            ("dynamodb:PutItem", "ProfilesTable"),
            ("dynamodb:UpdateItem", "ProfilesTable"),
        ],
    ),
    (FEEDBACK_LOGS, &[]),
    ("SendEmailFunction", &SENDING),
    ("SendSmsFunction", &SENDING),
    (
        "SendPushFunction",
        &[
            CLAIMING[0],
            CLAIMING[1],
            CLAIMING[2],
            ("dynamodb:GetItem", "ProfilesTable"),
            ("dynamodb:UpdateItem", "ProfilesTable"),
        ],
    ),
    (
        "ProfilesFunction",
        &[
            ("dynamodb:DeleteItem", "ProfilesTable"),
            ("dynamodb:GetItem", "ProfilesTable"),
            ("dynamodb:PutItem", "ProfilesTable"),
            ("dynamodb:Query", "ProfilesTable"),
            ("dynamodb:UpdateItem", "ProfilesTable"),
        ],
    ),
    (WEBHOOK, &[]),
    // It reads what changes, and nothing that stands.
    (
        OUTCOMES,
        &[
            ("dynamodb:DescribeStream", "LedgerTable"),
            ("dynamodb:GetRecords", "LedgerTable"),
            ("dynamodb:GetShardIterator", "LedgerTable"),
            ("dynamodb:ListStreams", "LedgerTable"),
        ],
    ),
];

/// What every sender does to the ledger.
const CLAIMING: [(&str, &str); 3] = [
    ("dynamodb:GetItem", "LedgerTable"),
    ("dynamodb:Query", "LedgerTable"),
    ("dynamodb:UpdateItem", "LedgerTable"),
];

/// What a sender does whose recipients are no devices: of a message that waited it asks
/// whether the customer was erased.
const SENDING: [(&str, &str); 4] =
    [CLAIMING[0], CLAIMING[1], CLAIMING[2], ("dynamodb:GetItem", "ProfilesTable")];

/// `plan` alone enqueues deliveries.
pub fn enqueues_deliveries(function: &str) -> bool {
    function == PLAN
}

/// The senders, and whoever hears that a message did not arrive, say that a route goes on.
pub fn says_that_channels_failed(function: &str) -> bool {
    function == FEEDBACK || sends(function)
}

pub fn sends(function: &str) -> bool {
    CHANNELS.iter().any(|channel| channel.sender == function)
}

/// The application of each push platform, and the condition that there is one.
pub const APPLICATIONS: [(&str, &str); 3] = [
    ("FcmApplicationArn", "HasFcm"),
    ("ApnsApplicationArn", "HasApns"),
    ("ApnsSandboxApplicationArn", "HasApnsSandbox"),
];

/// The platform applications that there are.
pub fn applications() -> BTreeSet<String> {
    let arn = |(parameter, condition)| {
        json!({"!If": [condition, {"!Ref": parameter}, {"!Ref": "AWS::NoValue"}]}).to_string()
    };
    APPLICATIONS.into_iter().map(arn).collect()
}

/// The endpoints of the platform applications that there are, which are named after them.
pub fn endpoints() -> BTreeSet<String> {
    let arns = |(parameter, condition)| {
        let parts = json!({"!Split": [":app/", {"!Ref": parameter}]});
        let family = json!({"Endpoint": {"!Join": [":endpoint/", parts]}});
        let arns = json!({"!Sub": ["${Endpoint}/*", family]});
        json!({"!If": [condition, arns, {"!Ref": "AWS::NoValue"}]}).to_string()
    };
    APPLICATIONS.into_iter().map(arns).collect()
}

/// What this deployment is called in metrics.
pub fn stage() -> Value {
    json!({"!If": ["HasStage", {"!Ref": "Stage"}, {"!Ref": "AWS::StackName"}]})
}

/// That a parameter is not empty.
pub fn is_given(parameter: &str) -> Value {
    json!({"!Not": [{"!Equals": [{"!Ref": parameter}, ""]}]})
}

pub fn statements(role: &Value) -> impl Iterator<Item = &Value> {
    let all =
        list(&role["Policies"]).flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]));
    all.map(if_so)
}

/// A phone number has no ARN, so the right to publish to one leaves out all that have.
pub fn is_sms_publish(statement: &Value) -> bool {
    *statement
        == json!({
            "Effect": "Allow",
            "Action": "sns:Publish",
            "NotResource": {"!Sub": "arn:${AWS::Partition}:sns:*:*:*"},
        })
}

/// X-Ray has no ARNs at all.
pub fn is_tracing(actions: &BTreeSet<&str>) -> bool {
    actions.iter().all(|action| action.starts_with("xray:Put"))
}

/// Whether a resource is one of the template or of a family no template can list: mail
/// identities, and the endpoints of the given applications.
pub fn is_specific(resource: &Value) -> bool {
    let whole = resource.to_string();
    if applications().contains(&whole) || endpoints().contains(&whole) {
        return true;
    }
    let Some(arn) = resource["!Sub"].as_str() else {
        return resource["!GetAtt"].is_string();
    };
    !arn.contains('*')
        || arn
            .strip_suffix(":identity/*")
            .is_some_and(|account| account.ends_with(":${AWS::Region}:${AWS::AccountId}"))
}

pub fn refuses_plain_http(policy: &Value, action: &str) -> bool {
    list(&policy["PolicyDocument"]["Statement"]).any(|statement| {
        statement["Effect"] == "Deny"
            && statement["Principal"] == "*"
            && statement["Action"] == action
            && statement["Condition"] == json!({"Bool": {"aws:SecureTransport": "false"}})
    })
}

pub fn data_key() -> Value {
    json!({"!GetAtt": "DataKey.Arn"})
}

/// The names of the packages under `functions/`.
pub fn function_packages() -> BTreeSet<String> {
    fs::read_dir(root().join("functions"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What `!If` says where its condition holds; what has no condition, as it is.
pub fn if_so(value: &Value) -> &Value {
    value.get("!If").map_or(value, |choice| &choice[1])
}

/// The logical id that `!Ref` or `!GetAtt` names, or the mapping that a number is from;
/// where there is a condition, the one if it holds.
pub fn referred(value: &Value) -> &str {
    let value = if_so(value);
    let name = value["!Ref"].as_str().or(value["!GetAtt"].as_str());
    let name = name.or(value["!Sub"][1]["Instances"]["!FindInMap"][0].as_str());
    // A part of something, such as a table's index.
    let part = value["!Sub"].as_str().and_then(|text| text.strip_prefix("${")?.split('}').next());
    let name = name.or(part);
    let name = name.unwrap_or_else(|| panic!("{value} refers to nothing"));
    name.split_once('.').map_or(name, |(id, _)| id)
}

/// A list, or the one item that CloudFormation and IAM take in its place.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.iter(),
        Value::Null => [].iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

pub fn texts(value: &Value) -> BTreeSet<&str> {
    list(value).map(text).collect()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

pub fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}
