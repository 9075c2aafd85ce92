//! The order's id in a text that is no JSON.

/// How far into the text is looked, in bytes.
const LOOKED_AT: usize = 8 * 1024;

/// The longest id, in bytes.
const LONGEST: usize = 100;

/// The order's id in a body that no parser takes: one that was cut off, or has a comma
/// too many, or single quotation marks (Python's), or JSON inside of JSON's strings. For
/// a body that one does take, ask the parser.
///
/// That is the `id` directly in the first `order` that has one, else a field named
/// `order_id` or alike, else the envelope's `subject`; never an `id` elsewhere, which is
/// the event's, the customer's or an item's. None for an id that is itself cut off, since
/// its begin may be another order's.
pub(crate) fn order_id_in(text: &str) -> Option<String> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let in_order = values(text, "order").find_map(|(quote, value)| id_in_object(value, quote));
    let names = ["order_id", "orderId", "order_number", "orderNumber", "subject"];
    let named = |name| values(text, name).find_map(|(quote, value)| scalar(value, quote));
    in_order.or_else(|| names.into_iter().find_map(named)).map(str::to_owned)
}

/// The text after every `"name":`, with the sign that begins and ends its strings: a
/// quotation mark, after backslashes if the JSON stands in a string.
fn values<'a>(text: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(name).filter_map(move |(at, name)| {
        let before = &text[..at];
        let marked = before.strip_suffix(['"', '\''])?;
        let quote = &before[marked.trim_end_matches('\\').len()..];
        let value = text[at + name.len()..].strip_prefix(quote)?.trim_start().strip_prefix(':')?;
        Some((quote, value.trim_start()))
    })
}

/// The `id` directly in the object that the text begins with.
fn id_in_object<'a>(text: &'a str, quote: &str) -> Option<&'a str> {
    let mut rest = text.strip_prefix('{')?;
    let mut depth = 1;
    while let Some(c) = rest.chars().next() {
        if let Some(opened) = rest.strip_prefix(quote) {
            let (string, after) = closed(opened, quote)?;
            rest = after;
            let value = after.trim_start().strip_prefix(':');
            if let Some(value) = value.filter(|_| depth == 1 && string == "id") {
                return scalar(value.trim_start(), quote);
            }
            continue;
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return None;
        }
        rest = &rest[c.len_utf8()..];
    }
    None
}

/// The string or the whole number that the text begins with, if it can be an id.
fn scalar<'a>(text: &'a str, quote: &str) -> Option<&'a str> {
    let value = match text.strip_prefix(quote) {
        Some(opened) => closed(opened, quote)?.0,
        None => {
            let end = text.find(|c: char| !c.is_ascii_digit())?;
            let (number, after) = text.split_at(end);
            after.trim_start().starts_with([',', '}', ']']).then_some(number)?
        }
    };
    let fits = |b: u8| b.is_ascii_graphic() && b != b'\\';
    ((1..=LONGEST).contains(&value.len()) && value.bytes().all(fits)).then_some(value)
}

/// A string up to the sign that ends it, and what follows it; the sign after one more
/// backslash belongs to the string.
fn closed<'a>(text: &'a str, quote: &str) -> Option<(&'a str, &'a str)> {
    let (end, _) = text.match_indices(quote).find(|(at, _)| !text[..*at].ends_with('\\'))?;
    Some((&text[..end], &text[end + quote.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        order_id_in(text)
    }

    #[test]
    fn the_id_directly_in_the_order_is_found() {
        for text in [
            r#"{"id": "evt-1", "data": {"order": {"id": "A-1", "number": "5""#,
            r#"{"order": {"id": "A-1",}}"#,
            "\u{feff}{\"order\":{\"id\":\"A-1\"}}",
            r#"{"order" : { "items": [{"id": "i-1"}], "customer": {"id": "c-1"}, "id" : "A-1", "#,
            r#"{"order": {"note": "a } \" b", "id": "A-1", "#,
            r#"{"order": {"status": "id", "id": "A-1", "#,
            r#"{"order": {"note": "Grüße {", "id": "A-1"#.to_owned().as_str(),
            r#"{'order': {'id': 'A-1', 'note': None}}"#,
            r#"{"Message": "{\"id\": \"evt-1\", \"order\": {\"id\": \"A-1\", \"note\": \"a \\\" b\""#,
            r#"{"Message": "{\"order\": {\"note\": \"a } \\\" b\", \"id\": \"A-1\", "#,
            r#"{"body": "{\"Message\": \"{\\\"order\\\": {\\\"id\\\": \\\"A-1\\\"}}"#,
            r#"{"order": null, "data": {"order": {"id": "A-1"}"#,
            r#"{"order": {"items": []}, "data": {"order": {"id": "A-1"}"#,
            r#"{"sort": "order", "order": {"id": "A-1"}"#,
            r#"{"subject": "S-1", "order_id": "O-1", "order": {"id": "A-1"}"#,
            "{\"order\":\n  {\n    \"id\":\n      \"A-1\"\n",
        ] {
            let expected = (!text.ends_with("A-1")).then_some("A-1");
            assert_eq!(found(text).as_deref(), expected, "{text}");
        }
        assert_eq!(found(r#"{"order": {"id": 501, "#).as_deref(), Some("501"));
        assert_eq!(found(r#"{"order": {"id": 501 }"#).as_deref(), Some("501"));
    }

    #[test]
    fn else_a_field_with_the_id_or_the_subject_is_taken() {
        for (text, expected) in [
            (r#"{"id": "evt-1", "order_id": "A-1", "#, "A-1"),
            (r#"{"orderId": 501, "subject": "S-1""#, "501"),
            (r#"{"subject": "S-1", "order_number": "1001", "#, "1001"),
            (r#"{"subject": "S-1", "order": {"items": [{"id": "i-1"}]"#, "S-1"),
            (r#"{\"orderNumber\": \"A-1\", "#, "A-1"),
            (r#"{"order_id": "", "order_id": "A-1", "#, "A-1"),
            (r#"{"order": {"id": "not an id"}, "order_id": "A-1", "#, "A-1"),
        ] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_other_id_is_taken() {
        for text in [
            "",
            "order",
            "order id A-1",
            r#"{"id": "evt-1""#,
            r#"{"id": "evt-1", "order": {"number": "5""#,
            r#"{"order": {"items": [{"id": "i-1"}]}, "id": "evt-1"}"#,
            r#"{"order": {"customer": {"id": "c-1"#,
            r#"{"order": {"id": "A-1"#,
            r#"{"order": {"id": 50"#,
            r#"{"order": {"id": 50.5, "#,
            r#"{"order": {"id": -5, "#,
            r#"{"order": {"id": {"value": "A-1"}}, "#,
            r#"{"order": {"id": "A\u0031", "#,
            r#"{"order": {"id": "Größe", "#,
            r#"{"order": "id", "A-1", "#,
            r#"{"reorder": {"id": "A-1"}, "#,
            r#"{order: {id: "A-1"}}"#,
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(found(&format!(r#"{{"order": {{"id": "{long}", "#)), None);
        let far = " ".repeat(LOOKED_AT);
        assert_eq!(found(&format!(r#"{far}{{"order": {{"id": "A-1", "#)), None);
        assert_eq!(found(&"é".repeat(LOOKED_AT)), None);
    }
}
