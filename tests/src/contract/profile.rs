//! What a place of profiles does: of two facts about the same thing, the one
//! that happened later wins, in whichever order they arrive.

use bellhop::channel::Recipient;
use bellhop::channel::email::EmailAddress;
use bellhop::channel::push::Device;
use bellhop::customer::{
    Choice, Chooser, ContactHash, ContactStanding, How, KnownContact, MAX_DEVICES, Preferences,
    Profile, Suppression, Written,
};
use bellhop::event::Customer;
use bellhop::model::{Channel, CustomerId, Platform, Private, Reason, Topic, clock};

use super::{Profiles, fresh};
use crate::at;
use crate::job::{contact_key, device, owner_of};

const FIRST: &str = "2026-11-20T08:00:00Z";
const SECOND: &str = "2026-11-20T08:00:00.001Z";
const THIRD: &str = "2026-11-21T08:00:00Z";
const FOURTH: &str = "2026-11-22T08:00:00Z";

fn new_customer() -> CustomerId {
    fresh("customer").into()
}

/// A device that belongs to nobody yet.
fn new_phone() -> Device {
    device(Platform::Fcm, &fresh("token"))
}

fn nobody(id: &CustomerId) -> Customer {
    Customer { id: Some(id.clone()), ..Customer::default() }
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
        assert_eq!(profiles.put_customer(&id, customer, at(at_time)).await, Ok(Written::Applied));
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
            assert_eq!(profiles.put_customer(&id, &customer, at(time)).await, Ok(written));
        }
        let third = reachable_at(&id, words[2].1);
        assert_eq!(profiles.put_customer(&id, &third, at(THIRD)).await, Ok(Written::Applied));
        assert_eq!(profiles.profile(&id).await, Ok(Some(Profile::of(&third))));
    }
}

async fn devices(profiles: &impl Profiles, customer: &CustomerId) -> Vec<Device> {
    profiles.profile(customer).await.unwrap().unwrap_or_default().devices
}

/// By its id; another of the same customer stands beside it.
pub async fn a_device_comes_back_as_it_was_and_is_renewed(profiles: &impl Profiles) {
    let id = new_customer();
    let whole = new_phone();
    let phone = Device { endpoint_arn: None, ..whole.clone() };
    let tablet = device(Platform::Apns, &fresh("token"));
    for (device, time) in [(&phone, FIRST), (&tablet, FIRST)] {
        assert_eq!(profiles.put_device(&id, device, at(time)).await, Ok(Written::Applied));
    }
    let mut both = vec![phone, tablet.clone()];
    both.sort_by_key(Device::id);
    assert_eq!(profiles.profile(&id).await, Ok(Some(owner_of(both))));

    assert_eq!(profiles.put_device(&id, &whole, at(SECOND)).await, Ok(Written::Applied));
    let mut both = vec![whole, tablet];
    both.sort_by_key(Device::id);
    assert_eq!(devices(profiles, &id).await, both);
}

