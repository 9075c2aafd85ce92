//! `export`: a customer's data whole, and nobody else's.

use bellhop::answers::{Export, Subject, asked_email, export};
use bellhop::model::{Platform, Reason};
use bellhop_tests::event::Event;
use bellhop_tests::job::contact_key;
use bellhop_tests::world::World;
use serde_json::{Value, json};

/// Events of these orders by customers who all have ada@example.com.
async fn world() -> World {
    let world = World::new();
    world.keep(&Event::of("customer.updated")).await;
    world.register_device("c-77", Platform::Fcm, "token-1").await;
    for (order, customer) in [("A-1", json!("c-77")), ("A-2", json!("c-78")), ("A-3", json!(null))]
    {
        world.publish(
            &Event::of("order.shipped").about(order).id(order).with("/data/customer/id", customer),
        );
    }
    // With another address and number of theirs, as the profile has them not.
    let work = Event::of("order.paid").about("A-4").id("A-4");
    let work = work.with("/data/customer/email", "ada@work.example");
    world.publish(&work);
    // Another's, with that address alone.
    let other = Event::of("order.paid").about("A-5").id("A-5").with("/data/customer/id", "c-79");
    let other = other.with("/data/customer/email", "ada@work.example");
    world.publish(&other.with("/data/customer/phone", "+436609999999"));
    world.settle().await;
    world
}

async fn of(world: &World, subject: Subject) -> (Export, Value) {
    let support = world.support();
    let key = contact_key();
    let found = export(&support.ledger, &support.suppressions, &key, subject, world.now());
    let found = found.await.unwrap();
    let json = serde_json::to_value(&found).unwrap();
    (found, json)
}

fn orders(export: &Export) -> Vec<&str> {
    export.orders.iter().map(|order| order.order.as_str()).collect()
}

#[tokio::test]
async fn a_customers_profile_devices_suppressions_and_orders_are_exported_in_the_clear() {
    let world = world().await;
    let ada = asked_email("ada@example.com").unwrap();
    world.suppress(&ada, Reason::OptedOut).await;
    let subject = Subject { customer: Some("c-77".into()), contacts: Vec::new() };
    let (found, json) = of(&world, subject).await;
    // The guest's has the profile's address; those of others are counted only.
    assert_eq!(orders(&found), ["A-1", "A-3", "A-4"]);
    assert!(
        found.remarks.iter().any(|remark| remark.starts_with("2 notifications")),
        "{:?}",
        found.remarks
    );

    assert_eq!(json["profile"]["email"], "ada@example.com");
    assert_eq!(json["profile"]["devices"][0]["token"], "token-1");
    let address = json["contact_points"].as_array().unwrap().iter();
    let address = address.into_iter().find(|point| point["channel"] == "email").unwrap();
    assert_eq!(address["contact"], "ada@example.com");
    assert_eq!(
        (&address["standing"], &address["reason"]),
        (&json!("suppressed"), &json!("opted_out"))
    );
    assert!(address["since"].is_string(), "{address}");
    let order = &json["orders"][0];
    assert_eq!(order["notifications"][0]["data"]["customer"]["email"], "ada@example.com");
    let sent: Vec<_> =
        order["deliveries"].as_array().unwrap().iter().map(|d| &d["state"]).collect();
    assert!(sent.contains(&&json!("accepted")), "{sent:?}");
}

#[tokio::test]
async fn a_guests_orders_are_found_by_the_address_that_is_given() {
    let world = world().await;
    let contacts = vec![asked_email("ada@work.example").unwrap()];
    let (found, json) = of(&world, Subject { customer: None, contacts }).await;
    assert_eq!(orders(&found), ["A-4", "A-5"]);
    assert_eq!(json["profile"], json!(null));
}

#[tokio::test]
async fn nothing_is_found_of_whom_nobody_knows() {
    let world = world().await;
    let contacts = vec![asked_email("bob@example.com").unwrap()];
    let (found, json) = of(&world, Subject { customer: Some("c-1".into()), contacts }).await;
    assert_eq!(orders(&found), [""; 0]);
    assert_eq!(json["profile"], json!(null));
    assert_eq!(json["contact_points"][0]["standing"], "never_suppressed");
}
