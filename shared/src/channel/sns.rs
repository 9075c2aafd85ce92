//! What SMS and push share: SNS's way to accept a message and to reject it.

use aws_sdk_sns::error::BuildError;
use aws_sdk_sns::types::MessageAttributeValue;

/// A message attribute of type `String`.
pub(super) fn text(value: &str) -> Result<MessageAttributeValue, BuildError> {
    MessageAttributeValue::builder().data_type("String").string_value(value).build()
}

/// A message attribute of type `Number`.
pub(super) fn number(value: &str) -> Result<MessageAttributeValue, BuildError> {
    MessageAttributeValue::builder().data_type("Number").string_value(value).build()
}

/// Whether SNS says by this code that it will never take the message.
pub(super) fn is_invalid(code: &str) -> bool {
    matches!(
        code,
        "InvalidParameter"
            | "InvalidParameterException"
            | "ParameterValueInvalid"
            | "ValidationException"
            | "ValidationError"
    )
}
