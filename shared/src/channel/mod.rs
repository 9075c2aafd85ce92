//! The channels: one folder each, with all that differs by channel. What needs no
//! client is behind [`Rules`]; the one call to the provider behind [`Sender`].
//!
//! A channel is given what a message is made from ([`Outgoing`]), never a job.

mod delivery_log;
pub mod email;
mod memory;
pub mod push;
mod recipient;
pub mod sms;
mod sns;

pub use delivery_log::{DeliveryLog, SmsPrice};
pub use memory::{MemoryEndpoints, MemorySender};
pub use recipient::Recipient;

use std::future::Future;
use std::time::Duration;

use jiff::Timestamp;

use crate::content::{MessageInput, RenderError, Renderer};
use crate::model::failure::{Fault, SendFailure};
use crate::model::id::{AttemptId, DeliveryId};
use crate::model::{
    Channel, Class, Country, Masked, Priority, Private, ProviderMessageId, Reason, Trace,
};
use crate::platform::telemetry::SmsParts;

/// What differs by channel and needs no client.
pub trait Rules: Sync {
    /// Whom of a customer the channel reaches, and whom not, and why.
    fn recipients(&self, contacts: &Contacts<'_>) -> Vec<Result<Recipient, Unusable>>;

    /// What a failed call to the channel's provider means.
    fn classify(&self, fault: &Fault) -> SendFailure;

    /// What follows an attempt of unknown outcome.
    fn after_unknown(&self) -> AfterUnknown;

    /// How long one call to the provider may take; its outcome is unknown after
    /// that.
    fn attempt_timeout(&self) -> Duration {
        Duration::from_secs(8)
    }

    /// How many messages one recipient may get in an hour from one instance; any
    /// number, where none earns money by them.
    fn hourly_cap(&self) -> Option<usize> {
        None
    }

    /// Whether the provider takes messages that it knows it won't deliver, so that
    /// only its reports can hold the channel.
    fn may_be_held(&self) -> bool {
        false
    }

    /// Whether the provider says that this recipient can't be reached any more, so
    /// that it is not tried again with the next message.
    fn recipient_is_gone(&self, _reason: &Reason) -> bool {
        false
    }

    /// How the files of the channel's text templates end: `sms.txt`.
    fn template_ending(&self) -> &'static str;

    /// By how much the message exceeds what the channel takes, as a sentence; none
    /// if it does not.
    ///
    /// # Errors
    /// [`RenderError`]: there is no such message.
    fn excess(
        &self,
        renderer: &Renderer,
        input: &MessageInput<'_>,
    ) -> Result<Option<String>, RenderError>;
}

/// What follows an attempt that may have sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterUnknown {
    /// Nothing: a duplicate is worse than a loss.
    Abandon,
    /// One more attempt, after this time.
    ResendOnce(Duration),
    /// More attempts, the first after this time, each later one after twice as long.
    ResendSlower(Duration),
}

/// The rules of a channel.
pub fn rules(channel: Channel) -> &'static dyn Rules {
    match channel {
        Channel::Email => &email::Email,
        Channel::Sms => &sms::Sms,
        Channel::Push => &push::Push,
    }
}

/// Where a customer can be reached: what the event says, then what the profile
/// says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contacts<'a> {
    /// E-mail addresses, as the shop gave them.
    pub emails: [Option<&'a Private>; 2],
    /// Phone numbers, as the shop gave them.
    pub phones: [Option<&'a Private>; 2],
    /// The country where the customer is, ISO 3166-1 alpha-2, if known.
    pub country: Option<&'a str>,
    /// Devices.
    pub devices: &'a [push::Device],
    /// The countries that SMS may go to.
    pub sms_countries: &'a [Country],
}

impl Contacts<'_> {
    /// The customer's address and number, whether or not they may be written to there.
    pub fn points(&self) -> Vec<Recipient> {
        let address = email::address(self).ok().map(|address| Recipient::Email { address });
        let phone = sms::phone(self).ok().map(|phone| Recipient::Sms { phone });
        address.into_iter().chain(phone).collect()
    }
}

/// Why a channel, or one recipient on it, can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Which recipient, if one was known.
    pub recipient: Option<Masked>,
    /// Why.
    pub reason: Reason,
}

impl Unusable {
    fn channel(reason: Reason) -> Self {
        Self { recipient: None, reason }
    }
}

/// The first contact point that can be used; blank text is none.
fn first_usable<T>(
    known: [Option<&Private>; 2],
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Unusable> {
    let known = known.into_iter().flatten().map(Private::reveal);
    let mut known = known.filter(|text| !text.trim().is_empty()).peekable();
    if known.peek().is_none() {
        return Err(Unusable::channel(Reason::NoRecipient));
    }
    known.find_map(parse).ok_or(Unusable::channel(Reason::InvalidRecipient))
}

/// What one delivery's message is made from, and whom it goes to.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Which delivery.
    pub delivery_id: &'a DeliveryId,
    /// To whom.
    pub recipient: &'a Recipient,
    /// Whom it serves.
    pub class: Class,
    /// Which goes first.
    pub priority: Priority,
    /// When it is no longer worth sending.
    pub not_after: Timestamp,
    /// The trace that the call belongs to.
    pub trace: Option<&'a Trace>,
    /// What it says, in which language.
    pub input: MessageInput<'a>,
}

