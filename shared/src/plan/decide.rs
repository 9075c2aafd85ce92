//! The decisions. Pure: an event, what is known of the customer and the order, the
//! policy and the time go in; the notification with its decisions comes out.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::route::{Context, Decisions};
use super::zones::customers_zones;
use super::{Notification, PlannedDelivery, QuietHours, Skip};
use crate::catalogue::NotificationType;
use crate::channel::{Contacts, Recipient, rules};
use crate::content::{ServedLocales, country_code};
use crate::customer::{Caps, KnownCustomer, Profile};
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
    /// When nobody is disturbed, by the catalogue's word for it; never, if absent.
    pub quiet_hours: Option<QuietHours>,
    /// How many promotional messages a customer may get.
    pub caps: Caps,
    /// How many notifications about orders a customer may get in ten minutes.
    pub flood: usize,
}

/// Decides who is told about an event, on which channels, and why not on the
/// others. Every channel of every route ends in a delivery, a skip or a deferral.
///
/// ```
/// use bellhop::catalogue::Catalogue;
/// use bellhop::customer::{Caps, KnownCustomer};
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
///     quiet_hours: None,
///     caps: Caps { day: 1, week: 3 },
///     flood: 10,
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
    let context = Context::new(&event, kind, &key, known, settings, now);
    let mut decisions = Decisions::default();
    decisions.skip_all(&not_requested(&event.data, kind), &Reason::NotRequested);
    let sendable = clock::after(event.time, kind.delay);
    for route in routes {
        if now < sendable && context.unsendable(&route).is_none() {
            decisions.defer(route, Reason::Delay, now, sendable);
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
        deferrals: decisions.deferrals,
        failed: Vec::new(),
        revision: 0,
        kind: event.kind,
        event_id: event.id,
        source: event.source,
        event_time: event.time,
        decided_at: now,
        data: event.data,
        key,
    }
}

/// Decides anew what is due of a notification that was deferred, by what is known now.
/// The rest of it stays as it is.
pub(super) fn decide_due(
    stored: &Notification,
    kind: &NotificationType,
    known: &KnownCustomer,
    settings: &Settings,
    now: Timestamp,
) -> Notification {
    let event = event_of(stored);
    let context = Context::new(&event, kind, &stored.key, known, settings, now);
    let mut decided = stored.clone();
    let mut decisions = Decisions::default();
    for deferral in &mut decided.deferrals {
        if deferral.decided_at.is_none() && deferral.until <= now {
            deferral.decided_at = Some(now);
            context.decide_route(&deferral.channels, &mut decisions);
        }
    }
    add(&mut decided, decisions, now);
    decided
}

/// Decides the `rest` of a route of which this channel has failed, by what is known now.
pub(super) fn decide_next(
    stored: &Notification,
    kind: &NotificationType,
    known: &KnownCustomer,
    settings: &Settings,
    failed: Channel,
    rest: &[Channel],
    now: Timestamp,
) -> Notification {
    let event = event_of(stored);
    let context = Context::new(&event, kind, &stored.key, known, settings, now);
    let mut decided = stored.clone();
    decided.failed.push(failed);
    let was_spared = |skip: &Skip| {
        rest.contains(&skip.channel) && skip.reason == Reason::ReachedByEarlierChannel
    };
    decided.skips.retain(|skip| !was_spared(skip));
    let mut decisions = Decisions::default();
    context.decide_route(rest, &mut decisions);
    add(&mut decided, decisions, now);
    decided
}

/// The channels that follow this one on its route.
pub(super) fn rest_of_route(
    data: &OrderEventData,
    kind: &NotificationType,
    channel: Channel,
) -> Vec<Channel> {
    let routes = routes(data, kind).into_iter();
    let of_channel = routes.filter(|route| route.contains(&channel));
    let rest = |route: Vec<Channel>| {
        let after = route.into_iter().skip_while(|of| *of != channel).skip(1);
        after.collect::<Vec<_>>()
    };
    of_channel.flat_map(rest).collect()
}

fn event_of(stored: &Notification) -> OrderEvent {
    OrderEvent {
        id: stored.event_id.clone(),
        source: stored.source.clone(),
        kind: stored.kind.clone(),
        time: stored.event_time,
        data: stored.data.clone(),
        repairs: Vec::new(),
    }
}

/// Adds what was decided again.
fn add(decided: &mut Notification, decisions: Decisions, now: Timestamp) {
    let at = Some(now);
    decided.revision += 1;
    let deliveries = decisions.deliveries.into_iter();
    decided.deliveries.extend(deliveries.map(|of| PlannedDelivery { decided_at: at, ..of }));
    decided.skips.extend(decisions.skips.into_iter().map(|of| Skip { decided_at: at, ..of }));
    decided.deferrals.extend(decisions.deferrals);
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

/// The event's contact points, then the profile's.
pub(super) fn contacts<'a>(
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

/// Everybody whom an event may go to on these channels.
pub(super) fn recipients(
    data: &OrderEventData,
    channels: &[Channel],
    profile: Option<&Profile>,
    settings: &Settings,
) -> Vec<Recipient> {
    let contacts = contacts(data, profile, settings);
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
    let shops = Some(settings.default_time_zone.as_str());
    let mut named = customers_zones(data, profile).into_iter().chain([shops]).flatten();
    named.find(|name| TimeZone::get(name).is_ok()).unwrap_or("UTC").to_owned()
}

/// The data's JSON is made from sorted struct fields, so equal data has equal
/// text. How to tell it (`notification`) is not part of the fact.
fn payload_hash(data: &OrderEventData) -> String {
    let fact = OrderEventData { notification: Default::default(), ..data.clone() };
    hash(["payload", &serde_json::to_string(&fact).unwrap_or_default()])
}
