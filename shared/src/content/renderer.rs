//! Rendering, as far as all channels share it: an event's data becomes text in the
//! customer's language. Pure: no I/O, no clock. Templates, wording and formats are
//! prepared once, when they are first used; nothing is parsed per message. Each
//! channel makes its message of it (`channel/<name>/message.rs`).
//!
//! Templates hold the order of things and `t("key")` for every word;
//! words stand in `shared/locales`. What is shown is cleaned and never parsed as
//! a template.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::FluentArgs;
use minijinja::value::{Serde, Value};
use minijinja::{Captured, Environment, ErrorKind};

use super::PreferenceLinks;
use super::error::{Place, Problem, RenderError};
use super::i18n::{LocaleBundles, direction};
use super::shop::{Links, Shop, ShopView};
use super::template::{Sources, engine};
use super::view::{self, Scope, View};
use crate::event::OrderEventData;
use crate::model::Channel;

/// What one message says, in which language.
#[derive(Debug, Clone, Copy)]
pub struct MessageInput<'a> {
    /// The notification type.
    pub kind: &'a str,
    /// The language to write in, BCP 47.
    pub locale: &'a str,
    /// The customer's time zone, an IANA name.
    pub time_zone: &'a str,
    /// What happened.
    pub data: &'a OrderEventData,
}

/// Renders messages for one shop.
///
/// ```
/// use bellhop::check::Fixture;
/// use bellhop::content::{MessageInput, Renderer, Shop};
///
/// let shop = Shop {
///     name: "Example Shop".to_owned(),
///     url: "https://shop.example".to_owned(),
///     default_locale: "en".to_owned(),
///     ..Shop::default()
/// };
/// let renderer = Renderer::new(shop).unwrap();
/// let order = Fixture::built_in().unwrap().remove(0);
/// let input = MessageInput {
///     kind: "order.paid",
///     locale: "de-AT",
///     time_zone: "Europe/Vienna",
///     data: &order.data,
/// };
/// assert_eq!(renderer.email(&input).unwrap().subject, "Zahlung für Ihre Bestellung 1001 erhalten");
/// assert_eq!(renderer.sms(&input).unwrap().segments, 1);
/// ```
pub struct Renderer {
    pub(crate) sources: Arc<Sources>,
    pub(super) engine: Environment<'static>,
    pub(super) bundles: LocaleBundles,
    pub(crate) shop: ShopView,
    /// The same for templates.
    pub(super) shop_value: Value,
    pub(crate) links: Arc<Links>,
    pub(crate) push_privacy: bool,
    pub(crate) preferences: Option<PreferenceLinks>,
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
        let bundles = LocaleBundles::new(Arc::clone(&sources), &shop.default_locale)?;
        let (links, push_privacy) = (Arc::new(Links::new(&shop)), shop.push_privacy);
        let preferences = shop.preferences.clone();
        let shop = ShopView::new(&shop)?;
        let shop_value = Value::from(Serde(&shop));
        let engine = engine::environment(Arc::clone(&sources));
        Ok(Self { sources, engine, bundles, shop, shop_value, links, push_privacy, preferences })
    }

    /// The locales there is wording for, BCP 47.
    pub fn locales(&self) -> &[String] {
        self.bundles.locales().names()
    }

    /// The locale whose wording serves this one; the shop's default, or English,
    /// if none is in its language.
    pub fn locale_for(&self, requested: &str) -> &str {
        let locales = self.bundles.locales();
        &locales.names()[locales.choose(requested).wording]
    }

    /// The direction that a locale is written in: `ltr` or `rtl`.
    pub fn direction(&self, requested: &str) -> &'static str {
        direction(&self.bundles.locales().choose(requested).conventions)
    }

    /// What makes the total, as this content's messages write it; none if nothing
    /// but the total is known.
    pub(crate) fn addends(&self, input: &MessageInput<'_>) -> Result<Option<Addends>, RenderError> {
        let (bundle, _) = self.bundles.of(input.locale)?;
        let view = view::view(input, &bundle, &self.links, Value::UNDEFINED);
        let totals = view.get("order").and_then(|order| order.get_attr("totals").ok());
        let Some(totals) = totals else { return Ok(None) };
        let word = |key| bundle.wording.text(key, &Default::default());
        let text = |row: &Value, name: &str| {
            row.get_attr(name).ok().and_then(|text| text.as_str().map(str::to_owned))
        };
        let mut sums = Vec::new();
        for row in totals.get_attr("rows").and_then(|rows| rows.try_iter()).into_iter().flatten() {
            let Some(kind) = text(&row, "kind") else { continue };
            let is_free = row.get_attr("is_free").is_ok_and(|free| free.is_true());
            let sum =
                if is_free { Some(word("total-shipping-free")?) } else { text(&row, "amount") };
            sums.extend(sum.map(|sum| (kind, sum)));
        }
        sums.sort_by_key(|(_, sum)| Reverse(sum.len()));
        let label = word("total-total")?;
        let total = text(&totals, "total").filter(|_| !sums.is_empty());
        let Some(total) = total else { return Ok(None) };
        let mut fact = FluentArgs::new();
        fact.set("label", label.as_str());
        fact.set("value", total.as_str());
        let line = bundle.wording.text("fact", &fact)?;
        Ok(Some(Addends { label, total, line, sums }))
    }

    /// Begins a message: what its templates see.
    pub(crate) fn draft<'r>(
        &'r self,
        input: &MessageInput<'r>,
        channel: Channel,
    ) -> Result<Draft<'r>, RenderError> {
        let (bundle, locale) = self.bundles.of(input.locale)?;
        let place = Place { kind: input.kind, channel, locale, sources: &self.sources };
        let shop = match &input.data.order.brand {
            Some(brand) => self
                .shop
                .under(brand)
                .map_or_else(|| self.shop_value.clone(), |shop| Value::from(Serde(&shop))),
            None => self.shop_value.clone(),
        };
        let view = Arc::new(view::view(input, &bundle, &self.links, shop));
        Ok(Draft { engine: &self.engine, place, view })
    }
}

