//! How customers stand: one salt each, nothing left of who was erased, and one person of
//! two who were merged.

use std::collections::BTreeSet;

use bellhop::channel::push::Device;
use bellhop::customer::{Choice, Chooser, How, Preferences, Profile, Remains, Standing, Written};
use bellhop::event::Customer;
use bellhop::model::{Channel, CustomerId, Platform, Private, Topic, clock};

use super::{Profiles, fresh};
use crate::at;
use crate::job::device;

const FIRST: &str = "2026-11-20T08:00:00Z";
const SECOND: &str = "2026-11-20T08:00:00.001Z";
const THIRD: &str = "2026-11-21T08:00:00Z";
const FOURTH: &str = "2026-11-22T08:00:00Z";

fn new_customer() -> CustomerId {
    fresh("customer").into()
}

fn new_phone() -> Device {
    device(Platform::Fcm, &fresh("token"))
}

fn customer(id: &CustomerId, name: &str) -> Customer {
    Customer { id: Some(id.clone()), name: Some(Private::new(name)), ..Customer::default() }
}

async fn standing(profiles: &impl Profiles, id: &CustomerId) -> Standing {
    profiles.standing(id).await.unwrap()
}

/// Whoever asks at once, or again; and others have others.
pub async fn a_customer_has_one_salt_whoever_makes_it(profiles: &impl Profiles) {
    let (ada, bob) = (new_customer(), new_customer());
    assert_eq!(profiles.person(&ada).await.unwrap().standing, Standing::default());
    let (one, other) =
        futures_util::join!(profiles.salt(&ada, at(FIRST)), profiles.salt(&ada, at(SECOND)));
    let salt = one.unwrap().unwrap();
    assert_eq!(other.unwrap().as_ref(), Some(&salt));
    let person = profiles.person(&ada).await.unwrap();
    assert_eq!((person.id, person.profile), (ada.clone(), None));
    assert_eq!(person.standing.salt.as_ref(), Some(&salt));
    assert_ne!(profiles.salt(&bob, at(FIRST)).await.unwrap(), Some(salt));
}

/// Neither what happened before, nor at that moment, brings anything back.
pub async fn nothing_of_before_an_erasure_is_known_again(profiles: &impl Profiles) {
    let (id, phone, late_phone) = (new_customer(), new_phone(), new_phone());
    let ada = customer(&id, "Ada Example");
    profiles.salt(&id, at(FIRST)).await.unwrap();
    profiles.put_customer(&id, &ada, at(FIRST)).await.unwrap();
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();

    let remains = profiles.erase(&id, at(SECOND)).await.unwrap().unwrap();
    assert_eq!(remains, Remains { devices: vec![phone.clone()], absorbed: BTreeSet::new() });
    // The device is still to be deleted, and nobody sees it.
    assert_eq!(profiles.profile(&id).await, Ok(None));
    assert_eq!(profiles.person(&id).await.unwrap().profile, None);
    let removed = profiles.remove_device(&id, &phone.id(), at(SECOND)).await;
    assert_eq!(removed, Ok(Written::Applied));

    for late in [FIRST, SECOND] {
        assert_eq!(profiles.put_customer(&id, &ada, at(late)).await, Ok(Written::Stale));
        assert_eq!(profiles.put_device(&id, &late_phone, at(late)).await, Ok(Written::Stale));
        assert_eq!(profiles.salt(&id, at(late)).await, Ok(None));
        assert_eq!(profiles.profile(&id).await, Ok(None));
    }
    let standing = standing(profiles, &id).await;
    assert_eq!((standing.salt.as_ref(), standing.erased_at), (None, Some(at(SECOND))));
    assert!(standing.is_erased(at(SECOND)) && !standing.is_erased(at(THIRD)));
    // Nothing remains, so nothing is left to do.
    let again = profiles.erase(&id, at(SECOND)).await;
    assert_eq!(again, Ok(Some(Remains::default())));
}

