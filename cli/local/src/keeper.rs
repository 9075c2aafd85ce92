use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use serde::Deserialize;
use tokio::time::{interval, timeout};

use crate::files::{self, FileError, on};
use crate::{REGION, http, process};

const SCRIPT: &str = include_str!("keeper.py");

/// What the keeper, ministack and the functions get of this process's
/// environment. The rest might lead the functions to a real account.
const INHERITED: [&str; 7] =
    ["PATH", "HOME", "LANG", "LC_ALL", "RUST_LOG", "RUST_BACKTRACE", "LLVM_PROFILE_FILE"];

/// Why the local AWS did not start.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// Its process could not be started.
    #[error("cannot run {}: {source}; remove its folder to install it anew", python.display())]
    Spawn {
        /// The Python it was installed with.
        python: PathBuf,
        /// Why it did not run.
        source: io::Error,
    },
    /// Its process ended by itself.
    #[error("the local AWS ended while it started ({status}); its log {} ends with:\n{tail}", log.display())]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// Its log.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// It runs but does not answer.
    #[error("the local AWS gave no answer in {} s; its log {} ends with:\n{tail}", waited.as_secs(), log.display())]
    Silent {
        /// How long it was given.
        waited: Duration,
        /// Its log.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// Its script or its log could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Who ends the local AWS.
pub(crate) enum Owner {
    /// It ends with this process, however this process ends.
    ThisProcess,
    /// It stays until it gets SIGTERM. The command runs beside it as the
    /// recorder, with the listening socket as its standard input.
    Nobody { recorder: Vec<OsString>, socket: TcpListener },
}

/// What to start.
pub(crate) struct Launch<'a> {
    pub(crate) python: &'a Path,
    pub(crate) home: &'a Path,
    pub(crate) port: Option<u16>,
    pub(crate) log: &'a Path,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) owner: Owner,
}

/// The process that runs ministack and leads the group of the functions'
/// processes. Ends all of them when dropped, unless released.
#[derive(Debug)]
pub(crate) struct Keeper {
    child: Option<Child>,
    log: PathBuf,
    bound: Bound,
}

/// What the keeper writes once its port is bound.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Bound {
    /// The address of the local AWS.
    pub(crate) endpoint: String,
    /// A folder that is removed when the local AWS ends.
    pub(crate) scratch: PathBuf,
}

impl Keeper {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(launch: Launch<'_>) -> Result<Keeper, KeeperError> {
        let log = launch.log.to_owned();
        let mut keeper = Keeper { child: None, log, bound: Bound::default() };
        let mut child = spawn(launch)?;
        let stdout = child.stdout.take();
        keeper.child = Some(child);
        keeper.wait_until_bound(stdout).await?;
        keeper.wait_until_ready().await?;
        Ok(keeper)
    }

    pub(crate) fn bound(&self) -> &Bound {
        &self.bound
    }

    /// Lets it run on and returns its process id.
    pub(crate) fn release(mut self) -> Option<u32> {
        self.child.take().map(|child| child.id())
    }

    /// The keeper writes its endpoint as soon as its port is bound, or ends.
    async fn wait_until_bound(
        &mut self,
        stdout: Option<impl io::Read + Send + 'static>,
    ) -> Result<(), KeeperError> {
        const PATIENCE: Duration = Duration::from_secs(30);
        let line = crate::blocking(move || {
            let mut line = String::new();
            stdout.map_or(Ok(0), |stdout| BufReader::new(stdout).read_line(&mut line))?;
            Ok::<_, io::Error>(line)
        });
        let Ok(line) = timeout(PATIENCE, line).await else {
            return Err(self.silent(PATIENCE));
        };
        match serde_json::from_str::<Bound>(&line.unwrap_or_default()) {
            Ok(bound) => self.bound = bound,
            Err(_) => return Err(self.ended().unwrap_or_else(|| self.silent(PATIENCE))),
        }
        Ok(())
    }

    /// Requests wait in the socket's queue until ministack takes them up.
    async fn wait_until_ready(&mut self) -> Result<(), KeeperError> {
        const PATIENCE: Duration = Duration::from_secs(60);
        let url = format!("{}/_ministack/health", self.bound.endpoint);
        let mut answer = std::pin::pin!(timeout(PATIENCE, http::get(&url)));
        let mut tick = interval(Duration::from_millis(100));
        loop {
            tokio::select! {
                answer = &mut answer => return match answer {
                    Ok(Ok(_)) => Ok(()),
                    _ => Err(self.ended().unwrap_or_else(|| self.silent(PATIENCE))),
                },
                _ = tick.tick() => {
                    if let Some(Ok(Some(_))) = self.child.as_mut().map(Child::try_wait)
                        && let Some(error) = self.ended()
                    {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// The error that its process ended, if it does within a moment.
    fn ended(&mut self) -> Option<KeeperError> {
        let status = wait(self.child.as_mut()?, Duration::from_secs(2))?;
        Some(KeeperError::Ended { status, log: self.log.clone(), tail: files::tail(&self.log) })
    }

    fn silent(&self, waited: Duration) -> KeeperError {
        KeeperError::Silent { waited, log: self.log.clone(), tail: files::tail(&self.log) }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        // As long as it has not been waited for, its number is not reused.
        // Errors mean that it has ended.
        _ = process::signal(child.id(), Signal::TERM);
        if wait(&mut child, Duration::from_secs(5)).is_none() {
            _ = process::signal_group(child.id(), Signal::KILL);
            _ = child.kill();
            _ = child.wait();
        }
    }
}

fn wait(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    const PAUSE: Duration = Duration::from_millis(5);
    let mut waited = Duration::ZERO;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if waited < patience => thread::sleep(PAUSE),
            _ => return None,
        }
        waited += PAUSE;
    }
}

fn spawn(launch: Launch<'_>) -> Result<Child, KeeperError> {
    let script = launch.home.join("keeper.py");
    files::write_whole(&script, SCRIPT)?;
    let log = File::create(launch.log).map_err(on("create", launch.log))?;

    let mut command = Command::new(launch.python);
    command
        .arg(&script)
        .arg("--scratch")
        .arg(launch.home.join("scratch"))
        .args(["--port", &launch.port.unwrap_or(0).to_string()])
        .env_clear()
        .envs(INHERITED.iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
        .envs(SETTINGS)
        .envs(launch.environment)
        .stdout(Stdio::piped())
        .stderr(log);
    match launch.owner {
        Owner::ThisProcess => command.stdin(Stdio::piped()),
        Owner::Nobody { recorder, socket } => {
            command.args(["--detached", "--"]).args(recorder).stdin(OwnedFd::from(socket))
        }
    };
    command
        .spawn()
        .map_err(|source| KeeperError::Spawn { python: launch.python.to_owned(), source })
}

/// Settings of ministack and of the functions.
const SETTINGS: [(&str, &str); 10] = [
    ("MINISTACK_REGION", REGION),
    // Queue URLs then start like the endpoint.
    ("MINISTACK_HOST", "127.0.0.1"),
    // Functions run as processes of the host; no daemon is looked for.
    ("LAMBDA_EXECUTOR", "local"),
    ("DOCKER_HOST", "unix:///nonexistent"),
    // Listeners on fixed ports that nobody here needs.
    ("IOT_MTLS_ENABLED", "0"),
    ("SFTP_ENABLED", "0"),
    // Nothing of a developer's own account reaches the functions.
    ("AWS_CONFIG_FILE", "/dev/null"),
    ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    // As in Lambda.
    ("TZ", "UTC"),
];
