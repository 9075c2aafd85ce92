//! When something happened or is expected: a day, a moment, or a window of either.

use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::moments;

/// When something happened or is expected, as a shop says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When {
    from: Point,
    until: Option<Point>,
}

/// One end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// A day.
    Day(civil::Date),
    /// A time by the clock of the place, as it was written.
    Local(civil::DateTime),
    /// A moment.
    At(Timestamp),
}

impl Point {
    /// Reads a day or a moment. Whoever writes an offset means the time by that clock.
    fn read(text: &str) -> Option<Self> {
        let written = moments::point(text)?;
        let Some(time) = written.time else { return Some(Self::Day(written.date)) };
        let local = written.date.to_datetime(time);
        match written.zone {
            Some(offset) if offset.is_zero() => offset.to_timestamp(local).map(Self::At).ok(),
            _ => Some(Self::Local(local)),
        }
    }

    /// The day, where the customer is.
    fn day(self, zone: &TimeZone) -> civil::Date {
        match self {
            Self::Day(day) => day,
            Self::Local(time) => time.date(),
            Self::At(moment) => moment.to_zoned(zone.clone()).date(),
        }
    }

    /// The time of day, where the customer is, if one is said.
    fn time(self, zone: &TimeZone) -> Option<civil::Time> {
        match self {
            Self::Day(_) => None,
            Self::Local(time) => Some(time.time()),
            Self::At(moment) => Some(moment.to_zoned(zone.clone()).time()),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Local(time) => time.fmt(f),
            Self::At(moment) => moment.fmt(f),
        }
    }
}

impl FromStr for Point {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() == 10 {
            return text.parse().map(Self::Day).map_err(drop);
        }
        let moment = text.parse().map(Self::At);
        moment.or_else(|_| text.parse().map(Self::Local)).map_err(drop)
    }
}

impl When {
    /// A moment.
    pub fn at(moment: Timestamp) -> Self {
        Self { from: Point::At(moment), until: None }
    }

    /// Reads a day, a moment, or a window as ISO 8601 writes it, with a slash,
    /// or as people do.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(from) = Point::read(text) {
            return Some(Self { from, until: None });
        }
        let separators = ["/", "..", " - ", " – ", "–", " to "];
        let (from, until) = separators.iter().find_map(|between| text.split_once(between))?;
        Self::between(from, until)
    }

    /// A window; the other way round, it is meant as it must be. The end of one on the
    /// same day may be its time alone.
    pub(super) fn between(from: &str, until: &str) -> Option<Self> {
        let from = Point::read(from)?;
        let until = Point::read(until).or_else(|| {
            let time = until.trim().parse::<civil::Time>().ok()?;
            Some(Point::Local(from.day(&TimeZone::UTC).to_datetime(time)))
        });
        let Some(until) = until else { return Some(Self { from, until: None }) };
        let begins = |point: Point| {
            let time = point.time(&TimeZone::UTC).unwrap_or_default();
            point.day(&TimeZone::UTC).to_datetime(time)
        };
        let ends = if begins(from) <= begins(until) { (from, until) } else { (until, from) };
        let (from, until) = ends;
        Some(Self { from, until: (from != until).then_some(until) })
    }

    /// The first day, and the last if it is another, where the customer is.
    pub fn days(&self, zone: &TimeZone) -> (civil::Date, Option<civil::Date>) {
        let first = self.from.day(zone);
        (first, self.until.map(|until| until.day(zone)).filter(|last| *last != first))
    }

    /// The times of day between which it is expected, where both ends say one and it is
    /// one day.
    pub fn times(&self, zone: &TimeZone) -> Option<(civil::Time, civil::Time)> {
        let one_day = self.days(zone).1.is_none();
        let until = self.until.filter(|_| one_day)?;
        Some((self.from.time(zone)?, until.time(zone)?))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.until {
            Some(until) => write!(f, "{}/{until}", self.from),
            None => self.from.fmt(f),
        }
    }
}

impl TryFrom<String> for When {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let point = |text: &str| text.parse::<Point>().map_err(|()| "expected a day or a moment");
        match text.split_once('/') {
            Some((from, until)) => Ok(Self { from: point(from)?, until: Some(point(until)?) }),
            None => Ok(Self { from: point(&text)?, until: None }),
        }
    }
}

impl From<When> for String {
    fn from(arrival: When) -> String {
        arrival.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let Some(arrival) = When::read(text) else { return "none".to_owned() };
        // It is stored as it was read.
        assert_eq!(When::try_from(arrival.to_string()), Ok(arrival), "{text}");
        let zone = TimeZone::get("Europe/Vienna").unwrap();
        let (first, last) = arrival.days(&zone);
        let last = last.map_or(String::new(), |last| format!(" to {last}"));
        let times = arrival.times(&zone);
        let times = times.map_or(String::new(), |(a, b)| format!(" {a}-{b}"));
        format!("{first}{last}{times}")
    }

    #[test]
    fn a_day_is_that_day_however_it_is_written() {
        for text in [
            "2026-11-27",
            "2026-11-27T00:00:00Z",
            "2026-11-27T00:00:00",
            "2026-11-27 00:00:00",
            "2026-11-27T00:00:00+09:00",
            "2026-11-27T12:00:00Z",
            "2026-11-26T23:30:00Z",
            "2026-11-27T08:00:00+01:00",
            "2026-11-27T23:59:59.999Z",
            "2026-11-26T23:00:00+00:00",
            "2026-11-27T23:30:00-05:00",
            "20261127",
            "27.11.2026",
            "27/11/2026",
            "11/27/2026",
            "2026/11/27",
            "Fri, 27 Nov 2026 09:00:00 +0100",
            "Nov 27, 2026",
            "1795737600",
            "1795737600000",
        ] {
            assert_eq!(read(text), "2026-11-27", "{text}");
        }
        for text in [
            "soon",
            "",
            "0001-01-01T00:00:00Z",
            "0000-00-00",
            "9999-12-31",
            "27",
            "05/11/2026",
            "2-3 days",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }

    #[test]
    fn a_window_has_two_days_or_two_times_of_one() {
        assert_eq!(read("2026-11-25/2026-11-27"), "2026-11-25 to 2026-11-27");
        assert_eq!(read("2026-11-27/2026-11-25"), "2026-11-25 to 2026-11-27");
        assert_eq!(read("2026-11-25/2026-11-25"), "2026-11-25");
        assert_eq!(
            read("2026-11-25T09:00:00Z/2026-11-25T11:00:00Z"),
            "2026-11-25 10:00:00-12:00:00"
        );
        assert_eq!(read("2026-11-25T10:00:00/2026-11-25T12:00:00"), "2026-11-25 10:00:00-12:00:00");
        assert_eq!(read("2026-11-25T10:00:00/12:00"), "2026-11-25 10:00:00-12:00:00");
        assert_eq!(read("2026-11-25/nonsense"), "2026-11-25");
    }
}
