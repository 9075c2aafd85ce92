//! The work of the senders: one job is claimed, prepared, sent once, recorded.
//!
//! Between the claim and the record stands one call to the provider. Whatever
//! happens to this process in between, the next to come finds the claim in the
//! ledger, and the policy for an unknown outcome decides; nobody sends again
//! because a lease ran out.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;

use super::cap::HourlyCap;
use super::circuit::{Admission, Blame, Circuit};
use super::fallback::{Routes, has_failed, take_next_channel};
use super::next_step::{Failed, NextStep, RetryPolicy, next_step};
use super::pace::{Pace, Slot};
use super::unsent::Unsent;
use super::{DeliveryJob, JobError};
use crate::channel::{NotAccepted, Outgoing, Recipient, Rules, Sender, rules};
use crate::customer::{
    CheckContacts, CheckDevices, Chooser, DisableDevices, KeepPreferences, Preferences,
    ReadStandings, Standing, Suppression, last_word,
};
use crate::ledger::transition::{self, Claim, Fenced, Tally, Transition};
use crate::ledger::{DeliveryLedger, DeliveryRecord, DeliveryState, Holds};
use crate::model::clock::{self, Clock};
use crate::model::failure::{CallError, SendFailure};
use crate::model::id::{AttemptId, hash};
use crate::model::{
    Class, Invocation, Ordering, Postponed, ProviderMessageId, Reason, Record, Topic,
};
use crate::platform::telemetry::{self, Attempts, DeliveryChanged, SmsParts};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, dead_letter_permanent};

/// A lease outlives its invocation by this much, for clocks that differ.
const LEASE_MARGIN: Duration = Duration::from_secs(5);

/// What must be left of the invocation after a call to the provider, to record
/// what came of it.
const RECORD_TIME: Duration = Duration::from_secs(2);

/// What claiming takes.
const CLAIM_TIME: Duration = Duration::from_secs(2);

/// How often the ledger is asked to record what came of an attempt, if it does not
/// answer; each time the SDK tries again by itself, with pauses.
const RECORD_TRIES: usize = 12;

/// When a claim that was not answered is given back: a table that does not answer is
/// asked a few times, with pauses.
const GIVE_BACK_PAUSES: [Duration; 3] =
    [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(3)];

/// A fact that is older than this, or whose job was received before, may have been
/// overtaken: only then is read what was told. In good order a fact is told within
/// seconds.
const LATE: Duration = Duration::from_secs(15);

/// How long the job of a newer version waits for a function that reads it.
const NEWER_VERSION_WAIT: Duration = Duration::from_secs(10 * 60);

