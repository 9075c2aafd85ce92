//! The pages, and the headers that keep them apart from all else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::who::Wish;
use crate::content::{LayeredRenderer, RenderError};
use crate::model::{Channel, Topic};
use crate::platform::url::Response;

/// What a page shows.
pub(super) enum Page {
    /// Whether to unsubscribe.
    Unsubscribe(Topic),
    /// That it was done.
    Unsubscribed(Topic),
    /// What there is to choose, and what was chosen; what came of the form, if it was sent.
    Choose(Vec<TopicView>, Option<Said>),
    /// Why nothing was changed.
    Problem(&'static str),
}

/// What came of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    /// It was saved.
    Saved,
    /// It was not, as a channel must stay.
    OneChannel,
}

/// A topic as the page shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct TopicView {
    pub name: &'static str,
    pub required: bool,
    pub boxes: Vec<BoxView>,
}

/// A box of a topic.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct BoxView {
    pub channel: &'static str,
    pub on: bool,
}

impl BoxView {
    pub fn of(wish: Wish) -> Self {
        Self { channel: wish.channel.as_str(), on: wish.wanted }
    }
}

impl Page {
    fn template(&self) -> (&'static str, Value) {
        match self {
            Self::Unsubscribe(topic) => (
                "preferences/unsubscribe.html",
                context! { topic => topic.as_str(), done => false },
            ),
            Self::Unsubscribed(topic) => {
                ("preferences/unsubscribe.html", context! { topic => topic.as_str(), done => true })
            }
            Self::Choose(topics, said) => (
                "preferences/choose.html",
                context! { topics => Value::from(Serde(topics)), said => Value::from(Serde(said)) },
            ),
            Self::Problem(problem) => {
                ("preferences/problem.html", context! { problem => *problem })
            }
        }
    }

    /// The page in this language.
    pub fn render(
        &self,
        renderer: &LayeredRenderer,
        locale: &str,
        now: Timestamp,
    ) -> Result<String, RenderError> {
        let (file, more) = self.template();
        // Mail leads to it, and its overrides are checked with those of mail.
        renderer.render(Channel::Email, now, |renderer| renderer.page(file, locale, more.clone()))
    }
}

/// An answer with these HTML pages' headers. Nothing is loaded but the shop's logo, nothing
/// runs, nothing is kept, and where the page is, which is a secret, is told to nobody.
pub(super) fn response(status_code: u16, html: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src {}; img-src https:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        style(&html)
    );
    let headers: [(&str, Cow<'_, str>); 9] = [
        ("content-type", "text/html; charset=utf-8".into()),
        ("content-security-policy", policy.into()),
        ("referrer-policy", "no-referrer".into()),
        ("x-content-type-options", "nosniff".into()),
        ("x-frame-options", "DENY".into()),
        ("cache-control", "no-store".into()),
        ("x-robots-tag", "noindex, nofollow".into()),
        ("strict-transport-security", "max-age=31536000".into()),
        ("cross-origin-opener-policy", "same-origin".into()),
    ];
    Response { status_code, headers: BTreeMap::from(headers), body: html }
}

/// What allows the page's own style and no other.
fn style(html: &str) -> String {
    let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    match style {
        Some((style, _)) => format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style))),
        None => "'none'".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Colour, Renderer, Shop};
    use crate::event::WebUrl;

    fn shop() -> Shop {
        Shop {
            name: "Tom & <Jerry>".to_owned(),
            url: "https://shop.example".to_owned(),
            default_locale: "en".to_owned(),
            ..Shop::default()
        }
    }

    fn pages() -> Vec<Page> {
        let topics = || {
            let boxes = |channels: &[Channel]| {
                channels.iter().map(|c| BoxView { channel: c.as_str(), on: true }).collect()
            };
            let of =
                |name, required, channels| TopicView { name, required, boxes: boxes(channels) };
            vec![of("order_updates", true, &Channel::ALL), of("reviews", false, &[Channel::Email])]
        };
        let problems = ["link", "expired", "unknown_order", "later", "form", "page"];
        let mut pages: Vec<_> = problems.map(Page::Problem).into();
        pages.extend(Topic::ALL.map(Page::Unsubscribe));
        pages.extend(Topic::ALL.map(Page::Unsubscribed));
        let said = [None, Some(Said::Saved), Some(Said::OneChannel)];
        pages.extend(said.map(|said| Page::Choose(topics(), said)));
        pages
    }

    #[test]
    fn every_page_stands_in_every_language_in_the_shops_look_and_is_escaped() {
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let looks = [
            shop(),
            Shop { colour: Colour::parse("#0b2545").ok(), ..shop() },
            Shop { logo_url: WebUrl::parse("https://shop.example/l.png").ok(), ..shop() }
                .with_everything(),
        ];
        for shop in looks {
            let renderer = Renderer::new(shop.clone()).unwrap();
            let locales = renderer.locales().to_vec();
            let renderer = LayeredRenderer::from(renderer);
            assert!(locales.len() >= 13);
            for (locale, page) in
                locales.iter().flat_map(|l| pages().into_iter().map(move |p| (l, p)))
            {
                let html = page.render(&renderer, locale, now).unwrap();
                assert!(html.contains(&format!("lang=\"{locale}\"")), "{html}");
                assert_eq!(html.contains("dir=\"rtl\""), locale == "ar");
                assert!(!html.contains("<Jerry>") && html.contains("Tom &amp; &lt;Jerry&gt;"));
                assert!(!html.contains("<script") && !html.contains("&amp;amp;"), "{html}");
                assert_eq!(html.matches("<h1>").count(), 1);
                assert_eq!(shop.logo_url.is_some(), html.contains("<img "));
                let colour = shop.colour.map(Colour::hex);
                assert!(colour.is_none_or(|colour| html.contains(&format!("--button: {colour}"))));
            }
        }
    }

    #[test]
    fn what_is_chosen_is_ticked_and_each_box_says_what_it_is() {
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let renderer = LayeredRenderer::from(Renderer::new(shop()).unwrap());
        let boxes =
            vec![BoxView { channel: "email", on: true }, BoxView { channel: "push", on: false }];
        let page = Page::Choose(vec![TopicView { name: "reviews", required: false, boxes }], None);
        let html = page.render(&renderer, "en", now).unwrap();
        assert!(html.contains("name=\"on\" value=\"reviews.email\" checked>"), "{html}");
        assert!(html.contains("name=\"on\" value=\"reviews.push\">"), "{html}");
        assert_eq!(html.matches("name=\"of\"").count(), 2);
        assert!(!html.contains("at least one way"), "nothing of it is required: {html}");
    }

    #[test]
    fn the_style_of_the_page_is_allowed_by_its_hash_and_no_other() {
        let headers = response(200, "<style>a</style><style>b</style>".to_owned()).headers;
        let policy = &headers["content-security-policy"];
        // printf a | openssl dgst -sha256 -binary | base64
        let hash = "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=";
        assert!(policy.contains(&format!("style-src 'sha256-{hash}';")), "{policy}");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let plain = response(200, String::new()).headers;
        assert!(plain["content-security-policy"].contains("style-src 'none';"));
    }
}
