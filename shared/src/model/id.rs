//! Identifiers: newtypes for those that travel, and the one hash they are made
//! with.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
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

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
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

string_id! {
    /// Names a customer, by the shop's own id.
    CustomerId
}

string_id! {
    /// Names an event, unique per source.
    EventId
}

string_id! {
    /// The provider's id of a message it has taken.
    ProviderMessageId
}

string_id! {
    /// Names an SNS platform endpoint: a device that can be published to.
    EndpointArn
}

impl EndpointArn {
    /// The endpoint's platform application: all but the last part of the path.
    pub fn application(&self) -> &str {
        self.as_str().rsplit_once('/').map_or("", |(application, _)| application)
    }
}

/// An order's id: 1 to 100 characters of printable ASCII, no white space. It is
/// the message group of order events (at most 128 characters) and a part of ledger keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(String);

impl OrderId {
    /// Parses an id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fits = (1..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err("expected 1 to 100 printable ASCII characters without spaces".to_owned())
        }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OrderId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> String {
        id.0
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for OrderId {
    fn schema_name() -> Cow<'static, str> {
        "OrderId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[!-~]{1,100}$" })
    }
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