/// What makes a total.
pub(crate) struct Addends {
    /// The word that stands by the total.
    pub label: String,
    /// The total, as it is written.
    pub total: String,
    /// Both on one line, as the text part has them.
    pub line: String,
    /// Each by its name, as it is written; the longest first.
    pub sums: Vec<(String, String)>,
}

/// One message being made.
pub(crate) struct Draft<'r> {
    engine: &'r Environment<'static>,
    place: Place<'r>,
    view: Arc<View>,
}

impl<'r> Draft<'r> {
    /// Renders one of the type's templates.
    pub fn render(&self, suffix: &str, more: Value) -> Result<Part<'r>, RenderError> {
        self.render_file(format!("{}.{suffix}", self.place.kind), more)
    }

    pub fn render_file(&self, file: String, more: Value) -> Result<Part<'r>, RenderError> {
        let view = Arc::clone(&self.view);
        let context = Value::from_object(Scope { more, view });
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
pub(crate) struct Part<'r> {
    place: Place<'r>,
    file: String,
    captured: Captured<'r>,
}

impl Part<'_> {
    pub fn output(&self) -> &str {
        self.captured.output()
    }

    pub fn into_output(self) -> String {
        self.captured.into_output()
    }

    /// What the template set by this name.
    pub fn set(&self, name: &'static str) -> Result<Value, RenderError> {
        let value = self.captured.state().lookup(name).filter(|value| !value.is_undefined());
        value.ok_or_else(|| self.problem(Problem::Unset(name)))
    }

    /// A text that the template set by this name.
    pub fn text(&self, name: &'static str) -> Result<String, RenderError> {
        let text = self.set(name)?.as_str().map(str::to_owned);
        text.filter(|text| !text.trim().is_empty())
            .ok_or_else(|| self.problem(Problem::Unset(name)))
    }

    pub fn problem(&self, problem: Problem) -> RenderError {
        self.place.problem(&self.file, problem)
    }
}

/// Text on one line. What comes from outside is cleaned already; this is for
/// line breaks of templates and wording. Chinese and Japanese sentences follow
/// each other without a space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for next in text.split(['\n', '\r']).map(str::trim).filter(|next| !next.is_empty()) {
        if !line.is_empty() && !line.ends_with(['。', '！', '？', '：', '；', '，', '】', '」'])
        {
            line.push(' ');
        }
        line.push_str(next);
    }
    line
}
