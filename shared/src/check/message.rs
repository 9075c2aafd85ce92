//! Every message renders, and keeps within what its channel takes.

use std::sync::Arc;

use super::scan::uses;
use super::translations::effective;
use super::{Check, Finding, Fixture};
use crate::catalogue::NotificationType;
use crate::channel::email::EmailMessage;
use crate::channel::rules;
use crate::content::template::mjml;
use crate::content::{MessageInput, Problem, RenderError, Renderer, Shop, Sources, TemplateError};
use crate::model::{Channel, Class};

/// Renders all there is to render for one shop.
pub(super) fn check(check: &Check<'_>, shop: &Shop) -> Result<Vec<Finding>, RenderError> {
    let renderer = &Renderer::with(Arc::clone(&check.sources), shop.clone())?;
    let marked = Renderer::with(Arc::new(check.sources.marked()), shop.clone())?;
    let mut findings = Vec::new();
    for kind in &check.kinds {
        let wanted = |locale: &&String| check.locales.is_empty() || check.locales.contains(locale);
        for locale in renderer.locales().iter().filter(wanted) {
            for fixture in &check.fixtures {
                for &channel in &check.channels {
                    if !is_sent(&check.sources, kind, channel) {
                        continue;
                    }
                    let class = kind.class;
                    let kind = &kind.name;
                    let tried = Tried {
                        renderer,
                        marked: &marked,
                        kind,
                        promotional: class == Class::Promotional,
                        channel,
                        locale,
                        fixture,
                    };
                    findings.extend(tried.finding().map(|finding| Finding {
                        message: Some(format!("{kind} by {channel}, order \"{}\"", fixture.name)),
                        ..finding.in_locale(locale)
                    }));
                }
            }
        }
    }
    Ok(findings)
}

/// Whether a type is sent on a channel: a shop's own type needs templates for its routes
/// alone.
fn is_sent(sources: &Sources, kind: &NotificationType, channel: Channel) -> bool {
    let ending = rules(channel).template_ending();
    let template = format!("templates/{}.{ending}", kind.name);
    !kind.is_own || kind.routes.iter().flatten().any(|of| *of == channel) || sources.has(&template)
}

/// One message that is tried.
struct Tried<'a> {
    renderer: &'a Renderer,
    marked: &'a Renderer,
    kind: &'a str,
    promotional: bool,
    channel: Channel,
    locale: &'a str,
    fixture: &'a Fixture,
}

