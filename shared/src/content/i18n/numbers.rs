//! How a locale writes money, quantities and percentages: by CLDR's data.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as Written;
use icu_experimental::dimension::percent::formatter::PercentFormatter;
use icu_locale_core::LanguageIdentifier;
use rust_decimal::Decimal;

use super::money::{self, MoneyFormatter};

/// How many formatters of money one locale keeps prepared, one for each currency and number of
/// digits: more than a shop charges in, and a bound on what events with invented codes can make
/// us keep.
const MAX_FORMATTERS: usize = 256;

/// A currency's code and a number of fraction digits.
type MoneyKey = ([u8; 3], u8);

/// One locale's numbers. Each formatter is prepared when it is first used.
pub(super) struct Numbers {
    locale: LanguageIdentifier,
    plain: OnceLock<Option<DecimalFormatter>>,
    percent: OnceLock<Option<PercentFormatter<DecimalFormatter>>>,
    money: RwLock<HashMap<MoneyKey, Arc<MoneyFormatter>>>,
}

impl Numbers {
    /// Of this locale.
    pub fn new(locale: LanguageIdentifier) -> Self {
        let (plain, percent, money) = Default::default();
        Self { locale, plain, percent, money }
    }

    /// A sum with the currency's sign where the locale puts it. It has at least `digits` fraction
    /// digits, which [`money::digits`] finds for all the sums of a message, and more where fewer
    /// would not be the sum: a price of 0.0045 for each is not shown as 0.00. None for what is no
    /// currency's code.
    pub fn money(&self, amount: Decimal, currency: &str, digits: u8) -> Option<String> {
        let digits = digits.max(money::scale(amount));
        let formatter = self.money_formatter(currency, digits)?;
        Some(formatter.format_fixed_decimal(&written(amount)).to_string())
    }

    /// A quantity, with the digits that it has and no more.
    pub fn number(&self, number: Decimal) -> Option<String> {
        let prepare = || DecimalFormatter::try_new((&self.locale).into(), Default::default()).ok();
        let formatter = self.plain.get_or_init(prepare).as_ref()?;
        Some(formatter.format(&written(number.normalize())).to_string())
    }

    /// A percentage, with the digits that it has and no more: 5.5 is five and a half percent.
    pub fn percent(&self, percentage: Decimal) -> Option<String> {
        let number = self.number(percentage)?;
        if number.contains(|c| ('٠'..='٩').contains(&c)) {
            // CLDR's sign for these digits, which the formatter of percentages doesn't know.
            return Some(number + "٪\u{61c}");
        }
        let prepare = || PercentFormatter::try_new((&self.locale).into(), Default::default()).ok();
        let formatter = self.percent.get_or_init(prepare).as_ref()?;
        Some(formatter.format(&written(percentage.normalize())).to_string())
    }

    fn money_formatter(&self, currency: &str, digits: u8) -> Option<Arc<MoneyFormatter>> {
        let key = (currency.as_bytes().try_into().ok()?, digits);
        let prepared = self.money.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if prepared.is_some() {
            return prepared;
        }
        let formatter = Arc::new(money::formatter(&self.locale, currency, digits)?);
        let mut money = self.money.write().unwrap_or_else(PoisonError::into_inner);
        if money.len() >= MAX_FORMATTERS {
            money.clear();
        }
        money.insert(key, Arc::clone(&formatter));
        Some(formatter)
    }
}

