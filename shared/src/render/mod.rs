//! Rendering: an event's data becomes an e-mail, a text message, a push
//! message, in the customer's language. Pure: no I/O, no clock. Templates,
//! wording and formats are prepared once, when they are first used; nothing is
//! parsed per message.
//!
//! Templates hold the order of things and `t("key")` for every word;
//! words stand in `shared/locales`. What is shown is cleaned and never parsed as
//! a template.

mod address;
pub mod check;
mod colour;
mod content;
mod conventions;
mod engine;
mod error;
mod json_ld;
mod lines;
mod locale;
mod mjml;
mod push;
mod shop;
mod sms;
mod source;
mod text;
mod unsubscribe;
mod view;
mod voice;
mod wording;

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Serde, Value};
use minijinja::{Captured, Environment, ErrorKind, context};

pub use colour::Colour;
pub use content::{EmailContent, PushContent, PushPayload, SmsContent};
pub use error::{Problem, RenderError, TemplateError, WordingError};
pub use shop::Shop;
pub use sms::SmsEncoding;
pub use source::Sources;
pub use unsubscribe::Unsubscribe;

use crate::event::{Channel, OrderEventData};
use crate::queue::DeliveryJob;
use error::Place;
use shop::{Links, ShopView};
use voice::Voices;

/// How many lines a list of items has at most: so many that hardly an order has
/// more, then fewer, until the HTML part fits into [`LONGEST_HTML`].
const MOST_ROWS: [usize; 4] = [40, 20, 8, 2];

/// Gmail cuts mail off at 102 KB: what stands below, a total or a way to
/// unsubscribe, nobody sees. What SES adds to count opens and clicks needs room.
const LONGEST_HTML: usize = 98 * 1024;

/// What a text message is cut to, step by step, until it takes no more segments
/// than its template allows: [`FEW_SEGMENTS`], unless it sets `segments`.
const SMS_STEPS: [SmsStep; 6] = [
    SmsStep { width: 40, number_width: 64, brief: false },
    SmsStep { width: 20, number_width: 64, brief: false },
    SmsStep { width: 10, number_width: 24, brief: false },
    SmsStep { width: 10, number_width: 24, brief: true },
    SmsStep { width: 6, number_width: 24, brief: true },
    SmsStep { width: 6, number_width: 12, brief: true },
];
const FEW_SEGMENTS: u32 = 2;

#[derive(Debug, Clone, Copy)]
struct SmsStep {
    /// The width, in characters, that names are cut to.
    width: usize,
    /// The same of order numbers.
    number_width: usize,
    /// Whether to leave out all that the link leads to.
    brief: bool,
}

/// What SNS takes at most. Source: SNS API reference, `Publish`.
const LONGEST_SMS: usize = 1_600;

/// The width, in characters, that names and titles are cut to in a push
/// message; its line on the screen is not longer.
const PUSH_WIDTH: usize = 60;

/// What every push message of a discreet shop says.
const PRIVATE_PUSH: &str = "parts/private.push.txt";

/// What one message says, in which language.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The notification type.
    pub kind: &'a str,
    /// The language to write in, BCP 47.
    pub locale: &'a str,
    /// The customer's time zone, an IANA name.
    pub time_zone: &'a str,
    /// What happened.
    pub data: &'a OrderEventData,
}

impl<'a> Content<'a> {
    /// What a delivery job says.
    pub fn of(job: &'a DeliveryJob) -> Self {
        Self { kind: &job.kind, locale: &job.locale, time_zone: &job.time_zone, data: &job.data }
    }
}

impl<'a> From<&'a DeliveryJob> for Content<'a> {
    fn from(job: &'a DeliveryJob) -> Self {
        Self::of(job)
    }
}

/// Renders messages for one shop.
pub struct Renderer {
    sources: Arc<Sources>,
    engine: Environment<'static>,
    voices: Voices,
    shop: ShopView,
    /// The same for templates.
    shop_value: Value,
    links: Links,
    push_privacy: bool,
    unsubscribe: Option<Unsubscribe>,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").field("locales", &self.locales()).finish_non_exhaustive()
    }
}

impl Renderer {
    /// A renderer with the built-in templates and wording.
    ///
    /// # Errors
    /// [`RenderError`], if the shop's locale or URL is none.
    pub fn new(shop: Shop) -> Result<Self, RenderError> {
        Self::with(Arc::new(Sources::built_in()), shop)
    }

    /// A renderer with these templates and wording.
    ///
    /// # Errors
    /// [`RenderError`], if the shop's locale or URL is none.
    pub fn with(sources: Arc<Sources>, shop: Shop) -> Result<Self, RenderError> {
        let voices = Voices::new(Arc::clone(&sources), &shop.default_locale)?;
        let (links, push_privacy) = (Links::new(&shop), shop.push_privacy);
        let unsubscribe = shop.unsubscribe.clone();
        let shop = ShopView::new(&shop)?;
        let shop_value = Value::from(Serde(&shop));
        let engine = engine::environment(Arc::clone(&sources));
        Ok(Self { sources, engine, voices, shop, shop_value, links, push_privacy, unsubscribe })
    }

