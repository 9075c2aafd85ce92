//! The AWS side of the functions: one HTTPS client, one configuration, and the
//! translation of SDK errors into [`Fault`]s.

use std::error::Error;
use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::types::{
    MessageAttributeValue, MessageSystemAttributeNameForSends as TraceAttribute,
    MessageSystemAttributeValue, SendMessageBatchRequestEntry,
};
use aws_smithy_http_client::tls::{self, TlsContext, TrustStore, rustls_provider::CryptoMode};

use crate::model::Trace;
use crate::model::failure::{CallError, Fault, Stage};

/// How long a connection to a provider is kept for the next call. AWS closes idle
/// connections, and a call on one that is just being closed ends without an answer:
/// nobody knows then whether it has sent.
const PROVIDER_IDLE: Duration = Duration::from_secs(3);

/// How long a connection to a table or queue is kept, whose calls may be repeated.
const STORE_IDLE: Duration = Duration::from_secs(20);

/// The roots that AWS's endpoints are certified by, instead of the system's
/// whole store: parsing that store is most of a function's cold start.
/// Source: <https://www.amazontrust.com/repository/>.
const AMAZON_ROOTS: &str = include_str!("../../certificates/amazon-roots.pem");

/// Loads region, credentials and endpoints from the environment, with one
/// HTTPS client for all services and standard retries, which suit DynamoDB and
/// SQS: their writes are conditional.
pub async fn load() -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(4))
        .operation_timeout(Duration::from_secs(10))
        .build();
    aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(https_client(STORE_IDLE))
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts)
        .load()
        .await
}

/// The same for SES and SNS, whose calls have no idempotency token: only SQS
/// redelivery and the ledger's schedule try them again, so the SDK must not,
/// whatever `AWS_MAX_ATTEMPTS` says. A call is given up after `attempt_timeout`; its
/// outcome is unknown then.
pub fn for_provider(config: &SdkConfig, attempt_timeout: Duration) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(attempt_timeout)
        .build();
    config
        .to_builder()
        .http_client(https_client(PROVIDER_IDLE))
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts)
        .build()
}

fn https_client(idle: Duration) -> aws_sdk_dynamodb::config::SharedHttpClient {
    // AWS's China partition is certified by other authorities.
    let china = std::env::var("AWS_REGION").is_ok_and(|region| region.starts_with("cn-"));
    let roots = if china {
        TrustStore::default()
    } else {
        TrustStore::empty().with_pem_certificate(AMAZON_ROOTS)
    };
    let builder = aws_smithy_http_client::Builder::new()
        .pool_idle_timeout(idle)
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring));
    match TlsContext::builder().with_trust_store(roots).build() {
        Ok(context) => builder.tls_context(context).build_https(),
        // Building a context from constants can't fail; the default trusts the
        // system's roots.
        Err(_) => builder.build_https(),
    }
}

/// What an SDK error says, without the SDK's types.
pub fn fault<E>(error: &SdkError<E, HttpResponse>) -> Fault
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let silent = |stage| Fault { stage, code: None, message: None };
    match error {
        SdkError::ConstructionFailure(_) => silent(Stage::Construction),
        SdkError::DispatchFailure(failure) => {
            let connected = !failure.as_connector_error().is_some_and(|e| never_connected(e));
            silent(if connected { Stage::NoAnswer } else { Stage::Connect })
        }
        SdkError::ServiceError(service) => Fault {
            stage: Stage::Answered(service.raw().status().as_u16()),
            code: service.err().code().map(str::to_owned),
            message: service.err().message().map(str::to_owned),
        },
        _ => silent(Stage::NoAnswer),
    }
}

/// Whether the HTTP client itself says that it made no connection: the name was
/// not found, nobody listened, TLS did not come about, or not in time. An I/O
/// error alone is no proof: a connection that was cut is one too.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |&error| error.source());
    causes.any(|cause| {
        let cause = cause.downcast_ref::<hyper_util::client::legacy::Error>();
        cause.is_some_and(hyper_util::client::legacy::Error::is_connect)
    })
}

/// Puts a batch of messages on the queue at this URL.
///
/// # Errors
/// [`CallError`] if the call failed, or any entry of it.
pub async fn send_batch(
    client: &aws_sdk_sqs::Client,
    url: &str,
    entries: Vec<SendMessageBatchRequestEntry>,
) -> Result<(), CallError> {
    const OPERATION: &str = "sqs:SendMessageBatch";
    let sent = client.send_message_batch().queue_url(url).set_entries(Some(entries));
    let answer = sent.send().await.map_err(|e| CallError::new(OPERATION, &fault(&e)))?;
    // A batch call succeeds even where entries of it fail.
    match answer.failed.first() {
        Some(entry) => Err(CallError::unexpected(OPERATION, &entry.code)),
        None => Ok(()),
    }
}

/// A message attribute of type `String`.
///
/// # Errors
/// [`BuildError`], as the SDK has it; a text is always enough.
pub fn sqs_text(value: &str) -> Result<MessageAttributeValue, BuildError> {
    MessageAttributeValue::builder().data_type("String").string_value(value).build()
}

/// The attribute of SQS that carries a message's trace, if it has one.
///
/// # Errors
/// [`BuildError`], as the SDK has it; a text is always enough.
pub fn trace_attribute(
    trace: Option<&Trace>,
) -> Result<Option<(TraceAttribute, MessageSystemAttributeValue)>, BuildError> {
    let value = |trace: &Trace| {
        let value = MessageSystemAttributeValue::builder().data_type("String");
        Ok((TraceAttribute::AwsTraceHeader, value.string_value(trace.header()).build()?))
    };
    trace.map(value).transpose()
}

/// Makes a request part of a trace, by the header that AWS's services and tools read.
pub fn trace_request(trace: Option<&Trace>) -> impl Fn(&mut HttpRequest) + Send + Sync + 'static {
    let header = trace.map(Trace::header);
    move |request| {
        if let Some(header) = &header {
            // Of hexadecimal digits, it is a header's value.
            _ = request.headers_mut().try_insert("x-amzn-trace-id", header.clone());
        }
    }
}

/// A request that the SDK did not build.
pub fn building(error: BuildError) -> CallError {
    CallError::unexpected("sqs:encode", error)
}
