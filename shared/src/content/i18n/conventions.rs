//! How a locale writes money, dates and the names of countries: by CLDR's data,
//! prepared once for each locale.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use icu_calendar::Date;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_experimental::displaynames::{DisplayNamesOptions, multi::RegionDisplayNames};
use icu_locale_core::LanguageIdentifier;
use icu_locale_core::extensions::unicode::Value;
use jiff::{Timestamp, civil, tz::TimeZone};
use rust_decimal::Decimal;

use super::translations::Digits;
use crate::content::error::RenderError;
use crate::event::Currency;

type MoneyFormatter = CurrencyFormatter<DecimalFormatter>;

/// How many currencies one locale keeps prepared: more than ISO 4217 has, and a
/// bound on what events with invented codes can make us keep.
const MAX_CURRENCIES: usize = 256;

/// One locale's conventions.
pub(crate) struct Conventions {
    locale: LanguageIdentifier,
    dates: OnceLock<Option<DateTimeFormatter<YMD>>>,
    countries: OnceLock<Option<RegionDisplayNames>>,
    money: RwLock<HashMap<Currency, Arc<MoneyFormatter>>>,
}

impl Conventions {
    /// Of this locale; each part is prepared when it is first used.
    pub fn new(locale: LanguageIdentifier) -> Self {
        let (dates, countries, money) = Default::default();
        Self { locale, dates, countries, money }
    }

    /// The locale.
    pub fn locale(&self) -> &LanguageIdentifier {
        &self.locale
    }

    /// The digits it writes numbers in: Arabic has either, by region.
    pub fn digits(&self) -> Digits {
        let formatter = DecimalFormatter::try_new((&self.locale).into(), Default::default());
        match formatter.map(|formatter| formatter.format(&0.into()).to_string()).as_deref() {
            Ok("٠") => Digits::Arabic,
            _ => Digits::Latin,
        }
    }

    /// A sum with the currency's sign where the locale puts it and as many
    /// fraction digits as the currency has.
    pub fn money(&self, amount: Decimal, currency: &Currency) -> Result<String, RenderError> {
        let formatter = self.money_formatter(currency)?;
        let amount = icu_decimal::input::Decimal::try_from_str(&amount.to_string())
            .map_err(|_| self.unknown("money"))?;
        Ok(formatter.format_fixed_decimal(&amount).to_string())
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

    /// The day of a moment, where the customer is.
    pub fn day_of(&self, moment: Timestamp, time_zone: &str) -> Result<String, RenderError> {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        self.date(moment.to_zoned(zone).date())
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

    fn money_formatter(&self, currency: &Currency) -> Result<Arc<MoneyFormatter>, RenderError> {
        let prepared =
            self.money.read().unwrap_or_else(PoisonError::into_inner).get(currency).cloned();
        if let Some(formatter) = prepared {
            return Ok(formatter);
        }
        let code = Value::try_from_str(currency.as_str())
            .ok()
            .and_then(|v| CurrencyType::try_from(v).ok());
        let code = code.ok_or_else(|| self.unknown("money"))?;
        let formatter =
            CurrencyFormatter::try_new_symbol((&self.locale).into(), code, Default::default())
                .map_err(|_| self.unknown("money"))?;
        let formatter = Arc::new(formatter);
        let mut money = self.money.write().unwrap_or_else(PoisonError::into_inner);
        if money.len() >= MAX_CURRENCIES {
            money.clear();
        }
        money.insert(currency.clone(), Arc::clone(&formatter));
        Ok(formatter)
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
        of(locale).money(amount.parse().unwrap(), &Currency::parse(currency).unwrap()).unwrap()
    }

    #[test]
    fn money_has_the_currencys_digits_and_the_locales_form() {
        assert_eq!(money("en", "1200.00", "JPY"), "¥1,200");
        assert_eq!(money("en-GB", "1200.00", "JPY"), "JP¥1,200");
        assert_eq!(money("zh-CN", "1200.00", "JPY"), "JP¥1,200");
        assert_eq!(money("en", "1.2", "KWD"), "KWD\u{a0}1.200");
        assert_eq!(money("en-GB", "1.2345", "KWD"), "KWD\u{a0}1.235");
        assert_eq!(money("zh-CN", "1.2", "KWD"), "KWD\u{a0}1.200");
        assert_eq!(money("en", "1234.5", "EUR"), "€1,234.50");
        assert_eq!(money("en-GB", "29.90", "EUR"), "€29.90");
        assert_eq!(money("en-AT", "1234.5", "EUR"), "€\u{a0}1.234,50");
        assert_eq!(money("zh-CN", "29.9", "EUR"), "€29.90");
        assert_eq!(money("zh-CN", "268", "CNY"), "¥268.00");
        assert_eq!(money("en", "-5", "USD"), "-$5.00");
        assert_eq!(money("en", "999999999999999.9999", "XQZ"), "XQZ\u{a0}1,000,000,000,000,000.00");
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
        let moment = "2026-11-22T18:31:00Z".parse().unwrap();
        let day = |zone| of("en-GB").day_of(moment, zone).unwrap();
        assert_eq!(day("Europe/Vienna"), "22 November 2026");
        assert_eq!(day("Asia/Shanghai"), "23 November 2026");
        assert_eq!(day("Mars/Olympus"), "22 November 2026");
    }

    #[test]
    fn countries_are_named_in_the_locales_language() {
        assert_eq!(of("en-GB").country("AT"), "Austria");
        assert_eq!(of("zh-CN").country("at"), "奥地利");
        assert_eq!(of("en").country("Elbonia"), "Elbonia");
    }

    #[test]
    fn invented_currencies_do_not_pile_up() {
        let conventions = of("en");
        for code in 0..600_u32 {
            let letters = [code / 26 % 26, code % 26].map(|n| char::from(b'A' + n as u8));
            let currency = Currency::parse(&format!("Q{}{}", letters[0], letters[1])).unwrap();
            conventions.money(Decimal::ONE, &currency).unwrap();
        }
        assert!(conventions.money.read().unwrap().len() <= MAX_CURRENCIES);
    }
}
