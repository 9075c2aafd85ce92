//! A provider as they are: it takes so many calls a second, answers after a while, and
//! is at times not itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bellhop::channel::{NotAccepted, Outgoing, Recipient, Sender};
use bellhop::content::RenderError;
use bellhop::model::clock::{self, Clock, Timestamp};
use bellhop::model::failure::SendFailure;
use bellhop::model::id::{AttemptId, DeliveryId, hash};
use bellhop::model::{Channel, Class, ProviderMessageId};

use super::clock::Virtual;

/// What a fault befalls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Befalls {
    /// Every call.
    All,
    /// Calls to the devices of this platform application.
    Application(String),
    /// Calls to this recipient.
    Recipient(Recipient),
}

/// What the provider answers for a while.
#[derive(Debug, Clone)]
pub struct Bad {
    /// From when on, since the beginning.
    pub from: Duration,
    /// Until when.
    pub until: Duration,
    /// Which calls.
    pub befalls: Befalls,
    /// The answer.
    pub failure: SendFailure,
    /// Its code.
    pub code: &'static str,
}

/// A call that the provider was asked to make.
#[derive(Debug, Clone)]
pub struct Asked {
    /// When, since the beginning.
    pub at: Duration,
    /// Of which delivery.
    pub delivery: DeliveryId,
    /// For whom the message is.
    pub class: Class,
    /// Why it was refused; none if it was accepted.
    pub refused: Option<SendFailure>,
}

#[derive(Debug)]
struct State {
    tokens: f64,
    filled_at: Duration,
    asked: Vec<Asked>,
}

/// A provider.
#[derive(Debug, Clone)]
pub struct Provider {
    channel: Channel,
    clock: Virtual,
    /// Calls a second that it takes, with a burst of one second's.
    capacity: f64,
    latency: Duration,
    bad: Vec<Bad>,
    state: Arc<Mutex<State>>,
}

impl Provider {
    /// A provider that takes so many calls a second, and answers after 80 ms.
    pub fn new(channel: Channel, clock: Virtual, capacity: f64, bad: Vec<Bad>) -> Self {
        let state = State { tokens: capacity, filled_at: clock.elapsed(), asked: Vec::new() };
        let latency = Duration::from_millis(80);
        Self { channel, clock, capacity, latency, bad, state: Arc::new(Mutex::new(state)) }
    }

    /// Every call so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.lock().unwrap().asked.clone()
    }

    /// When each delivery was accepted, as often as it was.
    pub fn accepted(&self) -> BTreeMap<DeliveryId, Vec<Duration>> {
        let mut accepted = BTreeMap::<_, Vec<_>>::new();
        for asked in self.asked().into_iter().filter(|asked| asked.refused.is_none()) {
            accepted.entry(asked.delivery).or_default().push(asked.at);
        }
        accepted
    }

    /// Which of the calls it refused for their speed.
    pub fn share_refused(&self) -> f64 {
        let asked = self.asked();
        let throttled = Some(SendFailure::Throttled);
        let refused = asked.iter().filter(|asked| asked.refused == throttled).count();
        refused as f64 / asked.len() as f64
    }

    fn answer(&self, recipient: &Recipient) -> Option<NotAccepted> {
        let now = self.clock.elapsed();
        let mut state = self.state.lock().unwrap();
        let filled = (now - state.filled_at).as_secs_f64() * self.capacity;
        state.tokens = (state.tokens + filled).min(self.capacity);
        state.filled_at = now;
        if state.tokens < 1.0 {
            let (failure, reason) = (SendFailure::Throttled, "Throttling".into());
            return Some(NotAccepted { failure, reason });
        }
        state.tokens -= 1.0;
        let befalls = |bad: &&Bad| {
            (bad.from..bad.until).contains(&now)
                && match &bad.befalls {
                    Befalls::All => true,
                    Befalls::Application(name) => recipient.application() == Some(name),
                    Befalls::Recipient(one) => recipient == one,
                }
        };
        let bad = self.bad.iter().find(befalls)?;
        Some(NotAccepted { failure: bad.failure, reason: bad.code.into() })
    }
}

impl Sender for Provider {
    type Message = ();

    fn channel(&self) -> Channel {
        self.channel
    }

    fn prepare(&self, _: &Outgoing<'_>, _: Timestamp) -> Result<(), RenderError> {
        Ok(())
    }

    fn payload_hash(&self, (): &()) -> String {
        "payload".to_owned()
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        (): &(),
    ) -> Result<ProviderMessageId, NotAccepted> {
        let answer = self.answer(outgoing.recipient);
        let asked = Asked {
            at: self.clock.elapsed(),
            delivery: outgoing.delivery_id.clone(),
            class: outgoing.class,
            refused: answer.as_ref().map(|refused| refused.failure),
        };
        self.state.lock().unwrap().asked.push(asked);
        self.clock.sleep_until(clock::after(self.clock.now(), self.latency)).await;
        match answer {
            Some(refused) => Err(refused),
            None => Ok(hash(["provider", attempt.as_str()]).into()),
        }
    }
}
