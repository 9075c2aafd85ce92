//! Deliveries that ended without being sent, of a time range: what an operator may want
//! to release. The table has no index for it, so finding them reads the whole of it.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use super::DynamoLedger;
use super::dynamodb::{DELIVERY, ORDER};
use super::record::{DeliveryRecord, DeliveryState};
use crate::model::failure::CallError;
use crate::model::{OrderId, Reason};
use crate::platform::aws::fault;
use crate::platform::item::Item;

/// Which failed deliveries are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// How they ended.
    pub states: Vec<DeliveryState>,
    /// Changed last at this time or later.
    pub since: Timestamp,
    /// Changed last before this time.
    pub until: Timestamp,
}

impl Failed {
    /// Whether a delivery is one of them; or was, and waits since an operator has
    /// released it: whoever did may have died before its job was on the queue.
    pub fn admits(&self, record: &DeliveryRecord) -> bool {
        let in_time = self.since <= record.updated_at && record.updated_at < self.until;
        in_time && (self.states.contains(&record.state) || is_reopened(record))
    }
}

/// Whether it waits for an attempt since it was released.
fn is_reopened(record: &DeliveryRecord) -> bool {
    record.state == DeliveryState::RetryWait && record.reason == Some(Reason::Redriven)
}

/// A page of what was found.
#[derive(Debug, Default)]
pub struct Page {
    /// The orders of the deliveries that were found, one after the other, some more than
    /// once.
    pub orders: Vec<OrderId>,
    /// How many items were read to find them.
    pub read: usize,
    /// Where the next page begins; none after the last.
    next: Option<Item>,
}

impl Page {
    /// Whether it is the last one.
    pub fn is_last(&self) -> bool {
        self.next.is_none()
    }
}

impl<V> DynamoLedger<V> {
    /// The orders that have such deliveries, page by page: the page after this one, or
    /// the first. Each page costs what it reads, about a megabyte, whatever it finds.
    ///
    /// # Errors
    /// [`CallError`] if the store did not answer.
    pub async fn failed(&self, failed: &Failed, after: Option<Page>) -> Result<Page, CallError> {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let millis = |at: Timestamp| AttributeValue::N(at.as_millisecond().to_string());
        let mut scan = self
            .client
            .scan()
            .table_name(&self.table)
            .projection_expression("pk")
            .set_exclusive_start_key(after.and_then(|page| page.next))
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":delivery", text(DELIVERY))
            .expression_attribute_values(":since", millis(failed.since))
            .expression_attribute_values(":until", millis(failed.until))
            .expression_attribute_values(":waits", text(DeliveryState::RetryWait.as_str()))
            .expression_attribute_values(":redriven", text(&Reason::Redriven.code()));
        let mut states = vec!["(#state = :waits AND reason = :redriven)".to_owned()];
        for (nth, state) in failed.states.iter().enumerate() {
            scan = scan.expression_attribute_values(format!(":s{nth}"), text(state.as_str()));
            states.push(format!("#state = :s{nth}"));
        }
        let filter = format!(
            "begins_with(sk, :delivery) AND updated_at >= :since AND updated_at < :until AND ({})",
            states.join(" OR ")
        );
        let answer = scan.filter_expression(filter).send().await;
        let answer = answer.map_err(|e| CallError::new("dynamodb:Scan", &fault(&e)))?;
        let order =
            |item: &Item| OrderId::parse(item.get("pk")?.as_s().ok()?.strip_prefix(ORDER)?).ok();
        Ok(Page {
            orders: answer.items().iter().filter_map(order).collect(),
            read: usize::try_from(answer.scanned_count()).unwrap_or_default(),
            next: answer.last_evaluated_key,
        })
    }
}
