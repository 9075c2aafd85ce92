//! What a ledger of deliveries does: it carries out the state machine's
//! transitions, and conflicts where the machine does not allow one.

use std::time::Duration;

use bellhop::delivery::DeliveryJob;
use bellhop::ledger::transition::{
    abandoned, accepted, claim, conflicting_claim, lease_expired, outcome_unknown, park, rejected,
    reopen, reported, retry, settled_unsent,
};
use bellhop::ledger::{
    Claim, DeliveryKey, DeliveryRecord, DeliveryState, Fenced, Hold, Tally, Transition,
};
use bellhop::model::Report;
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, Reason, clock};
use jiff::Timestamp;

use super::{Ledger, fresh};
use crate::at;
use crate::job::job_about;

/// A delivery of its own, and the moments around its first attempt.
pub(super) struct Delivery<'a, L> {
    ledger: &'a L,
    pub(super) job: DeliveryJob,
    pub(super) key: DeliveryKey,
}

/// So many milliseconds after these deliveries begin.
pub(super) fn t(millis: u64) -> Timestamp {
    clock::after(at("2026-11-23T09:30:00.005Z"), Duration::from_millis(millis))
}

pub(super) fn attempt(name: &str) -> AttemptId {
    AttemptId::new(name)
}

impl<'a, L: Ledger> Delivery<'a, L> {
    pub(super) fn new(ledger: &'a L) -> Self {
        let job = job_about(&fresh("order"), Channel::Email);
        Self { ledger, key: job.key(), job }
    }

    /// The record, as reading the order gives it.
    pub(super) async fn stored(&self) -> Option<DeliveryRecord> {
        let mut deliveries = self.ledger.order(&self.key.order_id).await.unwrap().deliveries;
        assert!(deliveries.len() <= 1);
        let record = deliveries.pop().map(|(id, record)| {
            assert_eq!(id, self.key.delivery_id);
            record
        });
        assert_eq!(self.ledger.delivery(&self.key).await.unwrap(), record);
        let of_order = self.ledger.deliveries_of(&self.key.order_id).await.unwrap();
        assert_eq!(of_order, Vec::from_iter(record.clone()));
        record
    }

    /// Applies a transition that must be applied; the record after it.
    async fn apply(&self, transition: Transition) -> DeliveryRecord {
        let answer = self.ledger.apply(&self.key, &transition).await.unwrap();
        let record = self.stored().await.unwrap();
        assert_eq!(answer, Fenced::Applied(record.tally()), "{transition:?}");
        record
    }

    /// Tries a transition that must conflict: the conflict comes with the
    /// record, which stands as it was.
    async fn conflict(&self, transition: Transition) -> DeliveryRecord {
        let before = self.stored().await.unwrap();
        let answer = self.ledger.apply(&self.key, &transition).await.unwrap();
        let conflict = Fenced::Conflict(Some(Box::new(before.clone())));
        assert_eq!(answer, conflict, "{transition:?}");
        assert_eq!(self.stored().await, Some(before.clone()));
        before
    }

    /// The claim of an attempt that has ten seconds.
    pub(super) fn claim(&self, name: &str, now: Timestamp) -> Transition {
        let lease_until = clock::after(now, Duration::from_secs(10));
        claim(self.job.facts(), &attempt(name), &format!("hash of {name}"), now, lease_until)
    }
}

/// The first claim makes the record.
pub async fn a_new_delivery_is_claimed(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    assert_eq!(delivery.stored().await, None);
    let record = delivery.apply(delivery.claim("a", t(0))).await;
    assert_eq!(record.facts, delivery.job.facts());
    assert_eq!((record.state, record.attempts), (DeliveryState::Sending, 1));
    assert_eq!(record.attempt_id, Some(attempt("a")));
    assert_eq!(record.lease_until, Some(t(10_000)));
    assert_eq!(record.payload_hash.as_deref(), Some("hash of a"));
    assert_eq!((record.created_at, record.updated_at), (t(0), t(0)));
    assert_eq!((record.reason, record.next_at, record.provider_message_id), (None, None, None));
}

