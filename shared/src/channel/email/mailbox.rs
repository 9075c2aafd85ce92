//! The e-mail address in a text that holds more than one: what people copy out of
//! mail programs, and what systems join together.
//!
//! Nobody may get a stranger's mail, so nothing is guessed: an address must stand
//! alone between its separators, or in angle brackets. `lovelace,ada@example.com`
//! and `ada lovelace@example.com` are slips of the finger, not two addresses.

use std::borrow::Cow;

/// The longest text that is looked through, in bytes; an address has at most 254
/// (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 2_000;

/// The first address in the text that `parse` takes. Knows `Name <a@b>`,
/// `"Last, First" <a@b>`, `a@b (Name)` (RFC 5322, 3.4), `mailto:a@b?subject=x`
/// (RFC 6068), quotation marks and brackets around, and several addresses with
/// commas, semicolons or line breaks between them.
///
/// None for text with control characters, and for further lines that look like
/// header fields.
pub(crate) fn usable<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let text: String = text.chars().filter(|c| !is_zero_width(*c)).collect();
    let text = text.trim_matches(is_edge);
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if text.contains(control) || text.split(['\r', '\n']).skip(1).any(is_header) {
        return None;
    }
    let text = link_target(unquoted(text))?;
    let pieces = pieces(&text);
    let lone = pieces.iter().all(|piece| piece.names_an_address || piece.is_blank());
    let found = pieces.iter().filter(|piece| lone || piece.bracketed.is_some());
    found.filter_map(Piece::address).find_map(|address| parse(&address))
}

/// What stands between two separators.
#[derive(Default)]
struct Piece<'a> {
    /// What stands outside of brackets, quotation marks and comments.
    bare: String,
    /// What stands in quotation marks.
    quoted: Option<&'a str>,
    /// What stands in angle or square brackets.
    bracketed: Option<&'a str>,
    /// Whether an address can be in it, or belongs to it: the name before a comma,
    /// as in `Last, First <a@b>`, belongs to the address after it.
    names_an_address: bool,
}

impl Piece<'_> {
    fn is_blank(&self) -> bool {
        self.bare.trim().is_empty() && self.quoted.is_none() && self.bracketed.is_none()
    }

    /// The one word that can be an address.
    fn address(&self) -> Option<Cow<'_, str>> {
        let text = match (self.bracketed, self.bare.trim()) {
            (Some(bracketed), _) => bracketed,
            (None, "") => self.quoted?,
            (None, bare) => bare,
        };
        let address = match link_target(text.trim_matches(is_edge))? {
            Cow::Borrowed(text) => Cow::Borrowed(stripped(text)),
            Cow::Owned(text) => Cow::Owned(stripped(&text).to_owned()),
        };
        let word = |c: char| !c.is_whitespace() && !c.is_control();
        (address.contains('@') && address.chars().all(word)).then_some(address)
    }
}

/// The text at its separators; those in quotation marks, brackets and comments
/// separate nothing.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![Piece::default()];
    let mut piece = Piece::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let inside = match c {
            '"' => closed(after, '"'),
            '“' => closed(after, '”'),
            '<' => closed(after, '>'),
            '[' => closed(after, ']'),
            '(' => closed(after, ')'),
            _ => None,
        };
        rest = inside.map_or(after, |(_, after)| after);
        match (c, inside) {
            ('"' | '“', Some((text, _))) => piece.quoted = Some(text),
            ('<' | '[', Some((text, _))) => {
                // A bracket without a separator before it is another address.
                if piece.bracketed.is_some() {
                    pieces.push(std::mem::take(&mut piece));
                }
                piece.bracketed = Some(text.trim_start_matches(['<', '[']));
            }
            // A comment ends a word.
            ('(', Some(_)) => piece.bare.push(' '),
            (',' | ';' | '\r' | '\n', _) => pieces.push(std::mem::take(&mut piece)),
            _ => piece.bare.push(c),
        }
    }
    pieces.push(piece);
    let mut bracket_follows = false;
    for piece in pieces.iter_mut().rev() {
        let bare = piece.bare.contains('@') || piece.quoted.is_some_and(|text| text.contains('@'));
        bracket_follows = piece.bracketed.is_some() || (bracket_follows && !bare);
        piece.names_an_address = bare || bracket_follows;
    }
    pieces
}

