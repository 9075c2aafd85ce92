//! The regular expressions of libphonenumber's metadata, matched as they stand.
//!
//! They hold digits, `\d`, classes, alternatives, groups, `?`, `{n}` and `{n,m}` after a digit or
//! class, and `$`; the script that writes the table fails on anything else. Compiling one takes
//! longer than matching it once, and a message has one number: so nothing is compiled, and
//! nothing is kept.

/// Whether the pattern matches the whole of the digits. An empty one matches nothing.
pub(crate) fn matches(pattern: &str, digits: &str) -> bool {
    let mut matcher = Matcher::new(pattern, digits);
    !pattern.is_empty() && matcher.any(0, 0, &mut |m, end| end == m.digits.len())
}

/// What a pattern matched at the start of a text.
pub(crate) struct Prefix<'a> {
    /// Its length.
    pub length: usize,
    /// What its first and second capturing group matched.
    pub groups: [Option<&'a str>; 2],
    /// Whether its last capturing group matched; `false` if it has none.
    pub last_group: bool,
}

/// What the pattern matches at the start of the digits: of several ways the one that a
/// backtracking matcher finds first, as libphonenumber's do.
pub(crate) fn prefix<'a>(pattern: &str, digits: &'a str) -> Option<Prefix<'a>> {
    let mut matcher = Matcher::new(pattern, digits);
    let mut length = None;
    let found = !pattern.is_empty()
        && matcher.any(0, 0, &mut |_, end| {
            length = Some(end);
            true
        });
    let groups = matcher.groups.map(|group| group.and_then(|(from, to)| digits.get(from..to)));
    let last = matcher.capturing_before(pattern.len()).checked_sub(1);
    let last_group = last.and_then(|i| groups.get(i)).is_some_and(Option::is_some);
    length.filter(|_| found).map(|length| Prefix { length, groups, last_group })
}

struct Matcher<'a> {
    pattern: &'a [u8],
    digits: &'a [u8],
    groups: [Option<(usize, usize)>; 2],
}

/// What has to match after the part at hand, from where that ended.
type Then<'t> = &'t mut dyn FnMut(&mut Matcher, usize) -> bool;

impl<'a> Matcher<'a> {
    fn new(pattern: &'a str, digits: &'a str) -> Self {
        Self { pattern: pattern.as_bytes(), digits: digits.as_bytes(), groups: [None; 2] }
    }

    /// Tries the alternatives that start at `from`, up to the end of their group.
    fn any(&mut self, from: usize, at: usize, then: Then) -> bool {
        let mut from = from;
        loop {
            if self.sequence(from, at, then) {
                return true;
            }
            while !matches!(self.pattern.get(from), None | Some(b'|' | b')')) {
                from = self.after_atom(from);
            }
            if self.pattern.get(from) != Some(&b'|') {
                return false;
            }
            from += 1;
        }
    }

    /// Matches what stands from `from` to the end of its alternative, then `then`.
    fn sequence(&mut self, from: usize, at: usize, then: Then) -> bool {
        match self.pattern.get(from) {
            None | Some(b'|' | b')') => then(self, at),
            Some(b'$') => at == self.digits.len() && self.sequence(from + 1, at, then),
            Some(b'(') => {
                let after = self.after_atom(from);
                let optional = self.pattern.get(after) == Some(&b'?');
                let rest = after + usize::from(optional);
                self.group(from, rest, at, then) || optional && self.sequence(rest, at, then)
            }
            Some(_) => {
                let after = self.after_atom(from);
                let (least, most, rest) = self.repetition(after);
                let tail = self.digits.get(at..).unwrap_or_default();
                let taken =
                    tail.iter().take(most).take_while(|&&d| self.takes(from, after, d)).count();
                (least..=taken).rev().any(|count| self.sequence(rest, at + count, then))
            }
        }
    }

