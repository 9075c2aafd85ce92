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
use crate::catalogue::Ordering;
use crate::channel::{NotAccepted, Sender, endpoint_is_gone};
use crate::clock::{self, Clock};
use crate::contact::Recipient;
use crate::failure::{CallError, SendFailure};
use crate::id::{AttemptId, hash};
use crate::ledger::record::{DeliveryKey, DeliveryRecord, DeliveryState};
use crate::ledger::transition::{self, Claim, Fenced, Transition};
use crate::ledger::{DeliveryLedger, NotificationLedger};
use crate::profile::DisableDevices;
use crate::queue::{DeliveryJob, JobQueue, Quarantine, Refusal};
use crate::telemetry;

use super::circuit::{Admission, Circuit};
use super::refuse::refuse;
use super::retry;

/// A lease outlives its invocation by this much, for clocks that differ.
const LEASE_MARGIN: Duration = Duration::from_secs(5);

/// What must be left of the invocation after a call to the provider, for the
/// ledger to be told.
const FINISH_TIME: Duration = Duration::from_secs(2);

/// How often the ledger is told what came of an attempt, if it does not answer;
/// each time the SDK tries again by itself, with pauses.
const FINISH_TRIES: usize = 12;

/// A job that is older than this, or was received before, may have been
/// overtaken: only then is the order's state read.
const LATE: Duration = Duration::from_secs(60);

/// What sending works with.
pub struct Deliverer<L, S, J, D, Q, C> {
    /// Where deliveries are claimed and recorded.
    pub ledger: L,
    /// The channel.
    pub sender: S,
    /// Where jobs for a route's next channel go.
    pub jobs: J,
    /// Where devices that are gone are turned off.
    pub devices: D,
    /// Whether the channel is in order.
    pub circuit: Circuit,
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
pub async fn handle<L, S, J, D, Q, C>(
    deliverer: &Deliverer<L, S, J, D, Q, C>,
    record: &Record,
    invocation: &Invocation,
) -> Result<(), Postponed>
where
    L: DeliveryLedger + NotificationLedger,
    S: Sender,
    J: JobQueue,
    D: DisableDevices,
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
struct Delivery<'a, L, S, J, D, Q, C> {
    deliverer: &'a Deliverer<L, S, J, D, Q, C>,
    job: &'a DeliveryJob,
    record: &'a Record,
    invocation: &'a Invocation,
}

