//! Pictures of samples: their addresses end in `.example`, where nothing ever
//! answers, so that a drawing stands in for each. Source: RFC 2606 section 2.

use std::collections::BTreeMap;

use bellhop::model::id::hash;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Colours to draw with: a ground and a shape.
const COLOURS: [(&str, &str); 5] = [
    ("#dbe7f5", "#4a7ab5"),
    ("#f5e6d3", "#c0803a"),
    ("#dff0e3", "#4c9a63"),
    ("#f0dfee", "#a0589a"),
    ("#ece9dc", "#8a7f4e"),
];

/// The drawings that stand in for pictures.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    files: BTreeMap<String, String>,
}

impl Pictures {
    /// The HTML with every picture that can't be fetched drawn in it: the gallery
    /// keeps mails apart from all else, also from files beside them.
    pub fn drawn_in(html: &str) -> String {
        const SOURCE: &str = "src=\"";
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(SOURCE) {
            let (url, after) = after.split_once('"').unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(SOURCE);
            match stand_in(url) {
                Some((_, svg)) => out.push_str(&data_url(&svg)),
                None => out.push_str(url),
            }
            out.push('"');
            rest = after;
        }
        out + rest
    }

    /// The address of a picture, or of the drawing that stands in for it.
    pub fn of(&mut self, url: &str) -> String {
        let Some((name, svg)) = stand_in(url) else { return url.to_owned() };
        let path = format!("pictures/{name}.svg");
        self.files.entry(path.clone()).or_insert(svg);
        path
    }

    /// The drawings, by path.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

/// The name and the drawing that stand in for a picture that can't be fetched.
fn stand_in(url: &str) -> Option<(String, String)> {
    let host = url.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
    let name = hash(["picture", url]);
    host.ends_with(".example").then(|| (name[..12].to_owned(), drawing(&name)))
}

fn data_url(svg: &str) -> String {
    const REST: &AsciiSet = &CONTROLS.add(b'"').add(b'#').add(b'%').add(b'<').add(b'>');
    format!("data:image/svg+xml,{}", utf8_percent_encode(svg, REST))
}

/// A drawing of its own for each name.
fn drawing(name: &str) -> String {
    let drawn = name.bytes().map(usize::from).sum::<usize>();
    let (ground, shape) = COLOURS[drawn % COLOURS.len()];
    let figure = match drawn % 3 {
        0 => "<circle cx=\"32\" cy=\"33\" r=\"17\"/>",
        1 => "<rect x=\"16\" y=\"18\" width=\"32\" height=\"30\" rx=\"6\"/>",
        _ => "<path d=\"M32 14 50 48H14Z\"/>",
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" width=\"640\" height=\"640\">\
         <rect width=\"64\" height=\"64\" fill=\"{ground}\"/><g fill=\"{shape}\">{figure}</g></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_samples_are_drawn_and_others_left_alone() {
        let html = "<img src=\"https://shop.example/mug.jpg\" alt=\"Mug\"><img src=\"https://real.test/x.png\">";
        let drawn = Pictures::drawn_in(html);
        assert!(
            drawn.starts_with("<img src=\"data:image/svg+xml,%3Csvg xmlns=%22http:"),
            "{drawn}"
        );
        assert!(drawn.ends_with("\" alt=\"Mug\"><img src=\"https://real.test/x.png\">"), "{drawn}");

        let mut pictures = Pictures::default();
        let path = pictures.of("https://shop.example/mug.jpg");
        assert_eq!(pictures.of("https://shop.example/mug.jpg"), path);
        assert_eq!(pictures.files().keys().collect::<Vec<_>>(), [&path]);
        assert_eq!(pictures.of("https://real.test/x.png"), "https://real.test/x.png");
    }
}
