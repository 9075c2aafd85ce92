//! Keys that rotate: a secret that holds several by their ids, of which one is current.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

/// The id of a key that stands alone in its secret, as a new stack's does.
const ALONE: &str = "k1";

/// The fewest characters that a key may have.
const SHORTEST: usize = 32;

/// The most characters that a key's id may have: it stands before all that is sealed.
const LONGEST_ID: usize = 32;

/// Keys by their ids; what is new is made with the current one.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRing {
    current: String,
    keys: BTreeMap<String, String>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({}, …)", self.current)
    }
}

/// One key and its id.
#[derive(Clone, Copy)]
pub struct NamedKey<'a> {
    /// Its id, at most 32 bytes.
    pub id: &'a str,
    /// Its characters.
    pub bytes: &'a [u8],
}

impl KeyRing {
    /// Reads a secret: `{"current": "k2", "keys": {"k1": "…", "k2": "…"}}`, or the text of
    /// a single key, which then has the id `k1`. A key has at least 32 characters.
    ///
    /// # Errors
    /// A sentence for [`super::environment::Environment::parsed`], which quotes no key.
    pub fn parse(secret: &str) -> Result<Self, &'static str> {
        #[derive(Deserialize)]
        struct Written {
            current: String,
            keys: BTreeMap<String, String>,
        }

        let secret = secret.trim();
        let Written { current, keys } = if secret.starts_with('{') {
            let read = serde_json::from_str(secret);
            read.map_err(|_| "is no JSON object with `current` and `keys`, which are texts")?
        } else {
            let keys = BTreeMap::from([(ALONE.to_owned(), secret.to_owned())]);
            Written { current: ALONE.to_owned(), keys }
        };
        if keys.keys().any(|id| id.is_empty() || id.len() > LONGEST_ID) {
            return Err("names a key by an id that is empty or longer than 32 bytes");
        }
        if keys.values().any(|key| key.len() < SHORTEST) {
            return Err("holds a key of fewer than 32 characters");
        }
        if !keys.contains_key(&current) {
            return Err("names as `current` a key that is not among its `keys`");
        }
        Ok(Self { current, keys })
    }

    /// The key for what is new.
    pub fn current(&self) -> NamedKey<'_> {
        let bytes = self.keys.get(&self.current).map_or(&[][..], |key| key.as_bytes());
        NamedKey { id: &self.current, bytes }
    }

    /// The key of this id; none if the secret does not hold it (any more).
    pub fn find(&self, id: &str) -> Option<NamedKey<'_>> {
        let (id, key) = self.keys.get_key_value(id)?;
        Some(NamedKey { id, bytes: key.as_bytes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";

    #[test]
    fn a_secret_is_one_key_or_several_of_which_one_is_current() {
        let alone = KeyRing::parse(OLD).unwrap();
        assert_eq!((alone.current().id, alone.current().bytes), ("k1", OLD.as_bytes()));
        let text = format!(r#"{{"current": "k2", "keys": {{"k1": "{OLD}", "k2": "{NEW}"}}}}"#);
        let ring = KeyRing::parse(&text).unwrap();
        assert_eq!((ring.current().id, ring.current().bytes), ("k2", NEW.as_bytes()));
        assert_eq!(ring.find("k1").unwrap().bytes, OLD.as_bytes());
        assert!(ring.find("k3").is_none());
        assert!(!format!("{ring:?}").contains("0123"));
    }

    #[test]
    fn a_secret_that_can_not_be_used_is_told_without_a_word_of_it() {
        let table = [
            ("short", "holds a key of fewer than 32 characters"),
            (r#"{"current": "k2"}"#, "is no JSON object"),
            (r#"{"current": "k2", "keys": {"k2": 5}}"#, "is no JSON object"),
            (r#"{"current": "k2", "keys": {"k2": "short"}}"#, "fewer than 32"),
            (r#"{"current": "k2", "keys": {}}"#, "not among its `keys`"),
        ];
        for (secret, wanted) in table {
            let problem = KeyRing::parse(secret).unwrap_err();
            assert!(problem.contains(wanted), "{secret}: {problem}");
        }
        let unnamed = format!(r#"{{"current": "", "keys": {{"": "{OLD}"}}}}"#);
        assert!(KeyRing::parse(&unnamed).unwrap_err().contains("an id that is empty"));
    }
}
