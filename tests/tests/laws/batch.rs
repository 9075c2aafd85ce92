//! Batches: which records of one are done, and which come again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bellhop::delivery;
use bellhop::lambda::batch::BatchError;
use bellhop::ledger::DeliveryState;
use bellhop::model::clock::Clock;
use bellhop::model::{Channel, Platform, Postponed};
use bellhop_tests::event::{batch, record};
use bellhop_tests::fifo::{Fifo, returned};
use bellhop_tests::job::{invocation, job, job_about, job_record};
use bellhop_tests::world::World;
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{block_on, calls, laws};

/// What becomes of one record of a batch of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    IsSent,
    IsDeadLettered(&'static str),
    Fails,
    Panics,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::IsSent),
        // Fault 22, 23, 25.
        1 => select(&["not json", "too deep", "version", "channel"][..])
            .prop_map(Fate::IsDeadLettered),
        1 => Just(Fate::Fails),
        1 => Just(Fate::Panics),
    ]
}

fn body(fate: Fate, order: &str) -> String {
    let job = |channel| serde_json::to_string(&job_about(order, channel)).unwrap();
    match fate {
        Fate::IsDeadLettered("not json") => "Hello, shop!".to_owned(),
        Fate::IsDeadLettered("too deep") => "[".repeat(100_000),
        Fate::IsDeadLettered("version") => job(Channel::Email).replacen("\"v\":1", "\"v\":0", 1),
        Fate::IsDeadLettered(_) => job(Channel::Sms),
        Fate::IsSent | Fate::Fails | Fate::Panics => job(Channel::Email),
    }
}

proptest! {
    #![proptest_config(laws())]

    /// Fault 10, 20, 22, 23, 25, 26.
    #[test]
    fn a_bad_record_fails_alone_but_for_the_rest_of_its_group(
        records in vec((option::of(0..3u32), fate()), 0..10)
    ) {
        let (mut blocked, mut failed) = (BTreeSet::new(), Vec::new());
        let (mut sent, mut dead_lettered) = (BTreeSet::new(), BTreeSet::new());
        let mut messages = Vec::new();
        for (nth, (group, fate)) in records.iter().enumerate() {
            let (id, order) = (format!("m-{nth}"), format!("A-{nth}"));
            let group = group.map(|group| format!("group-{group}"));
            match fate {
                _ if group.as_ref().is_some_and(|group| blocked.contains(group)) => {
                    failed.push(id.clone());
                }
                Fate::IsSent => drop(sent.insert(job_about(&order, Channel::Email).delivery_id)),
                Fate::IsDeadLettered(_) => drop(dead_lettered.insert(id.clone())),
                Fate::Fails | Fate::Panics => {
                    blocked.extend(group.clone());
                    failed.push(id.clone());
                }
            }
            messages.push(record(&id, group.as_deref(), &body(*fate, &order)));
        }
        block_on(async {
            let (world, queue) = (World::new(), Fifo::default());
            let response = world.process(&queue, batch(&messages), |record, invocation| {
                let (world, records) = (&world, &records);
                async move {
                    let nth: usize = record.message_id[2..].parse().unwrap();
                    match records[nth].1 {
                        Fate::Panics => panic!("this record"),
                        Fate::Fails => {
                            Err(Postponed::by_backoff("this record".into()))
                        }
                        _ => {
                            let email = world.deliverer(Channel::Email);
                            delivery::handle(email, &record, &invocation).await
                        }
                    }
                }
            });
            let mut returned = returned(&response.await.unwrap());
            returned.sort_unstable();
            failed.sort_unstable();
            prop_assert_eq!(returned, failed);
            prop_assert_eq!(calls(&world).into_keys().collect::<BTreeSet<_>>(), sent);
            prop_assert_eq!(world.dead_lettered(), dead_lettered);
            Ok(())
        })?;
    }

    /// Fault 21: an empty id in a response would return the whole batch, and
    /// nobody would know why.
    #[test]
    fn a_record_without_an_id_is_an_error_that_names_its_place(
        before in 0..4usize, after in 0..4usize, empty: bool
    ) {
        let good = |nth: usize| record(&format!("m-{nth}"), None, &body(Fate::IsSent, "A-1"));
        let mut messages: Vec<_> = (0..=before + after).map(good).collect();
        messages[before].message_id.clear();
        let mut event = batch(&messages);
        if !empty {
            event.records[before].message_id = None;
        }
        let world = World::new();
        let untouched = |_, _| async { panic!("a record of the batch was processed") };
        let response = block_on(world.process(&Fifo::default(), event, untouched));
        prop_assert_eq!(response.unwrap_err(), BatchError::NoMessageId { index: before });
    }

    /// Fault 12, 16, 17, 18.
    #[test]
    fn one_job_in_many_invocations_and_messages_is_sent_once(
        copies in vec((0..50u32, 0..5u32), 2..50), grouped: bool
    ) {
        let job = job(Channel::Push);
        let mut batches: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for (invocation, message) in copies {
            let message_id = format!("m-{message}");
            let group = grouped.then_some("A-1001");
            let copy = record(&message_id, group, &job_record(&job).body);
            batches.entry(invocation).or_default().push(copy);
        }
        block_on(async {
            let world = World::new();
            world.register_device("c-77", Platform::Fcm, "token-1").await;
            let push = world.deliverer(Channel::Push);
            let queue = Fifo::default();
            let invocations = batches.values().map(|messages| {
                world.process(&queue, batch(messages), |record, invocation| async move {
                    delivery::handle(push, &record, &invocation).await
                })
            });
            join_all(invocations).await;
            prop_assert_eq!(world.calls(Channel::Push).len(), 1);
            Ok(())
        })?;
    }
}

/// Fault 30, 31: what a dead-letter queue gives back.
#[tokio::test]
async fn a_redriven_job_is_not_sent_again_and_a_late_one_not_at_all() {
    let world = World::new();
    let (made, late) = (job(Channel::Email), job_about("A-2", Channel::Email));
    let email = world.deliverer(Channel::Email);
    for (redrive, job) in [&made, &made, &late].into_iter().enumerate() {
        if job == &late {
            email.clock.set(late.not_after);
            email.clock.advance(Duration::from_secs(1));
        }
        let invocation = invocation(&format!("redrive-{redrive}"), email.clock.now());
        assert_eq!(delivery::handle(email, &job_record(job), &invocation).await, Ok(()));
    }
    let states =
        world.deliveries().into_iter().map(|(key, record)| (key.delivery_id, record.state));
    let states: BTreeMap<_, _> = states.collect();
    assert_eq!(calls(&world), BTreeMap::from([(made.delivery_id.clone(), 1)]));
    assert_eq!(states[&made.delivery_id], DeliveryState::Accepted);
    assert_eq!(states[&late.delivery_id], DeliveryState::Expired);
}
