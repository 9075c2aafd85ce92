//! What releasing would do: of a job that was dead-lettered, of an event, of a delivery
//! that has failed. Pure: it foresees what the senders would make of it, so that an
//! operator sees that before anything is released.

use jiff::Timestamp;

use super::DeliveryJob;
use crate::ledger::{DeliveryRecord, DeliveryState};
use crate::model::id::DeliveryId;
use crate::model::{Ordering, Reason};
use crate::plan::{Fallback, Notification, PlannedDelivery, Replanned};

/// What releasing something would do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Release {
    /// It would be sent.
    Send,
    /// An attempt may have sent it, whose outcome would be settled as the channel's
    /// policy says.
    Settle,
    /// It has failed, and the route's next channel would be taken.
    NextChannel,
    /// It would be decided when it is due.
    Wait,
    /// Nothing: its recipient was told.
    AlreadySent,
    /// Nothing: the customer was told on another channel of the route, or is about to be.
    ToldElsewhere,
    /// Nothing: the recipient was told a newer fact.
    Superseded,
    /// Nothing: it is no longer worth sending.
    Stale,
    /// Nothing: it was rejected for good.
    Rejected,
    /// Nothing: it may have been sent, and is not tried again without leave.
    Abandoned,
    /// Nothing: the recipient wants or can get no more.
    OptedOut,
    /// Nothing: the device is no longer the customer's.
    DeviceGone,
    /// Nothing: the customer was erased since.
    Erased,
    /// Nothing: nobody would be told, for this reason.
    NotWanted(Reason),
}

impl Release {
    /// The code, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Settle => "settle",
            Self::NextChannel => "next_channel",
            Self::Wait => "wait",
            Self::AlreadySent => "already_sent",
            Self::ToldElsewhere => "told_elsewhere",
            Self::Superseded => "superseded",
            Self::Stale => "stale",
            Self::Rejected => "rejected",
            Self::Abandoned => "abandoned",
            Self::OptedOut => "opted_out",
            Self::DeviceGone => "device_gone",
            Self::Erased => "erased",
            Self::NotWanted(_) => "not_wanted",
        }
    }

    /// The words for people.
    pub fn words(&self) -> String {
        match self {
            Self::Send => "send".to_owned(),
            Self::Settle => "settle an attempt that may have sent".to_owned(),
            Self::NextChannel => "take the next channel of the route".to_owned(),
            Self::Wait => "defer it until it is due".to_owned(),
            Self::AlreadySent => "nothing: already sent".to_owned(),
            Self::ToldElsewhere => "nothing: told on another channel of the route".to_owned(),
            Self::Superseded => "nothing: superseded by newer news".to_owned(),
            Self::Stale => "nothing: stale".to_owned(),
            Self::Rejected => "nothing: rejected for good".to_owned(),
            Self::Abandoned => "nothing: abandoned, may have been sent".to_owned(),
            Self::OptedOut => "nothing: opted out".to_owned(),
            Self::DeviceGone => "nothing: the device is no longer the customer's".to_owned(),
            Self::Erased => format!("nothing: {}", Reason::Erased.words()),
            Self::NotWanted(reason) => format!("nothing: {}", reason.words()),
        }
    }

    /// Whether it would do something.
    pub fn does_something(&self) -> bool {
        matches!(self, Self::Send | Self::Settle | Self::NextChannel | Self::Wait)
    }
}

/// Whether a recipient still is who they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee {
    /// As far as is known.
    Same,
    /// The device was removed, disabled or registered by another.
    DeviceGone,
    /// The customer was erased.
    Erased,
}

/// What is known of a job's delivery and its order.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The delivery's record.
    pub record: Option<&'a DeliveryRecord>,
    /// The order's deliveries.
    pub of_order: &'a [DeliveryRecord],
    /// Whether the recipient still is who they were.
    pub addressee: Addressee,
}

/// What releasing a job would do.
pub fn release(job: &DeliveryJob, known: &Known<'_>, now: Timestamp) -> Release {
    match known.record.map(|record| (record, record.state)) {
        Some((record, state)) if state.is_settled() => {
            let failed = matches!(state, DeliveryState::Rejected | DeliveryState::Abandoned);
            let is_erased = known.addressee == Addressee::Erased;
            if failed
                && !is_erased
                && now <= job.not_after
                && is_next_channel_open(job, known.of_order)
            {
                Release::NextChannel
            } else {
                settled(record)
            }
        }
        Some((_, DeliveryState::Sending | DeliveryState::Unknown)) => {
            unwanted(job, known, now).unwrap_or(Release::Settle)
        }
        _ => unwanted(job, known, now).unwrap_or(Release::Send),
    }
}

/// How a settled delivery stands, for which a job does nothing more.
fn settled(record: &DeliveryRecord) -> Release {
    let cause = record.reason.as_ref().map(Reason::cause);
    match record.state {
        DeliveryState::Rejected if cause == Some(&Reason::OptedOut) => Release::OptedOut,
        DeliveryState::Rejected if cause == Some(&Reason::Erased) => Release::Erased,
        DeliveryState::Rejected => Release::Rejected,
        DeliveryState::Abandoned => Release::Abandoned,
        DeliveryState::Expired => Release::Stale,
        DeliveryState::Superseded => Release::Superseded,
        DeliveryState::Suppressed => Release::OptedOut,
        _ => Release::AlreadySent,
    }
}

