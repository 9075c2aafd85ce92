//! The few calls of CloudFormation that Bellhop makes, by its Query API. They are
//! signed here and sent as the SDKs send theirs; CloudFormation's own SDK would take
//! longer to compile than all that uses it.

mod answer;

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

pub use answer::Stack;
pub(crate) use answer::StackEvent;

/// The version of the API, as its reference names it.
const VERSION: &str = "2010-05-15";

/// The name that requests are signed for.
const SERVICE: &str = "cloudformation";

const FORM: &str = "application/x-www-form-urlencoded";

/// Source: RFC 3986 section 2.3, the unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a call of CloudFormation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CloudFormationError {
    /// CloudFormation says what is wrong.
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
    Unreadable(#[from] XmlDecodeError),
}

impl CloudFormationError {
    /// The code of CloudFormation's answer.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Answered { code, .. } => Some(code),
            _ => None,
        }
    }
}

/// CloudFormation in the region of a configuration.
#[derive(Debug)]
pub struct CloudFormation<'a> {
    config: &'a SdkConfig,
}

impl<'a> CloudFormation<'a> {
    /// Calls CloudFormation as this configuration says.
    pub fn new(config: &'a SdkConfig) -> Self {
        Self { config }
    }

    /// The stack of this name.
    ///
    /// # Errors
    /// [`CloudFormationError`]; a stack that does not exist is one too.
    pub async fn describe_stack(&self, name: &str) -> Result<Option<Stack>, CloudFormationError> {
        let answer = self.call("DescribeStacks", &[("StackName", name)]).await?;
        Ok(answer::stack(&answer)?)
    }

    /// Starts to create a stack with resources of any kind, from a template in S3: one
    /// that comes with the call may have 51 200 bytes only.
    pub(crate) async fn create_stack(
        &self,
        name: &str,
        template_url: &str,
        values: &[(String, String)],
    ) -> Result<(), CloudFormationError> {
        const CAPABILITIES: [&str; 3] =
            ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];
        let mut parameters = vec![
            ("StackName".to_owned(), name.to_owned()),
            ("TemplateURL".to_owned(), template_url.to_owned()),
        ];
        for (index, (key, value)) in values.iter().enumerate() {
            let member = format!("Parameters.member.{}", index + 1);
            parameters.push((format!("{member}.ParameterKey"), key.clone()));
            parameters.push((format!("{member}.ParameterValue"), value.clone()));
        }
        for (index, capability) in CAPABILITIES.into_iter().enumerate() {
            parameters.push((format!("Capabilities.member.{}", index + 1), capability.to_owned()));
        }
        self.call("CreateStack", &parameters).await?;
        Ok(())
    }

    /// What has happened to the stack of this name.
    pub(crate) async fn stack_events(
        &self,
        name: &str,
    ) -> Result<Vec<StackEvent>, CloudFormationError> {
        let answer = self.call("DescribeStackEvents", &[("StackName", name)]).await?;
        Ok(answer::events(&answer)?)
    }

    /// Makes one call; the body of a good answer.
    async fn call<T: AsRef<str>>(
        &self,
        action: &'static str,
        parameters: &[(T, T)],
    ) -> Result<Vec<u8>, CloudFormationError> {
        let endpoint = self.endpoint()?;
        let request = self.signed(&endpoint, form(action, parameters)).await?;
        let http = self.config.http_client();
        let http = http.ok_or(CloudFormationError::Unconfigured("HTTP client"))?;
        let retries = self.config.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
        let mut operation = Operation::builder()
            .service_name(SERVICE)
            .operation_name(action)
            .http_client(http)
            .endpoint_url(&endpoint)
            // It is signed already.
            .no_auth()
            .standard_retry(&retries)
            .retry_classifier(TransientErrorClassifier::<CloudFormationError>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .serializer(|request: HttpRequest| Ok(request))
            .deserializer(body);
        if let Some(timeouts) = self.config.timeout_config() {
            operation = operation.timeout_config(timeouts.clone());
        }
        operation.build().invoke(request).await.map_err(|error| match error {
            SdkError::ServiceError(answered) => answered.into_err(),
            other => CloudFormationError::NoAnswer(with_causes(&other)),
        })
    }

    /// Where CloudFormation is: an address that the environment sets for it or for
    /// all services, else the region's.
    fn endpoint(&self) -> Result<String, CloudFormationError> {
        let key = ServiceConfigKey::builder()
            .service_id("CloudFormation")
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build();
        let service = self.config.service_config().zip(key.ok());
        let for_service = service.and_then(|(service, key)| service.load_config(key));
        if let Some(url) = for_service.or_else(|| self.config.endpoint_url().map(str::to_owned)) {
            return Ok(url);
        }
        Ok(regional(self.region()?))
    }

    fn region(&self) -> Result<&str, CloudFormationError> {
        let region = self.config.region().map(AsRef::as_ref);
        region.ok_or(CloudFormationError::Unconfigured("region"))
    }

    async fn signed(
        &self,
        endpoint: &str,
        form: String,
    ) -> Result<HttpRequest, CloudFormationError> {
        let provider = self.config.credentials_provider();
        let provider = provider.ok_or(CloudFormationError::Unconfigured("credentials"))?;
        let identity = provider.provide_credentials().await?.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region()?)
            .name(SERVICE)
            .time(SystemClock.now().into())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| CloudFormationError::Request(error.into()))?;
        let url = format!("{}/", endpoint.trim_end_matches('/'));
        let headers = [(CONTENT_TYPE.as_str(), FORM)].into_iter();
        let signable =
            SignableRequest::new("POST", url, headers, SignableBody::Bytes(form.as_bytes()))?;
        let (signature, _) = sign(signable, &parameters.into())?.into_parts();
        // The endpoint's path, if it has one, comes before this when it is sent.
        let mut request = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header(CONTENT_TYPE, FORM)
            .body(SdkBody::from(form))
            .map_err(|error| CloudFormationError::Request(error.into()))?;
        signature.apply_to_request_http1x(&mut request);
        request.try_into().map_err(|error: aws_smithy_runtime_api::http::HttpError| {
            CloudFormationError::Request(error.into())
        })
    }
}

