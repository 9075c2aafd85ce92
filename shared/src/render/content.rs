//! What is sent. `Debug` shows lengths only: these texts name customers and
//! what they bought, and logs must not.

use std::fmt;

use serde::Serialize;

use super::sms::SmsEncoding;

/// An e-mail.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct EmailContent {
    /// One line.
    pub subject: String,
    /// What the list of mails shows after the subject; hidden in the mail.
    pub preheader: String,
    /// The HTML part, a whole document.
    pub html: String,
    /// The text part, which says the same.
    pub text: String,
    /// More headers: names and values of visible ASCII, a line each.
    pub headers: Vec<(String, String)>,
}

/// A text message.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SmsContent {
    /// The message.
    pub text: String,
    /// The alphabet it needs.
    pub encoding: SmsEncoding,
    /// How many messages the network makes of it, at least.
    pub segments: u32,
    /// How many its template wants it to take at most.
    pub budget: u32,
}

/// A push message, for any platform.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PushContent {
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

macro_rules! debug_lengths {
    ($name:ident: $($field:ident),*; $($plain:ident),*) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &format_args!("[{} bytes]", self.$field.len())))*
                    $(.field(stringify!($plain), &self.$plain))*
                    .finish()
            }
        }
    };
}

debug_lengths!(EmailContent: subject, preheader, html, text;);
debug_lengths!(SmsContent: text; encoding, segments);
debug_lengths!(PushContent: title, body; order_id, kind);
debug_lengths!(PushPayload: message, payload; bytes);
