//! Which wording and which regional conventions serve a requested locale.

use std::sync::Arc;

use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::{Region, Script, language};

use crate::content::error::RenderError;
use crate::content::template::Sources;
use crate::model::language::language_tags;

/// What serves a requested locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The wording, by its place in the list of locales.
    pub wording: usize,
    /// The locale whose conventions money and dates follow; always in the
    /// wording's language, so that words and numbers agree.
    pub conventions: LanguageIdentifier,
}

/// The locales there is wording for.
#[derive(Debug)]
pub(crate) struct Locales {
    names: Vec<String>,
    ids: Vec<LanguageIdentifier>,
    default: Choice,
}

impl Locales {
    /// The locales by these names; requests that none serves get the shop's
    /// default, and a default that none serves is English.
    pub fn new(names: Vec<String>, shop_default: &str) -> Result<Self, RenderError> {
        let ids = ids(&names);
        let english = names.iter().position(|name| name == "en").unwrap_or(0);
        let conventions = LanguageIdentifier::from(language!("en"));
        let default = Choice { wording: english, conventions };
        let mut locales = Self { names, ids, default };
        let wanted = parse(shop_default)
            .ok_or_else(|| RenderError::DefaultLocale(shop_default.to_owned()))?;
        if let Some(choice) = locales.serving(&wanted) {
            locales.default = choice;
        }
        Ok(locales)
    }

    /// The locales' names, BCP 47.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What serves the requested locale best.
    pub fn choose(&self, requested: &str) -> Choice {
        self.served(requested).unwrap_or_else(|| self.default.clone())
    }

    /// What serves the first of the languages that a text asks for and that are served.
    fn served(&self, requested: &str) -> Option<Choice> {
        language_tags(requested).iter().find_map(|tag| self.serving(&parse(tag)?))
    }

    /// The first of: the same locale; the same language and script, in the same
    /// region, for no region, or for any; the same language.
    fn serving(&self, wanted: &LanguageIdentifier) -> Option<Choice> {
        let find = |fits: &dyn Fn(&LanguageIdentifier) -> bool| self.ids.iter().position(fits);
        let written = |id: &LanguageIdentifier| (id.language, script(id));
        let alike = |id: &LanguageIdentifier| written(id) == written(wanted);
        let wording = find(&|id| id == wanted)
            .or_else(|| find(&|id| alike(id) && id.region == wanted.region))
            .or_else(|| find(&|id| alike(id) && id.region.is_none()))
            .or_else(|| find(&|id| alike(id) && parent_region(wanted) == id.region))
            .or_else(|| find(&alike))
            .or_else(|| find(&|id| id.language == wanted.language))?;
        let served = &self.ids[wording];
        let conventions = if alike(served) { wanted } else { served };
        Some(Choice { wording, conventions: conventions.clone() })
    }
}

/// The languages that messages can be written in: what planning knows of them.
#[derive(Debug, Clone)]
pub struct ServedLocales(Arc<Locales>);

/// The languages that are built in.
pub fn served_locales() -> ServedLocales {
    ServedLocales::new(Sources::built_in().locales())
}

impl ServedLocales {
    /// The languages of these names, BCP 47.
    pub fn new(names: Vec<String>) -> Self {
        let ids = ids(&names);
        let conventions = LanguageIdentifier::from(language!("en"));
        Self(Arc::new(Locales { names, ids, default: Choice { wording: 0, conventions } }))
    }

    /// The first of these that is served, as a tag; each as a system may write it.
    pub fn first_served<'a>(&self, requested: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let served = |text| self.0.served(text).map(|choice| choice.conventions.to_string());
        requested.into_iter().find_map(served)
    }
}

fn ids(names: &[String]) -> Vec<LanguageIdentifier> {
    names.iter().map(|name| parse(name).unwrap_or(LanguageIdentifier::UNKNOWN)).collect()
}

