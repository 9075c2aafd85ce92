//! JSON as it really comes: what a parser refuses for a hair's breadth is mended.

use serde_json::Value;

use super::EventError;

/// Parses JSON, mended if need be; whether it was.
///
/// # Errors
/// [`EventError::NotJson`].
pub(super) fn parse(body: &str) -> Result<(Value, bool), EventError> {
    // RFC 8259, 8.1: a parser may ignore a byte order mark. Some senders end a text as C does.
    let text = body.trim_start_matches('\u{feff}').trim_end_matches('\0');
    // A parser would make a fraction of such a number, and one of two ids.
    let error = match has_long_number(text) {
        true => None,
        false => match serde_json::from_str(text) {
            Ok(value) => return Ok((value, text.len() != body.len())),
            Err(error) => Some(error),
        },
    };
    let mended = mend(text);
    let is_mended = mended.is_some() || text.len() != body.len();
    let text = mended.as_deref().unwrap_or(text);
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, is_mended)),
        Err(second) => error.unwrap_or(second),
    };
    Err(EventError::NotJson {
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

/// The most digits of a whole number that a parser keeps all of.
const MOST_DIGITS: usize = 19;

/// Whether there may be a number that a parser can't keep all digits of.
fn has_long_number(text: &str) -> bool {
    let mut run = 0;
    text.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run > MOST_DIGITS
    })
}

/// The text with what writers of JSON are known to get wrong put right: half a
/// surrogate pair (U+FFFD in its place), a control character in a text (escaped), a
/// number that is none (null), one that is too long for a parser (a text), other
/// languages' words for true, false and nothing, and a comma too many. None if there is
/// nothing of the kind.
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
            _ if quoted => (plain(rest), None),
            ' ' | '\n' | '\r' | '\t' => (1, None),
            '0'..='9' => number(rest),
            ',' if ends_a_block(&rest[1..]) => (1, Some(String::new())),
            c if c.is_whitespace() => (c.len_utf8(), Some(" ".to_owned())),
            c if c.is_ascii_alphabetic() || c == '-' => word(rest),
            c => (c.len_utf8(), None),
        };
        let (piece, after) = rest.split_at(taken);
        mended.push_str(written.as_deref().unwrap_or(piece));
        rest = after;
    }
    (mended != text).then_some(mended)
}

/// How many bytes of a quoted text need no look: up to a quote, an escape or a control
/// character, none of which is a part of a longer character.
fn plain(text: &str) -> usize {
    let needs_a_look = |b: u8| b == b'"' || b == b'\\' || b < b' ';
    text.bytes().position(needs_a_look).unwrap_or(text.len())
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
        // JavaScript escapes it, JSON does not.
        None if text[1..].starts_with('\'') => (2, Some("'".to_owned())),
        // A backslash and whatever it escapes.
        None => (1 + text[1..].chars().next().map_or(0, char::len_utf8), None),
    }
}

/// A number at the start of the text; a whole one that is too long becomes a text.
fn number(text: &str) -> (usize, Option<String>) {
    let is_part = |c: char| c.is_ascii_digit() || ".eE+-".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let number = &text[..end];
    let whole = number.bytes().all(|b| b.is_ascii_digit());
    if whole && end > MOST_DIGITS {
        return (end, Some(format!("\"{number}\"")));
    }
    let is_beyond = number.parse::<f64>().is_ok_and(f64::is_infinite);
    (end, is_beyond.then(|| "null".to_owned()))
}

/// Other languages' words for what JSON has words for.
fn word(text: &str) -> (usize, Option<String>) {
    const WORDS: [(&str, &str); 9] = [
        ("NaN", "null"),
        ("nan", "null"),
        ("-Infinity", "null"),
        ("Infinity", "null"),
        ("undefined", "null"),
        ("None", "null"),
        ("nil", "null"),
        ("True", "true"),
        ("False", "false"),
    ];
    let end = text[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |end| end + 1);
    let found = WORDS.iter().find(|(word, _)| *word == &text[..end]);
    (end, found.map(|(_, written)| (*written).to_owned()))
}

fn ends_a_block(text: &str) -> bool {
    text.trim_start().starts_with(['}', ']'])
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
            (
                r#"{"a":undefined,"b":None,"c":True,"d":"True","e":[1,2,],}"#,
                json!({ "a": null, "b": null, "c": true, "d": "True", "e": [1, 2] }),
            ),
            ("{\"a\":\u{a0}1}\0", json!({ "a": 1 })),
            (r#"{"a":"it\'s"}"#, json!({ "a": "it's" })),
            (
                r#"{"id":820000000000000000001,"b":12,"c":-1.5e3}"#,
                json!({ "id": "820000000000000000001", "b": 12, "c": -1500.0 }),
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
