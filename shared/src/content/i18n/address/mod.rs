//! A postal address as lines, as its country's post wants them.
//!
//! Source of the formats: libaddressinput's address metadata, made into tables by
//! generate.py, which says where and why they differ from it. What they want in capital
//! letters isn't: people don't like to see their names changed.

mod country;
mod region;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use country::country_code;
use table::{FORMATS, find, fold};

use crate::content::text::{clean, clean_option, shorten};
use crate::event::Address;

/// A line of an address is not longer.
const LONGEST_LINE: usize = 80;

/// An address has not more lines.
const MOST_LINES: usize = 12;

/// The format where the country is not known.
const ANY_COUNTRY: &str = "%N%n%O%n%A%n%D%n%Z %C%n%S";

/// The parts of an address that stand in one line, and the streets.
struct Parts {
    name: Option<String>,
    company: Option<String>,
    streets: Vec<String>,
    city: Option<String>,
    district: Option<String>,
    postal_code: Option<String>,
    region: Option<String>,
}

/// The address's lines, in the order of its country and its script. The country's name,
/// which `country_name` has for its code, is the last line, or the first where the
/// address goes from the large to the small; a country that isn't known is written as
/// it was given, and such an address in the order that most countries have.
///
/// What the country's format has no place for is not lost where it tells the reader
/// something. The district gets a line before the city's. The region gets one after it,
/// unless it's a mere code, as the post doesn't want it and hardly anybody reads it, or
/// names the country. Nothing is named twice: no region that the city's name repeats, no
/// company with the customer's name, no prefix of a post code that has it.
pub(crate) fn lines(address: &Address, country_name: impl Fn(&str) -> String) -> Vec<String> {
    let given = clean_option(address.country.as_deref());
    let code = given.as_deref().and_then(country_code);
    let mut parts = Parts::of(address);
    let local = parts.is_in_local_script();
    let format = format(code, local);
    parts.tidy(code.unwrap_or_default(), local, !format.contains("%S"));
    let country = match code {
        Some(code) => clean_option(Some(&country_name(code))),
        None => given,
    };

    let mut lines = parts.in_order(format);
    let room = MOST_LINES.saturating_sub(usize::from(country.is_some()));
    if let Some(excess) = lines.len().checked_sub(room).filter(|excess| *excess > 0) {
        // The city matters more than what the seventh line of a street says.
        parts.streets.truncate(parts.streets.len().saturating_sub(excess));
        lines = parts.in_order(format);
    }
    let at = if is_large_first(format) { 0 } else { lines.len() };
    lines.splice(at..at, country);
    lines.iter().map(|line| shorten(line, LONGEST_LINE)).collect()
}

/// The country's format: `%` and a letter for each part, as in libaddressinput (`%N` name,
/// `%O` company, `%A` streets, `%D` district, `%C` city, `%S` region, `%Z` post code, `%n`
/// a new line), in small letters what the country doesn't write, and text between.
fn format(country: Option<&str>, local: bool) -> &'static str {
    let formats = country.and_then(|code| find(FORMATS, code)).map(|(_, formats)| formats);
    match formats.map(|formats| formats.split_once('\t').unwrap_or((formats, formats))) {
        Some((format, _)) if local => format,
        Some((_, latin)) => latin,
        None => ANY_COUNTRY,
    }
}

/// Whether the format goes from the country to the person.
fn is_large_first(format: &str) -> bool {
    format.find("%N") > format.find("%A")
}

impl Parts {
    fn of(address: &Address) -> Self {
        let is_break =
            |c| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let streets = address.lines.iter().flat_map(|line| line.split(is_break)).map(clean);
        Self {
            name: clean_option(address.name.as_deref()),
            company: clean_option(address.company.as_deref()),
            streets: streets.filter(|line| !line.is_empty()).take(MOST_LINES).collect(),
            city: clean_option(address.city.as_deref()),
            district: clean_option(address.district.as_deref()),
            postal_code: clean_option(address.postal_code.as_deref()),
            region: clean_option(address.region.as_deref()),
        }
    }

