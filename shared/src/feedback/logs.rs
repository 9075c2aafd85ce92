//! The work of `feedback-logs`: a CloudWatch Logs subscription's data becomes messages
//! for the feedback queue. Source: CloudWatch Logs user guide, "Using subscription
//! filters".

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::Value;

/// What a subscription's data unpacks to at most, in bytes. CloudWatch sends far less; a
/// larger one is made to exhaust memory.
const LARGEST: u64 = 32 * 1024 * 1024;

/// A subscription's data that can't be read. Never holds what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogsError {
    /// It is not what a subscription sends.
    #[error("the event has no `awslogs.data`, as a subscription of CloudWatch Logs has")]
    NoData,
    /// It is not packed as a subscription packs it.
    #[error("`awslogs.data` is not JSON in gzip in Base64")]
    Packing,
    /// It is larger than a subscription's.
    #[error("`awslogs.data` unpacks to more than {LARGEST} bytes")]
    TooLarge,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    #[serde(default)]
    message_type: String,
    #[serde(default)]
    log_events: Vec<LogEvent>,
}

#[derive(Deserialize)]
struct LogEvent {
    #[serde(default)]
    message: String,
}

/// The lines of a subscription's data that are of SNS's delivery log. What else may stand
/// in a log group is left out: it is about no message.
///
/// # Errors
/// [`LogsError`], which says what is wrong.
pub fn lines_of(event: &Value) -> Result<Vec<String>, LogsError> {
    let data = event.pointer("/awslogs/data").and_then(Value::as_str).ok_or(LogsError::NoData)?;
    let packed = STANDARD.decode(data).map_err(|_| LogsError::Packing)?;
    let mut unpacked = Vec::new();
    let mut reader = GzDecoder::new(&packed[..]).take(LARGEST + 1);
    reader.read_to_end(&mut unpacked).map_err(|_| LogsError::Packing)?;
    if unpacked.len() as u64 > LARGEST {
        return Err(LogsError::TooLarge);
    }
    let data: Data = serde_json::from_slice(&unpacked).map_err(|_| LogsError::Packing)?;
    // CloudWatch asks now and then whether the function can be reached.
    if data.message_type == "CONTROL_MESSAGE" {
        return Ok(Vec::new());
    }
    let lines = data.log_events.into_iter().map(|event| event.message);
    Ok(lines.filter(|line| is_of_delivery(line)).collect())
}

fn is_of_delivery(line: &str) -> bool {
    let json: Option<Value> = serde_json::from_str(line).ok();
    let has = |name: &str| json.as_ref().is_some_and(|json| json.get(name).is_some());
    has("notification") && has("status")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use serde_json::json;

    use super::*;

    fn packed(data: &[u8]) -> Value {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        json!({"awslogs": {"data": STANDARD.encode(encoder.finish().unwrap())}})
    }

    #[test]
    fn lines_of_the_delivery_log_are_taken_and_others_left() {
        let line = r#"{"notification":{"messageId":"m-1"},"delivery":{},"status":"SUCCESS"}"#;
        let events = [line, "START RequestId", "{}", "[1]", "null", ""];
        let events: Vec<_> = events.map(|message| json!({"id": "1", "message": message})).into();
        let data = json!({"messageType": "DATA_MESSAGE", "logEvents": events});
        assert_eq!(lines_of(&packed(data.to_string().as_bytes())), Ok(vec![line.to_owned()]));
        let control = json!({"messageType": "CONTROL_MESSAGE", "logEvents": events});
        assert_eq!(lines_of(&packed(control.to_string().as_bytes())), Ok(Vec::new()));
    }

    #[test]
    fn what_no_subscription_sends_is_named_and_never_quoted() {
        assert_eq!(lines_of(&json!({})), Err(LogsError::NoData));
        assert_eq!(lines_of(&json!({"awslogs": {"data": 5}})), Err(LogsError::NoData));
        assert_eq!(lines_of(&json!({"awslogs": {"data": "%"}})), Err(LogsError::Packing));
        assert_eq!(lines_of(&json!({"awslogs": {"data": "aGk="}})), Err(LogsError::Packing));
        assert_eq!(lines_of(&packed(b"no JSON")), Err(LogsError::Packing));
        let bomb = vec![b' '; LARGEST as usize + 1];
        assert_eq!(lines_of(&packed(&bomb)), Err(LogsError::TooLarge));
    }
}
