//! Lambda: the loops over a queue's and a stream's batches with their partial
//! responses, SQS as a source, and what every function's `main.rs` shares.

pub mod batch;
mod contacts;
mod logs;
mod sender;
mod sqs;
mod start;
pub mod stream;
mod url;

pub use batch::{BatchError, Visibility};
pub use logs::{LineQueue, serve_logs};
pub use sender::{Clients, run_sender};
pub use sqs::{QueuePair, SqsDeadLetters, SqsQueue};
pub use start::{read_secret, serve, serve_stream, start};
pub use url::serve_url;