/// Whoever meets a conflict learns who holds the delivery, and until when.
pub async fn a_live_claim_conflicts_with_another(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;

    let found = delivery.conflict(delivery.claim("b", t(1))).await;
    let read = |name, now| conflicting_claim(&found, Some(&attempt(name)), now);
    assert_eq!(read("b", t(1)), Claim::NotBefore(t(10_000)));
    assert_eq!(
        read("b", t(10_001)),
        Claim::LeaseExpired { owner: attempt("a"), tally: Tally { attempts: 1, doubts: 0 } }
    );
    assert_eq!(read("a", t(1)), Claim::Ours(Tally { attempts: 1, doubts: 0 }));

    // A lease that has run out sends nothing by itself.
    delivery.conflict(delivery.claim("b", t(10_001))).await;
    // The attempt's own write, tried again.
    delivery.conflict(delivery.claim("a", t(0))).await;
}

/// To the millisecond.
pub async fn a_waiting_delivery_is_claimed_when_it_is_due(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    let waiting = delivery.apply(retry(&attempt("a"), &"Throttling".into(), t(5_000), t(1))).await;
    assert_eq!((waiting.state, waiting.attempts), (DeliveryState::RetryWait, 1));
    assert_eq!((waiting.next_at, waiting.lease_until), (Some(t(5_000)), None));
    assert_eq!(waiting.reason, Some("Throttling".into()));

    let found = delivery.conflict(delivery.claim("b", t(4_999))).await;
    assert_eq!(
        conflicting_claim(&found, Some(&attempt("b")), t(4_999)),
        Claim::NotBefore(t(5_000))
    );
    let record = delivery.apply(delivery.claim("b", t(5_000))).await;
    assert_eq!((record.state, record.attempts), (DeliveryState::Sending, 2));
    assert_eq!((record.reason, record.next_at), (None, None));
}

/// After the provider has had time to say what became of the attempt.
pub async fn a_doubtful_delivery_is_claimed_when_it_is_due(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    let doubt = outcome_unknown(&attempt("a"), &"no_answer".into(), Some(t(5_000)), t(1));
    let record = delivery.apply(doubt).await;
    assert_eq!((record.state, record.next_at), (DeliveryState::Unknown, Some(t(5_000))));

    delivery.conflict(delivery.claim("b", t(4_999))).await;
    let record = delivery.apply(delivery.claim("b", t(5_000))).await;
    assert_eq!((record.attempt_id, record.attempts), (Some(attempt("b")), 2));
}

/// However it ended.
pub async fn a_settled_delivery_is_never_claimed_again(ledger: &impl Ledger) {
    let a = attempt("a");
    let doubt = outcome_unknown(&a, &"no_answer".into(), None, t(1));
    for (end, state) in [
        (accepted(&a, &"provider-id".into(), t(1)), DeliveryState::Accepted),
        (rejected(&a, &"MessageRejected".into(), t(1)), DeliveryState::Rejected),
        (doubt, DeliveryState::Abandoned),
    ] {
        let delivery = Delivery::new(ledger);
        delivery.apply(delivery.claim("a", t(0))).await;
        delivery.apply(end).await;
        let found = delivery.conflict(delivery.claim("b", t(1_000_000))).await;
        let claim = conflicting_claim(&found, Some(&attempt("b")), t(1_000_000));
        assert!(
            matches!(claim, Claim::Settled { state: found, .. } if found == state),
            "{claim:?}"
        );
    }
    let delivery = Delivery::new(ledger);
    let expired =
        settled_unsent(delivery.job.facts(), DeliveryState::Expired, &"not_after".into(), t(0));
    delivery.apply(expired).await;
    let found = delivery.conflict(delivery.claim("b", t(1))).await;
    let claim = conflicting_claim(&found, Some(&attempt("b")), t(1));
    let expired = DeliveryState::Expired;
    assert!(matches!(claim, Claim::Settled { state, .. } if state == expired), "{claim:?}");
}

