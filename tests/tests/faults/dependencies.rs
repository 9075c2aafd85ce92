//! Dependencies: 53 to 58.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bellhop::catalogue::Catalogue;
use bellhop::customer::{
    CheckDevices, Choice, Chooser, DisableDevices, KeepPreferences, MemoryProfiles, Preferences,
    ReadProfiles, ReadStandings, Standing, WriteProfiles, Written,
};
use bellhop::delivery::{
    self, Circuit, Deliverer, DeliveryJob, HourlyCap, MemoryQueue, Ports, Unsent,
};
use bellhop::feedback::{self, ProviderReport};
use bellhop::lambda::batch;
use bellhop::ledger::{DeliveryState, SealedLedger};
use bellhop::model::Report;
use bellhop::model::clock::{self, Clock, ManualClock};
use bellhop::model::failure::CallError;
use bellhop::model::id::{DeviceId, EndpointArn};
use bellhop::model::{Channel, CustomerId, Platform, Record};
use bellhop::plan::{self, MemorySchedules, Planner};
use bellhop::platform::MemoryDeadLetters;
use bellhop_tests::event::{Event, batch as batch_of};
use bellhop_tests::fifo::{Fifo, Hiding, returned};
use bellhop_tests::job::{
    MemoryContacts, at_any_pace, contact_key, contacts, device, invocation, job, job_record,
    owner_of, planned, sealed_ledger, settings,
};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::store::{Ledger, Shared};
use bellhop_tests::{HAPPENED, at};
use serde_json::json;

use crate::provider::check_parked;
use crate::taxonomy::on_dynamo;
use crate::world::{Client, Function, acceptance, error_answer, repeating};

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
        channel: Channel::Email,
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
        for next in &course {
            let report = report(*next);
            let outcome =
                feedback::apply(&function.deliverer.ledger, &function.deliverer.clock, &report);
            assert_eq!(outcome.await, Ok(()));
            let record = function.record(&job).unwrap();
            if next.rank() > rank {
                rank = next.rank();
            } else {
                assert_eq!(record.state, state, "{course:?}");
            }
            assert_eq!(record.reported_rank, Some(rank), "{course:?}");
            state = record.state;
        }
        assert_eq!(function.record(&job).unwrap().attempts, 1);
    }
}

/// It stays on its queue, whose redrive policy dead-letters it in the end.
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
            feedback::apply(&function.deliverer.ledger, clock, &report).await
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

/// Devices of which the store does not answer at first.
struct Unanswering {
    profiles: Shared<MemoryProfiles>,
    silent: AtomicU32,
}

impl DisableDevices for Unanswering {
    async fn disable_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<(), CallError> {
        let more = |silent: u32| silent.checked_sub(1);
        if self.silent.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok() {
            return Err(CallError::unexpected("dynamodb:UpdateItem", "InternalServerError"));
        }
        self.profiles.disable_device(customer_id, device, endpoint_arn).await
    }
}

impl ReadStandings for Unanswering {
    async fn standing(&self, id: &CustomerId) -> Result<Standing, CallError> {
        self.profiles.standing(id).await
    }
}

impl KeepPreferences for Unanswering {
    async fn preferences(&self, of: &Chooser) -> Result<Preferences, CallError> {
        self.profiles.preferences(of).await
    }

    async fn choose(&self, of: &Chooser, choices: &[Choice]) -> Result<Written, CallError> {
        self.profiles.choose(of, choices).await
    }
}

impl CheckDevices for Unanswering {
    async fn has_device(
        &self,
        customer_id: &CustomerId,
        device: &DeviceId,
        endpoint_arn: &EndpointArn,
    ) -> Result<bool, CallError> {
        self.profiles.has_device(customer_id, device, endpoint_arn).await
    }
}

struct WithoutProfiles;

