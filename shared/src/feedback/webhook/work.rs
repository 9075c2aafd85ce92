//! The work of `webhook`: one outcome becomes one signed call.

use std::future::Future;

use serde::Deserialize;

use super::{Endpoint, SigningSecret};
use crate::model::clock::Clock;
use crate::model::{Postponed, Reason, Record};
use crate::platform::{DeadLetter, DeadLetterQueue, dead_letter, telemetry};

/// A call to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRequest {
    /// Names and values.
    pub headers: [(&'static str, String); 4],
    /// The event, as it was published.
    pub body: String,
}

/// Calls the application.
pub trait CallWebhook: Sync {
    /// Makes one call; the status of the answer.
    ///
    /// # Errors
    /// The reason why there was none.
    fn call(
        &self,
        endpoint: &Endpoint,
        request: WebhookRequest,
    ) -> impl Future<Output = Result<u16, Reason>> + Send;
}

/// What calling the application needs from outside.
pub trait Ports {
    /// Who calls it.
    type Caller: CallWebhook;
    /// Where outcomes go that it will never take.
    type DeadLetters: DeadLetterQueue;
    /// The time.
    type Clock: Clock;
}

/// What calling the application works with.
pub struct Caller<P: Ports> {
    /// Where.
    pub endpoint: Endpoint,
    /// What calls are signed with.
    pub secret: SigningSecret,
    /// Who calls.
    pub caller: P::Caller,
    /// Where outcomes go that the application will never take.
    pub dead_letters: P::DeadLetters,
    /// The time.
    pub clock: P::Clock,
}

/// What of an event the call's headers say.
#[derive(Deserialize)]
struct Published {
    id: String,
}

/// Calls the application with one outcome.
///
/// # Errors
/// [`Postponed`] if it did not take it: the same outcome comes again, under the same id,
/// after a growing pause.
pub async fn handle<P: Ports>(caller: &Caller<P>, record: &Record) -> Result<(), Postponed> {
    let Caller { endpoint, secret, dead_letters, clock, .. } = caller;
    let give_up = async |reason, detail: &str| {
        let letter = DeadLetter { reason, detail: detail.to_owned() };
        dead_letter(dead_letters, clock, record, &letter).await
    };
    let Ok(Published { id }) = serde_json::from_str(&record.body) else {
        return give_up(Reason::NotJson, "the message is no outcome, or has no `id`").await;
    };
    if !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return give_up(Reason::InvalidField, "`id` can't stand in a header").await;
    }
    let now = clock.now();
    let request = WebhookRequest {
        headers: [
            ("content-type", "application/cloudevents+json".to_owned()),
            ("webhook-signature", secret.sign(&id, now, &record.body)),
            ("webhook-timestamp", now.as_second().to_string()),
            ("webhook-id", id.clone()),
        ],
        body: record.body.clone(),
    };
    match caller.caller.call(endpoint, request).await {
        Ok(200..300) => {
            telemetry::webhook_taken(&id, record.receive_count, clock.now());
            Ok(())
        }
        // By the specification: it wants no more of these.
        Ok(410) => give_up(status(410), "the application answers that it is gone").await,
        Ok(other) => Err(Postponed::by_backoff(status(other))),
        Err(reason) => Err(Postponed::by_backoff(reason)),
    }
}

fn status(status: u16) -> Reason {
    Reason::Provider(format!("http_{status}"))
}
