//! The delivery state machine: every change as a guard (when it may be made)
//! and a change (what is then written). Pure; the stores carry them out as one
//! conditional write each.
//!
//! After the claim, every guard names the attempt that asks: an attempt that
//! has been taken over changes nothing, however late it comes. An expired lease
//! never sends again by itself, so clocks affect when things happen, not
//! whether they happen twice.
//!
//! ```
//! use bellhop::ledger::transition::{accepted, claim, lease_expired};
//! use bellhop::ledger::{DeliveryFacts, DeliveryState};
//! use bellhop::model::id::AttemptId;
//! use bellhop::model::{Channel, Class, Masked};
//!
//! let at = |time: &str| format!("2026-11-23T{time}Z").parse().unwrap();
//! let facts = DeliveryFacts {
//!     notification: "order.paid".into(),
//!     kind: "order.paid".to_owned(),
//!     channel: Channel::Sms,
//!     recipient: Masked::already("+43…67"),
//!     recipient_hash: "a hash".to_owned(),
//!     class: Class::Transactional,
//!     lifecycle_rank: 2,
//!     subject: None,
//!     event_time: at("09:30:00"),
//!     due_at: None,
//! };
//! let (first, second) = (AttemptId::new("first"), AttemptId::new("second"));
//! let claim = |attempt, now, lease| claim(facts.clone(), attempt, "payload", at(now), at(lease));
//!
//! let sending = claim(&first, "09:31:00", "09:31:35").apply(None).unwrap();
//! assert_eq!(sending.state, DeliveryState::Sending);
//! // Nobody takes it over, not even once the lease has run out.
//! assert_eq!(claim(&second, "09:40:00", "09:40:35").apply(Some(&sending)), None);
//! // It may have sent: for an SMS that is the end, unless its answer comes after all.
//! let doubtful = lease_expired(&first, None, at("09:40:00")).apply(Some(&sending)).unwrap();
//! assert_eq!(doubtful.state, DeliveryState::Abandoned);
//! let late = accepted(&first, &"message-1".into(), at("09:41:00")).apply(Some(&doubtful));
//! assert_eq!(late.unwrap().state, DeliveryState::Accepted);
//! ```

use jiff::Timestamp;

use super::record::{DeliveryFacts, DeliveryRecord, DeliveryState, HistoryEntry};
use crate::model::id::AttemptId;
use crate::model::{Channel, ProviderMessageId, Reason, Report};

/// A change of a delivery, and when it may be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// When it may be made: if any of these admits the record.
    pub guards: Vec<Guard>,
    /// What is then written.
    pub change: Change,
    /// The facts to create the record with, where it may be absent.
    pub create: Option<DeliveryFacts>,
    /// The channel, where the provider's id of the message is written.
    pub channel: Option<Channel>,
}

/// One condition under which a transition may be made.
#[derive(Debug, Clone, PartialEq)]
pub enum Guard {
    /// There is no record yet.
    Absent,
    /// The record is in this state, and what else is named holds.
    State {
        /// The state.
        state: DeliveryState,
        /// The attempt that the record names.
        attempt: Option<AttemptId>,
        /// The record's `next_at` is not later than this.
        due_by: Option<Timestamp>,
        /// The record's `lease_until` is earlier than this.
        lease_before: Option<Timestamp>,
    },
    /// The record stands as somebody has seen it: in this state, after this attempt,
    /// or after none.
    Seen {
        /// The state.
        state: DeliveryState,
        /// The latest attempt.
        attempt: Option<AttemptId>,
    },
    /// There is a record, the provider has reported nothing of this rank or a
    /// higher one, and no other id of the provider's stands in it.
    Reported {
        /// The rank.
        below: u32,
        /// The provider's id of the message that the report is about.
        provider_message_id: ProviderMessageId,
    },
}

impl Guard {
    fn state(state: DeliveryState) -> Self {
        Self::State { state, attempt: None, due_by: None, lease_before: None }
    }

    fn attempt(state: DeliveryState, attempt: &AttemptId) -> Self {
        Self::State { state, attempt: Some(attempt.clone()), due_by: None, lease_before: None }
    }

    fn due(state: DeliveryState, by: Timestamp) -> Self {
        Self::State { state, attempt: None, due_by: Some(by), lease_before: None }
    }

