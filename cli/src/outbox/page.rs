//! The page's templates.

use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error};
use serde::Serialize;

use super::message::{Row, Shown};
use super::story::Story;
use crate::look;

const TEMPLATES: [(&str, &str); 4] = [
    ("time.html", include_str!("time.html")),
    ("message.html", include_str!("message.html")),
    ("page.html", include_str!("page.html")),
    ("story.html", include_str!("story.html")),
];

/// All that a page shows.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// Whether it always shows the newest message.
    pub(super) home: bool,
    /// The list, newest first.
    pub(super) rows: Vec<Row>,
    /// The chosen message.
    pub(super) message: Option<Shown>,
    /// What became of its order.
    pub(super) story: Option<Story>,
}

impl Page {
    /// The page as HTML.
    pub(super) fn html(&self) -> Result<String, Error> {
        static ENVIRONMENT: LazyLock<Result<Environment<'static>, Error>> =
            LazyLock::new(|| look::templates(&TEMPLATES));
        let environment =
            ENVIRONMENT.as_ref().map_err(|error| Error::new(error.kind(), error.to_string()))?;
        environment.get_template("page.html")?.render(Value::from(Serde(self)))
    }
}
