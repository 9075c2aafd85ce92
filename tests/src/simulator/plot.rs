//! Small worlds: two orders, some devices, and what the order system publishes
//! about them.

use std::time::Duration;

use bellhop::customer::WriteProfiles;
use bellhop::model::Platform;
use bellhop::model::clock::{self, Timestamp};

use super::random::Random;
use super::witness::Published;
use super::world::{Lane, World, at_once};
use crate::event::Event;
use crate::job::device;

const ORDERS: [&str; 2] = ["A-1", "A-2"];

/// Who orders: both orders may be one customer's.
pub const CUSTOMERS: [&str; 2] = ORDERS;

/// The facts of an order's life, in the order in which they happen.
const LIFE: [(&str, &str); 6] = [
    ("order.created", ""),
    ("order.paid", ""),
    ("order.shipped", "s-1"),
    ("order.shipped", "s-2"),
    ("order.completed", ""),
    ("order.refund_requested", "r-1"),
];

/// A message to be published.
#[derive(Debug, Clone)]
pub struct Letter {
    order: String,
    event_id: String,
    body: String,
}

/// Registers the devices of the orders' customers; some endpoints are gone.
pub fn register_devices(world: &World, random: &mut Random) {
    for customer in ORDERS {
        for platform in [Platform::Fcm, Platform::Apns] {
            if random.chance(600) {
                let device = device(platform, &format!("{customer}-token"));
                if random.chance(300) {
                    let endpoint = device.endpoint_arn.clone().unwrap();
                    world.state(|state| state.gone.insert(endpoint));
                }
                let customer = customer.into();
                let put = world.profiles.put_device(&customer, &device, world.now());
                at_once(put).unwrap();
            }
        }
    }
}

/// What is published, in this order.
pub fn letters(random: &mut Random, now: Timestamp) -> Vec<Letter> {
    let mut letters = Vec::new();
    let one = random.chance(400);
    for order in ORDERS {
        let customer = if one { CUSTOMERS[0] } else { order };
        // Some facts are so old that they are no longer worth telling soon.
        let age =
            if random.chance(120) { Duration::from_secs(3 * 86_400 - 600) } else { Duration::ZERO };
        let start = clock::from_millis(now.as_millisecond() - age.as_millis() as i64);
        for (n, (kind, part)) in LIFE.into_iter().enumerate() {
            if random.chance(550) {
                continue;
            }
            let happened = clock::after(start, Duration::from_secs(60 * n as u64));
            let id = format!("{order}-{n}");
            let life = Fact { order, customer, kind, part };
            letters.extend(about(random, &life, &id, happened));
        }
    }
    if random.chance(300) {
        random.shuffle(&mut letters);
    }
    letters
}

/// A fact of an order's life.
struct Fact<'a> {
    order: &'a str,
    customer: &'a str,
    kind: &'a str,
    part: &'a str,
}

fn about(random: &mut Random, fact: &Fact<'_>, id: &str, happened: Timestamp) -> Vec<Letter> {
    let Fact { order, customer, kind, part } = *fact;
    let mut event = Event::of(kind)
        .id(id)
        .about(order)
        .happened(&happened.to_string())
        .with("/data/customer/id", customer);
    match kind {
        "order.shipped" => event = event.with("/data/shipment/id", part),
        "order.refund_requested" => event = event.with("/data/refund/id", part),
        _ => {}
    }
    if random.chance(100) {
        let channels: &[&str] =
            random.weighted(&[(1, &["sms"][..]), (1, &["email"]), (1, &["push", "sms"])]);
        event = event.on(channels);
    }
    let letter = |event: &Event| Letter {
        order: order.to_owned(),
        event_id: event.text("/id").to_owned(),
        body: event.body(),
    };
    let mut letters = vec![letter(&event)];
    let other_id = |event: Event| event.id(&format!("{id}-again"));
    match random.below(14) {
        0 => letters.push(letter(&event)),
        1 => letters.push(letter(&other_id(event))),
        2 => letters.push(letter(&other_id(event).with("/data/order/totals/total", "1.00"))),
        3 => letters.push(letter(&other_id(event).with("/type", "order.lost"))),
        4 => letters.push(letter(&other_id(event).with("/data/order/totals", "free"))),
        _ => {}
    }
    letters
}

impl Letter {
    /// Publishes it; the publisher's own repetitions are not dropped.
    pub fn publish(&self, world: &World, nth: usize) {
        let order = bellhop::model::OrderId::parse(&self.order).unwrap();
        let now = world.now();
        let message_id = world.state(|state| {
            let queue = state.queues.get_mut(&Lane::Events).unwrap();
            let message_id =
                queue.send(&self.order, self.body.clone(), &format!("{nth}"), now).unwrap();
            let (event_id, message_id) = (self.event_id.as_str().into(), message_id);
            let published = Published { message_id: message_id.clone(), event_id, order };
            state.witness.published.push(published);
            message_id
        });
        world.tell("the shop", || format!("publishes {} as {message_id}", self.event_id));
    }
}
