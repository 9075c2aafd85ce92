//! The moves that a delivery's record may make, written down a second time: from
//! what a move does, not from the guard it names.

use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::Reason;
use bellhop::model::clock::Timestamp;
use bellhop::model::id::AttemptId;

/// Who moves a record.
#[derive(Debug, Clone)]
pub struct Mover {
    /// The worker's name.
    pub worker: String,
    /// The attempt that it claims the delivery for, if it has come that far.
    pub own: Option<AttemptId>,
    /// Its clock when it asked.
    pub now: Timestamp,
    /// Whether it passes on what the provider reports.
    pub reports: bool,
}

/// Whether a delivery has failed, so that the route's next channel is taken.
pub fn has_failed(state: DeliveryState) -> bool {
    use DeliveryState::{Abandoned, Rejected, Suppressed};
    [Rejected, Abandoned, Suppressed].contains(&state)
}

/// Why the record must not move so; none if it may.
pub fn unlawful(
    mover: &Mover,
    before: Option<&DeliveryRecord>,
    after: &DeliveryRecord,
) -> Option<&'static str> {
    use DeliveryState::{
        Abandoned, Accepted, Expired, Rejected, RetryWait, Sending, Superseded, Suppressed, Unknown,
    };

    if mover.reports {
        let rank = |record: &DeliveryRecord| record.reported_rank;
        let same_attempt = before.map(|record| &record.attempt_id) == Some(&after.attempt_id);
        let higher = before.is_some_and(|before| rank(before) < rank(after));
        let known = before.and_then(|before| before.provider_message_id.as_ref());
        if known.is_some() && known != after.provider_message_id.as_ref() {
            return Some("the report is about another message");
        }
        return (!same_attempt || !higher).then_some("a report only tells more than the last");
    }
    let owner = before.and_then(|record| record.attempt_id.as_ref());
    let owns = owner.is_some() && owner == mover.own.as_ref();
    let due = before.and_then(|record| record.next_at).is_some_and(|at| at <= mover.now);
    let silent = before.and_then(|record| record.lease_until).is_some_and(|at| at < mover.now);
    match (before.map(|record| record.state), after.state) {
        (None, Sending) | (Some(RetryWait | Unknown), Sending) => {
            if before.is_some() && !due {
                return Some("the next attempt is not due");
            }
            let claims = after.attempt_id.is_some() && after.attempt_id == mover.own;
            return (!claims).then_some("a claim names the attempt that claims");
        }
        (None | Some(RetryWait), Expired | Superseded | Rejected | Suppressed) => {}
        (Some(Unknown), Abandoned) => {}
        (Some(Sending), Accepted | RetryWait | Rejected) if owns => {}
        (Some(Sending), Unknown | Abandoned) if owns || silent => {}
        // Its own attempt of an earlier invocation, which made no call.
        (Some(Sending), RetryWait) if silent && after.reason == Some(Reason::ClaimUnanswered) => {}
        (Some(Unknown | Abandoned), Accepted) if owns => {}
        (Some(Sending | Unknown), _) if !owns => return Some("another attempt has taken over"),
        (Some(was), _) if was.is_settled() => return Some("it was settled"),
        _ => return Some("there is no such move"),
    }
    let taken_over = after.attempt_id.as_ref() != owner;
    taken_over.then_some("only a claim changes the attempt")
}
