//! A provider and endpoints in memory, for tests and the simulator.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::{Applications, EndpointError, NotAccepted, PushEndpoints, Sender};
use crate::contact::Platform;
use crate::event::Channel;
use crate::id::{AttemptId, DeliveryId, hash};
use crate::queue::DeliveryJob;
use crate::render::RenderError;

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

    fn prepare(&self, job: &DeliveryJob, _now: Timestamp) -> Result<String, RenderError> {
        Ok(job.delivery_id.to_string())
    }

    fn payload_hash(&self, message: &String) -> String {
        hash(["memory", message])
    }

    async fn send(
        &self,
        job: &DeliveryJob,
        attempt: &AttemptId,
        _message: &String,
    ) -> Result<String, NotAccepted> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push((job.delivery_id.clone(), attempt.clone()));
        match self.script.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            Some(refusal) => Err(refusal),
            None => Ok(format!("memory-{}", sent.len())),
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
    ) -> Result<Option<String>, EndpointError> {
        let of = |application: &str| format!("{application}/{}", hash(["endpoint", token]));
        Ok(self.0.of(platform).map(of))
    }
}