    /// The locales there is wording for, BCP 47.
    pub fn locales(&self) -> &[String] {
        self.voices.locales().names()
    }

    /// The locale whose wording serves this one; the shop's default, or English,
    /// if none is in its language.
    pub fn locale_for(&self, requested: &str) -> &str {
        let locales = self.voices.locales();
        &locales.names()[locales.choose(requested).wording]
    }

    /// The direction that a locale is written in: `ltr` or `rtl`.
    pub fn direction(&self, requested: &str) -> &'static str {
        locale::direction(&self.voices.locales().choose(requested).conventions)
    }

    /// An e-mail.
    ///
    /// # Errors
    /// [`RenderError`]; the same content then always fails.
    pub fn email(&self, content: &Content<'_>) -> Result<EmailContent, RenderError> {
        let message = self.message(content, Channel::Email)?;
        // The text part decides the words; the HTML part lays them out.
        let customer = content.data.customer.id.as_str();
        let unsubscribe_url = self.unsubscribe.as_ref().map(|at| at.link(customer));
        let defaults = context! {
            promotional => false,
            order_status => (),
            limit => MOST_ROWS[0],
            unsubscribe_url => &unsubscribe_url,
        };
        let part = message.render("txt", defaults)?;
        let line = |name: &'static str| part.text(name).map(|line| one_line(&line));
        let (subject, preheader) = (line("subject")?, line("preheader")?);
        let promotional = part.set("promotional")?.is_true();
        let words = context! {
            subject => &subject,
            preheader => &preheader,
            heading => part.set("heading")?,
            intro => part.set("intro")?,
            facts => part.set("facts")?,
            action => part.set("action")?,
            link => part.set("link")?,
            promotional,
            unsubscribe_url => &unsubscribe_url,
        };
        let order_status = part.set("order_status")?;
        let render = |limit| {
            let json_ld = (!promotional).then(|| {
                let status = order_status.as_str();
                json_ld::json_ld(content, &self.shop, &self.links, status, limit)
            });
            let words = context! { limit, json_ld, ..words.clone() };
            message.render("html", words).map(Part::into_output)
        };
        let mut html = render(MOST_ROWS[0])?;
        for limit in MOST_ROWS.into_iter().skip(1) {
            if html.len() <= LONGEST_HTML {
                break;
            }
            html = render(limit)?;
        }
        let text = text::tidy(part.output());
        let link = unsubscribe_url.filter(|_| promotional);
        let headers = link.as_deref().map(Unsubscribe::headers).unwrap_or_default();
        Ok(EmailContent { subject, preheader, html, text, headers })
    }

    /// A text message, in few segments: names and titles are cut for that, the
    /// link never.
    ///
    /// # Errors
    /// [`RenderError`]; the same content then always fails.
    pub fn sms(&self, content: &Content<'_>) -> Result<SmsContent, RenderError> {
        let message = self.message(content, Channel::Sms)?;
        let render = |step: SmsStep, with_link: bool| {
            let SmsStep { width, number_width, brief } = step;
            let words =
                context! { width, number_width, brief, with_link, segments => FEW_SEGMENTS };
            let part = message.render("sms.txt", words)?;
            let budget = u32::try_from(part.set("segments")?).unwrap_or(FEW_SEGMENTS);
            let text = sms::plain(one_line(part.output()));
            if text.is_empty() {
                return Err(part.problem(Problem::Empty));
            }
            let (encoding, segments) = sms::measure(&text);
            Ok(SmsContent { text, encoding, segments, budget })
        };
        let mut best: Option<SmsContent> = None;
        for step in SMS_STEPS {
            let candidate = render(step, true)?;
            let fits = candidate.segments <= candidate.budget;
            if best.as_ref().is_none_or(|best| candidate.segments < best.segments) {
                best = Some(candidate);
            }
            if fits {
                break;
            }
        }
        match best {
            Some(best) if best.text.chars().count() <= LONGEST_SMS => Ok(best),
            // Better without its link than refused for it.
            _ => render(SMS_STEPS[0], false),
        }
    }

    /// A push message, for any platform.
    ///
    /// # Errors
    /// [`RenderError`]; the same content then always fails.
    pub fn push(&self, content: &Content<'_>) -> Result<PushContent, RenderError> {
        let message = self.message(content, Channel::Push)?;
        let mut part = message.render("push.txt", context! { width => PUSH_WIDTH })?;
        let order_id = content.data.order.id.as_str();
        let (link, mut image) = (part.set("link")?, part.set("image")?);
        if self.push_privacy {
            image = Value::from(());
            part = message.render_file(PRIVATE_PUSH.to_owned(), context! {})?;
        }
        Ok(PushContent {
            title: one_line(&part.text("title")?),
            body: one_line(part.output()),
            link: link.as_str().map(str::to_owned),
            image: image.as_str().map(str::to_owned),
            thread: format!("order-{order_id}"),
            order_id: order_id.to_owned(),
            kind: content.kind.to_owned(),
        })
    }

    /// What makes the total, as this content's messages write it; none if nothing
    /// but the total is known.
    fn addends(&self, content: &Content<'_>) -> Result<Option<Addends>, RenderError> {
        let (voice, _) = self.voices.of(content.locale)?;
        let totals = view::view(content, &voice.conventions, &self.links)?;
        let totals = totals.get_attr("order").and_then(|order| order.get_attr("totals"));
        let Ok(totals) = totals else { return Ok(None) };
        let word = |key| voice.wording.text(key, &Default::default());
        let mut sums = Vec::new();
        for name in ["subtotal", "discount", "shipping", "tax"] {
            let sum = totals.get_attr(name).ok();
            sums.extend(sum.and_then(|sum| Some((name, sum.as_str()?.to_owned()))));
        }
        if totals.get_attr("shipping_is_free").is_ok_and(|free| free.is_true()) {
            sums.retain(|(name, _)| *name != "shipping");
            sums.push(("shipping", word("total-shipping-free")?));
        }
        sums.sort_by_key(|(_, sum)| Reverse(sum.len()));
        let label = word("total-total")?;
        let total = totals.get_attr("total").ok();
        let total = total.and_then(|total| total.as_str().map(str::to_owned));
        let total = total.filter(|_| !sums.is_empty());
        Ok(total.map(|total| Addends { label, total, sums }))
    }

    fn message<'r>(
        &'r self,
        content: &Content<'r>,
        channel: Channel,
    ) -> Result<Message<'r>, RenderError> {
        let (voice, locale) = self.voices.of(content.locale)?;
        let place = Place { kind: content.kind, channel, locale, sources: &self.sources };
        let view = view::view(content, &voice.conventions, &self.links)?;
        let view =
            context! { shop => self.shop_value.clone(), t => voice.function.clone(), ..view };
        Ok(Message { engine: &self.engine, place, view })
    }
}

