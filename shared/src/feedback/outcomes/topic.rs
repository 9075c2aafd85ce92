//! Where outcomes are published: an SNS topic, or a list in memory.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use aws_sdk_sns::Client;
use aws_sdk_sns::types::MessageAttributeValue;

use super::OutcomeEvent;
use crate::model::failure::CallError;
use crate::platform::aws::fault;

/// Publishes outcomes.
pub trait PublishOutcomes: Sync {
    /// Publishes one; harmless to repeat, as it keeps its id.
    ///
    /// # Errors
    /// [`CallError`] if it is not known to be published.
    fn publish(&self, event: &OutcomeEvent) -> impl Future<Output = Result<(), CallError>> + Send;
}

/// A topic of SNS.
#[derive(Debug, Clone)]
pub struct SnsTopic {
    client: Client,
    arn: String,
}

impl SnsTopic {
    /// The topic of this ARN.
    pub fn new(client: Client, arn: impl Into<String>) -> Self {
        Self { client, arn: arn.into() }
    }
}

impl PublishOutcomes for SnsTopic {
    async fn publish(&self, event: &OutcomeEvent) -> Result<(), CallError> {
        let building = |problem: String| CallError::unexpected("sns:encode", problem);
        let body = serde_json::to_string(event).map_err(|e| building(e.to_string()))?;
        let mut publish = self.client.publish().topic_arn(&self.arn).message(body);
        for (name, text) in event.attributes() {
            let value = MessageAttributeValue::builder().data_type("String").string_value(text);
            let value = value.build().map_err(|e| building(e.to_string()))?;
            publish = publish.message_attributes(name, value);
        }
        publish.send().await.map(drop).map_err(|e| CallError::new("sns:Publish", &fault(&e)))
    }
}

/// A topic in memory, for tests.
#[derive(Debug, Default)]
pub struct MemoryTopic(Mutex<Vec<OutcomeEvent>>);

impl MemoryTopic {
    /// What was published, in order.
    pub fn all(&self) -> Vec<OutcomeEvent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl PublishOutcomes for MemoryTopic {
    async fn publish(&self, event: &OutcomeEvent) -> Result<(), CallError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
        Ok(())
    }
}
