//! The languages that a text asks for, in the many ways systems write them.

use std::cmp::Reverse;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 1_000;

/// BCP 47 tags, most wanted first, as language, script and region in canonical case
/// (RFC 5646, 2.1.1); nothing for what names no language.
///
/// Knows POSIX names (`sr_RS.UTF-8@latin`), WordPress's (`de_DE_formal`),
/// `Accept-Language` (RFC 9110, 12.5.4), retired codes (IANA's language subtag
/// registry), .NET's (`zh-CHT`), and languages by their names ("German", "日本語").
/// Variants and extensions are dropped, since they change no wording. Where a
/// language has another name or a wider one, that tag comes after it: `zh-yue-HK`
/// asks for `yue-HK`, else `zh-HK`.
pub(crate) fn language_tags(text: &str) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    if let Some(tag) = by_name(text) {
        return vec![tag.to_owned()];
    }
    let mut ranges: Vec<(&str, u16)> = Vec::new();
    for part in text.split([',', ';', ':', '|']).map(str::trim) {
        match weight(part) {
            Some(weight) => {
                if let Some(range) = ranges.last_mut() {
                    range.1 = weight;
                }
            }
            None => ranges.push((part, 1_000)),
        }
    }
    ranges.retain(|(_, weight)| *weight > 0);
    ranges.sort_by_key(|(_, weight)| Reverse(*weight));
    let mut tags: Vec<String> = Vec::new();
    for (range, _) in ranges {
        for tag in tags_of(range) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// The thousandths of `q=0.8`; an unreadable weight is the least there is.
fn weight(part: &str) -> Option<u16> {
    let (name, value) = part.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let value = value.trim().parse::<f32>().ok().filter(|value| (0.0..=1.0).contains(value));
    Some(value.map_or(1, |value| (value * 1_000.0).round() as u16))
}

/// The tags for one language range.
fn tags_of(range: &str) -> Vec<String> {
    if let Some(tag) = by_name(range) {
        return vec![tag.to_owned()];
    }
    let (name, modifier) = range.split_once('@').unwrap_or((range, ""));
    let name = name.split('.').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    let name = name.replace('_', "-").to_ascii_lowercase();
    let name = RETIRED.iter().find(|(old, _)| *old == name).map_or(&*name, |(_, new)| new);
    let mut subtags = name.split('-').peekable();
    let Some(language) = subtags.next().filter(|subtag| is_alphabetic(subtag, 2..=3)) else {
        return Vec::new();
    };
    if matches!(language, "und" | "mul" | "mis" | "zxx") {
        return Vec::new();
    }
    // RFC 5646, 2.2.2: the extended language alone is the preferred form.
    let extends = ["ar", "kok", "lv", "ms", "sw", "uz", "zh"].contains(&language);
    let extended = subtags.next_if(|subtag| extends && is_alphabetic(subtag, 3..=3));
    let (language, mut script) = match extended {
        // .NET's names before it had `zh-Hans` and `zh-Hant`.
        Some("chs") => (language, Some("hans")),
        Some("cht") => (language, Some("hant")),
        extended => (extended.unwrap_or(language), None),
    };
    let mut region = None;
    for subtag in subtags {
        match subtag.len() {
            // In a language range any subtag may be `*` (RFC 4647, 2.2).
            1 if subtag == "*" => {}
            2 if region.is_none() && is_alphabetic(subtag, 2..=2) => region = Some(subtag),
            3 if region.is_none() && subtag.bytes().all(|b| b.is_ascii_digit()) => {
                region = Some(subtag);
            }
            4 if script.is_none() && region.is_none() && is_alphabetic(subtag, 4..=4) => {
                script = Some(subtag);
            }
            // Variants, such as `formal`.
            4..=8 => {}
            _ => break,
        }
    }
    let script = script.or(match modifier.trim().to_ascii_lowercase().as_str() {
        "latin" | "latn" => Some("latn"),
        "cyrillic" | "cyrl" => Some("cyrl"),
        "devanagari" => Some("deva"),
        _ => None,
    });
    // Many take the United Kingdom's reserved code for its code.
    let region = region.map(|region| if region == "uk" { "gb" } else { region });

    let mut rows = LANGUAGES.split(',').filter_map(|row| row.trim().split_once('='));
    let known = rows.find(|(codes, _)| codes.split(' ').any(|code| code == language));
    let wanted = known.map_or(language, |(_, tags)| tags);
    wanted.split(' ').map(|tag| joined(tag, script, region)).collect()
}

/// A tag with the script and the region, unless it has its own.
fn joined(tag: &str, script: Option<&str>, region: Option<&str>) -> String {
    let mut subtags = tag.split('-');
    let mut out = subtags.next().unwrap_or_default().to_owned();
    let (mut own_script, mut own_region) = (None, None);
    for subtag in subtags {
        *(if subtag.len() == 4 { &mut own_script } else { &mut own_region }) = Some(subtag);
    }
    if let Some(script) = script.or(own_script) {
        out.push('-');
        out.push_str(&script[..1].to_ascii_uppercase());
        out.push_str(&script[1..]);
    }
    if let Some(region) = region.or(own_region) {
        out.push('-');
        out.push_str(&region.to_ascii_uppercase());
    }
    out
}

fn is_alphabetic(subtag: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The tag of a language called by its name; Windows says `English_United States.1252`
/// and browsers say `English (United States)`.
fn by_name(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_matches(['"', '\'']).to_lowercase();
    let named = |wanted: &str| {
        let mut rows = NAMES.iter();
        rows.find(|(names, _)| names.split('/').any(|name| name == wanted)).map(|(_, tag)| *tag)
    };
    let language = || text.split(['(', '_']).next().and_then(|language| named(language.trim()));
    named(&text).or_else(language)
}

/// Whole tags of older standards, lower-case, with what they stand for today. Source:
/// IANA's language subtag registry, "grandfathered".
const RETIRED: &[(&str, &str)] = &[
    ("art-lojban", "jbo"),
    ("i-ami", "ami"),
    ("i-bnn", "bnn"),
    ("i-hak", "hak"),
    ("i-klingon", "tlh"),
    ("i-lux", "lb"),
    ("i-navajo", "nv"),
    ("i-pwn", "pwn"),
    ("i-tao", "tao"),
    ("i-tay", "tay"),
    ("i-tsu", "tsu"),
    ("no-bok", "nb"),
    ("no-nyn", "nn"),
    ("zh-guoyu", "zh"),
    ("zh-hakka", "hak"),
    ("zh-min", "zh"),
    ("zh-min-nan", "nan"),
    ("zh-xiang", "hsn"),
];

/// Language subtags, each row with the tags to look for in their place. Sources: IANA's
/// language subtag registry (retired codes, macrolanguages), ISO 639-2 (codes of
/// three letters). Codes of countries are here where they are no language's.
const LANGUAGES: &str = "
    iw heb=he, in ind=id, ji yid=yi, jw jav=jv, mo mol=ro-md, ron rum=ro, sh scr hbs=sr-latn,
    srp scc=sr, hrv=hr, tl tgl fil=fil tl, no nor nb nob=nb no, nn nno=nn nb no,
    zho chi cmn cn=zh, yue=yue zh, nan=nan zh, hak=hak zh, hsn=hsn zh, wuu=wuu zh, gan=gan zh,
    ara arb=ar, arz=arz ar, msa may zsm=ms, lvs lav=lv, swa swh=sw, uzb uzn=uz, eng=en, us=en-us,
    gb=en-gb, deu ger=de, gsw=gsw de, fra fre=fr, spa=es, ita=it, por=pt, nld dut=nl, pol=pl,
    rus=ru, ukr ua=uk, jpn jp=ja, kor=ko, tur=tr, ces cze cz=cs, slk slo=sk, slv=sl, dan dk=da,
    swe=sv, fin=fi, ell gre gr=el, hun=hu, bul=bg, est=et, lit=lt, hin=hi, ben=bn, tha=th, vie=vi,
    fas per=fa, urd=ur, cat=ca, gle=ga, isl ice=is,
";

/// Languages by their English and their own names, lower-case.
const NAMES: &[(&str, &str)] = &[
    ("arabic/العربية/عربي", "ar"),
    ("bengali/bangla/বাংলা", "bn"),
    ("bulgarian/български", "bg"),
    ("catalan/català", "ca"),
    ("simplified chinese/chinese simplified/chinese (simplified)/简体中文/中文(简体)", "zh-Hans"),
    (
        "traditional chinese/chinese traditional/chinese (traditional)/繁體中文/中文(繁體)",
        "zh-Hant",
    ),
    ("chinese/mandarin/中文/汉语/漢語", "zh"),
    ("croatian/hrvatski", "hr"),
    ("czech/čeština/česky", "cs"),
    ("danish/dansk", "da"),
    ("dutch/nederlands", "nl"),
    ("english", "en"),
    ("english (uk)/british english/english (united kingdom)", "en-GB"),
    ("estonian/eesti", "et"),
    ("filipino/tagalog", "fil"),
    ("finnish/suomi", "fi"),
    ("french/français/francais", "fr"),
    ("german/deutsch", "de"),
    ("greek/ελληνικά", "el"),
    ("hebrew/עברית", "he"),
    ("hindi/हिन्दी/हिंदी", "hi"),
    ("hungarian/magyar", "hu"),
    ("icelandic/íslenska", "is"),
    ("indonesian/bahasa indonesia", "id"),
    ("irish/gaeilge", "ga"),
    ("italian/italiano", "it"),
    ("japanese/日本語", "ja"),
    ("korean/한국어", "ko"),
    ("latvian/latviešu", "lv"),
    ("lithuanian/lietuvių", "lt"),
    ("malay/bahasa melayu", "ms"),
    ("norwegian/norsk/norsk bokmål/bokmål", "nb"),
    ("persian/farsi/فارسی", "fa"),
    ("polish/polski", "pl"),
    ("brazilian portuguese/portuguese (brazil)/português (brasil)/português do brasil", "pt-BR"),
    ("portuguese/português/portugues", "pt"),
    ("romanian/română", "ro"),
    ("russian/русский", "ru"),
    ("serbian/српски", "sr"),
    ("slovak/slovenčina", "sk"),
    ("slovenian/slovenščina", "sl"),
    ("spanish/español/espanol/castellano", "es"),
    ("swedish/svenska", "sv"),
    ("thai/ไทย/ภาษาไทย", "th"),
    ("turkish/türkçe", "tr"),
    ("ukrainian/українська", "uk"),
    ("urdu/اردو", "ur"),
    ("vietnamese/tiếng việt", "vi"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> String {
        language_tags(text).join(" ")
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(tags(text), *expected, "{text}");
        }
    }

    #[test]
    fn tags_get_their_canonical_case() {
        check(&[
            ("de", "de"),
            (" de-at ", "de-AT"),
            ("DE_de", "de-DE"),
            ("ZH-hant-hk", "zh-Hant-HK"),
            ("zh_Hant_HK", "zh-Hant-HK"),
            ("es-419", "es-419"),
            ("en-UK", "en-GB"),
            ("de-", "de"),
            ("de-DE-u-co-phonebk", "de-DE"),
            ("de-x-private", "de"),
            ("sl-rozaj-biske-1994", "sl"),
            ("de-CH-1996", "de-CH"),
            ("gsw-CH", "gsw-CH de-CH"),
            ("\"de_DE\"", "de-DE"),
        ]);
    }

    #[test]
    fn posix_and_wordpress_names_are_known() {
        check(&[
            ("de_DE.UTF-8", "de-DE"),
            ("de_DE@euro", "de-DE"),
            ("de_DE.ISO-8859-15@euro", "de-DE"),
            ("sr_RS@latin", "sr-Latn-RS"),
            ("sr_RS.UTF-8@latin", "sr-Latn-RS"),
            ("uz_UZ@cyrillic", "uz-Cyrl-UZ"),
            ("ca_ES@valencia", "ca-ES"),
            ("en_US_POSIX", "en-US"),
            ("de_AT:de:en", "de-AT de en"),
            ("de_DE_formal", "de-DE"),
            ("pt_PT_ao90", "pt-PT"),
            ("zh_TW", "zh-TW"),
            ("C", ""),
            ("C.UTF-8", ""),
            ("POSIX", ""),
        ]);
    }

    #[test]
    fn accept_language_is_ordered_by_weight() {
        check(&[
            ("de-DE,de;q=0.9,en;q=0.8", "de-DE de en"),
            ("en;q=0.5, de-DE ; q=0.9 ,fr", "fr de-DE en"),
            ("en;q=0.8,de;q=0.8", "en de"),
            ("de;Q=1.000,en;q=0.001", "de en"),
            ("en;q=0,de", "de"),
            ("*", ""),
            ("*;q=0.5", ""),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr-CH fr en de"),
            ("de-*-DE", "de-DE"),
            ("en;q=x,de;q=0.1,fr;q=2", "de en fr"),
            ("de,de;q=0.5", "de"),
            (";q=1,,de", "de"),
        ]);
    }

    #[test]
    fn extended_and_retired_languages_get_todays_names() {
        check(&[
            ("zh-cmn-Hans-CN", "zh-Hans-CN"),
            ("cmn-Hant", "zh-Hant"),
            ("zh-yue-HK", "yue-HK zh-HK"),
            ("yue-Hant-HK", "yue-Hant-HK zh-Hant-HK"),
            ("ar-arz-EG", "arz-EG ar-EG"),
            ("zh-min-nan", "nan zh"),
            ("i-klingon", "tlh"),
            ("i-lux", "lb"),
            ("i-default", ""),
            ("iw", "he"),
            ("iw_IL", "he-IL"),
            ("in_ID", "id-ID"),
            ("ji", "yi"),
            ("no-NO", "nb-NO no-NO"),
            ("nb", "nb no"),
            ("nn-NO", "nn-NO nb-NO no-NO"),
            ("no-bok", "nb no"),
            ("mo", "ro-MD"),
            ("sh-BA", "sr-Latn-BA"),
            ("tl-PH", "fil-PH tl-PH"),
            ("zh-CHS", "zh-Hans"),
            ("zh-CHT", "zh-Hant"),
            ("zh-CHT-TW", "zh-Hant-TW"),
            ("deu", "de"),
            ("eng-US", "en-US"),
            ("jp", "ja"),
        ]);
    }

    #[test]
    fn languages_are_known_by_name() {
        check(&[
            ("German", "de"),
            ("DEUTSCH", "de"),
            ("français", "fr"),
            ("Français (Canada)", "fr"),
            ("日本語", "ja"),
            (" Русский ", "ru"),
            ("TÜRKÇE", "tr"),
            ("Chinese (Traditional)", "zh-Hant"),
            ("简体中文", "zh-Hans"),
            ("Portuguese (Brazil)", "pt-BR"),
            ("English_United States.1252", "en"),
            ("English (United States)", "en"),
            ("German, English", "de en"),
        ]);
    }

    #[test]
    fn what_names_no_language_is_dropped() {
        for text in [
            "",
            " ",
            "-",
            "_",
            "und",
            "root",
            "x-private",
            "???",
            "1",
            "q=1",
            ",;:|",
            "null",
            "english language please",
            "😀",
            "é-DE",
            "undefined",
            "de DE",
            "@latin",
            ".UTF-8",
        ] {
            assert_eq!(tags(text), "", "{text}");
        }
        assert_eq!(tags(&"de,".repeat(1_000)), "");
        assert_eq!(tags("de-é-DE"), "de");
        assert_eq!(tags("xx-!!!!-DE"), "xx-DE");
    }

    #[test]
    fn the_tables_have_no_entry_twice() {
        let rows = LANGUAGES.split(',').filter_map(|row| row.trim().split_once('='));
        let codes = rows.flat_map(|(codes, _)| codes.split(' '));
        let names = NAMES.iter().flat_map(|(names, _)| names.split('/'));
        for words in [codes.collect::<Vec<_>>(), names.collect()] {
            let distinct: std::collections::HashSet<_> = words.iter().collect();
            assert_eq!(distinct.len(), words.len());
        }
    }
}
