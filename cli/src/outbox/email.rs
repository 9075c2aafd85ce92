//! An e-mail's HTML, framed so that it can show itself and nothing more.

/// What an e-mail may do: style itself. Its links open outside the frame.
pub(super) const POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
    default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The same, and load images from elsewhere, as a mail client does when asked.
pub(super) const POLICY_WITH_IMAGES: &str = "sandbox allow-popups \
    allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; \
    img-src data: http: https:; font-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'";

/// The HTML with its links opening outside the frame it stands in.
pub(super) fn with_links_outside(html: &str) -> String {
    const BASE: &str = "<base target=\"_blank\">";
    match end_of_head_tag(html) {
        Some(end) => format!("{}{BASE}{}", &html[..end], &html[end..]),
        None => html.to_owned(),
    }
}

fn end_of_head_tag(html: &str) -> Option<usize> {
    // Changes no length, so places are the same.
    let lower = html.to_ascii_lowercase();
    let (start, _) = lower.match_indices("<head").find(|(at, tag)| {
        let next = lower[at + tag.len()..].chars().next();
        next.is_some_and(|c| c == '>' || c.is_ascii_whitespace())
    })?;
    Some(start + lower[start..].find('>')? + 1)
}

/// Whether the HTML shows images that are not part of it.
pub(super) fn has_remote_images(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let starts = ["src=\"http", "src='http", "background=\"http", "url(http", "url('http"];
    starts.iter().any(|start| lower.contains(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_open_outside_wherever_there_is_a_head() {
        assert_eq!(
            with_links_outside("<!doctype html><HTML><Head lang='ä'><title>x</title>"),
            "<!doctype html><HTML><Head lang='ä'><base target=\"_blank\"><title>x</title>"
        );
        assert_eq!(with_links_outside("<header>x</header>"), "<header>x</header>");
        assert_eq!(with_links_outside("<p>x"), "<p>x");
    }

    #[test]
    fn remote_images_are_noticed() {
        assert!(has_remote_images("<img alt=x SRC=\"https://shop.example/mug.jpg\">"));
        assert!(!has_remote_images("<a href=\"https://shop.example\">x</a><img src=\"data:x\">"));
    }
}
