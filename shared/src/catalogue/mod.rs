//! The catalogue: every notification type with its policy, read from
//! `shared/catalogue/<type>.toml` (built into the binary by `build.rs`).

mod policy;

pub use policy::{Consent, Need, NotificationType, OverCap};

use crate::event::{Envelope, EventError, OrderEvent, OrderEventData, type_is};
use crate::model::id::NotificationKey;

include!(concat!(env!("OUT_DIR"), "/catalogue_files.rs"));

/// A catalogue file that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{folder}/catalogue/{file}.toml: {problem}")]
pub struct CatalogueError {
    folder: String,
    file: String,
    problem: String,
}

/// How alike two names are, from 0 to 1, if one may be a slip for the other.
const RESEMBLES: f64 = 0.8;

/// No type has a longer name, with its prefix.
const LONGEST_TYPE: usize = 128;

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
        Self::parse("shared", CATALOGUE_FILES)
    }

    /// The built-in types, and over them a shop's own: `(type name, TOML text)` pairs
    /// of this folder. A type of the same name takes the built-in one's place.
    ///
    /// # Errors
    /// [`CatalogueError`], naming the file and the line.
    pub fn over_built_in(folder: &str, own: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::built_in()?;
        for mut kind in Self::parse(folder, own)?.types {
            kind.is_own = true;
            catalogue.types.retain(|known| known.name != kind.name);
            catalogue.types.push(kind);
        }
        catalogue.types.sort_by(|a, b| a.name.cmp(&b.name));
        catalogue.check_news(folder)?;
        Ok(catalogue)
    }

    /// Parses `(type name, TOML text)` pairs of this folder.
    ///
    /// # Errors
    /// [`CatalogueError`], naming the file and the line.
    pub fn parse(folder: &str, files: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let parse = |&(name, text): &(&str, &str)| {
            policy::parse(name, text).map_err(|problem| CatalogueError {
                folder: folder.to_owned(),
                file: name.to_owned(),
                problem,
            })
        };
        Ok(Self { types: files.iter().map(parse).collect::<Result<_, _>>()? })
    }

    /// News is told as another type, and of that one there is none.
    fn check_news(&self, folder: &str) -> Result<(), CatalogueError> {
        for kind in &self.types {
            let Some(news) = &kind.when_tracked else { continue };
            let known = self.types.iter().find(|other| other.name == *news);
            if known.is_none_or(|news| news.when_tracked.is_some()) {
                let problem =
                    "`when_tracked` must name another type, which has none itself".to_owned();
                let (folder, file) = (folder.to_owned(), kind.name.clone());
                return Err(CatalogueError { folder, file, problem });
            }
        }
        Ok(())
    }

    /// The type an event names, with or without a reverse-DNS prefix.
    pub fn find(&self, published: &str) -> Option<&NotificationType> {
        let found = self.types.iter().filter(|kind| type_is(published, &kind.name));
        // `x.order.paid` may be a type of its own, and not `order.paid` with a prefix.
        found.max_by_key(|kind| kind.name.len())
    }

    /// The name of the fact that this published type takes something back by, if it is one
    /// of these.
    pub fn withdrawal(&self, published: &str) -> Option<&str> {
        let names = self.types.iter().flat_map(|kind| &kind.withdrawn_by);
        names.map(String::as_str).find(|name| type_is(published, name))
    }

    /// The type whose name is nearest to one that is unknown; none if it resembles
    /// none.
    pub fn nearest(&self, published: &str) -> Option<&str> {
        if published.len() > LONGEST_TYPE {
            return None;
        }
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
    /// Reads the event's data and checks that it holds what the type can't do without.
    ///
    /// # Errors
    /// [`EventError`], naming the field.
    pub fn admit(&self, envelope: Envelope) -> Result<OrderEvent, EventError> {
        let path = |field: &str| envelope.data_field(field);
        let block = self.about.map(|block| path(block.name())).unwrap_or_default();
        let (total, currency) = (path("order.totals.total"), path("order.currency"));
        let event = envelope.order_event(&self.name)?;
        let order = &event.data.order;
        for need in &self.needs {
            let (field, is_there) = match need {
                // What decides is not guessed at.
                Need::Total if event.is_respelt(&total) => (&total, false),
                Need::Total if order.totals.total.is_some() => {
                    (&currency, order.currency.is_some())
                }
                Need::Total => (&total, false),
                Need::Block => (&block, self.about.is_none_or(|block| block.is_in(&event.data))),
            };
            if !is_there {
                return Err(event.lacks(field));
            }
        }
        Ok(event)
    }

    /// The semantic key: the same fact published twice has the same key,
    /// whatever the event's id.
    pub fn notification_key(&self, data: &OrderEventData) -> NotificationKey {
        let discriminator = self.about.and_then(|block| block.discriminator(data));
        let content = self.about.filter(|_| self.each_change);
        let content = content.and_then(|block| block.changing_content(data));
        // `#` separates the parts, so it can't stand within one.
        let escaped = |part: &str| part.replace('%', "%25").replace('#', "%23");
        let parts = [
            Some(self.name.as_str()),
            discriminator.as_deref(),
            content.as_deref(),
            data.notification.resend_key.as_deref(),
        ];
        NotificationKey::new(parts.into_iter().flatten().map(escaped).collect::<Vec<_>>().join("#"))
    }

    /// Whether the event says that something changed without saying what.
    pub fn says_nothing_new(&self, data: &OrderEventData) -> bool {
        self.about.is_some_and(|block| block.changing_content(data).is_none())
    }

    /// What of the order the fact is about, e.g. `shipment#s-1`: one parcel's news says
    /// nothing of another's. None if it is about the order as a whole.
    pub fn subject(&self, data: &OrderEventData) -> Option<String> {
        let block = self.about?;
        Some(format!("{}#{}", block.name(), block.discriminator(data)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topic;

    #[test]
    fn the_built_in_catalogue_is_valid_and_has_every_type() {
        let catalogue = Catalogue::built_in().unwrap();
        let mut names: Vec<_> = catalogue.types().iter().map(|kind| kind.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "order.cancelled",
                "order.completed",
                "order.created",
                "order.delivered",
                "order.edited",
                "order.out_for_delivery",
                "order.paid",
                "order.payment_failed",
                "order.ready_for_pickup",
                "order.refund_requested",
                "order.refunded",
                "order.shipment_updated",
                "order.shipped"
            ]
        );
    }

    #[test]
    fn ranks_say_which_facts_make_which_untrue() {
        let catalogue = Catalogue::built_in().unwrap();
        let rank = |name: &str| catalogue.find(name).unwrap().lifecycle_rank;
        for (newer, older) in [
            ("order.paid", "order.payment_failed"),
            ("order.shipped", "order.edited"),
            ("order.shipment_updated", "order.shipped"),
            ("order.out_for_delivery", "order.shipment_updated"),
            ("order.delivered", "order.out_for_delivery"),
            ("order.delivered", "order.ready_for_pickup"),
            ("order.refunded", "order.refund_requested"),
            ("order.refunded", "order.payment_failed"),
        ] {
            assert!(rank(newer) > rank(older), "{newer} makes {older} untrue");
        }
        let cancelled = rank("order.cancelled");
        let others = catalogue.types().iter().filter(|kind| kind.name != "order.cancelled");
        assert!(others.into_iter().all(|kind| kind.lifecycle_rank < cancelled));
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
        let text = "class = \"transactional\"\npriority = \"urgent\"\n";
        let error = Catalogue::parse("shared", &[("order.lost", text)]).unwrap_err().to_string();
        assert!(error.starts_with("shared/catalogue/order.lost.toml: "), "{error}");
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn what_the_law_wants_told_is_required_and_nothing_else() {
        let catalogue = Catalogue::built_in().unwrap();
        let required = catalogue.types().iter().filter(|kind| kind.required);
        let required: Vec<_> = required.map(|kind| kind.name.as_str()).collect();
        assert_eq!(
            required,
            [
                "order.cancelled",
                "order.created",
                "order.edited",
                "order.paid",
                "order.refund_requested",
                "order.refunded"
            ]
        );
        for kind in catalogue.types() {
            assert_eq!(kind.topic(), Topic::of(kind.class), "{}", kind.name);
            assert_eq!(kind.consent, Consent::OptOut, "{}", kind.name);
        }
    }

    #[test]
    fn consent_that_makes_no_sense_is_refused_by_name() {
        let parse = |class: &str, more: &str| {
            let text = format!(
                "class = \"{class}\"\npriority = \"low\"\nlifecycle_rank = 1\nnot_after = \"1d\"\n\
                 routes = [[\"email\"]]\n{more}\n"
            );
            Catalogue::parse("shared", &[("order.x", &text)]).map_err(|e| e.to_string())
        };
        for (class, more, named) in [
            ("promotional", "required = true", "`required`"),
            ("promotional", "topic = \"order_updates\"", "`order_updates`"),
            ("transactional", "consent = \"opt_in\"", "opt_in"),
            ("transactional", "topic = \"news\"", "line 6"),
        ] {
            let error = parse(class, more).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
        let asked = parse("promotional", "consent = \"opt_in\"").unwrap();
        assert_eq!(asked.types()[0].consent, Consent::OptIn);
        let other = parse("transactional", "topic = \"reviews\"").unwrap();
        assert_eq!(other.types()[0].topic(), Topic::Reviews);
    }

    #[test]
    fn a_shops_own_type_stands_beside_the_built_in_ones_or_in_place_of_one() {
        let own = "class = \"transactional\"\npriority = \"low\"\nlifecycle_rank = 25\n\
                   not_after = \"1d\"\nroutes = [[\"email\"]]\n";
        let files = [("order.engraved", own), ("order.paid", own)];
        let catalogue = Catalogue::over_built_in("content", &files).unwrap();
        let count = Catalogue::built_in().unwrap().types().len();
        assert_eq!(catalogue.types().len(), count + 1);
        assert!(catalogue.find("com.example.order.engraved").unwrap().is_own);
        assert_eq!(catalogue.find("order.paid").unwrap().routes, [[crate::model::Channel::Email]]);
        let broken = [("order.engraved", "class = 1")];
        let error = Catalogue::over_built_in("content", &broken).unwrap_err().to_string();
        assert!(error.starts_with("content/catalogue/order.engraved.toml: "), "{error}");
        let news = format!("when_tracked = \"order.nonsense\"\n{own}");
        let error = Catalogue::over_built_in("content", &[("order.engraved", &news)]);
        assert!(error.unwrap_err().to_string().contains("must name another type"));
        let longer = Catalogue::over_built_in("content", &[("x.order.paid", own)]).unwrap();
        assert_eq!(longer.find("x.order.paid").unwrap().name, "x.order.paid");
        let nameless = [("Order Engraved", own)];
        let error = Catalogue::over_built_in("content", &nameless).unwrap_err().to_string();
        assert!(error.contains("small letters"), "{error}");
    }
}
