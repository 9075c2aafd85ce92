//! An AWS that answers by what it is asked, whatever the order: healthy, but for the
//! answers that a test changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use bellhop_cli::connection::Connection;
use tokio::net::TcpListener;

/// The name of its stack.
pub const STACK: &str = "shop";

/// What was asked, each with its body.
pub type Requests = Arc<Mutex<Vec<(String, String)>>>;

/// Status and body.
type Answer = (u16, String);

/// The answers by what is asked: an action, the end of a target, or a method and path.
#[derive(Debug, Clone)]
pub struct Aws(BTreeMap<String, Answer>);

/// An AWS that runs, and what it was asked.
pub struct Running {
    /// The way to its stack.
    pub connection: Connection,
    /// What it was asked.
    pub requests: Requests,
}

impl Running {
    /// What it was asked that changes something, in order.
    pub fn changes(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let asked = requests.iter().map(|(asked, _)| asked.as_str());
        let reads = ["Get", "List", "Describe", "CheckIf", "Query"];
        let changes = asked.filter(|asked| {
            !reads.iter().any(|read| asked.starts_with(read)) && !asked.starts_with("GET ")
        });
        changes.map(str::to_owned).collect()
    }

    /// The body of the one request of this name.
    pub fn body_of(&self, asked: &str) -> String {
        let requests = self.requests.lock().unwrap();
        let bodies: Vec<_> = requests.iter().filter(|(known, _)| known == asked).collect();
        let [(_, body)] = bodies[..] else { panic!("{asked}: {} requests", bodies.len()) };
        body.clone()
    }
}

impl Aws {
    /// All is well.
    pub fn healthy() -> Self {
        let stack = [("DescribeStacks", STACKS), ("ListStackResources", RESOURCES)];
        let answers = HEALTHY.iter().chain(&stack).map(|(asked, body)| {
            // The root of XML is named after the action.
            let body = body.replace("<R>", &format!("<{asked}Response>"));
            ((*asked).to_owned(), (200, body.replace("</R>", &format!("</{asked}Response>"))))
        });
        let address = "GET /v2/email/identities/orders%40example.com";
        Self(answers.collect()).failing(address, 404, "NotFoundException")
    }

    /// One part of an answer is another.
    pub fn with(mut self, asked: &str, from: &str, to: &str) -> Self {
        let (_, body) = self.0.get_mut(asked).unwrap_or_else(|| panic!("nobody asks {asked}"));
        assert!(body.contains(from), "the answer to {asked} has no {from}");
        *body = body.replace(from, to);
        self
    }

    /// A call that ends in an error.
    pub fn failing(mut self, asked: &str, status: u16, code: &str) -> Self {
        assert!(self.0.contains_key(asked), "nobody asks {asked}");
        // Each protocol reads its own part of it.
        let body = format!(
            "<ErrorResponse><Error><Code>{code}</Code><Message>m</Message></Error></ErrorResponse>"
        );
        let json = format!(r#"{{"__type": "{code}", "message": "m"}}"#);
        let body = if self.0[asked].1.starts_with('<') { body } else { json };
        self.0.insert(asked.to_owned(), (status, body));
        self
    }

    /// Another answer.
    pub fn answering(mut self, asked: &str, status: u16, body: &str) -> Self {
        assert!(self.0.contains_key(asked), "nobody asks {asked}");
        self.0.insert(asked.to_owned(), (status, body.to_owned()));
        self
    }

    /// Starts it, and finds its stack.
    pub async fn start(self) -> Running {
        let (endpoint, requests) = self.serve().await;
        let config = bellhop_local::sdk_config(&endpoint);
        let connection = Connection::describe(config, STACK).await.unwrap();
        Running { connection, requests }
    }

    /// Starts it; its address, and what it is asked.
    pub async fn serve(self) -> (String, Requests) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let state = (Arc::new(self), Arc::clone(&requests));
        let router = Router::new().fallback(answer).with_state(state);
        tokio::spawn(async { axum::serve(listener, router).await });
        (endpoint, requests)
    }
}

type Shared = (Arc<Aws>, Requests);

