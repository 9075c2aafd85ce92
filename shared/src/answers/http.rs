//! The work of `answers`: support's tools ask by HTTPS. A function URL checks who asks, by
//! IAM; here it is said what.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::lookup::{InvalidContact, asked_email, asked_phone, of_contact, of_order};
use crate::channel::Recipient;
use crate::customer::{ContactKey, ReadSuppressions};
use crate::ledger::ReadLedger;
use crate::model::OrderId;
use crate::model::clock::Clock;
use crate::model::failure::CallError;
use crate::platform::telemetry;
use crate::platform::url::{BodyError, Response, UrlRequest};

/// A body holds an address or a number; whatever is longer is something else.
pub const MAX_BODY: usize = 1024;

/// What answering needs from outside.
pub trait Ports {
    /// Where decisions and deliveries are kept.
    type Ledger: ReadLedger;
    /// Where it is known who must not be written to.
    type Suppressions: ReadSuppressions;
    /// The time.
    type Clock: Clock;
}

/// What answering works with.
pub struct Support<P: Ports> {
    /// Where decisions and deliveries are kept.
    pub ledger: P::Ledger,
    /// Where it is known who must not be written to.
    pub suppressions: P::Suppressions,
    /// What contact points are hashed with.
    pub contact_key: ContactKey,
    /// The time.
    pub clock: P::Clock,
}

/// What is asked.
enum Question {
    Order(OrderId),
    Contact(Recipient),
}

/// Why a request is not answered. None quotes what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Unanswered {
    #[error("there is no such page: ask GET /orders/{{id}} or POST /contacts")]
    NotFound,
    #[error("this page takes {0} only")]
    Method(&'static str),
    #[error("the order's id is not valid: {0}")]
    OrderId(String),
    #[error("a body has at most {MAX_BODY} bytes")]
    TooLarge,
    #[error("the body must be {{\"email\": \"…\"}} or {{\"phone\": \"…\"}}, and no more")]
    Body,
    #[error("{0}")]
    Contact(#[from] InvalidContact),
    #[error("a table does not answer; ask again later")]
    Unavailable(CallError),
}

impl Unanswered {
    fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Method(_) => 405,
            Self::TooLarge => 413,
            Self::OrderId(_) | Self::Body | Self::Contact(_) => 400,
            Self::Unavailable(_) => 503,
        }
    }

    fn failed_call(&self) -> Option<&CallError> {
        match self {
            Self::Unavailable(error) => Some(error),
            _ => None,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Method(_) => "method_not_allowed",
            Self::OrderId(_) => "invalid_order_id",
            Self::TooLarge => "too_large",
            Self::Body => "invalid_body",
            Self::Contact(_) => "invalid_contact",
            Self::Unavailable(_) => "unavailable",
        }
    }
}

/// Answers a request. Nothing of it is logged but the kind of page.
pub async fn answer<P: Ports>(support: &Support<P>, request: &UrlRequest) -> Response {
    let page = page(&request.raw_path).0;
    let mut headers = BTreeMap::from([
        ("content-type", "application/json".into()),
        ("cache-control", "no-store".into()),
    ]);
    let (status_code, body) = match answered(support, request).await {
        Ok(body) => {
            telemetry::answered(page, 200, None, support.clock.now());
            (200, body)
        }
        Err(problem) => {
            let now = support.clock.now();
            telemetry::answered(page, problem.status(), problem.failed_call(), now);
            if let Unanswered::Method(allowed) = problem {
                headers.insert("allow", allowed.into());
            }
            let error = json!({"code": problem.code(), "message": problem.to_string()});
            (problem.status(), json!({ "error": error }).to_string())
        }
    };
    Response { status_code, headers, body }
}

async fn answered<P: Ports>(
    support: &Support<P>,
    request: &UrlRequest,
) -> Result<String, Unanswered> {
    let now = support.clock.now();
    let answer = match question(request)? {
        Question::Order(order) => of_order(&support.ledger, &order, now).await.map(|a| json!(a)),
        Question::Contact(contact) => {
            let Support { ledger, suppressions, contact_key, .. } = support;
            of_contact(ledger, suppressions, contact_key, &contact, now).await.map(|a| json!(a))
        }
    };
    answer.map(|answer| answer.to_string()).map_err(Unanswered::Unavailable)
}

/// The page a path names, and what of it is said on.
fn page(path: &str) -> (&'static str, &str) {
    match path.strip_prefix("/orders/") {
        Some(order) => ("orders", order),
        None if path == "/contacts" => ("contacts", ""),
        None => ("none", ""),
    }
}

fn question(request: &UrlRequest) -> Result<Question, Unanswered> {
    let method = request.method();
    match (page(&request.raw_path), method) {
        (("orders", order), "GET") => {
            let order = percent_encoding::percent_decode_str(order).decode_utf8_lossy();
            OrderId::parse(&order).map(Question::Order).map_err(Unanswered::OrderId)
        }
        // In a body, as access logs and browsers keep addresses of pages.
        (("contacts", _), "POST") => contact(request).map(Question::Contact),
        (("orders", _), _) => Err(Unanswered::Method("GET")),
        (("contacts", _), _) => Err(Unanswered::Method("POST")),
        _ => Err(Unanswered::NotFound),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Asked {
    Email(String),
    Phone(String),
}

fn contact(request: &UrlRequest) -> Result<Recipient, Unanswered> {
    let body = request.body(MAX_BODY).map_err(|error| match error {
        BodyError::TooLarge => Unanswered::TooLarge,
        BodyError::Malformed => Unanswered::Body,
    })?;
    match serde_json::from_slice(&body).map_err(|_| Unanswered::Body)? {
        Asked::Email(text) => Ok(asked_email(&text)?),
        Asked::Phone(text) => Ok(asked_phone(&text)?),
    }
}