/// Fault 11: whatever it comes to say, and however late.
pub async fn an_attempt_that_was_taken_over_changes_nothing(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let a = attempt("a");
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(lease_expired(&a, Some(t(20_000)), t(10_001))).await;
    delivery.apply(delivery.claim("b", t(20_000))).await;
    for late in [
        accepted(&a, &"late".into(), t(20_001)),
        retry(&a, &"late".into(), t(20_001), t(20_001)),
        rejected(&a, &"late".into(), t(20_001)),
        outcome_unknown(&a, &"late".into(), None, t(20_001)),
        lease_expired(&a, None, t(99_999)),
    ] {
        delivery.conflict(late).await;
    }
    let record = delivery.apply(accepted(&attempt("b"), &"provider-id".into(), t(20_002))).await;
    assert_eq!(record.provider_message_id, Some("provider-id".into()));
}

/// It was on its way when somebody found the lease expired.
pub async fn an_answer_after_the_lease_is_recorded(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let a = attempt("a");
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(lease_expired(&a, Some(t(20_000)), t(10_001))).await;
    // A failure that was certain is none any more: nobody knows what the
    // attempt has done in the meantime.
    delivery.conflict(rejected(&a, &"late".into(), t(10_002))).await;
    let record = delivery.apply(accepted(&a, &"provider-id".into(), t(10_003))).await;
    assert_eq!((record.state, record.next_at), (DeliveryState::Accepted, None));
    assert_eq!(record.payload_hash.as_deref(), Some("hash of a"));
    delivery.conflict(accepted(&a, &"again".into(), t(10_004))).await;

    let given_up = Delivery::new(ledger);
    given_up.apply(given_up.claim("a", t(0))).await;
    given_up.apply(lease_expired(&a, None, t(10_001))).await;
    given_up.conflict(accepted(&attempt("b"), &"another's".into(), t(10_002))).await;
    let record = given_up.apply(accepted(&a, &"provider-id".into(), t(10_003))).await;
    assert_eq!(record.state, DeliveryState::Accepted);
}

/// Of several that find it, one does; and never one that found another attempt.
pub async fn only_an_expired_lease_of_that_attempt_expires(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let (a, b) = (attempt("a"), attempt("b"));
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.conflict(lease_expired(&a, Some(t(20_000)), t(10_000))).await;
    delivery.conflict(lease_expired(&b, Some(t(20_000)), t(10_001))).await;
    let record = delivery.apply(lease_expired(&a, Some(t(20_000)), t(10_001))).await;
    assert_eq!(record.state, DeliveryState::Unknown);
    assert_eq!(record.reason, Some("lease_expired".into()));
    delivery.conflict(lease_expired(&a, Some(t(30_000)), t(10_002))).await;
}

/// Waiting for a quota is none of the message's fault.
pub async fn an_attempt_that_does_not_count_is_given_back(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    for (nth, (counts, attempts)) in
        [(true, 1), (false, 1), (false, 1), (true, 2), (false, 2)].into_iter().enumerate()
    {
        let (name, now) = (format!("attempt-{nth}"), t(nth as u64));
        delivery.apply(delivery.claim(&name, now)).await;
        let wait = if counts { retry } else { park };
        let record = delivery.apply(wait(&attempt(&name), &"wait".into(), now, now)).await;
        assert_eq!(record.attempts, attempts);
    }
}

