//! How a locale writes money, dates and the names of countries: by CLDR's data,
//! prepared once for each locale.

use std::sync::OnceLock;

use icu_calendar::Date;
use icu_datetime::fieldsets::{T, YMD};
use icu_datetime::input::Time;
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_experimental::displaynames::{DisplayNamesOptions, multi::RegionDisplayNames};
use icu_locale_core::LanguageIdentifier;
use jiff::{civil, tz::TimeZone};
use rust_decimal::Decimal;

use super::numbers::Numbers;
use super::translations::Digits;
use crate::content::error::RenderError;
use crate::event::{Currency, When};

/// One locale's conventions.
pub(crate) struct Conventions {
    locale: LanguageIdentifier,
    dates: OnceLock<Option<DateTimeFormatter<YMD>>>,
    times: OnceLock<Option<NoCalendarFormatter<T>>>,
    countries: OnceLock<Option<RegionDisplayNames>>,
    numbers: Numbers,
}

impl Conventions {
    /// Of this locale; each part is prepared when it is first used.
    pub fn new(locale: LanguageIdentifier) -> Self {
        let (dates, times, countries) = Default::default();
        Self { numbers: Numbers::new(locale.clone()), locale, dates, times, countries }
    }

    /// The locale.
    pub fn locale(&self) -> &LanguageIdentifier {
        &self.locale
    }

    /// The digits it writes numbers in: Arabic has either, by region.
    pub fn digits(&self) -> Digits {
        match self.numbers.number(Decimal::ZERO).as_deref() {
            Some("٠") => Digits::Arabic,
            _ => Digits::Latin,
        }
    }

    /// A sum with the currency's sign where the locale puts it, and at least so many
    /// fraction digits; more where it has more.
    pub fn money(
        &self,
        amount: Decimal,
        currency: &Currency,
        digits: u8,
    ) -> Result<String, RenderError> {
        self.numbers.money(amount, currency.as_str(), digits).ok_or_else(|| self.unknown("money"))
    }

    /// A number, with the digits that it has.
    pub fn number(&self, number: Decimal) -> Result<String, RenderError> {
        self.numbers.number(number).ok_or_else(|| self.unknown("numbers"))
    }

    /// A rate in percent.
    pub fn percent(&self, rate: Decimal) -> Result<String, RenderError> {
        self.numbers.percent(rate).ok_or_else(|| self.unknown("numbers"))
    }

    /// A day, written out: `25 November 2026`.
    pub fn date(&self, date: civil::Date) -> Result<String, RenderError> {
        let prepare = || DateTimeFormatter::try_new((&self.locale).into(), YMD::long()).ok();
        let formatter =
            self.dates.get_or_init(prepare).as_ref().ok_or_else(|| self.unknown("dates"))?;
        let (year, month, day) = (date.year(), date.month(), date.day());
        // jiff's months and days are never negative.
        let date = Date::try_new_iso(year.into(), month.unsigned_abs(), day.unsigned_abs())
            .map_err(|_| self.unknown("dates"))?;
        Ok(formatter.format(&date).to_string())
    }

    /// The day on which something happened, where the customer is.
    pub fn day_of(&self, when: &When, zone: &TimeZone) -> Result<String, RenderError> {
        self.date(when.days(zone).0)
    }

    /// When something is expected: a day, two days, or a day with two times.
    pub fn arrival(&self, arrival: &When, zone: &TimeZone) -> Result<String, RenderError> {
        let (first, last) = arrival.days(zone);
        let first = self.date(first)?;
        if let Some(last) = last {
            return Ok(format!("{first} – {}", self.date(last)?));
        }
        match arrival.times(zone) {
            Some((from, until)) => {
                Ok(format!("{first}, {} – {}", self.time(from)?, self.time(until)?))
            }
            None => Ok(first),
        }
    }

    /// A time of day, without seconds.
    fn time(&self, time: civil::Time) -> Result<String, RenderError> {
        let prepare = || NoCalendarFormatter::try_new((&self.locale).into(), T::hm()).ok();
        let formatter =
            self.times.get_or_init(prepare).as_ref().ok_or_else(|| self.unknown("times"))?;
        let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        let time = Time::try_new(hour, minute, 0, 0).map_err(|_| self.unknown("times"))?;
        Ok(formatter.format(&time).to_string())
    }

    /// A country's name; the code where CLDR knows none.
    pub fn country(&self, code: &str) -> String {
        let prepare = || {
            RegionDisplayNames::try_new((&self.locale).into(), DisplayNamesOptions::default()).ok()
        };
        let names = self.countries.get_or_init(prepare).as_ref();
        let name = || names?.of(code.parse().ok()?);
        name().unwrap_or(code).to_owned()
    }

