//! One route: its channels in turn, until one reaches the customer. Each is used, skipped
//! or waited for.

use jiff::Timestamp;

use super::decide::{contacts, delivery_id, routes};
use super::zones::wall_clocks;
use super::{Deferral, PlannedDelivery, Settings, Skip, Target};
use crate::catalogue::NotificationType;
use crate::channel::{Contacts, Recipient, Unusable, rules};
use crate::customer::{KnownCustomer, Objection, objection};
use crate::event::OrderEvent;
use crate::model::id::NotificationKey;
use crate::model::{Channel, Reason, clock};

/// What was decided of one notification.
#[derive(Default)]
pub(super) struct Decisions {
    pub(super) deliveries: Vec<PlannedDelivery>,
    pub(super) skips: Vec<Skip>,
    pub(super) deferrals: Vec<Deferral>,
}

impl Decisions {
    pub(super) fn skip_all(&mut self, channels: &[Channel], reason: &Reason) {
        self.skips.extend(channels.iter().map(|&channel| Skip::of(channel, reason, None)));
    }

    pub(super) fn defer(
        &mut self,
        channels: Vec<Channel>,
        reason: Reason,
        at: Timestamp,
        until: Timestamp,
    ) {
        self.deferrals.push(Deferral { channels, reason, at, until, decided_at: None });
    }
}

/// What a notification is decided by.
pub(super) struct Context<'a> {
    event: &'a OrderEvent,
    kind: &'a NotificationType,
    key: &'a NotificationKey,
    known: &'a KnownCustomer,
    settings: &'a Settings,
    not_after: Timestamp,
    now: Timestamp,
    /// The channel that the customer is told on although they don't want it.
    last: Option<Channel>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        event: &'a OrderEvent,
        kind: &'a NotificationType,
        key: &'a NotificationKey,
        known: &'a KnownCustomer,
        settings: &'a Settings,
        now: Timestamp,
    ) -> Self {
        let not_after = clock::after(event.time, kind.not_after);
        let mut context = Self { event, kind, key, known, settings, not_after, now, last: None };
        context.last = context.last_channel(&routes(&event.data, kind).concat());
        context
    }

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

    /// Why nothing is sent on this route, whoever could be reached by it.
    pub(super) fn unsendable(&self, route: &[Channel]) -> Option<Reason> {
        let Self { event, kind, .. } = self;
        // A shop's own type has templates for its own routes.
        let has_none = |channel: &Channel| !kind.routes.iter().flatten().any(|of| of == channel);
        if kind.is_own && route.iter().any(has_none) {
            Some(Reason::TemplateMissing)
        } else if self.now > self.not_after {
            Some(Reason::Expired)
        } else if kind.each_change && kind.says_nothing_new(&event.data) {
            Some(Reason::NothingNew)
        } else if kind.needs_link && !event.data.has_link() {
            Some(Reason::NoLink)
        } else {
            None
        }
    }

    pub(super) fn decide_route(&self, route: &[Channel], decisions: &mut Decisions) {
        if let Some(reason) = self.unsendable(route) {
            decisions.skip_all(route, &reason);
            return;
        }
        let mut skipped = Vec::new();
        for (position, &channel) in route.iter().enumerate() {
            let (targets, skips) = self.targets(channel);
            skipped.extend(skips);
            if targets.is_empty() {
                continue;
            }
            if let Some(end) = self.quiet_until(channel) {
                if end <= self.not_after {
                    // The channels before it are decided again too.
                    decisions.defer(route.to_vec(), Reason::QuietHours, self.now, end);
                    return;
                }
                let skip =
                    |target: &Target| Skip::of_recipient(&target.recipient, Reason::QuietHours);
                skipped.extend(targets.iter().map(skip));
                continue;
            }
            let rest = &route[position + 1..];
            let next = rest.iter().map(|&channel| self.targets(channel).0);
            let next: Vec<_> = next.filter(|targets| !targets.is_empty()).collect();
            decisions.deliveries.extend(PlannedDelivery::of_channel(targets, &next));
            decisions.skips.extend(skipped);
            decisions.skip_all(rest, &Reason::ReachedByEarlierChannel);
            return;
        }
        decisions.skips.extend(skipped);
    }

    /// When the quiet hours end, if it is quiet where the customer is, and this message
    /// would disturb them.
    fn quiet_until(&self, channel: Channel) -> Option<Timestamp> {
        let hours = self.settings.quiet_hours.filter(|_| self.kind.quiet.contains(&channel))?;
        let profile = self.known.profile.as_ref();
        hours.end(self.now, &wall_clocks(&self.event.data, profile, self.settings))
    }

    /// Who is told on a channel, and who is not, and why.
    fn targets(&self, channel: Channel) -> (Vec<Target>, Vec<Skip>) {
        let (usable, mut skips) = self.usable(channel);
        let mut targets = Vec::new();
        for target in usable {
            match self.objection(&target.recipient) {
                Some(Objection { reason, since }) => {
                    skips.push(Skip { since, ..Skip::of_recipient(&target.recipient, reason) });
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
                        since: Some(suppression.at),
                        ..Skip::of_recipient(&recipient, suppression.reason.clone())
                    }),
                    None => targets.push(Target {
                        delivery_id: delivery_id(&self.event.data.order.id, self.key, &recipient),
                        ordering: self.kind.ordering(channel),
                        recipient,
                    }),
                },
                Err(Unusable { recipient, reason }) => {
                    skips.push(Skip { recipient, ..Skip::of(channel, &reason, None) });
                }
            }
        }
        (targets, skips)
    }

    fn contacts(&self) -> Contacts<'_> {
        contacts(&self.event.data, self.known.profile.as_ref(), self.settings)
    }
}
