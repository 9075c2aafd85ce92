//! The forms of a region's name: shops' systems have codes, people write names.

use super::table::{REGIONS, find, fold, folded};

/// The region in the form that the country's addresses have: the short one where the
/// post wants it (`RM` for `Roma`, `SP` for `São Paulo`), a name for a code nobody
/// reads (`Madrid` for `M`), in local script or in Latin. A region that the country's
/// table doesn't have stays as it is; so does each of the United States, where `IL` and
/// `Illinois` both are right. An ISO 3166-2 code's country (`US-CA`) is dropped.
pub(super) fn shown(region: &str, country: &str, local: bool) -> String {
    let behind = region.get(..country.len()).filter(|start| start.eq_ignore_ascii_case(country));
    let behind = behind.and_then(|start| region.get(start.len()..)).unwrap_or_default();
    let code = behind.strip_prefix('-').filter(|code| is_code(code));
    let region = code.unwrap_or(region);
    // Some shops' systems write `JP13` for JP-13.
    let wanted = [region, behind].map(fold);
    let wanted =
        |form: &str| !form.is_empty() && wanted.iter().any(|text| folded(form).eq(text.chars()));

    let entries = find(REGIONS, country).into_iter().flat_map(|(_, regions)| regions.split('~'));
    let mut found = entries.filter(|entry| entry.split('|').any(wanted));
    let mut forms = found.next().unwrap_or(region).split('|');
    let (first, latin) = (forms.next().unwrap_or(region), forms.next().unwrap_or_default());
    if local || latin.is_empty() { first.to_owned() } else { latin.to_owned() }
}

/// Whether this is a region's code rather than its name, as with `BY` but not with the
/// French `Var`.
pub(super) fn is_code(region: &str) -> bool {
    let has_name = region.len() == 3 && region.contains(|c: char| c.is_ascii_lowercase());
    region.len() <= 3 && !has_name && region.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_have_the_form_that_the_country_writes() {
        for (country, given, expect) in [
            ("US", "IL", "IL"),
            ("US", "Illinois", "Illinois"),
            ("US", "Kentucky", "Kentucky"),
            ("US", "US-CA", "CA"),
            ("US", "us-ca", "ca"),
            ("CA", "CA-ON", "ON"),
            ("CA", "Québec", "QC"),
            ("AU", "AU-NSW", "NSW"),
            ("AU", "CA-NSW", "CA-NSW"),
            ("IT", "Roma", "RM"),
            ("IT", "rm", "RM"),
            ("BR", "Sao Paulo", "SP"),
            ("MX", "Ciudad de México", "CDMX"),
            ("ES", "ES-M", "Madrid"),
            ("ES", "Gipuzkoa", "Guipúzcoa"),
            ("AR", "C", "Ciudad Autónoma de Buenos Aires"),
            ("IN", "KA", "Karnataka"),
            ("TR", "TR34", "İstanbul"),
            ("JP", "JP-13", "Tokyo"),
            ("JP", "東京都", "Tokyo"),
            ("DE", "DE-BY", "BY"),
            ("DE", "Bayern", "Bayern"),
            ("US", "US-Virgin Islands", "US-Virgin Islands"),
            ("", "Somewhere", "Somewhere"),
        ] {
            assert_eq!(shown(given, country, false), expect, "{country} {given}");
        }
        for (country, given, expect) in [
            ("JP", "Tōkyō", "東京都"),
            ("JP", "JP13", "東京都"),
            ("JP", "東京", "東京"),
            ("KR", "서울", "서울특별시"),
            ("TH", "Bangkok", "กรุงเทพมหานคร"),
            ("HK", "Kowloon", "九龍"),
            ("AE", "Dubai", "دبي"),
        ] {
            assert_eq!(shown(given, country, true), expect, "{country} {given}");
        }
    }

    #[test]
    fn codes_are_told_from_names() {
        assert!(["BY", "by", "ENG", "07", "75C"].iter().all(|code| is_code(code)));
        assert!(["Var", "Kent", "Ōta", "U-V"].iter().all(|name| !is_code(name)));
    }
}
