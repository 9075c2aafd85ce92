//! The commands, one file or folder each. Each has a `run`, which `main` calls.

pub mod check;
pub mod cost;
pub mod demo;
pub mod doctor;
pub mod down;
pub mod env;
pub mod explain;
pub mod export;
pub mod local_recorder;
pub mod preview;
pub mod publish;
pub mod push_app;
pub mod redrive;
pub mod render;
pub mod simulate;
pub mod suppressions;
pub mod timeline;
pub mod up;
