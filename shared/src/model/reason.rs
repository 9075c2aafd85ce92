//! Why: every reason that the ledger, logs, metrics and `timeline` show, with its
//! code and its words in one place.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::failure::CallError;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $words:literal;)*) => {
        /// Why something was decided, or happened. It is stored and shown as its
        /// code.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
            /// The provider has rejected it for this reason, but an earlier attempt
            /// may have sent it.
            MayHaveBeenSent(Box<Reason>),
            /// An event of this type takes it back.
            WithdrawnBy(String),
            /// A call to Bellhop's own tables or queues failed.
            CallFailed(CallError),
            /// What a provider says, by its own code: `EndpointDisabled`, `http_503`.
            Provider(String),
        }

        impl Reason {
            /// The reasons that have a code and words of their own.
            pub const NAMED: &[Self] = &[$(Self::$name,)*];

            /// The code: stable, for the ledger, logs and metrics.
            pub fn code(&self) -> Cow<'_, str> {
                match self {
                    $(Self::$name => $code.into(),)*
                    Self::MayHaveBeenSent(last) => format!("{MAY_HAVE}{}", last.code()).into(),
                    Self::WithdrawnBy(kind) => format!("{WITHDRAWN_BY}{kind}").into(),
                    Self::CallFailed(error) => error.to_string().into(),
                    Self::Provider(code) => code.as_str().into(),
                }
            }

            /// The words for people, such as support staff who read a timeline.
            pub fn words(&self) -> Cow<'_, str> {
                match self {
                    $(Self::$name => $words.into(),)*
                    Self::MayHaveBeenSent(last) => {
                        format!("{}; an earlier attempt may have sent it", last.words()).into()
                    }
                    Self::WithdrawnBy(kind) => {
                        format!("the order's event {kind} takes it back").into()
                    }
                    Self::CallFailed(error) => error.to_string().into(),
                    Self::Provider(code) => format!("the provider says {code}").into(),
                }
            }

            /// The reason of this code; one that has no other name is a provider's.
            pub fn parse(code: &str) -> Self {
                match code {
                    $($code => Self::$name,)*
                    other => {
                        if let Some(last) = other.strip_prefix(MAY_HAVE) {
                            Self::MayHaveBeenSent(Box::new(Self::parse(last)))
                        } else if let Some(kind) = other.strip_prefix(WITHDRAWN_BY) {
                            Self::WithdrawnBy(kind.to_owned())
                        } else {
                            Self::Provider(other.to_owned())
                        }
                    }
                }
            }
        }
    };
}

/// What stands before the last attempt's reason.
const MAY_HAVE: &str = "may_have_been_sent:";

/// What stands before the type of the event that takes something back.
const WITHDRAWN_BY: &str = "withdrawn_by:";

