//! `render`: what would be sent for an event, without sending.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bellhop::catalogue::NotificationType;
use bellhop::content::{MessageInput, Renderer, ServedLocales, Shop, Sources};
use bellhop::customer::{Caps, KnownCustomer};
use bellhop::event::OrderEvent;
use bellhop::model::clock::{Clock, SystemClock};
use bellhop::model::{Channel, Country, Platform};
use bellhop::plan::{self, Settings};
use serde_json::{Map, Value, json};

use super::publish;
use crate::CliError;
use crate::arguments::Render;

/// Runs the command.
///
/// # Errors
/// [`CliError`].
pub fn run(arguments: &Render) -> Result<ExitCode, CliError> {
    let sources = crate::content::sources(arguments.content.as_deref())?;
    let catalogue = sources.catalogue()?;
    let (event, kind) = publish::order_event(&publish::read(&arguments.file)?, &catalogue)?;
    let channels = match arguments.channel {
        Some(channel) => vec![channel],
        None => channels(&event, kind),
    };
    let shop = crate::content::shop()?;
    for repair in &event.repairs {
        crate::warn(&format_args!("{}: {repair}", arguments.file.display()));
    }
    let settings = settings(&shop, &sources);
    let now = SystemClock.now();
    let planned = plan::plan(event, kind, &KnownCustomer::default(), &settings, now);
    let content = MessageInput {
        kind: &planned.kind,
        locale: arguments.locale.as_deref().unwrap_or(&planned.locale),
        time_zone: &planned.time_zone,
        data: &planned.data,
    };
    let renderer = Renderer::with(Arc::new(sources), shop)?;
    let mut messages = Map::new();
    for channel in channels {
        let message = message(&renderer, &content, channel, kind)?;
        messages.insert(channel.as_str().to_owned(), message);
    }
    if arguments.json {
        let single = arguments.channel.and_then(|channel| messages.remove(channel.as_str()));
        crate::say(&single.unwrap_or(Value::Object(messages)))?;
    } else {
        for (channel, message) in &messages {
            crate::say(&format_args!("── {channel} ──"))?;
            crate::say(&for_people(message))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What a shop decides by, as far as it can be known without its stack: SMS go anywhere,
/// at any hour unless the environment says otherwise.
pub(super) fn settings(shop: &Shop, sources: &Sources) -> Settings {
    Settings {
        default_locale: shop.default_locale.clone(),
        default_time_zone: crate::content::time_zone(),
        served: ServedLocales::new(sources.locales()),
        sms_countries: Country::all(),
        quiet_hours: crate::content::quiet_hours(),
        caps: Caps::default(),
        flood: usize::MAX,
    }
}

/// The channels the event may go to: those it names, else its type's.
fn channels(event: &OrderEvent, kind: &NotificationType) -> Vec<Channel> {
    let named = event.data.notification.channels.clone();
    let named = named.unwrap_or_else(|| kind.routes.concat());
    Channel::ALL.into_iter().filter(|channel| named.contains(channel)).collect()
}

fn message(
    renderer: &Renderer,
    content: &MessageInput<'_>,
    channel: Channel,
    kind: &NotificationType,
) -> Result<Value, CliError> {
    Ok(match channel {
        Channel::Email => {
            let email = renderer.email(content)?;
            json!({
                "subject": email.subject,
                "preheader": email.preheader,
                "html": email.html,
                "text": email.text,
                "headers": email.headers,
            })
        }
        Channel::Sms => json!(renderer.sms(content)?),
        Channel::Push => {
            let push = renderer.push(content)?;
            let payloads = [Platform::Fcm, Platform::Apns, Platform::ApnsSandbox].map(|platform| {
                let ttl: Duration = kind.not_after;
                let payload = push.payload(platform, ttl, kind.priority);
                let parsed: Value = serde_json::from_str(&payload.payload).unwrap_or_default();
                let shown = json!({ "payload": parsed, "bytes": payload.bytes });
                (platform.as_str().to_owned(), shown)
            });
            json!({
                "title": push.title,
                "body": push.body,
                "link": push.link,
                "image": push.image,
                "collapse_id": push.collapse_id(),
                "payloads": Map::from_iter(payloads),
            })
        }
    })
}

/// The texts as they are, the rest as JSON.
fn for_people(message: &Value) -> String {
    let part = |(name, value): (&String, &Value)| match value {
        Value::String(text) if text.contains('\n') => format!("{name}:\n{text}\n"),
        Value::String(text) => format!("{name}: {text}\n"),
        other => format!("{name}: {other:#}\n"),
    };
    message.as_object().map(|parts| parts.iter().map(part).collect()).unwrap_or_default()
}
