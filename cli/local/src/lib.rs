//! The product on a local AWS, by one call: installs ministack, builds the
//! functions, starts both and deploys `template.yaml` as it is.
//!
//! [`LocalAws`] lives as long as the value, and no longer than its process;
//! [`up`] leaves one running until [`down`]. Any number can run at once.

pub mod api;
mod build;
pub mod cloudformation;
mod detached;
mod files;
mod http;
mod keeper;
mod process;
mod progress;
mod python;
mod recorded;
pub mod recorder;
pub mod reports;
mod stack;
mod start;
mod template;

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use aws_config::SdkConfig;
use axum::Router;
use serde::{Deserialize, Serialize};

pub use build::BuildError;
pub use detached::{Down, RECORDER_COMMAND, down, standing, up};
pub use files::{FileError, home, workspace, write_whole};
pub use http::{HttpError, get};
pub use keeper::KeeperError;
pub use progress::{Progress, Quiet, ToStderr, step};
pub use python::PythonError;
pub use stack::{DeployError, QUIET_ZONE, STACK, sdk_config};
pub use template::TemplateError;

use keeper::{Keeper, Owner};
use recorder::{Outbox, RecordedMessage, Recorder};

/// The region the local AWS plays.
pub const REGION: &str = "eu-west-1";

/// What a start can vary; the default is the product as it stands.
#[derive(Debug, Default)]
pub struct Options {
    /// The port of the local AWS; a free one if none is given.
    pub port: Option<u16>,
    /// The template; the workspace's own if none is given.
    pub template: Option<PathBuf>,
    /// Parameters of the template besides those every local stack gets.
    pub parameters: BTreeMap<String, String>,
    /// Environment variables for the functions, for example
    /// `AWS_ENDPOINT_URL_DYNAMODB` to put a fault proxy before one service.
    pub environment: BTreeMap<String, String>,
    /// Pages the recorder serves; a detached recorder brings its own.
    pub pages: Router<Outbox>,
}

/// Why there is no local AWS.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// It could not be installed.
    #[error(transparent)]
    Python(#[from] PythonError),
    /// The functions could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// Something listens on the port that was asked for.
    #[error(
        "port {0} is taken; end what listens there (a local AWS by `cargo bellhop down`), or give another port"
    )]
    PortTaken(u16),
    /// Another stack stands, on another port than was asked for.
    #[error(
        "a local AWS is up at {endpoint}; end it by `cargo bellhop down` to have one on port {port}"
    )]
    Elsewhere {
        /// Where the other one stands.
        endpoint: String,
        /// What was asked for.
        port: u16,
    },
    /// It did not start.
    #[error(transparent)]
    Keeper(#[from] KeeperError),
    /// It ended as soon as it stood.
    #[error("the local AWS ended right after it had started; see its log")]
    Vanished,
    /// The recorder did not start.
    #[error("cannot start the recorder of messages: {0}")]
    Recorder(#[source] io::Error),
    /// The product could not be deployed to it.
    #[error(transparent)]
    Deploy(#[from] DeployError),
    /// It could not be ended.
    #[error("cannot end the local AWS: {0}")]
    End(#[source] io::Error),
    /// Its state could not be kept.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Where a local stack stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalStack {
    /// The address of all its services.
    pub endpoint: String,
    /// Its region.
    pub region: String,
    /// What the template puts out.
    pub outputs: BTreeMap<String, String>,
    /// The address of the recorder, with its pages.
    pub recorder_url: String,
}

impl LocalStack {
    /// Configures SDK clients for this stack.
    pub fn sdk_config(&self) -> SdkConfig {
        sdk_config(&self.endpoint)
    }

    /// Function URLs name hosts that only exist in AWS; this is where the local
    /// AWS serves such a URL. Other text is returned as it is.
    pub fn local_url(&self, url: &str) -> String {
        Self::local_url_at(&self.endpoint, url)
    }

    fn local_url_at(endpoint: &str, url: &str) -> String {
        let parts = || {
            let rest = url.strip_prefix("https://")?;
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let (id, zone) = host.split_once(".lambda-url.")?;
            zone.ends_with(".on.aws").then_some((id, path))
        };
        match parts() {
            Some((id, path)) => format!("{endpoint}/_aws/lambda-url/{id}/{path}"),
            None => url.to_owned(),
        }
    }
}

/// A local AWS with the product deployed on it. It ends, functions and all,
/// when this is dropped or its process ends, whichever way.
#[derive(Debug)]
pub struct LocalAws {
    /// Where it stands.
    pub stack: LocalStack,
    outbox: Outbox,
    log: PathBuf,
    python: PathBuf,
    // The functions end before the recorder they send through.
    _keeper: Keeper,
    _recorder: Recorder,
}

impl LocalAws {
    /// Starts one; returns when the stack stands.
    ///
    /// # Errors
    /// [`LocalError`], whose text says what to do.
    pub async fn start(options: Options, progress: &dyn Progress) -> Result<LocalAws, LocalError> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let home = files::home()?;
        files::remove_old_logs(&home)?;
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let log = home.join(format!("local-aws-{}-{nth}.log", std::process::id()));

        let pages = options.pages.clone();
        let mut socket = None;
        let mut python = PathBuf::new();
        let owner = |prepared: &start::Prepared, listener: TcpListener| {
            socket = Some(listener);
            python.clone_from(&prepared.python);
            Ok(Owner::ThisProcess)
        };
        let (keeper, stack) = start::start(options, progress, &home, &log, owner).await?;
        let outbox = Outbox::new(&stack.endpoint);
        let recorder = socket
            .ok_or_else(|| io::Error::other("it has no socket"))
            .and_then(|socket| Recorder::start(socket, outbox.clone(), pages))
            .map_err(LocalError::Recorder)?;
        Ok(LocalAws { stack, outbox, log, python, _keeper: keeper, _recorder: recorder })
    }

    /// The messages the functions have sent so far.
    pub fn messages(&self) -> Vec<RecordedMessage> {
        self.outbox.messages()
    }

    /// The log of the local AWS, with all that the functions wrote.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// A program of the Python environment that the local AWS is installed in,
    /// for example `python` itself, which can run the fault proxy microburst.
    pub fn program(&self, name: &str) -> PathBuf {
        self.python.with_file_name(name)
    }
}

/// Runs work that blocks where it may.
async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        // Such work is never cancelled, so it panicked.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_urls_become_local_and_other_text_stays() {
        let local = |url| LocalStack::local_url_at("http://127.0.0.1:4566", url);
        assert_eq!(
            local("https://abc123.lambda-url.eu-west-1.on.aws/p?t=1"),
            "http://127.0.0.1:4566/_aws/lambda-url/abc123/p?t=1"
        );
        assert_eq!(
            local("https://abc123.lambda-url.eu-west-1.on.aws"),
            "http://127.0.0.1:4566/_aws/lambda-url/abc123/"
        );
        assert_eq!(local("https://shop.example/orders"), "https://shop.example/orders");
        assert_eq!(local("bellhop-LedgerTable"), "bellhop-LedgerTable");
    }
}
