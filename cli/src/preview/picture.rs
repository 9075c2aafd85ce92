//! Pictures of samples: their addresses end in `.example`, where nothing ever
//! answers, so that a drawing stands in for each. Source: RFC 2606 section 2.

use std::collections::BTreeMap;

use bellhop::id::hash;

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
    /// The HTML with every picture that can't be fetched replaced; `up` leads from
    /// the HTML's folder to the gallery's.
    pub fn localised(&mut self, html: &str, up: &str) -> String {
        const SOURCE: &str = "src=\"";
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(SOURCE) {
            let (url, after) = after.split_once('"').unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(SOURCE);
            out.push_str(&self.of(url, up));
            out.push('"');
            rest = after;
        }
        out + rest
    }

    /// The address of a picture, or of the drawing that stands in for it.
    pub fn of(&mut self, url: &str, up: &str) -> String {
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        if !host.is_some_and(|host| host.ends_with(".example")) {
            return url.to_owned();
        }
        let name = hash(["picture", url]);
        let path = format!("pictures/{}.svg", &name[..12]);
        self.files.entry(path.clone()).or_insert_with(|| drawing(&name));
        format!("{up}{path}")
    }

    /// The drawings, by path.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
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
        let mut pictures = Pictures::default();
        let html = "<img src=\"https://shop.example/mug.jpg\" alt=\"Mug\"><img src=\"https://real.test/x.png\">\
                    <img src=\"https://shop.example/mug.jpg\">";
        let localised = pictures.localised(html, "../");
        let path = pictures.files().keys().next().unwrap().clone();
        let expected = format!(
            "<img src=\"../{path}\" alt=\"Mug\"><img src=\"https://real.test/x.png\"><img src=\"../{path}\">"
        );
        assert_eq!(localised, expected);
        assert_eq!(pictures.files().len(), 1);
    }
}
