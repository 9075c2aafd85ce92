//! `send-…`: one job is claimed, rendered, sent once, recorded.
//!
//! Between the claim and the record stands one call to the provider. Whatever
//! happens to this process in between, the next to come finds the claim in the
//! ledger, and the policy for an unknown outcome decides; nobody sends again
//! because a lease ran out.

use std::time::Duration;

use jiff::Timestamp;

use crate::aws::ATTEMPT_TIMEOUT;
use crate::batch::{Invocation, Postponed, Record};
use crate::channel::{NotAccepted, Sender};
use crate::clock::{self, Clock};
use crate::failure::{CallError, SendFailure};
use crate::id::{AttemptId, hash};
use crate::ledger::record::{DeliveryKey, DeliveryRecord, DeliveryState};
use crate::ledger::transition::{self, Claim, Fenced, Transition};
use crate::ledger::DeliveryLedger;
use crate::queue::{DeliveryJob, Quarantine, Refusal};
use crate::telemetry;

use super::refuse::refuse;
use super::retry;

/// A lease outlives its invocation by this much, for clocks that differ.
const LEASE_MARGIN: Duration = Duration::from_secs(5);

/// What must be left of the invocation after a call to the provider, for the
/// ledger to be told.
const FINISH_TIME: Duration = Duration::from_secs(2);

/// How long after a failed write the ledger is told again that the provider has
/// taken a message.
const FINISH_PAUSE: Duration = Duration::from_millis(200);

/// What sending works with.
pub struct Deliverer<L, S, Q, C> {
    /// Where deliveries are claimed and recorded.
    pub ledger: L,
    /// The channel.
    pub sender: S,
    /// Where unusable jobs go.
    pub quarantine: Q,
    /// The time.
    pub clock: C,
}

/// Processes one job.
///
/// # Errors
/// [`Postponed`] if the delivery is not done: it waits, or a store did not
/// answer.
pub async fn handle<L, S, Q, C>(
    deliverer: &Deliverer<L, S, Q, C>,
    record: &Record,
    invocation: &Invocation,
) -> Result<(), Postponed>
where
    L: DeliveryLedger,
    S: Sender,
    Q: Quarantine,
    C: Clock,
{
    let job = match DeliveryJob::parse(&record.body, deliverer.sender.channel()) {
        Ok(job) => job,
        Err(error) => {
            let refusal = Refusal { code: error.code().to_owned(), detail: error.to_string() };
            return refuse(&deliverer.quarantine, &deliverer.clock, record, &refusal).await;
        }
    };
    Delivery { deliverer, job: &job, record, invocation }.run().await
}

/// One job in one invocation.
struct Delivery<'a, L, S, Q, C> {
    deliverer: &'a Deliverer<L, S, Q, C>,
    job: &'a DeliveryJob,
    record: &'a Record,
    invocation: &'a Invocation,
}

