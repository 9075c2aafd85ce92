//! Laws: what holds for any course of things, with the very handlers that
//! Lambda runs, between queues, tables and providers in memory.

mod batch;
mod deferral;
mod devices;
mod news;
mod privacy;
mod suppressed;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use bellhop::channel::NotAccepted;
use bellhop::ledger::{DeliveryRecord, DeliveryState};
use bellhop::model::failure::SendFailure;
use bellhop::model::id::DeliveryId;
use bellhop::model::{Channel, Ordering, Platform};
use bellhop::plan::Notification;
use bellhop_tests::anything::{self, ORDERS, Step};
use bellhop_tests::event::Event;
use bellhop_tests::store::Trouble;
use bellhop_tests::world::World;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::to_value;

fn laws() -> ProptestConfig {
    ProptestConfig {
        // Each case is a whole course of things.
        cases: ProptestConfig::default().cases / 4,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

fn block_on<T>(course: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().start_paused(true).build().unwrap().block_on(course)
}

/// Takes these steps, then lets everything come to its end; the events that
/// were published, by message id.
async fn take(world: &World, steps: Vec<Step>) -> Vec<(String, Event)> {
    world.register_device("c-77", Platform::Fcm, "token-1").await;
    world.register_device("c-77", Platform::Apns, "token-2").await;
    let mut published: Vec<(String, Event)> = Vec::new();
    for step in steps {
        match step {
            Step::Publish(event) => published.push((world.publish(&event), event)),
            Step::PublishAgain(nth) => {
                if let Some((_, event)) = published.get(nth).cloned() {
                    published.push((world.publish(&event), event));
                }
            }
            Step::Plan(most, answer) => drop(world.plan(most, answer).await),
            Step::Send(lane, most, answer) => drop(world.send(lane, most, answer).await),
            Step::RepeatJob(lane, nth) => world.repeat_job(lane, nth),
        }
    }
    world.settle().await;
    published
}

/// How often each delivery was handed to a provider.
fn calls(world: &World) -> BTreeMap<DeliveryId, usize> {
    let mut calls = BTreeMap::new();
    for (delivery, _) in world.all_calls() {
        *calls.entry(delivery).or_default() += 1;
    }
    calls
}

/// Whether a notification is about just this event's fact.
fn is_about(notification: &Notification, event: &Event) -> bool {
    let data = to_value(&notification.data).unwrap();
    let same = |pointer: &str| {
        let text = data.pointer(pointer.trim_start_matches("/data"));
        text.and_then(|text| text.as_str()).unwrap_or_default() == event.text(pointer)
    };
    notification.event_id == event.text("/id")
        && notification.kind == event.text("/type")
        && same("/data/order/totals/total")
        && same("/data/shipment/id")
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn every_planned_delivery_is_sent_exactly_once_unless_a_newer_fact_was_told(
        steps in anything::steps()
    ) {
        block_on(async {
            let world = World::new();
            take(&world, steps).await;
            let mut records = BTreeMap::new();
            for (key, record) in world.deliveries() {
                records.insert(key.delivery_id, record);
            }
            let mut due = BTreeMap::new();
            for order in ORDERS {
                for notification in world.order(order).await.notifications {
                    for planned in notification.deliveries {
                        let record = &records[&planned.delivery_id];
                        if record.state == DeliveryState::Superseded {
                            prop_assert_eq!(planned.ordering, Ordering::Latest);
                            prop_assert_eq!(record.attempts, 0);
                        } else {
                            prop_assert_eq!(record.state, DeliveryState::Accepted);
                            prop_assert_eq!(record.attempts, 1);
                            due.insert(planned.delivery_id, 1);
                        }
                    }
                }
            }
            prop_assert_eq!(calls(&world), due);
            Ok(())
        })?;
    }

    #[test]
    fn every_event_ends_in_a_notification_a_note_or_the_dead_letter_queue(steps in anything::steps()) {
        block_on(async {
            let world = World::new();
            for (message_id, event) in take(&world, steps).await {
                let entries = world.order(event.text("/data/order/id")).await;
                let notified = entries.notifications.iter().any(|n| is_about(n, &event));
                let noted = entries.notes.iter().any(|note| note.message_id == message_id);
                let dead_lettered = world.dead_lettered().contains(&message_id);
                match event.text("/id") {
                    "unknown" => prop_assert!(noted && !dead_lettered, "{event:?}"),
                    "flawed" => prop_assert!(noted && dead_lettered, "{event:?}"),
                    _ => prop_assert!((notified || noted) && !dead_lettered, "{event:?}"),
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn an_order_is_told_on_each_channel_in_the_order_of_planning(steps in anything::steps()) {
        block_on(async {
            let world = World::new();
            take(&world, steps).await;
            assert_told_in_order(&world, |_, _| true)
        })?;
    }

    #[test]
    fn publishing_everything_once_more_sends_nothing_more(steps in anything::steps()) {
        block_on(async {
            let world = World::new();
            let published = take(&world, steps).await;
            let before = calls(&world);
            for (_, event) in published {
                world.publish(&event);
            }
            world.settle().await;
            prop_assert_eq!(calls(&world), before);
            Ok(())
        })?;
    }

    /// Whatever tables and providers do, and wherever a function dies.
    #[test]
    fn troubles_lose_nothing_and_repeat_only_what_may_not_have_been_sent(
        steps in anything::steps(),
        troubles in anything::troubles(),
        failures in anything::failures(),
    ) {
        block_on(async {
            let world = World::with(troubles, failures.clone());
            take(&world, steps).await;

            let attempts: BTreeSet<_> = world.all_calls().into_iter().map(|(_, a)| a).collect();
            prop_assert_eq!(attempts.len(), world.all_calls().len(), "one call per claim");

            let records = world.deliveries();
            prop_assert!(world.first_planned().iter().all(|(key, _)| records.contains_key(key)));
            for (key, record) in &records {
                prop_assert!(record.state.is_settled(), "{key:?} stays {}", record.state);
                let answers = answers(&world, &failures, record.facts.channel, &key.delivery_id);
                check_answers(record, &answers)?;
            }
            check_fallbacks(&world).await?;
            assert_told_in_order(&world, |channel, nth| {
                let failures = failures.get(&channel);
                may_have_sent(failures.and_then(|failures| failures.get(nth)))
            })
        })?;
    }
}

/// Fault 38, with every trouble at every write.
#[test]
fn a_route_goes_on_to_its_next_channel_wherever_the_function_dies() {
    use Trouble::{AnswerLost, DeathAfter, DeathBefore, Failed, None};
    let rejection =
        || NotAccepted { failure: SendFailure::Permanent, reason: "EndpointDisabled".into() };
    for trouble in [None, Failed, AnswerLost, DeathBefore, DeathAfter] {
        for write in 0..8 {
            let troubles = [vec![None; write], vec![trouble]].concat();
            let failures = BTreeMap::from([(Channel::Push, vec![rejection(), rejection()])]);
            let world = World::with(troubles, failures);
            block_on(async {
                take(&world, vec![Step::Publish(Event::of("order.paid").about(ORDERS[0]))]).await;
                check_fallbacks(&world).await.unwrap();
            });
            let sent = world.calls(Channel::Sms).len();
            assert!(trouble != None || sent == 1, "the text message was not sent");
        }
    }
}

/// No answer but an acceptance is given where there is no failure.
fn may_have_sent(failed: Option<&NotAccepted>) -> bool {
    failed.is_none_or(|failed| failed.failure == SendFailure::Unknown)
}

/// What a channel's provider answered about a delivery.
fn answers<'a>(
    world: &World,
    failures: &'a BTreeMap<Channel, Vec<NotAccepted>>,
    channel: Channel,
    delivery: &DeliveryId,
) -> Vec<Option<&'a NotAccepted>> {
    let script = failures.get(&channel).map_or(&[][..], Vec::as_slice);
    let calls = world.calls(channel).into_iter().enumerate();
    calls.filter(|(_, (id, _))| id == delivery).map(|(nth, _)| script.get(nth)).collect()
}

fn check_answers(
    record: &DeliveryRecord,
    answers: &[Option<&NotAccepted>],
) -> Result<(), TestCaseError> {
    let state = record.state;
    let accepted = answers.iter().filter(|answer| answer.is_none()).count();
    let may_have_sent = answers.iter().filter(|answer| may_have_sent(**answer)).count();
    let doubts = record.doubts as usize;
    prop_assert!(may_have_sent <= 1 + doubts, "sent again without a doubt: {record:?}");
    if record.facts.channel == Channel::Sms {
        prop_assert!(may_have_sent <= 1, "a text message was sent twice: {record:?}");
    }
    if doubts == 0 && state != DeliveryState::Abandoned {
        prop_assert_eq!(accepted, usize::from(state == DeliveryState::Accepted), "{:?}", record);
    }
    prop_assert!(state != DeliveryState::Accepted || accepted >= 1, "{record:?}");
    Ok(())
}

/// Where all deliveries on a route's channel have failed for good, the next
/// channel was tried, unless it was too late for that.
async fn check_fallbacks(world: &World) -> Result<(), TestCaseError> {
    let records = world.deliveries();
    let record = |id: &DeliveryId| {
        let mut of_id = records.iter().filter(|(key, _)| &key.delivery_id == id);
        of_id.next().map(|(_, record)| record)
    };
    let states = [DeliveryState::Rejected, DeliveryState::Abandoned];
    let failed = |id: &DeliveryId| record(id).is_some_and(|record| states.contains(&record.state));
    let overtaken = |id: &DeliveryId| {
        let facts = &record(id).unwrap().facts;
        let of_any = records.values().filter(|told| told.is_told());
        of_any.map(|told| &told.facts).any(|told| told.supersede(facts))
    };
    for order in ORDERS {
        for notification in world.order(order).await.notifications {
            if world.now() > notification.not_after {
                continue;
            }
            for planned in notification.deliveries {
                let mut channel = planned.fallback.siblings.iter().chain([&planned.delivery_id]);
                let all_failed = channel.all(failed);
                let next = planned.fallback.next.first();
                let next = next.filter(|_| all_failed && !overtaken(&planned.delivery_id));
                for target in next.into_iter().flatten() {
                    prop_assert!(record(&target.delivery_id).is_some(), "{target:?} is left out");
                }
            }
        }
    }
    Ok(())
}

/// Per order, lane and recipient, deliveries are first sent in the order in which they were
/// first enqueued.
fn assert_told_in_order(
    world: &World,
    counts: impl Fn(Channel, usize) -> bool,
) -> Result<(), TestCaseError> {
    let planned = world.first_planned();
    let records = world.deliveries();
    let recipient = |delivery: &DeliveryId| {
        let mut of_id = records.iter().filter(|(key, _)| key.delivery_id == *delivery);
        of_id.next().map(|(_, record)| record.facts.recipient_hash.clone())
    };
    for channel in Channel::ALL {
        let calls = world.calls(channel).into_iter().enumerate();
        let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (_, (delivery, _)) in calls.filter(|(nth, _)| counts(channel, *nth)) {
            let place = planned.iter().position(|(key, _)| key.delivery_id == delivery).unwrap();
            let (key, lane) = &planned[place];
            let of_order = places.entry((&key.order_id, *lane, recipient(&delivery))).or_default();
            if !of_order.contains(&place) {
                of_order.push(place);
            }
        }
        for (lane, places) in places {
            prop_assert!(places.is_sorted(), "{lane:?}: {places:?}");
        }
    }
    Ok(())
}