    /// Whether the place is written in another script than Latin. The region counts only
    /// where there's nothing else, as many shops let people choose it from a list in
    /// English; people's names are written in any script.
    fn is_in_local_script(&self) -> bool {
        let place = [&self.city, &self.district].into_iter().flatten().chain(&self.streets);
        let rest = [&self.region, &self.name, &self.company].into_iter().flatten();
        let written = |text: &&String| text.contains(char::is_alphabetic);
        let is_local = |text: &String| text.contains(|c: char| c.is_alphabetic() && !is_latin(c));
        let mut place = place.filter(written).peekable();
        match place.peek() {
            Some(_) => place.any(is_local),
            None => rest.filter(written).take(1).any(is_local),
        }
    }

    /// Leaves out what would stand there twice or says nothing; `unasked` is whether the
    /// country's format has no region.
    fn tidy(&mut self, country: &str, local: bool, unasked: bool) {
        let same = |one: &str, other: Option<&str>| other.is_some_and(|o| fold(o) == fold(one));
        let city = self.city.as_deref();
        let name = self.name.as_deref();
        self.company.take_if(|company| same(company, name));
        self.district.take_if(|district| same(district, city));
        if let Some(region) = &mut self.region {
            let shown = region::shown(region, country, local);
            let needless = region::is_code(&shown) || country_code(&shown) == Some(country);
            let (ours, citys) = (fold(&shown), city.map(fold).unwrap_or_default());
            // 北京 and 北京市 are one place, whichever of them is the region.
            let repeated = ours == citys || local && citys.starts_with(&ours);
            let repeats =
                matches!(ours.strip_prefix(&citys), Some("市" | "시" | "특별시" | "광역시"));
            *region = shown;
            if repeated || unasked && needless {
                self.region = None;
            } else if repeats {
                self.city = None;
            }
        }
    }

    fn field(&self, letter: char) -> Option<&str> {
        let filler = |code: &&str| !code.contains(|c: char| c.is_alphanumeric() && c != '0');
        match letter {
            'N' => self.name.as_deref(),
            'O' => self.company.as_deref(),
            'C' => self.city.as_deref(),
            'D' => self.district.as_deref(),
            'S' | 's' => self.region.as_deref(),
            'Z' => self.postal_code.as_deref(),
            // Where there are no post codes, people type zeros if a form demands one.
            'z' => self.postal_code.as_deref().filter(|code| !filler(code)),
            _ => None,
        }
    }

    fn in_order(&self, format: &str) -> Vec<String> {
        format.split("%n").flat_map(|line| self.line(line)).collect()
    }

    /// A line of the format; more than one where it has the streets. Text before the
    /// first field belongs to it, other text stands between two that are there.
    fn line(&self, format: &str) -> Vec<String> {
        let mut done = Vec::new();
        let mut line = String::new();
        let (mut between, fields) = format.split_once('%').unwrap_or((format, ""));
        let mut is_first = true;
        for field in fields.split('%') {
            let mut rest = field.chars();
            let letter = rest.next().unwrap_or_default();
            let mut texts: Vec<_> = match letter {
                'A' => self.streets.iter().map(String::as_str).collect(),
                'Z' => {
                    self.field(letter).map(|code| unprefixed(code, between)).into_iter().collect()
                }
                _ => self.field(letter).into_iter().collect(),
            };
            if let Some(last) = texts.pop() {
                if is_first || !line.is_empty() {
                    line.push_str(between);
                }
                for text in texts {
                    done.push(std::mem::take(&mut line) + text);
                }
                line.push_str(last);
            }
            (between, is_first) = (rest.as_str(), false);
        }
        done.extend(Some(line).filter(|line| !line.is_empty()));
        done
    }
}

/// The post code without the prefix that the format writes before it, as with `LT-`.
fn unprefixed<'a>(code: &'a str, before: &str) -> &'a str {
    let is_part = |c: char| matches!(c, '-' | ' ');
    let prefix = before.trim_matches(is_part);
    let start = code.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix));
    let rest = start.map(|start| code[start.len()..].trim_start_matches(is_part));
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(code)
}

/// Whether a letter is of the Latin script.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}')
        || matches!(c, '\u{a720}'..='\u{a7ff}')
}