/// What sending needs from outside.
pub trait Ports {
    /// Where deliveries are claimed and recorded.
    type Ledger: DeliveryLedger + Holds;
    /// The channel.
    type Sender: Sender;
    /// Where it is said that a route goes on.
    type Routes: Routes;
    /// Where devices that are gone are disabled, and those of jobs that waited looked
    /// up; and whether their customer was erased, or wants no such messages any more.
    type Devices: DisableDevices + CheckDevices + ReadStandings + KeepPreferences;
    /// Where the addresses and numbers of jobs that waited are looked up.
    type Contacts: CheckContacts;
    /// Where unusable jobs go.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What sending works with.
pub struct Deliverer<P: Ports> {
    /// Where deliveries are claimed and recorded.
    pub ledger: P::Ledger,
    /// The channel.
    pub sender: P::Sender,
    /// Where it is said that a route goes on.
    pub routes: P::Routes,
    /// Where devices that are gone are disabled.
    pub devices: P::Devices,
    /// Where the addresses and numbers of jobs that waited are looked up.
    pub contacts: P::Contacts,
    /// Whether the channel is in order.
    pub circuit: Circuit,
    /// How fast the provider may be called.
    pub pace: Pace,
    /// What each recipient got in the last hour.
    pub cap: HourlyCap,
    /// The attempts that certainly sent nothing.
    pub unsent: Unsent,
    /// Where unusable jobs go.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// Processes one job.
///
/// # Errors
/// [`Postponed`] if the delivery is not done: it waits, or a store did not
/// answer.
pub async fn handle<P: Ports>(
    deliverer: &Deliverer<P>,
    record: &Record,
    invocation: &Invocation,
) -> Result<(), Postponed> {
    match DeliveryJob::parse(&record.body, deliverer.sender.channel()) {
        Ok(job) => {
            let learnt = Learnt::default();
            let delivery = Delivery { deliverer, job: &job, record, invocation, learnt };
            let outcome = delivery.run().await;
            dead_letter_permanent(&deliverer.dead_letters, &deliverer.clock, record, outcome).await
        }
        // It is another deployment's, which comes or comes back.
        Err(error @ JobError::NewerVersion(_)) => {
            let wait = NEWER_VERSION_WAIT;
            Err(Postponed::after(wait, error.reason()))
        }
        Err(error) => {
            let letter = DeadLetter { reason: error.reason(), detail: error.to_string() };
            dead_letter(&deliverer.dead_letters, &deliverer.clock, record, &letter).await
        }
    }
}

/// One job in one invocation.
struct Delivery<'a, P: Ports> {
    deliverer: &'a Deliverer<P>,
    job: &'a DeliveryJob,
    record: &'a Record,
    invocation: &'a Invocation,
    learnt: Learnt,
}

/// What is learnt on the way and is only logged.
#[derive(Default)]
struct Learnt {
    parts: OnceLock<SmsParts>,
    failure: OnceLock<SendFailure>,
}

/// The attempt that holds the delivery.
struct Attempt {
    id: AttemptId,
    /// How often the delivery was tried, this attempt included.
    tally: Tally,
}

/// How a delivery ends without an(other) attempt.
struct Ending {
    state: DeliveryState,
    reason: Reason,
}

impl Ending {
    fn rejected(reason: Reason) -> Self {
        Self { state: DeliveryState::Rejected, reason }
    }
}

impl<P: Ports> Delivery<'_, P> {
    async fn run(&self) -> Result<(), Postponed> {
        if let Some(ending) = self.unwanted().await? {
            return self.end_unsent(&ending).await;
        }
        self.admit().await?;
        let outgoing = Outgoing { trace: self.record.trace.as_ref(), ..self.job.outgoing() };
        let message = match self.deliverer.sender.prepare(&outgoing, self.now()) {
            Ok(message) => message,
            Err(error) => return self.end_unsent(&Ending::rejected(error.reason())).await,
        };
        if let Some(parts) = self.deliverer.sender.parts(&message) {
            _ = self.learnt.parts.set(parts);
        }
        self.keep_pace().await?;
        if self.is_capped() {
            return self.end_unsent(&Ending::rejected(Reason::HourlyCap)).await;
        }
        let attempt = match self.claim(&self.deliverer.sender.payload_hash(&message)).await? {
            Ok(attempt) => attempt,
            Err(claim) => return self.leave(claim).await,
        };
        // Claiming took long.
        if self.time_left() < self.send_time() {
            self.deliverer.unsent.remember(attempt.id.clone());
            return self.unsent(&attempt.id, &Reason::NoTimeLeft).await;
        }
        match self.deliverer.sender.send(&outgoing, &attempt.id, &message).await {
            Ok(message_id) => self.accepted(&attempt, &message_id).await,
            Err(not_accepted) => self.not_accepted(&attempt, &not_accepted).await,
        }
    }

    /// Why the message is no longer wanted, if it is not.
    async fn unwanted(&self) -> Result<Option<Ending>, CallError> {
        let now = self.now();
        if now > self.job.not_after {
            let (state, reason) = (DeliveryState::Expired, Reason::NotAfter);
            return Ok(Some(Ending { state, reason }));
        }
        if self.is_superseded(now).await? {
            let (state, reason) = (DeliveryState::Superseded, Reason::NewerFactTold);
            return Ok(Some(Ending { state, reason }));
        }
        if self.is_late(now) { self.unreachable().await } else { Ok(None) }
    }

