//! Calls of AWS services that Bellhop makes a few of only: CloudFormation, CloudWatch
//! and IAM by their Query API, Lambda by its REST API. They are signed here and sent as
//! the SDKs send theirs; these services' own SDKs would take longer to compile than all
//! that uses them.

mod query;
mod rest;
mod xml;

use std::error::Error;

use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningError, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_xml::decode::XmlDecodeError;
use aws_types::service_config::ServiceConfigKey;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request};
use bellhop::model::clock::{Clock, SystemClock};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use query::{QueryApi, query};
pub use rest::{post, rest};
pub use xml::{Fields, members};

/// Source: RFC 3986 section 2.3, the unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in a query or a form.
pub fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Why a call did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The service says what is wrong.
    #[error("{code}: {message}")]
    Answered {
        /// The error's code.
        code: String,
        /// Its words for people.
        message: String,
    },
    /// The configuration lacks what a call needs.
    #[error("the AWS configuration has no {0}")]
    Unconfigured(&'static str),
    /// The credentials can't be had.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The request can't be signed.
    #[error("the request can't be signed: {0}")]
    Signing(#[from] SigningError),
    /// The request can't be built.
    #[error("the request can't be built: {0}")]
    Request(#[source] Box<dyn Error + Send + Sync>),
    /// No answer came.
    #[error("{0}")]
    NoAnswer(String),
    /// The answer can't be read.
    #[error("the answer can't be read: {0}")]
    Unreadable(#[source] Box<dyn Error + Send + Sync>),
}

impl ApiError {
    /// The code of the service's answer.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Answered { code, .. } => Some(code),
            _ => None,
        }
    }
}

impl From<XmlDecodeError> for ApiError {
    fn from(error: XmlDecodeError) -> Self {
        Self::Unreadable(error.into())
    }
}

/// A service of AWS.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// The name that its host begins with and that requests are signed for.
    name: &'static str,
    /// The name that the environment's `AWS_ENDPOINT_URL_…` has.
    id: &'static str,
    /// Where it stands.
    scope: Scope,
}

#[derive(Debug, Clone, Copy)]
enum Scope {
    Region,
    /// Once for all regions of a partition.
    Partition,
}

/// AWS Lambda.
pub const LAMBDA: Service = Service { name: "lambda", id: "Lambda", scope: Scope::Region };

impl Service {
    /// Its address, and the region that requests are signed for.
    ///
    /// Source: AWS General Reference, "Service endpoints"; for IAM "AWS Identity and
    /// Access Management endpoints and quotas".
    fn place(self, region: &str) -> (String, String) {
        let name = self.name;
        let china = region.starts_with("cn-");
        let zone = if china { "amazonaws.com.cn" } else { "amazonaws.com" };
        let (host, region) = match self.scope {
            Scope::Region => (format!("{name}.{region}"), region),
            Scope::Partition if china => (format!("{name}.cn-north-1"), "cn-north-1"),
            Scope::Partition if region.starts_with("us-gov-") => {
                (format!("{name}.us-gov"), "us-gov-west-1")
            }
            Scope::Partition => (name.to_owned(), "us-east-1"),
        };
        (format!("https://{host}.{zone}"), region.to_owned())
    }
}

/// What is asked of a service.
struct Call {
    service: Service,
    operation: &'static str,
    method: Method,
    /// From the slash on, with the query.
    path: String,
    content_type: Option<&'static str>,
    body: String,
    /// What an answer that is no success says.
    error: fn(&HttpResponse) -> Option<ApiError>,
}

