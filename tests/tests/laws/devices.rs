//! Devices: whatever customers register and remove, and in whichever order and however
//! often it arrives, the same is known in the end.

use bellhop::channel::push::Device;
use bellhop::customer::{MAX_DEVICES, MemoryProfiles, ReadProfiles, WriteProfiles};
use bellhop::model::{CustomerId, Platform, clock};
use bellhop_tests::job::device;
use bellhop_tests::{HAPPENED, at};
use proptest::prelude::*;

use crate::{block_on, laws};

const CUSTOMERS: [&str; 3] = ["c-77", "c-78", "c-79"];
const TOKENS: usize = 3;

/// One fact about a device, by the numbers of customer and token.
#[derive(Debug, Clone)]
enum Fact {
    Registered(usize, usize),
    Removed(usize, usize),
}

/// A fact and when it happened.
type Happened = (usize, Fact);

fn facts() -> impl Strategy<Value = Vec<Happened>> {
    let fact = (0..CUSTOMERS.len(), 0..TOKENS, prop::bool::weighted(0.7)).prop_map(
        |(customer, token, registered)| {
            if registered {
                Fact::Registered(customer, token)
            } else {
                Fact::Removed(customer, token)
            }
        },
    );
    let facts = prop::collection::vec(fact, 1..12);
    facts.prop_map(|facts| facts.into_iter().enumerate().collect())
}

/// Some of them twice, in any order.
fn arrivals() -> impl Strategy<Value = (Vec<Happened>, Vec<Happened>)> {
    facts().prop_flat_map(|facts| {
        let again = prop::sample::subsequence(facts.clone(), 0..=facts.len());
        let arrived = again.prop_flat_map({
            let facts = facts.clone();
            move |again| Just([facts.clone(), again].concat()).prop_shuffle()
        });
        (Just(facts), arrived)
    })
}

fn phone(token: usize) -> Device {
    device(Platform::Fcm, &format!("token-{token}"))
}

/// The devices of every customer after these facts have arrived in this order.
fn known_after(facts: &[Happened]) -> Vec<Vec<Device>> {
    block_on(async {
        let profiles = MemoryProfiles::default();
        for (nth, fact) in facts {
            let happened = clock::from_millis(at(HAPPENED).as_millisecond() + *nth as i64);
            let customer = |nth: usize| CustomerId::new(CUSTOMERS[nth]);
            match *fact {
                Fact::Registered(who, token) => {
                    profiles.put_device(&customer(who), &phone(token), happened).await.unwrap()
                }
                Fact::Removed(who, token) => {
                    let id = phone(token).id();
                    profiles.remove_device(&customer(who), &id, happened).await.unwrap()
                }
            };
        }
        let mut known = Vec::new();
        for customer in CUSTOMERS {
            let profile = profiles.profile(&customer.into()).await.unwrap();
            known.push(profile.unwrap_or_default().devices);
        }
        known
    })
}

/// By these facts: who registered it last has it, unless they removed it since.
fn owner(facts: &[Happened], token: usize) -> Option<usize> {
    let (registered_at, owner) = facts.iter().rev().find_map(|(nth, fact)| match fact {
        Fact::Registered(who, what) if *what == token => Some((*nth, *who)),
        _ => None,
    })?;
    let removed = facts[registered_at..].iter().any(
        |(_, fact)| matches!(*fact, Fact::Removed(who, what) if (who, what) == (owner, token)),
    );
    (!removed).then_some(owner)
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn a_device_has_the_owner_whom_the_facts_name_in_whichever_order_they_arrive(
        (facts, arrived) in arrivals()
    ) {
        let known = known_after(&arrived);
        for token in 0..TOKENS {
            let device = phone(token);
            let owners: Vec<_> = (0..CUSTOMERS.len())
                .filter(|&customer| known[customer].contains(&device))
                .collect();
            prop_assert_eq!(owners, Vec::from_iter(owner(&facts, token)));
        }
    }

    #[test]
    fn a_customer_keeps_the_devices_that_registered_last_in_whichever_order_they_arrive(
        arrived in Just((0..MAX_DEVICES + 10).collect::<Vec<_>>()).prop_shuffle()
    ) {
        let registered = |&nth: &usize| (nth, Fact::Registered(0, nth));
        let facts: Vec<_> = arrived.iter().map(registered).collect();
        let mut newest: Vec<_> = (10..MAX_DEVICES + 10).map(phone).collect();
        newest.sort_by_key(Device::id);
        prop_assert_eq!(&known_after(&facts)[0], &newest);
    }
}
