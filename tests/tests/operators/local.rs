//! The same commands on the local AWS, with the product deployed.

use std::time::Duration;

use bellhop::answers::{Subject, asked_email, export};
use bellhop::customer::Standing;
use bellhop::model::Reason;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop_cli::commands::push_app::{Was, keep};
use bellhop_cli::commands::suppressions::{Wish, carry_out, look};
use bellhop_cli::connection::Connection;
use bellhop_local::{LocalAws, Options, Quiet};
use bellhop_tests::event::Event;

use crate::push_app::fcm;

/// For how long the functions may take to handle an event.
const PATIENCE: Duration = Duration::from_secs(60);

/// One test, as starting the local AWS takes longest.
#[tokio::test(flavor = "multi_thread")]
async fn operators_commands_work_on_the_local_stack() {
    let aws = LocalAws::start(Options::default(), &Quiet).await.unwrap_or_else(|e| panic!("{e}"));
    let connection = Connection::to_local(&aws.stack);
    an_application_is_created_once_and_rotated(&connection).await;
    a_suppression_is_set_looked_up_and_lifted(&connection).await;
    a_customers_order_is_exported(&connection).await;
}

async fn an_application_is_created_once_and_rotated(connection: &Connection) {
    let now = SystemClock.now();
    let first = keep(connection, &fcm(), Some("another"), now).await.unwrap();
    assert_eq!(first.was, Was::Created);
    let again = keep(connection, &fcm(), Some("another"), now).await.unwrap();
    assert_eq!((again.was, &again.arn), (Was::Rotated, &first.arn));
    // The one that the stack names already.
    let own = keep(connection, &fcm(), None, now).await.unwrap();
    assert_eq!((own.was, own.named_before), (Was::Rotated, own.arn));
}

/// The local AWS has no lists of its own; what it does not know is told, and the rest done.
async fn a_suppression_is_set_looked_up_and_lifted(connection: &Connection) {
    let contact = asked_email("bob@example.com").unwrap();
    assert_eq!(look(connection, &contact).await.unwrap().standing, Standing::Unknown);
    let now = SystemClock.now();
    let added = carry_out(connection, &contact, &Wish::Add(Reason::OptedOut), now).await.unwrap();
    assert!(matches!(added.standing, Standing::Suppressed(s) if s.reason == Reason::OptedOut));
    let lifted = carry_out(connection, &contact, &Wish::Lift, SystemClock.now()).await.unwrap();
    assert!(matches!(lifted.standing, Standing::Lifted(at) if at >= now));
}

async fn a_customers_order_is_exported(connection: &Connection) {
    let sent = connection
        .sqs()
        .send_message()
        .queue_url(connection.output("OrderEventsQueueUrl").unwrap())
        .message_group_id("A-1001")
        .message_deduplication_id("evt-1")
        .message_body(Event::of("order.paid").happened(&SystemClock.now().to_string()).body());
    sent.send().await.unwrap();
    let (ledger, profiles) = (connection.ledger().unwrap(), connection.profiles().unwrap());
    let key = connection.contact_key().await.unwrap();
    let find = async || {
        let contacts = vec![asked_email("ada@example.com").unwrap()];
        let subject = Subject { customer: Some("c-77".into()), contacts };
        export(&ledger, &profiles, &key, subject, SystemClock.now()).await.unwrap()
    };
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let found = find().await;
            if !found.orders.is_empty() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    let found = found.await.expect("the order is found within a minute");
    assert_eq!(found.orders[0].order.as_str(), "A-1001");
    assert_eq!(found.orders[0].notifications[0].kind, "order.paid");
}
