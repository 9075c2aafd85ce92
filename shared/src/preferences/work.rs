//! The work of `preferences`: what a link leads to, and what is sent there. A `GET` shows and
//! changes nothing, for programs open links before people do; a `POST` changes what its form
//! says, and the same again changes nothing more.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::form;
use super::page::{BoxView, Page, Said, TopicView, response};
use super::topics::Topics;
use super::who::{Who, Wish};
use crate::content::{
    LANGUAGE_PARAMETER, LayeredRenderer, LinkKeys, PREFERENCES_PATH, Scope, Token, TokenError,
    UNSUBSCRIBE_PATH,
};
use crate::customer::{How, KeepPreferences, Preferences};
use crate::ledger::ReadOrderContacts;
use crate::model::clock::Clock;
use crate::model::failure::CallError;
use crate::model::{Channel, Topic};
use crate::platform::telemetry;
use crate::platform::url::{BodyError, Response, UrlRequest};

/// A form has a few short fields; whatever is longer is something else.
pub const MAX_BODY: usize = 8 * 1024;

/// What answering customers needs from outside.
pub trait Ports {
    /// Where a guest's contact points are found by their order.
    type Ledger: ReadOrderContacts;
    /// Where choices are kept.
    type Profiles: KeepPreferences;
    /// The time.
    type Clock: Clock;
}

/// What answering customers works with.
pub struct Desk<P: Ports> {
    /// What proves links.
    pub keys: LinkKeys,
    /// What there is to choose.
    pub topics: Topics,
    /// What makes the pages.
    pub renderer: LayeredRenderer,
    /// Where a guest's contact points are found by their order.
    pub ledger: P::Ledger,
    /// Where choices are kept.
    pub profiles: P::Profiles,
    /// The time.
    pub clock: P::Clock,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Unsubscribe,
    Preferences,
}

/// Why nothing is done. None says anything of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Undone {
    #[error("there is no such page")]
    NotFound,
    #[error("the page takes GET and POST")]
    Method,
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error("the token is for another page")]
    WrongScope,
    #[error("the guest's order is not known (any more)")]
    UnknownOrder,
    #[error("the form is too large")]
    TooLarge,
    #[error("the form can't be read")]
    Form,
    #[error("a table does not answer")]
    Unavailable(#[from] CallError),
}

impl Undone {
    fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Method => 405,
            Self::Token(TokenError::Malformed) | Self::Form => 400,
            Self::Token(TokenError::Unproven) | Self::WrongScope => 403,
            Self::Token(TokenError::Expired) | Self::UnknownOrder => 410,
            Self::TooLarge => 413,
            Self::Unavailable(_) => 503,
        }
    }

    /// What the page says.
    fn problem(&self) -> &'static str {
        match self {
            Self::NotFound => "page",
            Self::Token(TokenError::Expired) => "expired",
            Self::Token(_) | Self::WrongScope => "link",
            Self::UnknownOrder => "unknown_order",
            Self::Method | Self::TooLarge | Self::Form => "form",
            Self::Unavailable(_) => "later",
        }
    }

    fn failed_call(&self) -> Option<&CallError> {
        match self {
            Self::Unavailable(error) => Some(error),
            _ => None,
        }
    }
}

/// Answers a request. Nothing of it is logged but the kind of page and what came of it.
pub async fn answer<P: Ports>(desk: &Desk<P>, request: &UrlRequest) -> Response {
    let now = desk.clock.now();
    let (page, done) = match done(desk, request, now).await {
        Ok(page) => (page, None),
        Err(undone) => (Page::Problem(undone.problem()), Some(undone)),
    };
    let status = done.as_ref().map_or_else(|| page.status(), Undone::status);
    let kind = place(&request.raw_path).map_or("none", |(place, _)| place.name());
    let failed = done.as_ref().and_then(Undone::failed_call);
    telemetry::preferences_answered(kind, page.outcome(), status, failed, now);
    // A page that can't be made would be made wrong again; what it was about is done.
    let html = page.render(&desk.renderer, &locale(request), now).unwrap_or_default();
    let mut response = response(status, html);
    if done == Some(Undone::Method) {
        response.headers.insert("allow", "GET, HEAD, POST".into());
    }
    if request.method() == "HEAD" {
        response.body.clear();
    }
    response
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Unsubscribe => "unsubscribe",
            Self::Preferences => "preferences",
        }
    }
}

impl Page {
    fn status(&self) -> u16 {
        match self {
            Self::Choose(_, Some(Said::OneChannel)) => 422,
            _ => 200,
        }
    }

    /// What came of the request, for the log.
    fn outcome(&self) -> &'static str {
        match self {
            Self::Unsubscribe(_) | Self::Choose(_, None) => "shown",
            Self::Unsubscribed(_) => "unsubscribed",
            Self::Choose(_, Some(Said::Saved)) => "saved",
            Self::Choose(_, Some(Said::OneChannel)) => "one_channel",
            Self::Problem(problem) => problem,
        }
    }
}

