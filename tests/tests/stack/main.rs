//! What `template.yaml` promises about a deployed stack.
//!
//! `cfn-lint` (see `requirements-lint.txt`) says whether AWS would take the template; these
//! tests say whether what AWS then builds loses nothing, leaks nothing and fits the code.
#![allow(clippy::unwrap_used, reason = "a test says that something is wrong by panicking")]

mod alarms;
mod facts;
mod feedback;
mod functions;
mod names;
mod outcomes;
mod permissions;
mod queues;
mod storage;
mod template;
