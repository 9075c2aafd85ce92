//! What planning an event would come to, before it is done: of an event that was set
//! aside, or comes again. Pure.

use jiff::Timestamp;

use super::{Notification, Settings, plan};
use crate::catalogue::{Catalogue, NotificationType};
use crate::customer::KnownCustomer;
use crate::event::{OrderEvent, OrderEventData, tracked};

/// What planning an event would come to.
#[derive(Debug, Clone, PartialEq)]
pub enum Replanned {
    /// Decisions of its own.
    New(Notification),
    /// The decisions that are stored, whose deliveries are handed on once more.
    Stored(Notification),
}

impl Replanned {
    /// The decisions.
    pub fn notification(&self) -> &Notification {
        match self {
            Self::New(notification) | Self::Stored(notification) => notification,
        }
    }
}

/// What planning an event would come to, if its order's notifications are these.
pub fn replan(
    catalogue: &Catalogue,
    event: &OrderEvent,
    kind: &NotificationType,
    customer: &KnownCustomer,
    settings: &Settings,
    known: &[Notification],
    now: Timestamp,
) -> Replanned {
    let event = OrderEvent { time: event.time.min(now), ..event.clone() };
    let planned = plan(event.clone(), kind, customer, settings, now);
    let Some(stored) = known.iter().find(|stored| stored.key == planned.key) else {
        return Replanned::New(planned);
    };
    match news(catalogue, &event, kind, stored) {
        Some(news) if stored.payload_hash != planned.payload_hash => {
            let event = OrderEvent { kind: news.name.clone(), ..event };
            replan(catalogue, &event, news, customer, settings, known, now)
        }
        _ => Replanned::Stored(stored.clone()),
    }
}

/// The type of an event that tells of a known shipment more than was told: its tracking
/// came later, or has changed.
pub(super) fn news<'c>(
    catalogue: &'c Catalogue,
    event: &OrderEvent,
    kind: &NotificationType,
    told: &Notification,
) -> Option<&'c NotificationType> {
    let news = catalogue.find(kind.when_tracked.as_deref()?)?;
    let tracking = |data: &OrderEventData| data.shipment.as_ref().map(tracked).unwrap_or_default();
    let known = tracking(&told.data);
    let more = tracking(&event.data).into_iter().any(|parcel| !known.contains(&parcel));
    (more && event.time >= told.event_time).then_some(news)
}
