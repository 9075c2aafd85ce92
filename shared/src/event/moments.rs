//! Points in time and days, in the many ways systems write them.

mod written;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

pub(super) use written::Written;
use written::written;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 100;

/// A point in time, as far as a text or a number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// With a zone, so known exactly.
    Exact(Timestamp),
    /// Without a zone, or with one whose short name is no standard's; read as UTC.
    NoZone(Timestamp),
    /// What a system writes where it has no time.
    Zero,
    /// No time.
    Unreadable,
}

/// Reads a time: RFC 3339 and ISO 8601 (zone, seconds and even the time may be
/// missing), RFC 2822 and HTTP's dates (RFC 9110, 5.6.7), JavaScript's, Java's, Go's and
/// Ruby's texts of a date, .NET's `/Date(…)/`, and digits as [`moment_of_number`] does.
pub(super) fn moment(text: &str) -> Moment {
    let text = text.trim();
    if text.len() > LONGEST {
        return Moment::Unreadable;
    }
    if is_all_zeros(text) {
        return Moment::Zero;
    }
    if let Some(milliseconds) = dot_net(text) {
        return exact(Timestamp::from_millisecond(milliseconds).ok());
    }
    if let Some(number) = number(text) {
        return moment_of_number(number);
    }
    let Some(Written { date, time, zone }) = written(text) else {
        return Moment::Unreadable;
    };
    if is_zero_date(date) {
        return Moment::Zero;
    }
    let at = date.to_datetime(time.unwrap_or(Time::midnight()));
    let offset = zone.unwrap_or(Offset::UTC);
    match (offset.to_timestamp(at), zone) {
        (Ok(timestamp), Some(_)) => exact(Some(timestamp)),
        (Ok(timestamp), None) => Moment::NoZone(timestamp),
        (Err(_), _) => Moment::Unreadable,
    }
}

/// Reads a number as the time since 1970: ten digits before the point are seconds
/// (2001 to 2286), thirteen milliseconds, sixteen microseconds. Others are no times;
/// few systems count anything else, and a price is no time either.
pub(super) fn moment_of_number(number: f64) -> Moment {
    // .NET's and Go's zero time in seconds and milliseconds.
    if [0.0, -62_135_596_800.0, -62_135_596_800_000.0].contains(&number) {
        return Moment::Zero;
    }
    let microseconds = match number {
        1e9..1e10 => number * 1e6,
        1e12..1e13 => number * 1e3,
        1e15..1e16 => number,
        _ => return Moment::Unreadable,
    };
    exact(Timestamp::from_microsecond(microseconds.round() as i64).ok())
}

/// A day or a time, as it was written. So systems write the begin and the end of a day
/// that they keep as a moment: midnight and 23:59:59 are no time.
///
/// `25.11.2026` is read day first, as everywhere where dots are used. With slashes or
/// hyphens the order differs between countries, so one number must be above 12 or both
/// the same; `05/11/2026` is unreadable.
pub(super) fn point(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.len() > LONGEST || is_all_zeros(text) {
        return None;
    }
    let milliseconds = dot_net(text).and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let instant = milliseconds.or_else(|| match moment_of_number(number(text)?) {
        Moment::Exact(timestamp) => Some(timestamp),
        _ => None,
    });
    let point = match instant {
        Some(instant) => {
            let at = Offset::UTC.to_datetime(instant);
            Written { date: at.date(), time: Some(at.time()), zone: Some(Offset::UTC) }
        }
        None => written(text)?,
    };
    let ends_a_day = |time: &Time| {
        *time == Time::midnight() || (time.hour(), time.minute(), time.second()) == (23, 59, 59)
    };
    let time = point.time.filter(|time| !ends_a_day(time));
    (!is_zero_date(point.date)).then_some(Written { time, ..point })
}

/// Whether it is a moment that systems write for none.
pub(super) fn is_zero(moment: Timestamp) -> bool {
    exact(Some(moment)) == Moment::Zero
}