/// A registration from before it does not bring the device back, not even if
/// the removal arrives first.
pub async fn a_removal_is_remembered(profiles: &impl Profiles) {
    for known_before in [true, false] {
        let (id, phone) = (new_customer(), new_phone());
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
    let (id, phone) = (new_customer(), new_phone());
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
    let (id, phone) = (new_customer(), new_phone());
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
    let (id, phone) = (new_customer(), new_phone());
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    profiles.remove_device(&id, &phone.id(), at(SECOND)).await.unwrap();
    assert_eq!(profiles.profile(&id).await, Ok(None));

    let customer = reachable_at(&id, "ada@example.com");
    profiles.put_customer(&id, &customer, at(FIRST)).await.unwrap();
    assert_eq!(profiles.profile(&id).await, Ok(Some(Profile::of(&customer))));
}

/// One customer's id may be the beginning of another's.
pub async fn customers_are_kept_apart(profiles: &impl Profiles) {
    let id = new_customer();
    let longer = CustomerId::new(format!("{id}#DEVICE"));
    let phone = new_phone();
    profiles.put_customer(&id, &reachable_at(&id, "ada@example.com"), at(FIRST)).await.unwrap();
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    assert_eq!(profiles.profile(&longer).await, Ok(None));
    assert_eq!(devices(profiles, &id).await, [phone]);
}

/// In whichever order the registrations arrive, and however often.
pub async fn a_device_belongs_to_the_customer_who_registered_it_last(profiles: &impl Profiles) {
    for order in [&[0, 1][..], &[1, 0], &[0, 1, 0], &[1, 0, 1], &[0, 0, 1, 1]] {
        let (customers, phone) = ([new_customer(), new_customer()], new_phone());
        let mut later_is_known = false;
        for &nth in order {
            later_is_known |= nth == 1;
            let written = profiles.put_device(&customers[nth], &phone, at([FIRST, SECOND][nth]));
            let stale = later_is_known && nth == 0;
            let expected = if stale { Written::Stale } else { Written::Applied };
            assert_eq!(written.await, Ok(expected), "{order:?}");
        }
        assert_eq!(profiles.profile(&customers[0]).await, Ok(None), "{order:?}");
        assert_eq!(devices(profiles, &customers[1]).await, [phone], "{order:?}");
    }
}

/// Two customers at the same moment: one of them has the device in the end, and it is
/// the same one in either order.
pub async fn a_device_has_one_owner_even_at_the_same_moment(profiles: &impl Profiles) {
    let customers = [new_customer(), new_customer()];
    let mut owners = Vec::new();
    for order in [[0, 1], [1, 0], [0, 1]] {
        let phone = new_phone();
        for nth in order {
            profiles.put_device(&customers[nth], &phone, at(FIRST)).await.unwrap();
        }
        let mut owner = Vec::new();
        for (nth, customer) in customers.iter().enumerate() {
            owner.extend(devices(profiles, customer).await.contains(&phone).then_some(nth));
        }
        owners.push(owner);
    }
    assert_eq!(owners[0].len(), 1, "{owners:?}");
    assert!(owners.iter().all(|owner| *owner == owners[0]), "{owners:?}");
}

/// They removed it from their account, not from the other's.
pub async fn a_former_owner_does_not_remove_the_device_of_the_next(profiles: &impl Profiles) {
    for removed_at in [FIRST, SECOND, THIRD] {
        let (ada, bob, phone) = (new_customer(), new_customer(), new_phone());
        profiles.put_device(&ada, &phone, at(FIRST)).await.unwrap();
        profiles.put_device(&bob, &phone, at(SECOND)).await.unwrap();
        profiles.remove_device(&ada, &phone.id(), at(removed_at)).await.unwrap();
        assert_eq!(devices(profiles, &bob).await, [phone]);
        assert_eq!(profiles.profile(&ada).await, Ok(None));
    }
}

/// One logs out, another logs in, and the first comes back; every order of the first
/// three, for they are of different message groups.
pub async fn a_device_goes_from_hand_to_hand_and_back(profiles: &impl Profiles) {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (ada, bob, phone) = (new_customer(), new_customer(), new_phone());
        for step in order {
            match step {
                0 => profiles.put_device(&ada, &phone, at(FIRST)).await.unwrap(),
                1 => profiles.remove_device(&ada, &phone.id(), at(SECOND)).await.unwrap(),
                _ => profiles.put_device(&bob, &phone, at(THIRD)).await.unwrap(),
            };
        }
        assert_eq!(profiles.profile(&ada).await, Ok(None), "{order:?}");
        assert_eq!(devices(profiles, &bob).await, std::slice::from_ref(&phone), "{order:?}");

        let back = profiles.put_device(&ada, &phone, at(FOURTH)).await;
        assert_eq!(back, Ok(Written::Applied), "{order:?}");
        assert_eq!(devices(profiles, &ada).await, [phone], "{order:?}");
        assert_eq!(profiles.profile(&bob).await, Ok(None), "{order:?}");
    }
}

