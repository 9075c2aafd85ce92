//! A REST API: a path goes out, JSON comes back.

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use axum::http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ApiError, Call, Service, send};

/// Posts JSON to a path of a service. What it answers is not read.
///
/// # Errors
/// [`ApiError`].
pub async fn post(
    config: &SdkConfig,
    service: Service,
    operation: &'static str,
    path: &str,
    body: &serde_json::Value,
) -> Result<(), ApiError> {
    let call = Call {
        service,
        operation,
        method: Method::POST,
        path: path.to_owned(),
        content_type: Some("application/json"),
        body: body.to_string(),
        error,
    };
    send(config, call).await.map(drop)
}

/// Reads what is at a path of a service, which begins with a slash and may have a query.
///
/// # Errors
/// [`ApiError`].
pub async fn rest<T: DeserializeOwned>(
    config: &SdkConfig,
    service: Service,
    operation: &'static str,
    path: &str,
) -> Result<T, ApiError> {
    let call = Call {
        service,
        operation,
        method: Method::GET,
        path: path.to_owned(),
        content_type: None,
        body: String::new(),
        error,
    };
    let answer = send(config, call).await?;
    serde_json::from_slice(&answer).map_err(|error| ApiError::Unreadable(error.into()))
}

/// Source: the Smithy specification, "AWS restJson1 protocol", operation error
/// serialization: the code stands in a header, up to a colon.
fn error(response: &HttpResponse) -> Option<ApiError> {
    #[derive(Default, Deserialize)]
    struct Words {
        #[serde(alias = "Message", default)]
        message: String,
        #[serde(rename = "__type")]
        kind: Option<String>,
    }
    let body = response.body().bytes().unwrap_or_default();
    let words: Words = serde_json::from_slice(body).unwrap_or_default();
    let header = response.headers().get("x-amzn-errortype").map(str::to_owned);
    let code = header.or(words.kind)?;
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().to_owned();
    Some(ApiError::Answered { code, message: words.message })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::http::{HeaderMap, StatusCode, Uri};
    use axum::routing::get;
    use serde_json::Value;
    use tokio::net::TcpListener;

    use super::*;
    use crate::api::LAMBDA;

    #[tokio::test]
    async fn a_signed_request_is_answered_with_json_or_an_error_of_its_code() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = crate::sdk_config(&format!("http://{}", listener.local_addr().unwrap()));
        let answer = get(|headers: HeaderMap, uri: Uri| async move {
            let signature = headers["authorization"].to_str().unwrap();
            assert!(signature.contains("/eu-west-1/lambda/aws4_request"), "{signature}");
            match uri.to_string().as_str() {
                "/layers?Arn=a%3Ab" => Ok(r#"{"Version": 3}"#),
                _ => Err((
                    StatusCode::NOT_FOUND,
                    [("x-amzn-errortype", "ResourceNotFoundException:http://x")],
                    r#"{"Type": "User", "Message": "not there"}"#,
                )),
            }
        });
        tokio::spawn(async { axum::serve(listener, Router::new().fallback(answer)).await });

        let found: Value = rest(&config, LAMBDA, "Get", "/layers?Arn=a%3Ab").await.unwrap();
        assert_eq!(found["Version"], 3);
        let error = rest::<Value>(&config, LAMBDA, "Get", "/layers").await.unwrap_err();
        assert_eq!(error.to_string(), "ResourceNotFoundException: not there");
    }
}
