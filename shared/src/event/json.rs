//! JSON as it really comes: what a parser refuses for a hair's breadth is mended.

use serde_json::Value;

use super::EventError;

/// Parses JSON, mended if need be; whether it was.
///
/// # Errors
/// [`EventError::NotJson`].
pub(super) fn parse(body: &str) -> Result<(Value, bool), EventError> {
    // RFC 8259, 8.1: a parser may ignore a byte order mark.
    let text = body.trim_start_matches('\u{feff}');
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, text.len() != body.len())),
        Err(error) => error,
    };
    let mended = mend(text);
    let value = mended.and_then(|mended| serde_json::from_str(&mended).ok());
    value.map(|value| (value, true)).ok_or_else(|| EventError::NotJson {
        // The parser's category, not its message: that could quote the data.
        problem: match error.classify() {
            serde_json::error::Category::Eof => "it ends too early".to_owned(),
            _ if error.to_string().starts_with("recursion limit") => {
                "it is nested too deeply".to_owned()
            }
            _ => "unexpected text".to_owned(),
        },
        line: error.line(),
        column: error.column(),
    })
}

/// The text with what writers of JSON are known to get wrong put right: half a
/// surrogate pair (U+FFFD in its place), a control character in a text (escaped), a
/// number that is none (null). None if there is nothing of the kind.
fn mend(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len() + 16);
    let mut quoted = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (taken, written) = match c {
            '"' => {
                quoted = !quoted;
                (1, None)
            }
            '\\' if quoted => escape(rest),
            c if quoted && c < ' ' => (1, Some(format!("\\u{:04x}", u32::from(c)))),
            'N' | 'I' | '-' if !quoted => not_a_number(rest),
            c => (c.len_utf8(), None),
        };
        let (piece, after) = rest.split_at(taken);
        mended.push_str(written.as_deref().unwrap_or(piece));
        rest = after;
    }
    (mended != text).then_some(mended)
}

/// An escape at the start of the text: its length, and what to write in its place.
fn escape(text: &str) -> (usize, Option<String>) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0) {
        Some(0xd800..=0xdbff) if matches!(unit(6), Some(0xdc00..=0xdfff)) => (12, None),
        Some(0xd800..=0xdfff) => (6, Some("\\ufffd".to_owned())),
        Some(_) => (6, None),
        // A backslash and whatever it escapes.
        None => (1 + text[1..].chars().next().map_or(0, char::len_utf8), None),
    }
}

fn not_a_number(text: &str) -> (usize, Option<String>) {
    let found = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| text.starts_with(word));
    found.map_or((1, None), |word| (word.len(), Some("null".to_owned())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_quite_json_is_read_as_what_it_plainly_means() {
        for (body, expected) in [
            ("\u{feff}{\"a\":1}", json!({ "a": 1 })),
            (r#"{"a":"x\ud83dy"}"#, json!({ "a": "x\u{fffd}y" })),
            (r#"{"a":"\ude00\ud83d\ude00"}"#, json!({ "a": "\u{fffd}😀" })),
            (r#"{"a":"\\ud83d \ud83d"}"#, json!({ "a": "\\ud83d \u{fffd}" })),
            ("{\"a\":\"one\ntwo\tthree\"}", json!({ "a": "one\ntwo\tthree" })),
            (
                r#"{"a":NaN,"b":-Infinity,"c":"NaN","d":-1}"#,
                json!({ "a": null, "b": null, "c": "NaN", "d": -1 }),
            ),
        ] {
            assert_eq!(parse(body).unwrap(), (expected, true), "{body}");
        }
        assert_eq!(parse(r#"{"a":"\ud83d\ude00\""}"#).unwrap(), (json!({ "a": "😀\"" }), false));
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for body in ["", "order 1", "{\"a\":}", "{\"a\":\"\\", "{\"a\":\"\\ud8", "{'a':NaN}", "\\"]
        {
            assert!(parse(body).is_err(), "{body}");
        }
    }
}
