//! Where a fact stands among others about its order: which of two is old news.

use jiff::Timestamp;

use super::Class;

/// What decides whether a fact makes another one old.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'a> {
    /// Whom it serves.
    pub class: Class,
    /// Where in an order's life it stands.
    pub lifecycle_rank: u32,
    /// What of the order it is about, e.g. `shipment#s-1`; the order as a whole where
    /// absent.
    pub subject: Option<&'a str>,
    /// When it happened.
    pub event_time: Timestamp,
}

impl Standing<'_> {
    /// Whether `other` is old news to whoever knows this: it has a later time and a higher
    /// rank. What asks the customer for something says nothing of the order, and makes
    /// nothing old.
    pub fn makes_old(&self, other: &Self) -> bool {
        self.class == Class::Transactional
            && self.lifecycle_rank > other.lifecycle_rank
            && self.event_time > other.event_time
            && !self.is_beside(other)
            && !self.is_about_another(other)
    }

    /// Whether it is about a part of the order, such as a refund, that says nothing of
    /// what else becomes of the order.
    fn is_beside(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.subject_kind(), other.subject_kind());
        matches!(ours, Some("refund" | "cancellation")) && theirs.is_some() && theirs != ours
    }

    /// Whether both are about things of one kind, such as two parcels, of which each
    /// goes its own way. A payment that succeeds makes up for another that failed.
    fn is_about_another(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.subject_kind(), other.subject_kind());
        ours.is_some() && ours == theirs && self.subject != other.subject && ours != Some("payment")
    }

    fn subject_kind(&self) -> Option<&str> {
        self.subject.and_then(|subject| subject.split('#').next())
    }
}
