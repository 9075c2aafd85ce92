//! The trace that a message belongs to, as the publisher began it: AWS X-Ray's tracing
//! header and the W3C's `traceparent` say the same in two forms.

use std::fmt;

/// A trace, and where in it the message stands.
///
/// ```
/// use bellhop::model::Trace;
///
/// let w3c = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let header = "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1";
/// assert_eq!(Trace::from_traceparent(w3c), Trace::from_header(header));
/// assert_eq!(Trace::from_header(header).unwrap().header(), header);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// 32 hexadecimal digits.
    id: String,
    /// 16 hexadecimal digits.
    parent: Option<String>,
    sampled: Sampled,
}

/// Whether the trace is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sampled {
    Yes,
    No,
    Undecided,
}

impl Trace {
    /// Reads X-Ray's header. What else it may hold is left out, and a text that is none
    /// is no trace: it comes from outside, and must cost no message.
    /// Source: AWS X-Ray Developer Guide, "Tracing header".
    pub fn from_header(text: &str) -> Option<Self> {
        let (mut id, mut parent, mut sampled) = (None, None, Sampled::Undecided);
        for part in text.split(';') {
            match part.trim().split_once('=') {
                Some(("Root", root)) => id = root_digits(root),
                Some(("Parent", digits)) => parent = hex(digits, 16),
                Some(("Sampled", "1")) => sampled = Sampled::Yes,
                Some(("Sampled", "0")) => sampled = Sampled::No,
                _ => {}
            }
        }
        Some(Self { id: id?, parent, sampled })
    }

    /// Reads a `traceparent`, of this version or a later one.
    /// Source: W3C Trace Context, "traceparent Header"; CloudEvents, "Distributed Tracing
    /// extension".
    pub fn from_traceparent(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let version = hex(parts.next()?, 2).filter(|version| version != "ff");
        let (id, parent) = (hex(parts.next()?, 32)?, hex(parts.next()?, 16)?);
        let flags = u8::from_str_radix(&hex(parts.next()?, 2)?, 16).ok()?;
        if version? == "00" && parts.next().is_some() {
            return None;
        }
        let is_zero = |digits: &str| digits.bytes().all(|digit| digit == b'0');
        let sampled = if flags & 1 == 1 { Sampled::Yes } else { Sampled::No };
        (!is_zero(&id) && !is_zero(&parent)).then_some(Self { id, parent: Some(parent), sampled })
    }

    /// X-Ray's header: SQS's attribute `AWSTraceHeader`, HTTP's `X-Amzn-Trace-Id`.
    pub fn header(&self) -> String {
        let parent = self.parent.as_deref().map_or(String::new(), |p| format!(";Parent={p}"));
        let sampled = match self.sampled {
            Sampled::Yes => ";Sampled=1",
            Sampled::No => ";Sampled=0",
            Sampled::Undecided => "",
        };
        format!("Root={self}{parent}{sampled}")
    }
}

/// The trace's id, as X-Ray writes it.
impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1-{}-{}", &self.id[..8], &self.id[8..])
    }
}

fn root_digits(root: &str) -> Option<String> {
    let mut parts = root.split('-');
    let (Some("1"), Some(seconds), Some(rest), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    Some(hex(seconds, 8)? + &hex(rest, 24)?)
}

fn hex(text: &str, digits: usize) -> Option<String> {
    let fits = text.len() == digits && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    fits.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_by_its_parts_and_what_is_none_is_left() {
        let root = "Root=1-5759e988-bd862e3fe1be46a994272793";
        let header = format!("{root};Parent=53995c3f42cd8ad8;Sampled=0");
        let trace = Trace::from_header(&format!("Self=1-2-3; {header};Lineage=1:2:3")).unwrap();
        assert_eq!(trace.header(), header);
        assert_eq!(trace.to_string(), "1-5759e988-bd862e3fe1be46a994272793");
        assert_eq!(Trace::from_header(root).unwrap().header(), root);
        for wrong in [
            "",
            "Sampled=1",
            "Root=2-5759e988-bd862e3fe1be46a994272793",
            "Root=1-5759e988",
            "Root=1-5759e988-bd862e3fe1be46a99427279g",
            "Root=1-5759e988-bd862e3fe1be46a994272793-1",
        ] {
            assert_eq!(Trace::from_header(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_traceparent_is_read_by_the_specification() {
        let (id, parent) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        let sampled = |text: String| Trace::from_traceparent(&text).map(|trace| trace.sampled);
        assert_eq!(sampled(format!("00-{id}-{parent}-01")), Some(Sampled::Yes));
        assert_eq!(sampled(format!("00-{id}-{parent}-02")), Some(Sampled::No));
        assert_eq!(sampled(format!("01-{id}-{parent}-01-more")), Some(Sampled::Yes));
        let zero = "0".repeat(32);
        for wrong in [
            format!("00-{id}-{parent}-01-more"),
            format!("ff-{id}-{parent}-01"),
            format!("00-{zero}-{parent}-01"),
            format!("00-{id}-0000000000000000-01"),
            format!("00-{id}-{parent}"),
            format!("00-{parent}-{id}-01"),
            format!("00-{id}-{parent}-0\u{661}"),
            String::new(),
        ] {
            assert_eq!(sampled(wrong.clone()), None, "{wrong}");
        }
    }
}
