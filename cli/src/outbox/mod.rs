//! The outbox page: every message as the customer sees it, beside the history
//! of its order. The recorder of the local AWS serves it.
//!
//! Nothing on the page comes from elsewhere, and nothing in a message can run:
//! all text is escaped, and an e-mail's HTML stands in a sandboxed frame.

mod email;
mod message;
mod orders;
mod page;
mod push;
mod story;
mod text;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use bellhop::model::ProviderMessageId;
use bellhop_local::recorder::{Outbox, RecordedContent, RecordedMessage};

use crate::look;
use message::{Row, Shown};
use orders::Orders;
use page::Page;
use story::Story;

/// What the page itself may do: load its own style, script and frames.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Why a page can't be shown.
#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("There is no such message.")]
    NoMessage,
    #[error("The page can't be written: {0}")]
    Template(#[from] minijinja::Error),
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NoMessage => StatusCode::NOT_FOUND,
            Self::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}

/// The pages, to be served by the recorder. A message is named by its place
/// among the recorded ones, from 1.
pub fn pages() -> Router<Outbox> {
    Router::new()
        .route("/", get(newest))
        .route("/_bellhop/messages/{number}", get(chosen))
        .route("/_bellhop/messages/{number}/html", get(html))
        .route("/_bellhop/messages/{number}/html-with-images", get(html_with_images))
        .route("/_bellhop/look.css", get(|| style(look::STYLE)))
        .route("/_bellhop/outbox.css", get(|| style(include_str!("outbox.css"))))
        .route("/_bellhop/outbox.js", get(script))
        .layer(Extension(Arc::new(Orders::default())))
}

async fn newest(
    State(outbox): State<Outbox>,
    Extension(orders): Extension<Arc<Orders>>,
) -> Result<Response, PageError> {
    let messages = outbox.messages();
    let page = Page { home: true, ..show(&outbox, &orders, &messages, messages.len()).await };
    respond(&page)
}

async fn chosen(
    State(outbox): State<Outbox>,
    Extension(orders): Extension<Arc<Orders>>,
    Path(number): Path<usize>,
) -> Result<Response, PageError> {
    let messages = outbox.messages();
    nth(&messages, number).ok_or(PageError::NoMessage)?;
    respond(&show(&outbox, &orders, &messages, number).await)
}

fn nth(messages: &[RecordedMessage], number: usize) -> Option<&RecordedMessage> {
    messages.get(number.checked_sub(1)?)
}

async fn show(
    outbox: &Outbox,
    orders: &Orders,
    messages: &[RecordedMessage],
    number: usize,
) -> Page {
    let row = |(index, message)| Row::of(message, index + 1, number);
    let rows = messages.iter().enumerate().rev().map(row).collect();
    let (message, story) = match nth(messages, number) {
        Some(message) => {
            let found = orders.of(outbox.upstream(), message).await;
            let place = |id: &ProviderMessageId| {
                Some(messages.iter().position(|m| m.message_id == id.as_str())? + 1)
            };
            (Some(Shown::of(message, number)), Some(Story::of(found, place)))
        }
        None => (None, None),
    };
    Page { home: false, rows, message, story }
}

fn respond(page: &Page) -> Result<Response, PageError> {
    Ok(guarded(PAGE_POLICY, page.html()?))
}

fn guarded(policy: &'static str, html: String) -> Response {
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Html(html)).into_response()
}

async fn html(outbox: State<Outbox>, number: Path<usize>) -> Result<Response, PageError> {
    framed(&outbox, *number, email::POLICY)
}

async fn html_with_images(
    outbox: State<Outbox>,
    number: Path<usize>,
) -> Result<Response, PageError> {
    framed(&outbox, *number, email::POLICY_WITH_IMAGES)
}

fn framed(outbox: &Outbox, number: usize, policy: &'static str) -> Result<Response, PageError> {
    let messages = outbox.messages();
    let content = nth(&messages, number).map(|message| &message.content);
    let Some(RecordedContent::Email(email)) = content else { return Err(PageError::NoMessage) };
    let html = email.html.as_deref().ok_or(PageError::NoMessage)?;
    Ok(guarded(policy, email::with_links_outside(html)))
}

async fn style(css: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

async fn script() -> Response {
    let kind = "text/javascript; charset=utf-8";
    ([(CONTENT_TYPE, kind)], include_str!("outbox.js")).into_response()
}

#[cfg(test)]
mod tests;
