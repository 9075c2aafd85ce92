//! The provider: 33 to 43.

use std::time::Duration;

use bellhop::customer::{ReadProfiles, WriteProfiles};
use bellhop::delivery::DeliveryJob;
use bellhop::delivery::circuit::Admission;
use bellhop::ledger::DeliveryState;
use bellhop::model::{Channel, Platform, clock};
use bellhop_tests::event::Event;
use bellhop_tests::job::{device, job_about, owner_of, planned, settings};
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::{HAPPENED, at, child};

use crate::world::{Client, Function, acceptance, error_answer};

#[tokio::test]
async fn fault_33_a_storm_of_429_is_waited_out_at_a_bounded_rate() {
    const STORM: usize = 20;
    let throttled = error_answer(Channel::Email, 429, "TooManyRequestsException", "slowly");
    let mut script = vec![throttled; STORM];
    script.push(acceptance(Channel::Email, "id-1"));
    let server = Server::answering(script).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let jobs: Vec<_> = (0..5).map(|n| job_about(&format!("A-{n}"), Channel::Email)).collect();
    function.enqueue(&jobs);
    function.settle().await;
    for job in &jobs {
        let record = function.record(job).unwrap();
        assert_eq!(record.state, DeliveryState::Accepted);
        let sent = record.history.iter().filter(|entry| entry.state == DeliveryState::Sending);
        let times: Vec<_> = sent.map(|entry| entry.at).collect();
        let pauses = times.windows(2).map(|pair| clock::until(pair[0], pair[1]));
        assert!(pauses.min() >= Some(Duration::from_secs(1)), "{times:?}");
    }
    assert_eq!(server.count(), STORM + jobs.len());
}

/// Mails to so many orders are answered with this error so many times before they are
/// taken: all are accepted, with one attempt that counts, after longer than `wait`.
async fn check_waited_out(error: Answer, errors: usize, mails: usize, wait: Duration) {
    let mut script = vec![error; errors];
    script.push(acceptance(Channel::Email, "id-1"));
    let server = Server::answering(script).await;
    let function = Function::new(Client::new(Channel::Email, server.url()));
    let jobs: Vec<_> = (0..mails).map(|n| job_about(&format!("A-{n}"), Channel::Email)).collect();
    function.enqueue(&jobs);
    let start = function.now();
    function.settle().await;
    for job in &jobs {
        let record = function.record(job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Accepted, 1));
    }
    assert_eq!(server.count(), errors + jobs.len());
    assert!(clock::until(start, function.now()) > wait);
}

/// Waits do not count as attempts, and most of the messages are held back
/// without asking.
#[tokio::test]
async fn fault_34_a_daily_quota_is_waited_out_for_hours() {
    let words = "Daily message quota exceeded.";
    let used_up = error_answer(Channel::Email, 400, "ThrottlingException", words);
    check_waited_out(used_up, 12, 3, Duration::from_secs(3600)).await;
}

/// The first message finds the deployment at fault; the second is held back
/// without asking; both are sent once it is repaired.
pub async fn check_parked(channel: Channel, status: u16, code: &str) {
    let failed = error_answer(channel, status, code, "repair me");
    let server = Server::answering([failed, acceptance(channel, "id-1")]).await;
    let function = Function::new(Client::new(channel, server.url()));
    let jobs = ["A-1", "A-2"].map(|order| job_about(order, channel));
    function.enqueue(&jobs);
    let start = function.now();
    assert_eq!(function.invoke(1).await.len(), 1);
    assert_eq!(function.invoke(1).await.len(), 1);
    assert_eq!(server.count(), 1, "{code}");
    let record = function.record(&jobs[0]).unwrap();
    assert_eq!((record.state, record.attempts), (DeliveryState::RetryWait, 0));
    assert_eq!(record.reason, Some(code.into()));
    assert_eq!(function.record(&jobs[1]), None);
    let closed_until = clock::after(start, Duration::from_secs(60));
    assert_eq!(
        function.deliverer.circuit.admit(jobs[0].recipient.application(), start),
        Admission::Wait(closed_until)
    );

    function.settle().await;
    for job in &jobs {
        let record = function.record(job).unwrap();
        assert_eq!((record.state, record.attempts), (DeliveryState::Accepted, 1));
    }
    assert_eq!(server.count(), 3, "{code}");
    assert!(function.deliverer.dead_letters.all().is_empty());
    assert!(clock::until(start, function.now()) >= Duration::from_secs(60));
}

