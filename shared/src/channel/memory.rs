//! A provider and endpoints in memory, for tests and the simulator.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::push::{Applications, EndpointError, PushEndpoints};
use super::{NotAccepted, Outgoing, Sender};
use crate::content::RenderError;
use crate::model::failure::CallError;
use crate::model::id::{AttemptId, DeliveryId, EndpointArn, hash};
use crate::model::{Channel, Platform, ProviderMessageId};

/// A provider that keeps what it is sent. Scripted answers come first, in
/// order; after them everything is accepted.
#[derive(Debug)]
pub struct MemorySender {
    channel: Channel,
    script: Mutex<Vec<NotAccepted>>,
    sent: Mutex<Vec<(DeliveryId, AttemptId)>>,
}

impl MemorySender {
    /// A provider that accepts everything.
    pub fn new(channel: Channel) -> Self {
        Self { channel, script: Mutex::default(), sent: Mutex::default() }
    }

    /// A provider that first answers with these.
    pub fn scripted(channel: Channel, mut answers: Vec<NotAccepted>) -> Self {
        answers.reverse();
        Self { script: Mutex::new(answers), ..Self::new(channel) }
    }

    /// Every call it received.
    pub fn sent(&self) -> Vec<(DeliveryId, AttemptId)> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often each delivery was sent to it.
    pub fn counts(&self) -> BTreeMap<DeliveryId, usize> {
        let mut counts = BTreeMap::new();
        for (delivery, _) in self.sent() {
            *counts.entry(delivery).or_default() += 1;
        }
        counts
    }
}

impl Sender for MemorySender {
    type Message = String;

    fn channel(&self) -> Channel {
        self.channel
    }

    fn prepare(&self, outgoing: &Outgoing<'_>, _now: Timestamp) -> Result<String, RenderError> {
        Ok(outgoing.delivery_id.to_string())
    }

    fn payload_hash(&self, message: &String) -> String {
        hash(["memory", message])
    }

    async fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        _message: &String,
    ) -> Result<ProviderMessageId, NotAccepted> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push((outgoing.delivery_id.clone(), attempt.clone()));
        match self.script.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            Some(error) => Err(error),
            None => Ok(format!("memory-{}", sent.len()).into()),
        }
    }
}

/// Endpoints in memory: every platform with an application has one per token.
#[derive(Debug, Default)]
pub struct MemoryEndpoints(pub Applications);

impl PushEndpoints for MemoryEndpoints {
    async fn ensure(
        &self,
        platform: Platform,
        token: &str,
    ) -> Result<Option<EndpointArn>, EndpointError> {
        let of = |application: &str| format!("{application}/{}", hash(["endpoint", token])).into();
        Ok(self.0.of(platform).map(of))
    }

    async fn delete(&self, _: &EndpointArn) -> Result<(), CallError> {
        Ok(())
    }
}
