//! A ledger does what the pure state machine says, whatever state a delivery is
//! in and whatever is asked of it.

use bellhop::ledger::transition::{
    abandoned, accepted, lease_expired, outcome_unknown, park, rejected, reopen, reported, retry,
    settled_unsent,
};
use bellhop::ledger::{DeliveryRecord, DeliveryState, Fenced, Transition};
use bellhop::model::Report;

use super::Ledger;
use super::delivery::{Delivery, attempt, t};

/// The store and the pure state machine agree on every pair.
pub async fn every_transition_from_every_state_does_what_the_state_machine_says(
    ledger: &impl Ledger,
) {
    for path in paths() {
        for (nth, _) in transitions(&Delivery::new(ledger)).iter().enumerate() {
            let delivery = Delivery::new(ledger);
            let claims = transitions(&delivery);
            let mut expected: Option<DeliveryRecord> = None;
            for step in path.iter().chain([&nth]) {
                let transition = &claims[*step];
                let answer = ledger.apply(&delivery.key, transition).await.unwrap();
                let next = transition.apply(expected.as_ref());
                let fenced = match &next {
                    Some(record) => Fenced::Applied(record.tally()),
                    None => Fenced::Conflict(expected.clone().map(Box::new)),
                };
                assert_eq!(answer, fenced, "{transition:?} on {expected:?}");
                expected = next.or(expected);
            }
            assert_eq!(delivery.stored().await, expected);
        }
    }
}

/// Ways to every state, by the places of [`transitions`].
fn paths() -> Vec<Vec<usize>> {
    vec![
        vec![],
        vec![0],
        vec![0, 3],
        vec![0, 4],
        vec![0, 5],
        vec![0, 6],
        vec![0, 7],
        vec![0, 8],
        vec![0, 9],
        vec![10],
        vec![0, 5, 1],
        vec![0, 5, 11],
        vec![0, 4, 1, 5],
        vec![0, 12],
        vec![0, 8, 13],
        vec![0, 9, 14],
        vec![0, 9, 14, 1],
        vec![10, 15],
        vec![0, 6, 16],
    ]
}

fn transitions<L: Ledger>(delivery: &Delivery<'_, L>) -> [Transition; 17] {
    let (a, now) = (attempt("a"), t(15_000));
    let unsent =
        settled_unsent(delivery.job.facts(), DeliveryState::Rejected, &"no_template".into(), t(4));
    let never_tried = unsent.apply(None).unwrap();
    let sending = delivery.claim("a", t(0)).apply(None).unwrap();
    let tried = rejected(&a, &"MessageRejected".into(), t(3)).apply(Some(&sending)).unwrap();
    let doubtful = outcome_unknown(&a, &"no_answer".into(), None, t(2));
    let given_up = doubtful.apply(Some(&sending)).unwrap();
    [
        delivery.claim("a", t(0)),
        delivery.claim("b", t(15_000)),
        delivery.claim("b", t(1)),
        retry(&a, &"Throttling".into(), now, t(2)),
        park(&a, &"quota".into(), now, t(2)),
        outcome_unknown(&a, &"no_answer".into(), Some(now), t(2)),
        outcome_unknown(&a, &"no_answer".into(), None, t(2)),
        lease_expired(&a, Some(now), t(12_000)),
        accepted(&a, &"provider-id".into(), t(3)),
        rejected(&a, &"MessageRejected".into(), t(3)),
        unsent,
        abandoned(&"not_after".into(), now),
        reported(Report::Sent, &"provider-id".into(), None, t(5)),
        reported(Report::Bounced, &"provider-id".into(), Some(&"General".into()), t(6)),
        reopen(&tried, t(7)).unwrap(),
        reopen(&never_tried, t(7)).unwrap(),
        reopen(&given_up, t(7)).unwrap(),
    ]
}
