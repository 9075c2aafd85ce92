//! Finds a message's order in the ledger of the stack beside the recorder.

use std::time::Duration;

use bellhop::ledger::{DynamoLedger, ReadLedger, TimelineEntry};
use bellhop::model::OrderId;
use bellhop::model::failure::CallError;
use bellhop::model::id::DeliveryId;
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
pub(super) struct Orders(OnceCell<DynamoLedger>);

impl Orders {
    /// The order of a message; none before the ledger has it.
    pub(super) async fn of(
        &self,
        upstream: &str,
        message_id: &str,
    ) -> Result<Option<Found>, OrdersError> {
        timeout(PATIENCE, self.find(upstream, message_id)).await.map_err(|_| OrdersError::Late)?
    }

    async fn find(&self, upstream: &str, message_id: &str) -> Result<Option<Found>, OrdersError> {
        let ledger = self.0.get_or_try_init(|| connect(upstream)).await?;
        let Some(key) = ledger.delivery_of_message(&message_id.into()).await? else {
            return Ok(None);
        };
        let timeline = ledger.order(&key.order_id).await?.timeline();
        Ok(Some(Found { order: key.order_id, delivery: key.delivery_id, timeline }))
    }
}

/// The stack is there only some time after the recorder.
async fn connect(upstream: &str) -> Result<DynamoLedger, CliError> {
    let config = bellhop_local::sdk_config(upstream);
    let connection = Connection::describe(config, bellhop_local::STACK).await?;
    connection.ledger()
}
