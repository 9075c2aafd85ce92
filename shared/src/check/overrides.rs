//! A deployment's overrides have an effect: a misspelt name is a mistake that
//! nothing else would show.

use super::Finding;
use crate::content::Sources;

/// The overrides that nothing reads.
pub(super) fn check(sources: &Sources) -> Vec<Finding> {
    let Some(overrides) = sources.override_paths() else { return Vec::new() };
    if overrides.is_empty() {
        let problem = "the folder holds no catalogue/<type>.toml, locales/<tag>.ftl or templates/…"
            .to_owned();
        return vec![Finding::new(sources.folder().to_owned(), 1, problem).harmless()];
    }
    let templates: Vec<_> =
        sources.paths().into_iter().filter(|path| path.starts_with("templates/")).collect();
    let own = sources.own_types();
    let is_read = |path: &str| {
        let Some(name) = path.strip_prefix("templates/") else {
            return path.ends_with(".ftl") || path.ends_with(".toml");
        };
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let includes = |other: &&str| {
            let text = sources.text(other).unwrap_or_default();
            quoted.iter().any(|quoted| text.contains(quoted))
        };
        let of_own_type = own.iter().any(|(kind, _)| {
            let ending = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.'));
            ending.is_some_and(|ending| ["mjml", "txt", "sms.txt", "push.txt"].contains(&ending))
        });
        of_own_type || sources.built_in_text(path).is_some() || templates.iter().any(includes)
    };
    let unread = overrides.into_iter().filter(|path| !is_read(path));
    unread
        .map(|path| {
            let problem = "nothing reads this file: it has not the name of a built-in one or of an \
                           own type's, and no template includes it";
            Finding::new(sources.shown(path), 1, problem.to_owned()).harmless()
        })
        .collect()
}
