//! The decisions. Pure: an event, what is known of the customer and the order, the
//! policy and the time go in; the notification with its decisions comes out.

use jiff::Timestamp;

use super::{Notification, PlannedDelivery, Skip, Target};
use crate::catalogue::NotificationType;
use crate::channel::{Contacts, Recipient, Unusable, rules};
use crate::content::{ServedLocales, country_code};
use crate::customer::{KnownCustomer, Objection, Profile, objection};
use crate::event::{OrderEvent, OrderEventData};
use crate::model::id::{DeliveryId, NotificationKey, hash};
use crate::model::{Channel, Country, OrderId, Reason, clock};

/// The shop's part of the policy.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language where nobody names one, BCP 47.
    pub default_locale: String,
    /// The languages that messages can be written in.
    pub served: ServedLocales,
    /// The time zone where nobody names one, an IANA name.
    pub default_time_zone: String,
    /// Where SMS may go.
    pub sms_countries: Vec<Country>,
}

/// Decides who is told about an event, on which channels, and why not on the
/// others. Every channel of every route ends in a delivery or a skip.
///
/// ```
/// use bellhop::catalogue::Catalogue;
/// use bellhop::customer::KnownCustomer;
/// use bellhop::event::{self, Received};
/// use bellhop::model::Channel;
/// use bellhop::plan::{Settings, plan};
///
/// let body = r#"{
///     "specversion": "1.0", "id": "evt-1", "source": "/shop", "type": "order.paid",
///     "time": "2026-11-23T09:30:00Z",
///     "data": {
///         "order": {"id": "A-1001", "currency": "EUR", "totals": {"total": "29.90"}},
///         "customer": {"id": "c-77", "email": "ada@example.com"}
///     }
/// }"#;
/// let now = "2026-11-23T09:31:00Z".parse().unwrap();
/// let catalogue = Catalogue::built_in().unwrap();
/// let envelope = event::open(body, Received { sent_at: now }).unwrap();
/// let kind = catalogue.find(&envelope.kind).unwrap();
/// let event = kind.admit(envelope).unwrap();
///
/// let settings = Settings {
///     default_locale: "en".to_owned(),
///     default_time_zone: "UTC".to_owned(),
///     served: bellhop::content::served_locales(),
///     sms_countries: Vec::new(),
/// };
/// let planned = plan(event, kind, &KnownCustomer::default(), &settings, now);
/// assert_eq!(planned.deliveries[0].recipient.channel(), Channel::Email);
/// let skipped: Vec<_> =
///     planned.skips.iter().map(|skip| format!("{}: {}", skip.channel, skip.reason)).collect();
/// assert_eq!(skipped, ["push: no_recipient", "sms: no_recipient"]);
/// ```
pub fn plan(
    event: OrderEvent,
    kind: &NotificationType,
    known: &KnownCustomer,
    settings: &Settings,
    now: Timestamp,
) -> Notification {
    let profile = known.profile.as_ref();
    let key = kind.notification_key(&event.data);
    let not_after = clock::after(event.time, kind.not_after);
    let routes = routes(&event.data, kind);
    let mut context = Context { event: &event, kind, key: &key, known, settings, last: None };
    context.last = context.last_channel(&routes.concat());
    let mut decisions = Decisions::default();
    decisions.skip_all(&not_requested(&event.data, kind), &Reason::NotRequested);
    for route in routes {
        // A shop's own type has templates for its own routes.
        let has_none = |channel: &&Channel| !kind.routes.iter().flatten().any(|of| of == *channel);
        if kind.is_own && route.iter().any(|channel| has_none(&channel)) {
            decisions.skip_all(&route, &Reason::TemplateMissing);
            continue;
        }
        if now > not_after {
            decisions.skip_all(&route, &Reason::Expired);
        } else if kind.each_change && kind.says_nothing_new(&event.data) {
            decisions.skip_all(&route, &Reason::NothingNew);
        } else if kind.needs_link && !event.data.has_link() {
            decisions.skip_all(&route, &Reason::NoLink);
        } else {
            context.decide_route(&route, &mut decisions);
        }
    }
    Notification {
        locale: locale(&event.data, profile, settings),
        time_zone: time_zone(&event.data, profile, settings),
        class: kind.class,
        priority: kind.priority,
        lifecycle_rank: kind.lifecycle_rank,
        subject: kind.subject(&event.data),
        email_hash: known.contacts.email.clone(),
        phone_hash: known.contacts.phone.clone(),
        repairs: event.repairs,
        not_after,
        payload_hash: payload_hash(&event.data),
        deliveries: decisions.deliveries,
        skips: decisions.skips,
        kind: event.kind,
        event_id: event.id,
        source: event.source,
        event_time: event.time,
        decided_at: now,
        data: event.data,
        key,
    }
}