#[test]
fn fault_35_a_suspended_account_opens_the_circuit_and_emits_it_once() {
    let test = "provider::fault_35_a_suspended_account_opens_the_circuit_and_emits_it_once";
    let printed = child::printed(test, async {
        let suspended = error_answer(Channel::Email, 400, "AccountSuspendedException", "no");
        let server = Server::answering([suspended]).await;
        let function = Function::new(Client::new(Channel::Email, server.url()));
        let jobs: Vec<_> = (0..8).map(|n| job_about(&format!("A-{n}"), Channel::Email)).collect();
        function.enqueue(&jobs);
        for _ in &jobs {
            assert_eq!(function.invoke(1).await.len(), 1);
        }
        assert_eq!(server.count(), 1);
        // A probe a minute later, which fails too.
        function.advance(Duration::from_secs(60));
        for _ in &jobs {
            function.invoke(1).await;
        }
        assert_eq!(server.count(), 2);
        let records = jobs.iter().filter_map(|job| function.record(job));
        let waits: Vec<_> = records.map(|record| (record.state, record.attempts)).collect();
        assert!(waits.iter().all(|wait| *wait == (DeliveryState::RetryWait, 0)), "{waits:?}");
    });
    let Some(printed) = printed else { return };
    assert_eq!(printed.matches("\"CircuitOpened\":1").count(), 1, "{printed}");
}

#[tokio::test]
async fn fault_36_a_configuration_set_that_is_missing_parks_messages_until_it_is_there() {
    check_parked(Channel::Email, 404, "NotFoundException").await;
    check_parked(Channel::Email, 400, "MailFromDomainNotVerifiedException").await;
}

/// Every mail is rejected with words that name the shop's own address.
#[test]
fn fault_62_a_sender_that_is_not_verified_holds_mail_back_and_rejects_none() {
    let test = "provider::fault_62_a_sender_that_is_not_verified_holds_mail_back_and_rejects_none";
    let printed = child::printed(test, async {
        let words = "Email address is not verified. The following identities failed the check in \
                     region EU-WEST-1: Shop <shop@example.com>, shop@example.com";
        let unverified = error_answer(Channel::Email, 400, "MessageRejected", words);
        // A batch, then probes that come less and less often, for two hours.
        check_waited_out(unverified, 10 + 15, 20, Duration::from_secs(2 * 60 * 60)).await;
    });
    let Some(printed) = printed else { return };
    assert_eq!(printed.matches("\"CircuitOpened\":1").count(), 1, "{printed}");
    assert!(printed.contains("\"HeldByCircuit\":1"), "{printed}");
}

const TOKENS: [&str; 2] = ["token-1", "token-2"];

/// Order `A-1001` was shipped, to a customer with two devices.
fn pushes(event: &Event) -> Vec<DeliveryJob> {
    let devices = TOKENS.map(|token| device(Platform::Fcm, token));
    let planned = planned(event, &owner_of(devices.into()), &settings());
    let mut jobs = DeliveryJob::of(&planned);
    jobs.retain(|job| job.channel() == Channel::Push);
    assert_eq!(jobs.len(), 2);
    jobs
}

async fn registered(function: &Function) {
    for token in TOKENS {
        let device = device(Platform::Fcm, token);
        function.deliverer.devices.put_device(&"c-77".into(), &device, at(HAPPENED)).await.unwrap();
    }
}

/// How many of the customer's devices can be reached.
async fn reachable(function: &Function) -> usize {
    let profile = function.deliverer.devices.profile(&"c-77".into()).await.unwrap().unwrap();
    assert_eq!(profile.devices.len(), 2);
    profile.devices.iter().filter(|device| device.endpoint_arn.is_some()).count()
}

