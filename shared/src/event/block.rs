//! The blocks that one type each has of its own: declared here, once.

use serde::{Deserialize, Serialize};

use super::OrderEventData;
use super::parcels::tracked;
use crate::model::id::hash;

macro_rules! blocks_of_types {
    ($($(#[$doc:meta])* $variant:ident = $field:ident, $kind:literal;)*) => {
        /// A block of an event's data that belongs to certain types.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Block {
            $($(#[$doc])* $variant,)*
        }

        /// Every block.
        pub(crate) const BLOCKS: &[Block] = &[$(Block::$variant,)*];

        impl Block {
            /// The block's name in the event.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($field),)* }
            }

            /// The type of bare data that holds this block and no other.
            pub(crate) fn plain_type(self) -> &'static str {
                match self { $(Self::$variant => $kind,)* }
            }

            /// Whether the data holds it.
            pub fn is_in(self, data: &OrderEventData) -> bool {
                match self { $(Self::$variant => data.$field.is_some(),)* }
            }

            /// Its JSON, for what is made from it where it has no id.
            fn json_in(self, data: &OrderEventData) -> Option<serde_json::Value> {
                match self {
                    $(Self::$variant => serde_json::to_value(data.$field.as_ref()?).ok(),)*
                }
            }
        }
    };
}

blocks_of_types! {
    /// `payment`
    Payment = payment, "order.paid";
    /// `shipment`
    Shipment = shipment, "order.shipped";
    /// `refund`
    Refund = refund, "order.refund_requested";
    /// `review`
    Review = review, "order.completed";
    /// `pickup`
    Pickup = pickup, "order.ready_for_pickup";
    /// `cancellation`
    Cancellation = cancellation, "order.cancelled";
    /// `edit`
    Edit = edit, "order.edited";
}

impl Block {
    /// What tells this fact from others of the block's kind about the order: its id. A
    /// block without one is told from others by what it says, as far as two of its kind
    /// are two facts. None where an order has but one.
    pub fn discriminator(self, data: &OrderEventData) -> Option<String> {
        let (payment, order) = (data.payment.as_ref(), &data.order);
        let id = match self {
            Self::Payment => payment.and_then(|payment| payment.id.clone()),
            Self::Shipment => data.shipment.as_ref().and_then(|shipment| shipment.id.clone()),
            Self::Refund => data.refund.as_ref().and_then(|refund| refund.id.clone()),
            Self::Pickup => data.pickup.as_ref().and_then(|pickup| pickup.id.clone()),
            Self::Cancellation => data.cancellation.as_ref().and_then(|block| block.id.clone()),
            Self::Edit => data.edit.as_ref().and_then(|edit| edit.id.clone()),
            Self::Review => None,
        };
        let derived = || match self {
            // A deposit and a balance differ in their sums.
            Self::Payment => {
                let amount = payment?.amount.map(|amount| amount.decimal().normalize())?;
                let total = order.totals.total.map(|total| total.decimal().normalize());
                (Some(amount) != total).then(|| amount.to_string())
            }
            Self::Shipment | Self::Refund => {
                Some(hash(["block", &self.json_in(data)?.to_string()]))
            }
            Self::Edit => Some(content(&(&data.edit, &order.items, &order.totals))),
            Self::Review | Self::Pickup | Self::Cancellation => None,
        };
        id.or_else(derived)
    }

    /// What a fact says that is told again whenever it changes.
    pub fn changing_content(self, data: &OrderEventData) -> Option<String> {
        match self {
            Self::Shipment => {
                let shipment = data.shipment.as_ref()?;
                Some(content(&(tracked(shipment), &shipment.estimated_delivery)))
            }
            _ => Some(hash(["block", &self.json_in(data)?.to_string()])),
        }
    }
}

/// A hash of values as JSON.
fn content(values: &impl Serialize) -> String {
    hash(["content", &serde_json::to_string(values).unwrap_or_default()])
}