reasons! {
    // Decisions of `plan`.
    /// Neither event nor profile holds a contact point.
    NoRecipient = "no_recipient", "no contact point on this channel is known";
    /// What they hold is no address or number that can be sent to.
    InvalidRecipient = "invalid_recipient", "the contact point can't be sent to";
    /// An earlier channel of the route ("push or else sms") is usable.
    ReachedByEarlierChannel = "reached_by_earlier_channel", "reached by an earlier channel of the route";
    /// The number's country is not one the shop sends SMS to.
    CountryNotAllowed = "country_not_allowed", "the shop sends no SMS to the number's country";
    /// The device has no push endpoint: the shop has no platform application.
    NoPushEndpoint = "no_push_endpoint", "the device can't be reached: it has no push endpoint";
    /// The event names its channels, and this is none of them.
    NotRequested = "not_requested", "the event names its channels, and this is none of them";
    /// It says that something has changed, and not what.
    NothingNew = "nothing_new", "the event says that something has changed, and not what";
    /// The message asks for something, and no page is known where to do it.
    NoLink = "no_link", "the message asks for something, and no page is known where to do it";
    /// It is sent when the customer has had time to try what they bought.
    Delay = "delay", "it is sent some time after the event";
    /// It is night, or whenever nobody is to be disturbed, where the customer is.
    QuietHours = "quiet_hours", "nobody is disturbed in the quiet hours";
    /// The customer has got as many promotional messages as one may get.
    Capped = "capped", "the customer has got as many promotional messages as one may get";
    /// The customer was told so much within minutes that it looks like an error.
    Flood = "flood", "so much was sent within minutes that it looks like an error";
    /// A newer fact about the order waits for the same moment.
    NewerFactWaits = "newer_fact_waits", "a newer fact about the order is sent in its place";
    /// The customer does not want such messages on this channel.
    Unsubscribed = "unsubscribed", "the customer unsubscribed";
    /// The shop sends such messages to whoever asked for them, and the customer has not.
    NoOptIn = "no_opt_in", "the customer never asked for such messages";
    /// The fact is older than its type's budget.
    Expired = "expired", "the fact was too old when it was planned";
    /// The customer was erased, and it is of before that.
    Erased = "erased", "the customer's data was erased";

    // What becomes of events and jobs.
    /// The body is no JSON.
    NotJson = "not_json", "the message is no JSON";
    /// The body is larger than an event may be.
    TooLarge = "too_large", "the message is larger than an event may be";
    /// A field that must be there is not.
    MissingField = "missing_field", "a field that is needed is missing";
    /// A field does not hold what it must.
    InvalidField = "invalid_field", "a field that is needed can't be read";
    /// The event's time is in the future.
    FutureTime = "future_time", "the event's time is in the future; it is taken as now";
    /// A format of another version.
    UnsupportedVersion = "unsupported_version", "the message has a version that can't be read";
    /// The catalogue has no such type.
    UnknownType = "unknown_type", "the catalogue has no such type";
    /// A fact that no message is about, but that takes back one that waits.
    FactNoted = "fact_noted", "no message is about it; what it makes untrue is not sent any more";
    /// Another event with the same fact was told before.
    Duplicate = "duplicate", "the same fact was sent before";
    /// The fact was told before, and what is new of it is told as another type.
    News = "news", "the fact was sent before, and what is new is sent as another type";
    /// The fact was told before with other data.
    Conflict = "conflict", "the fact was sent before with other data, and is not sent again";
    /// The ledger's secret no longer holds the key that it is sealed under.
    KeyMissing = "key_missing", "its data is sealed under a key that is not there";
    /// What is sealed is not what was written there.
    SealDamaged = "seal_damaged", "its sealed data can't be opened";
    /// A message on a delivery queue that is no job.
    MalformedJob = "malformed_job", "the message is no delivery job";
    /// A job on another channel's queue.
    WrongChannel = "wrong_channel", "the job stands on another channel's queue";
    /// SNS rejects the token, by no code of its own.
    InvalidToken = "invalid_token", "SNS takes no such device token";

    // Deliveries.
    /// It was no longer worth sending.
    NotAfter = "not_after", "it was no longer worth sending";
    /// A newer fact about the order was told while it waited.
    NewerFactTold = "newer_fact_told", "a newer fact about the order was sent meanwhile";
    /// The number has got as many as one may get in an hour.
    HourlyCap = "hourly_cap", "the number has got as many SMS as one may get in an hour";
    /// While it waited, the device was removed, disabled or registered by another.
    DeviceGone = "device_gone", "the device is no longer the customer's";
    /// An operator releases a delivery that had failed.
    Redriven = "redriven", "an operator released it to be sent after all";
    /// Another attempt is under way, or the next is not due.
    NotDue = "not_due", "the next attempt is not due";
    /// The provider's rate is used for now.
    Pace = "pace", "it waits for its turn at the provider's rate";
    /// The claim was not answered, so the attempt made no call.
    ClaimUnanswered = "claim_unanswered", "the ledger did not answer the claim; nothing was sent";
    /// The channel's circuit is open.
    CircuitOpen = "circuit_open", "the channel is paused until the deployment is repaired";
    /// Another worker changed the delivery meanwhile.
    MovedOn = "moved_on", "another worker changed it meanwhile";
    /// The invocation had no time left for a call to the provider.
    NoTimeLeft = "no_time_left", "the function had no time left for the call";
    /// The attempt that held the delivery ended without recording its outcome.
    LeaseExpired = "lease_expired", "an attempt ended without recording its outcome; it may have sent";
    /// The request could not be built.
    NotConstructed = "not_constructed", "the request could not be built";
    /// No connection was made.
    NotConnected = "not_connected", "no connection to the provider was made";
    /// SNS has no such endpoint (any more): the device can't be reached.
    EndpointGone = "endpoint_gone", "the device's push endpoint no longer exists";
    /// The provider did not answer.
    NoAnswer = "no_answer", "the provider did not answer; it may have sent";

    // Messages that can't be made.
    /// The shop's default locale is no language tag.
    InvalidDefaultLocale = "invalid_default_locale", "the shop's default locale is no language tag";
    /// The shop's URL is none.
    InvalidShopUrl = "invalid_shop_url", "the shop's URL is no web address";
    /// The type has no such template.
    TemplateMissing = "template_missing", "the type has no template for this channel";
    /// The locale's conventions are not known.
    ConventionsUnknown = "conventions_unknown", "how the locale writes money or dates is not known";
    /// The wording is wrong.
    WordingInvalid = "wording_invalid", "the wording in this language is broken";
    /// The template is wrong.
    TemplateInvalid = "template_invalid", "the template is broken";

    // What providers report later.
    /// The recipient has opted out of SMS.
    OptedOut = "opted_out", "the customer opted out";
    /// It will never be delivered to this number.
    NotDeliverable = "not_deliverable", "it can't be delivered to this recipient";
    /// The phone or its carrier could not be reached.
    Unreachable = "unreachable", "the phone could not be reached";
    /// The account's spend limit is reached.
    SpendLimit = "spend_limit", "the account's spend limit for SMS is reached";
    /// The address has bounced for good.
    AddressBounced = "address_bounced", "the address does not exist, or takes no mail";
    /// The recipient has complained about a message.
    Complained = "complained", "the customer complained about a message";
    /// The provider rejects what the message says.
    ContentRejected = "content_rejected", "the provider rejected what the message says";
    /// An SMS would have cost more than one may.
    MaxPrice = "max_price", "the SMS would have cost more than one may";
    /// The carrier or the phone blocks it.
    Blocked = "blocked", "the carrier or the phone blocks such messages";
    /// The carrier says no more than that it failed.
    UnknownToCarrier = "unknown_to_carrier", "the carrier gave no reason";
    /// The push service has refused it, for a reason of its own.
    PushServiceRefused = "push_service_refused", "the push service did not take it";
    /// The ledger does not know the delivery (yet).
    UnknownDelivery = "unknown_delivery", "the ledger does not know the delivery";

    // Records that stay on their queue.
    /// The invocation ran out of time.
    Deadline = "deadline", "the function ran out of time";
    /// The work on the record panicked.
    Panic = "panic", "the function failed on it";
}

