//! Text as mail clients and phones show it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// A stretch of text that is a link, or is not.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    text: String,
    link: bool,
}

/// Cuts text into web addresses and what stands between them.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, link| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), link });
        }
    };
    let mut rest = text;
    while let Some(start) = next_link(rest) {
        let (before, from) = rest.split_at(start);
        let in_link = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
        let end = from.find(|c| !in_link(c)).unwrap_or(from.len());
        // What ends a sentence is not part of the address in it.
        let link = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        push(before, false);
        push(link, true);
        rest = &from[link.len()..];
    }
    push(rest, false);
    pieces
}

fn next_link(text: &str) -> Option<usize> {
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// A sender's name and address, from `"Name" <address>`. The name is empty if
/// there is none.
pub(super) fn mailbox(text: &str) -> (String, String) {
    let parts = text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    let Some((name, address)) = parts else { return (String::new(), text.trim().to_owned()) };
    let name = name.trim();
    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    let name = match quoted {
        Some(quoted) => unescaped(quoted),
        None => decoded(name).unwrap_or_else(|| name.to_owned()),
    };
    (name, address.to_owned())
}

fn unescaped(quoted: &str) -> String {
    let mut chars = quoted.chars();
    let mut text = String::with_capacity(quoted.len());
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}

/// The text of Base64 encoded words in UTF-8 (RFC 2047).
fn decoded(words: &str) -> Option<String> {
    let word = |word: &str| {
        let data = word.strip_prefix("=?UTF-8?B?")?.strip_suffix("?=")?;
        String::from_utf8(STANDARD.decode(data).ok()?).ok()
    };
    words.split_ascii_whitespace().map(word).collect()
}

/// The first words of a text, on one line.
pub(super) fn first_words(text: &str) -> String {
    const ENOUGH: usize = 120;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(ENOUGH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, bool)]) {
        let expect: Vec<_> =
            expect.iter().map(|&(text, link)| Piece { text: text.to_owned(), link }).collect();
        assert_eq!(pieces(text), expect);
    }

    #[test]
    fn web_addresses_are_links_and_other_schemes_are_text() {
        check("", &[]);
        check("Hallo", &[("Hallo", false)]);
        check(
            "Track it: https://t.example/1?a=b. Thanks!",
            &[("Track it: ", false), ("https://t.example/1?a=b", true), (". Thanks!", false)],
        );
        check(
            "查看 https://t.example/1。",
            &[("查看 ", false), ("https://t.example/1", true), ("。", false)],
        );
        check("javascript:alert(1)", &[("javascript:alert(1)", false)]);
        check("https://a/\"onclick=x", &[("https://a/", true), ("\"onclick=x", false)]);
    }

    #[test]
    fn a_senders_name_is_read_however_it_is_written() {
        let check = |text, name: &str, address: &str| {
            assert_eq!(mailbox(text), (name.to_owned(), address.to_owned()));
        };
        check("a@b.example", "", "a@b.example");
        check("\"The \\\"Shop\\\"\" <a@b.example>", "The \"Shop\"", "a@b.example");
        check("Shop <a@b.example>", "Shop", "a@b.example");
        check("=?UTF-8?B?6Iy2?= =?UTF-8?B?5bqX?= <a@b.example>", "茶店", "a@b.example");
        check("=?UTF-8?B?*?= <a@b.example>", "=?UTF-8?B?*?=", "a@b.example");
    }

    #[test]
    fn first_words_stand_on_one_line() {
        assert_eq!(first_words(" a\n b\t c "), "a b c");
        assert_eq!(first_words(&"ä".repeat(500)).chars().count(), 120);
    }
}