fn states(function: &Function, jobs: &[DeliveryJob]) -> Vec<DeliveryState> {
    jobs.iter().map(|job| function.state(job)).collect()
}

#[tokio::test]
async fn fault_37_a_disabled_endpoint_disables_its_device_and_leaves_the_other() {
    let channel = Channel::Push;
    let disabled = error_answer(channel, 400, "EndpointDisabled", "Endpoint is disabled");
    let server = Server::answering([disabled, acceptance(channel, "id-1")]).await;
    let function = Function::new(Client::new(channel, server.url()));
    registered(&function).await;
    let jobs = pushes(&Event::of("order.shipped"));
    function.enqueue(&jobs);
    function.settle().await;
    assert_eq!(states(&function, &jobs), [DeliveryState::Rejected, DeliveryState::Accepted]);
    assert_eq!(server.count(), 2);
    assert_eq!(reachable(&function).await, 1);
    assert!(function.deliverer.routes.take_failed().is_empty(), "the other device is told");
}

/// SNS says so by the code of any invalid parameter, and only in words.
#[tokio::test]
async fn an_endpoint_that_sns_does_not_find_disables_its_device() {
    let channel = Channel::Push;
    let words =
        "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified";
    for (rejected, reason, left) in [
        (error_answer(channel, 400, "InvalidParameter", words), "endpoint_gone", 1),
        (error_answer(channel, 404, "NotFound", "Endpoint does not exist"), "NotFound", 1),
        (error_answer(channel, 400, "InvalidParameter", "Message too long"), "InvalidParameter", 2),
    ] {
        let server = Server::answering([rejected, acceptance(channel, "id-1")]).await;
        let function = Function::new(Client::new(channel, server.url()));
        registered(&function).await;
        let jobs = pushes(&Event::of("order.shipped"));
        function.enqueue(&jobs);
        function.settle().await;
        assert_eq!(states(&function, &jobs), [DeliveryState::Rejected, DeliveryState::Accepted]);
        assert_eq!(function.record(&jobs[0]).unwrap().reason.unwrap(), reason);
        assert_eq!(reachable(&function).await, left, "{reason}");
    }
}

/// Where there is no next channel, both deliveries end as rejected.
#[tokio::test]
async fn fault_38_where_all_endpoints_are_disabled_the_next_channel_is_taken_once() {
    let event = Event::of("order.shipped");
    let no_phone = event.clone().without("/data/customer/phone");
    for (event, failed) in [(event, &[Channel::Push][..]), (no_phone, &[])] {
        let disabled = error_answer(Channel::Push, 400, "EndpointDisabled", "Endpoint is disabled");
        let server = Server::answering([disabled]).await;
        let function = Function::new(Client::new(Channel::Push, server.url()));
        registered(&function).await;
        let jobs = pushes(&event);
        function.enqueue(&jobs);
        function.settle().await;
        assert_eq!(states(&function, &jobs), [DeliveryState::Rejected; 2]);
        assert_eq!(server.count(), 2);
        assert_eq!(reachable(&function).await, 0);
        let said = function.deliverer.routes.take_failed();
        let said: Vec<_> = said.iter().map(|failed| failed.channel).collect();
        assert_eq!(said, failed);
    }
}

/// The devices are not at fault, and stay registered.
#[tokio::test]
async fn fault_40_a_disabled_platform_application_opens_the_circuit() {
    check_parked(Channel::Push, 400, "PlatformApplicationDisabled").await;

    let disabled = error_answer(Channel::Push, 400, "PlatformApplicationDisabled", "no");
    let server = Server::answering([disabled]).await;
    let function = Function::new(Client::new(Channel::Push, server.url()));
    registered(&function).await;
    let jobs = pushes(&Event::of("order.shipped"));
    function.enqueue(&jobs);
    function.invoke(10).await;
    assert_eq!((reachable(&function).await, server.count()), (2, 1));
}
