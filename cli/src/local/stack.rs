use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::types::{Capability, Parameter, ResourceStatus, Stack, StackStatus};
use axum::http::{Method, StatusCode};
use tokio::time::{Instant, sleep};

use super::build::{self, BuildError, Executables};
use super::files::{FileError, on};
use super::http::{self, HttpError};
use super::keeper::Bound;
use super::template::{self, Template, TemplateError};
use super::{LocalStack, REGION};

/// The name of the stack.
pub const STACK: &str = "bellhop";

const BUCKET: &str = "bellhop-functions";

/// Why the stack could not be deployed.
#[derive(Debug, thiserror::Error)]
pub enum DeployError {
    /// The template cannot be used.
    #[error("{}: {source}", path.display())]
    Template {
        /// The template's file.
        path: PathBuf,
        /// What is wrong with it.
        source: TemplateError,
    },
    /// A parameter was given that the template does not declare.
    #[error("the template has no parameter {0}")]
    UnknownParameter(String),
    /// A function's code could not be packed.
    #[error(transparent)]
    Code(#[from] BuildError),
    /// A function's code could not be stored.
    #[error("cannot upload {key}: {source}")]
    Upload {
        /// What was uploaded.
        key: String,
        /// Why it failed.
        source: HttpError,
    },
    /// The storage refused a function's code.
    #[error("the local AWS refused {key}: {status} {answer}")]
    Refused {
        /// What was uploaded.
        key: String,
        /// The status of the answer.
        status: StatusCode,
        /// The answer.
        answer: String,
    },
    /// A call to the local AWS failed.
    #[error("{call} failed: {reason}")]
    Call {
        /// Which call.
        call: &'static str,
        /// What the answer said.
        reason: String,
    },
    /// A resource could not be created.
    #[error("the stack ended as {status}, because of {resource}: {reason}")]
    Failed {
        /// How the stack ended.
        status: String,
        /// The resource that failed first, with its type.
        resource: String,
        /// Why.
        reason: String,
    },
    /// The stack was not complete in time.
    #[error("the stack was still {status} after {} s", waited.as_secs())]
    Late {
        /// What it was at last.
        status: String,
        /// How long it was given.
        waited: Duration,
    },
    /// The template's file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Configures SDK clients for a local AWS. Nothing is read from the
/// environment, which may describe a real account.
pub fn sdk_config(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new("local", "local", None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static(REGION))
        .endpoint_url(endpoint)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

/// What to deploy.
pub(crate) struct Deployment<'a> {
    pub(crate) bound: &'a Bound,
    pub(crate) template: PathBuf,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) executables: &'a Executables,
}

/// Deploys the template with the functions built here; returns its outputs.
pub(crate) async fn deploy(
    deployment: Deployment<'_>,
) -> Result<BTreeMap<String, String>, DeployError> {
    let Deployment { bound: Bound { endpoint, scratch }, template: path, parameters, executables } =
        deployment;
    let yaml = std::fs::read_to_string(&path).map_err(on("read", &path))?;
    let template = template::prepare(&yaml, |binary| format!("s3://{BUCKET}/{}", key(binary)))
        .map_err(|source| DeployError::Template { path, source })?;
    if let Some(name) = parameters.keys().find(|name| !template.parameters.contains(*name)) {
        return Err(DeployError::UnknownParameter(name.clone()));
    }

    let config = sdk_config(endpoint);
    let (applications, (), ()) = tokio::try_join!(
        platform_applications(&config),
        upload(endpoint, scratch, &template, executables),
        verify_sender(endpoint),
    )?;
    let mut values: BTreeMap<String, String> = applications
        .into_iter()
        .chain([("Architecture".to_owned(), architecture().to_owned())])
        .collect();
    values.retain(|name, _| template.parameters.contains(name));
    values.extend(parameters);

    let stack = create(&config, template, values).await?;
    Ok(stack
        .outputs
        .unwrap_or_default()
        .into_iter()
        .filter_map(|output| {
            let value = LocalStack::local_url_at(endpoint, &output.output_value?);
            Some((output.output_key?, value))
        })
        .collect())
}

fn key(binary: &str) -> String {
    format!("{binary}.zip")
}

/// The functions are built for the machine they run on.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    }
}

/// SES sends only for identities that are verified; on the local AWS saying so
/// is enough. It is the domain of the template's default sender.
async fn verify_sender(endpoint: &str) -> Result<(), DeployError> {
    const KEY: &str = "the sender's identity";
    let url = format!("{endpoint}/v2/email/identities");
    let body = br#"{"EmailIdentity": "example.com"}"#.to_vec();
    let refused = |status, answer: &[u8]| DeployError::Refused {
        key: KEY.to_owned(),
        status,
        answer: String::from_utf8_lossy(answer).into_owned(),
    };
    match http::send(&http::client(), Method::POST, &url, body).await {
        Ok((status, _)) if status.is_success() => Ok(()),
        Ok((status, answer)) => Err(refused(status, &answer)),
        Err(source) => Err(DeployError::Upload { key: KEY.to_owned(), source }),
    }
}

