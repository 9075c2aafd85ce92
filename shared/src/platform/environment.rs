//! Environment variables, read once at start. A variable that is missing or
//! wrong stops the function, and the error names every such variable at once.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::model::Country;

/// Reads variables and gathers what is wrong with them.
pub struct Environment<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    variable: String,
    problem: String,
}

/// The variables that are missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the function's environment is not usable:")?;
        for (index, Problem { variable, problem }) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ";" };
            write!(f, "{comma} {variable} {problem}")?;
        }
        Ok(())
    }
}

impl<'a> Environment<'a> {
    /// Reads with this function, e.g. [`process_environment`].
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, problems: Vec::new() }
    }

    /// A variable that must be set and not empty.
    pub fn required(&mut self, variable: &str) -> String {
        match self.optional(variable) {
            Some(value) => value,
            None => {
                self.problems.push(Problem {
                    variable: variable.to_owned(),
                    problem: "is missing".to_owned(),
                });
                String::new()
            }
        }
    }

    /// A variable that may be absent or empty.
    pub fn optional(&mut self, variable: &str) -> Option<String> {
        (self.lookup)(variable)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// A variable that must be set to something that parses.
    pub fn parsed<T, E: fmt::Display>(
        &mut self,
        variable: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.required(variable).as_str() {
            "" => None,
            _ => self.optional_parsed(variable, parse),
        }
    }

    /// A variable that may be absent or empty, and else must parse.
    pub fn optional_parsed<T, E: fmt::Display>(
        &mut self,
        variable: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(&self.optional(variable)?) {
            Ok(parsed) => Some(parsed),
            Err(e) => {
                self.problems
                    .push(Problem { variable: variable.to_owned(), problem: e.to_string() });
                None
            }
        }
    }

    /// A comma-separated list of ISO 3166-1 alpha-2 countries; may be empty.
    pub fn countries(&mut self, variable: &str) -> Vec<Country> {
        let list = self.optional(variable).unwrap_or_default();
        let mut countries = Vec::new();
        for code in list.split(',').map(str::trim).filter(|code| !code.is_empty()) {
            match Country::parse(code) {
                Ok(country) => countries.push(country),
                Err(_) => self.problems.push(Problem {
                    variable: variable.to_owned(),
                    problem: format!("names \"{code}\", which is no ISO 3166-1 alpha-2 country"),
                }),
            }
        }
        countries
    }

    /// The value built from the variables, if none was wrong.
    ///
    /// # Errors
    /// [`ConfigError`], naming every variable that is missing or wrong.
    pub fn finish<T>(self, value: T) -> Result<T, ConfigError> {
        if self.problems.is_empty() { Ok(value) } else { Err(ConfigError(self.problems)) }
    }
}

/// Secrets that the function has read. They are kept out of the real environment, which
/// Lambda shows to whoever may describe the function.
static SECRETS: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

/// The process's environment, with the secrets that it names read already.
pub fn process_environment(variable: &str) -> Option<String> {
    let secrets = SECRETS.lock().unwrap_or_else(PoisonError::into_inner);
    secrets.get(variable).cloned().or_else(|| std::env::var(variable).ok())
}

/// Gives a secret the name under which [`process_environment`] finds it.
pub(crate) fn name_secret(variable: &str, secret: String) {
    let mut secrets = SECRETS.lock().unwrap_or_else(PoisonError::into_inner);
    secrets.insert(variable.to_owned(), secret);
}

/// A BCP 47 language tag.
///
/// # Errors
/// A sentence for [`Environment::parsed`].
pub fn language_tag(text: &str) -> Result<String, &'static str> {
    text.parse::<icu_locale_core::LanguageIdentifier>()
        .map(|tag| tag.to_string())
        .map_err(|_| "is no BCP 47 language tag such as en or de-AT")
}

/// A time zone, as its IANA name.
///
/// # Errors
/// A sentence that says what is expected.
pub fn time_zone(text: &str) -> Result<String, &'static str> {
    let known = jiff::tz::TimeZone::get(text).is_ok();
    known.then(|| text.to_owned()).ok_or("is no IANA time zone such as Europe/Vienna")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_under_its_name() {
        assert_eq!(process_environment("A_SECRET_OF_THIS_TEST"), None);
        name_secret("A_SECRET_OF_THIS_TEST", "0123456789abcdef".to_owned());
        let found = process_environment("A_SECRET_OF_THIS_TEST");
        assert_eq!(found.as_deref(), Some("0123456789abcdef"));
    }

    #[test]
    fn every_variable_that_is_missing_or_wrong_is_named() {
        let lookup = |name: &str| match name {
            "DEFAULT_LOCALE" => Some("not a locale".to_owned()),
            "SMS_ALLOWED_COUNTRIES" => Some("AT, Narnia".to_owned()),
            "EMPTY" => Some(" ".to_owned()),
            _ => None,
        };
        let mut environment = Environment::new(&lookup);
        environment.required("LEDGER_TABLE");
        environment.required("EMPTY");
        environment.parsed("DEFAULT_LOCALE", language_tag);
        environment.countries("SMS_ALLOWED_COUNTRIES");
        let error = environment.finish(()).unwrap_err().to_string();
        assert_eq!(
            error,
            "the function's environment is not usable: LEDGER_TABLE is missing; EMPTY is missing; \
             DEFAULT_LOCALE is no BCP 47 language tag such as en or de-AT; SMS_ALLOWED_COUNTRIES \
             names \"Narnia\", which is no ISO 3166-1 alpha-2 country"
        );
    }
}
