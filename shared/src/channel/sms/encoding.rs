//! Text messages: which alphabet a text needs and how many segments it takes.
//! Source: 3GPP TS 23.038 (alphabets), 23.040 (concatenation, 9.2.3.24.1).

use serde::Serialize;

use crate::content::text::plain_letters;

/// The alphabet a text message is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum SmsEncoding {
    /// Seven bits: 160 characters, or 153 in each of several segments.
    #[serde(rename = "GSM-7")]
    Gsm7,
    /// Sixteen bits: 70 characters, or 67 in each of several segments.
    #[serde(rename = "UCS-2")]
    Ucs2,
}

impl SmsEncoding {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }
}

impl SmsEncoding {
    /// How many units so many segments hold.
    pub fn room(self, segments: u32) -> usize {
        let (alone, each) = self.capacity();
        if segments <= 1 { alone } else { each * segments as usize }
    }

    /// How many units one segment holds, alone or as one of several.
    fn capacity(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    /// How many units a text takes.
    pub fn units(self, text: &str) -> usize {
        text.chars().map(|c| self.units_of(c)).sum()
    }

    fn units_of(self, c: char) -> usize {
        match self {
            Self::Gsm7 => 1 + usize::from(EXTENSION.contains(c)),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

/// The characters that take one unit, but for ASCII's letters and digits.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";

/// The characters that take two units, an escape and a code.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// The alphabet a text needs, and the segments it takes. The network may need
/// one more, as it may prefer to break between words.
pub(crate) fn measure(text: &str) -> (SmsEncoding, u32) {
    let encoding = if is_gsm7(text) { SmsEncoding::Gsm7 } else { SmsEncoding::Ucs2 };
    let (alone, each) = encoding.capacity();
    if encoding.units(text) <= alone {
        return (encoding, 1);
    }
    // An escape and its code, and the halves of a surrogate pair, stay together.
    let (mut segments, mut filled) = (1, 0);
    for needed in text.chars().map(|c| encoding.units_of(c)) {
        if filled + needed > each {
            segments += 1;
            filled = 0;
        }
        filled += needed;
    }
    (encoding, segments)
}

/// The text with typographic characters replaced by plain ones if that is all
/// it takes to send it in seven bits; else as it is.
pub(crate) fn plain(text: String) -> String {
    if is_gsm7(&text) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                plain.push(' ')
            }
            '‘' | '’' | '‚' | '‛' | '′' | '´' | '`' | '‹' | '›' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => plain.push('"'),
            '‐'..='―' | '−' => plain.push('-'),
            '•' | '·' => plain.push('-'),
            '×' => plain.push('x'),
            '…' => plain.push_str("..."),
            c => plain.push(c),
        }
    }
    if is_gsm7(&plain) {
        return plain;
    }
    // Letters with marks are read without, too, where that halves the price.
    let bare = plain_letters(&plain);
    if is_gsm7(&bare) { bare } else { text }
}

fn is_gsm7(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || BASIC.contains(c) || EXTENSION.contains(c))
}

#[cfg(test)]
mod tests {
    use super::SmsEncoding::{Gsm7, Ucs2};
    use super::*;

    #[test]
    fn seven_bit_texts_break_after_160_and_then_every_153() {
        let measured = |n: usize| measure(&"a".repeat(n));
        assert_eq!(measured(0), (Gsm7, 1));
        assert_eq!(measured(160), (Gsm7, 1));
        assert_eq!(measured(161), (Gsm7, 2));
        assert_eq!(measured(306), (Gsm7, 2));
        assert_eq!(measured(307), (Gsm7, 3));
    }

    #[test]
    fn sixteen_bit_texts_break_after_70_and_then_every_67() {
        let measured = |n: usize| measure(&"发".repeat(n));
        assert_eq!(measured(70), (Ucs2, 1));
        assert_eq!(measured(71), (Ucs2, 2));
        assert_eq!(measured(134), (Ucs2, 2));
        assert_eq!(measured(135), (Ucs2, 3));
    }

    #[test]
    fn extension_characters_take_two_units_and_are_not_split() {
        assert_eq!(measure(&"€".repeat(80)), (Gsm7, 1));
        assert_eq!(measure(&"€".repeat(81)), (Gsm7, 2));
        // 153 is odd: each segment leaves one unit unused.
        assert_eq!(measure(&"€".repeat(152)), (Gsm7, 2));
        assert_eq!(measure(&"€".repeat(153)), (Gsm7, 3));
        assert_eq!(measure(&format!("{}[{}", "a".repeat(152), "a".repeat(151))), (Gsm7, 2));
        assert_eq!(measure(&format!("{}[{}", "a".repeat(152), "a".repeat(152))), (Gsm7, 3));
    }

    #[test]
    fn emoji_take_two_units_and_are_not_split() {
        assert_eq!(measure(&"😀".repeat(35)), (Ucs2, 1));
        assert_eq!(measure(&"😀".repeat(36)), (Ucs2, 2));
        assert_eq!(measure(&"😀".repeat(66)), (Ucs2, 2));
        assert_eq!(measure(&"😀".repeat(67)), (Ucs2, 3));
    }

    #[test]
    fn the_seven_bit_alphabet_has_137_characters_besides_the_escape() {
        let ascii = ('0'..='9').chain('a'..='z').chain('A'..='Z').count();
        assert_eq!(ascii + BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        for c in "çáÁê`\u{a0}’".chars() {
            assert!(!is_gsm7(&c.to_string()), "{c:?}");
        }
    }

    #[test]
    fn typographic_characters_become_plain_if_that_saves_the_alphabet() {
        let text = "We’ve sent “it” – 1\u{202f}200\u{a0}€…".to_owned();
        assert_eq!(plain(text), "We've sent \"it\" - 1 200 €...");
        assert_eq!(plain("Łódź, 29,90 zł – “it”".to_owned()), "Lodz, 29,90 zl - \"it\"");
        // One letter needs sixteen bits anyway, so nothing is gained.
        assert_eq!(plain("Łódź – “茶”".to_owned()), "Łódź – “茶”");
    }
}
