//! Every message renders, and keeps within what its channel takes.

use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{Class, Priority};
use crate::contact::Platform;
use crate::event::Channel;
use crate::render::error::{Problem, RenderError, TemplateError};
use crate::render::push::MAX_PAYLOAD;
use crate::render::{Content, EmailContent, Renderer, Shop, mjml};

use super::scan::uses;
use super::wording::effective;
use super::{Check, Finding, Fixture};

/// Gmail cuts mail off here.
const LONGEST_HTML: usize = 102 * 1024;

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
        let content = self.content();
        let found = match self.channel {
            Channel::Email => self.renderer.email(&content).map(|mail| self.email(&mail)),
            Channel::Sms => self.renderer.sms(&content).map(|sms| {
                (sms.segments > sms.budget).then(|| {
                    let (segments, budget) = (sms.segments, sms.budget);
                    let problem = format!("the text takes {segments} segments of {budget} at most");
                    self.longest(&problem).harmless()
                })
            }),
            Channel::Push => self.renderer.push(&content).map(|push| {
                let platforms = [Platform::Fcm, Platform::Apns, Platform::ApnsSandbox];
                let full = |platform| push.full_size(platform, Duration::ZERO, Priority::Normal);
                let bytes = platforms.into_iter().map(full).max().unwrap_or_default();
                (bytes > MAX_PAYLOAD).then(|| {
                    let problem = format!("the payload has {bytes} bytes of {MAX_PAYLOAD} at most");
                    self.longest(&problem).harmless()
                })
            }),
        };
        found.unwrap_or_else(|error| Some(self.failed(&error)))
    }

    fn content(&self) -> Content<'_> {
        let Self { kind, locale, fixture, .. } = self;
        Content { kind, locale, time_zone: &fixture.time_zone, data: &fixture.data }
    }

    fn email(&self, mail: &EmailContent) -> Option<Finding> {
        let bytes = mail.html.len();
        if bytes > LONGEST_HTML {
            let problem =
                format!("the HTML part has {bytes} bytes; Gmail cuts off at {LONGEST_HTML}");
            return Some(self.longest(&problem).harmless());
        }
        if self.promotional && self.renderer.unsubscribe.is_some() && mail.headers.is_empty() {
            let file = self.renderer.sources.shown(&format!("templates/{}.txt", self.kind));
            let problem = "the type is promotional, so its mail must say how to unsubscribe: set \
                           `promotional` to true";
            return Some(Finding::new(file, 1, problem.to_owned()));
        }
        self.sums(mail)
    }

    /// Whoever shows a total shows what makes it.
    fn sums(&self, mail: &EmailContent) -> Option<Finding> {
        let addends = self.renderer.addends(&self.content()).ok()??;
        let (label, total) = (addends.label.as_str(), addends.total.as_str());
        let in_text = |line: &str| line.contains(label) && line.contains(total);
        let shown_in_text = mail.text.lines().any(in_text);
        let shown_in_html = mail.html.contains(&format!(">{label}<")) && mail.html.contains(total);
        for (part, text, shown, ending) in [
            ("text", &mail.text, shown_in_text, "txt"),
            ("HTML", &mail.html, shown_in_html, "mjml"),
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
                let (file, line) = self.place_of("totals.total", ending);
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
        let ending = match self.channel {
            Channel::Email => "txt",
            Channel::Sms => "sms.txt",
            Channel::Push => "push.txt",
        };
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
            other => Finding::new("shared/src/render".to_owned(), 1, other.to_string()),
        }
    }

    /// Renders it again from MJML that tells where each piece stood.
    fn in_mjml(&self, error: &TemplateError) -> Option<(String, usize)> {
        if !error.file.ends_with(".html") {
            return None;
        }
        let RenderError::Template(error) = self.marked.email(&self.content()).err()? else {
            return None;
        };
        let sources = &self.marked.sources;
        let lines = sources.mjml(self.kind).ok()?;
        let html = sources.template(&format!("{}.html", self.kind)).ok()??;
        let line = mjml::origin(&lines, &html, error.line)?;
        Some((sources.shown(&format!("templates/{}", line.file)), line.number))
    }
}
