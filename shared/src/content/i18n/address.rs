//! A postal address as lines, in the order its country's post wants them.

use super::conventions::Conventions;
use crate::content::text::{clean, clean_option, shorten};
use crate::event::Address;

/// Countries whose addresses put the post code behind the town and region.
/// Source: the address formats of libaddressinput.
const CODE_LAST: [&str; 14] =
    ["AU", "CA", "CN", "GB", "HK", "IE", "IN", "JP", "KR", "NZ", "SG", "TH", "TW", "US"];

/// Countries whose addresses, in their own script, go from the large to the
/// small. Source: as above.
const LARGE_FIRST: [&str; 4] = ["CN", "HK", "JP", "TW"];

/// A line of an address is not longer.
const LONGEST_LINE: usize = 80;

/// An address has not more lines.
const MOST_LINES: usize = 12;

/// The address's lines; none without an address.
pub(crate) fn lines(address: Option<&Address>, conventions: &Conventions) -> Vec<String> {
    let Some(address) = address else { return Vec::new() };
    let name = clean_option(address.name.as_deref());
    let streets = address.lines.iter().map(|line| clean(line)).filter(|line| !line.is_empty());
    let city = clean_option(address.city.as_deref());
    let code = clean_option(address.postal_code.as_deref());
    let region = clean_option(address.region.as_deref());
    let country = clean_option(address.country.as_deref());
    let is_in =
        |countries: &[&str]| country.as_deref().is_some_and(|code| countries.contains(&code));
    let country_name = country.as_deref().map(|code| conventions.country(code));

    let mut lines = Vec::new();
    if is_in(&LARGE_FIRST) && city.as_deref().is_some_and(is_in_han) {
        // 北京 北京市 would name the town twice.
        let repeats = |region: &String| city.as_ref().is_some_and(|city| city.starts_with(region));
        let region = region.filter(|region| !repeats(region));
        lines.extend(join(country_name, code, " "));
        lines.extend(join(region, city, ""));
        lines.extend(streets);
        lines.extend(name);
    } else {
        lines.extend(name);
        lines.extend(streets);
        if is_in(&CODE_LAST) {
            lines.extend(join(join(city, region, ", "), code, " "));
        } else {
            lines.extend(join(code, city, " "));
            lines.extend(region);
        }
        lines.extend(country_name);
    }
    lines.truncate(MOST_LINES);
    lines.iter().map(|line| shorten(line, LONGEST_LINE)).collect()
}

fn join(first: Option<String>, second: Option<String>, between: &str) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(first + between + &second),
        (first, second) => first.or(second),
    }
}

/// Whether text is written in Chinese characters or kana, not romanised.
fn is_in_han(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name | street / street | town | code | region | country`
    fn check(address: &str, locale: &str, expect: &str) {
        let parts: Vec<_> =
            address.split(" | ").map(|part| Some(part.to_owned()).filter(|p| p != "-")).collect();
        let [name, streets, city, postal_code, region, country] = parts.try_into().unwrap();
        let lines = streets.iter().flat_map(|s| s.split(" / ")).map(str::to_owned).collect();
        let address = Address { name, lines, city, postal_code, region, country };
        let conventions = Conventions::new(locale.parse().unwrap());
        assert_eq!(super::lines(Some(&address), &conventions).join(" / "), expect);
    }

    #[test]
    fn an_address_is_written_as_its_country_writes_it() {
        check(
            "Ada | Hauptstr. 1 | Wien | 1010 | - | AT",
            "en",
            "Ada / Hauptstr. 1 / 1010 Wien / Austria",
        );
        check(
            "Jo | 1 Main St / Apt 2 | Springfield | 62701 | IL | US",
            "en",
            "Jo / 1 Main St / Apt 2 / Springfield, IL 62701 / United States",
        );
        check(
            "Ana | Calle Mayor 1 | Alcobendas | 28100 | Madrid | ES",
            "en",
            "Ana / Calle Mayor 1 / 28100 Alcobendas / Madrid / Spain",
        );
        check(
            "李小明 | 建国路 100 号 | 北京市 | 100022 | 北京 | CN",
            "zh-CN",
            "中国 100022 / 北京市 / 建国路 100 号 / 李小明",
        );
        check(
            "Li Xiaoming | 100 Jianguo Rd | Beijing | 100022 | - | CN",
            "en",
            "Li Xiaoming / 100 Jianguo Rd / Beijing 100022 / China",
        );
        check("- | - | - | - | - | AT", "en", "Austria");
        check("- | - | - | - | - | -", "en", "");
    }
}
