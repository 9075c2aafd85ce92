//! What a place of profiles does: of two facts about the same thing, the one
//! that happened later wins, in whichever order they arrive.

use bellhop::channel::push::Device;
use bellhop::customer::{Profile, Written};
use bellhop::event::Customer;
use bellhop::model::{CustomerId, Platform, Private};

use super::{Profiles, fresh};
use crate::at;
use crate::job::{device, owner_of};

const FIRST: &str = "2026-11-20T08:00:00Z";
const SECOND: &str = "2026-11-20T08:00:00.001Z";
const THIRD: &str = "2026-11-21T08:00:00Z";

fn new_customer() -> CustomerId {
    fresh("customer").into()
}

fn nobody(id: &CustomerId) -> Customer {
    Customer { id: id.clone(), name: None, email: None, phone: None, locale: None, time_zone: None }
}

fn reachable_at(id: &CustomerId, email: &str) -> Customer {
    Customer { email: Some(Private::new(email)), ..nobody(id) }
}

/// Neither an error nor an empty profile.
pub async fn nobody_is_known_at_first(profiles: &impl Profiles) {
    assert_eq!(profiles.profile(&new_customer()).await, Ok(None));
}

/// With everything that can be there, and with nothing.
pub async fn a_customer_comes_back_as_they_were(profiles: &impl Profiles) {
    let id = new_customer();
    let whole = Customer {
        name: Some(Private::new("Ada Example")),
        phone: Some(Private::new("+43 660 1234567")),
        locale: Some("de-AT".to_owned()),
        time_zone: Some("Europe/Vienna".to_owned()),
        ..reachable_at(&id, "ada@example.com")
    };
    for (customer, at_time) in [(&whole, FIRST), (&nobody(&id), SECOND)] {
        assert_eq!(profiles.put_customer(customer, at(at_time)).await, Ok(Written::Applied));
        assert_eq!(profiles.profile(&id).await, Ok(Some(Profile::of(customer))));
    }
}

/// A redelivery, with the time it had before, is written again and changes
/// nothing.
pub async fn the_newest_word_about_a_customer_wins_in_any_order(profiles: &impl Profiles) {
    let words = [
        (FIRST, "first@example.com"),
        (SECOND, "second@example.com"),
        (THIRD, "third@example.com"),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let id = new_customer();
        let mut newest = 0;
        for (nth, place) in order.into_iter().enumerate() {
            let (time, email) = words[place];
            let stale = nth > 0 && place < newest;
            newest = newest.max(place);
            let written = if stale { Written::Stale } else { Written::Applied };
            let customer = reachable_at(&id, email);
            assert_eq!(profiles.put_customer(&customer, at(time)).await, Ok(written));
        }
        let third = reachable_at(&id, words[2].1);
        assert_eq!(profiles.put_customer(&third, at(THIRD)).await, Ok(Written::Applied));
        assert_eq!(profiles.profile(&id).await, Ok(Some(Profile::of(&third))));
    }
}

async fn devices(profiles: &impl Profiles, customer: &CustomerId) -> Vec<Device> {
    profiles.profile(customer).await.unwrap().unwrap_or_default().devices
}

/// By its id; another of the same customer stands beside it.
pub async fn a_device_comes_back_as_it_was_and_is_renewed(profiles: &impl Profiles) {
    let id = new_customer();
    let mut phone = device(Platform::Fcm, "token-1");
    phone.endpoint_arn = None;
    let tablet = device(Platform::Apns, "token-2");
    for (device, time) in [(&phone, FIRST), (&tablet, FIRST)] {
        assert_eq!(profiles.put_device(&id, device, at(time)).await, Ok(Written::Applied));
    }
    let mut both = vec![phone, tablet.clone()];
    both.sort_by_key(Device::id);
    assert_eq!(profiles.profile(&id).await, Ok(Some(owner_of(both))));

    let renewed = device(Platform::Fcm, "token-1");
    assert_eq!(profiles.put_device(&id, &renewed, at(SECOND)).await, Ok(Written::Applied));
    let mut both = vec![renewed, tablet];
    both.sort_by_key(Device::id);
    assert_eq!(devices(profiles, &id).await, both);
}

