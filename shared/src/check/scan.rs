//! Reading wording and templates with their lines, so that what is wrong with
//! them can be shown with its place.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser;

/// A message of a Fluent file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// The file, as its reader knows it.
    pub file: String,
    /// The line it begins on.
    pub line: usize,
    /// The names of its placeables, and the line of each.
    pub arguments: BTreeMap<String, usize>,
    /// The messages it refers to.
    pub references: BTreeSet<String>,
    /// Its text with all that belongs to it, in bytes.
    pub length: usize,
}

/// Messages by their keys.
pub(super) type Messages = BTreeMap<String, Message>;

/// The messages of a Fluent file that parses. The parser does not give places, so
/// they are looked for in the text.
pub(super) fn messages(source: &str, file: &str) -> Messages {
    let mut messages = Messages::new();
    let resource = parser::parse(source).unwrap_or_else(|(partial, _)| partial);
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        let Some((line, text)) = place(source, key) else { continue };
        let mut found = Names::default();
        if let Some(pattern) = &message.value {
            found.pattern(pattern);
        }
        let at = |name: &str| {
            let offset = text.lines().position(|line| line.contains(&format!("${name}")));
            line + offset.unwrap_or(0)
        };
        let arguments = found.variables.iter().map(|name| ((*name).to_owned(), at(name)));
        let message = Message {
            file: file.to_owned(),
            line,
            arguments: arguments.collect(),
            references: found.messages.iter().map(|name| (*name).to_owned()).collect(),
            length: text.len(),
        };
        messages.insert(key.to_owned(), message);
    }
    messages
}

/// The line that a message begins on, and its text.
fn place<'s>(source: &'s str, key: &str) -> Option<(usize, &'s str)> {
    let begins =
        |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut start = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        if begins(line) {
            let rest = &source[start..];
            // What follows an indented line or a closing brace belongs to it.
            let more = rest.split_inclusive('\n').skip(1);
            let more = more.take_while(|line| line.starts_with([' ', '\t', '}', '\n', '\r']));
            let length = line.len() + more.map(str::len).sum::<usize>();
            return Some((index + 1, &rest[..length]));
        }
        start += line.len();
    }
    None
}

/// The names that a pattern holds.
#[derive(Default)]
struct Names<'s> {
    variables: BTreeSet<&'s str>,
    messages: BTreeSet<&'s str>,
}

impl<'s> Names<'s> {
    fn pattern(&mut self, pattern: &Pattern<&'s str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'s str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'s str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.variables.insert(id.name)),
            InlineExpression::MessageReference { id, .. } => drop(self.messages.insert(id.name)),
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::TermReference { arguments: Some(arguments), .. } => {
                self.arguments(arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::TermReference { arguments: None, .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&'s str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
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
    for (at, opening) in source.match_indices("t(") {
        let rest = &source[at + opening.len()..];
        let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c));
        let Some(quote) = quote.filter(|_| !source[..at].ends_with(is_name)) else { continue };
        let Some((key, rest)) = rest[1..].split_once(quote) else { continue };
        let mut arguments = BTreeSet::new();
        let (mut depth, mut quoted, mut word) = (1, None, String::new());
        for (at, c) in rest.char_indices() {
            match c {
                _ if quoted == Some(c) => quoted = None,
                _ if quoted.is_some() => {}
                '"' | '\'' => quoted = Some(c),
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
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_with_their_lines_placeables_and_references() {
        let source = "# a = { $not }\nfirst = One { $a } for $5, { second }\n\nmore = { PLURAL($count) ->\n    [one] one\n   *[other] { $count } { $b-c }\n}\n-term = x\nlast = { -term }\n";
        let messages = messages(source, "x.ftl");
        let lines: Vec<_> = messages.iter().map(|(key, m)| (key.as_str(), m.line)).collect();
        assert_eq!(lines, [("first", 2), ("last", 9), ("more", 4)]);
        let of = |key: &str| messages[key].arguments.clone().into_iter().collect::<Vec<_>>();
        assert_eq!(of("first"), [("a".to_owned(), 2)]);
        assert_eq!(of("more"), [("b-c".to_owned(), 6), ("count".to_owned(), 4)]);
        assert_eq!(Vec::from_iter(&messages["first"].references), ["second"]);
        assert!(of("last").is_empty());
    }

    #[test]
    fn uses_are_found_with_their_lines_and_arguments() {
        let source =
            "{{ at(\"no\") }}\n{{ t(\"a\", x=f(y=1), z=\"t='2)\", w=q==1) }} {{ t('b', v=\"'\") }}";
        let found = uses(source);
        let shown: Vec<_> = found
            .iter()
            .map(|u| {
                (u.line, u.key.as_str(), Vec::from_iter(u.arguments.iter().map(String::as_str)))
            })
            .collect();
        assert_eq!(shown, [(2, "a", vec!["w", "x", "z"]), (2, "b", vec!["v"])]);
    }
}