    /// Why a recipient is not to be written to (any more), who could be when the decision
    /// to send was made.
    async fn unreachable(&self) -> Result<Option<Ending>, CallError> {
        let standing = self.standing().await?;
        if standing.is_erased(self.job.event_time) {
            return Ok(Some(Ending::rejected(Reason::Erased)));
        }
        if !self.has_device().await? {
            return Ok(Some(Ending::rejected(Reason::DeviceGone)));
        }
        let state = DeliveryState::Suppressed;
        let suppression = self.deliverer.contacts.suppression(&self.job.recipient).await?;
        if let Some(Suppression { reason, .. }) = suppression {
            return Ok(Some(Ending { state, reason }));
        }
        let reason = Reason::Unsubscribed;
        Ok(self.is_unwanted(&standing).await?.then_some(Ending { state, reason }))
    }

    /// Whether the customer has said meanwhile that they do not want to be asked. What
    /// says where an order stands goes as it was decided.
    async fn is_unwanted(&self, standing: &Standing) -> Result<bool, CallError> {
        let Self { deliverer, job, .. } = self;
        if job.class != Class::Promotional {
            return Ok(false);
        }
        let customer = standing.merged_into.as_ref().or(job.data.customer.id.as_ref());
        let own = match customer {
            Some(id) => deliverer.devices.preferences(&Chooser::Customer(id.clone())).await?,
            None => Preferences::default(),
        };
        let of_contact = deliverer.contacts.choices(&job.recipient).await?;
        let said = last_word(Topic::of(job.class), job.channel(), [&own, &of_contact]);
        Ok(said.is_some_and(|choice| !choice.wanted))
    }

    /// Whether things may have changed since the decision to send.
    fn is_late(&self, now: Timestamp) -> bool {
        self.record.receive_count > 1 || clock::until(self.job.event_time, now) > LATE
    }

    /// How the customer stands by now; a guest has never stood otherwise.
    async fn standing(&self) -> Result<Standing, CallError> {
        match &self.job.data.customer.id {
            Some(customer) => self.deliverer.devices.standing(customer).await,
            None => Ok(Standing::default()),
        }
    }

    /// Whether a device is still the customer's: it may be somebody else's by now, who
    /// must not read it.
    async fn has_device(&self) -> Result<bool, CallError> {
        match &self.job.recipient {
            Recipient::Push { device, endpoint_arn, .. } => {
                let Some(customer) = &self.job.data.customer.id else { return Ok(false) };
                self.deliverer.devices.has_device(customer, device, endpoint_arn).await
            }
            Recipient::Email { .. } | Recipient::Sms { .. } => Ok(true),
        }
    }

    /// Whether the recipient was told a newer fact about the order on this channel,
    /// and here the newest wins.
    async fn is_superseded(&self, now: Timestamp) -> Result<bool, CallError> {
        let job = self.job;
        if job.ordering != Ordering::Latest || !self.is_late(now) {
            return Ok(false);
        }
        let facts = job.facts();
        let deliveries = self.deliverer.ledger.deliveries_of(&job.order_id).await?;
        let newer = |told: &DeliveryRecord| told.is_told() && told.facts.supersede(&facts);
        Ok(deliveries.iter().any(newer))
    }

    /// While the channel's circuit is open, the message waits: longer with each
    /// receive, so that a fault of days uses up no message's receives.
    async fn admit(&self) -> Result<(), Postponed> {
        let now = self.now();
        if let Some(until) = self.held_until(now).await {
            return Err(self.wait_until(until, Reason::CircuitOpen));
        }
        match self.deliverer.circuit.admit(self.application(), now) {
            Admission::Go => Ok(()),
            Admission::Wait(probe_at) => {
                let parked = clock::after(now, self.policy().parked(self.record.receive_count));
                Err(self.wait_until(probe_at.max(parked), Reason::CircuitOpen))
            }
        }
    }