async fn upload(
    endpoint: &str,
    scratch: &Path,
    template: &Template,
    executables: &Executables,
) -> Result<(), DeployError> {
    let client = http::client();
    let put = async |key: String, body: Vec<u8>| {
        let url = format!("{endpoint}/{BUCKET}/{key}");
        match http::send(&client, Method::PUT, &url, body).await {
            Ok((status, _)) if status.is_success() => Ok(()),
            Ok((status, answer)) => {
                let answer = String::from_utf8_lossy(&answer).into_owned();
                Err(DeployError::Refused { key, status, answer })
            }
            Err(source) => Err(DeployError::Upload { key, source }),
        }
    };
    put(String::new(), Vec::new()).await?;
    for binary in &template.binaries {
        let executable = executables.get(binary).cloned();
        let executable = executable.ok_or_else(|| BuildError::NoBinary(binary.clone()))?;
        let folder = scratch.to_owned();
        let zip = super::blocking(move || build::pack(&executable, &folder)).await?;
        put(key(binary), zip).await?;
    }
    Ok(())
}

/// Creates an application for each push platform; returns the parameters that
/// tell them to the template.
async fn platform_applications(
    config: &SdkConfig,
) -> Result<BTreeMap<String, String>, DeployError> {
    let sns = aws_sdk_sns::Client::new(config);
    let mut parameters = BTreeMap::new();
    for (parameter, platform) in [
        ("FcmApplicationArn", "GCM"),
        ("ApnsApplicationArn", "APNS"),
        ("ApnsSandboxApplicationArn", "APNS_SANDBOX"),
    ] {
        let created = sns
            .create_platform_application()
            .name(STACK)
            .platform(platform)
            .attributes("PlatformCredential", "local")
            .attributes("PlatformPrincipal", "local")
            .send()
            .await
            .map_err(|error| failed("CreatePlatformApplication", error))?;
        if let Some(arn) = created.platform_application_arn {
            parameters.insert(parameter.to_owned(), arn);
        }
    }
    Ok(parameters)
}

async fn create(
    config: &SdkConfig,
    template: Template,
    values: BTreeMap<String, String>,
) -> Result<Stack, DeployError> {
    const PATIENCE: Duration = Duration::from_secs(120);
    let client = aws_sdk_cloudformation::Client::new(config);
    let parameter =
        |(key, value)| Parameter::builder().parameter_key(key).parameter_value(value).build();
    client
        .create_stack()
        .stack_name(STACK)
        .template_body(template.body)
        .set_parameters(Some(values.into_iter().map(parameter).collect()))
        .capabilities(Capability::CapabilityIam)
        .capabilities(Capability::CapabilityNamedIam)
        .capabilities(Capability::CapabilityAutoExpand)
        .send()
        .await
        .map_err(|error| failed("CreateStack", error))?;

    let deadline = Instant::now() + PATIENCE;
    loop {
        let described = client
            .describe_stacks()
            .stack_name(STACK)
            .send()
            .await
            .map_err(|error| failed("DescribeStacks", error))?;
        let stack = described.stacks.unwrap_or_default().into_iter().next();
        let status = stack.as_ref().and_then(|stack| stack.stack_status.clone());
        match (stack, status) {
            (Some(stack), Some(StackStatus::CreateComplete)) => return Ok(stack),
            (_, None | Some(StackStatus::CreateInProgress)) if Instant::now() < deadline => {
                sleep(Duration::from_millis(50)).await;
            }
            (_, None | Some(StackStatus::CreateInProgress)) => {
                let status = StackStatus::CreateInProgress.to_string();
                return Err(DeployError::Late { status, waited: PATIENCE });
            }
            (_, Some(status)) => return Err(first_failure(&client, status).await),
        }
    }
}

/// Why the stack failed: what fails later fails because it is rolled back.
async fn first_failure(
    client: &aws_sdk_cloudformation::Client,
    status: StackStatus,
) -> DeployError {
    let events = match client.describe_stack_events().stack_name(STACK).send().await {
        Ok(events) => events.stack_events.unwrap_or_default(),
        Err(error) => return failed("DescribeStackEvents", error),
    };
    let failure = events
        .into_iter()
        .filter(|event| event.resource_status == Some(ResourceStatus::CreateFailed))
        .min_by_key(|event| event.timestamp.map(|at| at.as_nanos()));
    let status = status.to_string();
    match failure {
        Some(event) => DeployError::Failed {
            status,
            resource: format!(
                "{} ({})",
                event.logical_resource_id.unwrap_or_default(),
                event.resource_type.unwrap_or_default()
            ),
            reason: event.resource_status_reason.unwrap_or_default(),
        },
        None => DeployError::Failed {
            status,
            resource: "the stack itself".into(),
            reason: "no resource failed".into(),
        },
    }
}

/// What the answer said; without one, why there was none.
fn failed<E>(call: &'static str, error: SdkError<E>) -> DeployError
where
    E: Error + ProvideErrorMetadata + 'static,
{
    if let (Some(code), Some(message)) = (error.code(), error.message()) {
        return DeployError::Call { call, reason: format!("{code}: {message}") };
    }
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        reason = format!("{reason}: {error}");
        cause = error.source();
    }
    DeployError::Call { call, reason }
}
