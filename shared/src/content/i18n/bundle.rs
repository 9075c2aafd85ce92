//! A locale bundle: the wording and the conventions that serve a requested locale,
//! prepared when it is first asked for.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use icu_locale_core::LanguageIdentifier;
use minijinja::value::Value;

use super::conventions::Conventions;
use super::locale::{Choice, Locales};
use super::translations::{Digits, Translations};
use crate::content::error::{RenderError, TranslationError};
use crate::content::template::Sources;

/// How many regional variants are kept prepared, and how many ways of asking for them
/// are known; a bound on what events with invented regions can make us keep.
const MAX_BUNDLES: usize = 256;

/// A longer way of asking for a locale is read each time.
const LONGEST_KEPT: usize = 64;

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
    /// What serves a locale as it was asked for, with the index of its wording.
    served: RwLock<HashMap<String, (Arc<LocaleBundle>, usize)>>,
}

impl LocaleBundles {
    /// The bundles of the locales there is wording for.
    pub fn new(sources: Arc<Sources>, shop_default: &str) -> Result<Self, RenderError> {
        let locales = Locales::new(sources.locales(), shop_default)?;
        let wordings = locales.names().iter().map(|_| Default::default()).collect();
        let (prepared, served) = Default::default();
        Ok(Self { sources, locales, wordings, prepared, served })
    }

    /// The locales.
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The bundle that serves this locale, and the name of its wording's.
    pub fn of(&self, requested: &str) -> Result<(Arc<LocaleBundle>, &str), RenderError> {
        let known =
            self.served.read().unwrap_or_else(PoisonError::into_inner).get(requested).cloned();
        let (bundle, wording) = match known {
            Some(known) => known,
            None => {
                let Choice { wording, conventions } = self.locales.choose(requested);
                let bundle = self.prepare(wording, conventions)?;
                if requested.len() <= LONGEST_KEPT {
                    keep(&self.served, requested.to_owned(), (Arc::clone(&bundle), wording));
                }
                (bundle, wording)
            }
        };
        Ok((bundle, &self.locales.names()[wording]))
    }

    fn prepare(
        &self,
        wording: usize,
        conventions: LanguageIdentifier,
    ) -> Result<Arc<LocaleBundle>, RenderError> {
        // One locale's conventions imply one wording, so they are key enough.
        let known =
            self.prepared.read().unwrap_or_else(PoisonError::into_inner).get(&conventions).cloned();
        if let Some(bundle) = known {
            return Ok(bundle);
        }
        let its_conventions = Conventions::new(conventions.clone());
        let wording = self.wording(wording, its_conventions.digits())?;
        let function = wording.function();
        let bundle = LocaleBundle { wording, conventions: its_conventions, function };
        let bundle = Arc::new(bundle);
        keep(&self.prepared, conventions, Arc::clone(&bundle));
        Ok(bundle)
    }

    fn wording(&self, index: usize, digits: Digits) -> Result<Arc<Translations>, TranslationError> {
        let name = &self.locales.names()[index];
        let prepare = || Translations::of(&self.sources, name, digits).map(Arc::new);
        self.wordings[index][usize::from(digits == Digits::Arabic)].get_or_init(prepare).clone()
    }
}

fn keep<K: Eq + Hash, V>(known: &RwLock<HashMap<K, V>>, key: K, value: V) {
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MAX_BUNDLES {
        known.clear();
    }
    known.insert(key, value);
}
