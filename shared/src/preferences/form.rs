//! What a form says: its fields, as browsers and mail programs send them.

/// How many fields are read of a form; a page has fewer.
const MOST_FIELDS: usize = 64;

/// Names and values of the fields, in their order; none, if the body is no form. RFC 8058
/// lets mail programs send either kind.
pub(super) fn fields(content_type: &str, body: &[u8]) -> Option<Vec<(String, String)>> {
    let mut parts = content_type.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let fields = url::form_urlencoded::parse(body).take(MOST_FIELDS);
        return Some(fields.map(|(name, value)| (name.into(), value.into())).collect());
    }
    if !kind.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parts.find_map(|parameter| parameter_of(parameter, "boundary"))?;
    multipart(std::str::from_utf8(body).ok()?, boundary)
}

/// The value of a parameter of this name, without the quotes that may stand around it.
fn parameter_of<'t>(parameter: &'t str, name: &str) -> Option<&'t str> {
    let (known, value) = parameter.split_once('=')?;
    let value = value.trim().trim_matches('"');
    (known.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
}

/// Source: RFC 7578; RFC 2046 section 5.1.
fn multipart(body: &str, boundary: &str) -> Option<Vec<(String, String)>> {
    let delimiter = format!("--{boundary}");
    let mut fields = Vec::new();
    for part in body.split(&delimiter).skip(1).take(MOST_FIELDS) {
        if part.starts_with("--") {
            return Some(fields);
        }
        let (headers, value) = part.split_once("\r\n\r\n")?;
        let value = value.strip_suffix("\r\n")?;
        let disposition = headers.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        })?;
        let name = disposition.split(';').find_map(|parameter| parameter_of(parameter, "name"))?;
        fields.push((name.to_owned(), value.to_owned()));
    }
    // It was cut off.
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_click() -> Option<Vec<(String, String)>> {
        Some(vec![("List-Unsubscribe".to_owned(), "One-Click".to_owned())])
    }

    /// The examples of RFC 8058, section 8, and how programs vary them.
    #[test]
    fn a_click_is_read_in_both_forms_that_mail_programs_may_send() {
        for (kind, body) in [
            ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
            ("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "List-Unsubscribe=One-Click"),
            (
                "multipart/form-data; boundary=---FormBoundaryjWmhtjORrn",
                "-----FormBoundaryjWmhtjORrn\r\nContent-Disposition: form-data; \
                 name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n-----FormBoundaryjWmhtjORrn--\r\n",
            ),
            (
                "multipart/form-data; charset=utf-8; boundary=\"b\"",
                "--b\r\ncontent-type: text/plain\r\ncontent-disposition: form-data;name=List-Unsubscribe\
                 \r\n\r\nOne-Click\r\n--b--",
            ),
        ] {
            assert_eq!(fields(kind, body.as_bytes()), one_click(), "{kind}");
        }
    }

    #[test]
    fn what_is_no_form_or_was_cut_off_is_none() {
        for (kind, body) in [
            ("", "List-Unsubscribe=One-Click"),
            ("text/plain", "List-Unsubscribe=One-Click"),
            ("application/json", "{}"),
            ("multipart/form-data", "--b\r\n"),
            ("multipart/form-data; boundary=", "--\r\n"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Cl",
            ),
            ("multipart/form-data; boundary=b", "--b\r\n\r\nOne-Click\r\n--b--"),
        ] {
            assert_eq!(fields(kind, body.as_bytes()), None, "{kind}: {body}");
        }
        let latin = b"--b\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--b--";
        assert_eq!(fields("multipart/form-data; boundary=b", latin), None);
    }

    #[test]
    fn a_form_of_many_fields_is_read_no_further_than_any_page_has() {
        let body = "of=reviews.email&".repeat(1_000);
        let read = fields("application/x-www-form-urlencoded", body.as_bytes()).unwrap();
        assert_eq!(read.len(), MOST_FIELDS);
    }
}
