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

            /// Whether the data holds it, with anything in it.
            pub fn is_in(self, data: &OrderEventData) -> bool {
                match self {
                    $(Self::$variant => {
                        data.$field.as_ref().is_some_and(|block| *block != Default::default())
                    })*
                }
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
            Self::Pickup => {
                let known = [data.pickup.as_ref(), order.pickup.as_ref()];
                known.into_iter().flatten().find_map(|pickup| pickup.id.clone())
            }
            Self::Cancellation => data.cancellation.as_ref().and_then(|block| block.id.clone()),
            Self::Edit => data.edit.as_ref().and_then(|edit| edit.id.clone()),
            Self::Review => None,
        };
        let derived = || match self {
            // A deposit and a balance differ in their sums.
            Self::Payment => {
                let amount = payment?.amount.map(|amount| amount.decimal().normalize())?;
                let total = order.totals.total.map(|total| total.decimal().normalize());
                let paid_at = payment?.paid_at.map(|at| format!(" {at}")).unwrap_or_default();
                (Some(amount) != total).then(|| format!("{amount}{paid_at}"))
            }
            // What is said of a shipment changes on its way; what is in it does not.
            Self::Shipment => {
                let shipment = data.shipment.as_ref()?;
                Some(match shipment.items.is_empty() {
                    true => "-".to_owned(),
                    false => content(&shipment.items),
                })
            }
            // A request and its refund are about the same.
            Self::Refund => {
                let refund = data.refund.as_ref()?;
                Some(content(&(&refund.amount, &refund.items)))
            }
            // Of several parts that are cancelled, each is a fact of its own.
            Self::Cancellation => {
                let items = &data.cancellation.as_ref()?.items;
                (!items.is_empty()).then(|| content(items))
            }
            Self::Edit => Some(content(&(&data.edit, &order.items, &order.totals))),
            Self::Review | Self::Pickup => None,
        };
        id.or_else(derived)
    }

    /// What a fact says that is told again whenever it changes; none if it says nothing.
    pub fn changing_content(self, data: &OrderEventData) -> Option<String> {
        match self {
            Self::Shipment => {
                let shipment = data.shipment.as_ref()?;
                let tracked = tracked(shipment);
                let says = !tracked.is_empty() || shipment.estimated_delivery.is_some();
                says.then(|| content(&(tracked, &shipment.estimated_delivery)))
            }
            _ => Some(hash(["block", &self.json_in(data)?.to_string()])),
        }
    }
}

/// A hash of values as JSON.
fn content(values: &impl Serialize) -> String {
    hash(["content", &serde_json::to_string(values).unwrap_or_default()])
}