    fn unknown(&self, of: &'static str) -> RenderError {
        RenderError::Conventions { locale: self.locale.to_string(), of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(locale: &str) -> Conventions {
        Conventions::new(locale.parse().unwrap())
    }

    fn money(locale: &str, amount: &str, currency: &str) -> String {
        let amount = amount.parse().unwrap();
        let digits = super::super::digits(currency, [amount].into_iter());
        of(locale).money(amount, &Currency::parse(currency).unwrap(), digits).unwrap()
    }

    #[test]
    fn money_has_the_currencys_digits_and_the_locales_form() {
        assert_eq!(money("en", "1200.00", "JPY"), "¥1,200");
        assert_eq!(money("en-GB", "1200.00", "JPY"), "JP¥1,200");
        assert_eq!(money("zh-CN", "1200.00", "JPY"), "JP¥1,200");
        assert_eq!(money("en", "1.2", "KWD"), "KWD\u{a0}1.200");
        assert_eq!(money("en-GB", "1.2345", "KWD"), "KWD\u{a0}1.2345");
        assert_eq!(money("zh-CN", "1.2", "KWD"), "KWD\u{a0}1.200");
        assert_eq!(money("en", "1234.5", "EUR"), "€1,234.50");
        assert_eq!(money("en-GB", "29.90", "EUR"), "€29.90");
        assert_eq!(money("en-AT", "1234.5", "EUR"), "€\u{a0}1.234,50");
        assert_eq!(money("zh-CN", "29.9", "EUR"), "€29.90");
        assert_eq!(money("zh-CN", "268", "CNY"), "¥268.00");
        assert_eq!(money("en", "-5", "USD"), "-$5.00");
        assert_eq!(money("en", "999999999999999.9999", "XQZ"), "XQZ\u{a0}999,999,999,999,999.9999");
    }

    #[test]
    fn in_every_language_money_has_the_currencys_digits() {
        for locale in &crate::content::Sources::built_in().locales() {
            let yen = money(locale, "1200.00", "JPY");
            assert!(yen.contains("200") && !yen.contains("00,0") && !yen.contains("00.0"), "{yen}");
            let dinars = money(locale, "1.2", "KWD");
            assert!(dinars.contains("1.200") || dinars.contains("1,200"), "{dinars}");
        }
        assert_eq!(money("de", "1234.5", "EUR"), "1.234,50\u{a0}€");
        assert_eq!(money("fr", "1234.5", "EUR"), "1\u{202f}234,50\u{a0}€");
        assert_eq!(money("pt-BR", "1234.5", "BRL"), "R$\u{a0}1.234,50");
        assert_eq!(money("ko", "12000", "KRW"), "₩12,000");
        assert_eq!(money("ar-EG", "12.5", "EUR"), "\u{200f}١٢٫٥٠\u{a0}€");
    }

    #[test]
    fn dates_are_written_out_in_the_locales_order() {
        let date = civil::date(2026, 11, 25);
        assert_eq!(of("en").date(date).unwrap(), "November 25, 2026");
        assert_eq!(of("en-GB").date(date).unwrap(), "25 November 2026");
        assert_eq!(of("zh-CN").date(date).unwrap(), "2026年11月25日");
    }

    #[test]
    fn a_moments_day_is_that_of_the_customers_clock() {
        let moment = When::at("2026-11-22T18:31:00Z".parse().unwrap());
        let day = |zone| of("en-GB").day_of(&moment, &TimeZone::get(zone).unwrap()).unwrap();
        assert_eq!(day("Europe/Vienna"), "22 November 2026");
        assert_eq!(day("Asia/Shanghai"), "23 November 2026");
    }

    #[test]
    fn countries_are_named_in_the_locales_language() {
        assert_eq!(of("en-GB").country("AT"), "Austria");
        assert_eq!(of("zh-CN").country("at"), "奥地利");
        assert_eq!(of("en").country("Elbonia"), "Elbonia");
    }

    #[test]
    fn an_arrival_is_a_day_two_days_or_two_times_of_one() {
        let shown = |locale, arrival: &str| {
            let arrival = When::try_from(arrival.to_owned()).unwrap();
            of(locale)
                .arrival(&arrival, &TimeZone::get("Europe/Vienna").unwrap())
                .unwrap()
                .replace('\u{202f}', " ")
        };
        assert_eq!(shown("en-GB", "2026-11-25"), "25 November 2026");
        assert_eq!(shown("en-GB", "2026-11-25/2026-11-27"), "25 November 2026 – 27 November 2026");
        let window = "2026-11-25T09:00:00Z/2026-11-25T11:30:00Z";
        assert_eq!(shown("de", window), "25. November 2026, 10:00 – 12:30");
        assert_eq!(shown("en", window), "November 25, 2026, 10:00 AM – 12:30 PM");
    }
}
