//! A page for customers, in their language and the shop's look, of the same wording as
//! messages.

use minijinja::context;
use minijinja::value::Value;

use super::error::{Place, RenderError};
use super::i18n::{direction, fonts};
use super::renderer::Renderer;
use crate::model::Channel;

/// What pages are called where types of notifications stand, in errors.
const KIND: &str = "page";

impl Renderer {
    /// Renders a page's template: `more`, beside the wording, the shop and how the language
    /// is written.
    ///
    /// # Errors
    /// [`RenderError`]; the same page then always fails.
    pub(crate) fn page(
        &self,
        file: &'static str,
        locale: &str,
        more: Value,
    ) -> Result<String, RenderError> {
        let (bundle, served) = self.bundles.of(locale)?;
        // Mail leads to it.
        let (channel, sources) = (Channel::Email, &*self.sources);
        let place = Place { kind: KIND, channel, locale: served, sources };
        let locale = bundle.conventions.locale();
        let view = context! {
            shop => self.shop_value.clone(),
            t => bundle.function.clone(),
            lang => locale.to_string(),
            dir => direction(locale),
            fonts => fonts(locale),
            ..more
        };
        let template = self.engine.get_template(file);
        let rendered = template.and_then(|template| template.render(view));
        rendered.map_err(|error| place.engine_error(file, &error))
    }
}
