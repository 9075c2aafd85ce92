//! A block of the view, such as the order: fields that are made when they are shown.

use std::fmt;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, ErrorKind};

use super::maker::Maker;
use crate::content::error::RenderError;

/// A field's name, and how it is made.
pub(super) type Field = (&'static str, fn(&Maker) -> Result<Value, RenderError>);

pub(super) struct Block {
    fields: &'static [Field],
    maker: Arc<Maker>,
    /// The fields that were shown already.
    made: Box<[OnceLock<Value>]>,
}

impl Block {
    pub fn new(fields: &'static [Field], maker: &Arc<Maker>) -> Self {
        let made = fields.iter().map(|_| OnceLock::new()).collect();
        Self { fields, maker: Arc::clone(maker), made }
    }
}

/// What it shows is about customers.
impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block").finish_non_exhaustive()
    }
}

impl Object for Block {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let at = self.fields.iter().position(|(name, _)| *name == key)?;
        let (_, make) = self.fields.get(at)?;
        let made = self.made.get(at)?.get_or_init(|| {
            // A template that shows what can't be made fails where it does.
            let failed = |e| Error::new(ErrorKind::InvalidOperation, "value").with_source(e);
            make(&self.maker).unwrap_or_else(|e: RenderError| failed(e).into())
        });
        Some(made.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Iter(Box::new(self.fields.iter().map(|(name, _)| Value::from(*name))))
    }
}
