//! What sealing and opening the personal data of a notification cost.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::hint::black_box;

use bellhop::customer::Salt;
use bellhop::ledger::sealed::{open, seal};
use bellhop::model::OrderId;
use bellhop::plan::NotificationId;
use bellhop::platform::keys::KeyRing;
use criterion::{Criterion, criterion_group, criterion_main};

fn sealing(c: &mut Criterion) {
    let keys = KeyRing::parse("a key of this bench, long enough").unwrap();
    let salt = Salt::new([7; 32]);
    let order_id = OrderId::parse("A-1001").unwrap();
    let place = NotificationId { order_id, key: "order.shipped#s-1".into() };
    // A little more than what is sealed of it.
    let data = include_bytes!("../../events/order-shipped-partial.json").to_vec();
    let sealed = || seal(&keys, &salt, &place, [1; 12], data.clone()).unwrap();
    let blob = sealed();
    c.bench_function("sealing", |b| b.iter(|| black_box(sealed())));
    c.bench_function("opening", |b| {
        b.iter(|| open(&keys, Some(&salt), &place, black_box(&blob)).unwrap())
    });
}

criterion_group!(benches, sealing);
criterion_main!(benches);
