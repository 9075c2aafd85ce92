//! The signature of the Standard Webhooks specification, symmetric form: HMAC-SHA256 of id,
//! time and body, joined by dots.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// What stands before a secret as receivers' libraries take it.
const PREFIX: &str = "whsec_";

/// The key that calls are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

impl SigningSecret {
    /// Reads a secret: Base64 of 24 to 64 bytes, with or without `whsec_` before it.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let key = STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text)).ok();
        let key = key.filter(|key| (24..=64).contains(&key.len()));
        key.map(Self).ok_or("must be Base64 of 24 to 64 bytes")
    }

    /// The value of the header `webhook-signature`.
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(format!("{id}.{}.{body}", at.as_second()).as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's own example.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let secret = SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signature = secret.sign(id, at, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_ne!(secret.sign(id, at, r#"{"test": 1}"#), signature);
        assert_ne!(secret.sign("msg_2", at, r#"{"test": 2432232314}"#), signature);
    }

    #[test]
    fn a_secret_is_long_enough_or_none() {
        // As Secrets Manager makes them: 64 letters and digits.
        let generated = "abcdefghABCDEFGH".repeat(4);
        assert!(SigningSecret::parse(&generated).is_ok());
        let with_prefix = SigningSecret::parse(&format!("whsec_{generated}")).unwrap();
        assert_eq!(with_prefix, SigningSecret::parse(&generated).unwrap());
        for wrong in ["", "whsec_", "c2hvcnQ=", "?".repeat(40).as_str(), &generated.repeat(2)] {
            assert!(SigningSecret::parse(wrong).is_err(), "{wrong}");
        }
        assert!(!format!("{with_prefix:?}").contains("abcdefgh"));
    }
}
