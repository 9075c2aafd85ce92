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
use bellhop::model::clock::{Clock, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::http::{self, Client, HttpError};
pub use crate::recorded::{RecordedContent, RecordedEmail, RecordedMessage};

/// Where a recorder lists its messages, as a JSON list.
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

/// Serves on the listening socket that [`crate::up`] hands to the recorder's
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
                    crate::recorded::read(&path, &sent, &answer, SystemClock.now())
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

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use axum::routing::post;

    use super::*;

    const PUBLISHED: &str = "<R><MessageId>m-1</MessageId></R>";
    const SMS: &str = "Action=Publish&PhoneNumber=%2B43660&Message=Hallo";

    /// A local AWS that rejects messages with `bad` in them.
    async fn aws(body: String) -> Response {
        if body.contains("bad") {
            (StatusCode::BAD_REQUEST, [("x-amzn-requestid", "r-1")], body).into_response()
        } else {
            PUBLISHED.into_response()
        }
    }

    async fn listening() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        (listener, url)
    }

    #[tokio::test]
    async fn every_request_gets_the_local_awss_answer_and_accepted_messages_are_kept() {
        let (listener, upstream) = listening().await;
        tokio::spawn(async { axum::serve(listener, Router::new().route("/", post(aws))).await });
        let (listener, url) = listening().await;
        let outbox = Outbox::new(&upstream);
        tokio::spawn(serve(listener, outbox.clone(), Router::new().route("/", get("a page"))));

        let client = http::client();
        let send = |body: &str| http::send(&client, Method::POST, &url, body.into());
        let (status, answer) = send(&format!("{SMS}+bad")).await.expect("an answer");
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(answer, format!("{SMS}+bad"));
        assert_eq!(outbox.messages(), []);

        let (status, answer) = send(SMS).await.expect("an answer");
        assert_eq!((status, &answer[..]), (StatusCode::OK, PUBLISHED.as_bytes()));
        assert_eq!(outbox.messages().len(), 1);

        let list = http::get(&format!("{url}{MESSAGES_PATH}")).await.expect("a list");
        let list: Vec<RecordedMessage> = serde_json::from_slice(&list).expect("messages");
        assert_eq!(list, outbox.messages());
        assert_eq!(http::get(&url).await.expect("a page"), "a page");
    }

    #[tokio::test]
    async fn without_a_local_aws_the_answer_says_so() {
        let (gone, upstream) = listening().await;
        drop(gone);
        let (listener, url) = listening().await;
        tokio::spawn(serve(listener, Outbox::new(&upstream), Router::new()));
        let answer = http::send(&http::client(), Method::POST, &url, SMS.into()).await;
        assert_eq!(answer.expect("an answer").0, StatusCode::BAD_GATEWAY);
    }
}