    /// Whether the stored record is one that the transition may change.
    pub fn admits(&self, record: Option<&DeliveryRecord>) -> bool {
        match (self, record) {
            (Self::Absent, record) => record.is_none(),
            (Self::State { .. } | Self::Seen { .. } | Self::Reported { .. }, None) => false,
            (Self::Seen { state, attempt }, Some(record)) => {
                record.state == *state && record.attempt_id == *attempt
            }
            (Self::Reported { below, provider_message_id }, Some(record)) => {
                record.reported_rank.is_none_or(|reported| reported < *below)
                    && !record.is_of_another(provider_message_id)
            }
            (Self::State { state, attempt, due_by, lease_before }, Some(record)) => {
                record.state == *state
                    && attempt.as_ref().is_none_or(|a| record.attempt_id.as_ref() == Some(a))
                    && due_by.is_none_or(|by| record.next_at.is_some_and(|at| at <= by))
                    && lease_before.is_none_or(|t| record.lease_until.is_some_and(|l| l < t))
            }
        }
    }
}

/// What a transition writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// The new state.
    pub state: DeliveryState,
    /// Why; cleared if none.
    pub reason: Option<Reason>,
    /// From when the next attempt may be made; cleared if none.
    pub next_at: Option<Timestamp>,
    /// Until when the attempt may be under way; cleared if none.
    pub lease_until: Option<Timestamp>,
    /// The attempt that makes the change; kept as it is if none.
    pub attempt: Option<AttemptId>,
    /// A hash of what is sent; kept as it is if none.
    pub payload_hash: Option<String>,
    /// The provider's id; kept as it is if none.
    pub provider_message_id: Option<ProviderMessageId>,
    /// The rank of what the provider reports; kept as it is if none.
    pub reported_rank: Option<u32>,
    /// Added to the number of attempts that count.
    pub attempts: i32,
    /// Added to the number of attempts without a known outcome.
    pub doubts: u32,
}

impl Change {
    fn to(state: DeliveryState, at: Timestamp) -> Self {
        Self {
            at,
            state,
            reason: None,
            next_at: None,
            lease_until: None,
            attempt: None,
            payload_hash: None,
            provider_message_id: None,
            reported_rank: None,
            attempts: 0,
            doubts: 0,
        }
    }

    /// The line it adds to the record's history.
    pub fn history(&self) -> HistoryEntry {
        HistoryEntry {
            at: self.at,
            state: self.state,
            reason: self.reason.clone(),
            attempt_id: self.attempt.clone(),
        }
    }
}

/// How often a delivery was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many attempts count.
    pub attempts: u32,
    /// How many attempts ended without a known outcome.
    pub doubts: u32,
}

/// What became of a transition.
#[derive(Debug, Clone, PartialEq)]
pub enum Fenced {
    /// It was applied.
    Applied(Tally),
    /// No guard admitted the record, which stands as it was.
    Conflict(Option<Box<DeliveryRecord>>),
}

impl Transition {
    /// The same, of a delivery on this channel.
    #[must_use]
    pub fn on(self, channel: Channel) -> Self {
        Self { channel: Some(channel), ..self }
    }

    /// The record after the transition; none if no guard admits it. The one
    /// definition of what a transition does: the in-memory store runs it, and
    /// the DynamoDB store's expressions are held to it by the contract suite.
    pub fn apply(&self, record: Option<&DeliveryRecord>) -> Option<DeliveryRecord> {
        if !self.guards.iter().any(|guard| guard.admits(record)) {
            return None;
        }
        let change = &self.change;
        let mut next = match record {
            Some(record) => record.clone(),
            None => DeliveryRecord {
                facts: self.create.clone()?,
                state: change.state,
                reason: None,
                attempts: 0,
                doubts: 0,
                attempt_id: None,
                lease_until: None,
                next_at: None,
                payload_hash: None,
                provider_message_id: None,
                reported_rank: None,
                created_at: change.at,
                updated_at: change.at,
                history: Vec::new(),
            },
        };
        next.state = change.state;
        next.reason.clone_from(&change.reason);
        next.next_at = change.next_at;
        next.lease_until = change.lease_until;
        next.updated_at = change.at;
        next.attempts = next.attempts.saturating_add_signed(change.attempts);
        next.doubts = next.doubts.saturating_add(change.doubts);
        next.attempt_id = change.attempt.clone().or(next.attempt_id);
        next.payload_hash = change.payload_hash.clone().or(next.payload_hash);
        next.provider_message_id = change.provider_message_id.clone().or(next.provider_message_id);
        next.reported_rank = change.reported_rank.or(next.reported_rank);
        next.history.push(change.history());
        Some(next)
    }
}

