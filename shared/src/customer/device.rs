//! Whose a device is, and which of a customer's devices are kept: what both stores
//! of profiles decide by.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::Written;
use crate::channel::push::Device;
use crate::model::{CustomerId, clock};

/// How many devices of a customer are kept, so that what a notification makes of them
/// stays bounded. People have a handful; test phones and scripts have hundreds.
pub const MAX_DEVICES: usize = 20;

/// Who registered a device, and when. The greatest owns it: the latest, and of two at
/// the same moment always the same one, in whichever order they arrive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    pub at: Timestamp,
    pub customer_id: CustomerId,
}

impl Owner {
    /// To the millisecond, as times are stored.
    pub fn new(customer_id: &CustomerId, at: Timestamp) -> Self {
        let at = clock::from_millis(at.as_millisecond());
        Self { at, customer_id: customer_id.clone() }
    }
}

/// What a registration changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Registration<'a> {
    /// Nothing: somebody registered the device later.
    Stale,
    /// The device changes hands.
    Taken {
        /// Whether the customer's device is written; not if it was removed since.
        device: Written,
        /// Whose device is removed.
        former: Option<&'a CustomerId>,
    },
}

/// What a registration changes, where the device had this owner, and these times
/// are when it was last changed at the customer and at its owner.
pub(super) fn register<'a>(
    registration: &Owner,
    owner: Option<&'a Owner>,
    changed_at: Option<Timestamp>,
    changed_at_owner: Option<Timestamp>,
) -> Registration<'a> {
    if owner.is_some_and(|owner| owner > registration) {
        return Registration::Stale;
    }
    let later = |changed_at: Option<Timestamp>| changed_at.is_some_and(|at| at > registration.at);
    let former = owner
        .map(|owner| &owner.customer_id)
        .filter(|former| **former != registration.customer_id)
        // Its owner's own removal, which was later, stands.
        .filter(|_| !later(changed_at_owner));
    let device = if later(changed_at) { Written::Stale } else { Written::Applied };
    Registration::Taken { device, former }
}

/// The devices that are kept, by id, and those that are not, which were registered
/// the longest time ago.
pub(super) fn newest(
    mut devices: Vec<(Timestamp, Device)>,
) -> (Vec<Device>, Vec<(Timestamp, Device)>) {
    devices.sort_by_cached_key(|(at, device)| Reverse((*at, device.id())));
    let excess = devices.split_off(devices.len().min(MAX_DEVICES));
    let mut kept: Vec<_> = devices.into_iter().map(|(_, device)| device).collect();
    kept.sort_by_cached_key(Device::id);
    (kept, excess)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Platform, Private};

    fn at(second: i64) -> Timestamp {
        clock::from_millis(second * 1_000)
    }

    fn owner(customer: &str, second: i64) -> Owner {
        Owner::new(&customer.into(), at(second))
    }

    fn taken(device: Written, former: Option<&CustomerId>) -> Registration<'_> {
        Registration::Taken { device, former }
    }

    #[test]
    fn the_later_registration_owns_the_device_and_the_same_one_changes_nothing() {
        let (ada, bob) = (owner("ada", 5), CustomerId::new("bob"));
        let registered = |by: Owner| register(&by, Some(&ada), None, Some(at(5)));
        assert_eq!(registered(owner("bob", 4)), Registration::Stale);
        assert_eq!(registered(owner("bob", 6)), taken(Written::Applied, Some(&ada.customer_id)));
        assert_eq!(registered(owner("ada", 5)), taken(Written::Applied, None));
        assert_eq!(registered(owner("ada", 4)), Registration::Stale);
        // At the same moment, one of the two is always the later.
        let bob = Owner { at: at(5), customer_id: bob };
        let first = register(&ada, Some(&bob), Some(at(5)), Some(at(5)));
        assert_eq!(first, Registration::Stale);
        assert_eq!(registered(bob), taken(Written::Applied, Some(&ada.customer_id)));
    }

    #[test]
    fn a_removal_that_was_later_stands_on_either_side() {
        let ada = owner("ada", 5);
        let by_bob = owner("bob", 6);
        let registered = |mine, theirs| register(&by_bob, Some(&ada), mine, theirs);
        assert_eq!(registered(Some(at(7)), None), taken(Written::Stale, Some(&ada.customer_id)));
        assert_eq!(registered(None, Some(at(7))), taken(Written::Applied, None));
    }

    #[test]
    fn the_devices_that_registered_last_are_kept_whatever_their_order() {
        let device = |nth: i64| Device {
            platform: Platform::Fcm,
            token: Private::new(format!("token-{nth}")),
            endpoint_arn: None,
        };
        let most = MAX_DEVICES as i64;
        let devices: Vec<_> = (0..most + 3).map(|nth| (at(nth), device(nth))).collect();
        let reversed = devices.iter().rev().cloned().collect();
        for devices in [devices, reversed] {
            let (kept, excess) = newest(devices);
            let mut wanted: Vec<_> = (3..most + 3).map(device).collect();
            wanted.sort_by_key(Device::id);
            assert_eq!(kept, wanted);
            let gone: Vec<_> = excess.into_iter().map(|(at, _)| at).collect();
            assert_eq!(gone, [at(2), at(1), at(0)]);
        }
    }
}
