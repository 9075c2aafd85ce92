//! An order's timeline as the page shows it: by fact, and in each fact by
//! delivery.

use bellhop::ledger::{DeliveryState, TimelineEntry, What};
use bellhop::model::id::{DeliveryId, NotificationKey};
use bellhop::model::{EventId, ProviderMessageId, Reason};
use serde::Serialize;

use super::message::Moment;
use super::orders::{Found, OrdersError};

/// What became of a message's order.
#[derive(Debug, Default, Serialize)]
pub(super) struct Story {
    order: Option<String>,
    problem: Option<String>,
    chapters: Vec<Chapter>,
}

/// One fact that customers are notified of.
#[derive(Debug, Serialize)]
struct Chapter {
    title: String,
    discriminator: String,
    event_id: Option<EventId>,
    at: Moment,
    tracks: Vec<Track>,
    #[serde(skip)]
    key: Option<NotificationKey>,
}

/// One delivery of it, or why there is none.
#[derive(Debug, Serialize)]
struct Track {
    delivery: Option<DeliveryId>,
    channel: Option<&'static str>,
    recipient: Option<String>,
    state: What,
    tone: Tone,
    reason: Option<Reason>,
    /// The reason in words.
    words: Option<String>,
    detail: Option<String>,
    steps: Vec<Step>,
    /// The message, if it was recorded.
    number: Option<usize>,
    /// Whether it is the message shown.
    shown: bool,
}

#[derive(Debug, Serialize)]
struct Step {
    at: Moment,
    what: What,
    reason: Option<Reason>,
}

/// How a state is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Tone {
    Good,
    Open,
    Bad,
    Quiet,
}

impl Tone {
    fn of(what: What) -> Self {
        use DeliveryState::{
            Abandoned, Accepted, Bounced, Complained, Delivered, Expired, Rejected, RetryWait,
            Sending, Superseded, Suppressed, Undelivered, Unknown,
        };

        match what {
            What::Planned | What::Deferred => Self::Open,
            What::Skipped | What::Repaired | What::NotTold => Self::Quiet,
            What::Delivery(state) => match state {
                Accepted | Delivered => Self::Good,
                Sending | RetryWait | Unknown => Self::Open,
                Bounced | Complained | Undelivered | Rejected | Abandoned => Self::Bad,
                Suppressed | Expired | Superseded => Self::Quiet,
            },
        }
    }
}

impl Story {
    /// `place` finds the recorded message with a provider's message id.
    pub(super) fn of(
        found: Result<Option<Found>, OrdersError>,
        place: impl Fn(&ProviderMessageId) -> Option<usize>,
    ) -> Self {
        match found {
            Ok(Some(found)) => {
                let mut chapters: Vec<Chapter> = Vec::new();
                for entry in found.timeline {
                    add(&mut chapters, entry, &found.delivery, &place);
                }
                let order = Some(found.order.as_str().to_owned());
                Self { order, chapters, ..Self::default() }
            }
            Ok(None) => Self::default(),
            Err(error) => Self { problem: Some(error.to_string()), ..Self::default() },
        }
    }
}

fn add(
    chapters: &mut Vec<Chapter>,
    entry: TimelineEntry,
    shown: &DeliveryId,
    place: impl Fn(&ProviderMessageId) -> Option<usize>,
) {
    let known = chapters.iter_mut().find(|c| c.key.is_some() && c.key == entry.notification);
    let tracks = match known {
        Some(chapter) => &mut chapter.tracks,
        None => &mut chapters.push_mut(Chapter::opened_by(&entry)).tracks,
    };
    let known = tracks.iter_mut().find(|t| t.delivery.is_some() && t.delivery == entry.delivery_id);
    let track = match known {
        Some(track) => track,
        None => tracks.push_mut(Track::opened_by(&entry, shown)),
    };
    track.number = entry.provider_message_id.as_ref().and_then(place).or(track.number);
    track.tone = Tone::of(entry.what);
    track.state = entry.what;
    track.words = entry.reason.as_ref().map(|reason| reason.words().into_owned());
    track.reason.clone_from(&entry.reason);
    track.steps.push(Step { at: entry.at.into(), what: entry.what, reason: entry.reason });
}