/// Takes the delivery for one attempt, until `lease_until`.
pub fn claim(
    facts: DeliveryFacts,
    attempt: &AttemptId,
    payload_hash: &str,
    now: Timestamp,
    lease_until: Timestamp,
) -> Transition {
    Transition {
        guards: vec![
            Guard::Absent,
            Guard::due(DeliveryState::RetryWait, now),
            Guard::due(DeliveryState::Unknown, now),
        ],
        change: Change {
            lease_until: Some(lease_until),
            attempt: Some(attempt.clone()),
            payload_hash: Some(payload_hash.to_owned()),
            attempts: 1,
            ..Change::to(DeliveryState::Sending, now)
        },
        create: Some(facts),
        channel: None,
    }
}

/// What a claim found.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// The claim is ours: its write was made, and only its answer lost.
    Ours(Tally),
    /// The delivery is done; nothing is to be sent.
    Settled {
        /// How it ended.
        state: DeliveryState,
        /// Why, where the state alone does not say.
        reason: Option<Reason>,
    },
    /// Another attempt is under way, or the next is not due before this time.
    NotBefore(Timestamp),
    /// The attempt that held it has run out of time without an outcome.
    LeaseExpired {
        /// That attempt.
        owner: AttemptId,
        /// How often the delivery was tried, that attempt included.
        tally: Tally,
    },
}

/// Reads a claim that met with a conflict from the record that it met. Whoever
/// makes no attempt of its own owns no claim.
pub fn conflicting_claim(
    record: &DeliveryRecord,
    attempt: Option<&AttemptId>,
    now: Timestamp,
) -> Claim {
    let ours = attempt.is_some() && record.attempt_id.as_ref() == attempt;
    match (record.state, record.lease_until, &record.attempt_id) {
        (DeliveryState::Sending, _, _) if ours => Claim::Ours(record.tally()),
        (DeliveryState::Sending, Some(lease), Some(owner)) if lease < now => {
            Claim::LeaseExpired { owner: owner.clone(), tally: record.tally() }
        }
        (DeliveryState::Sending, lease, _) => Claim::NotBefore(lease.unwrap_or(now)),
        (DeliveryState::RetryWait | DeliveryState::Unknown, _, _) => {
            Claim::NotBefore(record.next_at.unwrap_or(now))
        }
        (state, _, _) => Claim::Settled { state, reason: record.reason.clone() },
    }
}

/// The provider has taken the message.
pub fn accepted(attempt: &AttemptId, message: &ProviderMessageId, now: Timestamp) -> Transition {
    Transition {
        // From `unknown` and `abandoned` too: the lease may have expired while the
        // answer was on its way.
        guards: vec![
            Guard::attempt(DeliveryState::Sending, attempt),
            Guard::attempt(DeliveryState::Unknown, attempt),
            Guard::attempt(DeliveryState::Abandoned, attempt),
        ],
        change: Change {
            // The index on it takes no empty text.
            provider_message_id: Some(message.clone()).filter(|id| !id.as_str().is_empty()),
            attempt: Some(attempt.clone()),
            ..Change::to(DeliveryState::Accepted, now)
        },
        create: None,
        channel: None,
    }
}

/// The attempt failed, certainly without sending; the next is due at `next_at`.
pub fn retry(
    attempt: &AttemptId,
    reason: &Reason,
    next_at: Timestamp,
    now: Timestamp,
) -> Transition {
    Transition {
        guards: vec![Guard::attempt(DeliveryState::Sending, attempt)],
        change: Change {
            reason: Some(reason.clone()),
            next_at: Some(next_at),
            attempt: Some(attempt.clone()),
            ..Change::to(DeliveryState::RetryWait, now)
        },
        create: None,
        channel: None,
    }
}

/// The same, but the attempt does not count: its failure was none of the message's
/// fault.
pub fn park(
    attempt: &AttemptId,
    reason: &Reason,
    next_at: Timestamp,
    now: Timestamp,
) -> Transition {
    let mut parked = retry(attempt, reason, next_at, now);
    parked.change.attempts = -1;
    parked
}

/// The attempt may have sent. `resend_at` is when it may be tried again; where
/// it may not, the delivery is abandoned.
pub fn outcome_unknown(
    attempt: &AttemptId,
    reason: &Reason,
    resend_at: Option<Timestamp>,
    now: Timestamp,
) -> Transition {
    unknown(Guard::attempt(DeliveryState::Sending, attempt), attempt, reason, resend_at, now)
}

