//! The salt of a customer, or of a guest's order: what their personal data in the ledger
//! is sealed with, besides a master key. Whoever deletes it makes the data unreadable.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::failure::CallError;

/// 32 random bytes. Without them nobody opens what was sealed with them, master key or not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Salt([u8; 32]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

impl Salt {
    /// These bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// New random bytes.
    ///
    /// # Errors
    /// [`CallError`] if the operating system has none to give.
    pub fn random() -> Result<Self, CallError> {
        random().map(Self)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Tells it from others, and tells nothing of it: the first 8 bytes of its SHA-256.
    pub fn mark(&self) -> [u8; 8] {
        let mut mark = [0; 8];
        mark.copy_from_slice(&Sha256::digest(self.0)[..8]);
        mark
    }
}

/// Random bytes that nobody can foresee.
///
/// # Errors
/// [`CallError`] if the operating system has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], CallError> {
    let mut bytes = [0; N];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| CallError::unexpected("system:random", "no random numbers"))?;
    Ok(bytes)
}

impl From<Salt> for String {
    fn from(salt: Salt) -> Self {
        salt.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl TryFrom<String> for Salt {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        const EXPECTED: &str = "expected 64 hexadecimal digits";

        let mut bytes = [0; 32];
        let is_hexadecimal = text.bytes().all(|digit| digit.is_ascii_hexdigit());
        if text.len() != 64 || !is_hexadecimal {
            return Err(EXPECTED);
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| EXPECTED)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| EXPECTED)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_is_read_back_from_its_digits_and_shows_nothing_of_itself() {
        let salt = Salt::random().unwrap();
        assert_eq!(Salt::try_from(String::from(salt.clone())).as_ref(), Ok(&salt));
        assert_eq!(format!("{salt:?}"), "Salt(…)");
        assert_ne!(salt, Salt::random().unwrap());
        assert_ne!(salt.mark(), Salt::random().unwrap().mark());
        for digits in ["", "zz", &"é".repeat(32), &"0".repeat(63), &"+1".repeat(32)] {
            assert!(Salt::try_from(digits.to_owned()).is_err(), "{digits}");
        }
    }
}
