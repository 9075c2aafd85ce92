//! MJML to HTML. The build script compiles the built-in templates with this
//! file, so that sending parses none; a deployment's overrides are compiled when they
//! are first used. MiniJinja's syntax passes through untouched.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use mrml::prelude::render::RenderOptions;

/// The frame of every e-mail.
const LAYOUT: &str = "layout.mjml";
/// The name by which the frame includes the type's own MJML.
const CONTENT: &str = "content.mjml";

/// MJML that can't be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MjmlError {
    /// The template's name, such as `order.paid.mjml`.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for MjmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, problem } = self;
        write!(f, "{file}, line {line}: {problem}")
    }
}

impl Error for MjmlError {}

/// A line of MJML, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The template's name.
    pub file: Cow<'a, str>,
    /// The line in it, from 1.
    pub number: usize,
    /// Its text.
    pub text: &'a str,
}

/// Where templates are read from: the text by the name.
pub type Source<'s, 'a> = &'s dyn Fn(&str) -> Option<&'a str>;

/// The lines of one type's e-mail, on the frame, with every
/// `<mj-include path="…" />` replaced by the file it names. The parser's own
/// includes can't be nested, and what they include does not know how wide it is.
///
/// # Errors
/// [`MjmlError`]: a file is missing.
pub fn lines<'a>(kind: &str, source: Source<'_, 'a>) -> Result<Vec<Line<'a>>, MjmlError> {
    let mut lines = Vec::new();
    expand(LAYOUT.to_owned(), kind, source, 0, &mut lines)?;
    Ok(lines)
}

fn expand<'a>(
    file: String,
    kind: &str,
    source: Source<'_, 'a>,
    depth: usize,
    lines: &mut Vec<Line<'a>>,
) -> Result<(), MjmlError> {
    const INCLUDE: &str = "<mj-include path=\"";
    // More than anybody nests on purpose.
    const DEEPEST: usize = 8;

    let at = |line, problem: String| MjmlError { file: file.clone(), line, problem };
    let text = source(&file).ok_or_else(|| at(1, "the template is missing".to_owned()))?;
    for (index, text) in text.lines().enumerate() {
        let number = index + 1;
        let Some(include) = text.trim().strip_prefix(INCLUDE) else {
            lines.push(Line { file: file.clone().into(), number, text });
            continue;
        };
        let path = include.strip_suffix("\" />").ok_or_else(|| {
            at(number, "an include is a line of its own: <mj-include path=\"…\" />".to_owned())
        })?;
        let name = if path == CONTENT { format!("{kind}.mjml") } else { path.to_owned() };
        if source(&name).is_none() || depth == DEEPEST {
            let why = if depth == DEEPEST { "is included too deep" } else { "is missing" };
            return Err(at(number, format!("{name} {why}")));
        }
        expand(name, kind, source, depth + 1, lines)?;
    }
    Ok(())
}

/// The HTML of these lines.
///
/// # Errors
/// [`MjmlError`]: what stands there is no MJML.
pub fn compile(lines: &[Line<'_>]) -> Result<String, MjmlError> {
    let text: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    html_of(lines, &text)
}

/// The same, but every piece of MiniJinja's syntax is preceded by a comment that
/// [`origin`] reads.
///
/// # Errors
/// [`MjmlError`]: what stands there is no MJML.
#[allow(dead_code, reason = "the build script, which shares this file, marks nothing")]
pub fn compile_marked(lines: &[Line<'_>]) -> Result<String, MjmlError> {
    let marked = lines.iter().enumerate().map(|(index, line)| mark(line.text, index) + "\n");
    html_of(lines, &marked.collect::<String>())
}

/// The HTML of this MJML, which was made of these lines.
fn html_of(lines: &[Line<'_>], text: &str) -> Result<String, MjmlError> {
    let at = |place: usize, problem: String| {
        let index = text[..place.min(text.len())].matches('\n').count();
        let line = lines.get(index).or(lines.last());
        let (file, line) =
            line.map_or((LAYOUT.into(), 1), |line| (line.file.to_string(), line.number));
        MjmlError { file, line, problem }
    };
    let anywhere = |problem: String| at(0, problem);
    let parsed = mrml::parse(text).map_err(|e| {
        // The tokenizer's own error, which knows the row, stands behind the parser's.
        let cause = e.source().map(ToString::to_string);
        let row = cause.as_deref().and_then(row);
        let place = row.map_or_else(|| position(&e.to_string()), |row| start_of(text, row));
        at(place, cause.map_or_else(|| e.to_string(), |cause| format!("{e}: {cause}")))
    })?;
    if let Some(warning) = parsed.warnings.first() {
        let warning = warning.to_string();
        return Err(at(position(&warning), warning));
    }
    // Comments are the template's, not the reader's.
    let options = RenderOptions { disable_comments: true, ..RenderOptions::default() };
    let html = parsed.element.render(&options).map_err(|e| anywhere(e.to_string()))?;
    // The parser takes an element it does not know for HTML.
    match html.split_once("<mj-") {
        Some((_, rest)) => {
            let name = rest.split([' ', '>', '/', '\n']).next().unwrap_or_default();
            let tag = format!("<mj-{name}");
            let is_whole = |at: &usize| {
                let after = text[at + tag.len()..].chars().next();
                !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
            };
            let place = text.match_indices(&tag).map(|(at, _)| at).find(is_whole).unwrap_or(0);
            Err(at(place, format!("<mj-{name}> is no MJML element, or can't stand where it does")))
        }
        // Screen readers would read out this word in English, whatever the mail's language.
        None => Ok(html.replace(" aria-roledescription=\"email\"", "")),
    }
}

/// The row that the tokenizer's message names: `… at 12:34`.
fn row(message: &str) -> Option<usize> {
    let (_, place) = message.rsplit_once(" at ")?;
    place.split(':').next()?.trim().parse().ok()
}

/// Where a row of the text, from 1, begins.
fn start_of(text: &str, row: usize) -> usize {
    text.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum()
}

/// The place in the text that the parser's message names: `… at position 12..34`.
fn position(message: &str) -> usize {
    let digits = message.rsplit_once("position ").map_or("", |(_, rest)| rest);
    let digits = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// A comment that ends on a line of its own: it leaves no trace in what is
/// rendered, but the engine counts the line.
#[allow(dead_code, reason = "the build script, which shares this file, marks nothing")]
fn mark(text: &str, index: usize) -> String {
    let comment = format!("{{#{index}\n#}}");
    let marked = text.replace("{{", &format!("{comment}{{{{"));
    marked.replace("{%", &format!("{comment}{{%"))
}

/// The line of MJML that a line of marked HTML, from 1, was made of.
#[allow(dead_code, reason = "the build script, which shares this file, marks nothing")]
pub fn origin<'l, 'a>(lines: &'l [Line<'a>], html: &str, line: usize) -> Option<&'l Line<'a>> {
    let before = html.lines().take(line.saturating_sub(1)).last()?;
    lines.get(before.rsplit_once("{#")?.1.parse::<usize>().ok()?)
}
