//! Quiet hours: when nobody is disturbed, by the clock on the customer's wall.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::model::clock;

/// The hours of a day in which nobody is disturbed, as `21:00-08:00`: from the first
/// minute to the one before the second, over midnight where the second is the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: Time,
    to: Time,
}

/// Why a text names no quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuietHoursError {
    /// It has another form.
    #[error("names no hours such as 21:00-08:00")]
    Form,
    /// It begins when it ends.
    #[error("must leave some of the day")]
    Empty,
}

/// The longest search for an hour that suits several zones.
const LONGEST: Duration = Duration::from_secs(36 * 3600);

impl QuietHours {
    /// When they end, if it is quiet now in one of these zones: the first moment at which
    /// it is quiet in none. Zones that leave no such moment are too many: the first one
    /// counts then.
    pub fn end(&self, now: Timestamp, zones: &[TimeZone]) -> Option<Timestamp> {
        let mut end = now;
        while let Some(later) = zones.iter().find_map(|zone| self.end_in(end, zone)) {
            end = later;
            if clock::until(now, end) > LONGEST {
                return zones.first().and_then(|zone| self.end_in(now, zone));
            }
        }
        (end > now).then_some(end)
    }

    fn contains(&self, time: Time) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }

    /// When they end in this zone, if it is quiet there now.
    fn end_in(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let local = now.to_zoned(zone.clone()).datetime();
        if !self.contains(local.time()) {
            return None;
        }
        let day =
            if local.time() < self.to { local.date() } else { local.date().tomorrow().ok()? };
        let end = zone.to_ambiguous_timestamp(day.to_datetime(self.to));
        // Where clocks are set back over the end, it comes twice.
        let first = end.earlier().ok()?;
        let end = if first > now { first } else { end.later().ok()? };
        // Where they are set forward over it, it is over as soon as they are.
        let set = zone.preceding(end).next().map(|transition| transition.timestamp());
        let quiet_at = |at: Timestamp| self.contains(at.to_zoned(zone.clone()).time());
        Some(set.filter(|set| *set > now && !quiet_at(*set)).unwrap_or(end))
    }
}

impl FromStr for QuietHours {
    type Err = QuietHoursError;

