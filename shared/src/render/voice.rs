//! A voice: the wording and the conventions that serve a requested locale,
//! prepared when it is first asked for.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use icu_locale_core::LanguageIdentifier;
use minijinja::value::Value;

use super::conventions::Conventions;
use super::error::{RenderError, WordingError};
use super::locale::{Choice, Locales};
use super::wording::{Digits, Wording};

include!(concat!(env!("OUT_DIR"), "/locale_files.rs"));

/// How many regional variants are kept prepared; a bound on what events with
/// invented regions can make us keep.
const MAX_VOICES: usize = 256;

/// Wording and conventions.
pub(super) struct Voice {
    pub wording: Arc<Wording>,
    pub conventions: Conventions,
    /// The wording as the templates' function `t`.
    pub function: Value,
}

/// A locale's wording, parsed when it is first used.
type Prepared = OnceLock<Result<Arc<Wording>, WordingError>>;

/// Every voice.
pub(super) struct Voices {
    locales: Locales,
    /// In the order of `locales`; with Latin and with Arabic digits.
    wordings: Vec<[Prepared; 2]>,
    prepared: RwLock<HashMap<LanguageIdentifier, Arc<Voice>>>,
}

impl Voices {
    /// The voices of the built-in locales.
    pub fn new(shop_default: &str) -> Result<Self, RenderError> {
        let names = LOCALE_FILES.iter().map(|(name, _)| *name).collect();
        Ok(Self {
            locales: Locales::new(names, shop_default)?,
            wordings: LOCALE_FILES.iter().map(|_| Default::default()).collect(),
            prepared: RwLock::default(),
        })
    }

    /// The built-in locales.
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The voice that serves this locale.
    pub fn of(&self, requested: &str) -> Result<Arc<Voice>, RenderError> {
        let Choice { wording, conventions } = self.locales.choose(requested);
        // One locale's conventions imply one wording, so they are key enough.
        let known =
            self.prepared.read().unwrap_or_else(PoisonError::into_inner).get(&conventions).cloned();
        if let Some(voice) = known {
            return Ok(voice);
        }
        let its_conventions = Conventions::new(conventions.clone());
        let wording = self.wording(wording, its_conventions.digits())?;
        let function = wording.function();
        let voice = Voice { wording, conventions: its_conventions, function };
        let voice = Arc::new(voice);
        let mut prepared = self.prepared.write().unwrap_or_else(PoisonError::into_inner);
        if prepared.len() >= MAX_VOICES {
            prepared.clear();
        }
        prepared.insert(conventions, Arc::clone(&voice));
        Ok(voice)
    }

    fn wording(&self, index: usize, digits: Digits) -> Result<Arc<Wording>, WordingError> {
        let (name, source) = LOCALE_FILES[index];
        let prepare = || Wording::parse(name, source, digits).map(Arc::new);
        self.wordings[index][usize::from(digits == Digits::Arabic)].get_or_init(prepare).clone()
    }
}

/// Every built-in locale: its name and its file's text.
#[cfg(test)]
pub(super) fn locale_files() -> &'static [(&'static str, &'static str)] {
    LOCALE_FILES
}