async fn answer(
    State((aws, requests)): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, HeaderMap, String) {
    let asked = asked(&method, &uri, &headers, &body);
    requests.lock().unwrap().push((asked.clone(), body.clone()));
    // A queue's answer depends on the queue.
    let dead = if body.contains("dlq") { " dlq" } else { "" };
    let found = aws.0.get(&format!("{asked}{dead}")).or(aws.0.get(&asked));
    let (status, text) = found.unwrap_or_else(|| panic!("nobody answers {asked}: {body}"));
    (StatusCode::from_u16(*status).unwrap(), HeaderMap::new(), text.clone())
}

fn asked(method: &Method, uri: &Uri, headers: &HeaderMap, body: &str) -> String {
    if let Some(target) = headers.get("x-amz-target") {
        return target.to_str().unwrap().rsplit('.').next().unwrap().to_owned();
    }
    match body.strip_prefix("Action=") {
        Some(form) => form.split('&').next().unwrap().to_owned(),
        None => format!("{method} {}", uri.path()),
    }
}

const STACKS: &str = "<R><DescribeStacksResult><Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus>
<Parameters>
<member><ParameterKey>FromAddress</ParameterKey><ParameterValue>orders@example.com</ParameterValue></member>
<member><ParameterKey>EmailRate</ParameterKey><ParameterValue>14</ParameterValue></member>
<member><ParameterKey>SmsAllowedCountries</ParameterKey><ParameterValue>AT,DE</ParameterValue></member>
<member><ParameterKey>SmsOriginationNumber</ParameterKey><ParameterValue>+436601234567</ParameterValue></member>
<member><ParameterKey>ApnsApplicationArn</ParameterKey><ParameterValue>arn:aws:sns:eu-west-1:1:app/APNS/shop</ParameterValue></member>
<member><ParameterKey>ContentLayerArn</ParameterKey><ParameterValue>arn:aws:lambda:eu-west-1:1:layer:content:3</ParameterValue></member>
<member><ParameterKey>PreferencesDomainUrl</ParameterKey><ParameterValue>https://shop.example/u</ParameterValue></member>
<member><ParameterKey>PostalAddress</ParameterKey><ParameterValue>Hauptstr. 1</ParameterValue></member>
</Parameters><Outputs>
<member><OutputKey>OrderEventsQueueUrl</OutputKey><OutputValue>https://sqs/1/order-events.fifo</OutputValue></member>
<member><OutputKey>LedgerTableName</OutputKey><OutputValue>shop-ledger</OutputValue></member>
<member><OutputKey>ProfilesTableName</OutputKey><OutputValue>shop-profiles</OutputValue></member>
<member><OutputKey>ContactKeyArn</OutputKey><OutputValue>arn:aws:secretsmanager:eu-west-1:1:secret:c</OutputValue></member>
<member><OutputKey>ProducerPolicyArn</OutputKey><OutputValue>arn:aws:iam::1:policy/producers</OutputValue></member>
<member><OutputKey>PreferencesUrl</OutputKey><OutputValue>https://u.lambda-url.eu-west-1.on.aws/</OutputValue></member>
<member><OutputKey>PreferencesKeysArn</OutputKey><OutputValue>arn:aws:secretsmanager:eu-west-1:1:secret:u</OutputValue></member>
<member><OutputKey>SmsFeedbackRoleArn</OutputKey><OutputValue>arn:aws:iam::1:role/feedback</OutputValue></member>
<member><OutputKey>SesEventsTopicArn</OutputKey><OutputValue>arn:aws:sns:eu-west-1:1:feedback</OutputValue></member>
</Outputs></member></Stacks></DescribeStacksResult></R>";

