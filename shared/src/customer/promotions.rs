//! The count of promotional messages on DynamoDB: one item per customer or contact point,
//! written only if nobody has counted since it was read.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::cap::{Cap, Caps, CountPromotions, Counted, Promotions};
use super::dynamodb::{DynamoProfiles, Key, TRIES};
use crate::model::failure::CallError;
use crate::platform::aws::fault;
use crate::platform::item;

/// The item's sort key.
pub(super) const PROMOTIONS: &str = "PROMOTIONS";

#[derive(Default, Serialize, Deserialize)]
struct PromotionsItem {
    sent: Promotions,
    /// How often it was written.
    revision: u32,
    /// When it is forgotten, in seconds.
    ttl: i64,
}

impl DynamoProfiles {
    /// Counts once; none, if somebody else counted meanwhile.
    async fn try_to_count(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> Result<Option<Cap>, CallError> {
        let key = Key::promotions(who);
        let known: Option<PromotionsItem> = self.item(PROMOTIONS, &key).await?;
        let seen = known.as_ref().map(|known| known.revision);
        let PromotionsItem { mut sent, revision, .. } = known.unwrap_or_default();
        let before = sent.clone();
        let cap = sent.count(message, caps, now);
        if sent == before || matches!(cap, Cap::Over(_)) {
            return Ok(Some(cap));
        }
        let ttl = sent.forgotten_at().as_second();
        let mut written = item::write(&PromotionsItem { sent, revision: revision + 1, ttl })?;
        written.extend(key.attributes());
        let put = self.client.put_item().table_name(&self.table).set_item(Some(written));
        let put = match seen {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(seen) => put
                .condition_expression("revision = :seen")
                .expression_attribute_values(":seen", AttributeValue::N(seen.to_string())),
        };
        match put.send().await {
            Ok(_) => Ok(Some(cap)),
            Err(SdkError::ServiceError(e)) if e.err().is_conditional_check_failed_exception() => {
                Ok(None)
            }
            Err(e) => Err(CallError::new("dynamodb:PutItem", &fault(&e))),
        }
    }
}

impl CountPromotions for DynamoProfiles {
    async fn count_promotion(
        &self,
        who: &Counted,
        message: &str,
        caps: Caps,
        now: Timestamp,
    ) -> Result<Cap, CallError> {
        for _ in 0..TRIES {
            if let Some(cap) = self.try_to_count(who, message, caps, now).await? {
                return Ok(cap);
            }
        }
        let problem = "others count for the customer at the same time";
        Err(CallError::unexpected("dynamodb:PutItem", problem))
    }
}
