//! Which country a text names.

use super::table::{COUNTRIES, FORMATS, find, fold};

/// No country's name is longer, in bytes.
const LONGEST_NAME: usize = 200;

/// The country's code of two letters by ISO 3166-1, as people write countries: this
/// code or the one of three letters in any case, `UK` and `EL`, and names in English,
/// in the languages that shops write in and in the country's own, without regard to
/// case, accents, spaces and dots. None where the text names no country, or more than
/// one. Source of the names: CLDR, with what else is common from aliases.txt.
pub(crate) fn country_code(text: &str) -> Option<&'static str> {
    named(text)
        .or_else(|| {
            // `United States (US)`, `Deutschland (DE)`, `US - United States`: both say the same.
            let (name, more) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
            let article = more.trim().eq_ignore_ascii_case("the");
            named(name).filter(|code| article || named(more) == Some(*code))
        })
        .or_else(|| {
            let (one, other) = text.split_once(" - ").or_else(|| text.split_once(','))?;
            named(one).filter(|code| named(other) == Some(*code))
        })
}

/// The country that a text is the name or the code of.
fn named(text: &str) -> Option<&'static str> {
    let name = fold(Some(text).filter(|text| text.len() <= LONGEST_NAME)?);
    if name.len() == 2 && name.is_ascii() {
        return match name.as_str() {
            "uk" => Some("GB"),
            // The European Union's code, as in VAT numbers.
            "el" => Some("GR"),
            code => find(FORMATS, &code.to_ascii_uppercase()).map(|(code, _)| code),
        };
    }
    let named = find(COUNTRIES, &name).or_else(|| find(COUNTRIES, name.strip_prefix("the")?));
    named.map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_understood_as_people_write_them() {
        for (code, texts) in [
            ("US", "US|us| Us |U.S.|USA|usa|U.S.A.|United States|united states of america|America"),
            (
                "US",
                "the United States|Vereinigte Staaten|États-Unis|ETATS UNIS|Estados Unidos|EE. UU.",
            ),
            (
                "US",
                "Stati Uniti|Stany Zjednoczone|アメリカ合衆国|アメリカ|미국|美国|美國|الولايات المتحدة|EUA",
            ),
            (
                "GB",
                "GB|UK|uk|U.K.|GBR|United Kingdom|Great Britain|England|Scotland|Wales|イギリス",
            ),
            (
                "GB",
                "Northern Ireland|Großbritannien|Vereinigtes Königreich|Royaume-Uni|Reino Unido",
            ),
            (
                "DE",
                "DE|de|DEU|GER|Germany|Deutschland|DEUTSCHLAND|Allemagne|Alemania|Niemcy|ドイツ|독일|德国",
            ),
            ("AT", "AT|AUT|Austria|Österreich|Oesterreich|osterreich|Autriche|奥地利"),
            ("CH", "CHE|Switzerland|Schweiz|Suisse|Svizzera|スイス"),
            ("US", "United States (US)|US - United States"),
            ("GB", "United Kingdom (UK)|England, UK"),
            ("NL", "Netherlands (the)"),
            ("GR", "GR|EL|GRC|Greece|Ελλάδα|ΕΛΛΑΔΑ|Griechenland|Hellas"),
            ("ES", "España|espana|Spain|ESP|Spanien|Espagne|스페인"),
            ("FR", "France|FRA|Frankreich|Francia|フランス|法国"),
            ("IT", "Italia|Italy|ITA|Italien"),
            ("BR", "Brasil|Brazil|BRA|Brasilien|巴西"),
            ("JP", "日本|Japan|JPN|Japón|Japonia|일본|Nippon"),
            (
                "KR",
                "South Korea|Korea, Republic of|Republic of Korea|대한민국|한국|KOR|Südkorea|韓国",
            ),
            ("KP", "North Korea|PRK|북한"),
            ("CN", "China|中国|中國|CHN|PRC|People’s Republic of China|الصين"),
            ("TW", "Taiwan|台灣|臺灣|台湾|TWN|Taiwan, Province of China"),
            ("HK", "Hong Kong|HKG|香港|Hong Kong SAR China|中國香港特別行政區"),
            ("MO", "Macau|Macao|澳門|MAC"),
            ("NL", "Netherlands|The Netherlands|Nederland|Holland|NLD|Pays-Bas|オランダ"),
            ("CZ", "Czech Republic|Czechia|Česko|Česká republika|CZE|Tschechien"),
            ("VN", "Viet Nam|Vietnam|Việt Nam|VNM|베트남"),
            ("TR", "Turkey|Türkiye|TÜRKİYE|TUR|Türkei"),
            ("RU", "Russia|Russian Federation|Россия|RUS"),
            ("AE", "United Arab Emirates|UAE|U.A.E.|ARE|الإمارات العربية المتحدة"),
            ("SA", "Saudi Arabia|KSA|السعودية|المملكة العربية السعودية"),
            ("CI", "Ivory Coast|Côte d'Ivoire|Côte d’Ivoire|Cote D Ivoire|CIV"),
            ("IE", "Ireland|Éire|Eire|IRL|Republic of Ireland"),
            ("PL", "Polska|Poland|POL"),
            ("MX", "México|Mexico|MEX"),
            ("PT", "Portugal|PRT"),
            ("BA", "Bosnia and Herzegovina|Bosnia & Herzegovina|Bosna i Hercegovina"),
            ("LC", "St. Lucia|Saint Lucia|St Lucia"),
            ("CD", "Congo - Kinshasa|Democratic Republic of the Congo|COD"),
            ("XK", "XK|Kosovo"),
        ] {
            for text in texts.split('|') {
                assert_eq!(country_code(text), Some(code), "{text}");
            }
        }
    }

    #[test]
    fn what_names_no_country_or_more_than_one_is_none() {
        let long = "United States".repeat(99);
        for text in
            ["", " ", "..", "XX", "ZZ", "EU", "Korea", "Congo", "刚果", "Narnia", "the", &long]
        {
            assert_eq!(country_code(text), None, "{text}");
        }
    }

    #[test]
    fn each_country_has_a_code_of_three_letters() {
        let three = |line: &str| line.find('\t') == Some(3) && line.is_ascii();
        let mut codes: Vec<_> = COUNTRIES.lines().filter(|l| three(l)).map(|l| &l[4..]).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), FORMATS.lines().count());
    }
}
