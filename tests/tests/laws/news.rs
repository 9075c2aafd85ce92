//! What becomes of a shipment that is told again: new tracking is news, all else is not.

use bellhop::model::{Channel, Platform};
use bellhop_tests::event::Event;
use bellhop_tests::world::World;
use serde_json::json;

use crate::block_on;

/// The dispatch of shipment `s-1` with this tracking number.
fn shipped(id: &str, time: &str, number: Option<&str>) -> Event {
    let shipment = json!({ "id": "s-1", "carrier": "An Post", "tracking_number": number });
    Event::of("order.shipped").id(id).happened(time).with("/data/shipment", shipment)
}

/// The notifications' keys, as far as the content's hash, and how many mails went out.
async fn told(world: &World) -> (Vec<String>, usize) {
    let notifications = world.order("A-1001").await.notifications;
    let mut keys: Vec<_> = notifications
        .iter()
        .map(|notification| {
            notification.key.as_str().split('#').take(2).collect::<Vec<_>>().join("#")
        })
        .collect();
    keys.sort();
    (keys, world.calls(Channel::Email).len())
}

#[test]
fn tracking_that_comes_later_is_told_once() {
    block_on(async {
        let world = World::new();
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.publish(&shipped("evt-18a", "2026-11-23T09:30:00Z", None));
        world.settle().await;
        assert_eq!(told(&world).await, (vec!["order.shipped#s-1".to_owned()], 1));

        let later = shipped("evt-18b", "2026-11-23T09:32:00Z", Some("AP123456789IE"));
        let both = vec!["order.shipment_updated#s-1".to_owned(), "order.shipped#s-1".to_owned()];
        // Again and again, and once more under another id.
        for event in [later.clone(), later.clone(), later.id("evt-18c")] {
            world.publish(&event);
            world.settle().await;
            assert_eq!(told(&world).await, (both.clone(), 2));
        }
        let entries = world.order("A-1001").await;
        let news = entries.notifications.iter().find(|n| n.kind == "order.shipment_updated");
        let shipment = news.unwrap().data.shipment.as_ref().unwrap();
        assert_eq!(shipment.tracking_number.as_deref(), Some("AP123456789IE"));
        assert!(world.dead_lettered().is_empty());
    });
}

#[test]
fn what_says_no_more_of_the_parcels_is_no_news() {
    block_on(async {
        let world = World::new();
        world.publish(&shipped("evt-1", "2026-11-23T09:30:00Z", Some("R1, R2")));
        world.settle().await;
        for (id, time, number) in [
            // Less than was told, and what was true before.
            ("evt-2", "2026-11-23T09:32:00Z", Some("R2")),
            ("evt-3", "2026-11-23T09:32:00Z", None),
            ("evt-4", "2026-11-23T09:10:00Z", Some("R0")),
        ] {
            world.publish(&shipped(id, time, number));
            world.settle().await;
        }
        let (keys, mails) = told(&world).await;
        assert_eq!((keys, mails), (vec!["order.shipped#s-1".to_owned()], 1));
        let notes = world.order("A-1001").await.notes;
        let reasons: Vec<_> = notes.iter().map(|note| note.reason.to_string()).collect();
        assert_eq!(reasons, ["conflict"; 3]);
    });
}
