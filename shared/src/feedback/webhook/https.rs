//! The one call, by the HTTPS client that the AWS SDK brings: it follows no redirect, and of
//! the answer only the status is read.

use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::body::SdkBody;
use tokio::time::timeout;

use super::{CallWebhook, Endpoint, WebhookRequest};
use crate::model::Reason;

/// How long a call may take, connection and answer included. A receiver answers at once
/// and works afterwards.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Calls by HTTPS.
#[derive(Debug)]
pub struct HttpsCaller {
    connector: Connector,
    timeout: Duration,
}

impl HttpsCaller {
    /// A caller that trusts whom the system trusts: the application's certificate is not
    /// one of Amazon's.
    pub fn new() -> Self {
        let tls = tls::Provider::Rustls(CryptoMode::Ring);
        Self { connector: Connector::builder().tls_provider(tls).build(), timeout: TIMEOUT }
    }

    /// The same with another patience.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }
}

impl Default for HttpsCaller {
    fn default() -> Self {
        Self::new()
    }
}

impl CallWebhook for HttpsCaller {
    async fn call(&self, endpoint: &Endpoint, request: WebhookRequest) -> Result<u16, Reason> {
        let request = build(endpoint, request).map_err(|_| Reason::NotConstructed)?;
        let answer = timeout(self.timeout, self.connector.call(request)).await;
        let answer = answer.map_err(|_| Reason::NoAnswer)?;
        answer.map(|response| response.status().as_u16()).map_err(|_| Reason::NoAnswer)
    }
}

fn build(endpoint: &Endpoint, request: WebhookRequest) -> Result<HttpRequest, HttpError> {
    let mut built = HttpRequest::new(SdkBody::from(request.body));
    built.set_method("POST")?;
    built.set_uri(endpoint.as_str())?;
    for (name, value) in request.headers {
        built.headers_mut().try_insert(name, value)?;
    }
    Ok(built)
}