/// Every change, with its reason and by whom.
pub async fn history_grows_in_order(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let (a, b) = (attempt("a"), attempt("b"));
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(retry(&a, &"Throttling".into(), t(5), t(1))).await;
    delivery.apply(delivery.claim("b", t(5))).await;
    delivery.apply(outcome_unknown(&b, &"no_answer".into(), Some(t(9)), t(6))).await;
    let record = delivery.apply(abandoned(&"not_after".into(), t(9))).await;
    let lines: Vec<_> = record
        .history
        .iter()
        .map(|entry| {
            let by = entry.attempt_id.as_ref().map_or("nobody", AttemptId::as_str);
            (
                entry.at,
                entry.state.as_str(),
                entry.reason.as_ref().map(Reason::to_string).unwrap_or_default(),
                by,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (t(0), "sending", "".to_owned(), "a"),
            (t(1), "retry_wait", "Throttling".to_owned(), "a"),
            (t(5), "sending", "".to_owned(), "b"),
            (t(6), "unknown", "no_answer".to_owned(), "b"),
            (t(9), "abandoned", "not_after".to_owned(), "nobody"),
        ]
    );
    assert_eq!((record.created_at, record.updated_at), (t(0), t(9)));
}

/// Before the first attempt, and between attempts that certainly did not send.
pub async fn a_delivery_ends_unsent_only_while_nothing_may_have_been_sent(ledger: &impl Ledger) {
    let a = attempt("a");
    let unsent = |delivery: &Delivery<'_, _>| {
        settled_unsent(delivery.job.facts(), DeliveryState::Expired, &"not_after".into(), t(100))
    };

    let delivery = Delivery::new(ledger);
    let record = delivery.apply(unsent(&delivery)).await;
    assert_eq!((record.state, record.attempts), (DeliveryState::Expired, 0));
    assert_eq!(record.reason, Some("not_after".into()));
    assert_eq!(record.attempt_id, None);

    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.conflict(unsent(&delivery)).await;
    delivery.apply(retry(&a, &"Throttling".into(), t(5_000), t(1))).await;
    let record = delivery.apply(unsent(&delivery)).await;
    assert_eq!((record.state, record.attempts), (DeliveryState::Expired, 1));

    for maybe_sent in [
        outcome_unknown(&a, &"no_answer".into(), Some(t(5)), t(1)),
        accepted(&a, &"provider-id".into(), t(1)),
    ] {
        let delivery = Delivery::new(ledger);
        delivery.apply(delivery.claim("a", t(0))).await;
        delivery.apply(maybe_sent).await;
        delivery.conflict(unsent(&delivery)).await;
    }
}

/// Neither one that is not there nor one under way.
pub async fn only_a_doubtful_delivery_is_abandoned(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let answer = ledger.apply(&delivery.key, &abandoned(&"not_after".into(), t(0))).await;
    assert_eq!(answer, Ok(Fenced::Conflict(None)));
    assert_eq!(delivery.stored().await, None);

    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.conflict(abandoned(&"not_after".into(), t(1))).await;
    delivery.apply(outcome_unknown(&attempt("a"), &"no_answer".into(), Some(t(5)), t(1))).await;
    let record = delivery.apply(abandoned(&"not_after".into(), t(2))).await;
    assert_eq!((record.state, record.next_at), (DeliveryState::Abandoned, None));
}

