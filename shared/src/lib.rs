//! Bellhop: tells a shop's customers where their order stands.
//!
//! The rooms stand in the order in which they build on each other, and a room
//! imports only from rooms above it (a test reads the `use` lines). Data flows the
//! same way: event → plan → delivery → channel → provider → feedback.
#![deny(missing_docs)]

/// What every room speaks of: names, ids, reasons, time, how a call can fail.
pub mod model;

/// What the code runs on: AWS clients, environment, telemetry, dead letters.
pub mod platform;

/// Wire formats → order and customer events.
pub mod event;

/// Notification types and their policy.
pub mod catalogue;

/// What all messages are made with: languages, templates, text, the shop.
pub mod content;

/// One folder per channel, holding all of it.
pub mod channel;

/// Customers and their devices; the work of `profiles`.
pub mod customer;

/// Who is told what, and why not; the work of `plan`.
pub mod plan;

/// Notifications and deliveries with every decision: the state machine, its stores,
/// the timeline.
pub mod ledger;

/// Claim → prepare → send → record, and what follows: the work of the senders.
pub mod delivery;

/// What providers report later, and what the application hears of it.
pub mod feedback;

/// Why a customer got a message or none, in sentences; the work of `answers`.
pub mod answers;

/// Where customers say what they want to hear of; the work of `preferences`.
pub mod preferences;

/// Every type × channel × locale × order, tried before it ships.
pub mod check;

/// The batch loop, SQS as a source, the start of every function.
pub mod lambda;