    fn from_str(text: &str) -> Result<Self, QuietHoursError> {
        let time = |text: &str| Time::strptime("%H:%M", text.trim());
        let (from, to) = text.split_once('-').ok_or(QuietHoursError::Form)?;
        match (time(from), time(to)) {
            (Ok(from), Ok(to)) if from != to => Ok(Self { from, to }),
            (Ok(_), Ok(_)) => Err(QuietHoursError::Empty),
            _ => Err(QuietHoursError::Form),
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.to.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(text: &str) -> QuietHours {
        text.parse().unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    /// The end of the quiet hours in a zone at a moment, both in UTC.
    fn end(text: &str, name: &str, now: &str) -> Option<String> {
        let end = hours(text).end(now.parse().unwrap(), &[zone(name)]);
        end.map(|end| end.to_string())
    }

    #[test]
    fn the_end_is_that_of_the_clock_on_the_customers_wall() {
        for (text, name, now, expected) in [
            // Before midnight, after it, and when it just has ended.
            ("21:00-08:00", "Europe/Vienna", "2026-11-23T20:00:00Z", Some("2026-11-24T07:00:00Z")),
            ("21:00-08:00", "Europe/Vienna", "2026-11-24T06:59:59Z", Some("2026-11-24T07:00:00Z")),
            ("21:00-08:00", "Europe/Vienna", "2026-11-24T07:00:00Z", None),
            ("21:00-08:00", "Europe/Vienna", "2026-11-23T19:59:59Z", None),
            ("21:00-08:00", "Asia/Tokyo", "2026-11-23T12:00:00Z", Some("2026-11-23T23:00:00Z")),
            // By day.
            ("12:00-14:30", "Asia/Kolkata", "2026-11-23T06:30:00Z", Some("2026-11-23T09:00:00Z")),
            ("12:00-14:30", "Asia/Kolkata", "2026-11-23T06:29:00Z", None),
            // The night of 25 October 2026 has 25 hours in Vienna, that of 29 March 23.
            ("21:00-08:00", "Europe/Vienna", "2026-10-24T20:00:00Z", Some("2026-10-25T07:00:00Z")),
            ("21:00-08:00", "Europe/Vienna", "2026-03-28T21:00:00Z", Some("2026-03-29T06:00:00Z")),
            // An end that comes twice: it is quiet again from 02:00 to 02:30.
            ("22:00-02:30", "Europe/Vienna", "2026-10-25T00:10:00Z", Some("2026-10-25T00:30:00Z")),
            ("22:00-02:30", "Europe/Vienna", "2026-10-25T01:10:00Z", Some("2026-10-25T01:30:00Z")),
            // An end that never comes: 01:59 is followed by 03:00.
            ("22:00-02:30", "Europe/Vienna", "2026-03-29T00:30:00Z", Some("2026-03-29T01:00:00Z")),
            // Half an hour of daylight saving.
            (
                "21:00-08:00",
                "Australia/Lord_Howe",
                "2026-04-04T14:00:00Z",
                Some("2026-04-04T21:30:00Z"),
            ),
        ] {
            assert_eq!(end(text, name, now).as_deref(), expected, "{text} {name} {now}");
        }
    }

    #[test]
    fn in_a_country_of_several_zones_nobody_is_woken() {
        let zones = ["America/New_York", "America/Los_Angeles"].map(zone);
        let hours = hours("21:00-08:00");
        let end = |now: &str| hours.end(now.parse().unwrap(), &zones).map(|end| end.to_string());
        // 09:00 in New York is 06:00 in Los Angeles.
        assert_eq!(end("2026-11-23T14:00:00Z").as_deref(), Some("2026-11-23T16:00:00Z"));
        // At 21:30 in New York one waits until the morning of Los Angeles.
        assert_eq!(end("2026-11-24T02:30:00Z").as_deref(), Some("2026-11-24T16:00:00Z"));
        assert_eq!(end("2026-11-23T20:00:00Z"), None);
        let round_the_world = ["UTC", "Etc/GMT+8", "Etc/GMT-8"].map(zone);
        let end = hours.end("2026-11-23T22:00:00Z".parse().unwrap(), &round_the_world);
        assert_eq!(end.unwrap().to_string(), "2026-11-24T08:00:00Z");
    }

    #[test]
    fn what_names_no_hours_is_told() {
        assert_eq!("21:00-08:00".parse::<QuietHours>().unwrap().to_string(), "21:00-08:00");
        for text in ["", "21-8", "21:00", "25:00-08:00", "21:00-08:61", "night"] {
            assert_eq!(text.parse::<QuietHours>(), Err(QuietHoursError::Form), "{text}");
        }
        assert_eq!("08:00-08:00".parse::<QuietHours>(), Err(QuietHoursError::Empty));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// In every zone, across every change of its clocks for some years.
        #[test]
        fn nobody_is_woken_and_nobody_waits_longer_than_it_is_quiet(
            nth in 0..10_000_usize,
            second in 1_735_689_600..1_830_297_600_i64,
            from in 0..1_440_i64,
            length in 1..1_440_i64,
        ) {
            let names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            let zone = zone(&names[nth % names.len()]);
            let clock = |minute: i64| format!("{:02}:{:02}", minute % 1_440 / 60, minute % 60);
            let hours = hours(&format!("{}-{}", clock(from), clock(from + length)));
            let now = Timestamp::from_second(second).unwrap();
            let quiet = |at: Timestamp| hours.contains(at.to_zoned(zone.clone()).time());
            match hours.end(now, std::slice::from_ref(&zone)) {
                None => prop_assert!(!quiet(now)),
                Some(end) => {
                    prop_assert!(quiet(now) && !quiet(end));
                    let mut minute = now;
                    while minute < end {
                        prop_assert!(quiet(minute), "{minute} is not quiet, and waits until {end}");
                        minute = clock::after(minute, Duration::from_secs(60));
                    }
                }
            }
        }
    }
}