impl Ports for WithoutProfiles {
    type Ledger = Shared<Ledger>;
    type Sender = Client;
    type Routes = Shared<MemoryQueue>;
    type Devices = Unanswering;
    type Contacts = MemoryContacts;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

#[tokio::test]
async fn fault_67_a_rejection_is_recorded_whatever_the_profiles_do() {
    let disabled = error_answer(Channel::Push, 400, "EndpointDisabled", "Endpoint is disabled");
    let server = Server::answering([disabled]).await;
    let profiles = Shared::<MemoryProfiles>::default();
    let customer = CustomerId::from("c-77");
    let device = device(Platform::Fcm, "token-1");
    profiles.put_device(&customer, &device, at(HAPPENED)).await.unwrap();
    let clock = Arc::new(ManualClock::at(clock::after(at(HAPPENED), Duration::from_secs(70))));
    let deliverer = Deliverer::<WithoutProfiles> {
        ledger: Shared::default(),
        sender: Client::new(Channel::Push, server.url()),
        routes: Shared::default(),
        devices: Unanswering { profiles: profiles.clone(), silent: AtomicU32::new(2) },
        contacts: contacts(&profiles),
        circuit: Circuit::default(),
        pace: at_any_pace(),
        cap: HourlyCap::default(),
        unsent: Unsent::default(),
        dead_letters: Shared::default(),
        clock: Arc::clone(&clock),
    };
    let owner = owner_of(vec![device]);
    let mut jobs = DeliveryJob::of(&planned(&Event::of("order.shipped"), &owner, &settings()));
    jobs.retain(|job| job.channel() == Channel::Push);
    let record = job_record(&jobs[0]);
    let reachable = async || {
        let profile = profiles.profile(&customer).await.unwrap().unwrap();
        profile.devices[0].endpoint_arn.is_some()
    };
    for receive in 1..=3 {
        let record = Record { receive_count: receive, ..record.clone() };
        let invocation = invocation(&format!("request-{receive}"), clock.now());
        let handled = delivery::handle(&deliverer, &record, &invocation).await;
        assert_eq!(handled.is_ok(), receive == 3, "{handled:?}");
        let known = deliverer.ledger.deliveries().remove(&jobs[0].key()).unwrap();
        assert_eq!(known.state, DeliveryState::Rejected);
        let failed = deliverer.routes.take_failed();
        let failed: Vec<_> = failed.iter().map(|failed| failed.channel).collect();
        assert_eq!(failed, [Channel::Push], "saying so again is harmless");
        assert_eq!(reachable().await, receive < 3);
        clock.advance(Duration::from_secs(60));
    }
    assert_eq!(server.count(), 1);
}

struct OnDynamo;

impl plan::Ports for OnDynamo {
    type Ledger = SealedLedger;
    type Profiles = Shared<MemoryProfiles>;
    type Jobs = Shared<MemoryQueue>;
    type Schedules = Shared<MemorySchedules>;
    type DeadLetters = Shared<MemoryDeadLetters>;
    type Clock = Arc<ManualClock>;
}

#[tokio::test]
async fn fault_68_what_no_retry_mends_is_dead_lettered_at_once() {
    let invalid = Answer::json_error("ValidationException", json!({}));
    // First it is asked how much the customer was told of late.
    let dynamodb = Server::answering([Answer::ok("{}"), invalid, Answer::ok("{}")]).await;
    let client = aws_sdk_dynamodb::Client::new(&repeating(dynamodb.url()));
    let planner = Planner::<OnDynamo> {
        catalogue: Catalogue::built_in().unwrap(),
        settings: settings(),
        contact_key: contact_key(),
        ledger: sealed_ledger(client),
        profiles: Shared::default(),
        jobs: Shared::default(),
        schedules: Shared::default(),
        dead_letters: Shared::default(),
        clock: Arc::new(ManualClock::at(at(HAPPENED))),
    };
    let poison = Event::of("order.paid").record();
    assert_eq!(plan::handle(&planner, &poison).await, Ok(()));
    let dead = planner.dead_letters.all();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].0, poison, "whole");
    assert_eq!(dead[0].1.reason, "dynamodb:PutItem failed: ValidationException");
    assert_eq!(dynamodb.count(), 2);

    let later = Event::of("order.shipped").record();
    assert_eq!(plan::handle(&planner, &later).await, Ok(()));
    assert!(!planner.jobs.take_jobs().is_empty());
    assert_eq!(planner.dead_letters.all().len(), 1);
}

/// The table may reject what a delivery job leads to as well.
#[tokio::test]
async fn fault_68_a_claim_that_the_table_never_takes_is_dead_lettered_at_once() {
    let invalid = Answer::json_error("ValidationException", json!({}));
    let dynamodb = Server::answering([invalid]).await;
    let ses = Server::answering([acceptance(Channel::Email, "id-1")]).await;
    let deliverer = on_dynamo(&dynamodb, &ses);
    let record = job_record(&job(Channel::Email));
    let invocation = invocation("request", deliverer.clock.now());
    assert_eq!(delivery::handle(&deliverer, &record, &invocation).await, Ok(()));
    let dead = deliverer.dead_letters.all();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].1.reason, "dynamodb:UpdateItem failed: ValidationException");
    assert_eq!(ses.count(), 0);
}