    /// Until when reports hold the channel.
    async fn held_until(&self, now: Timestamp) -> Option<Timestamp> {
        let Deliverer { circuit, ledger, .. } = self.deliverer;
        if !self.rules().may_be_held() {
            return None;
        }
        circuit.held_until(ledger, self.job.channel(), now).await
    }

    /// Waits for a turn at the provider's rate, within this invocation or, where it
    /// comes too late for that, on the queue. Nothing is claimed yet.
    async fn keep_pace(&self) -> Result<(), Postponed> {
        let now = self.now();
        let Some(spare) = self.time_left().checked_sub(self.send_time() + CLAIM_TIME) else {
            return Err(self.wait_until(now, Reason::NoTimeLeft));
        };
        let latest = clock::after(now, spare);
        match self.deliverer.pace.reserve(self.job.class, now, latest) {
            Slot::At(at) if at > now => {
                self.deliverer.clock.sleep_until(at).await;
                Ok(())
            }
            Slot::At(_) => Ok(()),
            Slot::TooLate(at) => Err(self.wait_until(at, Reason::Pace)),
        }
    }

    /// Whether the recipient has got as many messages as one may get in an hour.
    fn is_capped(&self) -> bool {
        let recipient = || hash(["hourly", self.job.recipient.identity()]);
        let delivery = &self.job.delivery_id;
        let admit = |most| self.deliverer.cap.admit(&recipient(), delivery, most, self.now());
        self.rules().hourly_cap().is_some_and(|most| !admit(most))
    }

    /// Takes the delivery for an attempt of this invocation; else what was found.
    async fn claim(&self, payload_hash: &str) -> Result<Result<Attempt, Claim>, CallError> {
        let (id, now) = (self.attempt_id(), self.now());
        let lease_until = clock::after(self.invocation.deadline, LEASE_MARGIN);
        let claim = transition::claim(self.job.facts(), &id, payload_hash, now, lease_until);
        let answer = match self.apply(&claim).await {
            Ok(answer) => answer,
            Err(error) => return Err(self.give_back(id, error).await),
        };
        Ok(match answer {
            Fenced::Applied(tally) => Ok(Attempt { id, tally }),
            Fenced::Conflict(found) => {
                match transition::conflicting_claim(&known(found)?, Some(&id), now) {
                    Claim::Ours(tally) => Ok(Attempt { id, tally }),
                    other => Err(other),
                }
            }
        })
    }

    /// The claim may stand, though no answer came. Its attempt makes no call, and says
    /// so; whoever finds it later would else take it for one that may have sent.
    async fn give_back(&self, id: AttemptId, error: CallError) -> CallError {
        self.deliverer.unsent.remember(id.clone());
        let now = self.now();
        let unsent = transition::park(&id, &Reason::ClaimUnanswered, now, now);
        for pause in GIVE_BACK_PAUSES {
            if self.time_left() < pause + RECORD_TIME {
                break;
            }
            self.deliverer.clock.sleep_until(clock::after(self.now(), pause)).await;
            match self.apply(&unsent).await {
                Ok(_) => break,
                Err(error) => telemetry::benign(error.operation, &error.into()),
            }
        }
        error
    }

