//! What is sent later: after a delay, or when the quiet hours are over. Everything is
//! decided when it is due, by what is known then.

use std::time::Duration;

use bellhop::channel::Recipient;
use bellhop::channel::email::EmailAddress;
use bellhop::customer::Caps;
use bellhop::event::ChannelFailed;
use bellhop::model::clock::{self, Timestamp};
use bellhop::model::{Channel, OrderId, Platform, Reason};
use bellhop::plan::{GRACE, Settings};
use bellhop_tests::at;
use bellhop_tests::event::Event;
use bellhop_tests::job::settings;
use bellhop_tests::world::{Answer, World};

use crate::block_on;

const DAY: Duration = Duration::from_secs(86_400);

/// The order is done, a few minutes ago.
fn completed() -> Event {
    Event::of("order.completed")
}

/// A shop in which it is quiet until noon, by the clock of Vienna.
fn quiet_shop() -> World {
    let settings = Settings {
        quiet_hours: Some("20:00-12:00".parse().unwrap()),
        default_time_zone: "Europe/Vienna".to_owned(),
        ..settings()
    };
    World::new().of_shop(settings)
}

const NOON_IN_VIENNA: &str = "2026-11-23T11:00:00Z";

/// `channel` of every call that a provider received, in the order of channels.
fn called(world: &World) -> Vec<Channel> {
    let calls = |channel| world.calls(channel).into_iter().map(move |_| channel);
    Channel::ALL.into_iter().flat_map(calls).collect()
}

/// `channel: reason` of every skip of the order's notifications.
async fn skips(world: &World) -> Vec<String> {
    let notifications = world.order("A-1001").await.notifications;
    let skips = notifications.iter().flat_map(|of| &of.skips);
    skips.map(|skip| format!("{}: {}", skip.channel, skip.reason)).collect()
}

/// Lets everything come to pass until so long after now.
async fn pass(world: &World, time: Duration) {
    world.settle_until(clock::after(world.now(), time)).await;
}

#[test]
fn a_review_is_asked_for_a_week_later_from_whoever_can_be_reached_then() {
    block_on(async {
        let world = World::new();
        world.publish(&completed());
        pass(&world, 6 * DAY).await;
        assert_eq!(called(&world), []);
        assert_eq!(world.scheduled().len(), 1);
        // By then the customer has the app.
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.settle().await;
        assert_eq!(called(&world), [Channel::Push]);
        assert_eq!(world.now().duration_since(at(bellhop_tests::HAPPENED)).as_hours(), 7 * 24);
        assert_eq!(world.scheduled(), []);
        let story: Vec<_> =
            world.order("A-1001").await.story().into_iter().map(|line| line.sentence).collect();
        let until = "deferred until 30 November 2026 at 09:30 UTC: it is sent some time after";
        assert_eq!(story.iter().filter(|line| line.contains(until)).count(), 2, "{story:#?}");
        assert!(story.iter().any(|line| line == "push planned 7 days after the event"));
    });
}

#[test]
fn nobody_is_asked_for_a_review_of_what_they_gave_back_or_reviewed() {
    block_on(async {
        let facts = [
            "order.cancelled",
            "order.refund_requested",
            "order.refunded",
            "order.returned",
            "order.reviewed",
            "com.example.order.returned",
        ];
        for fact in facts {
            let world = World::new();
            world.publish(&completed());
            pass(&world, DAY).await;
            let refund = serde_json::json!({"id": "r-1"});
            let event = Event::of(fact).id("evt-2").with("/data/refund", refund).on(&["email"]);
            world.publish(&event);
            pass(&world, DAY).await;
            assert_eq!(world.scheduled(), [], "{fact} takes the schedule back");
            world.settle().await;
            let asked = world.deliveries().values().any(|of| of.facts.kind == "order.completed");
            assert!(!asked, "{fact}");
            let name = fact.trim_start_matches("com.example.");
            let reason = format!("push: withdrawn_by:{name}");
            assert!(skips(&world).await.contains(&reason), "{fact}");
            assert!(world.dead_lettered().is_empty(), "{fact}");
        }
    });
}