/// Makes one call; the body of a good answer.
async fn send(config: &SdkConfig, call: Call) -> Result<Vec<u8>, ApiError> {
    let region = config.region().ok_or(ApiError::Unconfigured("region"))?;
    let (regional, region) = call.service.place(region.as_ref());
    let endpoint = configured_endpoint(config, call.service).unwrap_or(regional);
    let http = config.http_client().ok_or(ApiError::Unconfigured("HTTP client"))?;
    let retries = config.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
    let request = signed(config, &call, &endpoint, &region).await?;
    let error = call.error;
    let mut operation = Operation::builder()
        .service_name(call.service.name)
        .operation_name(call.operation)
        .http_client(http)
        .endpoint_url(&endpoint)
        // It is signed already.
        .no_auth()
        .standard_retry(&retries)
        .retry_classifier(TransientErrorClassifier::<ApiError>::new())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .serializer(|request: HttpRequest| Ok(request))
        .deserializer(move |response: &HttpResponse| body(response, error));
    if let Some(timeouts) = config.timeout_config() {
        operation = operation.timeout_config(timeouts.clone());
    }
    operation.build().invoke(request).await.map_err(|error| match error {
        SdkError::ServiceError(answered) => answered.into_err(),
        other => ApiError::NoAnswer(with_causes(&other)),
    })
}

/// An address that the environment sets for this service or for all.
fn configured_endpoint(config: &SdkConfig, service: Service) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let loaded = config.service_config().zip(key.ok());
    let for_service = loaded.and_then(|(service, key)| service.load_config(key));
    for_service.or_else(|| config.endpoint_url().map(str::to_owned))
}

async fn signed(
    config: &SdkConfig,
    call: &Call,
    endpoint: &str,
    region: &str,
) -> Result<HttpRequest, ApiError> {
    let provider = config.credentials_provider();
    let provider = provider.ok_or(ApiError::Unconfigured("credentials"))?;
    let identity = provider.provide_credentials().await?.into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(call.service.name)
        .time(SystemClock.now().into())
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| ApiError::Request(error.into()))?;
    let url = format!("{}{}", endpoint.trim_end_matches('/'), call.path);
    let headers = call.content_type.map(|kind| (CONTENT_TYPE.as_str(), kind));
    let body = SignableBody::Bytes(call.body.as_bytes());
    let signable = SignableRequest::new(call.method.as_str(), url, headers.into_iter(), body)?;
    let (signature, _) = sign(signable, &parameters.into())?.into_parts();
    // The endpoint's path, if it has one, comes before this when it is sent.
    let mut request = Request::builder().method(&call.method).uri(&call.path);
    if let Some((name, kind)) = headers {
        request = request.header(name, kind);
    }
    let mut request = request
        .body(SdkBody::from(call.body.as_str()))
        .map_err(|error| ApiError::Request(error.into()))?;
    signature.apply_to_request_http1x(&mut request);
    request
        .try_into()
        .map_err(|error: aws_smithy_runtime_api::http::HttpError| ApiError::Request(error.into()))
}

fn body(
    response: &HttpResponse,
    error: fn(&HttpResponse) -> Option<ApiError>,
) -> Result<Vec<u8>, OrchestratorError<ApiError>> {
    if response.status().is_success() {
        return Ok(response.body().bytes().unwrap_or_default().to_vec());
    }
    let error = error(response).unwrap_or_else(|| {
        ApiError::NoAnswer(format!("the answer is {}", response.status().as_u16()))
    });
    Err(OrchestratorError::operation(error))
}

fn with_causes(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_service_has_its_place_in_each_region() {
        let place = |service: Service, region: &str| {
            let (url, signed_for) = service.place(region);
            format!("{url} {signed_for}")
        };
        let cloudwatch = QueryApi::CLOUDWATCH.service;
        let iam = QueryApi::IAM.service;
        for (found, expected) in [
            (place(LAMBDA, "eu-west-1"), "https://lambda.eu-west-1.amazonaws.com eu-west-1"),
            (
                place(cloudwatch, "eu-west-1"),
                "https://monitoring.eu-west-1.amazonaws.com eu-west-1",
            ),
            (place(LAMBDA, "cn-north-1"), "https://lambda.cn-north-1.amazonaws.com.cn cn-north-1"),
            (place(iam, "eu-west-1"), "https://iam.amazonaws.com us-east-1"),
            (place(iam, "cn-northwest-1"), "https://iam.cn-north-1.amazonaws.com.cn cn-north-1"),
            (place(iam, "us-gov-east-1"), "https://iam.us-gov.amazonaws.com us-gov-west-1"),
        ] {
            assert_eq!(found, expected);
        }
    }
}