    /// Records of an attempt that it certainly sent nothing; the next may follow at once.
    async fn unsent(&self, attempt: &AttemptId, reason: &Reason) -> Result<(), Postponed> {
        let now = self.now();
        self.wait(transition::park(attempt, reason, now, now)).await
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

    /// What follows where the delivery could not be claimed.
    async fn leave(&self, claim: Claim) -> Result<(), Postponed> {
        match claim {
            // Again, for the one that ended it may have stopped before it could.
            Claim::Settled { state, reason } if has_failed(state) => {
                self.fall_back().await?;
                self.disable_device(reason.as_ref()).await
            }
            Claim::Settled { .. } | Claim::Ours(_) => Ok(()),
            Claim::NotBefore(at) => Err(self.wait_until(at, Reason::NotDue)),
            Claim::LeaseExpired { owner, .. } if self.deliverer.unsent.contains(&owner) => {
                self.unsent(&owner, &Reason::ClaimUnanswered).await
            }
            // Another's attempt has ended without an outcome; it may have sent.
            Claim::LeaseExpired { owner, tally } => {
                let now = self.now();
                match self.policy().resend_at(tally.doubts + 1, now) {
                    Some(at) => self.wait(transition::lease_expired(&owner, Some(at), now)).await,
                    None => self.abandon(&transition::lease_expired(&owner, None, now)).await,
                }
            }
        }
    }

    /// Should the ledger not record it, the delivery's outcome is unknown to
    /// everybody else, so it is at least logged; it is not sent again here.
    async fn accepted(
        &self,
        attempt: &Attempt,
        message: &ProviderMessageId,
    ) -> Result<(), Postponed> {
        let now = self.now();
        self.deliverer.pace.kept(self.job.class, now);
        if self.deliverer.circuit.accepted(self.application()) {
            telemetry::circuit_closed(self.job.channel(), now);
        }
        let accepted = transition::accepted(&attempt.id, message, now).on(self.job.channel());
        let recorded = self.record(&accepted).await.map_err(|error| {
            let lost = Postponed::from(error);
            let (delivery, now) = (&self.job.delivery_id, self.now());
            telemetry::acceptance_lost(delivery, message, &lost.reason, now);
            lost.logged()
        })?;
        // A conflict: a later report of the provider is recorded already, or another
        // attempt has taken over, whose record stands.
        if let Fenced::Conflict(Some(found)) = &recorded
            && found.is_of_another(message)
        {
            let job = self.job;
            telemetry::duplicate(&job.order_id, &job.delivery_id, message, self.now());
        }
        self.ended(&recorded)
    }

    async fn not_accepted(
        &self,
        attempt: &Attempt,
        not_accepted: &NotAccepted,
    ) -> Result<(), Postponed> {
        let failure = self.learn(not_accepted);
        _ = self.learnt.failure.set(failure);
        let reason = &not_accepted.reason;
        let failed = Failed {
            failure,
            attempt: &attempt.id,
            attempts: attempt.tally.attempts,
            doubts: attempt.tally.doubts,
            receive_count: self.record.receive_count,
        };
        let now = self.now();
        let id = &attempt.id;
        match next_step(&failed, &self.policy(), now) {
            NextStep::Reject if attempt.tally.doubts > 0 => {
                self.reject(id, &Reason::MayHaveBeenSent(Box::new(reason.clone()))).await
            }
            NextStep::Reject => self.reject(id, reason).await,
            NextStep::Retry(at) => self.wait(transition::retry(id, reason, at, now)).await,
            NextStep::Park(at) => self.wait(transition::park(id, reason, at, now)).await,
            NextStep::Resend(at) => {
                self.wait(transition::outcome_unknown(id, reason, Some(at), now)).await
            }
            NextStep::Abandon => {
                self.abandon(&transition::outcome_unknown(id, reason, None, now)).await
            }
        }
    }

    /// What a failure says of the channel and its pace, besides the message; and what
    /// it means in their light.
    fn learn(&self, not_accepted: &NotAccepted) -> SendFailure {
        let NotAccepted { failure, reason } = not_accepted;
        match self.blame(not_accepted) {
            Blame::Deployment => {
                let now = self.now();
                if self.deliverer.circuit.fault(self.application(), now) {
                    telemetry::circuit_opened(self.job.channel(), reason, now);
                }
                SendFailure::Configuration
            }
            Blame::Recipient => {
                if *failure == SendFailure::Permanent
                    && self.deliverer.circuit.in_order(self.application())
                {
                    telemetry::circuit_closed(self.job.channel(), self.now());
                }
                if *failure == SendFailure::Throttled {
                    self.deliverer.pace.refused(self.job.class, self.now());
                }
                *failure
            }
        }
    }

    fn blame(&self, not_accepted: &NotAccepted) -> Blame {
        let NotAccepted { failure, reason } = not_accepted;
        match failure {
            SendFailure::QuotaExhausted | SendFailure::Configuration => Blame::Deployment,
            // A device that is gone is so by itself, however many there are.
            SendFailure::Permanent if !self.rules().recipient_is_gone(reason) => {
                let recipient = self.job.recipient.identity();
                let recipient = hash(["refused", recipient]);
                self.deliverer.circuit.refused(self.application(), &reason.code(), &recipient)
            }
            SendFailure::Permanent
            | SendFailure::NotSent
            | SendFailure::Throttled
            | SendFailure::Unrecognised
            | SendFailure::Unknown => Blame::Recipient,
        }
    }

    /// A device that is gone is not tried again until the app registers it anew.
    async fn disable_device(&self, reason: Option<&Reason>) -> Result<(), Postponed> {
        let is_gone = reason.is_some_and(|reason| self.rules().recipient_is_gone(reason.cause()));
        match &self.job.recipient {
            Recipient::Push { device, endpoint_arn, .. } if is_gone => {
                let Some(customer) = &self.job.data.customer.id else { return Ok(()) };
                let devices = &self.deliverer.devices;
                Ok(devices.disable_device(customer, device, endpoint_arn).await?)
            }
            _ => Ok(()),
        }
    }

    fn rules(&self) -> &'static dyn Rules {
        rules(self.job.channel())
    }

