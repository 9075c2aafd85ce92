//! What the network does to a call to a provider, and that no such call is made
//! twice, whatever the environment asks for.

use std::time::Duration;

use bellhop::model::Channel;
use bellhop::model::failure::SendFailure;
use bellhop::platform::aws;
use bellhop_tests::child;
use bellhop_tests::server::{Answer, Response, Server};

use crate::send::{send, send_by};
use crate::world::{Client, acceptance, eager, impatient_provider, provider};

/// One attempt on each channel against a server that gives this answer.
async fn check_all(answer: impl Fn(Channel) -> Answer, reason: &str) {
    for channel in Channel::ALL {
        let server = Server::answering([answer(channel)]).await;
        let error = send(channel, &impatient_provider(server.url())).await.unwrap_err();
        assert_eq!(error.failure, SendFailure::Unknown, "{channel}");
        assert_eq!(error.reason, reason, "{channel}");
        assert_eq!(server.count(), 1, "{channel}");
    }
}

fn whole(answer: Answer) -> Response {
    match answer {
        Answer::Whole(response) | Answer::CutOff(response) => response,
        other => panic!("{other:?} has no response"),
    }
}

fn server_error(channel: Channel) -> Answer {
    match channel {
        Channel::Email => Answer::rest_error(500, "InternalFailure", "try again"),
        Channel::Sms | Channel::Push => Answer::xml_error(500, "InternalError", "try again"),
    }
}

#[tokio::test]
async fn an_acceptance_is_one_request_and_gives_the_providers_id() {
    for channel in Channel::ALL {
        let server = Server::answering([acceptance(channel, "id-1")]).await;
        let sent = send(channel, &provider(server.url())).await;
        assert_eq!(sent, Ok("id-1".into()));
        assert_eq!(server.count(), 1);
    }
}

/// Fault 4.
#[tokio::test]
async fn an_acceptance_that_is_cut_off_is_unknown_and_sent_once() {
    check_all(|channel| Answer::CutOff(whole(acceptance(channel, "id-1"))), "no_answer").await;
}

/// A proxy in between may end a torn answer as if it were whole.
#[tokio::test]
async fn an_acceptance_that_cannot_be_read_is_unknown_and_sent_once() {
    check_all(
        |channel| match channel {
            Channel::Email => Answer::ok(r#"{"MessageI"#),
            Channel::Sms | Channel::Push => Answer::ok("<PublishResponse><PublishRes"),
        },
        "http_200",
    )
    .await;
}

/// Fault 5.
#[tokio::test]
async fn a_provider_that_never_answers_is_unknown_and_sent_once() {
    check_all(|_| Answer::Silence, "no_answer").await;
}

#[tokio::test]
async fn a_connection_that_is_closed_is_unknown_and_sent_once() {
    check_all(|_| Answer::Closed, "no_answer").await;
}

#[tokio::test]
async fn a_server_error_is_unknown_and_sent_once() {
    for channel in Channel::ALL {
        let server = Server::answering([server_error(channel)]).await;
        let error = send(channel, &provider(server.url())).await.unwrap_err();
        assert_eq!(error.failure, SendFailure::Unknown);
        assert_eq!(server.count(), 1);
    }
}

/// A text message of unknown outcome is abandoned, so what is certain must be
/// known for certain.
#[tokio::test]
async fn a_connection_that_was_never_made_is_certainly_not_sent() {
    for url in [Server::gone().await, "http://no-such-host.invalid".to_owned()] {
        for channel in Channel::ALL {
            let error = send(channel, &provider(&url)).await.unwrap_err();
            assert_eq!(error.failure, SendFailure::NotSent, "{url} {channel}");
            assert_eq!(error.reason, "not_connected", "{url} {channel}");
        }
    }
}

/// What the tests above would find, were the configuration of the providers'
/// clients not made from the eager one.
#[tokio::test]
async fn the_sdk_by_itself_sends_again() {
    for channel in Channel::ALL {
        for answer in [server_error(channel), Answer::Closed] {
            let server = Server::answering([answer, acceptance(channel, "id-2")]).await;
            let sent = send(channel, &eager(server.url())).await;
            assert_eq!(sent, Ok("id-2".into()));
            assert_eq!(server.count(), 2);
        }
    }
}

#[test]
fn the_environment_can_not_make_the_sdk_send_again() {
    if !child::is_this() {
        let environment = [
            ("AWS_MAX_ATTEMPTS", "5"),
            ("AWS_RETRY_MODE", "adaptive"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
        ];
        let test = "network::the_environment_can_not_make_the_sdk_send_again";
        let output = child::run(test, &environment);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (printed, errors) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{printed}{errors}");
        assert!(printed.contains("1 passed"), "{printed}");
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::answering([server_error(Channel::Sms)]).await;
        let config = aws::load().await.to_builder().endpoint_url(server.url()).build();
        let error = send(Channel::Sms, &aws::for_provider(&config, Duration::from_secs(8)))
            .await
            .unwrap_err();
        assert_eq!(error.failure, SendFailure::Unknown);
        assert_eq!(server.count(), 1);
    });
}

/// AWS closes connections that are idle for long, and a request on one that is just
/// being closed ends without an answer; so the client closes it first.
#[tokio::test]
async fn fault_66_a_connection_is_not_used_again_after_a_pause() {
    for channel in Channel::ALL {
        let server = Server::answering([acceptance(channel, "id-1")]).await;
        let config = provider(server.url());
        let client = Client::of(channel, &config);
        assert_eq!(send_by(&client, channel).await, Ok("id-1".into()));
        // A minute is longer than any pause that the client allows, and shorter than
        // AWS's.
        let closed = server.has_closed(1);
        tokio::time::timeout(Duration::from_secs(60), closed).await.expect("it is kept");
        assert_eq!(send_by(&client, channel).await, Ok("id-1".into()));
        assert_eq!(server.count(), 2, "{channel}");
    }
}

/// The same as seen from the other side: what is closed already is not used either.
#[tokio::test]
async fn fault_66_a_connection_that_the_server_has_closed_while_idle_costs_nothing() {
    for channel in Channel::ALL {
        let server = Server::answering([Answer::Last(whole(acceptance(channel, "id-1")))]).await;
        let client = Client::of(channel, &provider(server.url()));
        for sent in 1..=3 {
            assert_eq!(send_by(&client, channel).await, Ok("id-1".into()), "{channel}");
            server.has_closed(sent).await;
            assert_eq!(server.count(), sent);
        }
    }
}
