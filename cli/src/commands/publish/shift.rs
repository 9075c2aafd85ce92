//! Moves the times of sample events, which stand in files and grow old, so that
//! the latest of them happens now and the others keep their distance.

use bellhop::model::clock::Timestamp;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use serde_json::Value;

use super::EventFile;

/// Moves every time in the events by the same amount, so that the latest event
/// happens at `now`. What is no JSON stays as it is.
pub fn shift_to(now: Timestamp, files: &mut [EventFile]) {
    let Some(latest) = files.iter().filter_map(happened).max() else { return };
    let by = now.duration_since(latest);
    for file in files {
        if let Ok(mut event) = serde_json::from_str::<Value>(&file.body) {
            shift(&mut event, by);
            file.body = event.to_string();
        }
    }
}

/// When an event happened, by its envelope; none if it does not say.
pub fn happened(file: &EventFile) -> Option<Timestamp> {
    let event: Value = serde_json::from_str(&file.body).ok()?;
    let time = event.get("time").or_else(|| event.get("Timestamp"))?;
    time.as_str()?.parse().ok()
}

fn shift(value: &mut Value, by: SignedDuration) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| shift(member, by)),
        Value::Array(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::String(text) => {
            if let Some(moved) = moved(text, by) {
                *text = moved;
            }
        }
        _ => {}
    }
}

fn moved(text: &str, by: SignedDuration) -> Option<String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.checked_add(by).ok()?.to_string());
    }
    if text.len() == 10
        && let Ok(date) = text.parse::<Date>()
    {
        return Some(date.checked_add(by.as_hours().div_euclid(24).days()).ok()?.to_string());
    }
    // An SNS envelope holds the event as text.
    if text.starts_with('{') {
        let mut inner: Value = serde_json::from_str(text).ok()?;
        shift(&mut inner, by);
        return Some(inner.to_string());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_event_happens_now_and_the_others_keep_their_distance() {
        let file = |body: &str| EventFile { path: "x.json".into(), body: body.to_owned() };
        let mut files = [
            file(r#"{"time":"2026-01-01T10:00:00Z","data":{"paid_at":"2026-01-01T09:00:00Z"}}"#),
            file(
                r#"{"Timestamp":"2026-01-01T12:00:00Z","Message":"{\"time\":\"2026-01-01T11:00:00Z\"}"}"#,
            ),
            file("no JSON"),
            file(r#"{"time":"2026-01-01T00:00:00Z","day":"2026-01-05","text":"2 mugs"}"#),
        ];
        shift_to("2026-03-02T12:00:00Z".parse().unwrap(), &mut files);
        let bodies: Vec<_> = files.iter().map(|file| file.body.as_str()).collect();
        assert_eq!(
            bodies[0],
            r#"{"data":{"paid_at":"2026-03-02T09:00:00Z"},"time":"2026-03-02T10:00:00Z"}"#
        );
        assert!(bodies[1].contains("2026-03-02T11:00:00Z"), "{}", bodies[1]);
        assert_eq!(bodies[2], "no JSON");
        assert_eq!(
            bodies[3],
            r#"{"day":"2026-03-06","text":"2 mugs","time":"2026-03-02T00:00:00Z"}"#
        );
    }
}