/// Makes and sends the messages of one channel.
pub trait Sender: Sync {
    /// Everything that one attempt sends.
    type Message: Sync + Send;

    /// The channel whose deliveries it takes.
    fn channel(&self) -> Channel;

    /// Renders the message. The same input gives the same message, but for a
    /// time-to-live counted from `now`.
    ///
    /// # Errors
    /// [`RenderError`]; the message can then never be sent.
    fn prepare(
        &self,
        outgoing: &Outgoing<'_>,
        now: Timestamp,
    ) -> Result<Self::Message, RenderError>;

    /// A hash of what is sent.
    fn payload_hash(&self, message: &Self::Message) -> String;

    /// What the network makes of the message, where it is paid for by parts.
    fn parts(&self, _message: &Self::Message) -> Option<SmsParts> {
        None
    }

    /// Calls the provider, once; the provider's id of the message.
    ///
    /// # Errors
    /// [`NotAccepted`], classified.
    fn send(
        &self,
        outgoing: &Outgoing<'_>,
        attempt: &AttemptId,
        message: &Self::Message,
    ) -> impl Future<Output = Result<ProviderMessageId, NotAccepted>> + Send;
}

/// An attempt that the provider has not accepted, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAccepted {
    /// What it means.
    pub failure: SendFailure,
    /// Why, by the provider's code.
    pub reason: Reason,
}

impl NotAccepted {
    fn of(rules: &dyn Rules, fault: &Fault) -> Self {
        Self { failure: rules.classify(fault), reason: fault.reason() }
    }

    /// The same failure, of which the provider's words say that the deployment is at
    /// fault.
    fn by_configuration(self) -> Self {
        Self { failure: SendFailure::Configuration, ..self }
    }

    /// A request that the SDK would not even build.
    fn not_constructed() -> Self {
        Self { failure: SendFailure::Permanent, reason: Reason::NotConstructed }
    }
}

/// What is wrong with a provider's report, quoting nothing of it.
fn misread(error: &serde_json::Error, report: &str) -> String {
    match error.to_string() {
        // Serde quotes what it did not expect, but names what it misses.
        text if text.starts_with("missing field") => text,
        _ => format!("a member of {report} has another type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::failure::Stage;

    fn answered(code: &str, message: &str) -> Fault {
        Fault {
            stage: Stage::Answered(400),
            code: Some(code.to_owned()),
            message: Some(message.to_owned()),
        }
    }

    #[test]
    fn an_answer_that_never_came_is_unknown_and_a_refused_connection_is_not() {
        let fault = |stage| Fault { stage, code: None, message: None };
        for channel in Channel::ALL {
            let class = |stage| rules(channel).classify(&fault(stage));
            assert_eq!(class(Stage::NoAnswer), SendFailure::Unknown);
            assert_eq!(class(Stage::Answered(503)), SendFailure::Unknown);
            assert_eq!(class(Stage::Answered(200)), SendFailure::Unknown);
            assert_eq!(class(Stage::Connect), SendFailure::NotSent);
            assert_eq!(class(Stage::Construction), SendFailure::Permanent);
        }
    }

    #[test]
    fn each_code_of_the_taxonomy_has_its_class() {
        use Channel::{Email, Push, Sms};
        use SendFailure::{Configuration, Permanent, QuotaExhausted, Throttled, Unrecognised};
        let table = [
            (Email, "TooManyRequestsException", "", Throttled),
            (Email, "ThrottlingException", "Maximum sending rate exceeded.", Throttled),
            (Email, "ThrottlingException", "Daily message quota exceeded.", QuotaExhausted),
            (Email, "LimitExceededException", "", Throttled),
            (Email, "MessageRejected", "", Permanent),
            (Email, "BadRequestException", "", Permanent),
            (Email, "NotFoundException", "", Configuration),
            (Email, "MailFromDomainNotVerifiedException", "", Configuration),
            (Email, "SendingPausedException", "", Configuration),
            (Email, "AccountSuspendedException", "", Configuration),
            (Sms, "InvalidParameter", "", Permanent),
            (Sms, "ParameterValueInvalid", "", Permanent),
            (Sms, "ValidationException", "", Permanent),
            (Sms, "Throttled", "", Throttled),
            (Sms, "KMSThrottling", "", Throttled),
            (Sms, "AuthorizationError", "", Configuration),
            (Sms, "KMSDisabled", "", Configuration),
            (Push, "EndpointDisabled", "", Permanent),
            (Push, "NotFound", "", Permanent),
            (Push, "PlatformApplicationDisabled", "", Configuration),
            (Push, "SomethingNew", "", Unrecognised),
        ];
        for (channel, code, message, class) in table {
            let got = rules(channel).classify(&answered(code, message));
            assert_eq!(got, class, "{channel} {code} {message}");
        }
    }
}
