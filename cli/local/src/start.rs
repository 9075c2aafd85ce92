use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use crate::build::{self, Executables};
use crate::keeper::{Keeper, Launch, Owner};
use crate::progress::{Progress, step};
use crate::stack::{self, Deployment};
use crate::{LocalError, LocalStack, Options, REGION, blocking, files, python};

/// What a start needs and the local AWS does not change.
pub(crate) struct Prepared {
    pub(crate) python: PathBuf,
    pub(crate) executables: Executables,
}

/// Installs, builds, starts and deploys. `owner` says who ends the local AWS,
/// given the socket the recorder is to listen on.
pub(crate) async fn start(
    options: Options,
    progress: &dyn Progress,
    home: &Path,
    log: &Path,
    owner: impl FnOnce(&Prepared, TcpListener) -> io::Result<Owner>,
) -> Result<(Keeper, LocalStack), LocalError> {
    if let Some(port) = options.port {
        // The keeper binds it in a moment; saying so now saves a build.
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|_| LocalError::PortTaken(port))?;
    }
    let path = options.template.unwrap_or_else(|| files::workspace().join("template.yaml"));
    let template = stack::read_template(path)?;
    let prepared = prepare(progress, home, template.binaries.clone()).await?;

    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(LocalError::Recorder)?;
    let address = socket.local_addr().map_err(LocalError::Recorder)?;
    let recorder_url = format!("http://{address}");
    let mut environment = BTreeMap::from([
        ("AWS_ENDPOINT_URL_SESV2".to_owned(), recorder_url.clone()),
        ("AWS_ENDPOINT_URL_SNS".to_owned(), recorder_url.clone()),
    ]);
    environment.extend(options.environment);
    let launch = Launch {
        python: &prepared.python,
        home,
        port: options.port,
        log,
        environment,
        owner: owner(&prepared, socket).map_err(LocalError::Recorder)?,
    };
    let keeper = step(progress, "Starting the local AWS", Keeper::start(launch)).await?;

    let deployment = Deployment {
        bound: keeper.bound(),
        template,
        parameters: options.parameters,
        executables: &prepared.executables,
    };
    let outputs = step(progress, "Deploying the stack", stack::deploy(deployment)).await?;
    let stack = LocalStack {
        endpoint: keeper.bound().endpoint.clone(),
        region: REGION.to_owned(),
        outputs,
        recorder_url,
    };
    Ok((keeper, stack))
}

/// One after the other, so that a lack of Python shows before a long build.
async fn prepare(
    progress: &dyn Progress,
    home: &Path,
    binaries: BTreeSet<String>,
) -> Result<Prepared, LocalError> {
    let python = match python::installed(home) {
        Some(python) => python,
        None => {
            let home = home.to_owned();
            let install = blocking(move || python::install(&home));
            step(progress, "Installing the local AWS (once)", install).await?
        }
    };
    let build = blocking(move || build::build(&files::workspace(), &binaries));
    let executables = step(progress, "Building the functions", build).await?;
    Ok(Prepared { python, executables })
}