/// A registration from before it does not bring the device back, not even if
/// the removal arrives first.
pub async fn a_removal_is_remembered(profiles: &impl Profiles) {
    let phone = device(Platform::Fcm, "token-1");
    for known_before in [true, false] {
        let id = new_customer();
        if known_before {
            profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
        }
        let removed = profiles.remove_device(&id, &phone.id(), at(SECOND)).await;
        assert_eq!(removed, Ok(Written::Applied));
        let late = profiles.put_device(&id, &phone, at(FIRST)).await;
        assert_eq!(late, Ok(Written::Stale));
        assert_eq!(devices(profiles, &id).await, []);
    }
}

/// The app was installed again.
pub async fn a_device_that_registers_later_comes_back(profiles: &impl Profiles) {
    let (id, phone) = (new_customer(), device(Platform::Fcm, "token-1"));
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    profiles.remove_device(&id, &phone.id(), at(SECOND)).await.unwrap();
    assert_eq!(profiles.put_device(&id, &phone, at(THIRD)).await, Ok(Written::Applied));
    let late = profiles.remove_device(&id, &phone.id(), at(SECOND)).await;
    assert_eq!(late, Ok(Written::Stale));
    assert_eq!(devices(profiles, &id).await, [phone]);
}

/// Unless it has another endpoint by now.
pub async fn a_device_that_is_disabled_stays_without_an_endpoint_until_it_registers(
    profiles: &impl Profiles,
) {
    let (id, phone) = (new_customer(), device(Platform::Fcm, "token-1"));
    let arn = phone.endpoint_arn.clone().unwrap();
    let off = [Device { endpoint_arn: None, ..phone.clone() }];
    let on = [phone.clone()];
    // One that is not there is off.
    assert_eq!(profiles.disable_device(&id, &phone.id(), &arn).await, Ok(()));
    assert_eq!(profiles.profile(&id).await, Ok(None));

    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    assert_eq!(
        profiles.disable_device(&id, &phone.id(), &"arn:aws:sns:another".into()).await,
        Ok(())
    );
    assert_eq!(devices(profiles, &id).await, on);

    for _ in 0..2 {
        assert_eq!(profiles.disable_device(&id, &phone.id(), &arn).await, Ok(()));
        assert_eq!(devices(profiles, &id).await, off);
    }
    assert_eq!(profiles.put_device(&id, &phone, at(SECOND)).await, Ok(Written::Applied));
    assert_eq!(devices(profiles, &id).await, on);

    profiles.remove_device(&id, &phone.id(), at(THIRD)).await.unwrap();
    assert_eq!(profiles.disable_device(&id, &phone.id(), &arn).await, Ok(()));
    assert_eq!(profiles.profile(&id).await, Ok(None));
}

/// As if they never had a device; one with contact points stays known.
pub async fn a_customer_without_contact_points_and_devices_is_unknown(profiles: &impl Profiles) {
    let (id, phone) = (new_customer(), device(Platform::Fcm, "token-1"));
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    profiles.remove_device(&id, &phone.id(), at(SECOND)).await.unwrap();
    assert_eq!(profiles.profile(&id).await, Ok(None));

    let customer = reachable_at(&id, "ada@example.com");
    profiles.put_customer(&customer, at(FIRST)).await.unwrap();
    assert_eq!(profiles.profile(&id).await, Ok(Some(Profile::of(&customer))));
}

/// One customer's id may be the beginning of another's.
pub async fn customers_are_kept_apart(profiles: &impl Profiles) {
    let id = new_customer();
    let longer = CustomerId::new(format!("{id}#DEVICE"));
    let phone = device(Platform::Fcm, "token-1");
    profiles.put_customer(&reachable_at(&id, "ada@example.com"), at(FIRST)).await.unwrap();
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    assert_eq!(profiles.profile(&longer).await, Ok(None));
    assert_eq!(devices(profiles, &id).await, [phone]);
}
