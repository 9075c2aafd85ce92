//! One message of the gallery, on every channel.

use bellhop::catalogue::NotificationType;
use bellhop::content::{MessageInput, RenderError, Renderer, Shop};
use bellhop::model::Platform;
use serde_json::{Value, json};

use super::picture::Pictures;

/// What the local stack sends mail from.
const FROM_ADDRESS: &str = "orders@example.com";

/// A message on every channel, as the gallery's page knows it; and the HTML part of
/// its e-mail, which stands in the file of this name.
pub(super) fn of(
    renderer: &Renderer,
    content: &MessageInput<'_>,
    kind: &NotificationType,
    shop: &Shop,
    html_file: &str,
    pictures: &mut Pictures,
) -> Result<(Value, String), RenderError> {
    let (email, sms) = (renderer.email(content)?, renderer.sms(content)?);
    let push = renderer.push(content)?;
    let platforms = [Platform::Fcm, Platform::Apns].map(|platform| {
        let payload = push.payload(platform, kind.not_after, kind.priority);
        json!({ "name": platform.as_str(), "bytes": payload.bytes })
    });
    let message = json!({
        "type": content.kind,
        "locale": content.locale,
        "email": {
            "from": format!("{} <{FROM_ADDRESS}>", shop.name),
            "subject": email.subject,
            "preheader": email.preheader,
            "text": email.text,
            "html": html_file,
            "bytes": email.html.len(),
            "headers": email.headers,
        },
        "sms": {
            "text": sms.text,
            "encoding": sms.encoding,
            "segments": sms.segments,
            "units": sms.encoding.units(&sms.text),
            "room": sms.encoding.room(sms.segments),
            "sender": sender(&shop.name),
        },
        "push": {
            "title": push.title,
            "body": push.body,
            "link": push.link,
            "image": push.image.as_deref().map(|url| pictures.of(url)),
            "platforms": platforms,
        },
    });
    Ok((message, email.html))
}

/// The sender as a phone shows it, where the country allows names.
fn sender(shop: &str) -> String {
    shop.chars().filter(char::is_ascii_alphanumeric).take(11).collect()
}