/// By an operator, and then it is claimed like any other. Of two operators, one does it;
/// whoever saw it before a later attempt does not.
pub async fn a_failed_delivery_is_reopened_once_as_it_was_seen(ledger: &impl Ledger) {
    let a = attempt("a");
    for end in [
        rejected(&a, &"MessageRejected".into(), t(1)),
        outcome_unknown(&a, &"no_answer".into(), None, t(1)),
    ] {
        let delivery = Delivery::new(ledger);
        delivery.apply(delivery.claim("a", t(0))).await;
        let seen = delivery.apply(end).await;
        let record = delivery.apply(reopen(&seen, t(2)).unwrap()).await;
        assert_eq!((record.state, record.next_at), (DeliveryState::RetryWait, Some(t(2))));
        assert_eq!(record.reason, Some(Reason::Redriven));
        assert_eq!(record.tally(), seen.tally());
        delivery.conflict(reopen(&seen, t(3)).unwrap()).await;

        delivery.apply(delivery.claim("b", t(2))).await;
        delivery.apply(rejected(&attempt("b"), &"MessageRejected".into(), t(4))).await;
        delivery.conflict(reopen(&seen, t(5)).unwrap()).await;
    }

    let delivery = Delivery::new(ledger);
    let (state, reason) = (DeliveryState::Rejected, "template_invalid".into());
    let never_tried =
        delivery.apply(settled_unsent(delivery.job.facts(), state, &reason, t(0))).await;
    delivery.apply(reopen(&never_tried, t(1)).unwrap()).await;
    delivery.apply(delivery.claim("a", t(1))).await;
    delivery.apply(rejected(&a, &"MessageRejected".into(), t(2))).await;
    delivery.conflict(reopen(&never_tried, t(3)).unwrap()).await;
}

/// Nor what is still on its way.
pub async fn what_was_sent_or_is_old_is_never_reopened(ledger: &impl Ledger) {
    let a = attempt("a");
    for change in [
        accepted(&a, &"provider-id".into(), t(1)),
        reported(Report::Bounced, &"provider-id".into(), None, t(1)),
        retry(&a, &"Throttling".into(), t(5), t(1)),
        outcome_unknown(&a, &"no_answer".into(), Some(t(5)), t(1)),
    ] {
        let delivery = Delivery::new(ledger);
        let sending = delivery.apply(delivery.claim("a", t(0))).await;
        assert_eq!(reopen(&sending, t(1)), None);
        let record = delivery.apply(change).await;
        assert_eq!(reopen(&record, t(2)), None, "{}", record.state);
    }
    for state in [DeliveryState::Expired, DeliveryState::Superseded] {
        let delivery = Delivery::new(ledger);
        let unsent = settled_unsent(delivery.job.facts(), state, &"not_after".into(), t(0));
        let record = delivery.apply(unsent).await;
        assert_eq!(reopen(&record, t(1)), None, "{state}");
    }
    // Accepted meanwhile: whoever saw it abandoned learns so.
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    let seen = delivery.apply(outcome_unknown(&a, &"no_answer".into(), None, t(1))).await;
    delivery.apply(accepted(&a, &"provider-id".into(), t(2))).await;
    delivery.conflict(reopen(&seen, t(3)).unwrap()).await;
}

/// Reports come in any order, and more than once.
pub async fn reports_of_a_provider_move_forward_and_never_back(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let report = |report, millis| reported(report, &"provider-id".into(), None, t(millis));
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(accepted(&attempt("a"), &"provider-id".into(), t(1))).await;
    delivery.apply(report(Report::Delivered, 2)).await;
    for late in [Report::Sent, Report::Delayed, Report::Delivered] {
        delivery.conflict(report(late, 3)).await;
    }
    let bounced = reported(Report::Bounced, &"provider-id".into(), Some(&"General".into()), t(4));
    let record = delivery.apply(bounced).await;
    assert_eq!((record.state, record.updated_at), (DeliveryState::Bounced, t(4)));
    assert_eq!(record.reason, Some("General".into()));
    assert_eq!(record.reported_rank, Some(Report::Bounced.rank()));
    delivery.conflict(report(Report::Delivered, 5)).await;
    let record = delivery.apply(report(Report::Complained, 6)).await;
    assert_eq!((record.state, record.attempts), (DeliveryState::Complained, 1));
}

