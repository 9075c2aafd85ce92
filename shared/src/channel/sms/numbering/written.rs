//! Numbers as people write them: which digits of a text belong together.
//! Sources: ITU-T E.123 (spacing, the bracketed trunk digit, several numbers); RFC 3966.

use super::Parsed;
use super::plan::{self, Plan};

/// A longer text is not read. Source: libphonenumber, `MAX_INPUT_STRING_LENGTH`.
const LONGEST_TEXT: usize = 250;
/// More digits than these are no number: an international prefix, and the 15 of E.164.
const MOST_DIGITS: usize = 20;
/// A number in more parts than these is not put together: the parts of two, in pairs of digits.
const MOST_PARTS: usize = 12;
/// Fewer digits that follow a number, without a calling code, are its extension.
const FEWEST_DIGITS_OF_ANOTHER: usize = 7;

/// What stands before digits that aren't a number to send to: an extension's label in the languages
/// in which one is often met, or a fax machine's.
const NOT_A_NUMBER: [&str; 17] = [
    "x",
    "ext",
    "extn",
    "extension",
    "xtn",
    "int",
    "anexo",
    "доб",
    "durchwahl",
    "dw",
    "klappe",
    "kl",
    "poste",
    "wew",
    "linka",
    "fax",
    "telefax",
];

/// The first digit of the scripts whose digits keyboards write. Source: Unicode, category `Nd`.
const ZEROS: [u32; 16] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
    0xed0, 0x1040, 0x17e0,
];

/// The digits of one number, or of a part of it.
#[derive(Default, Clone)]
struct Written {
    digits: String,
    /// Whether a `+` stands before them.
    plus: bool,
    /// Where a bracketed 0 stands among them.
    trunk: Option<usize>,
}

/// Parts of a text that may be one number or several: a slash stands between them.
#[derive(Default)]
struct Run {
    parts: Vec<Written>,
    /// Whether the first part is an extension.
    extension: bool,
}

/// The numbers in a text, in its order.
pub(crate) fn numbers(text: &str, home: Option<Plan>) -> Vec<Parsed> {
    let mut found = Vec::new();
    for run in runs(text).into_iter().filter(|run| run.parts.len() <= MOST_PARTS) {
        let mut parts = run.parts.get(usize::from(run.extension)..).unwrap_or_default();
        while let Some(count) = first_number(parts, home, &mut found) {
            parts = parts.get(count..).unwrap_or_default();
        }
    }
    found
}

/// Reads the number that the parts start with, and says how many parts it took.
fn first_number(parts: &[Written], home: Option<Plan>, found: &mut Vec<Parsed>) -> Option<usize> {
    let mut whole = parts.first()?.clone();
    for count in 1..=parts.len() {
        let number = whole.read(home, found.is_empty());
        let next = parts.get(count).filter(|_| whole.digits.len() < MOST_DIGITS);
        let Some(next) = next else {
            let taken = if number.is_some() { count } else { 1 };
            found.extend(number);
            return Some(taken);
        };
        let joined = whole.join(next);
        if let Some(number) = number {
            // "+43 660 1234567 / 01 234567" is two numbers, "0171 1234567/8" is a number and the
            // last digit of another; "01/234567", "+43 1 2345/67" and "0660/123/45/67" are one.
            let another = || {
                let longer = parts.get(count + 1).map(|after| next.join(after));
                let mut readings = std::iter::once(next.clone()).chain(longer);
                readings.any(|next| next.read(home, false).is_some())
            };
            let last = parts.get(count - 1).map_or(0, |part| part.digits.len());
            let ending = number.kind.takes_sms()
                && next.digits.len() <= 2
                && last >= FEWEST_DIGITS_OF_ANOTHER;
            if ending || joined.read(home, found.is_empty()).is_none() || another() {
                found.push(number);
                return Some(count + usize::from(ending));
            }
        }
        whole = joined;
    }
    None
}

impl Written {
    fn join(&self, next: &Self) -> Self {
        let trunk = self.trunk.or(next.trunk.map(|at| at + self.digits.len()));
        Self { digits: format!("{}{}", self.digits, next.digits), plus: self.plus, trunk }
    }

