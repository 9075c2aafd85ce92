//! A proxy between the functions and the local AWS that remembers the messages
//! which passed, because the local AWS shows no push messages and forgets
//! headers and tags.

use std::io;
use std::net::TcpListener as StdListener;
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{StatusCode, Uri, response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bellhop::clock::{Clock, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::http::{self, Client, HttpError};
pub use super::recorded::{RecordedContent, RecordedEmail, RecordedMessage};

/// Where a recorder tells its messages, as a JSON list.
pub const MESSAGES_PATH: &str = "/_bellhop/messages";

/// The largest request there is: SES takes messages of 40 MB.
const LARGEST: usize = 64 * 1024 * 1024;

/// The messages recorded so far, oldest first. Clones share them.
#[derive(Clone, Debug)]
pub struct Outbox {
    upstream: Arc<str>,
    messages: Arc<Mutex<Vec<RecordedMessage>>>,
}

impl Outbox {
    /// An empty one before the local AWS at `upstream` (`http://127.0.0.1:4566`).
    pub fn new(upstream: &str) -> Outbox {
        Outbox { upstream: upstream.into(), messages: Arc::default() }
    }

    /// The address of the local AWS it stands before.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    /// All messages, in the order they were accepted.
    pub fn messages(&self) -> Vec<RecordedMessage> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, message: RecordedMessage) {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).push(message);
    }
}

/// Forwards every request to the local AWS and records the messages among
/// them, for ever. `pages` are served beside.
///
/// # Errors
/// Those of the listener.
pub async fn serve(listener: TcpListener, outbox: Outbox, pages: Router<Outbox>) -> io::Result<()> {
    let client = http::client();
    let forward = move |outbox: State<Outbox>, request: Request| forward(client, outbox.0, request);
    let router = pages
        .route(MESSAGES_PATH, get(list))
        .fallback(forward.clone())
        // A page at `/` must not keep what is posted to SNS there.
        .method_not_allowed_fallback(forward)
        .with_state(outbox);
    axum::serve(listener, router).await
}

/// Serves on the listening socket that [`super::up`] hands to the recorder's
/// process as its standard input.
///
/// # Errors
/// That standard input is no listening socket.
pub async fn serve_inherited(upstream: String, pages: Router<Outbox>) -> io::Result<()> {
    let socket = StdListener::from(io::stdin().as_fd().try_clone_to_owned()?);
    serve(listener(socket)?, Outbox::new(&upstream), pages).await
}

/// A recorder on a thread of its own: tests share one among the runtimes each
/// of them has.
#[derive(Debug)]
pub(crate) struct Recorder {
    _stop: oneshot::Sender<()>,
}

impl Recorder {
    pub(crate) fn start(
        socket: StdListener,
        outbox: Outbox,
        pages: Router<Outbox>,
    ) -> io::Result<Recorder> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _guard = runtime.enter();
            listener(socket)?
        };
        thread::Builder::new().name("recorder".into()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = serve(listener, outbox, pages) => {}
                    // Dropping the sender is the signal.
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Recorder { _stop: stop })
    }
}

fn listener(socket: StdListener) -> io::Result<TcpListener> {
    socket.set_nonblocking(true)?;
    TcpListener::from_std(socket)
}

async fn list(State(outbox): State<Outbox>) -> Response {
    match serde_json::to_vec(&outbox.messages()) {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn forward(client: Client, outbox: Outbox, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    match exchange(&client, outbox.upstream(), request).await {
        Ok((sent, parts, answer)) => {
            if parts.status.is_success()
                && let Some(message) =
                    super::recorded::read(&path, &sent, &answer, SystemClock.now())
            {
                outbox.add(message);
            }
            Response::from_parts(parts, Body::from(answer))
        }
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

/// Sends `request` on as it is and returns both bodies.
async fn exchange(
    client: &Client,
    upstream: &str,
    request: Request,
) -> Result<(Bytes, response::Parts, Bytes), HttpError> {
    let (mut parts, body) = request.into_parts();
    let sent = to_bytes(body, LARGEST).await?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = format!("{upstream}{path}").parse::<Uri>().map_err(axum::http::Error::from)?;
    parts.headers.remove(HOST);
    let request = Request::from_parts(parts, Body::from(sent.clone()));
    let (parts, body) = client.request(request).await?.into_parts();
    Ok((sent, parts, to_bytes(Body::new(body), usize::MAX).await?))
}
