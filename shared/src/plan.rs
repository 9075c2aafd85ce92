//! Planning: what to tell whom, and why not. Pure: an event, what is known of
//! the customer and the order, the policy and the time go in; the notification
//! with its decisions comes out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Class, NotificationType, Ordering, Priority};
use crate::clock;
use crate::contact::{Country, EmailAddress, Masked, PhoneNumber, Private, Recipient};
use crate::event::{Channel, OrderEvent, OrderEventData};
use crate::id::{DeliveryId, NotificationKey, hash};
use crate::profile::Profile;

/// The shop's part of the policy.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language where nobody names one, BCP 47.
    pub default_locale: String,
    /// Where SMS may go; everywhere if empty.
    pub sms_countries: Vec<Country>,
}

/// What has been told about an order so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderState {
    /// The highest lifecycle rank told.
    pub rank: Option<u32>,
    /// The newest event time told.
    pub newest_event_time: Option<Timestamp>,
}

impl OrderState {
    /// Whether a fact of a higher rank, that happened later, was told.
    pub fn is_newer_than(&self, lifecycle_rank: u32, event_time: Timestamp) -> bool {
        self.rank.is_some_and(|told| told > lifecycle_rank)
            && self.newest_event_time.is_some_and(|told| told > event_time)
    }
}

/// One notification with every decision about it; what the ledger keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Its key within the order.
    pub key: NotificationKey,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The event that first told the fact.
    pub event_id: String,
    /// That event's publisher.
    pub source: String,
    /// When the fact happened.
    pub event_time: Timestamp,
    /// When the decisions were made.
    pub decided_at: Timestamp,
    /// The language to write in, BCP 47.
    pub locale: String,
    /// The customer's time zone, an IANA name.
    pub time_zone: String,
    /// Whom it serves.
    pub class: Class,
    /// Which goes first.
    pub priority: Priority,
    /// Where in an order's life the fact stands.
    pub lifecycle_rank: u32,
    /// When it is no longer worth telling.
    pub not_after: Timestamp,
    /// A hash of the event's data: tells a repetition from a contradiction.
    pub payload_hash: String,
    /// Who is told.
    pub deliveries: Vec<PlannedDelivery>,
    /// Who is not, and why.
    pub skips: Vec<Skip>,
    /// The event's data, for rendering.
    pub data: OrderEventData,
}

/// A delivery to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedDelivery {
    /// Names the delivery.
    pub delivery_id: DeliveryId,
    /// To whom.
    pub recipient: Recipient,
    /// How it follows others about the order on its channel.
    pub ordering: Ordering,
    /// What follows if it fails for good.
    #[serde(default, skip_serializing_if = "Fallback::is_empty")]
    pub fallback: Fallback,
}

/// One recipient of a notification, and the delivery to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Names the delivery.
    pub delivery_id: DeliveryId,
    /// To whom.
    pub recipient: Recipient,
    /// How it follows others about the order on its channel.
    pub ordering: Ordering,
}

/// The rest of a route ("push or else sms"): if the delivery and all its
/// siblings on the channel fail for good, the next channel is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fallback {
    /// The route's other deliveries on the same channel.
    pub siblings: Vec<DeliveryId>,
    /// The recipients on each of the channels that follow.
    pub next: Vec<Vec<Target>>,
}

impl Fallback {
    /// Whether nothing follows.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }
}

impl PlannedDelivery {
    /// The deliveries to these targets of one channel, of which each falls back
    /// to `next` if all fail.
    pub fn of_channel(targets: Vec<Target>, next: &[Vec<Target>]) -> Vec<Self> {
        let ids: Vec<_> = targets.iter().map(|target| target.delivery_id.clone()).collect();
        let planned = |target: Target| {
            let others = |id: &&DeliveryId| **id != target.delivery_id;
            let siblings = ids.iter().filter(others).cloned().collect();
            let fallback = match next {
                [] => Fallback::default(),
                next => Fallback { siblings, next: next.to_vec() },
            };
            let Target { delivery_id, recipient, ordering } = target;
            Self { delivery_id, recipient, ordering, fallback }
        };
        targets.into_iter().map(planned).collect()
    }
}

/// A channel, or a recipient on it, that is not used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Skip {
    /// Which channel.
    pub channel: Channel,
    /// Which recipient, if one was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Masked>,
    /// Why.
    pub reason: SkipReason,
}