impl<L, S, J, D, Q, C> Delivery<'_, L, S, J, D, Q, C>
where
    L: DeliveryLedger + NotificationLedger,
    S: Sender,
    J: JobQueue,
    D: DisableDevices,
    C: Clock,
{
    async fn run(&self) -> Result<(), Postponed> {
        let now = self.now();
        if now > self.job.not_after {
            return self.end_unsent(DeliveryState::Expired, "not_after").await;
        }
        if self.is_superseded(now).await? {
            return self.end_unsent(DeliveryState::Superseded, "newer_fact_told").await;
        }
        if let Admission::Wait(probe_at) = self.deliverer.circuit.admit(now) {
            // Longer with each receive, so that a fault of days uses up no
            // message's receives.
            let parked = clock::after(now, retry::parked(self.record.receive_count));
            return Err(self.wait_until(probe_at.max(parked), "circuit_open"));
        }
        let message = match self.deliverer.sender.prepare(self.job, now) {
            Ok(message) => message,
            Err(error) => {
                self.end_unsent(DeliveryState::Rejected, error.code()).await?;
                return self.fall_back().await;
            }
        };
        let attempt = self.attempt_id();
        let payload_hash = self.deliverer.sender.payload_hash(&message);
        let lease_until = clock::after(self.invocation.deadline, LEASE_MARGIN);
        let claim = transition::claim(self.job, &attempt, &payload_hash, now, lease_until);
        let attempts = match self.apply(&claim).await? {
            Fenced::Made { attempts } => attempts,
            Fenced::Refused(found) => match self.refused(found, &attempt, now)? {
                Claim::Ours { attempts } => attempts,
                // Again, for the one that rejected it may have stopped before
                // it could.
                Claim::Settled(DeliveryState::Rejected) => return self.fall_back().await,
                Claim::Settled(_) => return Ok(()),
                Claim::NotBefore(at) => return Err(self.wait_until(at, "not_due")),
                Claim::LeaseExpired { owner, attempts } => {
                    return self.lease_expired(&owner, attempts).await;
                }
            },
        };
        let left = clock::until(self.now(), self.invocation.deadline);
        if left < ATTEMPT_TIMEOUT + FINISH_TIME {
            let now = self.now();
            return self
                .wait(transition::retry_wait(&attempt, "no_time_left", now, false, now))
                .await;
        }
        match self.deliverer.sender.send(self.job, &attempt, &message).await {
            Ok(provider_message_id) => {
                self.channel_in_order();
                self.accepted(&attempt, &provider_message_id).await
            }
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

    /// Should the ledger not learn of it, the delivery's outcome is unknown to
    /// everybody else, so it is at least logged; it is not sent again here.
    async fn accepted(
        &self,
        attempt: &AttemptId,
        provider_message_id: &str,
    ) -> Result<(), Postponed> {
        let accepted = transition::accepted(attempt, provider_message_id, self.now());
        match self.tell(&accepted).await {
            Ok(told) => {
                // Refused: a later word from the provider is recorded already, or
                // another attempt has taken over, whose record stands.
                if let Fenced::Refused(Some(found)) = &told
                    && found.is_of_another(provider_message_id)
                {
                    let delivery = &self.job.delivery_id;
                    telemetry::duplicate(delivery, provider_message_id, self.now());
                }
                self.at_end(&told)
            }
            Err(error) => {
                telemetry::finish_lost(self.job, provider_message_id, &error.to_string());
                Err(error.into())
            }
        }
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
            SendFailure::Permanent => {
                self.channel_in_order();
                self.turn_device_off(reason).await?;
                self.reject(attempt, reason).await
            }
            SendFailure::NotSent | SendFailure::Throttled if attempts >= policy.attempts => {
                self.reject(attempt, &format!("attempts_exhausted:{reason}")).await
            }
            SendFailure::NotSent | SendFailure::Throttled => {
                let next_at = clock::after(now, policy.wait(attempts, attempt));
                self.wait(transition::retry_wait(attempt, reason, next_at, true, now)).await
            }
            SendFailure::QuotaExhausted
            | SendFailure::Configuration
            | SendFailure::Unrecognised => {
                if not_accepted.failure != SendFailure::Unrecognised
                    && self.deliverer.circuit.fault(now)
                {
                    telemetry::circuit_opened(self.job.channel(), reason, now);
                }
                let next_at = clock::after(now, retry::parked(self.record.receive_count));
                self.wait(transition::retry_wait(attempt, reason, next_at, false, now)).await
            }
            SendFailure::Unknown => {
                let resend_at = self.resend_at(attempts, now);
                self.wait(transition::outcome_unknown(attempt, reason, resend_at, now)).await
            }
        }
    }

    /// Ends the delivery for good, and takes the route's next channel if this
    /// was its last hope.
    async fn reject(&self, attempt: &AttemptId, reason: &str) -> Result<(), Postponed> {
        self.end(&transition::rejected(attempt, reason, self.now())).await?;
        self.fall_back().await
    }

    /// Enqueues the deliveries on the route's next channel if this delivery and
    /// all its siblings have failed for good. Each sibling records its own
    /// failure before it looks at the others, so the last one finds them all;
    /// should two find so, their jobs are for the same deliveries.
    async fn fall_back(&self) -> Result<(), Postponed> {
        let next = self.job.next_channel();
        if next.is_empty() {
            return Ok(());
        }
        // Itself too: what can't be rendered any more may have been sent while it
        // could.
        for delivery in self.job.fallback.siblings.iter().chain([&self.job.delivery_id]) {
            let key =
                DeliveryKey { order_id: self.job.order_id.clone(), delivery_id: delivery.clone() };
            let record = self.deliverer.ledger.delivery(&key).await?;
            if record.is_none_or(|record| record.state != DeliveryState::Rejected) {
                return Ok(());
            }
        }
        self.deliverer.jobs.enqueue(&next, &self.record.message_id).await?;
        Ok(())
    }

    /// A device whose endpoint SNS has disabled or forgotten is not tried again
    /// until the app registers it anew.
    async fn turn_device_off(&self, reason: &str) -> Result<(), CallError> {
        match &self.job.recipient {
            Recipient::Push { device, endpoint_arn, .. } if endpoint_is_gone(reason) => {
                let customer = &self.job.data.customer.id;
                self.deliverer.devices.disable_device(customer, device, endpoint_arn).await
            }
            _ => Ok(()),
        }
    }

    fn channel_in_order(&self) {
        if self.deliverer.circuit.in_order() {
            telemetry::circuit_closed(self.job.channel());
        }
    }

    /// Whether a newer fact about the order was told while this job waited, and
    /// on this channel the newest wins.
    async fn is_superseded(&self, now: Timestamp) -> Result<bool, CallError> {
        let job = self.job;
        let late = self.record.receive_count > 1 || clock::until(job.planned_at, now) > LATE;
        if job.ordering != Ordering::Latest || !late {
            return Ok(false);
        }
        let state = self.deliverer.ledger.order_state(&job.order_id).await?;
        Ok(state.is_newer_than(job.lifecycle_rank, job.event_time))
    }

    /// Another's attempt has ended without a word; it may have sent.
    async fn lease_expired(&self, owner: &AttemptId, attempts: u32) -> Result<(), Postponed> {
        let now = self.now();
        let resend_at = self.resend_at(attempts, now);
        self.wait(transition::lease_expired(owner, resend_at, now)).await
    }

    /// Ends a delivery that is not to be sent (any more).
    async fn end_unsent(&self, state: DeliveryState, reason: &str) -> Result<(), Postponed> {
        let now = self.now();
        let found =
            match self.apply(&transition::settled_unsent(self.job, state, reason, now)).await? {
                Fenced::Made { .. } => return Ok(()),
                Fenced::Refused(found) => found,
            };
        let nobody = AttemptId::new("");
        match (found.as_ref().map(|record| record.state), self.refused(found, &nobody, now)?) {
            (Some(DeliveryState::Unknown), _) => {
                self.end(&transition::abandoned(reason, now)).await
            }
            (_, Claim::LeaseExpired { owner, .. }) => {
                self.end(&transition::lease_expired(&owner, None, now)).await
            }
            (_, Claim::NotBefore(at)) => Err(self.wait_until(at, "not_due")),
            (_, Claim::Ours { .. } | Claim::Settled(_)) => Ok(()),
        }
    }

    /// Makes a transition to an end.
    async fn end(&self, transition: &Transition) -> Result<(), Postponed> {
        self.at_end(&self.tell(transition).await?)
    }

    /// Whoever has moved the delivery on meanwhile, and not to an end, may have
    /// stopped since. This message may be the last that leads to it, so it stays.
    fn at_end(&self, told: &Fenced) -> Result<(), Postponed> {
        match told {
            Fenced::Refused(Some(found)) if !found.state.is_settled() => {
                Err(self.wait_until(self.now(), "moved_on"))
            }
            Fenced::Made { .. } | Fenced::Refused(_) => Ok(()),
        }
    }

    /// Makes a transition, and postpones the record until the delivery is due;
    /// a transition that leaves nothing to wait for ends it.
    async fn wait(&self, transition: Transition) -> Result<(), Postponed> {
        let change = &transition.change;
        let reason = change.reason.clone().unwrap_or_default();
        match (self.tell(&transition).await?, change.next_at) {
            (Fenced::Made { .. }, None) => Ok(()),
            (Fenced::Made { .. }, Some(at)) => Err(self.wait_until(at, &reason)),
            // Somebody else has moved the delivery on: look again.
            (Fenced::Refused(_), _) => Err(self.wait_until(self.now(), "moved_on")),
        }
    }

    /// Makes a transition that the ledger must learn of: it is told until it
    /// answers, while time is left. An attempt without a word counts as one that
    /// may have sent, whatever came of it.
    async fn tell(&self, transition: &Transition) -> Result<Fenced, CallError> {
        let mut tries = 1..FINISH_TRIES;
        loop {
            let told = self.apply(transition).await;
            let out_of_time = clock::until(self.now(), self.invocation.deadline) < FINISH_TIME;
            if told.is_ok() || out_of_time || tries.next().is_none() {
                return told;
            }
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

    /// When a delivery that may have been sent is tried again, if it is: attempts
    /// without a word count like those that failed, and are bounded with them.
    fn resend_at(&self, attempts: u32, now: Timestamp) -> Option<Timestamp> {
        let wait = retry::resend_after_unknown(self.job.channel());
        let wait = wait.filter(|_| attempts < retry::policy(self.job.class).attempts);
        wait.map(|wait| clock::after(now, wait))
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