/// What comes before the closing sign, and what after it; a sign after a backslash
/// closes nothing (RFC 5322, 3.2.1).
fn closed(text: &str, closing: char) -> Option<(&str, &str)> {
    let mut escaped = false;
    let at = text.find(|c| {
        let closes = c == closing && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((&text[..at], &text[at + closing.len_utf8()..]))
}

/// Without quotation marks or brackets around the whole of it, if there are no others.
fn unquoted(text: &str) -> &str {
    for (opening, closing) in [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('(', ')')]
    {
        let inner = text.strip_prefix(opening).and_then(|text| text.strip_suffix(closing));
        if let Some(inner) = inner.filter(|text| !text.contains([opening, closing])) {
            return inner.trim_matches(is_edge);
        }
    }
    text
}

/// The addresses of a `mailto:` link, or the text as it is; none for a link that
/// hides control characters.
fn link_target(text: &str) -> Option<Cow<'_, str>> {
    let target = match text.split_at_checked("mailto:".len()) {
        Some((scheme, target)) if scheme.eq_ignore_ascii_case("mailto:") => target,
        _ => return Some(Cow::Borrowed(text)),
    };
    let target = target.split('?').next().unwrap_or_default();
    if !target.contains('%') {
        return Some(Cow::Borrowed(target));
    }
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { &after[2..] } else { after };
    }
    let decoded = String::from_utf8(bytes).ok()?;
    (!decoded.contains(char::is_control)).then_some(Cow::Owned(decoded))
}

/// Without punctuation around it that no domain ends with and no address starts
/// with. An apostrophe may start one, so it goes only as one of a pair.
fn stripped(text: &str) -> &str {
    let trailing = |c: char| ".,;:!?'\"’”“»)]}>".contains(c) || is_edge(c);
    let leading = |c: char| "\"“”„‘«([{<".contains(c) || is_edge(c);
    let kept = text.trim_end_matches(trailing).trim_start_matches(leading);
    match kept.strip_prefix('\'') {
        Some(inner) if text.ends_with('\'') => inner,
        _ => kept,
    }
}

/// Whether a line could be a header field (RFC 5322, 2.2) that somebody put there.
fn is_header(line: &str) -> bool {
    line.to_ascii_lowercase().replace("mailto:", "").contains(':')
}

