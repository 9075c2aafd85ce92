//! Requests that a function URL hands on, and what it answers.
//!
//! Few fields are read, so there is no framework, and no crate of events, between Lambda and
//! the work: both would cost every cold start and bring nothing.
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A request, as a function URL hands it on (payload format 2.0).
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UrlRequest {
    /// The path, from `/`.
    pub raw_path: String,
    /// What stands after `?`.
    #[serde(default)]
    pub raw_query_string: String,
    /// By their names, in small letters.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    request_context: RequestContext,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// Path, query and body hold what nobody else may read.
impl fmt::Debug for UrlRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlRequest").field("method", &self.method()).finish_non_exhaustive()
    }
}

#[derive(Clone, Deserialize)]
struct RequestContext {
    http: Method,
}

#[derive(Clone, Deserialize)]
struct Method {
    method: String,
}

/// Why there is no body that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// It is longer than it may be.
    TooLarge,
    /// It is no Base64, although the request says so.
    Malformed,
}

impl UrlRequest {
    /// The method, in capitals.
    pub fn method(&self) -> &str {
        &self.request_context.http.method
    }

    /// The body, of at most so many bytes; an empty one, where there is none.
    ///
    /// # Errors
    /// [`BodyError`].
    pub fn body(&self, most: usize) -> Result<Vec<u8>, BodyError> {
        let body = self.body.as_deref().unwrap_or_default();
        // Base64 is longer by a third.
        if body.len() > most * 4 / 3 + 4 {
            return Err(BodyError::TooLarge);
        }
        let body = if self.is_base64_encoded {
            STANDARD.decode(body).map_err(|_| BodyError::Malformed)?
        } else {
            body.as_bytes().to_vec()
        };
        if body.len() > most { Err(BodyError::TooLarge) } else { Ok(body) }
    }
}

/// What a function URL answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The HTTP status.
    pub status_code: u16,
    /// The headers.
    pub headers: BTreeMap<&'static str, Cow<'static, str>>,
    /// The body.
    pub body: String,
}