/// Their registration took it from the one before, though they are gone by now.
pub async fn a_device_that_its_next_owner_removed_belongs_to_nobody(profiles: &impl Profiles) {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (ada, bob, phone) = (new_customer(), new_customer(), new_phone());
        for step in order {
            match step {
                0 => profiles.put_device(&ada, &phone, at(FIRST)).await.unwrap(),
                1 => profiles.put_device(&bob, &phone, at(SECOND)).await.unwrap(),
                _ => profiles.remove_device(&bob, &phone.id(), at(THIRD)).await.unwrap(),
            };
        }
        for customer in [ada, bob] {
            assert_eq!(profiles.profile(&customer).await, Ok(None), "{order:?}");
        }
    }
}

/// The same in every order: those that registered last. One that had to go comes back
/// when it registers again.
pub async fn a_customer_keeps_the_devices_that_registered_last(profiles: &impl Profiles) {
    let nth_at = |nth: usize| clock::from_millis(at(FIRST).as_millisecond() + 1_000 * nth as i64);
    let count = MAX_DEVICES + 2;
    for backwards in [false, true] {
        let id = new_customer();
        let phones: Vec<_> = (0..count).map(|_| new_phone()).collect();
        for step in 0..count {
            let nth = if backwards { count - 1 - step } else { step };
            let expected = match step {
                step if backwards && step >= MAX_DEVICES => Written::Stale,
                _ => Written::Applied,
            };
            let written = profiles.put_device(&id, &phones[nth], nth_at(nth)).await;
            assert_eq!(written, Ok(expected), "{step}");
        }
        assert_eq!(devices(profiles, &id).await, by_id(&phones[2..]));

        let written = profiles.put_device(&id, &phones[0], nth_at(count)).await;
        assert_eq!(written, Ok(Written::Applied));
        let kept: Vec<_> = phones[3..].iter().chain(&phones[..1]).cloned().collect();
        assert_eq!(devices(profiles, &id).await, by_id(&kept));
    }
}

/// And only under the endpoint that it has.
pub async fn a_device_is_the_customers_until_it_is_disabled_removed_or_anothers(
    profiles: &impl Profiles,
) {
    for end in 0..3 {
        let (ada, bob, phone) = (new_customer(), new_customer(), new_phone());
        let (id, arn) = (phone.id(), phone.endpoint_arn.clone().unwrap());
        assert_eq!(profiles.has_device(&ada, &id, &arn).await, Ok(false));
        profiles.put_device(&ada, &phone, at(FIRST)).await.unwrap();
        assert_eq!(profiles.has_device(&ada, &id, &arn).await, Ok(true));
        assert_eq!(profiles.has_device(&bob, &id, &arn).await, Ok(false));
        let another = "arn:aws:sns:another".into();
        assert_eq!(profiles.has_device(&ada, &id, &another).await, Ok(false));
        match end {
            0 => profiles.disable_device(&ada, &id, &arn).await.unwrap(),
            1 => profiles.remove_device(&ada, &id, at(SECOND)).await.map(drop).unwrap(),
            _ => profiles.put_device(&bob, &phone, at(SECOND)).await.map(drop).unwrap(),
        }
        assert_eq!(profiles.has_device(&ada, &id, &arn).await, Ok(false), "{end}");
        assert_eq!(profiles.has_device(&bob, &id, &arn).await, Ok(end == 2), "{end}");
    }
}

fn by_id(devices: &[Device]) -> Vec<Device> {
    let mut devices = devices.to_vec();
    devices.sort_by_key(Device::id);
    devices
}

fn address() -> ContactHash {
    let text = format!("{}@example.com", fresh("address"));
    contact_key().hash(&Recipient::Email { address: EmailAddress::parse(&text).unwrap() })
}

