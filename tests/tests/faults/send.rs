//! The three senders as the functions build them, but for the server they talk
//! to.

use aws_config::SdkConfig;
use bellhop::channel::{
    EmailSettings, NotAccepted, Sender, SesEmail, SmsSettings, SnsPush, SnsSms,
};
use bellhop::contact::EmailAddress;
use bellhop::event::Channel;
use bellhop::failure::SendFailure;
use bellhop::id::AttemptId;
use bellhop::queue::DeliveryJob;
use bellhop::render::{Renderer, Shop};
use bellhop_tests::job::job;
use bellhop_tests::server::{Answer, Server};
use bellhop_tests::{HAPPENED, at};

use crate::provider;

fn renderer() -> Renderer {
    let shop = Shop {
        name: "Shop".to_owned(),
        url: "https://shop.example/".to_owned(),
        default_locale: "en".to_owned(),
        ..Shop::default()
    };
    Renderer::new(shop).unwrap()
}

pub fn email(config: &SdkConfig) -> SesEmail {
    let settings = EmailSettings {
        from: EmailAddress::parse("shop@example.com").unwrap(),
        from_name: "Shop".to_owned(),
        configuration_set: "bellhop".to_owned(),
    };
    SesEmail::new(aws_sdk_sesv2::Client::new(config), renderer(), settings)
}

pub fn sms(config: &SdkConfig) -> SnsSms {
    let settings = SmsSettings {
        sender_id: Some("Shop".to_owned()),
        origination_number: Some("+436609999999".to_owned()),
    };
    SnsSms::new(aws_sdk_sns::Client::new(config), renderer(), settings)
}

pub fn push(config: &SdkConfig) -> SnsPush {
    SnsPush::new(aws_sdk_sns::Client::new(config), renderer())
}

/// The attempt that every test here makes.
pub fn attempt() -> AttemptId {
    AttemptId::new("0123456789abcdef0123456789abcdef")
}

async fn attempt_by(sender: &impl Sender, job: &DeliveryJob) -> Result<String, NotAccepted> {
    let message = sender.prepare(job, at(HAPPENED)).unwrap();
    sender.send(job, &attempt(), &message).await
}

/// Makes one attempt on this channel.
pub async fn send(channel: Channel, config: &SdkConfig) -> Result<String, NotAccepted> {
    let job = job(channel);
    match channel {
        Channel::Email => attempt_by(&email(config), &job).await,
        Channel::Sms => attempt_by(&sms(config), &job).await,
        Channel::Push => attempt_by(&push(config), &job).await,
    }
}

/// The provider of a channel accepts a message under this id.
pub fn acceptance(channel: Channel, id: &str) -> Answer {
    match channel {
        Channel::Email => Answer::ok(serde_json::json!({ "MessageId": id }).to_string()),
        Channel::Sms | Channel::Push => {
            Answer::xml("Publish", &format!("<MessageId>{id}</MessageId>"))
        }
    }
}

/// The provider refuses an attempt with this error, of which it receives one
/// request; the refusal means `failure`, and its code is what the ledger is told.
pub async fn check_refusal(channel: Channel, error: Answer, code: &str, failure: SendFailure) {
    let server = Server::answering([error]).await;
    let refusal = send(channel, &provider(server.url())).await.unwrap_err();
    assert_eq!(refusal, NotAccepted { failure, reason: code.to_owned() });
    assert_eq!(server.count(), 1, "{code}");
}
