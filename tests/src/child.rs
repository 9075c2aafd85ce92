//! A test in a process of its own, for what belongs to a whole process: its
//! environment and what it prints.

use std::process::{Command, Output};

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
