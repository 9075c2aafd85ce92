//! Tokens of links by which customers say what they want to hear of: who, what for, and a
//! proof that the link is ours. A link that anybody could make up would let anybody
//! unsubscribe others.
//!
//! A token is `<key id>.<payload>.<proof>`: the payload in Base64 for URLs, and the
//! HMAC-SHA256 of both under the key of that id.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::Sha256;

use crate::model::{CustomerId, OrderId, Topic};

/// The id of a key that is a text alone, as the stack makes it.
const FIRST_KEY: &str = "k1";
/// The shortest key. What the stack makes has 64 characters.
const SHORTEST_KEY: usize = 16;
/// A token of the longest ids; what is longer is none.
const LONGEST_TOKEN: usize = 320;
/// What keeps these proofs apart from any others that are made with the same key.
const CONTEXT: &[u8] = b"bellhop preferences 1:";

/// The keys that tokens are proven by. New ones are made with the current key; those of
/// the others stay valid for as long as their keys stand here.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkKeys {
    current: String,
    keys: BTreeMap<String, String>,
}

impl fmt::Debug for LinkKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.keys.keys().collect();
        f.debug_struct("LinkKeys").field("current", &self.current).field("ids", &ids).finish()
    }
}

/// What a token lets its bearer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To unsubscribe from a topic, for as long as the key stands.
    Unsubscribe(Topic),
    /// To see and change all preferences, until then.
    Preferences {
        /// Until when, to the second.
        until: Timestamp,
    },
}

/// Whom a token is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A customer with an id.
    Customer(CustomerId),
    /// A guest, who is known by the order alone.
    Guest(OrderId),
}

/// What a valid token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is for.
    pub scope: Scope,
    /// Whom it is about.
    pub subject: Subject,
}

/// Why a token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is none, or a part of one.
    #[error("the token is cut off or malformed")]
    Malformed,
    /// Its proof is not ours, or its key is gone.
    #[error("the token is not proven")]
    Unproven,
    /// It was valid.
    #[error("the token has expired")]
    Expired,
}

impl LinkKeys {
    /// Reads a secret: `{"current": "k2", "keys": {"k1": "…", "k2": "…"}}`, or a text that
    /// is the one key `k1`. Ids have 1 to 16 letters and digits, keys at least 16
    /// characters.
    ///
    /// # Errors
    /// A sentence for [`crate::platform::environment::Environment::parsed`], which quotes
    /// nothing.
    pub fn parse(secret: &str) -> Result<Self, &'static str> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Rotated {
            current: String,
            keys: BTreeMap<String, String>,
        }

        let secret = secret.trim();
        let Rotated { current, keys } = if secret.starts_with('{') {
            serde_json::from_str(secret).map_err(|_| "must have `current` and `keys`, as JSON")?
        } else {
            let current = FIRST_KEY.to_owned();
            Rotated { keys: BTreeMap::from([(current.clone(), secret.to_owned())]), current }
        };
        let is_id = |id: &String| {
            (1..=16).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        if !keys.keys().all(is_id) {
            return Err("has a key id that is not 1 to 16 letters and digits");
        }
        if keys.values().any(|key| key.len() < SHORTEST_KEY) {
            return Err("has a key that is shorter than 16 characters");
        }
        if !keys.contains_key(&current) {
            return Err("has no key by the id that `current` names");
        }
        Ok(Self { current, keys })
    }

    /// The token that says this.
    pub fn seal(&self, token: &Token) -> String {
        let payload = URL_SAFE_NO_PAD.encode(payload(token));
        let head = format!("{}.{payload}", self.current);
        let proof = self.keys.get(&self.current).and_then(|key| mac(key, &head));
        let proof = proof.map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        format!("{head}.{}", proof.unwrap_or_default())
    }

    /// What a token says, if it is ours and valid at that time.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn open(&self, token: &str, now: Timestamp) -> Result<Token, TokenError> {
        if token.len() > LONGEST_TOKEN {
            return Err(TokenError::Malformed);
        }
        let (head, proof) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (id, payload) = head.split_once('.').ok_or(TokenError::Malformed)?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Malformed);
        let (payload, proof) = (bytes(payload)?, bytes(proof)?);
        let mac = self.keys.get(id).and_then(|key| mac(key, head)).ok_or(TokenError::Unproven)?;
        // It takes the same time wherever the two differ, and takes no part for the whole.
        mac.verify_slice(&proof).map_err(|_| TokenError::Unproven)?;
        let token = read(&payload).ok_or(TokenError::Malformed)?;
        match token.scope {
            Scope::Preferences { until } if until < now => Err(TokenError::Expired),
            _ => Ok(token),
        }
    }
}

