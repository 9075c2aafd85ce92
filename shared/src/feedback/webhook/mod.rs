//! The webhook: outcomes called out to the application by HTTPS, signed by the Standard
//! Webhooks specification. Each waits in a queue of its own topic's subscription until the
//! application takes it.
//! Source: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

mod endpoint;
mod https;
mod signature;
mod work;

pub use endpoint::Endpoint;
pub use https::HttpsCaller;
pub use signature::SigningSecret;
pub use work::{CallWebhook, Caller, Ports, WebhookRequest, handle};
