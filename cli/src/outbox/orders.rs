//! Finds a message's order in the ledger of the stack beside the recorder.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use bellhop::aws::fault;
use bellhop::event::OrderId;
use bellhop::failure::CallError;
use bellhop::id::DeliveryId;
use bellhop::ledger::{DynamoLedger, ReadLedger, TimelineEntry};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::CliError;
use crate::connection::Connection;
use crate::local;

/// The ledger's index of deliveries by the provider's id of the message.
const INDEX: &str = "provider-message-id";

/// A page is worth showing without its order's history, so it waits no longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why a message's order can't be told.
#[derive(Debug, thiserror::Error)]
pub(super) enum OrdersError {
    #[error("{0}")]
    Stack(#[from] CliError),
    #[error("{0}")]
    Ledger(#[from] CallError),
    #[error("the local AWS does not answer")]
    Late,
}

/// An order that a message tells about.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) order: OrderId,
    pub(super) delivery: DeliveryId,
    pub(super) timeline: Vec<TimelineEntry>,
}

/// The orders of the stack beside the recorder.
#[derive(Debug, Default)]
pub(super) struct Orders(OnceCell<Tables>);

#[derive(Debug)]
struct Tables {
    client: Client,
    table: String,
    ledger: DynamoLedger,
}

impl Orders {
    /// The order that a message tells about; none before the ledger has it.
    pub(super) async fn of(
        &self,
        upstream: &str,
        message_id: &str,
    ) -> Result<Option<Found>, OrdersError> {
        timeout(PATIENCE, self.find(upstream, message_id)).await.map_err(|_| OrdersError::Late)?
    }

    async fn find(&self, upstream: &str, message_id: &str) -> Result<Option<Found>, OrdersError> {
        let tables = self.0.get_or_try_init(|| connect(upstream)).await?;
        let Some((order, delivery)) = tables.delivery(message_id).await? else { return Ok(None) };
        let timeline = tables.ledger.order(&order).await?.timeline();
        Ok(Some(Found { order, delivery, timeline }))
    }
}

/// The stack is there only some time after the recorder.
async fn connect(upstream: &str) -> Result<Tables, CliError> {
    let config = local::sdk_config(upstream);
    let client = Client::new(&config);
    let connection = Connection::describe(config, local::STACK).await?;
    let table = connection.output("LedgerTableName")?.to_owned();
    Ok(Tables { client, table, ledger: connection.ledger()? })
}

impl Tables {
    async fn delivery(&self, message_id: &str) -> Result<Option<(OrderId, DeliveryId)>, CallError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(INDEX)
            .key_condition_expression("provider_message_id = :id")
            .expression_attribute_values(":id", AttributeValue::S(message_id.to_owned()))
            .limit(1)
            .send()
            .await
            .map_err(|error| CallError::new("dynamodb:Query", &fault(&error)))?;
        let key = |name, prefix| {
            let key = answer.items().first()?.get(name)?;
            key.as_s().ok()?.strip_prefix(prefix)
        };
        let order = key("pk", "ORDER#").and_then(|order| OrderId::parse(order).ok());
        Ok(order.zip(key("sk", "DELIVERY#").map(DeliveryId::new)))
    }
}