/// What makes a total.
struct Addends {
    /// The word that stands by the total.
    label: String,
    /// The total, as it is written.
    total: String,
    /// Each by its name, as it is written; the longest first.
    sums: Vec<(&'static str, String)>,
}

/// One message being made.
struct Message<'r> {
    engine: &'r Environment<'static>,
    place: Place<'r>,
    view: Value,
}

impl<'r> Message<'r> {
    /// Renders one of the type's templates.
    fn render(&self, suffix: &str, more: Value) -> Result<Part<'r>, RenderError> {
        self.render_file(format!("{}.{suffix}", self.place.kind), more)
    }

    fn render_file(&self, file: String, more: Value) -> Result<Part<'r>, RenderError> {
        let context = context! { ..more, ..self.view.clone() };
        let failed = |e| self.place.engine_error(&file, &e);
        let template = self.engine.get_template(&file).map_err(|e| match e.kind() {
            ErrorKind::TemplateNotFound => self.place.no_template(&file),
            _ => failed(e),
        })?;
        let captured = template.render_captured(context).map_err(failed)?;
        Ok(Part { place: self.place, file, captured })
    }
}

/// A rendered template: its output and what it set.
struct Part<'r> {
    place: Place<'r>,
    file: String,
    captured: Captured<'r>,
}

impl Part<'_> {
    fn output(&self) -> &str {
        self.captured.output()
    }

    fn into_output(self) -> String {
        self.captured.into_output()
    }

    /// What the template set by this name.
    fn set(&self, name: &'static str) -> Result<Value, RenderError> {
        let value = self.captured.state().lookup(name).filter(|value| !value.is_undefined());
        value.ok_or_else(|| self.problem(Problem::Unset(name)))
    }

    /// A text that the template set by this name.
    fn text(&self, name: &'static str) -> Result<String, RenderError> {
        let text = self.set(name)?.as_str().map(str::to_owned);
        text.filter(|text| !text.trim().is_empty())
            .ok_or_else(|| self.problem(Problem::Unset(name)))
    }

    fn problem(&self, problem: Problem) -> RenderError {
        self.place.problem(&self.file, problem)
    }
}

/// Text on one line. What comes from outside is cleaned already; this is for
/// line breaks of templates and wording. Chinese and Japanese sentences follow
/// each other without a space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for next in text.lines().map(str::trim).filter(|next| !next.is_empty()) {
        if !line.is_empty() && !line.ends_with(['。', '！', '？', '：', '；', '，', '】', '」'])
        {
            line.push(' ');
        }
        line.push_str(next);
    }
    line
}

#[cfg(test)]
mod tests;