/// The routes to serve: the catalogue's, or each channel the event itself names
/// as a route of its own.
pub(super) fn routes(data: &OrderEventData, kind: &NotificationType) -> Vec<Vec<Channel>> {
    match &data.notification.channels {
        Some(channels) => {
            let mut seen = Vec::new();
            for &channel in channels {
                if !seen.contains(&vec![channel]) {
                    seen.push(vec![channel]);
                }
            }
            seen
        }
        None => kind.routes.clone(),
    }
}

/// The catalogue's channels that the event itself does without.
fn not_requested(data: &OrderEventData, kind: &NotificationType) -> Vec<Channel> {
    let requested = data.notification.channels.as_ref();
    let without = |channel: &Channel| requested.is_some_and(|named| !named.contains(channel));
    kind.routes.concat().into_iter().filter(without).collect()
}

#[derive(Default)]
struct Decisions {
    deliveries: Vec<PlannedDelivery>,
    skips: Vec<Skip>,
}

impl Decisions {
    fn skip_all(&mut self, channels: &[Channel], reason: &Reason) {
        let skip = |&channel: &Channel| Skip {
            channel,
            recipient: None,
            reason: reason.clone(),
            since: None,
        };
        self.skips.extend(channels.iter().map(skip));
    }
}

struct Context<'a> {
    event: &'a OrderEvent,
    kind: &'a NotificationType,
    key: &'a NotificationKey,
    known: &'a KnownCustomer,
    settings: &'a Settings,
    /// The channel that the customer is told on although they don't want it.
    last: Option<Channel>,
}

impl Context<'_> {
    /// The first of these channels that reaches the customer, if they want what the law
    /// wants told on none of them.
    fn last_channel(&self, channels: &[Channel]) -> Option<Channel> {
        let usable = |channel: &&Channel| !self.usable(**channel).0.is_empty();
        let wanted = |channel: &Channel| !self.targets(*channel).0.is_empty();
        if !self.kind.required || channels.iter().any(wanted) {
            return None;
        }
        channels.iter().find(usable).copied()
    }

    fn decide_route(&self, route: &[Channel], decisions: &mut Decisions) {
        for (position, &channel) in route.iter().enumerate() {
            let (targets, skips) = self.targets(channel);
            decisions.skips.extend(skips);
            if !targets.is_empty() {
                let rest = &route[position + 1..];
                let next = rest.iter().map(|&channel| self.targets(channel).0);
                let next: Vec<_> = next.filter(|targets| !targets.is_empty()).collect();
                decisions.deliveries.extend(PlannedDelivery::of_channel(targets, &next));
                decisions.skip_all(rest, &Reason::ReachedByEarlierChannel);
                return;
            }
        }
    }

    /// Who is told on a channel, and who is not, and why.
    fn targets(&self, channel: Channel) -> (Vec<Target>, Vec<Skip>) {
        let (usable, mut skips) = self.usable(channel);
        let mut targets = Vec::new();
        for target in usable {
            match self.objection(&target.recipient) {
                Some(Objection { reason, since }) => {
                    let recipient = Some(target.recipient.masked());
                    skips.push(Skip { channel, recipient, reason, since });
                }
                None => targets.push(target),
            }
        }
        (targets, skips)
    }

    fn objection(&self, recipient: &Recipient) -> Option<Objection> {
        if self.last == Some(recipient.channel()) {
            return None;
        }
        let customer = self.known.profile.as_ref().map(|profile| &profile.preferences);
        objection(self.kind, customer, &self.known.choices, recipient)
    }

    /// Whom a channel reaches, whether or not they want it, and whom it does not, and why.
    fn usable(&self, channel: Channel) -> (Vec<Target>, Vec<Skip>) {
        let (mut targets, mut skips) = (Vec::new(), Vec::new());
        for recipient in rules(channel).recipients(&self.contacts()) {
            match recipient {
                Ok(recipient) => match self.known.suppressed.find(&recipient) {
                    Some(suppression) => skips.push(Skip {
                        channel,
                        recipient: Some(recipient.masked()),
                        reason: suppression.reason.clone(),
                        since: Some(suppression.at),
                    }),
                    None => targets.push(Target {
                        delivery_id: delivery_id(&self.event.data.order.id, self.key, &recipient),
                        ordering: self.kind.ordering(channel),
                        recipient,
                    }),
                },
                Err(Unusable { recipient, reason }) => {
                    skips.push(Skip { channel, recipient, reason, since: None });
                }
            }
        }
        (targets, skips)
    }

    fn contacts(&self) -> Contacts<'_> {
        contacts(&self.event.data, self.known.profile.as_ref(), self.settings)
    }
}