/// With another salt; and the erasure that comes again takes nothing of it.
pub async fn who_comes_back_after_an_erasure_begins_anew(profiles: &impl Profiles) {
    let (id, phone) = (new_customer(), new_phone());
    let before = profiles.salt(&id, at(FIRST)).await.unwrap();
    profiles.put_customer(&id, &customer(&id, "Ada Example"), at(FIRST)).await.unwrap();
    profiles.erase(&id, at(SECOND)).await.unwrap();

    let again = customer(&id, "Ada Again");
    assert_eq!(profiles.put_customer(&id, &again, at(THIRD)).await, Ok(Written::Applied));
    assert_eq!(profiles.put_device(&id, &phone, at(THIRD)).await, Ok(Written::Applied));
    let after = profiles.salt(&id, at(THIRD)).await.unwrap();
    assert!(after.is_some() && after != before);

    for (at_time, remains) in [(SECOND, Some(Remains::default())), (FIRST, None)] {
        assert_eq!(profiles.erase(&id, at(at_time)).await, Ok(remains));
        let person = profiles.person(&id).await.unwrap();
        let profile = Profile { devices: vec![phone.clone()], ..Profile::of(&again) };
        assert_eq!(person.profile, Some(profile));
        assert_eq!(person.standing.salt, after);
    }
    // A later one does.
    let remains = profiles.erase(&id, at(FOURTH)).await.unwrap().unwrap();
    assert_eq!(remains.devices, [phone]);
    assert_eq!(profiles.profile(&id).await, Ok(None));
}

/// An erasure that comes late leaves what happened after it.
pub async fn what_happened_after_an_erasure_stays(profiles: &impl Profiles) {
    let (id, phone) = (new_customer(), new_phone());
    let ada = customer(&id, "Ada Example");
    profiles.put_customer(&id, &ada, at(THIRD)).await.unwrap();
    profiles.put_device(&id, &phone, at(THIRD)).await.unwrap();
    assert_eq!(profiles.erase(&id, at(FIRST)).await, Ok(Some(Remains::default())));
    let profile = Profile { devices: vec![phone], ..Profile::of(&ada) };
    assert_eq!(profiles.profile(&id).await, Ok(Some(profile)));
}

/// The one who stays keeps what they have, gets the rest, and is found by both ids; what
/// was sealed for the other stays readable.
pub async fn two_customers_who_merge_are_one(profiles: &impl Profiles) {
    let (from, into, nobody) = (new_customer(), new_customer(), new_customer());
    let (phone, other_phone) = (new_phone(), new_phone());
    let email = |customer: Customer, address: &str| Customer {
        email: Some(Private::new(address)),
        ..customer
    };
    let former = email(customer(&from, "Ada Former"), "ada@example.com");
    profiles.put_customer(&from, &former, at(SECOND)).await.unwrap();
    profiles.put_customer(&into, &customer(&into, "Ada Example"), at(FIRST)).await.unwrap();
    profiles.put_device(&from, &phone, at(SECOND)).await.unwrap();
    profiles.put_device(&into, &other_phone, at(FIRST)).await.unwrap();
    let salts = (
        profiles.salt(&from, at(FIRST)).await.unwrap(),
        profiles.salt(&into, at(FIRST)).await.unwrap(),
    );

    assert_eq!(profiles.merge(&from, &into, at(THIRD)).await, Ok(Written::Applied));
    for _ in 0..2 {
        let mut devices = vec![phone.clone(), other_phone.clone()];
        devices.sort_by_key(Device::id);
        let merged = email(customer(&into, "Ada Example"), "ada@example.com");
        let profile = Profile { devices, ..Profile::of(&merged) };
        for id in [&from, &into] {
            let person = profiles.person(id).await.unwrap();
            assert_eq!((&person.id, person.profile), (&into, Some(profile.clone())));
            assert_eq!(person.standing.salt, salts.1);
        }
        assert_eq!(profiles.profile(&from).await, Ok(None));
        assert_eq!(standing(profiles, &from).await.salt, salts.0);
        // Both are one already, whichever way round.
        assert_eq!(profiles.merge(&from, &into, at(THIRD)).await, Ok(Written::Stale));
        assert_eq!(profiles.merge(&into, &from, at(FOURTH)).await, Ok(Written::Stale));
    }
    // Into somebody of whom nothing is known.
    assert_eq!(profiles.merge(&into, &nobody, at(FOURTH)).await, Ok(Written::Applied));
    let profile = profiles.profile(&nobody).await.unwrap().unwrap();
    assert_eq!(profile.email, Some(Private::new("ada@example.com")));
    assert_eq!(profile.devices.len(), 2);
}

