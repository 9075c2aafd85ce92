//! The check of wording and templates: every type × channel × locale × fixture
//! renders and keeps within what the channel takes, and every message that a
//! template uses is there. What is wrong is shown with file, line and locale.
//!
//! The command line checks the project's files and a deployment's overrides with it;
//! the functions check a deployment's when they start.

mod fixture;
mod message;
mod overrides;
mod scan;
mod start;
mod translations;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub use fixture::Fixture;
pub use start::{open_catalogue, open_renderer};

use crate::catalogue::NotificationType;
use crate::content::{RenderError, Shop, Sources, TranslationError};
use crate::model::Channel;

/// Something that is wrong with wording or templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// The locales in which it was found.
    pub locales: Vec<String>,
    /// The message in which it was found first: its type, channel and fixture.
    pub message: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// Whether messages can't be rendered for it: all else is a flaw in messages that
    /// can be sent.
    pub breaks: bool,
}

impl Finding {
    fn new(file: String, line: usize, problem: String) -> Self {
        Self { file, line, locales: Vec::new(), message: None, problem, breaks: true }
    }

    fn harmless(self) -> Self {
        Self { breaks: false, ..self }
    }

    fn in_locale(mut self, locale: &str) -> Self {
        self.locales.push(locale.to_owned());
        self
    }

    fn of_wording(error: &TranslationError, file: &str) -> Self {
        match error {
            TranslationError::Syntax { file, line, problem } => {
                Self::new(file.clone(), *line, problem.clone())
            }
            other => Self::new(file.to_owned(), 1, other.to_string()),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, locales, message, problem, .. } = self;
        write!(f, "{file}:{line}: {problem}")?;
        let about: Vec<_> = message.iter().cloned().chain([locales.join(", ")]).collect();
        let about: Vec<_> = about.into_iter().filter(|part| !part.is_empty()).collect();
        if about.is_empty() { Ok(()) } else { write!(f, " ({})", about.join(", in ")) }
    }
}

/// What to check.
#[derive(Debug, Clone)]
pub struct Check<'a> {
    /// The wording and templates.
    pub sources: Arc<Sources>,
    /// The shops that speak: one may have a logo, and another none.
    pub shops: Vec<Shop>,
    /// The notification types.
    pub kinds: Vec<&'a NotificationType>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The locales to try messages in; all, if none is named.
    pub locales: Vec<String>,
    /// The orders to try.
    pub fixtures: Vec<Fixture>,
}

impl Check<'_> {
    /// Everything that is wrong; nothing is rendered while wording and templates
    /// don't fit each other.
    ///
    /// # Errors
    /// [`RenderError`], if the shop's locale or URL is none.
    pub fn run(&self) -> Result<Vec<Finding>, RenderError> {
        // Parsers panic on some texts that nobody has tried.
        let tried = catch_unwind(AssertUnwindSafe(|| self.findings()));
        tried.unwrap_or_else(|_| {
            let problem = "a parser gave up on a file here, without saying which".to_owned();
            Ok(vec![Finding::new(self.sources.folder().to_owned(), 1, problem)])
        })
    }

    fn findings(&self) -> Result<Vec<Finding>, RenderError> {
        let mut findings: Vec<_> = self.fixtures.iter().filter_map(of_sums).collect();
        findings.extend(overrides::check(&self.sources));
        findings.extend(translations::check(&self.sources));
        if !findings.iter().any(|finding| finding.breaks) {
            for shop in &self.shops {
                findings.extend(message::check(self, shop)?);
            }
        }
        Ok(merged(findings))
    }
}

fn of_sums(fixture: &Fixture) -> Option<Finding> {
    let built_in = || ("shared/src/check/fixture.rs".to_owned(), 1);
    let (file, line) = fixture.place.clone().unwrap_or_else(built_in);
    let problem =
        format!("the sums of \"{}\" don't add up: {}", fixture.name, fixture.wrong_sum()?);
    Some(Finding::new(file, line, problem).harmless())
}

/// The same in several locales is one finding, if it differs in numbers only.
fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    fn words(problem: &str) -> String {
        problem.chars().filter(|c| !c.is_ascii_digit()).collect()
    }
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = |known: &&mut Finding| {
            let places = (&known.file, known.line) == (&finding.file, finding.line);
            places && words(&known.problem) == words(&finding.problem)
        };
        match merged.iter_mut().find(same) {
            Some(known) => {
                let new = finding.locales.into_iter().filter(|l| !known.locales.contains(l));
                known.locales.extend(new.collect::<Vec<_>>());
            }
            None => merged.push(finding),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
