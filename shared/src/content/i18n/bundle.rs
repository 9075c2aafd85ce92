//! A locale bundle: the wording and the conventions that serve a requested locale,
//! prepared when it is first asked for.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use icu_locale_core::LanguageIdentifier;
use minijinja::value::Value;

use super::conventions::Conventions;
use super::locale::{Choice, Locales};
use super::translations::{Digits, Translations};
use crate::content::error::{RenderError, TranslationError};
use crate::content::template::Sources;

/// How many regional variants are kept prepared; a bound on what events with
/// invented regions can make us keep.
const MAX_BUNDLES: usize = 256;

/// Wording and conventions.
pub(crate) struct LocaleBundle {
    pub wording: Arc<Translations>,
    pub conventions: Conventions,
    /// The wording as the templates' function `t`.
    pub function: Value,
}

/// A locale's wording, parsed when it is first used.
type Prepared = OnceLock<Result<Arc<Translations>, TranslationError>>;

/// Every locale bundle.
pub(crate) struct LocaleBundles {
    sources: Arc<Sources>,
    locales: Locales,
    /// In the order of `locales`; with Latin and with Arabic digits.
    wordings: Vec<[Prepared; 2]>,
    prepared: RwLock<HashMap<LanguageIdentifier, Arc<LocaleBundle>>>,
}

impl LocaleBundles {
    /// The bundles of the locales there is wording for.
    pub fn new(sources: Arc<Sources>, shop_default: &str) -> Result<Self, RenderError> {
        let locales = Locales::new(sources.locales(), shop_default)?;
        let wordings = locales.names().iter().map(|_| Default::default()).collect();
        Ok(Self { sources, locales, wordings, prepared: RwLock::default() })
    }

    /// The locales.
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The bundle that serves this locale, and the name of its wording's.
    pub fn of(&self, requested: &str) -> Result<(Arc<LocaleBundle>, &str), RenderError> {
        let Choice { wording, conventions } = self.locales.choose(requested);
        let name = self.locales.names()[wording].as_str();
        // One locale's conventions imply one wording, so they are key enough.
        let known =
            self.prepared.read().unwrap_or_else(PoisonError::into_inner).get(&conventions).cloned();
        if let Some(bundle) = known {
            return Ok((bundle, name));
        }
        let its_conventions = Conventions::new(conventions.clone());
        let wording = self.wording(wording, its_conventions.digits())?;
        let function = wording.function();
        let bundle = LocaleBundle { wording, conventions: its_conventions, function };
        let bundle = Arc::new(bundle);
        let mut prepared = self.prepared.write().unwrap_or_else(PoisonError::into_inner);
        if prepared.len() >= MAX_BUNDLES {
            prepared.clear();
        }
        prepared.insert(conventions, Arc::clone(&bundle));
        Ok((bundle, name))
    }

    fn wording(&self, index: usize, digits: Digits) -> Result<Arc<Translations>, TranslationError> {
        let name = &self.locales.names()[index];
        let prepare = || Translations::of(&self.sources, name, digits).map(Arc::new);
        self.wordings[index][usize::from(digits == Digits::Arabic)].get_or_init(prepare).clone()
    }
}
