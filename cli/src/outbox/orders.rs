//! Finds a message's order in the ledger of the stack beside the recorder.

use std::time::Duration;

use bellhop::channel::email::delivery_of_tags;
use bellhop::ledger::{DeliveryKey, ReadLedger, SealedLedger, TimelineEntry};
use bellhop::model::OrderId;
use bellhop::model::failure::CallError;
use bellhop::model::id::DeliveryId;
use bellhop_local::recorder::{RecordedContent, RecordedMessage};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::CliError;
use crate::connection::Connection;

/// A page is worth showing without its order's history, so it waits no longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why a message's order can't be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum OrdersError {
    #[error("{0}")]
    Stack(#[from] CliError),
    #[error("{0}")]
    Ledger(#[from] CallError),
    #[error("the local AWS does not answer")]
    Late,
}

/// The order of a message.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) order: OrderId,
    pub(super) delivery: DeliveryId,
    pub(super) timeline: Vec<TimelineEntry>,
}

/// The orders of the stack beside the recorder.
#[derive(Debug, Default)]
pub(super) struct Orders(OnceCell<SealedLedger>);

impl Orders {
    /// The order of a message; none before the ledger has it.
    pub(super) async fn of(
        &self,
        upstream: &str,
        message: &RecordedMessage,
    ) -> Result<Option<Found>, OrdersError> {
        timeout(PATIENCE, self.find(upstream, message)).await.map_err(|_| OrdersError::Late)?
    }

    async fn find(
        &self,
        upstream: &str,
        message: &RecordedMessage,
    ) -> Result<Option<Found>, OrdersError> {
        let ledger = self.0.get_or_try_init(|| connect(upstream)).await?;
        let key = match &message.content {
            // A mail says itself whose it is.
            RecordedContent::Email(email) => {
                let tags = delivery_of_tags(|name| email.tags.get(name).map(String::as_str));
                tags.map(|(order_id, delivery_id)| DeliveryKey { order_id, delivery_id })
            }
            RecordedContent::Sms { .. } | RecordedContent::Push { .. } => {
                ledger.delivery_of_message(&message.message_id.as_str().into()).await?
            }
        };
        let Some(key) = key else { return Ok(None) };
        let timeline = ledger.order(&key.order_id).await?.timeline();
        Ok(Some(Found { order: key.order_id, delivery: key.delivery_id, timeline }))
    }
}

/// The stack is there only some time after the recorder.
async fn connect(upstream: &str) -> Result<SealedLedger, CliError> {
    let config = bellhop_local::sdk_config(upstream);
    let connection = Connection::describe(config, bellhop_local::STACK).await?;
    connection.ledger().await
}
