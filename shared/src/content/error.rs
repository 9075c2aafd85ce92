//! Why a message can't be rendered: facts about templates and wording, never
//! about the customer.

use std::error::Error;
use std::fmt;

use super::template::Sources;
use super::template::mjml::MjmlError;
use crate::model::{Channel, Reason};

/// A message that can't be rendered. Trying again changes nothing: a template,
/// a locale or the configuration must change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The shop's default locale is no BCP 47 language tag.
    #[error(
        "the shop's default locale \"{0}\" is no BCP 47 language tag such as \"en\" or \"zh-CN\""
    )]
    DefaultLocale(String),
    /// The shop's URL is no absolute web address.
    #[error("the shop's URL \"{0}\" is no absolute https URL")]
    ShopUrl(String),
    /// No template for the type.
    #[error("no template to tell {kind} by {channel}: {file} is missing")]
    NoTemplate {
        /// The notification type.
        kind: String,
        /// The channel.
        channel: Channel,
        /// The template's file.
        file: String,
    },
    /// ICU does not know the locale's conventions.
    #[error("the conventions of {locale} for {of} are not known")]
    Conventions {
        /// The locale.
        locale: String,
        /// For what: money, dates.
        of: &'static str,
    },
    /// A locale's wording is wrong.
    #[error(transparent)]
    Wording(#[from] TranslationError),
    /// A template, or the wording it uses, is wrong.
    #[error(transparent)]
    Template(Box<TemplateError>),
}

impl RenderError {
    /// Why, for the ledger.
    pub fn reason(&self) -> Reason {
        match self {
            Self::DefaultLocale(_) => Reason::InvalidDefaultLocale,
            Self::ShopUrl(_) => Reason::InvalidShopUrl,
            Self::NoTemplate { .. } => Reason::TemplateMissing,
            Self::Conventions { .. } => Reason::ConventionsUnknown,
            Self::Wording(_) => Reason::WordingInvalid,
            Self::Template(error) => match error.problem {
                Problem::Wording(_) => Reason::WordingInvalid,
                _ => Reason::TemplateInvalid,
            },
        }
    }
}

/// A template that can't be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} by {channel} in {locale}: {file}, line {line}: {problem}")]
pub struct TemplateError {
    /// The notification type.
    pub kind: String,
    /// The channel.
    pub channel: Channel,
    /// The locale whose wording was used.
    pub locale: String,
    /// The template's file; `.html` is the type's compiled MJML.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The wording it uses.
    Wording(TranslationError),
    /// It does not set what the channel needs.
    Unset(&'static str),
    /// It renders to nothing.
    Empty,
    /// Anything else, by the template engine's name for it.
    Engine(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wording(error) => error.fmt(f),
            Self::Unset(name) => write!(f, "it does not set `{name}`"),
            Self::Empty => f.write_str("it renders to nothing"),
            Self::Engine(problem) => f.write_str(problem),
        }
    }
}

/// What is wrong with a locale's wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranslationError {
    /// The file can't be parsed.
    #[error("{file}, line {line}: {problem}")]
    Syntax {
        /// The locale's file.
        file: String,
        /// The line.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// The message is missing.
    #[error("{file} has no message \"{key}\"")]
    MissingKey {
        /// The locale's file.
        file: String,
        /// The message's key.
        key: String,
    },
    /// The message has no text once its arguments are in place.
    #[error("the message \"{key}\" of {file} is empty")]
    Empty {
        /// The locale's file.
        file: String,
        /// The message's key.
        key: String,
    },
    /// The template does not give what the message mentions.
    #[error("the message \"{key}\" of {file} needs {missing}, which is not given")]
    MissingArgument {
        /// The locale's file.
        file: String,
        /// The message's key.
        key: String,
        /// The argument, as the message spells it.
        missing: String,
    },
}

/// What is being rendered, for errors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub kind: &'a str,
    pub channel: Channel,
    pub locale: &'a str,
    pub sources: &'a Sources,
}

impl Place<'_> {
    /// The engine's error, without its description: that may quote values. An
    /// error in an included template comes wrapped in its includer's.
    pub fn engine_error(self, file: &str, error: &minijinja::Error) -> RenderError {
        let mut at = error;
        let (mut wording, mut mjml, mut value) = (None, None, None);
        let mut next: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(current) = next {
            wording = wording.or(current.downcast_ref::<TranslationError>());
            value = value.or(current.downcast_ref::<RenderError>());
            mjml = mjml.or(current.downcast_ref::<MjmlError>());
            let inner = current.downcast_ref::<minijinja::Error>();
            at = inner.filter(|inner| inner.name().is_some()).unwrap_or(at);
            next = current.source();
        }
        // A value that can't be made is at fault, not the template that shows it.
        if let Some(error) = value {
            return error.clone();
        }
        if let Some(MjmlError { file, line, problem }) = mjml {
            return self.template_error(file, *line, Problem::Engine(problem.clone()));
        }
        let problem = match wording {
            Some(wording) => Problem::Wording(wording.clone()),
            None => Problem::Engine(at.kind().to_string()),
        };
        self.template_error(at.name().unwrap_or(file), at.line().unwrap_or(1), problem)
    }

    /// A problem with the template as a whole.
    pub fn problem(self, file: &str, problem: Problem) -> RenderError {
        self.template_error(file, 1, problem)
    }

    /// The type has no such template.
    pub fn no_template(self, file: &str) -> RenderError {
        // HTML is made of the type's MJML.
        let file = file.replace(".html", ".mjml");
        let file = self.sources.override_place(&format!("templates/{file}"));
        RenderError::NoTemplate { kind: self.kind.to_owned(), channel: self.channel, file }
    }

    fn template_error(self, file: &str, line: usize, problem: Problem) -> RenderError {
        RenderError::Template(Box::new(TemplateError {
            kind: self.kind.to_owned(),
            channel: self.channel,
            locale: self.locale.to_owned(),
            file: self.sources.shown(&format!("templates/{file}")),
            line,
            problem,
        }))
    }
}
