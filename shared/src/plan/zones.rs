//! Where the customer's clock hangs: in the zone that they or the shop name, else in any of
//! their country's.

use jiff::tz::TimeZone;

use super::Settings;
use crate::content::country_code;
use crate::customer::Profile;
use crate::event::OrderEventData;

/// A country's zones, by its code. Written by `zones.py`.
const ZONES: &str = include_str!("zones.tsv");

/// The zones that the customer and their profile name, as they name them.
pub(super) fn customers_zones<'a>(
    data: &'a OrderEventData,
    profile: Option<&'a Profile>,
) -> [Option<&'a str>; 2] {
    let zones = [
        data.customer.time_zone.as_deref(),
        profile.and_then(|profile| profile.time_zone.as_deref()),
    ];
    zones.map(|zone| zone.map(str::trim))
}

/// The zones that the customer may be in: theirs, where it is known; else those of the
/// country that the order goes to, where nobody knows which; else the shop's.
pub(super) fn wall_clocks(
    data: &OrderEventData,
    profile: Option<&Profile>,
    settings: &Settings,
) -> Vec<TimeZone> {
    let named = customers_zones(data, profile).into_iter().flatten();
    if let Some(zone) = named.filter_map(|name| TimeZone::get(name).ok()).next() {
        return vec![zone];
    }
    let order = &data.order;
    let addresses = [&order.shipping_address, &order.billing_address].into_iter().flatten();
    let country = addresses.filter_map(|of| of.country.as_deref()).find_map(country_code);
    let zones = country.map(zones_of).unwrap_or_default();
    if zones.is_empty() {
        vec![TimeZone::get(&settings.default_time_zone).unwrap_or(TimeZone::UTC)]
    } else {
        zones
    }
}

/// The time zones that people of a country live in; none where the code is unknown. The
/// code is ISO 3166-1 alpha-2, in capitals.
fn zones_of(country: &str) -> Vec<TimeZone> {
    let line = ZONES.lines().find_map(|line| line.strip_prefix(country)?.strip_prefix('\t'));
    let names = line.into_iter().flat_map(|line| line.split('\t'));
    names.filter_map(|name| TimeZone::get(name).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Country;

    #[test]
    fn every_country_has_its_zones() {
        let names = |country: &str| -> Vec<_> {
            let zones = zones_of(country);
            zones.iter().map(|zone| zone.iana_name().unwrap().to_owned()).collect()
        };
        assert_eq!(names("AT"), ["Europe/Vienna"]);
        assert_eq!(names("JP"), ["Asia/Tokyo"]);
        assert!(names("US").contains(&"America/New_York".to_owned()));
        assert!(names("US").contains(&"Pacific/Honolulu".to_owned()));
        assert!(names("at").is_empty() && names("").is_empty() && names("XX").is_empty());
        // Islands where nobody lives.
        let empty = ["BV", "HM"];
        for country in Country::all() {
            let code = country.to_string();
            assert!(!names(&code).is_empty() || empty.contains(&code.as_str()), "{code}");
        }
        for line in ZONES.lines() {
            let (country, names) = line.split_once('\t').unwrap();
            assert_eq!(zones_of(country).len(), names.split('\t').count(), "{country}");
        }
    }
}
