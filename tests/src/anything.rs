//! Anything that can happen, for the laws that hold whatever does.

use std::collections::BTreeMap;

use bellhop::channel::NotAccepted;
use bellhop::model::Channel;
use bellhop::model::failure::SendFailure;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::event::{Event, TYPES};
use crate::store::Trouble;
use crate::world::{Answer, LANES, Lane};

/// The orders that the events are about.
pub const ORDERS: [&str; 2] = ["A-1", "A-2"];

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// The order system publishes an event; with few ids, so that some come
    /// again, with the same fact or another.
    Publish(Event),
    /// The `nth` event so far is published once more.
    PublishAgain(usize),
    /// `plan` takes at most so many messages.
    Plan(usize, Answer),
    /// A lane's function takes at most so many messages.
    Send(Lane, usize, Answer),
    /// The `nth` job that waits in a lane is put on its queue once more.
    RepeatJob(Lane, usize),
}

/// A course of things.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let answer = || prop_oneof![4 => Just(Answer::Heard), 1 => Just(Answer::Lost)];
    let step = prop_oneof![
        4 => event().prop_map(Step::Publish),
        1 => (0..8usize).prop_map(Step::PublishAgain),
        3 => (1..10usize, answer()).prop_map(|(most, answer)| Step::Plan(most, answer)),
        3 => (select(&LANES[..]), 1..10usize, answer())
            .prop_map(|(lane, most, answer)| Step::Send(lane, most, answer)),
        1 => (select(&LANES[..]), 0..8usize).prop_map(|(lane, nth)| Step::RepeatJob(lane, nth)),
    ];
    vec(step, 1..30)
}

/// Any channel.
pub fn channel() -> impl Strategy<Value = Channel> + Clone {
    select(&Channel::ALL[..])
}

/// An event: of any type, about one of few facts; sometimes of an `unknown` type
/// or `flawed`, which its id then says.
pub fn event() -> impl Strategy<Value = Event> {
    let valid = (
        select(&TYPES[..]),
        select(&ORDERS[..]),
        select(&["s-1", "s-2"][..]),
        select(&["10.00", "20.00"][..]),
        option::weighted(0.2, select(&["again", "and again"][..])),
        option::weighted(0.2, vec(channel(), 1..3)),
        (0..12u32, 0..60u32),
    );
    let valid = valid.prop_map(|(kind, order, shipment, total, resend_key, channels, when)| {
        let (id, second) = when;
        let mut event = Event::of(kind)
            .id(&format!("evt-{id}"))
            .about(order)
            .happened(&format!("2026-11-23T09:30:{second:02}Z"))
            .with("/data/order/totals/total", total)
            .with("/data/notification", json!({"channels": channels, "resend_key": resend_key}));
        if kind == "order.shipped" {
            event = event.with("/data/shipment/id", shipment);
        }
        event
    });
    let flawed = (valid.clone(), 0..4u32).prop_map(|(event, flaw)| match flaw {
        0 => event.id("unknown").with("/type", "order.lost"),
        1 => event.id("flawed").with("/specversion", "9"),
        2 => event.id("flawed").with("/type", "order.shipped").with("/data/shipment", "s-1"),
        _ => event.id("flawed").with("/type", "order.paid").with("/data/order/totals", "free"),
    });
    prop_oneof![6 => valid, 1 => flawed]
}

/// What a table does to the next writes.
pub fn troubles() -> impl Strategy<Value = Vec<Trouble>> {
    let trouble = prop_oneof![
        3 => Just(Trouble::None),
        1 => Just(Trouble::Failed),
        1 => Just(Trouble::AnswerLost),
        1 => Just(Trouble::DeathBefore),
        1 => Just(Trouble::DeathAfter),
    ];
    vec(trouble, 0..25)
}

/// What the providers answer to the next calls.
pub fn failures() -> impl Strategy<Value = BTreeMap<Channel, Vec<NotAccepted>>> {
    let failure = select(vec![
        SendFailure::NotSent,
        SendFailure::Throttled,
        SendFailure::QuotaExhausted,
        SendFailure::Permanent,
        SendFailure::Configuration,
        SendFailure::Unrecognised,
        SendFailure::Unknown,
    ]);
    let failed = failure.prop_map(|failure| NotAccepted { failure, reason: "trouble".into() });
    btree_map(channel(), vec(failed, 0..8), 0..3)
}