impl Reason {
    /// What the provider said, without what surrounds it.
    pub fn cause(&self) -> &Self {
        match self {
            Self::MayHaveBeenSent(last) => last.cause(),
            other => other,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl FromStr for Reason {
    type Err = Infallible;

    fn from_str(code: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(code))
    }
}

/// As its code, so that a test can say what it expects.
impl PartialEq<str> for Reason {
    fn eq(&self, code: &str) -> bool {
        self.code() == code
    }
}

impl PartialEq<&str> for Reason {
    fn eq(&self, code: &&str) -> bool {
        self.code() == *code
    }
}

impl From<&str> for Reason {
    fn from(code: &str) -> Self {
        Self::parse(code)
    }
}

impl From<CallError> for Reason {
    fn from(error: CallError) -> Self {
        Self::CallFailed(error)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&Cow::<str>::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_read_back_from_its_code_and_has_words() {
        let doubtful = Reason::MayHaveBeenSent(Box::new(Reason::NotConstructed));
        let withdrawn = Reason::WithdrawnBy("order.refunded".to_owned());
        let more = [doubtful, withdrawn, Reason::Provider("Throttled".to_owned())];
        for reason in Reason::NAMED.iter().chain(&more) {
            assert_eq!(&Reason::parse(&reason.code()), reason);
            let words = reason.words();
            assert!(!words.is_empty() && !words.ends_with('.'), "{words}");
        }
    }

    #[test]
    fn no_two_reasons_share_a_code() {
        let codes: std::collections::BTreeSet<_> = Reason::NAMED.iter().map(Reason::code).collect();
        assert_eq!(codes.len(), Reason::NAMED.len());
    }
}