impl<L, S, Q, C> Delivery<'_, L, S, Q, C>
where
    L: DeliveryLedger,
    S: Sender,
    C: Clock,
{
    async fn run(&self) -> Result<(), Postponed> {
        let now = self.now();
        if now > self.job.not_after {
            return self.end_unsent(DeliveryState::Expired, "not_after").await;
        }
        let message = match self.deliverer.sender.prepare(self.job, now) {
            Ok(message) => message,
            Err(error) => return self.end_unsent(DeliveryState::Rejected, error.code()).await,
        };
        let attempt = self.attempt_id();
        let payload_hash = self.deliverer.sender.payload_hash(&message);
        let lease_until = clock::after(self.invocation.deadline, LEASE_MARGIN);
        let claim = transition::claim(self.job, &attempt, &payload_hash, now, lease_until);
        let attempts = match self.apply(&claim).await? {
            Fenced::Made { attempts } => attempts,
            Fenced::Refused(found) => match self.refused(found, &attempt, now)? {
                Claim::Ours { attempts } => attempts,
                Claim::Settled(_) => return Ok(()),
                Claim::NotBefore(at) => return Err(self.wait_until(at, "not_due")),
                Claim::LeaseExpired(owner) => return self.lease_expired(&owner).await,
            },
        };
        let left = clock::until(self.now(), self.invocation.deadline);
        if left < ATTEMPT_TIMEOUT + FINISH_TIME {
            let now = self.now();
            return self.wait(transition::retry_wait(&attempt, "no_time_left", now, false, now)).await;
        }
        match self.deliverer.sender.send(self.job, &attempt, &message).await {
            Ok(provider_message_id) => self.accepted(&attempt, &provider_message_id).await,
            Err(not_accepted) => self.not_accepted(&attempt, attempts, &not_accepted).await,
        }
    }

    /// Unique per invocation and message, so that a claim whose answer was lost
    /// is known again, and no two workers share one.
    fn attempt_id(&self) -> AttemptId {
        let parts = [
            "attempt",
            &self.invocation.request_id,
            &self.record.message_id,
            self.job.delivery_id.as_str(),
        ];
        AttemptId::new(hash(parts))
    }

    /// The ledger must learn that the message was taken: it is told until it
    /// answers, while time is left. After that the delivery's outcome is
    /// unknown to everybody else, so it is at least logged; it is not sent
    /// again here.
    async fn accepted(&self, attempt: &AttemptId, provider_message_id: &str) -> Result<(), Postponed> {
        let error = loop {
            let accepted = transition::accepted(attempt, provider_message_id, self.now());
            match self.apply(&accepted).await {
                // Refused: a later word from the provider is recorded already,
                // or another attempt has taken over, whose record stands.
                Ok(Fenced::Made { .. } | Fenced::Refused(_)) => return Ok(()),
                Err(error) if clock::until(self.now(), self.invocation.deadline) < FINISH_TIME => {
                    break error;
                }
                Err(_) => tokio::time::sleep(FINISH_PAUSE).await,
            }
        };
        telemetry::finish_lost(self.job, provider_message_id, &error.to_string());
        Err(error.into())
    }

    async fn not_accepted(
        &self,
        attempt: &AttemptId,
        attempts: u32,
        not_accepted: &NotAccepted,
    ) -> Result<(), Postponed> {
        let now = self.now();
        let reason = not_accepted.reason.as_str();
        let policy = retry::policy(self.job.class);
        match not_accepted.failure {
            SendFailure::Permanent => self.end(&transition::rejected(attempt, reason, now)).await,
            SendFailure::NotSent | SendFailure::Throttled if attempts >= policy.attempts => {
                let reason = format!("attempts_exhausted:{reason}");
                self.end(&transition::rejected(attempt, &reason, now)).await
            }
            SendFailure::NotSent | SendFailure::Throttled => {
                let next_at = clock::after(now, policy.wait(attempts, attempt));
                self.wait(transition::retry_wait(attempt, reason, next_at, true, now)).await
            }
            SendFailure::QuotaExhausted | SendFailure::Configuration => {
                let next_at = clock::after(now, retry::parked(self.record.receive_count));
                self.wait(transition::retry_wait(attempt, reason, next_at, false, now)).await
            }
            SendFailure::Unknown => {
                let resend_at = self.resend_at(now);
                self.wait(transition::outcome_unknown(attempt, reason, resend_at, now)).await
            }
        }
    }

    /// Another's attempt has ended without a word; it may have sent.
    async fn lease_expired(&self, owner: &AttemptId) -> Result<(), Postponed> {
        let now = self.now();
        self.wait(transition::lease_expired(owner, self.resend_at(now), now)).await
    }

    /// Ends a delivery that is not to be sent (any more).
    async fn end_unsent(&self, state: DeliveryState, reason: &str) -> Result<(), Postponed> {
        let now = self.now();
        let found = match self.apply(&transition::settled_unsent(self.job, state, reason, now)).await? {
            Fenced::Made { .. } => return Ok(()),
            Fenced::Refused(found) => found,
        };
        let nobody = AttemptId::new("");
        match (found.as_ref().map(|record| record.state), self.refused(found, &nobody, now)?) {
            (Some(DeliveryState::Unknown), _) => self.end(&transition::abandoned(reason, now)).await,
            (_, Claim::LeaseExpired(owner)) => {
                self.end(&transition::lease_expired(&owner, None, now)).await
            }
            (_, Claim::NotBefore(at)) => Err(self.wait_until(at, "not_due")),
            (_, Claim::Ours { .. } | Claim::Settled(_)) => Ok(()),
        }
    }

    /// Makes a transition to an end.
    async fn end(&self, transition: &Transition) -> Result<(), Postponed> {
        self.apply(transition).await.map(drop).map_err(Postponed::from)
    }

    /// Makes a transition, and postpones the record until the delivery is due;
    /// a transition that leaves nothing to wait for ends it.
    async fn wait(&self, transition: Transition) -> Result<(), Postponed> {
        let change = &transition.change;
        let reason = change.reason.clone().unwrap_or_default();
        match (self.apply(&transition).await?, change.next_at) {
            (Fenced::Made { .. }, None) => Ok(()),
            (Fenced::Made { .. }, Some(at)) => Err(self.wait_until(at, &reason)),
            // Somebody else has moved the delivery on: look again.
            (Fenced::Refused(_), _) => Err(self.wait_until(self.now(), "moved_on")),
        }
    }

    async fn apply(&self, transition: &Transition) -> Result<Fenced, CallError> {
        let fenced = self.deliverer.ledger.apply(&DeliveryKey::of(self.job), transition).await?;
        let change = &transition.change;
        if matches!(fenced, Fenced::Made { .. }) && change.state != DeliveryState::Sending {
            telemetry::delivery(self.job, change.state, change.reason.as_deref(), change.at);
        }
        Ok(fenced)
    }

    fn refused(
        &self,
        found: Option<Box<DeliveryRecord>>,
        attempt: &AttemptId,
        now: Timestamp,
    ) -> Result<Claim, CallError> {
        let record = found.ok_or_else(|| {
            CallError::unexpected("dynamodb:UpdateItem", "refused without the item that refuses it")
        })?;
        Ok(transition::refused_claim(&record, attempt, now))
    }

    fn resend_at(&self, now: Timestamp) -> Option<Timestamp> {
        retry::resend_after_unknown(self.job.channel()).map(|wait| clock::after(now, wait))
    }

    fn wait_until(&self, at: Timestamp, reason: &str) -> Postponed {
        // A second more, for visibility counts in whole seconds.
        let wait = clock::until(self.now(), at);
        let whole = Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        Postponed { retry_after: Some(whole), reason: reason.to_owned() }
    }

    fn now(&self) -> Timestamp {
        self.deliverer.clock.now()
    }
}
