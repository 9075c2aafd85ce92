use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use axum::http::{Method, StatusCode};
use bellhop::model::clock::{self, Clock, SystemClock, Timestamp};
use jiff::tz::TimeZone;
use tokio::time::{Instant, sleep};

use crate::api::ApiError;
use crate::build::{self, BuildError, Executables};
use crate::cloudformation::{CloudFormation, Stack, StackEvent};
use crate::files::{FileError, on};
use crate::http::{self, HttpError};
use crate::keeper::Bound;
use crate::template::{self, Template, TemplateError};
use crate::{LocalStack, REGION};

/// The name of the stack.
pub const STACK: &str = "bellhop";

/// What every local stack is deployed with, where the template has such a parameter: a
/// shop, the samples' countries, and rates that nobody has to wait for.
const SETTINGS: [(&str, &str); 8] = [
    ("FromAddress", "orders@example.com"),
    ("ShopName", "Example Shop"),
    ("ShopUrl", "https://shop.example"),
    ("SmsAllowedCountries", "AT,CN,DE,ES,FR,GB,IE,IT,JP,KR,PL,SE"),
    ("EmailRate", "10000"),
    ("SmsRate", "10000"),
    ("PushRate", "10000"),
    ("FloodLimit", "1000"),
];

/// Where it is night on a local stack: a zone in which none of the samples' customers
/// live, so that nobody else has to wait.
pub const QUIET_ZONE: &str = "Asia/Kathmandu";

/// Quiet hours that began ten minutes ago in [`QUIET_ZONE`], and end in 50.
fn quiet_hours(now: Timestamp) -> String {
    let zone = TimeZone::get(QUIET_ZONE).unwrap_or(TimeZone::UTC);
    let clock = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    let (from, to) = (Duration::from_secs(10 * 60), Duration::from_secs(50 * 60));
    format!("{}-{}", clock(clock::before(now, from)), clock(clock::after(now, to)))
}

const BUCKET: &str = "bellhop-functions";

/// The status of a stack that is not complete yet.
const IN_PROGRESS: &str = "CREATE_IN_PROGRESS";

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
    /// The local AWS rejected what was stored there.
    #[error("the local AWS rejected {key}: {status} {answer}")]
    Rejected {
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
    /// A call of CloudFormation failed.
    #[error("{call} failed: {source}")]
    CloudFormation {
        /// Which call.
        call: &'static str,
        /// Why.
        source: ApiError,
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
    pub(crate) template: Template,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) executables: &'a Executables,
}

/// Reads the template, with the functions' code where [`deploy`] will store it.
pub(crate) fn read_template(path: PathBuf) -> Result<Template, DeployError> {
    let yaml = std::fs::read_to_string(&path).map_err(on("read", &path))?;
    template::prepare(&yaml, |binary| format!("s3://{BUCKET}/{}", key(binary)))
        .map_err(|source| DeployError::Template { path, source })
}

/// Deploys the template with the functions built here; returns its outputs.
pub(crate) async fn deploy(
    deployment: Deployment<'_>,
) -> Result<BTreeMap<String, String>, DeployError> {
    let Deployment { bound: Bound { endpoint, scratch }, template, parameters, executables } =
        deployment;
    if let Some(name) = parameters.keys().find(|name| !template.parameters.contains(*name)) {
        return Err(DeployError::UnknownParameter(name.clone()));
    }

    let config = sdk_config(endpoint);
    let (applications, (), ()) = tokio::try_join!(
        platform_applications(&config),
        upload(endpoint, scratch, &template, executables),
        verify_sender(endpoint),
    )?;
    let settings = SETTINGS.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let quiet = ("QuietHours".to_owned(), quiet_hours(SystemClock.now()));
    let settings = settings.into_iter().chain([quiet]);
    let mut values: BTreeMap<String, String> = applications.into_iter().chain(settings).collect();
    values.retain(|name, _| template.parameters.contains(name));
    values.extend(parameters);

    let stack = create(&config, &template_url(endpoint), values).await?;
    Ok(stack
        .outputs
        .into_iter()
        .map(|(key, value)| (key, LocalStack::local_url_at(endpoint, &value)))
        .collect())
}

fn key(binary: &str) -> String {
    format!("{binary}.zip")
}

const TEMPLATE: &str = "template.json";

/// Where [`upload`] stores the template.
fn template_url(endpoint: &str) -> String {
    format!("{endpoint}/{BUCKET}/{TEMPLATE}")
}

/// SES sends only for identities that are verified; on the local AWS saying so
/// is enough. It is the domain of [`SETTINGS`]' sender.
async fn verify_sender(endpoint: &str) -> Result<(), DeployError> {
    const KEY: &str = "the sender's identity";
    let url = format!("{endpoint}/v2/email/identities");
    let body = br#"{"EmailIdentity": "example.com"}"#.to_vec();
    let rejected = |status, answer: &[u8]| DeployError::Rejected {
        key: KEY.to_owned(),
        status,
        answer: String::from_utf8_lossy(answer).into_owned(),
    };
    match http::send(&http::client(), Method::POST, &url, body).await {
        Ok((status, _)) if status.is_success() => Ok(()),
        Ok((status, answer)) => Err(rejected(status, &answer)),
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
                Err(DeployError::Rejected { key, status, answer })
            }
            Err(source) => Err(DeployError::Upload { key, source }),
        }
    };
    put(String::new(), Vec::new()).await?;
    put(TEMPLATE.to_owned(), template.body.clone().into_bytes()).await?;
    for binary in &template.binaries {
        let executable = executables.get(binary).cloned();
        let executable = executable.ok_or_else(|| BuildError::NoBinary(binary.clone()))?;
        let folder = scratch.to_owned();
        let zip = crate::blocking(move || build::pack(&executable, &folder)).await?;
        put(key(binary), zip).await?;
    }
    Ok(())
}

/// Creates an application for each push platform; returns the parameters that
/// name them to the template.
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
    template_url: &str,
    values: BTreeMap<String, String>,
) -> Result<Stack, DeployError> {
    const PATIENCE: Duration = Duration::from_secs(120);
    let client = CloudFormation::new(config);
    let values: Vec<_> = values.into_iter().collect();
    let call = |call| move |error| DeployError::CloudFormation { call, source: error };
    client.create_stack(STACK, template_url, &values).await.map_err(call("CreateStack"))?;

    let deadline = Instant::now() + PATIENCE;
    loop {
        let stack = client.describe_stack(STACK).await.map_err(call("DescribeStacks"))?;
        match stack {
            Some(stack) if stack.status == "CREATE_COMPLETE" => return Ok(stack),
            Some(stack) if stack.status != IN_PROGRESS => {
                let events = client.stack_events(STACK).await;
                let events = events.map_err(call("DescribeStackEvents"))?;
                return Err(first_failure(events, stack.status));
            }
            _ if Instant::now() < deadline => sleep(Duration::from_millis(50)).await,
            _ => {
                return Err(DeployError::Late { status: IN_PROGRESS.to_owned(), waited: PATIENCE });
            }
        }
    }
}

/// Why the stack failed: what fails later fails because it is rolled back.
fn first_failure(events: Vec<StackEvent>, status: String) -> DeployError {
    let failures = events.into_iter().filter(|event| event.status == "CREATE_FAILED");
    let (resource, reason) = match failures.min_by_key(|event| event.at) {
        Some(event) => (format!("{} ({})", event.resource, event.kind), event.reason),
        None => ("the stack itself".to_owned(), "no resource failed".to_owned()),
    };
    DeployError::Failed { status, resource, reason }
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