/// Fault 14: it proves that the message was taken, before or after the attempt
/// says so.
pub async fn a_report_ends_a_doubt(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    let record = delivery.apply(reported(Report::Sent, &"provider-id".into(), None, t(1))).await;
    assert_eq!((record.state, record.lease_until), (DeliveryState::Accepted, None));
    delivery.conflict(accepted(&attempt("a"), &"provider-id".into(), t(2))).await;

    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(outcome_unknown(&attempt("a"), &"no_answer".into(), Some(t(5)), t(1))).await;
    let record = delivery.apply(reported(Report::Sent, &"provider-id".into(), None, t(2))).await;
    assert_eq!((record.state, record.next_at), (DeliveryState::Accepted, None));
    assert_eq!(record.provider_message_id, Some("provider-id".into()));
    delivery.conflict(delivery.claim("b", t(5))).await;
}

/// Whoever reports it learns of the duplicate instead.
pub async fn a_report_about_another_message_is_a_conflict(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    delivery.apply(delivery.claim("a", t(0))).await;
    delivery.apply(accepted(&attempt("a"), &"provider-id".into(), t(1))).await;
    let found =
        delivery.conflict(reported(Report::Bounced, &"another-id".into(), None, t(2))).await;
    assert!(found.is_of_another(&"another-id".into()));
    let record = delivery.apply(reported(Report::Sent, &"provider-id".into(), None, t(3))).await;
    assert_eq!(record.provider_message_id, Some("provider-id".into()));
}

/// Fault 57: whoever reports tries again, until the delivery is there.
pub async fn a_report_about_nothing_is_a_conflict(ledger: &impl Ledger) {
    let delivery = Delivery::new(ledger);
    let report = reported(Report::Sent, &"provider-id".into(), None, t(0));
    assert_eq!(ledger.apply(&delivery.key, &report).await, Ok(Fenced::Conflict(None)));
    assert_eq!(delivery.stored().await, None);
}

/// A mail is found by its tags, so its id costs the index nothing.
pub async fn a_mails_id_is_kept_beside_the_index_and_an_smss_is_found_by_it(ledger: &impl Ledger) {
    for channel in [Channel::Email, Channel::Sms, Channel::Push] {
        let job = job_about(&fresh("order"), channel);
        let delivery = Delivery { ledger, key: job.key(), job };
        let id = fresh("provider-id").into();
        delivery.apply(delivery.claim("a", t(0))).await;
        let record = delivery.apply(accepted(&attempt("a"), &id, t(1)).on(channel)).await;
        assert_eq!(record.provider_message_id.as_ref(), Some(&id), "{channel}");
        let found = ledger.delivery_of_message(&id).await.unwrap();
        let wanted = (channel != Channel::Email).then(|| delivery.key.clone());
        assert_eq!(found, wanted, "{channel}");
        // A report finds its own message, and no other's.
        let other = reported(Report::Delivered, &"another".into(), None, t(2)).on(channel);
        delivery.conflict(other).await;
        let own = reported(Report::Delivered, &id, None, t(3)).on(channel);
        let record = delivery.apply(own).await;
        assert_eq!(
            (record.state, record.provider_message_id),
            (DeliveryState::Delivered, Some(id))
        );
    }
}

/// Each report of the fault holds it longer. On a channel that nobody holds else.
pub async fn a_channel_is_held_until_a_time(ledger: &impl Ledger) {
    let hold = |until| Hold { until, reason: Reason::SpendLimit };
    let push = Channel::Push;
    let before = ledger.held(push).await.unwrap().map_or(t(0), |hold| hold.until);
    let later = |millis| clock::after(before.max(t(0)), Duration::from_millis(millis));
    assert_eq!(ledger.hold(push, &hold(later(10)), later(1)).await, Ok(true));
    assert_eq!(ledger.held(push).await, Ok(Some(hold(later(10)))));
    assert_eq!(ledger.hold(push, &hold(later(20)), later(5)).await, Ok(false), "it was held");
    assert_eq!(ledger.held(push).await, Ok(Some(hold(later(20)))));
    assert_eq!(ledger.hold(push, &hold(later(30)), later(20)).await, Ok(true), "that was over");
}
