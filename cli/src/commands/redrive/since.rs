//! When: a moment, a day, or so long ago.

use std::str::FromStr;
use std::time::Duration;

use bellhop::model::clock::{Timestamp, from_millis};
use jiff::civil::Date;

/// When something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// At this moment.
    At(Timestamp),
    /// So long ago.
    Ago(Duration),
}

impl Since {
    /// A day ago.
    pub const YESTERDAY: Self = Self::Ago(Duration::from_secs(86_400));

    /// The moment, as of `now`.
    pub fn at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Ago(ago) => {
                let millis = i64::try_from(ago.as_millis()).unwrap_or(i64::MAX);
                from_millis(now.as_millisecond().saturating_sub(millis))
            }
        }
    }
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(at) = text.parse() {
            return Ok(Self::At(at));
        }
        if let Some(midnight) = midnight(text) {
            return Ok(Self::At(midnight));
        }
        let ago = || {
            let unit = text.chars().last()?;
            let seconds = match unit {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                _ => return None,
            };
            let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
            Some(Self::Ago(Duration::from_secs(count.checked_mul(seconds)?)))
        };
        let expected = "expected so long ago (90m, 2h, 3d), a day (2026-11-23) or a moment (2026-11-23T09:30:00Z)";
        ago().ok_or_else(|| expected.to_owned())
    }
}

/// The day's beginning, UTC.
fn midnight(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    let zoned = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    (text.len() == 10).then(|| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        let now: Timestamp = "2026-11-23T09:30:00Z".parse().unwrap();
        for (text, expected) in [
            ("90m", Some("2026-11-23T08:00:00Z")),
            ("2h", Some("2026-11-23T07:30:00Z")),
            ("3d", Some("2026-11-20T09:30:00Z")),
            ("30s", Some("2026-11-23T09:29:30Z")),
            ("2026-11-20", Some("2026-11-20T00:00:00Z")),
            ("2026-11-20T10:00:00+01:00", Some("2026-11-20T09:00:00Z")),
            ("", None),
            ("h", None),
            ("-2h", None),
            ("2 weeks", None),
            ("99999999999999999999d", None),
            ("18446744073709551615d", None),
        ] {
            let read = text.parse::<Since>().ok().map(|since| since.at(now).to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
