//! The catalogue: every notification type with its policy, read from
//! `shared/catalogue/<type>.toml` (built into the binary by `build.rs`).

mod policy;

pub use policy::{Block, NotificationType};

use crate::event::{Envelope, EventError, OrderEvent, OrderEventData, type_is};
use crate::model::id::NotificationKey;

include!(concat!(env!("OUT_DIR"), "/catalogue_files.rs"));

/// A catalogue file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("shared/catalogue/{file}.toml: {problem}")]
pub struct CatalogueError {
    file: String,
    problem: String,
}

/// How alike two names are, from 0 to 1, if one may be a slip for the other.
const RESEMBLES: f64 = 0.8;

/// Every notification type, by name.
#[derive(Debug, Clone)]
pub struct Catalogue {
    types: Vec<NotificationType>,
}

impl Catalogue {
    /// The catalogue that is built in.
    ///
    /// # Errors
    /// [`CatalogueError`], naming the file and the line.
    pub fn built_in() -> Result<Self, CatalogueError> {
        Self::parse(CATALOGUE_FILES)
    }

    /// Parses `(type name, TOML text)` pairs.
    ///
    /// # Errors
    /// [`CatalogueError`], naming the file and the line.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let parse = |&(name, text): &(&str, &str)| {
            policy::parse(name, text)
                .map_err(|problem| CatalogueError { file: name.to_owned(), problem })
        };
        Ok(Self { types: files.iter().map(parse).collect::<Result<_, _>>()? })
    }

    /// The type an event names, with or without a reverse-DNS prefix.
    pub fn find(&self, published: &str) -> Option<&NotificationType> {
        self.types.iter().find(|kind| type_is(published, &kind.name))
    }

    /// The type whose name is nearest to one that is unknown; none if it resembles
    /// none.
    pub fn nearest(&self, published: &str) -> Option<&str> {
        let names = self.types.iter().map(|kind| kind.name.as_str());
        // A prefix, if there is one, has as many parts more as the name has fewer.
        let bare = |name: &str| {
            let parts = name.split('.').count();
            let skip = published.split('.').count().saturating_sub(parts);
            published.splitn(skip + 1, '.').last().unwrap_or(published).to_lowercase()
        };
        let likeness = |name: &&str| strsim::normalized_damerau_levenshtein(&bare(name), name);
        let nearest = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(&nearest) >= RESEMBLES).then_some(nearest)
    }

    /// Every type.
    pub fn types(&self) -> &[NotificationType] {
        &self.types
    }
}

impl NotificationType {
    /// Parses the event's data and checks that it holds what the type requires.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn admit(&self, envelope: Envelope) -> Result<OrderEvent, EventError> {
        let missing = self.requires.map(|block| EventError::Missing {
            field: envelope.data_field(block.as_str()),
            expected: "events of this type must hold it",
        });
        let event = envelope.order_event(&self.name)?;
        match missing {
            Some(error) if self.requires.is_some_and(|block| !block.is_in(&event.data)) => {
                Err(error)
            }
            _ => Ok(event),
        }
    }

    /// The semantic key: the same fact published twice has the same key,
    /// whatever the event's id.
    pub fn notification_key(&self, data: &OrderEventData) -> NotificationKey {
        let discriminator = self.requires.and_then(|block| block.id_in(data));
        // `#` separates the parts, so it can't stand within one.
        let escaped = |part: &str| part.replace('%', "%25").replace('#', "%23");
        let parts =
            [Some(self.name.as_str()), discriminator, data.notification.resend_key.as_deref()];
        NotificationKey::new(parts.into_iter().flatten().map(escaped).collect::<Vec<_>>().join("#"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_valid_and_has_the_five_types() {
        let catalogue = Catalogue::built_in().unwrap();
        let mut names: Vec<_> = catalogue.types().iter().map(|kind| kind.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "order.completed",
                "order.created",
                "order.paid",
                "order.refund_requested",
                "order.shipped"
            ]
        );
    }

    #[test]
    fn a_reverse_dns_prefix_of_a_type_is_ignored() {
        let catalogue = Catalogue::built_in().unwrap();
        let found = |published| catalogue.find(published).map(|kind| kind.name.as_str());
        assert_eq!(found("order.paid"), Some("order.paid"));
        assert_eq!(found("com.example.order.paid"), Some("order.paid"));
        assert_eq!(found("preorder.paid"), None);
        assert_eq!(found("order.paid.v2"), None);
    }

    #[test]
    fn a_slip_is_told_with_the_type_it_resembles() {
        let catalogue = Catalogue::built_in().unwrap();
        for (published, nearest) in [
            ("order.payed", Some("order.paid")),
            ("com.example.order.Shiped", Some("order.shipped")),
            ("order_created", Some("order.created")),
            ("ORDER.PAID", Some("order.paid")),
            ("order.archived", None),
            ("cart.updated", None),
            ("", None),
        ] {
            assert_eq!(catalogue.nearest(published), nearest, "{published}");
        }
    }

    #[test]
    fn a_mistake_in_a_catalogue_file_is_told_with_file_and_line() {
        let error = Catalogue::parse(&[(
            "order.lost",
            "class = \"transactional\"\npriority = \"urgent\"\n",
        )])
        .unwrap_err()
        .to_string();
        assert!(error.starts_with("shared/catalogue/order.lost.toml: "), "{error}");
        assert!(error.contains("line 2"), "{error}");
    }
}
