//! Dates, times and zones as they are written, not yet a point in time.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A date, and what else stands beside it.
pub(in crate::event) struct Written {
    pub date: Date,
    pub time: Option<Time>,
    pub zone: Option<Offset>,
}

/// Reads a date with its time and zone, each of which may be missing.
pub(super) fn written(text: &str) -> Option<Written> {
    in_numbers(text).or_else(|| in_words(text))
}

/// A date of three numbers or eight digits, first in the text.
fn in_numbers(text: &str) -> Option<Written> {
    let (first, mut rest) = digits(text);
    let (year, month, day) = match first.len() {
        8 | 14 => {
            rest = &text[8..];
            (&first[..4], &first[4..6], &first[6..8])
        }
        1..=4 => {
            let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
            let (second, after) = digits(rest.strip_prefix(separator)?);
            let (third, after) = digits(after.strip_prefix(separator)?);
            rest = after;
            let above_12 = |number: &str| number.parse::<u8>().is_ok_and(|number| number > 12);
            match (first.len(), third.len()) {
                (4, 1..=2) => (first, second, third),
                (1..=2, 4) if separator == '.' || above_12(first) || first == second => {
                    (third, second, first)
                }
                (1..=2, 4) if above_12(second) => (third, first, second),
                _ => return None,
            }
        }
        _ => return None,
    };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let (time, zone) = match rest.trim_start_matches(['T', 't', ',', ' ', '\t', '_']) {
        "" => (None, None),
        rest => time_and_zone(rest)?,
    };
    Some(Written { date, time, zone })
}

/// A date with the month's English name, and the rest in any order, as in RFC 2822
/// (`Sun, 22 Nov 2026 19:28:08 +0000`) and C's `asctime` (`Sun Nov 22 19:28:08 2026`).
fn in_words(text: &str) -> Option<Written> {
    const MONTHS: &str = "january february march april may june july august september october \
                          november december";
    const WEEKDAYS: &str = "sunday monday tuesday wednesday thursday friday saturday";
    let (mut year, mut month, mut day, mut rest) = (None, None, None, String::new());
    // A comment, as in `GMT+0100 (Central European Standard Time)`, repeats the zone.
    let text = text.split('(').next()?.to_ascii_lowercase();
    // `22-nov-2026`: hyphens before a time's offset stay.
    let separates = |c: char| c.is_whitespace() || c == ',';
    let words = text.split(separates).flat_map(|word| {
        let joined = word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(':');
        word.split(move |c| joined && c == '-')
    });
    for word in words.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty()) {
        let starts = |name: &str| word.len() >= 3 && name.starts_with(word);
        let number = word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse::<i16>().ok());
        if let Some(number) = number {
            match word.len() {
                4 if year.is_none() => year = number,
                1..=2 if day.is_none() => day = number,
                // The two digits of RFC 850; no order is older than 2000.
                2 if year.is_none() => year = number.map(|number| 2_000 + number),
                _ => return None,
            }
        } else if let Some(at) = MONTHS.split_ascii_whitespace().position(starts) {
            month = i8::try_from(at + 1).ok();
        } else if WEEKDAYS.split_ascii_whitespace().any(starts) {
            // Not checked: the date stands beside it.
        } else if !rest.is_empty() || word.contains(':') {
            rest.push_str(word);
            rest.push(' ');
        } else {
            return None;
        }
    }
    let date = Date::new(year?, month?, i8::try_from(day?).ok()?).ok()?;
    let (time, zone) = if rest.is_empty() { (None, None) } else { time_and_zone(&rest)? };
    Some(Written { date, time, zone })
}

/// A time, which may be missing, and a zone, which may be missing.
fn time_and_zone(text: &str) -> Option<(Option<Time>, Option<Offset>)> {
    let (time, rest) = leading(text, |c| c.is_ascii_digit() || ":.,".contains(c));
    if time.is_empty() {
        // XML Schema's dates may have a zone (`2026-11-25Z`).
        return Some((None, Some(zone(rest)??)));
    }
    let pad = if time.as_bytes().get(1) == Some(&b':') { "0" } else { "" };
    // Some write more than the nine digits of nanoseconds.
    let end = time.find(['.', ',']).map_or(time.len(), |point| time.len().min(point + 10));
    let mut time: Time = format!("T{pad}{}", &time[..end]).parse().ok()?;
    let (word, after) = leading(rest.trim_start(), |c| c.is_ascii_alphabetic());
    let half = ["am", "pm"].iter().position(|half| word.eq_ignore_ascii_case(half));
    let mut rest = rest;
    if let Some(half) = half {
        let hour = Some(time.hour()).filter(|hour| (1..=12).contains(hour))?;
        time = time.with().hour(hour % 12 + if half == 1 { 12 } else { 0 }).build().ok()?;
        rest = after;
    }
    Some((Some(time), zone(rest)?))
}

/// The offset that a text starts with; what follows it (a zone's name, a comment) says
/// nothing more. Names of zones that are no standard's, as `CET`, are no offset.
fn zone(text: &str) -> Option<Option<Offset>> {
    let (name, rest) = leading(text.trim(), |c| c.is_ascii_alphabetic());
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '[', '(']);
    let hours = match name.to_ascii_uppercase().as_str() {
        // RFC 2822, 4.3.
        "EDT" => Some(-4),
        "EST" | "CDT" => Some(-5),
        "CST" | "MDT" => Some(-6),
        "MST" | "PDT" => Some(-7),
        "PST" => Some(-8),
        "Z" | "UT" | "UTC" | "GMT" => Some(0),
        // `[Europe/Berlin]` without an offset, or nothing at all.
        "" => None,
        _ if (2..=5).contains(&name.len()) && ends(rest) => return Some(None),
        _ => return None,
    };
    let sign =
        rest.chars().next().filter(|c| "+-−".contains(*c) && matches!(hours, None | Some(0)));
    let Some(sign) = sign else {
        let offset = hours.map(|hours: i32| Offset::from_seconds(hours * 3_600));
        return ends(rest).then(|| offset.and_then(Result::ok));
    };
    let (digits, rest) = leading(&rest[sign.len_utf8()..], |c| c.is_ascii_digit() || c == ':');
    let digits = digits.replace(':', "");
    let (hours, minutes): (i32, i32) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 | 6 => (digits[..2].parse().ok()?, digits[2..4].parse().ok()?),
        _ => return None,
    };
    if !ends(rest) || hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = hours * 3_600 + minutes * 60;
    Some(Some(Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()?))
}

fn digits(text: &str) -> (&str, &str) {
    leading(text, |c| c.is_ascii_digit())
}

/// The characters at the begin that belong together, and the rest.
fn leading(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}
