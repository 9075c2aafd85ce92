//! Text from outside: what a customer or a shop typed is made fit to stand in
//! a subject line, a text message or on a lock screen.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use unicode_segmentation::UnicodeSegmentation;

use super::name::{has_link, is_bait};

/// One line of plain text: white space (line breaks too) becomes single spaces;
/// control characters, and invisible ones that could make text look like other
/// text, are dropped.
pub(crate) fn clean(text: &str) -> String {
    clean_beginning(text, usize::MAX)
}

/// [`clean`]ed and [`shorten`]ed; none if nothing is left. What is cut off anyway is not
/// looked at.
pub(crate) fn short(text: Option<&str>, limit: usize) -> Option<String> {
    let beginning = clean_beginning(text?, (limit + 1) * LARGEST_GRAPHEME);
    (!beginning.is_empty()).then(|| shorten(&beginning, limit))
}

/// The text, [`clean`]ed, as far as so many code points go.
fn clean_beginning(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit));
    let mut left = limit;
    let mut space_due = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_whitespace() {
            space_due = !out.is_empty();
            continue;
        }
        if is_hidden(c) {
            let before = out.chars().next_back().filter(|_| !space_due);
            let between = [before, rest.peek().copied()];
            let joins =
                is_joiner(c) && between.iter().all(|near| near.is_some_and(|c| !c.is_ascii()));
            if !joins {
                continue;
            }
        }
        if space_due {
            out.push(' ');
            space_due = false;
        }
        out.push(c);
        left -= 1;
        if left == 0 {
            break;
        }
    }
    out
}

/// [`clean`]ed; none if nothing is left.
pub(crate) fn clean_option(text: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty())
}

/// A name to address somebody by; none where it is more than a name. Spammers
/// register with a link for a name, so that a shop's mail carries it.
pub(crate) fn addressable(name: Option<&str>) -> Option<String> {
    let name = short(name, 60)?;
    (!is_bait(&name)).then_some(name)
}

/// Words of a customer's own that others may read with them; none where they would be
/// a link, for the same reason.
pub(crate) fn addressable_words(text: Option<&str>) -> Option<String> {
    let text = short(text, 500)?;
    (!has_link(&text)).then_some(text)
}

/// The most code points that one character needs; a family of four with skin
/// tones has eleven.
const LARGEST_GRAPHEME: usize = 12;

/// At most `limit` characters as people count them, with an ellipsis for what
/// was cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    // Nothing has more characters than bytes, and most texts need no counting.
    if text.len() <= limit {
        return text.to_owned();
    }
    // A character can carry any number of marks; a pile of them counts as many.
    let width = |grapheme: &str| grapheme.chars().count().div_ceil(LARGEST_GRAPHEME);
    let whole: usize = text.graphemes(true).map(width).take(limit.saturating_add(1)).sum();
    if whole <= limit {
        return text.to_owned();
    }
    let mut room = limit.saturating_sub(1);
    let mut fits = |grapheme: &&str| match room.checked_sub(width(grapheme)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let kept: String = text.graphemes(true).take_while(|grapheme| fits(grapheme)).collect();
    format!("{}…", kept.trim_end())
}

/// The text, or the longest beginning of it, with an ellipsis, that fits; none
/// if not even the empty text does.
pub(crate) fn longest(text: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    if fits(text) {
        return Some(text.to_owned());
    }
    let beginning = |end: usize| match text[..end].trim_end() {
        "" => String::new(),
        kept => format!("{kept}…"),
    };
    let ends: Vec<_> = text.grapheme_indices(true).map(|(end, _)| end).collect();
    let fitting = ends.partition_point(|end| fits(&beginning(*end)));
    Some(beginning(*ends.get(fitting.checked_sub(1)?)?))
}

