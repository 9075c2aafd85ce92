//! What the code runs on: AWS clients and what their errors say, environment
//! variables, keys that rotate, telemetry, and the dead-letter queue.

pub mod aws;
mod dead_letter;
pub mod environment;
pub mod item;
pub mod keys;
pub mod telemetry;
pub mod url;

pub use dead_letter::{
    DeadLetter, DeadLetterQueue, MemoryDeadLetters, dead_letter, dead_letter_permanent,
};
