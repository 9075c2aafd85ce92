//! The pages where customers choose, in a real browser and without scripts: they fit a
//! phone in every language, and their forms do what they say.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bellhop::catalogue::Catalogue;
use bellhop::content::{LinkKeys, Renderer, Scope, Shop, Subject, Token};
use bellhop::customer::{Chooser, KeepPreferences};
use bellhop::model::Topic;
use bellhop::preferences::{Desk, Topics, answer};
use bellhop_tests::world::{InMemory, World};
use serde_json::json;

use crate::browser::{page, visit};
use crate::browser_or_skip;

fn keys() -> LinkKeys {
    LinkKeys::parse("0123456789abcdef").unwrap()
}

fn link(path: &str, scope: Scope) -> String {
    let subject = Subject::Customer("c-77".into());
    format!("/{path}/{}", keys().seal(&Token { scope, subject }))
}

/// Asks the function, and answers as it does, but that the test may look into the page.
async fn asked(
    State(desk): State<Arc<Desk<InMemory>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers.get("content-type").map_or("", |kind| kind.to_str().unwrap());
    let request = serde_json::from_value(json!({
        "rawPath": uri.path(), "rawQueryString": uri.query().unwrap_or_default(),
        "headers": {"content-type": kind},
        "requestContext": {"http": {"method": method.as_str()}},
        "body": std::str::from_utf8(&body).unwrap(),
    }));
    let answered = answer(&desk, &request.unwrap()).await;
    let mut headers = HeaderMap::new();
    for (name, value) in &answered.headers {
        let value = value.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
        headers.insert(*name, value.replace("DENY", "SAMEORIGIN").parse().unwrap());
    }
    let status = axum::http::StatusCode::from_u16(answered.status_code).unwrap();
    (status, headers, answered.body).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_choose_on_a_phone_and_without_scripts_in_every_language() {
    let Some(program) = browser_or_skip() else { return };
    let world = World::new();
    let (ledger, profiles, clock) = world.stores();
    let shop = Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    let renderer = Renderer::new(Shop { logo_url: None, ..shop.with_everything() }).unwrap();
    let until = "2027-02-01T00:00:00Z".parse().unwrap();
    let links = json!({
        "locales": renderer.locales(),
        "page": link("p", Scope::Preferences { until }),
        "unsubscribe": link("u", Scope::Unsubscribe(Topic::Reviews)),
        "forged": "/u/k1.cmNjLTc3.forged",
    });
    let locales = renderer.locales().len();
    let topics = Topics::of(&Catalogue::built_in().unwrap());
    let (renderer, keys) = (renderer.into(), keys());
    let profiles_of_desk = profiles.clone();
    let desk =
        Desk::<InMemory> { keys, topics, renderer, ledger, profiles: profiles_of_desk, clock };

    let links: &'static str = format!("const LINKS = {links};").leak();
    let (html, js) = (include_str!("preferences.html"), include_str!("preferences.js"));
    let pages = Router::new()
        .route("/look.html", get(move || async move { page("text/html", html) }))
        .route("/look.js", get(move || async move { page("text/javascript", js) }))
        .route("/links.js", get(move || async move { page("text/javascript", links) }))
        .fallback(asked)
        .with_state(Arc::new(desk));
    let seen = visit(program, pages).await;
    assert_eq!(seen.problems, [""; 0]);
    assert_eq!(seen.looks, 3 * locales);

    let known = profiles.preferences(&Chooser::Customer("c-77".into())).await.unwrap();
    let unwanted = known.choices().iter().filter(|choice| !choice.wanted);
    let unwanted: Vec<_> =
        unwanted.map(|c| format!("{}.{}", c.topic.as_str(), c.channel)).collect();
    let expected = ["order_updates.sms", "reviews.email", "reviews.sms", "reviews.push"];
    assert_eq!(unwanted, expected);
}
