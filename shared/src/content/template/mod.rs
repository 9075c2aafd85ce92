//! Templates: where they come from, how MJML becomes HTML, and the engine that
//! fills them.

pub(crate) mod engine;
pub(crate) mod mjml;
mod source;

pub use source::Sources;