const RESOURCES: &str = "<R><ListStackResourcesResult><StackResourceSummaries>
<member><LogicalResourceId>ConfigurationSet</LogicalResourceId><PhysicalResourceId>mail</PhysicalResourceId><ResourceType>AWS::SES::ConfigurationSet</ResourceType></member>
<member><LogicalResourceId>OrderEventsQueue</LogicalResourceId><PhysicalResourceId>https://sqs/1/order-events.fifo</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></member>
<member><LogicalResourceId>OrderEventsDeadLetterQueue</LogicalResourceId><PhysicalResourceId>https://sqs/1/order-events-dlq.fifo</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></member>
<member><LogicalResourceId>PlanFunction</LogicalResourceId><PhysicalResourceId>shop-plan</PhysicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType></member>
<member><LogicalResourceId>PlanFunctionOrderEvents</LogicalResourceId><PhysicalResourceId>u-1</PhysicalResourceId><ResourceType>AWS::Lambda::EventSourceMapping</ResourceType></member>
<member><LogicalResourceId>OrderEventsAgeAlarm</LogicalResourceId><PhysicalResourceId>shop-age</PhysicalResourceId><ResourceType>AWS::CloudWatch::Alarm</ResourceType></member>
</StackResourceSummaries></ListStackResourcesResult></R>";