#[test]
fn the_order_of_a_fact_and_what_it_takes_back_does_not_matter() {
    block_on(async {
        let world = World::new();
        world.publish(&Event::of("order.reviewed").id("evt-2"));
        // It is published when its delay has passed already.
        world.advance(8 * DAY);
        world.publish(&completed());
        world.settle().await;
        assert_eq!(called(&world), []);
        let expected = ["push: no_recipient", "email: withdrawn_by:order.reviewed"];
        assert_eq!(skips(&world).await, expected);
    });
}

#[test]
fn who_unsubscribed_while_it_waited_is_not_written_to() {
    block_on(async {
        let world = World::new();
        world.publish(&completed());
        pass(&world, DAY).await;
        world.unsubscribe("c-77").await;
        world.settle().await;
        assert_eq!(called(&world), []);
        assert!(skips(&world).await.contains(&"email: unsubscribed".to_owned()));
    });
}

#[test]
fn who_complained_while_it_waited_is_not_written_to() {
    block_on(async {
        let world = World::new();
        world.publish(&completed());
        pass(&world, DAY).await;
        let ada = EmailAddress::parse("ada@example.com").unwrap();
        world.suppress(&Recipient::Email { address: ada }, Reason::Complained).await;
        world.settle().await;
        assert_eq!(called(&world), []);
        assert!(skips(&world).await.contains(&"email: complained".to_owned()));
    });
}

#[test]
fn in_the_quiet_hours_a_mail_goes_and_an_sms_waits_for_their_end() {
    block_on(async {
        let world = quiet_shop();
        world.publish(&Event::of("order.shipped"));
        world.settle_until(at("2026-11-23T10:59:00Z")).await;
        assert_eq!(called(&world), [Channel::Email]);
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email, Channel::Sms]);
        assert!(world.now() >= at(NOON_IN_VIENNA));
    });
}

#[test]
fn quiet_hours_are_those_of_the_customers_clock() {
    block_on(async {
        // 10:35 in Vienna; in Tokyo it is 18:35, and in the evening in Honolulu.
        for (zone, country, quiet) in [
            (Some("Asia/Tokyo"), Some("AT"), false),
            (None, Some("JP"), false),
            (None, Some("AT"), true),
            (None, Some("US"), true),
            (None, None, true),
            (Some("Pacific/Honolulu"), Some("JP"), true),
            (Some("Mars/Olympus"), Some("JP"), false),
        ] {
            let world = quiet_shop();
            let event = Event::of("order.shipped")
                .with("/data/customer/time_zone", zone)
                .with("/data/order/shipping_address", serde_json::json!({"country": country}));
            world.publish(&event);
            pass(&world, Duration::from_secs(60)).await;
            let sent = called(&world).contains(&Channel::Sms);
            assert_eq!(sent, !quiet, "{zone:?} {country:?}");
        }
    });
}

#[test]
fn of_all_that_waited_for_the_morning_only_the_newest_disturbs() {
    block_on(async {
        let world = quiet_shop();
        let facts = ["order.shipped", "order.out_for_delivery"];
        for (n, kind) in facts.into_iter().enumerate() {
            let time = format!("2026-11-23T09:3{n}:00Z");
            world.publish(&Event::of(kind).id(&format!("evt-{n}")).happened(&time));
        }
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email, Channel::Sms]);
        assert!(skips(&world).await.contains(&"sms: newer_fact_waits".to_owned()));
        let sent = world.deliveries().into_values().find(|of| of.facts.channel == Channel::Sms);
        assert_eq!(sent.unwrap().facts.kind, "order.out_for_delivery");
    });
}

/// Nothing is dropped for the hour alone; what would be stale goes another way.
#[test]
fn what_would_be_stale_in_the_morning_takes_the_routes_next_channel_or_says_why_not() {
    block_on(async {
        let world = quiet_shop();
        // It may be told for 12 hours.
        let event = Event::of("order.out_for_delivery").happened("2026-11-22T22:30:00Z");
        world.publish(&event);
        world.settle().await;
        assert_eq!(called(&world), []);
        assert_eq!(skips(&world).await, ["push: no_recipient", "sms: quiet_hours"]);
        assert_eq!(world.scheduled(), []);
    });
}