/// Language, script and region; variants and extensions change no wording. Some
/// systems write `zh_CN`.
fn parse(tag: &str) -> Option<LanguageIdentifier> {
    let locale: icu_locale_core::Locale = tag.trim().replace('_', "-").parse().ok()?;
    let LanguageIdentifier { language, script, region, .. } = locale.id;
    // Nobody writes these languages in another script, so it says nothing.
    let script = script.filter(|script| script.as_str() != "Latn" || language.as_str() == "zh");
    let known = !language.is_unknown();
    known.then(|| LanguageIdentifier { language, script, region, variants: Default::default() })
}

/// The region whose wording those of other regions understand best: Portuguese outside
/// of Brazil is Portugal's. Source: CLDR, parent locales.
fn parent_region(id: &LanguageIdentifier) -> Option<Region> {
    let is_portuguese = id.language.as_str() == "pt" && id.region.is_some();
    is_portuguese.then(|| Region::try_from_str("PT").ok()).flatten()
}

/// The script a locale is written in, as far as it matters: Chinese has two, by
/// region. Source: CLDR, likely subtags.
fn script(id: &LanguageIdentifier) -> Option<Script> {
    if id.script.is_some() || id.language.as_str() != "zh" {
        return id.script;
    }
    let traditional = id.region.is_some_and(|region| matches!(region.as_str(), "TW" | "HK" | "MO"));
    Script::try_from_str(if traditional { "Hant" } else { "Hans" }).ok()
}

