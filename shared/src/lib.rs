//! Bellhop: tells a shop's customers where their order stands.
//!
//! The modules stand in the order in which data flows: an order event is
//! parsed ([`event`], [`contact`]), measured against policy ([`catalogue`],
//! [`plan`]), queued ([`queue`]), rendered ([`render`], [`content`]) and sent
//! ([`channel`]), while the [`ledger`] records every decision. [`handler`]
//! joins them into the functions' work; [`aws`] and the `main.rs` files are the
//! only places that build AWS clients.
#![deny(missing_docs)]

pub mod event;

pub mod contact;

pub mod catalogue;

pub mod plan;

pub mod queue;

pub mod render;

pub mod content;

pub mod channel;

pub mod ledger;

pub mod profile;

pub mod failure;

pub mod batch;

pub mod handler;

pub mod aws;
pub mod clock;
pub mod config;
pub mod function;
pub mod id;
pub mod telemetry;