    fn application(&self) -> Option<&str> {
        self.job.recipient.application()
    }

    fn policy(&self) -> RetryPolicy {
        RetryPolicy::of(self.job.class, self.rules().after_unknown())
    }

    /// What a call to the provider takes at most, and recording what came of it.
    fn send_time(&self) -> Duration {
        self.rules().attempt_timeout() + RECORD_TIME
    }

    /// Ends the delivery for good, and takes the route's next channel if this
    /// was its last hope. The refusal is recorded before anything is made of it: it
    /// must not be lost with a store of profiles that does not answer.
    async fn reject(&self, attempt: &AttemptId, reason: &Reason) -> Result<(), Postponed> {
        self.end(&transition::rejected(attempt, reason, self.now())).await?;
        self.fall_back().await?;
        self.disable_device(Some(reason)).await
    }

    /// Ends a delivery that may have been sent, and takes the route's next channel.
    async fn abandon(&self, transition: &Transition) -> Result<(), Postponed> {
        self.end(transition).await?;
        self.fall_back().await
    }

    async fn fall_back(&self) -> Result<(), Postponed> {
        let Deliverer { ledger, routes, .. } = self.deliverer;
        take_next_channel(ledger, routes, self.job, self.record.origin()).await?;
        Ok(())
    }

    /// Ends a delivery that is not to be sent (any more), and takes the route's next
    /// channel if it has failed. Who was erased is written to on none.
    async fn end_unsent(&self, ending: &Ending) -> Result<(), Postponed> {
        self.settle_unsent(ending).await?;
        if has_failed(ending.state) && ending.reason != Reason::Erased {
            self.fall_back().await
        } else {
            Ok(())
        }
    }

    async fn settle_unsent(&self, ending: &Ending) -> Result<(), Postponed> {
        let Ending { state, reason } = ending;
        let now = self.now();
        let unsent = transition::settled_unsent(self.job.facts(), *state, reason, now);
        let found = match self.apply(&unsent).await? {
            Fenced::Applied(_) => return Ok(()),
            Fenced::Conflict(found) => known(found)?,
        };
        if found.state == DeliveryState::Unknown {
            return self.end(&transition::abandoned(reason, now)).await;
        }
        match transition::conflicting_claim(&found, None, now) {
            Claim::LeaseExpired { owner, .. } if self.deliverer.unsent.contains(&owner) => {
                self.unsent(&owner, &Reason::ClaimUnanswered).await
            }
            Claim::LeaseExpired { owner, .. } => {
                self.end(&transition::lease_expired(&owner, None, now)).await
            }
            Claim::NotBefore(at) => Err(self.wait_until(at, Reason::NotDue)),
            Claim::Ours(_) | Claim::Settled { .. } => Ok(()),
        }
    }