    /// The number that these digits are.
    fn read(&self, home: Option<Plan>, first: bool) -> Option<Parsed> {
        // E.123 brackets the digit that is not dialled from abroad. But Italian landlines keep
        // theirs, bracketed or not; mobile numbers there have none.
        let Some(at) = self.trunk.filter(|&at| at > 0) else {
            return self.read_digits(&self.digits, home, first);
        };
        let without = self.digits.get(..at).zip(self.digits.get(at + 1..));
        let without = without.map(|(before, after)| format!("{before}{after}"))?;
        let kept = self.read_digits(&self.digits, home, first);
        if kept.as_ref().is_some_and(|number| number.kind.takes_sms()) {
            return kept;
        }
        let dropped = self.read_digits(&without, home, first);
        dropped.filter(|number| number.kind.takes_sms() || kept.is_none()).or(kept)
    }

    fn read_digits(&self, digits: &str, home: Option<Plan>, first: bool) -> Option<Parsed> {
        // Before "(0)" stands a calling code, even if its `+` got lost.
        let called = self.trunk.is_some_and(|at| (1..=3).contains(&at));
        if (self.plus || called) && !digits.starts_with('0') {
            return plan::international(digits);
        }
        // "+00…" is meant to be an international prefix; another "+0…" is nothing.
        let home = home.filter(|_| first || digits.len() >= FEWEST_DIGITS_OF_ANOTHER);
        plan::dialled(home.filter(|_| !self.plus), digits)
    }
}

/// Finds the runs of digits. Letters, commas, line breaks and the like end one; so does a `+`.
fn runs(text: &str) -> Vec<Run> {
    if text.chars().count() > LONGEST_TEXT {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().filter_map(plain).collect();
    let mut runs = vec![Run::default()];
    let mut word = String::new();
    let mut extension = false;
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphabetic() && !word.is_empty() {
            extension = NOT_A_NUMBER.contains(&std::mem::take(&mut word).as_str());
        }
        let open = runs.last().is_some_and(|run| !run.parts.is_empty());
        match c {
            '0'..='9' => {
                let Some(run) = runs.last_mut() else { continue };
                if run.parts.is_empty() {
                    run.parts.push(Written::default());
                    run.extension = std::mem::take(&mut extension);
                }
                let Some(part) = run.parts.last_mut() else { continue };
                let before = chars.get(..i).unwrap_or_default().iter().rev();
                let after = chars.get(i + 1..).unwrap_or_default().iter();
                let bracketed = before.copied().find(|&c| c != ' ') == Some('(')
                    && after.copied().find(|&c| c != ' ') == Some(')');
                if c == '0' && bracketed {
                    part.trunk.get_or_insert(part.digits.len());
                }
                part.digits.push(c);
            }
            '+' => {
                let part = Written { plus: true, ..Written::default() };
                let extension = std::mem::take(&mut extension);
                runs.push(Run { parts: vec![part], extension });
            }
            '/' => {
                if let Some(run) = runs.last_mut().filter(|_| open) {
                    run.parts.push(Written::default());
                }
            }
            ' ' | '-' | '.' | '(' | ')' => {}
            c => {
                if open {
                    runs.push(Run::default());
                }
                extension |= c == '#';
                if c.is_alphabetic() {
                    word.extend(c.to_lowercase());
                }
            }
        }
    }
    runs
}

/// A character as it is read: one of those that look or mean the same, or none if it is invisible.
fn plain(c: char) -> Option<char> {
    let code = u32::from(c);
    let plain = match c {
        // The full-width forms of ASCII stand in its order.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code - 0xff01 + 0x21)?,
        // Soft hyphens, joiners, marks of direction and of byte order.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            return None;
        }
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => return None,
        c => c,
    };
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code));
    let digit = zero.and_then(|zero| char::from_digit(code - zero, 10));
    Some(digit.unwrap_or(match plain {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '_' => '-',
        '[' | '{' => '(',
        ']' | '}' => ')',
        // A tilde stands between the first and the last of a series.
        '\\' | '\t' | '~' | '\u{2044}' | '\u{2215}' | '\u{2053}' | '\u{223c}' => '/',
        '\u{fe62}' | '\u{207a}' => '+',
        '\'' | '\u{2019}' | '\u{b7}' => ' ',
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_whitespace() => ' ',
        c => c,
    }))
}
