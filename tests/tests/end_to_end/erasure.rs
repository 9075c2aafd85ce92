//! A customer is erased: nothing of them is readable any more, and what was decided stays.

use aws_sdk_dynamodb::types::AttributeValue;
use bellhop::customer::{ReadPersons, ReadStandings, Standing};
use bellhop::ledger::ReadLedger;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::model::{OrderId, Reason};
use serde_json::{Value, json};

use crate::{RUNTIME, connection, created, eventually, order, publish_event, settled};

fn customer_event(kind: &str, id: &str, time: &str, data: Value) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "/test", "type": kind, "time": time,
        "data": data,
    })
}

/// All that the table holds of an order, as it stands there, in lower case. Blobs are
/// written as what they would read as.
async fn as_stored(id: &str) -> String {
    let connection = connection().await;
    let client = aws_sdk_dynamodb::Client::new(&bellhop_local::sdk_config(
        &crate::aws().await.stack.endpoint,
    ));
    let found = client
        .query()
        .table_name(connection.output("LedgerTableName").unwrap())
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", AttributeValue::S(format!("ORDER#{id}")))
        .send()
        .await
        .unwrap();
    let mut text = String::new();
    for item in found.items() {
        for (name, value) in item {
            match value {
                AttributeValue::B(blob) => text += &String::from_utf8_lossy(blob.as_ref()),
                value => text += &format!("{name}: {value:?}\n"),
            }
        }
    }
    text.to_lowercase()
}

async fn standing(id: &str) -> Standing {
    connection().await.profiles().unwrap().standing(&id.into()).await.unwrap()
}

#[test]
fn who_is_erased_is_readable_nowhere_and_what_was_decided_stays() {
    RUNTIME.block_on(async {
        let mut event = created("E2E-erased");
        event["data"]["customer"]["name"] = "Canaria Bird".into();
        event["data"]["order"]["items"] = json!([{"sku": "M-1", "title": "Canary mug"}]);
        let customer = "c-E2E-erased";
        let profile = json!({"customer": {"id": customer, "name": "Canaria Bird"}});
        let before = SystemClock.now().to_string();
        publish_event(&customer_event("customer.updated", "evt-1", &before, profile.clone())).await;
        publish_event(&event).await;
        let entries = settled("E2E-erased", 1).await;
        assert_eq!(entries.notifications.len(), 1);
        // Sealed from the beginning, but for what is masked.
        for word in ["canar", "e2e-erased@example.com", "29.90"] {
            assert!(!as_stored("E2E-erased").await.contains(word), "{word}");
        }

        let data = json!({"customer_id": customer});
        let now = SystemClock.now().to_string();
        publish_event(&customer_event("customer.erased", "evt-2", &now, data)).await;
        eventually("the erasure", async || standing(customer).await.erased_at).await;
        assert_eq!(standing(customer).await.salt, None);
        let entries = eventually("that it can't be read", async || {
            let entries = order("E2E-erased").await;
            entries.notifications.is_empty().then_some(entries)
        })
        .await;
        assert_eq!(entries.sealed[0].unreadable.reason(), Reason::Erased);
        let timeline: Vec<_> =
            entries.timeline().iter().map(|line| line.what.to_string()).collect();
        assert!(timeline.contains(&"planned".to_owned()), "{timeline:?}");
        assert!(timeline.contains(&"accepted".to_owned()), "{timeline:?}");

        // What is older brings nobody back, and notifies nobody.
        publish_event(&customer_event("customer.updated", "evt-3", &before, profile)).await;
        let mut late = created("E2E-erased-late");
        late["data"]["customer"]["id"] = customer.into();
        late["time"] = before.into();
        publish_event(&late).await;
        let entries = eventually("the note of the late event", async || {
            let entries = order("E2E-erased-late").await;
            (!entries.notes.is_empty()).then_some(entries)
        })
        .await;
        assert_eq!(entries.notes[0].reason, Reason::Erased);
        assert!(entries.notifications.is_empty() && entries.deliveries.is_empty());
        assert!(!as_stored("E2E-erased-late").await.contains("example.com"));
        let profiles = connection().await.profiles().unwrap();
        assert_eq!(profiles.person(&customer.into()).await.unwrap().profile, None);
    });
}

/// By hand, as the README says.
#[test]
fn a_guests_order_is_erased_with_its_salt() {
    RUNTIME.block_on(async {
        let mut event = created("E2E-guest");
        event["data"]["customer"] = json!({"email": "e2e-guest@example.com"});
        publish_event(&event).await;
        let entries = settled("E2E-guest", 1).await;
        assert_eq!(entries.notifications[0].data.customer.id, None);
        let ledger = connection().await.ledger().await.unwrap();
        let id = OrderId::parse("E2E-guest").unwrap();
        bellhop::ledger::EraseGuests::erase_guest(&ledger, &id).await.unwrap();
        let entries = ledger.order(&id).await.unwrap();
        assert!(entries.notifications.is_empty());
        assert_eq!(entries.sealed[0].unreadable.reason(), Reason::Erased);
    });
}