/// The attempt that held the delivery ran out of time without an outcome: it may
/// have sent. Made by whoever finds it, if it still is that attempt.
pub fn lease_expired(
    owner: &AttemptId,
    resend_at: Option<Timestamp>,
    now: Timestamp,
) -> Transition {
    let guard = Guard::State {
        state: DeliveryState::Sending,
        attempt: Some(owner.clone()),
        due_by: None,
        lease_before: Some(now),
    };
    unknown(guard, owner, &Reason::LeaseExpired, resend_at, now)
}

fn unknown(
    guard: Guard,
    attempt: &AttemptId,
    reason: &Reason,
    resend_at: Option<Timestamp>,
    now: Timestamp,
) -> Transition {
    let state = match resend_at {
        Some(_) => DeliveryState::Unknown,
        None => DeliveryState::Abandoned,
    };
    Transition {
        guards: vec![guard],
        change: Change {
            reason: Some(reason.clone()),
            next_at: resend_at,
            attempt: Some(attempt.clone()),
            doubts: 1,
            ..Change::to(state, now)
        },
        create: None,
        channel: None,
    }
}

/// The attempt failed for good.
pub fn rejected(attempt: &AttemptId, reason: &Reason, now: Timestamp) -> Transition {
    Transition {
        guards: vec![Guard::attempt(DeliveryState::Sending, attempt)],
        change: Change {
            reason: Some(reason.clone()),
            attempt: Some(attempt.clone()),
            ..Change::to(DeliveryState::Rejected, now)
        },
        create: None,
        channel: None,
    }
}

/// The delivery ends without an(other) attempt: expired, or impossible to
/// render. Never while an attempt is under way or may have sent.
pub fn settled_unsent(
    facts: DeliveryFacts,
    state: DeliveryState,
    reason: &Reason,
    now: Timestamp,
) -> Transition {
    Transition {
        guards: vec![Guard::Absent, Guard::state(DeliveryState::RetryWait)],
        change: Change { reason: Some(reason.clone()), ..Change::to(state, now) },
        create: Some(facts),
        channel: None,
    }
}

/// The delivery may have been sent by an attempt whose outcome never became
/// known, and is no longer worth another.
pub fn abandoned(reason: &Reason, now: Timestamp) -> Transition {
    Transition {
        guards: vec![Guard::state(DeliveryState::Unknown)],
        change: Change {
            reason: Some(reason.clone()),
            ..Change::to(DeliveryState::Abandoned, now)
        },
        create: None,
        channel: None,
    }
}

/// An operator has a delivery sent after all that had failed: it waits for an attempt,
/// due now, if it still is as it was seen. None for one that has not failed, was too old
/// or superseded: what was accepted is never sent again, and old news is not news.
pub fn reopen(seen: &DeliveryRecord, now: Timestamp) -> Option<Transition> {
    let failed = matches!(seen.state, DeliveryState::Rejected | DeliveryState::Abandoned);
    failed.then(|| Transition {
        guards: vec![Guard::Seen { state: seen.state, attempt: seen.attempt_id.clone() }],
        change: Change {
            reason: Some(Reason::Redriven),
            next_at: Some(now),
            ..Change::to(DeliveryState::RetryWait, now)
        },
        create: None,
        channel: None,
    })
}

/// Where a delivery stands after a report.
fn state_after(report: Report) -> DeliveryState {
    match report {
        Report::Sent | Report::Delayed => DeliveryState::Accepted,
        Report::Delivered => DeliveryState::Delivered,
        Report::Undelivered => DeliveryState::Undelivered,
        Report::Bounced => DeliveryState::Bounced,
        Report::Suppressed => DeliveryState::Suppressed,
        Report::Complained => DeliveryState::Complained,
    }
}

/// The provider reports about a message. Any report proves that the message was
/// taken, so it also ends an attempt of unknown outcome.
pub fn reported(
    report: Report,
    message: &ProviderMessageId,
    reason: Option<&Reason>,
    now: Timestamp,
) -> Transition {
    Transition {
        guards: vec![Guard::Reported {
            below: report.rank(),
            provider_message_id: message.clone(),
        }],
        change: Change {
            reason: reason.cloned(),
            provider_message_id: Some(message.clone()),
            reported_rank: Some(report.rank()),
            ..Change::to(state_after(report), now)
        },
        create: None,
        channel: None,
    }
}
