//! How many digits money has, and the formatter that writes them.

use icu_decimal::DecimalFormatter;
use icu_decimal::provider::{Baked as CompiledNumbers, DecimalDigitsV1, DecimalSymbolsV1};
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_experimental::dimension::provider::currency::essentials::CurrencyEssentialsV1;
use icu_experimental::dimension::provider::currency::fractions::{
    CurrencyFractions, CurrencyFractionsV1, FractionInfo,
};
use icu_experimental::dimension::provider::currency::no_currency::CurrencyPatternsNoCurrencyV1;
use icu_experimental::dimension::provider::currency::symbols::{
    CurrencyDecimalSymbolsV1, CurrencySymbolsV1,
};
use icu_experimental::provider::Baked as CompiledCurrencies;
use icu_locale_core::subtags::Region;
use icu_locale_core::{LanguageIdentifier, langid};
use icu_provider::prelude::*;
use rust_decimal::Decimal;

use crate::event::Currency;

/// Writes sums of one currency, with one number of fraction digits, by one locale.
pub(super) type MoneyFormatter = CurrencyFormatter<DecimalFormatter>;

/// The fraction digits that all the sums of one message are written with: those that CLDR gives
/// the currency if they are enough for each of the sums, else its minor units. CLDR writes forints
/// and a dozen other currencies without any, as they are paid in cash, but they can be charged by
/// the hundredth.
pub(crate) fn digits(currency: &str, mut amounts: impl Iterator<Item = Decimal>) -> u8 {
    let customary = customary_digits(currency);
    if amounts.all(|amount| scale(amount) <= customary) {
        customary
    } else {
        let minor_units = Currency::parse(currency).map_or(2, |currency| currency.minor_units());
        customary.max(minor_units as u8)
    }
}

/// The fraction digits that a number has, without zeros at the end.
pub(super) fn scale(number: Decimal) -> u8 {
    // A scale is 28 at most.
    number.normalize().scale() as u8
}

/// The digits that CLDR gives the currency (`supplemental/currencyData/fractions`).
fn customary_digits(currency: &str) -> u8 {
    let digits = || {
        let code = CurrencyType::try_from_str(currency).ok()?;
        let fractions: DataResponse<CurrencyFractionsV1> =
            CompiledCurrencies.load(Default::default()).ok()?;
        Some(fractions.payload.get().resolve(code).digits)
    };
    digits().unwrap_or(2)
}

/// Prepares the formatter; none for what is no currency's code.
pub(super) fn formatter(
    locale: &LanguageIdentifier,
    currency: &str,
    digits: u8,
) -> Option<MoneyFormatter> {
    let currency = CurrencyType::try_from_str(currency).ok()?;
    let data = Conventions { digits };
    CurrencyFormatter::try_new_symbol_unstable(&data, locale.into(), currency, Default::default())
        .ok()
}

/// CLDR's data as it is compiled in, but with these fraction digits for every currency, and with
/// the separators that some locales write in money alone, which the compiled data leaves out.
struct Conventions {
    digits: u8,
}

impl DataProvider<CurrencyFractionsV1> for Conventions {
    fn load(&self, _: DataRequest<'_>) -> Result<DataResponse<CurrencyFractionsV1>, DataError> {
        let default = FractionInfo { digits: self.digits, ..Default::default() };
        let fractions = CurrencyFractions { fractions: Default::default(), default };
        let payload = DataPayload::from_owned(fractions);
        Ok(DataResponse { metadata: Default::default(), payload })
    }
}

impl DataProvider<DecimalSymbolsV1> for Conventions {
    fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<DecimalSymbolsV1>, DataError> {
        let locale = money_separators_of(request.id.locale);
        let mut request = request;
        request.id.locale = &locale;
        CompiledNumbers.load(request)
    }
}

/// The locale whose separators for numbers this locale writes money with. Two of CLDR's locales
/// have separators for money alone, those that another locale has for all numbers: `currencyGroup`
/// in Austria, € 1.234,50 but 1 234,50 kg, and `currencyDecimal` in French-speaking Switzerland,
/// 1'234.50 CHF but 1'234,50 kg.
fn money_separators_of(locale: &DataLocale) -> DataLocale {
    match (locale.language.as_str(), locale.region.as_ref().map_or("", Region::as_str)) {
        ("de", "AT") => langid!("de").into(),
        ("fr", "CH") => langid!("de-CH").into(),
        _ => *locale,
    }
}

macro_rules! as_compiled {
    ($($data:ty, from $compiled:expr;)+) => {$(
        impl DataProvider<$data> for Conventions {
            fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<$data>, DataError> {
                $compiled.load(request)
            }
        }
    )+};
}

as_compiled! {
    CurrencyEssentialsV1, from CompiledCurrencies;
    CurrencySymbolsV1, from CompiledCurrencies;
    CurrencyPatternsNoCurrencyV1, from CompiledCurrencies;
    CurrencyDecimalSymbolsV1, from CompiledCurrencies;
    DecimalDigitsV1, from CompiledNumbers;
}
