//! Whoever must not be written to is not, also by a job that was planned before.

use bellhop::ledger::DeliveryState;
use bellhop::model::{Channel, Platform, Reason};
use bellhop_tests::event::Event;
use bellhop_tests::job::job;
use bellhop_tests::world::{Answer, World};

use crate::block_on;

/// How the one delivery on this channel ended.
fn ended(world: &World, channel: Channel) -> (DeliveryState, Option<Reason>) {
    let mut deliveries = world.deliveries().into_values();
    let record = deliveries.find(|record| record.facts.channel == channel).unwrap();
    (record.state, record.reason)
}

#[test]
fn a_job_that_waited_goes_to_nobody_who_was_suppressed_meanwhile() {
    for (channel, reason) in
        [(Channel::Email, Reason::AddressBounced), (Channel::Sms, Reason::OptedOut)]
    {
        block_on(async {
            let world = World::new();
            world.publish(&Event::of("order.shipped").on(&[channel.as_str()]));
            world.plan(1, Answer::Heard).await;
            world.suppress(&job(channel).recipient, reason.clone()).await;
            world.settle().await;
            assert_eq!(world.calls(channel), []);
            let expected = (DeliveryState::Suppressed, Some(reason));
            assert_eq!(ended(&world, channel), expected);
        });
    }
}

#[test]
fn a_routes_next_channel_is_not_taken_to_who_was_suppressed_meanwhile() {
    block_on(async {
        let world = World::new();
        world.register_device("c-77", Platform::Fcm, "token-1").await;
        world.publish(&Event::of("order.shipped"));
        world.plan(1, Answer::Heard).await;
        // Another's device by now, so that the SMS is next.
        world.register_device("c-78", Platform::Fcm, "token-1").await;
        world.suppress(&job(Channel::Sms).recipient, Reason::OptedOut).await;
        world.settle().await;
        let gone = (DeliveryState::Rejected, Some(Reason::DeviceGone));
        assert_eq!(ended(&world, Channel::Push), gone);
        let notification = &world.order("A-1001").await.notifications[0];
        let skipped = notification.skips.iter().find(|skip| skip.channel == Channel::Sms);
        assert_eq!(skipped.unwrap().reason, Reason::OptedOut);
        assert_eq!(world.calls(Channel::Sms), []);
        assert_eq!(ended(&world, Channel::Email).0, DeliveryState::Accepted);
    });
}

#[test]
fn a_request_that_waited_goes_to_nobody_who_unsubscribed_meanwhile() {
    block_on(async {
        for (channel, kind) in [("email", "order.completed"), ("push", "order.completed")] {
            let world = World::new();
            world.register_device("c-77", Platform::Fcm, "token-1").await;
            // Done so long ago that nothing waits for its delay.
            let completed = Event::of(kind).happened("2026-11-15T09:30:00Z").on(&[channel]);
            world.publish(&completed);
            world.plan(1, Answer::Heard).await;
            world.unsubscribe("c-77").await;
            world.settle().await;
            assert_eq!(world.all_calls(), [], "{channel}");
            let record = world.deliveries().into_values().next().unwrap();
            let expected = (DeliveryState::Suppressed, Some(Reason::Unsubscribed));
            assert_eq!((record.state, record.reason), expected, "{channel}");
        }
    });
}

/// What says where an order stands goes as it was decided.
#[test]
fn an_order_update_that_waited_is_sent_to_whoever_unsubscribed_from_reviews() {
    block_on(async {
        let world = World::new();
        world.publish(&Event::of("order.shipped").on(&["email"]));
        world.plan(1, Answer::Heard).await;
        world.unsubscribe("c-77").await;
        world.advance(std::time::Duration::from_secs(60));
        world.settle().await;
        assert_eq!(world.calls(Channel::Email).len(), 1);
    });
}