impl Tried<'_> {
    fn finding(&self) -> Option<Finding> {
        let input = self.input();
        let excess = match rules(self.channel).excess(self.renderer, &input) {
            Ok(excess) => excess,
            Err(error) => return Some(self.failed(&error)),
        };
        match excess {
            Some(problem) => Some(self.longest(&problem).harmless()),
            None if self.channel == Channel::Email => self.email(),
            None => None,
        }
    }

    fn input(&self) -> MessageInput<'_> {
        let Self { kind, locale, fixture, .. } = self;
        MessageInput { kind, locale, time_zone: &fixture.time_zone, data: &fixture.data }
    }

    fn email(&self) -> Option<Finding> {
        let mail = self.renderer.email(&self.input()).ok()?;
        if self.promotional && self.renderer.preferences.is_some() && mail.headers.is_empty() {
            let file = self.renderer.sources.shown(&format!("templates/{}.txt", self.kind));
            let problem = "the type is promotional, so its mail must say how to unsubscribe: set \
                           `promotional` to true";
            return Some(Finding::new(file, 1, problem.to_owned()));
        }
        self.sums(&mail)
    }

    /// Whoever shows a total shows what makes it.
    fn sums(&self, mail: &EmailMessage) -> Option<Finding> {
        let addends = self.renderer.addends(&self.input()).ok()??;
        let (label, total) = (addends.label.as_str(), addends.total.as_str());
        let shown_in_text = mail.text.lines().any(|line| line == addends.line);
        let shown_in_html = mail.html.contains(&format!(">{label}<")) && mail.html.contains(total);
        for (part, text, shown, ending, place) in [
            ("text", &mail.text, shown_in_text, "txt", "value=totals.total"),
            ("HTML", &mail.html, shown_in_html, "mjml", "{{ totals.total }}"),
        ] {
            if !shown {
                continue;
            }
            // A discount holds the digits of a sum that is as high, so the longest is
            // looked for first, and each is counted once.
            let mut rest = text.clone();
            let missing = addends.sums.iter().find(|(_, sum)| {
                let there = rest.contains(sum.as_str());
                rest = rest.replacen(sum.as_str(), "", 1);
                !there
            });
            if let Some((name, _)) = missing {
                let (file, line) = self.place_of(place, ending);
                let problem = format!(
                    "the sums of the {part} part don't add up: the total stands there without the {name}"
                );
                return Some(Finding::new(file, line, problem).harmless());
            }
        }
        None
    }

    /// The first place where the templates of this kind hold this text.
    fn place_of(&self, text: &str, ending: &str) -> (String, usize) {
        let sources = &self.renderer.sources;
        let holds = |path: &&str| {
            let own = *path == format!("templates/{}.{ending}", self.kind);
            own || path.starts_with("templates/parts/") && path.ends_with(ending)
        };
        let place = |path: &str| {
            let at = sources.text(path)?.lines().position(|line| line.contains(text))?;
            Some((sources.shown(path), at + 1))
        };
        let found = sources.paths().into_iter().filter(holds).find_map(place);
        found.unwrap_or_else(|| (sources.shown(&format!("templates/{}.{ending}", self.kind)), 1))
    }

    /// What is too long is most likely so by its longest piece: a message of the
    /// wording, or a line of an e-mail's MJML. A text template's lines hold code.
    fn longest(&self, problem: &str) -> Finding {
        let sources = &self.renderer.sources;
        let ending = rules(self.channel).template_ending();
        let template = sources.text(&format!("templates/{}.{ending}", self.kind));
        let mut used = uses(template.unwrap_or_default());
        let mut pieces = Vec::new();
        if self.channel == Channel::Email {
            for line in sources.mjml(self.kind).unwrap_or_default() {
                used.extend(uses(line.text));
                let file = sources.shown(&format!("templates/{}", line.file));
                pieces.push((line.text.len(), file, line.number));
            }
        }
        let messages = effective(sources, self.locale);
        for message in used.iter().filter_map(|used| messages.get(&used.key)) {
            pieces.push((message.length, message.file.clone(), message.line));
        }
        let longest = pieces.into_iter().max_by_key(|(length, ..)| *length);
        let template = || (0, sources.shown(&format!("templates/{}.{ending}", self.kind)), 1);
        let (_, file, line) = longest.unwrap_or_else(template);
        Finding::new(file, line, problem.to_owned())
    }

    /// Why the message can't be rendered, with its place in the MJML where it is
    /// in the HTML.
    fn failed(&self, error: &RenderError) -> Finding {
        match error {
            RenderError::Template(error) => {
                let place = self.in_mjml(error);
                let (file, line) = place.unwrap_or_else(|| (error.file.clone(), error.line));
                let problem = match &error.problem {
                    Problem::Engine(problem) => format!("the template engine says: {problem}"),
                    other => other.to_string(),
                };
                Finding::new(file, line, problem)
            }
            RenderError::NoTemplate { file, .. } => {
                Finding::new(file.clone(), 1, "the template is missing".to_owned())
            }
            RenderError::Wording(error) => Finding::of_wording(error, ""),
            other => Finding::new("shared/src/content".to_owned(), 1, other.to_string()),
        }
    }

    /// Renders it again from MJML that says where each piece stood.
    fn in_mjml(&self, error: &TemplateError) -> Option<(String, usize)> {
        if !error.file.ends_with(".html") {
            return None;
        }
        let RenderError::Template(error) = self.marked.email(&self.input()).err()? else {
            return None;
        };
        let sources = &self.marked.sources;
        let lines = sources.mjml(self.kind).ok()?;
        let html = sources.template(&format!("{}.html", self.kind)).ok()??;
        let line = mjml::origin(&lines, &html, error.line)?;
        Some((sources.shown(&format!("templates/{}", line.file)), line.number))
    }
}
