//! What the gallery and the outbox page have in common: the partials that draw a phone
//! and a framed mail, and the stylesheet for them.

use minijinja::{Environment, Error};

/// The stylesheet, beside that of each page.
pub(crate) const STYLE: &str = include_str!("look.css");

/// The templates of a page, with the partials. Their names end in `.html`, so that what
/// they are given is escaped.
pub(crate) fn templates(
    page: &[(&'static str, &'static str)],
) -> Result<Environment<'static>, Error> {
    let mut templates = Environment::new();
    templates.add_template("parts.html", include_str!("parts.html"))?;
    for (name, source) in page {
        templates.add_template(name, source)?;
    }
    Ok(templates)
}