async fn done<P: Ports>(
    desk: &Desk<P>,
    request: &UrlRequest,
    now: Timestamp,
) -> Result<Page, Undone> {
    let (place, token) = place(&request.raw_path).ok_or(Undone::NotFound)?;
    let form = match request.method() {
        "GET" | "HEAD" => None,
        "POST" => Some(form(request)?),
        _ => return Err(Undone::Method),
    };
    let Token { scope, subject } = desk.keys.open(token, now)?;
    let who = async || Who::find(&desk.ledger, &subject).await?.ok_or(Undone::UnknownOrder);
    match (place, scope, form) {
        (Place::Unsubscribe, Scope::Unsubscribe(topic), None) => Ok(Page::Unsubscribe(topic)),
        (Place::Unsubscribe, Scope::Unsubscribe(topic), Some(form)) => {
            let how = clicked(&form).ok_or(Undone::Form)?;
            let all = Channel::ALL.map(|channel| Wish { topic, channel, wanted: false });
            who().await?.choose(&desk.profiles, &all, now, how).await?;
            Ok(Page::Unsubscribed(topic))
        }
        (Place::Preferences, Scope::Preferences { .. }, None) => {
            let who = who().await?;
            let wishes = wishes(desk, &who).await?;
            Ok(Page::Choose(views(desk, &wishes), None))
        }
        (Place::Preferences, Scope::Preferences { .. }, Some(form)) => {
            save(desk, &who().await?, &form, now).await
        }
        _ => Err(Undone::WrongScope),
    }
}

/// What a path leads to, and its token. There may be a path of the shop's before it.
fn place(path: &str) -> Option<(Place, &str)> {
    let (head, token) = path.rsplit_once('/').filter(|(_, token)| !token.is_empty())?;
    match head.rsplit_once('/')?.1 {
        UNSUBSCRIBE_PATH => Some((Place::Unsubscribe, token)),
        PREFERENCES_PATH => Some((Place::Preferences, token)),
        _ => None,
    }
}

/// The language that the link names, else the one that the browser asks for.
fn locale(request: &UrlRequest) -> String {
    let query = url::form_urlencoded::parse(request.raw_query_string.as_bytes());
    let mut named = query.filter(|(name, _)| name == LANGUAGE_PARAMETER).map(|(_, tag)| tag.into());
    let asked = || {
        let header = request.headers.get("accept-language")?;
        header.split([',', ';']).next().map(str::to_owned)
    };
    named.next().or_else(asked).filter(|tag: &String| tag.len() <= 35).unwrap_or_default()
}

type Fields = Vec<(String, String)>;

fn form(request: &UrlRequest) -> Result<Fields, Undone> {
    let body = request.body(MAX_BODY).map_err(|error| match error {
        BodyError::TooLarge => Undone::TooLarge,
        BodyError::Malformed => Undone::Form,
    })?;
    let kind = request.headers.get("content-type").map_or("", String::as_str);
    form::fields(kind, &body).ok_or(Undone::Form)
}

/// How they unsubscribe; none, if the form says no such thing.
fn clicked(form: &Fields) -> Option<How> {
    form.iter().find_map(|(name, value)| match (name.as_str(), value.as_str()) {
        // Source: RFC 8058 section 3.1.
        ("List-Unsubscribe", "One-Click") => Some(How::OneClick),
        ("unsubscribe", "page") => Some(How::Page),
        _ => None,
    })
}

/// What somebody can choose, and wants as far as is known.
async fn wishes<P: Ports>(desk: &Desk<P>, who: &Who) -> Result<Vec<Wish>, CallError> {
    let (known, channels) = (who.preferences(&desk.profiles).await?, who.channels());
    let mut wishes = Vec::new();
    for (topic, offer) in desk.topics.iter() {
        for &channel in offer.channels.intersection(&channels) {
            let wanted = is_wanted(&known, topic, channel).unwrap_or(!offer.must_be_asked_for);
            wishes.push(Wish { topic, channel, wanted });
        }
    }
    Ok(wishes)
}

fn is_wanted(known: &Preferences, topic: Topic, channel: Channel) -> Option<bool> {
    known.find(topic, channel).map(|choice| choice.wanted)
}

fn views<P: Ports>(desk: &Desk<P>, wishes: &[Wish]) -> Vec<TopicView> {
    let view = |(topic, offer): (Topic, &super::topics::Offer)| {
        let of_topic = wishes.iter().filter(|wish| wish.topic == topic).copied();
        let boxes: Vec<_> = of_topic.map(BoxView::of).collect();
        (!boxes.is_empty()).then(|| TopicView {
            name: topic.as_str(),
            required: offer.required,
            boxes,
        })
    };
    desk.topics.iter().filter_map(view).collect()
}

/// Records what the form changes: of boxes that were shown, those that are another way now.
async fn save<P: Ports>(
    desk: &Desk<P>,
    who: &Who,
    form: &Fields,
    now: Timestamp,
) -> Result<Page, Undone> {
    let named = |field: &str| -> BTreeSet<&str> {
        let named = form.iter().filter(|(name, _)| name == field);
        named.map(|(_, value)| value.as_str()).collect()
    };
    let (shown, on) = (named("of"), named("on"));
    let known = wishes(desk, who).await?;
    let wished = known.iter().map(|wish| {
        let id = format!("{}.{}", wish.topic.as_str(), wish.channel);
        // A channel that came about since the page was shown stays as it is.
        let wanted = if shown.contains(&*id) { on.contains(&*id) } else { wish.wanted };
        Wish { wanted, ..*wish }
    });
    let wished: Vec<_> = wished.collect();
    if shown.is_empty() {
        return Err(Undone::Form);
    }
    let nothing_of = |topic: Topic| {
        let mut boxes = wished.iter().filter(|wish| wish.topic == topic).peekable();
        boxes.peek().is_some() && boxes.all(|wish| !wish.wanted)
    };
    if desk.topics.iter().any(|(topic, offer)| offer.required && nothing_of(topic)) {
        return Ok(Page::Choose(views(desk, &wished), Some(Said::OneChannel)));
    }
    let changed: Vec<_> = wished.iter().filter(|wish| !known.contains(wish)).copied().collect();
    who.choose(&desk.profiles, &changed, now, How::Page).await?;
    Ok(Page::Choose(views(desk, &wished), Some(Said::Saved)))
}
