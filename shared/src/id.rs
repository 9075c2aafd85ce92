//! Identifiers: newtypes for those that travel, and the one hash they are made
//! with.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

string_id! {
    /// The semantic key of a notification within its order: the type, then the
    /// discriminator (shipment id, refund id) and the resend key where there
    /// are any, e.g. `order.shipped#s-1`.
    NotificationKey
}

string_id! {
    /// Names one delivery: a hash of order, notification key, channel and
    /// recipient, 32 hexadecimal digits. Fit for SES message tags
    /// (`[A-Za-z0-9_-]`) and for SQS deduplication ids.
    DeliveryId
}

string_id! {
    /// Names one attempt to send a delivery; the fencing token of every write
    /// after the claim. 32 hexadecimal digits.
    AttemptId
}

string_id! {
    /// Names a device of a customer: a hash of platform and token.
    DeviceId
}

/// The first 128 bits of the SHA-256 of the parts, as 32 hexadecimal digits.
/// Each part is preceded by its length, so that no two lists of parts collide
/// by moving text from one part to its neighbour.
pub fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn text_that_moves_between_parts_changes_the_hash() {
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
        assert_eq!(hash(["ab", "c"]), hash(["ab", "c"]));
        assert_eq!(hash(["ab", "c"]).len(), 32);
    }
}
