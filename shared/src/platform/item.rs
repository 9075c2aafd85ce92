//! DynamoDB items as Rust values. An error says where, and never what stands there:
//! items are about people.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::failure::{CallError, DECODE, ENCODE};

/// An item of a table.
pub type Item = HashMap<String, AttributeValue>;

/// Reads an item.
///
/// # Errors
/// [`CallError`], naming the attribute.
pub fn read<T: DeserializeOwned>(item: Item) -> Result<T, CallError> {
    decode(item).map_err(|path| {
        CallError::unexpected(DECODE, format!("the attribute `{path}` can't be read"))
    })
}

/// Reads an item of a table that holds several kinds.
///
/// # Errors
/// [`CallError`], naming the kind and the attribute.
pub fn read_kind<T: DeserializeOwned>(kind: &'static str, item: Item) -> Result<T, CallError> {
    decode(item).map_err(|path| {
        // Where an attribute is missing, its parent is named.
        let problem = match path.as_str() {
            "." => format!("an attribute of the {kind} item is missing"),
            path => format!("the attribute `{path}` of the {kind} item can't be read"),
        };
        CallError::unexpected(DECODE, problem)
    })
}

/// The item, or the path of what can't be read.
fn decode<T: DeserializeOwned>(item: Item) -> Result<T, String> {
    let deserializer =
        serde_dynamo::Deserializer::from_attribute_value(AttributeValue::M(item).into());
    serde_path_to_error::deserialize(deserializer).map_err(|e| e.path().to_string())
}

/// Writes an item.
///
/// # Errors
/// [`CallError`]; every type that is stored has a form in DynamoDB.
pub fn write(value: &impl Serialize) -> Result<Item, CallError> {
    serde_dynamo::to_item(value).map_err(|_| unwritable())
}

/// Writes one attribute.
///
/// # Errors
/// As [`write`].
pub fn write_attribute(value: &impl Serialize) -> Result<AttributeValue, CallError> {
    serde_dynamo::to_attribute_value(value).map_err(|_| unwritable())
}

fn unwritable() -> CallError {
    CallError::unexpected(ENCODE, "a value has no form in DynamoDB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_that_can_not_be_read_is_named_by_its_attribute_and_not_quoted() {
        #[derive(Debug, serde::Deserialize)]
        struct Inner {
            #[expect(dead_code, reason = "only reading it is tried")]
            count: u32,
        }
        #[derive(Debug, serde::Deserialize)]
        struct Outer {
            #[expect(dead_code, reason = "only reading it is tried")]
            inner: Inner,
        }
        let text = AttributeValue::S("canary@example.com".to_owned());
        let inner = AttributeValue::M(HashMap::from([("count".to_owned(), text)]));
        let error = read::<Outer>(HashMap::from([("inner".to_owned(), inner)])).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("`inner.count`") && !error.contains("canary"), "{error}");
    }
}
