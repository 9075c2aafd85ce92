use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Method, Request, StatusCode};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// A client for plain HTTP on this machine.
pub(crate) type Client = legacy::Client<HttpConnector, Body>;

pub(crate) fn client() -> Client {
    legacy::Client::builder(TokioExecutor::new()).build_http()
}

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is not one.
    #[error("invalid address: {0}")]
    Address(#[from] axum::http::Error),
    /// No complete answer came.
    #[error("no answer: {0}")]
    NoAnswer(#[from] legacy::Error),
    /// The answer is not a good one.
    #[error("the answer is {0}")]
    Status(StatusCode),
    /// The answer broke off.
    #[error("the answer broke off: {0}")]
    Broken(#[from] axum::Error),
}

/// The content at an address of the local AWS.
///
/// # Errors
/// [`HttpError`], also if the answer's status is no success.
pub async fn get(url: &str) -> Result<Bytes, HttpError> {
    let (status, content) = send(&client(), Method::GET, url, Vec::new()).await?;
    if status.is_success() { Ok(content) } else { Err(HttpError::Status(status)) }
}

/// Sends one request and returns the whole answer, whatever its status.
pub(crate) async fn send(
    client: &Client,
    method: Method,
    url: &str,
    body: Vec<u8>,
) -> Result<(StatusCode, Bytes), HttpError> {
    let request = Request::builder().method(method).uri(url).body(Body::from(body))?;
    let response = client.request(request).await?;
    let status = response.status();
    Ok((status, to_bytes(Body::new(response.into_body()), usize::MAX).await?))
}
