//! A push message: what is sent, and how it is made.

use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;

use crate::content::debug::debug_lengths;
use crate::content::renderer::one_line;
use crate::content::{MessageInput, RenderError, Renderer};
use crate::model::Channel;

/// The width, in characters, that names and titles are cut to in a push
/// message; its line on the screen is not longer.
const PUSH_WIDTH: usize = 60;

/// What every push message of a discreet shop says.
const PRIVATE_PUSH: &str = "parts/private.push.txt";

/// A push message, for any platform.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PushMessage {
    /// The first line.
    pub title: String,
    /// The text.
    pub body: String,
    /// What a tap opens.
    pub link: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// Groups the messages about one order.
    pub thread: String,
    /// The order, for the app.
    pub order_id: String,
    /// The notification type, for the app.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A push message for one platform.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PushPayload {
    /// SNS's `Message`, to publish with `MessageStructure = json`.
    pub message: String,
    /// What SNS hands to the platform.
    pub payload: String,
    /// The payload's size.
    pub bytes: usize,
}

debug_lengths!(PushMessage: title, body; order_id, kind);
debug_lengths!(PushPayload: message, payload; bytes);

impl Renderer {
    /// A push message, for any platform.
    ///
    /// # Errors
    /// [`RenderError`]; the same input then always fails.
    pub fn push(&self, input: &MessageInput<'_>) -> Result<PushMessage, RenderError> {
        let draft = self.draft(input, Channel::Push)?;
        let mut part = draft.render("push.txt", context! { width => PUSH_WIDTH })?;
        let order_id = input.data.order.id.as_str();
        let (link, mut image) = (part.set("link")?, part.set("image")?);
        if self.push_privacy {
            image = Value::from(());
            part = draft.render_file(PRIVATE_PUSH.to_owned(), context! {})?;
        }
        Ok(PushMessage {
            title: one_line(&part.text("title")?),
            body: one_line(part.output()),
            link: link.as_str().map(str::to_owned),
            image: image.as_str().map(str::to_owned),
            thread: format!("order-{order_id}"),
            order_id: order_id.to_owned(),
            kind: input.kind.to_owned(),
        })
    }
}