    /// Matches the group that opens at `open`, then what stands from `rest`, then `then`.
    fn group(&mut self, open: usize, rest: usize, at: usize, then: Then) -> bool {
        let capturing = self.pattern.get(open + 1) != Some(&b'?');
        let slot = if capturing { self.capturing_before(open) } else { usize::MAX };
        let body = open + if capturing { 1 } else { 3 };
        self.any(body, at, &mut |m, end| {
            let before = m.groups;
            if let Some(group) = m.groups.get_mut(slot) {
                *group = Some((at, end));
            }
            let found = m.sequence(rest, end, then);
            if !found {
                m.groups = before;
            }
            found
        })
    }

    /// How many capturing groups open before a place in the pattern.
    fn capturing_before(&self, end: usize) -> usize {
        let pairs = self.pattern.windows(2).take(end);
        pairs.filter(|pair| pair.first() == Some(&b'(') && pair.last() != Some(&b'?')).count()
    }

    /// Where the digit, class, group or repetition at `from` ends.
    fn after_atom(&self, from: usize) -> usize {
        let rest = self.pattern.get(from..).unwrap_or_default();
        let closing = |close| rest.iter().position(|&b| b == close).map_or(rest.len(), |i| i + 1);
        from + match rest.first() {
            Some(b'\\') => 2,
            Some(b'[') => closing(b']'),
            Some(b'{') => closing(b'}'),
            Some(b'(') => {
                let mut depth = 0usize;
                let end = rest.iter().position(|b| {
                    match b {
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    depth == 0
                });
                end.map_or(rest.len(), |i| i + 1)
            }
            _ => 1,
        }
    }

    /// How often the atom before `from` is repeated at least and at most, and what follows.
    fn repetition(&self, from: usize) -> (usize, usize, usize) {
        match self.pattern.get(from) {
            Some(b'?') => (0, 1, from + 1),
            Some(b'{') => {
                let end = self.after_atom(from);
                let inner = self.pattern.get(from + 1..end - 1).unwrap_or_default();
                let number = |digits: &[u8]| {
                    digits.iter().fold(0, |n, d| n * 10 + usize::from(d.wrapping_sub(b'0')))
                };
                let mut bounds = inner.split(|&b| b == b',').map(number);
                let least = bounds.next().unwrap_or(0);
                (least, bounds.next().unwrap_or(least), end)
            }
            _ => (1, 1, from),
        }
    }

    /// Whether the digit or class that stands from `from` to `to` takes a digit.
    fn takes(&self, from: usize, to: usize, digit: u8) -> bool {
        match self.pattern.get(from..to).unwrap_or_default() {
            [b'\\', ..] => digit.is_ascii_digit(),
            [b'[', class @ .., _] => {
                let mut class = class;
                loop {
                    class = match class {
                        [low, b'-', high, rest @ ..] => {
                            if (*low..=*high).contains(&digit) {
                                return true;
                            }
                            rest
                        }
                        [b'\\', b'd', ..] => return true,
                        [one, ..] if *one == digit => return true,
                        [_, rest @ ..] => rest,
                        [] => return false,
                    };
                }
            }
            literal => literal == [digit],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_of_the_digits() {
        for (pattern, good, bad) in [
            ("1[2-46]\\d{2,3}", ["1200", "16999"], ["1500", "120000"]),
            ("(?:1|23?)4", ["14", "234"], ["34", "1234"]),
            ("5(?:0|00(?:1|2))?7|8", ["57", "50027"], ["5007", "88"]),
            ("1?1{2}", ["11", "111"], ["1", "1111"]),
        ] {
            assert!(good.iter().all(|digits| matches(pattern, digits)), "{pattern}");
            assert!(!bad.iter().any(|digits| matches(pattern, digits)), "{pattern}");
        }
        assert!(!matches("", ""));
    }

    #[test]
    fn a_prefix_is_the_first_found_and_its_groups() {
        let found =
            |pattern, digits| prefix(pattern, digits).map(|p| (p.length, p.groups, p.last_group));
        assert_eq!(found("0|00", "001"), Some((1, [None, None], false)));
        let carrier = "(?:0|90)(?:(1[245]|2[1-35])(\\d{3,4}))?";
        assert_eq!(found(carrier, "01512"), Some((1, [None, None], false)));
        assert_eq!(found(carrier, "015123"), Some((6, [Some("15"), Some("123")], true)));
        assert_eq!(found("([457]\\d{2})$|1", "4123"), None);
    }
}
