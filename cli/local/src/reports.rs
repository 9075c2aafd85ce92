//! Reports as SES and SNS make them, which the local AWS does not: what became of a
//! message that it took. Shapes: SES developer guide, "Contents of event data that SES
//! publishes to SNS"; SNS developer guide, "Viewing CloudWatch metrics and logs for SMS
//! deliveries".

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// It arrives.
    Delivered,
    /// The mailbox does not exist.
    Bounce,
    /// The recipient marks the mail as spam.
    Complaint,
    /// The phone's owner has opted out.
    OptedOut,
    /// The push service no longer knows the device.
    TokenInvalid,
    /// The account's spend limit for SMS is reached.
    SpendLimit,
}

impl Play {
    /// Each, with the name it is asked for by.
    pub const ALL: [(&'static str, Self); 6] = [
        ("delivered", Self::Delivered),
        ("bounce", Self::Bounce),
        ("complaint", Self::Complaint),
        ("opted-out", Self::OptedOut),
        ("token-invalid", Self::TokenInvalid),
        ("spend-limit", Self::SpendLimit),
    ];
}

/// A mail that SES took.
#[derive(Debug, Clone, Default)]
pub struct Mail {
    /// Its id.
    pub message_id: String,
    /// To whom it went.
    pub to: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

impl Mail {
    /// A mail of ours, by what its tags say.
    pub fn of(order_id: &str, delivery_id: &str, message_id: &str, to: &str) -> Self {
        let order = URL_SAFE_NO_PAD.encode(order_id);
        let tags = [("order", order), ("delivery_id", delivery_id.to_owned())];
        let tags = tags.map(|(name, value)| (name.to_owned(), value)).into();
        Self { message_id: message_id.to_owned(), to: to.to_owned(), tags }
    }
}

/// SES's event of this kind about a mail; `detail` is the member that the kind names.
pub fn ses_event(mail: &Mail, kind: &str, detail: &Value, at: Timestamp) -> Value {
    let tags: Map<_, _> =
        mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    let member = match kind {
        "Rendering Failure" => "failure".to_owned(),
        kind => kind[..1].to_ascii_lowercase() + &kind[1..],
    };
    let mut event = json!({
        "eventType": kind,
        "mail": {
            "timestamp": at.to_string(),
            "source": "Example Shop <orders@example.com>",
            "messageId": mail.message_id,
            "destination": [mail.to],
            "headersTruncated": false,
            "tags": tags,
        },
    });
    event[member] = detail.clone();
    event
}

/// SES's event for what becomes of a mail; none for what becomes of no mail.
pub fn of_mail(mail: &Mail, play: Play, at: Timestamp) -> Option<Value> {
    let time = at.to_string();
    let recipient = json!({"emailAddress": mail.to});
    Some(match play {
        Play::Delivered => {
            let detail =
                json!({"timestamp": time, "recipients": [mail.to], "smtpResponse": "250 ok"});
            ses_event(mail, "Delivery", &detail, at)
        }
        Play::Bounce => {
            let detail = json!({
                "bounceType": "Permanent", "bounceSubType": "General", "timestamp": time,
                "bouncedRecipients": [recipient], "feedbackId": "simulated",
            });
            ses_event(mail, "Bounce", &detail, at)
        }
        Play::Complaint => {
            let detail = json!({
                "complaintSubType": null, "complaintFeedbackType": "abuse", "timestamp": time,
                "complainedRecipients": [recipient], "feedbackId": "simulated",
            });
            ses_event(mail, "Complaint", &detail, at)
        }
        Play::OptedOut | Play::TokenInvalid | Play::SpendLimit => return None,
    })
}

/// A line of SNS's delivery log about an SMS; `failure` is what the carrier says if it
/// did not arrive.
pub fn sms_log(message_id: &str, phone: &str, failure: Option<&str>, at: Timestamp) -> Value {
    let said = failure.unwrap_or("Message has been accepted by phone carrier");
    json!({
        "notification": {"messageId": message_id, "timestamp": log_time(at)},
        "delivery": {
            "phoneCarrier": "Example Mobile", "mnc": 1, "mcc": 232, "numberOfMessageParts": 1,
            "destination": phone, "priceInUSD": 0.07, "smsType": "Transactional",
            "providerResponse": said, "dwellTimeMs": 500,
        },
        "status": if failure.is_some() { "FAILURE" } else { "SUCCESS" },
    })
}

/// A line of SNS's delivery log about a push message; `failure` is status code and answer
/// of the push service if it did not take it.
pub fn push_log(
    message_id: &str,
    endpoint: &str,
    failure: Option<(u16, &str)>,
    at: Timestamp,
) -> Value {
    let (code, said) = failure.unwrap_or((200, "{}"));
    json!({
        "notification": {"messageId": message_id, "timestamp": log_time(at)},
        "delivery": {
            "destination": endpoint, "statusCode": code, "providerResponse": said,
            "dwellTimeMs": 60, "attempts": 1, "token": "a-token",
        },
        "status": if failure.is_some() { "FAILURE" } else { "SUCCESS" },
    })
}

/// The line for what becomes of an SMS; none for what becomes of none.
pub fn of_sms(message_id: &str, phone: &str, play: Play, at: Timestamp) -> Option<Value> {
    let failure = match play {
        Play::Delivered => None,
        Play::OptedOut => Some("Phone number is opted out"),
        Play::SpendLimit => Some("No quota left for account"),
        Play::Bounce | Play::Complaint | Play::TokenInvalid => return None,
    };
    Some(sms_log(message_id, phone, failure, at))
}

/// The line for what becomes of a push message; none for what becomes of none.
pub fn of_push(message_id: &str, endpoint: &str, play: Play, at: Timestamp) -> Option<Value> {
    let failure = match play {
        Play::Delivered => None,
        Play::TokenInvalid => Some((410, r#"{"reason":"Unregistered"}"#)),
        Play::Bounce | Play::Complaint | Play::OptedOut | Play::SpendLimit => return None,
    };
    Some(push_log(message_id, endpoint, failure, at))
}

/// SNS writes times in UTC without saying so.
fn log_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S.%3f").to_string()
}

/// What CloudWatch Logs hands a function that subscribes to a log group: these lines, as
/// JSON in gzip in Base64.
pub fn logs_event(lines: &[Value]) -> Value {
    let event = |(at, line): (usize, &Value)| json!({"id": at.to_string(), "timestamp": 0, "message": line.to_string()});
    let data = json!({
        "messageType": "DATA_MESSAGE",
        "owner": "000000000000",
        "logGroup": "sns/eu-west-1/000000000000/DirectPublishToPhoneNumber",
        "logStream": "simulated",
        "subscriptionFilters": ["simulated"],
        "logEvents": lines.iter().enumerate().map(event).collect::<Vec<_>>(),
    });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let packed = encoder.write_all(data.to_string().as_bytes()).and_then(|()| encoder.finish());
    json!({"awslogs": {"data": STANDARD.encode(packed.unwrap_or_default())}})
}
