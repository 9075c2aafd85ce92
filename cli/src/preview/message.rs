//! One message of the gallery, on every channel.

use bellhop::catalogue::NotificationType;
use bellhop::contact::Platform;
use bellhop::render::{
    Content, EmailContent, PushContent, RenderError, Renderer, Shop, SmsContent,
};
use serde_json::{Value, json};

/// What the template's default parameters send mail from.
const FROM_ADDRESS: &str = "orders@example.com";

/// A message on every channel.
pub(super) struct Message {
    from: String,
    email: EmailContent,
    sms: SmsContent,
    push: PushContent,
    platforms: Vec<Value>,
    /// The HTML part of the e-mail.
    pub html: String,
    /// The push message's picture.
    pub push_image: Option<String>,
}

/// Renders a message on every channel.
pub(super) fn of(
    renderer: &Renderer,
    content: &Content<'_>,
    kind: &NotificationType,
    shop: &Shop,
) -> Result<Message, RenderError> {
    let email = renderer.email(content)?;
    let push = renderer.push(content)?;
    let platforms = [Platform::Fcm, Platform::Apns].map(|platform| {
        let payload = push.payload(platform, kind.not_after, kind.priority);
        json!({ "name": platform.as_str(), "bytes": payload.bytes })
    });
    Ok(Message {
        from: format!("{} <{FROM_ADDRESS}>", shop.name),
        sms: renderer.sms(content)?,
        html: email.html.clone(),
        push_image: push.image.clone(),
        platforms: platforms.into(),
        email,
        push,
    })
}

impl Message {
    /// What the gallery's page knows of it; its HTML part stands in a file.
    pub fn shown(self, kind: &str, locale: &str, fixture: &str, html_file: &str) -> Value {
        let Self { from, email, sms, push, platforms, push_image, .. } = self;
        json!({
            "type": kind,
            "locale": locale,
            "fixture": fixture,
            "email": {
                "from": from,
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
                "sender": sender(&from),
            },
            "push": {
                "title": push.title,
                "body": push.body,
                "link": push.link,
                "image": push_image,
                "platforms": platforms,
            },
        })
    }
}

/// The sender as a phone shows it, where the country allows names.
fn sender(from: &str) -> String {
    let letters = from.chars().take_while(|c| *c != '<').filter(char::is_ascii_alphanumeric);
    letters.take(11).collect()
}
