//! Reading wording and templates by the line, so that what is wrong with them
//! can be told with its place.

use std::collections::{BTreeMap, BTreeSet};

/// A message of a Fluent file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// The line it begins on.
    pub line: usize,
    /// The names of its placeables, and the line of each.
    pub arguments: BTreeMap<String, usize>,
    /// Its text with all that belongs to it, in bytes.
    pub length: usize,
}

/// A file's messages by their keys.
pub(super) type Messages = BTreeMap<String, Message>;

/// The messages of a Fluent file that parses.
pub(super) fn messages(source: &str) -> Messages {
    let mut messages = Messages::new();
    let mut current = None;
    for (index, line) in source.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let number = index + 1;
        let named =
            line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()));
        if let Some((key, _)) = named {
            let key = key.trim().to_owned();
            let message = Message { line: number, arguments: BTreeMap::new(), length: 0 };
            messages.insert(key.clone(), message);
            current = Some(key);
        }
        let Some(message) = current.as_ref().and_then(|key| messages.get_mut(key)) else {
            continue;
        };
        message.length += line.len();
        for (at, _) in line.match_indices('$') {
            let name: String = line[at + 1..].chars().take_while(|c| is_name(*c)).collect();
            message.arguments.entry(name).or_insert(number);
        }
    }
    messages
}

/// A use of `t("key", argument=…)` in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// The line it begins on.
    pub line: usize,
    /// The message's key.
    pub key: String,
    /// The names of its arguments.
    pub arguments: BTreeSet<String>,
}

/// The messages that a template uses.
pub(super) fn uses(source: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("t(\"") {
        if source[..at].ends_with(is_name) {
            continue;
        }
        let Some((key, rest)) = source[at + 3..].split_once('"') else { continue };
        let mut arguments = BTreeSet::new();
        let (mut depth, mut quoted, mut word) = (1, false, String::new());
        for (at, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '(' => depth += 1,
                ')' => depth -= 1,
                '=' if depth == 1 && !word.is_empty() && !rest[at + 1..].starts_with('=') => {
                    arguments.insert(std::mem::take(&mut word));
                }
                c if is_name(c) => word.push(c),
                _ => word.clear(),
            }
            if depth == 0 {
                break;
            }
        }
        let line = source[..at].matches('\n').count() + 1;
        found.push(Use { line, key: key.to_owned(), arguments });
    }
    found
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_with_their_lines_and_placeables() {
        let source = "# a = { $not }\nfirst = One { $a }\nmore={ PLURAL($count) ->\n    [one] one\n   *[other] { $count } { $b-c }\n}\n";
        let messages = messages(source);
        let lines: Vec<_> = messages.iter().map(|(key, m)| (key.as_str(), m.line)).collect();
        assert_eq!(lines, [("first", 2), ("more", 3)]);
        let of = |key: &str| messages[key].arguments.clone().into_iter().collect::<Vec<_>>();
        assert_eq!(of("first"), [("a".to_owned(), 2)]);
        assert_eq!(of("more"), [("b-c".to_owned(), 5), ("count".to_owned(), 3)]);
    }

    #[test]
    fn uses_are_found_with_their_lines_and_arguments() {
        let source =
            "{{ at(\"no\") }}\n{{ t(\"a\", x=f(y=1), z=\"t=2)\", w=q==1) }} {{ t(\"b\") }}";
        let found = uses(source);
        let shown: Vec<_> = found
            .iter()
            .map(|u| {
                (u.line, u.key.as_str(), Vec::from_iter(u.arguments.iter().map(String::as_str)))
            })
            .collect();
        assert_eq!(shown, [(2, "a", vec!["w", "x", "z"]), (2, "b", vec![])]);
    }
}
