//! Dependencies: 53 to 58.

use std::time::Duration;

use bellhop::feedback::{self, ProviderReport};
use bellhop::lambda::batch;
use bellhop::ledger::DeliveryState;
use bellhop::ledger::transition::Report;
use bellhop::model::Channel;
use bellhop_tests::event::batch as batch_of;
use bellhop_tests::fifo::{Fifo, Hiding, returned};
use bellhop_tests::job::{invocation, job};
use bellhop_tests::server::Server;

use crate::provider::check_parked;
use crate::world::{Client, Function, acceptance};

/// The key belongs to the deployment: nothing is wrong with the messages.
#[tokio::test]
async fn fault_54_a_key_that_is_denied_parks_messages() {
    for code in
        ["KMSAccessDenied", "KMSDisabled", "KMSInvalidState", "KMSNotFound", "KMSOptInRequired"]
    {
        check_parked(Channel::Sms, 400, code).await;
    }
}

const REPORTS: [Report; 7] = [
    Report::Sent,
    Report::Delayed,
    Report::Delivered,
    Report::Undelivered,
    Report::Bounced,
    Report::Suppressed,
    Report::Complained,
];

fn report(report: Report) -> ProviderReport {
    ProviderReport {
        key: job(Channel::Email).key(),
        provider_message_id: "id-1".into(),
        report,
        reason: None,
    }
}

/// Every two reports in every order, each again and again, and all of them
/// forwards and backwards.
#[tokio::test]
async fn fault_56_reports_in_any_order_and_number_only_move_forward() {
    let mut courses = vec![REPORTS.to_vec(), REPORTS.into_iter().rev().collect()];
    for first in REPORTS {
        courses.extend(REPORTS.map(|second| vec![first, second, first, second, first]));
    }
    let server = Server::answering([acceptance(Channel::Email, "id-1")]).await;
    for course in courses {
        let function = Function::new(Client::new(Channel::Email, server.url()));
        let job = job(Channel::Email);
        assert_eq!(function.deliver(&job).await, Ok(()));
        let (mut rank, mut state) = (0, DeliveryState::Accepted);
        for told in &course {
            let report = report(*told);
            let outcome =
                feedback::handle(&function.deliverer.ledger, &function.deliverer.clock, &report);
            assert_eq!(outcome.await, Ok(()));
            let record = function.record(&job).unwrap();
            if told.rank() > rank {
                rank = told.rank();
            } else {
                assert_eq!(record.state, state, "{course:?}");
            }
            assert_eq!(record.reported_rank, Some(rank), "{course:?}");
            state = record.state;
        }
        assert_eq!(function.record(&job).unwrap().attempts, 1);
    }
}

/// It stays on its queue, whose redrive policy sets it aside in the end.
#[tokio::test]
async fn fault_57_a_report_about_an_unknown_delivery_is_seen_again_until_it_is_known() {
    let server = Server::answering([acceptance(Channel::Email, "id-1")]).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let (queue, job) = (Fifo::default(), job(Channel::Email));
    queue.send("report", "A-1001", "a Send event", function.now());
    for known in [false, false, true] {
        if known {
            assert_eq!(function.deliver(&job).await, Ok(()));
        }
        let received = queue.receive(10, function.now());
        assert_eq!(received.len(), 1);
        let clock = &function.deliverer.clock;
        let work = |_| async {
            let report = report(Report::Sent);
            feedback::handle(&function.deliverer.ledger, clock, &report).await
        };
        let response = batch::process(
            batch_of(&received),
            &invocation("request", function.now()),
            clock,
            &Hiding(&queue, clock),
            work,
        )
        .await
        .unwrap();
        assert_eq!(returned(&response).is_empty(), known);
        queue.settle(&received, &response);
        function.advance(Duration::from_secs(60));
    }
    assert_eq!(queue.next_at(), None);
    assert_eq!(function.record(&job).unwrap().reported_rank, Some(Report::Sent.rank()));
}