fn suppression(reason: Reason, at_time: &str) -> Suppression {
    Suppression { channel: Channel::Email, reason, at: at(at_time) }
}

pub async fn a_contact_point_is_suppressed_for_its_first_reason_until_it_is_lifted(
    profiles: &impl Profiles,
) {
    let (gone, other) = (address(), address());
    assert_eq!(profiles.suppressed(&[gone.clone(), other.clone()]).await, Ok(Vec::new()));
    let bounced = suppression(Reason::AddressBounced, SECOND);
    let complained = suppression(Reason::Complained, THIRD);
    for suppression in [&bounced, &bounced, &complained] {
        assert_eq!(profiles.suppress(&gone, suppression).await, Ok(()));
        let found = profiles.suppressed(&[other.clone(), gone.clone()]).await;
        assert_eq!(found, Ok(vec![(gone.clone(), bounced.clone())]));
    }
    for _ in 0..2 {
        assert_eq!(profiles.lift(&gone, at(THIRD)).await, Ok(()));
        assert_eq!(profiles.suppressed(std::slice::from_ref(&gone)).await, Ok(Vec::new()));
    }
    // One that nobody knows is lifted, too.
    assert_eq!(profiles.lift(&other, at(THIRD)).await, Ok(()));
}

/// A report may come again, weeks later.
pub async fn what_was_lifted_later_than_a_report_stays_lifted(profiles: &impl Profiles) {
    let gone = address();
    let bounced = suppression(Reason::AddressBounced, SECOND);
    assert_eq!(profiles.suppress(&gone, &bounced).await, Ok(()));
    assert_eq!(profiles.lift(&gone, at(THIRD)).await, Ok(()));
    assert_eq!(profiles.suppress(&gone, &bounced).await, Ok(()));
    assert_eq!(profiles.suppressed(std::slice::from_ref(&gone)).await, Ok(Vec::new()));
    let again = suppression(Reason::AddressBounced, FOURTH);
    assert_eq!(profiles.suppress(&gone, &again).await, Ok(()));
    assert_eq!(
        profiles.suppressed(std::slice::from_ref(&gone)).await,
        Ok(vec![(gone.clone(), again)])
    );
}

pub async fn a_contact_points_standing_tells_suppressed_from_lifted_from_unknown(
    profiles: &impl Profiles,
) {
    let (gone, other) = (address(), address());
    assert_eq!(profiles.contact_standing(&gone).await, Ok(ContactStanding::Unknown));
    let bounced = suppression(Reason::AddressBounced, SECOND);
    assert_eq!(profiles.suppress(&gone, &bounced).await, Ok(()));
    assert_eq!(profiles.contact_standing(&gone).await, Ok(ContactStanding::Suppressed(bounced)));
    assert_eq!(profiles.lift(&gone, at(THIRD)).await, Ok(()));
    assert_eq!(profiles.contact_standing(&gone).await, Ok(ContactStanding::Lifted(at(THIRD))));
    assert_eq!(profiles.contact_standing(&other).await, Ok(ContactStanding::Unknown));
}

fn choice(channel: Channel, wanted: bool, at_time: &str) -> Choice {
    Choice { topic: Topic::Reviews, channel, wanted, at: at(at_time), how: How::Page }
}