fn exact(timestamp: Option<Timestamp>) -> Moment {
    let Some(timestamp) = timestamp else {
        return Moment::Unreadable;
    };
    let zero = timestamp == Timestamp::UNIX_EPOCH
        || is_zero_date(Offset::UTC.to_datetime(timestamp).date());
    if zero { Moment::Zero } else { Moment::Exact(timestamp) }
}

/// Whether it is a day that systems write for none: the first day of a calendar (Go and
/// .NET: year 1; SQL Server: 1753; Excel, SAP, Delphi: around 1900; Unix: 1970) or the last
/// year of four digits. Nobody ordered anything online before 1970, so no other day
/// until then is a date either.
fn is_zero_date(date: Date) -> bool {
    date <= Date::constant(1970, 1, 1) || date.year() == 9999
}

/// Zeros only, as in MySQL's `0000-00-00 00:00:00`; so PHP writes `-0001-11-30`.
fn is_all_zeros(text: &str) -> bool {
    let zeros = |c: char| c == '0' || " -:./TtZz+".contains(c);
    (text.contains('0') && text.chars().all(zeros)) || text.starts_with("-0001-11-30")
}

/// The milliseconds in `/Date(1700000000000+0100)/`; the offset changes nothing about
/// the point in time. The slashes may be escaped, as they are in JSON.
fn dot_net(text: &str) -> Option<i64> {
    let text = text.trim_matches(['/', '\\']).strip_prefix("Date(")?.strip_suffix(')')?;
    let sign = text.get(1..)?.find(['+', '-']).map_or(text.len(), |at| at + 1);
    text.get(..sign)?.parse().ok()
}

