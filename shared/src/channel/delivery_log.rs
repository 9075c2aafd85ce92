//! SNS's delivery-status log, as SMS and push share it. Source: SNS developer guide,
//! "Viewing CloudWatch metrics and logs for SMS deliveries", "Mobile app attributes for
//! message delivery status".

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use super::sms::PhoneNumber;
use super::{misread, push, sms};
use crate::model::{Channel, ProviderMessageId, Reason, Report};

/// One line of the log: what became of a message that SNS had taken.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryLog {
    /// On which channel.
    pub channel: Channel,
    /// The message's id at SNS.
    pub message_id: ProviderMessageId,
    /// When SNS was given it.
    pub at: Option<Timestamp>,
    /// What became of it.
    pub report: Report,
    /// Why, if it did not arrive.
    pub reason: Option<Reason>,
    /// The phone, if it must not be written to again, and why.
    pub gone: Option<(PhoneNumber, Reason)>,
    /// What an SMS cost, and in how many parts it went.
    pub price: Option<SmsPrice>,
}

/// What an SMS cost.
#[derive(Debug, Clone, PartialEq)]
pub struct SmsPrice {
    /// In US dollars.
    pub usd: f64,
    /// Its parts, as the network counted them.
    pub parts: u32,
    /// The country it went to, ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
}

#[derive(Deserialize)]
struct Line {
    status: String,
    notification: Notification,
    #[serde(default)]
    delivery: Delivery,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    message_id: String,
    #[serde(default)]
    timestamp: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Delivery {
    destination: String,
    /// A text, or another service's JSON.
    provider_response: Value,
    status_code: Value,
    #[serde(rename = "priceInUSD")]
    price_in_usd: Option<f64>,
    number_of_message_parts: Option<u32>,
}

impl DeliveryLog {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence that says what is missing; it quotes nothing.
    pub fn parse(line: &Value) -> Result<Self, String> {
        let line = Line::deserialize(line).map_err(|e| misread(&e, "SNS's log"))?;
        let Line { status, notification, delivery } = line;
        let said = match &delivery.provider_response {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let code = match &delivery.status_code {
            Value::Number(code) => code.as_u64(),
            Value::String(code) => code.parse().ok(),
            _ => None,
        };
        let phone = PhoneNumber::parse(&delivery.destination).ok();
        let country = phone.as_ref().and_then(PhoneNumber::country);
        let is_endpoint = delivery.destination.starts_with("arn:");
        let channel = match phone {
            Some(_) => Channel::Sms,
            None if is_endpoint => Channel::Push,
            None => return Err("the destination is neither a phone nor an endpoint".to_owned()),
        };
        let (report, reason) = match status.as_str() {
            "SUCCESS" => (Report::Delivered, None),
            "FAILURE" if channel == Channel::Sms => sms::meaning_of_log(&said),
            "FAILURE" => push::meaning_of_log(code, &said),
            _ => return Err("the status is neither SUCCESS nor FAILURE".to_owned()),
        };
        let is_gone = |reason: &Reason| matches!(reason, Reason::OptedOut | Reason::NotDeliverable);
        let gone = phone.zip(reason.clone().filter(is_gone));
        let parts = delivery.number_of_message_parts.unwrap_or(1);
        let price = delivery.price_in_usd.map(|usd| SmsPrice { usd, parts, country });
        Ok(Self {
            channel,
            message_id: notification.message_id.into(),
            at: notification.timestamp.as_deref().and_then(moment),
            report,
            reason,
            gone,
            price,
        })
    }
}

/// `2026-10-12 09:15:30.104`, in UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let civil: DateTime = text.trim().replace(' ', "T").parse().ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