/// The number as the formatters take it. Zero has no sign.
fn written(number: Decimal) -> Written {
    let mut written = Written::from(number.mantissa());
    // A scale is 28 at most.
    written.multiply_pow10(-(number.scale() as i16));
    written
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use icu_experimental::dimension::currency::formatter::CurrencyFormatter;

    use super::*;

    /// Sums, numbers (#) and percentages (%) as ICU 78 writes them. Left out is where its CLDR, 48,
    /// has another sign for the currency than ours.
    const TABLE: &str = include_str!("numbers.tsv");

    fn of(locale: &str) -> Numbers {
        Numbers::new(locale.parse().unwrap())
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn digits(currency: &str, amounts: &[&str]) -> u8 {
        money::digits(currency, amounts.iter().map(|amount| decimal(amount)))
    }

    /// One sum, which is all that its message has.
    fn money(locale: &str, amount: &str, currency: &str) -> String {
        of(locale).money(decimal(amount), currency, digits(currency, &[amount])).unwrap()
    }

    /// What can't be seen, as the table has it.
    fn visible(text: &str) -> String {
        let unseen =
            |c: char| c.is_whitespace() && c != ' ' || "\u{200e}\u{200f}\u{61c}".contains(c);
        let shown = |c: char| if unseen(c) { c.escape_unicode().to_string() } else { c.into() };
        text.chars().map(shown).collect()
    }

    #[test]
    fn numbers_are_written_as_icu_does() {
        let mut lines = TABLE.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let amounts = lines.next().unwrap();
        let mut checked = 0;
        for line in lines {
            let (numbers, currency) = (of(line[0]), line[1]);
            for (amount, expected) in amounts.iter().zip(&line).skip(2) {
                let number = decimal(amount);
                let text = match currency {
                    "#" => numbers.number(number),
                    "%" => numbers.percent(number),
                    _ => numbers.money(number, currency, digits(currency, &[amount])),
                };
                let text = visible(&text.unwrap());
                assert_eq!(text, *expected, "{amount} {currency} in {}", line[0]);
                checked += 1;
            }
        }
        assert!(checked > 5_000, "{checked}");
    }

    #[test]
    fn no_sum_is_shown_with_fewer_digits_than_it_has() {
        assert_eq!(money("de", "0.0045", "EUR"), "0,0045\u{a0}€");
        assert_eq!(money("en", "0.0049", "USD"), "$0.0049");
        assert_eq!(money("en", "0.0000000045", "USD"), "$0.0000000045");
        assert_eq!(money("en", "1250.50", "HUF"), "HUF\u{a0}1,250.50");
        assert_eq!(money("en", "1.2345", "KWD"), "KWD\u{a0}1.2345");
        assert_eq!(money("en", "0.5", "JPY"), "¥0.5");
        assert_eq!(money("en", "999999999999999.9999", "XQZ"), "XQZ\u{a0}999,999,999,999,999.9999");
    }

    #[test]
    fn zeros_at_the_end_do_not_count() {
        assert_eq!(money("en", "1200.00", "JPY"), "¥1,200");
        assert_eq!(money("en", "1250.0000", "HUF"), "HUF\u{a0}1,250");
        assert_eq!(money("en", "29.9000", "EUR"), "€29.90");
        assert_eq!(money("en", "0.00450", "EUR"), "€0.0045");
        assert_eq!(money("en", "-0.00", "EUR"), "€0.00");
    }

    #[test]
    fn the_sums_of_a_message_have_the_same_digits() {
        let sums = ["12500", "990.5", "0"];
        let written = |currency| {
            let digits = digits(currency, &sums);
            sums.map(|sum| of("de").money(decimal(sum), currency, digits).unwrap())
        };
        assert_eq!(written("HUF"), ["12.500,00\u{a0}HUF", "990,50\u{a0}HUF", "0,00\u{a0}HUF"]);
        assert_eq!(written("IQD"), ["12.500,000\u{a0}IQD", "990,500\u{a0}IQD", "0,000\u{a0}IQD"]);
        assert_eq!(digits("HUF", &["12500.00", "990"]), 0);
        assert_eq!(digits("huf", &["990.5"]), 2);
        // A price for each doesn't give the totals more digits than the currency has.
        assert_eq!(digits("EUR", &["0.0045", "29.90"]), 2);
        assert_eq!(digits("JPY", &["0.5"]), 0);
        assert_eq!(digits("CLF", &["1"]), 4);
        assert_eq!(digits("nonsense", &["1"]), 2);
        for changed in ["ALL", "COP", "IDR", "LBP", "MGA"] {
            assert_eq!((digits(changed, &["7"]), digits(changed, &["7.5"])), (0, 2), "{changed}");
        }
    }

    #[test]
    fn money_has_separators_of_its_own_in_austria_and_in_french_speaking_switzerland() {
        assert_eq!(money("de-AT", "1234.5", "EUR"), "€\u{a0}1.234,50");
        assert_eq!(of("de-AT").number(decimal("1234.5")).unwrap(), "1\u{a0}234,5");
        assert_eq!(money("fr-CH", "-1234.5", "CHF"), "-1'234.50\u{a0}CHF");
        assert_eq!(of("fr-CH").number(decimal("-1234.5")).unwrap(), "-1'234,5");
        assert_eq!(money("en-AT", "1234.5", "EUR"), "€\u{a0}1.234,50");
        assert_eq!(money("fr-BE", "1234.5", "EUR"), "1\u{202f}234,50\u{a0}€");
        assert_eq!(money("pt-CV", "1234.5", "CVE"), "1234$50");
    }

    #[test]
    fn all_else_is_as_cldr_has_it() {
        let rows = || TABLE.lines().skip(1).filter_map(|line| line.split_once('\t'));
        let english = rows().filter(|(locale, _)| *locale == "en");
        let currencies: Vec<_> = english.filter_map(|(_, row)| row.get(..3)).collect();
        let mut locales: BTreeSet<_> = rows().map(|(locale, _)| locale).collect();
        locales.retain(|locale| !["de-AT", "fr-CH"].contains(locale));
        for locale in locales {
            let (numbers, language) = (of(locale), locale.parse::<LanguageIdentifier>().unwrap());
            for currency in currencies.iter().filter(|code| !code.starts_with(['#', '%'])) {
                let code = currency.parse().unwrap();
                let cldr =
                    CurrencyFormatter::try_new_symbol((&language).into(), code, Default::default());
                let cldr = cldr.unwrap().format_fixed_decimal(&(-12_345).into()).to_string();
                let digits = digits(currency, &[]);
                assert_eq!(numbers.money(decimal("-12345"), currency, digits).unwrap(), cldr);
            }
        }
    }

    #[test]
    fn quantities_and_percentages_have_the_digits_they_have() {
        assert_eq!(of("de").number(decimal("0.750")).unwrap(), "0,75");
        assert_eq!(of("en").number(decimal("3.000")).unwrap(), "3");
        assert_eq!(of("de").percent(decimal("19.00")).unwrap(), "19\u{a0}%");
        assert_eq!(of("en").percent(decimal("5.5")).unwrap(), "5.5%");
        assert_eq!(of("ar-EG").percent(decimal("0.19")).unwrap(), "٠٫١٩٪\u{61c}");
        assert_eq!(of("ar-AE").percent(decimal("5")).unwrap(), "5\u{200e}%\u{200e}");
    }

    #[test]
    fn what_is_no_code_is_not_written_and_invented_ones_do_not_pile_up() {
        let numbers = of("en");
        for wrong in ["", "E", "EURO", "€", "E-R", "12€"] {
            assert_eq!(numbers.money(Decimal::ONE, wrong, 2), None, "{wrong}");
        }
        for code in 0..600_u32 {
            let letters = [code / 26 % 26, code % 26].map(|n| char::from(b'A' + n as u8));
            numbers.money(Decimal::ONE, &format!("Q{}{}", letters[0], letters[1]), 2).unwrap();
        }
        assert!(numbers.money.read().unwrap().len() <= MAX_FORMATTERS);
    }
}