const HEALTHY: &[(&str, &str)] = &[
    ("GET /v2/email/account", r#"{"ProductionAccessEnabled": true, "SendingEnabled": true, "EnforcementStatus": "HEALTHY",
      "SendQuota": {"Max24HourSend": 50000, "MaxSendRate": 14, "SentLast24Hours": 10}}"#),
    // Its domain has an identity, the address has none of its own.
    ("GET /v2/email/identities/orders%40example.com", r#"{"__type": "NotFoundException", "message": "m"}"#),
    ("GET /v2/email/identities/example.com", r#"{"IdentityType": "DOMAIN", "VerifiedForSendingStatus": true,
      "DkimAttributes": {"SigningEnabled": true, "Status": "SUCCESS"},
      "MailFromAttributes": {"MailFromDomain": "bounce.example.com", "MailFromDomainStatus": "SUCCESS", "BehaviorOnMxFailure": "USE_DEFAULT_VALUE"}}"#),
    ("GET /v2/email/configuration-sets/mail", r#"{"ConfigurationSetName": "mail", "SendingOptions": {"SendingEnabled": true},
      "ReputationOptions": {"ReputationMetricsEnabled": true},
      "SuppressionOptions": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]}}"#),
    ("GET /v2/email/configuration-sets/mail/event-destinations", r#"{"EventDestinations": [{"Name": "feedback", "Enabled": true,
      "MatchingEventTypes": ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "DELIVERY_DELAY", "RENDERING_FAILURE"],
      "SnsDestination": {"TopicArn": "arn:aws:sns:eu-west-1:1:feedback"}}]}"#),
    ("ListSubscriptionsByTopic", "<R><ListSubscriptionsByTopicResult><Subscriptions>
      <member><Protocol>email</Protocol><SubscriptionArn>arn:s:1</SubscriptionArn></member>
      <member><Protocol>sqs</Protocol><SubscriptionArn>arn:s:2</SubscriptionArn></member>
      </Subscriptions></ListSubscriptionsByTopicResult></R>"),
    ("GetSMSAttributes", "<R><GetSMSAttributesResult><attributes>
      <entry><key>MonthlySpendLimit</key><value>200</value></entry>
      <entry><key>DeliveryStatusIAMRole</key><value>arn:aws:iam::1:role/feedback</value></entry>
      <entry><key>DeliveryStatusSuccessSamplingRate</key><value>100</value></entry>
      </attributes></GetSMSAttributesResult></R>"),
    ("GetSMSSandboxAccountStatus", "<R><GetSMSSandboxAccountStatusResult><IsInSandbox>false</IsInSandbox></GetSMSSandboxAccountStatusResult></R>"),
    ("ListOriginationNumbers", "<R><ListOriginationNumbersResult><PhoneNumbers><member><PhoneNumber>+436601234567</PhoneNumber></member></PhoneNumbers></ListOriginationNumbersResult></R>"),
    ("SetSMSAttributes", "<R><SetSMSAttributesResult/></R>"),
    ("GetPlatformApplicationAttributes", "<R><GetPlatformApplicationAttributesResult><Attributes>
      <entry><key>Enabled</key><value>true</value></entry>
      <entry><key>SuccessFeedbackRoleArn</key><value>arn:aws:iam::1:role/feedback</value></entry>
      <entry><key>FailureFeedbackRoleArn</key><value>arn:aws:iam::1:role/feedback</value></entry>
      <entry><key>SuccessFeedbackSampleRate</key><value>100</value></entry>
      <entry><key>AppleCertificateExpiryDate</key><value>2027-06-01T00:00:00Z</value></entry>
      </Attributes></GetPlatformApplicationAttributesResult></R>"),
    ("SetPlatformApplicationAttributes", "<R></R>"),
    ("GetQueueAttributes", r#"{"Attributes": {"QueueArn": "arn:aws:sqs:eu-west-1:1:order-events.fifo", "VisibilityTimeout": "180",
      "RedrivePolicy": "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:order-events-dlq.fifo\",\"maxReceiveCount\":1000}",
      "ApproximateNumberOfMessages": "3", "ApproximateNumberOfMessagesNotVisible": "0"}}"#),
    ("GetQueueAttributes dlq", r#"{"Attributes": {"QueueArn": "arn:aws:sqs:eu-west-1:1:order-events-dlq.fifo", "VisibilityTimeout": "30",
      "ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesNotVisible": "0"}}"#),
    ("GET /2015-03-31/functions/shop-plan/configuration", r#"{"FunctionName": "shop-plan", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:shop-plan",
      "Timeout": 30, "State": "Active", "LastUpdateStatus": "Successful", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:1:layer:content:3"}]}"#),
    ("GET /2015-03-31/event-source-mappings/u-1", r#"{"UUID": "u-1", "State": "Enabled", "LastProcessingResult": "OK",
      "EventSourceArn": "arn:aws:sqs:eu-west-1:1:order-events.fifo", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:shop-plan"}"#),
    ("GET /2018-10-31/layers", r#"{"Version": 3}"#),
    ("DescribeAlarms", "<R><DescribeAlarmsResult><MetricAlarms><member><AlarmName>shop-age</AlarmName>
      <AlarmActions><member>arn:aws:sns:eu-west-1:1:alarms</member></AlarmActions><ActionsEnabled>true</ActionsEnabled>
      <StateValue>OK</StateValue><StateReason>fine</StateReason></member></MetricAlarms></DescribeAlarmsResult></R>"),
    ("GetMetricStatistics", "<R><GetMetricStatisticsResult><Datapoints/></GetMetricStatisticsResult></R>"),
    ("ListEntitiesForPolicy", "<R><ListEntitiesForPolicyResult><PolicyRoles><member><RoleName>order-system</RoleName></member></PolicyRoles>
      <PolicyUsers/><PolicyGroups/></ListEntitiesForPolicyResult></R>"),
    ("GetSecretValue", r#"{"ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:c", "SecretString": "0123456789abcdef"}"#),
    ("GetItem", "{}"),
    ("PutItem", "{}"),
    ("GET /v2/email/suppression/addresses/ada%40example.com", r#"{"SuppressedDestination": {"EmailAddress": "ada@example.com",
      "Reason": "BOUNCE", "LastUpdateTime": 1795737600}}"#),
    ("DELETE /v2/email/suppression/addresses/ada%40example.com", "{}"),
    ("PUT /v2/email/suppression/addresses", "{}"),
    ("CheckIfPhoneNumberIsOptedOut", "<R><CheckIfPhoneNumberIsOptedOutResult><isOptedOut>true</isOptedOut></CheckIfPhoneNumberIsOptedOutResult></R>"),
    ("OptInPhoneNumber", "<R><OptInPhoneNumberResult/></R>"),
    ("ListPlatformApplications", "<R><ListPlatformApplicationsResult><PlatformApplications>
      <member><PlatformApplicationArn>arn:aws:sns:eu-west-1:1:app/APNS/shop</PlatformApplicationArn></member>
      </PlatformApplications></ListPlatformApplicationsResult></R>"),
    ("CreatePlatformApplication", "<R><CreatePlatformApplicationResult>
      <PlatformApplicationArn>arn:aws:sns:eu-west-1:1:app/GCM/shop</PlatformApplicationArn></CreatePlatformApplicationResult></R>"),
    ("DescribeSecret", r#"{"ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:u", "Name": "u"}"#),
];