    /// Records a change that ends the delivery.
    async fn end(&self, transition: &Transition) -> Result<(), Postponed> {
        self.ended(&self.record(transition).await?)
    }

    /// Another worker changed it, not to an end, and may have died; keep the
    /// message so that someone looks again.
    fn ended(&self, recorded: &Fenced) -> Result<(), Postponed> {
        match recorded {
            Fenced::Conflict(Some(found)) if !found.state.is_settled() => {
                Err(self.wait_until(self.now(), Reason::MovedOn))
            }
            Fenced::Applied(_) | Fenced::Conflict(_) => Ok(()),
        }
    }

    /// Records a change after which the delivery waits, and postpones the record
    /// until it is due.
    async fn wait(&self, transition: Transition) -> Result<(), Postponed> {
        let change = &transition.change;
        Err(match self.record(&transition).await? {
            Fenced::Applied(_) => {
                let reason = change.reason.clone().unwrap_or(Reason::NotDue);
                self.wait_until(change.next_at.unwrap_or(change.at), reason).logged()
            }
            // Another worker changed it: look again.
            Fenced::Conflict(_) => self.wait_until(self.now(), Reason::MovedOn),
        })
    }

    /// Applies a change that must be recorded: the ledger is asked until it answers,
    /// while time is left. An attempt without outcome counts as one that may have
    /// sent, whatever came of it.
    async fn record(&self, transition: &Transition) -> Result<Fenced, CallError> {
        let mut tries = 1..RECORD_TRIES;
        loop {
            let recorded = self.apply(transition).await;
            let out_of_time = self.time_left() < RECORD_TIME;
            if recorded.is_ok() || out_of_time || tries.next().is_none() {
                return recorded;
            }
        }
    }

    async fn apply(&self, transition: &Transition) -> Result<Fenced, CallError> {
        let fenced = self.deliverer.ledger.apply(&self.job.key(), transition).await?;
        let change = &transition.change;
        if let Fenced::Applied(tally) = fenced
            && change.state != DeliveryState::Sending
        {
            let changed = DeliveryChanged {
                order_id: &self.job.order_id,
                delivery_id: &self.job.delivery_id,
                notification: &self.job.notification,
                kind: &self.job.kind,
                channel: self.job.channel(),
                class: self.job.class,
                priority: self.job.priority,
                state: change.state.as_str(),
                reason: change.reason.as_ref(),
                failure: self.learnt.failure.get().copied(),
                attempts: Attempts { made: tally.attempts, new_doubts: change.doubts },
                next_at: change.next_at,
                sendable_at: self.job.due_at.unwrap_or(self.job.event_time),
                sms: self.learnt.parts.get().copied(),
                country: self.job.recipient.country(),
                record: self.record,
            };
            telemetry::delivery(&changed, change.at);
        }
        Ok(fenced)
    }

    fn wait_until(&self, at: Timestamp, reason: Reason) -> Postponed {
        // A second more, for visibility counts in whole seconds.
        let wait = clock::until(self.now(), at);
        let whole = Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        Postponed::after(whole, reason)
    }

    fn time_left(&self) -> Duration {
        clock::until(self.now(), self.invocation.deadline)
    }

    fn now(&self) -> Timestamp {
        self.deliverer.clock.now()
    }
}

/// A conflict tells the record it met with.
fn known(found: Option<Box<DeliveryRecord>>) -> Result<DeliveryRecord, CallError> {
    let missing = "a conflict without the item that it met with";
    found.map(|found| *found).ok_or_else(|| CallError::unexpected("dynamodb:UpdateItem", missing))
}
