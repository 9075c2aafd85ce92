//! One attempt of a sender, and what is expected of an error.

use aws_config::SdkConfig;
use bellhop::channel::{NotAccepted, Sender};
use bellhop::model::failure::SendFailure;
use bellhop::model::id::AttemptId;
use bellhop::model::{Channel, ProviderMessageId};
use bellhop_tests::job::job;
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::{HAPPENED, at};

use crate::world::{Client, provider};

/// The attempt that every test here makes.
pub fn attempt() -> AttemptId {
    AttemptId::new("0123456789abcdef0123456789abcdef")
}

/// What a provider answers.
type Sent = Result<ProviderMessageId, NotAccepted>;

/// Makes one attempt on this channel.
pub async fn send(channel: Channel, config: &SdkConfig) -> Sent {
    send_by(&Client::of(channel, config), channel).await
}

/// Makes one attempt on this channel by a client that may have made others.
pub async fn send_by(client: &Client, channel: Channel) -> Sent {
    let job = job(channel);
    let message = client.prepare(&job.outgoing(), at(HAPPENED)).unwrap();
    client.send(&job.outgoing(), &attempt(), &message).await
}

/// The provider answers an attempt with this error, and receives one request; the
/// error means `failure`, and its code is what the ledger records.
pub async fn check_error(channel: Channel, answer: Answer, code: &str, failure: SendFailure) {
    let server = Server::answering([answer]).await;
    let error = send(channel, &provider(server.url())).await.unwrap_err();
    assert_eq!(error, NotAccepted { failure, reason: code.into() });
    assert_eq!(server.count(), 1, "{code}");
}
