//! The command line of Bellhop, and what it shares with the end-to-end tests.

pub mod local;
