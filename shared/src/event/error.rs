//! Why an event can't be used.

use crate::model::Reason;

/// An event that is dead-lettered. Every variant's text names the field and what to
/// do, and holds nothing of the event's data but the field's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not JSON at all (or nested too deeply, or cut off).
    #[error("the body is not JSON: {problem} at line {line}, column {column}")]
    NotJson {
        /// What the JSON parser missed.
        problem: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The body is larger than an event may be.
    #[error("the body has {bytes} bytes; an event may have {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A field that must be there is not.
    #[error("field `{field}` is missing: {expected}")]
    Missing {
        /// The path, e.g. `data.order.id`.
        field: String,
        /// What is expected there.
        expected: &'static str,
    },
    /// A field does not hold what it must.
    #[error("field `{field}` is invalid: {problem}")]
    Invalid {
        /// The path, e.g. `data.order.items[0].unit_price`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A CloudEvents version other than 1.0.
    #[error("field `specversion` is invalid: only CloudEvents 1.0 is supported")]
    SpecVersion,
}

impl EventError {
    /// The field the error is about, if it is about one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Missing { field, .. } | Self::Invalid { field, .. } => Some(field),
            Self::SpecVersion => Some("specversion"),
            Self::NotJson { .. } | Self::TooLarge { .. } => None,
        }
    }

    /// Why, for the ledger.
    pub fn reason(&self) -> Reason {
        match self {
            Self::NotJson { .. } => Reason::NotJson,
            Self::TooLarge { .. } => Reason::TooLarge,
            Self::Missing { .. } => Reason::MissingField,
            Self::Invalid { .. } => Reason::InvalidField,
            Self::SpecVersion => Reason::UnsupportedVersion,
        }
    }

    pub(crate) fn invalid(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), problem: problem.into() }
    }
}