fn mac(key: &str, head: &str) -> Option<Hmac<Sha256>> {
    // HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(CONTEXT);
    mac.update(head.as_bytes());
    Some(mac)
}

/// Scope, subject, and the subject's id.
fn payload(token: &Token) -> Vec<u8> {
    let mut bytes = Vec::new();
    match token.scope {
        Scope::Unsubscribe(topic) => bytes.push(code(topic)),
        Scope::Preferences { until } => {
            bytes.push(b'p');
            let seconds = u32::try_from(until.as_second()).unwrap_or_default();
            bytes.extend(seconds.to_be_bytes());
        }
    }
    let (kind, id) = match &token.subject {
        Subject::Customer(id) => (b'c', id.as_str()),
        Subject::Guest(order) => (b'g', order.as_str()),
    };
    bytes.push(kind);
    bytes.extend(id.as_bytes());
    bytes
}

fn read(payload: &[u8]) -> Option<Token> {
    let (scope, rest) = match payload.split_first()? {
        (b'p', rest) => {
            let (seconds, rest) = rest.split_first_chunk()?;
            let seconds = u32::from_be_bytes(*seconds);
            (Scope::Preferences { until: Timestamp::from_second(seconds.into()).ok()? }, rest)
        }
        (first, rest) => {
            let topic = Topic::ALL.into_iter().find(|topic| code(*topic) == *first)?;
            (Scope::Unsubscribe(topic), rest)
        }
    };
    let (kind, id) = rest.split_first()?;
    let id = std::str::from_utf8(id).ok().filter(|id| !id.is_empty())?;
    let subject = match kind {
        b'c' => Subject::Customer(id.into()),
        b'g' => Subject::Guest(OrderId::parse(id).ok()?),
        _ => return None,
    };
    Some(Token { scope, subject })
}