/// Invisible, and left behind by copying from web pages.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// White space, and marks of direction that some programs put around addresses.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for the parser of addresses: one `@`, a dotted domain, plain ASCII.
    fn parse(text: &str) -> Option<String> {
        let (local, domain) = text.rsplit_once('@')?;
        let atom = |c: char| c.is_ascii_alphanumeric() || "+-_.'%".contains(c);
        let fits = |part: &str| !part.is_empty() && part.chars().all(atom);
        let dotted = domain.split('.').count() > 1 && domain.split('.').all(|l| !l.is_empty());
        (fits(local) && fits(domain) && dotted).then(|| text.to_owned())
    }

    fn found(text: &str) -> Option<String> {
        usable(text, parse)
    }

    #[test]
    fn an_address_with_something_around_it_is_taken_out() {
        for text in [
            "nora@example.com",
            " nora@example.com\t\r\n",
            "Nora <nora@example.com>",
            "Nora Example<nora@example.com>",
            "\"Example, Nora\" <nora@example.com>",
            "\"Nora \\\"N\\\" Example\" <nora@example.com>",
            "Example, Nora <nora@example.com>",
            "Example, Nora, Dr. <nora@example.com>",
            "'Nora' <nora@example.com>",
            "nora@other.example <nora@example.com>",
            "\"nora@other.example\" <nora@example.com>",
            "nora@example.com<mailto:nora@example.com>",
            "Nora [mailto:nora@example.com]",
            "Nora\r\n <nora@example.com>",
            "<nora@example.com>",
            "< nora@example.com >",
            "<<nora@example.com>>",
            "mailto:nora@example.com",
            "MAILTO:nora@example.com?subject=Hello, you&body=x@y.example",
            "<mailto:nora@example.com?subject=a, b>",
            "mailto:nora%40example.com",
            "nora@example.com (Nora, at work)",
            "(Nora) nora@example.com",
            "nora@example.com.",
            "nora@example.com,",
            "nora@example.com ;",
            "\"nora@example.com\"",
            "'nora@example.com'",
            "“nora@example.com”",
            "\"'nora@example.com'\"",
            "[nora@example.com]",
            "(nora@example.com)",
            "(nora@example.com",
            "\"Nora <nora@example.com>",
            "\u{feff}nora@example.com\u{200b}",
            "nora\u{200b}@exam\u{ad}ple.com",
            "\u{202a}nora@example.com\u{202c}",
            "\u{a0}nora@example.com\u{3000}",
        ] {
            assert_eq!(found(text).as_deref(), Some("nora@example.com"), "{text:?}");
        }
    }

    #[test]
    fn of_several_addresses_the_first_usable_one_is_taken() {
        for text in [
            "nora@example.com, ada@example.com",
            "nora@example.com;ada@example.com",
            "nora@example.com\nada@example.com",
            "\"nora@example.com, ada@example.com\"",
            "\"nora@example.com\"; \"ada@example.com\"",
            "nora@localhost, nora@example.com",
            "grün@example.com; Nora <nora@example.com>",
            "Ada <ada@nowhere>, Nora <nora@example.com>",
            "<nora@example.com> <ada@example.com>",
            "mailto:nora@example.com,ada@example.com?cc=x@y.example",
            ", ;\r\n\r\nnora@example.com",
        ] {
            assert_eq!(found(text).as_deref(), Some("nora@example.com"), "{text:?}");
        }
    }

    #[test]
    fn what_belongs_to_the_address_stays() {
        for address in ["o'neil@example.com", "nora+orders@example.com", "a%b@example.com"] {
            assert_eq!(found(address).as_deref(), Some(address));
        }
        assert_eq!(found("mailto:a%2Bb@example.com").as_deref(), Some("a+b@example.com"));
        assert_eq!(found("mailto:a%zz@example.com").as_deref(), Some("a%zz@example.com"));
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "",
            "@",
            "nora",
            "Nora <>",
            "Nora <private>",
            "nora@",
            "nora @example.com",
            "ada lovelace@example.com",
            "lovelace,ada@example.com",
            "ada@mail.example,com",
            "nora@example.com or ada@example.com",
            "nora(at home)@example.com",
            "\"nora x\"@example.com",
            "Nora <nora @example.com>",
            "a@b@example.com <",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
        assert_eq!(found(&format!("{}nora@example.com", " ".repeat(LONGEST))), None);
    }

    #[test]
    fn headers_and_control_characters_are_never_let_in() {
        for text in [
            "nora@example.com\r\nBcc: ada@example.com",
            "Nora <nora@example.com>\nSubject: hello",
            "nora@example.com\rBcc: ada@example.com",
            "nora@example.co\nm",
            "no\nra@example.com",
            "<nora@exam\r\nple.com>",
            "<nora\r\n@example.com>",
            "nora@example.com\0",
            "nora\u{b}@example.com",
            "mailto:nora@example.com%0D%0ABcc:ada@example.com",
            "<mailto:nora%0a@example.com>",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in
            ["\"", "“", "<", "(((", "mailto:", "mailto:%", "mailto:%é@", "ma", "é\"<é>,[", "\\"]
        {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
