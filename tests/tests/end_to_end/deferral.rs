//! What is sent later, by a real schedule.

use std::time::Duration;

use bellhop::ledger::{DeliveryState, OrderEntries};
use bellhop::model::clock::{self, Clock, SystemClock, Timestamp};
use bellhop::model::{Channel, Reason};
use bellhop_local::QUIET_ZONE;
use serde_json::{Value, json};

use super::*;

fn event(order: &str, kind: &str, time: Timestamp) -> Value {
    json!({
        "specversion": "1.0", "id": format!("evt-{order}-{kind}"), "source": "/test",
        "type": kind, "time": time.to_string(),
        "data": {
            "order": {"id": order, "currency": "EUR", "totals": {"total": "29.90"}},
            "customer": {
                "id": format!("c-{order}"), "email": format!("{order}@example.com"),
                "phone": "+436601234599",
            },
            "review": {"url": "https://shop.example/review"},
            "shipment": {"id": "s-1"},
        },
    })
}

/// An order that was done so long ago that its review is asked for in so many seconds.
fn completed(order: &str, seconds: u64) -> Value {
    let week = Duration::from_secs(7 * 86_400);
    let now = clock::after(SystemClock.now(), Duration::from_secs(seconds));
    event(order, "order.completed", clock::before(now, week))
}

/// What stands of the order as soon as anything does.
async fn planned(id: &str) -> OrderEntries {
    eventually(&format!("the decisions about {id}"), async || {
        let entries = order(id).await;
        (!entries.notifications.is_empty()).then_some(entries)
    })
    .await
}

#[test]
fn a_deferred_message_is_sent_when_its_schedule_fires() {
    RUNTIME.block_on(async {
        let id = "E2E-deferral-1";
        publish_event(&completed(id, 20)).await;
        let entries = planned(id).await;
        assert_eq!(entries.notifications[0].waiting().count(), 1);
        assert!(entries.deliveries.is_empty());
        let entries = settled(id, 1).await;
        assert_eq!(entries.deliveries[0].1.state, DeliveryState::Accepted);
        let notification = &entries.notifications[0];
        assert_eq!((notification.due_at(), notification.revision), (None, 1));
        let accepted = entries.deliveries[0].1.updated_at;
        assert!(accepted >= notification.deferrals[0].until, "{accepted}");
        let mails = emails_to(&aws().await.messages(), &format!("{id}@example.com")).len();
        assert_eq!(mails, 1);
    });
}

#[test]
fn a_fact_takes_a_deferred_message_back_with_its_schedule() {
    RUNTIME.block_on(async {
        let id = "E2E-deferral-2";
        publish_event(&completed(id, 15)).await;
        planned(id).await;
        publish_event(&event(id, "order.returned", SystemClock.now())).await;
        let entries = eventually("the withdrawal", async || {
            let entries = order(id).await;
            (entries.notifications[0].due_at().is_none()).then_some(entries)
        })
        .await;
        let withdrawn = Reason::WithdrawnBy("order.returned".to_owned());
        assert!(entries.notifications[0].skips.iter().all(|skip| skip.reason == withdrawn));
        assert!(entries.deliveries.is_empty());
    });
}

#[test]
fn an_sms_waits_for_the_end_of_the_quiet_hours_and_the_mail_does_not() {
    RUNTIME.block_on(async {
        let id = "E2E-deferral-3";
        let mut shipped = event(id, "order.shipped", SystemClock.now());
        shipped["data"]["customer"]["time_zone"] = json!(QUIET_ZONE);
        publish_event(&shipped).await;
        let entries = settled(id, 1).await;
        assert_eq!(entries.deliveries[0].1.facts.channel, Channel::Email);
        let waiting: Vec<_> = entries.notifications[0].waiting().collect();
        assert_eq!(waiting[0].channels, [Channel::Push, Channel::Sms]);
        assert_eq!(waiting[0].reason, Reason::QuietHours);
        let told = entries.story().into_iter().map(|line| line.sentence);
        let expected = "nobody is disturbed in the quiet hours";
        assert_eq!(told.filter(|line| line.ends_with(expected)).count(), 2);
    });
}