/// Whether a sender would find that the message is no longer wanted.
fn unwanted(job: &DeliveryJob, known: &Known<'_>, now: Timestamp) -> Option<Release> {
    let facts = job.facts();
    let newer = |told: &DeliveryRecord| told.is_told() && told.facts.supersede(&facts);
    if now > job.not_after {
        Some(Release::Stale)
    } else if known.addressee == Addressee::Erased {
        Some(Release::Erased)
    } else if job.ordering == Ordering::Latest && known.of_order.iter().any(newer) {
        Some(Release::Superseded)
    } else if known.addressee == Addressee::DeviceGone {
        Some(Release::DeviceGone)
    } else {
        None
    }
}

/// Whether there is a next channel that nobody has touched: the one that was to take it
/// may have died before.
fn is_next_channel_open(job: &DeliveryJob, of_order: &[DeliveryRecord]) -> bool {
    let next: Vec<_> = job.next_channel().iter().map(DeliveryJob::facts).collect();
    let touched = |record: &DeliveryRecord| {
        next.iter().any(|next| {
            record.facts.notification == next.notification
                && record.facts.channel == next.channel
                && record.facts.recipient_hash == next.recipient_hash
        })
    };
    !next.is_empty() && !of_order.iter().any(touched)
}

/// What releasing an event would do: planning it, and what becomes of the deliveries.
pub fn release_event(
    replanned: &Replanned,
    deliveries: &[(DeliveryId, DeliveryRecord)],
    now: Timestamp,
) -> Release {
    let notification = replanned.notification();
    let of_order: Vec<_> = deliveries.iter().map(|(_, record)| record.clone()).collect();
    let outcomes = DeliveryJob::of(notification).into_iter().map(|job| {
        let record = record_of(&job.delivery_id, deliveries);
        // Whether a device is still there, its sender looks up.
        let known = Known { record, of_order: &of_order, addressee: Addressee::Same };
        release(&job, &known, now)
    });
    let outcomes: Vec<_> = outcomes.collect();
    let something = outcomes.iter().find(|outcome| outcome.does_something());
    if something.is_none() && notification.due_at().is_some() {
        return Release::Wait;
    }
    something.or(outcomes.first()).cloned().unwrap_or_else(|| nobody(notification))
}

/// Why an event would notify nobody.
fn nobody(notification: &Notification) -> Release {
    let reasons = || notification.skips.iter().map(|skip| &skip.reason);
    if reasons().any(|reason| *reason == Reason::Expired) {
        return Release::Stale;
    }
    Release::NotWanted(reasons().next().cloned().unwrap_or(Reason::NoRecipient))
}

/// Whether an operator takes it upon them that a customer may be told twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// What may have been sent stays.
    Never,
    /// It is sent all the same.
    MayDuplicate,
}

/// What releasing a delivery of this notification would do that has failed: `job` as
/// rebuilt from the stored decisions.
pub fn release_failed(
    job: &DeliveryJob,
    notification: &Notification,
    deliveries: &[(DeliveryId, DeliveryRecord)],
    addressee: Addressee,
    consent: Consent,
    now: Timestamp,
) -> Release {
    let of_order: Vec<_> = deliveries.iter().map(|(_, record)| record.clone()).collect();
    let Some(record) = record_of(&job.delivery_id, deliveries) else { return Release::Send };
    let known = Known { record: Some(record), of_order: &of_order, addressee };
    let failed = matches!(record.state, DeliveryState::Rejected | DeliveryState::Abandoned);
    if !failed {
        return release(job, &known, now);
    }
    if let Some(unwanted) = unwanted(job, &known, now) {
        return unwanted;
    }
    if settled(record) == Release::OptedOut {
        return Release::OptedOut;
    }
    let elsewhere = others_of_route(notification, job);
    if elsewhere.iter().any(|id| record_of(id, deliveries).is_some_and(is_told_or_soon)) {
        return Release::ToldElsewhere;
    }
    if may_have_been_sent(record) && consent == Consent::Never {
        return Release::Abandoned;
    }
    Release::Send
}

fn record_of<'d>(
    id: &DeliveryId,
    deliveries: &'d [(DeliveryId, DeliveryRecord)],
) -> Option<&'d DeliveryRecord> {
    deliveries.iter().find(|(known, _)| known == id).map(|(_, record)| record)
}

/// Whether an attempt of it ended without a known outcome.
fn may_have_been_sent(record: &DeliveryRecord) -> bool {
    let reason = record.reason.as_ref();
    record.state == DeliveryState::Abandoned
        || record.doubts > 0
        || reason.is_some_and(|reason| matches!(reason, Reason::MayHaveBeenSent(_)))
}

/// Whether its recipient was told, or an attempt is under way or follows.
fn is_told_or_soon(record: &DeliveryRecord) -> bool {
    record.is_told() || !record.state.is_settled()
}

/// The deliveries of the job's route on its other channels.
fn others_of_route(notification: &Notification, job: &DeliveryJob) -> Vec<DeliveryId> {
    let mut others = Vec::new();
    for planned in &notification.deliveries {
        let PlannedDelivery { delivery_id, fallback: Fallback { next, .. }, recipient, .. } =
            planned;
        let targets = next.iter().flatten().map(|t| (&t.delivery_id, t.recipient.channel()));
        let route: Vec<_> = targets.chain([(delivery_id, recipient.channel())]).collect();
        if route.iter().any(|(id, _)| **id == job.delivery_id) {
            let others_here = route.iter().filter(|(_, channel)| *channel != job.channel());
            others.extend(others_here.map(|(id, _)| (*id).clone()));
        }
    }
    others
}