/// Source: AWS General Reference, "AWS CloudFormation endpoints and quotas".
fn regional(region: &str) -> String {
    let zone = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://cloudformation.{region}.{zone}")
}

fn form<T: AsRef<str>>(action: &str, parameters: &[(T, T)]) -> String {
    let mut form = format!("Action={action}&Version={VERSION}");
    for (name, value) in parameters {
        let value = utf8_percent_encode(value.as_ref(), ESCAPED);
        form.push_str(&format!("&{}={value}", name.as_ref()));
    }
    form
}

fn body(response: &HttpResponse) -> Result<Vec<u8>, OrchestratorError<CloudFormationError>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return Ok(body.to_vec());
    }
    let error = answer::error(body).unwrap_or_else(|| {
        CloudFormationError::NoAnswer(format!("the answer is {}", response.status().as_u16()))
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
    use axum::Router;
    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::post;
    use tokio::net::TcpListener;

    use super::*;

    /// A configuration for a CloudFormation that answers by what it was sent.
    async fn before(answer: fn(HeaderMap, String) -> (StatusCode, &'static str)) -> SdkConfig {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let answer =
            post(move |headers: HeaderMap, body: String| async move { answer(headers, body) });
        tokio::spawn(async { axum::serve(listener, Router::new().route("/", answer)).await });
        crate::sdk_config(&endpoint)
    }

    #[tokio::test]
    async fn a_call_is_a_signed_form_and_its_answer_is_read() {
        let config = before(|headers, body| {
            let signature = headers["authorization"].to_str().unwrap();
            assert!(signature.contains("/eu-west-1/cloudformation/aws4_request"), "{signature}");
            assert_eq!(body, "Action=DescribeStacks&Version=2010-05-15&StackName=a%2Fb%20%C3%A4");
            (
                StatusCode::OK,
                "<DescribeStacksResponse><DescribeStacksResult><Stacks><member>\
                 <StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>\
                 </DescribeStacksResult></DescribeStacksResponse>",
            )
        })
        .await;
        let stack = CloudFormation::new(&config).describe_stack("a/b ä").await.unwrap().unwrap();
        assert_eq!(stack.status, "CREATE_COMPLETE");
    }

    #[tokio::test]
    async fn an_error_is_known_by_its_code_and_silence_has_none() {
        let config = before(|_, _| {
            let answer = "<ErrorResponse><Error><Code>ValidationError</Code>\
                <Message>no stack</Message></Error></ErrorResponse>";
            (StatusCode::BAD_REQUEST, answer)
        })
        .await;
        let error = CloudFormation::new(&config).describe_stack("x").await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationError"));
        assert_eq!(error.to_string(), "ValidationError: no stack");

        let config = crate::sdk_config("http://127.0.0.1:1");
        let error = CloudFormation::new(&config).describe_stack("x").await.unwrap_err();
        assert_eq!(error.code(), None);
        assert!(error.to_string().contains("refused"), "{error}");
    }

    #[test]
    fn each_region_has_its_endpoint() {
        assert_eq!(regional("eu-west-1"), "https://cloudformation.eu-west-1.amazonaws.com");
        assert_eq!(regional("cn-north-1"), "https://cloudformation.cn-north-1.amazonaws.com.cn");
    }
}