/// Why a channel or a recipient is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Neither event nor profile holds a contact point.
    NoRecipient,
    /// What they hold is no address or number that can be sent to.
    InvalidRecipient,
    /// An earlier channel of the route ("push or else sms") is usable.
    ReachedByEarlierChannel,
    /// The number's country is not one the shop sends SMS to.
    CountryNotAllowed,
    /// The device has no push endpoint: the shop has no platform application.
    NoPushEndpoint,
    /// The event names its channels, and this is none of them.
    NotRequested,
    /// The fact is older than its type's budget.
    Expired,
    /// A newer fact about the order has been told, and on this channel the
    /// newest wins.
    Superseded,
}

impl SkipReason {
    /// The reason code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRecipient => "no_recipient",
            Self::InvalidRecipient => "invalid_recipient",
            Self::ReachedByEarlierChannel => "reached_by_earlier_channel",
            Self::CountryNotAllowed => "country_not_allowed",
            Self::NoPushEndpoint => "no_push_endpoint",
            Self::NotRequested => "not_requested",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
        }
    }
}

/// Decides who is told about an event, on which channels, and why not on the
/// others. Every channel of every route ends in a delivery or a skip.
pub fn plan(
    event: OrderEvent,
    kind: &NotificationType,
    profile: Option<&Profile>,
    state: &OrderState,
    settings: &Settings,
    now: Timestamp,
) -> Notification {
    let key = kind.notification_key(&event.data);
    let not_after = clock::after(event.time, kind.not_after);
    let context = Context { event: &event, kind, key: &key, profile, state, settings };
    let mut decisions = Decisions::default();
    decisions.skip_all(&not_requested(&event.data, kind), SkipReason::NotRequested);
    for route in routes(&event.data, kind) {
        if now > not_after {
            decisions.skip_all(&route, SkipReason::Expired);
        } else {
            context.decide_route(&route, &mut decisions);
        }
    }
    Notification {
        locale: locale(&event.data, profile, settings),
        time_zone: time_zone(&event.data, profile),
        class: kind.class,
        priority: kind.priority,
        lifecycle_rank: kind.lifecycle_rank,
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
fn routes(data: &OrderEventData, kind: &NotificationType) -> Vec<Vec<Channel>> {
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
    fn skip_all(&mut self, channels: &[Channel], reason: SkipReason) {
        let skip = |&channel: &Channel| Skip { channel, recipient: None, reason };
        self.skips.extend(channels.iter().map(skip));
    }
}

struct Context<'a> {
    event: &'a OrderEvent,
    kind: &'a NotificationType,
    key: &'a NotificationKey,
    profile: Option<&'a Profile>,
    state: &'a OrderState,
    settings: &'a Settings,
}

impl Context<'_> {
    fn decide_route(&self, route: &[Channel], decisions: &mut Decisions) {
        for (position, &channel) in route.iter().enumerate() {
            if self.is_superseded(channel) {
                decisions.skip_all(&[channel], SkipReason::Superseded);
                continue;
            }
            let (targets, skips) = self.targets(channel);
            decisions.skips.extend(skips);
            if !targets.is_empty() {
                let rest = &route[position + 1..];
                let next = rest.iter().filter(|&&channel| !self.is_superseded(channel));
                let next = next.map(|&channel| self.targets(channel).0);
                let next: Vec<_> = next.filter(|targets| !targets.is_empty()).collect();
                decisions.deliveries.extend(PlannedDelivery::of_channel(targets, &next));
                decisions.skip_all(rest, SkipReason::ReachedByEarlierChannel);
                return;
            }
        }
    }

    /// Whether a newer fact about the order was told and the newest wins here.
    fn is_superseded(&self, channel: Channel) -> bool {
        self.kind.ordering(channel) == Ordering::Latest
            && self.state.is_newer_than(self.kind.lifecycle_rank, self.event.time)
    }

    fn targets(&self, channel: Channel) -> (Vec<Target>, Vec<Skip>) {
        let (recipients, skips) = self.recipients(channel);
        let target = |recipient| Target {
            delivery_id: delivery_id(self.event.data.order.id.as_str(), self.key, &recipient),
            ordering: self.kind.ordering(channel),
            recipient,
        };
        (recipients.into_iter().map(target).collect(), skips)
    }

    fn recipients(&self, channel: Channel) -> (Vec<Recipient>, Vec<Skip>) {
        let skip = |reason| (Vec::new(), vec![Skip { channel, recipient: None, reason }]);
        let customer = &self.event.data.customer;
        match channel {
            Channel::Email => {
                let profile = self.profile.and_then(|profile| profile.email.as_ref());
                match contact(customer.email.as_ref(), profile, EmailAddress::parse) {
                    Ok(address) => (vec![Recipient::Email { address }], Vec::new()),
                    Err(reason) => skip(reason),
                }
            }
            Channel::Sms => {
                let profile = self.profile.and_then(|profile| profile.phone.as_ref());
                match contact(customer.phone.as_ref(), profile, PhoneNumber::parse) {
                    Ok(phone) if !phone.is_in(&self.settings.sms_countries) => {
                        let recipient = Some(phone.masked());
                        let reason = SkipReason::CountryNotAllowed;
                        (Vec::new(), vec![Skip { channel, recipient, reason }])
                    }
                    Ok(phone) => (vec![Recipient::Sms { phone }], Vec::new()),
                    Err(reason) => skip(reason),
                }
            }
            Channel::Push => self.devices(),
        }
    }

    fn devices(&self) -> (Vec<Recipient>, Vec<Skip>) {
        let channel = Channel::Push;
        let devices = self.profile.map_or(&[][..], |profile| &profile.devices);
        if devices.is_empty() {
            let reason = SkipReason::NoRecipient;
            return (Vec::new(), vec![Skip { channel, recipient: None, reason }]);
        }
        let (mut recipients, mut skips) = (Vec::new(), Vec::new());
        for device in devices {
            let (id, platform) = (device.id(), device.platform);
            match &device.endpoint_arn {
                Some(arn) => {
                    let endpoint_arn = arn.clone();
                    recipients.push(Recipient::Push { device: id, platform, endpoint_arn });
                }
                None => {
                    let recipient = Some(crate::contact::masked_device(platform, &id));
                    skips.push(Skip { channel, recipient, reason: SkipReason::NoPushEndpoint });
                }
            }
        }
        (recipients, skips)
    }
}

