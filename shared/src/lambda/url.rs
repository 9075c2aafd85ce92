//! A function URL as a source: one request, one response.

use std::future::Future;

use lambda_runtime::{Error, LambdaEvent, service_fn};

use crate::platform::url::{Response, UrlRequest};

/// Serves requests of a function URL.
///
/// # Errors
/// If the Lambda runtime API is gone.
pub async fn serve_url<W, F>(work: W) -> Result<(), Error>
where
    W: Fn(UrlRequest) -> F,
    F: Future<Output = Response>,
{
    let work = &work;
    let handler =
        |event: LambdaEvent<UrlRequest>| async move { Ok::<_, Error>(work(event.payload).await) };
    lambda_runtime::run(service_fn(handler)).await
}