impl Chapter {
    fn opened_by(entry: &TimelineEntry) -> Self {
        let title = entry.kind.as_deref().unwrap_or("event");
        let key = entry.notification.as_ref().map_or("", NotificationKey::as_str);
        let discriminator = key.strip_prefix(title).unwrap_or_default().trim_start_matches('#');
        Self {
            title: title.to_owned(),
            discriminator: discriminator.to_owned(),
            event_id: entry.event_id.clone(),
            at: entry.at.into(),
            tracks: Vec::new(),
            key: entry.notification.clone(),
        }
    }
}

impl Track {
    fn opened_by(entry: &TimelineEntry, shown: &DeliveryId) -> Self {
        Self {
            delivery: entry.delivery_id.clone(),
            channel: entry.channel.map(|channel| channel.as_str()),
            recipient: entry.recipient.as_ref().map(|recipient| recipient.as_str().to_owned()),
            state: entry.what,
            tone: Tone::Quiet,
            reason: None,
            words: None,
            detail: entry.detail.clone(),
            steps: Vec::new(),
            number: None,
            shown: entry.delivery_id.as_ref() == Some(shown),
        }
    }
}

#[cfg(test)]
mod tests {
    use bellhop::model::{Channel, Masked, OrderId};

    use super::*;

    const ACCEPTED: What = What::Delivery(DeliveryState::Accepted);

    fn entry(at: i64, key: &str, what: What, delivery: Option<&str>) -> TimelineEntry {
        TimelineEntry {
            at: jiff::Timestamp::from_second(at).unwrap(),
            kind: key.split('#').next().map(str::to_owned),
            notification: Some(key.into()),
            channel: Some(Channel::Sms),
            recipient: Some(Masked::already("+43…67")),
            what,
            reason: None,
            detail: None,
            until: None,
            event_id: None,
            delivery_id: delivery.map(DeliveryId::new),
            provider_message_id: (what == ACCEPTED).then(|| format!("m-{at}").into()),
        }
    }

    fn note(at: i64) -> TimelineEntry {
        TimelineEntry { notification: None, ..entry(at, "order.paid", What::NotTold, None) }
    }

    fn story(timeline: Vec<TimelineEntry>) -> Story {
        let order = OrderId::parse("A-1").unwrap();
        let found = Found { order, delivery: DeliveryId::new("d-2"), timeline };
        Story::of(Ok(Some(found)), |id| (*id == "m-5").then_some(7))
    }

    #[test]
    fn each_fact_has_its_deliveries_and_each_delivery_its_steps() {
        let story = story(vec![
            entry(1, "order.paid", What::Planned, Some("d-1")),
            entry(2, "order.shipped#s-1", What::Planned, Some("d-2")),
            entry(3, "order.shipped#s-1", What::Skipped, None),
            entry(4, "order.shipped#s-1", What::Delivery(DeliveryState::Sending), Some("d-2")),
            entry(5, "order.shipped#s-1", ACCEPTED, Some("d-2")),
            entry(6, "order.paid", What::Delivery(DeliveryState::Rejected), Some("d-1")),
        ]);
        let [paid, shipped] = &story.chapters[..] else { panic!("{story:?}") };
        assert_eq!((&*paid.title, &*paid.discriminator), ("order.paid", ""));
        assert_eq!((&*shipped.title, &*shipped.discriminator), ("order.shipped", "s-1"));

        let [rejected] = &paid.tracks[..] else { panic!("{paid:?}") };
        assert_eq!(
            (rejected.state.as_str(), rejected.tone, rejected.shown),
            ("rejected", Tone::Bad, false)
        );
        assert_eq!(rejected.number, None);
        let [accepted, skipped] = &shipped.tracks[..] else { panic!("{shipped:?}") };
        assert_eq!(
            (accepted.state.as_str(), accepted.tone, accepted.shown),
            ("accepted", Tone::Good, true)
        );
        assert_eq!((accepted.steps.len(), accepted.number), (3, Some(7)));
        assert_eq!((skipped.state.as_str(), skipped.tone), ("skipped", Tone::Quiet));
    }

    #[test]
    fn events_that_notified_nobody_stand_alone() {
        let story =
            story(vec![note(1), note(2), entry(3, "order.paid", What::Planned, Some("d-1"))]);
        assert_eq!(story.chapters.len(), 3);
    }

    #[test]
    fn a_ledger_that_does_not_answer_is_said() {
        let story = Story::of(Err(OrdersError::Late), |_| None);
        assert_eq!(story.problem.as_deref(), Some("the local AWS does not answer"));
        assert!(Story::of(Ok(None), |_| None).problem.is_none());
    }
}