/// A topic in tokens. They are valid for years, so it is never given another meaning.
fn code(topic: Topic) -> u8 {
    match topic {
        Topic::OrderUpdates => b'o',
        Topic::Reviews => b'r',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef";
    const OTHER: &str = "fedcba9876543210";

    fn now() -> Timestamp {
        "2026-11-23T09:30:00Z".parse().unwrap()
    }

    fn keys(secret: &str) -> LinkKeys {
        LinkKeys::parse(secret).unwrap()
    }

    fn rotated(current: &str) -> LinkKeys {
        let keys =
            format!(r#"{{"current": "{current}", "keys": {{"k1": "{KEY}", "k2": "{OTHER}"}}}}"#);
        LinkKeys::parse(&keys).unwrap()
    }

    fn unsubscribe() -> Token {
        let subject = Subject::Customer("c-77".into());
        Token { scope: Scope::Unsubscribe(Topic::Reviews), subject }
    }

    fn page(until: &str) -> Token {
        let until = until.parse().unwrap();
        let subject = Subject::Guest(OrderId::parse("A-1001").unwrap());
        Token { scope: Scope::Preferences { until }, subject }
    }

    /// By Python's hmac module.
    #[test]
    fn a_token_is_proven_by_hmac_sha256_as_others_compute_it() {
        let proof = "pJDq9U6oFrik4Uwe55rXnY0yUAgjiYVcUSdPU80xOAc";
        assert_eq!(keys(KEY).seal(&unsubscribe()), format!("k1.cmNjLTc3.{proof}"));
    }

    #[test]
    fn a_token_says_what_it_was_made_of_and_is_short_and_plain() {
        let longest = CustomerId::new("ü".repeat(64));
        let long = Token { subject: Subject::Customer(longest), ..page("2027-02-21T00:00:00Z") };
        for token in [unsubscribe(), page("2027-02-21T00:00:00Z"), long] {
            let sealed = keys(KEY).seal(&token);
            assert_eq!(keys(KEY).open(&sealed, now()), Ok(token));
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
            assert!(sealed.bytes().all(plain) && sealed.len() <= LONGEST_TOKEN, "{sealed}");
        }
    }

    #[test]
    fn a_token_that_was_changed_anywhere_or_cut_off_is_not_taken() {
        let sealed = keys(KEY).seal(&unsubscribe());
        for at in 0..sealed.len() {
            assert!(keys(KEY).open(&sealed[..at], now()).is_err(), "cut off at {at}");
            for other in [b'A', b'B', b'.', b'-', b'=', b'%'] {
                let mut bytes = sealed.clone().into_bytes();
                if bytes[at] == other {
                    continue;
                }
                bytes[at] = other;
                let forged = String::from_utf8(bytes).unwrap();
                assert!(keys(KEY).open(&forged, now()).is_err(), "{forged}");
            }
        }
        assert_eq!(keys(OTHER).open(&sealed, now()), Err(TokenError::Unproven));
        // Another's proof under another's payload.
        let other = keys(KEY).seal(&page("2027-02-21T00:00:00Z"));
        let (head, _) = sealed.rsplit_once('.').unwrap();
        let (_, proof) = other.rsplit_once('.').unwrap();
        let mixed = format!("{head}.{proof}");
        assert_eq!(keys(KEY).open(&mixed, now()), Err(TokenError::Unproven));
        for nothing in ["", ".", "..", "k1..", "k1.cmNjLTc3.", &"a".repeat(10_000)] {
            assert!(keys(KEY).open(nothing, now()).is_err(), "{nothing}");
        }
    }

    #[test]
    fn keys_rotate_and_what_was_proven_by_an_old_one_stays_valid_until_it_is_taken_away() {
        let before = keys(KEY).seal(&unsubscribe());
        let after = rotated("k2");
        assert_eq!(after.open(&before, now()), Ok(unsubscribe()));
        let new = after.seal(&unsubscribe());
        assert!(new.starts_with("k2."), "{new}");
        assert_eq!(keys(KEY).open(&new, now()), Err(TokenError::Unproven));
        let alone = format!(r#"{{"current": "k2", "keys": {{"k2": "{OTHER}"}}}}"#);
        assert_eq!(keys(&alone).open(&before, now()), Err(TokenError::Unproven));
        assert_eq!(keys(&alone).open(&new, now()), Ok(unsubscribe()));
    }

    #[test]
    fn a_page_expires_and_unsubscribing_does_not() {
        let (open, shut) = (page("2026-11-23T09:30:00Z"), page("2026-11-23T09:29:59Z"));
        let opened = |token: &Token| keys(KEY).open(&keys(KEY).seal(token), now());
        assert_eq!(opened(&open), Ok(open.clone()));
        assert_eq!(opened(&shut), Err(TokenError::Expired));
        let later = "2040-01-01T00:00:00Z".parse().unwrap();
        assert!(keys(KEY).open(&keys(KEY).seal(&unsubscribe()), later).is_ok());
    }

    #[test]
    fn a_secret_that_can_not_be_used_is_told_without_quoting_it() {
        for wrong in [
            "",
            "canary",
            "{}",
            "{canary",
            r#"{"current": "k1", "keys": {}}"#,
            r#"{"current": "k1", "keys": {"k1": "canary"}}"#,
            r#"{"current": "k1", "keys": {"k2": "0123456789abcdef"}}"#,
            r#"{"current": "k.1", "keys": {"k.1": "0123456789abcdef"}}"#,
            r#"{"current": "k1", "keys": {"k1": "0123456789abcdef"}, "canary": 1}"#,
        ] {
            let error = LinkKeys::parse(wrong).unwrap_err();
            assert!(!error.contains("canary"), "{error}");
        }
        assert!(!format!("{:?}", rotated("k2")).contains("0123456789abcdef"));
    }
}
