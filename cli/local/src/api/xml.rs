//! What is read of the Query API's XML: elements of texts, and lists of texts in them.

use std::collections::BTreeMap;

use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};

/// The children of one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    texts: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Fields {
    /// The text of the child of this name; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// Whether a child of this name has a text, and be it empty.
    pub fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// The texts of the child of this name, which is a list.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The elements at this path below the root. Of their children, those that are named are
/// read as lists; others that hold no text but elements are left out.
///
/// # Errors
/// [`XmlDecodeError`] if the answer is no XML.
pub fn members(
    answer: &[u8],
    path: &[&str],
    lists: &[&str],
) -> Result<Vec<Fields>, XmlDecodeError> {
    let mut found = Vec::new();
    let mut document = Document::try_from(answer)?;
    visit(&mut document.root_element()?, path, &mut |member| {
        let mut fields = Fields::default();
        while let Some(mut child) = member.next_tag() {
            let name = child.start_el().local().to_owned();
            if lists.contains(&name.as_str()) {
                let texts = fields.lists.entry(name).or_default();
                visit(&mut child, &["member"], &mut |text| {
                    texts.push(try_data(text)?.into_owned());
                    Ok(())
                })?;
            } else if let Ok(text) = try_data(&mut child) {
                fields.texts.insert(name, text.into_owned());
            }
        }
        found.push(fields);
        Ok(())
    })?;
    Ok(found)
}

/// Acts on every element at this path below another.
fn visit(
    parent: &mut ScopedDecoder<'_, '_>,
    path: &[&str],
    act: &mut dyn FnMut(&mut ScopedDecoder<'_, '_>) -> Result<(), XmlDecodeError>,
) -> Result<(), XmlDecodeError> {
    let Some((name, rest)) = path.split_first() else { return act(parent) };
    while let Some(mut child) = parent.next_tag() {
        if child.start_el().local() == *name {
            visit(&mut child, rest, act)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists_are_read_and_elements_of_elements_left_out() {
        let answer = br#"<R><Result><Alarms>
            <member><Name>a &lt;b&gt;</Name><Empty/>
              <Actions><member>arn:1</member><member>arn:2</member></Actions>
              <Dimensions><member><Name>x</Name></member></Dimensions></member>
            <member><Name>c</Name><Actions/></member>
            </Alarms></Result></R>"#;
        let found = members(answer, &["Result", "Alarms", "member"], &["Actions"]).unwrap();
        let [first, second] = &found[..] else { panic!("{found:?}") };
        assert_eq!((first.text("Name"), first.text("Empty")), ("a <b>", ""));
        assert!(first.has("Empty") && !first.has("Dimensions"));
        assert_eq!(first.list("Actions"), ["arn:1", "arn:2"]);
        assert_eq!((second.text("Name"), second.list("Actions").len()), ("c", 0));
        assert!(members(b"not XML", &["Result"], &[]).is_err());
        assert!(members(b"", &["Result"], &[]).is_err());
        assert!(members(b"\xff", &["Result"], &[]).is_err());
    }
}