#[test]
fn a_schedule_that_is_lost_delays_and_loses_nothing() {
    block_on(async {
        let world = World::new();
        world.publish(&completed());
        pass(&world, DAY).await;
        world.lose_schedules();
        pass(&world, 6 * DAY).await;
        world.sweep();
        pass(&world, Duration::from_secs(60)).await;
        assert_eq!(called(&world), [], "it may still fire");
        pass(&world, GRACE).await;
        world.sweep();
        pass(&world, Duration::from_secs(60)).await;
        assert_eq!(called(&world), [Channel::Email]);
        world.sweep();
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email]);
    });
}

#[test]
fn a_schedule_that_fires_twice_or_early_or_for_nothing_changes_nothing() {
    block_on(async {
        let world = World::new();
        world.publish(&completed());
        pass(&world, DAY).await;
        let due = world.scheduled().remove(0);
        let early = world.publish_text("A-1001", &due.body());
        pass(&world, DAY).await;
        assert_eq!((called(&world), world.scheduled().len()), (vec![], 1), "{early}");
        let unknown = bellhop::event::Due { notification: "order.lost".into(), ..due.clone() };
        world.publish_text("A-1001", &unknown.body());
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email]);
        world.publish_text("A-1001", &due.body());
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email]);
        assert!(world.dead_lettered().is_empty());
        let broken = r#"{"specversion": "1.0", "id": "x", "type": "bellhop.due", "data": {}}"#;
        let broken = world.publish_text("A-1001", broken);
        world.settle().await;
        assert!(world.dead_lettered().contains(&broken));
    });
}

#[test]
fn the_same_event_again_neither_sends_nor_schedules_twice() {
    block_on(async {
        let world = World::new();
        for id in ["evt-1", "evt-1", "evt-2"] {
            world.publish(&completed().id(id));
            pass(&world, DAY).await;
            assert_eq!(world.scheduled().len(), 1);
        }
        world.settle().await;
        world.publish(&completed().id("evt-3"));
        world.settle().await;
        assert_eq!(called(&world), [Channel::Email]);
        assert_eq!(world.scheduled(), []);
        assert_ne!(world.now(), Timestamp::MAX);
    });
}

#[test]
fn a_customer_gets_no_more_promotional_messages_than_one_may_and_every_order_update() {
    block_on(async {
        let caps = Caps { day: 1, week: 3 };
        let world = World::new().of_shop(Settings { caps, ..settings() });
        for n in 0..5 {
            let event = completed().about(&format!("A-{n}")).id(&format!("evt-{n}"));
            world.publish(&event);
        }
        for n in 0..5 {
            let event = Event::of("order.paid").about(&format!("A-{n}")).id(&format!("paid-{n}"));
            world.publish(&event.on(&["email"]));
        }
        pass(&world, DAY).await;
        assert_eq!(world.calls(Channel::Email).len(), 5, "order updates are not counted");
        // The reviews of all five are due on one day; their facts may be told for ten days.
        pass(&world, 6 * DAY).await;
        assert_eq!(world.calls(Channel::Email).len(), 5 + 1);
        pass(&world, DAY).await;
        assert_eq!(world.calls(Channel::Email).len(), 5 + 2);
        world.settle().await;
        assert_eq!(world.calls(Channel::Email).len(), 5 + 3);
        let mut capped = 0;
        for n in 0..5 {
            let notifications = world.order(&format!("A-{n}")).await.notifications;
            let skips = notifications.iter().flat_map(|of| &of.skips);
            capped += usize::from(skips.into_iter().any(|skip| skip.reason == Reason::Capped));
        }
        assert_eq!(capped, 2, "what would be too late is not sent, and says why");
        assert_eq!(world.scheduled(), []);
    });
}

