//! The page through the recorder, before a local AWS that only answers.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri};
use axum::routing::post;
use bellhop_local::recorder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;

use super::*;

const SES: &str = "/v2/email/outbound-emails";

const PUBLISHED: &str =
    "<PublishResponse><PublishResult><MessageId>m-2</MessageId></PublishResult></PublishResponse>";

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// The address of a recorder with the pages, before an AWS without a stack.
async fn start() -> String {
    let (listener, upstream) = listen().await;
    let aws = Router::new().route(SES, post(async || "{\"MessageId\":\"m-1\"}")).route(
        "/",
        post(async |body: String| {
            if body.starts_with("Action=Publish&") {
                (StatusCode::OK, PUBLISHED)
            } else {
                (StatusCode::BAD_REQUEST, "<Error/>")
            }
        }),
    );
    tokio::spawn(async { axum::serve(listener, aws).await });

    let (listener, url) = listen().await;
    tokio::spawn(recorder::serve(listener, Outbox::new(&upstream), pages()));
    url
}

async fn send(method: Method, url: &str, body: &str) -> (StatusCode, HeaderMap, String) {
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let uri: Uri = url.parse().unwrap();
    let body = Body::from(body.to_owned());
    let request = Request::builder().method(method).uri(uri).body(body).unwrap();
    let (parts, body) = client.request(request).await.unwrap().into_parts();
    let body = to_bytes(Body::new(body), usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn read(url: &str) -> (StatusCode, HeaderMap, String) {
    send(Method::GET, url, "").await
}

async fn send_email(url: &str, subject: &str, html: &str) {
    let email = serde_json::json!({
        "FromEmailAddress": "\"Shop\" <shop@example.com>",
        "Destination": {"ToAddresses": ["ada@example.com"]},
        "Content": {"Simple": {
            "Subject": {"Data": subject},
            "Body": {"Html": {"Data": html}, "Text": {"Data": "See https://shop.example/1."}},
        }},
    });
    let (status, ..) = send(Method::POST, &format!("{url}{SES}"), &email.to_string()).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn an_empty_outbox_says_what_to_do() {
    let (status, _, page) = read(&start().await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("bellhop publish"), "{page}");
}

#[tokio::test]
async fn nothing_in_a_message_becomes_part_of_the_page() {
    let url = start().await;
    let hostile = "\"><script>alert(1)</script>";
    send_email(&url, hostile, "<html><head></head><script>alert(2)</script>").await;

    for path in ["/", "/_bellhop/messages/1"] {
        let (status, headers, page) = read(&format!("{url}{path}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert!(!page.contains("<script>") && !page.contains("alert(2)"), "{page}");
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"),
            "{policy}"
        );
    }

    let (_, headers, html) = read(&format!("{url}/_bellhop/messages/1/html")).await;
    assert!(html.starts_with("<html><head><base target=\"_blank\"></head>"), "{html}");
    let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("sandbox allow-popups"), "{policy}");
    assert!(!policy.contains("allow-scripts") && !policy.contains("http:"), "{policy}");
}

#[tokio::test]
async fn text_messages_are_forwarded_and_shown() {
    let url = start().await;
    let sms = "Action=Publish&PhoneNumber=%2B436601234567&Message=Track+https%3A%2F%2Ft.example";
    let (status, _, answer) = send(Method::POST, &format!("{url}/"), sms).await;
    assert_eq!(status, StatusCode::OK);
    assert!(answer.contains("m-2"), "{answer}");

    let (_, _, page) = read(&url).await;
    assert!(page.contains("to +436601234567"), "{page}");
    assert!(page.contains("<a href=\"https:&#x2f;&#x2f;t.example\""), "{page}");
}

#[tokio::test]
async fn a_push_message_is_a_card_of_its_platform_with_its_words_escaped() {
    let url = start().await;
    let card = "%7B%22aps%22%3A%7B%22alert%22%3A%7B%22title%22%3A%22%3Cb%3E%22%2C%22body%22%3A%22x%22%7D%7D%7D";
    let payload = card.replace("%22", "%5C%22");
    let push = format!(
        "Action=Publish&TargetArn=arn%3Aendpoint&Message=%7B%22APNS%22%3A%22{payload}%22%7D"
    );
    let (status, ..) = send(Method::POST, &format!("{url}/"), &push).await;
    assert_eq!(status, StatusCode::OK);

    let (_, _, page) = read(&url).await;
    assert!(page.contains("<div class=\"device card ios\""), "{page}");
    assert!(page.contains("<b class=\"title\" dir=\"auto\">&lt;b&gt;</b>"), "{page}");
    let (status, headers, style) = read(&format!("{url}/_bellhop/look.css")).await;
    assert_eq!(
        (status, &headers[CONTENT_TYPE]),
        (StatusCode::OK, &"text/css; charset=utf-8".parse().unwrap())
    );
    assert!(style.contains(".card {"), "{style}");
}

#[tokio::test]
async fn a_message_is_shown_without_a_ledger_and_the_page_says_so() {
    let url = start().await;
    send_email(&url, "On its way", "<p>x</p>").await;
    let (status, _, page) = read(&format!("{url}/_bellhop/messages/1")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("On its way"), "{page}");
    assert!(page.contains("The ledger can’t be read"), "{page}");
}

#[tokio::test]
async fn there_are_only_the_messages_that_were_sent() {
    let url = start().await;
    send_email(&url, "x", "x").await;
    for number in ["0", "2", "99"] {
        let (status, ..) = read(&format!("{url}/_bellhop/messages/{number}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{number}");
    }
}