/// A number of digits that cannot be a date; fourteen are a date and a time.
fn number(text: &str) -> Option<f64> {
    let whole = text.split('.').next()?;
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    (digits && matches!(whole.len(), 10 | 13 | 16)).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_with_a_zone_are_exact() {
        let expected = Moment::Exact(at("2026-11-22T19:28:08Z"));
        for text in [
            "2026-11-22T19:28:08Z",
            " 2026-11-22t19:28:08z\n",
            "2026-11-22 19:28:08Z",
            "2026-11-22T20:28:08+01:00",
            "2026-11-22T20:28:08+0100",
            "2026-11-22T20:28:08+01",
            "2026-11-22T14:28:08-05:00",
            "2026-11-22T14:28:08\u{2212}05:00",
            "2026-11-22T19:28:08+0000",
            "2026-11-22T19:28:08-00:00",
            "2026-11-22T19:28:08.000000000000Z",
            "2026-11-22T19:28:08,0Z",
            "2026-11-22T20:28:08+01:00[Europe/Berlin]",
            "20261122T192808Z",
            "20261122192808Z",
            "2026/11/22 19:28:08 UTC",
            "2026-11-22 20:28:08 +0100",
            "2026-11-22 19:28:08.0 +0000 UTC m=+0.000012",
            "Sun, 22 Nov 2026 19:28:08 +0000",
            "Sun, 22 Nov 2026 19:28:08 GMT",
            "22 Nov 2026 14:28:08 EST",
            "Sunday, 22-Nov-26 19:28:08 GMT",
            "Sun Nov 22 19:28:08 UTC 2026",
            "Sun Nov 22 19:28:08 +0000 2026",
            "Sun Nov 22 2026 20:28:08 GMT+0100 (CET)",
            "Sun Nov 22 2026 20:28:08 GMT+0100 (Central European Standard Time)",
            "Nov 22, 2026 7:28:08 PM UTC",
            "/Date(1795375688000)/",
            "\\/Date(1795375688000+0100)\\/",
            "/Date(1795375688000-0500)/",
            "1795375688",
            "1795375688000",
            "1795375688000000",
            "1795375688.0",
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
        let parts = Moment::Exact(at("2026-11-22T19:28:08.123456789Z"));
        assert_eq!(moment("2026-11-22T19:28:08.123456789012Z"), parts);
        assert_eq!(moment("1795375688.5"), Moment::Exact(at("2026-11-22T19:28:08.5Z")));
        assert_eq!(moment("2026-11-22T23:59:60Z"), Moment::Exact(at("2026-11-22T23:59:59Z")));
    }

    #[test]
    fn times_without_a_zone_are_read_as_utc() {
        let expected = Moment::NoZone(at("2026-11-22T19:28:08Z"));
        for text in [
            "2026-11-22T19:28:08",
            "2026-11-22 19:28:08",
            "2026-11-22 19:28:08.000",
            "2026/11/22 19:28:08",
            "20261122192808",
            "22.11.2026 19:28:08",
            "22.11.2026, 19:28:08",
            "11/22/2026 07:28:08 PM",
            "11/22/2026, 7:28:08 PM",
            "Sun Nov 22 19:28:08 2026",
            "Sun Nov 22 19:28:08 CET 2026",
            "22-NOV-2026 19:28:08",
            "2026-11-22T19:28:08[Europe/Berlin]",
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
        let midnight = Moment::NoZone(at("2026-11-22T00:00:00Z"));
        for text in
            ["2026-11-22", "20261122", "22 November 2026", "Nov. 22, 2026", "11/22/2026 12:00 AM"]
        {
            assert_eq!(moment(text), midnight, "{text}");
        }
        assert_eq!(moment("2026-11-22T19:28"), Moment::NoZone(at("2026-11-22T19:28:00Z")));
    }

    #[test]
    fn times_that_stand_for_none_are_zero() {
        for text in [
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00+01:00",
            "0001-01-01 00:00:00 +0000 UTC",
            "01/01/0001 00:00:00",
            "1/1/0001 12:00:00 AM",
            "0000-00-00 00:00:00",
            "0000-00-00",
            "0000-00-00T00:00:00.000Z",
            "00000000",
            "-0001-11-30T00:00:00+00:00",
            "0",
            "0000000000",
            "1970-01-01T00:00:00Z",
            "1970-01-01 00:00:00",
            "1970-01-01",
            "1970-01-01T01:00:00+01:00",
            "1969-12-31T19:00:00-05:00",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "1899-12-30",
            "1900-01-01T00:00:00",
            "1753-01-01",
            "9999-12-31",
            "9999-12-31T23:59:59.9999999Z",
            "9999-12-31T23:59:59",
            "/Date(-62135596800000)/",
            "/Date(0)/",
        ] {
            assert_eq!(moment(text), Moment::Zero, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in [
            "",
            "now",
            "tomorrow",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-02-30",
            "2026-11-22T25:00:00Z",
            "2026-11-22T19:28:08+24:00",
            "2026-11-22T19:28:08Zulu-1",
            "2026-11-22x",
            "2026-11-22T19:28:08+1:2:3",
            "05/11/2026",
            "26-11-22",
            "11/22/26",
            "22 Nov",
            "Nov 2026",
            "Sun Foo 22 2026",
            "13:00 PM 22 Nov 2026",
            "123456789",
            "17953756880",
            "46348.8",
            "1.7e9",
            "-1795375688",
            "1.2.3",
            "1795375688.5.5",
            "/Date(x)/",
            "/Date()/",
            "/Date(é)/",
            "Date(",
            "２０２６-11-22",
        ] {
            assert_eq!(moment(text), Moment::Unreadable, "{text}");
        }
        assert_eq!(moment(&"1".repeat(1_000)), Moment::Unreadable);
    }

    #[test]
    fn numbers_are_times_by_their_length() {
        let expected = Moment::Exact(at("2026-11-22T19:28:08Z"));
        for number in [1_795_375_688.0, 1_795_375_688e3, 1_795_375_688e6] {
            assert_eq!(moment_of_number(number), expected, "{number}");
        }
        let parts = Moment::Exact(at("2026-11-22T19:28:08.123Z"));
        assert_eq!(moment_of_number(1_795_375_688.123), parts);
        assert_eq!(moment_of_number(1_795_375_688_123.0), parts);
        for number in [0.0, -0.0, -62_135_596_800.0, -62_135_596_800_000.0] {
            assert_eq!(moment_of_number(number), Moment::Zero, "{number}");
        }
        for number in [1.0, 48.5, 20_261_122.0, 1e11, 1e14, 1e300, -1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(moment_of_number(number), Moment::Unreadable, "{number}");
        }
    }
}