/// The event's contact point, else the profile's; blank text is none.
fn contact<T, E>(
    event: Option<&Private>,
    profile: Option<&Private>,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, SkipReason> {
    let mut known = [event, profile].into_iter().flatten().map(Private::reveal);
    let known = known.find(|text| !text.trim().is_empty());
    parse(known.ok_or(SkipReason::NoRecipient)?).map_err(|_| SkipReason::InvalidRecipient)
}

/// `hash(order, notification key, channel, recipient)`.
pub fn delivery_id(order: &str, key: &NotificationKey, recipient: &Recipient) -> DeliveryId {
    let channel = recipient.channel().as_str();
    DeliveryId::new(hash(["delivery", order, key.as_str(), channel, recipient.identity()]))
}

/// The order's language, else the customer's, the profile's, the shop's.
fn locale(data: &OrderEventData, profile: Option<&Profile>, settings: &Settings) -> String {
    let named = [
        data.order.locale.as_deref(),
        data.customer.locale.as_deref(),
        profile.and_then(|profile| profile.locale.as_deref()),
    ];
    let language_tag = |tag: &str| {
        let locale: icu_locale_core::Locale = tag.replace('_', "-").parse().ok()?;
        (!locale.id.language.is_unknown()).then(|| locale.id.to_string())
    };
    named
        .into_iter()
        .flatten()
        .find_map(language_tag)
        .unwrap_or_else(|| settings.default_locale.clone())
}

/// The customer's time zone, else the profile's, else UTC.
fn time_zone(data: &OrderEventData, profile: Option<&Profile>) -> String {
    let named = [
        data.customer.time_zone.as_deref(),
        profile.and_then(|profile| profile.time_zone.as_deref()),
    ];
    named
        .into_iter()
        .flatten()
        .find(|name| jiff::tz::TimeZone::get(name).is_ok())
        .unwrap_or("UTC")
        .to_owned()
}

/// The data's JSON is made from sorted struct fields, so equal data has equal
/// text. How to tell it (`notification`) is not part of the fact.
fn payload_hash(data: &OrderEventData) -> String {
    let fact = OrderEventData { notification: Default::default(), ..data.clone() };
    hash(["payload", &serde_json::to_string(&fact).unwrap_or_default()])
}

#[cfg(test)]
mod tests;