/// Whoever of them said so, and whatever the other wanted.
pub async fn of_two_who_merge_the_objection_stands(profiles: &impl Profiles) {
    let (from, into) = (new_customer(), new_customer());
    let choice =
        |channel, wanted, at| Choice { topic: Topic::Reviews, channel, wanted, at, how: How::Page };
    let [no, yes] = [false, true];
    let of = |id: &CustomerId| Chooser::Customer(id.clone());
    let said = [
        choice(Channel::Email, no, at(FIRST)),
        choice(Channel::Sms, yes, at(SECOND)),
        choice(Channel::Push, yes, at(SECOND)),
    ];
    profiles.choose(&of(&from), &said).await.unwrap();
    let own = [choice(Channel::Email, yes, at(SECOND)), choice(Channel::Sms, no, at(FIRST))];
    profiles.choose(&of(&into), &own).await.unwrap();
    assert_eq!(profiles.merge(&from, &into, at(THIRD)).await, Ok(Written::Applied));
    let known = profiles.preferences(&of(&into)).await.unwrap();
    let wanted: Vec<_> = known.choices().iter().map(|of| (of.channel, of.wanted)).collect();
    let expected = [(Channel::Email, no), (Channel::Sms, no), (Channel::Push, yes)];
    assert_eq!(wanted.len(), 3);
    assert!(expected.iter().all(|of| wanted.contains(of)), "{wanted:?}");
    assert_eq!(profiles.preferences(&of(&from)).await, Ok(Preferences::default()));
    assert_eq!(profiles.profile(&from).await, Ok(None));
}

/// Nobody follows more than one pointer, in whichever order customers were merged; and
/// whoever is erased is so under all former ids.
pub async fn who_was_merged_more_than_once_is_the_last_one_at_once(profiles: &impl Profiles) {
    for order in [[(0, 1), (1, 2)], [(1, 2), (0, 1)]] {
        let ids = [new_customer(), new_customer(), new_customer()];
        for (from, into) in order {
            let merged = profiles.merge(&ids[from], &ids[into], at(SECOND)).await;
            assert_eq!(merged, Ok(Written::Applied), "{order:?}");
        }
        for id in &ids[..2] {
            let standing = standing(profiles, id).await;
            assert_eq!(standing.merged_into.as_ref(), Some(&ids[2]), "{order:?}");
        }
        let remains = profiles.erase(&ids[2], at(THIRD)).await.unwrap().unwrap();
        assert_eq!(remains.absorbed, BTreeSet::from([ids[0].clone(), ids[1].clone()]));
    }
}

/// What an erasure took is not brought to another by a merge that comes late.
pub async fn who_was_erased_since_is_not_merged(profiles: &impl Profiles) {
    for erased in 0..2 {
        let ids = [new_customer(), new_customer()];
        profiles.put_customer(&ids[0], &customer(&ids[0], "Ada"), at(FIRST)).await.unwrap();
        profiles.erase(&ids[erased], at(THIRD)).await.unwrap();
        assert_eq!(profiles.merge(&ids[0], &ids[1], at(SECOND)).await, Ok(Written::Stale));
        assert_eq!(standing(profiles, &ids[0]).await.merged_into, None);
        // Later, they are who began anew.
        let later = clock::after(at(THIRD), std::time::Duration::from_millis(1));
        assert_eq!(profiles.merge(&ids[0], &ids[1], later).await, Ok(Written::Applied));
    }
}