/// Whether or not anything else is known of them.
pub async fn a_customers_choices_come_back_with_their_profile(profiles: &impl Profiles) {
    let id = new_customer();
    let of = Chooser::Customer(id.clone());
    assert_eq!(profiles.preferences(&of).await, Ok(Preferences::default()));
    let no = choice(Channel::Email, false, FIRST);
    let updates = Choice { topic: Topic::OrderUpdates, how: How::Shop, wanted: true, ..no };
    assert_eq!(profiles.choose(&of, &[no, updates]).await, Ok(Written::Applied));
    let preferences = Preferences::of([no, updates]);
    assert_eq!(profiles.preferences(&of).await, Ok(preferences.clone()));
    let alone = Profile { preferences: preferences.clone(), ..Profile::default() };
    assert_eq!(profiles.profile(&id).await, Ok(Some(alone)));

    let (customer, phone) = (reachable_at(&id, "ada@example.com"), new_phone());
    profiles.put_customer(&id, &customer, at(FIRST)).await.unwrap();
    profiles.put_device(&id, &phone, at(FIRST)).await.unwrap();
    let whole = Profile { devices: vec![phone], preferences, ..Profile::of(&customer) };
    assert_eq!(profiles.profile(&id).await, Ok(Some(whole)));
    assert_eq!(profiles.profile(&new_customer()).await, Ok(None));
}

/// And of two at the same moment the objection.
pub async fn the_newest_choice_of_each_topic_and_channel_wins_in_any_order(
    profiles: &impl Profiles,
) {
    let words = [
        choice(Channel::Email, true, FIRST),
        choice(Channel::Email, false, SECOND),
        choice(Channel::Email, true, SECOND),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let of = Chooser::Contact(address());
        for place in order {
            profiles.choose(&of, &[words[place]]).await.unwrap();
        }
        assert_eq!(profiles.preferences(&of).await, Ok(Preferences::of([words[1]])), "{order:?}");
        assert_eq!(profiles.choose(&of, &[words[0]]).await, Ok(Written::Stale));
        assert_eq!(profiles.choose(&of, &[words[1]]).await, Ok(Written::Applied));
        let push = choice(Channel::Push, false, FIRST);
        assert_eq!(profiles.choose(&of, &[words[0], push]).await, Ok(Written::Applied));
        let both = Preferences::of([words[1], push]);
        assert_eq!(profiles.preferences(&of).await, Ok(both));
    }
}

/// A mail program's click and the page, at the same moment.
pub async fn of_choices_made_at_once_none_is_lost(profiles: &impl Profiles) {
    let of = Chooser::Customer(new_customer());
    let choices = Channel::ALL.map(|channel| choice(channel, false, FIRST));
    let [first, second, third] = choices.each_ref().map(std::slice::from_ref);
    let written = futures_util::future::join3(
        profiles.choose(&of, first),
        profiles.choose(&of, second),
        profiles.choose(&of, third),
    );
    let applied = Ok(Written::Applied);
    assert_eq!(written.await, (applied.clone(), applied.clone(), applied));
    assert_eq!(profiles.preferences(&of).await, Ok(Preferences::of(choices)));
}

/// Of one nobody knows there is nothing.
pub async fn what_is_known_of_contact_points_comes_back_in_their_order(profiles: &impl Profiles) {
    let [gone, chosen, both, nobody] = [address(), address(), address(), address()];
    let suppression = suppression(Reason::AddressBounced, FIRST);
    let no = choice(Channel::Email, false, FIRST);
    for contact in [&gone, &both] {
        profiles.suppress(contact, &suppression).await.unwrap();
    }
    for contact in [&chosen, &both] {
        profiles.choose(&Chooser::Contact(contact.clone()), &[no]).await.unwrap();
    }
    let known = |suppression: Option<&Suppression>, choice: Option<Choice>| KnownContact {
        suppression: suppression.cloned(),
        preferences: Preferences::of(choice),
    };
    let expected = vec![
        known(None, None),
        known(Some(&suppression), Some(no)),
        known(None, Some(no)),
        known(Some(&suppression), None),
    ];
    let asked = [nobody, both.clone(), chosen, gone];
    assert_eq!(profiles.contacts(&asked).await, Ok(expected));
    profiles.lift(&both, at(SECOND)).await.unwrap();
    let lifted = profiles.contacts(std::slice::from_ref(&both)).await;
    assert_eq!(lifted, Ok(vec![known(None, Some(no))]));
}