/// The text without those marks on letters for which an SMS takes twice the room: the
/// names of months have them, and are read without.
pub(crate) fn plain_letters(text: &str) -> String {
    const PLAIN: [(char, &str); 25] = [
        ('a', "áâãāăą"),
        ('c', "çćĉčċ"),
        ('d', "ďđ"),
        ('e', "êëēĕėęě"),
        ('g', "ğģ"),
        ('i', "íîïīĩĭįı"),
        ('l', "łľĺļ"),
        ('n', "ńňņ"),
        ('o', "óôõōő"),
        ('r', "řŕ"),
        ('s', "śšşș"),
        ('t', "ťţț"),
        ('u', "úûũūŭůűų"),
        ('y', "ýÿ"),
        ('z', "źżž"),
        ('A', "ÁÂÀÃĀĂĄ"),
        ('C', "ĆČ"),
        ('E', "ÊËÈĒĘĚ"),
        ('I', "ÍÎÏÌİ"),
        ('L', "Ł"),
        ('N', "Ń"),
        ('O', "ÓÔÕÒŌŐ"),
        ('S', "ŚŠŞ"),
        ('U', "ÚÛÙŮŰ"),
        ('Z', "ŹŻŽ"),
    ];
    let plain = |c: char| match c {
        // Latin letters with marks: all others need no search.
        '\u{c0}'..='\u{24f}' => {
            let found = PLAIN.iter().find(|(_, marked)| marked.contains(c));
            found.map_or(c, |(plain, _)| *plain)
        }
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The text part of a mail: no space before line ends, at most one empty line
/// in a row, one line break at the end.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty_lines = 0;
    for line in text.trim().lines().map(str::trim_end) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        // The delimiter of a signature is two hyphens and a space (RFC 3676, 4.3).
        out.push_str(if line == "--" { "-- " } else { line });
        empty_lines = 0;
    }
    out.push('\n');
    out
}

/// Writes text into HTML. `/` needs no escape, and mail services that rewrite
/// links do not expect one.
pub(crate) fn write_html(out: &mut minijinja::Output<'_>, text: &str) -> std::fmt::Result {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(&text[written..at])?;
        out.write_str(escape)?;
        written = at + 1;
    }
    out.write_str(&text[written..])
}

/// Zero-width joiner and non-joiner: parts of words in Persian and Indic
/// scripts and of emoji, tricks elsewhere.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Invisible characters: controls, what Unicode says to ignore where nothing shows
/// it (zero-width characters, marks that turn the direction of text, tags), and
/// annotations. What chooses a character's form belongs to it, as with emoji.
fn is_hidden(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    let chooses_form = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{180f}');
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c);
    c.is_control() || (ignorable && !chooses_form) || matches!(c, '\u{fff0}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_hidden_characters_do_not_survive() {
        assert_eq!(clean("Ada\r\nBcc: x@example.com"), "Ada Bcc: x@example.com");
        assert_eq!(clean(" \u{202e}gpj.exe\u{200b}\u{0}\u{7}\u{1b}[1m "), "gpj.exe[1m");
        assert_eq!(clean("a\u{2028}b\u{85}c\u{a0}d"), "a b c d");
        assert_eq!(clean("pay\u{200d}pal \u{200d}x"), "paypal x");
        assert_eq!(clean("\u{200b}\n"), "");
    }

    #[test]
    fn joiners_stay_where_words_and_emoji_need_them() {
        for text in ["👩‍👩‍👧", "می‌خواهم", "क्‍ष", "李小明", "Zoë"]
        {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn a_link_is_no_name() {
        assert_eq!(addressable(Some("Ada")).as_deref(), Some("Ada"));
        assert_eq!(addressable(Some("You won! https://evil.example")), None);
        assert_eq!(addressable(Some("WWW.evil.example")), None);
        assert_eq!(addressable(Some(" ")), None);
    }

    #[test]
    fn texts_are_cut_between_characters_as_people_count_them() {
        assert_eq!(shorten("Blue mug", 8), "Blue mug");
        assert_eq!(shorten("Blue mugs", 8), "Blue mu…");
        assert_eq!(shorten("Blue mugs", 6), "Blue…");
        assert_eq!(shorten("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2), "👩‍👩‍👧…");
        let pile = format!("ab{}", "\u{301}".repeat(9_000));
        assert_eq!(shorten(&pile, 100), "a…");
        let within = |text: &str, bytes| longest(text, |text| text.len() <= bytes);
        assert_eq!(within("abcdef", 6).as_deref(), Some("abcdef"));
        assert_eq!(within("abcdefg", 6).as_deref(), Some("abc…"));
        assert_eq!(within("ab cdefg", 6).as_deref(), Some("ab…"));
        assert_eq!(within("👩‍👩‍👧👩‍👩‍👧", 21).as_deref(), Some("👩‍👩‍👧…"));
        assert_eq!(within("👩‍👩‍👧👩‍👩‍👧", 20).as_deref(), Some(""));
        assert_eq!(longest("a", |_| false), None);
    }

    #[test]
    fn the_text_part_has_no_holes() {
        assert_eq!(tidy("\n a\n\n\n\nb  \n--\nc\n\n"), "a\n\nb\n-- \nc\n");
    }
}
