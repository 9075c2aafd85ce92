//! A test in a process of its own, for what belongs to a whole process: its
//! environment and what it prints.

use std::future::Future;
use std::process::{Command, Output};

use bellhop::platform::telemetry;

const MARK: &str = "BELLHOP_TEST_CHILD";

/// Whether this is the process that [`run`] has started.
pub fn is_this() -> bool {
    std::env::var_os(MARK).is_some()
}

/// Runs one test of this test binary in a process of its own, where
/// [`is_this`] is true, with these environment variables.
pub fn run(test: &str, environment: &[(&str, &str)]) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(MARK, "1")
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

/// What this work prints, log and metrics too: it is done in a process of its own,
/// by the test of this name. None there.
pub fn printed(test: &str, work: impl Future<Output = ()>) -> Option<String> {
    if is_this() {
        telemetry::init();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(work);
        return None;
    }
    let output = run(test, &[]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    Some(printed)
}