/// An event bug: the same order is edited again and again.
#[test]
fn a_flood_of_facts_ends_in_one_message_that_says_where_the_order_stands() {
    block_on(async {
        let world = World::new().of_shop(Settings { flood: 5, ..settings() });
        for n in 0..30 {
            let time = format!("2026-11-23T09:30:{n:02}Z");
            let edited = Event::of("order.edited").id(&format!("evt-{n}")).happened(&time);
            let again = serde_json::json!({"channels": ["email"], "resend_key": n.to_string()});
            world.publish(&edited.with("/data/notification", again));
        }
        let other = Event::of("order.paid").about("B-1").id("evt-other").on(&["email"]);
        let other = other
            .with("/data/customer", serde_json::json!({"id": "c-8", "email": "bob@example.com"}));
        world.publish(&other);
        pass(&world, Duration::from_secs(60)).await;
        assert_eq!(world.calls(Channel::Email).len(), 5 + 1, "others hear theirs");
        world.settle().await;
        assert_eq!(world.calls(Channel::Email).len(), 5 + 1 + 1);
        let notifications = world.order("A-1001").await.notifications;
        let told = |of: &&bellhop::plan::Notification| !of.deliveries.is_empty();
        let newest = notifications.iter().filter(told).map(|of| of.event_time).max();
        assert_eq!(newest, Some(at("2026-11-23T09:30:29Z")));
        let left = skips(&world).await.into_iter().filter(|skip| skip == "email: newer_fact_waits");
        assert_eq!(left.count(), 30 - 5 - 1);
        assert_eq!(world.scheduled(), []);
    });
}

/// The push was decided before the quiet hours, and failed in them.
#[test]
fn a_routes_next_channel_waits_for_the_end_of_the_quiet_hours() {
    block_on(async {
        let world = World::new().of_shop(Settings {
            quiet_hours: Some("11:00-13:00".parse().unwrap()),
            default_time_zone: "Europe/Vienna".to_owned(),
            ..settings()
        });
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.publish(&Event::of("order.shipped"));
        world.plan(1, Answer::Heard).await;
        world.register_device("c-78", Platform::Fcm, "token-1").await;
        world.advance(Duration::from_secs(1800));
        pass(&world, Duration::from_secs(60)).await;
        assert_eq!(world.calls(Channel::Sms), []);
        let until: Vec<_> = world.scheduled().iter().map(|due| due.due_at).collect();
        assert_eq!(until, [at("2026-11-23T12:00:00Z")]);
        world.settle().await;
        assert_eq!(world.calls(Channel::Sms).len(), 1);
        assert_eq!(world.calls(Channel::Push), []);
        assert_eq!(skips(&world).await, Vec::<String>::new());
    });
}

#[test]
fn a_route_goes_on_once_however_often_its_channel_is_said_to_have_failed() {
    block_on(async {
        let world = World::new();
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.publish(&Event::of("order.shipped"));
        world.plan(1, Answer::Heard).await;
        world.register_device("c-78", Platform::Fcm, "token-1").await;
        world.settle().await;
        let before = world.order("A-1001").await.notifications;
        let failed = ChannelFailed {
            order_id: OrderId::parse("A-1001").unwrap(),
            notification: before[0].key.clone(),
            channel: Channel::Push,
        };
        world.publish_text("A-1001", &failed.body());
        world.settle().await;
        assert_eq!(world.calls(Channel::Sms).len(), 1);
        assert_eq!(world.order("A-1001").await.notifications, before);
        assert_eq!(before[0].failed, [Channel::Push]);
        assert!(world.dead_lettered().is_empty());
    });
}

#[test]
fn a_routes_next_channel_is_not_taken_for_what_was_taken_back_meanwhile() {
    block_on(async {
        let world = World::new();
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.publish(&completed().happened("2026-11-15T09:30:00Z"));
        world.plan(1, Answer::Heard).await;
        world.publish(&Event::of("order.reviewed").id("evt-2"));
        world.plan(1, Answer::Heard).await;
        world.register_device("c-78", Platform::Fcm, "token-1").await;
        world.settle().await;
        assert_eq!(called(&world), []);
        assert_eq!(skips(&world).await, ["email: withdrawn_by:order.reviewed"]);
    });
}
