//! What reading and rendering cost. Budgets, in a release build: 50 µs for reading an
//! event, 200 µs for an e-mail, 50 µs for a text message.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::content::{MessageInput, Renderer, Shop};
use bellhop::event::{OrderEvent, Received, open};
use bellhop::model::{Platform, Priority};
use criterion::{Criterion, criterion_group, criterion_main};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::built_in().unwrap());

fn shipped() -> OrderEvent {
    let body = include_str!("../../events/order-shipped-partial.json");
    let received = Received { sent_at: "2026-11-23T12:00:00Z".parse().unwrap() };
    let envelope = open(body, received).unwrap();
    CATALOGUE.find("order.shipped").unwrap().admit(envelope).unwrap()
}

fn renderer() -> Renderer {
    let shop = Shop {
        name: "Example Shop".to_owned(),
        url: "https://shop.example/".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    Renderer::new(shop).unwrap()
}

fn render(c: &mut Criterion) {
    let event = shipped();
    let content = MessageInput {
        kind: &event.kind,
        locale: "zh-CN",
        time_zone: "Asia/Shanghai",
        data: &event.data,
    };
    let prepared = renderer();

    c.bench_function("reading an event", |b| b.iter(|| black_box(shipped())));
    c.bench_function("email", |b| b.iter(|| prepared.email(black_box(&content)).unwrap()));
    c.bench_function("sms", |b| b.iter(|| prepared.sms(black_box(&content)).unwrap()));
    c.bench_function("push", |b| {
        b.iter(|| {
            let push = prepared.push(black_box(&content)).unwrap();
            push.payload(Platform::Fcm, Duration::from_secs(86_400), Priority::High)
        })
    });
    // What a cold function adds to its first message.
    c.bench_function("new renderer and its first email", |b| {
        b.iter(|| renderer().email(black_box(&content)).unwrap())
    });
}

criterion_group!(benches, render);
criterion_main!(benches);