/// `rtl` for languages written from right to left.
pub(crate) fn direction(id: &LanguageIdentifier) -> &'static str {
    match id.language.as_str() {
        "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

/// Type faces that have the language's letters, where every system has some; the
/// names need no quotation marks. A reader without any of them gets the last.
pub(crate) fn fonts(id: &LanguageIdentifier) -> &'static str {
    match (id.language.as_str(), script(id).as_ref().map(Script::as_str)) {
        ("zh", Some("Hant")) => {
            "-apple-system,BlinkMacSystemFont,Segoe UI,PingFang TC,PingFang HK,\
             Microsoft JhengHei,Noto Sans CJK TC,Noto Sans TC,Arial,sans-serif"
        }
        ("zh", _) => {
            "-apple-system,BlinkMacSystemFont,Segoe UI,PingFang SC,Hiragino Sans GB,\
             Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC,Arial,sans-serif"
        }
        ("ja", _) => {
            "-apple-system,BlinkMacSystemFont,Segoe UI,Hiragino Sans,Hiragino Kaku Gothic ProN,\
             Yu Gothic,Meiryo,Noto Sans CJK JP,Noto Sans JP,Arial,sans-serif"
        }
        ("ko", _) => {
            "-apple-system,BlinkMacSystemFont,Segoe UI,Apple SD Gothic Neo,Malgun Gothic,\
             Noto Sans CJK KR,Noto Sans KR,Arial,sans-serif"
        }
        ("ar", _) => {
            "-apple-system,BlinkMacSystemFont,Segoe UI,Tahoma,Geeza Pro,Noto Sans Arabic,\
             Noto Naskh Arabic,Arial,sans-serif"
        }
        _ => "-apple-system,BlinkMacSystemFont,Segoe UI,Helvetica,Arial,sans-serif",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(names: &[&'static str], shop: &str, requested: &str) -> (String, String) {
        let locales = Locales::new(names.iter().map(ToString::to_string).collect(), shop).unwrap();
        let choice = locales.choose(requested);
        (locales.names()[choice.wording].to_owned(), choice.conventions.to_string())
    }

    #[test]
    fn a_request_gets_its_language_and_keeps_its_region() {
        let two = |requested| served(&["en", "zh-CN"], "en", requested);
        let pair = |wording: &str, conventions: &str| (wording.to_owned(), conventions.to_owned());
        assert_eq!(two("en"), pair("en", "en"));
        assert_eq!(two("en-GB"), pair("en", "en-GB"));
        assert_eq!(two("EN_us"), pair("en", "en-US"));
        assert_eq!(two("en-GB-u-nu-arab"), pair("en", "en-GB"));
        assert_eq!(two("zh"), pair("zh-CN", "zh"));
        assert_eq!(two("zh-Hans"), pair("zh-CN", "zh-Hans"));
        assert_eq!(two("zh_CN"), pair("zh-CN", "zh-CN"));
        assert_eq!(two("zh-SG"), pair("zh-CN", "zh-SG"));
        // Better Simplified characters than a foreign language; dates and
        // numbers then follow the wording.
        assert_eq!(two("zh-TW"), pair("zh-CN", "zh-CN"));
    }

    #[test]
    fn a_request_that_nothing_serves_gets_the_shops_default_in_words_and_numbers() {
        let pair = |wording: &str, conventions: &str| (wording.to_owned(), conventions.to_owned());
        assert_eq!(served(&["en", "zh-CN"], "en-IE", "de-AT"), pair("en", "en-IE"));
        assert_eq!(served(&["en", "zh-CN"], "zh", "de-AT"), pair("zh-CN", "zh"));
        assert_eq!(served(&["en", "zh-CN"], "fr-FR", "de-AT"), pair("en", "en"));
        for nonsense in ["", "-", "und", "???", "english language please"] {
            assert_eq!(served(&["en", "zh-CN"], "en", nonsense), pair("en", "en"), "{nonsense}");
        }
        assert_eq!(
            Locales::new(vec!["en".to_owned()], "?").unwrap_err(),
            RenderError::DefaultLocale("?".to_owned())
        );
    }

    #[test]
    fn the_built_in_locales_serve_their_neighbours() {
        let names = crate::content::Sources::built_in().locales();
        let locales = Locales::new(names, "fr").unwrap();
        let check = |requested: &str, wording: &str, conventions: &str| {
            let choice = locales.choose(requested);
            let found = (locales.names()[choice.wording].clone(), choice.conventions.to_string());
            assert_eq!(found, (wording.to_owned(), conventions.to_owned()), "{requested}");
        };
        for name in [
            "ar", "de", "en", "es", "fr", "it", "ja", "ko", "pl", "pt-BR", "pt-PT", "zh-CN",
            "zh-TW",
        ] {
            check(name, name, name);
        }
        check("de-AT", "de", "de-AT");
        check("en-GB", "en", "en-GB");
        check("es-MX", "es", "es-MX");
        check("ar-AE", "ar", "ar-AE");
        check("pt", "pt-BR", "pt");
        check("pt-PT", "pt-PT", "pt-PT");
        check("pt-AO", "pt-PT", "pt-AO");
        check("fr-Latn-CA", "fr", "fr-CA");
        check("zh-HK", "zh-TW", "zh-HK");
        check("zh-MO", "zh-TW", "zh-MO");
        check("zh-Hant", "zh-TW", "zh-Hant");
        check("zh-Hant-HK", "zh-TW", "zh-Hant-HK");
        check("zh", "zh-CN", "zh");
        check("zh-SG", "zh-CN", "zh-SG");
        check("zh-Hans", "zh-CN", "zh-Hans");
        check("zh-Hans-HK", "zh-CN", "zh-Hans-HK");
        for other in ["nl", "tlh", ""] {
            check(other, "fr", "fr");
        }
    }

    #[test]
    fn every_locale_has_fonts_of_its_script() {
        let fonts = |tag| super::fonts(&parse(tag).unwrap());
        for (tag, font) in [
            ("zh-TW", "PingFang TC"),
            ("zh-HK", "PingFang TC"),
            ("zh", "PingFang SC"),
            ("ja", "Hiragino Sans"),
            ("ko-KR", "Malgun Gothic"),
            ("ar-EG", "Geeza Pro"),
            ("pl", "Arial"),
        ] {
            assert!(fonts(tag).contains(font), "{tag}");
            assert!(!fonts(tag).contains(['\'', '"', '&', '<']), "{tag}");
        }
    }

    #[test]
    fn script_and_region_decide_between_locales_of_one_language() {
        let names = ["en", "pt", "pt-BR", "zh-CN", "zh-Hant", "es-MX"];
        let wording = |requested| served(&names, "en", requested).0;
        assert_eq!(wording("pt-PT"), "pt");
        assert_eq!(wording("pt-BR"), "pt-BR");
        assert_eq!(wording("zh-HK"), "zh-Hant");
        assert_eq!(wording("zh-Hant-CN"), "zh-Hant");
        assert_eq!(wording("zh-MY"), "zh-CN");
        assert_eq!(wording("es"), "es-MX");
    }
}