/// The event's contact points, then the profile's.
fn contacts<'a>(
    data: &'a OrderEventData,
    profile: Option<&'a Profile>,
    settings: &'a Settings,
) -> Contacts<'a> {
    let customer = &data.customer;
    Contacts {
        emails: [customer.email.as_ref(), profile.and_then(|p| p.email.as_ref())],
        phones: [customer.phone.as_ref(), profile.and_then(|p| p.phone.as_ref())],
        country: country(data),
        devices: profile.map_or(&[][..], |p| &p.devices),
        sms_countries: &settings.sms_countries,
    }
}

/// Everybody whom an event of this type may go to.
pub(super) fn recipients(
    data: &OrderEventData,
    kind: &NotificationType,
    profile: Option<&Profile>,
    settings: &Settings,
) -> Vec<Recipient> {
    let contacts = contacts(data, profile, settings);
    let channels = routes(data, kind).concat();
    let of = |channel: &Channel| rules(*channel).recipients(&contacts);
    channels.iter().flat_map(of).flatten().collect()
}

/// The customer's address and number, which support finds the notification by.
pub(super) fn points(
    data: &OrderEventData,
    profile: Option<&Profile>,
    settings: &Settings,
) -> Vec<Recipient> {
    contacts(data, profile, settings).points()
}

/// Where the customer is: the order goes there, or is paid for from there.
fn country(data: &OrderEventData) -> Option<&'static str> {
    let order = &data.order;
    let addresses = [&order.billing_address, &order.shipping_address].into_iter().flatten();
    addresses.filter_map(|address| address.country.as_deref()).find_map(country_code)
}

/// `hash(order, notification key, channel, recipient)`.
pub fn delivery_id(order: &OrderId, key: &NotificationKey, recipient: &Recipient) -> DeliveryId {
    let channel = recipient.channel().as_str();
    DeliveryId::new(hash(["delivery", order.as_str(), key.as_str(), channel, recipient.identity()]))
}

/// The first language of the order's, the customer's, the profile's that there is
/// wording in; else the shop's.
fn locale(data: &OrderEventData, profile: Option<&Profile>, settings: &Settings) -> String {
    let named = [
        data.order.locale.as_deref(),
        data.customer.locale.as_deref(),
        profile.and_then(|profile| profile.locale.as_deref()),
    ];
    let served = settings.served.first_served(named.into_iter().flatten());
    served.unwrap_or_else(|| settings.default_locale.clone())
}

/// The customer's time zone, else the profile's, else the shop's.
fn time_zone(data: &OrderEventData, profile: Option<&Profile>, settings: &Settings) -> String {
    let named = [
        data.customer.time_zone.as_deref(),
        profile.and_then(|profile| profile.time_zone.as_deref()),
        Some(settings.default_time_zone.as_str()),
    ];
    let mut named = named.into_iter().flatten().map(str::trim);
    named.find(|name| jiff::tz::TimeZone::get(name).is_ok()).unwrap_or("UTC").to_owned()
}

/// The data's JSON is made from sorted struct fields, so equal data has equal
/// text. How to tell it (`notification`) is not part of the fact.
fn payload_hash(data: &OrderEventData) -> String {
    let fact = OrderEventData { notification: Default::default(), ..data.clone() };
    hash(["payload", &serde_json::to_string(&fact).unwrap_or_default()])
}
