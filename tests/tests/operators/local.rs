//! The same commands on the local AWS, with the product deployed.

use std::time::Duration;

use bellhop::answers::{Subject, asked_email, asked_phone, export};
use bellhop::customer::ContactStanding;
use bellhop::delivery::JobQueue;
use bellhop::ledger::{DeliveryLedger, DeliveryState};
use bellhop::model::clock::{self, Clock, SystemClock};
use bellhop::model::{Channel, Reason};
use bellhop_cli::commands::doctor::{Code, Level};
use bellhop_cli::commands::push_app::{Was, keep};
use bellhop_cli::commands::suppressions::{Wish, carry_out, look};
use bellhop_cli::connection::Connection;
use bellhop_local::{LocalAws, Options, Quiet};
use bellhop_tests::event::Event;
use bellhop_tests::eventually;
use bellhop_tests::job::jobs;

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
    a_job_that_waited_goes_to_no_address_that_was_suppressed(&connection).await;
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
    assert_eq!(look(connection, &contact).await.unwrap().standing, ContactStanding::Unknown);
    let now = SystemClock.now();
    let added = carry_out(connection, &contact, &Wish::Add(Reason::OptedOut), now).await.unwrap();
    assert!(
        matches!(added.standing, ContactStanding::Suppressed(s) if s.reason == Reason::OptedOut)
    );
    let lifted = carry_out(connection, &contact, &Wish::Lift, SystemClock.now()).await.unwrap();
    assert!(matches!(lifted.standing, ContactStanding::Lifted(at) if at >= now));

    let number = asked_phone("+436601234568").unwrap();
    let lifted = carry_out(connection, &number, &Wish::Lift, SystemClock.now()).await.unwrap();
    assert!(matches!(lifted.standing, ContactStanding::Lifted(_)));
    let levels: Vec<_> = lifted.findings.iter().map(|f| (f.code, f.level)).collect();
    assert_eq!(levels, [(Code::NotLooked, Level::Warning)]);
}

/// The function may read the key and the table, and does.
async fn a_job_that_waited_goes_to_no_address_that_was_suppressed(connection: &Connection) {
    let now = SystemClock.now();
    let minute_ago = clock::from_millis(now.as_millisecond() - 60_000);
    let event = Event::of("order.shipped").about("A-2").happened(&minute_ago.to_string());
    let job = jobs(&event, Channel::Email).remove(0);
    let suppress = Wish::Add(Reason::Complained);
    carry_out(connection, &job.recipient, &suppress, now).await.unwrap();
    connection.jobs().unwrap().enqueue(std::slice::from_ref(&job), "m-1".into()).await.unwrap();
    let ledger = connection.ledger().await.unwrap();
    let record =
        eventually(PATIENCE, "the delivery", async || ledger.delivery(&job.key()).await.unwrap())
            .await;
    let expected = (DeliveryState::Suppressed, Some(Reason::Complained));
    assert_eq!((record.state, record.reason), expected);
    carry_out(connection, &job.recipient, &Wish::Lift, SystemClock.now()).await.unwrap();
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
    let (ledger, profiles) = (connection.ledger().await.unwrap(), connection.profiles().unwrap());
    let key = connection.contact_key().await.unwrap();
    let found = eventually(PATIENCE, "the order", async || {
        let contacts = vec![asked_email("ada@example.com").unwrap()];
        let subject = Subject { customer: Some("c-77".into()), contacts };
        let found = export(&ledger, &profiles, &key, subject, SystemClock.now()).await.unwrap();
        Some(found).filter(|found| !found.orders.is_empty())
    });
    let found = found.await;
    assert_eq!(found.orders[0].order.as_str(), "A-1001");
    assert_eq!(found.orders[0].notifications[0].kind, "order.paid");
}
